"""The data of the pictures: ties over time, all ties side by side, the network of ties."""

from __future__ import annotations

from dragoman.brief.english import counted, day_text, listed, number, parse_day, plain, span_text
from dragoman.brief.material import Material, when_of
from dragoman.brief.model import (
    Cell,
    Figure,
    Label,
    LevelPoint,
    Mark,
    Multiples,
    Network,
    NetworkEdge,
    Sentence,
    Table,
    TieChart,
)
from dragoman.brief.notebook import Notebook
from dragoman.brief.slug import slug
from dragoman.brief.states import TONES, signed, state_words, tie_name
from dragoman.brief.telling import label, tell, weight
from dragoman.ledger.views import Happening, Tie, TiePoint

MARKS = 6
MOST_POINTS = 130
READINGS = {
    "tie": "Line: level of the tie with its 90 per cent band. Triangles: reported happenings, up for cooperation, down for conflict; "
    "letters name some of them. Hatched: no reports read.",
    "multiples": "Level of each tie from −10 to +10, the middle line being zero, with its 90 per cent band. Hatched: no reports read.",
    "network": "Solid blue: friendly; grey: neutral; dashed ochre: strained; dotted red: hostile. "
    "The thicker the line, the more reported happenings.",
}


def thinned(tie: Tie, first: str | None) -> tuple[TiePoint, ...]:
    """The series from the month of the first report on, at most one point a month where it is long."""
    start = (first or "")[:7]
    series = tuple(p for p in tie.series if p.date[:7] >= start) or tie.series
    if len(series) <= MOST_POINTS:
        return series
    monthly = tuple({p.date[:7]: p for p in series}.values())
    return monthly[-MOST_POINTS:]


def tie_chart(tie: Tie, title: str, first: str | None = None) -> TieChart:
    """The data of the picture of a tie over time, from `first` (ISO day of the first report) on."""
    series = thinned(tie, first)
    points = tuple(LevelPoint(p.date, p.level, p.low, p.high, p.collected) for p in series)
    chosen = {h.id: key for h, key in zip(_notable(tie, points[0].date if points else ""), "ABCDEFGH", strict=False)}
    begin = points[0].date if points else ""
    marks = tuple(
        Mark(when_of(h), h.intensity, label(h), chosen.get(h.id, ""))
        for h in sorted(tie.happenings, key=lambda h: (when_of(h), h.id))
        if when_of(h) and when_of(h) >= begin
    )
    start = tie.since or (points[0].date if points else "")
    end = tie.until or (points[-1].date if points else "")
    return TieChart(title, points, marks, _labels(tie, end), start, end)


