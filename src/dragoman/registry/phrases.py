"""What a description means: "Egyptian president", "two Chinese warplanes", "a Hamas official", "professor at the University of X".

1. The segments before the first preposition are the *core*, those behind it *complements*.
2. The core's last agent gives the sector, unless it is general ("official"), when the words around it do.
3. The nationality (or body) nearest before the agent gives country and body; else the first complement that has one.
4. Names after an agent are the person (or body) described.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from dragoman.model import Via
from dragoman.registry.index import Registry, holds
from dragoman.registry.normal import key
from dragoman.registry.resolution import (
    NOTHING,
    PEOPLE,
    PLACES,
    Context,
    Resolution,
    person,
    post_sector,
    rank,
    resolve_entries,
)
from dragoman.registry.schema import Actor, Post
from dragoman.registry.segments import Segment, Unit

OWNING = frozenset("GOV MIL COP SPY LEG JUD".split())
"""Sectors of those who act for their state."""


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


class Describer:
    """Reads descriptions by one registry, for one day and context."""

    def __init__(self, registry: Registry, on: date | None = None, context: Context = NOTHING) -> None:
        self.registry = registry
        self.words = registry.words
        self.on = on
        self.context = context

    # --- 1. core and complements

    def read(self, row: Sequence[Unit], segments: Sequence[Segment], text: str) -> Resolution | None:
        """The meaning of the segments of one phrase, or None where they say nothing of an actor."""
        segments = self._without_measure([s for s in segments if s.kind != "comma"])
        cut = next((i for i, s in enumerate(segments) if i and s.kind in ("whose", "others")), len(segments))
        core, rest = list(segments[:cut]), list(segments[cut:])
        described = self._core(row, core, text)
        complement = self._complement(row, rest)
        return self._compose(described, complement)

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
            if owner is None or owner.use in PLACES and any(s.kind == "unknown" for s in core):
                owner, name = None, self._unknown_name(row, core)
        return Described(
            text, agent, owner, self._modifier(before), name, known,
            any(s.kind == "former" for s in core), any(s.kind == "coming" for s in core),
            any(s.kind == "name" and any(e.use in PEOPLE for e in s.entries) for s in core[-1:]),
        )

    def _last_body(self, core: Sequence[Segment]) -> Resolution | None:
        """The body that ends a phrase without agent ("Russia's Baltic Fleet")."""
        if len(core) < 2 or core[-1].kind != "name" or any(e.use in PEOPLE | PLACES | {"surname"} for e in core[-1].entries):
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
        if not any(s.kind in ("unknown", "name") for s in after) or not units or not units[0].raw[:1].isupper() and len(units) < 2:
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
        return Described("", None, owner, modifier, None, None, False, False, False) if owner or modifier else None

    def _general(self, segment: Segment | None) -> bool:
        return segment is not None and segment.key in self.words.generic

    # --- putting together

    def _compose(self, d: Described, complement: Described | None) -> Resolution | None:
        owner = d.owner or (complement.owner if complement else None)
        if d.agent is None:
            return self._without_agent(d, owner)
        sector = self._sector(d, owner, complement)
        if d.known is not None:
            return self._titled(d, d.known, owner, sector)
        if d.name is not None and d.agent.kind != "courtesy" and (d.agent.agent is None or d.agent.agent.form == "person"):
            return self._named(d, owner, sector)
        if d.agent.kind in ("courtesy", "rank"):
            return self._named(d, owner, sector) if d.name else None
        if d.agent.titles and owner and owner.body and not d.former and not d.coming:
            holder = self._holder(d, owner)
            if holder is not None:
                return holder
        return self._plain(d, owner, sector)

    def _sector(self, d: Described, owner: Owner | None, complement: Described | None) -> str | None:
        agent = d.agent.agent if d.agent else None
        own = "MIL" if d.agent is not None and d.agent.kind == "rank" else agent.sector if agent else None
        if d.former and (own in OWNING or own is None):
            return "ELI"
        if d.coming and own == "GOV":
            return "PTY" if not d.former else "ELI"
        if not self._general(d.agent):
            return own
        of_body = owner.sector if owner and owner.use not in PLACES else None
        if d.modifier:
            return d.modifier
        if owner is d.owner and of_body:
            return of_body
        if complement and complement.modifier:
            return complement.modifier
        return of_body or own

    def _without_agent(self, d: Described, owner: Owner | None) -> Resolution | None:
        if d.known is not None:
            return replace(d.known, text=d.text)
        if owner is None:
            if d.name is None:
                return None
            return Resolution(d.text, d.name, score=0.3, type="OTHER", reason="name that the who's who does not have")
        kind, type_ = ("people", "NORP") if d.people else (None, "OTHER")
        return Resolution(
            d.text, d.text, None, kind, owner.country, None, via="nominal", form="nominal", type=type_, score=0.6,
            reason=f"nationality from {owner.text!r}",
        )

    def _titled(self, d: Described, known: Resolution, owner: Owner | None, sector: str | None) -> Resolution:
        """A listed actor with the words that describe him here; what the list knows goes first, a former office makes an elite."""
        title = d.agent.text if d.agent and known.type == "PERSON" and d.agent.kind == "agent" else None
        own = "ELI" if d.former and title and known.sector == "GOV" else known.sector or sector
        return replace(known, text=d.text, title=title, sector=own)

    def _named(self, d: Described, owner: Owner | None, sector: str | None) -> Resolution:
        """A person of whom only the surname, or nothing but these words, is known."""
        assert d.agent is not None and d.name is not None
        holder = self._holder(d, owner) if d.agent.titles or owner else None
        if holder is not None and d.name:
            return holder
        by_name = self._by_surname(d)
        if by_name is not None:
            return by_name
        body = owner.body if owner else None
        return Resolution(
            d.text, d.name, None, "person", owner.country if owner else None, sector, d.agent.text if d.agent.kind == "agent" else None,
            body.name if body else None, form="name", type="PERSON", score=0.5,
            reason=f"unlisted person; {d.agent.text!r} and {owner.text if owner else 'no owner'!r}",
        )

    def _by_surname(self, d: Described) -> Resolution | None:
        """The one listed person with this surname whose office the title names, on the day."""
        assert d.agent is not None and d.name is not None
        canon = {t.title for t in d.agent.titles} | {d.agent.key}
        entries = [e for e in self.registry.entries(key(d.name)) if e.use in ("surname", "alias", "name")]
        fitting = []
        for entry in entries:
            actor = self.registry.actors[entry.actor]
            posts = [p for p in actor.posts if canon & ({key(p.title)} | self._canon(p)) or key(p.title).startswith(d.agent.key)]
            if posts and (d.former or any(holds(p.from_, p.to, self.on) for p in posts)):
                fitting.append(entry)
        if not fitting:
            return None
        found = resolve_entries(self.registry, fitting, d.name, self.on, self.context)
        return self._titled(d, found, None, found.sector) if found else None

    def _canon(self, post: Post) -> set[str]:
        return {t.title for t in self.words.titles.get(key(post.title), ())}

    def _holder(self, d: Described, owner: Owner | None) -> Resolution | None:
        """Who held the office named on the day: only with a day, unless the name of the holder stands there as well."""
        if d.agent is None or owner is None or owner.body is None or not d.agent.titles:
            return None
        wanted = {t.title for t in d.agent.titles if t.states is None or owner.country in t.states}
        rows = [
            (actor, post) for actor, post in self.registry.holders.get(owner.body.id, [])
            if ({post.title} | self._canon(post)) & wanted and (d.former or holds(post.from_, post.to, self.on))
        ]
        if d.name:
            named = key(d.name)
            rows = [(a, p) for a, p in rows if any(key(n.text) == named for n in a.names)]
        elif self.on is None or d.agent.agent and d.agent.agent.plural:
            return None
        exact = [(a, p) for a, p in rows if key(p.title) == d.agent.key] or rows
        if not exact or len({a.id for a, _ in exact}) > 1 and not d.name:
            ranked = sorted(exact, key=lambda row: rank(self.registry, row[1]))
            if not ranked or rank(self.registry, ranked[0][1]) == rank(self.registry, ranked[-1][1]):
                return None
            exact = ranked
        actor, post = exact[0]
        return self._as_holder(d, actor, post)

    def _as_holder(self, d: Described, actor: Actor, post: Post) -> Resolution:
        assert d.agent is not None
        found = person(self.registry, actor, d.text, self.on)
        sector = "ELI" if d.former else post_sector(self.registry, post, self.on) or found.sector
        via: Via = "name" if d.name else "title"
        return replace(
            found, title=d.agent.text, sector=sector, via=via, form="name" if d.name else "nominal", score=0.9,
            reason=f"{post.title} of {post.of}" + (f" on {self.on.isoformat()}" if self.on else ""),
        )

    def _plain(self, d: Described, owner: Owner | None, sector: str | None) -> Resolution:
        """An actor without a name of its own: the state or body itself, or a nameless one with country and sector."""
        assert d.agent is not None
        agent, actor = d.agent.agent, owner.body if owner else None
        person_ = agent is not None and agent.form == "person" and not agent.plural
        whole = self._whole(d, owner)
        if whole is not None and actor is not None:
            actor = self._ruled(d, actor) or actor
            via: Via = "title" if d.agent.titles and person_ else "metonym" if owner and owner.use in ("capital", "seat") else "alias"
            return Resolution(
                d.text, actor.name, actor.id, actor.kind, owner.country if owner else None, whole, None, None, actor.wikidata, via, "nominal",
                "ORG", 0.85, f"{d.agent.key!r} of {actor.name}",
            )
        return Resolution(
            d.text, d.text, None, "person" if person_ else None, owner.country if owner else None, sector,
            d.agent.text if d.agent.titles and person_ else None, self._member_of(owner, sector), None, "nominal", "nominal",
            "PERSON" if person_ else "ORG", 0.7, f"agent {d.agent.key!r}" + (f" with {owner.text!r}" if owner else ""),
        )

    def _whole(self, d: Described, owner: Owner | None) -> str | None:
        """The sector, where the words mean the state or body itself ("Iranian authorities", "Hamas movement"), else None."""
        if d.agent is None or owner is None or owner.body is None or owner.use in PLACES or d.former:
            return None
        if owner.body.kind == "person":
            return "GOV" if self._ruled(d, owner.body) else None
        if owner.body.kind in ("state", "government"):
            return (owner.sector or "GOV") if d.agent.key in self.words.state and d.modifier in (None, "GOV") else None
        return (owner.sector or "") if d.agent.key in self.words.body else None

    def _ruled(self, d: Described, actor: Actor) -> Actor | None:
        """The state that a head of state or government led, where the words are "regime" or "government" ("the Assad regime")."""
        if actor.kind != "person" or d.agent is None or d.agent.key not in self.words.state:
            return None
        heads = [p for p in actor.posts if rank(self.registry, p) == 1]
        return self.registry.get(heads[-1].of) if heads else None

    def _member_of(self, owner: Owner | None, sector: str | None) -> str | None:
        if owner is None or owner.body is None or owner.use in PLACES:
            return None
        if owner.body.kind != "state":
            return owner.body.name
        return owner.body.name if sector in OWNING else None
