"""How two parties stand: tie claims on the project's own sentences (training/text/voices/ties.jsonl).

    python -m benchmarks.own_ties            both halves: `train`, which rules were mended on, and `held`, only measured
    python -m benchmarks.own_ties --errors   the errors of the half `train`, too

*pair*: a tie claim names the two parties. *state*, *change*, *role*, *stance*: the best such claim has the value (null where the text
says none). *whole*: all of them. *silent*: no tie claim where the sentence tells of none.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from benchmarks.own_voices import plain
from dragoman.coding.attribution import Attribution
from dragoman.coding.context import Context
from dragoman.coding.ties import find_ties
from dragoman.find import find
from dragoman.model import Report, TieClaim
from dragoman.parse import load
from dragoman.registry import Registry

SENTENCES = Path(__file__).resolve().parents[1] / "training" / "text" / "voices" / "ties.jsonl"
SLOTS = ("state", "change", "role", "stance")
MEASURES = ("pair", *SLOTS, "whole", "silent")

Row = dict[str, Any]
Judged = tuple[str, str, bool, str]
"""Half, measure, whether right, and what was found."""


def judged() -> Iterator[Judged]:
    """Every measure of every sentence."""
    engine, registry = load(), Registry.load()
    rows = [json.loads(line) for line in SENTENCES.read_text(encoding="utf-8").splitlines()]
    for row, parse in zip(rows, engine.parse_all(row["text"] for row in rows), strict=True):
        report = Report(id=row["id"], text=row["text"], language="en")
        findings = find(report, parse, registry)
        ties = find_ties(Context(report, parse, findings), Attribution(report, parse, findings))
        yield from ((row["half"], measure, right, told(row, ties)) for measure, right in measured(row, ties))


def measured(row: Row, ties: list[TieClaim]) -> Iterator[tuple[str, bool]]:
    """The measures of one sentence."""
    if row["stance"] is None:
        yield "silent", not ties
        return
    wanted = {plain(name) for name in row["between"]}
    fitting = [t for t in ties if {plain(p.name) for p in t.between} == wanted]
    yield "pair", bool(fitting)
    best = max(fitting, key=lambda t: sum(right for _, right in slots(row, t)), default=None)
    yield from slots(row, best) if best is not None else ((name, False) for name in SLOTS)
    yield "whole", best is not None and all(right for _, right in slots(row, best))


def slots(row: Row, tie: TieClaim) -> list[tuple[str, bool]]:
    """Which slots of a claim are as wanted; a role holds in the order of the parties only, but for allies and rivals."""
    found = [(name, getattr(tie, name) == row[name]) for name in SLOTS]
    ordered = row["role"] in (None, "ally", "rival") or plain(tie.between[0].name) == plain(row["between"][0])
    return [(name, right and (ordered or name != "role")) for name, right in found]


def told(row: Row, ties: list[TieClaim]) -> str:
    got = [tuple([p.name for p in t.between] + [getattr(t, name) for name in SLOTS]) for t in ties]
    return f"{row['id']} wanted {row['between']} {[row[name] for name in SLOTS]}, got {got}: {row['text']}"


def shares() -> dict[tuple[str, str], tuple[float, int]]:
    """Share right and number of cases by half and measure."""
    held: dict[tuple[str, str], list[bool]] = {}
    for half, measure, right, _ in judged():
        held.setdefault((half, measure), []).append(right)
    return {key: (sum(some) / len(some), len(some)) for key, some in held.items()}


def main() -> int:
    found = shares()
    for half in ("train", "held"):
        for measure in MEASURES:
            if (half, measure) in found:
                share, count = found[half, measure]
                print(f"{half:6} {measure:7} {share:.3f}  n={count}")
    if "--errors" in sys.argv:
        print(
            "\n".join(
                text
                for half, measure, right, text in judged()
                if half == "train" and not right and measure in ("whole", "silent")
            )
        )
    return 0


if __name__ == "__main__":
    sys.exit(main())
