"""Commands that read the ledger: `tie`, `ties`, `events`, `disputes`, `verify`."""

from __future__ import annotations

import csv
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import Annotated, Any, TextIO

import typer

from ..errors import UsageError
from .filters import (
    Of,
    PairOf,
    Place,
    Reliability,
    Source,
    StanceOf,
    TypeOf,
    WithoutState,
    name_of,
    narrowed,
    pair_of,
    stance_of,
    types_of,
)
from .options import AsJson, LedgerFile, OwnLexicon, Since, Until, bounds, day, ledger_path
from .output import emit, say, table
from .tie_lines import draw_tie, tell_beside, tell_series, tell_tables

AsOf = Annotated[
    str | None,
    typer.Option("--as-of", metavar="DATE", help="What the ledger knew at the end of that day (YYYY-MM-DD)."),
]
EVENT_FORMATS = ("table", "jsonl", "csv", "parquet", "polecat")
TIE_FORMATS = ("table", "jsonl", "csv", "series", "parquet")
Out = Annotated[
    Path | None,
    typer.Option("--out", metavar="FILE", help="Write to this file; parquet needs one.", show_default=False),
]
MOST = 1_000_000_000
"""What `--limit` takes at most."""
SHOWN = 50
"""Happenings that a table shows where no `--limit` is given."""


def register(app: typer.Typer) -> None:
    """Add the commands."""
    app.command("tie", epilog="Example:  dragoman tie Hamas Iran --since 2011")(tie)
    app.command("ties", epilog="Example:  dragoman ties --of Iran")(ties)
    app.command(
        "events", epilog="Examples:  dragoman events --of Iran   ·   dragoman events --format csv > events.csv"
    )(events)
    app.command("disputes", epilog="Example:  dragoman disputes --of Syria")(disputes)
    app.command("verify", epilog="Example:  dragoman verify --ledger my.db")(verify)


@contextmanager
def opened_ledger(path: Path | None) -> Iterator[Any]:
    """The ledger, open for reading.

    Raises:
        UsageError: there is none yet.
    """
    from ..ledger import Ledger

    place = ledger_path(path)
    if not place.exists() or not place.stat().st_size:
        raise UsageError(f"there is no ledger at {place} yet; `dragoman read REPORTS` makes one")
    with Ledger.open(place, readonly=True) as ledger:
        yield ledger


def _known_on(as_of: str | None) -> str | None:
    """The day of `--as-of`: a whole one, since "as of 2020" might mean its first day or its last.

    Raises:
        UsageError: it is none.
    """
    told = day(as_of, "--as-of")
    return told.isoformat() if told else None


def tie(
    a: Annotated[str, typer.Argument(help="One actor.")],
    b: Annotated[str, typer.Argument(help="The other.")],
    since: Since = None,
    until: Until = None,
    as_of: AsOf = None,
    rollup: Annotated[
        bool, typer.Option("--rollup/--no-rollup", help="A state with all who act for it, or the actors alone.")
    ] = True,
    source: Source = None,
    reliability: Reliability = None,
    without_state: WithoutState = None,
    parquet: Annotated[
        Path | None,
        typer.Option(
            "--parquet", metavar="FOLDER", help="Read what `dragoman ledger export` wrote instead of a ledger."
        ),
    ] = None,
    chart: Annotated[
        Path | None, typer.Option("--chart", metavar="FILE", help="Draw it as .svg or .png (needs the extra [brief]).")
    ] = None,
    ledger: LedgerFile = None,
    json_: AsJson = False,
) -> None:
    """How two actors stand: now, since when, the trend, what moved it, who disputes it."""
    first, last = bounds(since, until)
    if parquet is not None:
        if source or reliability or without_state or as_of or not rollup:
            raise UsageError(
                "--parquet goes with --since and --until only: the tables do not tell sources or days of reading"
            )
        tell_tables(parquet, (name_of(a, "A"), name_of(b, "B")), (first, last), json_=json_)
        return
    with opened_ledger(ledger) as opened:
        asked = narrowed(opened, source, reliability, without_state)
        found = asked.tie(
            name_of(a, "A"), name_of(b, "B"), since=first, until=last, as_of=_known_on(as_of), rollup=rollup
        )
    if chart is not None:
        draw_tie(found, chart)
    if json_:
        emit(asdict(found))
        return
    typer.echo(f"{found.a.name} – {found.b.name}")
    typer.echo(
        f"  state    {found.state or 'not reported'}{f', since {found.state_since}' if found.state_since else ''}"
    )
    typer.echo(f"  trend    {found.trend or 'not known'}")
    if found.level is not None:
        typer.echo(
            f"  level    {found.level:+.1f} ({found.low:+.1f} to {found.high:+.1f}) on PLOVER's scale of -10 to 10"
        )
    typer.echo(
        f"  disputed {found.disputed:.0%}   single-sourced {found.single:.0%}   by a party's own word {found.interested:.0%}"
        f"   last report {found.last_report or '-'}"
    )
    for name, (count, mean) in found.flows.items():
        typer.echo(f"  {name:<24} {count:>4}   mean intensity {mean:+.1f}")
    tell_series(found.series)
    tell_beside(found)


