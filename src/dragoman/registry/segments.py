"""Cutting words into the segments by which actors are described: names, agents, nationalities, small words.

A *unit* is one piece of the text with its raw letters and the token that it belongs to; a *segment* a run of units that the who's
who or the vocabulary knows as one thing. Cutting is greedy, longest first; of equal length a name goes before an agent.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from dragoman.registry.imported import Entry
from dragoman.registry.index import Registry, matches_case
from dragoman.registry.normal import pieces
from dragoman.registry.vocabulary import Agent, Title

_SUB = re.compile(r"[^\W_]+(?:['’‘ʼ`.][^\W_]+)*\.?|[&]|[^\w\s]")
_POSSESSIVE = re.compile(r"['’ʼ][sS]?$")
_MARKS = re.compile(r"[^\w\s&]+")
_HYPHENS = frozenset("-‐‑–")


@dataclass(frozen=True, slots=True)
class Unit:
    """One piece: its raw letters, the number of its token, whether a hyphen glues it to the one before, and whether a possessive follows."""

    piece: str
    raw: str
    token: int
    glued: bool = False
    owner: bool = False


@dataclass(frozen=True, slots=True)
class Segment:
    """Units `first` up to but without `last`. `kind` is name, agent, word, unknown, comma or a list of `words.toml`."""

    first: int
    last: int
    kind: str
    key: str = ""
    text: str = ""
    entries: tuple[Entry, ...] = ()
    agent: Agent | None = None
    titles: tuple[Title, ...] = ()


@lru_cache(maxsize=65_536)
def _raws(token: str) -> tuple[str, ...]:
    return tuple(_SUB.findall(token))


def units(tokens: Iterable[str]) -> list[Unit]:
    """The units of words in order; a token may hold several ("Iran-backed") or none (a stop)."""
    found: list[Unit] = []
    glued = False
    for number, token in enumerate(tokens):
        for raw in _raws(token):
            if _POSSESSIVE.fullmatch(raw) or (raw in ("s", "S") and glued is False and token[:1] in "'’"):
                if found and found[-1].token >= number - 1:
                    last = found[-1]
                    found[-1] = Unit(last.piece, last.raw, last.token, last.glued, owner=True)
            elif raw in _HYPHENS:
                glued = bool(found)
            elif _MARKS.fullmatch(raw):
                found.append(Unit(",", raw, number))
            else:
                owner = bool(_POSSESSIVE.search(raw))
                for piece in pieces(raw):
                    found.append(Unit(piece, raw, number, glued, owner))
                glued = False
    return found


def is_capital(unit: Unit) -> bool:
    """Whether a unit begins with a capital."""
    return unit.raw[:1].isupper()


class Cutter:
    """Cuts units into segments by one registry. `lenient`: names may stand in small letters (search words, not running text)."""

    def __init__(self, registry: Registry, lenient: bool = False) -> None:
        self.registry = registry
        self.words = registry.words
        self.lenient = lenient

    def cut(self, row: Sequence[Unit]) -> list[Segment]:
        """The segments of `row`, in order and without gaps."""
        found: list[Segment] = []
        at = 0
        while at < len(row):
            segment = self._next(row, at)
            found.append(segment)
            at = segment.last
        return found

    def _next(self, row: Sequence[Unit], at: int) -> Segment:
        unit = row[at]
        if unit.piece == ",":
            return Segment(at, at + 1, "comma", unit.raw)
        name = self._name(row, at)
        agent = self._agent(row, at, name.last if name else at)
        if agent and (name is None or agent.last > name.last):
            return agent
        return name or self._small(row, at)

    def _name(self, row: Sequence[Unit], at: int) -> Segment | None:
        """The longest name that starts here and whose letters stand as names do."""
        longest = self.registry.longest.get(row[at].piece, 0)
        for last in range(min(at + longest, len(row)), at, -1):
            name = " ".join(u.piece for u in row[at:last])
            entries = self.registry.names.get(name)
            if entries and (fit := self._fitting(entries, row[at:last])):
                return Segment(at, last, "name", name, " ".join(u.raw for u in row[at:last]), fit)
        return None

    def _fitting(self, entries: Sequence[Entry], row: Sequence[Unit]) -> tuple[Entry, ...]:
        raw = "".join(u.raw for u in row)
        if not self.lenient and not any(is_capital(u) for u in row):
            return ()
        capital = any(is_capital(u) for u in row)
        return tuple(e for e in entries if matches_case(e, raw) and (capital or e.use != "surname"))

    def _agent(self, row: Sequence[Unit], at: int, beyond: int) -> Segment | None:
        """The longest agent or title that starts here and ends after unit `beyond`."""
        longest = self.words.longest.get(row[at].piece, 0)
        for last in range(min(at + longest, len(row)), beyond, -1):
            phrase = " ".join(u.piece for u in row[at:last])
            agent, titles = self.words.agents.get(phrase), self.words.titles.get(phrase, ())
            if agent or titles:
                return Segment(
                    at,
                    last,
                    "agent",
                    phrase,
                    " ".join(u.raw for u in row[at:last]),
                    (),
                    agent or _agent_of(titles),
                    titles,
                )
        return None

    def _small(self, row: Sequence[Unit], at: int) -> Segment:
        small = self.words.small
        for last in range(min(at + 2, len(row)), at, -1):
            phrase = " ".join(u.piece for u in row[at:last]) if last - at > 1 else row[at].piece
            kind = small.get(phrase)
            if kind and (kind not in ("rank", "courtesy") or is_capital(row[at])):
                return Segment(at, last, kind, phrase, row[at].raw)
        unit = row[at]
        kind = "unknown" if is_capital(unit) and not unit.piece.isdigit() else "word"
        return Segment(at, at + 1, kind, unit.piece, unit.raw)


def _agent_of(titles: tuple[Title, ...]) -> Agent:
    return Agent(titles[0].sector, "person")
