"""The audit of the who's who: draw entries at random for a reader, and tally the verdicts he wrote down.

    python benchmarks/registry_audit.py draw            # the sample of the second reading, field by field
    python benchmarks/registry_audit.py draw --seed 7   # another one
    python benchmarks/registry_audit.py tally           # error rate with a 95 % interval from registry_audit.tsv

The draw is from all entries sorted by id, persons made from office lists among them. The verdicts were given on the files as they
stood at the commit that `registry_audit.tsv` names; a later draw with the same seed gives other entries, since the files have grown.
"""

from __future__ import annotations

import argparse
import csv
import random
import sys
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt
from pathlib import Path

from dragoman.errors import UsageError
from dragoman.registry.load import read_all
from dragoman.registry.schema import Actor

VERDICTS = Path(__file__).with_name("registry_audit.tsv")
SEED = 20261123
SIZE = 200
KNOWN = ("right", "wrong", "doubtful")
"""right: nothing false is stated; wrong: something is; doubtful: the reader does not know, and has no reason to believe it false."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the reader says of one entry: one of `KNOWN`, the field concerned, and what is the case instead."""

    id: str
    verdict: str
    field: str
    note: str


def drawn(actors: Sequence[Actor], seed: int = SEED, size: int = SIZE) -> list[Actor]:
    """`size` entries at random, in order of their ids."""
    rows = sorted(actors, key=lambda a: a.id)
    return sorted(random.Random(seed).sample(rows, size), key=lambda a: a.id)


def shown(actor: Actor) -> str:
    """All facts that an entry states, on a few lines."""
    head = f"{actor.id} | {actor.name} | {actor.kind} {actor.country or '-'} {actor.sector or '-'}"
    parts = [f"{n.use}: {n.text}{_span(n.from_, n.to)}" for n in actor.names[1:] if n.use != "surname"]
    parts += [f"side: {s.sector} {s.country or ''}{_span(s.from_, s.to)}" for s in actor.sides]
    parts += [f"office: {p.title} of {p.of}{_span(p.from_, p.to)} {p.sector or ''}" for p in actor.posts]
    parts += [f"member: {m.of}{_span(m.from_, m.to)}" for m in actor.members]
    rest = (actor.part_of, actor.wikidata, actor.doubt)
    parts += [f"{t}: {v}" for t, v in zip(("part of", "wikidata", "doubt"), rest, strict=True) if v]
    return head + _span(actor.from_, actor.to) + "".join(f"\n    {part}" for part in parts)


def _span(start: str | None, end: str | None) -> str:
    return f" [{start or ''} … {end or ''}]" if start or end else ""


def verdicts(path: Path = VERDICTS) -> list[Verdict]:
    """The verdicts of a tab-separated file; lines with # are comments. Raises `UsageError` naming file and line."""
    found: dict[str, Verdict] = {}
    with path.open(encoding="utf-8", newline="") as file:
        for number, row in enumerate(csv.reader(file, delimiter="\t", quoting=csv.QUOTE_NONE), 1):
            if not row or row[0].startswith("#"):
                continue
            if not 2 <= len(row) <= 4 or row[1] not in KNOWN:
                raise UsageError(
                    f"{path.name}:{number}: expected id, one of {', '.join(KNOWN)}, field, note; got {row!r}"
                )
            if row[0] in found:
                raise UsageError(f"{path.name}:{number}: {row[0]!r} has a verdict already")
            found[row[0]] = Verdict(*row, *[""] * (4 - len(row)))
    return list(found.values())


def wilson(hits: int, total: int) -> tuple[float, float]:
    """The 95 % Wilson interval of a share."""
    z = 1.959964
    middle, width = hits + z * z / 2, z * sqrt(hits * (total - hits) / total + z * z / 4)
    return (middle - width) / (total + z * z), (middle + width) / (total + z * z)


def tally(found: Sequence[Verdict]) -> str:
    """The rates of the verdicts, and the errors by field."""
    counts = Counter(v.verdict for v in found)
    lines = []
    for verdict in KNOWN:
        low, high = wilson(counts[verdict], len(found))
        share = f"{counts[verdict] / len(found):.1%}, 95 % {low:.1%} to {high:.1%}"
        lines.append(f"{verdict:9} {counts[verdict]:4} of {len(found)}  {share}")
    fields = Counter(v.field for v in found if v.verdict == "wrong")
    lines.append("wrong by field: " + (", ".join(f"{name} {n}" for name, n in fields.most_common()) or "none"))
    return "\n".join(lines)


def main(arguments: Sequence[str] | None = None) -> int:
    """Draw or tally; see the head of this file."""
    parser = argparse.ArgumentParser(description="Audit of the who's who.")
    parser.add_argument("what", choices=("draw", "tally"))
    parser.add_argument("--seed", type=int, default=SEED)
    parser.add_argument("--size", type=int, default=SIZE)
    given = parser.parse_args(arguments)
    told = (
        tally(verdicts()) if given.what == "tally" else "\n".join(map(shown, drawn(read_all(), given.seed, given.size)))
    )
    sys.stdout.write(told + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
