"""The sections of a brief after the standings: what changed, timeline, voices, disputes, what is expected, coverage."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

from dragoman.brief.english import capital, common, counted, day_text, listed, month_text, named, number, parse_day, plain, span_text, spoken, stop
from dragoman.brief.footing import Footing, footing, independent
from dragoman.brief.material import Material, when_of
from dragoman.brief.model import (
    Bars,
    Block,
    Calendar,
    Cell,
    Chain,
    Chains,
    Disagreement,
    Due,
    Entry,
    Figure,
    Paragraph,
    Place,
    PlaceMap,
    Points,
    Section,
    Sentence,
    Side,
    Subheading,
    Table,
    Timeline,
)
from dragoman.brief.notebook import Notebook
from dragoman.brief.phrases import phrase
from dragoman.brief.slug import slug
from dragoman.brief.standing import TONES, _signed, state_words, tie_name
from dragoman.brief.telling import Told, label, tell, tolls, tone, weight
from dragoman.brief.voices import affiliation, chain_words, links, outlet_name, source_words, steps, voice_name
from dragoman.ledger.views import Dispute, Happening, Passage, Tie

ENTRIES = 24
MAP_READING = "Size: number of happenings. Blue: mostly cooperation; ochre and red: mostly conflict; grey: mixed."
CHAINS = 8
VOICES = 6
DISPUTES = 6
DUES = 12
SURE = 0.6
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
        (Cell(words), Cell(str(a[quad]), number=True), Cell(str(b[quad]), number=True), Cell(_difference(b[quad] - a[quad]), number=True))
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
            text = f"{tie_name(material, tie)}: in {month_text(change.date)} the level {way} from {_signed(change.before)} to {_signed(change.after)}.{why}"
            said.append((change.date, Sentence(text, notebook.cite(passages))))
    ordered = tuple(s for _, s in sorted(said, key=lambda x: x[0], reverse=True)[:6])
    return [Subheading("ties-that-moved", "Ties that moved"), Points(ordered)] if ordered else []


def _event(h: Happening) -> str:
    day = span_text(h.from_, h.to, h.grain)
    return f"{label(h)}{', ' + day if day else ''}"


# --- timeline ----------------------------------------------------------------------------------------------------------------


def timeline(material: Material, notebook: Notebook) -> Section | None:
    """The happenings that matter most, newest first, with a word on how many were left out."""
    ranked = _once_each(sorted(material.happenings, key=lambda h: (weight(h), h.id), reverse=True))[:ENTRIES]
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
    places = tuple(Place(name, lat, lon, len(hs), sum(h.intensity for h in hs) / len(hs)) for (name, lat, lon), hs in ranked)
    rows = tuple((Cell(p.name), Cell(str(p.count), number=True), Cell(_signed(p.intensity), number=True)) for p in places)
    table = Table("Happenings by place", ("Place", "Happenings", "Mean intensity"), rows)
    top = listed((p.name for p in places), most=4)
    caption = (Sentence("Borders are those of the public-domain Natural Earth map and imply no view on their status."),)
    return Figure("fig-map", "Where it was reported", caption, f"Map with {counted(len(places), 'place')}; most happenings in {top}.", PlaceMap(places), table, MAP_READING)


# --- who says what -------------------------------------------------------------------------------------------------------------


def voices(material: Material, notebook: Notebook) -> Section | None:
    """The chains that statements came through, drawn, and what the main voices say and deny."""
    told = [tell(h) for h in _once_each(sorted(material.happenings, key=lambda h: (weight(h), h.id), reverse=True))]
    chains = _chains(material, told, notebook)
    blocks: list[Block] = [chains] if chains.items else []
    for name, said in _by_voice(told):
        items = tuple(Sentence(t.text, notebook.cite(t.passages)) for t in said[:4])
        blocks += [Subheading(slug(f"voice {name}"), name), Points(items)]
    return Section("voices", "Who says what", tuple(blocks)) if blocks else None


def _chains(material: Material, told: list[Told], notebook: Notebook) -> Chains:
    stated = [(s.passage, _tie_claim(t, s.state, s.change)) for t in material.ties for s in t.stated]
    events = [(p, t.text) for t in told for p in t.passages[:1] if p.chain]
    every = {p.claim: (p, text) for p, text in [*stated, *events] if p.chain}
    longest = sorted(every.values(), key=lambda x: (len(steps(x[0])), x[0].main, x[0].confidence, x[0].claim), reverse=True)
    shown, seen = [], set()
    for passage, text in longest:
        key = (passage.report.id, passage.start)
        if key in seen or len(shown) >= CHAINS or (len(steps(passage)) < 2 and len(shown) >= 3):
            continue
        seen.add(key)
        numbers = notebook.cite([passage])
        shown.append(Chain(_unvoiced(passage, text), passage.stance, links(passage), notebook.quote(passage), numbers))
    return Chains(tuple(shown))


def _unvoiced(passage: Passage, text: str) -> str:
    """The claim without its "according to", which the chain draws."""
    chain = chain_words(passage)
    for form in (f", according to {chain}", f"According to {chain}, "):
        text = text.replace(form, "")
    return stop(text)


def _tie_claim(tie: Tie, state: str | None, change: str | None) -> str:
    changes = {"improving": "improving", "worsening": "worsening", "restored": "restored", "severed": "severed", "unchanged": "unchanged"}
    return f"Ties between {named(tie.a.name)} and {named(tie.b.name)}: {state_words(state) if state else changes.get(change or '', 'changing')}."


def _by_voice(told: list[Told]) -> list[tuple[str, list[Told]]]:
    groups: dict[str, list[Told]] = {}
    for t in told:
        for voice in dict.fromkeys(affiliation(v) for v in t.passages[0].chain if v.step == 1 and v.kind != "unnamed"):
            groups.setdefault(voice, []).append(t)
    ranked = sorted(groups.items(), key=lambda item: (-len(item[1]), item[0].casefold()))
    return [(name, found) for name, found in ranked if len(found) > 1][:VOICES]


# --- disputes --------------------------------------------------------------------------------------------------------------------


def disputes(material: Material, notebook: Notebook) -> Section | None:
    """Accounts that cannot both hold, side by side."""
    blocks = tuple(_disagreement(d, notebook) for d in material.disputes[:DISPUTES])
    more = len(material.disputes) - len(blocks)
    tail = (Paragraph((Sentence(f"{capital(counted(more, 'further dispute'))} {'stands' if more == 1 else 'stand'} in the data edition."),), "aside"),) if more > 0 else ()
    return Section("disputes", "What is disputed", (*blocks, *tail)) if blocks else None


SORTS = {"denied": "A report and its denial", "actor": "Who did it", "count": "How many", "state": "How the two stand"}


def _disagreement(d: Dispute, notebook: Notebook) -> Disagreement:
    sides = tuple(_side(side, notebook) for side in d.sides if side)
    who = " and ".join(plain(a.name) for a in d.between[:2])
    when = month_text(d.date)
    title = ": ".join(common([who, SORTS.get(d.sort, "Two accounts")])) + (f", {when}" if when else "")
    passages = [side[0] for side in d.sides if side]
    return Disagreement(title, Sentence(stop(plain(d.why)), notebook.cite(passages, 4)), sides)


def _side(passages: tuple[Passage, ...], notebook: Notebook) -> Side:
    first = passages[0]
    holder = listed(common([voice_name(v) for p in passages for v in p.chain if v.step == 1])) or listed(common([outlet_name(p) for p in passages]))
    numbers = notebook.cite(passages, 4)
    n = independent(passages)
    count = f"{capital(counted(len({p.report.id for p in passages}), 'report'))}, {counted(n, 'origin')}."
    return Side(capital(holder), (Sentence(count, numbers),), notebook.quote(first))


# --- planned and expected ----------------------------------------------------------------------------------------------------------


def calendar(material: Material, notebook: Notebook) -> Section | None:
    """What was planned or expected, dated first (in order of time), then undated."""
    dues = [_due(p, notebook) for p in _latest_plans(material)]
    if not dues:
        return None
    dated = sorted((d for d in dues if d.iso), key=lambda d: d.iso)
    return Section("expected", "Planned and expected", (Calendar((*dated, *(d for d in dues if not d.iso))),))


def _latest_plans(material: Material) -> list[Passage]:
    seen: set[tuple[str, int, int]] = set()
    found = []
    start = material.recent[1] if material.recent else ""
    late = [p for p in material.expected if (p.report.published or "") >= start]
    for p in (p for p in (late or material.expected) if p.confidence >= SURE and _known(p)):
        key = (p.report.id, p.start, p.end)
        if key not in seen and len(found) < DUES:
            seen.add(key)
            found.append(p)
    return found


def _known(p: Passage) -> bool:
    """Whether every party of the claim is known to the who's who."""
    parties = [x for k in ("actors", "recipients", "between") for x in p.record.get(k) or ()]
    return bool(parties) and all(x.get("id") or x.get("name", "a")[:1].isupper() for x in parties)


