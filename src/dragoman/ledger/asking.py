"""Which claims a question is about: sides and days as SQL over `bond`."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from .bonds import SELF
from .features import marks
from .who import Side, Who, Whom

if TYPE_CHECKING:
    from .sourcing import Allowed

Pair = tuple[Whom, Whom]


@dataclass(slots=True)
class Query:
    """Conditions joined by AND, and their values."""

    where: list[str] = field(default_factory=list)
    values: list[Any] = field(default_factory=list)

    def add(self, condition: str, *values: Any) -> None:
        """One more condition."""
        self.where.append(condition)
        self.values += values

    @property
    def sql(self) -> str:
        return " AND ".join(f"({c})" for c in self.where) or "1"


def about_pair(one: Side, two: Side) -> tuple[str, list[Any]]:
    """A subquery of `claim, grade, dated` of the standing claims between two sides."""
    if one.bodies == two.bodies:
        bodies = sorted(one.bodies)
        sql, values = (
            f"SELECT claim, grade % {SELF} AS grade, dated FROM bond WHERE a IN ({marks(len(bodies))}) AND b = a",
            bodies,
        )
    else:
        sets = (sorted(one.bodies), sorted(two.bodies))
        sql = " UNION ".join(
            f"SELECT claim, grade, dated FROM bond WHERE a IN ({marks(len(x))}) AND b IN ({marks(len(y))}) AND a <> b"
            for x, y in (sets, sets[::-1])
        )
        values = [*sets[0], *sets[1], *sets[1], *sets[0]]
    for side in (one, two):
        sql, values = _only_actors(sql, values, side)
    return sql, values


def about(side: Side) -> tuple[str, list[Any]]:
    """A subquery of `claim, grade, dated` of the standing claims with this side as a party."""
    bodies = sorted(side.bodies)
    sql = f"SELECT DISTINCT claim, grade % {SELF} AS grade, dated FROM bond WHERE a IN ({marks(len(bodies))}) AND b = a"
    return _only_actors(sql, list(bodies), side)


def held(connection: sqlite3.Connection, about: tuple[str, list[Any]]) -> tuple[str, list[Any]]:
    """The same claims as a list, for asking of them several times."""
    claims = [row[0] for row in connection.execute(about[0], about[1])]
    return "SELECT value AS claim FROM json_each(?)", [str(claims)]


def _only_actors(sql: str, values: Sequence[Any], side: Side) -> tuple[str, list[Any]]:
    if side.actors is None:
        return sql, list(values)
    actors = sorted(side.actors)
    return (
        f"SELECT claim, grade, dated FROM ({sql}) WHERE claim IN (SELECT p.claim FROM party p JOIN identity i ON i.n = p.identity"
        f" WHERE p.slot <= 2 AND i.actor IN ({marks(len(actors))}))",
        [*values, *actors],
    )


def asked(who: Who, of: Whom | None, pair: Pair | None, allowed: Allowed | None = None) -> tuple[str, list[Any]] | None:
    """The subquery for `of` or `pair`, of claims from sources that count; None where neither is asked for."""
    if pair is not None:
        found = about_pair(who.side(pair[0]), who.side(pair[1]))
    elif of is not None:
        found = about(who.side(of))
    else:
        return None
    return allowed.narrowed(found) if allowed else found
