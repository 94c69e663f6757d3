"""From what an expression says to when it is: the publication date, the time told of, and the tense decide.

The rules are written down in docs/times.md.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from . import calendars, values
from .feasts import calendar_day, feast, feast_days
from .reading import Reading

Tense = Callable[[], str]
"""Gives past, future or "" for the words that are being resolved, when asked."""
DECEMBER_TO_JANUARY = 11
"""So many months back, a bare month is rather one of the next year of the story."""
QUARTER_REACH = 900
"""Code points within which "a year ago" still speaks of the quarter named before."""


@dataclass(frozen=True, slots=True)
class Resolved:
    """A value with its days, half-open; `anchor` is the position (index among the expressions) that it rests on."""

    value: str | None
    from_: date | None = None
    to: date | None = None
    grain: str = "span"
    approx: bool = False
    open: str | None = None
    anchor: int | None = None


@dataclass(slots=True)
class _Told:
    """A time told of: its value, which expression it was, and where it stands."""

    value: str
    number: int
    at: int


class Resolver:
    """Resolves the expressions of one report, in text order. `published` is None where nothing relative may be invented."""

    def __init__(self, published: date | None) -> None:
        self.published = published
        self._told: _Told | None = None
        self._by_grain: dict[str, _Told] = {}
        self._anchor: int | None = None
        self._at = 0
        self._spoken = -1
        self._kinds = {
            "fixed": self._fixed, "calendar": self._calendar, "weekday": self._weekday, "cycle": self._cycle, "unit": self._unit,
            "shift": self._shift, "part": self._part, "holiday": self._holiday, "dayof": self._dayof,
        }  # fmt: skip

    def resolve(self, reading: Reading, tense: Tense, number: int, at: int, aside: bool = False) -> Resolved:
        """The value of expression `number`, which stands at code point `at`.

        Later expressions may rest on it, unless it is an aside (in brackets) of a story that goes on.
        """
        self._anchor, self._at = None, at
        if reading.side in ("last", "next", "this") or (reading.kind == "shift" and reading.base == "dct"):
            self._spoken = at
        if reading.kind == "duration":
            return self._duration(reading)
        value = self._kinds[reading.kind](reading, tense)
        if value is None or not values.grain(value):
            return self._vague(value, reading, tense)
        start, end = values.bounds(value)
        if start is None and not value.startswith("BC"):
            return Resolved(None, grain=values.grain(value))
        if not (aside and self._told):
            self._remember(value, number, at, reading)
        if reading.kind == "holiday" and start is not None:
            days, moving = feast_days(reading.value or "")
            return Resolved(
                value, start, values.add_days(start, days), "day" if days == 1 else "span", moving, anchor=self._anchor
            )
        return Resolved(value, start, end, values.grain(value), reading.approx, anchor=self._anchor)

    def _remember(self, value: str, number: int, at: int, reading: Reading) -> None:
        if reading.type == "SET" or (
            values.grain(value) == "quarter" and (reading.side == "yearago" or reading.kind == "shift")
        ):
            return
        told = _Told(value, number, at)
        self._told = told
        grain = values.grain(value)
        before = self._by_grain.get(grain)
        if grain != "quarter" or before is None or before.value <= value or at - before.at > QUARTER_REACH:
            self._by_grain[grain] = told

    def _vague(self, value: str | None, reading: Reading, tense: Tense) -> Resolved:
        """What has no place in the calendar: references, sets, symbolic values."""
        if value == "PRESENT_REF" and self.published is not None:
            return Resolved(value, self.published, values.add_days(self.published, 1), "day", True)
        if reading.kind != "shift" or reading.count is not None:
            return Resolved(value)
        base = self._base(reading.base, reading.unit or "day")
        edge = values.bounds(base) if base else (None, None)
        if reading.side == "back":
            return Resolved(value, None, edge[0], "span", True, "from" if edge[0] else None, self._anchor)
        end = self._told_by(edge[1], tense)
        return Resolved(value, edge[1], end, "span", True, "to" if edge[1] and not end else None, self._anchor)

    def _told_by(self, start: date | None, tense: Tense) -> date | None:
        """What a report tells as past, "a few months later" than something, was over before the day of the report."""
        if start is None or self.published is None or self._anchor is None or start >= self.published:
            return None
        return None if tense() == "future" else self.published

    # --- anchors ---

    def _base(self, base: str, unit: str) -> str | None:
        """The value to count from: the publication date, or the time told of if it is fine enough for the unit."""
        if base == "dct":
            return None if self.published is None else self.published.isoformat()
        told = self._told
        if told is not None and values.COARSE[values.grain(told.value)] > values.COARSE.get(unit, 1):
            told = self._by_grain.get("day") or self._by_grain.get("hour") if unit == "day" else None
        if told is not None:
            self._anchor = told.number
            return values.strip_time(told.value)
        return None if self.published is None else self.published.isoformat()

    def _quarter_told(self) -> str | None:
        told = self._by_grain.get("quarter")
        if told is None or self._at - told.at > QUARTER_REACH:
            return None
        self._anchor = told.number
        return told.value

    # --- kinds ---

    def _fixed(self, reading: Reading, tense: Tense) -> str | None:
        value = reading.value or ""
        return calendar_day(value, self.published, tense()) if ":" in value.partition("T")[0] else value

    def _calendar(self, reading: Reading, tense: Tense) -> str | None:
        year = reading.year
        if year is None and reading.inner is not None:
            outer = self._kinds[reading.inner.kind](reading.inner, tense)
            year = int(outer[:4]) if outer and outer[:4].isdigit() else None
        if year is None and reading.month is not None:
            return self._yearless(reading, tense)
        if year is None:
            return None
        text = f"BC{year:04d}" if reading.era else f"{year:04d}"
        if reading.month is None:
            return text
        text += f"-{reading.month:02d}"
        if reading.day is None:
            return text
        if not reading.era and calendars.make(year, reading.month, reading.day) is None:
            return None
        return f"{text}-{reading.day:02d}"

    def _yearless(self, reading: Reading, tense: Tense) -> str | None:
        """A month or a day of a month without a year."""
        month, day = reading.month or 1, reading.day
        tail = f"-{month:02d}" + (f"-{day:02d}" if day else "")
        story = self._story_year(month) if reading.side not in ("last", "next", "this") else None
        if story is not None:
            return story + tail
        if self.published is None:
            return f"XXXX{tail}"
        now = self.published
        if reading.side == "this":
            return f"{now.year:04d}{tail}"
        here = (now.month, now.day) if day else (now.month, 0)
        there = (month, day or 0)
        if reading.side in ("last", "next"):
            year = now.year + ((there <= here) if reading.side == "next" else -(there >= here))
        else:
            year = _nearest_year(now, month, day, tense())
        return f"{year:04d}{tail}"

    def _story_year(self, month: int) -> str | None:
        """The year told of, where there is no publication date for a bare month to belong to.

        Words that count from the day of writing ("last week") end the story: a month after them is of that day's year.
        """
        told = self._told
        if told is None or self.published is not None or told.at < self._spoken:
            return None
        value = told.value
        if value.startswith("BC"):
            self._anchor = told.number
            return value[:6]
        start = values.start(value)
        if start is None or len(value) < 4:
            return None
        self._anchor = told.number
        year = int(value[:4])
        if values.grain(value) != "year" and start.month - month >= DECEMBER_TO_JANUARY:
            year += 1
        return f"{year:04d}"

    def _weekday(self, reading: Reading, tense: Tense) -> str | None:
        wanted = reading.weekday or 1
        told = reading.side in ("same", "previous", "following") or self.published is None
        base_value = self._base("ref" if told else "dct", "day")
        base = values.start(base_value) if base_value else None
        if base is None or (base_value and values.grain(base_value) not in ("day", "hour")):
            return f"XXXX-WXX-{wanted}"
        back, ahead = (base.isoweekday() - wanted) % 7, (wanted - base.isoweekday()) % 7
        side = reading.side
        if side in ("last", "previous"):
            return (base - timedelta(back or 7)).isoformat()
        if side in ("next", "following"):
            return (base + timedelta(ahead or 7)).isoformat()
        if side == "this":
            return (base + timedelta(wanted - base.isoweekday())).isoformat()
        if tense() == "future" or told:
            return (base + timedelta(ahead)).isoformat()
        return (base - timedelta(back)).isoformat()

    def _cycle(self, reading: Reading, tense: Tense) -> str | None:
        """Quarters, halves, seasons."""
        code, year = reading.value or "", reading.year
        if year is None and reading.inner is not None:
            outer = self._kinds[reading.inner.kind](reading.inner, tense)
            year = int(outer[:4]) if outer and outer[:4].isdigit() else None
        if not code:
            return self._period(reading, year)
        if year is not None:
            return f"{year:04d}-{code}"
        told = self._told
        if self.published is None:
            if told is not None and len(told.value) >= 4 and told.value[:4].isdigit():
                self._anchor = told.number
                return f"{told.value[:4]}-{code}"
            return f"XXXX-{code}"
        return _nearest_cycle(self.published, code, reading.side, tense)

    def _period(self, reading: Reading, year: int | None) -> str | None:
        """ "the year-ago quarter", "the 1988 period", "the latest period"."""
        quarter = self._quarter_told()
        if year is not None:
            return f"{year:04d}-{quarter[5:]}" if quarter else f"{year:04d}"
        if quarter is None:
            if self.published is None:
                return None
            quarter = values.shift(values.of_date(self.published, "quarter"), -1, "quarter") or ""
            return quarter if reading.side == "latest" else f"{self.published.year - 1:04d}"
        return values.shift(quarter, -1, "year") if reading.side == "yearago" else quarter

    def _unit(self, reading: Reading, tense: Tense) -> str | None:
        side, unit = reading.side, reading.unit
        if unit == "weekend" and self.published is not None and side in ("the", "this"):
            return _weekend(self.published, tense())
        if unit == "quarter" and side in ("the", "latest", "same"):
            return self._period(Reading("cycle", side="latest"), None)
        count = {"last": -1, "next": 1, "previous": -1, "following": 1}.get(side, 0)
        told = side in ("same", "previous", "following", "latest") or (
            side == "the" and (self.published is None or unit == "day")
        )
        base = self._base("ref" if told else "dct", unit)
        if base is None:
            return None
        here = values.truncate(base, unit)
        return here and values.shift(here, count, unit)

    def _shift(self, reading: Reading, tense: Tense) -> str | None:
        if reading.count is None:
            return "PAST_REF" if reading.side == "back" else "FUTURE_REF"
        if reading.unit == "year" and reading.count == -1 and (quarter := self._quarter_told()):
            return values.shift(quarter, -1, "year")
        base = self._base(reading.base, reading.unit)
        if base is None:
            return None
        unit = "day" if reading.unit in ("hour", "minute") else reading.unit
        count = 0 if reading.unit in ("hour", "minute") else reading.count
        if unit in ("decade", "century"):
            unit, count = "year", count * (10 if unit == "decade" else 100)
        return values.shift(base, count, unit)

    def _part(self, reading: Reading, tense: Tense) -> str | None:
        day = reading.inner and self._kinds[reading.inner.kind](reading.inner, tense)
        if not day or values.grain(day) not in ("day", "hour"):
            return (day if day and day.startswith("XXXX") else "XXXX-XX-XX") + reading.part
        return values.strip_time(day) + reading.part

    def _dayof(self, reading: Reading, tense: Tense) -> str | None:
        if reading.inner is None:
            base = self._base("ref", "day")
            return base if base and values.grain(base) == "day" else None
        outer = self._kinds[reading.inner.kind](reading.inner, tense)
        return f"{outer}-{reading.day:02d}" if outer and values.grain(outer) == "month" and reading.day else None

    def _holiday(self, reading: Reading, tense: Tense) -> str | None:
        year = reading.year
        told = self._told
        if year is None and self.published is None and told is not None and told.value[:4].isdigit():
            self._anchor, year = told.number, int(told.value[:4])
        return feast(reading.value or "", year, self.published, reading.side or tense())

    def _duration(self, reading: Reading) -> Resolved:
        """A length; "the past two months" also has days, counted from publication."""
        side, now = reading.side, self.published
        if side not in ("last", "next") or now is None or reading.count is None:
            return Resolved(reading.value)
        sign = -1 if side == "last" else 1
        if reading.unit in values.MONTHS_IN:
            edge = values.add_months(now, sign * reading.count * values.MONTHS_IN[reading.unit])
        elif reading.unit in values.DAYS_IN:
            edge = values.add_days(now, sign * reading.count * values.DAYS_IN[reading.unit])
        else:
            return Resolved(reading.value)
        pair = (edge, values.add_days(now, 1)) if sign < 0 else (now, edge)
        return Resolved(reading.value, *pair, approx=True)


def _nearest_year(now: date, month: int, day: int | None, tense: str) -> int:
    """The year of a bare month or day: before publication in past tense, after it in future tense, else the nearest."""
    here, there = (now.month, now.day if day else 0), (month, day or 0)
    if tense == "future":
        return now.year + (there < here)
    if tense == "past":
        return now.year - (there > here)
    gap = (month - now.month) + ((day or now.day) - now.day) / 31
    return now.year + (1 if gap < -6 else -1 if gap > 6 else 0)


def _nearest_cycle(now: date, code: str, side: str, tense: Tense) -> str:
    """The quarter, half or season that is meant on a day."""
    here = [values.bounds(f"{now.year + step:04d}-{code}") for step in (-2, -1, 0, 1, 2)]
    starts = [(now.year + step, *pair) for step, pair in zip((-2, -1, 0, 1, 2), here, strict=True)]
    past = [year for year, start, _ in starts if start is not None and start <= now]
    ended = [year for year, _, end in starts if end is not None and end <= now]
    ahead = [year for year, _, end in starts if end is not None and end > now]
    if side == "this":
        year = now.year
    elif side == "last":
        year = ended[-1]
    elif side == "yearago":
        year = past[-1] - 1
    elif side == "next" or (
        tense() == "future" and (code[0] != "Q" or (now.year, now.month) > (past[-1], int(code[1]) * 3 + 6))
    ):
        year = ahead[0]
    else:
        year = past[-1]
    return f"{year:04d}-{code}"


def _weekend(now: date, tense: str) -> str:
    """ "the weekend": the coming one in future tense or towards its end, else the last."""
    ahead = tense == "future" or (now.isoweekday() >= 4 and tense != "past")
    day = now if ahead or now.isoweekday() >= 6 else now - timedelta(7)
    return values.of_date(day, "weekend")
