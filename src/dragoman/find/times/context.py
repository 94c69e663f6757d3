"""Which matches are time expressions at all: words that can mean something else, judged by neighbours and tags.

The word lists are the table [context] of words.toml.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

from dragoman.model import Parse

from .grammar import Found
from .lexer import Lexed
from .lexicon import load
from .tense import token_at

OLDEST_BARE_YEAR = 1500
"""A lower number is a year only after a preposition of time."""
SURE_YEARS = range(1700, 2051)
"""Numbers that are years even where the parse takes them for counts."""


@dataclass
class _Sight:
    """A match with what stands around it."""

    lexed: Lexed
    found: Found
    parse: Parse

    @property
    def words(self) -> list[str]:
        return self.lexed.words[self.found.first : self.found.last]

    @cached_property
    def before(self) -> str:
        return self.lexed.words[self.found.first - 1] if self.found.first else ""

    @cached_property
    def after(self) -> str:
        return self.lexed.words[self.found.last] if self.found.last < len(self.lexed.words) else ""

    def upos(self, at: int) -> str:
        """The tag of a lexeme, "" where the parse has none."""
        token = token_at(self.parse, self.lexed.starts[at])
        return token.upos if token else ""

    def capital(self, at: int) -> bool:
        return self.lexed.text[self.lexed.starts[at]].isupper()


def is_time(lexed: Lexed, found: Found, parse: Parse) -> bool:
    """False for "may" the verb, "2000 men", "the fall of Kabul", "Theresa May" and the like."""
    sight = _Sight(lexed, found, parse)
    check = _CHECKS.get(found.rule)
    return (check is None or check(sight)) and not _in_name(sight)


def _listed(word: str, name: str) -> bool:
    return word in load().context[name]


def _in_name(sight: _Sight) -> bool:
    """Whether a single word such as "May" or "April" is part of a person's name."""
    if len(sight.words) != 1 or not _listed(sight.words[0], "names"):
        return False
    token = token_at(sight.parse, sight.lexed.starts[sight.found.first])
    if token is not None and any(e.label == "PERSON" and e.first <= token.i < e.last for e in sight.parse.entities):
        return True
    at = sight.found.first - (2 if sight.before == "." else 1)
    return at >= 0 and _listed(sight.lexed.words[at], "titles")


MONTH_OPENERS = frozenset("in since until till by during last next this early late mid of every before after".split())
"""Words after which a capitalised March is the month, whatever follows ("seized in March on its way"), not a march on a town."""


def _month(sight: _Sight) -> bool:
    first, word = sight.found.first, sight.words[0]
    if len(sight.words) > 1 or word not in ("may", "march"):
        return True
    if sight.upos(first) in ("AUX", "VERB"):
        return False
    if word == "march" and sight.capital(first) and sight.before in MONTH_OPENERS:
        return True
    if word == "march" and first and (sight.after in ("to", "on") or _named(sight, first - 1)):
        return False
    return not (word == "may" and _listed(sight.after, "after_verb_may"))


def _named(sight: _Sight, at: int) -> bool:
    """Whether a lexeme is a capitalised word inside a sentence: part of a name ("the Long March")."""
    words = sight.lexed.words
    return words[at] == "'s" or (sight.capital(at) and at > 0 and words[at - 1] not in (".", '"', "“"))


def _season(sight: _Sight) -> bool:
    seasons, first = load().values["season"], sight.found.first
    at = next((i for i, w in enumerate(sight.words, first) if w in seasons), first)
    if any(w.isdigit() for w in sight.words):
        return True
    if sight.upos(at) == "VERB" or _listed(sight.after, "after_no_season"):
        return False
    if sight.capital(at) and at > 0 and sight.capital(at - 1) and sight.before not in (".", ""):
        return False
    prepared = _listed(sight.before, "before_season")
    word = sight.lexed.words[at]
    if word == "fall":
        sided = any(_listed(w, "sides") for w in sight.words)
        return sided or (prepared and sight.after not in ("of", "in", "from"))
    return prepared or word != "spring" or len(sight.words) > 1


