"""Rows of one batch, gathered before they are inserted together."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import chain, groupby
from operator import attrgetter, itemgetter
from typing import Any

from dragoman.model import Coded, EventClaim

from .bonds import grade_of
from .features import TABLE_CODER, marks
from .rows import AnyClaim, detail_of, digest_of_rows, old_digest_of_rows

STANDS, REPLACED, CORRECTED, REJECTED, STRUCK = range(5)
"""Values of `claim.status`."""
COUNT_MONTH = "INSERT INTO month (month, reports) VALUES (?, ?) ON CONFLICT (month) DO UPDATE SET reports = reports + excluded.reports"
PER_STATEMENT = 40
"""Rows that one INSERT takes; ten columns of as many stay below SQLite's oldest limit of 999 values."""


CLAIM = (
    "n", "id", "coding", "report", "sentence", "corrects", "status", "kind", "main", "about", "start", "end", "stance", "outcome", "tense",
    "direct", "interested", "from", "to", "grain", "dated", "place", "country", "confidence", "type", "mode", "quad", "intensity", "mutual",
    "state", "change", "aspect", "role", "detail",
)  # fmt: skip
"""Columns of `claim`, in order."""
_EMPTY = {
    "event": ("corrects", "state", "change", "aspect", "role"),
    "tie": ("corrects", "type", "mode", "quad", "intensity", "mutual"),
}
"""Columns that the machine's claims of a kind never fill."""
_FILLED = {kind: [at for at, name in enumerate(CLAIM) if name not in empty] for kind, empty in _EMPTY.items()}
_CELLS = {kind: itemgetter(*filled) for kind, filled in _FILLED.items()}
_INSERT = {
    kind: "INSERT INTO claim ({}) VALUES ({})".format(", ".join(f'"{CLAIM[at]}"' for at in filled), marks(len(filled)))
    for kind, filled in _FILLED.items()
}
_CORRECTS, _KIND = CLAIM.index("corrects"), CLAIM.index("kind")
_of_both = attrgetter("about", "stance", "outcome", "tense", "confidence")
_of_event = attrgetter("type", "mode", "quad", "intensity", "mutual")
_of_tie = attrgetter("state", "change", "aspect", "role")


@dataclass(slots=True)
class Rows:
    """Rows of one batch, inserted together. `told` and `said` are what of claims, parties and voices goes into the digest."""

    claims: list[tuple[Any, ...]] = field(default_factory=list)
    parties: list[tuple[Any, ...]] = field(default_factory=list)
    voices: list[tuple[Any, ...]] = field(default_factory=list)
    bonds: list[tuple[Any, ...]] = field(default_factory=list)
    sentences: list[tuple[Any, ...]] = field(default_factory=list)
    words: list[tuple[Any, ...]] = field(default_factory=list)
    told: list[tuple[Any, ...]] = field(default_factory=list)

    def extend(self, other: Rows) -> None:
        """Takes in the rows of a report."""
        self.claims += other.claims
        self.parties += other.parties
        self.voices += other.voices
        self.bonds += other.bonds
        self.sentences += other.sentences
        self.words += other.words

    def digest(self) -> str:
        """See `rows.digest_of_rows`."""
        return digest_of_rows(self.told, [row[1:] for row in self.parties], [row[1:] for row in self.voices])

    def old_digest(self) -> str:
        """See `rows.old_digest_of_rows`."""
        return old_digest_of_rows(self.told, [row[1:] for row in self.parties], [row[1:] for row in self.voices])


@dataclass(frozen=True, slots=True)
class Added:
    """What came of adding: reports new, the same as before, revised (text or coding), and claims and failures written."""

    new: int
    same: int
    revised: int
    claims: int
    failures: int = 0