def _notable(tie: Tie, begin: str) -> list[Happening]:
    """The happenings that the picture names: those that moved the level, then the weightiest; in order of time."""
    moved = {h for c in tie.changes for h in c.happenings}
    dated = [h for h in tie.happenings if when_of(h) and when_of(h) >= begin]
    ranked = sorted(dated, key=lambda h: (h.id in moved, weight(h), h.id), reverse=True)
    days = [when_of(h) for h in dated] or [begin]
    apart = max(8, _days_between(min(days), max(days)) // 22)
    chosen: list[Happening] = []
    for h in ranked:
        if len(chosen) < MARKS and all(_days_between(when_of(h), when_of(c)) >= apart for c in chosen):
            chosen.append(h)
    return sorted(chosen, key=lambda h: (when_of(h), h.id))


def _days_between(one: str, two: str) -> int:
    a, b = parse_day(one), parse_day(two)
    return abs((a - b).days) if a and b else 0


def _labels(tie: Tie, end: str) -> tuple[Label, ...]:
    """States that reports say, each shown until the next one or for half a year."""
    said = sorted(
        (s.date or s.passage.report.published or "", s.state)
        for s in tie.stated
        if s.state and s.passage.stance == "actual"
    )
    said = [s for s in said if s[0]]
    found: list[Label] = []
    for i, (day, state) in enumerate(said):
        if found and found[-1].text == state_words(state) and day <= found[-1].end:
            found[-1] = Label(found[-1].start, _half_year(day, end), found[-1].text, found[-1].tone)
            continue
        if found and day < found[-1].end:
            found[-1] = Label(found[-1].start, day, found[-1].text, found[-1].tone)
        until = min(_half_year(day, end), said[i + 1][0] if i + 1 < len(said) and said[i + 1][0] > day else "9999")
        found.append(Label(day, until, state_words(state), TONES.get(state, "none")))
    return tuple(f for f in found if f.start < f.end)


def _half_year(iso: str, end: str) -> str:
    day = parse_day(iso)
    if day is None:
        return iso
    month = day.month + 6
    later = day.replace(year=day.year + (month - 1) // 12, month=(month - 1) % 12 + 1, day=min(day.day, 28))
    return min(later.isoformat(), end or "9999")


def tie_figure(material: Material, tie: Tie, notebook: Notebook, *, prefix: str = "fig") -> Figure:
    """The picture of one tie with the list of the happenings it names."""
    name = f"{plain(tie.a.name)} and {plain(tie.b.name)}"
    chart = tie_chart(tie, name, material.coverage.first)
    named_marks = [
        (m, h) for m in chart.marks if m.key for h in tie.happenings if label(h) == m.label and when_of(h) == m.date
    ][:MARKS]
    once = {m.key: (m, h) for m, h in named_marks}
    caption = tuple(
        Sentence(f"{key}. {_month_day(h)}: {m.label}.", notebook.cite(tell(h).passages, 1))
        for key, (m, h) in sorted(once.items())
    )
    twin = _twin(thinned(tie, material.coverage.first), name)
    anchor = slug(f"{prefix} {tie.a.name} {tie.b.name}")
    return Figure(anchor, f"{name}: the tie over time", caption, _alt(tie, name), chart, twin, READINGS["tie"])


def _month_day(h: Happening) -> str:
    return span_text(h.from_, h.to, h.grain) or f"reported {day_text(h.reported)}"


def _alt(tie: Tie, name: str) -> str:
    if tie.level is None or not tie.series:
        return f"Line chart of the tie between {name}: no level can be given."
    lows, highs = min(p.level for p in tie.series), max(p.level for p in tie.series)
    return (
        f"Line chart of the tie between {name}, on a scale from minus 10, war, to plus 10, alliance. The level moves between "
        f"{signed(lows)} and {signed(highs)} and ends at {signed(tie.level)}. The table below gives the figures."
    )


def _twin(series: tuple[TiePoint, ...], name: str) -> Table:
    rows = []
    for p in series:
        if not p.collected:
            rows.append((Cell(day_text(p.date)), Cell("not covered"), Cell("–"), Cell("0", number=True)))
        else:
            band = f"{signed(p.low)} to {signed(p.high)}"
            rows.append(
                (
                    Cell(day_text(p.date)),
                    Cell(signed(p.level), number=True),
                    Cell(band),
                    Cell(str(p.happenings), number=True),
                )
            )
    return Table(
        f"Level of the tie between {name}, by period", ("From", "Level", "Band (90 %)", "Happenings"), tuple(rows)
    )


def multiples_figure(material: Material) -> Figure | None:
    """All ties side by side."""
    ties = [t for t in material.ties if len(t.series) > 2][:9]
    if len(ties) < 2:
        return None
    charts = tuple(tie_chart(t, tie_name(material, t), material.coverage.first) for t in ties)
    rows = tuple(
        (
            Cell(tie_name(material, t)),
            Cell(state_words(t.state), tone=TONES.get(t.state, "none")),
            Cell(signed(t.level or 0), number=True),
            Cell(t.trend or "–"),
            Cell(str(len(t.happenings)), number=True),
        )
        for t in ties
    )
    table = Table("Ties at the end of the period", ("Tie", "State", "Level", "Trend", "Happenings"), rows)
    names = listed((tie_name(material, t) for t in ties), most=9)
    return Figure(
        "fig-multiples",
        "All ties on one scale",
        (),
        f"Small line charts of the ties with {names}, on one scale.",
        Multiples(charts),
        table,
        READINGS["multiples"],
    )


def network_figure(material: Material) -> Figure | None:
    """The signed network of the topic's ties and those between its counterparts."""
    every = [t for t in (*material.ties, *material.among) if t.level is not None and t.happenings]
    if len(every) < 3:
        return None
    edges = tuple(
        NetworkEdge(plain(t.a.name), plain(t.b.name), t.level or 0.0, len(t.happenings), state_words(t.state))
        for t in every
    )
    nodes = tuple(sorted({n for e in edges for n in (e.a, e.b)}, key=str.casefold))
    rows = tuple(
        (Cell(f"{e.a} – {e.b}"), Cell(e.state), Cell(signed(e.level), number=True), Cell(str(e.weight), number=True))
        for e in edges
    )
    table = Table("Ties in the network", ("Tie", "State", "Level", "Happenings"), rows)
    friendly, hostile = sum(e.level > 1 for e in edges), sum(e.level < -1 for e in edges)
    alt = f"Network of {counted(len(nodes), 'actor')} and {counted(len(edges), 'tie')}: {number(friendly)} friendly, {number(hostile)} hostile."
    return Figure(
        "fig-network",
        "Who stands with whom",
        (),
        alt,
        Network(nodes, edges, tuple(plain(a.name) for a in material.actors)),
        table,
        READINGS["network"],
    )
