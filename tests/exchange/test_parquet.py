"""Parquet holds what the other forms hold, and its figures are those of the ledger."""

from __future__ import annotations

import random
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from tests.ledger.made import event, report, tie

from dragoman.exchange import ParquetError, ParquetTies, events_parquet, ties_parquet, write_pairs
from dragoman.exchange.events import COLUMNS
from dragoman.ledger import Ledger
from dragoman.model import Coded

pytest.importorskip("pyarrow", reason="pyarrow is not installed: pip install 'dragoman[parquet]'")
pytest.importorskip("duckdb", reason="duckdb is not installed: pip install 'dragoman[parquet]'")

NAMES = ("Ruritania", "Zubrowka", "Freedonia", "Blue Front")
ACTS = (("ASSAULT", "struck"), ("ACCUSE", "blamed"), ("AID", "fed"), ("CONSULT", "met"))


def reports(count: int) -> Iterator[Coded]:
    """Reports of all sorts between four parties over three years, some denied, undated or by an interested voice."""
    chance = random.Random(5)
    for number in range(count):
        one, two = chance.sample(NAMES, 2)
        type_, word = chance.choice(ACTS)
        day = f"{chance.choice((2018, 2019, 2020))}-{chance.randrange(1, 13):02d}-{chance.randrange(1, 29):02d}"
        said = chance.choice(((), (one,), ("Anna Rill",)))
        text = f"{one} {word} {two} at place {number}" + (f", {said[0]} said." if said else ".")
        made = report(
            text,
            f"Ties of {one} and {two} are strained.",
            published=chance.choice((day, day, None)),
            outlet=f"O{number % 7}",
        )
        stance = chance.choice(("actual", "actual", "actual", "denied"))
        claims = [
            event(
                made,
                0,
                word,
                type_,
                one,
                two,
                said_by=said,
                stance=stance,
                outcome=chance.choice((None, None, "failed")),
            )
        ]
        if number % 5 == 0:
            state = chance.choice(("strained", "close", "broken"))
            claims.append(tie(made, 1, "strained", one, two, state=state, tense="current", number=1))  # type: ignore[arg-type]
        yield Coded(made, claims)


@pytest.fixture(scope="module")
def ledger() -> Iterator[Ledger]:
    with Ledger.open(":memory:") as made:
        made.add(reports(300))
        yield made


@pytest.mark.parametrize(
    "span", [(None, None), ("2019-01-01", None), ("2018-06-01", "2020-03-01"), ("2019-02-01", "2019-09-01")]
)
def test_flows_and_levels_of_every_pair_are_those_of_the_ledger(
    ledger: Ledger, tmp_path: Path, span: tuple[str | None, str | None]
) -> None:
    assert write_pairs(ledger, tmp_path)["happenings"] > 100
    compared = 0
    with ParquetTies(tmp_path) as tables:
        for at, a in enumerate(NAMES):
            for b in NAMES[at + 1 :]:
                by_file, by_tables = ledger.tie(a, b, *span), tables.tie(a, b, *span)
                assert by_tables.flows == by_file.flows
                course = by_tables.course
                assert (course.level, course.low, course.high, course.trend) == (
                    by_file.level,
                    by_file.low,
                    by_file.high,
                    by_file.trend,
                )
                assert (by_tables.state, by_tables.state_since) == (by_file.state, by_file.state_since)
                assert (course.points, course.changes) == (by_file.series, by_file.changes)
                compared += sum(count for count, _ in by_tables.flows.values())
        assert compared > 30
        if span == (None, None):
            total = {
                (a, b): sum(n for x, y, _, n, _ in tables.flows() if {x, y} == {a, b})
                for a in NAMES
                for b in NAMES
                if a < b
            }
            assert sum(total.values()) == compared


def test_the_columns_are_those_of_csv_with_numbers_as_numbers(ledger: Ledger, tmp_path: Path) -> None:
    import pyarrow.parquet as parquet

    found = ledger.happenings()
    assert events_parquet(found, tmp_path / "events.parquet") == len(found)
    table = parquet.read_table(tmp_path / "events.parquet")
    assert table.column_names == list(COLUMNS)
    assert table["id"].to_pylist() == [h.id for h in found]
    assert table["intensity"].to_pylist() == [h.intensity for h in found]
    assert table["origins"].to_pylist() == [h.origins for h in found]
    ties = ledger.ties_of("Ruritania")
    assert ties_parquet(ties, tmp_path / "ties.parquet") == len(ties)
    assert parquet.read_table(tmp_path / "ties.parquet")["level"].to_pylist() == [t.level for t in ties]


def test_text_that_a_spreadsheet_would_run_is_left_as_it_is(ledger: Ledger, tmp_path: Path) -> None:
    import pyarrow.parquet as parquet

    risky = replace(ledger.happenings(limit=1)[0], where="=1+1")
    events_parquet([risky], tmp_path / "a.parquet")
    assert parquet.read_table(tmp_path / "a.parquet")["where"].to_pylist() == ["=1+1"]


def test_what_is_missing_is_said(ledger: Ledger, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(ParquetError, match="no happenings"):
        ParquetTies(tmp_path)
    write_pairs(ledger, tmp_path)
    with ParquetTies(tmp_path) as tables, pytest.raises(ParquetError, match="Syldavia"):
        tables.tie("Syldavia", "Ruritania")
    (tmp_path / "stated.parquet").write_bytes(b"no parquet")
    with ParquetTies(tmp_path) as tables, pytest.raises(ParquetError, match="cannot be read"):
        tables.tie("Zubrowka", "Ruritania")
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    monkeypatch.setitem(sys.modules, "duckdb", None)
    with pytest.raises(ParquetError, match=r"dragoman\[parquet\]"):
        events_parquet([], tmp_path / "b.parquet")
    with pytest.raises(ParquetError, match=r"dragoman\[parquet\]"):
        ParquetTies(tmp_path)
    assert not list(tmp_path.glob("*.part"))
