"""The floors of `benchmarks/parse_floors.toml`, on the development sets, where these are there."""

import sys
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
GOLD = ROOT.parent / "shared/gold"
FLOORS = ROOT / "benchmarks/parse_floors.toml"


@pytest.mark.model
@pytest.mark.gold
@pytest.mark.slow
@pytest.mark.skipif(not GOLD.is_dir(), reason="needs ../shared/gold")
def test_no_figure_sinks_under_its_floor(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(str(ROOT / "benchmarks"))
    sys.modules.pop("parse_quality", None)
    import parse_quality

    found = parse_quality.measure(parse_quality.load(None), GOLD)
    assert parse_quality.below(found, tomllib.loads(FLOORS.read_text(encoding="utf-8"))) == []


def test_a_figure_under_its_floor_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(str(ROOT / "benchmarks"))
    import parse_quality

    assert parse_quality.below({"set": {"las": 0.8}}, {"set": {"las": 0.9}}) == ["set las: 0.8 is under its floor 0.9"]
