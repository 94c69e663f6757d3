"""The level of a tie: a local-level model, filtered and smoothed.

    y_t = m_t + e_t,  e_t ~ N(0, s / w_t)        what the period's happenings say, w_t their summed weight
    m_t = m_{t-1} + u_t,  u_t ~ N(0, q)          the level, which wanders

Filter and smoother: J. Durbin and S. J. Koopman, Time Series Analysis by State Space Methods, 2nd ed. (Oxford 2012), 2.2, 2.4, 2.7
(missing observations: 2.7, the filter only predicts). s and q are those of a grid with the highest likelihood times a weak prior, so that few
observations neither freeze the level nor let it run. The start is N(0, 36): before any report nothing is known but the scale.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]

START_VARIANCE = 36.0
NOISES = np.array([4.0, 8.0, 14.0, 22.0, 32.0])
"""Variance s of one happening of weight 1 about the level; PLOVER's intensities have about 20 within a mixed tie."""
DRIFTS = np.array([0.01, 0.04, 0.12, 0.35, 0.8, 1.6])
"""Variance q per month."""
PRIOR_NOISE, PRIOR_DRIFT = 14.0, 0.35
PRIOR_WIDTH = 1.2
"""Standard deviation of the logarithms of s and q about these."""
BAND = 1.645
"""Standard deviations on each side that hold 90 %."""


@dataclass(frozen=True, slots=True)
class Levels:
    """For each period: the level known then (`filtered`), the level seen from the end (`smoothed`), and their variances."""

    filtered: Floats
    filtered_variance: Floats
    smoothed: Floats
    smoothed_variance: Floats


def levels(values: Sequence[float], weights: Sequence[float], *, months: float = 1.0) -> Levels:
    """Filters and smooths.

    Args:
        values: weighted mean intensity of each period; any number where the weight is 0.
        weights: summed weight of each period, 0 where nothing was read.
        months: length of a period.
    """
    y, w = np.asarray(values, dtype=np.float64), np.asarray(weights, dtype=np.float64)
    noise, drift = _fit(y, w, months)
    return _smooth(y, w, noise, drift * months)


def _fit(y: Floats, w: Floats, months: float) -> tuple[float, float]:
    """s and q of the grid with the highest posterior."""
    noise, drift = (a.ravel() for a in np.meshgrid(NOISES, DRIFTS))
    mean = np.zeros(noise.size)
    variance = np.full(noise.size, START_VARIANCE)
    score = -0.5 * ((np.log(noise / PRIOR_NOISE) / PRIOR_WIDTH) ** 2 + (np.log(drift / PRIOR_DRIFT) / PRIOR_WIDTH) ** 2)
    seen = np.flatnonzero(w > 0)
    drifted = np.outer(np.diff(seen, prepend=0), drift * months)
    noises = np.outer(1 / w[seen], noise)
    totals, errors = np.empty_like(noises), np.empty_like(noises)
    for value, wandered, noisy, total, error in zip(y[seen].tolist(), drifted, noises, totals, errors, strict=True):
        variance += wandered
        np.add(variance, noisy, out=total)
        np.subtract(value, mean, out=error)
        gain = variance / total
        mean += gain * error
        np.multiply(gain, noisy, out=variance)
    score -= 0.5 * (np.log(totals) + errors * errors / totals).sum(axis=0)
    best = int(np.argmax(score))
    return float(noise[best]), float(drift[best])


def _smooth(y: Floats, w: Floats, noise: float, drift: float) -> Levels:
    mean, variance = [], []
    m, p = 0.0, START_VARIANCE
    for at, (value, weight) in enumerate(zip(y.tolist(), w.tolist(), strict=True)):
        if at:
            p += drift
        if weight > 0:
            gain = p / (p + noise / weight)
            m += gain * (value - m)
            p *= 1 - gain
        p = min(p, START_VARIANCE)
        mean.append(m)
        variance.append(p)
    smooth, spread = mean.copy(), variance.copy()
    for at in range(len(mean) - 2, -1, -1):
        ahead = variance[at] + drift
        back = variance[at] / ahead
        smooth[at] = mean[at] + back * (smooth[at + 1] - mean[at])
        spread[at] = max(variance[at] + back * back * (spread[at + 1] - ahead), 0.0)
    return Levels(*(np.array(found) for found in (mean, variance, smooth, spread)))
