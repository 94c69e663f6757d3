"""Grouping of claims into happenings on the project's own pairs of passages (tests/gold/pairs.jsonl), with 95 % intervals.

    python -m benchmarks.own_pairs            both halves
    python -m benchmarks.own_pairs --errors   the errors of the half `dev`, too; those of `report` are never shown
    python -m benchmarks.own_pairs --errors --pairs training/text/pairs/pairs.jsonl   pairs that weights were fitted on

A claim is at a trigger where its own trigger lies over it, or is the verb right before a noun ("held talks", "lodged a
protest": which of the two carries the claim the contract leaves open).

The passages of a half are coded as reports of their own and put into one ledger. A pair is *joined* where a claim at the
trigger of one passage and a claim at that of the other are in one happening. *coded*: only pairs whose two triggers the
coder codes as events, the measure of grouping itself. *all*: every pair; one whose trigger is not coded is not joined, so a
same pair among them is a miss. Intervals: bootstrap over families, for pairs of one family share passages.
"""

from __future__ import annotations

import argparse
import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import Any

import numpy as np

from dragoman.ledger import Ledger
from dragoman.model import Coded, Report
from dragoman.run import Pipeline

GOLD = Path(__file__).resolve().parents[1] / "tests" / "gold" / "pairs.jsonl"
HALVES = ("train", "dev", "report")
SHOWN = ("train", "dev")
RESAMPLES, SEED = 1000, 11
LIGHT = re.compile(
    r"\s(?:(?:a|an|its|their|the|his|her|further|joint)\s)?(?:(?!to |and |or |by |of |in |on |for )\w+\s)?"
)
"""What may stand between a light verb and the noun that carries the act: "held talks", "lodged a protest"."""

Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Judged:
    """A pair with what came of it: whether both triggers are coded as events, and whether they are in one happening."""

    row: Row
    coded: bool
    joined: bool

    @property
    def family(self) -> str:
        return str(self.row["id"]).rpartition("-")[0]

    @property
    def right(self) -> bool:
        return self.joined == bool(self.row["same"])


def rows(path: Path = GOLD) -> list[Row]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def key(side: Row) -> str:
    """The id of a passage as a report."""
    return sha256("|".join((side["outlet"], side["published"], side["text"])).encode()).hexdigest()[:16]


def reports(pairs: Iterable[Row]) -> list[Report]:
    """Each passage once, as a report."""
    sides = {key(row[side]): row[side] for row in pairs for side in ("a", "b")}
    return [
        Report(id_, s["text"], outlet=s["outlet"], published=date.fromisoformat(s["published"]), language="en")
        for id_, s in sides.items()
    ]


def code(pairs: Iterable[Row]) -> dict[str, Coded]:
    """The passages as the product codes them, by the id of their report."""
    found = {item.report.id: item for item in Pipeline().code(reports(pairs)) if isinstance(item, Coded)}
    if failed := [failure.message for item in found.values() for failure in item.failures]:
        raise SystemExit(f"expected every passage to be coded, {len(failed)} failed: {failed[0]}")
    return found


def at_trigger(side: Row, coded: Coded) -> set[str]:
    """Ids of the event claims whose trigger lies over the one named, else of those at a light verb right before it."""
    found = list(re.finditer(rf"(?<!\w){re.escape(side['trigger'])}(?!\w)", side["text"]))
    start, end = found[side.get("nth", 1) - 1].span()
    claims = [claim for claim in coded.claims if claim.kind == "event"]
    over = {claim.id for claim in claims if claim.trigger.start < end and start < claim.trigger.end}
    between = {claim.id: side["text"][claim.trigger.end : start] for claim in claims if claim.trigger.end < start}
    return over or {id_ for id_, words in between.items() if LIGHT.fullmatch(words)}


def grouped(coded: Iterable[Coded]) -> dict[str, str]:
    """The happening of each event claim, in a ledger of these reports alone."""
    with Ledger.open(":memory:") as ledger:
        ledger.add(coded)
        return {passage.claim: h.id for h in ledger.happenings(main=False) for passage in h.passages}


def judge(pairs: Sequence[Row], coded: Mapping[str, Coded]) -> list[Judged]:
    """What grouping makes of the pairs, all in one ledger."""
    wanted = {key(row[side]) for row in pairs for side in ("a", "b")}
    home = grouped(coded[id_] for id_ in sorted(wanted))
    judged = []
    for row in pairs:
        one, two = (
            {home[claim] for claim in at_trigger(row[side], coded[key(row[side])]) if claim in home}
            for side in ("a", "b")
        )
        judged.append(Judged(row, bool(one and two), bool(one & two)))
    return judged


def measures(judged: Iterable[Judged]) -> tuple[float, float, float]:
    """Pairwise precision, recall and F1."""
    held = [(j.joined, bool(j.row["same"])) for j in judged]
    hits, joined, same = sum(j and s for j, s in held), sum(j for j, _ in held), sum(s for _, s in held)
    return hits / max(joined, 1), hits / max(same, 1), 2 * hits / max(joined + same, 1)


def interval(judged: Sequence[Judged]) -> tuple[float, float]:
    """The 95 % interval of F1, families drawn with return."""
    families: dict[str, list[Judged]] = {}
    for item in judged:
        families.setdefault(item.family, []).append(item)
    names, draw = list(families), np.random.default_rng(SEED)
    drawn = [draw.choice(len(names), len(names)) for _ in range(RESAMPLES)]
    values = [measures(item for at in sample for item in families[names[at]])[2] for sample in drawn]
    low, high = np.percentile(values, [2.5, 97.5])
    return float(low), float(high)


def line(half: str, name: str, judged: Sequence[Judged]) -> str:
    precision, recall, f1 = measures(judged)
    low, high = interval(judged)
    same = sum(bool(j.row["same"]) for j in judged)
    return (
        f"{half:7} {name:6} P {precision:.3f}  R {recall:.3f}  F1 {f1:.3f} [{low:.3f}, {high:.3f}]"
        f"  n={len(judged)} ({same} same)"
    )


def kinds(judged: Iterable[Judged]) -> str:
    """Of each kind of difficulty, how many pairs are right."""
    counts: dict[tuple[bool, str], list[bool]] = {}
    for item in judged:
        counts.setdefault((item.row["same"], item.row["hard"] or "plain"), []).append(item.right)
    parts = (
        f"{'=' if same else '!'}{kind} {sum(right)}/{len(right)}" for (same, kind), right in sorted(counts.items())
    )
    return "  ".join(parts)


def error(item: Judged) -> str:
    row = item.row
    told = "missed" if row["same"] else "wrongly joined"
    sides = "".join(
        f"\n    {row[s]['published']} [{row[s]['trigger']}] {row[s]['text']} ({row[s]['outlet']})" for s in ("a", "b")
    )
    return f"{row['id']} {told} ({row['hard']}{'' if item.coded else '; not coded'}){sides}"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--errors", action="store_true", help="list the errors of the half dev")
    parser.add_argument("--pairs", type=Path, default=GOLD, help="another set of the same form")
    chosen = parser.parse_args()
    pairs = rows(chosen.pairs)
    coded = code(pairs)
    for half in sorted({row["half"] for row in pairs}, key=HALVES.index):
        judged = judge([row for row in pairs if row["half"] == half], coded)
        of_coded = [item for item in judged if item.coded]
        print(line(half, "coded", of_coded))
        print(line(half, "all", judged))
        print(f"{half:7} kinds, of those coded: {kinds(of_coded)}")
        if chosen.errors and half in SHOWN:
            print(*(error(item) for item in judged if not item.right), sep="\n")


if __name__ == "__main__":
    main()
