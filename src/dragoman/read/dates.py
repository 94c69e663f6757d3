"""Dates as page furniture writes them: a line that is nothing but a date, a header field, a metadata value."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from email.utils import parsedate_to_datetime

MONTHS = {
    name: number
    for number, names in enumerate(
        "jan january|feb february|mar march|apr april|may|jun june|jul july|aug august|sep sept september|oct october"
        "|nov november|dec december".split("|"),
        1,
    )
    for name in names.split()
}
MONTH = "(" + "|".join(sorted(MONTHS, key=len, reverse=True)) + r")\.?"
WEEKDAY = r"(?:(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?\.?,?\s+)?"
LEAD = r"(?:(?:published|posted|updated|date|dated|released|issued|last updated|first published)(?: on| at)?\s*[:—–-]?\s*)?"
CLOCK = r"(?:,?\s*(?:at\s+)?\d{1,2}[:.]\d{2}.{0,20})?"
FORMS = (
    re.compile(rf"{LEAD}{WEEKDAY}(?P<y>\d{{4}})-(?P<m>\d{{1,2}})-(?P<d>\d{{1,2}})(?:[T ].{{0,30}})?", re.IGNORECASE),
    re.compile(
        rf"{LEAD}{WEEKDAY}(?P<d>\d{{1,2}})(?:st|nd|rd|th)?\s+(?P<mon>{MONTH}),?\s+(?P<y>\d{{4}}){CLOCK}", re.IGNORECASE
    ),
    re.compile(
        rf"{LEAD}{WEEKDAY}(?P<mon>{MONTH})\s+(?P<d>\d{{1,2}})(?:st|nd|rd|th)?,?\s+(?P<y>\d{{4}}){CLOCK}", re.IGNORECASE
    ),
)

NUMBERED = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})(?!\d)")


def line_date(line: str) -> date | None:
    """The date of a line that says nothing else ("Published: 12 March 2014", "2014-03-12", "March 12, 2014, 10:30 GMT")."""
    bare = line.strip(" \t•·|-–—[]()")
    for form in FORMS:
        found = form.fullmatch(bare)
        if found:
            return _date_of(found.groupdict())
    return None


def _date_of(parts: dict[str, str | None]) -> date | None:
    month = int(parts["m"] or 0) if parts.get("m") else MONTHS[str(parts["mon"]).lower().rstrip(".")]
    try:
        return date(int(parts["y"] or 0), month, int(parts["d"] or 0))
    except ValueError:
        return None


def iso_date(value: str | None) -> date | None:
    """The day of an ISO 8601 date or time; None for anything else."""
    try:
        return datetime.fromisoformat(value.strip().replace("Z", "+00:00")).date() if value else None
    except ValueError:
        try:
            return date.fromisoformat(value.strip()[:10]) if value else None
        except ValueError:
            return None


def any_date(value: str | None) -> date | None:
    """The day of a value of a table: ISO, written out, day and month where only one order can be, or seconds since 1970.

    None where it may mean two days (3/4/2014): no date is better than a wrong one.
    """
    bare = (value or "").strip()
    if re.fullmatch(r"\d{8}", bare):
        return iso_date(f"{bare[:4]}-{bare[4:6]}-{bare[6:]}")
    if re.fullmatch(r"\d{10}(?:\d{3})?(?:\.\d+)?", bare):
        return datetime.fromtimestamp(int(bare[:10]), tz=UTC).date()
    return iso_date(bare) or line_date(bare) or _numbered(bare) or (mail_date(bare) if "," in bare else None)


def _numbered(value: str) -> date | None:
    found = NUMBERED.match(value)
    if not found:
        return None
    one, two, year = map(int, found.groups())
    day, month = (one, two) if one > 12 else (two, one)
    try:
        return date(year, month, day) if one == two or max(one, two) > 12 else None
    except ValueError:
        return None


def mail_date(value: str | None) -> date | None:
    """The day of an RFC 5322 date, in the sender's own zone; None where it is broken."""
    try:
        return parsedate_to_datetime(value).date() if value else None
    except (ValueError, TypeError, IndexError):
        return None