def _due(p: Passage, notebook: Notebook) -> Due:
    when = p.record.get("when") or {}
    iso = str(when.get("from") or "")
    day = span_text(when.get("from"), when.get("to"), when.get("grain")) or "no date given"
    numbers = notebook.cite([p])
    chain = chain_words(p)
    word = {"planned": "planned", "hoped": "hoped for", "possible": "possible"}.get(p.stance, "expected")
    by = f"according to {chain}" if chain else f"reported by {outlet_name(p)}"
    published = day_text(p.report.published)
    return Due(iso, day, Sentence(stop(f"{_matter(p)}; {word}, {by}{', ' + published if published else ''}"), numbers), notebook.quote(p))


def _matter(p: Passage) -> str:
    record = p.record
    names = [[plain(x.get("name") or x.get("text") or "") for x in record.get(k) or ()] for k in ("actors", "recipients", "between")]
    if p.kind == "tie":
        ties = f"ties between {' and '.join(map(spoken, names[2]))}"
        change = {"improving": "Better", "worsening": "Looser", "restored": "Restored", "severed": "An end of", "unchanged": "Unchanged"}.get(record.get("change") or "")
        return f"{change} {ties}" if change else f"{capital(ties)}, {state_words(record.get('state'))}"
    forms = phrase(record.get("type", ""), record.get("mode"), tuple(record.get("contexts") or ()), p.trigger)
    what = forms.noun.format(r=listed(spoken(n) for n in names[1])) if names[1] else forms.noun_alone
    return f"{listed(names[0])}: {what}" if names[0] else capital(what)


