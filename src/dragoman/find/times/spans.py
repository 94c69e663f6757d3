"""Readings of lengths, repetitions, relative units and vague references."""

from __future__ import annotations

from . import dates
from .dates import Built, one, side_of, words_of
from .grammar import Found
from .lexer import Lexed
from .lexicon import load
from .numbers import quantity, year
from .reading import Reading
from .values import duration as duration_value

_WAYS = {"ago": ("dct", -1), "earlier": ("ref", -1), "hence": ("dct", 1), "from now": ("dct", 1)}
"""What moves, from where, and which way; any other word moves forward from the time told of."""


def unit_of(words: list[str]) -> str:
    """The unit that some word names, "" for none."""
    values = load().values
    for word in words:
        for table in ("unit", "units"):
            if word in values[table]:
                return str(values[table][word])
    return ""


def _count(words: list[str]) -> int | None:
    number = quantity(words)
    return None if number is None else int(number)


def shift(lexed: Lexed, found: Found) -> Built:
    """ "two days later", "a few months ago", "years earlier"."""
    unit = unit_of(words_of(lexed, found, "unit"))
    if unit in ("", "second", "weekend", "half", "season"):
        return []
    way = (words_of(lexed, found, "way") or [""])[0]
    base, sign = _WAYS.get(way, ("ref", -1 if way in ("before", "prior") else 1))
    words = words_of(lexed, found, "n")
    count = _count(words) if words else None
    return one(
        found,
        Reading(
            "shift",
            count=None if count is None else sign * count,
            unit=unit,
            base=base,
            side="back" if sign < 0 else "on",
        ),
    )


def yearago(lexed: Lexed, found: Found) -> Built:
    """ "the year-ago quarter", "the 1988 period"."""
    words = words_of(lexed, found, "year")
    return one(found, Reading("cycle", value="", year=year(words) if words else None, side="" if words else "yearago"))


def latest(lexed: Lexed, found: Found) -> Built:
    """ "The latest period", "the corresponding period"."""
    back = any(w in ("comparable", "corresponding") for w in lexed.words[found.first : found.last])
    return one(found, Reading("cycle", value="", side="yearago" if back else "latest"))


def count_side(lexed: Lexed, found: Found) -> Built:
    """ "the past two months": a length, and from when to when."""
    unit = unit_of(words_of(lexed, found, "unit"))
    words = words_of(lexed, found, "side")
    side = side_of(words)
    if words[0] in load().values["ordinal"] and words[0] not in ("first", "second"):
        return []
    number = quantity(words_of(lexed, found, "n"))
    reading = Reading(
        "duration",
        "DURATION",
        duration_value(number, unit),
        count=None if number is None else int(number),
        unit=unit,
        side=side,
    )
    return one(found, reading)


def unit_side(lexed: Lexed, found: Found) -> Built:
    """ "last week", "that month", "the following day", "this quarter"."""
    unit = unit_of(words_of(lexed, found, "unit"))
    words = words_of(lexed, found, "side")
    side = side_of(words)
    if unit in ("second", "minute", "hour", "season", "half", "") or (side in ("", "latest") and unit != "quarter"):
        return []
    if words[0] == "the" and side == "last" and unit != "decade":
        return one(found, Reading("duration", "DURATION", duration_value(1, unit), count=1, unit=unit, side=side))
    return one(found, Reading("unit", unit=unit, side=side))


def units_side(lexed: Lexed, found: Found) -> Built:
    """ "recent weeks", "coming months", "these years"."""
    words, unit = words_of(lexed, found, "side"), unit_of(words_of(lexed, found, "unit"))
    if words[0] == "recent":
        return one(found, Reading("fixed", value="PAST_REF"))
    side = side_of(words)
    if side in ("next", "following") or words[0] == "future":
        return one(found, Reading("fixed", value="FUTURE_REF"))
    if side == "last":
        return one(found, Reading("fixed", value="PAST_REF"))
    return one(found, Reading("duration", "DURATION", duration_value(None, unit), count=None, unit=unit))


def the_unit(lexed: Lexed, found: Found) -> Built:
    """ "the quarter", "the year": the one told of; other words need a context that `__init__` checks."""
    unit = unit_of(words_of(lexed, found, "unit"))
    if unit in ("weekend", "year", "month", "week", "quarter", "day"):
        return one(found, Reading("unit", unit=unit, side="the"))
    return []


def fiscal(lexed: Lexed, found: Found) -> Built:
    """ "Fiscal 1989", "FY2014": approximate, since fiscal years begin where they like."""
    words = words_of(lexed, found, "year") or words_of(lexed, found, "year2")
    return one(found, Reading("calendar", year=year(words), approx=True))


