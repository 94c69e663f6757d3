"""The print edition: typst, tagged (PDF/UA-1), footnotes, outline, running heads.

typst gets the brief as JSON through `sys.inputs` and an empty folder as its root, so no text of a report is ever markup and
no template can read a file.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from dragoman.brief.english import counted, day_text
from dragoman.brief.model import Brief, Standings
from dragoman.publish.clock import stamp
from dragoman.publish.data import as_json
from dragoman.publish.draw import Gallery, figures, spark
from dragoman.publish.typeset import typeset


def write(brief: Brief, target: Path, gallery: Gallery, site: str) -> Path:
    """Writes the PDF. Raises `PrintError` with typst's message."""
    target.parent.mkdir(parents=True, exist_ok=True)
    inputs = {
        "brief": _marked(brief), "pictures": json.dumps(_pictures(brief, gallery)), "site": site,
        "composed": day_text(brief.composed), "counts": f"{counted(brief.counts.reports, 'report')}, {counted(brief.counts.outlets, 'outlet')}",
    }  # fmt: skip
    made = typeset("brief.typ", inputs, pdf_standards=["ua-1"], timestamp=stamp())
    target.write_bytes(made)
    return target


def _pictures(brief: Brief, gallery: Gallery) -> dict[str, str]:
    """SVG by figure id; sparklines by the id of their tie."""
    found = {f.id: gallery.svg(f) for f in figures(brief)}
    for standing in (
        s for section in brief.sections for b in section.blocks if isinstance(b, Standings) for s in b.items
    ):
        if standing.spark is not None and standing.level is not None:
            found[f"spark-{standing.id}"] = spark(standing.spark)
            found[f"level-{standing.id}"] = f"{standing.level:+.1f}"
    return found


def _marked(brief: Brief) -> str:
    """The brief as JSON in which each reference to a note says whether it is the first, which carries the footnote."""
    tree = json.loads(as_json(brief))
    seen: set[int] = set()
    for part in ("standfirst", "points", "sections"):
        _mark(tree[part], seen)
    return json.dumps(tree, ensure_ascii=False)


def _mark(node: Any, seen: set[int]) -> None:
    if isinstance(node, list):
        for item in node:
            _mark(item, seen)
    elif isinstance(node, dict):
        for key, value in node.items():
            if key == "notes":
                node[key] = [{"n": n, "first": _first(n, seen)} for n in value]
            elif not (node.get("is") == "Figure" and key in ("table", "chart")):
                _mark(value, seen)


def _first(number: int, seen: set[int]) -> bool:
    new = number not in seen
    seen.add(number)
    return new
