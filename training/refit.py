"""After the encoder is trained: a head for names on hand-marked names, and the vectors of the classifiers. Syntax stays as it is.

    python -m training.refit --gold FOLDER --weights src/dragoman/parse/weights --to FOLDER/encoder.onnx

The encoder of `--weights` reads the sentences as the program does; a head is fitted on its layers (`graph.set_names`), and the
word table and the second layer are projected on their main directions (`graph.set_vectors`).
"""

from __future__ import annotations

import argparse
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import numpy.typing as npt
import onnx
import onnxruntime
import torch
from torch import nn
from torch.nn import functional

from dragoman.parse import Engine
from dragoman.parse.windows import feed, given_windows
from dragoman.parse.wordpiece import WordPieces
from training.data import NAME_TAGS, Sentence, hidden, read_conllu
from training.graph import FEATURES, LAYERS, NAME_INPUT, STATIC, WIDTH, set_names, set_vectors, with_outputs
from training.sources import found
from training.written import pool, swap, written_names

MARKED = Path(__file__).parent / "web/ewt-train-names.tsv"
EPOCHS, WORDS, RATE, HIDDEN, DROP, SEED = 8, 3000, 2e-3, 256, 0.33, 1
Floats = npt.NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Example:
    """A sentence as the head sees it: layers and features of its words, the tags that are possible, its weight in the loss."""

    inputs: npt.NDArray[np.float16]
    allowed: npt.NDArray[np.bool_]
    weight: float


def hand_marked(gold: Path) -> list[Sentence]:
    """EWT's training part with the names marked by hand for this project (`web/ewt-train-names.tsv`)."""
    marks = dict(line.split("\t") for line in MARKED.read_text(encoding="utf-8").splitlines())
    return [_marked(s, marks.get(s.id, "")) for s in read_conllu(found(gold, "syntax/ewt-train.conllu.gz"))]


def _marked(sentence: Sentence, marks: str) -> Sentence:
    tags = ["O"] * len(sentence.words)
    for mark in marks.split():
        kind, _, places = mark.partition(":")
        first, last = map(int, places.split("-"))
        tags[first:last] = [f"B-{kind}", *[f"I-{kind}"] * (last - first - 1)]
    return replace(sentence, names=tuple(tags), types=("PERSON", "ORG", "LOC"))


