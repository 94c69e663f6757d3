"""The sections of a brief that weigh what is told: disputes, what is expected, coverage and caveats."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from dragoman.brief.english import (
    capital,
    common,
    counted,
    day_text,
    listed,
    many,
    month_text,
    named,
    number,
    parse_day,
    plain,
    span_text,
    spoken,
    stop,
)
from dragoman.brief.footing import footing, independent
from dragoman.brief.material import MOST, Material
from dragoman.brief.model import (
    Bars,
    Block,
    Calendar,
    Cell,
    Disagreement,
    Due,
    Figure,
    Paragraph,
    Section,
    Sentence,
    Side,
    Table,
)
from dragoman.brief.notebook import Notebook
from dragoman.brief.phrases import phrase
from dragoman.brief.states import state_words
from dragoman.brief.telling import clause
from dragoman.brief.voices import chain_words, outlet_name, voice_name
from dragoman.ledger.views import Dispute, Happening, Passage

DISPUTES = 6
DUES = 12
SURE = 0.6


# --- disputes --------------------------------------------------------------------------------------------------------------------


def disputes(material: Material, notebook: Notebook) -> Section | None:
    """Accounts that cannot both hold, side by side."""
    told = {p.claim: h for h in (*material.happenings, *material.before) for p in h.passages}
    blocks = tuple(_disagreement(d, notebook, told) for d in material.disputes[:DISPUTES])
    more = len(material.disputes) - len(blocks)
    tail = (
        (
            Paragraph(
                (
                    Sentence(
                        f"{capital(counted(more, 'further dispute'))} {'stands' if more == 1 else 'stand'} in the data edition."
                    ),
                ),
                "aside",
            ),
        )
        if more > 0
        else ()
    )
    return Section("disputes", "What is disputed", (*blocks, *tail)) if blocks else None


SORTS = {"denied": "A report and its denial", "actor": "Who did it", "count": "How many", "state": "How the two stand"}


def _disagreement(d: Dispute, notebook: Notebook, told: Mapping[str, Happening]) -> Disagreement:
    sides = tuple(_side(side, notebook) for side in d.sides if side)
    who = " and ".join(plain(a.name) for a in d.between[:2])
    when = month_text(d.date)
    title = ": ".join(common([who, SORTS.get(d.sort, "Two accounts")])) + (f", {when}" if when else "")
    passages = [side[0] for side in d.sides if side]
    return Disagreement(title, Sentence(stop(_why(d, told)), notebook.cite(passages, 4)), sides)


def _why(d: Dispute, told: Mapping[str, Happening]) -> str:
    """What clashes: for a denial who says that it happened and who denies it, else as the ledger puts it."""
    sides = [side for side in d.sides if side]
    h = told.get(sides[0][0].claim)
    if d.sort != "denied" or h is None or len(sides) < 2:
        return plain(d.why)
    say, deny = _holders(sides[0]), _holders(sides[1])
    if not set(say) - set(deny):
        say = common([outlet_name(p) for p in sides[0]])
    one, other = (
        " ".join((listed(x), v if _several(x) else w)) for x, v, w in ((say, "say", "says"), (deny, "deny", "denies"))
    )
    return f"{one} that {clause(h)}; {other} it"


def _several(names: list[str]) -> bool:
    return len(names) > 1 or many(names[0])


def _holders(passages: tuple[Passage, ...]) -> list[str]:
    """The nearest voices, else the outlets."""
    voices = common([voice_name(v) for p in passages for v in p.chain if v.step == 1])
    return voices or common([outlet_name(p) for p in passages])


def _side(passages: tuple[Passage, ...], notebook: Notebook) -> Side:
    first = passages[0]
    holder = listed(_holders(passages))
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
    found: list[Passage] = []
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
    matter, source = _matter(p), f"{word}, {by}{', ' + published if published else ''}"
    nobody = p.kind == "event" and not p.record.get("actors")
    # with nobody to do it, "Threat to Lyndia; planned" would read as a threat that was made
    text = f"{capital(source)}: {matter[:1].lower()}{matter[1:]}" if nobody else f"{matter}; {source}"
    return Due(iso, day, Sentence(stop(text), numbers), notebook.quote(p))


def _matter(p: Passage) -> str:
    record = p.record
    names = [
        [plain(x.get("name") or x.get("text") or "") for x in record.get(k) or ()]
        for k in ("actors", "recipients", "between")
    ]
    if p.kind == "tie":
        ties = f"ties between {' and '.join(map(spoken, names[2]))}"
        change = {
            "improving": "Better",
            "worsening": "Looser",
            "restored": "Restored",
            "severed": "An end of",
            "unchanged": "Unchanged",
        }.get(record.get("change") or "")
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
        span = f"{month_text(months[0][0])} to {month_text(months[-1][0])}"
        alt = f"Bar chart of reports read per month, {span}; most in {month_text(peak[0])} with {peak[1]}."
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
    between = (
        f", published {day_text(c.first)} to {day_text(c.last)}" if parse_day(c.first) and parse_day(c.last) else ""
    )
    said = [
        f"The ledger holds {counted(c.reports, 'report')} from {counted(c.outlets, 'outlet')} for this period{between}."
    ]
    if material.happenings:
        grades = Counter(footing(h).grade for h in material.happenings)
        one, n = grades["single"] + grades["party"], len(material.happenings)
        said.append(
            f"They give {counted(n, 'happening')} on {_topic(material)}: {number(grades['established'])} reported by several "
            f"independent origins, {'all' if one == n else number(one)} resting on one origin or one side’s word, "
            f"{number(grades['contested'])} disputed."
        )
    if len(material.happenings) >= MOST:
        said.append(f"More than that is on record: the brief looks at the newest {MOST:,} for each actor or place.")
    empty = [m for m, n in every_month(c.periods) if not n]
    if empty:
        said.append(
            f"{capital(counted(len(empty), 'month'))} of the period {'has' if len(empty) == 1 else 'have'} no report at all."
        )
    if c.failures:
        said.append(f"{capital(counted(c.failures, 'item'))} could not be read.")
    return said


def _topic(material: Material) -> str:
    return material.topic.name if material.topic.kind == "pair" else named(material.topic.name)
