"""Readings of points in time: dates, weekdays, months, seasons, quarters, clock times, years, decades, feasts."""

from __future__ import annotations

import re

from .grammar import Found, grammar
from .lexer import Lexed
from .lexicon import load
from .numbers import ordinal, quantity, year
from .reading import Reading

Built = list[tuple[int, int, Reading]]
"""Readings with their lexemes, half-open."""

_SIDES = {
    "last": "last", "past": "last", "next": "next", "coming": "next", "upcoming": "next", "this": "this", "these": "this",
    "current": "this", "present": "this", "ongoing": "this", "that": "same", "those": "same", "same": "same", "very": "same",
    "previous": "previous", "preceding": "previous", "prior": "previous", "following": "following", "ensuing": "following",
    "subsequent": "following", "succeeding": "following", "latest": "latest", "just-ended": "latest",
}  # fmt: skip
_DAY_WORDS = {
    "today": (0, ""),
    "yesterday": (-1, ""),
    "tomorrow": (1, ""),
    "tonight": (0, "TNI"),
    "overnight": (0, "TNI"),
}
_CALENDARS = {"hijri": (1000, 1700), "persian": (1178, 1633), "hebrew": (5000, 6500)}
"""Years that are taken for years of these calendars."""


def words_of(lexed: Lexed, found: Found, group: str) -> list[str]:
    """The lower-case words of a named group of a match; none where the rule has no such group or it is empty."""
    if group not in found.match.re.groupindex:
        return []
    first, last = found.match.span(group)
    return lexed.words[first:last] if first >= 0 else []


def side_of(words: list[str]) -> str:
    """Which way a determiner points; "the next" and "the very next" count from the time told of."""
    side = ""
    for word in words:
        side = _SIDES.get(word, side)
    return "following" if side == "next" and "the" in words and "coming" not in words else side


def looked_up(lexed: Lexed, found: Found, *tables: str) -> int | str | None:
    """The value of the first word of a match that one of these tables has."""
    values = load().values
    for word in lexed.words[found.first : found.last]:
        for table in tables:
            if word in values[table]:
                value: int | str = values[table][word]
                return value
    return None


def month_number(lexed: Lexed, found: Found) -> int | None:
    """The month that a match names, 1 to 12."""
    number = looked_up(lexed, found, "month", "month_short")
    return number if isinstance(number, int) else None


def outer_year(lexed: Lexed, found: Found) -> Reading | None:
    """The reading of "this year", "that year", "a year ago" beside a month or quarter."""
    words = words_of(lexed, found, "in")
    if not words:
        return None
    unit = next((load().values[t][w] for w in words for t in ("unit", "units") if w in load().values[t]), "year")
    side = side_of(words) or ("same" if words[0] == "the" else "this")
    return Reading("unit", unit=unit, side=side)


def one(found: Found, reading: Reading | None) -> Built:
    """The whole match as one reading."""
    return [] if reading is None else [(found.first, found.last, reading)]


def iso(lexed: Lexed, found: Found) -> Built:
    """ "2017-06-05", with or without a clock time."""
    word = lexed.words[found.first]
    return one(found, Reading("fixed", "TIME" if "t" in word else "DATE", word.upper().rstrip("Z")))


def slash(lexed: Lexed, found: Found) -> Built:
    """American order, unless the first number can only be a day."""
    a, b, y = (int(x) for x in lexed.words[found.first].split("/"))
    month, day = (a, b) if a <= 12 else (b, a)
    full = y if y > 99 else y + (2000 if y < 30 else 1900)
    return one(found, Reading("calendar", year=full, month=month, day=day))


def date(lexed: Lexed, found: Found) -> Built:
    """ "Friday, May 5, 2017", "the 5th of May", "5 May last year"."""
    words = words_of(lexed, found, "year")
    day = ordinal(words_of(lexed, found, "day"))
    if day is None or day > 31:
        return []
    written = lexed.words[found.first : found.last]
    reading = Reading(
        "calendar",
        year=year(words) if words else None,
        month=month_number(lexed, found),
        day=day,
        era=any(w.startswith("b") and w.replace(".", "").replace(" ", "") in ("bc", "bce") for w in written),
        inner=outer_year(lexed, found),
    )
    return one(found, reading)


