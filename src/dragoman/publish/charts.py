"""Pictures as Vega-Lite specifications: one function per kind of chart, data inline, nothing fetched."""

from __future__ import annotations

import json
import math
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from importlib import resources
from itertools import accumulate
from typing import Any

from dragoman.brief.english import parse_day
from dragoman.brief.model import Bars, Chart, Multiples, Network, PlaceMap, TieChart
from dragoman.publish import palette as c

Spec = dict[str, Any]
WIDE, NARROW = 680, 328
SANS = "Dragoman Sans"


def spec(chart: Chart, width: int = WIDE) -> Spec:
    """The specification of a chart at a total width in pixels."""
    drawn = _DRAW[type(chart)](chart, width)
    return {"$schema": "https://vega.github.io/schema/vega-lite/v6.json", "config": _config(), "background": None, **drawn}


def _config() -> Spec:
    text = {"labelFont": SANS, "titleFont": SANS, "labelColor": c.MUTED, "titleColor": c.MUTED, "labelFontSize": 11.5, "titleFontSize": 11.5, "titleFontWeight": 400}
    return {
        "font": SANS,
        "view": {"stroke": None},
        "axis": {**text, "gridColor": c.GRID, "domainColor": c.GRID, "tickColor": c.GRID, "domain": False, "ticks": False, "labelPadding": 6},
        "axisX": {"grid": False, "ticks": True, "tickSize": 4},
        "title": {"font": SANS, "color": c.INK, "fontSize": 12, "fontWeight": 600, "anchor": "start", "offset": 4},
        "text": {"font": SANS, "fontSize": 11.5, "color": c.INK},
    }


def _ms(iso: str) -> int:
    day = parse_day(iso) or date(1970, 1, 1)
    return int(datetime(day.year, day.month, day.day, tzinfo=UTC).timestamp() * 1000)


def _x(start: str, end: str, axis: bool = True, ticks: int = 6) -> Spec:
    scale = {"type": "utc", "domain": [_ms(start), _ms(end)], "nice": False}
    labels = {"title": None, "tickCount": ticks, "labelFlush": True, "labelOverlap": True} if axis else None
    return {"field": "t", "type": "temporal", "scale": scale, "axis": labels}


def _extent(chart: TieChart) -> tuple[str, str]:
    days = [p.date for p in chart.points] + [m.date for m in chart.marks]
    if not days:
        return chart.start or "2000-01-01", chart.end or "2000-02-01"
    last = parse_day(max(days)) or date(1970, 1, 1)
    return min(days), max((last + timedelta(days=31)).isoformat(), max(days))


# --- one tie ------------------------------------------------------------------------------------------------------------


def tie(chart: TieChart, width: int) -> Spec:
    """Level with band, happenings as triangles (up: cooperation, down: conflict), stated ties beneath, gaps hatched."""
    start, end = _extent(chart)
    plot = width - 62
    views = [{"width": plot, "height": 230 if width > 500 else 200, "layer": [*_gaps(chart, end), *_level(chart, start, end, plot), *_events(chart, start, end)]}]
    if chart.labels:
        views.append(_said(chart, start, end, plot))
    return {"vconcat": views, "spacing": 10, "padding": {"left": 2, "right": 8, "top": 4, "bottom": 2}}


def _gaps(chart: TieChart, end: str) -> list[Spec]:
    days = [*(p.date for p in chart.points), end]
    runs: list[list[int]] = []
    for p, nxt in zip(chart.points, days[1:], strict=False):
        if p.collected:
            continue
        if runs and runs[-1][1] == _ms(p.date):
            runs[-1][1] = _ms(nxt)
        else:
            runs.append([_ms(p.date), _ms(nxt)])
    values = [{"t": a, "t2": b} for a, b in runs]
    if not values:
        return []
    return [{"data": {"values": values}, "mark": {"type": "rect", "color": c.HATCH, "clip": True}, "encoding": {"x": {"field": "t", "type": "temporal"}, "x2": {"field": "t2"}}}]


