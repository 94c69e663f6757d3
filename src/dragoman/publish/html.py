"""The page: a folder that opens from disk and can be put on any web server; nothing in it asks for anything outside."""

from __future__ import annotations

from importlib import resources
from pathlib import Path
from urllib.parse import quote

from markupsafe import Markup

from dragoman.brief.model import Brief, Figure
from dragoman.publish import palette
from dragoman.publish.data import as_json
from dragoman.publish.draw import NARROW, WIDE, Gallery
from dragoman.publish.feed import atom
from dragoman.publish.interactive import inline, script
from dragoman.publish.render import Edition, labelled, render

SITE = "Dragoman"


def write(
    brief: Brief, folder: Path, gallery: Gallery, siblings: dict[str, str], site: str = SITE, *, home: str = ""
) -> Path:
    """Writes `index.html`, its assets, feed and data into `folder`; `siblings` are other editions by format, as relative addresses.

    `home` is the way to the contents page of an issue (`../`), whose assets then serve this page too.
    """
    folder.mkdir(parents=True, exist_ok=True)
    if not home:
        assets(folder / "assets")
    page = render(
        "page.html.j2",
        brief,
        Edition(lambda f: _picture(f, gallery)),
        tools=tools(brief, siblings),
        site=site,
        home=home,
    )
    target = folder / "index.html"
    target.write_text(page, encoding="utf-8", newline="\n")
    (folder / "feed.xml").write_text(atom(brief, site), encoding="utf-8", newline="\n")
    (folder / "brief.json").write_text(as_json(brief), encoding="utf-8", newline="\n")
    return target


def tools(brief: Brief, siblings: dict[str, str]) -> list[dict[str, str | bool]]:
    """The buttons below the title, as on any news page."""
    found: list[dict[str, str | bool]] = []
    if "pdf" in siblings:
        found.append({"label": "PDF", "href": quote(siblings["pdf"]), "download": False})
    body = "\n\n".join([*(s.text for s in brief.standfirst), *(f"• {p.text}" for p in brief.points), *brief.notices])
    found.append(
        {
            "label": "E-mail",
            "href": f"mailto:?subject={quote(brief.title)}&body={quote(body[:1500])}",
            "download": False,
        }
    )
    if "epub" in siblings:
        found.append({"label": "Kindle", "href": quote(siblings["epub"]), "download": True})
    found += [
        {"label": label, "href": quote(siblings[form]), "download": True}
        for form, label in (("docx", "Word"), ("bibtex", "BibTeX"))
        if form in siblings
    ]
    found += [
        {"label": "Data", "href": "brief.json", "download": False},
        {"label": "Feed", "href": "feed.xml", "download": False},
    ]
    return found


def _picture(figure: Figure, gallery: Gallery) -> Markup:
    wide, narrow = (labelled(gallery.svg(figure, w), figure, css) for w, css in ((WIDE, "wide"), (NARROW, "narrow")))
    return Markup('<div class="chart" data-title="{}">{}{}{}</div>').format(figure.title, wide, narrow, inline(figure))


def no_picture(figure: Figure) -> Markup:
    """Nothing, for pages that show no pictures."""
    return Markup("")


def assets(folder: Path) -> None:
    """Writes style, script and fonts of the pages."""
    here = resources.files("dragoman.publish")
    (folder / "fonts").mkdir(parents=True, exist_ok=True)
    for font in sorted(here.joinpath("fonts").iterdir(), key=lambda f: f.name):
        if font.name.endswith((".woff2", ".txt")) and "SemiboldItalic" not in font.name:
            (folder / "fonts" / font.name).write_bytes(font.read_bytes())
    css = here.joinpath("static/style.css").read_text(encoding="utf-8")
    (folder / "style.css").write_text(css + dark_pictures(), encoding="utf-8", newline="\n")
    (folder / "charts.js").write_text(script(), encoding="utf-8", newline="\n")
    (folder / "page.js").write_text(
        here.joinpath("static/page.js").read_text(encoding="utf-8"), encoding="utf-8", newline="\n"
    )


def dark_pictures() -> str:
    """Rules that give the colours of the pictures their twins in the dark."""
    rules = [
        f'  .chart svg [{attribute}="{light}"] {{ {attribute}: {dark}; }}'
        for light, dark in palette.DARK.items()
        for attribute in ("fill", "stroke")
    ]
    return "\n@media screen and (prefers-color-scheme: dark) {\n" + "\n".join(rules) + "\n}\n"
