"""The event classifier: how likely each word of a parse carries an event of each type, from the engine's vectors and the lexicon.

A perceptron with one hidden layer over a word's vector, its head's, the mean of its dependents' and of its sentence's, and over what
the frame lexicon knows of the word (`knowledge.py`), which also reaches the result straight. Trained on `training/text/events` by
`python -m training.classify`; weights in `data/classifier.npz`. A parse without vectors, as of a user's own pipeline, has no scores,
and the lexicon decides alone.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from dragoman.coding.knowledge import known_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dragoman.coding.frames import Lexicon
    from dragoman.coding.triggers import Trigger
    from dragoman.model import Parse

CARRIERS = frozenset(("VERB", "NOUN", "ADJ"))
Floats = npt.NDArray[np.float32]


@dataclass(frozen=True)
class Classifier:
    """Weights: (inputs, hidden), (hidden,), (hidden, types + 1), (types + 1,), and (known, types + 1) of what the lexicon knows, which
    stands last among the inputs; the first column of the result is "no event"."""

    types: tuple[str, ...]
    engine: str
    into: Floats
    into_bias: Floats
    out: Floats
    out_bias: Floats
    known: Floats

    def __call__(self, inputs: Floats) -> Floats:
        """Probabilities, shape (words, types + 1), of rows made by `inputs_of`."""
        hidden = np.maximum(inputs @ self.into + self.into_bias, 0)
        logits = hidden @ self.out + self.out_bias + inputs[:, -len(self.known) :] @ self.known
        odds = np.exp(logits - logits.max(1, keepdims=True))
        found: Floats = odds / odds.sum(1, keepdims=True)
        return found


@dataclass(frozen=True)
class Scores:
    """Probabilities of the words that may carry an event, by token."""

    types: tuple[str, ...]
    rows: dict[int, int]
    values: Floats

    def of(self, i: int, kind: str) -> float | None:
        """How likely token `i` carries an event of type `kind` (0-1); None for words and types (a user's own) that are not scored."""
        row = self.rows.get(i)
        return None if row is None or kind not in self.types else float(self.values[row, 1 + self.types.index(kind)])

    def some(self, i: int) -> float | None:
        """How likely token `i` carries an event of any type; None for words that are not scored."""
        row = self.rows.get(i)
        return None if row is None else 1 - float(self.values[row, 0])

    def best(self, i: int) -> tuple[str, float] | None:
        """The likeliest type of token `i` and its probability; None for words that are not scored."""
        row = self.rows.get(i)
        if row is None:
            return None
        at = int(self.values[row, 1:].argmax())
        return self.types[at], float(self.values[row, 1 + at])


def carriers(parse: Parse) -> list[int]:
    """The tokens that may carry an event: verbs, nouns and adjectives."""
    return [token.i for token in parse.tokens if token.upos in CARRIERS]


def inputs_of(parse: Parse, tokens: list[int], triggers: Sequence[Trigger], lexicon: Lexicon) -> Floats:
    """The classifier's input for `tokens`, shape (tokens, 4 * width + known). Raises ValueError if the parse has no vectors."""
    if parse.vectors is None:
        raise ValueError("expected a parse with vectors, found none: only the program's own engine gives them.")
    vectors = parse.vectors.astype(np.float32)
    heads = np.fromiter((t.head for t in parse.tokens), np.int64, len(parse.tokens))
    sentences = np.fromiter((t.sent for t in parse.tokens), np.int64, len(parse.tokens))
    below = heads != np.arange(len(heads))
    kids = _means(vectors[below], heads[below], len(heads))
    whole = _means(vectors, sentences, len(parse.sentences))
    at = np.array(tokens, np.int64)
    known = known_of(parse, tokens, triggers, lexicon)
    return np.concatenate([vectors[at], vectors[heads[at]], kids[at], whole[sentences[at]], known], axis=1)


def _means(vectors: Floats, groups: npt.NDArray[np.int64], count: int) -> Floats:
    """The mean vector of each group, zero for an empty one."""
    sums = np.zeros((count, vectors.shape[1]), np.float32)
    order = np.argsort(groups, kind="stable")
    if len(order):
        found, firsts = np.unique(groups[order], return_index=True)
        sums[found] = np.add.reduceat(vectors[order], firsts, axis=0)
    sizes = np.bincount(groups, minlength=count).astype(np.float32)
    np.divide(sums, np.maximum(sizes, 1)[:, None], out=sums)
    return sums


@cache
def classifier() -> Classifier:
    """The classifier that comes with the program."""
    with resources.files("dragoman.coding").joinpath("data/classifier.npz").open("rb") as file, np.load(file) as data:
        arrays = [data[key].astype(np.float32) for key in ("into", "into_bias", "out", "out_bias", "known")]
        return Classifier(tuple(map(str, data["types"])), str(data["engine"]), *arrays)


def scores_of(parse: Parse, triggers: Sequence[Trigger], lexicon: Lexicon) -> Scores | None:
    """Scores of all words of a parse that may carry an event; None for a parse of another engine than the classifier's own."""
    model = classifier()
    # it learnt from sentences read alone: the engine's vectors tell places in a paragraph, too, and further in they mislead it
    opening = {s.i for s in parse.sentences if s.i == 0 or parse.sentences[s.i - 1].paragraph != s.paragraph}
    tokens = [i for i in carriers(parse) if parse.tokens[i].sent in opening]
    if parse.vectors is None or parse.engine != model.engine or not tokens:
        return None
    values = model(inputs_of(parse, tokens, triggers, lexicon))
    return Scores(model.types, {i: row for row, i in enumerate(tokens)}, values)
