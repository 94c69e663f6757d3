"""From text to lexemes: one category character per word, number or mark.

The lexer does its own cutting, apart from the parse, so that hyphens, "Sept." and "5pm" come out alike whatever the
tokenizer of the engine makes of them.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from .lexicon import FILLER, Lexicon, load

_LEXEME = re.compile(
    r"""(?P<ISO>\d{4}-\d\d-\d\d(?:T\d\d:\d\d(?::\d\d)?Z?)?(?![\w-]))
      | (?P<SLASH>\d{1,2}/\d{1,2}/(?:\d{4}|\d\d)(?![\w/]))
      | (?P<CLOCK>[0-2]?\d:[0-5]\d(?::[0-5]\d)?(?![\d:]))
      | (?P<ORDD>\d{1,3}(?:st|nd|rd|th)\b)
      | (?P<DECADE>(?:\d{3}0|['’]?[1-9]0)(?:['’]?s)\b)
      | (?P<YY>['’]\d\d\b)
      | (?P<FRAC>[½¼¾]|\b1/2\b)
      | (?P<DEC>\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+\.\d+)
      | (?P<NUM>\d+)
      | (?P<ERA>\b[bB]\.\s?[cC]\.(?:\s?[eE]\.)?|\b[aA]\.\s?[dD]\.)
      | (?P<AMPM>\b[ap]\.\s?m\b\.?)
      | (?P<OCLOCK>\bo['’]clock\b)
      | (?P<POSS>['’]s\b)
      | (?P<WORD>[^\W\d_]+)
      | (?P<MARK>[^\w\s])""",
    re.VERBOSE | re.IGNORECASE,
)

_CAPITAL = frozenset({"month", "month_short", "weekday", "weekday_short", "weekdays"})
_LONGEST_WORD = 30


@dataclass(slots=True)
class Lexed:
    """The lexemes of a text, as parallel lists; `classes` has one character for each."""

    text: str
    starts: list[int]
    ends: list[int]
    words: list[str]
    classes: str

    def span(self, first: int, last: int) -> tuple[int, int]:
        """Code points of lexemes `first` up to but without `last`."""
        return self.starts[first], self.ends[last - 1]


def _number_class(digits: str, shape: dict[str, str]) -> str:
    value = int(digits) if len(digits) < 7 else 0
    if len(digits) <= 2:
        return shape["DAY"] if 1 <= value <= 31 else shape["TWO"]
    if len(digits) == 4:
        return shape["YEAR"] if 1000 <= value <= 2199 else shape["BIG"]
    return shape["BIG"] if len(digits) <= 3 else FILLER


def _capital_only(lexicon: Lexicon) -> frozenset[str]:
    return frozenset(word for table in _CAPITAL for word in lexicon.values[table])


class Lexer:
    """Cuts texts with one lexicon."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._category = lexicon.category
        self._phrases = lexicon.phrases
        self._shape = lexicon.shape
        self._capital = _capital_only(lexicon)
        self._poss = lexicon.category["'s"]
        self._oclock = lexicon.category["o'clock"]
        self._ampm, self._era, self._ce = lexicon.category["a.m"], lexicon.category["b.c"], lexicon.category["a.d"]

    def __call__(self, text: str) -> Lexed:
        starts: list[int] = []
        ends: list[int] = []
        words: list[str] = []
        classes: list[str] = []
        at = 0
        while (found := _LEXEME.search(text, at)) is not None:
            start, end = found.span()
            word = found.group().lower()
            kind = found.lastgroup
            if kind == "WORD" or (kind == "NUM" and word in self._phrases):
                letter, end = self._word(text, start, end, word)
                if letter == FILLER and kind == "NUM":
                    letter = _number_class(word, self._shape)
                word = text[start:end].lower() if end - start != len(word) else word
            elif kind == "MARK":
                letter = self._category.get(word, FILLER)
            else:
                letter = self._shaped(kind or "", word)
            starts.append(start)
            ends.append(end)
            words.append(word)
            classes.append(letter)
            at = end
        return Lexed(text, starts, ends, words, "".join(classes))

    def _word(self, text: str, start: int, end: int, word: str) -> tuple[str, int]:
        """The character of a word, or of the phrase that begins with it, and where it ends."""
        for pattern, letter in self._phrases.get(word, ()):
            if (found := pattern.match(text, start)) is not None:
                return letter, found.end()
        if word in self._capital and not text[start].isupper():
            return FILLER, end
        return self._category.get(word, FILLER), end

    def _shaped(self, kind: str, word: str) -> str:
        if kind == "NUM":
            return _number_class(word, self._shape)
        if kind == "POSS":
            return self._poss
        if kind == "OCLOCK":
            return self._oclock
        if kind == "AMPM":
            return self._ampm
        if kind == "ERA":
            return self._era if word.startswith("b") else self._ce
        return self._shape[kind]


_lexers: list[Lexer] = []


def lex(text: str) -> Lexed:
    """Cut `text` with the shipped lexicon."""
    if not _lexers:
        _lexers.append(Lexer(load()))
    return _lexers[0](text)
