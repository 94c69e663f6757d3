"""Where things stand: each tie as a row in words, and its pictures."""

from __future__ import annotations

from dragoman.brief.english import counted, day_text, listed, month_text, named, number, parse_day, plain, short_month, span_text, stop
from dragoman.brief.footing import footing
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
    Standing,
    Standings,
    Table,
    TieChart,
    Tone,
)
from dragoman.brief.notebook import Notebook
from dragoman.brief.slug import slug
from dragoman.brief.telling import label, pick, tell, weight
from dragoman.brief.voices import chain_words, outlet_name
from dragoman.ledger.views import Happening, Stated, Tie, TiePoint

TONES: dict[str | None, Tone] = {
    "hostile": "conflict", "broken": "conflict", "strained": "strain", "normal": "neutral", "cordial": "accord", "close": "accord",
}  # fmt: skip
STATES = {"broken": "broken off", None: "not established"}
MARKS = 6
TOLD = 6
MOST_POINTS = 130
READINGS = {
    "tie": "Line: level of the tie with its 90 per cent band. Triangles: reported happenings, up for cooperation, down for conflict; letters name some of them. Hatched: no reports read.",
    "multiples": "Level of each tie from −10 to +10, the middle line being zero, with its 90 per cent band. Hatched: no reports read.",
    "network": "Solid blue: friendly; grey: neutral; dashed ochre: strained; dotted red: hostile. The thicker the line, the more reported happenings.",
}


def state_words(state: str | None) -> str:
    """The state as an adjective of "ties": `strained`, `broken off`, `not established`."""
    return STATES.get(state, state or "not established")


def confidence(tie: Tie) -> str:
    """High, moderate or low: by number of happenings, single origins, disputes and the width of the band."""
    band = (tie.high - tie.low) if tie.high is not None and tie.low is not None else 20.0
    many, few = len(tie.happenings) >= 8, len(tie.happenings) < 3
    if few or band > 8 or (tie.single > 0.95 and not many):
        return "low"
    return "high" if many and band < 5 and tie.single < 0.5 and tie.disputed < 0.2 else "moderate"


def disputed_words(tie: Tie) -> str:
    """`no`, or how much of the passages is disputed."""
    if not tie.disputes and tie.disputed < 0.005:
        return "no"
    if tie.disputes:
        return f"yes, {counted(len(tie.disputes), 'point')}"
    return f"{max(1, round(100 * tie.disputed))} % of passages"


def standings(material: Material, notebook: Notebook) -> Standings | None:
    """A row for each counterpart, weightiest first."""
    rows = tuple(_standing(material, tie, notebook, i) for i, tie in enumerate(material.ties))
    return Standings(_caption(material), rows) if rows else None


def _caption(material: Material) -> str:
    day = material.recent[2] if material.recent else None
    who = "counterpart" if material.topic.kind == "actor" else "tie"
    return f"State of each {who} by {day_text(day)}" if day else f"State of each {who}"


def tie_name(material: Material, tie: Tie) -> str:
    """The counterpart's name for an actor's brief, both names otherwise."""
    if material.topic.kind == "actor":
        return plain(material.other(tie).name)
    return f"{plain(tie.a.name)} – {plain(tie.b.name)}"


def _standing(material: Material, tie: Tie, notebook: Notebook, turn: int) -> Standing:
    name = tie_name(material, tie)
    chart = tie_chart(tie, name, material.coverage.first)
    return Standing(
        slug(f"tie {tie.a.name} {tie.b.name}"), name, state_words(tie.state), TONES.get(tie.state, "none"), tie.trend or "no trend",
        short_month(tie.state_since) or "–", confidence(tie), disputed_words(tie), tie.level, chart if len(chart.points) > 2 else None,
        tuple(_sentences(tie, notebook, turn)) if turn < TOLD else (),
    )  # fmt: skip


def _sentences(tie: Tie, notebook: Notebook, turn: int) -> list[Sentence]:
    said = [_state_sentence(tie, notebook, turn)]
    latest = _latest(tie)
    if latest is not None:
        told = tell(latest)
        lead = ("The last happening on record", "Most recently", "Last on record")[turn % 3]
        said.append(Sentence(f"{lead}: {told.text[0].lower() + told.text[1:] if _lowerable(told.text) else told.text}", notebook.cite(told.passages)))
    said.extend(stated_sentences(tie, notebook, most=2))
    rest = _support(tie)
    return [*said, Sentence(rest)] if rest else said


def _lowerable(text: str) -> bool:
    return text.startswith(("According", "There ", "It ", "The ", "A ", "An ", "One "))


