"""Writes the editions that are asked for, each naming its siblings."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from dragoman.brief.model import Brief
from dragoman.brief.slug import slug
from dragoman.errors import UsageError
from dragoman.publish import bibtex, data, docx, epub, html, mail, markdown, pdf
from dragoman.publish.draw import Gallery

FORMATS = ("html", "pdf", "epub", "md", "docx", "bibtex", "json", "mail")
SUFFIXES = {"mail": "eml", "bibtex": "bib"}
SITE = html.SITE


def publish(
    brief: Brief,
    out_dir: Path | str,
    formats: Iterable[str] = ("html", "pdf", "epub", "md"),
    *,
    site: str = SITE,
    gallery: Gallery | None = None,
) -> dict[str, Path]:
    """Writes `brief` into `out_dir` in each of `formats` and returns where each edition lies.

    The page is `out_dir/index.html`; the others carry the topic's name (`iran.pdf`). `site` is the name of the
    publication; a `gallery` that is handed in keeps the pictures for what comes after. Raises `UsageError` for a format that there is not.
    """
    wanted = list(dict.fromkeys(f.strip().lower() for f in formats))
    odd = [f for f in wanted if f not in FORMATS]
    if odd:
        raise UsageError(f"There is no edition called {', '.join(odd)}; choose from {', '.join(FORMATS)}.")
    folder, name = Path(out_dir), slug(brief.topic.name)
    folder.mkdir(parents=True, exist_ok=True)
    gallery, made = gallery or Gallery(), {}
    others = {f: f"{name}.{SUFFIXES.get(f, f)}" for f in wanted if f != "html"}
    if "html" in wanted:
        made["html"] = html.write(brief, folder, gallery, others, site)
    for form in (f for f in wanted if f != "html"):
        made[form] = _write(form, brief, folder / others[form], gallery, site)
    return {f: made[f] for f in wanted}


def _write(form: str, brief: Brief, target: Path, gallery: Gallery, site: str) -> Path:
    match form:
        case "pdf":
            return pdf.write(brief, target, gallery, site)
        case "epub":
            return epub.write(brief, target, gallery, site)
        case "md":
            return markdown.write(brief, target, site)
        case "docx":
            return docx.write(brief, target, gallery, site)
        case "bibtex":
            return bibtex.write(brief, target, site)
        case "mail":
            return mail.write(brief, target, gallery, site)
        case _:
            target.write_text(data.as_json(brief), encoding="utf-8", newline="\n")
            return target
