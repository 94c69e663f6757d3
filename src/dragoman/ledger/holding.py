"""Which judgements hold, and what they make of a claim: pure functions of the judgements, oldest first."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from .batch import CORRECTED, REJECTED, STANDS

PAIRED = ("same", "different")


@dataclass(frozen=True, slots=True)
class Made:
    """One judgement as it was made. `anchors` tell report, kind and trigger of its claims; `value` is JSON."""

    n: int
    verdict: str
    claim: str
    other: str | None
    slot: str | None
    value: str | None
    undoes: int | None
    anchors: Sequence[Sequence[Any]]


@dataclass(frozen=True, slots=True)
class Candidate:
    """A claim that a judgement may be about, as the coder gave it."""

    n: int
    id: str
    kind: str
    start: int
    end: int


def holding(made: Sequence[Made]) -> list[Made]:
    """The judgements that none undoes, without the undoings; an undoing that is undone itself undoes nothing."""
    undone: set[int] = set()
    for judgement in sorted(made, key=lambda j: -j.n):
        if judgement.undoes is not None and judgement.n not in undone:
            undone.add(judgement.undoes)
    return [j for j in made if j.n not in undone and j.verdict != "undo"]


def status_of(verdicts: Iterable[tuple[str, str | None, str | None]]) -> tuple[int, Mapping[str, Any]]:
    """The status of a claim (see `batch.STANDS`) and its corrections, from verdict, slot and value, oldest first."""
    last, corrections = None, {}
    for verdict, slot, value in verdicts:
        if verdict == "correct" and slot is not None and value is not None:
            corrections[slot] = json.loads(value)
        elif verdict in ("accept", "reject"):
            last = verdict
    return (REJECTED if last == "reject" else CORRECTED if corrections else STANDS), corrections


def found_again(claim: str, anchor: Sequence[Any], coded: Iterable[Candidate]) -> Candidate | None:
    """The claim of this id, else the one of its kind whose trigger overlaps the anchor's most; None where there is none."""
    _, kind, start, end = anchor
    fitting = [c for c in coded if c.id == claim or (c.kind == kind and c.start < end and c.end > start)]
    return min(fitting, key=lambda c: (c.id != claim, -(min(c.end, end) - max(c.start, start)), c.id), default=None)
