"""Events on the project's own sentences: types, parties, negatives, stance and calibration, each with its 95 % interval.

    python benchmarks/own_events.py [--program .venv/bin/dragoman] [--resamples 1000] [--errors]

Types: multisets of the main events of each sentence. With parties: a claim counts where type and actors (and recipients)
overlap those of an event that no other claim has taken; a slot that the gold leaves empty is not judged. Calibration:
a main claim is right where a gold event of its type, main or not, is left for it. Intervals: bootstrap over sentences.
`--errors` lists the errors of the half `dev`; those of the half `report` are never shown.
"""

from __future__ import annotations

import argparse
import json
import re
import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

ROOT = Path(__file__).resolve().parents[1]
GOLD = ROOT / "tests" / "gold" / "events.jsonl"
BINS = 10
SEED = 20
LINK_WORDS = frozenset("the a an of and in on at for to from by its his her their who s".split())

Entry = dict[str, Any]
Span = tuple[int, int]
Pairing = Callable[[Entry, Entry, str], bool]
Counts = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Item:
    """A gold sentence and the event claims that the program makes of it."""

    id: str
    half: str
    text: str
    events: Sequence[Entry]
    claims: Sequence[Entry]

    def main(self, entries: Sequence[Entry]) -> list[Entry]:
        return [entry for entry in entries if entry["main"]]


def code(program: Path, path: Path) -> list[Item]:
    """The gold sentences with the event claims of the installed program, in the order of the file."""
    command = [str(program), "code", "--lines", str(path), "--format", "jsonl"]
    done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=False)
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    records = [json.loads(line) for line in done.stdout.splitlines()]
    if len(records) != len(rows):
        raise SystemExit(f"expected {len(rows)} records, {program} gave {len(records)}: {done.stderr[-500:]}")
    return [
        Item(row["id"], row["half"], row["text"], row["events"], [c for c in record["claims"] if c["kind"] == "event"])
        for row, record in zip(rows, records, strict=True)
    ]


def spans(words: str, text: str) -> list[Span]:
    """Where the words stand in the text as whole words."""
    return [m.span() for m in re.finditer(rf"(?<!\w){re.escape(words)}(?!\w)", text)]


def trigger_span(event: Entry, text: str) -> Span:
    nth: int = event.get("nth", 1)
    return spans(event["trigger"], text)[nth - 1]


def overlap(one: Span, other: Span) -> bool:
    return one[0] < other[1] and other[0] < one[1]


def content(words: str) -> set[str]:
    """The words of a name that tell it from others, lower case."""
    return {word for word in re.findall(r"\w+", words.casefold()) if word not in LINK_WORDS}


def same_party(words: str, party: Entry, text: str) -> bool:
    """Whether the party found stands over the gold words, or shares a telling word with them."""
    start, end = party["start"], party["end"]
    if any(overlap(span, (start, end)) for span in spans(words, text)):
        return True
    return bool(content(words) & (content(party["text"]) | content(party["name"])))


def _share(names: Sequence[str], parties: Sequence[Entry], text: str) -> int:
    """How many of the gold parties are among those found."""
    return sum(any(same_party(name, party, text) for party in parties) for name in names)


def same_type(event: Entry, claim: Entry, text: str) -> bool:
    return bool(event["type"] == claim["type"])


def _is_mutual(event: Entry, claim: Entry) -> bool:
    """ "A met B" and "A and B met" are one thing: where either side calls it mutual, actors and recipients are pooled."""
    return bool(event["mutual"] or claim["mutual"])


def same_actor(event: Entry, claim: Entry, text: str) -> bool:
    """Type and, where the gold names actors, at least one of them."""
    found = claim["actors"] + claim["recipients"] if _is_mutual(event, claim) else claim["actors"]
    return same_type(event, claim, text) and (not event["actors"] or _share(event["actors"], found, text) > 0)


