"""Windows: the stretches of a text that the encoder reads at once, and the arrays that it reads them as."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from .rules import Rules
from .sentences import opens, segments
from .tokenize import NO_SPACE, SPACE, tokenize
from .wordpiece import ROOT, SEPARATOR, Code, WordPieces

WANTED_PIECES, MOST_PIECES = 160, 500


@dataclass(frozen=True, slots=True)
class Window:
    """Words with their start offsets in the text, what stands before each, and their codes.

    `whole`: the words are one sentence as given; `continues`: they go on with the given sentence of the window before.
    """

    forms: Sequence[str]
    starts: Sequence[int]
    gaps: Sequence[int]
    codes: Sequence[Code]
    pieces: int
    paragraph: int
    whole: bool = False
    continues: bool = False


def text_windows(text: str, pieces: WordPieces, rules: Rules) -> list[Window]:
    """The windows of a raw text, in order; none for a text without words."""
    found: list[Window] = []
    for segment in segments(text):
        forms, starts, gaps = tokenize(text, segment.start, segment.end, rules)
        codes = [pieces(form) for form in forms]
        for first, last, size in _cuts(forms, gaps, codes):
            cut = slice(first, last)
            found.append(Window(forms[cut], starts[cut], gaps[cut], codes[cut], size, segment.paragraph))
    return found


def given_windows(
    sentences: Sequence[Sequence[str]], space_after: Sequence[Sequence[bool]] | None, pieces: WordPieces
) -> tuple[str, list[Window]]:
    """The text of given words, and a window a sentence (more for one that is too long)."""
    found: list[Window] = []
    parts: list[str] = []
    at = 0
    for number, forms in enumerate(sentences):
        spaces = list(space_after[number]) if space_after is not None else [True] * len(forms)
        starts, gaps = [], []
        for i, form in enumerate(forms):
            starts.append(at)
            gaps.append(SPACE if i == 0 or spaces[i - 1] else NO_SPACE)
            gap = " " if i + 1 < len(forms) and spaces[i] else "\n" if i + 1 == len(forms) else ""
            parts.append(form + gap)
            at += len(parts[-1])
        codes = [pieces(form) for form in forms]
        first, size = 0, 2
        for i in range(len(forms) + 1):
            if i < len(forms) and size + len(codes[i].pieces) <= MOST_PIECES:
                size += len(codes[i].pieces)
                continue
            if i > first:
                cut = slice(first, i)
                found.append(Window(forms[cut], starts[cut], gaps[cut], codes[cut], size, number, True, first > 0))
            if i < len(forms):
                first, size = i, 2 + len(codes[i].pieces)
    return "".join(parts).rstrip("\n"), found


def _cuts(forms: Sequence[str], gaps: Sequence[int], codes: Sequence[Code]) -> list[tuple[int, int, int]]:
    """First word, end and pieces of windows of at most about `WANTED_PIECES`, cut after what looks like a sentence."""
    found: list[tuple[int, int, int]] = []
    first, size, good, good_size = 0, 2, 0, 2
    for i, code in enumerate(codes):
        if i > first and opens(forms, gaps, i):
            good, good_size = i, size
        size += len(code.pieces)
        if (size > WANTED_PIECES and good > first) or size > MOST_PIECES:
            at, used = (good, good_size) if good > first else (i, size - len(code.pieces))
            found.append((first, at, used))
            first, size = at, 2 + size - used
    if first < len(forms):
        found.append((first, len(forms), size))
    return found


def feed(group: Sequence[Window]) -> dict[str, npt.NDArray[np.int64]]:
    """The encoder's inputs for a batch of windows; see `training/network.py` for what they mean."""
    longest, words = max(w.pieces for w in group), 1 + max(len(w.forms) for w in group)
    batch = len(group)
    found = {key: np.zeros((batch, longest), dtype=np.int64) for key in ("pieces", "owner")}
    found |= {key: np.zeros((batch, words), dtype=np.int64) for key in ("first", "last")}
    found["features"] = np.zeros((batch, words, 5), dtype=np.int64)
    for b, window in enumerate(group):
        _fill(found, b, window)
    return found


def _fill(found: dict[str, npt.NDArray[np.int64]], b: int, window: Window) -> None:
    codes = window.codes
    count = len(codes)
    lengths = np.fromiter((len(code.pieces) for code in codes), np.int64, count)
    ends = lengths.cumsum() + 1
    size = int(ends[-1]) + 1
    found["pieces"][b, :size] = [ROOT, *(piece for code in codes for piece in code.pieces), SEPARATOR]
    found["owner"][b, 1 : size - 1] = np.repeat(np.arange(1, count + 1), lengths)
    found["first"][b, 1 : count + 1] = ends - lengths
    found["last"][b, 1 : count + 1] = ends - 1
    found["features"][b, 1 : count + 1, :4] = [code.features for code in codes]
    found["features"][b, 1 : count + 1, 4] = window.gaps
