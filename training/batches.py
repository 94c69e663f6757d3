"""Windows as tensors: inputs for the network and targets for its losses."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import torch
from torch import Tensor

from dragoman.parse.wordpiece import ROOT, SEPARATOR, Code, WordPieces
from training.data import OPEN, Inventory, Sentence, Window, Word, hidden, lemma_rule
from training.network import Inputs

IGNORE = -100
MOST_PIECES = 512


@dataclass(slots=True)
class Batch:
    """Inputs with targets (`IGNORE` where there is none). `sentence`: number of each word's sentence in its window, -1
    for padding and root; `allowed`: (batch, words, tags) name tags that the annotation leaves
    possible; `name_weight`: 0 where names are not labelled."""

    inputs: Inputs
    targets: dict[str, Tensor]
    sentence: Tensor
    heads: Tensor
    allowed: Tensor
    name_weight: Tensor
    words: int


class Coder:
    """Turns windows into batches; keeps the numbers of the inventory's values."""

    def __init__(self, inventory: Inventory, pieces: WordPieces) -> None:
        self.pieces = pieces
        self.numbers = {
            key: {value: i for i, value in enumerate(getattr(inventory, key))}
            for key in ("upos", "xpos", "feats", "lemma", "deps", "names")
        }
        self.name_tags = inventory.names
        self._allowed: dict[tuple[str, tuple[str, ...]], list[bool]] = {}

    def size(self, window: Window) -> int:
        """Wordpieces of the window with [CLS] and [SEP]."""
        return 2 + sum(len(self.pieces(word.form).pieces) for s in window.sentences for word in s.words)

    def batch(self, group: Sequence[Window]) -> Batch:
        """One batch of windows, padded to the longest."""
        rows = [[word for s in window.sentences for word in s.words] for window in group]
        inputs = self.inputs([[w.form for w in row] for row in rows], [[w.gap for w in row] for row in rows])
        shape = (len(group), inputs.first.shape[1])
        targets = {key: torch.full(shape, IGNORE) for key in ("upos", "xpos", "feats", "lemma", "deps", "start")}
        sentence, heads = torch.full(shape, -1), torch.zeros(shape, dtype=torch.long)
        allowed = torch.zeros((*shape, len(self.name_tags)), dtype=torch.bool)
        weight = torch.zeros(shape)
        for b, window in enumerate(group):
            at = 1
            for number, one in enumerate(window.sentences):
                end = at + len(one.words)
                sentence[b, at:end] = number
                if one.has_syntax:
                    self._put_syntax(one, b, at, targets, heads)
                if window.know_starts:
                    targets["start"][b, at:end] = 0
                    targets["start"][b, at] = 1
                if one.names is not None:
                    possible = [self._possible(tag, hidden(one, i)) for i, tag in enumerate(one.names)]
                    allowed[b, at:end] = torch.tensor(possible)
                    weight[b, at:end] = one.name_weight
                at = end
        return Batch(inputs, targets, sentence, heads, allowed, weight, sum(map(len, rows)))

    def inputs(self, forms: Sequence[Sequence[str]], gaps: Sequence[Sequence[int]]) -> Inputs:
        """Network inputs for rows of words."""
        coded = [[self.pieces(form) for form in row] for row in forms]
        longest = max(2 + sum(len(code.pieces) for code in row) for row in coded)
        words = 1 + max(map(len, coded))
        shape = (len(coded), words)
        inputs = Inputs(
            torch.zeros((len(coded), longest), dtype=torch.long),
            torch.zeros((len(coded), longest), dtype=torch.long),
            torch.zeros(shape, dtype=torch.long),
            torch.zeros(shape, dtype=torch.long),
            torch.zeros((*shape, 5), dtype=torch.long),
        )
        for b, (row, spaces) in enumerate(zip(coded, gaps, strict=True)):
            _fill(inputs, b, row, spaces)
        return inputs

    def _put_syntax(self, one: Sentence, b: int, at: int, targets: dict[str, Tensor], heads: Tensor) -> None:
        end = at + len(one.words)
        for key in ("upos", "xpos", "feats", "lemma", "deps"):
            numbers = self.numbers[key]
            targets[key][b, at:end] = torch.tensor([numbers.get(_value(word, key), IGNORE) for word in one.words])
        heads[b, at:end] = torch.tensor([word.head + at - 1 if word.head else 0 for word in one.words])

    def _possible(self, tag: str, types: tuple[str, ...]) -> list[bool]:
        """Which tags an annotated tag leaves possible: an O may hide `types`."""
        found = self._allowed.get((tag, types))
        if found is None:
            found = [t == tag or tag == OPEN or (tag == "O" and t[2:] in types and t != "O") for t in self.name_tags]
            self._allowed[tag, types] = found
        return found

    def batches(self, windows: Sequence[Window], size: int, rng: random.Random) -> Iterator[Batch]:
        """Batches of about `size` pieces, padding counted, of windows of like length, in random order."""
        sized = sorted(((self.size(w) + rng.random() * 6, i) for i, w in enumerate(windows)), key=lambda pair: pair[0])
        groups: list[list[Window]] = [[]]
        for length, i in sized:
            if length > MOST_PIECES:
                continue
            if groups[-1] and (len(groups[-1]) + 1) * length > size:
                groups.append([])
            groups[-1].append(windows[i])
        rng.shuffle(groups)
        for group in groups:
            if group:
                yield self.batch(group)


def _value(word: Word, key: str) -> str:
    if key == "lemma":
        return lemma_rule(word.form, word.lemma)
    return word.dep if key == "deps" else str(getattr(word, key))


def _fill(inputs: Inputs, b: int, row: Sequence[Code], spaces: Sequence[int]) -> None:
    pieces, owner = [ROOT], [0]
    for number, (code, gap) in enumerate(zip(row, spaces, strict=True), 1):
        inputs.first[b, number] = len(pieces)
        pieces.extend(code.pieces)
        owner.extend([number] * len(code.pieces))
        inputs.last[b, number] = len(pieces) - 1
        inputs.features[b, number] = torch.tensor([*code.features, gap])
    pieces.append(SEPARATOR)
    owner.append(0)
    inputs.pieces[b, : len(pieces)] = torch.tensor(pieces)
    inputs.owner[b, : len(owner)] = torch.tensor(owner)
