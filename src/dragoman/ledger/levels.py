"""From happenings and stated ties of one pair to its level over time: pure functions.

Each happening counts once, and only if some claim of it is actual and main. A period is a month, or a week where the whole
span is at most a year. See `data/levels.toml` for all weights and docs/ledger.md for the reasons.
"""

from __future__ import annotations

import itertools
import math
import tomllib
from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from importlib.resources import files
from typing import Any

import numpy as np

from .changes import change_points
from .kalman import BAND, Floats, levels
from .views import ChangePoint, TiePoint

WEEKLY_UP_TO = 366
"""Days of span up to which periods are weeks."""
MONTH_DAYS = 30.44
LOW, HIGH = -10.0, 10.0
LONGEST = 200 * 366
"""Days of span that are shown in full; a longer one ends where knowledge does."""
LAST_DAY = date(9999, 12, 1)
FEWEST = 6
"""Happenings below which no change is looked for."""
MOST_MOVERS = 5
"""Happenings named with a change point."""


@dataclass(frozen=True, slots=True)
class Observed:
    """One happening, or one stated tie (`happening` None), as the level sees it."""

    happening: str | None
    day: str
    value: float
    origins: int
    interested: bool
    outcome: str | None = None
    coarse: bool = False
    quad: str | None = None


Binned = tuple[Observed, float, int]
"""An observation with its weight and the number of its period."""


@dataclass(frozen=True)
class LevelSettings:
    """The numbers of `data/levels.toml`."""

    state: Mapping[str, float]
    change: Mapping[str, float]
    names: Sequence[tuple[float, str]]
    weight: Mapping[str, float]
    trend: Mapping[str, float]


@cache
def settings() -> LevelSettings:
    """The shipped settings."""
    raw: dict[str, Any] = tomllib.loads((files(__package__) / "data" / "levels.toml").read_text(encoding="utf-8"))
    names = [(row["below"], row["state"]) for row in raw["name"]]
    return LevelSettings(raw["state"], raw["change"], names, raw["weight"], raw["trend"])


def state_name(level: float) -> str:
    """The state that a level stands for."""
    return next(name for below, name in settings().names if level < below)


def stated_level(state: str | None, change: str | None) -> float | None:
    """The level that a tie claim reports; None where it tells only a direction."""
    known = settings()
    return known.state.get(state or "", known.change.get(change or ""))


def weight_of(observed: Observed) -> float:
    """How much one observation counts; 1 for a happening with one origin."""
    known = settings().weight
    weight = max(observed.origins, 1) ** 0.5
    if observed.happening is None:
        weight *= known["stated"]
    if observed.interested:
        weight *= known["interested"]
    if observed.coarse:
        weight *= known["coarse"]
    return float(weight * known.get(observed.outcome or "ongoing", 1.0))


@dataclass(frozen=True, slots=True)
class Course:
    """The series of a pair with what can be read off it; None where nothing is known."""

    points: tuple[TiePoint, ...]
    changes: tuple[ChangePoint, ...]
    level: float | None = None
    low: float | None = None
    high: float | None = None
    state: str | None = None
    state_since: str | None = None
    trend: str | None = None


def course(observed: Sequence[Observed], since: str | None, until: str | None, read: Mapping[str, int]) -> Course:
    """The level of a pair over time.

    Args:
        observed: its happenings and stated ties.
        since, until: the span, ISO days half-open; by default from the first to the last observation.
        read: reports read by month (`YYYY-MM`).
    """
    held = sorted((o for o in observed if _inside(o.day, since, until)), key=lambda o: (o.day, o.happening or ""))
    if not held:
        return Course((), ())
    starts = periods(*_span(since, until, (held[0].day, held[-1].day), read))
    weighed = [weight_of(o) for o in held]
    binned = list(zip(held, weighed, (max(bisect_right(starts, o.day) - 1, 0) for o in held), strict=True))
    values, weights, counts, collected = _binned(binned, starts, read)
    flows = _flows(binned, len(starts))
    weekly = _is_weekly(starts)
    known = levels(values, weights, months=7 / MONTH_DAYS if weekly else 1.0)
    smoothed = _bands(known.smoothed, known.smoothed_variance)
    points = tuple(
        TiePoint(day, *band, count, seen)
        for day, band, count, seen in zip(starts, smoothed, counts, collected, strict=True)
    )
    cuts = change_points(flows, [float(c) for c in collected]) if sum(counts) >= FEWEST else []
    changes = _changes(held, starts, cuts, (values, weights))
    ((level, low, high),) = _bands(known.filtered[-1:], known.filtered_variance[-1:])
    state = state_name(level)
    return Course(points, changes, level, low, high, state, _state_since(points, state), _trend(points))


def _span(
    since: str | None, until: str | None, held: tuple[str, str], read: Mapping[str, int]
) -> tuple[str, str | None, str]:
    """Arguments of `periods`. A span of centuries is cut to what was read or reported: nothing is known beside it."""
    first, last = since or held[0], until or held[1]
    if (date.fromisoformat(last) - date.fromisoformat(first)).days <= LONGEST:
        return first, until, held[1]
    months = sorted(month for month in read if month)
    first = max(first, min([held[0], *(f"{month}-01" for month in months[:1])]))
    known = max([held[1], *(f"{month}-28" for month in months[-1:])])
    return first, min(until, known) if until and until > known else until, held[1]


