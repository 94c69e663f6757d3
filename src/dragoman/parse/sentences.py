"""Paragraphs and lines of raw text, and the rules that keep the model's sentence starts from obvious mistakes."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from .rules import Rules

_BLANK_LINE = re.compile(r"\n[^\S\n]*\n\s*|\r\n\s*\r\n\s*|\u2029|\f")
_LIST_ITEM = re.compile(r"\s*(?:[-*•–—▪●◦·]\s|\(?[0-9]{1,3}[.)]\s|\(?[a-zA-Z][.)]\s|[#>|])")
_ENDED = re.compile(r"[.!?:;,]['\"”’)\]]*\s*$|[-–—]\s*$")
_LINE_END = re.compile(r"\r\n|\n|\r|\u2028|\u0085|\v")
_FINAL = frozenset({".", "!", "?", "…", "。", "?!", "!!", "!!!", "??", "???"})
_CLOSERS = frozenset({'"', "'", "”", "’", "»", ")", "]", "''"})
_OPENING = frozenset({'"', "“", "‘", "«", "``"})
SHORT_LINE = 0.6
"""A line shorter than this share of its paragraph's longest ends early, so its end may be meant."""


@dataclass(frozen=True, slots=True)
class Segment:
    """A stretch of text that no sentence runs out of; `paragraph` counts from 0."""

    start: int
    end: int
    paragraph: int


def segments(text: str) -> list[Segment]:
    """The paragraphs of a text, and within them the lines that stand for themselves (list items, headlines)."""
    found: list[Segment] = []
    number = start = 0
    for match in [*_BLANK_LINE.finditer(text), None]:
        end = match.start() if match else len(text)
        pieces = _pieces(text, start, end)
        found.extend(Segment(a, b, number) for a, b in pieces)
        number += bool(pieces)
        start = match.end() if match else end
    return found


def _pieces(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """The paragraph cut where a line break is meant: before list items, after and before short lines of their own."""
    lines = _lines(text, start, end)
    if len(lines) < 2:
        return lines
    longest = max(b - a for a, b in lines)
    found = [lines[0]]
    for (a, b), (c, d) in pairwise(lines):
        if _breaks(text[a:b], text[c:d], longest):
            found.append((c, d))
        else:
            found[-1] = (found[-1][0], d)
    return found


def _lines(text: str, start: int, end: int) -> list[tuple[int, int]]:
    found: list[tuple[int, int]] = []
    at = start
    for match in [*_LINE_END.finditer(text, start, end), None]:
        stop = match.start() if match else end
        if text[at:stop].strip():
            found.append((at, stop))
        at = match.end() if match else stop
    return found


def _breaks(line: str, following: str, longest: int) -> bool:
    """Whether the break between two lines ends a sentence."""
    if _LIST_ITEM.match(following):
        return True
    first = following.lstrip()[:1]
    if first.islower():
        return False
    if "\t" in line or "|" in line:
        return True
    early = len(line) + len(following.split(maxsplit=1)[0]) < SHORT_LINE * max(longest, 40)
    return early and (not _ENDED.search(line) or line.rstrip()[-1] in ".!?:")


def guarded(
    forms: Sequence[str], gaps: Sequence[int], scores: npt.NDArray[np.float32], rules: Rules
) -> npt.NDArray[np.bool_]:
    """Which words start a sentence: the model's scores (above 0: yes; after a stop and before a capital, above
    `-rules.stop_bonus`), less what the rules forbid.

    Word 0 always starts one. No start after a title, month or initial ("Gen.", "Jan.", "J."), none after "U.S." unless
    the model is sure and a word follows that opens sentences, none before a closing quotation mark or a lower-case
    word after one, none within a word.
    """
    starts: npt.NDArray[np.bool_] = scores > 0
    for i in np.flatnonzero((scores <= 0) & (scores > -rules.stop_bonus)):
        starts[i] = opens(forms, gaps, int(i))
    starts[0] = True
    for i in np.flatnonzero(starts[1:]) + 1:
        if _forbidden(forms, gaps, int(i), float(scores[i]), rules):
            starts[i] = False
    return starts


def opens(forms: Sequence[str], gaps: Sequence[int], i: int) -> bool:
    """Whether word `i` surely opens a sentence: after a stop (and closing marks), a blank before, a capital in front."""
    if i == 0 or gaps[i] == 0 or not (forms[i][0].isupper() or forms[i][0] in _OPENING):
        return False
    back = i - 1
    while back > 0 and forms[back] in _CLOSERS and gaps[back] == 0:
        back -= 1
    return forms[back] in _FINAL


def _forbidden(forms: Sequence[str], gaps: Sequence[int], i: int, score: float, rules: Rules) -> bool:
    before, word = forms[i - 1], forms[i]
    if gaps[i] == 0 and (word in rules.closing or before[-1:].isalnum() or before in rules.opening):
        return True
    low = before.lower()
    if low in rules.never_final or rules.initial.fullmatch(before):
        return not (rules.initial.fullmatch(before) and score > rules.sure and word in rules.openers)
    if low in rules.seldom_final or rules.acronym.fullmatch(before):
        return score < rules.sure or not (word in rules.openers or word[:1] in rules.opening)
    return before in rules.quotes and word[:1].islower()