def varied(gold: Path, names: Path) -> list[tuple[Sentence, float]]:
    """All sentences to learn from, with their weights: as they stand, with swapped names, in other casings."""
    rng = random.Random(3)
    marked, written = hand_marked(gold), written_names(names)
    others = pool(written)
    named = [s for s in marked if any(tag != "O" for tag in s.names or ())]
    return [
        *((s, 1.0) for s in (*marked, *written)),
        *((swap(s, others, rng, 0.5), 0.6) for s in written),
        *((_cased(s, str.upper), 0.3) for s in rng.sample(named, min(1500, len(named)))),
        *(
            (_cased(s, rng.choice((str.lower, str.upper, str.title))), 0.5)
            for s in rng.sample(written, len(written) // 3)
        ),
    ]


def _cased(sentence: Sentence, change: object) -> Sentence:
    assert callable(change)
    return replace(sentence, words=tuple(replace(w, form=change(w.form)) for w in sentence.words))


def read(
    model: onnx.ModelProto, pieces: WordPieces, sentences: Sequence[Sentence], names: Sequence[str]
) -> Iterator[list[Floats]]:
    """The named inner values of the encoder for each sentence, pooled over first and last piece of each word; FEATURES and NAME_INPUT as they are."""
    session = onnxruntime.InferenceSession(
        with_outputs(model, names).SerializeToString(), providers=["CPUExecutionProvider"]
    )
    for sentence in sentences:
        spaces = [word.gap != 0 for word in sentence.words[1:]] + [True]
        _, windows = given_windows([[word.form for word in sentence.words]], [spaces], pieces)
        parts = []
        for window in windows:
            given = feed([window])
            first, last = given["first"][0, 1:], given["last"][0, 1:]
            values = session.run(list(names), given)
            parts.append(
                [
                    v[0, 1:] if n in (FEATURES, NAME_INPUT) else (v[0, first] + v[0, last]) / 2
                    for n, v in zip(names, values, strict=True)
                ]
            )
        yield [np.concatenate(columns) for columns in zip(*parts, strict=True)]


class Head(nn.Module):
    """What `graph.set_names` puts in: a learnt mean over layers, one hidden layer, tags."""

    def __init__(self, features: int) -> None:
        super().__init__()
        self.mix, self.scale = nn.Parameter(torch.zeros(len(LAYERS))), nn.Parameter(torch.ones(1))
        self.into, self.out = nn.Linear(WIDTH + features, HIDDEN), nn.Linear(HIDDEN, len(NAME_TAGS))
        self.drop = nn.Dropout(DROP)

    def shares(self) -> torch.Tensor:
        """The layers' shares."""
        return functional.softmax(self.mix, 0) * self.scale

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        layers = x[..., : len(LAYERS) * WIDTH].unflatten(-1, (len(LAYERS), WIDTH))
        mixed = (layers * self.shares()[:, None]).sum(-2)
        hidden_ = functional.gelu(self.into(self.drop(torch.cat([mixed, x[..., len(LAYERS) * WIDTH :]], -1))))
        found_: torch.Tensor = self.out(self.drop(hidden_))
        return found_

    def arrays(self) -> dict[str, Floats]:
        """As `graph.set_names` takes them."""
        state = {key: value.detach().numpy() for key, value in self.state_dict().items()}
        return {
            "shares": self.shares().detach().numpy(), "into": state["into.weight"].T, "into_bias": state["into.bias"],
            "out": state["out.weight"].T, "out_bias": state["out.bias"],
        }  # fmt: skip


def possible(sentence: Sentence) -> npt.NDArray[np.bool_]:
    """Which tags each word may have: an O may hide a type that its annotators did not mark."""
    rows = []
    for i, tag in enumerate(sentence.names or ()):
        types = () if len(sentence.types) > 3 else hidden(sentence, i)
        rows.append([t == tag or (tag == "O" and t != "O" and t[2:] in types) for t in NAME_TAGS])
    return np.array(rows, bool)


def fit(examples: Sequence[Example]) -> Head:
    """A head fitted on the examples; the loss of a word is that of all tags that its annotation leaves possible."""
    torch.manual_seed(SEED)
    torch.set_num_threads(1)
    head = Head(examples[0].inputs.shape[1] - len(LAYERS) * WIDTH)
    optimiser = torch.optim.AdamW(head.parameters(), lr=RATE, weight_decay=0.01)
    batches = max(1, sum(len(e.inputs) for e in examples) // WORDS)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimiser, RATE, total_steps=EPOCHS * batches + 1, pct_start=0.05)
    for _ in range(EPOCHS):
        for numbers in np.array_split(torch.randperm(len(examples)).numpy(), batches):
            some = [examples[n] for n in numbers]
            inputs = torch.from_numpy(np.concatenate([e.inputs for e in some])).float()
            allowed = torch.from_numpy(np.concatenate([e.allowed for e in some]))
            weight = torch.from_numpy(np.concatenate([np.full(len(e.inputs), e.weight, np.float32) for e in some]))
            logs = functional.log_softmax(head(inputs), -1)
            missed = -torch.logsumexp(logs.masked_fill(~allowed, -1e4), -1)
            optimiser.zero_grad()
            ((missed * weight).sum() / weight.sum()).backward()
            optimiser.step()
            schedule.step()
    return head.eval()


def directions(values: Floats) -> tuple[Floats, Floats]:
    """Mean, and projection on the `WIDTH` main directions, each scaled to about unit spread."""
    mean = values.mean(0)
    spread, axes = np.linalg.eigh(np.cov((values - mean).T))
    kept = np.argsort(spread)[::-1][:WIDTH]
    return mean, (axes[:, kept] / np.sqrt(spread[kept] + 1e-4 * spread.max())).astype(np.float32)


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--gold", type=Path, required=True)
    parser.add_argument("--weights", type=Path, required=True)
    parser.add_argument("--names", type=Path, default=Path(__file__).parent / "text/names")
    parser.add_argument("--to", type=Path, required=True)
    parser.add_argument("--limit", type=int, help="sentences at most: does it run?")
    args = parser.parse_args()
    model, pieces = onnx.load(args.weights / "encoder.onnx"), WordPieces.read(args.weights / "vocab.txt")
    Engine(args.weights)  # says what is wrong with the folder, if anything
    rows = varied(args.gold, args.names)
    random.Random(SEED).shuffle(rows)
    rows = rows[: args.limit]
    values = read(model, pieces, [s for s, _ in rows], (*LAYERS, FEATURES, STATIC))
    examples, seen = [], []
    for (sentence, weight), (*inputs, static) in zip(rows, values, strict=True):
        examples.append(Example(np.concatenate(inputs, 1).astype(np.float16), possible(sentence), weight))
        if len(seen) < 4000:
            seen.append(np.concatenate([static, inputs[2]], 1))
    set_names(model, fit(examples).arrays())
    set_vectors(model, *directions(np.concatenate(seen)))
    onnx.save(model, args.to)


if __name__ == "__main__":
    main()
