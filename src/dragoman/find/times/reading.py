"""What a time expression says, before it is known when that is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Kind = Literal["fixed", "calendar", "weekday", "cycle", "unit", "shift", "duration", "part", "holiday", "dayof"]


@dataclass(frozen=True, slots=True)
class Reading:
    """An expression as read from its words alone; `resolve.py` gives it a value.

    kind      what the other fields mean:
      fixed     `value` is the value
      calendar  `year`, `month`, `day` as far as given (`era` before Christ)
      weekday   `weekday` 1-7 on the `side`
      cycle     `value` Q1-Q4, H1-H2, SP SU FA WI, of `year` or on the `side`
      unit      the `unit` on the `side`, `count` away
      shift     `count` times `unit` away from the `base` (None: an unknown number)
      duration  `value`; `side` and `count`, `unit` tell the interval
      part      `part` (TMO, T15:30) of the day that `inner` reads
      holiday   `value` is its name
      dayof     the `day` of the month or year that `inner` reads
    side      last next this (from the publication date), previous following that (from the time told of), latest, yearago, or ""
    base      "dct" or "ref" (the time told of)
    inner     the reading of the year, the month or the day that this one stands in
    """

    kind: Kind
    type: str = "DATE"
    value: str | None = None
    year: int | None = None
    month: int | None = None
    day: int | None = None
    weekday: int | None = None
    era: bool = False
    count: int | None = 0
    unit: str = ""
    side: str = ""
    base: str = "dct"
    part: str = ""
    zone: float | None = None
    inner: Reading | None = None
    approx: bool = False
