"""Loading many reports at once: indexes that slow adding down are dropped first and made again at the end; rows of all tables are
gathered and written table by table.

If the program is killed in between, the ledger is whole but slow to read; the next opening for writing makes the indexes again and
groups what was left.
"""

from __future__ import annotations

import gc
import re
import sqlite3
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from dragoman.model import Coded

from .adding import Writer
from .batch import COUNT_MONTH, Rows, Written, joined
from .connection import schema
from .features import TABLE_CODER, chunks, marks
from .rows import REVISION, coder_of, digest_of_report, revision_cells, sound

DROPPED = (
    "claim_id", "claim_coding", "claim_sentence", "claim_dated", "party_identity", "voice_identity", "bond_bodies", "sentence_revision",
    "happening_id", "happening_dated", "member_happening", "member_heap",
)  # fmt: skip
RUN_KIB = 4_096
_INDEX = re.compile(r"^CREATE (?:UNIQUE )?INDEX (\w+) .*?;", re.MULTILINE | re.DOTALL)


def drop_indexes(connection: sqlite3.Connection) -> None:
    """Drops the indexes that make adding slow."""
    for name in DROPPED:
        connection.execute(f"DROP INDEX IF EXISTS {name}")


def missing_indexes(connection: sqlite3.Connection) -> list[str]:
    """Names of indexes of the schema that the file does not have."""
    held = {name for (name,) in connection.execute("SELECT name FROM sqlite_schema WHERE type = 'index'")}
    return [match.group(1) for match in _INDEX.finditer(schema()) if match.group(1) not in held]


def make_indexes(connection: sqlite3.Connection) -> None:
    """Makes the indexes of the schema that the file does not have."""
    missing = set(missing_indexes(connection))
    for match in _INDEX.finditer(schema()):
        if match.group(1) in missing:
            connection.execute(match.group(0))


@contextmanager
def sorting(connection: sqlite3.Connection) -> Iterator[None]:
    """Sorts for indexes in runs that fit the processor's cache, kept in temporary files: for millions of rows that takes little more
    than half the time of sorting all of them in memory. Not inside a transaction."""
    held = [(name, connection.execute(f"PRAGMA {name}").fetchone()[0]) for name in ("temp_store", "cache_size")]
    connection.execute("PRAGMA temp_store = FILE")
    connection.execute(f"PRAGMA cache_size = -{RUN_KIB}")
    try:
        yield
    finally:
        for name, value in held:
            connection.execute(f"PRAGMA {name} = {value}")


@dataclass(slots=True)
class _Gathered:
    """Rows of new reports, and of their claims."""

    rows: Rows
    reports: list[tuple[Any, ...]] = field(default_factory=list)
    revisions: list[tuple[Any, ...]] = field(default_factory=list)
    codings: list[tuple[Any, ...]] = field(default_factory=list)
    failures: list[tuple[Any, ...]] = field(default_factory=list)
    months: Counter[str] = field(default_factory=Counter)
    texts: list[tuple[int, str]] = field(default_factory=list)


