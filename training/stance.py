"""Fit the stance model: logistic regression over the features of `dragoman.coding.stance_model`.

Usage: python training/stance.py UDS-TRAIN.jsonl.gz EWT-TRAIN.conllu.gz OUT.json

The ratings are UDS "It Happened" values on the EWT training part (CC BY-SA 4.0); the syntax is EWT's own. AdaGrad, fixed seed, so the
same inputs give the same file.
"""

from __future__ import annotations

import gzip
import json
import math
import random
import re
import sys
from collections import Counter, defaultdict
from pathlib import Path

from dragoman.coding.stance import setting_of
from dragoman.coding.stance_model import features
from dragoman.parse.conllu import read

SENTENCE = re.compile(r"^# sent_id = (.+)$", re.M)
LEAST = 8
"""Occurrences below which a feature is left out."""
EPOCHS, RATE, DECAY = 6, 0.08, 0.0008

Example = tuple[list[str], bool]


def examples(ratings: Path, treebank: Path) -> list[Example]:
    """Features and outcome of every rated predicate whose word stands in the treebank."""
    text = gzip.decompress(treebank.read_bytes()).decode("utf-8")
    blocks = {found.group(1): block for block in text.split("\n\n") if (found := SENTENCE.search(block))}
    found: list[Example] = []
    for line in gzip.decompress(ratings.read_bytes()).decode("utf-8").splitlines():
        row = json.loads(line)
        block = blocks.get(row["sent_id"])
        parse = read(block + "\n\n")[0] if block is not None else None
        starts = {t.start: t for t in parse.tokens} if parse is not None else {}
        for predicate in row["predicates"]:
            token = starts.get(predicate["start"])
            if parse is not None and token is not None:
                found.append((list(features(parse, token, setting_of(parse, token))), predicate["value"] > 0))
    return found


def fitted(rows: list[Example], seed: int = 0) -> tuple[float, dict[str, float]]:
    """Bias and weights."""
    counts = Counter(name for names, _ in rows for name in names)
    rows = [([n for n in names if counts[n] >= LEAST], happened) for names, happened in rows]
    weights: dict[str, float] = defaultdict(float)
    squares: dict[str, float] = defaultdict(lambda: 1e-6)
    bias, chance = 0.0, random.Random(seed)
    for _ in range(EPOCHS):
        chance.shuffle(rows)
        for names, happened in rows:
            score = max(-30.0, min(30.0, bias + sum(weights[n] for n in names)))
            miss = 1.0 / (1.0 + math.exp(-score)) - happened
            bias -= 0.02 * miss
            for name in names:
                slope = miss + DECAY * weights[name]
                squares[name] += slope * slope
                weights[name] -= RATE * slope / math.sqrt(squares[name])
    return bias, dict(weights)


def main() -> None:
    ratings, treebank, out = map(Path, sys.argv[1:4])
    bias, weights = fitted(examples(ratings, treebank))
    kept = {name: round(weight, 3) for name, weight in sorted(weights.items()) if abs(weight) >= 0.02}
    out.write_text(
        json.dumps({"bias": round(bias, 3), "weights": kept}, indent=0, ensure_ascii=False) + "\n", encoding="utf-8"
    )


if __name__ == "__main__":
    main()
