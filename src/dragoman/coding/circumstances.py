"""When, where and why a clause happened, read off the tree.

A time or place belongs to the trigger that it hangs on; failing that, to the clause that carries the trigger ("the talks were held on
Monday"), never across into another clause ("he said on Monday that ..." dates the saying).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeAlias

from dragoman.coding.phrases import case_of, span_below
from dragoman.model import Cause, Parse, Span, Timex, Token, Toponym, When, Where

Timed: TypeAlias = tuple[int, Timex]
"""A time expression and the token that heads it."""
Placed: TypeAlias = tuple[int, Toponym]
"""A place name and the token that heads it."""

ADJUNCT = frozenset(
    (
        "obl",
        "advmod",
        "nmod",
        "obl:tmod",
        "nmod:tmod",
        "obl:unmarked",
        "nmod:unmarked",
        "amod",
        "compound",
        "nmod:poss",
        "advcl",
    )
)
PASSED_UP = frozenset(("nsubj", "obj", "iobj", "obl", "nmod", "xcomp", "appos", "compound", "csubj", "nsubj:pass"))
"""A trigger in one of these places shares the time and place of what it hangs on."""

PLACE_CASES = frozenset(
    "in at near on outside inside around across throughout over off along within between from to into toward towards by above "
    "north south east west beyond".split()
)
FIRST_CHOICE = frozenset("in at near on outside inside around across throughout off along within".split())
REASONS = frozenset(
    (
        "because of",
        "due to",
        "over",
        "owing to",
        "on account of",
        "in response to",
        "in retaliation for",
        "in protest at",
        "in protest of",
        "following",
        "thanks to",
        "as a result of",
        "in reaction to",
        "in revenge for",
        "on suspicion of",
        "on charges of",
    )
)
CAUSAL_MARKS = frozenset(("because", "since", "as", "after"))
FOLLOWING = frozenset(
    (
        "as a result",
        "consequently",
        "therefore",
        "because of this",
        "as a consequence",
        "for this reason",
        "hence",
        "in response",
    )
)
SUBJECTS = frozenset(("nsubj", "csubj", "expl"))


def chain_up(parse: Parse, trigger: int) -> list[int]:
    """The trigger and the words above it that share its circumstances, nearest first."""
    chain, at = [trigger], parse.tokens[trigger]
    while at.head != at.i and len(chain) < 8:
        shares = at.rel in PASSED_UP or (at.dep in ("acl:relcl", "acl") and False)
        if at.rel == "conj":
            shares = True
        if not shares:
            break
        chain.append(at.head)
        at = parse.tokens[at.head]
    return chain


def rank_of(parse: Parse, head: int, chain: Sequence[int], trigger: int) -> int | None:
    """How near an adjunct headed by `head` stands to the trigger: position in the chain of what it hangs on; None if elsewhere."""
    at, steps = parse.tokens[head], 0
    while True:
        if at.i in chain:
            rank = chain.index(at.i)
            return None if _belongs_to_other(parse, at.i, head, chain, rank) else 2 * rank + min(steps - 1, 3)
        if (
            at.head == at.i
            or steps > 3
            or (at.rel in ("ccomp", "parataxis", "advcl", "acl", "conj", "appos", "csubj") and steps)
        ):
            return None
        if steps and at.rel in ("nsubj",):
            return None
        at, steps = parse.tokens[at.head], steps + 1


def _belongs_to_other(parse: Parse, at: int, head: int, chain: Sequence[int], rank: int) -> bool:
    """An adjunct of an earlier conjunct is shared only where it stands before the first verb ("On Monday X came and went")."""
    if rank == 0:
        return False
    below = parse.tokens[chain[rank - 1]]
    return below.rel == "conj" and head > at


def when_of(parse: Parse, times: Sequence[Timed], trigger: int) -> When | None:
    """The time expression nearest to the trigger; dates before durations, resolved before unresolved."""
    if not times:
        return None
    chain = chain_up(parse, trigger)
    best: tuple[tuple[int, int, int], Timex] | None = None
    for head, timex in times:
        if timex.type == "SET" or (timex.type == "DURATION" and timex.from_ is None):
            continue
        rank = rank_of(parse, head, chain, trigger)
        if rank is None or head == trigger:
            continue
        key = (rank // 2, 0 if timex.type in ("DATE", "TIME") else 1, abs(head - trigger))
        if best is None or key < best[0]:
            best = key, timex
    return None if best is None else as_when(best[1])


def as_when(timex: Timex) -> When:
    """The time expression as a claim's slot."""
    return When(
        timex.text, timex.start, timex.end, timex.value, timex.from_, timex.to, timex.grain, timex.approx, timex.open
    )


