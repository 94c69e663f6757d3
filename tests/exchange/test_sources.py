"""Lists of outlets come in whole, or not at all with a word on why."""

from __future__ import annotations

from pathlib import Path

import pytest

from dragoman.exchange import SourceListError, load_sources
from dragoman.ledger import Ledger

TOML = '[[source]]\noutlet = "The Herald"\nreliability = "b"\n\n[[source]]\noutlet = "State Voice"\nowner = "Ministry"\nstate = "rur"\n'
CSV = "Outlet,Reliability,Owner,State,note\nThe Herald,b,,,ours\nState Voice,,Ministry,RUR,\n"


@pytest.mark.parametrize(("name", "text"), [("a.toml", TOML), ("a.csv", CSV)])
def test_both_forms_say_the_same(tmp_path: Path, name: str, text: str) -> None:
    (tmp_path / name).write_text(text)
    with Ledger.open(":memory:") as ledger:
        assert load_sources(ledger, tmp_path / name) == 2
        found = [(s.outlet, s.reliability, s.owner, s.state) for s in ledger.all_sources()]
        assert found == [("State Voice", None, "Ministry", "RUR"), ("The Herald", "B", None, None)]


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("a.toml", "source = 3", r"\[\[source\]\]"),
        ("a.toml", "[[source", "no TOML"),
        ("a.toml", '[[source]]\noutlet = "A"\ncolour = "red"', "colour"),
        ("a.toml", '[[source]]\nreliability = "A"', "name of an outlet"),
        ("a.csv", "name,grade\nA,B\n", "expected columns"),
        ("a.csv", "outlet,reliability\nA,B\nC,9\n", "entry 2"),
        ("a.csv", "", "expected columns"),
    ],
)
def test_a_broken_list_changes_nothing(tmp_path: Path, name: str, text: str, said: str) -> None:
    (tmp_path / name).write_text(text)
    with Ledger.open(":memory:") as ledger:
        with pytest.raises(SourceListError, match=said):
            load_sources(ledger, tmp_path / name)
        assert ledger.all_sources() == []
    with Ledger.open(":memory:") as ledger, pytest.raises(SourceListError, match="cannot be read"):
        load_sources(ledger, tmp_path / "nowhere.csv")
