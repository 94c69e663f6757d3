"""What makes the pictures of a page answer to pointer and keys: their specifications inline, and one script of Vega.

The drawn SVG stands on the page and stays where scripts are off. `static/page.js` puts the live picture in its place when a reader
points at it; expressions are interpreted, so that the page's policy needs no `unsafe-eval`. The arrow keys read the table twin.
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterator
from contextlib import suppress
from functools import lru_cache
from importlib.metadata import version
from typing import Any

import vl_convert
from markupsafe import Markup

from dragoman.brief.model import Figure, PlaceMap
from dragoman.publish.charts import NARROW, WIDE, spec
from dragoman.settings import settings

Spec = dict[str, Any]
DAY = re.compile(r"datetime\((-?\d+)\)")
SNIPPET = "window.vegaEmbed = vegaEmbed;"


@lru_cache(maxsize=1)
def script() -> str:
    """Vega, Vega-Lite and Vega-Embed (BSD-3) as one script, put together by `vl_convert` without a network.

    A module of its own would not load from disk; the function around it keeps its names to itself. Putting it together takes seconds, so
    it is kept in the user's cache.
    """
    kept = settings().cache / f"charts-{version('vl-convert-python')}.js"
    try:
        return kept.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError):
        made = f'"use strict";\n(() => {{\n{vl_convert.javascript_bundle(SNIPPET)}\n}})();\n'
    with suppress(OSError):
        kept.parent.mkdir(parents=True, exist_ok=True)
        part = kept.with_suffix(f".{os.getpid()}.part")
        part.write_text(made, encoding="utf-8", newline="\n")
        part.replace(kept)
    return made


def inline(figure: Figure) -> Markup:
    """The specifications of a picture as data blocks; a map, which carries its coasts, in one width only."""
    widths = {"wide": WIDE} if isinstance(figure.chart, PlaceMap) else {"wide": WIDE, "narrow": NARROW}
    blocks = [
        Markup('<script type="application/json" class="spec" data-width="{}">{}</script>').format(css, Markup(_safe(live(figure, width))))
        for css, width in widths.items()
    ]  # fmt: skip
    return Markup("").join(blocks)


def _safe(value: Spec) -> str:
    """JSON that no parser of HTML reads as anything else."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    for sign in "<>&\u2028\u2029":
        text = text.replace(sign, f"\\u{ord(sign):04x}")
    return text


def live(figure: Figure, width: int) -> Spec:
    """The specification, compiled to Vega, with words for what a reader points at."""
    drawn = spec(figure.chart, width)
    for node in _nodes(drawn):
        layers = node.get("layer")
        if isinstance(layers, list):
            node["layer"] = [*layers, *(_points(x) for x in layers if _kind(x) == "line" and _worded(x))]
    for node in _nodes(drawn):
        if _worded(node) and "encoding" in node and _kind(node) != "text":
            node["encoding"] = {**node["encoding"], "tooltip": {"field": "w", "type": "nominal"}}
    compiled: Spec = _numbered(vl_convert.vegalite_to_vega(drawn))
    return compiled


def _numbered(value: Any) -> Any:
    """The same with days as numbers: the interpreter of expressions reads `datetime(1)` as the year 1."""
    if isinstance(value, dict):
        found = DAY.fullmatch(str(value.get("signal"))) if len(value) == 1 else None
        return int(found[1]) if found else {k: _numbered(v) for k, v in value.items()}
    return [_numbered(v) for v in value] if isinstance(value, list) else value


def _nodes(value: Any) -> Iterator[Spec]:
    if isinstance(value, dict):
        yield value
        for key, part in value.items():
            if key != "values":
                yield from _nodes(part)
    elif isinstance(value, list):
        for part in value:
            yield from _nodes(part)


def _kind(layer: Spec) -> str:
    mark = layer.get("mark")
    return str(mark.get("type")) if isinstance(mark, dict) else str(mark)


def _worded(layer: Spec) -> bool:
    values = (layer.get("data") or {}).get("values")
    return isinstance(values, list) and bool(values) and "w" in values[0]


def _points(line: Spec) -> Spec:
    """The points of a line, not seen but pointed at."""
    encoding = {k: v for k, v in line["encoding"].items() if k in ("x", "y")}
    return {"data": line["data"], "mark": {"type": "circle", "size": 220, "opacity": 0}, "encoding": encoding}
