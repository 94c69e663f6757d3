"""`dragoman brief`: reports in (or a ledger), a published brief out."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ..errors import UsageError
from ..settings import settings
from .coding import persons_in, recode
from .filters import Reliability, Source, narrowed
from .ledgers import opened_ledger
from .options import (
    SOME_FAILED,
    AsJson,
    LedgerFile,
    OwnLexicon,
    Published,
    Since,
    Until,
    Workers,
    bounds,
    ledger_path,
)
from .output import emit, say
from .reading import Asked, read_into
from .sending import Eml, Kindle, Mail, Mailing, Unsubscribe, mailing, post, sender_of

if TYPE_CHECKING:
    from ..brief import Brief, OwnText, Proof
    from ..ledger import Ledger
    from ..publish import Gallery
    from ..publish.mail_send import Letter

Topic = Annotated[
    str,
    typer.Argument(
        help="An actor (Iran), a pair (Hamas–Iran or 'Hamas, Iran'), a group, a place, or words to look for."
    ),
]
Text = Annotated[
    Path | None,
    typer.Option(
        "--text", metavar="FILE", help="The editors' own text: Markdown with blocks like {{ tie Hamas Iran }}."
    ),
]
Proved = Annotated[
    bool,
    typer.Option(
        "--prove", help="Code the prose again: what stands without a voice must have two independent origins."
    ),
]


Rewrite = Annotated[
    str | None,
    typer.Option(
        "--rewrite", metavar="URL", help="A language model's server (OpenAI's protocol) that may reword the prose."
    ),
]
Redact = Annotated[
    bool,
    typer.Option("--redact", help="Hide the names of persons who hold no office in the who's who, in all editions."),
]
ModelName = Annotated[str | None, typer.Option("--model", metavar="NAME", help="The model to ask for (--rewrite).")]


@dataclass(frozen=True, slots=True)
class _Asking:
    """What a brief is to be about, in which period, with which own text, and whether it is to be proved."""

    topic: str
    period: tuple[str | None, str | None]
    own: OwnText | None = None
    proved: bool = False
    rewriter: tuple[str, str] | None = None
    redact: bool = False


FORMATS = ("html", "pdf", "epub", "md", "docx", "bibtex", "json", "mail")


def register(app: typer.Typer) -> None:
    """Add the commands."""
    app.command(
        "brief",
        epilog="Examples:  dragoman brief Iran examples/iran   ·   dragoman brief Hamas–Iran --since 2012 --format html,pdf"
        "   ·   dragoman brief Iran --mail desk@example.org --mail readers.txt --kindle me@kindle.com",
    )(brief)


def brief(
    topic: Topic,
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
    source: Source = None,
    reliability: Reliability = None,
    text: Text = None,
    proved: Proved = False,
    rewrite: Rewrite = None,
    model: ModelName = None,
    redact: Redact = False,
    mail: Mail = None,
    kindle: Kindle = None,
    eml: Eml = None,
    unsubscribe: Unsubscribe = None,
    published: Published = None,
    workers: Workers = None,
    lexicon: OwnLexicon = None,
    json_: AsJson = False,
) -> int:
    """Publish the brief on a topic as a page, PDF, EPUB and Markdown; mail it."""
    from ..brief import read_own_text, terminal_summary
    from ..publish import Gallery, publish

    if not topic.strip():
        raise UsageError("TOPIC: expected an actor, a pair, a group or a place, got nothing")
    formats = _formats(format)
    asking = _Asking(
        topic, bounds(since, until), read_own_text(text) if text else None, proved, _rewriter(rewrite, model), redact
    )
    asked = mailing(mail, kindle, eml, unsubscribe)
    path = ledger_path(ledger)
    folder = _folder(out or Path(f"brief-{_slug(topic)}"))
    failures = _read_first(path, reports, Asked(published, workers))
    with opened_ledger(path) as opened:
        composed, proof = _composed(narrowed(opened, source, reliability), asking)
    gallery = Gallery()
    editions = publish(composed, folder, [*formats, "epub"] if asked.kindle else formats, gallery=gallery)
    if json_:
        emit({"topic": topic, "editions": {name: str(place) for name, place in editions.items()}, "failures": failures})
    else:
        _summary(terminal_summary(composed), editions)
    failures += _told(proof) if proof else 0
    status = post(_letters(composed, editions, asked, gallery), asked) if asked else 0
    return SOME_FAILED if failures else status


def _read_first(path: Path, reports: list[str] | None, asked: Asked) -> int:
    """Reads the reports that are given with the topic; how many inputs failed.

    Raises:
        UsageError: there are none, and no ledger either.
    """
    if reports:
        tally = read_into(path, reports, asked)
        say(tally.line())
        return tally.failures
    if not path.exists():
        raise UsageError(f"there is no ledger at {path} yet; give REPORTS to read, or --ledger FILE")
    return 0


def _composed(opened: Ledger, asked: _Asking) -> tuple[Brief, Proof | None]:
    """The brief, and the proof of it where one is asked for.

    Raises:
        UsageError: the ledger does not know the topic, or own text asks for what it does not know.
    """
    from ..brief import Notebook, gather, prove, unknown, written

    material = gather(opened, asked.topic, *asked.period)
    if material.topic.kind == "unknown":
        raise UsageError(f"TOPIC: {unknown(opened, asked.topic.strip())}")
    composed = written(material, opened, settings().now.date(), Notebook(), asked.own)
    if asked.rewriter:
        composed = _reworded(composed, *asked.rewriter)
    proof = prove(composed, opened, recode) if asked.proved else None
    return (_withheld(composed, opened) if asked.redact else composed), proof


def _withheld(brief: Brief, opened: Ledger) -> Brief:
    """The brief without the names of private persons; says how many."""
    from ..brief import redacted

    made, count = redacted(brief, opened, persons_in)
    say(f"names withheld: {count}")
    return made


def _rewriter(url: str | None, model: str | None) -> tuple[str, str] | None:
    if bool(url) != bool(model):
        raise UsageError("--rewrite URL and --model NAME belong together: give both")
    return (url, model) if url and model else None


def _reworded(brief: Brief, url: str, model: str) -> Brief:
    """The brief in the model's words where they say the same; says how many were taken."""
    from ..brief import rewritten
    from ..publish.rewriter import Model

    with Model(url, model, settings().rewrite_key) as asked:
        made, came = rewritten(brief, asked, recode)
    say(came.words)
    return made


def _told(proof: Proof) -> int:
    """Says what came of the proof; how many claims failed it."""
    said = f"proof: {proof.sentences} sentences, {proof.claims} claims coded from them"
    say(f"{said}, {proof.own} in the brief’s own voice, {len(proof.failed)} of those on less than two origins")
    for failed in proof.failed:
        say(f"not proved: {failed.words}")
    return len(proof.failed)


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
