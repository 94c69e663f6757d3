"""Parquet out, and the same figures from it by DuckDB: for archives that are looked at without the ledger.

`write_pairs` makes a folder of three tables: `happenings.parquet` (one row per pair of bodies and happening), `stated.parquet` (one per
pair and report of how they stand), `months.parquet` (reports read by month). `ParquetTies` reads them. Needs the extra `[parquet]`.
"""

from __future__ import annotations

import importlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, fields
from glob import glob
from itertools import islice
from pathlib import Path
from types import TracebackType
from typing import Any, get_type_hints

from dragoman.errors import DragomanError
from dragoman.ledger import Ledger
from dragoman.ledger.levels import Course, Observed, course
from dragoman.ledger.names import plain
from dragoman.ledger.pairs import PairHappening, PairStated
from dragoman.ledger.ties import MOST_STATED, observed_stated, standing
from dragoman.ledger.views import Happening, Tie

from .events import COLUMNS as EVENT_COLUMNS
from .events import event_cells
from .ties import COLUMNS as TIE_COLUMNS
from .ties import tie_cells

ROWS = 50_000
"""Rows of one row group."""
TABLES = ("happenings", "stated", "months")
_TYPES = {str: "string", float: "float64", int: "int64", bool: "bool_"}
_NUMBERS: Mapping[str, str] = {
    **dict.fromkeys(("intensity", "lat", "lon", "level", "low", "high", "disputed", "single_sourced"), "float64"),
    **dict.fromkeys("reports origins actual denied planned hoped possible interested stated".split(), "int64"),
    **dict.fromkeys("verbal_cooperation material_cooperation verbal_conflict material_conflict".split(), "int64"),
    "mutual": "bool_",
}


class ParquetError(DragomanError):
    """Parquet cannot be written or read: a package or a table is missing; the message says what to do."""


def _package(name: str, for_: str) -> Any:
    try:
        return importlib.import_module(name)
    except ImportError as error:
        package = name.partition(".")[0]
        raise ParquetError(
            f"{for_} needs {package}, which is not installed; `pip install 'dragoman[parquet]'` brings it"
        ) from error


# --- out -------------------------------------------------------------------------------------------------------------------


def events_parquet(happenings: Iterable[Happening], path: str | Path) -> int:
    """Happenings in the columns of the CSV form, numbers as numbers; how many."""
    return _write(path, _schema(EVENT_COLUMNS), (event_cells(h) for h in happenings))


def ties_parquet(ties: Iterable[Tie], path: str | Path) -> int:
    """Ties in the columns of the CSV form; how many."""
    return _write(path, _schema(TIE_COLUMNS), (tie_cells(tie) for tie in ties))


def write_pairs(ledger: Ledger, folder: str | Path) -> dict[str, int]:
    """The three tables of a whole ledger, all of one moment; rows of each."""
    place = Path(folder)
    place.mkdir(parents=True, exist_ok=True)
    with ledger.pairs() as pairs:
        return {
            "happenings": _write(place / "happenings.parquet", _schema_of(PairHappening), _cells(pairs.happenings())),
            "stated": _write(place / "stated.parquet", _schema_of(PairStated), _cells(pairs.stated())),
            "months": _write(place / "months.parquet", [("month", "string"), ("reports", "int64")], pairs.months()),
        }


def _cells(rows: Iterable[Any]) -> Iterator[Sequence[Any]]:
    return (tuple(asdict(row).values()) for row in rows)


def _schema(columns: Sequence[str]) -> list[tuple[str, str]]:
    return [(name, _NUMBERS.get(name, "string")) for name in columns]


def _schema_of(of: type) -> list[tuple[str, str]]:
    hints = get_type_hints(of)
    return [(f.name, next(_TYPES[t] for t in _TYPES if hints[f.name] in (t, t | None))) for f in fields(of)]


def _write(path: str | Path, schema: Sequence[tuple[str, str]], rows: Iterable[Sequence[Any]]) -> int:
    """Writes a table beside its place and moves it there when it is whole."""
    arrow = _package("pyarrow", "--format parquet")
    parquet = _package("pyarrow.parquet", "--format parquet")
    shape = arrow.schema([(name, getattr(arrow, kind)()) for name, kind in schema])
    target = Path(path)
    part = target.with_name(target.name + ".part")
    written = 0
    stream = iter(rows)
    try:
        with parquet.ParquetWriter(part, shape, compression="zstd") as writer:
            while held := list(islice(stream, ROWS)):
                columns = list(zip(*held, strict=True))
                arrays = [arrow.array(column, field.type) for column, field in zip(columns, shape, strict=True)]
                writer.write_table(arrow.Table.from_arrays(arrays, schema=shape))
                written += len(held)
        part.replace(target)
    finally:
        part.unlink(missing_ok=True)
    return written