def ties(
    of: Annotated[str, typer.Option("--of", help="The actor.")],
    since: Since = None,
    until: Until = None,
    as_of: AsOf = None,
    source: Source = None,
    reliability: Reliability = None,
    without_state: WithoutState = None,
    format: Annotated[
        str, typer.Option("--format", help="table, jsonl, csv (a row per tie), series (a row per period) or parquet.")
    ] = "table",
    out: Out = None,
    limit: Annotated[int, typer.Option("--limit", min=1, max=MOST)] = 20,
    ledger: LedgerFile = None,
    json_: AsJson = False,
) -> None:
    """Rank an actor's counterparts by what is reported."""
    first, last = bounds(since, until)
    chosen = _form("jsonl" if json_ else format, TIE_FORMATS, out)
    with opened_ledger(ledger) as opened:
        asked = narrowed(opened, source, reliability, without_state)
        found = asked.ties_of(name_of(of, "--of"), since=first, until=last, limit=limit, as_of=_known_on(as_of))
    _say_if_none(found, "tie")
    if chosen == "parquet":
        from ..exchange import ties_parquet

        ties_parquet(found, out or Path())
        return
    with _output(out) as file:
        _ties_written(found, chosen, file)


def _ties_written(found: Any, form: str, file: TextIO) -> None:
    from ..exchange import series_csv, ties_csv, ties_jsonl

    if form == "jsonl":
        file.writelines(line + "\n" for line in ties_jsonl(found))
        return
    if form != "table":
        csv.writer(file, lineterminator="\n").writerows((ties_csv if form == "csv" else series_csv)(found))
        return
    rows = [
        (
            one.b.name,
            one.state,
            one.state_since,
            one.trend,
            None if one.level is None else f"{one.level:+.1f}",
            len(one.happenings),
            f"{one.disputed:.0%}",
        )
        for one in found
    ]
    table(("counterpart", "state", "since", "trend", "level", "happenings", "disputed"), rows)


def events(
    of: Of = None,
    pair: PairOf = None,
    type: TypeOf = None,
    place: Place = None,
    stance: StanceOf = None,
    as_of: AsOf = None,
    source: Source = None,
    reliability: Reliability = None,
    without_state: WithoutState = None,
    since: Since = None,
    until: Until = None,
    format: Annotated[str, typer.Option("--format", help="table, jsonl, csv, parquet or polecat.")] = "table",
    out: Out = None,
    limit: Annotated[int | None, typer.Option("--limit", min=1, max=MOST)] = None,
    lexicon: OwnLexicon = None,
    ledger: LedgerFile = None,
    json_: AsJson = False,
) -> None:
    """List happenings: who did what to whom, newest first."""
    chosen = _form("jsonl" if json_ else format, EVENT_FORMATS, out)
    types = types_of(type)
    first, last = bounds(since, until)
    with opened_ledger(ledger) as opened:
        asked = narrowed(opened, source, reliability, without_state)
        found = asked.happenings(
            of=of, pair=pair_of(pair), since=first, until=last, types=types, place=None if place is None else name_of(place, "--place"),
            stance=stance_of(stance), as_of=_known_on(as_of), limit=limit or (SHOWN if chosen == "table" else None),
        )  # fmt: skip
    _say_if_none(found, "happening")
    if chosen == "table" and limit is None and len(found) == SHOWN:
        say(f"the newest {SHOWN}; --limit shows more")
    if chosen == "parquet":
        from ..exchange import events_parquet

        events_parquet(found, out or Path())
        return
    with _output(out) as file:
        _written(found, chosen, file)


