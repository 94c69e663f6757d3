"""TIMEX3 values: what they mean in days, how coarse they are, and how to move them.

A value is a string such as `1998-02-13`, `1998-W08`, `1998-W08-WE`, `1989-Q3`, `1989-H1`, `1997-FA`, `198` (the
eighties), `19` (the twentieth century), `BC0241`, with or without a clock time or part of the day after `T`.
"""

from __future__ import annotations

import re
from datetime import date, timedelta
from functools import lru_cache

from .calendars import make

_VALUE = re.compile(
    r"(?P<era>BC)?(?P<digits>\d{2,4})"
    r"(?:-(?:(?P<month>\d\d)(?:-(?P<day>\d\d))?|W(?P<week>\d\d)(?P<end>-WE)?|Q(?P<quarter>[1-4])|H(?P<half>[12])"
    r"|(?P<season>SP|SU|FA|WI)))?"
    r"(?P<time>T.+)?"
)
_SEASON_MONTH = {"SP": 3, "SU": 6, "FA": 9, "WI": 12}
_LETTER = {
    "second": "S", "minute": "M", "hour": "H", "day": "D", "week": "W", "weekend": "WE",
    "month": "M", "quarter": "Q", "year": "Y", "decade": "E", "century": "C", "millennium": "L",
}  # fmt: skip
MONTHS_IN = {"month": 1, "quarter": 3, "half": 6, "year": 12, "decade": 120, "century": 1200, "millennium": 12000}
"""Length in months of the units that are made of months."""
DAYS_IN = {"day": 1, "week": 7, "weekend": 7, "fortnight": 14}
"""Length in days of the units that are made of days."""
Bounds = tuple[date | None, date | None]


def duration(number: float | None, unit: str) -> str:
    """The TIMEX3 duration of so many units; None is an unknown number (X)."""
    if unit in ("fortnight", "half"):
        number, unit = (
            (None if number is None else number * (2 if unit == "fortnight" else 6)),
            ("week" if unit == "fortnight" else "month"),
        )
    if unit == "decade" and number is not None:
        number, unit = number * 10, "year"
    head = "PT" if unit in ("second", "minute", "hour") else "P"
    if number is None:
        return f"{head}X{_LETTER.get(unit, 'X')}"
    whole, rest = int(number), number - int(number)
    if rest == 0.5 and unit in ("year", "hour", "minute", "day"):
        half = {"year": "6M", "hour": "30M", "minute": "30S", "day": "T12H"}[unit]
        return (
            f"{head}{whole}{_LETTER[unit]}{half}" if whole else f"{'PT' if unit == 'day' else head}{half.lstrip('T')}"
        )
    return f"{head}{whole if not rest else number:g}{_LETTER.get(unit, 'X')}"


def day_value(on: date) -> str:
    """`YYYY-MM-DD`."""
    return on.isoformat()


def of_date(on: date, grain: str) -> str:
    """The value of the unit of this grain in which a day falls."""
    year = f"{on.year:04d}"
    if grain in ("day", "hour", "minute", "second"):
        return on.isoformat()
    if grain in ("week", "weekend", "fortnight"):
        iso = on.isocalendar()
        return f"{iso.year:04d}-W{iso.week:02d}" + ("-WE" if grain == "weekend" else "")
    if grain == "month":
        return f"{year}-{on.month:02d}"
    if grain == "quarter":
        return f"{year}-Q{(on.month + 2) // 3}"
    if grain == "half":
        return f"{year}-H{1 if on.month < 7 else 2}"
    if grain == "season":
        return season_of(on)
    return {"decade": year[:3], "century": year[:2]}.get(grain, year)


