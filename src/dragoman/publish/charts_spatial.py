"""Pictures in the plane as Vega-Lite specifications: the network of ties and the map of happenings."""

from __future__ import annotations

import json
import math
from functools import lru_cache
from importlib import resources
from itertools import accumulate
from typing import Any

from dragoman.brief.english import counted
from dragoman.brief.model import Network, PlaceMap
from dragoman.publish import palette as c

Spec = dict[str, Any]


# --- network ------------------------------------------------------------------------------------------------------------


def network(chart: Network, width: int) -> Spec:
    """Actors on a ring in the order of the alphabet, the topic within; a tie's colour and dash show its sign."""
    height = 400 if width > 500 else 340
    spots = _ring(chart, width, height)
    edges = [_edge(chart, e, spots) for e in sorted(chart.edges, key=lambda e: e.weight)]
    layers: list[Spec] = [
        _rules([e for e in edges if e["s"] == sign], dash)
        for sign, dash in (("neutral", [1, 0]), ("accord", [1, 0]), ("strain", [6, 3]), ("conflict", [2, 3]))
    ]
    nodes = [{"x": x, "y": y, "n": n} for n, (x, y, _) in spots.items()]
    layers.append(
        {
            "data": {"values": nodes},
            "mark": {"type": "circle", "size": 90, "color": c.INK, "opacity": 1, "stroke": c.PAPER, "strokeWidth": 1.5},
            "encoding": _xy(width, height),
        }
    )
    for side in ("left", "right", "center"):
        named = [
            {"x": x, "y": y, "n": _wrapped(n, 22 if width > 500 else 13)} for n, (x, y, a) in spots.items() if a == side
        ]
        dx = {"left": 9, "right": -9, "center": 0}[side]
        layers += [_names(named, side, dx, width, height, halo) for halo in (True, False)]
    return {"width": width - 10, "height": height, "layer": [x for x in layers if x["data"]["values"]], "padding": 4}


def _ring(chart: Network, width: int, height: int) -> dict[str, tuple[float, float, str]]:
    outer = [n for n in chart.nodes if n not in chart.centre]
    margin = 135 if width > 500 else 84
    rx, ry, cx, cy = width / 2 - margin, height / 2 - 34, width / 2, height / 2
    spots: dict[str, tuple[float, float, str]] = {}
    for i, name in enumerate(outer):
        angle = 2 * math.pi * (i + 0.5) / len(outer) - math.pi / 2
        x, y = cx + rx * math.cos(angle), cy + ry * math.sin(angle)
        spots[name] = (round(x, 1), round(y, 1), "left" if x >= cx else "right")
    inner = [n for n in chart.centre if n in chart.nodes]
    for i, name in enumerate(inner):
        x = cx + (i - (len(inner) - 1) / 2) * min(120, rx)
        spots[name] = (round(x, 1), cy, "center")
    return spots


def _edge(chart: Network, e: Any, spots: dict[str, tuple[float, float, str]]) -> Spec:
    (x, y, _), (x2, y2, _) = spots[e.a], spots[e.b]
    return {
        "x": x,
        "y": y,
        "x2": x2,
        "y2": y2,
        "s": c.tone_of(e.level),
        "w": f"{e.a} – {e.b}: {e.state}, level {e.level:+.1f}".replace("-", "−"),
        "z": round(1 + 1.1 * math.log2(1 + e.weight), 2),
    }


def _rules(edges: list[Spec], dash: list[int]) -> Spec:
    colour = c.TONES[edges[0]["s"]] if edges else c.NEUTRAL
    width = {"field": "z", "type": "quantitative", "scale": None}
    where = {
        "x": {"field": "x", "type": "quantitative", "scale": None},
        "y": {"field": "y", "type": "quantitative", "scale": None},
        "x2": {"field": "x2"},
        "y2": {"field": "y2"},
    }
    return {
        "data": {"values": edges},
        "mark": {"type": "rule", "color": colour, "strokeDash": dash, "strokeCap": "butt"},
        "encoding": {**where, "strokeWidth": width},
    }


def _wrapped(name: str, most: int) -> str:
    """A long name on two lines, broken at the space nearest its middle."""
    if len(name) <= most or " " not in name:
        return name
    at = min((i for i, ch in enumerate(name) if ch == " "), key=lambda i: abs(i - len(name) / 2))
    return f"{name[:at]}\n{name[at + 1 :]}"


def _xy(width: int, height: int) -> Spec:
    return {
        "x": {"field": "x", "type": "quantitative", "scale": None, "axis": None},
        "y": {"field": "y", "type": "quantitative", "scale": None, "axis": None},
    }


def _names(named: list[Spec], side: str, dx: int, width: int, height: int, halo: bool) -> Spec:
    mark = {
        "type": "text",
        "align": side,
        "dx": dx,
        "dy": -14 if side == "center" else 1,
        "fontSize": 13 if side == "center" else 12,
        "fontWeight": 600 if side == "center" else 400,
        "baseline": "middle",
        "limit": 170 if width > 500 else 108,
        "lineBreak": "\n",
        "lineHeight": 13,
    }
    if halo:
        mark |= {"stroke": c.PAPER, "strokeWidth": 4, "color": c.PAPER, "strokeJoin": "round"}
    return {"data": {"values": named}, "mark": mark, "encoding": {**_xy(width, height), "text": {"field": "n"}}}


# --- map ----------------------------------------------------------------------------------------------------------------


