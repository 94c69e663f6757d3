"""The patterns of time expressions, over categories of words, and the one regular expression that they make.

A pattern is a regular expression whose upper-case words are categories of `words.toml` or macros below and whose blanks
mean nothing. The first rule that matches at a lexeme wins, so longer forms come first. Each rule names the builder (in
`dates.py` or `spans.py`) that turns the match into readings.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

from .lexer import Lexed
from .lexicon import FILLER, load

MACROS = {
    "MON": "(?:MONTH|MONTHABBR DOT?)",
    "MONALONE": "(?:MONTH|MONTHABBR DOT)",
    "WD": "(?:WEEKDAY|WDABBR DOT?)",
    "ORD": "(?:ORDD|NUMW HY? ORDW|ORDW)",
    "DAYN": "(?:DAY|ORD)",
    "YR": "(?:YEAR|YEARHEAD YEARTAIL (?:HY? NUMW)?(?!HY? UNIT))",
    "UNIT": "(?:UNITONE|UNITS)",
    "NUM": "(?:NUMW|INT|DEC)",
    "COUNT": "(?:A? COUPLE|A? FEW|HALF A|A HALF|A? DOZENS|A BIGW|SEVERAL|FIGURE (?:(?:TO|OR|HY) NUM(?:HY NUM){0,2})?)",
    "FIGURE": "NUM(?:HY? NUM){0,4}(?:AND NUM)?(?:AND? A HALF|FRAC|HY? FRAC)?",
    "TOLD": "(?:SAME|PREVIOUS|FOLLOWING)",
    "SIDE": "(?:(?:THE|THIS|THAT)? SAME? (?:LAST|NEXT|CURRENT|TOLD|LATEST)|THIS|THAT)",
    "INYEAR": "(?:SIDE YEARWORD|YEARWORD AGO)",
    "ADAY": "(?:TODAY|(?:SIDE)? WD(?: COMMA? MON DAYN(?:COMMA? YR)?| COMMA? DAYN MON(?: YR)?)?|MON DAYN(?: COMMA? YR)?|DAYN MON(?: YR)?)",
    "ACLOCK": "(?:(?:CLOCK AMPM?|DAY AMPM|DAY OCLOCK|NUMW OCLOCK|NOON) ZONE?)",
    "QUARTER": "(?:ORD HY? FISCAL? QUARTERW)",
}

RULES: tuple[tuple[str, str], ...] = (
    ("iso", "ISO"),
    ("slash", "SLASH"),
    ("clock", "(?P<clock>ACLOCK) (?:COMMA? ON? (?P<day>ADAY))?"),
    ("clock", "(?P<day>ADAY) COMMA? AT? (?P<clock>ACLOCK)"),
    ("clock_part", "(?P<hour>DAY|NUMW|CLOCK) IN THE (?P<part>PART)"),
    ("day_part", "THE? EARLY? PART OF (?P<day>THE? ADAY)"),
    ("day_part", "(?P<day>ADAY) EARLY? HY? PART"),
    ("side_part", "(?P<side>SIDE) PART"),
    ("mid_part", "EARLY HY? PART(?: (?P<day>ADAY))?"),
    (
        "other_calendar",
        "DAYN OF? CALMONTH COMMA? (?P<year>INT)?|CALMONTH DAYN (?:COMMA? (?P<year2>INT))?|CALMONTH (?P<year3>INT)",
    ),
    (
        "days_month",
        "(?:WD COMMA?)? (?:THE? DAYN (?:HY|AND|OR|TO|COMMA|COMMA AND)){1,6} THE? DAYN OF? MON (?:COMMA? YR)?",
    ),
    ("month_days", "(?:WD COMMA?)? MON DAYN (?:(?:HY|AND|OR|TO) DAYN){1,6} (?:COMMA? YR)? (?!HY? UNIT)"),
    (
        "date",
        "(?:SIDE? WD COMMA? THE?)? MON THE? (?P<day>DAYN) (?!HY? UNIT) (?:COMMA? (?P<year>YR)(?:ERA|CE)?| OF? (?P<in>INYEAR))?",
    ),
    ("date", "(?:SIDE? WD COMMA?)? THE? (?P<day>DAYN) OF? MON (?:COMMA? (?P<year>YR)(?:ERA|CE)?| OF? (?P<in>INYEAR))?"),
    ("day_of", "THE (?P<day>ORD) (?:DAYWORD)? OF (?P<in>SIDE UNITONE|THE UNITONE)"),
    ("month", "MON (?:OF|COMMA)? (?P<year>YR|INT ERA)"),
    ("month", "(?P<side>SIDE)? MONALONE (?:OF? (?P<in>INYEAR))?"),
    ("weekday", "TODAY COMMA (?P<wd>WD)"),
    ("weekday", "(?P<side>SIDE)? (?P<wd>WD)(?!DOT DOT)"),
    ("today", "TODAY"),
    ("every", "EVERY OTHER? (?:OF)? (?:COUNT|ORD)? (?:UNIT|WEEKDAY|MONTH|SEASON|PART)"),
    ("per", "PER UNITONE|(?<=TIMES) A UNITONE"),
    ("weekdays", "WEEKDAYS(?: PART)?|WEEKDAY (?:PARTS)"),
    ("cycle", "(?:YEARAGO)? FISCAL? ORD HY QUARTERW"),
    (
        "cycle",
        "THE? (?:YEARAGO|LATEST|THIS|LAST|NEXT|CURRENT|TOLD|COMPARABLE YEARAGO?)? FISCAL? HY? QUARTER "
        "(?:(?:OF|IN)? THE? FISCAL? YEARWORD? (?P<year>YR)|OF? (?P<in>SIDE FISCAL? YEARWORD))?",
    ),
    ("cycle", "THE? FISCAL? (?P<year>YR) FISCAL? QUARTER"),
    ("cycle", "(?P<in>SIDE YEARWORD) POSS FISCAL? QUARTER"),
    (
        "half",
        "THE? (?P<n>ORD|LAST) HY? HALF OF (?:THE? FISCAL? (?P<year>YR)|(?P<in>SIDE YEARWORD|THE YEARWORD)|(?P<decade>THE? DECADE))",
    ),
    ("season", "(?:THE|(?P<side>SIDE))? (?:EARLY HY?)? SEASON (?:OF? (?P<year>YR)| OF (?P<in>INYEAR))?"),
    ("season", "THE? (?P<year>YR) SEASON"),
    ("shift", "(?P<n>COUNT) MORE? (?P<unit>UNIT) (?:ORSO)? (?P<way>AGO)"),
    ("shift", "(?P<n>A) (?P<unit>UNITONE) ORSO? (?P<way>AGO)"),
    ("shift", "(?P<unit>UNITS) (?P<way>AGO)"),
    ("shift", "(?P<n>COUNT|A) MORE? (?P<unit>UNIT) (?P<way>BEFORE) (?=DOT|COMMA)"),
    ("yearago", "THE? COMPARABLE? (?P<n>YEARAGO) (?:QUARTERW|PERIOD)|(?P<n2>YEARAGO)"),
    ("yearago", "THE (?P<year>YR) (?:QUARTERW|PERIOD)"),
    (
        "count_side",
        "(?:THE|THIS|THAT)? (?P<side>LAST|NEXT|PREVIOUS|FOLLOWING|ORDW|LATEST) (?P<n>COUNT) MORE? (?P<unit>UNIT) (?:ORSO)?",
    ),
    ("year", "THE? YEARWORD (?P<year>YR|TWOTHOUSAND)"),
    ("ended", "(?:THE|A)? FISCAL? (?P<unit>UNITONE) (?=ENDED)"),
    ("unit_side", "(?P<side>SIDE|THE (?:LAST|NEXT|TOLD)) FISCAL? (?P<unit>UNITONE) (?:ORSO)?"),
    ("units_side", "(?P<side>SIDE|SEVERAL|FUTUREW|THE (?:LAST|NEXT|TOLD)) (?P<unit>UNITS)"),
    ("latest", "THE (?:LATEST|COMPARABLE) PERIOD"),
    ("fiscal", "THE? FISCAL YEARWORD? HY? (?P<year>YR)|FY (?P<year2>YR)"),
    ("the_unit", "THE FISCAL? (?P<unit>UNITONE)"),
    ("year_end", "YEAREND|MONTHEND"),
    ("century", "THE? (?:EARLY HY?)? (?P<n>ORD) HY? CENTURYW (?P<era>ERA)?"),
    ("decade", "THE? (?:EARLY HY?)? (?P<d>DECADE)|THE (?:EARLY HY?)? (?P<word>DECADEW)"),
    (
        "duration",
        "(?:THE|THAT)? (?P<n>COUNT) HY? MORE? HY? (?P<unit>UNIT) (?:HY? LONG|HY OLD)? (?P<half>AND A HALF)? (?:ORSO)? ",
    ),
    ("duration", "(?P<n>A) (?:MORE)? (?P<unit>UNITONE) (?P<half>AND A HALF)? (?:ORSO)?"),
    ("duration", "(?P<unit>UNITS) (?:HY LONG)?|(?P<unit2>UNITONE) HY LONG"),
    ("years", "(?P<first>YEAR) HY (?P<last>TWO|DAY|YY)(?!HY)"),
    ("year", "(?:THE YEARWORD)? (?P<year>YR) (?P<era>ERA|CE)?|(?P<year2>INT) (?P<era2>ERA)|(?P<yy>YY)"),
    ("holiday", "(?P<side>SIDE)? HOLIDAY (?:(?:OF|COMMA)? (?P<year>YR))?"),
    ("past", "THE PASTW"),
    ("fixed", "FIXED"),
    ("adverbial", "ADVERBIAL"),
)
"""Rule name and pattern, the first that fits first."""

BEFORE_DATE = "(?:(?:NEAR|EDGE|THE? EARLY HY?(?: IN| ON| OF)?|FISCAL){1,4})$"
"""What an expression of a date takes in on its left."""
BEFORE_DURATION = "(?:BOUND{1,3})$"
"""What an expression of a duration takes in on its left."""
BEFORE_SIDED = "(?:FIRMBOUND)$"
"""What "the past two months" takes in on its left."""


@dataclass(frozen=True, slots=True)
class Found:
    """A match: the rule, and the match over the category characters (its positions are lexeme numbers)."""

    rule: str
    match: re.Match[str]

    @property
    def first(self) -> int:
        return self.match.start()

    @property
    def last(self) -> int:
        return self.match.end()


def compiled(pattern: str) -> re.Pattern[str]:
    """A pattern of this module's language as a regular expression over category characters."""
    return re.compile(_translate(pattern))