def same_pair(event: Entry, claim: Entry, text: str) -> bool:
    """Type, an actor and a recipient; where mutual, two of the parties, or the only one."""
    if _is_mutual(event, claim):
        named, found = event["actors"] + event["recipients"], claim["actors"] + claim["recipients"]
        return same_type(event, claim, text) and _share(named, found, text) >= min(2, len(named))
    received = not event["recipients"] or _share(event["recipients"], claim["recipients"], text) > 0
    return same_actor(event, claim, text) and received


def pair(events: Sequence[Entry], claims: Sequence[Entry], text: str, same: Pairing) -> list[tuple[int, int]]:
    """The most pairs of event and claim that are the same, each used once (Kuhn's augmenting paths)."""
    owner: dict[int, int] = {}

    def place(i: int, seen: set[int]) -> bool:
        for j, claim in enumerate(claims):
            if j not in seen and same(events[i], claim, text):
                seen.add(j)
                if j not in owner or place(owner[j], seen):
                    owner[j] = i
                    return True
        return False

    for i in range(len(events)):
        place(i, set())
    return [(i, j) for j, i in owner.items()]


def hits(item: Item, same: Pairing) -> tuple[float, ...]:
    """Right, claimed and gold main events of one sentence."""
    gold, said = item.main(item.events), item.main(item.claims)
    return len(pair(gold, said, item.text, same)), len(said), len(gold)


def stance_hits(item: Item) -> tuple[float, ...]:
    """Right stances and gold events, of those whose trigger a claim has, the claim of the same type first."""
    right = total = 0
    for event in item.events:
        span = trigger_span(event, item.text)
        at = [c for c in item.claims if overlap(span, (c["trigger"]["start"], c["trigger"]["end"]))]
        if at:
            best = max(at, key=lambda claim: claim["type"] == event["type"])
            right += best["stance"] == event["stance"]
            total += 1
    return right, total


def trials(item: Item) -> list[tuple[float, bool]]:
    """Confidence of each main claim of a sentence, and whether it is right."""
    said = item.main(item.claims)
    right = {j for _, j in pair(item.events, said, item.text, same_type)}
    return [(float(claim["confidence"]), j in right) for j, claim in enumerate(said)]


def calibration(confidence: Counts, right: Counts, weight: Counts) -> float:
    """Expected calibration error over ten bins of equal width."""
    bins = np.minimum((confidence * BINS).astype(int), BINS - 1)
    gaps = [abs(float((weight * (right - confidence))[bins == b].sum())) for b in range(BINS)]
    return sum(gaps) / max(float(weight.sum()), 1.0)


class Bootstrap:
    """Resamples of the sentences of one half: how often each sentence is drawn in each."""

    def __init__(self, size: int, resamples: int) -> None:
        self.draws = np.random.default_rng(SEED).multinomial(size, np.full(size, 1 / size), resamples).astype(float)

    def interval(self, values: Sequence[float]) -> str:
        low, high = np.percentile(values, [2.5, 97.5])
        return f"[{low:.3f}, {high:.3f}]"

    def ratio(self, rows: Sequence[tuple[float, ...]], top: Callable[[Counts], float]) -> str:
        """A figure of the summed counts with its interval."""
        counts = np.array(rows, dtype=float)
        return f"{top(counts.sum(0)):.3f} {self.interval([top(total) for total in self.draws @ counts])}"


def precision(total: Counts) -> float:
    return float(total[0] / max(total[1], 1))


def recall(total: Counts) -> float:
    return float(total[0] / max(total[2], 1))


def f1(total: Counts) -> float:
    return float(2 * total[0] / max(total[1] + total[2], 1))


def _reliability(items: Sequence[Item], bootstrap: Bootstrap) -> Iterator[str]:
    pairs = [(i, confidence, right) for i, item in enumerate(items) for confidence, right in trials(item)]
    where = np.array([p[0] for p in pairs], dtype=int)
    confidence, right = (np.array([p[k] for p in pairs], dtype=float) for k in (1, 2))
    error = calibration(confidence, right, np.ones(len(pairs)))
    spread = bootstrap.interval([calibration(confidence, right, draw[where]) for draw in bootstrap.draws])
    yield f"  calibration error   n={len(pairs)}  {error:.3f} {spread}"
    bins = np.minimum((confidence * BINS).astype(int), BINS - 1)
    for b in sorted(set(bins.tolist())):
        inside = bins == b
        said, came = confidence[inside].mean(), right[inside].mean()
        yield f"    {b / BINS:.1f}-{(b + 1) / BINS:.1f}  n={inside.sum():4d}  confidence {said:.3f}  right {came:.3f}"


