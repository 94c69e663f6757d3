"""A head that tells which words are a source's, a cue's and a content's, fitted on the finished encoder. All else stays as it is.

    python -m training.quotes --gold FOLDER --weights src/dragoman/parse/weights --to FOLDER/encoder.onnx

Learns from `text/quotations/marked.jsonl`: attributions marked by reading for this project, in sentences of EWT and GUM (by their
numbers only) and in sentences written here. Needs PyTorch (extra `training`); two minutes on one core.
"""

from __future__ import annotations

import argparse
import json
import random
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import numpy as np
import numpy.typing as npt
import onnx
import torch
from torch import nn
from torch.nn import functional

from dragoman.model import Parse
from dragoman.parse import Engine
from dragoman.parse.wordpiece import WordPieces
from training.data import NO_SPACE, SPACE, Sentence, Word, read_conllu
from training.graph import NAME_INPUT, set_quotes
from training.refit import read
from training.sources import found

MARKED = Path(__file__).parent / "text/quotations/marked.jsonl"
PARTS = ("source", "cue", "content")
EPOCHS, WORDS, RATE, HIDDEN, DROP, SEED, LONGEST = 10, 1500, 2e-3, 192, 0.4, 1, 120
HELD_OUT_ONE_IN = 4
Floats = npt.NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Example:
    """Inputs of the words of a sentence, and for each word whether it is a source's, a cue's, a content's."""

    inputs: Floats
    parts: Floats


class Head(nn.Module):
    """What `graph.set_quotes` puts in."""

    def __init__(self, width: int) -> None:
        super().__init__()
        self.into, self.out, self.drop = nn.Linear(width, HIDDEN), nn.Linear(HIDDEN, len(PARTS)), nn.Dropout(DROP)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        found_: torch.Tensor = self.out(self.drop(functional.gelu(self.into(self.drop(x)))))
        return found_

    def arrays(self) -> dict[str, Floats]:
        """As `graph.set_quotes` takes them."""
        state = {key: value.detach().numpy() for key, value in self.state_dict().items()}
        return {
            "into": state["into.weight"].T, "into_bias": state["into.bias"],
            "out": state["out.weight"].T, "out_bias": state["out.bias"],
        }  # fmt: skip


def surface(sentence: Sentence) -> str:
    """The sentence with a blank wherever anything stood between two words."""
    return "".join((" " if word.gap != NO_SPACE and i else "") + word.form for i, word in enumerate(sentence.words))


def marked(gold: Path) -> list[tuple[str, list[dict[str, list[list[int]]]]]]:
    """Sentences with their attributions; spans are half-open, in characters of the sentence."""
    names = ("syntax/ewt-train.conllu.gz", "syntax/gum-train.conllu.gz")
    texts = {s.id: surface(s) for name in names for s in read_conllu(found(gold, name))}
    rows = map(json.loads, MARKED.read_text(encoding="utf-8").splitlines())
    return [(row.get("text") or texts[row["id"]], row["attributions"]) for row in rows]


def sentence_of(parse: Parse) -> Sentence:
    """The words of a parse as one sentence, as `training.refit.read` takes them."""
    tokens = parse.tokens
    gaps = [SPACE, *(SPACE if b.start > a.end else NO_SPACE for a, b in pairwise(tokens))]
    return Sentence("", parse.text, tuple(Word(t.text, gap=gap) for t, gap in zip(tokens, gaps, strict=True)))


def parts_of(parse: Parse, attributions: Sequence[dict[str, list[list[int]]]]) -> Floats:
    """(words, 3): 1 where a word touches a span of that part."""
    found_ = np.zeros((len(parse.tokens), len(PARTS)), np.float32)
    for one in attributions:
        for column, part in enumerate(PARTS):
            for start, end in one[part]:
                found_[[t.i for t in parse.tokens if t.start < end and t.end > start], column] = 1
    return found_


def examples(model: onnx.ModelProto, weights: Path, gold: Path, limit: int | None) -> list[Example]:
    """What to learn from; very long sentences are left out."""
    rows = marked(gold)[:limit]
    parses = Engine(weights).parse_all(text for text, _ in rows)
    kept = [(p, a) for p, (_, a) in zip(parses, rows, strict=True) if 0 < len(p.tokens) <= LONGEST]
    values = read(model, WordPieces.read(weights / "vocab.txt"), [sentence_of(p) for p, _ in kept], [NAME_INPUT])
    return [Example(inputs, parts_of(parse, a)) for (parse, a), (inputs,) in zip(kept, values, strict=True)]


def fit(rows: Sequence[Example]) -> Head:
    """A head fitted on the rows."""
    torch.manual_seed(SEED)
    torch.set_num_threads(1)
    head = Head(rows[0].inputs.shape[1])
    optimiser = torch.optim.AdamW(head.parameters(), lr=RATE, weight_decay=0.02)
    batches = max(1, sum(len(row.inputs) for row in rows) // WORDS)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimiser, RATE, total_steps=EPOCHS * batches + 1, pct_start=0.1)
    for _ in range(EPOCHS):
        for numbers in np.array_split(torch.randperm(len(rows)).numpy(), batches):
            inputs = torch.from_numpy(np.concatenate([rows[n].inputs for n in numbers]))
            parts = torch.from_numpy(np.concatenate([rows[n].parts for n in numbers]))
            optimiser.zero_grad()
            functional.binary_cross_entropy_with_logits(head(inputs), parts).backward()
            optimiser.step()
            schedule.step()
    return head.eval()


def f1(head: Head, rows: Sequence[Example]) -> dict[str, float]:
    """F1 of each part, by words, at a probability of one half."""
    with torch.no_grad():
        said = head(torch.from_numpy(np.concatenate([row.inputs for row in rows]))).numpy() > 0
    true = np.concatenate([row.parts for row in rows]) > 0
    both, some = (said & true).sum(0), said.sum(0) + true.sum(0)
    return {part: round(float(2 * both[i] / max(1, some[i])), 3) for i, part in enumerate(PARTS)}


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--gold", type=Path, required=True)
    parser.add_argument("--weights", type=Path, required=True)
    parser.add_argument("--to", type=Path, required=True)
    parser.add_argument("--limit", type=int, help="sentences at most: does it run?")
    args = parser.parse_args()
    model = onnx.load(args.weights / "encoder.onnx")
    rows = examples(model, args.weights, args.gold, args.limit)
    random.Random(SEED).shuffle(rows)
    held = len(rows) // HELD_OUT_ONE_IN
    print("held-out quarter, F1 by words:", f1(fit(rows[held:]), rows[:held]))
    set_quotes(model, fit(rows).arrays())
    onnx.save(model, args.to)


if __name__ == "__main__":
    main()
