"""The pieces of a description: who is meant, whose he is, what the words around him add.

Used by `phrases`, which puts them together. See there for the order of reading.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from dragoman.registry.index import Registry
from dragoman.registry.resolution import (
    NOTHING,
    PEOPLE,
    PLACES,
    Context,
    Resolution,
    resolve_entries,
)
from dragoman.registry.schema import Actor
from dragoman.registry.segments import Segment, Unit

OWNING = frozenset("GOV MIL COP SPY LEG JUD".split())
"""Sectors of those who act for their state."""


INDIRECT = "indirect"
"""The use of an owner who is named only as the home of the body that a phrase is about."""


@dataclass(frozen=True, slots=True)
class Owner:
    """Whose a described actor is: a country, and the state or body where it is one."""

    country: str | None
    body: Actor | None = None
    sector: str | None = None
    text: str = ""
    use: str = ""


@dataclass(frozen=True, slots=True)
class Described:
    """The pieces of a description before they are put together."""

    text: str
    agent: Segment | None
    owner: Owner | None
    modifier: str | None
    name: str | None
    known: Resolution | None
    former: bool
    coming: bool
    people: bool


class PieceReader:
    """Reads the pieces of descriptions by one registry, for one day and context."""

    def __init__(self, registry: Registry, on: date | None = None, context: Context = NOTHING) -> None:
        self.registry = registry
        self.words = registry.words
        self.on = on
        self.context = context

    def _without_measure(self, segments: list[Segment]) -> list[Segment]:
        """ "A group of thieves" is about thieves."""
        for i, segment in enumerate(segments[:-2]):
            if segment.kind not in ("agent", "word", "empty"):
                break
            if segment.key in self.words.measure and segments[i + 1].key == "of" and self._countable(segments[i + 2 :]):
                return segments[i + 2 :]
        return segments

    def _countable(self, segments: Sequence[Segment]) -> bool:
        """Whether a plural agent (or people) follows before any name of a body: "members of Hamas" is not a measure."""
        for segment in segments:
            if segment.kind == "agent":
                return segment.agent is not None and segment.agent.plural
            if segment.kind == "name" and not any(e.use in PEOPLE for e in segment.entries):
                return False
        return False

    # --- 2. and 3.: the core

    def _core(self, row: Sequence[Unit], core: Sequence[Segment], text: str) -> Described:
        at = self._head(core)
        agent = core[at] if at is not None else None
        before = core[:at] if at is not None else core
        after = core[at + 1 :] if at is not None else []
        known = self._known(row, after, agent) if agent else None
        name = None if known else self._unknown_name(row, after)
        owner = self._owner(row, before)
        if agent is None:
            known = self._last_body(core)
            if owner is None or (owner.use in PLACES and any(s.kind == "unknown" for s in core)):
                owner, name = None, self._unknown_name(row, core)
        return Described(
            text,
            agent,
            owner,
            self._modifier(before),
            name,
            known,
            any(s.kind == "former" for s in core),
            any(s.kind == "coming" for s in core),
            any(s.kind == "name" and any(e.use in PEOPLE for e in s.entries) for s in core[-1:]),
        )

    def _last_body(self, core: Sequence[Segment]) -> Resolution | None:
        """The body that ends a phrase without agent ("Russia's Baltic Fleet")."""
        if (
            len(core) < 2
            or core[-1].kind != "name"
            or any(e.use in PEOPLE | PLACES | {"surname"} for e in core[-1].entries)
        ):
            return None
        return resolve_entries(self.registry, core[-1].entries, core[-1].text, self.on, self.context)

    def _head(self, core: Sequence[Segment]) -> int | None:
        """The last agent; one that stands before another by apposition or as its owner is not it."""
        agents = [i for i, s in enumerate(core) if s.kind in ("agent", "rank", "courtesy")]
        return agents[-1] if agents else None

    def _owner(self, row: Sequence[Unit], before: Sequence[Segment]) -> Owner | None:
        """The nationality or body nearest before the head that is not somebody's friend ("US-backed")."""
        for i in range(len(before) - 1, -1, -1):
            segment = before[i]
            after = before[i + 1] if i + 1 < len(before) else None
            if after is not None and after.kind == "backed":
                continue
            if i and before[i - 1].kind == "toward" and row[segment.first].glued:
                continue
            owner = self._owner_of(segment)
            if owner is not None:
                return owner
        return None

    def _owner_of(self, segment: Segment) -> Owner | None:
        if segment.kind == "name":
            found = resolve_entries(self.registry, segment.entries, segment.text, self.on, self.context)
            if found is not None:
                use = next(iter(found.uses), "")
                return Owner(found.country, self.registry.get(found.id or ""), found.sector, segment.text, use)
        elif segment.kind == "unknown" and self.context.place is not None:
            country = self.context.place(segment.text)
            if country:
                return Owner(country, None, None, segment.text, "city")
        return None

    def _modifier(self, before: Sequence[Segment]) -> str | None:
        """The sector that the nearest word before the head gives ("intelligence officer")."""
        for segment in reversed(before):
            if segment.key in self.words.words["adjectival"]:
                continue
            if segment.agent is not None and segment.agent.sector:
                return segment.agent.sector
            sector = self.words.adjectives.get(segment.key)
            if sector:
                return sector
        return None

    # --- 4. names after the agent

    def _known(self, row: Sequence[Unit], after: Sequence[Segment], agent: Segment) -> Resolution | None:
        """A listed actor named after the agent ("Prime Minister Tony Blair", "the militia Hezbollah")."""
        for segment in after:
            if segment.kind == "name" and not any(e.use in PEOPLE | PLACES for e in segment.entries):
                strong = tuple(e for e in segment.entries if e.use != "surname")
                found = resolve_entries(self.registry, strong, segment.text, self.on, self.context)
                if found is not None and (found.type != "PERSON" or segment is after[-1]):
                    return found
        return None

    def _unknown_name(self, row: Sequence[Unit], after: Sequence[Segment]) -> str | None:
        """The capitalised words of a person's name, particles between them included."""
        kinds = ("unknown", "name", "courtesy", "rank", "whose", "agent")
        units = [u for s in after if s.kind in kinds or row[s.first].glued for u in row[s.first : s.last]]
        while units and not units[-1].raw[:1].isupper():
            units.pop()
        if (
            not any(s.kind in ("unknown", "name") for s in after)
            or not units
            or (not units[0].raw[:1].isupper() and len(units) < 2)
        ):
            return None
        return "".join(("-" if u.glued and i else " " if i else "") + u.raw for i, u in enumerate(units))

    # --- complements

    def _complement(self, row: Sequence[Unit], rest: Sequence[Segment]) -> Described | None:
        """What the words after the first preposition tell: owner and sector of the first of them that has one."""
        owner: Owner | None = None
        modifier: str | None = None
        own = False
        for i, segment in enumerate(rest):
            if segment.kind in ("whose", "others"):
                own = segment.kind == "whose"
                continue
            if not own:
                continue
            if modifier is None and segment.agent is not None and not self._general(segment):
                modifier = segment.agent.sector
            if owner is None and not (i + 1 < len(rest) and rest[i + 1].kind == "backed"):
                owner = self._owner_of(segment)
                if owner is not None and owner.body is not None and owner.body.kind != "state":
                    modifier = None
        return Described("", None, owner, modifier, None, None, False, False, False) if owner or modifier else None

    def _general(self, segment: Segment | None) -> bool:
        return segment is not None and segment.key in self.words.generic
