"""When a level moved: change points of a weighted series by PELT.

R. Killick, P. Fearnhead and I. A. Eckley, Optimal detection of changepoints with a linear computational cost, JASA 107 (2012) 1590-1598.
A segment costs the weighted squared distance from its mean; a change must save more than the penalty.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]

PENALTY = 3.0
LEAST_NOISE = 0.15
"""Variance that even the calmest series is taken to have (of logarithms of flows): one act more or less is no change."""
SHORTEST = 3
"""Periods that a segment has at least."""


def change_points(
    series: Sequence[Sequence[float]], weights: Sequence[float], *, penalty: float = PENALTY, shortest: int = SHORTEST
) -> list[int]:
    """Indices at which a new segment begins, in order.

    Args:
        series: one or more values for each period; a change may show in any of them.
        weights: how much each period counts; those of weight 0 belong to whichever segment they fall into.
        penalty: what a change must save: so many times the logarithm of the number of periods and the root of the number of
            series, in units of each series' own noise.
        shortest: periods per segment at least.
    """
    w = np.asarray(weights, dtype=np.float64)
    count = int(w.size)
    if count < 2 * shortest or int((w > 0).sum()) < 3:
        return []
    rows = [np.asarray(values, dtype=np.float64) for values in series]
    y = np.stack([row / math.sqrt(max(_noise(row, w), LEAST_NOISE)) for row in rows], axis=1)
    sums = [_running(w), _running(w[:, None] * y), _running(w * (y * y).sum(axis=1))]
    beta = penalty * math.log(count) * math.sqrt(len(rows))
    best = np.full(count + 1, np.inf)
    best[0] = -beta
    last: Ints = np.zeros(count + 1, dtype=np.int64)
    starts: Ints = np.zeros(1, dtype=np.int64)
    for end in range(shortest, count + 1):
        costs = best[starts] + _cost(sums, starts, end)
        at = int(np.argmin(costs))
        best[end], last[end] = costs[at] + beta, starts[at]
        starts = starts[costs <= best[end]]
        ahead = end - shortest + 1
        if np.isfinite(best[ahead]):
            starts = np.append(starts, ahead)
    return _trace(last, count)


def _trace(last: Ints, count: int) -> list[int]:
    """The starts of segments, followed back from the end."""
    found: list[int] = []
    at = int(last[count])
    while at > 0:
        found.append(at)
        at = int(last[at])
    return found[::-1]


def _running(values: Floats) -> Floats:
    """Sums of the first 0, 1, 2 ... rows."""
    total: Floats = np.concatenate([np.zeros((1, *values.shape[1:])), np.cumsum(values, axis=0)])
    return total


def _cost(sums: Sequence[Floats], starts: Ints, end: int) -> Floats:
    """Weighted squared distance from the mean of the segments from `starts` to `end`."""
    weight, first, second = (s[end] - s[starts] for s in sums)
    safe = np.where(weight > 0, weight, 1.0)
    cost: Floats = np.maximum(second - (first * first).sum(axis=1) / safe, 0.0)
    return cost


def _noise(y: Floats, w: Floats) -> float:
    """Weighted variance about the level, from differences of neighbours (a shift spoils only one of them)."""
    seen = np.flatnonzero(w > 0)
    if seen.size < 3:
        return 0.0
    a, b = seen[:-1], seen[1:]
    joint = w[a] * w[b] / (w[a] + w[b])
    scaled = np.sort(joint * (y[b] - y[a]) ** 2)
    return float(np.mean(scaled[: max(2, int(scaled.size * 0.95))]))
