"""When a level moved: change points of a weighted series by PELT.

R. Killick, P. Fearnhead and I. A. Eckley, Optimal detection of changepoints with a linear computational cost, JASA 107 (2012) 1590-1598.
A segment costs the weighted squared distance from its mean; a change must save more than the penalty.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np

SHORTEST = 3
"""Periods that a segment has at least."""


def change_points(
    values: Sequence[float], weights: Sequence[float], *, penalty: float = 2.0, shortest: int = SHORTEST
) -> list[int]:
    """Indices at which a new segment begins, in order.

    Args:
        values, weights: the series; periods of weight 0 belong to whichever segment they fall into.
        penalty: how many times the logarithm of the number of periods, in units of the series' own noise, a change must save.
        shortest: periods per segment at least.
    """
    y, w = np.asarray(values, dtype=np.float64), np.asarray(weights, dtype=np.float64)
    count = int(y.size)
    noise = _noise(y, w)
    if count < 2 * shortest or noise <= 0:
        return []
    sums = [np.concatenate(([0.0], np.cumsum(w * y**k))) for k in (0, 1, 2)]
    beta = penalty * noise * math.log(count)
    best = np.full(count + 1, np.inf)
    best[0] = -beta
    last = np.zeros(count + 1, dtype=np.int64)
    open_ = np.array([0], dtype=np.int64)
    for end in range(shortest, count + 1):
        costs = best[open_] + _cost(sums, open_, end) + beta
        at = int(np.argmin(costs))
        best[end], last[end] = costs[at], open_[at]
        open_ = np.append(open_[costs - beta <= best[end]], end - shortest + 1)
        open_ = np.unique(open_[(np.isfinite(best[open_])) | (open_ == end - shortest + 1)])
        open_ = open_[np.isfinite(best[open_])]
    return _trace(last, count)


def _trace(last: Sequence[int] | np.ndarray[tuple[int], np.dtype[np.int64]], count: int) -> list[int]:
    found: list[int] = []
    at = int(last[count])
    while at > 0:
        found.append(at)
        at = int(last[at])
    return found[::-1]


def _cost(sums: Sequence[np.ndarray[tuple[int], np.dtype[np.float64]]], starts: object, end: int) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
    weight, first, second = (s[end] - s[starts] for s in sums)  # type: ignore[index]
    safe = np.where(weight > 0, weight, 1.0)
    return np.maximum(second - first * first / safe, 0.0)


def _noise(y: np.ndarray[tuple[int], np.dtype[np.float64]], w: np.ndarray[tuple[int], np.dtype[np.float64]]) -> float:
    """Weighted variance about the level, from differences of neighbours (a shift spoils only one of them)."""
    seen = np.flatnonzero(w > 0)
    if seen.size < 3:
        return 0.0
    a, b = seen[:-1], seen[1:]
    joint = w[a] * w[b] / (w[a] + w[b])
    scaled = np.sort(joint * (y[b] - y[a]) ** 2)
    return float(np.mean(scaled[: max(2, int(scaled.size * 0.95))]))
