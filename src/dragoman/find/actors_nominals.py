"""Descriptions that name actors without a name: "the rebels", "two Chinese warplanes", "a spokesman for the ministry".

A nominal is a noun phrase whose head noun is in the vocabulary of agents. Its span is the head with what stands before it; the
complement after it is read for country and body but is no part of the span.
"""

from __future__ import annotations

from collections.abc import Set

from dragoman.find.actors_words import INSIDE, NOUNS, Words
from dragoman.model import Mention, Token
from dragoman.registry.segments import Segment
from dragoman.registry.vocabulary import plural

COMPLEMENT = 14
"""Tokens: complements are read no further."""
_OWNED = (
    "state nation side office unit service mission department center centre base team staff section division house "
    "home paper daily school industry press television radio mine shop store restaurant hotel public majority "
    "minority society business command circle ranks leadership building compound car truck vehicle aircraft plane "
    "ship boat vessel missile rocket helicopter satellite body camp club front ring cell campaign institution "
    "entity church mosque temple hospital college academy tank tanker bus ferry farm market village neighborhood "
    "neighbourhood bank branch arm wing community "
).split()
OWNED_ONLY = frozenset(_OWNED) | {plural(word) for word in _OWNED} | {"communities", "entities", "bodies"}
"""Heads that name an actor only with an owner or a nationality."""

THINGS_WITH_COMPLEMENT = frozenset(("source", "sources", "host", "hosts", "arm", "score", "number"))
"""Heads that with a complement are seldom an actor ("a source of income", "parties to the treaty")."""


def find_nominals(words: Words, persons: Set[int] = frozenset()) -> list[Mention]:
    """All nominal mentions, in text order. `persons`: tokens at which names of persons begin; titles right before them are theirs."""
    found = []
    for segment in words.segments:
        if (
            segment.kind == "agent"
            and words.tokens_of(segment)[1] not in persons
            and (mention := _nominal(words, segment)) is not None
        ):
            found.append(mention)
    return found


def _nominal(words: Words, segment: Segment) -> Mention | None:
    head = words.tokens_of(segment)[1] - 1
    token = words.parse.tokens[head]
    if words.row[segment.first].glued and words.segments[words.segment_at[segment.first] - 1].kind in ("word", "agent"):
        return None
    if token.upos not in NOUNS or token.rel in INSIDE or token.dep == "nmod:desc" or _titles_a_name(words, token):
        return None
    first, last = left_edge(words, head), right_edge(words, head)
    segments = words.segments_in(first, last)
    if segment.key in THINGS_WITH_COMPLEMENT and last > head + 1:
        return None
    span = words.parse.span(first, head + 1)
    told = words.describe(segments, _bare(words, first, head + 1))
    if told is None or told.type == "NORP" or (told.form == "name" and told.type == "PERSON"):
        return None
    if segment.key in OWNED_ONLY and told.country is None and told.id is None and told.member_of is None:
        return None
    if told.id is None and told.name == span.text and told.score < 0.5:
        return None
    return words.mention(first, head + 1, told, form="nominal")


def _titles_a_name(words: Words, token: Token) -> bool:
    """Whether the noun is the title before a name ("President Bush") rather than a phrase of its own."""
    return any(t.upos == "PROPN" and t.i == token.i + 1 for t in words.parse.kids(token.i, "flat"))


def left_edge(words: Words, head: int) -> int:
    """The first token of the noun phrase: dependents before the head without a gap, and theirs."""
    tokens = words.parse.tokens
    low = words.parse.sentence(head).first
    left = head
    while left > low:
        token = tokens[left - 1]
        if not _leads_to(words, token, head) or token.dep in ("cc", "conj", "mark") or token.upos == "CCONJ":
            break
        left -= 1
    while left < head and (tokens[left].upos in ("PUNCT", "ADP", "CCONJ") or tokens[left].rel in ("case", "cc")):
        left += 1
    return left


def _leads_to(words: Words, token: Token, head: int) -> bool:
    """Whether a token depends on the head by way of words inside the phrase."""
    tokens = words.parse.tokens
    steps = 0
    while token.i != head and steps < 8:
        if token.rel not in INSIDE and token.dep not in ("nmod:poss", "nmod:desc", "obl", "obj", "case"):
            return False
        if token.head <= token.i and token.head != head and token.dep not in ("flat", "case", "punct"):
            return False
        if token.head == token.i:
            return False
        token, steps = tokens[token.head], steps + 1
    return token.i == head


def right_edge(words: Words, head: int) -> int:
    """The token after the complements that follow the head without a gap."""
    parse = words.parse
    end = head + 1
    limit = min(head + COMPLEMENT, parse.sentence(head).last)
    for child in parse.kids(head, "nmod"):
        if child.i > head and child.dep != "nmod:poss":
            tree = [i for i in parse.subtree(child.i) if i < limit]
            if tree and tree[0] <= end:
                stop = next(
                    (i for i in tree if parse.tokens[i].rel in ("acl", "appos", "conj", "parataxis") and i > child.i),
                    tree[-1] + 1,
                )
                end = max(end, stop)
    return min(end, limit)


def _bare(words: Words, first: int, last: int) -> str:
    """The words of a phrase without its article."""
    tokens = words.parse.tokens
    while first < last - 1 and tokens[first].upos in ("DET", "PRON", "NUM"):
        first += 1
    return words.parse.span(first, last).text.strip("‘’'\"“”")
