"""Whom to believe: outlets with the user's word on them, and questions asked of some outlets only."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

from dragoman.errors import LedgerError

from .asking import Query
from .features import marks
from .names import plain
from .views import Dispute

GRADES = ("A", "B", "C", "D", "E", "F")
OUTLET_OF_CLAIM = "(SELECT r.outlet FROM coding k JOIN revision r ON r.n = k.revision WHERE k.n = c.coding)"


@dataclass(frozen=True, slots=True, kw_only=True)
class Sources:
    """Which outlets count; what is None or empty asks nothing.

    Attributes:
        outlets: names of outlets, whatever their spelling in upper and lower case.
        reliability: the worst grade allowed, A (best) to F; outlets without a grade are left out.
        owner: words of the owner's name.
        state: code of the state that controls them.
        without_state: code of a state whose outlets are left out; `any` for all that a state controls.
    """

    outlets: tuple[str, ...] = ()
    reliability: str | None = None
    owner: str | None = None
    state: str | None = None
    without_state: str | None = None


@dataclass(frozen=True, slots=True)
class Source:
    """An outlet: what the user says of it, and how many reports the ledger has of it."""

    outlet: str
    reliability: str | None
    owner: str | None
    state: str | None
    reports: int


@dataclass(frozen=True, slots=True)
class Allowed:
    """Outlets by their plain names: `only` these (None for all), never those of `without`."""

    only: frozenset[str] | None
    without: frozenset[str]

    def allows(self, outlet: str | None) -> bool:
        """Whether reports of the outlet count."""
        name = plain(outlet) if outlet else ""
        return (self.only is None or name in self.only) and name not in self.without

    def add_to(self, query: Query, outlet: str = OUTLET_OF_CLAIM) -> None:
        """One more condition: on claims `c`, or on another expression that gives an outlet."""
        if self.only is not None:
            query.add(f"plain({outlet}) IN ({marks(len(self.only))})", *sorted(self.only))
        if self.without:
            query.add(f"plain({outlet}) NOT IN ({marks(len(self.without))})", *sorted(self.without))

    def narrowed(self, asked: tuple[str, list[Any]]) -> tuple[str, list[Any]]:
        """The subquery of `claim, grade, dated` without claims of outlets that do not count."""
        query = Query()
        self.add_to(query)
        sql = f"SELECT o.claim, o.grade, o.dated FROM ({asked[0]}) o JOIN claim c ON c.n = o.claim WHERE {query.sql}"
        return sql, [*asked[1], *query.values]

    def of_disputes(self, disputes: Iterable[Dispute]) -> list[Dispute]:
        """The disputes between passages that count."""
        found = []
        for dispute in disputes:
            sides = tuple(tuple(p for p in side if self.allows(p.report.outlet)) for side in dispute.sides)
            if len([side for side in sides if side]) > 1:
                found.append(replace(dispute, sides=tuple(side for side in sides if side)))
        return found


def allowed(connection: sqlite3.Connection, sources: Sources) -> Allowed | None:
    """The outlets that count; None where all do.

    Raises:
        LedgerError: the grade is none.
    """
    if sources == Sources():
        return None
    grade = check_grade(sources.reliability)
    query = Query()
    if grade:
        query.add("reliability <= ?", grade)
    if sources.owner is not None:
        query.add("instr(lower(owner), lower(?)) > 0", sources.owner)
    if sources.state is not None:
        query.add("state = ?", sources.state.upper())
    only: frozenset[str] | None = None
    if query.where:
        only = frozenset(
            name for (name,) in connection.execute(f"SELECT plain FROM source WHERE {query.sql}", query.values)
        )
    if sources.outlets:
        named = frozenset(map(plain, sources.outlets))
        only = named if only is None else only & named
    without: frozenset[str] = frozenset()
    if sources.without_state is not None:
        code = sources.without_state.upper()
        rows = connection.execute(
            "SELECT plain FROM source WHERE state IS NOT NULL AND (? = 'ANY' OR state = ?)", (code, code)
        )
        without = frozenset(name for (name,) in rows)
    return Allowed(only, without)


def check_grade(grade: str | None) -> str | None:
    """The grade in capitals; "" and None as they are.

    Raises:
        LedgerError: it is none.
    """
    if grade and grade.upper() not in GRADES:
        raise LedgerError(f"reliability is a grade from A (best) to F, got {grade!r}")
    return grade.upper() if grade else grade


def check_state(code: str | None) -> str | None:
    """The code in capitals; "" and None as they are.

    Raises:
        LedgerError: it is not three letters.
    """
    if code and not (len(code) == 3 and code.isascii() and code.isalpha()):
        raise LedgerError(f"state: expected a country's code of three letters, as IRN, got {code[:40]!r}")
    return code.upper() if code else code


def all_sources(connection: sqlite3.Connection) -> list[Source]:
    """Every outlet of the ledger and of the user's list, those with most reports first."""
    read: dict[str, tuple[str, int]] = {
        name: (outlet, count)
        for name, outlet, count in connection.execute(
            "SELECT plain(r.outlet), min(r.outlet), count(*) FROM report p JOIN revision r ON r.n = p.revision"
            " WHERE r.outlet IS NOT NULL GROUP BY 1"
        )
    }
    found = []
    graded = connection.execute("SELECT plain, outlet, reliability, owner, state FROM source")
    for name, outlet, reliability, owner, state in graded:
        found.append(Source(outlet, reliability, owner, state, read.pop(name, ("", 0))[1]))
    found += [Source(outlet, None, None, None, count) for outlet, count in read.values()]
    return sorted(found, key=lambda s: (-s.reports, s.outlet))
