"""Events and ties out."""

from __future__ import annotations

import csv
import io
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dragoman.exchange import events_csv, events_jsonl, polecat_csv, series_csv, ties_csv, ties_jsonl
from dragoman.exchange.cells import plain, safe
from dragoman.ledger import Ledger
from dragoman.model import Coded
from ledger.made import event, report, strike


@pytest.fixture
def ledger():  # type: ignore[no-untyped-def]
    with Ledger.open(":memory:") as opened:
        made = report(
            "=cmd|' /C calc'!A0 is what Ruritania and Zubrowka called the Blue Front.",
            outlet="+Evil",
            published="2020-06-01",
        )
        where = ("Kell", "ZUB", "North", -1.5, 2.0, 3, "PPL", "city")
        claim = event(
            made,
            0,
            "called",
            "ACCUSE",
            ["Ruritania", "Zubrowka"],
            "Blue Front",
            where=where,
            mode="allege",
            contexts=("military",),
        )
        opened.add([Coded(made, [claim]), strike()])
        yield opened


def test_jsonl_holds_everything(ledger: Ledger) -> None:
    found = ledger.happenings()
    lines = [json.loads(line) for line in events_jsonl(found)]
    assert [line["id"] for line in lines] == [h.id for h in found]
    assert lines[0]["passages"][0]["record"]["evidence"]["text"].startswith("=cmd")


def test_csv_is_safe_and_its_numbers_are_numbers(ledger: Ledger) -> None:
    out = io.StringIO()
    csv.writer(out).writerows(events_csv(ledger.happenings()))
    head, *rows = csv.reader(io.StringIO(out.getvalue()))
    first = dict(zip(head, rows[0], strict=True))
    assert first["evidence"].startswith("'=cmd") and first["outlets"] == "'+Evil"
    assert (float(first["intensity"]), float(first["lat"])) == (-2.0, -1.5)
    raw = [dict(zip(head, row, strict=True)) for row in list(events_csv(ledger.happenings(), raw=True))[1:]]
    assert raw[0]["evidence"].startswith("=cmd")


def test_polecat_has_its_forty_columns_and_a_row_for_each_pair(ledger: Ledger) -> None:
    head, *rows = polecat_csv(ledger.happenings())
    assert len(head) == 40 == len(set(head))
    assert all(len(row) == 40 for row in rows)
    assert len(rows) == 3
    first = dict(zip(head, rows[0], strict=True))
    assert (first["Event Type"], first["Quad Code"], first["City"], first["GeoNames ID"]) == (
        "ACCUSE",
        "VERBAL CONFLICT",
        "Kell",
        3,
    )
    assert len({row[0] for row in rows}) == 3


def test_ties_out(ledger: Ledger) -> None:
    ties = ledger.ties_of("Ruritania")
    assert json.loads(next(ties_jsonl(ties)))["b"]["name"] == "Blue Front"
    head, row = ties_csv(ties)
    assert len(head) == len(row)
    assert len(list(series_csv(ties))) == 1 + len(ties[0].series)


@given(st.text(max_size=20))
def test_a_safe_cell_is_no_formula_and_comes_back(text: str) -> None:
    cell = safe(text)
    assert isinstance(cell, str)
    assert not cell.lstrip(" ").startswith(("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠"))
    assert plain(cell) == text


@pytest.mark.parametrize("number", [-5, -0.5, 3, True])
def test_numbers_are_untouched(number: float) -> None:
    assert safe(number) is number
