"""Whose tie it is: the two sides of a noun of relation, a predicate, or a noun of role."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ..model import Party, Token
from .context import Context
from .phrases import antecedent_of, case_of

Pair = tuple[Party, Party]
WITH = frozenset(("with", "to", "toward", "towards"))
MOST_SIDES = 4
TWO = frozenset(("two", "both", "neighboring", "neighbouring"))
SIDES = frozenset(
    (
        "side",
        "country",
        "nation",
        "neighbor",
        "neighbour",
        "state",
        "capital",
        "government",
        "party",
        "group",
        "ally",
        "movement",
        "rival",
        "power",
    )
)


def same(one: Party, other: Party) -> bool:
    """Whether two parties are one actor, or one names the other's body."""
    if one.id is not None and one.id == other.id:
        return True
    return one.name.lower() == other.name.lower() or (one.start, one.end) == (other.start, other.end)


def parties(context: Context, i: int) -> list[Party]:
    """Who the phrase names; in a headline a second name after a comma is a fellow ("Iran, Syria")."""
    if _says_two(context, context.parse.tokens[i]):
        both = _last_two(context, i)
        if both:
            return both
    found = list(context.party_of(i))
    for kid in context.parse.kids(i, "appos"):
        mention = context.mention_of(kid.i)
        own = found[0] if found else None
        if (
            mention is not None
            and own is not None
            and mention.party.kind == own.kind == "state"
            and not same(mention.party, own)
        ):
            found.append(mention.party)
    return found[:MOST_SIDES]


def cross(first: Iterable[Party], second: Iterable[Party]) -> Iterator[Pair]:
    """Every pair of different parties of two sides, each once."""
    seen: list[set[tuple[int, int]]] = []
    seconds = list(second)
    for one in first:
        for other in seconds:
            spans = {(one.start, one.end), (other.start, other.end)}
            if not same(one, other) and spans not in seen:
                seen.append(spans)
                yield one, other


def of_relation(context: Context, noun: Token) -> list[Pair]:
    """The sides of "relations between A and B", "A's ties with B", "has strong ties to B", "Iran-Hamas ties"."""
    between = _between(context, noun)
    if between:
        return between
    second = _second(context, noun)
    first = _first(context, noun, second)
    if second and first:
        return list(cross(first, second))
    beside = _beside(context, noun)
    if len(beside) == 2:
        return list(cross(beside[:1], beside[1:]))
    if first and beside:
        return list(cross(first, beside))
    if len(first) == 2 and not second:
        return list(cross(first[:1], first[1:]))
    return _of_both(context, noun) if not second else []


def _between(context: Context, noun: Token) -> list[Pair]:
    for kid in context.parse.kids(noun.i, "nmod", "obl"):
        if case_of(context.parse, kid.i) in ("between", "among"):
            sides = parties(context, kid.i)
            if len(sides) < 2:
                return _of_both(context, noun)
            return [p for n, one in enumerate(sides) for p in cross([one], sides[n + 1 :])]
    verb = context.parse.tokens[noun.head]
    if noun.rel in ("nsubj", "obj"):
        for kid in context.parse.kids(verb.i, "obl"):
            if case_of(context.parse, kid.i) in ("between", "among"):
                sides = parties(context, kid.i)
                return [p for n, one in enumerate(sides) for p in cross([one], sides[n + 1 :])]
    return []


def _second(context: Context, noun: Token) -> list[Party]:
    """The side behind "with" or "to", on the noun or, where the parser hung it there, on its verb."""
    for kid in context.parse.kids(noun.i, "nmod", "obl"):
        if case_of(context.parse, kid.i) in WITH:
            return parties(context, kid.i)
    if noun.rel in ("obj", "nsubj", "obl") and context.parse.tokens[noun.head].upos in ("VERB", "ADJ", "AUX"):
        for kid in context.parse.kids(noun.head, "obl"):
            if kid.i > noun.i and kid.i != noun.i and case_of(context.parse, kid.i) == "with":
                return parties(context, kid.i)
    return []


def _first(context: Context, noun: Token, second: list[Party]) -> list[Party]:
    """The side that has the tie: a possessor, else who governs the noun."""
    for kid in context.parse.kids(noun.i):
        if kid.dep == "nmod:poss" or (kid.rel == "nmod" and case_of(context.parse, kid.i) == "of"):
            found = [p for p in parties(context, kid.i) if not any(same(p, o) for o in second)]
            if found:
                return found
    beside = [p for p in _beside(context, noun) if not any(same(p, o) for o in second)]
    return beside or holder(context, noun.i)