class Bulk:
    """Adds batches of reports while indexes are dropped, inside the caller's transaction."""

    def __init__(self, connection: sqlite3.Connection, writer: Writer) -> None:
        self._db = connection
        self._writer = writer
        self._next_report = self._next_revision = 0

    def add(self, batch: Sequence[Coded], now: str) -> Written:
        """Writes the new reports of a batch; those that take the place of what is there, and notices, are left in `Written.deferred`.

        Event claims of tables are grouped; the others are left to `Writer.group_left`.
        """
        written = Written()
        with uncollected():
            gathered = self._gather(batch, now, written)
            self._insert(gathered)
            for first, last in joined(written.tables):
                self._writer.happenings.add_table(first, last)
        return written

    def _gather(self, batch: Sequence[Coded], now: str, written: Written) -> _Gathered:
        known = self._known(coded.report.id for coded in batch)
        gathered = _Gathered(self._writer.drafts.begin())
        self._next_report = self._writer.next_report()
        self._next_revision = self._writer.drafts.next("revision")
        new: set[str] = set()
        for coded in batch:
            id_ = coded.report.id
            if id_ in known and self._is_same(coded, known[id_]):
                written.same += 1
            elif id_ in known or id_ in new or coded.report.notice:
                written.deferred.append(coded)
            else:
                new.add(id_)
                self._draft(coded, now, written, gathered)
        return gathered

    def _known(self, ids: Iterable[str]) -> dict[str, tuple[int, int, str]]:
        """Number, last revision and its digest of the reports among these that the ledger has."""
        found: dict[str, tuple[int, int, str]] = {}
        for chunk in chunks(ids):
            rows = self._db.execute(
                "SELECT p.id, p.n, r.n, r.sha256 FROM report p JOIN revision r ON r.n = p.revision"
                f" WHERE p.id IN ({marks(len(chunk))})",
                chunk,
            )
            found.update((id_, (n, revision, sha)) for id_, n, revision, sha in rows)
        return found

    def _is_same(self, coded: Coded, held: tuple[int, int, str]) -> bool:
        """Whether the ledger has the report as it is, with these claims or better ones."""
        if digest_of_report(coded.report) != held[2]:
            return False
        claims, broken = sound(coded)
        if broken:
            return False
        drafts, own = self._writer.drafts, Rows()
        start = (drafts.next_claim, drafts.next_sentence)
        home = (0, held[0], held[1], coder_of(claims))
        drafts.claims(claims, coded.report, home, own, fresh=True)
        drafts.next_claim, drafts.next_sentence = start
        return self._writer.compare(home, own, empty=not claims, failed=bool(coded.failures)) is None

    def _draft(self, coded: Coded, now: str, written: Written, gathered: _Gathered) -> None:
        """Makes the rows of a new report."""
        drafts, made = self._writer.drafts, coded.report
        report, revision, coding = self._next_report, self._next_revision, drafts.next_coding
        self._next_report, self._next_revision, drafts.next_coding = report + 1, revision + 1, coding + 1
        claims, broken = sound(coded)
        coder = coder_of(claims)
        own = Rows()
        events = drafts.claims(claims, made, (coding, report, revision, coder), own, fresh=True)
        cells = revision_cells(made, report, digest_of_report(made), 1, now)
        gathered.reports.append((report, made.id, revision, now, None))
        gathered.revisions.append((revision, *cells))
        gathered.codings.append((coding, revision, report, coder, own.digest(), len(claims), now, None))
        gathered.rows.extend(own)
        if claims or not coded.failures:
            gathered.months[(cells[7] or "")[:7]] += 1
        if not coder.startswith(TABLE_CODER):
            gathered.texts.append((revision, made.text))
        failures = [(report, None, f) for f in broken] + [(report, coding, f) for f in coded.failures]
        gathered.failures += [(r, c, f.stage, f.error, f.message, f.source, now) for r, c, f in failures]
        written.new += 1
        written.failures += len(failures)
        written.take(claims, events, coder)

    def _insert(self, gathered: _Gathered) -> None:
        insert = self._db.executemany
        insert("INSERT INTO report (n, id, revision, added, retracted_by) VALUES (?, ?, ?, ?, ?)", gathered.reports)
        insert(f"INSERT INTO revision (n, {REVISION}) VALUES ({marks(16)})", gathered.revisions)
        insert(f"INSERT INTO coding VALUES ({marks(8)})", gathered.codings)
        insert(
            "INSERT INTO failure (report, coding, stage, error, message, source, added) VALUES (?, ?, ?, ?, ?, ?, ?)",
            gathered.failures,
        )
        insert(COUNT_MONTH, gathered.months.items())
        self._writer.insert(gathered.rows)
        for revision, text in gathered.texts:
            self._writer.copies.add(revision, text)


@contextmanager
def uncollected() -> Iterator[None]:
    """Puts off Python's search for circles of garbage: rows hold none, and looking through many of them takes long."""
    on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if on:
            gc.enable()


@contextmanager
def unchecked(connection: sqlite3.Connection) -> Iterator[None]:
    """Leaves foreign keys unchecked: rows of a load point at rows that the load itself has numbered."""
    connection.execute("PRAGMA foreign_keys = OFF")
    try:
        yield
    finally:
        connection.execute("PRAGMA foreign_keys = ON")


def begin(connection: sqlite3.Connection, writer: Writer) -> int:
    """Drops the indexes that make adding slow; the number that the first new report will have."""
    drop_indexes(connection)
    return writer.next_report()


def add_bulk(connection: sqlite3.Connection, batch: Sequence[Coded], now: str, writer: Writer) -> Written:
    """See `Bulk.add`."""
    return Bulk(connection, writer).add(batch, now)