@lru_cache(maxsize=1)
def _world() -> tuple[Any, tuple[tuple[float, float, float, float], ...]]:
    """The map (Natural Earth through npm `world-atlas`) and the bounds of each country: west, south, east, north."""
    world = json.loads(
        resources.files("dragoman.publish").joinpath("static/world-110m.json").read_text(encoding="utf-8")
    )
    (kx, ky), (x0, y0) = world["transform"]["scale"], world["transform"]["translate"]
    lines = []
    for arc in world["arcs"]:
        xs, ys = (list(accumulate(p[k] for p in arc)) for k in (0, 1))
        lines.append((min(xs) * kx + x0, min(ys) * ky + y0, max(xs) * kx + x0, max(ys) * ky + y0))
    bounds = []
    for country in world["objects"]["countries"]["geometries"]:
        mine = [lines[i if i >= 0 else ~i] for i in _arcs(country.get("arcs", []))] or [(0.0, 0.0, 0.0, 0.0)]
        bounds.append(
            (min(m[0] for m in mine), min(m[1] for m in mine), max(m[2] for m in mine), max(m[3] for m in mine))
        )
    return world, tuple(bounds)


def _arcs(nested: list[Any]) -> list[int]:
    return [i for x in nested for i in (_arcs(x) if isinstance(x, list) else [x])]


def _near(projection: Spec, width: int, height: int) -> Spec:
    """The map with those countries only that the window shows."""
    world, bounds = _world()
    (lon, lat), k = projection["center"], math.degrees(1 / projection["scale"])
    west, east, mid = lon - width / 2 * k, lon + width / 2 * k, _mercator(lat)
    shown = [
        g for g, (w, s, e, n) in zip(world["objects"]["countries"]["geometries"], bounds, strict=True)
        if w < east and e > west and _mercator(s) < mid + height / 2 * k and _mercator(n) > mid - height / 2 * k
    ]  # fmt: skip
    return {**world, "objects": {"countries": {"type": "GeometryCollection", "geometries": shown}}}


def place_map(chart: PlaceMap, width: int) -> Spec:
    """Circles on a map of the region that holds them; size is the number of happenings."""
    height = round(width * (0.56 if width > 500 else 0.8))
    projection = _projection(chart, width, height)
    world = {"values": _near(projection, width, height), "format": {"type": "topojson", "feature": "countries"}}
    values = [
        {
            "lon": p.lon,
            "lat": p.lat,
            "n": p.count,
            "name": p.name,
            "c": c.TONES[c.tone_of(p.intensity)],
            "w": f"{p.name}: {counted(p.count, 'happening')}",
        }
        for p in chart.places
    ]
    spot = {"longitude": {"field": "lon", "type": "quantitative"}, "latitude": {"field": "lat", "type": "quantitative"}}
    size = {
        "field": "n",
        "type": "quantitative",
        "scale": {"type": "sqrt", "domain": [0, max(p.count for p in chart.places)], "range": [0, 520]},
        "legend": None,
    }
    layers = [
        {
            "data": world,
            "mark": {"type": "geoshape", "fill": c.LAND, "stroke": c.COAST, "strokeWidth": 0.6, "clip": True},
        },
        {
            "data": {"values": values},
            "mark": {"type": "circle", "opacity": 0.85, "stroke": c.PAPER, "strokeWidth": 1, "clip": True},
            "encoding": {**spot, "size": size, "color": {"field": "c", "type": "nominal", "scale": None}},
        },
    ]
    names = _uncrowded(values, projection)
    for halo in (True, False):
        mark: Spec = {"type": "text", "align": "left", "dx": 12, "fontSize": 11.5, "baseline": "middle", "clip": True}
        if halo:
            mark |= {"stroke": c.LAND, "strokeWidth": 3.5, "color": c.LAND, "strokeJoin": "round"}
        layers.append({"data": {"values": names}, "mark": mark, "encoding": {**spot, "text": {"field": "name"}}})
    return {"width": width - 8, "height": height, "projection": projection, "layer": layers, "padding": 4}


def _mercator(lat: float) -> float:
    lat = max(-84.0, min(84.0, lat))
    return math.degrees(math.log(math.tan(math.pi / 4 + math.radians(lat) / 2)))


def _projection(chart: PlaceMap, width: int, height: int) -> Spec:
    """Mercator over the middle of the happenings (four fifths each way), never closer than a region of 24 degrees."""
    (west, east), (south, north) = (
        _middle([(p.lon, p.count) for p in chart.places]), _middle([(_mercator(p.lat), p.count) for p in chart.places])
    )  # fmt: skip
    across, up = max(east - west, 24.0) * 1.35, max(north - south, 14.0) * 1.35
    scale = min(width / math.radians(across), height / math.radians(up))
    middle = math.degrees(2 * math.atan(math.exp(math.radians((south + north) / 2))) - math.pi / 2)
    return {
        "type": "mercator",
        "center": [round((west + east) / 2, 3), round(middle, 3)],
        "scale": round(scale, 2),
        "translate": [width / 2, height / 2],
    }


def _middle(weighed: list[tuple[float, int]]) -> tuple[float, float]:
    """The values between which four fifths of the weight lie."""
    ordered = [value for value, weight in sorted(weighed) for _ in range(weight)]
    cut = len(ordered) // 10
    return ordered[cut], ordered[-1 - cut]


def _uncrowded(values: list[Spec], projection: Spec) -> list[Spec]:
    """The places to name: the busiest first, none whose name would run into one already named."""
    kept: list[tuple[float, float, float]] = []
    named: list[Spec] = []
    for v in sorted(values, key=lambda v: (-v["n"], v["name"])):
        x, y = (math.radians(v["lon"]) * projection["scale"], -math.radians(_mercator(v["lat"])) * projection["scale"])
        wide = 7 * len(v["name"]) + 14
        if len(named) < 14 and all(abs(y - b) > 15 or x + wide < a or a + w < x for a, b, w in kept):
            kept.append((x, y, wide))
            named.append(v)
    return named