def _beside(context: Context, noun: Token) -> list[Party]:
    """Names compounded with the noun: "Iran-Hamas ties", "Saudi-Iranian tensions"."""
    found: list[Party] = []
    for i in range(max(context.parse.sentence(noun.i).first, noun.i - 6), noun.i):
        mention = context.findings.mention_at.get(i)
        hangs = any(at == noun.i for at in context.parse.ancestors(i)[:3])
        if (
            (
                mention is not None
                and hangs
                and mention.form == "name"
                and context.parse.tokens[i].rel in ("compound", "amod", "nmod")
            )
            and not case_of(context.parse, i)
            and not any(same(mention.party, p) for p in found)
        ):
            found.append(mention.party)
    return found


def holder(context: Context, i: int) -> list[Party]:
    """Who holds what the noun at `i` names: the noun that it is a part of ("an official with ties"), or the subject of its verb."""
    parse, token = context.parse, context.parse.tokens[i]
    for _ in range(5):
        if token.head == token.i:
            return []
        head = parse.tokens[token.head]
        if token.rel == "nmod" and case_of(parse, token.i) == "with":
            return parties(context, _described(context, head))
        if token.rel in ("nmod", "conj", "appos") and head.upos in ("NOUN", "PROPN", "ADJ"):
            owner = _owner(context, head) if token.rel == "nmod" else []
            if owner:
                return owner
            token = head
            continue
        return subjects(context, head)
    return []


def _described(context: Context, head: Token) -> int:
    """The name that a description stands beside: "X, an official with ties to …"."""
    return head.head if head.rel == "appos" else head.i


def _owner(context: Context, head: Token) -> list[Party]:
    return next((parties(context, k.i) for k in context.parse.kids(head.i) if k.dep == "nmod:poss"), [])


def subjects(context: Context, verb: Token) -> list[Party]:
    """The parties that are subject of a verb, or of what governs it; those of a participle are the noun it hangs on."""
    parse, token = context.parse, verb
    for _ in range(6):
        own = next((k for k in parse.kids(token.i) if k.dep in ("nsubj", "nsubj:pass", "nsubj:outer")), None)
        agent = next((k for k in parse.kids(token.i, "obl") if case_of(parse, k.i) == "by"), None)
        if own is not None and own.dep == "nsubj:pass" and agent is not None:
            return parties(context, agent.i)
        if own is not None:
            found = parties(context, antecedent_of(parse, own.i))
            return found or _owner(context, own)
        if token.rel == "acl":
            owner = _owner(context, parse.tokens[token.head])
            return (
                owner or subjects(context, parse.tokens[parse.tokens[token.head].head])
                if _infinitive(context, token)
                else parties(context, token.head)
            )
        if token.head == token.i or token.rel not in ("xcomp", "conj", "advcl", "ccomp", "parataxis", "csubj"):
            return []
        token = parse.tokens[token.head]
    return []


def _infinitive(context: Context, token: Token) -> bool:
    return any(k.lower == "to" for k in context.parse.kids(token.i, "mark"))


def _of_both(context: Context, noun: Token) -> list[Pair]:
    """ "The two countries", "their relations": the last two different actors before the words, where the text says two."""
    parse = context.parse
    near = [k for k in parse.kids(noun.i) if k.rel == "nmod"]
    two = any(_says_two(context, k) for k in near) or noun.lower.startswith("bilateral")
    bilateral = any(k.lower in ("bilateral", "mutual") for k in parse.kids(noun.i, "amod"))
    if not (two or bilateral):
        return []
    both = _last_two(context, noun.i) or _last_two(context, parse.sentence(noun.i).last - 1)
    return [(both[0], both[1])] if both else []


def _last_two(context: Context, i: int) -> list[Party]:
    """The last two different bodies named before token `i`, in text order; empty where there are not two."""
    parse = context.parse
    sentence = parse.tokens[i].sent
    found: list[Party] = []
    for mention in sorted(context.findings.mentions, key=lambda m: -m.head):
        token = parse.tokens[mention.head]
        if (mention.head >= i and token.sent == sentence) or token.sent > sentence or sentence - token.sent > 2:
            continue
        body = mention.form == "name" and mention.type != "PERSON" and mention.party.id and not mention.place
        if body and not any(same(mention.party, p) for p in found):
            found.append(mention.party)
        if len(found) == 2:
            return [found[1], found[0]]
    return []


def _says_two(context: Context, kid: Token) -> bool:
    if kid.lower in ("their", "both", "them"):
        return True
    words = {k.lower for k in context.parse.kids(kid.i, "nummod", "det", "amod")}
    return kid.lemma in SIDES and bool(words & TWO)
