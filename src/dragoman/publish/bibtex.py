"""The sources of a brief for reference managers: BibTeX, one entry per report."""

from __future__ import annotations

import re
from pathlib import Path

from dragoman.brief.english import parse_day
from dragoman.brief.model import Brief, Source
from dragoman.brief.slug import slug

SPECIAL = {
    "\\": r"\textbackslash{}", "{": r"\{", "}": r"\}", "%": r"\%", "#": r"\#", "$": r"\$", "&": r"\&", "_": r"\_",
    "~": r"\textasciitilde{}", "^": r"\textasciicircum{}",
}  # fmt: skip


def write(brief: Brief, target: Path, site: str) -> Path:
    """Writes the `.bib` file, in UTF-8."""
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(as_bibtex(brief, site), encoding="utf-8", newline="\n")
    return target


def as_bibtex(brief: Brief, site: str) -> str:
    """One entry per source, in the order of the brief, each with a key of its own."""
    head = f"% Sources of {' '.join(brief.title.split())} ({' '.join(site.split())})\n"
    seen: dict[str, int] = {}
    return head + "".join(f"\n{_entry(s, _key(s, seen))}" for s in brief.sources)


def _key(source: Source, seen: dict[str, int]) -> str:
    who = source.authors[0].split()[-1] if source.authors and source.authors[0].split() else source.outlet
    year = (source.published or "")[:4]
    key = f"{slug(who, 24).replace('-', '')}{year}{slug(source.title, 60).split('-')[0]}"
    seen[key] = seen.get(key, 0) + 1
    return key if seen[key] == 1 else f"{key}{seen[key]}"


def _entry(source: Source, key: str) -> str:
    day = parse_day(source.published)
    fields = [
        ("title", f"{{{_plain(source.title)}}}"),
        ("author", " and ".join(f"{{{_plain(a)}}}" for a in source.authors)),
        ("journal", _plain(source.outlet)),
        ("date", source.published if day and source.published else ""),
        ("year", str(day.year) if day else ""),
        ("month", f"{day.month}" if day else ""),
        ("url", re.sub(r"[{}\\]", lambda m: f"%{ord(m[0]):02X}", source.url or "")),
        ("note", _plain(source.remark)),
    ]
    said = "".join(f"  {name} = {{{value}}},\n" for name, value in fields if value)
    return f"@article{{{key},\n{said}}}\n"


def _plain(text: str) -> str:
    return "".join(SPECIAL.get(c, c) for c in " ".join(text.split()))
