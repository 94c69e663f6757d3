"""What a name, title or description resolves to, and the choice between actors that share a name.

The choice goes by the letters' case, by dates, by whose usage a name is, by what the report has named already and by the country
in its focus; never by likeness of strings. What remains tied stays unresolved.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from dragoman.model import Party, Via
from dragoman.registry.imported import Entry
from dragoman.registry.index import WEIGHT, Registry, holds
from dragoman.registry.normal import key
from dragoman.registry.schema import Actor, Post

PLACES = frozenset(("city", "region"))
PEOPLE = frozenset(("demonym", "adjective"))


@dataclass(frozen=True, slots=True)
class Context:
    """What is known beside the words: ids of those whose words they are, ids that the report has named, the country in focus, and a
    look-up from other place names to ISO alpha-3 codes."""

    usage: frozenset[str] = frozenset()
    present: frozenset[str] = frozenset()
    country: str | None = None
    place: Callable[[str], str | None] | None = None


NOTHING = Context()


@dataclass(frozen=True, slots=True)
class Resolution:
    """An answer: the fields of a `Party`, the `form` and `type` of a mention, a `score` 0-1 and the reason in words."""

    text: str
    name: str
    id: str | None = None
    kind: str | None = None
    country: str | None = None
    sector: str | None = None
    title: str | None = None
    member_of: str | None = None
    wikidata: str | None = None
    via: Via = "name"
    form: str = "name"
    type: str = "ORG"
    score: float = 1.0
    reason: str = ""
    uses: frozenset[str] = field(default=frozenset())

    def party(self, text: str, start: int, end: int) -> Party:
        """The answer as a party whose words are `text` at `start`."""
        return Party(
            text,
            start,
            end,
            self.id,
            self.name,
            self.kind,
            self.country,
            self.sector,
            self.title,
            self.member_of,
            self.wikidata,
            self.via,
        )


def side(actor: Actor, on: date | None) -> tuple[str | None, str | None]:
    """Sector and country of a body on a day (without one, the latest)."""
    fitting = [s for s in actor.sides if holds(s.from_, s.to, on)]
    if on is None:
        fitting = [s for s in actor.sides if s.to is None]
    if not fitting:
        return actor.sector, actor.country
    last = max(fitting, key=lambda s: s.from_ or "")
    return last.sector or actor.sector, last.country or actor.country


def rank(registry: Registry, post: Post) -> int:
    """1 for heads of state and government, 2 for ministers, 3 for others."""
    titles = registry.words.titles.get(key(post.title), ())
    body = registry.get(post.of)
    low = min((t.rank for t in titles if t.title == post.title), default=3)
    return low if body is not None and body.kind == "state" else max(low, 2)


def post_sector(registry: Registry, post: Post, on: date | None) -> str | None:
    """The sector of an office: its own, that of the title for states, else that of the body."""
    body = registry.get(post.of)
    titles = registry.words.titles.get(key(post.title), ())
    own = next((t.sector for t in titles if t.title == post.title), None) or next((t.sector for t in titles), None)
    if post.sector or body is None:
        return post.sector or own
    if body.kind == "state":
        agent = registry.words.agents.get(key(post.title))
        return body.sector or own or (agent.sector if agent else None) or "GOV"
    return side(body, on)[0] or own


def posts_on(actor: Actor, on: date | None) -> list[Post]:
    """The offices that a person held on a day; without a day, the latest."""
    if on is not None:
        return [p for p in actor.posts if holds(p.from_, p.to, on)]
    if not actor.posts:
        return []
    lasting = [p for p in actor.posts if p.to is None]
    return lasting or [max(actor.posts, key=lambda p: (p.to or "", p.from_ or ""))]


def person(registry: Registry, actor: Actor, text: str, on: date | None) -> Resolution:
    """A listed person on a day: the sector and body of the office then held; after office an elite (NGEC's ruling)."""
    held = sorted(posts_on(actor, on), key=lambda p: (rank(registry, p), p.from_ or ""))
    belongs = [m.of for m in actor.members if holds(m.from_, m.to, on)]
    bodies = [p.of for p in held] + belongs
    body = registry.get(bodies[0]) if bodies else None
    sector, reason = actor.sector, "listed person"
    if held:
        sector = post_sector(registry, held[0], on) or actor.sector
        reason = f"{held[0].title} of {body.name if body else held[0].of}" + (f" on {on.isoformat()}" if on else "")
    elif actor.posts and not actor.sector:
        sector, reason = "ELI", f"held no listed office on {on.isoformat() if on else 'any day'}"
    elif body is not None and sector is None:
        sector = side(body, on)[0]
    return Resolution(
        text,
        actor.name,
        actor.id,
        "person",
        actor.country,
        sector,
        None,
        body.name if body else None,
        actor.wikidata,
        "name" if key(text) == key(actor.name) else "alias",
        "name",
        "PERSON",
        0.95,
        reason,
    )


def body(actor: Actor, entry: Entry, text: str, on: date | None) -> Resolution:
    """A listed state or body under one of its names."""
    sector, country = side(actor, on)
    via: Via = "name" if entry.use == "name" else "alias"
    kind, form, type_, name, id_ = actor.kind, "name", "ORG", actor.name, actor.id
    if entry.use in ("capital", "seat"):
        via, sector = "metonym", sector or "GOV"
    elif entry.use in PEOPLE:
        type_ = "NORP"
    elif entry.use in PLACES:
        return Resolution(
            text,
            text,
            None,
            "place",
            country,
            "CVL",
            via="name",
            type="LOC",
            score=0.8,
            reason=f"{entry.use} of {name}",
        )
    return Resolution(
        text,
        name,
        id_,
        kind,
        country,
        sector,
        None,
        None,
        actor.wikidata,
        via,
        form,
        type_,
        0.95,
        f"{entry.use} of {name}",
        frozenset((entry.use,)),
    )


def pick(
    registry: Registry, entries: Iterable[Entry], on: date | None, context: Context = NOTHING
) -> tuple[Entry, str] | None:
    """Choose between the actors that share a name; the second value says what decided. None where nothing does."""
    usable = [e for e in entries if _usable(registry, e, context)]
    if not usable:
        return None
    timely = [e for e in usable if _timely(registry, e, on)] or usable
    best = max(WEIGHT[e.use] for e in timely)
    top = [e for e in timely if WEIGHT[e.use] == best]
    if len({e.actor for e in top}) == 1:
        return top[0], "only bearer of the name" if len(timely) == len(usable) == 1 else "by use and date"
    return _tie_break(registry, top, on, context)


def _usable(registry: Registry, entry: Entry, context: Context) -> bool:
    if entry.use == "weak":
        return registry.actors[entry.actor].id in context.present | context.usage
    return True


def _timely(registry: Registry, entry: Entry, on: date | None) -> bool:
    actor = registry.actors[entry.actor]
    if not (holds(entry.from_, entry.to, on) and holds(actor.from_, actor.to, on)):
        return False
    return not (entry.use == "loaded" and on is None and entry.to is not None)


def _tie_break(registry: Registry, top: Sequence[Entry], on: date | None, context: Context) -> tuple[Entry, str] | None:
    tests: tuple[tuple[str, Callable[[Entry, Actor], bool]], ...] = (
        ("whose usage it is", lambda e, a: bool(context.usage & set(e.used_by))),
        ("named before in the report", lambda e, a: a.id in context.present),
        ("country of the report", lambda e, a: context.country is not None and a.country == context.country),
        ("state before body", lambda e, a: a.kind == "state"),
        ("in office on the day", lambda e, a: on is not None and bool(posts_on(a, on))),
        ("head of state or government", lambda e, a: any(rank(registry, p) == 1 for p in posts_on(a, on))),
        ("latest in office", lambda e, a: on is None and any(p.to is None for p in a.posts)),
    )
    left = list(top)
    for reason, test in tests:
        kept = [e for e in left if test(e, registry.actors[e.actor])]
        if len({e.actor for e in kept}) == 1:
            return kept[0], reason
        left = kept or left
    last = max(last_day(registry.actors[e.actor]) for e in left)
    kept = [e for e in left if last and last_day(registry.actors[e.actor]) == last]
    return (kept[0], "last in office") if on is None and len({e.actor for e in kept}) == 1 else None


def last_day(actor: Actor) -> str:
    """The end of a person's last office; the empty text for those without any."""
    return max((p.to or "9999" for p in actor.posts), default="")


def resolve_entries(
    registry: Registry, entries: Iterable[Entry], text: str, on: date | None, context: Context = NOTHING
) -> Resolution | None:
    """The resolution of a listed name, or None where it stays open between several actors."""
    chosen = pick(registry, entries, on, context)
    if chosen is None:
        return None
    entry, why = chosen
    actor = registry.actors[entry.actor]
    found = person(registry, actor, text, on) if actor.kind == "person" else body(actor, entry, text, on)
    return replace(found, uses=frozenset((entry.use,)), reason=f"{found.reason}; {why}")
