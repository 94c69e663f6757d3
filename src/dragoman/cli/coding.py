"""`dragoman code`: reports in, contract records out; no ledger is touched."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ..errors import UsageError
from ..settings import settings
from .options import SOME_FAILED, OwnLexicon, Published, Reports, Workers, day, workers_of
from .output import emit, progress, say

if TYPE_CHECKING:
    from ..brief import Person
    from ..model import Coded, EventClaim, Failure, Report, TieClaim


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command(
        "code",
        epilog="Examples:  dragoman code report.html   ·   dragoman code --lines sentences.txt --findings"
        "   ·   dragoman code --lexicon my.toml report.html",
    )(code)


def code(
    reports: Reports = None,
    lines: Annotated[
        Path | None,
        typer.Option(
            "--lines",
            metavar="FILE",
            help="A .txt or .jsonl file, or '-' for standard input: each line a report, left as it is.",
        ),
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
    lexicon: OwnLexicon = None,
) -> int:
    """Code reports and print one JSON line for each (CONTRACT version 1)."""
    if format != "jsonl":
        raise UsageError(
            f"--format: expected jsonl, got {format!r}; `dragoman events` prints tables and CSV from a ledger"
        )
    from ..model import Failure
    from ..record import coded_json, failed_json
    from ..run import code_all

    stream = _stream(reports or [], lines, text, published)
    failed = 0
    for item in progress(code_all(stream, workers=workers_of(workers), findings=findings), "coding"):
        failed += tell(item) > 0
        emit(failed_json(item) if isinstance(item, Failure) else coded_json(item, findings=findings))
    return SOME_FAILED if failed else 0


def _stream(reports: list[str], lines: Path | None, text: bool, published: str | None) -> Iterator[Report | Failure]:
    chosen = bool(reports) + (lines is not None) + text
    if chosen != 1:
        raise UsageError("give REPORTS, or --lines FILE, or --text, one of them; see `dragoman code --help`")
    from ..read import read, read_given, read_lines

    on = day(published, "--published")
    if lines is not None:
        return read_lines(lines, on)
    return read_given(on) if text else read(reports, on)


def recode(sentences: Sequence[str]) -> list[Sequence[EventClaim | TieClaim]]:
    """The claims of each sentence, each coded as a report of its own, published today."""
    from ..model import Coded, Report
    from ..run import Pipeline

    today = settings().now.date()
    reports = [Report(f"{i:016x}", text, published=today, language="en") for i, text in enumerate(sentences)]
    return [c.claims if isinstance(c, Coded) else () for c in Pipeline().code(reports)]


def persons_in(texts: Sequence[str]) -> list[Person]:
    """The persons whom texts name, as written and by their canonical names."""
    from ..brief import Person
    from ..model import Coded, Report
    from ..run import Pipeline

    reports = [
        Report(f"{i:016x}", text, published=settings().now.date(), language="en") for i, text in enumerate(texts)
    ]
    found: list[Person] = []
    for coded in Pipeline().code(reports, findings=True):
        for m in coded.findings.mentions if isinstance(coded, Coded) else ():
            if m.form == "name" and (m.type == "PERSON" or m.party.kind == "person"):
                found += [Person(m.party.text, m.party.id), Person(m.party.name, m.party.id)]
    return found


def tell(item: Coded | Failure) -> int:
    """Say what failed of an item; how many failures that were."""
    failures = failures_of(item)
    for failure in failures:
        say(f"{failure.stage}: {failure.error}: {failure.message}")
    return len(failures)


def failures_of(item: Coded | Failure) -> Sequence[Failure]:
    """What failed of an item."""
    from ..model import Failure

    return (item,) if isinstance(item, Failure) else item.failures
