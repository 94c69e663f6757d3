"""Small English: names with their articles, lists, dates and numbers in words, possessives, verbs that agree."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from datetime import date, timedelta

MONTHS = "January February March April May June July August September October November December".split()
NUMBERS = "none one two three four five six seven eight nine ten eleven twelve".split()
# Names whose head is a common noun take an article ("the Arab League"); names of parties and movements in a foreign
# language do not ("Hezbollah", "Hamas").
ARTICLE_HEADS = re.compile(
    r"^(?:United (?:States|Kingdom|Nations|Arab Emirates)|Islamic Republic|European Union|Soviet Union|Netherlands|Philippines|"
    r"Maldives|Gambia|Bahamas|Vatican|West|Kremlin|White House|Pentagon|Holy See|Quds Force)\b"
    r"|\b(?:League|Union|Council|Brotherhood|Guards?|Corps|Agency|Organi[sz]ation|Republic|Authority|Coalition|Army|Navy|Air Force|"
    r"Forces?|Front|Bank|Court|Commission|Committee|Ministry|Government|Parliament|Assembly|Office|Bureau|Foundation|"
    r"Institute|Conference|Fund|Movement|Alliance|Department|Secretariat|Islands|Emirates|Mission|Group|Brigades?|Nations|"
    r"Houthis|Taliban|Rebels|Kurds|Palestinians|P5\+1)$"
    r"|\b(?:Ministry|Government|Organi[sz]ation|Council|Institute|Office|League|Movement|Party|Parliament|Army|Front|Bank|Republic|"
    r"House) (?:of|for|to) ",
    re.IGNORECASE,
)
NO_ARTICLE = re.compile(
    r"[’']s\b|^(?:the\b|a\b|an\b|some\b|several\b|al-|Popular Mobilization$|Islamic Jihad|Human Rights|\d)",
    re.IGNORECASE,
)
COUNTED = re.compile(
    r"(?:one|two|three|four|five|six|seven|eight|nine|ten|several|some|many|other|few|more)\b", re.IGNORECASE
)
MASS = frozenset(
    "media personnel intelligence opposition parliament public society leadership staff aid police".split()
)
PLACE_HEADS = re.compile(
    r"\b(?:Sea|Gulf|Strait|Ocean|Desert|Peninsula|Valley|Heights|Strip|West Bank|Mountains|Canal|River|Highlands|Sinai|Golan|"
    r"Levant|Region|Province|Governorate|Embassy)$|^(?:Strait|Gulf|Bay|Sea|Port) of "
)
PLURAL = re.compile(
    r"^(?!.*\b(?:States|Nations|Emirates|Hamas|News|Netherlands|Philippines)$).*(?:\b(?:Guards|Forces|Brigades|Houthis|Rebels|Kurds|"
    r"Palestinians|Syrians|Iranians|Israelis|Taliban|police|people|officials|rebels|protesters|militants|gunmen|fighters|troops|"
    r"soldiers|residents|activists|powers|states|countries|diplomats|inspectors|forces|groups|militias|workers))$",
    re.IGNORECASE,
)


def plain(text: str) -> str:
    """The text on one line, without control and invisible format characters (but with the joiners that scripts need)."""
    kept = "".join(
        c for c in text if c in "\u200c\u200d\n\t " or unicodedata.category(c) not in {"Cc", "Cf", "Cs", "Co"}
    )
    return " ".join(kept.split())


def named(name: str) -> str:
    """A name as it stands inside a sentence: `the Arab League`, `Hamas`."""
    name = plain(name)
    if not name or NO_ARTICLE.search(name) or not ARTICLE_HEADS.search(name):
        return name
    return f"the {name}"


def spoken(name: str) -> str:
    """A name or description inside a sentence: `Hamas`, `the Arab League`, `a senior general`, `suicide bombers`, `the Muslim world`."""
    name = re.sub(r"(?:[\s,;:]+(?:and|or|of|the))?[\s,;:]*$", "", plain(name))
    head = name.split(" of ")[0].split(" in ")[0].rsplit(" ", 1)[-1]
    if (
        not name
        or not head[:1].islower()
        or re.match(r"(?:al|el|ad|an|ar|as|ash|at|az|ibn|bin)-", head)
        or NO_ARTICLE.search(name)
        or (" " not in name and name[:1].isupper())
    ):
        return named(name)
    if many(head) or COUNTED.match(name) or head in MASS or (head.endswith("s") and not head.endswith("ss")):
        return name
    return an(name) if name[:1].islower() and not re.search(r" of [A-Z]", name) else f"the {name}"


def at_place(name: str) -> str:
    """A place after "in": `the Red Sea`, `Damascus`."""
    name = plain(name)
    return f"the {name}" if PLACE_HEADS.search(name) and not name.lower().startswith("the ") else named(name)


def many(name: str) -> bool:
    """Whether the name takes a plural verb."""
    return bool(PLURAL.search(plain(name)))


def possessive(words: str) -> str:
    """`Hamas’s`, `the United States’`, `the Houthis’`."""
    plural_form = many(words) or words.endswith(("States", "Nations", "Emirates"))
    return f"{words}’" if plural_form and words.endswith("s") else f"{words}’s"


def lowered(words: str) -> str:
    """An outlet's name inside a sentence: `the Levant Courier` from `The Levant Courier`."""
    return f"the {words[4:]}" if words.startswith("The ") else words


