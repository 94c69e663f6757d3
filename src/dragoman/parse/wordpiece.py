"""From words to what the encoder reads: wordpieces, a shape and affix codes, word by word with a bounded cache.

The encoder is uncased, so casing and affixes travel beside the pieces. Training and runtime both use this module; a
change here needs new weights. The splitting is that of BERT's uncased WordPiece (lower case, accents stripped, greedy
longest match), written out because the `tokenizers` wheel is four times the size of all else that parsing needs.
"""

from __future__ import annotations

import re
import unicodedata
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

PAD, UNKNOWN, ROOT, SEPARATOR = 0, 100, 101, 102
HEAD_PIECES, TAIL_PIECES = 5, 3
CACHED_WORDS = 100_000
MAX_LETTERS = 100
SUFFIX_3, SUFFIX_2, PREFIX_3 = 4096, 1024, 4096
"""Sizes of the hash tables of affixes."""

_SHAPES: tuple[tuple[int, re.Pattern[str]], ...] = tuple(
    (number, re.compile(pattern))
    for number, pattern in (
        (1, r"[a-z]+$"),
        (2, r"[A-Z][a-z]+$"),
        (3, r"[A-Z]$"),
        (4, r"[A-Z]{2,}s?$"),
        (5, r"[0-9]+$"),
        (6, r"(?:[A-Z]\.)+$"),
        (7, r"[A-Z][a-z]+\.$"),
        (8, r"[a-z.]+\.$"),
        (9, r"(?:https?:|www\.|\S+@\S+\.|\S+\.(?:com|org|net|gov|edu)\b)"),
        (10, r"['’](?:[a-zA-Z]{1,2}|[0-9]0s)$|n['’]t$"),
        (11, r"[0-9]+(?:[.,:/-][0-9]+)+$"),
        (12, r"[0-9][0-9.,]*[A-Za-z]+$"),
        (13, r"[^\w\s]+$"),
        (14, r"[A-Z][a-z]*[A-Z]\w*$"),
        (15, r"[a-z]+(?:['’-][a-z]+)+$"),
        (16, r"[A-Z][a-zA-Z]*(?:['’-][A-Za-z]+)+$"),
        (17, r"[^\W\d_a-z][^\W\d_A-Z]+$"),
        (18, r"[^\W\d_A-Z]+$"),
        (19, r".*[0-9]"),
        (20, r".*[A-Z]"),
    )
)
SHAPES = 24


@dataclass(frozen=True, slots=True)
class Code:
    """One word as the encoder reads it: wordpiece ids (1 to 8) and shape, 3-suffix, 2-suffix, 3-prefix codes."""

    pieces: tuple[int, ...]
    features: tuple[int, int, int, int]


def shape(word: str) -> int:
    """The class of the casing and make-up of a word, 1-20; 0 for none of them."""
    return next((number for number, pattern in _SHAPES if pattern.match(word)), 0)


def affixes(word: str) -> tuple[int, int, int]:
    """Hash codes of the last three, last two and first three letters of the lower-cased word."""
    low = word.lower()
    return (
        zlib.crc32(low[-3:].encode("utf-8", "replace")) % SUFFIX_3,
        zlib.crc32(low[-2:].encode("utf-8", "replace")) % SUFFIX_2,
        zlib.crc32(low[:3].encode("utf-8", "replace")) % PREFIX_3,
    )


class WordPieces:
    """A WordPiece vocabulary with a bounded cache of words.

    `vocabulary` lists the pieces in the order of their ids, as BERT's `vocab.txt` does.
    """

    def __init__(self, vocabulary: Sequence[str]) -> None:
        self._ids = {piece: number for number, piece in enumerate(vocabulary)}
        self._cache: dict[str, Code] = {}

    @classmethod
    def read(cls, path: Path) -> WordPieces:
        """The vocabulary of a `vocab.txt` (one piece per line)."""
        return cls(path.read_text(encoding="utf-8").rstrip("\n").split("\n"))

    def __call__(self, word: str) -> Code:
        """The code of a word; from the cache where it was met before."""
        code = self._cache.get(word)
        if code is None:
            if len(self._cache) >= CACHED_WORDS:
                self._cache.clear()
            code = self._cache[word] = Code(self._pieces(word), (shape(word), *affixes(word)))
        return code

    def _pieces(self, word: str) -> tuple[int, ...]:
        found: list[int] = []
        for part in _parts(_normal(word[:MAX_LETTERS])):
            found.extend(self._greedy(part))
        if len(found) > HEAD_PIECES + TAIL_PIECES:
            found = found[:HEAD_PIECES] + found[-TAIL_PIECES:]
        return tuple(found) or (UNKNOWN,)

    def _greedy(self, part: str) -> list[int]:
        found: list[int] = []
        start = 0
        while start < len(part):
            end = len(part)
            while end > start:
                number = self._ids.get(("##" if start else "") + part[start:end])
                if number is not None:
                    break
                end -= 1
            else:
                return [UNKNOWN]
            found.append(number)
            start = end
        return found


def _normal(word: str) -> str:
    """Lower case without accents and control characters."""
    decomposed = unicodedata.normalize("NFD", word.lower())
    return "".join(c for c in decomposed if unicodedata.category(c) not in {"Mn", "Cc", "Cf"} and c != "\ufffd")


def _parts(word: str) -> list[str]:
    """The word cut at punctuation and CJK characters, as BERT's basic tokenizer cuts it."""
    parts: list[str] = []
    run = ""
    for char in word:
        if char.isalnum() and not _is_cjk(char):
            run += char
            continue
        if run:
            parts.append(run)
        run = ""
        if not char.isspace():
            parts.append(char)
    return [*parts, run] if run else parts


def _is_cjk(char: str) -> bool:
    return "\u3400" <= char <= "\u9fff" or "\uf900" <= char <= "\ufaff" or char >= "\U00020000"
