"""`dragoman actors …`: the who's who."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from typing import TYPE_CHECKING, Annotated

import typer

from ..errors import UsageError
from . import actor_edits
from .actor_edits import Folder, store_in
from .ledgers import opened_ledger
from .options import SOME_FAILED, AsJson, LedgerFile, day
from .output import emit, say, table

if TYPE_CHECKING:
    from ..registry import Registry

Limit = Annotated[int, typer.Option("--limit", min=1, help="How many at most.")]

app = typer.Typer(
    help="The who's who: find, show, resolve; list those in the ledger; change it.",
    no_args_is_help=True,
    rich_markup_mode=None,
)
actor_edits.register(app)


@app.command("find", epilog="Example:  dragoman actors find hizb")
def find(
    words: Annotated[str, typer.Argument(help="Part of a name.")],
    limit: Limit = 20,
    json_: AsJson = False,
    registry: Folder = None,
) -> None:
    """Find actors by part of a name, in any of its variants."""
    from ..registry import query

    found = query.find(store_in(registry).registry(), words, limit)
    if not found:
        say(f"nobody in the who's who has a name like {words!r}")
    if json_:
        for actor in found:
            emit(actor)
    else:
        rows = [(a["id"], a["name"], a["kind"], a["country"], a["sector"]) for a in found]
        table(("id", "name", "kind", "country", "sector"), rows)


@app.command("show", epilog="Example:  dragoman actors show hamas")
def show(
    actor: Annotated[str, typer.Argument(help="An actor's id or name.")],
    json_: AsJson = False,
    registry: Folder = None,
) -> None:
    """Show all that is known of one actor: names, offices, memberships, with dates."""
    from ..registry import query

    record = query.show(store_in(registry).registry(), actor)
    if json_:
        emit(record)
        return
    for field, value in record.items():
        typer.echo(f"{field:<12} {value}")


@app.command("list", epilog="Example:  dragoman actors list hamas --ledger my.db")
def list_(
    words: Annotated[str, typer.Argument(help="Only those with a name that begins so.", show_default=False)] = "",
    limit: Limit = 50,
    ledger: LedgerFile = None,
    json_: AsJson = False,
) -> None:
    """List the actors that the ledger's reports name, the most named first."""
    with opened_ledger(ledger) as opened:
        found = opened.actors(words, limit)
    if not found:
        say(
            f"no report in the ledger names anybody like {words!r}"
            if words
            else "no report in the ledger names anybody"
        )
    if json_:
        for actor in found:
            emit({"id": actor.id, "name": actor.name, "country": actor.country, "sector": actor.sector})
    elif found:
        table(("id", "name", "country", "sector"), [(a.id, a.name, a.country, a.sector) for a in found])


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
    registry: Folder = None,
) -> int:
    """Who a name is: canonical name, country, sector."""
    if (name is None) != jsonl:
        raise UsageError("give a NAME, or --jsonl with names on standard input, one of them")
    asked = day(on, "--on")
    lines = sys.stdin if name is None else [f"{asked.isoformat()}\t{name}" if asked else name]
    return SOME_FAILED if _resolved(lines, store_in(registry).registry()) else 0


def _resolved(lines: Iterable[str], registry: Registry) -> int:
    """Prints an answer to each line; how many lines were wrong (their answers are empty, the rest goes on)."""
    from ..registry import query

    wrong = 0
    for number, line in enumerate(lines, 1):
        try:
            emit(next(query.resolve_lines([line], registry, _country_of)))
        except UsageError as error:
            wrong += 1
            say(f"line {number}: {error}")
            emit({"text": line.rstrip("\r\n"), "name": None, "country": None, "sector": None})
    return wrong


def _country_of(place: str) -> str | None:
    """The country of the largest place of that name."""
    from ..find.places.gazetteer import fold, gazetteer

    found = gazetteer().find(fold(place))
    return max(found, key=lambda entry: entry.people).country or None if found else None
