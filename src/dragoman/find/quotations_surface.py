"""Sources found by their place alone, where the parser hung them on the words that are quoted."""

from __future__ import annotations

from ..model import Parse, Token
from .quotations_spans import Range

MARKS = frozenset(("”", '"', "''", "»", "“"))
NAMING = frozenset(("PROPN", "NOUN", "PRON", "DET", "ADJ", "NUM", "PART", "ADP"))
LONGEST = 25
"""Words of a source that only its place shows."""


def beside_cue(parse: Parse, cue: Range, addressed: bool = False) -> Token | None:
    """The head of the noun phrase directly before a cue, or, behind quoted words, directly after it; None where there is none.

    Behind an `addressed` cue ("told") stands the hearer, never the source.
    """
    before = _before(parse, cue, addressed)
    if before is not None:
        return _head(parse, *before)
    after = None if addressed else _after(parse, cue)
    return _head(parse, *after) if after is not None else None


def apposed(parse: Parse, head: int, cue: Range) -> Range:
    """The whole phrase on that side of the cue where the head stands."""
    found = _before(parse, cue, True) if head < cue[0] else _after(parse, cue)
    return found if found is not None and found[0] <= head < found[1] else (head, head + 1)


def _before(parse: Parse, cue: Range, addressed: bool) -> Range | None:
    """From the closing mark, or from the sentence's start where no comma intervenes, up to the cue."""
    tokens, start = parse.tokens, parse.sentence(cue[0]).first
    at = cue[0]
    while (
        at > start
        and cue[0] - at < LONGEST
        and tokens[at - 1].text not in MARKS
        and tokens[at - 1].upos not in ("VERB", "AUX")
    ):
        at -= 1
    marked = at > start and tokens[at - 1].text in MARKS
    behind = tokens[cue[1]].text if cue[1] < len(tokens) else "."
    comma = next((i for i in range(at, cue[0] - 1) if tokens[i].text == ","), None)
    if (
        not marked
        and at > start
        and comma is not None
        and (addressed or behind in {".", ";", ","} or tokens[cue[1]].text in ("on", "in", "late", "early"))
    ):
        at, marked = comma + 1, True
    last = cue[0] - 1 if tokens[cue[0] - 1].text == "," else cue[0]
    if at >= last or (at > start and not marked):
        return None
    if not marked and any(t.text == "," for t in tokens[at:last]):
        return None
    return at, last


def _after(parse: Parse, cue: Range) -> Range | None:
    """The phrase behind a cue that follows quoted words or a comma, with an apposition behind a comma."""
    tokens, start, end = parse.tokens, parse.sentence(cue[0]).first, parse.sentence(cue[0]).last
    if cue[0] == start or tokens[cue[0] - 1].text not in MARKS | {","}:
        return None
    at, stop = cue[1], None
    while (
        at < end
        and at - cue[1] < LONGEST
        and tokens[at].upos in NAMING | {"PUNCT", "CCONJ"}
        and tokens[at].text not in MARKS | {".", ":", ";"}
    ):
        if tokens[at].text == "," and stop is None:
            stop = at
        at += 1
    closed = at >= end or tokens[at].text in MARKS | {".", ":", ";"}
    last = at if closed or stop is None else stop
    return (cue[1], last) if last > cue[1] and tokens[cue[1]].upos in ("PROPN", "NOUN", "PRON", "DET") else None


def _head(parse: Parse, first: int, last: int) -> Token | None:
    """The first noun of a phrase that nothing else in it governs but by apposition."""
    inside = range(first, last)
    nouns = [t for t in parse.tokens[first:last] if t.upos in ("PROPN", "NOUN", "PRON")]
    free = [t for t in nouns if t.head not in inside and t.rel not in ("case", "mark")]
    return next(iter(free or nouns), None)
