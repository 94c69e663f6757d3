"""`dragoman codebook` and `dragoman lexicon check`."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

from ..errors import UsageError
from ..settings import settings
from .options import OWN_LEXICON, AsJson, OwnLexicon, own_lexicon
from .output import emit

lexicon = typer.Typer(
    help="The frame lexicon: which words carry which type, PLOVER's or your own.",
    no_args_is_help=True,
    rich_markup_mode=None,
)


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command(
        "codebook",
        epilog="Examples:  dragoman codebook   ·   dragoman codebook SANCTION --json"
        "   ·   dragoman codebook SUMMON --lexicon my.toml",
    )(show)


def show(
    type: Annotated[str | None, typer.Argument(help="One of the 16 types, or of your own; all without it.")] = None,
    lexicon: OwnLexicon = None,
    json_: AsJson = False,
) -> None:
    """Print PLOVER's types, modes and contexts with definitions and examples."""
    from ..codebook import codebook as book
    from ..codebook import describe

    if not json_:
        typer.echo(describe(type))
        return
    types = book().types
    if type is not None and type.upper() not in types:
        raise UsageError(f"no type {type!r}; expected one of {', '.join(types)}")
    for name in [type.upper()] if type else types:
        emit(asdict(types[name]))


@lexicon.command("check", epilog="Example:  dragoman lexicon check --lexicon my.toml")
def check(
    lexicon: Annotated[
        Path | None,
        typer.Option("--lexicon", "--extra", metavar="FILE", callback=own_lexicon, help=OWN_LEXICON),
    ] = None,
) -> None:
    """Check the frame lexicon (the shipped one and your own) and count its frames by type."""
    from ..coding.frames import check as checked

    for line in checked(settings().lexicon):
        typer.echo(line)
