"""`dragoman actors …`: the who's who."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from ..errors import UsageError
from .options import AsJson, day
from .output import emit, table

app = typer.Typer(help="The who's who: find, show, resolve.", no_args_is_help=True, rich_markup_mode=None)


@app.command("find", epilog="Example:  dragoman actors find hizb")
def find(words: Annotated[str, typer.Argument(help="Part of a name.")], limit: int = 20, json_: AsJson = False) -> None:
    """Find actors by part of a name, in any of its variants."""
    from ..registry import Registry, query

    found = query.find(Registry.load(), words, limit)
    if json_:
        for actor in found:
            emit(actor)
    else:
        rows = [(a["id"], a["name"], a["kind"], a["country"], a["sector"]) for a in found]
        table(("id", "name", "kind", "country", "sector"), rows)


@app.command("show", epilog="Example:  dragoman actors show hamas")
def show(actor: Annotated[str, typer.Argument(help="An actor's id or name.")], json_: AsJson = False) -> None:
    """Show all that is known of one actor: names, offices, memberships, with dates."""
    from ..registry import Registry, query

    record = query.show(Registry.load(), actor)
    if json_:
        emit(record)
        return
    for field, value in record.items():
        typer.echo(f"{field:<12} {value}")


@app.command("resolve", epilog="Example:  echo 'the Egyptian president' | dragoman actors resolve --jsonl")
def resolve(
    name: Annotated[str | None, typer.Argument(help="A name; standard input with --jsonl.")] = None,
    on: Annotated[
        str | None, typer.Option("--on", metavar="DATE", help="The day on which the office or side is asked for.")
    ] = None,
    jsonl: Annotated[
        bool,
        typer.Option("--jsonl", help="One name per line of standard input, optionally after YYYY-MM-DD and a tab."),
    ] = False,
) -> None:
    """Who a name is: canonical name, country, sector."""
    from ..registry import Registry, query

    if name is None and not jsonl:
        raise UsageError("give a NAME, or --jsonl with names on standard input")
    asked = day(on, "--on")
    lines = sys.stdin if name is None else [f"{asked.isoformat()}\t{name}" if asked else name]
    for answer in query.resolve_lines(lines, Registry.load(), _country_of):
        emit(answer)


def _country_of(place: str) -> str | None:
    """The country of the largest place of that name."""
    from ..find.places.gazetteer import fold, gazetteer

    found = gazetteer().find(fold(place))
    return max(found, key=lambda entry: entry.people).country or None if found else None
