"""How commands speak: JSON lines and tables on standard output, messages and progress on standard error."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, TypeVar

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn
from rich.table import Table

T = TypeVar("T")

errors = Console(stderr=True, highlight=False, soft_wrap=True)


def say(message: str) -> None:
    """One line to the user, on standard error. Markup in it is shown as it is."""
    errors.print(message, markup=False)


def emit(record: Any) -> None:
    """One JSON line on standard output; what UTF-8 cannot hold (a file name's stray bytes) is written as `\\u` escapes."""
    line = json.dumps(record, ensure_ascii=False, separators=(",", ":"))
    try:
        line.encode("utf-8")
    except UnicodeEncodeError:
        line = json.dumps(record, separators=(",", ":"))
    sys.stdout.write(line + "\n")


def table(columns: Sequence[str], rows: Iterable[Sequence[Any]], title: str | None = None) -> None:
    """A table on standard output: drawn in a terminal, wide and plain in a pipe."""
    console = Console(file=sys.stdout, highlight=False, width=None if sys.stdout.isatty() else 160)
    shown = Table(title=title, title_justify="left", box=None, pad_edge=False, header_style="bold")
    for column in columns:
        shown.add_column(column, overflow="fold")
    for row in rows:
        shown.add_row(*(_plain(cell) for cell in row))
    if shown.row_count:
        console.print(shown)


def _plain(cell: Any) -> str:
    text = "" if cell is None else str(cell)
    return text.replace("[", r"\[")


def progress(items: Iterable[T], what: str, total: int | None = None) -> Iterator[T]:
    """The items, with a bar on standard error where that is a terminal."""
    if not errors.is_terminal:
        yield from items
        return
    columns = (
        SpinnerColumn(),
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
    )
    with Progress(*columns, console=errors, transient=True) as bar:
        yield from bar.track(items, total=total, description=what)