def days_month(lexed: Lexed, found: Found) -> Built:
    """ "2-4 May 2012" is two dates, the last of which has the month; "May 2-4" likewise, the first."""
    chars, built = load().chars, []
    months = chars["MONTH"] + chars["MONTHABBR"]
    at = next(i for i in range(found.first, found.last) if lexed.classes[i] in months)
    month = month_number(lexed, found)
    tail = [i for i in range(found.first, found.last) if lexed.classes[i] in chars["YEAR"]]
    full = int(lexed.words[tail[-1]]) if tail else None
    day_chars = chars["DAY"] + chars["ORDD"] + chars["ORDW"] + chars["NUMW"]
    runs = [r for r in _runs(lexed, found, day_chars, at) if ordinal(lexed.words[r[0] : r[1]])]
    for first, last in runs:
        start = min(first, at) if last == at or first == _after_month(lexed, at) else first
        end = max(last, at + 1) if last == at else last
        if lexed.words[start - 1] == "the" and start - 1 >= found.first:
            start -= 1
        day = ordinal(lexed.words[first:last])
        built.append((start, end, Reading("calendar", year=full, month=month, day=day)))
    if (built and tail) or (built and at > built[-1][1] - 1):
        built[-1] = (built[-1][0], found.last, built[-1][2])
    return built


def _after_month(lexed: Lexed, at: int) -> int:
    return at + 2 if lexed.words[at + 1 : at + 2] == ["."] else at + 1


def _runs(lexed: Lexed, found: Found, chars: str, month: int) -> list[tuple[int, int]]:
    """Runs of day words in a match, the year apart."""
    runs: list[tuple[int, int]] = []
    for i in range(found.first, found.last):
        if lexed.classes[i] not in chars or i == month:
            continue
        joined = (
            bool(runs)
            and i - runs[-1][1] <= 1
            and (i == runs[-1][1] or (lexed.words[i - 1] == "-" and not lexed.words[i][0].isdigit()))
        )
        if joined:
            runs[-1] = (runs[-1][0], i + 1)
        else:
            runs.append((i, i + 1))
    return runs


def month(lexed: Lexed, found: Found) -> Built:
    """ "March", "March 2012", "last May", "July last year", "April 481 BC"."""
    words = words_of(lexed, found, "year")
    given = (int(words[0]) if words[0].isdigit() else year(words)) if words else None
    era = bool(words) and words[-1].startswith("b")
    reading = Reading(
        "calendar",
        year=given,
        month=month_number(lexed, found),
        era=era,
        side=side_of(words_of(lexed, found, "side")),
        inner=outer_year(lexed, found),
    )
    return one(found, reading)


def weekday(lexed: Lexed, found: Found) -> Built:
    """ "Friday", "last Friday", "this coming Sunday"."""
    number = looked_up(lexed, found, "weekday", "weekday_short")
    side = side_of(words_of(lexed, found, "side"))
    if not isinstance(number, int) or (number and _bare_short(lexed, found)):
        return []
    return one(found, Reading("weekday", weekday=number, side=side))


def _bare_short(lexed: Lexed, found: Found) -> bool:
    """ "Sun", "Sat" alone, without a full stop, are words."""
    last = lexed.words[found.last - 1]
    return found.last - found.first == 1 and last in load().values["weekday_short"]


def today(lexed: Lexed, found: Found) -> Built:
    """ "Today", "yesterday", "tonight", "the day after tomorrow"."""
    word = lexed.words[found.first]
    if word.startswith("the"):
        return one(found, Reading("shift", count=-2 if "yesterday" in word else 2, unit="day"))
    count, part = _DAY_WORDS[word]
    day = Reading("shift", count=count, unit="day")
    return one(found, Reading("part", "TIME", part=part, inner=day) if part else day)


def read_day(lexed: Lexed, first: int, last: int) -> Reading:
    """The reading of lexemes that the grammar knows for a day (ADAY)."""
    if lexed.words[first] == "the" and last - first > 1 and lexed.classes[first + 1] in load().chars["WEEKDAY"]:
        first += 1
    for name, build in (("date", date), ("weekday", weekday), ("today", today)):
        match = grammar().named(name, lexed, first, last)
        if match is not None and (built := build(lexed, Found(name, match))):
            return built[0][2]
    return Reading("shift", count=0, unit="day")


