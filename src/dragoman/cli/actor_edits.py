"""`dragoman actors add | merge | split | judgements | undo | import | export`: the user's own part of the who's who."""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from ..errors import UsageError
from .options import AsJson
from .output import emit, say, table

if TYPE_CHECKING:
    from ..registry.judgements import Judgement
    from ..registry.store import Store

Folder = Annotated[
    Path | None,
    typer.Option("--registry", metavar="FOLDER", help="The folder of your actors (default: one in your data folder)."),
]
By = Annotated[str | None, typer.Option("--by", help="Who judges (default: your user name).")]
Why = Annotated[str, typer.Option("--why", help="The reason, which the log keeps.")]
Day = Annotated[str | None, typer.Option(metavar="DATE")]

FORMAT_OF = {".csv": "csv", ".jsonl": "jsonl", ".ijson": "ftm"}


def store_in(folder: Path | None) -> Store:
    """The user's folder of actors."""
    from ..registry.store import Store

    return Store(folder)


def add(
    name: Annotated[str, typer.Argument(help="The name, as records shall print it.")],
    kind: Annotated[str, typer.Option(help="person, party, 'armed group', company, ngo, ...")],
    country: Annotated[str | None, typer.Option(help="ISO 3166 alpha-3, or IGO UNO EUR NGO MNC.")] = None,
    sector: Annotated[str | None, typer.Option(help="PLOVER sector: GOV MIL REB PTY ...")] = None,
    alias: Annotated[list[str] | None, typer.Option(help="Another name; give it again for more.")] = None,
    from_: Annotated[str | None, typer.Option("--from", metavar="DATE", help="First day.")] = None,
    to: Annotated[str | None, typer.Option("--to", metavar="DATE", help="First day no longer.")] = None,
    part_of: Annotated[str | None, typer.Option(help="Id of the body it belongs to.")] = None,
    wikidata: Annotated[str | None, typer.Option(help="Q-number, where certain.")] = None,
    id_: Annotated[str | None, typer.Option("--id", help="Id (default: made of the name).")] = None,
    registry: Folder = None,
    by: By = None,
    why: Why = "",
) -> None:
    """Add an actor of your own."""
    store = store_in(registry)
    cells = {"id": id_, "name": name, "kind": kind, "country": country, "sector": sector, "names": alias}
    cells |= {"from": from_, "to": to, "part_of": part_of, "wikidata": wikidata}
    whole = {k: v for k, v in cells.items() if v}
    same = store.bearers(whole)
    _told(store.add(whole, why, by))
    if same:
        say(
            f"note: {', '.join(same)} bear one of these names, too; dates and context must tell them apart, or merge them"
        )


def merge(
    keep: Annotated[str, typer.Argument(help="Id or exact name of the actor that stays.")],
    join: Annotated[str, typer.Argument(help="Id or exact name of the actor that becomes part of it.")],
    why: Annotated[str, typer.Option("--why", help="The reason, which the log keeps.")],
    registry: Folder = None,
    by: By = None,
) -> None:
    """Judge that two actors are one."""
    _told(store_in(registry).merge(keep, join, why, by))


def split(
    actor: Annotated[str, typer.Argument(help="Id or exact name of the actor that has another's names.")],
    name: Annotated[
        list[str], typer.Option(help="A name that is another's; the first names it. Give it again for more.")
    ],
    why: Annotated[str, typer.Option("--why", help="The reason, which the log keeps.")],
    kind: Annotated[str | None, typer.Option(help="Kind of the new actor, where it differs.")] = None,
    country: Annotated[str | None, typer.Option(help="Its country, where it differs.")] = None,
    sector: Annotated[str | None, typer.Option(help="Its sector, where it differs.")] = None,
    id_: Annotated[str | None, typer.Option("--id", help="Id (default: made of the name).")] = None,
    registry: Folder = None,
    by: By = None,
) -> None:
    """Judge that some names of an actor are another's."""
    cells = {"id": id_, "name": name[0], "names": name[1:], "kind": kind, "country": country, "sector": sector}
    _told(store_in(registry).split(actor, {k: v for k, v in cells.items() if v}, why, by))


def judgements(registry: Folder = None, json_: AsJson = False) -> None:
    """List what you have changed: number, time, author, what, reason, and whether it stands."""
    from ..registry.judgements import taken_back

    log = store_in(registry).judgements()
    undone = taken_back(log)
    if json_:
        for judgement in log:
            emit({**asdict(judgement), "stands": judgement.number not in undone})
        return
    rows = [(j.number, j.at, j.by, j.told(), j.why, "no" if j.number in undone else "yes") for j in log]
    table(("number", "time", "by", "what", "why", "stands"), rows)


def undo(
    number: Annotated[int, typer.Argument(help="The number that `judgements` tells.")],
    registry: Folder = None,
    by: By = None,
    why: Why = "",
) -> None:
    """Take a judgement back; the registry is then as if it had never been. An undo can be undone."""
    _told(store_in(registry).undo(number, why, by))


def import_(
    file: Annotated[Path, typer.Argument(help="The file; .gz and .bz2 are unpacked.")],
    format_: Annotated[
        str | None, typer.Option("--format", help="wikidata, phoenix, ftm, csv or jsonl (default: by the name).")
    ] = None,
    lenient: Annotated[bool, typer.Option("--lenient", help="Leave bad entries out, and tell them.")] = False,
    registry: Folder = None,
    by: By = None,
    why: Why = "",
) -> None:
    """Import actors from a file, all or none, as one judgement."""
    from ..registry.imports import import_file

    format_ = format_ or FORMAT_OF.get(file.suffix.lower())
    if format_ is None:
        raise UsageError("give --format: wikidata, phoenix, ftm, csv or jsonl")
    told = import_file(store_in(registry), file, format_, lenient=lenient, why=why, by=by)
    for line in told.left_out:
        say(f"left out: {line}")
    if told.judgement is not None:
        _told(told.judgement)
    say(
        f"{told.actors:,} actors with {told.names:,} names, {told.nouns:,} nouns; {len(told.left_out):,} entries left out"
    )


def export(
    format_: Annotated[str, typer.Option("--format", help="jsonl, csv or ftm.")] = "jsonl",
    own: Annotated[bool, typer.Option("--own", help="Only what your files and judgements add or change.")] = False,
    registry: Folder = None,
) -> None:
    """Write actors to standard output."""
    from ..registry.exports import chosen, exported

    for line in exported(chosen(store_in(registry), own), format_):
        sys.stdout.write(line + "\n")


def _told(judgement: Judgement) -> None:
    say(f"judgement {judgement.number}: {judgement.told()}; `dragoman actors undo {judgement.number}` takes it back")


EXAMPLES: dict[str, tuple[Callable[..., Any], str]] = {
    "add": (add, "dragoman actors add 'Ruritanian Front' --kind party --sector PTY --alias RF"),
    "merge": (merge, "dragoman actors merge hezbollah q41053 --why 'same Q-number in its article'"),
    "split": (split, "dragoman actors split jabhat --name 'Jabhat B' --why 'two groups'"),
    "judgements": (judgements, "dragoman actors judgements"),
    "undo": (undo, "dragoman actors undo 3 --why 'a mistake'"),
    "import": (import_, "dragoman actors import dump.json.bz2 --format wikidata"),
    "export": (export, "dragoman actors export --own --format csv"),
}


def register(app: typer.Typer) -> None:
    """Add the commands to `dragoman actors`."""
    for name, (command, example) in EXAMPLES.items():
        app.command(name, epilog=f"Example:  {example}")(command)
