"""Tie claims on the project's own sentences stay above their floor (benchmarks/own_ties.py)."""

from __future__ import annotations

from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
FLOORS = {("train", "whole"): 0.87, ("held", "pair"): 0.82, ("held", "whole"): 0.70}


@pytest.mark.model
def test_ties_stay_above_their_floors(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(str(ROOT))
    from benchmarks import own_ties

    found = own_ties.shares()
    assert {key: found[key][0] for key, floor in FLOORS.items() if found[key][0] < floor} == {}