def _translate(pattern: str) -> str:
    chars = load().chars

    def put(found: re.Match[str]) -> str:
        name = found.group()
        if name in MACROS:
            return _translate(MACROS[name])
        if name not in chars:
            raise ValueError(f"pattern names the category {name}, which words.toml does not have")
        return f"[{chars[name]}]"

    return re.sub(r"(?<!\?)\b[A-Z]+\b", put, pattern).replace(" ", "")


class Grammar:
    """All rules, compiled."""

    def __init__(self) -> None:
        self._rules = [(name, compiled(pattern)) for name, pattern in RULES]
        plain = (re.sub(r"\(\?P<\w+>", "(?:", _translate(pattern)) for _, pattern in RULES)
        self._any = re.compile("|".join(f"({pattern})" for pattern in plain))
        self._stretch = re.compile(f"[^{FILLER}]+")
        self.before_date = compiled(BEFORE_DATE)
        self.before_duration = compiled(BEFORE_DURATION)
        self.before_sided = compiled(BEFORE_SIDED)

    def scan(self, lexed: Lexed, accept: Callable[[Found], bool]) -> None:
        """Offer matches in text order, none inside another that was accepted; after a refusal the next lexeme is tried."""
        classes = lexed.classes
        for stretch in self._stretch.finditer(classes):
            at, end = stretch.span()
            while (found := self._any.search(classes, at, end)) is not None:
                name, rule = self._rules[(found.lastindex or 1) - 1]
                exact = rule.match(classes, found.start())
                taken = exact is not None and exact.end() > exact.start() and accept(Found(name, exact))
                at = exact.end() if taken and exact is not None else found.start() + 1

    def named(self, name: str, lexed: Lexed, first: int, last: int) -> re.Match[str] | None:
        """The match of a rule of this name over exactly these lexemes."""
        for rule_name, rule in self._rules:
            if rule_name == name and (found := rule.fullmatch(lexed.classes, first, last)) is not None:
                return found
        return None


@cache
def grammar() -> Grammar:
    """The rules; compiled once."""
    return Grammar()