def periods(first: str, until: str | None, last: str) -> list[str]:
    """First days of the months or weeks from `first` to `until` (to `last`, inclusive, where there is no end)."""
    begin = date.fromisoformat(first)
    end = date.fromisoformat(until) if until else min(date.fromisoformat(last), LAST_DAY) + timedelta(days=1)
    found: list[str] = []
    if (end - begin).days <= WEEKLY_UP_TO:
        at = begin - timedelta(days=begin.weekday())
        while at < min(end, LAST_DAY):
            found.append(at.isoformat())
            at += timedelta(days=7)
        return found
    year, month = begin.year, begin.month
    while year < date.max.year and date(year, month, 1) < end:
        found.append(f"{year:04d}-{month:02d}-01")
        year, month = (year + 1, 1) if month == 12 else (year, month + 1)
    return found


def _is_weekly(starts: Sequence[str]) -> bool:
    return (len(starts) > 1 and any(not start.endswith("-01") for start in starts)) or len(starts) == 1


def _binned(
    held: Iterable[Binned], starts: Sequence[str], read: Mapping[str, int]
) -> tuple[list[float], list[float], list[int], list[bool]]:
    """Weighted mean, weight, number of happenings, and whether reports were read, by period."""
    sums, weights = [0.0] * len(starts), [0.0] * len(starts)
    counts = [0] * len(starts)
    for o, weight, at in held:
        sums[at] += weight * o.value
        weights[at] += weight
        counts[at] += o.happening is not None
    collected = [read.get(start[:7], 0) > 0 or weights[at] > 0 for at, start in enumerate(starts)]
    quiet = settings().weight
    for at, start in enumerate(starts):
        if weights[at] == 0 and collected[at]:
            reports = read.get(start[:7], 0)
            weights[at] = quiet["quiet"] * reports / (reports + quiet["quiet_reports"])
    values = [s / w if w else 0.0 for s, w in zip(sums, weights, strict=True)]
    return values, weights, counts, collected


def _bands(levels: Floats, variances: Floats) -> list[tuple[float, float, float]]:
    """Each level with the lower and upper end of its band, on the scale."""
    reach = BAND * np.sqrt(variances)
    ends = np.clip((levels, levels - reach, levels + reach), LOW, HIGH)
    return [(round(level, 2), round(low, 2), round(high, 2)) for level, low, high in ends.T.tolist()]


def _flows(held: Iterable[Binned], periods: int) -> tuple[list[float], list[float]]:
    """Conflict and cooperation by period: logarithms of one and the summed intensities, so that a doubling is a step."""
    sums = ([0.0] * periods, [0.0] * periods)
    for o, weight, at in held:
        if o.happening is not None:
            sums[o.value > 0][at] += abs(o.value) * weight
    conflict, cooperation = ([math.log1p(value) for value in flow] for flow in sums)
    return conflict, cooperation


def _changes(
    held: Sequence[Observed], starts: Sequence[str], cuts: Sequence[int], level: tuple[Sequence[float], Sequence[float]]
) -> tuple[ChangePoint, ...]:
    """Change points, each with the happenings of its first periods that pulled most."""
    values, weights = level
    bounds = [0, *cuts, len(starts)]
    means = [_mean(values[a:b], weights[a:b]) for a, b in itertools.pairwise(bounds)]
    found = []
    for at, cut in enumerate(cuts):
        before, after = means[at], means[at + 1]
        ends = starts[min(cut + 3, len(starts) - 1)]
        near = [o for o in held if o.happening and starts[cut] <= o.day and (o.day < ends or cut + 3 >= len(starts))]
        sign = 1 if after > before else -1
        near.sort(key=lambda o: (-sign * (o.value - before) * weight_of(o), o.day, o.happening or ""))
        movers = tuple(o.happening for o in near[:MOST_MOVERS] if o.happening and sign * (o.value - before) > 0)
        found.append(ChangePoint(starts[cut], round(before, 2), round(after, 2), movers))
    return tuple(found)


def _mean(values: Sequence[float], weights: Sequence[float]) -> float:
    total = sum(weights)
    return sum(v * w for v, w in zip(values, weights, strict=True)) / total if total else 0.0


def _state_since(points: Sequence[TiePoint], state: str) -> str | None:
    """The first day of the last unbroken run of periods in the state."""
    since = None
    for point in reversed(points):
        if state_name(point.level) != state:
            break
        since = point.date
    return since


def _trend(points: Sequence[TiePoint]) -> str | None:
    known = settings().trend
    back = int(known["periods"])
    if len(points) < 2:
        return None
    then, now = points[max(len(points) - 1 - back, 0)], points[-1]
    moved = now.level - then.level
    if abs(moved) < known["least"] or (then.low <= now.level <= then.high and now.low <= then.level <= now.high):
        return "steady"
    return "improving" if moved > 0 else "worsening"


def _inside(day: str, since: str | None, until: str | None) -> bool:
    return (since is None or day >= since) and (until is None or day < until)