def _year(sight: _Sight) -> bool:
    before, after = sight.before, sight.after
    if _listed(before, "before_number") or _listed(after, "after_number") or after in load().counted:
        return False
    first = sight.found.first
    joined = first > 0 and sight.lexed.ends[first - 1] == sight.lexed.starts[first]
    if joined and not _listed(before, "joined_to_year"):
        return False
    word = sight.words[0]
    if word[0] in "'’" or (word.isdigit() and int(word) < OLDEST_BARE_YEAR and len(sight.words) == 1):
        return _listed(before, "before_year")
    return not _counts(sight)


def _counts(sight: _Sight) -> bool:
    """Whether a number is the number of the noun after it: only where it is no recent year."""
    token = token_at(sight.parse, sight.lexed.starts[sight.found.first])
    if token is None or not token.text.isdigit() or int(token.text) in SURE_YEARS:
        return False
    return token.rel == "nummod"


def _fixed(sight: _Sight) -> bool:
    word, first = sight.words[0], sight.found.first
    if _listed(word, "only_after_preposition"):
        return _listed(sight.before, "before_time")
    if word == "now" and sight.after == "that":
        return False
    if word in ("future", "recent", "current"):
        return sight.upos(first) not in ("VERB", "PROPN") and not (word == "future" and sight.upos(first) == "ADJ")
    if word == "soon":
        near = sight.lexed.words[max(0, first - 5) : first]
        return sight.after != "after" and any(_listed(w, "will") for w in near)
    return True


def _past(sight: _Sight) -> bool:
    """ "In the past" and not "the past president"."""
    if not (_listed(sight.before, "before_time") or _listed(sight.before, "before_past")):
        return False
    if sight.upos(sight.found.last - 1) in ("VERB", "ADP"):
        return False
    return not sight.after[:1].isalpha() or _listed(sight.after, "after_past")


def _the_unit(sight: _Sight) -> bool:
    unit, first = sight.words[-1], sight.found.first
    if unit == "weekend":
        return True
    if unit == "quarter":
        return sight.after not in ("of", "century")
    if sight.before.endswith(" of"):
        return True
    if unit == "year":
        return _listed(sight.before, "before_the_year")
    if unit in ("week", "month"):
        return _listed(sight.before, "before_the_week") and sight.after != "of"
    return sight.before in ("in", "of") and first > 1 and _listed(sight.lexed.words[first - 2], "before_of_the_day")


def _duration(sight: _Sight) -> bool:
    words, after = sight.words, sight.after
    if words[-1] == "second" and "one" not in words:
        return False
    if words[-1] in ("quarter", "quarters") and (after == "of" or "-" in words or len(words) == 1):
        return False
    follower = sight.lexed.words[sight.found.last + 1 : sight.found.last + 2]
    if after == "old" or (after in ("-", "–") and follower == ["old"]):
        return False
    if len(words) == 1 and _listed(words[0], "loose_units"):
        return words[0] not in ("seconds", "weekends") and not _listed(sight.before, "before_no_duration")
    if len(words) == 2 and words[0] == "a" and words[1] in ("day", "week", "month", "year"):
        return not _rate(sight.before)
    return True


def _rate(before: str) -> bool:
    """ "Four flights a week": a rate, which is no length of time."""
    if _listed(before, "before_rate") or before[:1].isdigit():
        return True
    return before.endswith("s") and not _listed(before, "before_no_rate")


def _holiday(sight: _Sight) -> bool:
    return sight.capital(sight.found.first) or len(sight.words) > 1 or sight.words[0][0].isdigit()


_CHECKS: dict[str, Callable[[_Sight], bool]] = {
    "month": _month,
    "season": _season,
    "year": _year,
    "years": _year,
    "fixed": _fixed,
    "past": _past,
    "the_unit": _the_unit,
    "duration": _duration,
    "holiday": _holiday,
    "mid_part": lambda sight: len(sight.words) > 1,
    "weekday": lambda sight: len(sight.words) > 1 or sight.words[0] not in load().values["weekday_short"],
    "count_side": lambda sight: sight.words[-1] != "second",
}
"""For each rule that needs one, whether a match is meant as time."""