def where_of(parse: Parse, places: Sequence[Placed], trigger: int) -> Where | None:
    """The place nearest to the trigger by a preposition of place, else a place that is its object ("visit Tehran")."""
    if not places:
        return None
    chain = chain_up(parse, trigger)
    best: tuple[tuple[int, int], Toponym] | None = None
    for head, place in places:
        cost = _place_cost(parse, head, place, chain, trigger)
        if cost is None:
            continue
        key = (cost, abs(head - trigger))
        if best is None or key < best[0]:
            best = key, place
    return None if best is None else as_where(best[1])


def _place_cost(parse: Parse, head: int, place: Toponym, chain: Sequence[int], trigger: int) -> int | None:
    token, case = parse.tokens[head], case_of(parse, head).split(" ")[0]
    if place.metonym or token.dep == "nmod:poss" or token.rel in ("nsubj", "amod"):
        return None
    if token.rel == "obj":
        return 1 if token.head in chain and place.precision != "country" else None
    if case not in PLACE_CASES:
        return None
    rank = rank_of(parse, head, chain, trigger)
    if rank is None:
        return None
    return rank + (0 if case in FIRST_CHOICE else 5)


def as_where(place: Toponym) -> Where:
    """The toponym as a claim's slot."""
    return Where(
        place.text,
        place.start,
        place.end,
        place.name,
        place.country,
        place.admin1,
        place.lat,
        place.lon,
        place.geonameid,
        place.feature,
        place.precision,
    )


def cause_of(parse: Parse, trigger: int) -> tuple[Cause, ...]:
    """The reasons that the text gives for the trigger's clause, as spans; their `id`s are None until claims are linked."""
    chain = [trigger]
    at = parse.tokens[trigger]
    while at.rel in ("xcomp", "obj", "nsubj", "nsubj:pass") and at.head != at.i and len(chain) < 4:
        chain.append(at.head)
        at = parse.tokens[at.head]
    spans = [span for i in chain for kid in parse.kids(i) if (span := _reason(parse, kid)) is not None]
    spans += _reason_before(parse, chain[-1])
    return tuple(Cause(None, s.text, s.start, s.end) for s in spans)


def _reason(parse: Parse, kid: Token) -> Span | None:
    if kid.rel in ("obl", "nmod"):
        case = case_of(parse, kid.i)
        if case in REASONS and not (case == "over" and kid.upos in ("PROPN", "NUM")):
            return _below(parse, kid.i)
    if kid.rel == "advcl":
        marks = {m.lower for m in parse.kids(kid.i, "mark")}
        if marks & {"because"} or (marks & {"since"} and not _is_time(kid)):
            return _below(parse, kid.i)
    return None


def _is_time(token: Token) -> bool:
    return token.upos in ("NUM", "PROPN")


def _below(parse: Parse, i: int) -> Span:
    below = [k for k in parse.subtree(i) if parse.tokens[k].upos != "PUNCT"] or [i]
    first, last = below[0], below[-1] + 1
    while first < i and parse.tokens[first].rel in ("case", "mark", "fixed"):
        first += 1
    return parse.span(first, last)


def _reason_before(parse: Parse, top: int) -> list[Span]:
    """ "As a result ..." gives the sentence before as the reason of the main clause."""
    token = parse.tokens[top]
    if token.rel != "root" or token.sent == 0:
        return []
    sentence, before = parse.sentences[token.sent], parse.sentences[token.sent - 1]
    head = " ".join(t.lower for t in parse.tokens[sentence.first : sentence.first + 4])
    if not any(head == f or head.startswith((f + " ", f + ",")) for f in FOLLOWING):
        return []
    last = before.last - 1
    while last > before.first and parse.tokens[last].upos == "PUNCT":
        last -= 1
    return [parse.span(before.first, last + 1)]


__all__ = ["Placed", "Timed", "as_when", "as_where", "cause_of", "span_below", "when_of", "where_of"]
