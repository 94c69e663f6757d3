"""Draws charts: SVG for page and print, PNG for mail and book; offline, and the same bytes for the same chart."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import lru_cache
from importlib import resources
from pathlib import Path
from xml.etree import ElementTree

import vl_convert

from dragoman.brief.model import Brief, Chart, Figure, TieChart
from dragoman.publish import palette
from dragoman.publish.charts import NARROW, WIDE, spec

SVG = "http://www.w3.org/2000/svg"
DROPPED = re.compile(r"^(?:aria-|role$|class$|\{http://www\.w3\.org/1999/xlink\})")
LONG = re.compile(r"-?\d+\.\d{2,}(?:e-?\d+)?")
FAMILY = "'Dragoman Sans', 'Noto Naskh Arabic', 'Source Sans 3', sans-serif"


@lru_cache(maxsize=1)
def fonts() -> Path:
    """The folder of the fonts, made known to the drawing engine."""
    folder = Path(str(resources.files("dragoman.publish").joinpath("fonts")))
    vl_convert.register_font_directory(str(folder))
    return folder


@dataclass
class Gallery:
    """The pictures of one brief, each drawn once however many editions want it."""

    _svg: dict[tuple[str, int], str] = field(default_factory=dict)
    _png: dict[tuple[str, int, float], bytes] = field(default_factory=dict)

    def svg(self, figure: Figure, width: int = WIDE) -> str:
        """The picture as an SVG document; ids inside carry the figure's id, so that several can stand in one page."""
        key = (figure.id, width)
        if key not in self._svg:
            self._svg[key] = tidy(draw(figure.chart, width), f"{figure.id}-{width}")
        return self._svg[key]

    def png(self, figure: Figure, width: int = WIDE, scale: float = 1.75) -> bytes:
        """The picture as PNG on white."""
        key = (figure.id, width, scale)
        if key not in self._png:
            self._png[key] = raster(self.svg(figure, width), scale)
        return self._png[key]


def draw(chart: Chart, width: int) -> str:
    """The chart as the engine draws it."""
    fonts()
    return str(vl_convert.vegalite_to_svg(spec(chart, width), allowed_base_urls=[]))


def raster(svg: str, scale: float) -> bytes:
    """An SVG as PNG on white ground."""
    fonts()
    match = re.search(r"<svg[^>]*?>", svg)
    ground = f'<rect width="100%" height="100%" fill="{palette.PAPER}"/>'
    whole = svg if match is None else svg[: match.end()] + ground + svg[match.end() :]
    return bytes(vl_convert.svg_to_png(whole.replace(FAMILY, "Dragoman Sans, Noto Naskh Arabic"), scale=scale))


def tidy(svg: str, prefix: str) -> str:
    """The SVG without accessibility roles of its parts (the page says what it shows), with unique ids and hatching."""
    ElementTree.register_namespace("", SVG)
    root = ElementTree.fromstring(svg)
    ids = {node.get("id", ""): f"{prefix}-{i}" for i, node in enumerate(n for n in root.iter() if n.get("id"))}
    for node in root.iter():
        for name in [n for n in node.attrib if DROPPED.match(n)]:
            del node.attrib[name]
        for name, value in node.attrib.items():
            if name == "id":
                node.attrib[name] = ids[value]
            elif "url(#" in value:
                node.attrib[name] = re.sub(r"url\(#([^)]+)\)", lambda m: f"url(#{ids.get(m[1], m[1])})", value)
        if node.get("d"):
            node.set("d", LONG.sub(lambda m: f"{float(m[0]):.1f}".removesuffix(".0"), node.get("d", "")))
        if node.get("font-family"):
            node.set("font-family", FAMILY)
    _hatch(root, prefix)
    root.attrib.pop("style", None)
    return ElementTree.tostring(root, encoding="unicode")


def _hatch(root: ElementTree.Element, prefix: str) -> None:
    """Fill of the colour HATCH becomes slanted lines."""
    found = [n for n in root.iter() if n.get("fill") == palette.HATCH]
    if not found:
        return
    name = f"{prefix}-hatch"
    pattern = ElementTree.Element(
        f"{{{SVG}}}pattern",
        {"id": name, "width": "6", "height": "6", "patternUnits": "userSpaceOnUse", "patternTransform": "rotate(45)"},
    )
    ElementTree.SubElement(
        pattern,
        f"{{{SVG}}}line",
        {"x1": "0", "y1": "0", "x2": "0", "y2": "6", "stroke": palette.HATCH, "stroke-width": "2.4"},
    )
    defs = ElementTree.Element(f"{{{SVG}}}defs")
    defs.append(pattern)
    root.insert(0, defs)
    for node in found:
        node.set("fill", f"url(#{name})")


def spark(chart: TieChart, width: int = 120, height: int = 34) -> str:
    """A tie as a line small enough for a table row."""
    points = chart.points
    if len(points) < 2:
        return ""
    step = (width - 8) / (len(points) - 1)
    ys = [round(height / 2 - p.level / 10 * (height / 2 - 3), 1) for p in points]
    line = " ".join(f"{round(4 + i * step, 1)},{y}" for i, y in enumerate(ys))
    tone = palette.TONES[palette.tone_of(points[-1].level)]
    return (
        f'<svg xmlns="{SVG}" width="{width}" height="{height}" viewBox="0 0 {width} {height}">'
        f'<line x1="0" x2="{width}" y1="{height / 2}" y2="{height / 2}" stroke="{palette.GRID}" stroke-width="1"/>'
        f'<polyline points="{line}" fill="none" stroke="{palette.INK}" stroke-width="1.4"/>'
        f'<circle cx="{round(4 + (len(points) - 1) * step, 1)}" cy="{ys[-1]}" r="3" fill="{tone}"/></svg>'
    )


def figures(brief: Brief) -> list[Figure]:
    """All pictures of a brief in reading order."""
    return [b for s in brief.sections for b in s.blocks if isinstance(b, Figure)]


__all__ = ["NARROW", "WIDE", "Gallery", "figures", "fonts", "raster", "spark", "tidy"]
