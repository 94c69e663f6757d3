"""Which matches are time expressions at all: words that can mean something else, judged by neighbours and tags."""

from __future__ import annotations

from dragoman.model import Parse

from .grammar import Found
from .lexer import Lexed
from .lexicon import load
from .tense import token_at

_MONEY = frozenset("$£€#@%")
_AFTER_TIME = frozenset({"at", "by", "since", "from", "until", "till", "before", "of", "for", "around", "about", "to", "on"})
_WILL = frozenset({"will", "'ll", "would", "to", "may", "could", "can", "should", "must"})
_AFTER_PAST = frozenset({"and", "or", "but", "that", "when", "to", "of", "he", "she", "it", "they", "we", "with", "is", "was", "has", "have", "had", "were", "are", "by", "for", "as", "because"})
_UNIT_AFTER = frozenset({"in", "of", "for", "during", "throughout", "through", "by", "within", "from", "since", "until", "over", "that", "later", "earlier"})
_PRONOUNS = frozenset({"i", "he", "she", "it", "we", "they", "you", "be", "have", "not", "also"})
_NAMES = frozenset({"may", "april", "june", "august", "march", "summer", "winter", "autumn", "spring", "friday", "easter"})
_TITLES = frozenset({"mr", "mrs", "ms", "dr", "president", "minister", "senator", "judge", "theresa", "miss", "sir"})


def is_time(lexed: Lexed, found: Found, parse: Parse) -> bool:
    """False for "may" the verb, "2000 men", "the fall of Kabul", "Theresa May" and the like."""
    check = _CHECKS.get(found.rule)
    return (check is None or check(lexed, found, parse)) and not _in_name(lexed, found, parse)


def _before(lexed: Lexed, found: Found) -> str:
    return lexed.words[found.first - 1] if found.first else ""


def _after(lexed: Lexed, found: Found) -> str:
    return lexed.words[found.last] if found.last < len(lexed.words) else ""


def _upos(lexed: Lexed, at: int, parse: Parse) -> str:
    token = token_at(parse, lexed.starts[at])
    return token.upos if token else ""


def _in_name(lexed: Lexed, found: Found, parse: Parse) -> bool:
    """Whether a single word such as "May" or "April" is part of a person's name."""
    if found.last - found.first != 1 or lexed.words[found.first] not in _NAMES:
        return False
    token = token_at(parse, lexed.starts[found.first])
    if token is not None and any(e.label == "PERSON" and e.first <= token.i < e.last for e in parse.entities):
        return True
    return _before(lexed, found) in _TITLES


def _month(lexed: Lexed, found: Found, parse: Parse) -> bool:
    word = lexed.words[found.first]
    if found.last - found.first > 1 or word not in ("may", "march"):
        return True
    if _upos(lexed, found.first, parse) in ("AUX", "VERB"):
        return False
    if word == "march" and found.first and (_after(lexed, found) in ("to", "on") or _named(lexed, found.first - 1)):
        return False
    return not (word == "may" and _after(lexed, found) in _PRONOUNS)


def _named(lexed: Lexed, at: int) -> bool:
    """Whether a lexeme is a capitalised word inside a sentence: part of a name ("the Long March")."""
    return lexed.words[at] == "'s" or (lexed.text[lexed.starts[at]].isupper() and at > 0 and lexed.words[at - 1] not in (".", '"', "“"))


def _season(lexed: Lexed, found: Found, parse: Parse) -> bool:
    at = next((i for i in range(found.first, found.last) if lexed.words[i] in load().values["season"]), found.first)
    if any(lexed.words[i].isdigit() for i in range(found.first, found.last)):
        return True
    if _upos(lexed, at, parse) == "VERB" or _after(lexed, found) in ("olympics", "games", "paralympics", "apart", "back", "short", "to"):
        return False
    name = lexed.text[lexed.starts[at]].isupper() and at > 0 and lexed.text[lexed.starts[at - 1]].isupper()
    if name and _before(lexed, found) not in (".", ""):
        return False
    if lexed.words[at] == "fall":
        told = {"this", "last", "next", "each", "every", "that"} & set(lexed.words[found.first : at])
        return bool(told) or (_before(lexed, found) in ("in", "by", "since", "until", "during") and _after(lexed, found) not in ("of", "in", "from"))
    if lexed.words[at] == "spring" and found.last - found.first == 1:
        return _before(lexed, found) in ("in", "by", "since", "until", "during", "each", "every", "of", "late", "early")
    return True


def _year(lexed: Lexed, found: Found, parse: Parse) -> bool:
    before, after = _before(lexed, found), _after(lexed, found)
    if before in _MONEY or before in ("no", "number", "+", "±", "/") or after in ("%", "/", "°") or after in load().counted:
        return False
    joined = found.first > 0 and lexed.ends[found.first - 1] == lexed.starts[found.first]
    if joined and before not in ("(", "-", "–", "—", '"', "'", "“", "‘", "[", ",", ";", "mid"):
        return False
    word = lexed.words[found.first]
    if word[0] in "'’":
        return before in ("of", "in", "since", "by", "the", "from", "until", "and", "-", "–")
    if not word.isdigit() or int(word) >= 1500 or found.last - found.first > 1:
        return not (_counts(lexed, found, parse))
    return before in ("in", "since", "until", "by", "from", "of", "between", "to", "and", "around", "(", "about", "-", "–", "during", "year")


