"""Opening the ledger's file: making it, migrating it, and saying clearly why it cannot be used."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.resources import files
from pathlib import Path

from dragoman.errors import LedgerError

from .names import plain

APPLICATION = 0x4452474D
"""`DRGM`, SQLite's application_id by which a ledger is known from other databases."""
VERSION = 3
WAS_READ = "NOT EXISTS (SELECT 1 FROM coding k JOIN failure f ON f.coding = k.n WHERE k.report = p.n AND k.ended IS NULL AND k.claims = 0)"
"""Of reports `p`: none of their codings is a failure without claims. What could not be read, as for its language, is no coverage."""
COUNT_MONTHS = f"""
DELETE FROM month;
INSERT INTO month SELECT coalesce(substr(r.published, 1, 7), ''), count(*) FROM report p JOIN revision r ON r.n = p.revision
WHERE {WAS_READ} GROUP BY 1;
"""
"""Counts anew what was read in each month."""
MIGRATIONS: dict[int, str] = {
    1: "CREATE TABLE input (key BLOB PRIMARY KEY, reports INTEGER NOT NULL, added TEXT NOT NULL) STRICT, WITHOUT ROWID;\n"
    + "CREATE INDEX IF NOT EXISTS failure_coding ON failure (coding);\n"
    + COUNT_MONTHS,
    2: "CREATE TABLE grading (n INTEGER PRIMARY KEY, at TEXT NOT NULL, plain TEXT NOT NULL, outlet TEXT NOT NULL, reliability TEXT,"
    " owner TEXT, state TEXT) STRICT;\n"
    "INSERT INTO grading (at, plain, outlet, reliability, owner, state) SELECT '', plain, outlet, reliability, owner, state FROM source;\n",
}
"""SQL that takes a ledger of version n to n + 1."""
BUSY_MS = 10_000


def connect(path: str | Path, *, readonly: bool = False, create: bool = True) -> sqlite3.Connection:
    """A connection to the ledger at `path`; `:memory:` makes one that is gone when closed.

    Raises:
        LedgerError: there is no such file, or it is no ledger, is locked, damaged, read-only or of a newer version. The
            file is left as it was.
    """
    memory = str(path) == ":memory:"
    file = Path(path)
    fresh = memory or not file.exists() or file.stat().st_size == 0
    if fresh and (readonly or not create) and not memory:
        raise LedgerError(f"no ledger at {file}: the file is not there; `dragoman read REPORTS` makes one")
    if fresh and not memory and not file.absolute().parent.is_dir():
        raise LedgerError(
            f"cannot make a ledger at {file}: the folder {file.absolute().parent} is not there; make it first"
        )
    if not (readonly or memory) and not (
        os.access(file.absolute().parent, os.W_OK) and (fresh or os.access(file, os.W_OK))
    ):
        raise LedgerError(f"{path} {_READ_ONLY}")
    with _explained(str(path)):
        connection = _open(path, memory, readonly)
    try:
        with _explained(str(path)):
            _prepare(connection, str(path), fresh, readonly)
    except BaseException:
        connection.close()
        raise
    return connection


def _open(path: str | Path, memory: bool, readonly: bool) -> sqlite3.Connection:
    if memory:
        return sqlite3.connect(":memory:", isolation_level=None, check_same_thread=False, cached_statements=256)
    uri = Path(path).absolute().as_uri() + (f"?mode=ro{_unchanging(Path(path))}" if readonly else "")
    return sqlite3.connect(
        uri, uri=True, timeout=BUSY_MS / 1000, isolation_level=None, check_same_thread=False, cached_statements=256
    )


def _unchanging(file: Path) -> str:
    """What tells SQLite that nobody can write: on a read-only disk it could not make the files that readers share with a writer."""
    log = Path(f"{file}-wal")
    frozen = not os.access(file.absolute().parent, os.W_OK) and not (log.exists() and log.stat().st_size)
    return "&immutable=1" if frozen else ""


def _prepare(connection: sqlite3.Connection, path: str, fresh: bool, readonly: bool) -> None:
    connection.execute(f"PRAGMA busy_timeout = {BUSY_MS}")
    connection.execute("PRAGMA foreign_keys = ON")
    connection.create_function("plain", 1, _plain, deterministic=True)
    connection.execute("PRAGMA cache_size = -65536")
    connection.execute(f"PRAGMA mmap_size = {2**31 - 65_536}")  # the most that SQLite allows
    connection.execute("PRAGMA temp_store = MEMORY")
    if not fresh:
        _check(connection, path, readonly)
    if readonly:
        connection.execute("PRAGMA query_only = ON")
        return
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA cache_size = -262144")
    connection.execute("PRAGMA wal_autocheckpoint = 16384")
    connection.execute("PRAGMA synchronous = NORMAL")
    with transaction(connection):
        _create_or_migrate(connection)


