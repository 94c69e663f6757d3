"""Tables of coded events in."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest

from dragoman.exchange import Skipped, TableError, load_events, read_table
from dragoman.exchange.tables import actor_of, type_of
from dragoman.ledger import Ledger

CAMEO = (
    "date,source,target,code\n1999-03-01,ISRMIL,LBNREBHEZ,190\n1999-03-01,USA,ISR,010\n1999-03-01,USA,ISR,040\n"
    "1999-03-02,PALPLO,ISRGOV,051\nnonsense\n"
)


def test_rows_become_claims_that_can_be_verified_and_statements_are_counted(tmp_path: Path) -> None:
    path = tmp_path / "levant.csv"
    path.write_text(CAMEO)
    skipped = Skipped()
    with Ledger.open(":memory:") as ledger:
        added = ledger.add(read_table(path, skipped=skipped))
        assert (added.new, added.claims) == (2, 3)
        assert sum(skipped.reasons.values()) == 2
        assert ledger.verify() == []
        (strike,) = ledger.happenings(pair=("Israel", "Hezbollah"))
        assert (strike.type, strike.from_, strike.quad, strike.passages[0].text) == (
            "ASSAULT", "1999-03-01", "material-conflict", "1999-03-01 ISRMIL 190 LBNREBHEZ"
        )  # fmt: skip
        assert ledger.add(read_table(path)).same == 2


def test_rows_of_a_table_are_happenings_of_their_own(tmp_path: Path) -> None:
    path = tmp_path / "t.csv"
    path.write_text("date,source,target,code\n" + "1999-03-01,ISR,LBN,190\n" * 3)
    with Ledger.open(":memory:") as ledger:
        ledger.add(read_table(path))
        assert len(ledger.happenings()) == 3


def test_icews_words_and_tabs_and_gzip(tmp_path: Path) -> None:
    path = tmp_path / "icews.tsv.gz"
    row = b"2014-01-01\tPolice (Kenya)\tCitizen (Kenya)\tArrest, detain, or charge with legal action\n"
    path.write_bytes(gzip.compress(b"date\tsource\ttarget\trelation\n" + row))
    (coded,) = read_table(path)
    (claim,) = coded.claims
    assert claim.type == "COERCE"
    assert (claim.actors[0].sector, claim.actors[0].member_of, claim.recipients[0].sector) == ("COP", "Kenya", "CVL")


@pytest.mark.parametrize(
    ("cell", "name", "country", "sector"),
    [
        ("ISRMIL", "Military (Israel)", "ISR", "MIL"), ("PAL", "Palestinians", "PSE", None), ("PSEREBHMS", "Hamas", "PSE", "REB"),
        ("IGOUNO", "United Nations", None, None), ("USR", "Soviet Union", None, None),
        ("Head of Government (India)", "Head of Government (India)", None, "GOV"),
        ("Xi Jinping", "Xi Jinping", None, None),
    ],
)  # fmt: skip
def test_cells_name_actors(cell: str, name: str, country: str | None, sector: str | None) -> None:
    known = actor_of(cell)
    assert (known.name, known.country, known.sector) == (name, country, sector)


@pytest.mark.parametrize(
    ("cell", "type_"),
    [
        ("0841", "RETREAT"), ("010", None), ("Make statement", None), ("Use conventional military force", "ASSAULT"),
        ("sanction", "SANCTION"), ("???", None),
    ],
)  # fmt: skip
def test_codes_words_and_types(cell: str, type_: str | None) -> None:
    found = type_of(cell)
    assert (found[0] if found else None) == type_


def test_a_table_without_the_columns_is_a_clear_error(tmp_path: Path) -> None:
    path = tmp_path / "t.csv"
    path.write_text("a,b\n1,2\n")
    with pytest.raises(TableError, match="expected a column named date"):
        list(read_table(path))
    with pytest.raises(TableError, match="cannot be read"):
        list(read_table(tmp_path / "none.csv"))


def test_tables_load_beside_reports_and_again_without_double(tmp_path: Path) -> None:
    path = tmp_path / "levant.csv"
    path.write_text(CAMEO)
    with Ledger.open(tmp_path / "a.ledger") as ledger:
        added, skipped = load_events(ledger, path)
        assert (added.claims, sum(skipped.reasons.values())) == (3, 2)
        assert load_events(ledger, path)[0].same == 2
        assert len(ledger.happenings()) == 3
        assert ledger.verify() == []