@dataclass(slots=True)
class Written:
    """What became of a batch: numbers of reports, and of the event claims that have to be grouped."""

    new: int = 0
    same: int = 0
    revised: int = 0
    claims: int = 0
    failures: int = 0
    to_group: list[int] = field(default_factory=list)
    to_remove: list[int] = field(default_factory=list)
    to_recount: set[int] = field(default_factory=set)
    tables: list[tuple[int, int]] = field(default_factory=list)
    deferred: list[Coded] = field(default_factory=list)

    def take(self, claims: Sequence[AnyClaim], events: Sequence[int], coder: str) -> None:
        """Counts the claims of a coding and notes which of them (`events`, by number) are to be grouped, and how."""
        self.claims += len(claims)
        table = coder.startswith(TABLE_CODER) and all(
            isinstance(c, EventClaim) and c.when is not None and c.when.from_ is not None for c in claims
        )
        if table and events:
            self.tables.append((events[0], events[-1]))
        else:
            self.to_group += events

    @property
    def counts(self) -> tuple[int, int, int, int, int]:
        """new, same, revised, claims, failures."""
        return self.new, self.same, self.revised, self.claims, self.failures


def claim_cells(claim: AnyClaim, published: str | None, interested: bool, coder: str) -> tuple[Any, ...]:
    """The columns of `claim` from `kind` on."""
    when, where, trigger = claim.when, claim.where, claim.trigger
    from_ = to = grain = place = country = None
    if when is not None:
        from_, to, grain = when.from_, when.to, when.grain
    if where is not None:
        place, country = where.name, where.country
    about, stance, outcome, tense, confidence = _of_both(claim)
    event = isinstance(claim, EventClaim)
    own: tuple[Any, ...]
    if event:
        type_, mode, quad, intensity, mutual = _of_event(claim)
        own = (type_, mode, quad, float(intensity), int(mutual), None, None, None, None)
    else:
        own = (None, None, None, None, None, *_of_tie(claim))
    return (
        "event" if event else "tie", int(claim.main), about, trigger.start, trigger.end, stance, outcome, tense, int(claim.direct),
        int(interested), from_, to, grain, from_ or published, place, country, float(confidence), *own, detail_of(claim, coder),
    )  # fmt: skip


def dating(claim: AnyClaim, published: str | None) -> tuple[int, str]:
    """Grade and day of a claim in `bond`."""
    when = claim.when
    told = (claim.tense, claim.stance, claim.main, when is not None and when.from_ is None)
    return grade_of(when.from_ if when else None, when.to if when else None, published, told)


def insert_many(connection: sqlite3.Connection, table: str, rows: Sequence[tuple[Any, ...]]) -> None:
    """Inserts whole rows, many to a statement: for narrow tables twice as fast as one by one."""
    if not rows:
        return
    one = f"({marks(len(rows[0]))})"
    full = len(rows) // PER_STATEMENT * PER_STATEMENT
    parts = (rows[at : at + PER_STATEMENT] for at in range(0, full, PER_STATEMENT))
    several = f"INSERT INTO {table} VALUES {','.join([one] * PER_STATEMENT)}"
    connection.executemany(several, (tuple(chain.from_iterable(part)) for part in parts))
    connection.executemany(f"INSERT INTO {table} VALUES {one}", rows[full:])


def insert_claims(connection: sqlite3.Connection, rows: Iterable[tuple[Any, ...]]) -> None:
    """Inserts rows of `claim` in their order.

    What is always empty is not bound: Python's sqlite3 looks for an adapter of each None, which takes as long as ten numbers.
    """
    for (kind, corrects), run in groupby(rows, key=lambda row: (row[_KIND], row[_CORRECTS] is not None)):
        if corrects:
            connection.executemany(f"INSERT INTO claim VALUES ({marks(len(CLAIM))})", run)
        else:
            connection.executemany(_INSERT[kind], map(_CELLS[kind], run))


def joined(ranges: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """Ranges of whole numbers (both ends inclusive, in order) with those that touch made one."""
    found: list[tuple[int, int]] = []
    for first, last in ranges:
        if found and found[-1][1] + 1 == first:
            found[-1] = (found[-1][0], last)
        else:
            found.append((first, last))
    return found
