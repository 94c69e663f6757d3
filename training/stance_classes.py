"""Train the stance classifier on the sentences of `text/voices/stance.jsonl` and `text/events`, on vectors of the shipped engine.

    python -m training.stance_classes --to src/dragoman/coding/data/stance_classes.npz [--small]

To be run again whenever the engine or the stance rules change: their readings are among the inputs. Held-out files of `text/events` are
only measured on. Needs PyTorch (extra `training`); two minutes on two cores.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import numpy.typing as npt
import torch
from torch import nn
from torch.nn import functional

from dragoman.coding.stance import read_by_rules
from dragoman.coding.stance_classes import STANCES, TOLD, inputs_of, shipped_encoder
from dragoman.model import Parse
from dragoman.parse import load as load_engine
from training.events import load, occurrences

VOICES = Path(__file__).parent / "text/voices/stance.jsonl"
HIDDEN, NETWORKS, EPOCHS, BATCH, RATE, DECAY = 64, 3, 20, 128, 1e-3, 0.05
DROP, DROP_TOLD, SMOOTHING = 0.4, 0.1, 0.05
SCALE = 0.3
"""Spread of the vector inputs beside those of the rules, which are 0 or 1."""
VOICES_WEIGHT = 3.0
"""The sentences about stance are fewer and harder than those about events."""

Floats = npt.NDArray[np.float32]
Ints = npt.NDArray[np.int64]
Rows = tuple[Floats, Ints]
Item = tuple[str, tuple[int, int], str]
"""Text, span of the trigger, stance."""


def of_voices() -> Iterator[Item]:
    """The sentences written about stance, but for those held out to measure on."""
    for line in VOICES.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        if row["half"] == "held":
            continue
        start = occurrences(row["trigger"], row["text"])[row.get("nth", 1) - 1]
        yield row["text"], (start, start + len(row["trigger"])), row["stance"]


def of_events(held_out: bool) -> Iterator[Item]:
    """The triggers of the coded sentences."""
    for one in load(held_out=held_out)[0]:
        yield from ((one.text, coded.at, coded.stance) for coded in one.events)


def headed(parse: Parse, at: tuple[int, int]) -> int:
    """The token that heads a span."""
    inside = [t.i for t in parse.tokens if t.start < at[1] and t.end > at[0]]
    heads = [i for i in inside if parse.tokens[i].head not in inside or parse.tokens[i].head == i]
    return (heads or inside)[0]


def rows_of(items: list[Item]) -> Rows:
    """One row for each item."""
    engine = load_engine()
    inputs, labels = [], []
    for (_, at, stance), parse in zip(items, engine.parse_all(text for text, _, _ in items), strict=True):
        i = headed(parse, at)
        inputs.append(inputs_of(parse, i, read_by_rules(parse, i)))
        labels.append(STANCES.index(stance))  # type: ignore[arg-type]
    return np.array(inputs, np.float32), np.array(labels)


def fit(rows: Rows, weights: Floats, seed: int, epochs: int) -> tuple[Floats, Floats, Floats, Floats]:
    """Weights of one network on raw inputs; the same rows and seed give the same ones."""
    torch.manual_seed(seed)
    mean, spread = rows[0].mean(0), rows[0].std(0) + 1e-3
    mean[-TOLD:], spread[-TOLD:] = 0, SCALE
    inputs, labels = torch.from_numpy((rows[0] - mean) / spread * SCALE), torch.from_numpy(rows[1])
    weight = torch.from_numpy(weights)
    into, out = nn.Linear(inputs.shape[1], HIDDEN), nn.Linear(HIDDEN, len(STANCES))
    model = nn.Sequential(nn.Dropout(DROP), into, nn.ReLU(), nn.Dropout(DROP), out)
    optimiser = torch.optim.AdamW(model.parameters(), lr=RATE, weight_decay=DECAY)
    steps = epochs * -(-len(labels) // BATCH)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimiser, 3 * RATE, total_steps=steps)
    for _ in range(epochs):
        for batch in torch.randperm(len(labels)).split(BATCH):
            shown = inputs[batch].clone()
            shown[torch.rand(len(batch)) < DROP_TOLD, -TOLD:] = 0
            losses = functional.cross_entropy(model(shown), labels[batch], label_smoothing=SMOOTHING, reduction="none")
            optimiser.zero_grad()
            (losses * weight[batch]).mean().backward()
            optimiser.step()
            schedule.step()
    first = (into.weight.detach().numpy() * (SCALE / spread)).T
    bias = into.bias.detach().numpy() - mean @ first
    return first, bias, out.weight.detach().numpy().T, out.bias.detach().numpy()


def trained(events: Rows, voices: Rows, epochs: int) -> dict[str, Floats]:
    """The weights of all networks side by side: their logits are averaged. Rare stances weigh more."""
    rows = np.concatenate([events[0], voices[0]]), np.concatenate([events[1], voices[1]])
    counts = np.bincount(rows[1], minlength=len(STANCES))
    weights = np.sqrt(len(rows[1]) / np.maximum(1, counts) / len(STANCES))[rows[1]]
    weights[len(events[1]) :] *= VOICES_WEIGHT
    parts = list(zip(*(fit(rows, weights.astype(np.float32), seed, epochs) for seed in range(NETWORKS)), strict=True))
    return {
        "into": np.concatenate(parts[0], axis=1),
        "into_bias": np.concatenate(parts[1]),
        "out": np.concatenate(parts[2]) / NETWORKS,
        "out_bias": np.mean(parts[3], axis=0),
    }


def said(model: dict[str, Floats], inputs: Floats) -> Ints:
    """The likeliest stance of each row."""
    hidden = np.maximum(inputs @ model["into"] + model["into_bias"], 0)
    found: Ints = (hidden @ model["out"] + model["out_bias"]).argmax(1)
    return found


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--to", type=Path, required=True)
    parser.add_argument("--small", action="store_true", help="few sentences and epochs: does the recipe run?")
    args = parser.parse_args()
    step = 20 if args.small else 1
    events, held = rows_of(list(of_events(False))[::step]), rows_of(list(of_events(True))[::step])
    voices = rows_of(list(of_voices())[::step])
    model = trained(events, voices, 2 if args.small else EPOCHS)
    save(model, load_engine().name, args.to)
    right = float((said(model, held[0]) == held[1]).mean())
    print(json.dumps({"events": len(events[1]), "voices": len(voices[1]), "held_out": round(right, 3)}))


def save(model: dict[str, Floats], engine: str, path: Path) -> None:
    """Write the weights, half precision."""
    arrays = {name: values.astype(np.float16) for name, values in model.items()}
    np.savez_compressed(path, engine=np.array(engine), encoder=np.array(shipped_encoder()), **arrays)  # type: ignore[arg-type]


if __name__ == "__main__":
    main()
