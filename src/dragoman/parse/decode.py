"""From scores to trees and name spans, many sentences at a time.

Heads are chosen greedily; only sentences whose heads are no tree with one root are repaired, by Chu-Liu/Edmonds.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float32]
Ints = npt.NDArray[np.int64]
Bools = npt.NDArray[np.bool_]

_BARRED = np.float32(-1e9)


def heads_of(arcs: Floats, sentence: Ints) -> Ints:
    """The head of every word: (batch, words) places in the window, 0 for the root.

    `arcs` (batch, words, words) scores heads (last axis) of dependents; word 0 is the root. `sentence` (batch, words)
    numbers the sentences of each window; -1 for word 0 and padding, which get head 0. A head is always in its own
    sentence, each sentence has one root, and there are no cycles.
    """
    allowed = sentence[:, :, None] == sentence[:, None, :]
    allowed[:, :, 0] = True
    words = arcs.shape[1]
    allowed[:, np.arange(words), np.arange(words)] = False
    scores = np.where(allowed, arcs, _BARRED)
    heads: Ints = scores.argmax(-1)
    heads[sentence < 0] = 0
    for row, number in _broken(heads, sentence):
        places = np.flatnonzero(sentence[row] == number)
        block = np.concatenate(([0], places))
        heads[row, places] = block[one_root_tree(scores[row][np.ix_(block, block)])[1:]]
    return heads


def _broken(heads: Ints, sentence: Ints) -> list[tuple[int, int]]:
    """Row and number of the sentences whose heads are no tree with one root."""
    count = int(sentence.max(initial=-1)) + 1
    real = sentence >= 0
    rows = np.broadcast_to(np.arange(len(heads))[:, None], heads.shape)
    roots = np.zeros((len(heads), count), dtype=np.int64)
    np.add.at(roots, (rows[real & (heads == 0)], sentence[real & (heads == 0)]), 1)
    above = heads
    for _ in range(int(heads.shape[1]).bit_length()):
        above = np.take_along_axis(above, above, axis=1)
    bad = roots != 1
    looped = real & (above != 0)
    bad[rows[looped], sentence[looped]] = True
    present = np.zeros_like(bad)
    present[rows[real], sentence[real]] = True
    return [(int(row), int(number)) for row, number in np.argwhere(bad & present)]


def one_root_tree(scores: Floats) -> Ints:
    """The best tree with exactly one root for scores (words, words) of heads (columns); word 0 is the root."""
    wide = scores.astype(np.float64)
    np.fill_diagonal(wide, -np.inf)
    wide[0] = -np.inf
    known = wide[wide > -1e8]
    wide[1:, 0] -= (float(np.ptp(known)) + 1.0) * len(wide)
    return best_tree(wide)


def best_tree(scores: npt.NDArray[np.float64]) -> Ints:
    """Chu-Liu/Edmonds: the highest-scoring tree below word 0. `scores[d, h]`: how well h is the head of d."""
    heads: Ints = scores.argmax(1)
    heads[0] = 0
    cycle = _cycle(heads)
    if not cycle:
        return heads
    inside = np.zeros(len(scores), dtype=bool)
    inside[cycle] = True
    outside = np.flatnonzero(~inside)
    members = np.array(cycle)
    gain = scores[members] - scores[members, heads[members]][:, None]
    entering, leaving = gain[:, outside], scores[np.ix_(outside, members)]
    size = len(outside)
    smaller = np.full((size + 1, size + 1), -np.inf)
    smaller[:size, :size] = scores[np.ix_(outside, outside)]
    smaller[size, :size], smaller[:size, size] = entering.max(0), leaving.max(1)
    smaller[0] = -np.inf
    below = best_tree(smaller)
    broken_at = members[entering[:, below[size]].argmax()]
    found = heads.copy()
    found[broken_at] = outside[below[size]]
    for place, head in enumerate(below[:size]):
        if place:
            found[outside[place]] = members[leaving[place].argmax()] if head == size else outside[head]
    return found


def _cycle(heads: Ints) -> list[int]:
    """Some cycle among the heads, or nothing."""
    state = np.zeros(len(heads), dtype=np.int8)
    state[0] = 2
    for start in range(1, len(heads)):
        path: list[int] = []
        at = start
        while state[at] == 0:
            state[at] = 1
            path.append(at)
            at = int(heads[at])
        if state[at] == 1:
            return path[path.index(at) :]
        state[path] = 2
    return []


class NameDecoder:
    """Viterbi over BIO tags, a batch at a time; I-X may only follow B-X or I-X."""

    def __init__(self, tags: Sequence[str]) -> None:
        self.tags = list(tags)
        self._step = np.array([[_follows(a, b) for b in tags] for a in tags], dtype=np.float32)
        self._first = np.array([0.0 if tag[0] != "I" else _BARRED for tag in tags], dtype=np.float32)

    def __call__(self, scores: Floats, starts: Bools) -> Ints:
        """The best tag numbers for log-probabilities (batch, words, tags); no name runs over a sentence start."""
        batch, words, _ = scores.shape
        back = np.zeros((batch, words, len(self.tags)), dtype=np.int64)
        at = scores[:, 0] + self._first
        for i in range(1, words):
            step = np.where(starts[:, i, None, None], self._first[None, None, :], self._step[None])
            through = at[:, :, None] + step
            back[:, i] = through.argmax(1)
            at = through.max(1) + scores[:, i]
        best = np.zeros((batch, words), dtype=np.int64)
        best[:, -1] = at.argmax(1)
        rows = np.arange(batch)
        for i in range(words - 1, 0, -1):
            best[:, i - 1] = back[rows, i, best[:, i]]
        return best

    def spans(self, numbers: Sequence[int]) -> list[tuple[int, int, str]]:
        """Spans (first, last, label) of a row of tag numbers."""
        found: list[tuple[int, int, str]] = []
        for i, tag in enumerate(self.tags[number] for number in numbers):
            if tag[0] == "B":
                found.append((i, i + 1, tag[2:]))
            elif tag[0] == "I" and found:
                found[-1] = (found[-1][0], i + 1, found[-1][2])
        return found


def _follows(before: str, tag: str) -> float:
    return float(_BARRED) if tag[0] == "I" and before[2:] != tag[2:] else 0.0
