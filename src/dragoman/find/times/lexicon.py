"""The words of time expressions, from `words.toml` and `holidays.toml`, as one lookup table.

Each lexeme of a text becomes one character: the character stands for the *set* of categories that the word has, so that
the grammar can be plain regular expressions over categories. `FILLER` stands for every word without one.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass, field
from functools import cache
from importlib import resources
from typing import Any

from dragoman.errors import DataError

FILLER = "~"
"""The character of a lexeme that has nothing to do with time."""

FIRST_CHARACTER = 0x4E00
"""Category sets are numbered from here: no character in this range means anything in a regular expression."""

NUMBERED = {
    "month": "MONTH",
    "month_short": "MONTHABBR",
    "weekday": "WEEKDAY",
    "weekday_short": "WDABBR",
    "weekdays": "WEEKDAYS",
    "season": "SEASON",
    "seasons": "SEASONS",
    "part": "PART",
    "unit": "UNITONE",
    "units": "UNITS",
    "number": "NUMW",
    "ordinal": "ORDW",
    "decade": "DECADEW",
    "zone": "ZONE",
    "fixed": "FIXED",
    "adverbial": "ADVERBIAL",
}
"""Tables of `words.toml` that give each word a value, and the category that their words get."""

SHAPES = (
    "ISO",
    "SLASH",
    "CLOCK",
    "ORDD",
    "DECADE",
    "YY",
    "DEC",
    "DAY",
    "INT",
    "YEAR",
    "BIG",
    "HOLIDAY",
    "CALMONTH",
    "FRAC",
)
"""Categories that the lexer gives by the shape of a lexeme or by phrase."""


@dataclass(frozen=True, slots=True)
class Holiday:
    """One feast: its rule is the one field that is set; see `holidays.toml`."""

    on: str | None = None
    date: str | None = None
    nth: tuple[int, int, int] | None = None
    easter: int | None = None
    hijri: str | None = None
    hebrew: str | None = None
    days: int = 1


@dataclass(frozen=True)
class Lexicon:
    """Word tables, ready for use.

    `category` gives the character of a single word; `phrases` gives, by first word, compiled phrases (longest first)
    with their character; `values` gives by table name what a word means; `chars` all characters of a category.
    """

    category: dict[str, str]
    phrases: dict[str, tuple[tuple[re.Pattern[str], str], ...]]
    values: dict[str, dict[str, Any]]
    chars: dict[str, str]
    holidays: dict[str, Holiday]
    calendar_months: dict[str, tuple[str, int]]
    shape: dict[str, str]
    tense: dict[str, frozenset[str]]
    context: dict[str, frozenset[str]]
    counted: frozenset[str] = field(default_factory=frozenset)


def _read(name: str) -> dict[str, Any]:
    try:
        return tomllib.loads(resources.files(__package__).joinpath(name).read_text("utf-8"))
    except (OSError, tomllib.TOMLDecodeError) as broken:
        raise DataError(
            f"find/times/{name}: expected a readable TOML table, got: {broken}; reinstall dragoman"
        ) from broken


def _holidays(rows: list[dict[str, Any]]) -> dict[str, Holiday]:
    found = {}
    for number, row in enumerate(rows, 1):
        given: dict[str, Any] = {k: tuple(v) if k == "nth" else v for k, v in row.items() if k in Holiday.__slots__}
        if not row.get("names") or len(given.keys() - {"days"}) != 1:
            raise DataError(
                f"find/times/holidays.toml, holiday {number}: expected names and exactly one rule, got {row}"
            )
        found.update(dict.fromkeys(row["names"], Holiday(**given)))
    return found


def _categories(
    tables: dict[str, Any], holidays: dict[str, Holiday], months: dict[str, tuple[str, int]]
) -> dict[str, set[str]]:
    """All categories of each word and phrase."""
    found: dict[str, set[str]] = {}
    for table, name in NUMBERED.items():
        if table not in tables:
            raise DataError(f"find/times/words.toml: the table [{table}] is missing; reinstall dragoman")
        for word in tables[table]:
            found.setdefault(word, set()).add(name)
    for name, words in tables["words"].items():
        for word in words:
            found.setdefault(word, set()).add(name)
    for word in holidays:
        found.setdefault(word, set()).add("HOLIDAY")
    for word in months:
        found.setdefault(word, set()).add("CALMONTH")
    return found


@cache
def load() -> Lexicon:
    """The lexicon; read once. Raises DataError where the data files are broken."""
    tables, feasts = _read("words.toml"), _read("holidays.toml")
    holidays = _holidays(feasts["holiday"])
    months = {
        name: (calendar, number)
        for calendar, rows in feasts["calendars"].items()
        for number, names in enumerate(rows, 1)
        for name in names
    }
    sets: dict[frozenset[str], str] = {}

    def char(names: frozenset[str]) -> str:
        return sets.setdefault(names, chr(FIRST_CHARACTER + len(sets)))

    category: dict[str, str] = {}
    phrases: dict[str, list[tuple[re.Pattern[str], str]]] = {}
    found = _categories(tables, holidays, months)
    for word in sorted(found, key=len, reverse=True):
        if re.fullmatch(r"[^\W\d_]+|\W|[ap]\.m|b\.c(\.e)?|a\.d|c\.e|'s|’s|o['’]clock", word):
            category[word] = char(frozenset(found[word]))
        else:
            first = re.match(r"[^\W_]+", word)
            pattern = re.compile(r"\s+".join(map(re.escape, word.split())) + r"(?!\w)", re.IGNORECASE)
            phrases.setdefault(first.group() if first else word, []).append((pattern, char(frozenset(found[word]))))
    shape = {name: char(frozenset(kinds)) for name, kinds in _shapes().items()}
    chars: dict[str, str] = {}
    for names, letter in sets.items():
        for name in names:
            chars[name] = chars.get(name, "") + letter
    values: dict[str, dict[str, Any]] = {name: tables[name] for name in NUMBERED}
    return Lexicon(
        category,
        {k: tuple(v) for k, v in phrases.items()},
        values,
        chars,
        holidays,
        months,
        shape,
        {k: frozenset(v) for k, v in tables["tense"].items()},
        {k: frozenset(w.replace("␣", " ") for w in v.split()) for k, v in tables["context"].items()},
        frozenset(tables["counted"]["nouns"]),
    )


def _shapes() -> dict[str, set[str]]:
    """Categories of digit lexemes: a number up to 31 is also a day, one from 1000 to 2199 also a year."""
    plain = {name: {name} for name in SHAPES}
    return plain | {"DAY": {"DAY", "INT"}, "YEAR": {"YEAR", "INT"}, "BIG": {"INT"}, "TWO": {"INT", "TWO"}}
