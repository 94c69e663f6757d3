"""Train the event classifier on the coded sentences of `text/events`, on vectors of the shipped engine and the frames of the lexicon.

    python -m training.classify --to src/dragoman/coding/data/classifier.npz [--small]

Held-out files are only measured on. Needs PyTorch (extra `training`); a minute on two cores.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt
import torch
from torch import nn
from torch.nn import functional

from dragoman.coding.classifier import carriers, inputs_of
from dragoman.coding.frames import lexicon
from dragoman.coding.knowledge import WIDTH
from dragoman.coding.triggers import find_triggers
from dragoman.model import Parse
from dragoman.parse import load as load_engine
from training.events import Written, load

HIDDEN, EPOCHS, BATCH, RATE, DECAY = 256, 8, 128, 1e-3, 0.05
DROP_INPUT, DROP_HIDDEN = 0.45, 0.4
SEED = 5
Floats = npt.NDArray[np.float32]
Ints = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Rows:
    """Inputs of words that may carry an event, their types (0: none), and the number of each word's sentence."""

    inputs: Floats
    types: Ints
    sentences: Ints


def trigger_token(parse: Parse, at: tuple[int, int], allowed: frozenset[int]) -> int | None:
    """The token of a trigger's span that carries it: that whose head stands outside, else the last that may."""
    inside = [t.i for t in parse.tokens if t.start < at[1] and t.end > at[0] and t.i in allowed]
    heads = [i for i in inside if parse.tokens[i].head not in inside or parse.tokens[i].head == i]
    return heads[0] if heads else None


def rows_of(sentences: Sequence[Written], parses: Iterator[Parse], types: Sequence[str]) -> Rows:
    """One row for each word of the sentences that may carry an event."""
    inputs, labels, numbers = [], [], []
    words = lexicon()
    for number, (one, parse) in enumerate(zip(sentences, parses, strict=True)):
        tokens = carriers(parse)
        if not tokens:
            continue
        label = dict.fromkeys(tokens, 0)
        for event in one.events:
            at = trigger_token(parse, event.at, frozenset(tokens))
            if at is not None:
                label[at] = 1 + types.index(event.type)
        inputs.append(inputs_of(parse, tokens, find_triggers(parse, words), words))
        labels.extend(label.values())
        numbers.extend([number] * len(tokens))
    return Rows(np.concatenate(inputs), np.array(labels), np.array(numbers))


class Perceptron(nn.Module):
    """What `dragoman.coding.classifier.Classifier` computes, with dropout, but for what the lexicon knows."""

    def __init__(self, width: int, types: int) -> None:
        super().__init__()
        self.into, self.out = nn.Linear(width, HIDDEN), nn.Linear(HIDDEN, types + 1)
        self.known = nn.Linear(WIDTH, types + 1, bias=False)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        known = x[:, -WIDTH:]
        seen = functional.dropout(x[:, :-WIDTH], DROP_INPUT, self.training)
        hidden = functional.relu(self.into(torch.cat([seen, known], 1)))
        found: torch.Tensor = self.out(functional.dropout(hidden, DROP_HIDDEN, self.training)) + self.known(known)
        return found


def fit(rows: Rows, types: int, epochs: int) -> Perceptron:
    """A perceptron trained on the rows; the same rows give the same one."""
    torch.manual_seed(SEED)
    torch.set_num_threads(1)
    model = Perceptron(rows.inputs.shape[1], types)
    optimiser = torch.optim.AdamW(model.parameters(), lr=RATE, weight_decay=DECAY)
    inputs, labels = torch.from_numpy(rows.inputs), torch.from_numpy(rows.types)
    steps = max(1, epochs * -(-len(labels) // BATCH))
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimiser, 2 * RATE, total_steps=steps)
    for _ in range(epochs):
        for batch in torch.randperm(len(labels)).split(BATCH):
            loss = functional.cross_entropy(model(inputs[batch]), labels[batch], label_smoothing=0.03)
            optimiser.zero_grad()
            loss.backward()
            optimiser.step()
            schedule.step()
    return model.eval()


def measure(model: Perceptron, rows: Rows) -> dict[str, float]:
    """Precision, recall and F1 of words with their type, and the share of words right in type where they carry an event."""
    with torch.no_grad():
        said = model(torch.from_numpy(rows.inputs)).argmax(1).numpy()
    hits = int(((said == rows.types) & (said > 0)).sum())
    precision, recall = hits / max(1, (said > 0).sum()), hits / max(1, (rows.types > 0).sum())
    found = (said > 0) & (rows.types > 0)
    return {
        "precision": round(float(precision), 3),
        "recall": round(float(recall), 3),
        "f1": round(float(2 * precision * recall / max(1e-9, precision + recall)), 3),
        "type_where_found": round(float((said == rows.types)[found].mean()) if found.any() else 0.0, 3),
    }


def save(model: Perceptron, types: Sequence[str], engine: str, path: Path) -> None:
    """Write the weights, half precision."""
    state = {key: value.detach().numpy() for key, value in model.state_dict().items()}
    np.savez_compressed(
        path, types=np.array(types), engine=np.array(engine),
        into=state["into.weight"].T.astype(np.float16), into_bias=state["into.bias"].astype(np.float16),
        out=state["out.weight"].T.astype(np.float16), out_bias=state["out.bias"].astype(np.float16),
        known=state["known.weight"].T.astype(np.float16),
    )  # fmt: skip


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--to", type=Path, required=True)
    parser.add_argument("--small", action="store_true", help="few sentences and epochs: does the recipe run?")
    args = parser.parse_args()
    engine = load_engine()
    learnt, held = load(held_out=False)[0], load(held_out=True)[0]
    if args.small:
        learnt, held = learnt[::20], held[::10]
    types = sorted({event.type for one in learnt for event in one.events})
    rows = rows_of(learnt, engine.parse_all(one.text for one in learnt), types)
    kept = rows_of(held, engine.parse_all(one.text for one in held), types)
    model = fit(rows, len(types), 2 if args.small else EPOCHS)
    save(model, types, engine.name, args.to)
    print(json.dumps({"sentences": len(learnt), "words": len(rows.types), "held_out": measure(model, kept)}))


if __name__ == "__main__":
    main()