# --- coverage ------------------------------------------------------------------------------------------------------------------------


def coverage(material: Material) -> Section:
    """What was read, how evenly, and how far it can be trusted."""
    c = material.coverage
    blocks: list[Block] = [Paragraph(tuple(Sentence(s) for s in _coverage_words(material)))]
    months = every_month(c.periods)
    if len(months) > 1:
        rows = tuple((Cell(month_text(m)), Cell(str(n), number=True)) for m, n in months)
        table = Table("Reports read per month", ("Month", "Reports"), rows)
        peak = max(c.periods, key=lambda x: x[1])
        alt = f"Bar chart of reports read per month, {month_text(months[0][0])} to {month_text(months[-1][0])}; most in {month_text(peak[0])} with {peak[1]}."
        blocks.append(Figure("fig-coverage", "Reports read per month", (), alt, Bars(months, "reports"), table))
    blocks.append(Paragraph(tuple(Sentence(s) for s in CAVEATS), "aside"))
    return Section("coverage", "Coverage and caveats", tuple(blocks))


def every_month(periods: tuple[tuple[str, int], ...]) -> tuple[tuple[str, int], ...]:
    """The months from first to last, those without a report as zero."""
    held = dict(periods)
    days = [d for d in (parse_day(m) for m in held) if d is not None]
    if not days:
        return ()
    first, last = min(days), max(days)
    span = range(first.year * 12 + first.month - 1, last.year * 12 + last.month)
    return tuple((f"{i // 12:04}-{i % 12 + 1:02}", held.get(f"{i // 12:04}-{i % 12 + 1:02}", 0)) for i in span)


CAVEATS = (
    "Events and ties were coded by machine from the sentences cited; the passage, not the coding, is the evidence.",
    "The brief asserts in its own voice only what two independent origins report and nobody denies; everything else is given with its voice.",
    "Levels run from −10 (war) to +10 (alliance) and rest on reported happenings; they measure what was reported, not what was done.",
    "Months without reports are hatched in the pictures: there, silence says nothing.",
)


def _coverage_words(material: Material) -> list[str]:
    c = material.coverage
    if not c.reports:
        return ["No report was read for this period."]
    between = f", published {day_text(c.first)} to {day_text(c.last)}" if parse_day(c.first) and parse_day(c.last) else ""
    said = [f"The ledger holds {counted(c.reports, 'report')} from {counted(c.outlets, 'outlet')} for this period{between}."]
    if material.happenings:
        grades = Counter(footing(h).grade for h in material.happenings)
        one = grades["single"] + grades["party"]
        said.append(
            f"They yield {counted(len(material.happenings), 'happening')} on {_topic(material)}: {number(grades['established'])} reported by several "
            f"independent origins, {'all' if one == len(material.happenings) else number(one)} resting on one origin or one side’s word, {number(grades['contested'])} disputed."
        )
    empty = [m for m, n in every_month(c.periods) if not n]
    if empty:
        said.append(f"{capital(counted(len(empty), 'month'))} of the period {'has' if len(empty) == 1 else 'have'} no report at all.")
    if c.failures:
        said.append(f"{capital(counted(c.failures, 'item'))} could not be read.")
    return said


def _topic(material: Material) -> str:
    return material.topic.name if material.topic.kind == "pair" else named(material.topic.name)


__all__ = ["TONES", "calendar", "changes", "coverage", "disputes", "how_known", "timeline", "voices"]