# --- figures from it --------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class ParquetTie:
    """How two bodies stand, by the tables alone: flows by quad as (happenings, mean intensity), and the level over time."""

    a: str
    b: str
    state: str | None
    state_since: str | None
    flows: dict[str, tuple[int, float]]
    course: Course


class ParquetTies:
    """Reads a folder that `write_pairs` made (parts of several folders by a pattern like `archive-*/`). Use as a context manager."""

    def __init__(self, folder: str | Path) -> None:
        self._db = _package("duckdb", "reading Parquet").connect()
        self._places = {name: str(Path(folder) / f"{name}.parquet") for name in TABLES}
        if not glob(self._places["happenings"]):
            raise ParquetError(f"{folder} has no happenings.parquet; `dragoman ledger export FOLDER` makes it")

    def __enter__(self) -> ParquetTies:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._db.close()

    def flows(self, limit: int | None = None) -> list[tuple[str, str, str, int, float]]:
        """For all pairs and quads: names, quad, number of happenings that count, mean intensity; pairs with most first."""
        return self._ask(
            "SELECT a, b, quad, count(*)::INT, round(avg(intensity), 2) FROM read_parquet($happenings) WHERE news > 0"
            " GROUP BY a_id, b_id, a, b, quad ORDER BY sum(count(*)) OVER (PARTITION BY a_id, b_id) DESC, a, b, quad"
            + (f" LIMIT {int(limit)}" if limit is not None else "")
        )

    def tie(self, a: str, b: str, since: str | None = None, until: str | None = None) -> ParquetTie:
        """How two bodies, by id or name, stand.

        Raises:
            ParquetError: nothing is reported between bodies of these names.
        """
        one, two = self._body(a), self._body(b)
        pair = {"one": one[0], "two": two[0], "since": since, "until": until}
        within = (
            "((a_id = $one AND b_id = $two) OR (a_id = $two AND b_id = $one)) AND ($since IS NULL OR listed >= $since)"
            " AND ($until IS NULL OR listed < $until)"
        )
        flows = self._ask(
            f"SELECT quad, count(*)::INT, avg(intensity) FROM read_parquet($happenings) WHERE {within} AND news > 0"
            " GROUP BY quad ORDER BY quad",
            **pair,
        )
        rows = self._ask(
            "SELECT happening, dated, intensity, origins, interested, outcome, grain, quad FROM read_parquet($happenings)"
            f" WHERE {within} AND news > 0 AND dated IS NOT NULL ORDER BY listed DESC, happening",
            **pair,
        )
        observed = [
            Observed(id_, day, value, origins, interested, outcome, grain not in (None, "hour", "day"), quad)
            for id_, day, value, origins, interested, outcome, grain, quad in rows
        ]
        stated = self._ask(
            f"SELECT date, state, change, stance, main, origin, interested FROM read_parquet($stated) WHERE {within}"
            f" ORDER BY listed DESC, number LIMIT {MOST_STATED}",
            **pair,
        )
        months = dict(self._ask("SELECT month, sum(reports)::INT FROM read_parquet($months) GROUP BY month"))
        path = course(observed + observed_stated([(*row[:4], *row[5:]) for row in stated]), since, until, months)
        state, since_when = standing(path, [row[:5] for row in stated])
        means = {quad: (count, round(mean, 2)) for quad, count, mean in flows}
        return ParquetTie(one[1], two[1], state, since_when, means, path)

    def _body(self, name: str) -> tuple[str, str]:
        rows = self._ask(
            "SELECT DISTINCT a_id, a FROM read_parquet($happenings) UNION SELECT DISTINCT b_id, b FROM read_parquet($happenings)"
            " UNION SELECT DISTINCT a_id, a FROM read_parquet($stated) UNION SELECT DISTINCT b_id, b FROM read_parquet($stated)"
        )
        found = [row for row in rows if row[0] == name] or sorted(row for row in rows if plain(row[1]) == plain(name))
        if not found:
            raise ParquetError(f"no pair in the tables has a body named {name!r}")
        return str(found[0][0]), str(found[0][1])

    def _ask(self, query: str, **values: Any) -> list[Any]:
        given = {name: value for name, value in {**self._places, **values}.items() if f"${name}" in query}
        try:
            rows: list[Any] = self._db.execute(query, given).fetchall()
        except _package("duckdb", "reading Parquet").Error as error:
            raise ParquetError(f"the Parquet tables cannot be read: {error}") from error
        return rows
