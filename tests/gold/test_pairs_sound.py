"""The gold pairs are well formed, large enough and spread over regions, quads and hard kinds."""

from __future__ import annotations

import importlib.util
from collections import Counter
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest


def _load() -> ModuleType:
    spec = importlib.util.spec_from_file_location("gold_check_pairs", Path(__file__).parent / "check_pairs.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


check = _load()


def _side(**changes: object) -> dict[str, Any]:
    side = {"text": "Peru met Chile.", "published": "2014-02-03", "outlet": "Andean Mirror", "trigger": "met"}
    return {**side, **changes}


def _row(**changes: object) -> dict[str, Any]:
    row = {"id": "pr-x-1", "half": check.half("pr-x-1"), "region": "Americas", "quad": "verbal-cooperation"}
    sides = {"a": _side(), "b": _side(outlet="Harbour Post")}
    return {**row, **sides, "same": True, "hard": "wire-copy", **changes}


def test_no_pair_has_a_fault() -> None:
    assert list(check.faults()) == []


def test_large_enough_and_near_half_are_the_same() -> None:
    pairs = check.rows()
    assert len(pairs) >= 360
    assert 0.4 <= sum(row["same"] for row in pairs) / len(pairs) <= 0.5


def test_all_regions_quads_and_kinds_are_there() -> None:
    pairs = check.rows()
    assert min(Counter(row["region"] for row in pairs).values()) >= 60
    assert min(Counter(row["quad"] for row in pairs).values()) >= 30
    assert {row["region"] for row in pairs} == check.REGIONS
    assert {row["quad"] for row in pairs} == check.QUADS
    assert {row["hard"] for row in pairs} == check.SAME | check.DIFFERENT


def test_both_halves_are_of_like_size() -> None:
    halves = Counter(row["half"] for row in check.rows())
    assert min(halves.values()) >= 0.4 * sum(halves.values())


def test_a_sound_pair_has_no_fault() -> None:
    assert list(check.row_faults(_row())) == []


@pytest.mark.parametrize(
    "changes",
    [
        {"half": "neither"},
        {"region": "Moon"},
        {"quad": "war"},
        {"same": "yes"},
        {"hard": "reversed"},
        {"b": _side()},
        {"a": _side(trigger="fought")},
        {"a": _side(published="yesterday")},
        {"a": _side(nth=2)},
        {"a": _side(text=" Peru met Chile.")},
    ],
)
def test_a_faulty_pair_is_told(changes: dict[str, object]) -> None:
    assert list(check.row_faults(_row(**changes)))
