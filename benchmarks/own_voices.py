"""Chains of voices, stance and party links on the project's own sets (tests/gold), each with its 95 % interval.

    python -m benchmarks.own_voices            both halves
    python -m benchmarks.own_voices --errors   the errors of the half `dev`, too; those of `report` and `held` are never shown
    python -m benchmarks.own_voices --errors training/text/voices   a set of the same form that rules were written against

The parts are asked at the trigger itself, so that a happening the event coder misses does not hide what it knows of voices.
*chain*: names step by step, exactly. *nearest*: the voices of step 1. *text*: also the kind (`speaker` and `unnamed` are equal, as
tests/gold/README.md says), the work not judged. *link*: the mention stands for the name. Intervals: bootstrap over items. Two names
that the who's who has for one news medium or organisation are equal ("AFP", "Agence France-Presse"); `--exact-names` compares letters alone.
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterator
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np

from dragoman.coding.attribution import Attribution
from dragoman.coding.stance import judge
from dragoman.find import find
from dragoman.model import Findings, Parse, Report
from dragoman.parse import load
from dragoman.registry import Registry
from dragoman.registry.normal import key

GOLD = Path(__file__).resolve().parents[1] / "tests" / "gold"
HALVES = ("train", "held", "dev", "report")
SHOWN = ("train", "dev")
BODIES = ("outlet", "agency", "ngo", "igo")
RESAMPLES, SEED = 1000, 7
ARTICLES = re.compile(r"^(?:the|a|an|his|her|its|their|two|three|several)\s+", re.IGNORECASE)

Row = dict[str, Any]
Judged = tuple[str, bool, str]
"""Measure, whether right, and the error in words."""


def rows(folder: Path, name: str) -> list[Row]:
    return [json.loads(line) for line in (folder / name).read_text(encoding="utf-8").splitlines() if line.strip()]


def place(text: str, word: str, nth: int = 1, start: int = 0) -> int:
    """Where the `nth` occurrence of a word stands, from `start` on; -1 where it does not."""
    found = [m.start() for m in re.finditer(rf"(?<!\w){re.escape(word)}(?!\w)", text[start:])]
    return found[nth - 1] + start if len(found) >= nth else -1


def token_at(parse: Parse, at: int) -> int:
    """The token that covers an offset."""
    return int(np.searchsorted(np.array(parse.starts), at, side="right")) - 1


def headed(parse: Parse, at: int, text: str) -> int:
    """The token that heads the words at an offset: "seized" of "had seized"."""
    first, last = token_at(parse, at), token_at(parse, at + len(text) - 1)
    outside = [
        i for i in range(first, last + 1) if not first <= parse.tokens[i].head <= last or parse.tokens[i].head == i
    ]
    return outside[0] if outside else first


def plain(name: str) -> str:
    low = ARTICLES.sub("", name).strip().lower()
    return low if "--exact-names" in sys.argv else media().get(key(low), low)


@cache
def media() -> dict[str, str]:
    """Canonical names of media and organisations, by every name that the who's who has for one of them alone."""
    registry = Registry.load()
    found: dict[str, str] = {}
    for name, entries in registry.names.items():
        actors = {registry.actors[e.actor].name for e in entries}
        if len(actors) == 1 and all(registry.actors[e.actor].kind in BODIES for e in entries):
            found[name] = actors.pop().lower()
    return found


def chain_rows(row: Row, parse: Parse, findings: Findings, report: Report) -> Iterator[Judged]:
    voices = Attribution(report, parse, findings)
    for claim in row["claims"]:
        at = place(row["text"], claim["trigger"], claim.get("nth", 1), row["text"].index(claim["sentence"]))
        token = headed(parse, at, claim["trigger"])
        chain = voices.chain(token)
        wanted = steps([(v["step"], v["name"]) for v in claim["chain"]])
        got = steps([(v.step, v.name) for v in chain])
        error = f"{row['id']} {claim['trigger']!r}: wanted {wanted}, got {got}"
        yield "chain", got == wanted, error
        yield (
            "chain, nested" if len(wanted) > 1 else "chain, one step" if wanted else "chain, own voice",
            got == wanted,
            error,
        )
        yield "nearest", got[:1] == wanted[:1], error
        yield (
            "direct",
            voices.direct(token) == claim["direct"],
            f"{row['id']} {claim['trigger']!r}: direct",
        )


