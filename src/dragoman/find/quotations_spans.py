"""Token ranges of sources, cues and contents."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from ..model import Parse, Span, Token

Range = tuple[int, int]
"""Token indices, half-open."""

EDGE = frozenset(",.;:-–—…")
OPENERS = frozenset("“\"'‘«(['``")
SUBJECTS = ("nsubj", "nsubj:pass", "nsubj:outer", "csubj")
LOOSE = frozenset(("parataxis", "discourse", "punct", "cc", "vocative", "dep"))


@dataclass(frozen=True, slots=True)
class Draft:
    """An attribution in tokens. `content` is a set of tokens, possibly broken; `clausal` when it is a clause or quoted
    words rather than a noun phrase; `headed` when a colon or dash of the layout attributes."""

    source: Range | None
    source_head: int | None
    cue: Range
    cue_head: int
    content: frozenset[int]
    clausal: bool
    headed: bool = False


def block(parse: Parse, head: int, tokens: Collection[int]) -> Range:
    """The unbroken run of `tokens` around `head`, without stops at its ends."""
    first = last = head
    while first - 1 in tokens:
        first -= 1
    while last + 1 in tokens:
        last += 1
    return _tight(parse, first, last + 1)


def _tight(parse: Parse, first: int, last: int) -> Range:
    while last - first > 1 and parse.tokens[last - 1].text in EDGE | OPENERS:
        last -= 1
    while last - first > 1 and parse.tokens[first].text in EDGE:
        first += 1
    return first, last


def phrase(parse: Parse, head: int, without: Collection[int] = ()) -> Range:
    """The noun phrase that `head` heads, with what stands behind it; cut where `without` begins."""
    tokens = [i for i in parse.subtree(head) if i not in without]
    for kid in parse.kids(head, "parataxis", "case", "mark", "cop", "discourse", "advcl"):
        drop = set(parse.subtree(kid.i))
        tokens = [i for i in tokens if i not in drop]
    return block(parse, head, set(tokens) | {head})


def runs(parse: Parse, tokens: Iterable[int]) -> list[Range]:
    """The unbroken runs of a token set, without stops at the ends; runs of stops alone are dropped."""
    found: list[Range] = []
    for i in sorted(tokens):
        if found and found[-1][1] == i:
            found[-1] = (found[-1][0], i + 1)
        else:
            found.append((i, i + 1))
    tight = [_tight(parse, *run) for run in found]
    return [run for run in tight if any(t.text[:1].isalnum() for t in parse.tokens[run[0] : run[1]])]


def spans(parse: Parse, ranges: Iterable[Range]) -> tuple[Span, ...]:
    """Ranges as spans of the report."""
    return tuple(parse.span(first, last) for first, last in ranges)


def verb_group(parse: Parse, verb: Token, extra: Collection[int] = ()) -> Range:
    """A verb with its auxiliaries, negation, particles and adverbs, as far as they stand unbroken beside it."""
    kept = {verb.i, *extra}
    for kid in parse.kids(verb.i):
        if (
            kid.rel in ("aux", "cop")
            or kid.dep == "compound:prt"
            or kid.lower in ("not", "n't", "n’t")
            or (kid.rel == "advmod" and not parse.children[kid.i] and abs(kid.i - verb.i) <= 3)
        ):
            kept.add(kid.i)
    return block(parse, verb.i, kept)


def subject_of(parse: Parse, verb: Token) -> Token | None:
    """Whose act the verb is: its subject, or the agent of a passive, or what controls it from outside."""
    return _subject(parse, verb, 0)


def _subject(parse: Parse, verb: Token, depth: int) -> Token | None:
    if depth > 4:
        return None
    kids = parse.kids(verb.i)
    if verb.lemma in ("hear", "learn"):
        told = next(
            (k for k in kids if k.rel == "obl" and any(c.lower == "from" for c in parse.kids(k.i, "case"))), None
        )
        if told is not None:
            return told
    agent = next((k for k in kids if k.dep == "obl:agent"), None)
    agent = agent or next((k for k in kids if k.rel == "obl" and _by(parse, k)), None)
    if _passive(verb, kids):
        return agent
    own = _nearest(verb, [k for k in kids if k.dep in SUBJECTS and k.dep != "nsubj:pass"])
    if own is not None or verb.head == verb.i:
        return own
    head = parse.tokens[verb.head]
    if head.lemma in ("quote", "cite") and any(k.lower == "as" for k in parse.kids(verb.i, "mark", "case")):
        return next((k for k in parse.kids(head.i) if k.dep in ("obj", "nsubj:pass")), None)
    if verb.rel == "acl" and verb.dep != "acl:relcl" and verb.xpos == "VBG":
        return head
    if verb.rel in ("conj", "xcomp", "advcl", "ccomp", "parataxis") and not any(k.rel == "nsubj" for k in kids):
        return _from_above(parse, verb, head, depth)
    return None


def _nearest(verb: Token, subjects: list[Token]) -> Token | None:
    """The last of several subjects before the verb (the parser gives "A told B that …, the group said" both); else the first."""
    before = [k for k in subjects if k.i < verb.i and k.rel == "nsubj"]
    return before[-1] if len(before) > 1 else next(iter(subjects), None)


def _from_above(parse: Parse, verb: Token, head: Token, depth: int) -> Token | None:
    if verb.rel == "conj" and (head.upos == "VERB" or parse.kids(head.i, "cop")):
        return _subject(parse, head, depth + 1)
    if verb.rel == "xcomp":
        return next(iter(parse.kids(head.i, "obj", "iobj")), None) or _plain_subject(parse, head, depth)
    if verb.rel in ("advcl", "ccomp", "parataxis") and verb.xpos in ("VBG", "VB"):
        return _plain_subject(parse, head, depth)
    return None


def _plain_subject(parse: Parse, head: Token, depth: int) -> Token | None:
    own = next((k for k in parse.kids(head.i) if k.dep in ("nsubj", "nsubj:pass")), None)
    return own or _subject(parse, head, depth + 1)


def _passive(verb: Token, kids: list[Token]) -> bool:
    if any(k.dep in ("aux:pass", "nsubj:pass") for k in kids):
        return True
    return verb.xpos == "VBN" and not any(k.rel == "aux" for k in kids) and verb.rel in ("acl", "advcl", "amod")


def is_passive(parse: Parse, verb: Token) -> bool:
    """Whether the verb is passive, in full or as a participle."""
    return _passive(verb, parse.kids(verb.i))


def _by(parse: Parse, token: Token) -> bool:
    return any(k.lower == "by" for k in parse.kids(token.i, "case"))