def _day_group(lexed: Lexed, found: Found) -> Reading | None:
    if "day" not in found.match.re.groupindex or found.match.start("day") < 0:
        return None
    return read_day(lexed, *found.match.span("day"))


def clock(lexed: Lexed, found: Found) -> Built:
    """ "5 p.m. EST Nov. 9", "noon Saturday", "19:00"."""
    words = words_of(lexed, found, "clock")
    first = words[0]
    zone = next((load().values["zone"][w] for w in words if w in load().values["zone"]), None)
    inner = _day_group(lexed, found) or Reading("dayof", side="clock")
    if first in ("noon", "midday", "midnight"):
        text = "T24:00" if first == "midnight" else "T12:00"
        return one(found, Reading("part", "TIME", part=text, inner=inner, zone=zone))
    if first[0].isdigit():
        hour, _, rest = first.partition(":")
        number = int(hour)
    else:
        number, rest = load().values["number"].get(first, 99), ""
    half = "".join(words[1:3]).replace(".", "").replace(" ", "")
    if half.startswith("pm") and number < 12:
        number += 12
    elif half.startswith("am") and number == 12:
        number = 0
    if number > 24 or (not rest and not half):
        return []
    return one(found, Reading("part", "TIME", part=f"T{number:02d}:{rest or '00'}", inner=inner, zone=zone))


def clock_part(lexed: Lexed, found: Found) -> Built:
    """ "4 in the morning"."""
    word = words_of(lexed, found, "hour")[0]
    hour, _, rest = word.partition(":")
    number = int(hour) if hour.isdigit() else load().values["number"].get(word, 99)
    if number > 12:
        return []
    part = load().values["part"][words_of(lexed, found, "part")[0]]
    number += 12 if part in ("AF", "EV") and number < 12 else 0
    return one(
        found, Reading("part", "TIME", part=f"T{number:02d}:{rest or '00'}", inner=Reading("dayof", side="clock"))
    )


def day_part(lexed: Lexed, found: Found) -> Built:
    """ "Monday morning", "the night of 8 February", "mid-afternoon yesterday"."""
    part = looked_up(lexed, found, "part")
    inner = _day_group(lexed, found) or Reading("dayof", side="clock")
    return one(found, Reading("part", "TIME", part=f"T{part}", inner=inner))


def side_part(lexed: Lexed, found: Found) -> Built:
    """ "this morning", "last night", "the next morning", "that afternoon"."""
    part = looked_up(lexed, found, "part")
    words = words_of(lexed, found, "side")
    side = side_of(words)
    night = side == "last" and part == "NI"
    if words == ["the"] or side in ("latest", ""):
        return []
    inner = Reading("shift", count=-1, unit="day") if night else Reading("unit", unit="day", side=side)
    return one(found, Reading("part", "TIME", part=f"T{part}", inner=inner))


def season(lexed: Lexed, found: Found) -> Built:
    """ "The winter of 1994", "last fall", "this past spring"."""
    code = looked_up(lexed, found, "season")
    words = words_of(lexed, found, "year")
    side = side_of(words_of(lexed, found, "side"))
    given = year(words) if words else None
    return one(found, Reading("cycle", value=str(code), year=given, side=side, inner=outer_year(lexed, found)))


def cycle(lexed: Lexed, found: Found) -> Built:
    """Quarters."""
    n = looked_up(lexed, found, "ordinal")
    written = lexed.words[found.first : found.last]
    if n is None:
        n = next((int(w[0]) for w in written if re.fullmatch(r"[1-4](st|nd|rd|th)", w)), None)
    if not isinstance(n, int) or n > 4:
        return []
    words = words_of(lexed, found, "year")
    back = any("ago" in w or "earlier" in w or "year-before" in w for w in written)
    side = (
        "yearago"
        if back
        else ("" if found.match.re.groupindex.get("in") and words_of(lexed, found, "in") else side_of(written))
    )
    given = year(words) if words else None
    return one(found, Reading("cycle", value=f"Q{n}", year=given, side=side, inner=outer_year(lexed, found)))