def _counts(lexed: Lexed, found: Found, parse: Parse) -> bool:
    """Whether a number is the number of the noun after it: only where it is lower than any recent year."""
    token = token_at(parse, lexed.starts[found.first])
    if token is None or not token.text.isdigit() or 1700 <= int(token.text) <= 2050:
        return False
    return token.rel == "nummod"


def _fixed(lexed: Lexed, found: Found, parse: Parse) -> bool:
    word, before, after = lexed.words[found.first], _before(lexed, found), _after(lexed, found)
    if word in ("the time", "that time", "this time", "the present"):
        return before in _AFTER_TIME
    if word == "now" and after == "that":
        return False
    if word in ("future", "recent", "current"):
        return _upos(lexed, found.first, parse) not in ("VERB", "PROPN") and not (word == "future" and _upos(lexed, found.first, parse) == "ADJ")
    if word == "soon":
        return after != "after" and bool(_WILL & set(lexed.words[max(0, found.first - 5) : found.first]))
    return True


def _past(lexed: Lexed, found: Found, parse: Parse) -> bool:
    """ "In the past" and not "the past president"."""
    return _before(lexed, found) in _AFTER_TIME | {"in", "with", "about", "into"} and _upos(lexed, found.last - 1, parse) not in ("VERB", "ADP") and (
        found.last >= len(lexed.words) or not _after(lexed, found)[:1].isalpha() or _after(lexed, found) in _AFTER_PAST
    )


def _the_unit(lexed: Lexed, found: Found, parse: Parse) -> bool:
    unit = lexed.words[found.last - 1]
    before, after = _before(lexed, found), _after(lexed, found)
    if unit == "weekend":
        return True
    if unit == "quarter":
        return after not in ("of", "century")
    if before.endswith(" of"):
        return True
    if unit == "year":
        return before in _UNIT_AFTER or after in ("ended", "ending")
    if unit in ("week", "month"):
        return before in ("of", "in", "for", "during", "later") and after not in ("of",)
    return before in ("in", "of") and found.first > 1 and lexed.words[found.first - 2] in ("later", "earlier", "late", "early", "end", "rest")


def _duration(lexed: Lexed, found: Found, parse: Parse) -> bool:
    words = lexed.words[found.first : found.last]
    after, before = _after(lexed, found), _before(lexed, found)
    if words[-1] == "second" and "one" not in words:
        return False
    if words[-1] in ("quarter", "century", "season") and after == "of" and words[0] in ("a", "an", "one"):
        return words[-1] != "quarter"
    if words[-1] in ("quarters", "quarter") and (after == "of" or "-" in words or len(words) == 1):
        return False
    if after == "old" or (after in ("-", "–") and found.last + 1 < len(lexed.words) and lexed.words[found.last + 1] == "old"):
        return False
    if words[0] in ("a", "an") and words[-1] == "minute" and after in (",",):
        return False
    if len(words) == 1 and words[0] in ("hours", "days", "minutes", "seconds", "quarters", "weekends"):
        return words[0] in ("hours", "days", "minutes") and before not in ("the", "business", "-", "office", "working")
    if words == ["a", "day"] or words == ["a", "week"] or words == ["a", "year"] or words == ["a", "month"]:
        return not _rate(lexed, found)
    return True


def _rate(lexed: Lexed, found: Found) -> bool:
    """ "four flights a week": a rate, which is no length of time."""
    before = _before(lexed, found)
    return before in ("share", "times", "once", "twice", "million", "billion", "cents", "dollars", "%", "percent", "barrels", "tons") or before[:1].isdigit() or (before.endswith("s") and before not in ("was", "is", "as", "his", "has", "takes", "lasts", "its", "towards", "days", "weeks"))


def _holiday(lexed: Lexed, found: Found, parse: Parse) -> bool:
    return lexed.text[lexed.starts[found.first]].isupper() or found.last - found.first > 1 or lexed.words[found.first][0].isdigit()


def _day_part(lexed: Lexed, found: Found, parse: Parse) -> bool:
    return not (found.rule == "mid_part" and found.last - found.first < 2)


def _weekday(lexed: Lexed, found: Found, parse: Parse) -> bool:
    return not (found.last - found.first == 1 and lexed.words[found.first] in load().values["weekday_short"])


def _count_side(lexed: Lexed, found: Found, parse: Parse) -> bool:
    return not (lexed.words[found.last - 1] == "second")


_CHECKS = {
    "month": _month, "season": _season, "year": _year, "years": _year, "fixed": _fixed, "past": _past, "the_unit": _the_unit, "duration": _duration,
    "holiday": _holiday, "mid_part": _day_part, "weekday": _weekday, "count_side": _count_side,
}  # fmt: skip
