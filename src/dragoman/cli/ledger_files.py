"""`dragoman ledger …`: the file itself, its judgements and its outlets."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

from ..errors import UsageError
from .judging import record_of, told, writable
from .ledgers import opened_ledger
from .options import AsJson, LedgerFile, ledger_path
from .output import emit, say, table

app = typer.Typer(
    help="The ledger's file: what is in it, its judgements, its outlets; make it anew, bring it up to date.",
    no_args_is_help=True,
    rich_markup_mode=None,
)


@app.command("info", epilog="Example:  dragoman ledger info --ledger my.db")
def info(ledger: LedgerFile = None, json_: AsJson = False) -> None:
    """Say what is in the ledger: version, size, reports, claims, happenings, judgements, what was read when."""
    with opened_ledger(ledger) as opened:
        found = opened.info()
    if json_:
        emit(found)
        return
    for name, value in found.items():
        typer.echo(f"{name:<22} {'-' if value is None else value}")


@app.command("rebuild", epilog="Example:  dragoman ledger rebuild --ledger my.db")
def rebuild(ledger: LedgerFile = None) -> None:
    """Make happenings, and all else that is made from facts, anew; facts and judgements are not touched."""
    with writable(ledger) as opened:
        opened.rebuild()
        say(f"{opened.info()['happenings']} happenings made anew")


@app.command("migrate", epilog="Example:  dragoman ledger migrate --ledger old.db")
def migrate(ledger: LedgerFile = None) -> None:
    """Bring a ledger of an older version to this program's version; the old file is kept beside it."""
    from ..ledger.migrating import migrate as bring_up

    place = ledger_path(ledger)
    before, after, kept = bring_up(place)
    if kept is None:
        say(f"{place} is of version {after} already; nothing was changed")
    else:
        say(f"{place} brought from version {before} to {after}; the old file is kept as {kept}")


@app.command("judgements", epilog="Example:  dragoman ledger judgements --export training.jsonl")
def judgements(
    export: Annotated[
        Path | None,
        typer.Option("--export", metavar="FILE", help="Write those that hold as training data (JSON lines)."),
    ] = None,
    lost: Annotated[bool, typer.Option("--lost", help="Only those whose claim is not there any more.")] = False,
    ledger: LedgerFile = None,
    json_: AsJson = False,
) -> None:
    """List judgements, oldest first, or write them as training data."""
    import json

    with opened_ledger(ledger) as opened:
        if export is not None:
            rows = opened.training_data()
            with export.open("w", encoding="utf-8", errors="backslashreplace") as file:
                file.writelines(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
            say(f"{len(rows)} judgements written to {export}")
            return
        found = [j for j in opened.judgements() if j.lost or not lost]
    if not found:
        say("no judgement in the ledger")
    for j in found:
        if json_:
            emit(record_of(j))
    if not json_:
        rows_ = [(j.n, j.at, told(j), "" if j.holds else "undone", "lost" if j.lost else "") for j in found]
        table(("n", "when", "judgement", "", ""), rows_)


@app.command(
    "sources",
    epilog="Examples:  dragoman ledger sources   ·   dragoman ledger sources 'The Herald' --reliability B --owner 'Herald plc'   ·   "
    "dragoman ledger sources --import outlets.toml",
)
def sources(
    outlet: Annotated[str | None, typer.Argument(help="The outlet to say something of.", show_default=False)] = None,
    reliability: Annotated[
        str | None, typer.Option("--reliability", metavar="GRADE", help="A (best) to F; '' takes it back.")
    ] = None,
    owner: Annotated[str | None, typer.Option("--owner", help="Who owns it; '' takes it back.")] = None,
    state: Annotated[
        str | None,
        typer.Option("--state", metavar="CODE", help="The state that controls it, three letters; '' takes it back."),
    ] = None,
    from_: Annotated[
        Path | None, typer.Option("--import", metavar="FILE", help="A list in TOML ([[source]]) or CSV.")
    ] = None,
    ledger: LedgerFile = None,
    json_: AsJson = False,
) -> None:
    """List outlets with reliability, ownership and state control, or say what you know of one."""
    changed = any(value is not None for value in (reliability, owner, state))
    if changed != (outlet is not None):
        raise UsageError(
            "sources: give an OUTLET together with --reliability, --owner or --state, or none of them for a list"
        )
    if outlet is not None and not outlet.strip():
        raise UsageError("OUTLET: expected a name, got nothing")
    if outlet is not None or from_ is not None:
        with writable(ledger) as opened:
            if from_ is not None:
                from ..exchange import load_sources

                say(f"{load_sources(opened, from_)} outlets taken in from {from_}")
            if outlet is not None:
                opened.grade_source(outlet, reliability=reliability, owner=owner, state=state)
                say(f"noted of {outlet}")
        return
    with opened_ledger(ledger) as opened:
        found = opened.all_sources()
    if json_:
        for one in found:
            emit(asdict(one))
    else:
        table(("outlet", "reliability", "owner", "state", "reports"), [tuple(asdict(one).values()) for one in found])


@app.command(
    "export", epilog="Example:  dragoman ledger export tables/   then   dragoman tie Iran Hamas --parquet tables/"
)
def export(
    folder: Annotated[Path, typer.Argument(help="The folder for the tables.")],
    ledger: LedgerFile = None,
) -> None:
    """Write all pairs as Parquet tables: happenings, stated ties, reports read by month. Needs the extra [parquet]."""
    from ..exchange import write_pairs

    with opened_ledger(ledger) as opened:
        rows = write_pairs(opened, folder)
    say(f"{folder}: " + ", ".join(f"{count} rows of {name}" for name, count in rows.items()))
