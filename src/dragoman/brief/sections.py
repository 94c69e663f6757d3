"""The sections of a brief that tell what happened: what changed, timeline, who says what."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

from dragoman.brief.english import (
    capital,
    counted,
    day_text,
    listed,
    month_text,
    named,
    number,
    plain,
    span_text,
)
from dragoman.brief.footing import Footing
from dragoman.brief.material import Material, when_of
from dragoman.brief.model import (
    Block,
    Cell,
    Chain,
    Chains,
    Entry,
    Figure,
    Paragraph,
    Place,
    PlaceMap,
    Points,
    Section,
    Sentence,
    Subheading,
    Table,
    Timeline,
)
from dragoman.brief.notebook import Notebook
from dragoman.brief.slug import slug
from dragoman.brief.states import signed, state_words, tie_name
from dragoman.brief.telling import Told, label, tell, tolls, tone, weight
from dragoman.brief.voices import affiliation, links, source_words, steps
from dragoman.ledger.views import Happening, Tie

ENTRIES = 24
MAP_READING = (
    "Size: number of happenings. Blue: mostly cooperation; ochre and red: mostly conflict; grey: mixed. "
    "Places far from the others stand in the table alone."
)
CHAINS = 8
VOICES = 6
HEARD = 400
"""The weightiest happenings whose voices are heard."""
QUADS = (
    ("material-conflict", "Acts of conflict"), ("verbal-conflict", "Words of conflict"),
    ("verbal-cooperation", "Words of cooperation"), ("material-cooperation", "Acts of cooperation"),
)  # fmt: skip


# --- what changed ----------------------------------------------------------------------------------------------------------


def changes(material: Material, notebook: Notebook) -> Section | None:
    """The period against the one before: counts by kind, ties that moved, what moved them."""
    if material.recent is None or not material.happenings:
        return None
    before, start, end = material.recent
    now = [h for h in material.happenings if start <= when_of(h) < end]
    if not now and not material.before:
        return None
    blocks: list[Block] = [_counts(material, now), *_moves(material, notebook, start)]
    body = tuple(b for b in blocks if not isinstance(b, Points) or b.items)
    return Section("changes", "What changed", (_compared(material, now, before, start, end), *body))


def _compared(material: Material, now: list[Happening], before: str, start: str, end: str) -> Paragraph:
    then, period = span_text(before, start), span_text(start, end)
    if not material.before:
        text = f"No happening between {then.replace(' to ', ' and ')} is on record, so {period} cannot be set against the time before."
        return Paragraph((Sentence(capital(text)),))
    more, fewer = len(now) - len(material.before), len(material.before) - len(now)
    trend = f"{number(more)} more than" if more > 0 else f"{number(fewer)} fewer than" if fewer > 0 else "as many as"
    text = f"For {period} the reports give {counted(len(now), 'happening')}, {trend} for {then}."
    shift = _shift(now, material.before)
    return Paragraph((Sentence(text), *((Sentence(shift),) if shift else ())))


def _shift(now: list[Happening], before: tuple[Happening, ...]) -> str:
    if len(now) < 4 or len(before) < 4:
        return ""
    share = [round(100 * sum(h.quad.endswith("conflict") for h in hs) / len(hs)) for hs in (now, before)]
    if abs(share[0] - share[1]) < 10:
        return f"The mix changed little: {share[0]} per cent were conflictual, against {share[1]} per cent before."
    return f"The share of conflict {'rose' if share[0] > share[1] else 'fell'} from {share[1]} to {share[0]} per cent."


def _counts(material: Material, now: list[Happening]) -> Table:
    a, b = Counter(h.quad for h in material.before), Counter(h.quad for h in now)
    rows = tuple(
        (
            Cell(words),
            Cell(str(a[quad]), number=True),
            Cell(str(b[quad]), number=True),
            Cell(_difference(b[quad] - a[quad]), number=True),
        )
        for quad, words in QUADS
    )
    before, start, end = material.recent or ("", "", "")
    return Table("Happenings by kind", ("Kind", span_text(before, start), span_text(start, end), "Change"), rows)


def _difference(value: int) -> str:
    return f"+{value}" if value > 0 else f"−{-value}" if value < 0 else "0"


def _moves(material: Material, notebook: Notebook, start: str) -> list[Block]:
    said = []
    for tie in material.ties:
        by_id = {h.id: h for h in tie.happenings}
        for change in tie.changes:
            if change.date < start:
                continue
            causes = [by_id[i] for i in change.happenings if i in by_id]
            way = "rose" if change.after > change.before else "fell"
            passages = [p for h in sorted(causes, key=weight, reverse=True)[:2] for p in tell(h).passages[:1]]
            why = f" Reported at the time: {'; '.join(_event(h) for h in causes[:2])}." if causes else ""
            text = (
                f"{tie_name(material, tie)}: in {month_text(change.date)} the level {way} from {signed(change.before)}"
            )
            text = f"{text} to {signed(change.after)}.{why}"
            said.append((change.date, Sentence(text, notebook.cite(passages))))
    ordered = tuple(s for _, s in sorted(said, key=lambda x: x[0], reverse=True)[:6])
    return [Subheading("ties-that-moved", "Ties that moved"), Points(ordered)] if ordered else []


def _event(h: Happening) -> str:
    day = span_text(h.from_, h.to, h.grain)
    return f"{label(h)}{', ' + day if day else ''}"


# --- timeline ----------------------------------------------------------------------------------------------------------------


def timeline(material: Material, notebook: Notebook, most: int = ENTRIES) -> Section | None:
    """The happenings that matter most, newest first, with a word on how many were left out."""
    ranked = _once_each(sorted(material.happenings, key=lambda h: (weight(h), h.id), reverse=True))[:most]
    chosen = sorted(ranked, key=lambda h: (when_of(h), weight(h), h.id), reverse=True)
    if not chosen:
        return None
    blocks: list[Block] = []
    left = len(material.happenings) - len(chosen)
    if left > 0:
        text = f"The {len(chosen)} weightiest of {len(material.happenings):,} happenings; the rest stand in the data edition."
        blocks.append(Paragraph((Sentence(text),), "aside"))
    blocks.append(Timeline(_entries(chosen, notebook)))
    places = map_figure(material)
    return Section("timeline", "Timeline", (*blocks, *((places,) if places else ())))


def _once_each(ranked: list[Happening]) -> list[Happening]:
    """The happenings, one of a kind for each sentence: what else a sentence yields is in the data."""
    seen: set[tuple[str, int, str]] = set()
    found = []
    for h in ranked:
        spots = {(p.report.id, p.start, h.quad) for p in h.passages}
        if not spots & seen:
            found.append(h)
        seen |= spots
    return found


def _entries(chosen: list[Happening], notebook: Notebook) -> tuple[Entry, ...]:
    """The entries; words already quoted in the timeline are not quoted again."""
    quoted: set[str] = set()
    found = []
    for h in chosen:
        entry = _entry(h, notebook)
        found.append(replace(entry, quote="") if entry.quote in quoted else entry)
        quoted.add(entry.quote)
    return tuple(found)


def _entry(h: Happening, notebook: Notebook) -> Entry:
    told = tell(h, dated=False)
    toll = tolls(h)
    numbers = notebook.cite(told.passages)
    day = span_text(h.from_, h.to, h.grain) or (f"reported {day_text(h.reported)}" if h.reported else "undated")
    first = told.passages[0]
    return Entry(
        h.from_ or h.reported or "", day, Sentence(f"{told.text} {toll}".strip(), numbers), how_known(told.footing, h), notebook.quote(first),
        source_words(first), tone(h), plain(h.where or ""), told.footing.grade == "contested",
    )  # fmt: skip


def how_known(stand: Footing, h: Happening) -> str:
    """`Two independent origins, three reports`: how a happening is known, in words."""
    reports = counted(h.reports or len({p.report.id for p in h.passages}), "report")
    words = {
        "established": f"{capital(number(stand.origins))} independent origins, {reports}",
        "party": f"One side’s account, {reports}" if stand.origins < 2 else f"Accounts of parties only, {reports}",
        "single": "Single origin" + (f", {reports}" if h.reports > 1 else ""),
        "contested": f"Disputed, {reports}",
        "denied": f"Denied, {reports}",
        "planned": f"Planned, {reports}",
        "hoped": f"Hoped for, {reports}",
        "possible": f"Uncertain, {reports}",
    }
    return words[stand.grade]


def map_figure(material: Material) -> Figure | None:
    """Where it happened, if at least three places are known."""
    spots: dict[tuple[str, float, float], list[Happening]] = {}
    for h in material.happenings:
        if h.where and h.lat is not None and h.lon is not None:
            spots.setdefault((plain(h.where), h.lat, h.lon), []).append(h)
    if len(spots) < 3:
        return None
    ranked = sorted(spots.items(), key=lambda item: (-len(item[1]), item[0]))[:30]
    places = tuple(
        Place(name, lat, lon, len(hs), sum(h.intensity for h in hs) / len(hs)) for (name, lat, lon), hs in ranked
    )
    rows = tuple(
        (Cell(p.name), Cell(str(p.count), number=True), Cell(signed(p.intensity), number=True)) for p in places
    )
    table = Table("Happenings by place", ("Place", "Happenings", "Mean intensity"), rows)
    top = listed((p.name for p in places), most=4)
    caption = (Sentence("Borders are those of the public-domain Natural Earth map and imply no view on their status."),)
    return Figure(
        "fig-map",
        "Where it was reported",
        caption,
        f"Map with {counted(len(places), 'place')}; most happenings in {top}.",
        PlaceMap(places),
        table,
        MAP_READING,
    )


# --- who says what -------------------------------------------------------------------------------------------------------------


def voices(material: Material, notebook: Notebook) -> Section | None:
    """The chains that statements came through, drawn, and what the main voices say and deny."""
    weighty = _once_each(sorted(material.happenings, key=lambda h: (weight(h), h.id), reverse=True))
    told = [tell(h) for h in weighty[:HEARD]]
    chains = _chains(material, told, notebook)
    blocks: list[Block] = [chains] if chains.items else []
    for name, said in _by_voice(told):
        items = tuple(Sentence(t.text, notebook.cite(t.passages)) for t in said[:4])
        blocks += [Subheading(slug(f"voice {name}"), name), Points(items)]
    return Section("voices", "Who says what", tuple(blocks)) if blocks else None


def _chains(material: Material, told: list[Told], notebook: Notebook) -> Chains:
    stated = [(s.passage, _tie_claim(t, s.state, s.change)) for t in material.ties for s in t.stated]
    events = [(p, t.bare) for t in told for p in t.passages[:1] if p.chain]
    every = {p.claim: (p, text) for p, text in [*stated, *events] if p.chain}
    longest = sorted(
        every.values(), key=lambda x: (len(steps(x[0])), x[0].main, x[0].confidence, x[0].claim), reverse=True
    )
    shown: list[Chain] = []
    seen: set[tuple[str, int]] = set()
    for passage, text in longest:
        key = (passage.report.id, passage.start)
        if key in seen or len(shown) >= CHAINS or (len(steps(passage)) < 2 and len(shown) >= 3):
            continue
        seen.add(key)
        numbers = notebook.cite([passage])
        shown.append(Chain(text, passage.stance, links(passage), notebook.quote(passage), numbers))
    return Chains(tuple(shown))


def _tie_claim(tie: Tie, state: str | None, change: str | None) -> str:
    changes = {
        "improving": "improving",
        "worsening": "worsening",
        "restored": "restored",
        "severed": "severed",
        "unchanged": "unchanged",
    }
    return f"Ties between {named(tie.a.name)} and {named(tie.b.name)}: {state_words(state) if state else changes.get(change or '', 'changing')}."


def _by_voice(told: list[Told]) -> list[tuple[str, list[Told]]]:
    groups: dict[str, list[Told]] = {}
    for t in told:
        for voice in dict.fromkeys(affiliation(v) for v in t.passages[0].chain if v.step == 1 and v.kind != "unnamed"):
            groups.setdefault(voice, []).append(t)
    ranked = sorted(groups.items(), key=lambda item: (-len(item[1]), item[0].casefold()))
    return [(name, found) for name, found in ranked if len(found) > 1][:VOICES]
