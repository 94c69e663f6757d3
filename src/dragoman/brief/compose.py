"""Composes a brief from the ledger: the same ledger, topic and period give the same brief."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from datetime import date, timedelta

from dragoman.brief import apparatus, sections
from dragoman.brief.editors import OwnText, filled
from dragoman.brief.english import (
    capital,
    counted,
    listed,
    month_text,
    named,
    number,
    parse_day,
    period_text,
    plain,
    possessive,
)
from dragoman.brief.footing import footing
from dragoman.brief.material import Ledger, Material, evidence, gather, when_of
from dragoman.brief.model import Block, Brief, Counts, Paragraph, Points, Section, Sentence, Source, Subheading
from dragoman.brief.notebook import Notebook
from dragoman.brief.pictures import multiples_figure, network_figure, tie_figure
from dragoman.brief.standing import standings, stated_sentences
from dragoman.brief.states import confidence, state_words, tie_name
from dragoman.brief.telling import tell, weight
from dragoman.ledger.views import Happening, Tie

# Words that a report's text may carry and that every brief made from it must show.
NOTICES = ("Written for Dragoman; not a news report",)
FIGURES = 4
DRAWN = 3
LEAD = 0.7
POINTS = 5


def compose(
    ledger: Ledger,
    topic: str,
    since: date | str | None = None,
    until: date | str | None = None,
    today: date | None = None,
) -> Brief:
    """The brief on `topic`: an actor, a pair ("Hamas–Iran"), a group or a place; `since` to `until` is half-open.

    An unknown topic or an empty ledger gives a brief that says so. `today` is printed as the day of composition.
    """
    return written(gather(ledger, topic, since, until), ledger, today or date.today(), Notebook())


def written(material: Material, ledger: Ledger, today: date, notebook: Notebook, own: OwnText | None = None) -> Brief:
    """The brief on what was gathered, with the editors' own text where there is one.

    Briefs that are bound into one issue share a notebook, so that their notes run on. Raises `UsageError` for own text that asks for
    what the ledger does not know.
    """
    title = (own.title if own else "") or headline(material)
    standfirst = _standfirst(material, notebook)
    points = _points(material, notebook)

    def rest() -> list[Section]:
        return [s for s in _sections(material, notebook) if s is not None]

    body = tuple(filled(own, ledger, material, notebook, rest) if own else rest())
    notes, sources = notebook.notes(), notebook.sources()
    digest = hashlib.sha256(
        "\0".join(
            [material.topic.asked, material.since or "", material.until or "", *(c for n in notes for c in n.claims)]
        ).encode()
    )
    return Brief(
        digest.hexdigest()[:16], material.topic, _section_line(material), title, standfirst, _notices(ledger, sources),
        material.since, material.until, _period(material), today.isoformat(), points, body, notes, sources,
        _count(material),
    )  # fmt: skip


def _sections(material: Material, notebook: Notebook) -> list[Section | None]:
    if not material.happenings and not material.ties:
        return [_nothing(material), apparatus.coverage(material)]
    return [
        _where_things_stand(material, notebook),
        sections.changes(material, notebook),
        sections.timeline(material, notebook),
        sections.voices(material, notebook),
        apparatus.disputes(material, notebook),
        apparatus.calendar(material, notebook),
        apparatus.coverage(material),
    ]


# --- the top of the brief --------------------------------------------------------------------------------------------------


HEADLINES = {
    ("hostile", "improving"): "{a} and {b}: still hostile, less so than before",
    ("hostile", "worsening"): "Hostility between {a} and {b} deepens",
    ("broken", "improving"): "{a} and {b} move to repair a broken tie",
    ("broken", "worsening"): "{a} and {b} drift further apart",
    ("strained", "improving"): "{a} and {b} begin to mend strained ties",
    ("strained", "worsening"): "Strain grows between {a} and {b}",
    ("normal", "improving"): "{a} and {b} draw closer",
    ("normal", "worsening"): "{a} and {b} grow cooler",
    ("cordial", "improving"): "{a} and {b} draw closer still",
    ("cordial", "worsening"): "Cordial ties between {a} and {b} lose warmth",
    ("close", "improving"): "{a} and {b} tighten a close tie",
    ("close", "worsening"): "A close tie between {a} and {b} loosens",
}
STEADY = {
    "hostile": "{a} and {b} remain hostile", "broken": "Ties between {a} and {b} remain broken off", "strained": "{a} and {b} remain at odds",
    "normal": "{a} and {b} keep to normal terms", "cordial": "{a} and {b} remain on cordial terms", "close": "{a} and {b} stay close",
}  # fmt: skip


def headline(material: Material) -> str:
    """The title: how the main tie moves, else the weightiest late happening, else the topic's name."""
    tie = leading_tie(material)
    if tie is not None:
        first, second = _order(material, tie)
        pattern = HEADLINES.get((tie.state or "", tie.trend or "")) or STEADY.get(tie.state or "")
        if pattern:
            return capital(pattern.format(a=named(first), b=named(second)))
    if material.topic.kind == "unknown":
        return f"{capital(material.topic.name)}: nothing on record"
    if not material.happenings:
        return f"{capital(material.topic.name)}: no happening on record"
    return f"{capital(material.topic.name)}: what the reports say"


