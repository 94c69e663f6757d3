"""`dragoman code`: reports in, contract records out; no ledger is touched."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

import typer

from ..errors import UsageError
from ..model import Coded, Failure, Report
from ..read import read, read_lines
from ..read.lines import given_text
from ..record import coded_json, failed_json
from .options import Published, Reports, Workers, day, workers_of
from .output import emit, progress, say

SOME_FAILED = 3


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command(
        "code", epilog="Examples:  dragoman code report.html   ·   dragoman code --lines sentences.txt --findings"
    )(code)


def code(
    reports: Reports = None,
    lines: Annotated[
        Path | None,
        typer.Option("--lines", metavar="FILE", help="A .txt or .jsonl file: each line a report, left as it is."),
    ] = None,
    text: Annotated[
        bool, typer.Option("--text", help="Standard input is the text of one report, left as it is.")
    ] = False,
    findings: Annotated[
        bool, typer.Option("--findings", help="Also what was found on the way: quotations, times, places, mentions.")
    ] = False,
    published: Published = None,
    format: Annotated[str, typer.Option("--format", help="Only jsonl.")] = "jsonl",
    workers: Workers = None,
) -> int:
    """Code reports and print one JSON line for each (CONTRACT version 1)."""
    if format != "jsonl":
        raise UsageError(
            f"--format: expected jsonl, got {format!r}; `dragoman events` prints tables and CSV from a ledger"
        )
    stream = _stream(reports or [], lines, text, published)
    failed = 0
    for item in progress(coded_stream(stream, workers_of(workers), findings), "coding"):
        failed += isinstance(item, Failure) or bool(item.failures)
        _tell(item)
        emit(failed_json(item) if isinstance(item, Failure) else coded_json(item, findings=findings))
    return SOME_FAILED if failed else 0


def _stream(reports: list[str], lines: Path | None, text: bool, published: str | None) -> Iterator[Report | Failure]:
    chosen = bool(reports) + (lines is not None) + text
    if chosen != 1:
        raise UsageError("give REPORTS, or --lines FILE, or --text, one of them; see `dragoman code --help`")
    on = day(published, "--published")
    if lines is not None:
        return read_lines(lines, on)
    if text:
        return iter([given_text(sys.stdin.read(), on)])
    return read(reports, on)


def coded_stream(stream: Iterator[Report | Failure], workers: int, findings: bool = False) -> Iterator[Coded | Failure]:
    """Reports coded and failures passed on, in input order."""
    from ..run import code_all

    failures: dict[int, list[Failure]] = {}
    count = 0

    def only_reports() -> Iterator[Report]:
        nonlocal count
        for item in stream:
            if isinstance(item, Failure):
                failures.setdefault(count, []).append(item)
            else:
                count += 1
                yield item

    for position, coded in enumerate(code_all(only_reports(), workers=workers, findings=findings)):
        yield from failures.pop(position, [])
        yield coded
    for left in sorted(failures):
        yield from failures[left]


def _tell(item: Coded | Failure) -> None:
    for failure in [item] if isinstance(item, Failure) else item.failures:
        say(f"{failure.stage}: {failure.error}: {failure.message}")
