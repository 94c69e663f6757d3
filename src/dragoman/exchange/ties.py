"""Ties out: JSON Lines with everything, and CSV with one row per tie or one per period."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import asdict

from dragoman.ledger.views import Tie

from .cells import Cell, rows

COLUMNS = (
    "a a_id b b_id since until state state_since trend level low high disputed single_sourced changes stated last_report"
    " verbal_cooperation material_cooperation verbal_conflict material_conflict"
).split()
QUADS = ("verbal-cooperation", "material-cooperation", "verbal-conflict", "material-conflict")
SERIES = "a b date level low high happenings collected".split()


def ties_jsonl(ties: Iterable[Tie]) -> Iterator[str]:
    """One JSON object per tie with series, change points, stated ties, happenings and disputes."""
    for tie in ties:
        yield json.dumps(asdict(tie), ensure_ascii=False)


def ties_csv(ties: Iterable[Tie], *, raw: bool = False) -> Iterator[list[Cell]]:
    """A header and one row per tie; flows are numbers of happenings by quad."""
    yield list(COLUMNS)
    yield from rows((tie_cells(tie) for tie in ties), raw=raw)


def tie_cells(tie: Tie) -> list[Cell]:
    """One row in the columns of `COLUMNS`."""
    return [
        tie.a.name, tie.a.id, tie.b.name, tie.b.id, tie.since, tie.until, tie.state, tie.state_since, tie.trend, tie.level, tie.low,
        tie.high, round(tie.disputed, 4), round(tie.single, 4), "; ".join(c.date for c in tie.changes), len(tie.stated), tie.last_report,
        *(tie.flows.get(quad, (0, 0.0))[0] for quad in QUADS),
    ]  # fmt: skip


def series_csv(ties: Iterable[Tie], *, raw: bool = False) -> Iterator[list[Cell]]:
    """A header and one row per tie and period."""
    yield list(SERIES)
    table: Iterator[list[Cell]] = (
        [tie.a.name, tie.b.name, p.date, p.level, p.low, p.high, p.happenings, p.collected]
        for tie in ties
        for p in tie.series
    )
    yield from rows(table, raw=raw)