def leading_tie(material: Material) -> Tie | None:
    """Among the ties that rest on most, the one with most to tell: a move, strain or closeness rather than routine."""
    known = [t for t in material.ties[:5] if t.state]
    return max(known, key=lambda t: (_news(t), evidence(t)), default=None)


def _news(tie: Tie) -> float:
    moving = 1.0 if tie.trend in ("improving", "worsening") else 0.5
    telling = 0.6 if tie.state in ("normal", None) else 1.0
    return evidence(tie) * (0.5 + moving) * telling * (0.6 if confidence(tie) == "low" else 1.0)


def _order(material: Material, tie: Tie) -> tuple[str, str]:
    own = {a.id for a in material.actors}
    a, b = (tie.a, tie.b) if tie.a.id in own or material.topic.kind != "actor" else (tie.b, tie.a)
    return plain(a.name), plain(b.name)


def _standfirst(material: Material, notebook: Notebook) -> tuple[Sentence, ...]:
    if not material.happenings:
        return (Sentence(f"The ledger holds no report of anything done by or to {_about(material)} in this period."),)
    said = [*_states_line(material)]
    first = _chief(material)
    if first is not None:
        told = tell(first)
        said.append(Sentence(told.text, notebook.cite(told.passages)))
    n, c = len(material.happenings), material.coverage
    one = sum(footing(h).grade in ("single", "party") for h in material.happenings)
    share = (
        "it rests"
        if n == 1
        else "all of them rest"
        if one == n
        else f"{number(one)} of them {'rests' if one == 1 else 'rest'}"
    )
    text = f"This brief draws on {counted(n, 'happening')} in {counted(c.reports, 'report')} from {counted(c.outlets, 'outlet')}"
    return (*said, Sentence(f"{text}{f'; {share} on a single origin or on one side’s word' if one else ''}."))


def _states_line(material: Material) -> list[Sentence]:
    """One sentence on how the topic stands with its main counterparts, worst first."""
    if material.topic.kind != "actor":
        return []
    by_state: dict[str, list[str]] = {}
    for tie in material.ties[:8]:
        if tie.state:
            by_state.setdefault(tie.state, []).append(named(material.other(tie).name))
    parts = [
        f"{state_words(s)} with {listed(by_state[s], most=5)}"
        for s in ("hostile", "broken", "strained", "normal", "cordial", "close")
        if s in by_state
    ]
    if len(parts) < 2:
        return []
    end = material.recent[2] if material.recent else None
    by = f"By {month_text(_day_before(end))}" if end else "By the end of the period"
    return [
        Sentence(f"{by} the reports read put {possessive(named(material.topic.name))} ties as {listed(parts, most=6)}.")
    ]


def _day_before(iso: str) -> str:
    day = parse_day(iso)
    return (day - timedelta(days=1)).isoformat() if day else iso


def _about(material: Material) -> str:
    if material.topic.kind == "pair":
        return f"{named(material.actors[0].name)} and {named(material.actors[1].name)} together"
    return named(material.topic.name)


def _chief(material: Material) -> Happening | None:
    """The weightiest sure happening of the last year of the period between known parties; of the leading tie, where it has one."""
    tie = leading_tie(material)
    start = material.recent[1] if material.recent else ""
    pools = (tie.happenings if tie else (), material.happenings)
    for pool in pools:
        late = [h for h in pool if when_of(h) >= start and _fit_to_lead(h)]
        if late:
            return max(late, key=lambda h: (footing(h).grade == "established", weight(h), when_of(h), h.id))
    return None


def _fit_to_lead(h: Happening) -> bool:
    """Whether a happening may stand at the top: known parties, news of its sentence, surely coded, not one side's word alone."""
    known = bool(h.actors) and not any(a.id.startswith("?") for a in (*h.actors, *h.recipients))
    sure = any(p.main and p.confidence >= LEAD for p in h.passages)
    return known and sure and h.type != "REQUEST" and footing(h).grade in ("established", "single", "contested")


