"""Which claims of a ledger can matter to what it knew on some earlier day of two sides, of one, or of all.

What stands is found by `bond` and by the heaps of `member`; what has fallen since has neither and is found by its parties.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from .asking import Query, about, about_pair
from .batch import STANDS
from .bonds import bonds_of
from .features import marks
from .who import Side

REACH = 400
"""Days between claims of one happening at most, and from a claim's day to that of its happening: spans of a year have a middle."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is asked of the past: `sides` that are parties (none for all) and the days, half-open, of happenings."""

    sides: Sequence[Side] = ()
    since: str | None = None
    until: str | None = None


def listed(numbers: Iterable[int]) -> str:
    """The numbers as JSON, for `json_each`."""
    return str(sorted(numbers))


def scope(connection: sqlite3.Connection, wanted: Wanted) -> set[int]:
    """The claims as coded, whether they stand or not, that the happenings and ties asked for can rest on."""
    db = connection
    if wanted.sides:
        fallen = _fallen_of(db, wanted.sides)
        found = _standing_of(db, wanted.sides) | fallen
    else:
        fallen, found = set(), _within(db, wanted)
    if db.execute(f"SELECT 1 FROM claim WHERE status <> {STANDS} LIMIT 1").fetchone() and wanted.sides:
        found |= _beside(db, found, also_standing=bool(fallen))
    found |= _heaps_of(db, found)
    return _as_coded(db, found)


def _standing_of(db: sqlite3.Connection, sides: Sequence[Side]) -> set[int]:
    sql, values = about_pair(*sides) if len(sides) > 1 else about(sides[0])
    return {row[0] for row in db.execute(sql, values)}


def _fallen_of(db: sqlite3.Connection, sides: Sequence[Side]) -> set[int]:
    """Claims of these sides that stand no more: their bonds are gone and are made again from their parties."""
    lists: list[str] = []
    values: list[Any] = []
    for side in sides:
        column, chosen = ("i.body", side.bodies) if side.actors is None else ("i.actor", side.actors)
        lists.append(
            f"SELECT p.claim FROM identity i JOIN party p ON p.identity = i.n JOIN claim c ON c.n = p.claim WHERE c.status <> {STANDS}"
            f" AND p.slot <= 2 AND {column} IN ({marks(len(chosen))})"
        )
        values += sorted(chosen)
    claims = [n for (n,) in db.execute(" INTERSECT ".join(lists), values)]
    if len(sides) == 1:
        return set(claims)
    one, two = (side.bodies for side in sides)
    return {
        claim
        for a, b, _, _, claim in bonds_of(db, claims)
        if (a in one and b in two) or (a in two and b in one)
        if a != b or one == two
    }


def _within(db: sqlite3.Connection, wanted: Wanted) -> set[int]:
    """All claims that happenings of the days asked for can hold."""
    query = Query()
    if wanted.since is not None:
        query.add("dated IS NULL OR dated >= date(?, ?)", wanted.since, f"-{REACH} days")
    if wanted.until is not None:
        query.add("dated IS NULL OR dated < date(?, ?)", wanted.until, f"+{REACH} days")
    return {n for (n,) in db.execute(f"SELECT n FROM claim WHERE {query.sql}", query.values)}


def _beside(db: sqlite3.Connection, claims: set[int], *, also_standing: bool) -> set[int]:
    """Fallen event claims (of those that fell, standing ones, too) that share a body and a time with these."""
    first, last = db.execute(
        "SELECT date(min(dated), ?), date(max(dated), ?) FROM claim WHERE n IN (SELECT value FROM json_each(?))",
        (f"-{REACH} days", f"+{REACH} days", listed(claims)),
    ).fetchone()
    rows = db.execute(
        "WITH near AS MATERIALIZED (SELECT DISTINCT i.body FROM party p JOIN identity i ON i.n = p.identity"
        " WHERE p.slot <= 1 AND p.claim IN (SELECT value FROM json_each(?)))"
        " SELECT DISTINCT p.claim FROM identity i JOIN party p ON p.identity = i.n JOIN claim c ON c.n = p.claim"
        f" WHERE i.body IN (SELECT body FROM near) AND p.slot <= 1 AND c.kind = 'event' AND (? OR c.status <> {STANDS})"
        " AND (c.dated IS NULL OR c.dated BETWEEN ? AND ?)",
        (listed(claims), also_standing, first or "", last or "9999"),
    )
    return {n for (n,) in rows}


def _heaps_of(db: sqlite3.Connection, claims: set[int]) -> set[int]:
    """All that is in one heap with these claims now: what was grouped with them before is among it."""
    rows = db.execute(
        "SELECT claim FROM member WHERE heap IN (SELECT heap FROM member WHERE claim IN (SELECT value FROM json_each(?)))",
        (listed(claims),),
    )
    return {n for (n,) in rows}


def _as_coded(db: sqlite3.Connection, claims: set[int]) -> set[int]:
    """The machine's claims of these, for corrected forms those that they correct."""
    rows = db.execute(
        "SELECT DISTINCT coalesce(corrects, n) FROM claim WHERE n IN (SELECT value FROM json_each(?))",
        (listed(claims),),
    )
    return {n for (n,) in rows}
