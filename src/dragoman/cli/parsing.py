"""`dragoman parse`: what the engine sees."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated, Any

import typer

from ..errors import UsageError
from ..settings import settings
from .coding import tell
from .options import SOME_FAILED, Reports, text_of_stdin
from .output import emit

if TYPE_CHECKING:
    from ..model import Failure, Parse, Report


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command(
        "parse", epilog="Examples:  dragoman parse report.html --conllu   ·   dragoman parse --conllu < blank.conllu"
    )(parse)


def parse(
    reports: Reports = None,
    conllu: Annotated[
        bool, typer.Option("--conllu", help="CoNLL-U. Without REPORTS, fill in the CoNLL-U of standard input.")
    ] = False,
    as_json: Annotated[
        bool, typer.Option("--json", help="One JSON line per report: sentences, tokens, names.")
    ] = False,
    displacy: Annotated[
        bool, typer.Option("--displacy", help="One JSON line per sentence, as displaCy draws it (`manual=True`).")
    ] = False,
) -> int:
    """Parse reports: sentences, words, UD syntax, names."""
    if conllu + as_json + displacy > 1:
        raise UsageError("give one of --conllu, --json, --displacy")
    if not reports:
        if not conllu:
            raise UsageError("give REPORTS; only --conllu reads standard input without them")
        return _fill(text_of_stdin())
    from ..model import Failure
    from ..read import read

    failed = 0
    for report, parsed in _parsed(read(reports)):
        if isinstance(report, Failure):
            failed += tell(report)
        elif parsed is not None:
            _show(report, parsed, "json" if as_json else "displacy" if displacy else "conllu")
    return SOME_FAILED if failed else 0


def _fill(text: str) -> int:
    """CoNLL-U in, the same sentences and words out with their analysis."""
    from ..parse import load
    from ..parse.conllu import reparse

    sys.stdout.write(reparse(text, load()))
    return 0


def _parsed(stream: Iterator[Report | Failure]) -> Iterator[tuple[Report | Failure, Parse | None]]:
    from ..model import Failure
    from ..parse.adapters import open_parser

    engine = open_parser(settings().engine)
    for item in stream:
        yield (item, None) if isinstance(item, Failure) else (item, engine.parse(item.text))


def _show(report: Report, parsed: Parse, form: str) -> None:
    from ..parse import conllu, displacy

    if form == "json":
        emit(_as_json(report, parsed))
    elif form == "displacy":
        for sentence in displacy.dependencies(parsed):
            emit(sentence)
    else:
        sys.stdout.write(conllu.write(parsed))


def _as_json(report: Report, parsed: Parse) -> dict[str, Any]:
    quoted = parsed.quote_tags
    return {
        "report": report.id,
        "text": parsed.text,
        "engine": parsed.engine,
        "sentences": [{"start": s.start, "end": s.end, "first": s.first, "last": s.last} for s in parsed.sentences],
        "tokens": [
            {
                "start": t.start,
                "end": t.end,
                "text": t.text,
                "lemma": t.lemma,
                "upos": t.upos,
                "xpos": t.xpos,
                "feats": t.feats,
                "head": t.head,
                "dep": t.dep,
                "quote": list(quoted[t.i]),
            }
            for t in parsed.tokens
        ],
        "entities": [{"first": e.first, "last": e.last, "label": e.label} for e in parsed.entities],
    }
