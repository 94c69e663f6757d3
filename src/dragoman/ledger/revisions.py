"""Reports back from rows."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator

from dragoman.model import Report
from dragoman.record import report_of

_NAMES = ("id", "title", "url", "outlet", "section", "authors", "published", "language", "notice", "replaces", "text")
_REVISIONS = (
    "SELECT p.id, r.title, r.url, r.outlet, r.section, r.authors, r.published, r.language, r.notice, r.replaces, r.text, r.sha256"
    " FROM revision r JOIN report p ON p.n = r.report"
)


def report_of_revision(connection: sqlite3.Connection, revision: int) -> Report:
    """The report as that revision has it."""
    return next(_reports(connection, f"{_REVISIONS} WHERE r.n = ?", revision))[0]


def all_reports(connection: sqlite3.Connection) -> Iterator[tuple[Report, str]]:
    """Every revision of every report, with the digest that was stored with it."""
    return _reports(connection, _REVISIONS)


def _reports(connection: sqlite3.Connection, query: str, *values: int) -> Iterator[tuple[Report, str]]:
    for *cells, sha in connection.execute(query, values):
        record = dict(zip(_NAMES, cells, strict=True))
        yield report_of(record | {"authors": json.loads(record["authors"])}), sha