def season_of(on: date) -> str:
    """The northern season of a day; a winter bears the year in which its December falls."""
    code = ("WI", "SP", "SU", "FA")[on.month % 12 // 3]
    return f"{on.year - (on.month < 3):04d}-{code}"


@lru_cache(maxsize=4096)
def grain(value: str) -> str:
    """How fine a value is: hour, day, week, weekend, month, season, quarter, half, year, decade, century; "" for none."""
    found = _VALUE.fullmatch(value)
    if found is None:
        return ""
    if found["time"]:
        return "hour"
    for name in ("day", "month", "week", "quarter", "half", "season"):
        if found[name]:
            return "weekend" if found["end"] else name
    return {2: "century", 3: "decade"}.get(len(found["digits"]), "year")


@lru_cache(maxsize=4096)
def bounds(value: str) -> Bounds:
    """The first day of a value and the day after its last; None where it has no days (BC, unknown, no such day)."""
    found = _VALUE.fullmatch(value)
    if found is None or found["era"]:
        return None, None
    digits = found["digits"]
    if len(digits) < 4:
        step = 10 ** (4 - len(digits))
        return make(int(digits) * step, 1, 1), make((int(digits) + 1) * step, 1, 1)
    year = int(digits)
    if found["week"]:
        return _week(year, int(found["week"]), bool(found["end"]))
    if found["day"]:
        day = make(year, int(found["month"]), int(found["day"]))
        return day, _after(day)
    return _months(year, found)


def _week(year: int, week: int, end: bool) -> Bounds:
    try:
        monday = date.fromisocalendar(year, week, 1)
    except ValueError:
        return None, None
    return monday + timedelta(5 if end else 0), _after(monday, 7)


def _months(year: int, found: re.Match[str]) -> Bounds:
    """Bounds of a value that is made of whole months."""
    if found["month"]:
        first, length = int(found["month"]), 1
    elif found["quarter"]:
        first, length = int(found["quarter"]) * 3 - 2, 3
    elif found["half"]:
        first, length = int(found["half"]) * 6 - 5, 6
    elif found["season"]:
        first, length = _SEASON_MONTH[found["season"]], 3
    else:
        first, length = 1, 12
    start = make(year, first, 1)
    return start, start and add_months(start, length)


def _after(day: date | None, count: int = 1) -> date | None:
    return None if day is None else add_days(day, count)


def add_days(day: date, count: int) -> date | None:
    """Exact; None beyond the calendar."""
    try:
        return day + timedelta(count)
    except OverflowError:
        return None


def add_months(day: date, count: int) -> date | None:
    """The same day of a later month, or the last of a shorter month; None beyond the calendar."""
    month = day.year * 12 + day.month - 1 + count
    year, index = divmod(month, 12)
    for last in (day.day, 30, 29, 28):
        if last <= day.day and (found := make(year, index + 1, last)) is not None:
            return found
    return None


def start(value: str) -> date | None:
    """The first day of a value."""
    return bounds(value)[0]


def strip_time(value: str) -> str:
    """The value without its clock time."""
    return value.partition("T")[0]


def truncate(value: str, unit: str) -> str | None:
    """The unit in which a value falls, None where the value is coarser: (`1998-02-13`, month) is `1998-02`."""
    value = strip_time(value)
    if value.startswith("BC"):
        return value if unit in ("year", grain(value)) and len(value) == 6 else (value[:6] if unit == "year" else None)
    if COARSE.get(grain(value), 99) > COARSE.get(unit, 3):
        return None
    if unit == "year":
        return value[:4]
    first = start(value)
    return None if first is None else of_date(first, unit)


COARSE = {
    "hour": 0, "day": 1, "weekend": 2, "week": 3, "fortnight": 3, "month": 4, "quarter": 5, "season": 5, "half": 6,
    "year": 7, "decade": 8, "century": 9, "millennium": 10,
}  # fmt: skip
"""Grains in order of length."""


def shift(value: str, count: int, unit: str) -> str | None:
    """The value so many units later (or earlier), at its own grain or at that of the unit, whichever is coarser.

    A quarter, a season or a half moved by years stays one: (`1989-Q3`, -1, year) is `1988-Q3`. None where the value is
    too coarse for the unit to tell anything.
    """
    value = strip_time(value)
    if value.startswith("BC"):
        return _shift_bc(value, count, unit)
    own = grain(value)
    if unit == "year" and own in ("quarter", "season", "half"):
        return f"{int(value[:4]) + count:04d}{value[4:]}"
    first = start(value)
    if first is None or COARSE.get(own, 99) > COARSE.get(unit, 1):
        return None
    if unit in DAYS_IN:
        moved = add_days(first, count * DAYS_IN[unit])
    elif unit in MONTHS_IN:
        moved = add_months(first.replace(day=1), count * MONTHS_IN[unit])
    else:
        moved = first
    return None if moved is None else of_date(moved, "week" if unit == "fortnight" else unit)


def _shift_bc(value: str, count: int, unit: str) -> str | None:
    """Years before Christ: counting forward makes the number smaller; there is no year nought."""
    if unit not in ("year", "decade", "century") or len(value) != 6:
        return None
    year = -int(value[2:]) + 1 + count * {"year": 1, "decade": 10, "century": 100}[unit]
    return f"{year:04d}" if year >= 1 else f"BC{1 - year:04d}"