def _level(chart: TieChart, start: str, end: str, plot: int) -> list[Spec]:
    values = [{"t": _ms(p.date), "v": round(p.level, 3), "lo": round(p.low, 3), "hi": round(p.high, 3)} for p in chart.points]
    words = "datum.value == 10 ? 'alliance +10' : datum.value == -10 ? 'war −10' : datum.value > 0 ? '+' + datum.value : replace('' + datum.value, '-', '−')"
    axis = {"title": None, "values": [-10, -5, 0, 5, 10], "labelExpr": words, "labelAlign": "right"}
    y = {"field": "v", "type": "quantitative", "scale": {"domain": [-10, 10]}, "axis": axis}
    x = _x(start, end, ticks=plot // 90)
    return [
        {"data": {"values": [{"v": 0}]}, "mark": {"type": "rule", "color": c.MUTED, "strokeWidth": 0.8}, "encoding": {"y": {"field": "v", "type": "quantitative"}}},
        {"data": {"values": values}, "mark": {"type": "area", "color": c.BAND, "opacity": 1, "interpolate": "monotone"}, "encoding": {"x": x, "y": {**y, "field": "lo"}, "y2": {"field": "hi"}}},
        {"data": {"values": values}, "mark": {"type": "line", "color": c.INK, "strokeWidth": 1.8, "interpolate": "monotone"}, "encoding": {"x": x, "y": y}},
    ]


def _events(chart: TieChart, start: str, end: str) -> list[Spec]:
    values = [{"t": _ms(m.date), "v": m.intensity, "k": m.key} for m in chart.marks]
    found = []
    for up in (True, False):
        mine = [v for v in values if (v["v"] > 0) is up]
        mark = {"type": "point", "shape": "triangle-up" if up else "triangle-down", "filled": True, "size": 46, "color": c.ACCORD if up else c.CONFLICT, "opacity": 1, "stroke": c.PAPER, "strokeWidth": 0.7}
        found.append({"data": {"values": mine}, "mark": mark, "encoding": {"x": _x(start, end), "y": {"field": "v", "type": "quantitative"}}})
    keyed = [v for v in values if v["k"]]
    text = {"type": "text", "dy": -11, "fontSize": 12, "fontWeight": 600, "color": c.INK}
    keys = {"data": {"values": keyed}, "mark": text, "encoding": {"x": _x(start, end), "y": {"field": "v", "type": "quantitative"}, "text": {"field": "k"}}}
    return [*found, *([keys] if keyed else [])]


def _said(chart: TieChart, start: str, end: str, plot: int) -> Spec:
    """States that reports say, as bars with their words; words that would run into each other stand on a second row."""
    values: list[Spec] = []
    scale, free = plot / max(_ms(end) - _ms(start), 1), [-1e9, -1e9]
    for s in (x for x in chart.labels if x.start < end and x.end > start):
        t = _ms(max(s.start, start))
        at = (t - _ms(start)) * scale
        row = 0 if at > free[0] else 1
        fits = at > free[row] and at + 6.5 * len(s.text) < plot
        free[row] = at + 6.5 * len(s.text) + 6 if fits else free[row]
        values.append({"t": t, "t2": _ms(min(s.end, end)), "w": s.text if fits else "", "r": row, "c": c.TONES[s.tone]})
    colour = {"field": "c", "type": "nominal", "scale": None}
    x = {**_x(start, end, axis=False)}
    layers: list[Spec] = [{"mark": {"type": "bar", "height": 5, "clip": True, "yOffset": -12}, "encoding": {"x": x, "x2": {"field": "t2"}, "color": colour}}]
    for row in (0, 1):
        text = {"type": "text", "align": "left", "dy": 3 + 14 * row, "fontSize": 11.5}
        layers.append({"transform": [{"filter": f"datum.r == {row}"}], "mark": text, "encoding": {"x": x, "text": {"field": "w"}, "color": colour}})
    title = {"text": "Reports say", "anchor": "start", "fontSize": 11, "fontWeight": 400, "color": c.MUTED, "offset": 2}
    return {"width": plot, "height": 42, "title": title, "data": {"values": values}, "layer": layers}


# --- many ties ----------------------------------------------------------------------------------------------------------


def multiples(chart: Multiples, width: int) -> Spec:
    """One small panel per tie, all on one scale."""
    columns = 3 if width > 500 else 2
    inner = width // columns - 24
    days = [d for one in chart.charts for d in _extent(one) if one.points]
    start, end = min(days), max(days)
    views = [_panel(one, start, end, inner) for one in chart.charts]
    return {"concat": views, "columns": columns, "spacing": {"row": 18, "column": 22}, "padding": 2}


def _panel(one: TieChart, start: str, end: str, inner: int) -> Spec:
    values = [{"t": _ms(p.date), "v": p.level, "lo": p.low, "hi": p.high} for p in one.points]
    y = {"field": "v", "type": "quantitative", "scale": {"domain": [-10, 10]}, "axis": None}
    x = _x(start, end, axis=True, ticks=2)
    x["axis"] = {**x["axis"], "format": "%Y"}
    layers = [
        {"data": {"values": [{"v": 0}]}, "mark": {"type": "rule", "color": c.MUTED, "strokeWidth": 0.6}, "encoding": {"y": y}},
        {"data": {"values": values}, "mark": {"type": "area", "color": c.BAND, "opacity": 1}, "encoding": {"x": x, "y": {**y, "field": "lo"}, "y2": {"field": "hi"}}},
        {"data": {"values": values}, "mark": {"type": "line", "color": c.INK, "strokeWidth": 1.4}, "encoding": {"x": x, "y": y}},
    ]
    layers += [{**gap, "encoding": {**gap["encoding"], "x": x}} for gap in _gaps(one, end)]
    title = {"text": one.title, "limit": inner, "fontSize": 12}
    return {"width": inner, "height": 76, "title": title, "layer": layers}


# --- network ------------------------------------------------------------------------------------------------------------


def network(chart: Network, width: int) -> Spec:
    """Actors on a ring in the order of the alphabet, the topic within; a tie's colour and dash show its sign."""
    height = 400 if width > 500 else 340
    spots = _ring(chart, width, height)
    edges = [_edge(chart, e, spots) for e in sorted(chart.edges, key=lambda e: e.weight)]
    layers: list[Spec] = [_rules([e for e in edges if e["s"] == sign], dash) for sign, dash in (("neutral", [1, 0]), ("accord", [1, 0]), ("strain", [6, 3]), ("conflict", [2, 3]))]
    nodes = [{"x": x, "y": y, "n": n} for n, (x, y, _) in spots.items()]
    layers.append({"data": {"values": nodes}, "mark": {"type": "circle", "size": 90, "color": c.INK, "opacity": 1, "stroke": c.PAPER, "strokeWidth": 1.5}, "encoding": _xy(width, height)})
    for side in ("left", "right", "center"):
        named = [{"x": x, "y": y, "n": _wrapped(n, 22 if width > 500 else 13)} for n, (x, y, a) in spots.items() if a == side]
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
    return {"x": x, "y": y, "x2": x2, "y2": y2, "s": c.tone_of(e.level), "w": round(1 + 1.1 * math.log2(1 + e.weight), 2)}


def _rules(edges: list[Spec], dash: list[int]) -> Spec:
    colour = c.TONES[edges[0]["s"]] if edges else c.NEUTRAL
    width = {"field": "w", "type": "quantitative", "scale": None}
    where = {"x": {"field": "x", "type": "quantitative", "scale": None}, "y": {"field": "y", "type": "quantitative", "scale": None}, "x2": {"field": "x2"}, "y2": {"field": "y2"}}
    return {"data": {"values": edges}, "mark": {"type": "rule", "color": colour, "strokeDash": dash, "strokeCap": "butt"}, "encoding": {**where, "strokeWidth": width}}


def _wrapped(name: str, most: int) -> str:
    """A long name on two lines, broken at the space nearest its middle."""
    if len(name) <= most or " " not in name:
        return name
    at = min((i for i, ch in enumerate(name) if ch == " "), key=lambda i: abs(i - len(name) / 2))
    return f"{name[:at]}\n{name[at + 1 :]}"


def _xy(width: int, height: int) -> Spec:
    return {"x": {"field": "x", "type": "quantitative", "scale": None, "axis": None}, "y": {"field": "y", "type": "quantitative", "scale": None, "axis": None}}


def _names(named: list[Spec], side: str, dx: int, width: int, height: int, halo: bool) -> Spec:
    mark = {"type": "text", "align": side, "dx": dx, "dy": -14 if side == "center" else 1, "fontSize": 13 if side == "center" else 12, "fontWeight": 600 if side == "center" else 400, "baseline": "middle", "limit": 170 if width > 500 else 108, "lineBreak": "\n", "lineHeight": 13}
    if halo:
        mark |= {"stroke": c.PAPER, "strokeWidth": 4, "color": c.PAPER, "strokeJoin": "round"}
    return {"data": {"values": named}, "mark": mark, "encoding": {**_xy(width, height), "text": {"field": "n"}}}


# --- map ----------------------------------------------------------------------------------------------------------------


@lru_cache(maxsize=1)
def _world() -> tuple[Any, tuple[tuple[float, float, float, float], ...]]:
    """The map (Natural Earth through npm `world-atlas`) and the bounds of each country: west, south, east, north."""
    world = json.loads(resources.files("dragoman.publish").joinpath("static/world-110m.json").read_text(encoding="utf-8"))
    (kx, ky), (x0, y0) = world["transform"]["scale"], world["transform"]["translate"]
    lines = []
    for arc in world["arcs"]:
        xs, ys = (list(accumulate(p[k] for p in arc)) for k in (0, 1))
        lines.append((min(xs) * kx + x0, min(ys) * ky + y0, max(xs) * kx + x0, max(ys) * ky + y0))
    bounds = []
    for country in world["objects"]["countries"]["geometries"]:
        mine = [lines[i if i >= 0 else ~i] for i in _arcs(country.get("arcs", []))] or [(0.0, 0.0, 0.0, 0.0)]
        bounds.append((min(m[0] for m in mine), min(m[1] for m in mine), max(m[2] for m in mine), max(m[3] for m in mine)))
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
    values = [{"lon": p.lon, "lat": p.lat, "n": p.count, "name": p.name, "c": c.TONES[c.tone_of(p.intensity)]} for p in chart.places]
    spot = {"longitude": {"field": "lon", "type": "quantitative"}, "latitude": {"field": "lat", "type": "quantitative"}}
    size = {"field": "n", "type": "quantitative", "scale": {"type": "sqrt", "domain": [0, max(p.count for p in chart.places)], "range": [0, 520]}, "legend": None}
    layers = [
        {"data": world, "mark": {"type": "geoshape", "fill": c.LAND, "stroke": c.COAST, "strokeWidth": 0.6, "clip": True}},
        {"data": {"values": values}, "mark": {"type": "circle", "opacity": 0.85, "stroke": c.PAPER, "strokeWidth": 1, "clip": True}, "encoding": {**spot, "size": size, "color": {"field": "c", "type": "nominal", "scale": None}}},
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
    """Mercator over the middle nine tenths of the places, never closer than a region of 24 degrees."""
    lons, lats = sorted(p.lon for p in chart.places), sorted(_mercator(p.lat) for p in chart.places)
    cut = len(lons) // 12
    (west, east), (south, north) = ((v[cut], v[len(v) - 1 - cut]) for v in (lons, lats))
    across, up = max(east - west, 24.0) * 1.35, max(north - south, 14.0) * 1.35
    scale = min(width / math.radians(across), height / math.radians(up))
    middle = math.degrees(2 * math.atan(math.exp(math.radians((south + north) / 2))) - math.pi / 2)
    return {"type": "mercator", "center": [round((west + east) / 2, 3), round(middle, 3)], "scale": round(scale, 2), "translate": [width / 2, height / 2]}


def _uncrowded(values: list[Spec], projection: Spec) -> list[Spec]:
    """The places to name: the busiest first, none whose name would run into one already named."""
    kept: list[tuple[float, float, float]] = []
    named = []
    for v in sorted(values, key=lambda v: (-v["n"], v["name"])):
        x, y = (math.radians(v["lon"]) * projection["scale"], -math.radians(_mercator(v["lat"])) * projection["scale"])
        wide = 7 * len(v["name"]) + 14
        if len(named) < 14 and all(abs(y - b) > 15 or x + wide < a or a + w < x for a, b, w in kept):
            kept.append((x, y, wide))
            named.append(v)
    return named


# --- counts ---------------------------------------------------------------------------------------------------------------


def bars(chart: Bars, width: int) -> Spec:
    """A bar per month; months without any stand out by their gap."""
    values = [{"t": _ms(f"{m}-01"), "t2": _ms((_first_of_next(m)).isoformat()), "n": n} for m, n in chart.months]
    start, end = f"{chart.months[0][0]}-01", _first_of_next(chart.months[-1][0]).isoformat()
    y = {"field": "n", "type": "quantitative", "axis": {"title": None, "tickMinStep": 1, "tickCount": 3, "format": "d"}}
    mark = {"type": "rect", "color": c.NEUTRAL, "stroke": c.PAPER, "strokeWidth": 0.6}
    zero = {**y, "stack": None}
    return {
        "width": width - 40, "height": 90, "data": {"values": values},
        "mark": mark, "encoding": {"x": _x(start, end, ticks=width // 110), "x2": {"field": "t2"}, "y": zero, "y2": {"datum": 0}}, "padding": 4,
    }  # fmt: skip


def _first_of_next(month: str) -> date:
    day = parse_day(month) or date(1970, 1, 1)
    return (day + timedelta(days=32)).replace(day=1)


_DRAW: dict[type, Any] = {TieChart: tie, Multiples: multiples, Network: network, PlaceMap: place_map, Bars: bars}