def listed(items: Iterable[str], last: str = "and", most: int = 4) -> str:
    """`a`, `a and b`, `a, b and c`; more than `most` are counted: `a, b, c and four others`."""
    words = list(items)
    if len(words) > most:
        rest = len(words) - most + 1
        words = [*words[: most - 1], f"{number(rest)} others"]
    if len(words) < 2:
        return "".join(words)
    return f"{', '.join(words[:-1])} {last} {words[-1]}"


def number(value: int) -> str:
    """A count in words up to twelve, in figures with thousands marks above."""
    return NUMBERS[value] if 0 <= value < len(NUMBERS) else f"{value:,}"


def counted(value: int, one: str, several: str = "") -> str:
    """`one report`, `three reports`, `no reports`."""
    return f"{number(value) if value else 'no'} {one if value == 1 else several or one + 's'}"


def capital(text: str) -> str:
    """The text with a capital at its start (`al-Assad` and marks before the first letter respected)."""
    for i, char in enumerate(text):
        if char.isalpha():
            return text if text[i:].startswith("al-") and i else text[:i] + char.upper() + text[i + 1 :]
        if char.isdigit():
            return text
    return text


def stop(text: str) -> str:
    """The text as a sentence: capital first, full stop last."""
    text = capital(" ".join(text.split()))
    return text if text.endswith((".", "?", "!", ".”", "?”", "!”")) else f"{text}."


def an(words: str) -> str:
    """`a report`, `an Iranian agency`."""
    return f"{'an' if words[:1].lower() in 'aeiou' else 'a'} {words}"


# --- time ----------------------------------------------------------------------------------------------------------------


def parse_day(iso: str | None) -> date | None:
    """The day of an ISO date, `YYYY-MM` or `YYYY` (their first day); None where it is none."""
    found = re.match(r"(\d{4})(?:-(\d\d))?(?:-(\d\d))?", iso or "")
    if not found:
        return None
    try:
        return date(int(found[1]), int(found[2] or 1), int(found[3] or 1))
    except ValueError:
        return None


def day_text(iso: str | None) -> str:
    """`3 March 2012`, or an empty string."""
    day = parse_day(iso)
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}" if day else ""


def month_text(iso: str | None) -> str:
    """`March 2012`, or an empty string."""
    day = parse_day(iso)
    return f"{MONTHS[day.month - 1]} {day.year}" if day else ""


def short_month(iso: str | None) -> str:
    """`Mar 2012`, for tables; an empty string where there is no date."""
    day = parse_day(iso)
    return f"{MONTHS[day.month - 1][:3]} {day.year}" if day else ""


def span_text(from_: str | None, to: str | None, grain: str | None = None) -> str:
    """A half-open span in words, no finer than its grain: `3 March 2012`, `March 2012`, `2012`, `March to May 2012`."""
    start, end = parse_day(from_), parse_day(to)
    if start is None:
        return f"before {day_text(to)}" if end else ""
    if end is None or grain == "hour":
        return day_text(from_)
    days = (end - start).days
    if days <= 1:
        return day_text(from_)
    whole_months = start.day == 1 and end.day == 1
    if whole_months and days <= 31:
        return month_text(from_)
    if whole_months and start.month == 1 and end.month == 1:
        return f"{start.year}" if days <= 366 else f"{start.year}–{end.year - 1}"
    last = end - timedelta(days=1)
    if whole_months:
        same = start.year == last.year
        return f"{MONTHS[start.month - 1]}{'' if same else f' {start.year}'} to {MONTHS[last.month - 1]} {last.year}"
    return _days(start, last)


def _days(start: date, last: date) -> str:
    if (start.year, start.month) == (last.year, last.month):
        return f"{start.day}–{last.day} {MONTHS[last.month - 1]} {last.year}"
    if start.year == last.year:
        return f"{start.day} {MONTHS[start.month - 1]} to {last.day} {MONTHS[last.month - 1]} {last.year}"
    return f"{day_text(start.isoformat())} to {day_text(last.isoformat())}"


def when_phrase(from_: str | None, to: str | None, grain: str | None = None) -> str:
    """The span as an adverbial: `on 3 March 2012`, `in March 2012`, `between 3 and …`, or an empty string."""
    text = span_text(from_, to, grain)
    if not text or text.startswith("before"):
        return text
    if " to " in text:
        return f"in the period {text}"
    if "–" in text:
        return f"between {text.replace('–', ' and ', 1)}" if text[-5:-4] != "–" else f"in {text}"
    return f"on {text}" if text[0].isdigit() and " " in text else f"in {text}"


def period_text(since: str | None, until: str | None) -> str:
    """A brief's period for its masthead: `1 January 2011 – 31 December 2014`, whole months and years shortened."""
    start, end = parse_day(since), parse_day(until)
    last = end - timedelta(days=1) if end else None
    if start and last:
        if start.day == 1 and end and end.day == 1:
            return f"{month_text(since)} – {month_text(last.isoformat())}" if start != last else month_text(since)
        return f"{day_text(since)} – {day_text(last.isoformat())}"
    if start:
        return f"since {day_text(since)}"
    return f"to {day_text(last.isoformat())}" if last else ""


def common(items: Sequence[str]) -> list[str]:
    """The items without repeats, in first order."""
    return list(dict.fromkeys(i for i in items if i))
