"""Attributions of a report: who (source), by which word (cue), what (content), direct or not.

Syntax gives most of them (quotations_cues), marks bound the words of direct speech (quotations_marks), and the layout
gives the rest: headlines ("Minister: talks will go on"), transcripts, quotations that go on over sentences and paragraphs.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from ..model import Parse, Quotation, Report, Span
from .quotations_cues import drafts
from .quotations_layout import headed, loose
from .quotations_lexicon import load
from .quotations_marks import Marked, find_marked
from .quotations_spans import Draft, runs, spans


def find_quotations(report: Report, parse: Parse) -> tuple[Quotation, ...]:
    """Every attribution of the report, in text order of what comes first in it. Never raises on odd text."""
    if not parse.tokens:
        return ()
    cues, marked = load(), find_marked(parse)
    found = [draft for draft in drafts(parse, cues) if _likely(parse, draft, marked)]
    layout = headed(report, parse)
    layout = [d for d in layout if not _said_by_others(d, found)]
    found = [d for d in found if not _shadowed(d, layout)] + layout
    near = _by_paragraph(parse, marked)
    found = [_widened(parse, d, _around(parse, d, near)) for d in found]
    found += loose(parse, marked, found, cues)
    found = _continued(parse, marked, found)
    found = _distinct(found)
    within = _within_contents(found)
    made = (
        _quotation(parse, d, _around(parse, d, near), _is_nested(d, _around(parse, d, near), within)) for d in found
    )
    return tuple(sorted(made, key=_place))


WEAKEST_CUE = 0.05
"""Below this probability of the engine a word is no cue. On a quarter of the marked sentences that the head had not learnt from
(`training/quotes.py`) .3 gives the best F1, but loses six cues of a hundred; a voice too many is the lesser harm."""


def _likely(parse: Parse, draft: Draft, marked: tuple[Marked, ...]) -> bool:
    """Whether the engine, where it says anything, takes the words of the cue for one; words between marks are somebody's anyway."""
    if parse.quotes is None or any(quote.holds(i) for quote in marked for i in draft.content):
        return True
    first, last = draft.cue
    return bool(parse.quotes[first:last, 1].max() >= WEAKEST_CUE)


def _by_paragraph(parse: Parse, marked: tuple[Marked, ...]) -> dict[int, tuple[Marked, ...]]:
    """The marked stretches that reach into each paragraph."""
    held: dict[int, list[Marked]] = {}
    for quote in marked:
        for number in range(
            parse.sentence(quote.first).paragraph, parse.sentence(max(quote.first, quote.last - 1)).paragraph + 1
        ):
            held.setdefault(number, []).append(quote)
    return {number: tuple(quotes) for number, quotes in held.items()}


def _around(parse: Parse, draft: Draft, near: dict[int, tuple[Marked, ...]]) -> tuple[Marked, ...]:
    """The marked stretches of the paragraphs that an attribution stands in (a long report has thousands elsewhere)."""
    places = [*draft.content, draft.cue_head]
    first, last = parse.sentence(min(places)).paragraph, parse.sentence(max(places)).paragraph
    if first == last:
        return near.get(first, ())
    return tuple(dict.fromkeys(q for number in range(first, last + 1) for q in near.get(number, ())))


def _within_contents(found: list[Draft]) -> dict[int, list[Draft]]:
    """For each cue the clausal attributions whose content holds it."""
    cues = {d.cue_head for d in found}
    holders: dict[int, list[Draft]] = {}
    for draft in found:
        for i in cues & draft.content if draft.clausal else ():
            holders.setdefault(i, []).append(draft)
    return holders


def _is_nested(draft: Draft, marked: tuple[Marked, ...], within: dict[int, list[Draft]]) -> bool:
    if draft.headed:
        return False
    return _inside_other(draft, marked) or any(d.cue_head not in draft.content for d in within.get(draft.cue_head, ()))


def _said_by_others(draft: Draft, found: Iterable[Draft]) -> bool:
    """Whether another attribution takes most of what stands behind a colon, so that the words before it are a label."""
    others = [d for d in found if d.clausal and d.cue_head in draft.content]
    return any(len(d.content & draft.content) * 2 > len(draft.content) for d in others)


def _shadowed(draft: Draft, layout: Iterable[Draft]) -> bool:
    """Whether a layout attribution already has this cue."""
    return any(draft.cue_head == other.cue_head or draft.cue[0] <= other.cue_head < draft.cue[1] for other in layout)


def _widened(parse: Parse, draft: Draft, marked: tuple[Marked, ...]) -> Draft:
    """A content that reaches into quotation marks takes all that stands between them, if the cue stands outside."""
    content = set(draft.content)
    keep_out = set(range(*draft.cue)) | (set(range(*draft.source)) if draft.source else set())
    for quote in marked:
        if quote.holds(draft.cue_head) or not any(quote.holds(i) for i in content):
            continue
        if not any(quote.holds(i) for i in keep_out) and _belongs(parse, draft, quote, content):
            content |= set(range(quote.first, quote.last))
    return replace(draft, content=_without_tail(draft, marked, content - keep_out))


