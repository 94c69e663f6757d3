"""What is in a ledger, in numbers."""

from __future__ import annotations

import sqlite3
from pathlib import Path
from typing import Any

_COUNTS = {
    "reports": "SELECT count(*) FROM report",
    "revisions": "SELECT count(*) FROM revision",
    "claims standing": "SELECT count(*) FROM claim WHERE status = 0",
    "claims in all": "SELECT count(*) FROM claim",
    "tie claims standing": "SELECT count(*) FROM claim WHERE status = 0 AND kind = 'tie'",
    "claims struck": "SELECT count(*) FROM claim WHERE status = 4",
    "claims rejected": "SELECT count(*) FROM claim WHERE status = 3",
    "happenings": "SELECT count(*) FROM happening",
    "actors": "SELECT count(*) FROM actor",
    "outlets": "SELECT count(DISTINCT outlet) FROM revision",
    "outlets graded": "SELECT count(*) FROM source WHERE reliability IS NOT NULL",
    "judgements": "SELECT count(*) FROM judgement",
    "judgements that hold": "SELECT count(*) FROM standing",
    "judgements lost": "SELECT count(*) FROM standing WHERE claim IS NULL OR (verdict IN ('same', 'different') AND other IS NULL)",
    "failures": "SELECT count(*) FROM failure",
    "raw files kept": "SELECT count(*) FROM raw",
}
_READ = {
    "first report": "SELECT min(r.published) FROM report p JOIN revision r ON r.n = p.revision",
    "last report": "SELECT max(r.published) FROM report p JOIN revision r ON r.n = p.revision",
    "last added": "SELECT max(added) FROM coding",
    "coders": "SELECT group_concat(coder, ', ') FROM (SELECT DISTINCT coder FROM coding WHERE ended IS NULL AND coder <> '' ORDER BY 1 LIMIT 20)",
}


def figures(connection: sqlite3.Connection, path: str) -> dict[str, Any]:
    """Version, size in bytes, and how many there are of each thing."""
    file = Path(path)
    found: dict[str, Any] = {
        "file": path,
        "version": connection.execute("PRAGMA user_version").fetchone()[0],
        "bytes": file.stat().st_size if path != ":memory:" else None,
    }
    for name, query in (_COUNTS | _READ).items():
        found[name] = connection.execute(query).fetchone()[0]
    return found
