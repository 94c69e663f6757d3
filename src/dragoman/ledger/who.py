"""Whom a question means: a name, an id or an `ActorRef` as a *side*, a set of bodies and, where roll-up is off, of actors."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from dragoman.errors import LedgerError

from .features import chunks, marks
from .groups import listed_in, states_of
from .names import Slots, is_head, plain
from .registered import by_name
from .views import ActorRef

Whom = ActorRef | str


MOST_SHOWN = 80
"""Code points of a name that an error repeats."""


class UnknownActor(LedgerError):
    """No report in the ledger names this actor."""


@dataclass(frozen=True, slots=True)
class Side:
    """`bodies` says where to look; `actors`, where not None, who of these must be a party; `ref` how to call the side."""

    ref: ActorRef
    bodies: frozenset[int]
    actors: frozenset[int] | None = None


_ACTOR = "SELECT a.id, a.name, a.country, a.sector, a.n, NULL FROM actor a"
_NAMED = (
    "(SELECT count(*) FROM (SELECT 1 FROM identity i JOIN party p ON p.identity = i.n WHERE i.actor = a.n LIMIT 1000))"
)
"""How many claims name the actor, counted up to a thousand."""


class Who:
    """Looks up actors of one ledger."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._db = connection

    def actor(self, whom: Whom) -> ActorRef | None:
        """The actor with this id, name or variant; of several the one that most claims name. None where there is none."""
        row = self._row(whom)
        return None if row is None else _ref(row)

    def actors(self, query: str, limit: int) -> list[ActorRef]:
        """Actors whose name or a variant begins with, or has, the words; all for an empty query; the most named first."""
        words = plain(query) if query.strip() else ""
        pattern = words.replace("%", "").replace("_", "")
        rows = self._db.execute(
            f"{_ACTOR} WHERE ? = '' OR a.n IN (SELECT actor FROM variant WHERE plain LIKE ? OR plain LIKE ?)"
            f" ORDER BY {_NAMED} DESC, a.registered DESC, a.name LIMIT ?",
            (words, f"{pattern}%", f"% {pattern}%", limit),
        )
        return [_ref(row) for row in rows]

    def group(self, name: str, on: date | None = None) -> list[ActorRef]:
        """The members of a group on a day; else those who act for the body of that name, or of a country by its code.

        Itself first, where reports name it; members only as far as reports name them.
        """
        states = states_of(name, on)
        itself = self._row(name)
        first = [_ref(itself)] if itself is not None else []
        if states is not None:
            keys = [f"state:{code}" for code in states]
            rows = self._db.execute(f"SELECT n FROM body WHERE key IN ({marks(len(keys))}) ORDER BY name, key", keys)
            members = self.bodies_in_order([n for (n,) in rows])
        else:
            side = self.side(name, rollup=True)
            members = self._of_bodies(side.bodies) + self._of_ids(listed_in(name, on))
        return list({ref.id: ref for ref in [*first, *members]}.values())

    def side(self, whom: Whom, *, rollup: bool = True) -> Side:
        """The side that `whom` stands for.

        With roll-up a state stands for all who act for it, an organisation for its people, a people for all of its country.

        Raises:
            UnknownActor: nobody of that name is in the ledger.
        """
        row = self._row(whom)
        if row is None:
            name = whom if isinstance(whom, str) else whom.name
            bodies = self._country(name)
            if not bodies:
                raise UnknownActor(
                    f"no report in the ledger names {name[:MOST_SHOWN]!r}; `dragoman actors list` shows those that are named"
                )
            return Side(ActorRef(name, name, name), bodies)
        ref, actor = _ref(row), row[4]
        if actor is None:
            return Side(ref, frozenset((row[5],)))
        rows = self._db.execute(
            "SELECT DISTINCT b.n, b.key, b.country, i.name, i.kind, i.sector, i.country, i.member_of FROM identity i"
            " JOIN body b ON b.n = i.body WHERE i.actor = ?",
            (actor,),
        ).fetchall()
        bodies = frozenset(r[0] for r in rows)
        if not rollup:
            return Side(ref, bodies, frozenset((actor,)))
        peoples = [r[2] for r in rows if r[1].startswith("people:")]
        if peoples:
            return Side(ref, bodies.union(*map(self._country, peoples)))
        heads = frozenset(r[0] for r in rows if is_head(Slots(None, r[3], r[4], r[6], r[5], None, r[7], None), r[1]))
        return Side(ref, heads) if heads else Side(ref, bodies, frozenset((actor,)))

    def bodies(self, numbers: Iterable[int]) -> dict[int, ActorRef]:
        """How to call bodies: the state or organisation itself where it is an actor, else by the body's key and name."""
        found: dict[int, ActorRef] = {}
        for chunk in chunks(numbers):
            rows = self._db.execute(
                "SELECT b.n, coalesce(a.id, b.key), coalesce(a.name, b.name), coalesce(a.country, b.country), a.sector"
                f" FROM body b LEFT JOIN actor a ON a.n = b.head WHERE b.n IN ({marks(len(chunk))})",
                chunk,
            )
            found.update((n, ActorRef(*cells)) for n, *cells in rows)
        return found

    def bodies_in_order(self, numbers: Sequence[int]) -> list[ActorRef]:
        """As `bodies`, in the order of the numbers."""
        found = self.bodies(numbers)
        return [found[n] for n in numbers]

    def _row(self, whom: Whom) -> Sequence[Any] | None:
        """id, name, country, sector, number of the actor (None for a body that is none), number of the body."""
        name = whom if isinstance(whom, str) else whom.id
        exact = self._db.execute(
            f"{_ACTOR} WHERE a.id = ?1 UNION ALL SELECT key, name, country, NULL, NULL, n FROM body WHERE key = ?1 LIMIT 1",
            (name,),
        ).fetchone()
        if exact is not None:
            return tuple(exact)
        found = self._db.execute(
            f"{_ACTOR} WHERE a.plain = ?1 OR a.n IN (SELECT actor FROM variant WHERE plain = ?1)"
            f" ORDER BY a.plain = ?1 DESC, a.registered DESC, {_NAMED} DESC, a.id LIMIT 1",
            (plain(name),),
        ).fetchone()
        if found is None and (listed := by_name(name)) is not None and listed.id is not None and listed.id != name:
            return self._row(listed.id)
        return None if found is None else tuple(found)

    def _country(self, code: str) -> frozenset[int]:
        return frozenset(n for (n,) in self._db.execute("SELECT n FROM body WHERE country = ?", (code,)))

    def _of_ids(self, ids: Sequence[str]) -> list[ActorRef]:
        found: list[ActorRef] = []
        for chunk in chunks(ids):
            rows = self._db.execute(f"{_ACTOR} WHERE a.id IN ({marks(len(chunk))}) ORDER BY a.name", chunk)
            found += [_ref(row) for row in rows]
        return found

    def _of_bodies(self, bodies: Iterable[int]) -> list[ActorRef]:
        found: dict[str, ActorRef] = {}
        for chunk in chunks(sorted(bodies)):
            rows = self._db.execute(
                f"{_ACTOR} WHERE a.n IN (SELECT actor FROM identity WHERE body IN ({marks(len(chunk))})) ORDER BY a.sector IS NOT NULL, a.name",
                chunk,
            )
            found.update((row[0], _ref(row)) for row in rows)
        return list(found.values())


def _ref(row: Sequence[Any]) -> ActorRef:
    return ActorRef(row[0], row[1], row[2], row[3])