def _written(found: Any, form: str, file: TextIO) -> None:
    from ..exchange import events_csv, events_jsonl, polecat_csv

    if form == "jsonl":
        file.writelines(line + "\n" for line in events_jsonl(found))
    elif form == "table":
        table(("when", "type", "who", "to whom", "where", "reports", "origins", "stance"), map(_row, found))
    else:
        csv.writer(file, lineterminator="\n").writerows((events_csv if form == "csv" else polecat_csv)(found))


def _form(form: str, known: tuple[str, ...], out: Path | None) -> str:
    """The format asked for.

    Raises:
        UsageError: there is no such format, or it does not go with `--out`.
    """
    if form not in known:
        raise UsageError(f"--format: expected {', '.join(known)}, got {form!r}")
    if form == "parquet" and out is None:
        raise UsageError("--format parquet: expected --out FILE, as Parquet is no text for standard output")
    if form == "table" and out is not None:
        raise UsageError("--out goes with --format jsonl, csv and the like, not with a table")
    return form


@contextmanager
def _output(out: Path | None) -> Iterator[TextIO]:
    """Standard output, or a file that stands in its place only once it is whole."""
    if out is None:
        yield sys.stdout
        return
    if not out.absolute().parent.is_dir():
        raise UsageError(f"--out: the folder {str(out.absolute().parent)!r} is not there; make it first")
    part = out.with_name(out.name + ".part")
    try:
        with part.open("w", encoding="utf-8", errors="backslashreplace", newline="") as file:
            yield file
        part.replace(out)
    finally:
        part.unlink(missing_ok=True)


def _row(one: Any) -> tuple[Any, ...]:
    stances = ", ".join(f"{name} {count}" for name, count in one.stances.items())
    return (
        one.from_ or one.reported,
        f"{one.type}/{one.mode}" if one.mode else one.type,
        "; ".join(a.name for a in one.actors),
        "; ".join(r.name for r in one.recipients),
        one.where,
        one.reports,
        one.origins,
        stances,
    )


def disputes(
    of: Of = None,
    pair: PairOf = None,
    as_of: AsOf = None,
    source: Source = None,
    reliability: Reliability = None,
    without_state: WithoutState = None,
    since: Since = None,
    until: Until = None,
    ledger: LedgerFile = None,
    json_: AsJson = False,
) -> None:
    """Show claims that cannot both hold, side by side with who says them."""
    first, last = bounds(since, until)
    with opened_ledger(ledger) as opened:
        asked = narrowed(opened, source, reliability, without_state)
        found = asked.disputes(of=of, pair=pair_of(pair), since=first, until=last, as_of=_known_on(as_of))
    _say_if_none(found, "dispute")
    for one in found:
        if json_:
            emit(asdict(one))
            continue
        typer.echo(f"{one.date or 'undated'}  {one.why}")
        for side in one.sides:
            for passage in side[:3]:
                chain = " ← ".join(v.name for v in passage.chain) or "the report's own voice"
                where = f"{passage.report.outlet or 'no outlet'}, {passage.report.published or 'undated'}"
                typer.echo(f"    {passage.stance:<8} {chain} ({where}): {passage.text}")


def verify(ledger: LedgerFile = None, json_: AsJson = False) -> int:
    """Prove the ledger sound: hashes, offsets, references, counts."""
    with opened_ledger(ledger) as opened:
        faults = list(opened.verify())
    for fault in faults:
        if json_:
            emit({"fault": str(fault)})
        else:
            typer.echo(str(fault))
    say("no fault" if not faults else f"{len(faults)} faults")
    return 1 if faults else 0


def _say_if_none(found: Any, what: str) -> None:
    """An empty answer is an answer; said, so that nobody takes it for a fault."""
    if not found:
        say(f"no {what} in the ledger fits what you asked for")
