"""Proving a ledger: file, references, hashes, offsets and counts."""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Iterator, Sequence
from typing import Any

from dragoman.record import claim_of

from .connection import WAS_READ
from .features import chunks, marks
from .passages import Passages
from .revisions import all_reports
from .rows import digest_of_report, digest_of_rows, false_span, old_digest_of_rows

MOST = 100
"""Complaints told at most."""

_COUNTS = (
    (
        "happening {} counts {} claims but has {}",
        "SELECT h.id, h.claims, count(m.claim) AS held FROM happening h LEFT JOIN member m ON m.happening = h.n GROUP BY h.n"
        " HAVING held <> h.claims",
    ),
    (
        "standing event claim {} is in no happening; run `dragoman ledger rebuild`",
        "SELECT c.id FROM claim c LEFT JOIN member m ON m.claim = c.n WHERE c.kind = 'event' AND c.status = 0 AND m.happening IS NULL",
    ),
    (
        "claim {} is in a happening though it stands no more",
        "SELECT c.id FROM member m JOIN claim c ON c.n = m.claim WHERE c.status <> 0",
    ),
    (
        "claim {} stands though its coding was replaced",
        "SELECT c.id FROM claim c JOIN coding k ON k.n = c.coding WHERE k.ended IS NOT NULL AND c.status = 0",
    ),
    (
        "month {} counts {} reports but has {}",
        "SELECT m.month, m.reports, coalesce(c.held, 0) FROM month m LEFT JOIN (SELECT coalesce(substr(r.published, 1, 7), '') AS month,"
        f" count(*) AS held FROM report p JOIN revision r ON r.n = p.revision WHERE {WAS_READ} GROUP BY 1) c ON c.month = m.month"
        " WHERE coalesce(c.held, 0) <> m.reports",
    ),
    (
        "coding {} of report {} counts {} claims but has {}",
        "SELECT k.n, p.id, k.claims, (SELECT count(*) FROM claim c WHERE c.coding = k.n AND c.corrects IS NULL) AS held"
        " FROM coding k JOIN report p ON p.n = k.report WHERE held <> k.claims",
    ),
)


def verify(connection: sqlite3.Connection) -> list[str]:
    """Everything that is wrong, as sentences, at most a hundred; empty for a sound ledger."""
    found: list[str] = []
    for complaint in _complaints(connection):
        found.append(complaint)
        if len(found) >= MOST:
            break
    return found


def _complaints(connection: sqlite3.Connection) -> Iterator[str]:
    for (said,) in connection.execute("PRAGMA integrity_check(20)"):
        if said != "ok":
            yield f"the file is damaged: {said}"
    for table, row, parent, _ in connection.execute("PRAGMA foreign_key_check"):
        yield f"row {row} of {table} refers to a row of {parent} that is not there"
    yield from _texts(connection)
    yield from _codings(connection)
    for complaint, query in _COUNTS:
        for row in connection.execute(query):
            yield complaint.format(*row)
    for sha, raw in connection.execute("SELECT sha256, bytes FROM raw"):
        if hashlib.sha256(raw).hexdigest() != sha:
            yield f"raw bytes kept as {sha} have another hash"


def _texts(connection: sqlite3.Connection) -> Iterator[str]:
    for report, sha in all_reports(connection):
        if digest_of_report(report) != sha:
            yield f"report {report.id}: text or metadata is not what was stored"


def _codings(connection: sqlite3.Connection) -> Iterator[str]:
    """Reads all claims back, coding by coding, and compares offsets and hashes."""
    codings = connection.execute(
        "SELECT k.n, k.sha256, p.id, r.text FROM coding k JOIN report p ON p.n = k.report JOIN revision r ON r.n = k.revision"
    )
    for coding, sha, report, text in codings:
        rows = connection.execute(
            'SELECT s.number, s.start, s."end", c.* FROM claim c JOIN sentence s ON s.n = c.sentence'
            " WHERE c.coding = ? AND c.corrects IS NULL ORDER BY c.n",
            (coding,),
        ).fetchall()
        claims = [row[3] for row in rows]
        cells = [(*row[:3], row[4], row[10:]) for row in rows]
        held = (cells, _cells(connection, "party", claims), _cells(connection, "voice", claims))
        if digest_of_rows(*held) != sha != old_digest_of_rows(*held):
            yield f"report {report}: claims are not what was stored"
        records = Passages(connection).records(claims) if claims else {}
        for n in claims:
            wrong = false_span(claim_of(records[n]), text)
            if wrong is not None:
                yield wrong


def _cells(connection: sqlite3.Connection, table: str, claims: Sequence[int]) -> list[tuple[Any, ...]]:
    """All columns but the claim's number, in order of claims."""
    order = "claim, slot, place" if table == "party" else "claim, place"
    return [
        row[1:]
        for chunk in chunks(claims)
        for row in connection.execute(
            f"SELECT * FROM {table} WHERE claim IN ({marks(len(chunk))}) ORDER BY {order}", chunk
        )
    ]