def _points(material: Material, notebook: Notebook) -> tuple[Sentence, ...]:
    """At a glance: the main ties in a line each."""
    found = []
    for tie in [t for t in material.ties if t.state][:POINTS]:
        since = month_text(tie.state_since)
        text = f"{tie_name(material, tie)}: {state_words(tie.state)}{' since ' + since if since else ''}, {tie.trend or 'no trend'}"
        if tie.disputes:
            text += f"; {counted(len(tie.disputes), 'point')} disputed"
        best = sorted(tie.happenings, key=weight, reverse=True)[:1]
        found.append(Sentence(f"{text}.", notebook.cite([p for h in best for p in tell(h).passages[:1]])))
    if len(found) < 3:
        fit = [h for h in material.happenings if _fit_to_lead(h)] or material.happenings
        ranked = sorted(fit, key=lambda h: (weight(h), h.id))
        kinds = {(h.type, h.actors, h.recipients): h for h in ranked}
        late = list(reversed(kinds.values()))[: POINTS - len(found)]
        told = [tell(h) for h in sorted(late, key=when_of, reverse=True)]
        found += [Sentence(t.text, notebook.cite(t.passages)) for t in told]
    return tuple(found)


def _section_line(material: Material) -> str:
    return material.topic.name


def _period(material: Material) -> str:
    """The period asked for; where an end of it was left open, the first or last report read stands there."""
    c = material.coverage
    first, last = parse_day(c.first), parse_day(c.last)
    if material.since and material.until:
        return period_text(material.since, material.until)
    if not first or not last:
        return period_text(material.since, material.until) or "no period"
    since, until = material.since or c.first, material.until or (last + timedelta(days=1)).isoformat()
    ends = (month_text(since), month_text(_day_before(until)))
    return ends[0] if ends[0] == ends[1] else " – ".join(ends)


def _count(material: Material) -> Counts:
    grades = [footing(h).grade for h in material.happenings]
    single = sum(g in ("single", "party") for g in grades)
    return Counts(material.coverage.reports, material.coverage.outlets, len(grades), single, len(material.disputes))


def _notices(ledger: Ledger, sources: tuple[Source, ...]) -> tuple[str, ...]:
    """The notices that any source's own text carries."""
    held = (ledger.report(s.id) for s in sources)
    found = {notice for report in held if report for notice in NOTICES if notice in report[1]}
    return tuple(f"{n}." for n in NOTICES if n in found)


# --- first section -----------------------------------------------------------------------------------------------------------


def _where_things_stand(material: Material, notebook: Notebook) -> Section | None:
    blocks: list[Block] = []
    pair = material.topic.kind == "pair"
    if pair and material.ties:
        blocks.append(tie_figure(material, material.ties[0], notebook))
    table = standings(material, notebook)
    if table is not None:
        blocks.append(table)
    if pair and material.ties:
        said = tuple(stated_sentences(material.ties[0], notebook, most=8))
        blocks += [Subheading("stated", "What reports say of the tie"), Points(said)] if said else []
    else:
        drawn = [
            tie_figure(material, t, notebook)
            for t in material.ties[:FIGURES]
            if len(t.series) > 2 and len(t.happenings) >= DRAWN
        ]
        blocks += [replace(f, reading="") if i else f for i, f in enumerate(drawn)]
        blocks += [f for f in (multiples_figure(material), network_figure(material)) if f is not None]
    return Section("standing", "Where things stand", tuple(blocks)) if blocks else None


def _nothing(material: Material) -> Section:
    if material.topic.kind == "unknown":
        text = f"“{material.topic.name}” is no actor, pair, group, place or word that the ledger knows."
        hint = "Try a name as the reports write it, two names joined by a dash, or a longer period."
    else:
        text = f"No claim about {_about(material)} was found in the reports of this period."
        hint = "That nothing is on record does not mean that nothing happened; see the coverage below."
    return Section("nothing", "Nothing on record", (Paragraph((Sentence(text), Sentence(hint))),))


def terminal_summary(brief: Brief) -> list[str]:
    """About ten lines for a terminal: title, period, main points, counts."""
    lines = [brief.title, f"{brief.section} · {brief.period} · composed {brief.composed}"]
    lines += [s.text for s in brief.standfirst[:1]]
    lines += [f"• {p.text}" for p in brief.points]
    c = brief.counts
    lines.append(
        f"{counted(c.happenings, 'happening')} from {counted(c.reports, 'report')} of {counted(c.outlets, 'outlet')}; "
        f"{number(c.single)} on one origin or one side’s word, {counted(c.disputed, 'dispute')}"
    )
    lines.append(f"{counted(len(brief.notes), 'passage')} cited from {counted(len(brief.sources), 'source')}")
    lines += [f"Notice: {n}" for n in brief.notices]
    return [capital(line) for line in lines]
