"""Names for a treebank that has none, by the network of an earlier stage; what it is not sure of stays open."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import torch

from training import typed
from training.batches import Coder
from training.data import OPEN, Sentence, Window
from training.network import Network

SURE = 0.85
WEIGHT = 1.0


def label(network: Network, coder: Coder, sentences: Sequence[Sentence], size: int = 48) -> list[Sentence]:
    """The sentences with name tags where the network gives one at least `SURE`, open tags elsewhere.

    Words that can be no name by their gold tag (see `data.hidden`) are O, and listed names have their listed type
    (see `typed.py`), whatever the network says.
    """
    network.eval()
    order = sorted(range(len(sentences)), key=lambda i: len(sentences[i].words))
    found = list(sentences)
    with torch.no_grad():
        for at in range(0, len(order), size):
            numbers = order[at : at + size]
            batch = coder.batch([Window((sentences[i],)) for i in numbers])
            with torch.autocast("cpu", dtype=torch.bfloat16):
                scores = network(batch.inputs)["name"].float()
            chance, tags = scores.softmax(-1).max(-1)
            for row, i in enumerate(numbers):
                count = len(sentences[i].words)
                pairs = zip(chance[row, 1 : count + 1].tolist(), tags[row, 1 : count + 1].tolist(), strict=True)
                said = [coder.name_tags[tag] if sure >= SURE else OPEN for sure, tag in pairs]
                found[i] = replace(typed.label(sentences[i], said), name_weight=WEIGHT)
    return found