def steps(voices: list[tuple[int, str]]) -> list[list[str]]:
    """Names by step, in order."""
    by_step: dict[int, set[str]] = {}
    for step, name in voices:
        by_step.setdefault(step, set()).add(plain(name))
    return [sorted(by_step[step]) for step in sorted(by_step)]


def stance_rows(row: Row, parse: Parse) -> Iterator[Judged]:
    found = judge(parse, headed(parse, place(row["text"], row["trigger"], row.get("nth", 1)), row["trigger"]))
    yield (
        "stance",
        found.stance == row["stance"],
        f"{row['id']} {row['trigger']!r}: wanted {row['stance']}, got {found.stance} ({found.reason})",
    )
    yield f"stance, {row['stance']}", found.stance == row["stance"], ""
    yield (
        "outcome",
        found.outcome == row["outcome"],
        f"{row['id']}: outcome wanted {row['outcome']}, got {found.outcome}",
    )
    yield "tense", found.tense == row["tense"], f"{row['id']}: tense wanted {row['tense']}, got {found.tense}"


def party_rows(row: Row, parse: Parse, findings: Findings) -> Iterator[Judged]:
    for link in row["links"]:
        at = place(row["text"], link["text"], link["nth"])
        first, last = token_at(parse, at), token_at(parse, at + len(link["text"]) - 1)
        names = {plain(m.party.name) for m in findings.mentions if first <= m.head <= last}
        yield (
            "link",
            plain(link["is"]) in names,
            f"{row['id']} {link['text']!r}: wanted {link['is']}, got {sorted(names)}",
        )


def judged(folder: Path = GOLD) -> Iterator[tuple[str, str, str, bool, str]]:
    """(half, item, measure, right, error) for every case of the three sets."""
    engine, registry = load(), Registry.load()
    for name in ("chains.jsonl", "stance.jsonl", "parties.jsonl"):
        for row in rows(folder, name):
            day = date.fromisoformat(row["published"]) if row.get("published") else None
            report = Report(id=row["id"], text=row["text"], published=day, language="en")
            parse = engine.parse(report.text)
            if name == "stance.jsonl":
                found = stance_rows(row, parse)
            else:
                findings = find(report, parse, registry)
                found = (
                    chain_rows(row, parse, findings, report) if "claims" in row else party_rows(row, parse, findings)
                )
            yield from ((row["half"], row["id"], measure, right, error) for measure, right, error in found)


def interval(items: dict[str, list[bool]]) -> tuple[float, float]:
    """95 % bootstrap interval of the share right, items drawn whole."""
    right = np.array([sum(v) for v in items.values()], dtype=float)
    count = np.array([len(v) for v in items.values()], dtype=float)
    drawn = np.random.default_rng(SEED).integers(0, len(right), (RESAMPLES, len(right)))
    shares = right[drawn].sum(1) / count[drawn].sum(1)
    low, high = np.percentile(shares, [2.5, 97.5])
    return float(low), float(high)


def main() -> int:
    held: dict[tuple[str, str], dict[str, list[bool]]] = {}
    errors = []
    folders = [Path(a) for a in sys.argv[1:] if not a.startswith("-")]
    for half, item, measure, right, error in judged(folders[0] if folders else GOLD):
        held.setdefault((half, measure), {}).setdefault(item, []).append(right)
        if half in SHOWN and not right and error and measure in ("chain", "stance", "link"):
            errors.append(error)
    for half in HALVES:
        for (of, measure), items in sorted(held.items()):
            if of == half:
                every = [r for some in items.values() for r in some]
                low, high = interval(items)
                print(f"{half:7} {measure:18} {sum(every) / len(every):.3f} [{low:.3f}, {high:.3f}]  n={len(every)}")
    if "--errors" in sys.argv:
        print("\n".join(errors))
    return 0


if __name__ == "__main__":
    sys.exit(main())
