"""`dragoman codebook` and `dragoman lexicon check`."""

from __future__ import annotations

from typing import Annotated

import typer

from .options import AsJson
from .output import emit, say

lexicon = typer.Typer(
    help="The frame lexicon: which words carry which type.", no_args_is_help=True, rich_markup_mode=None
)


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("codebook", epilog="Examples:  dragoman codebook   ·   dragoman codebook SANCTION --json")(codebook)


def codebook(
    type: Annotated[str | None, typer.Argument(help="One of the 16 types; all without it.")] = None,
    json_: AsJson = False,
) -> None:
    """Print PLOVER's types, modes and contexts with definitions and examples."""
    from ..codebook import describe, describe_json

    if json_:
        emit(describe_json(type))
    else:
        typer.echo(describe(type))


@lexicon.command("check")
def check() -> None:
    """Check the frame lexicon (the shipped one and your own) and count its frames by type."""
    from ..coding.lexicon import check as checked

    counts = checked()
    for name, count in sorted(counts.items()):
        typer.echo(f"{name:<12} {count:>6}")
    say(f"{sum(counts.values())} frames, no fault")
