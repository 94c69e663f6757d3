"""Loading many reports at once: indexes that slow adding down are dropped first and made again at the end.

If the program is killed in between, the ledger is whole but slow to read; the next opening for writing makes the indexes again and
groups what was left.
"""

from __future__ import annotations

import re
import sqlite3

from .connection import schema

DROPPED = (
    "claim_id", "claim_coding", "claim_sentence", "claim_dated", "party_identity", "voice_identity", "bond_bodies", "sentence_revision",
    "happening_id", "happening_dated", "member_happening", "member_heap",
)  # fmt: skip
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
