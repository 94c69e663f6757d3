"""The stance classifier: how likely each stance of a happening is, from the engine's vectors and the reading of the rules.

A perceptron with one hidden layer over a word's vector, its head's, the means of its dependents' and of its sentence's, and what the
rules say (stance, tense, whether any word marked it). Trained on sentences written for this project by `python -m
training.stance_classes`; weights in `data/stance_classes.npz` (card: stance_classes.md). A parse without vectors, or of another engine,
keeps the reading of the rules.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from importlib import resources
from typing import get_args

import numpy as np
import numpy.typing as npt

from ..errors import DataError
from ..model import Parse, Stance, Tense

FILE = "stance_classes.npz"
STANCES: tuple[Stance, ...] = get_args(Stance)
TENSES: tuple[Tense, ...] = get_args(Tense)
Floats = npt.NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Reading:
    """What the rules say of a word; `marked`: some word decided, rather than none."""

    stance: Stance
    tense: Tense
    marked: bool


@dataclass(frozen=True)
class StanceClassifier:
    """Weights: (inputs, hidden), (hidden,), (hidden, stances), (stances,), for parses of one engine with one set of weights."""

    engine: str
    encoder: str
    into: Floats
    into_bias: Floats
    out: Floats
    out_bias: Floats

    def __call__(self, parse: Parse, i: int, reading: Reading) -> Floats | None:
        """Probabilities of `STANCES` for token `i`; None for a parse that has no vectors of the classifier's engine."""
        if parse.vectors is None or parse.engine != self.engine or self.encoder != shipped_encoder():
            return None
        hidden = np.maximum(inputs_of(parse, i, reading) @ self.into + self.into_bias, 0)
        logits = hidden @ self.out + self.out_bias
        odds = np.exp(logits - logits.max())
        found: Floats = odds / odds.sum()
        return found


def inputs_of(parse: Parse, i: int, reading: Reading) -> Floats:
    """The classifier's input for token `i`. Raises ValueError if the parse has no vectors."""
    if parse.vectors is None:
        raise ValueError("expected a parse with vectors, found none: only the program's own engine gives them.")
    token, sentence = parse.tokens[i], parse.sentence(i)
    kids = list(parse.children[i])
    vectors = parse.vectors
    below = vectors[kids].astype(np.float32).mean(0) if kids else np.zeros(vectors.shape[1], np.float32)
    whole = vectors[sentence.first : sentence.last].astype(np.float32).mean(0)
    return np.concatenate(
        [vectors[i].astype(np.float32), vectors[token.head].astype(np.float32), below, whole, _read(parse, i, reading)]
    )


def _read(parse: Parse, i: int, reading: Reading) -> Floats:
    verb = parse.tokens[i].upos == "VERB"
    told = [reading.stance == s for s in STANCES] + [reading.tense == t for t in TENSES]
    return np.array([*told, reading.marked, verb, verb and not reading.marked], np.float32)


TOLD = len(STANCES) + len(TENSES) + 3
"""Inputs that come from the rules, the last of the row."""


@cache
def load() -> StanceClassifier:
    """The shipped classifier. Raises DataError where the file is broken."""
    try:
        with resources.files(__package__).joinpath("data", FILE).open("rb") as file, np.load(file) as data:
            arrays = [data[key].astype(np.float32) for key in ("into", "into_bias", "out", "out_bias")]
            return StanceClassifier(str(data["engine"]), str(data["encoder"]), *arrays)
    except (ValueError, KeyError, OSError) as error:
        raise DataError(f"{FILE}: not a stance classifier ({error}); restore the file from the package") from error


@cache
def shipped_encoder() -> str:
    """What tells the shipped encoder's weights from others: vectors of other weights would mean nothing to the classifier."""
    file = resources.files("dragoman.parse").joinpath("weights", "encoder.onnx")
    if not file.is_file():
        return ""
    with file.open("rb") as stream:
        size = stream.seek(0, os.SEEK_END)
        stream.seek(max(0, size - TAIL))
        return f"{size}:{sha256(stream.read()).hexdigest()[:16]}"


TAIL = 65_536
"""Bytes at the end of the encoder's file that are looked at; a new training changes them."""