def _plain(name: object) -> str:
    """`names.plain` for SQL; nothing for no name."""
    return plain(name) if isinstance(name, str) else ""


def _check(connection: sqlite3.Connection, path: str, readonly: bool) -> None:
    application = connection.execute("PRAGMA application_id").fetchone()[0]
    version = connection.execute("PRAGMA user_version").fetchone()[0]
    tables = connection.execute("SELECT count(*) FROM sqlite_schema").fetchone()[0]
    if application != APPLICATION and (tables or readonly):
        raise LedgerError(
            f"{path} is a database of another program, not a ledger; give the path of a ledger or of a new file"
        )
    if version > VERSION:
        raise LedgerError(
            f"{path} was written by a newer Dragoman (ledger version {version}, this program knows up to {VERSION}); update Dragoman"
        )
    if readonly and version < VERSION:
        raise LedgerError(
            f"{path} is of ledger version {version}; open it once for writing to bring it to version {VERSION}"
        )


def _create_or_migrate(connection: sqlite3.Connection) -> None:
    version = connection.execute("PRAGMA user_version").fetchone()[0]
    if version == VERSION:
        return
    if version == 0:
        run_script(connection, schema())
    for step in range(version or VERSION, VERSION):
        run_script(connection, MIGRATIONS[step])
    connection.execute(f"PRAGMA application_id = {APPLICATION}")
    connection.execute(f"PRAGMA user_version = {VERSION}")


def schema() -> str:
    """The SQL that makes an empty ledger."""
    return (files(__package__) / "schema.sql").read_text(encoding="utf-8")


def run_script(connection: sqlite3.Connection, script: str) -> None:
    """Runs each statement inside the running transaction (`executescript` would commit it)."""
    statement = ""
    for line in script.splitlines(keepends=True):
        statement += line
        if sqlite3.complete_statement(statement):
            connection.execute(statement)
            statement = ""


@contextmanager
def transaction(connection: sqlite3.Connection) -> Iterator[None]:
    """One write transaction; a nested one joins the outer. Rolled back when the block raises."""
    if connection.in_transaction:
        yield
        return
    with _explained("the ledger"):
        connection.execute("BEGIN IMMEDIATE")
    try:
        yield
        with _explained("the ledger"):
            connection.execute("COMMIT")
    except BaseException:
        _roll_back(connection)
        raise


@contextmanager
def snapshot(connection: sqlite3.Connection) -> Iterator[None]:
    """One read transaction: all that is read inside stands at one moment, whatever is written meanwhile."""
    if connection.in_transaction:
        yield
        return
    connection.execute("BEGIN")
    try:
        yield
    finally:
        _roll_back(connection)


def _roll_back(connection: sqlite3.Connection) -> None:
    if connection.in_transaction:
        connection.execute("ROLLBACK")


_READ_ONLY = (
    "cannot be written: the file, its folder or its disk is read-only; change the permissions or open it for reading"
)
_EXPLAINED = (
    ("locked", "is locked by another program; wait until that has finished, or close it"),
    ("readonly", _READ_ONLY),
    ("read-only", _READ_ONLY),
    ("not a database", "is not a ledger but a file of another kind; give the path of a ledger or of a new file"),
    ("malformed", "is damaged; restore it from a copy, then run `dragoman verify`"),
    ("full", "cannot grow: the disk is full; make room and run the same command again, nothing is lost"),
    ("unable to open", "cannot be opened: the path is a folder, or you may not read or write there"),
)


@contextmanager
def _explained(path: str) -> Iterator[None]:
    try:
        yield
    except sqlite3.Error as error:
        raise explain(error, path) from error


def explain(error: sqlite3.Error, path: str) -> LedgerError:
    """The error as a user can act on it."""
    said = str(error)
    for sign, meaning in _EXPLAINED:
        if sign in said:
            return LedgerError(f"{path} {meaning} (SQLite: {said})")
    return LedgerError(f"{path} cannot be used (SQLite: {said})")
