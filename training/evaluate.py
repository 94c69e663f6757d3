"""Figures on development sets, computed in torch on gold words and sentences."""

from __future__ import annotations

from collections.abc import Sequence

import torch
from torch import Tensor

from training.batches import IGNORE, Batch, Coder
from training.data import Inventory, Sentence, Window
from training.network import Network


def evaluate(network: Network, coder: Coder, inventory: Inventory, dev: Sequence[Sentence]) -> dict[str, float]:
    """UPOS, XPOS, feats, lemma rule, UAS, LAS (universal relations) and strict name F1; greedy heads."""
    network.eval()
    right: dict[str, float] = {}
    order = sorted(dev, key=lambda s: len(s.words))
    names: list[tuple[int, int, int]] = []
    with torch.no_grad():
        for at in range(0, len(order), 32):
            batch = coder.batch([Window((sentence,)) for sentence in order[at : at + 32]])
            out = network(batch.inputs)
            _count(right, network, inventory, batch, out)
            names.extend(_names(order[at : at + 32], out["name"].argmax(-1), inventory))
    total = right.pop("words")
    scores = {key: round(value / total, 5) for key, value in right.items()}
    hits, said, gold = (sum(column) for column in zip(*names, strict=True)) if names else (0, 0, 0)
    scores["name_f1"] = round(2 * hits / max(1, said + gold), 4)
    return scores


def _count(
    right: dict[str, float], network: Network, inventory: Inventory, batch: Batch, out: dict[str, Tensor]
) -> None:
    known = batch.targets["upos"] != IGNORE
    _add(right, "words", known)
    for key in ("upos", "xpos", "feats", "lemma"):
        _add(right, key, (out[key].argmax(-1) == batch.targets[key]) & known)
    real = torch.zeros_like(batch.sentence, dtype=torch.bool) | (batch.sentence >= 0)
    real[:, 0] = True
    arcs = out["arc"].masked_fill(~real[:, None, :], -1e4)
    heads = arcs.argmax(-1)
    rows = torch.arange(heads.shape[0])[:, None].expand_as(heads)
    labels = network.labels(out["label_dep"], out["label_head"][rows, heads]).argmax(-1)
    main = torch.tensor(
        [
            inventory.deps.index(next(d for d in inventory.deps if d.split(":")[0] == v.split(":")[0]))
            for v in inventory.deps
        ]
    )
    same = main[labels] == main[batch.targets["deps"].clamp_min(0)]
    attached = (heads == batch.heads) & known
    _add(right, "uas", attached)
    _add(right, "las", attached & same)


def _add(right: dict[str, float], key: str, value: Tensor) -> None:
    right[key] = right.get(key, 0) + int(value.sum())


def spans(tags: Sequence[str]) -> set[tuple[int, int, str]]:
    """Name spans of BIO tags (first, last, type)."""
    found, start, kind = set(), -1, ""
    for i, tag in enumerate([*tags, "O"]):
        if start >= 0 and tag != "I-" + kind:
            found.add((start, i, kind))
            start = -1
        if tag[0] == "B" or (tag[0] == "I" and start < 0):
            start, kind = i, tag[2:]
    return found


def _names(group: Sequence[Sentence], tags: Tensor, inventory: Inventory) -> list[tuple[int, int, int]]:
    counts = []
    for b, sentence in enumerate(group):
        if sentence.names is None:
            continue
        gold = spans(sentence.names)
        row = [inventory.names[int(t)] for t in tags[b, 1 : 1 + len(sentence.words)]]
        said = {span for span in spans(row) if span[2] in sentence.types}
        counts.append((len(gold & said), len(said), len(gold)))
    return counts