def report(items: Sequence[Item], resamples: int) -> Iterator[str]:
    """The figures of one half, line by line."""
    bootstrap = Bootstrap(len(items), resamples)
    named: list[tuple[str, Pairing]] = [
        ("type", same_type),
        ("type+actor", same_actor),
        ("type+actor+recipient", same_pair),
    ]
    for name, same in named:
        rows = [hits(item, same) for item in items]
        claimed, gold = (int(sum(row[k] for row in rows)) for k in (1, 2))
        parts = [f"{word} {bootstrap.ratio(rows, top)}" for word, top in (("P", precision), ("R", recall), ("F1", f1))]
        yield f"  {name:20} n={gold} claimed={claimed}  {'  '.join(parts)}"
    bare = [(float(not item.claims), float(not item.events)) if not item.events else (0.0, 0.0) for item in items]
    yield f"  negatives uncoded   n={int(sum(row[1] for row in bare))}  {bootstrap.ratio(bare, precision)}"
    stances = [stance_hits(item) for item in items]
    yield f"  stance              n={int(sum(row[1] for row in stances))}  {bootstrap.ratio(stances, precision)}"
    yield from _reliability(items, bootstrap)


def _parties(entries: Sequence[Any]) -> str:
    return " + ".join(entry if isinstance(entry, str) else str(entry["text"]) for entry in entries) or "-"


def _told(entry: Entry) -> str:
    trigger = entry["trigger"] if isinstance(entry["trigger"], str) else entry["trigger"]["text"]
    return f"{entry['type']} {trigger!r} {_parties(entry['actors'])} > {_parties(entry['recipients'])}"


def errors(items: Sequence[Item]) -> Iterator[str]:
    """Missed, extra and mistyped main events of the sentences of `dev`, then how often each kind came."""
    kinds: Counter[str] = Counter()
    for item in items:
        gold, said = item.main(item.events), item.main(item.claims)
        matched = pair(gold, said, item.text, same_type)
        lost = [e for i, e in enumerate(gold) if i not in {m[0] for m in matched}]
        extra = [c for j, c in enumerate(said) if j not in {m[1] for m in matched}]
        roles = [(gold[i], said[j]) for i, j in matched if not same_pair(gold[i], said[j], item.text)]
        if lost or extra or roles:
            yield f"{item.id} {item.text}"
        yield from (f"    missed {_told(event)}" for event in lost)
        yield from (f"    extra  {_told(claim)}" for claim in extra)
        yield from (f"    roles  {_told(event)}   |   {_told(claim)}" for event, claim in roles)
        kinds.update(f"missed {event['type']}, {'other claim' if extra else 'no claim'}" for event in lost)
        kinds.update(f"extra {claim['type']}{'' if item.events else ' on a negative'}" for claim in extra)
        kinds.update(f"roles {event['type']}" for event, _ in roles)
    yield from (f"{count:4d} {kind}" for kind, count in kinds.most_common(40))


def main() -> None:
    """Run the program on the sentences and print the figures of both halves."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--program", type=Path, default=Path(sys.executable).parent / "dragoman")
    parser.add_argument("--resamples", type=int, default=1000)
    parser.add_argument("--errors", action="store_true", help="list the errors of the half dev")
    options = parser.parse_args()
    items = code(options.program, GOLD)
    for half in ("dev", "report"):
        chosen = [item for item in items if item.half == half]
        print(f"{half}: {len(chosen)} sentences")
        print("\n".join(report(chosen, options.resamples)))
    if options.errors:
        print("\n".join(errors([item for item in items if item.half == "dev"])))


if __name__ == "__main__":
    main()