def half(lexed: Lexed, found: Found) -> Built:
    """ "The last half of 1989", "the first half of the '80s"."""
    words = words_of(lexed, found, "n")
    n = 2 if "last" in words else ordinal(words)
    if words_of(lexed, found, "decade"):
        text = re.sub(r"\D", "", words_of(lexed, found, "decade")[-1])
        return one(found, Reading("fixed", value=text[:3] if len(text) == 4 else f"19{text[0]}"))
    if n not in (1, 2):
        return []
    given = words_of(lexed, found, "year")
    return one(
        found, Reading("cycle", value=f"H{n}", year=year(given) if given else None, inner=outer_year(lexed, found))
    )


def day_of(lexed: Lexed, found: Found) -> Built:
    """ "the 28th of that month"."""
    inner = outer_year(lexed, found)
    if inner is None or inner.unit not in ("month", "year"):
        return []
    return one(found, Reading("dayof", day=ordinal(words_of(lexed, found, "day")), inner=inner))


def plain_year(lexed: Lexed, found: Found) -> Built:
    """ "1996", "the year 2000", "218 BC", "nineteen ninety-six"."""
    words = words_of(lexed, found, "year") or words_of(lexed, found, "year2") or words_of(lexed, found, "yy")
    era = (words_of(lexed, found, "era") or words_of(lexed, found, "era2") or [""])[0]
    number = int(words[0]) if words[0].isdigit() else year(words)
    if number is None or number > 9999:
        return []
    return one(found, Reading("calendar", year=number, era=era.startswith("b")))


def years(lexed: Lexed, found: Found) -> Built:
    """ "1915-17" is two years."""
    first, last = words_of(lexed, found, "first")[0], words_of(lexed, found, "last")[0].lstrip("'’")
    if len(last) != 2 or int(last) <= int(first[2:]):
        return [(found.first, found.first + 1, Reading("calendar", year=int(first)))]
    return [
        (found.first, found.first + 1, Reading("calendar", year=int(first))),
        (found.last - 1, found.last, Reading("calendar", year=int(first[:2] + last))),
    ]


def decade(lexed: Lexed, found: Found) -> Built:
    """ "The early 1980s", "the nineties"."""
    words = words_of(lexed, found, "d")
    if words:
        text = re.sub(r"\D", "", words[0])
        return one(found, Reading("fixed", value=text[:3] if len(text) == 4 else f"19{text[0]}"))
    return one(found, Reading("fixed", value=f"19{load().values['decade'][words_of(lexed, found, 'word')[0]]}"))


def century(lexed: Lexed, found: Found) -> Built:
    """ "The 20th century"."""
    n = ordinal(words_of(lexed, found, "n"))
    if n is None or n > 30:
        return []
    if words_of(lexed, found, "era") and words_of(lexed, found, "era")[0].startswith("b"):
        return one(found, Reading("fixed", value=f"BC{n - 1:02d}"))
    return one(found, Reading("fixed", value=f"{n - 1:02d}"))


def holiday(lexed: Lexed, found: Found) -> Built:
    """ "Thanksgiving", "last Christmas", "Easter 1916"."""
    name = next((w for w in lexed.words[found.first : found.last] if w in load().holidays), "")
    words = words_of(lexed, found, "year")
    side = side_of(words_of(lexed, found, "side"))
    return one(found, Reading("holiday", value=name, year=year(words) if words else None, side=side)) if name else []


def other_calendar(lexed: Lexed, found: Found) -> Built:
    """ "12 Ramadan 1435", "22 Bahman 1357", "Nisan 15, 5774"."""
    months = load().calendar_months
    calendar, number = next(months[w] for w in lexed.words[found.first : found.last] if w in months)
    words = next((g for g in (words_of(lexed, found, n) for n in ("year", "year2", "year3")) if g), [])
    given = int(words[0]) if words else None
    low, high = _CALENDARS[calendar]
    if given is not None and not low <= given <= high:
        return []
    day_words = [w for w in lexed.words[found.first : found.last] if w not in months and w not in words]
    return one(
        found,
        Reading(
            "fixed", value=f"{calendar}:{given or 0}-{number}-{int(quantity(day_words[:1]) or ordinal(day_words) or 0)}"
        ),
    )
