"""Arguments and options that several commands share."""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from ..errors import UsageError
from ..settings import settings, use_lexicon
from .output import say

SOME_FAILED = 3
"""Exit status where some reports (or names) could not be read."""

Reports = Annotated[
    list[str] | None,
    typer.Argument(
        metavar="REPORTS",
        help="Files, folders, patterns, '-' for standard input, or http(s) addresses.",
        show_default=False,
    ),
]
Published = Annotated[
    str | None,
    typer.Option("--published", metavar="DATE", help="Day of publication of reports that tell none (YYYY-MM-DD)."),
]
Since = Annotated[
    str | None, typer.Option("--since", metavar="DATE", help="From this day on (YYYY, YYYY-MM or YYYY-MM-DD).")
]
Until = Annotated[
    str | None, typer.Option("--until", metavar="DATE", help="Up to, without this day (YYYY, YYYY-MM or YYYY-MM-DD).")
]
Workers = Annotated[int | None, typer.Option("--workers", min=1, help="Processes that code (default: one per core).")]
LedgerFile = Annotated[
    Path | None, typer.Option("--ledger", metavar="FILE", help="The ledger (default: one in your data folder).")
]
OWN_LEXICON = "Your own frames and event types: a .toml file or a folder (default: DRAGOMAN_LEXICON)."


def own_lexicon(path: Path | None) -> Path | None:
    """Takes the frames and types of `--lexicon` for this run; the path as given."""
    if path is not None:
        use_lexicon(path)
    return path


OwnLexicon = Annotated[
    Path | None,
    typer.Option(
        "--lexicon",
        metavar="FILE",
        callback=own_lexicon,
        help=OWN_LEXICON,
    ),
]
AsJson = Annotated[bool, typer.Option("--json", help="JSON on standard output instead of a table.")]


def day(value: str | None, name: str) -> date | None:
    """A day given as YYYY-MM-DD.

    Raises:
        UsageError: it is not one.
    """
    if value is None:
        return None
    try:
        return date.fromisoformat(value)
    except ValueError as error:
        raise UsageError(f"{name}: expected a day as YYYY-MM-DD, got {value!r}") from error


def bound(value: str | None, name: str) -> str | None:
    """The first day of a year, month or day, as an ISO date.

    Raises:
        UsageError: it is none of these.
    """
    if value is None:
        return None
    padded = value + {4: "-01-01", 7: "-01"}.get(len(value), "")
    try:
        return date.fromisoformat(padded).isoformat()
    except ValueError as error:
        raise UsageError(f"{name}: expected YYYY, YYYY-MM or YYYY-MM-DD, got {value!r}") from error


def bounds(since: str | None, until: str | None) -> tuple[str | None, str | None]:
    """Both ends of a period, as ISO dates.

    Raises:
        UsageError: one is no date, or nothing lies between them.
    """
    first, last = bound(since, "--since"), bound(until, "--until")
    if first and last and first >= last:
        raise UsageError(
            f"--since {since} --until {until}: no day lies between them (--until is left out itself); give an earlier --since"
        )
    return first, last


def text_of_stdin() -> str:
    """Standard input as UTF-8, whatever the locale.

    Raises:
        UsageError: it is not UTF-8.
    """
    try:
        return sys.stdin.buffer.read().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise UsageError(f"standard input: expected UTF-8, got {error.reason} at byte {error.start}") from error


def ledger_path(given: Path | None) -> Path:
    """The ledger to use; the default one is named to the user, and its folder made."""
    if given is not None:
        if not str(given).strip() or given.is_dir():
            raise UsageError(f"--ledger: expected a file, got {'the folder ' if given.is_dir() else ''}{str(given)!r}")
        return given
    path = settings().ledger
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise UsageError(
            f"the ledger's folder {path.parent} cannot be made ({error.strerror}); give --ledger FILE or set DRAGOMAN_LEDGER"
        ) from error
    say(f"ledger: {path}")
    return path


def workers_of(given: int | None) -> int:
    """How many processes to use."""
    return given or max(1, settings().workers)
