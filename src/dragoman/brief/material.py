"""Gathers from the ledger all that one brief needs, for any kind of topic."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from difflib import get_close_matches
from itertools import combinations
from typing import Any, Protocol

from dragoman.brief.english import parse_day, plain
from dragoman.brief.model import Topic
from dragoman.errors import LedgerError
from dragoman.ledger.views import ActorRef, Coverage, Dispute, Happening, Passage, ReportRef, Tie

PAIR = re.compile(r"\s*(?:–|—|/|\+)\s*|\s*,\s+|\s+(?:-|and|&|vs\.?|with)\s+", re.IGNORECASE)
COUNTERPARTS = 10
MOST = 2_000
"""The newest happenings of an actor, a pair or a place that a brief looks at; it says so where there are more."""
FOUND = 500
"""Passages of a query that are looked at."""
SMALL = frozenset("a an and at by for from in of on or over the to with".split())
MEMBERS = 12


class Ledger(Protocol):
    """What composing asks of a ledger; `dragoman.ledger.Ledger` has it."""

    def actor(self, name_or_id: str) -> ActorRef | None: ...
    def group(self, name: str) -> list[ActorRef]: ...
    def happenings(
        self,
        of: Any = None,
        pair: Any = None,
        since: Any = None,
        until: Any = None,
        *,
        place: str | None = None,
        limit: int | None = None,
    ) -> list[Happening]: ...
    def claims(self, of: Any = None, pair: Any = None, since: Any = None, until: Any = None) -> list[Passage]: ...
    def tie(self, a: Any, b: Any, since: Any = None, until: Any = None) -> Tie: ...
    def ties_of(self, actor: Any, since: Any = None, until: Any = None, limit: int = 20) -> list[Tie]: ...
    def disputes(self, of: Any = None, pair: Any = None, since: Any = None, until: Any = None) -> list[Dispute]: ...
    def disputes_with(self, claim_ids: Iterable[str], since: Any = None, until: Any = None) -> list[Dispute]: ...
    def expected(self, of: Any = None, on_after: Any = None) -> list[Passage]: ...
    def coverage(self, since: Any = None, until: Any = None) -> Coverage: ...
    def actors(self, query: str = "", limit: int = 50) -> list[ActorRef]: ...
    def report(self, id: str) -> tuple[ReportRef, str] | None: ...
    def search(self, text: str = "", *, limit: int = 20) -> list[Passage]: ...
    def happenings_with(self, claim_ids: Iterable[str]) -> list[Happening]: ...


@dataclass(frozen=True)
class Material:
    """All that a brief is written from. `since` and `until` are ISO, half-open; `before` happened in the window before."""

    topic: Topic
    actors: tuple[ActorRef, ...]
    since: str | None
    until: str | None
    recent: tuple[str, str, str] | None
    happenings: tuple[Happening, ...]
    before: tuple[Happening, ...]
    ties: tuple[Tie, ...]
    among: tuple[Tie, ...]
    disputes: tuple[Dispute, ...]
    expected: tuple[Passage, ...]
    coverage: Coverage

    def other(self, tie: Tie) -> ActorRef:
        """The counterpart in a tie of the topic."""
        return tie.b if tie.a.id in {a.id for a in self.actors} else tie.a


def find_topic(ledger: Ledger, asked: str) -> tuple[Topic, tuple[ActorRef, ...]]:
    """What the words ask for: an actor, two actors, a group, a place with happenings, or something unknown."""
    asked = plain(asked)[:200]
    one = ledger.actor(asked) if asked else None
    two = _pair(ledger, asked)
    if two and (one is None or one.id in {a.id for a in two}):
        a, b = two
        return Topic(asked, "pair", f"{plain(a.name)}–{plain(b.name)}", ((a.id, a.name), (b.id, b.name))), two
    if one is not None and not one.id.startswith("?"):
        return Topic(asked, "actor", plain(one.name), ((one.id, one.name),)), (one,)
    members = _members(ledger, asked)
    if members:
        return Topic(asked, "group", asked, tuple((m.id, m.name) for m in members)), members
    if asked and ledger.happenings(place=asked, limit=1):
        return Topic(asked, "place", asked), ()
    if one is None and answers(ledger, asked):
        return Topic(asked, "query", asked), ()
    if one is not None:
        return Topic(asked, "actor", plain(one.name), ((one.id, one.name),)), (one,)
    return Topic(asked, "unknown", asked or "no topic"), ()


def answers(ledger: Ledger, asked: str) -> list[Passage]:
    """The passages that hold every word asked for, in any of its endings; none for words that stand nowhere together."""
    words = [_stem(w) for w in re.findall(r"[^\W_]+", asked.casefold()) if w not in SMALL]
    if not words:
        return []
    return [p for p in ledger.search(asked, limit=FOUND) if _holds(p, words)]


def _holds(passage: Passage, words: list[str]) -> bool:
    parties = [x.get("name") or "" for k in ("actors", "recipients", "between") for x in passage.record.get(k) or ()]
    said = re.findall(r"[^\W_]+", " ".join([passage.text, *parties]).casefold())
    return all(any(s.startswith(w) for s in said) for w in words)


def _stem(word: str) -> str:
    return word[:-1] if len(word) > 4 and word.endswith("s") else word


def unknown(ledger: Ledger, asked: str) -> str:
    """What to tell of a topic that the ledger does not know, with names that come near."""
    known = [a.name for a in ledger.actors("", limit=2000)]
    folded = {n.casefold(): n for n in known}
    near = [folded[n] for n in get_close_matches(asked.casefold(), list(folded), n=4, cutoff=0.6)]
    hint = f"; near to it: {', '.join(near)}" if near else "; `dragoman actors list` shows the names that reports give"
    return f"the ledger knows no actor, pair, group or place {asked!r}, and no passage holds these words{hint}"


def _members(ledger: Ledger, asked: str) -> tuple[ActorRef, ...]:
    """The members of a group, at least two besides the name itself; none where the ledger knows no such group."""
    try:
        found = ledger.group(asked) if asked else []
    except LedgerError:
        return ()
    members = tuple(m for m in found if plain(m.name).casefold() != asked.casefold())[:MEMBERS]
    return members if len(members) > 1 else ()


def _pair(ledger: Ledger, asked: str) -> tuple[ActorRef, ActorRef] | None:
    """The two actors that the words name, parted by a dash, comma or "and"; a name that holds such a mark itself stays whole."""
    for cut in [*PAIR.finditer(asked), *re.finditer("-", asked)]:
        a, b = ledger.actor(asked[: cut.start()].strip()), ledger.actor(asked[cut.end() :].strip())
        if a and b and a.id != b.id:
            return a, b
    return None


def gather(ledger: Ledger, asked: str, since: date | str | None, until: date | str | None) -> Material:
    """Everything for the brief on `asked`, each happening once, newest first."""
    topic, actors = find_topic(ledger, asked)
    start, end = _iso(since), _iso(until)
    coverage = ledger.coverage(since=start, until=end)
    found = _happenings(ledger, topic, actors, start, end)
    recent = _windows(start, end, coverage, found)
    before = _happenings(ledger, topic, actors, recent[0], recent[1]) if recent and found else ()
    ties = _ties(ledger, topic, actors, start, end, found)
    return Material(
        topic, actors, start, end, recent, found, before, ties, _among(ledger, ties, actors, start, end),
        _disputes(ledger, topic, actors, (start, end), found), _expected(ledger, topic, actors, end),
        coverage,
    )  # fmt: skip


def _iso(day: date | str | None) -> str | None:
    return day.isoformat() if isinstance(day, date) else day or None


def when_of(h: Happening) -> str:
    """The day a happening is filed under: its own, else that of the first report; empty where neither is known."""
    return h.from_ or h.reported or ""


def newest_first(happenings: Iterable[Happening]) -> tuple[Happening, ...]:
    """Each happening once, newest first; ids break ties."""
    once = {h.id: h for h in happenings}.values()
    return tuple(sorted(sorted(once, key=lambda h: h.id), key=when_of, reverse=True))


def _happenings(
    ledger: Ledger, topic: Topic, actors: tuple[ActorRef, ...], since: str | None, until: str | None
) -> tuple[Happening, ...]:
    if topic.kind == "unknown":
        return ()
    if topic.kind == "pair":
        return newest_first(ledger.happenings(pair=actors, since=since, until=until, limit=MOST))
    if topic.kind == "place":
        return newest_first(ledger.happenings(place=topic.asked, since=since, until=until, limit=MOST))
    if topic.kind == "query":
        found = ledger.happenings_with(p.claim for p in answers(ledger, topic.asked))
        return newest_first(
            h for h in found if (not since or when_of(h) >= since) and (not until or when_of(h) < until)
        )
    return newest_first(h for a in actors for h in ledger.happenings(of=a, since=since, until=until, limit=MOST))


def _windows(
    since: str | None, until: str | None, coverage: Coverage, found: tuple[Happening, ...]
) -> tuple[str, str, str] | None:
    """(start of the window before, start of the period, its end): equal lengths; a year where no start was asked."""
    end = (
        parse_day(until)
        or _month_after(parse_day(coverage.last))
        or _month_after(parse_day(when_of(found[0]) if found else None))
    )
    if end is None:
        return None
    start = parse_day(since) or _year_before(end)
    before = _mirrored(start, end) if since else _year_before(start)
    return (before.isoformat(), start.isoformat(), end.isoformat()) if start < end else None


def _month_after(day: date | None) -> date | None:
    """The first day of the next month."""
    return (day.replace(day=1) + timedelta(days=32)).replace(day=1) if day else None


def _mirrored(start: date, end: date) -> date:
    """The start of the window of equal length before; in whole months where the period is."""
    if start.day != 1 or end.day != 1:
        return start - (end - start)
    months = start.year * 12 + start.month - 1 - ((end.year - start.year) * 12 + end.month - start.month)
    return date(max(months // 12, 1), months % 12 + 1, 1)


def _year_before(day: date) -> date:
    return day.replace(year=day.year - 1, day=min(day.day, 28)) if day.year > 1 else day


def _ties(
    ledger: Ledger,
    topic: Topic,
    actors: tuple[ActorRef, ...],
    since: str | None,
    until: str | None,
    found: tuple[Happening, ...],
) -> tuple[Tie, ...]:
    if topic.kind == "pair":
        tie = ledger.tie(actors[0], actors[1], since=since, until=until)
        return (tie,) if tie.happenings or tie.stated else ()
    if topic.kind == "actor":
        return tuple(
            _of_known(ledger.ties_of(actors[0], since=since, until=until, limit=2 * COUNTERPARTS))[:COUNTERPARTS]
        )
    if topic.kind == "group":
        every = _of_known(t for a in actors for t in ledger.ties_of(a, since=since, until=until, limit=COUNTERPARTS))
        once = {frozenset((t.a.id, t.b.id)): t for t in every}
        return tuple(sorted(once.values(), key=evidence, reverse=True)[:COUNTERPARTS])
    return _ties_of_place(ledger, since, until, found)


def _of_known(ties: Iterable[Tie]) -> list[Tie]:
    """The ties between actors whom the who's who knows; "eleven states" is no counterpart."""
    return [t for t in ties if not t.a.id.startswith("?") and not t.b.id.startswith("?")]


