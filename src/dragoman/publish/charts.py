"""Pictures as Vega-Lite specifications: one function per kind of chart, data inline, nothing fetched."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

from dragoman.brief.english import day_text, month_text, parse_day
from dragoman.brief.model import Bars, Chart, LevelPoint, Multiples, Network, PlaceMap, TieChart
from dragoman.publish import palette as c
from dragoman.publish.charts_spatial import network, place_map

Spec = dict[str, Any]
WIDE, NARROW = 680, 328
SANS = "Dragoman Sans"


def spec(chart: Chart, width: int = WIDE) -> Spec:
    """The specification of a chart at a total width in pixels."""
    drawn = _DRAW[type(chart)](chart, width)
    return {
        "$schema": "https://vega.github.io/schema/vega-lite/v6.json",
        "config": _config(),
        "background": None,
        **drawn,
    }


def _config() -> Spec:
    text = {
        "labelFont": SANS,
        "titleFont": SANS,
        "labelColor": c.MUTED,
        "titleColor": c.MUTED,
        "labelFontSize": 11.5,
        "titleFontSize": 11.5,
        "titleFontWeight": 400,
    }
    return {
        "font": SANS,
        "view": {"stroke": None},
        "axis": {
            **text,
            "gridColor": c.GRID,
            "domainColor": c.GRID,
            "tickColor": c.GRID,
            "domain": False,
            "ticks": False,
            "labelPadding": 6,
        },
        "axisX": {"grid": False, "ticks": True, "tickSize": 4},
        "title": {"font": SANS, "color": c.INK, "fontSize": 12, "fontWeight": 600, "anchor": "start", "offset": 4},
        "text": {"font": SANS, "fontSize": 11.5, "color": c.INK},
    }


def _ms(iso: str) -> int:
    day = parse_day(iso) or date(1970, 1, 1)
    return int(datetime(day.year, day.month, day.day, tzinfo=UTC).timestamp() * 1000)


def _x(start: str, end: str, axis: bool = True, ticks: int = 6) -> Spec:
    scale = {"type": "utc", "domainMin": _ms(start), "domainMax": _ms(end), "nice": False}
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
    views = [
        {
            "width": plot,
            "height": 230 if width > 500 else 200,
            "layer": [*_gaps(chart, end), *_level(chart, start, end, plot), *_events(chart, start, end)],
        }
    ]
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
    return [
        {
            "data": {"values": values},
            "mark": {"type": "rect", "color": c.HATCH, "clip": True},
            "encoding": {"x": {"field": "t", "type": "temporal"}, "x2": {"field": "t2"}},
        }
    ]


def _level(chart: TieChart, start: str, end: str, plot: int) -> list[Spec]:
    values = _values(chart)
    figure = "datum.value > 0 ? '+' + datum.value : replace('' + datum.value, '-', '−')"
    words = f"datum.value == 10 ? 'alliance +10' : datum.value == -10 ? 'war −10' : {figure}"
    axis = {"title": None, "values": [-10, -5, 0, 5, 10], "labelExpr": words, "labelAlign": "right"}
    y = {"field": "v", "type": "quantitative", "scale": {"domain": [-10, 10]}, "axis": axis}
    x = _x(start, end, ticks=plot // 90)
    return [
        {
            "data": {"values": [{"v": 0}]},
            "mark": {"type": "rule", "color": c.MUTED, "strokeWidth": 0.8},
            "encoding": {"y": {"field": "v", "type": "quantitative"}},
        },
        {
            "data": {"values": values},
            "mark": {"type": "area", "color": c.BAND, "opacity": 1, "interpolate": "monotone"},
            "encoding": {"x": x, "y": {**y, "field": "lo"}, "y2": {"field": "hi"}},
        },
        {
            "data": {"values": values},
            "mark": {"type": "line", "color": c.INK, "strokeWidth": 1.8, "interpolate": "monotone"},
            "encoding": {"x": x, "y": y},
        },
    ]


def _values(chart: TieChart) -> list[Spec]:
    """The points of a tie; `w` says each in words."""
    return [
        {"t": _ms(p.date), "v": round(p.level, 3), "lo": round(p.low, 3), "hi": round(p.high, 3), "w": _said_of(p)}
        for p in chart.points
    ]


def _said_of(p: LevelPoint) -> str:
    band = f"level {p.level:+.1f} ({p.low:+.1f} to {p.high:+.1f})".replace("-", "−")
    return f"{day_text(p.date)}: {band if p.collected else 'no reports read'}"


def _events(chart: TieChart, start: str, end: str) -> list[Spec]:
    values: list[Spec] = [
        {"t": _ms(m.date), "v": m.intensity, "k": m.key, "w": f"{day_text(m.date)}: {m.label}"} for m in chart.marks
    ]
    found: list[Spec] = []
    for up in (True, False):
        mine = [v for v in values if (v["v"] > 0) is up]
        mark = {
            "type": "point",
            "shape": "triangle-up" if up else "triangle-down",
            "filled": True,
            "size": 46,
            "color": c.ACCORD if up else c.CONFLICT,
            "opacity": 1,
            "stroke": c.PAPER,
            "strokeWidth": 0.7,
        }
        found.append(
            {
                "data": {"values": mine},
                "mark": mark,
                "encoding": {"x": _x(start, end), "y": {"field": "v", "type": "quantitative"}},
            }
        )
    keyed = [v for v in values if v["k"]]
    text = {"type": "text", "dy": -11, "fontSize": 12, "fontWeight": 600, "color": c.INK}
    keys = {
        "data": {"values": keyed},
        "mark": text,
        "encoding": {"x": _x(start, end), "y": {"field": "v", "type": "quantitative"}, "text": {"field": "k"}},
    }
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
    layers: list[Spec] = [
        {
            "mark": {"type": "bar", "height": 5, "clip": True, "yOffset": -12},
            "encoding": {"x": x, "x2": {"field": "t2"}, "color": colour},
        }
    ]
    for row in (0, 1):
        text = {"type": "text", "align": "left", "dy": 3 + 14 * row, "fontSize": 11.5}
        layers.append(
            {
                "transform": [{"filter": f"datum.r == {row}"}],
                "mark": text,
                "encoding": {"x": x, "text": {"field": "w"}, "color": colour},
            }
        )
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
    values = _values(one)
    y = {"field": "v", "type": "quantitative", "scale": {"domain": [-10, 10]}, "axis": None}
    x = _x(start, end, axis=True, ticks=2)
    x["axis"] = {**x["axis"], "format": "%Y"}
    layers = [
        {
            "data": {"values": [{"v": 0}]},
            "mark": {"type": "rule", "color": c.MUTED, "strokeWidth": 0.6},
            "encoding": {"y": y},
        },
        {
            "data": {"values": values},
            "mark": {"type": "area", "color": c.BAND, "opacity": 1},
            "encoding": {"x": x, "y": {**y, "field": "lo"}, "y2": {"field": "hi"}},
        },
        {
            "data": {"values": values},
            "mark": {"type": "line", "color": c.INK, "strokeWidth": 1.4},
            "encoding": {"x": x, "y": y},
        },
    ]
    layers = [{**gap, "encoding": {**gap["encoding"], "x": x}} for gap in _gaps(one, end)] + layers
    title = {"text": one.title, "limit": inner, "fontSize": 12, "frame": "group"}
    return {"width": inner, "height": 76, "title": title, "layer": layers}


# --- counts ---------------------------------------------------------------------------------------------------------------


def bars(chart: Bars, width: int) -> Spec:
    """A bar per month; months without any stand out by their gap."""
    values = [
        {
            "t": _ms(f"{m}-01"),
            "t2": _ms(_first_of_next(m).isoformat()),
            "n": n,
            "w": f"{month_text(m)}: {n} {chart.unit}",
        }
        for m, n in chart.months
    ]
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