def _state_sentence(tie: Tie, notebook: Notebook, turn: int) -> Sentence:
    a, b = named(tie.a.name), named(tie.b.name)
    if tie.state is None:
        return Sentence(f"The reports do not suffice to say how {a} and {b} stand.", ())
    state, since = state_words(tie.state), month_text(tie.state_since)
    forms = (
        f"On the reports read, ties between {a} and {b} are {state}",
        f"Reports {'have had' if since else 'put'} {a} and {b} on {state} terms" if state in ("normal", "cordial", "close", "hostile", "strained") else f"Ties between {a} and {b} have been {state}",
        f"Ties between {a} and {b} are reckoned as {state}",
    )
    since_words = f", and have been since {since}" if since and turn % 3 != 1 else f" since {since}" if since else ""
    trend = {"improving": "; the trend is towards better ties", "worsening": "; the trend is downward", "steady": ", with little movement"}
    moved = {h for c in tie.changes for h in c.happenings}
    grounds = [h for h in tie.happenings if h.id in moved] or sorted(tie.happenings, key=weight, reverse=True)
    passages = [tell(h).passages[0] for h in grounds[:3]]
    passages += [s.passage for s in tie.stated if s.state == tie.state][:1]
    return Sentence(f"{forms[turn % 3]}{since_words}{trend.get(tie.trend or '', '')}.", notebook.cite(passages))