def _ties_of_place(
    ledger: Ledger, since: str | None, until: str | None, found: tuple[Happening, ...]
) -> tuple[Tie, ...]:
    pairs = Counter(
        (a.id, r.id)
        for h in found
        for a in h.actors
        for r in h.recipients
        if a.id != r.id and not (a.id + r.id).count("?")
    )
    once = Counter({tuple(sorted(p)): n for p, n in pairs.items()})
    chosen = [p for p, _ in sorted(once.items(), key=lambda item: (-item[1], item[0]))[:6]]
    return tuple(ledger.tie(a, b, since=since, until=until) for a, b in chosen)


def evidence(tie: Tie) -> int:
    """How much a tie rests on: happenings and stated ties."""
    return len(tie.happenings) + len(tie.stated)


def _among(
    ledger: Ledger, ties: tuple[Tie, ...], actors: tuple[ActorRef, ...], since: str | None, until: str | None
) -> tuple[Tie, ...]:
    """Ties between the weightiest counterparts, for the network."""
    own = {a.id for a in actors}
    others = {x.id: x for t in ties for x in (t.a, t.b) if x.id not in own}
    pairs = combinations(sorted(others)[:8], 2)
    found = (ledger.tie(others[a], others[b], since=since, until=until) for a, b in pairs)
    return tuple(t for t in found if t.level is not None and t.happenings)


