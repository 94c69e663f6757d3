"""The gold sets are well formed, large enough and balanced."""

from __future__ import annotations

import importlib.util
from collections import Counter
from pathlib import Path
from types import ModuleType

import pytest


def _load() -> ModuleType:
    spec = importlib.util.spec_from_file_location("gold_check", Path(__file__).parent / "check.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


check = _load()


def test_no_item_has_a_fault() -> None:
    assert list(check.faults()) == []


def test_chains_cover_five_regions_and_many_nested_ones() -> None:
    items = check.rows("chains")
    nested = [row for row in items if any(voice["step"] > 1 for claim in row["claims"] for voice in claim["chain"])]
    assert len(items) >= 200
    assert len(nested) >= 40
    assert {row["region"] for row in items} == check.REGIONS


def test_a_trigger_that_is_not_there_is_a_fault() -> None:
    row = {**check.rows("chains")[0]}
    row["claims"] = [{**row["claims"][0], "trigger": "unheard-of"}]
    assert any("unheard-of" in fault for fault in check.chain_faults(row))


@pytest.mark.parametrize("stance", sorted(["actual", "denied", "planned", "hoped", "possible"]))
def test_stances_are_balanced(stance: str) -> None:
    assert Counter(row["stance"] for row in check.rows("stance"))[stance] >= 60


def test_party_links_cover_five_regions() -> None:
    items = check.rows("parties")
    assert len(items) >= 30
    assert {row["region"] for row in items} == check.REGIONS


def test_a_link_to_an_occurrence_that_is_not_there_is_a_fault() -> None:
    row = {**check.rows("parties")[0]}
    row["links"] = [{**row["links"][0], "nth": 99}, *row["links"][1:]]
    assert any("99" in fault for fault in check.party_faults(row))
