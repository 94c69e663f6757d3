"""Time expressions: where they stand, their TIMEX3 value, and the days that they mean.

`find_times` is all that others need. Rules and conventions: docs/times.md.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import replace
from functools import partial

from dragoman.model import Parse, Report, Span, Timex

from . import tense
from .context import is_time
from .dates import Built
from .grammar import Found, grammar
from .lexer import Lexed, lex
from .reading import Reading
from .resolve import Resolved, Resolver
from .spans import BUILDERS

__all__ = ["find_times"]

_JOINTS = frozenset({"and", "to", "-", "–", "—", "through", "until", "till", "or", ","})
_RANGE_JOINTS = frozenset({"to", "-", "–", "—", "through", "until", "till"})
_DURATIONS = frozenset({"duration", "count_side", "shift"})
_AS_IS = frozenset({"fixed", "past", "adverbial", "every", "per", "weekdays"})
_OPEN = {
    "since": "to",
    "after": "to",
    "following": "to",
    "until": "from",
    "till": "from",
    "before": "from",
    "by": "from",
}
"""Words before an expression that leave one end of its time open: "since May" has no known `to`."""


def find_times(report: Report, parse: Parse) -> tuple[Timex, ...]:
    """All time expressions of a report, in text order.

    Without `report.published` a relative expression keeps its words but gets neither days nor a value, unless a full
    date told before anchors it. The parse may be without syntax; then the tense is guessed from the words.
    """
    lexed = lex(report.text)
    if not lexed.classes:
        return ()
    readings = _readings(lexed, parse)
    syntax = tense.has_syntax(parse)
    resolver = Resolver(report.published)
    times: list[Timex] = []
    for number, (first, last, reading, inner) in enumerate(readings):
        start, end = lexed.span(first, last)
        asked = (
            partial(tense.of_parse, parse, lexed.starts[inner])
            if syntax
            else partial(tense.of_words, lexed, first, last)
        )
        resolved = resolver.resolve(reading, asked, number, start, _aside(lexed, first))
        times.append(_timex(parse, start, end, reading, resolved, times))
    opened = [_open(lexed, r[0], t) for r, t in zip(readings, times, strict=True)]
    return tuple(_ranges(lexed, readings, opened, report.text))


_ASIDE_REACH = 12
"""Lexemes looked back over for an opening bracket."""


def _aside(lexed: Lexed, first: int) -> bool:
    """Whether an expression stands in round brackets."""
    for word in reversed(lexed.words[max(0, first - _ASIDE_REACH) : first]):
        if word in ("(", ")"):
            return word == "("
    return False


Placed = tuple[int, int, Reading, int]
"""First and last lexeme with modifiers, the reading, and the first lexeme of its core."""


def _readings(lexed: Lexed, parse: Parse) -> list[Placed]:
    """What the text says, with each expression's extent."""
    placed: list[Placed] = []

    def accept(found: Found) -> bool:
        built: Built = BUILDERS[found.rule](lexed, found) if is_time(lexed, found, parse) else []
        for first, last, reading in built:
            limit = placed[-1][1] if placed else 0
            placed.append((_widened(lexed, found, first, limit), last, reading, first))
        return bool(built)

    grammar().scan(lexed, accept)
    return _shared_years(lexed, placed)


def _widened(lexed: Lexed, found: Found, first: int, limit: int) -> int:
    """The expression with the words that modify it on its left: "early", "the end of", "more than"."""
    rules = grammar()
    if found.rule in _AS_IS:
        return first
    pattern = rules.before_date
    if found.rule in _DURATIONS:
        pattern = rules.before_sided if found.rule == "count_side" else rules.before_duration
    low = max(limit, first - 6)
    matched = next((m for at in range(low, first) if (m := pattern.match(lexed.classes, at, first)) is not None), None)
    return matched.start() if matched else first


def _shared_years(lexed: Lexed, placed: list[Placed]) -> list[Placed]:
    """ "between March and June 2012": the first date is of the year of the second."""
    for i in range(len(placed) - 2, -1, -1):
        first, last, reading, core = placed[i]
        after = placed[i + 1]
        gap = lexed.words[last : after[0]]
        alone = (
            reading.kind == "calendar"
            and reading.month
            and reading.year is None
            and reading.inner is None
            and not reading.side
        )
        dated = after[2].kind == "calendar" and after[2].month and after[2].year is not None
        if alone and dated and 0 < len(gap) <= 2 and all(w in _JOINTS for w in gap):
            placed[i] = (first, last, replace(reading, year=after[2].year, era=after[2].era), core)
    return placed


def _timex(parse: Parse, start: int, end: int, reading: Reading, found: Resolved, before: list[Timex]) -> Timex:
    anchor = before[found.anchor] if found.anchor is not None and found.anchor < len(before) else None
    return Timex(
        start=start,
        end=end,
        text=parse.text[start:end],
        first=max(0, bisect_right(parse.starts, start) - 1),
        last=bisect_left(parse.starts, end),
        type=reading.type,
        value=found.value,
        from_=found.from_.isoformat() if found.from_ else None,
        to=found.to.isoformat() if found.to else None,
        grain=_GRAINS.get(found.grain, found.grain),
        approx=found.approx,
        open=found.open,
        anchor=None if anchor is None else Span(anchor.start, anchor.end, anchor.text),
    )


_GRAINS = {"weekend": "day", "half": "span", "century": "span", "": "span"}
"""Grains that the contract does not name."""


def _open(lexed: Lexed, first: int, time: Timex) -> Timex:
    """ "since May": the days from the first of May on."""
    word = lexed.words[first - 1] if first else ""
    end = _OPEN.get(word)
    if end is None or time.from_ is None or time.type not in ("DATE", "TIME"):
        return time
    if end == "to":
        return replace(time, from_=time.from_ if word == "since" else time.to, to=None, open="to")
    return replace(time, from_=None, to=time.from_ if word == "before" else time.to, open="from")


def _ranges(lexed: Lexed, placed: list[Placed], times: list[Timex], text: str) -> list[Timex]:
    """ "from 2012 to 2014": both ends get the days of the whole."""
    for i in range(len(times) - 1):
        (first, last, _, _), after = placed[i], placed[i + 1]
        gap = lexed.words[last : after[0]]
        between = first > 0 and lexed.words[first - 1] == "between" and gap == ["and"]
        a, b = times[i], times[i + 1]
        if (
            not (between or (len(gap) == 1 and gap[0] in _RANGE_JOINTS))
            or a.from_ is None
            or b.to is None
            or a.from_ >= b.to
        ):
            continue
        whole = Span(a.start, b.end, text[a.start : b.end])
        for at in (i, i + 1):
            times[at] = replace(times[at], from_=a.from_, to=b.to, grain="span", open=None, whole=whole)
    return times
