"""Bringing a ledger of an older version up to date, with the old file kept."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

from dragoman.errors import LedgerError

from .connection import APPLICATION, VERSION, connect, explain


def version_of(path: Path) -> int:
    """The version of a ledger, without opening it for writing.

    Raises:
        LedgerError: there is no file, or it is no ledger.
    """
    if not path.is_file():
        raise LedgerError(f"no ledger at {path}: the file is not there; `dragoman read REPORTS` makes one")
    try:
        with closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)) as db:
            application = db.execute("PRAGMA application_id").fetchone()[0]
            version = int(db.execute("PRAGMA user_version").fetchone()[0])
    except sqlite3.Error as error:
        raise explain(error, str(path)) from error
    if application != APPLICATION:
        raise LedgerError(f"{path} is a database of another program, not a ledger; give the path of a ledger")
    return version


def migrate(path: Path) -> tuple[int, int, Path | None]:
    """Brings a ledger to this program's version; versions before and after, and where the old file is kept (None where nothing was to do).

    Raises:
        LedgerError: the file is no ledger, is of a newer version, or there is a file where the old one would be kept.
    """
    before = version_of(path)
    if before >= VERSION:
        connect(path, create=False).close()  # says that it is newer, where it is
        return before, VERSION, None
    kept = path.with_name(f"{path.name}.v{before}")
    if kept.exists():
        raise LedgerError(f"{kept} is there already; move it away, so that the old ledger can be kept under that name")
    try:
        with (
            closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)) as old,
            closing(sqlite3.connect(kept)) as copy,
        ):
            old.backup(copy)
        connect(path, create=False).close()
    except sqlite3.Error as error:
        kept.unlink(missing_ok=True)
        raise explain(error, str(path)) from error
    except LedgerError:
        kept.unlink(missing_ok=True)
        raise
    return before, VERSION, kept
