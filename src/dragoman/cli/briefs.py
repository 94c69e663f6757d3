"""`dragoman brief`: reports in (or a ledger), a published brief out."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from ..errors import UsageError
from ..settings import settings
from .coding import tell
from .ledgers import opened_ledger
from .options import (
    SOME_FAILED,
    AsJson,
    LedgerFile,
    Published,
    Since,
    Until,
    Workers,
    bounds,
    day,
    ledger_path,
    workers_of,
)
from .output import emit, progress, say
from .sending import Eml, Kindle, Mail, Mailing, Unsubscribe, mailing, post, sender_of

if TYPE_CHECKING:
    from ..brief import Brief
    from ..publish import Gallery
    from ..publish.mail_send import Letter

FORMATS = ("html", "pdf", "epub", "md", "json", "mail")


def register(app: typer.Typer) -> None:
    """Add the commands."""
    app.command(
        "brief",
        epilog="Examples:  dragoman brief Iran examples/iran   ·   dragoman brief Hamas–Iran --since 2012 --format html,pdf"
        "   ·   dragoman brief Iran --mail desk@example.org --mail readers.txt --kindle me@kindle.com",
    )(brief)
    app.command(
        "read", epilog="Examples:  dragoman read reports/ --ledger my.db   ·   dragoman read 'archive/**/*.html'"
    )(read_reports)


def read_reports(
    reports: Annotated[
        list[str], typer.Argument(metavar="REPORTS...", help="Files, folders, patterns, '-' or http(s) addresses.")
    ],
    ledger: LedgerFile = None,
    published: Published = None,
    workers: Workers = None,
    json_: AsJson = False,
) -> int:
    """Read and code reports into the ledger. Reading again adds nothing twice."""
    counts, failures = _read_into(ledger_path(ledger), reports, published, workers)
    if json_:
        emit({**counts, "failures": failures})
    else:
        say(_counted(counts, failures))
    return SOME_FAILED if failures else 0


def brief(
    topic: Annotated[
        str, typer.Argument(help="An actor (Iran), a pair (Hamas–Iran or 'Hamas, Iran'), a group or a place.")
    ],
    reports: Annotated[
        list[str] | None, typer.Argument(metavar="[REPORTS]...", help="Reports to read first.", show_default=False)
    ] = None,
    ledger: LedgerFile = None,
    since: Since = None,
    until: Until = None,
    format: Annotated[
        str, typer.Option("--format", help=f"Editions, parted by commas: {', '.join(FORMATS)}.")
    ] = "html,pdf,epub,md",
    out: Annotated[
        Path | None, typer.Option("--out", metavar="DIR", help="Folder for the editions (default: brief-TOPIC).")
    ] = None,
    text: Annotated[
        Path | None,
        typer.Option(
            "--text", metavar="FILE", help="The editors' own text: Markdown with blocks like {{ tie Hamas Iran }}."
        ),
    ] = None,
    mail: Mail = None,
    kindle: Kindle = None,
    eml: Eml = None,
    unsubscribe: Unsubscribe = None,
    published: Published = None,
    workers: Workers = None,
    json_: AsJson = False,
) -> int:
    """Publish the brief on a topic as a page, PDF, EPUB and Markdown; mail it."""
    from ..brief import Notebook, gather, read_own_text, terminal_summary, written
    from ..publish import Gallery, publish

    if not topic.strip():
        raise UsageError("TOPIC: expected an actor, a pair, a group or a place, got nothing")
    formats = _formats(format)
    first, last = bounds(since, until)
    own = read_own_text(text) if text else None
    asked = mailing(mail, kindle, eml, unsubscribe)
    path = ledger_path(ledger)
    folder = _folder(out or Path(f"brief-{_slug(topic)}"))
    failures = 0
    if reports:
        counts, failures = _read_into(path, reports, published, workers)
        say(_counted(counts, failures))
    elif not path.exists():
        raise UsageError(f"there is no ledger at {path} yet; give REPORTS to read, or --ledger FILE")
    with opened_ledger(path) as opened:
        material = gather(opened, topic, first, last)
        composed = written(material, opened, settings().now.date(), Notebook(), own)
    gallery = Gallery()
    editions = publish(composed, folder, [*formats, "epub"] if asked.kindle else formats, gallery=gallery)
    if json_:
        emit({"topic": topic, "editions": {name: str(place) for name, place in editions.items()}, "failures": failures})
    else:
        _summary(terminal_summary(composed), editions)
    status = post(_letters(composed, editions, asked, gallery), asked) if asked else 0
    return SOME_FAILED if failures else status


def _letters(brief: Brief, editions: dict[str, Path], asked: Mailing, gallery: Gallery) -> list[Letter]:
    from ..publish.mail_send import letters, parcels

    sender = sender_of(asked)
    found = letters(brief, asked.mail, sender, gallery=gallery, unsubscribe=asked.unsubscribe) if asked.mail else []
    if asked.kindle:
        found += parcels(brief.title, brief.notices, editions["epub"], asked.kindle, sender)
    return found


def _summary(lines: list[str], editions: dict[str, Path]) -> None:
    for line in lines:
        typer.echo(line)
    typer.echo("")
    for name, place in editions.items():
        typer.echo(f"{name:>5}  {place}")


def _read_into(
    path: Path, reports: list[str], published: str | None, workers: int | None
) -> tuple[dict[str, int], int]:
    """Code reports into a ledger; what was added, and how many reports failed."""
    from ..ledger import Ledger
    from ..model import Failure
    from ..read import read
    from ..run import code_all

    failures = 0
    stream = code_all(read(reports, day(published, "--published")), workers=workers_of(workers))

    def coded() -> Any:
        nonlocal failures
        for item in progress(stream, "reading"):
            failures += tell(item)
            if not isinstance(item, Failure):
                yield item

    with Ledger.open(path) as opened:
        added = opened.add(coded())
    return {"new": added.new, "same": added.same, "revised": added.revised, "claims": added.claims}, failures


def _counted(counts: dict[str, int], failures: int) -> str:
    said = f"{counts['new']} new reports, {counts['revised']} revised, {counts['same']} known; {counts['claims']} claims added"
    return said + (f"; {failures} could not be read" if failures else "")


def _formats(value: str) -> list[str]:
    wanted = [part.strip().lower() for part in value.split(",") if part.strip()]
    unknown = [name for name in wanted if name not in FORMATS]
    if unknown or not wanted:
        raise UsageError(f"--format: expected some of {', '.join(FORMATS)}, got {value!r}")
    return wanted


def _folder(path: Path) -> Path:
    """The folder for the editions, made before anything is read for it.

    Raises:
        UsageError: it cannot be made or written to.
    """
    try:
        path.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise UsageError(f"--out: the folder {path} cannot be made: {error.strerror}; give another one") from error
    if not os.access(path, os.W_OK):
        raise UsageError(f"--out: you may not write in the folder {path}; give another one")
    return path


def _slug(topic: str) -> str:
    kept = "".join(c if c.isalnum() else "-" for c in topic.lower())
    return "-".join(part for part in kept.split("-") if part)[:60] or "topic"
