"""What a description means: "Egyptian president", "two Chinese warplanes", "a Hamas official", "professor at the University of X".

1. The segments before the first preposition are the *core*, those behind it *complements*.
2. The core's last agent gives the sector, unless it is general ("official"), when the words around it do.
3. The nationality (or body) nearest before the agent gives country and body; else the first complement that has one.
4. Names after an agent are the person (or body) described.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from dragoman.model import Via
from dragoman.registry.descriptions import INDIRECT, OWNING, Described, Owner, PieceReader
from dragoman.registry.index import holds
from dragoman.registry.normal import key
from dragoman.registry.resolution import (
    PLACES,
    Resolution,
    person,
    post_sector,
    rank,
    resolve_entries,
)
from dragoman.registry.schema import Actor, Post
from dragoman.registry.segments import Segment, Unit


def indirect(complement: Described) -> Owner | None:
    """The owner told by a complement; where that is about another body of the state's ("president of the French football
    league"), he gives the country alone and his own offices are not meant."""
    owner = complement.owner
    return replace(owner, use=INDIRECT) if owner and complement.modifier not in (None, "GOV") else owner


class Describer(PieceReader):
    """Reads descriptions by one registry, for one day and context."""

    # --- 1. core and complements

    def read(self, row: Sequence[Unit], segments: Sequence[Segment], text: str) -> Resolution | None:
        """The meaning of the segments of one phrase, or None where they say nothing of an actor."""
        segments = self._without_measure([s for s in segments if s.kind != "comma"])
        cut = next((i for i, s in enumerate(segments) if i and s.kind in ("whose", "others")), len(segments))
        core, rest = list(segments[:cut]), list(segments[cut:])
        described = self._core(row, core, text)
        complement = self._complement(row, rest)
        return self._compose(described, complement)

    # --- putting together

    def _compose(self, d: Described, complement: Described | None) -> Resolution | None:
        owner = d.owner or (indirect(complement) if complement else None)
        if d.agent is None:
            return self._without_agent(d, owner)
        sector = self._sector(d, owner, complement)
        if d.known is not None:
            return self._titled(d, d.known, owner, sector)
        if (
            d.name is not None
            and d.agent.kind != "courtesy"
            and (d.agent.agent is None or d.agent.agent.form == "person")
        ):
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
            d.text,
            d.text,
            None,
            kind,
            owner.country,
            None,
            via="nominal",
            form="nominal",
            type=type_,
            score=0.6,
            reason=f"nationality from {owner.text!r}",
        )

    def _titled(self, d: Described, known: Resolution, owner: Owner | None, sector: str | None) -> Resolution:
        """A listed actor with the words that describe him here; what the list knows goes first, a former office makes an elite."""
        title = d.agent.text if d.agent and known.type == "PERSON" and d.agent.kind == "agent" else None
        held = known.sector if known.sector != "ELI" or d.former or title is None else None
        own = "ELI" if d.former and title and known.sector == "GOV" else held or sector or known.sector
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
            d.text,
            d.name,
            None,
            "person",
            owner.country if owner else None,
            sector,
            d.agent.text if d.agent.kind == "agent" else None,
            body.name if body else None,
            form="name",
            type="PERSON",
            score=0.5,
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
            posts = [
                p
                for p in actor.posts
                if canon & ({key(p.title)} | self._canon(p)) or key(p.title).startswith(d.agent.key)
            ]
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
        if d.agent is None or owner is None or owner.body is None or not d.agent.titles or owner.use == INDIRECT:
            return None
        wanted = {t.title for t in d.agent.titles if t.states is None or owner.country in t.states}
        rows = [
            (actor, post)
            for actor, post in self.registry.holders.get(owner.body.id, [])
            if ({post.title} | self._canon(post)) & wanted and (d.former or holds(post.from_, post.to, self.on))
        ]
        if d.name:
            named = key(d.name)
            rows = [(a, p) for a, p in rows if any(key(n.text) == named for n in a.names)]
        elif self.on is None or (d.agent.agent and d.agent.agent.plural):
            return None
        exact = [(a, p) for a, p in rows if key(p.title) == d.agent.key] or rows
        if not exact or (len({a.id for a, _ in exact}) > 1 and not d.name):
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
            found,
            title=d.agent.text,
            sector=sector,
            via=via,
            form="name" if d.name else "nominal",
            score=0.9,
            reason=f"{post.title} of {post.of}" + (f" on {self.on.isoformat()}" if self.on else ""),
        )

    def _plain(self, d: Described, owner: Owner | None, sector: str | None) -> Resolution:
        """An actor without a name of its own: the state or body itself, or a nameless one with country and sector."""
        assert d.agent is not None
        agent = d.agent.agent
        person_ = agent is not None and agent.form == "person" and not agent.plural
        actor = self._whole(d, owner, person_)
        if actor is not None and owner is not None:
            return self._as_body(d, owner, actor, person_)
        titled = person_ and (d.agent.titles or self._general(d.agent))
        return Resolution(
            d.text,
            d.text,
            kind="person" if person_ else None,
            country=owner.country if owner else None,
            sector=sector,
            title=d.agent.text if titled else None,
            member_of=self._member_of(owner, sector),
            via="nominal",
            form="nominal",
            type="PERSON" if person_ else "ORG",
            score=0.7,
            reason=f"agent {d.agent.key!r}" + (f" with {owner.text!r}" if owner else ""),
        )

    def _as_body(self, d: Described, owner: Owner, actor: Actor, person_: bool) -> Resolution:
        assert d.agent is not None
        via: Via = "title" if person_ else "metonym" if owner.use in ("capital", "seat") else "alias"
        sector = owner.sector if owner.body is actor else None
        return Resolution(
            d.text,
            actor.name,
            actor.id,
            actor.kind,
            actor.country,
            sector or ("GOV" if actor.kind in ("state", "government") else None),
            title=d.agent.text if person_ else None,
            wikidata=actor.wikidata,
            via=via,
            form="nominal",
            type="PERSON" if person_ else "ORG",
            score=0.85,
            reason=f"{d.agent.key!r} of {actor.name}",
        )

    def _whole(self, d: Described, owner: Owner | None, person_: bool) -> Actor | None:
        """The state or body that the words mean as a whole: "Iranian authorities", "Hamas movement", "the Assad regime", and the
        head of state or government or the minister of a state where no holder of the office is known."""
        if (
            d.agent is None
            or owner is None
            or owner.body is None
            or owner.use in PLACES | {INDIRECT}
            or d.former
            or d.coming
        ):
            return None
        body = owner.body
        if person_:
            ruling = any(t.rank <= 2 and (t.states is None or owner.country in t.states) for t in d.agent.titles)
            return body if ruling and body.kind == "state" and d.modifier in (None, "GOV") else None
        if body.kind == "person":
            return self._ruled(d, body)
        if body.kind in ("state", "government"):
            return body if d.agent.key in self.words.state and d.modifier in (None, "GOV") else None
        return body if d.agent.key in self.words.body else None

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
