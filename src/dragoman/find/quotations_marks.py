"""Quotation marks: which stretches of a text stand between marks, and which of those are somebody's words."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass

from ..model import Parse

OPENING = "“„«‟"
CLOSING = "”»"
DOUBLE = re.compile("[“”„‟«»\"]|``|''")
MOST_SCARE_WORDS = 2
"""A quoted stretch of so few words, inside a clause, is a scare quote or a name unless a cue takes it."""


@dataclass(frozen=True, slots=True)
class Marked:
    """A stretch between marks: offsets with the marks, tokens `first` up to `last` with the marks; `closed` by a mark."""

    start: int
    end: int
    first: int
    last: int
    closed: bool

    def holds(self, i: int) -> bool:
        """Whether token `i` stands inside."""
        return self.first <= i < self.last


def find_marked(parse: Parse) -> tuple[Marked, ...]:
    """All stretches between double marks, in text order. A mark that is not closed in its paragraph ends with its
    sentence; where it opens a paragraph and the next paragraph opens with a mark again, it ends with its paragraph."""
    found: list[Marked] = []
    for paragraph in paragraphs(parse):
        found += _in_paragraph(parse, *paragraph)
    return tuple(found)


def paragraphs(parse: Parse) -> list[tuple[int, int]]:
    """Sentence ranges, half-open, one for each paragraph."""
    found: list[tuple[int, int]] = []
    for sentence in parse.sentences:
        if found and parse.sentences[found[-1][0]].paragraph == sentence.paragraph:
            found[-1] = (found[-1][0], sentence.i + 1)
        else:
            found.append((sentence.i, sentence.i + 1))
    return found


def _in_paragraph(parse: Parse, first: int, last: int) -> list[Marked]:
    start, end = parse.sentences[first].start, parse.sentences[last - 1].end
    found: list[Marked] = []
    opened: int | None = None
    for match in DOUBLE.finditer(parse.text, start, end):
        mark, at = match.group(), match.start()
        opens = _opens(parse.text, mark, at, opened is not None)
        if opens and opened is not None:
            if at - opened > 1:
                found += _marked(parse, opened, _sentence_end(parse, opened, at), False)
            opened = at
        elif opens:
            opened = at
        elif opened is not None:
            found += _marked(parse, opened, match.end(), True)
            opened = None
    if opened is not None:
        goes_on = opened <= start + 1 and _opens_next(parse, last)
        found += _marked(parse, opened, end if goes_on else _sentence_end(parse, opened, end), False)
    return found


def _opens(text: str, mark: str, at: int, is_open: bool) -> bool:
    """Whether a mark opens: by its shape, else by the blanks around it."""
    if mark[0] in OPENING or mark == "``":
        return True
    if mark[0] in CLOSING or (mark == "''" and is_open):
        return False
    before = text[at - 1] if at else " "
    after = text[at + len(mark)] if at + len(mark) < len(text) else " "
    if is_open:
        return before.isspace() and after.isalnum()
    return before.isspace() or before in "([—–-" or not after.isspace()


def _sentence_end(parse: Parse, at: int, limit: int) -> int:
    for sentence in parse.sentences[max(0, bisect_right(parse.starts, at) and _sentence_at(parse, at)) :]:
        if sentence.end > at:
            return min(sentence.end, limit)
    return limit


def _sentence_at(parse: Parse, at: int) -> int:
    index = max(0, bisect_right(parse.starts, at) - 1)
    return parse.tokens[index].sent


def _opens_next(parse: Parse, sentence: int) -> bool:
    """Whether the paragraph that begins with `sentence` opens with a mark."""
    if sentence >= len(parse.sentences):
        return False
    start = parse.sentences[sentence].start
    return bool(DOUBLE.match(parse.text, start))


def _marked(parse: Parse, start: int, end: int, closed: bool) -> list[Marked]:
    first, last = bisect_left(parse.starts, start), bisect_left(parse.starts, end)
    while first > 0 and parse.tokens[first - 1].end > start:
        first -= 1
    if not any(t.text[:1].isalnum() for t in parse.tokens[first:last]):
        return []
    return [Marked(start, end, first, last, closed)]


def words_in(parse: Parse, marked: Marked) -> int:
    """How many words stand between the marks."""
    return sum(t.text[:1].isalnum() for t in parse.tokens[marked.first : marked.last])
