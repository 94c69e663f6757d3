"""The one form in which names are compared: *pieces*, lower-case ASCII words without marks.

"Mish'al", "Mish’al" and "MISHAL" are ("mishal",); "al-Qa'ida's" is ("al", "qaida"); "U.S." is ("us",). What is lost here, the case
rule of short acronyms gives back (`is_acronym`).
"""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import pairwise

from anyascii import anyascii

LONGEST = 400
"""Code points: longer strings are no names and have no pieces."""
SHORT_ACRONYM = 5
"""Letters: acronyms up to this length must stand in capitals, as they may be words (`who`, `us`, `is`)."""

_POSSESSIVE = re.compile(r"(?<=\w)'s?(?!\w)")
_DROPPED = re.compile(r"['`\".]")
_WORD = re.compile(r"[a-z0-9]+")
_QUOTES = str.maketrans(dict.fromkeys("’‘ʼʻ´′ʾʿ‛", "'"))


@lru_cache(maxsize=65_536)
def pieces(text: str) -> tuple[str, ...]:
    """The words of a name in the form in which names are compared; empty for what has no letters or is too long."""
    if len(text) > LONGEST:
        return ()
    plain = text.translate(_QUOTES)
    if not plain.isascii():
        plain = anyascii(plain)
    plain = _POSSESSIVE.sub("", plain.lower().replace("&", " and "))
    return tuple(_WORD.findall(_DROPPED.sub("", plain))) if plain not in ("'s", "s'", "'") else ()


def key(text: str) -> str:
    """The pieces of a name joined by blanks, without a leading article."""
    words = pieces(text)
    return " ".join(words[1:] if len(words) > 1 and words[0] == "the" else words)


def letters(text: str) -> str:
    """The letters of a text alone."""
    return "".join(c for c in text if c.isalpha())


def is_acronym(name: str) -> bool:
    """Whether a name, as it is listed, is a short word of capitals that only capitals can match."""
    found = letters(name)
    return 1 < len(found) <= SHORT_ACRONYM and found.isupper() and " " not in name.strip()


_ALIKE = (
    ("sch", "sh"),
    ("tch", "ch"),
    ("kh", "h"),
    ("gh", "g"),
    ("ph", "f"),
    ("dh", "d"),
    ("th", "t"),
    ("ou", "u"),
    ("oo", "u"),
    ("ee", "i"),
    ("ck", "k"),
    ("q", "k"),
    ("c", "k"),
    ("z", "s"),
    ("w", "v"),
    ("y", "i"),
    ("j", "g"),
    ("x", "ks"),
)
_VOWELS = str.maketrans({"e": "i", "o": "u"})
_ARTICLES = frozenset(("al", "el", "ul", "as", "ad", "an", "ar", "az", "ash", "at", "bin", "ben", "ibn"))


@lru_cache(maxsize=16_384)
def sound(text: str) -> str:
    """A key under which transliterations of one name meet ("Hezbollah", "Hizbullah"; "Meshaal", "Mishal").

    Meetings are candidates only: different names meet as well.
    """
    words = [_sound_of(word) for word in pieces(text) if word not in _ARTICLES]
    return " ".join(words)


def _sound_of(word: str) -> str:
    for written, heard in _ALIKE:
        word = word.replace(written, heard)
    word = word.translate(_VOWELS)
    if len(word) > 3 and word.endswith("h"):
        word = word[:-1]
    return word[:1] + "".join(b for a, b in pairwise(word) if a != b)


def slug(name: str) -> str:
    """The id of an actor that has none of its own: its pieces joined by hyphens."""
    return "-".join(pieces(name))
