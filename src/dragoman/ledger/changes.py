"""When a level moved: change points of a weighted series by optimal partitioning.

B. Jackson et al., An algorithm for optimal partitioning of data on an interval, IEEE Signal Processing Letters 12 (2005) 105-108; it finds
what PELT finds (R. Killick, P. Fearnhead and I. A. Eckley, JASA 107 (2012) 1590-1598) without pruning, which costs more than it saves on
series of some hundred periods. A segment costs the weighted squared distance from its mean; a change must save more than the penalty.
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
AT_ONCE = 128
"""Ends of segments whose costs are worked out together."""
LONG = 1_200
"""Periods above which those without a report are left out of the search."""


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
    seen = np.flatnonzero(w > 0)
    if count > LONG and seen.size < count:  # centuries of nothing: the work grows with the square of the periods
        read = [row[seen].tolist() for row in rows]
        return [int(seen[at]) for at in change_points(read, w[seen].tolist(), penalty=penalty, shortest=shortest)]
    y = np.stack([row / math.sqrt(max(_noise(row, w), LEAST_NOISE)) for row in rows], axis=1)
    sums = [_running(w), _running(w[:, None] * y), _running(w * (y * y).sum(axis=1))]
    beta = penalty * math.log(count) * math.sqrt(len(rows))
    best = np.full(count + 1, np.inf)
    best[0] = -beta
    last = [0] * (count + 1)
    for first in range(shortest, count + 1, AT_ONCE):
        ends = np.arange(first, min(first + AT_ONCE, count + 1))
        for end, costs in zip(ends.tolist(), _costs(sums, ends, shortest), strict=True):
            reached = end - shortest + 1
            total = best[:reached] + costs[:reached]
            at = last[end] = int(total.argmin())
            best[end] = total[at] + beta
    return _trace(last, count)


def _trace(last: Sequence[int], count: int) -> list[int]:
    """The starts of segments, followed back from the end."""
    found: list[int] = []
    at = last[count]
    while at > 0:
        found.append(at)
        at = last[at]
    return found[::-1]


def _running(values: Floats) -> Floats:
    """Sums of the first 0, 1, 2 ... rows."""
    total: Floats = np.concatenate([np.zeros((1, *values.shape[1:])), np.cumsum(values, axis=0)])
    return total


def _costs(sums: Sequence[Floats], ends: Ints, shortest: int) -> Floats:
    """Weighted squared distance from the mean of the segments to each of `ends` (rows) from each start (columns) that leaves them long enough."""
    starts = int(ends[-1]) - shortest + 1
    weight, first, second = (s[ends, None] - s[None, :starts] for s in sums)
    safe = np.where(weight > 0, weight, 1.0)
    cost: Floats = np.maximum(second - (first * first).sum(axis=2) / safe, 0.0)
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
