"""The gold event sentences are well formed, large enough and spread over types, modes and regions."""

from __future__ import annotations

import importlib.util
from collections import Counter
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest


def _load() -> ModuleType:
    spec = importlib.util.spec_from_file_location("gold_check_events", Path(__file__).parent / "check_events.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


check = _load()


def _event(**changes: object) -> dict[str, Any]:
    event = {"type": "CONSULT", "mode": None, "trigger": "met", "actors": ["Peru"], "recipients": ["Chile"]}
    return {**event, "mutual": False, "stance": "actual", "main": True, **changes}


def test_no_item_has_a_fault() -> None:
    assert list(check.faults()) == []


def test_large_enough() -> None:
    items = check.rows()
    assert sum(bool(row["events"]) for row in items) >= 480
    assert sum(not row["events"] for row in items) >= 130
    assert {row["region"] for row in items} == check.REGIONS


def test_every_type_has_twenty_sentences_and_every_mode_one() -> None:
    events = [event for row in check.rows() for event in row["events"]]
    types = Counter(event["type"] for event in events if event["main"])
    modes = {(event["type"], event["mode"]) for event in events}
    assert min(types[name] for name in check.codebook()) >= 20
    assert {(name, mode) for name, all_ in check.codebook().items() for mode in all_} <= modes


def test_both_halves_are_of_like_size() -> None:
    halves = Counter(row["half"] for row in check.rows())
    assert min(halves.values()) >= 0.4 * sum(halves.values())


def test_a_sound_event_has_no_fault() -> None:
    assert list(check.event_faults(_event(), "Peru met Chile", check.codebook())) == []


@pytest.mark.parametrize(
    "changes",
    [
        {"trigger": "unheard-of"},
        {"type": "FIGHT"},
        {"mode": "riot"},
        {"stance": "sure"},
        {"actors": ["Ghana"]},
        {"mutual": True},
        {"nth": 2},
    ],
)
def test_a_faulty_event_is_told(changes: dict[str, object]) -> None:
    assert list(check.event_faults(_event(**changes), "Peru met Chile", check.codebook()))