def _without_tail(draft: Draft, marked: tuple[Marked, ...], content: set[int]) -> frozenset[int]:
    """Where the words before the cue end with a closing mark, only quoted words behind the cue go on with them."""
    before = [i for i in content if i < draft.cue[0]]
    if not before or draft.cue[0] - max(before) > 12:
        return frozenset(content)
    if not any(q.closed and q.last - 2 <= max(before) <= q.last and min(before) >= q.first - 1 for q in marked):
        return frozenset(content)
    return frozenset(i for i in content if i < draft.cue[0] or any(q.holds(i) for q in marked))


def _belongs(parse: Parse, draft: Draft, quote: Marked, content: set[int]) -> bool:
    """Whether most of the quoted words of the cue's sentence are content already."""
    sentence = parse.sentence(draft.cue_head)
    here = [
        i
        for i in range(max(quote.first, sentence.first), min(quote.last, sentence.last))
        if parse.tokens[i].upos != "PUNCT"
    ]
    return bool(here) and sum(i in content for i in here) * 2 >= len(here)


def _continued(parse: Parse, marked: tuple[Marked, ...], found: list[Draft]) -> list[Draft]:
    """Whole quoted sentences without a cue of their own go on with the direct quotation before them in the paragraph,
    or, where that paragraph's mark was left open, with the one of the paragraph before."""
    taken = set().union(*(_outer_content(d, marked) for d in found)) if found else set()
    result = list(found)
    for number, quote in enumerate(marked):
        if any(i in taken for i in range(quote.first, quote.last) if parse.tokens[i].upos != "PUNCT"):
            continue
        if not _whole(parse, quote):
            continue
        before = _before(parse, result, marked, number)
        if before is None:
            continue
        at = result.index(before)
        result[at] = replace(before, content=before.content | set(range(quote.first, quote.last)))
        taken |= result[at].content
    return result


def _outer_content(draft: Draft, marked: tuple[Marked, ...]) -> frozenset[int]:
    """The content of an attribution that is not itself inside quotation marks."""
    return frozenset() if _inside_other(draft, marked) else draft.content


def _whole(parse: Parse, quote: Marked) -> bool:
    """Whether the marks hold whole sentences: they open where a sentence starts and end where one ends."""
    first = parse.sentence(quote.first)
    last = parse.sentence(quote.last - 1)
    return quote.first - first.first <= 1 and last.last - quote.last <= 1


def _before(parse: Parse, found: list[Draft], marked: tuple[Marked, ...], number: int) -> Draft | None:
    quote = marked[number]
    paragraph = parse.sentence(quote.first).paragraph
    best: tuple[int, Draft] | None = None
    for draft in found:
        place = max((i for i in draft.content if i < quote.first), default=-1)
        place = max(place, draft.cue_head if draft.cue_head < quote.first else -1)
        if place < 0 or not draft.clausal or _inside_other(draft, marked):
            continue
        near = parse.sentence(place).paragraph
        quoted = any(q.holds(i) for q in marked for i in draft.content)
        if quoted and (near == paragraph or (near == paragraph - 1 and _left_open(parse, marked, number))):
            best = max(best, (place, draft), key=lambda pair: pair[0]) if best else (place, draft)
    return best[1] if best else None


def _inside_other(draft: Draft, marked: tuple[Marked, ...]) -> bool:
    return any(q.holds(draft.cue_head) for q in marked)


def _left_open(parse: Parse, marked: tuple[Marked, ...], number: int) -> bool:
    """Whether the quotation before was left open at the end of its paragraph (so that this paragraph goes on with it)."""
    return number > 0 and not marked[number - 1].closed


def _distinct(found: Iterable[Draft]) -> list[Draft]:
    seen: set[tuple[object, ...]] = set()
    kept = []
    for draft in found:
        key = (draft.cue, draft.source, draft.content)
        if draft.content and key not in seen:
            seen.add(key)
            kept.append(draft)
    return kept


def _quotation(parse: Parse, draft: Draft, marked: tuple[Marked, ...], nested: bool) -> Quotation:
    parts = spans(parse, runs(parse, draft.content))
    source = parse.span(*draft.source) if draft.source else None
    words = [i for i in draft.content if parse.tokens[i].upos != "PUNCT"]
    quoted = sum(any(q.holds(i) for q in marked if not q.holds(draft.cue_head)) for i in words)
    return Quotation(
        source=source,
        cue=parse.span(*draft.cue),
        content=parts[0] if parts else None,
        direct=bool(words) and quoted * 2 > len(words),
        content_parts=parts,
        source_head=draft.source_head,
        cue_head=draft.cue_head,
        nested=nested,
        clausal=draft.clausal,
        verbatim=_verbatim(parse, draft, marked),
    )


def _verbatim(parse: Parse, draft: Draft, marked: tuple[Marked, ...]) -> tuple[Span, ...]:
    """The marked stretches that lie in the content while the cue does not."""
    held = [
        q for q in marked if not q.holds(draft.cue_head) and any(i in draft.content for i in range(q.first, q.last))
    ]
    return tuple(Span(q.start, q.end, parse.text[q.start : q.end]) for q in held)


def _place(quotation: Quotation) -> tuple[int, int]:
    starts = [s.start for s in (quotation.source, quotation.cue, quotation.content) if s is not None]
    return min(starts), quotation.cue.start if quotation.cue else 0