def _latest(tie: Tie) -> Happening | None:
    """The last happening, of those in the upper half by weight: a faint mention is no news."""
    weighty = sorted(tie.happenings, key=lambda h: (weight(h), h.id), reverse=True)[: (len(tie.happenings) + 1) // 2]
    return max(weighty, key=lambda h: (when_of(h), weight(h), h.id), default=None)


def stated_sentences(tie: Tie, notebook: Notebook, most: int) -> list[Sentence]:
    """What reports say outright about the tie, each with its voice; newest first, one of each kind."""
    seen: set[tuple[str | None, str | None, str]] = set()
    found = []
    for s in sorted(tie.stated, key=lambda s: (s.date or s.passage.report.published or "", s.passage.claim), reverse=True):
        kind = (s.state, s.change, s.passage.stance)
        if kind in seen or len(found) >= most:
            continue
        seen.add(kind)
        found.append(Sentence(stop(stated_words(tie, s)), notebook.cite([s.passage])))
    return found


def stated_words(tie: Tie, s: Stated) -> str:
    """`In May 2013, Osama Hamdan of Hamas said that ties between Hamas and Syria were not broken off, as cited by …`."""
    who, _, through = chain_words(s.passage).partition(", ")
    ties = f"ties between {named(tie.a.name)} and {named(tie.b.name)}"
    speaker, verb = (who, "said") if who else (outlet_name(s.passage), "wrote")
    stance = s.passage.stance
    if stance in ("planned", "hoped"):
        told = f"{'spoke' if who else 'wrote'} of {'an intention' if stance == 'planned' else 'the hope'} {_aim(s, ties)}"
    elif stance == "possible":
        told = f"{verb} that {ties} might be {_result(s)}"
    else:
        told = f"{verb} that {ties} {_stated_what(s, denied=stance == 'denied')}"
    when = month_text(s.date or s.passage.report.published)
    return f"{f'in {when}, ' if when else ''}{speaker} {told}{f', {through}' if through else ''}"


def _stated_what(s: Stated, *, denied: bool) -> str:
    forms = {
        "improving": ("were improving", "were not improving"), "worsening": ("were getting worse", "were not getting worse"),
        "restored": ("had been restored", "had not been restored"), "severed": ("had been severed", "had not been severed"),
        "unchanged": ("had not changed", "had changed"),
    }  # fmt: skip
    aspect = "" if s.aspect in ("general", "") else f" in {s.aspect} matters"
    if s.state:
        return f"were {'not ' if denied else ''}{state_words(s.state)}{aspect}"
    return f"{forms.get(s.change or '', ('were of note', 'were of no note'))[denied]}{aspect}"


def _aim(s: Stated, ties: str) -> str:
    verbs = {"improving": "to mend", "worsening": "to loosen", "restored": "to restore", "severed": "to sever", "unchanged": "to leave unchanged"}
    if s.change in verbs:
        return f"{verbs[s.change]} {ties}"
    return f"to keep {ties} {state_words(s.state)}" if s.state == "normal" else f"to see {ties} {state_words(s.state)}"


def _result(s: Stated) -> str:
    done = {"improving": "mended", "worsening": "loosened", "restored": "restored", "severed": "severed", "unchanged": "left unchanged"}
    return done.get(s.change or "", state_words(s.state))


def _support(tie: Tie) -> str:
    n = len(tie.happenings)
    if not n:
        return "No dated happening between the two is on record in the period."
    grades = [(footing(h).grade, h.quad.endswith("cooperation")) for h in tie.happenings]
    single = sum(g in ("single", "party") for g, _ in grades)
    if n == 1:
        return f"The one happening on record between them rests on {'one origin' if single else 'more than one origin'}."
    took = [accord for g, accord in grades if g in ("established", "single", "party", "contested")]
    parts = [f"{number(k)} of {what}" for k, what in ((sum(took), "cooperation"), (len(took) - sum(took), "conflict")) if k]
    if n > len(took):
        parts.append(f"{number(n - len(took))} planned, hoped for, denied or left open")
    rest = f"; {number(single)} {'rests' if single == 1 else 'rest'} on one origin or one side’s word" if single else ""
    return f"The reports give {counted(n, 'happening')} between them, {listed(parts)}{rest}."


# --- pictures --------------------------------------------------------------------------------------------------------------


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
        Mark(when_of(h), h.intensity, label(h), chosen.get(h.id, "")) for h in sorted(tie.happenings, key=lambda h: (when_of(h), h.id)) if when_of(h) and when_of(h) >= begin
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
    said = sorted((s.date or s.passage.report.published or "", s.state) for s in tie.stated if s.state and s.passage.stance == "actual")
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
    named_marks = [(m, h) for m in chart.marks if m.key for h in tie.happenings if label(h) == m.label and when_of(h) == m.date][: MARKS]
    once = {m.key: (m, h) for m, h in named_marks}
    caption = tuple(
        Sentence(f"{key}. {_month_day(h)}: {m.label}.", notebook.cite(tell(h).passages, 1)) for key, (m, h) in sorted(once.items())
    )
    return Figure(
        slug(f"{prefix} {tie.a.name} {tie.b.name}"), f"{name}: the tie over time", caption, _alt(tie, name), chart, _twin(thinned(tie, material.coverage.first), name), READINGS["tie"],
    )  # fmt: skip


def _month_day(h: Happening) -> str:
    return span_text(h.from_, h.to, h.grain) or f"reported {day_text(h.reported)}"


def _alt(tie: Tie, name: str) -> str:
    if tie.level is None or not tie.series:
        return f"Line chart of the tie between {name}: no level can be given."
    lows, highs = min(p.level for p in tie.series), max(p.level for p in tie.series)
    return (
        f"Line chart of the tie between {name}, on a scale from minus 10, war, to plus 10, alliance. The level moves between "
        f"{_signed(lows)} and {_signed(highs)} and ends at {_signed(tie.level)}. The table below gives the figures."
    )


def _signed(value: float) -> str:
    return f"{'−' if round(value, 1) < 0 else ''}{abs(value):.1f}"


def _twin(series: tuple[TiePoint, ...], name: str) -> Table:
    rows = []
    for p in series:
        if not p.collected:
            rows.append((Cell(day_text(p.date)), Cell("not covered"), Cell("–"), Cell("0", number=True)))
        else:
            band = f"{_signed(p.low)} to {_signed(p.high)}"
            rows.append((Cell(day_text(p.date)), Cell(_signed(p.level), number=True), Cell(band), Cell(str(p.happenings), number=True)))
    return Table(f"Level of the tie between {name}, by period", ("From", "Level", "Band (90 %)", "Happenings"), tuple(rows))


def multiples_figure(material: Material) -> Figure | None:
    """All ties side by side."""
    ties = [t for t in material.ties if len(t.series) > 2][:9]
    if len(ties) < 2:
        return None
    charts = tuple(tie_chart(t, tie_name(material, t), material.coverage.first) for t in ties)
    rows = tuple(
        (Cell(tie_name(material, t)), Cell(state_words(t.state), tone=TONES.get(t.state, "none")), Cell(_signed(t.level or 0), number=True), Cell(t.trend or "–"), Cell(str(len(t.happenings)), number=True))
        for t in ties
    )
    table = Table("Ties at the end of the period", ("Tie", "State", "Level", "Trend", "Happenings"), rows)
    names = listed((tie_name(material, t) for t in ties), most=9)
    return Figure("fig-multiples", "All ties on one scale", (), f"Small line charts of the ties with {names}, on one scale.", Multiples(charts), table, READINGS["multiples"])


def network_figure(material: Material) -> Figure | None:
    """The signed network of the topic's ties and those between its counterparts."""
    every = [t for t in (*material.ties, *material.among) if t.level is not None and t.happenings]
    if len(every) < 3:
        return None
    edges = tuple(
        NetworkEdge(plain(t.a.name), plain(t.b.name), t.level or 0.0, len(t.happenings), state_words(t.state)) for t in every
    )
    nodes = tuple(sorted({n for e in edges for n in (e.a, e.b)}, key=str.casefold))
    rows = tuple(
        (Cell(f"{e.a} – {e.b}"), Cell(e.state), Cell(_signed(e.level), number=True), Cell(str(e.weight), number=True)) for e in edges
    )
    table = Table("Ties in the network", ("Tie", "State", "Level", "Happenings"), rows)
    friendly, hostile = sum(e.level > 1 for e in edges), sum(e.level < -1 for e in edges)
    alt = f"Network of {counted(len(nodes), 'actor')} and {counted(len(edges), 'tie')}: {number(friendly)} friendly, {number(hostile)} hostile."
    return Figure("fig-network", "Who stands with whom", (), alt, Network(nodes, edges, tuple(plain(a.name) for a in material.actors)), table, READINGS["network"])


def turn_of(tie: Tie) -> int:
    """A stable choice of wording for a tie."""
    return pick(tie.a.id + tie.b.id, 3)
