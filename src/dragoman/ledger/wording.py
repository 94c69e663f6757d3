"""What a sentence is about, as sets of words: stems of one meaning, names, numbers."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from functools import cache, lru_cache
from importlib.resources import files

from dragoman.registry import Registry

from .names import plain

STEM = 6
"""Letters of a stem: "striking" and "strikes" meet."""
SHORTEST = 3
LONGEST_NAME = 40

_WORD = re.compile(r"[^\W\d_]{3,}|\d+")
_NAME = re.compile(
    r"(?:^|(?<=\s)|(?<=[“\"(]))(?:(in|near|at|outside|around)\s(?:(?:central|downtown|(?:north|south|east|west)+ern)\s)?)?([A-Z][\w'’-]{2,}(?:\s[A-Z][\w'’-]{2,})*)"
)
_SEATS = frozenset(("capital", "seat"))
_STATE_USES = _SEATS | {"name", "alias", "adjective", "demonym"}
_ENDINGS = ("ings", "ing", "edly", "ed", "ies", "es", "s", "ly", "e")
_COMMON = frozenset(
    "the and for its his her him not but are was who has had one two may via out off nor yet any all own how now day days"
    " about after again also been before being between both could during from have having here into like more most much only"
    " other over said same says should since some such than that their them then there these they this those through told"
    " under until very were what when where which while will with would year years week month monday tuesday wednesday"
    " thursday friday saturday sunday january february march april june july august september october november december"
    " according report reported reports statement spokesman officials official government state near least late early"
    " three four five six seven eight nine ten eleven twelve first second third dozen weekend morning night evening".split()
)
_NUMBERS = dict(
    zip(
        "two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen".split(),
        range(2, 16),
        strict=True,
    )
) | {"dozen": 12, "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50}
_MONTHS = "January February March April May June July August September October November December".split()
_NUMBER = re.compile(
    rf"\b(?:(\d{{1,3}}(?:,\d{{3}})+|\d+)|({'|'.join(_NUMBERS)}))\b(?!\s(?:{'|'.join(_MONTHS)})\b)", re.IGNORECASE
)
_YEARS = range(1900, 2100)
_SEQUEL = re.compile(
    r"\b(?:again|another|further|anew|once more|(?:second|third|fourth) (?:\w+ )?(?:time|day|round|week)|(?:a|one) day after"
    r"|the day after|days after|returned|(?:two|three|four|five|six) more)\b",
    re.IGNORECASE,
)


@cache
def _meanings() -> Mapping[str, str]:
    """For the stem of each word of `data/synonyms.toml` the stem of the name of its meaning."""
    raw = tomllib.loads((files(__package__) / "data" / "synonyms.toml").read_text(encoding="utf-8"))
    return {_cut(word): _cut(name) for name, words in reversed(raw["meaning"].items()) for word in words}


def _cut(word: str) -> str:
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= SHORTEST:
            word = word[: -len(ending)]
            break
    if len(word) > SHORTEST and word[-1] == word[-2] and word[-1] not in "ls":
        word = word[:-1]
    return word[:STEM]


@lru_cache(maxsize=65_536)
def stem(word: str) -> str:
    """A word's first letters without its ending, or those of a word of the same meaning."""
    bare = _cut(word)
    return _meanings().get(bare, bare)


def content_words(words: str) -> frozenset[str]:
    """The stems and numbers that tell what is said."""
    return _of_name(words) if len(words) <= LONGEST_NAME else _of_words(words)


def _of_words(words: str) -> frozenset[str]:
    return frozenset(stem(w) for w in _WORD.findall(plain(words)) if w not in _COMMON)


@lru_cache(maxsize=65_536)
def _of_name(words: str) -> frozenset[str]:
    """As `_of_words`, of names, which come again and again."""
    return _of_words(words)


def country_word(code: str | None) -> str:
    """What stands among words for a state, its people and its capital."""
    return f"@{code}"


@cache
def _states() -> Mapping[str, tuple[str, bool]]:
    """States by the plain words for them, their people and their capitals; whether the word is that of a capital."""
    found: dict[str, tuple[str, bool]] = {}
    for country, state in sorted(Registry.load().states.items()):
        found[plain(state.name)] = (country, False)
        for name in state.names:
            if name.use in _STATE_USES:
                found.setdefault(plain(name.text), (country, name.use in _SEATS))
    return found


def _country(name: str, *, placed: bool) -> str | None:
    """The state that a name, an adjective or a capital stands for; a capital where something takes place is a town."""
    bare = plain(name.removesuffix("'s").removesuffix("’s"))
    country, seat = _states().get(bare) or _states().get(bare.removesuffix("s")) or (None, False)
    return None if placed and seat else country


def proper_words(sentence: str) -> tuple[frozenset[str], frozenset[str]]:
    """The names in a sentence and its other content words.

    A state's name, people or capital is its `country_word`. The first word is a name only where it names a state.
    """
    names: set[str] = set()
    others = set(content_words(sentence))
    for found in _NAME.finditer(sentence):
        preposition, name = found.groups()
        whole = _country(name, placed=preposition is not None)
        for word in (name,) if whole else name.split():
            own = content_words(word)
            country = whole or _country(word, placed=preposition is not None)
            if country is not None:
                names.add(country_word(country))
            elif found.start() == 0 and name.startswith(word):
                continue
            else:
                names |= own
            others -= own
    return frozenset(names), frozenset(others)


def numbers(sentence: str) -> frozenset[int]:
    """The numbers in a sentence, in digits or words, without days of months, years and one."""
    found = set()
    for digits, word in _NUMBER.findall(sentence):
        value = int(digits.replace(",", "")) if digits else _NUMBERS[word.casefold()]
        if value not in _YEARS and value > 1:
            found.add(value)
    return frozenset(found)


def sequel(sentence: str) -> bool:
    """Whether a sentence tells of one of several happenings: again, another, a day after."""
    return _SEQUEL.search(sentence) is not None
