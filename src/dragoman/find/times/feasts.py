"""Days of feasts, and of dates in the Islamic, Persian and Hebrew calendars."""

from __future__ import annotations

from datetime import date, timedelta

from . import calendars
from .lexicon import Holiday, load

_CONVERT = {"hijri": calendars.from_hijri, "persian": calendars.from_persian, "hebrew": calendars.from_hebrew}


def feast(name: str, year: int | None, published: date | None, way: str) -> str | None:
    """The value of a feast in a year, or of the one meant at publication: `way` is past, future, last, next, this or ""."""
    holiday = load().holidays.get(name)
    if holiday is None:
        return None
    if holiday.on is not None:
        return holiday.on
    if year is not None:
        found = _in_year(holiday, year)
        return None if found is None else found.isoformat()
    if published is None:
        return f"XXXX-{holiday.date}" if holiday.date else None
    days = sorted(d for y in range(published.year - 1, published.year + 2) if (d := _in_year(holiday, y)) is not None)
    before = [d for d in days if d <= published - timedelta(way == "last")]
    after = [d for d in days if d >= published + timedelta(way == "next")]
    if way in ("last", "past") and before:
        return before[-1].isoformat()
    if way in ("next", "future") and after:
        return after[0].isoformat()
    near = [d for d in days if d.year == published.year] if way == "this" else days
    return min(near, key=lambda d: abs((d - published).days)).isoformat() if near else None


def feast_days(name: str) -> tuple[int, bool]:
    """How many days a feast has, and whether the moon may shift it by a day or two."""
    holiday = load().holidays[name]
    return holiday.days, holiday.hijri is not None


def _in_year(holiday: Holiday, year: int) -> date | None:
    """The first day of a feast that falls in a Gregorian year."""
    if not 1 < year < 9000:
        return None
    if holiday.date is not None:
        return calendars.make(year, int(holiday.date[:2]), int(holiday.date[3:]))
    if holiday.nth is not None:
        return calendars.nth_weekday(year, *holiday.nth)
    if holiday.easter is not None:
        return calendars.easter(year) + timedelta(holiday.easter)
    if holiday.hijri is not None:
        return _moving("hijri", holiday.hijri, year, calendars.hijri_year(date(year, 1, 1)))
    return _moving("hebrew", holiday.hebrew or "01-01", year, year + 3760)


def _moving(calendar: str, month_day: str, year: int, first: int) -> date | None:
    """The day of another calendar's feast that falls in a Gregorian year."""
    month, day = int(month_day[:2]), int(month_day[3:])
    found = (_CONVERT[calendar](y, month, day) for y in range(first - 1, first + 3))
    return next((d for d in found if d is not None and d.year == year), None)


def calendar_day(text: str, published: date | None, tense: str) -> str | None:
    """The value of `hijri:1435-9-12` (year 0: the one nearest to publication; day 0: the month as a whole, its first day's month)."""
    calendar, _, rest = text.partition(":")
    year, month, day = (int(x) for x in rest.split("-"))
    convert = _CONVERT[calendar]
    if year:
        found = convert(year, month, day or 1)
    elif published is None:
        return None
    else:
        base = {
            "hijri": calendars.hijri_year(published),
            "persian": published.year - 621,
            "hebrew": published.year + 3760,
        }[calendar]
        days = [d for y in (base - 1, base, base + 1) if (d := convert(y, month, day or 1)) is not None]
        if tense == "past":
            days = [d for d in days if d <= published] or days
        found = min(days, key=lambda d: abs((d - published).days), default=None)
    if found is None:
        return None
    return found.isoformat() if day else found.isoformat()[:7]
