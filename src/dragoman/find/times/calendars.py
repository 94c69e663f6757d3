"""Days of feasts and of other calendars, by the usual arithmetic rules (tabular Islamic, Hebrew, Persian by mean year).

The tabular Islamic calendar may differ by a day or two from a sighting of the moon: those dates are approximate.
"""

from __future__ import annotations

from datetime import date, timedelta

HIJRI_EPOCH = date(622, 7, 18).toordinal()
"""Day 1 of the tabular Islamic calendar (Thursday epoch, nearer to the Saudi calendar), proleptic Gregorian."""
HEBREW_EPOCH = -1373427
"""`date.toordinal` of 1 Tishri 1 less one; before year 1 of the Gregorian calendar."""


def make(year: int, month: int, day: int) -> date | None:
    """The date, or None where there is no such day."""
    try:
        return date(year, month, day)
    except ValueError:
        return None


def easter(year: int) -> date:
    """Western Easter Sunday (anonymous Gregorian algorithm)."""
    a, b, c = year % 19, year // 100, year % 100
    d = (19 * a + b - b // 4 - (b - (b + 8) // 25 + 1) // 3 + 15) % 30
    e = (32 + 2 * (b % 4) + 2 * (c // 4) - d - c % 4) % 7
    f = d + e - 7 * ((a + 11 * d + 22 * e) // 451) + 114
    return date(year, f // 31, f % 31 + 1)


def nth_weekday(year: int, month: int, weekday: int, n: int) -> date:
    """The n-th Monday (1) … Sunday (7) of a month; -1 is the last."""
    if n > 0:
        first = date(year, month, 1)
        return first + timedelta((weekday - first.isoweekday()) % 7 + 7 * (n - 1))
    last = date(year + month // 12, month % 12 + 1, 1) - timedelta(1)
    return last - timedelta((last.isoweekday() - weekday) % 7)


def from_hijri(year: int, month: int, day: int) -> date | None:
    """Gregorian date of a day of the tabular Islamic calendar."""
    if not (1 <= month <= 12 and 1 <= day <= 30 and year >= 1):
        return None
    days = (year - 1) * 354 + (3 + 11 * year) // 30 + 29 * (month - 1) + month // 2 + day - 1
    return _safe(HIJRI_EPOCH + days)


def hijri_year(on: date) -> int:
    """The Islamic year in which a Gregorian date falls (to within a few days)."""
    return int((on.toordinal() - HIJRI_EPOCH) * 30 / 10631) + 1


def from_persian(year: int, month: int, day: int) -> date | None:
    """Gregorian date of a day of the Solar Hijri calendar (years 1178-1633; 33-year cycle)."""
    if not (1178 <= year <= 1633 and 1 <= month <= 12 and 1 <= day <= 31) or (month > 6 and day > 30):
        return None
    leaps = (year * 8 + 21) // 33 - (1398 * 8 + 21) // 33
    new_year = date(2019, 3, 21).toordinal() + (year - 1398) * 365 + leaps
    return _safe(new_year + min(month - 1, 6) * 31 + max(month - 7, 0) * 30 + day - 1)


def _hebrew_days(year: int) -> int:
    """Days from the epoch to 1 Tishri of `year`, with the postponements."""
    months = (235 * year - 234) // 19
    parts = 12084 + 13753 * months
    days = 29 * months + parts // 25920
    return days + 1 if 3 * (days + 1) % 7 < 3 else days


def _hebrew_new_year(year: int) -> int:
    before, this, after = _hebrew_days(year - 1), _hebrew_days(year), _hebrew_days(year + 1)
    if after - this == 356:
        return HEBREW_EPOCH + this + 2
    return HEBREW_EPOCH + this + (1 if this - before == 382 else 0)


def _hebrew_month_lengths(year: int) -> list[tuple[int, int]]:
    """Months (numbered from Nisan as 1) with their lengths, in the order of the year, from Tishri on."""
    length = _hebrew_new_year(year + 1) - _hebrew_new_year(year)
    leap = (7 * year + 1) % 19 < 7
    months = [(7, 30), (8, 30 if length % 10 == 5 else 29), (9, 29 if length % 10 == 3 else 30), (10, 29), (11, 30)]
    months += [(13, 30), (12, 29)] if leap else [(12, 29)]
    return [*months, (1, 30), (2, 29), (3, 30), (4, 29), (5, 30), (6, 29)]


def from_hebrew(year: int, month: int, day: int) -> date | None:
    """Gregorian date of a Hebrew date; months from Nisan as 1; "Adar" of a leap year is Adar II, 13 its Adar I."""
    if not 1 <= year <= 7000:
        return None
    at = _hebrew_new_year(year)
    for number, length in _hebrew_month_lengths(year):
        if number == month:
            return _safe(at + day - 1) if 1 <= day <= length else None
        at += length
    return None


def _safe(ordinal: int) -> date | None:
    return date.fromordinal(ordinal) if 1 <= ordinal <= date.max.toordinal() else None
