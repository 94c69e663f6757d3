"""From a checkpoint to what the program ships: two ONNX graphs with int8 weights, the vocabulary, the inventory.

Activation ranges for the int8 products are measured on windows of the training treebanks.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import random
import shutil
from itertools import islice
from pathlib import Path

import numpy as np
import torch
from torch import Tensor, nn

from dragoman.parse.wordpiece import WordPieces
from training.batches import Coder
from training.data import Inventory, disturb, windows
from training.network import Inputs, Network
from training.quantise import quantise, ranges
from training.sources import load_sources

INPUTS = ("pieces", "owner", "first", "last", "features")
OUTPUTS = ("start", "upos", "xpos", "feats", "lemma", "name", "arc", "label_dep", "label_head", "vector")
OPSET = 20
TAIL = 1e-4
"""Share of activations cut off at either end of a range; a few outliers would else cost everything else its precision."""


class Whole(nn.Module):
    """The network as the runtime calls it: tags decided, names as log-probabilities."""

    def __init__(self, network: Network) -> None:
        super().__init__()
        self.network = network

    def forward(
        self, pieces: Tensor, owner: Tensor, first: Tensor, last: Tensor, features: Tensor
    ) -> tuple[Tensor, ...]:
        out = self.network(Inputs(pieces, owner, first, last, features))
        for key in ("upos", "xpos", "feats", "lemma"):
            out[key] = out[key].argmax(-1).to(torch.int32)
        out["name"] = torch.log_softmax(out["name"], -1)
        return tuple(out[key] for key in OUTPUTS)


class Labels(nn.Module):
    """Relation scores of pairs of words."""

    def __init__(self, network: Network) -> None:
        super().__init__()
        self.network = network

    def forward(self, dep: Tensor, head: Tensor) -> Tensor:
        return torch.log_softmax(self.network.labels(dep, head), -1)


def export(network: Network, folder: Path) -> None:
    """Write `encoder.fp32.onnx` and `labels.fp32.onnx`."""
    network.eval()
    batch, pieces, words = "batch", "pieces", "words"
    example = (
        torch.randint(1, 1000, (2, 9)),
        torch.randint(0, 5, (2, 9)),
        torch.randint(0, 9, (2, 6)),
        torch.randint(0, 9, (2, 6)),
        torch.randint(0, 3, (2, 6, 5)),
    )
    axes = {"pieces": {0: batch, 1: pieces}, "owner": {0: batch, 1: pieces}}
    axes |= {key: {0: batch, 1: words} for key in ("first", "last", "features", *OUTPUTS)}
    axes["arc"] = {0: batch, 1: words, 2: words}
    torch.onnx.export(
        Whole(network), example, str(folder / "encoder.fp32.onnx"), input_names=list(INPUTS),
        output_names=list(OUTPUTS), dynamic_axes=axes, opset_version=OPSET, dynamo=False,
    )  # fmt: skip
    width = network.label_dep.out_features
    torch.onnx.export(
        Labels(network), (torch.randn(3, width), torch.randn(3, width)), str(folder / "labels.fp32.onnx"),
        input_names=["dep", "head"], output_names=["scores"], opset_version=OPSET, dynamo=False,
        dynamic_axes={key: {0: "pairs"} for key in ("dep", "head", "scores")},
    )  # fmt: skip


def calibration(
    inventory: Inventory, base: Path, gold: Path, small: bool = False, count: int = 48
) -> list[dict[str, np.ndarray]]:
    """Encoder inputs from the training treebanks, `count` batches."""
    rng = random.Random(5)
    coder = Coder(inventory, WordPieces.read(base / "vocab.txt"))
    found = [disturb(w, rng) for part in load_sources(gold, small=small).treebanks for w in windows(part, rng, 0.4, 90)]
    batches = coder.batches(found, 1000, rng)
    return [{key: getattr(b.inputs, key).numpy() for key in INPUTS} for b in islice(batches, count)]


def package(
    checkpoint: Path,
    base: Path,
    gold: Path,
    target: Path,
    *,
    without: frozenset[str] = frozenset(),
    small: bool = False,
) -> None:
    """Write all the runtime needs into `target`; the card stays as it is. `without` names types that are never given."""
    inventory = Inventory(**json.loads((checkpoint.parent / "inventory.json").read_text()))
    network = Network(inventory)
    network.load_state_dict(torch.load(checkpoint, map_location="cpu"))
    with torch.no_grad():
        for i, tag in enumerate(inventory.names):
            if tag[2:] in without:
                network.name_tag.bias[i] = -1e4
    work = checkpoint.parent
    export(network, work)
    target.mkdir(parents=True, exist_ok=True)
    source = work / "encoder.fp32.onnx"
    measured = ranges(source, calibration(inventory, base, gold, small), TAIL)
    quantise(source, target / "encoder.onnx", measured)
    shutil.copyfile(work / "labels.fp32.onnx", target / "labels.onnx")
    shutil.copyfile(base / "vocab.txt", target / "vocab.txt")
    digest = hashlib.sha256((target / "encoder.onnx").read_bytes()).hexdigest()
    values = {key: getattr(inventory, key) for key in ("upos", "xpos", "feats", "lemma", "deps", "names")}
    content = {"format": 1, "name": "dragoman-en", "encoder_sha256": digest, **values}
    (target / "inventory.json").write_text(json.dumps(content, ensure_ascii=False, indent=0) + "\n", encoding="utf-8")


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("checkpoint", type=Path)
    parser.add_argument("--base", type=Path, required=True)
    parser.add_argument("--to", type=Path, required=True)
    parser.add_argument("--gold", type=Path, required=True)
    parser.add_argument("--without", nargs="*", default=[])
    args = parser.parse_args()
    package(args.checkpoint, args.base, args.gold, args.to, without=frozenset(args.without))


if __name__ == "__main__":
    main()