def year_end(lexed: Lexed, found: Found) -> Built:
    """ "Year-end", "month's end"."""
    unit = "month" if "month" in lexed.words[found.first] else "year"
    return one(found, Reading("unit", unit=unit, side="the", approx=True))


def duration(lexed: Lexed, found: Found) -> Built:
    """ "Two years", "a minute and a half", "weeks", "five-year"."""
    words = words_of(lexed, found, "n")
    unit = unit_of(words_of(lexed, found, "unit") or words_of(lexed, found, "unit2"))
    number = quantity(words) if words else 1.0 if words_of(lexed, found, "unit2") else None
    if unit == "" or unit == "season" or (words and number is not None and number > 9999 and unit != "year"):
        return []
    if words_of(lexed, found, "half") and number is not None:
        number += 0.5
    count = int(number) if number is not None and number == int(number) else None
    return one(found, Reading("duration", "DURATION", duration_value(number, unit), count=count, unit=unit))


def every(lexed: Lexed, found: Found) -> Built:
    """ "every two weeks", "each Thursday", "every July"."""
    words = lexed.words[found.first : found.last]
    values = load().values
    unit = unit_of(words)
    if unit:
        rest = [w for w in words[1:] if w not in values["unit"] and w not in values["units"]]
        number = 2.0 if "other" in rest else (quantity(rest) if rest else 1.0)
        return one(found, Reading("fixed", "SET", duration_value(number, unit)))
    return one(found, Reading("fixed", "SET", _repeated(words)))


def _repeated(words: list[str]) -> str:
    values = load().values
    part = next((f"T{values['part'][w]}" for w in words if w in values["part"]), "")
    for word in words:
        number = values["weekday"].get(word) or values["weekdays"].get(word)
        if number:
            return f"XXXX-WXX-{number}{part}"
        if word in values["month"]:
            return f"XXXX-{values['month'][word]:02d}"
        if word in values["season"]:
            return f"XXXX-{values['season'][word]}"
    return f"XXXX-XX-XX{part}"


def per(lexed: Lexed, found: Found) -> Built:
    """ "Per month", "twice a week"."""
    return one(found, Reading("fixed", "SET", duration_value(1, unit_of(lexed.words[found.first : found.last]))))


def weekdays(lexed: Lexed, found: Found) -> Built:
    """ "Mondays", "Tuesday nights"."""
    return one(found, Reading("fixed", "SET", _repeated(lexed.words[found.first : found.last])))


def fixed(lexed: Lexed, found: Found) -> Built:
    """ "Now", "recently": words whose value is always the same."""
    return one(found, Reading("fixed", value=load().values["fixed"][" ".join(lexed.words[found.first].split())]))


def past(lexed: Lexed, found: Found) -> Built:
    """ "in the past"."""
    return one(found, Reading("fixed", value="PAST_REF"))


def ended(lexed: Lexed, found: Found) -> Built:
    """ "the year ended June 30": a length, except that a quarter is one of the calendar's."""
    unit = unit_of(words_of(lexed, found, "unit"))
    if unit == "quarter":
        return one(found, Reading("unit", unit=unit, side="the"))
    return one(found, Reading("duration", "DURATION", duration_value(1, unit), count=1, unit=unit)) if unit else []


def adverbial(lexed: Lexed, found: Found) -> Built:
    """ "Daily", "annually"."""
    return one(found, Reading("fixed", "SET", load().values["adverbial"][lexed.words[found.first]]))


BUILDERS = {
    "iso": dates.iso, "slash": dates.slash, "clock": dates.clock, "clock_part": dates.clock_part, "day_part": dates.day_part,
    "side_part": dates.side_part, "mid_part": dates.day_part, "other_calendar": dates.other_calendar, "days_month": dates.days_month,
    "month_days": dates.days_month, "date": dates.date, "day_of": dates.day_of, "month": dates.month, "weekday": dates.weekday,
    "today": dates.today, "every": every, "per": per, "weekdays": weekdays, "cycle": dates.cycle, "half": dates.half,
    "season": dates.season, "shift": shift, "yearago": yearago, "count_side": count_side, "unit_side": unit_side,
    "units_side": units_side, "latest": latest, "fiscal": fiscal, "the_unit": the_unit, "year_end": year_end,
    "century": dates.century, "decade": dates.decade, "duration": duration, "years": dates.years, "year": dates.plain_year,
    "holiday": dates.holiday, "fixed": fixed, "past": past, "ended": ended, "adverbial": adverbial,
}  # fmt: skip
"""For each rule of the grammar, what turns its matches into readings."""