def _disputes(
    ledger: Ledger,
    topic: Topic,
    actors: tuple[ActorRef, ...],
    span: tuple[str | None, str | None],
    happenings: tuple[Happening, ...],
) -> tuple[Dispute, ...]:
    """Disputes that a claim of the topic has part in: of its parties, of what happened at the place, of passages with the words."""
    since, until = span
    if topic.kind == "pair":
        found = ledger.disputes(pair=actors, since=since, until=until)
    elif topic.kind == "place":
        found = ledger.disputes_with((p.claim for h in happenings for p in h.passages), since, until)
    elif topic.kind == "query":
        found = ledger.disputes_with((p.claim for p in answers(ledger, topic.asked)), since, until)
    else:
        found = [d for a in actors for d in ledger.disputes(of=a, since=since, until=until)]
    once = {d.id: d for d in found if len([s for s in d.sides if s]) > 1}
    return tuple(sorted(sorted(once.values(), key=lambda d: d.id), key=lambda d: d.date or "", reverse=True))


def _expected(ledger: Ledger, topic: Topic, actors: tuple[ActorRef, ...], until: str | None) -> tuple[Passage, ...]:
    found = [p for a in actors for p in ledger.expected(of=a)]
    if topic.kind == "query":
        found = [p for p in answers(ledger, topic.asked) if p.stance in ("planned", "hoped")]
    if topic.kind == "place":
        found = [p for p in ledger.expected() if _at(p, topic.asked)]
    if topic.kind == "pair":
        both = [{p.claim for p in ledger.expected(of=a)} for a in actors]
        found = [p for p in found if all(p.claim in ids for ids in both)]
    once = {p.claim: p for p in found if not until or (p.report.published or "") < until}
    return tuple(sorted(once.values(), key=lambda p: (p.report.published or "", p.claim), reverse=True))


def _at(passage: Passage, place: str) -> bool:
    where = passage.record.get("where") or {}
    names = (where.get("name"), where.get("country"), where.get("text")) if isinstance(where, dict) else (where,)
    return any(str(n or "").casefold() == place.casefold() for n in names)


def passages(ledger: Ledger, material: Material) -> tuple[Passage, ...]:
    """Every standing claim on the topic in the period, oldest report first."""
    topic, actors, since, until = material.topic, material.actors, material.since, material.until
    if topic.kind == "pair":
        found = ledger.claims(pair=actors, since=since, until=until)
    elif topic.kind == "query":
        found = answers(ledger, topic.asked)
    elif topic.kind == "place":
        found = [p for h in material.happenings for p in h.passages]
    else:
        found = [p for a in actors for p in ledger.claims(of=a, since=since, until=until)]
    return tuple({p.claim: p for p in found}.values())
