"""Tie claims: what a report says of how two parties stand with each other, rather than of what one did.

Five forms are read, each by its own finder: a noun of relation ("strained ties with B"), a verb ("fell out with B"), a predicate
("at odds with B", "close to B"), a noun of role ("a staunch ally of B") and a compound ("B-backed militia").
"""

from __future__ import annotations

from collections.abc import Iterator

from ..model import Party, Support, TieClaim, Token
from .attribution import Attribution
from .context import Context
from .ties_idioms import idiom, regarded
from .ties_lexicon import TieLexicon, load
from .ties_relations import Found, relation
from .ties_roles import act, backed, predicate, role, upon

CONFIDENCE = {"relation": 0.8, "act": 0.7, "predicate": 0.75, "role": 0.7, "backed": 0.65}
BACKGROUND = frozenset(("acl", "advcl", "appos", "obl", "nmod", "amod"))


def find_ties(context: Context, attribution: Attribution) -> list[TieClaim]:
    """Every tie claim of the report, in text order; one for each pair of parties."""
    lexicon = load()
    claims: list[TieClaim] = []
    for token in context.parse.tokens:
        for found in _at(context, token, lexicon):
            claims += _claims(context, attribution, found)
    return _once(claims)


def _at(context: Context, token: Token, lexicon: TieLexicon) -> Iterator[Found]:
    lemma = token.lemma.lower()
    if token.upos in ("NOUN", "PROPN"):
        if lemma in lexicon.bare or lemma in lexicon.relations:
            yield from relation(context, token, lexicon)
        if lemma in lexicon.roles:
            yield from role(context, token, lexicon.roles[lemma])
            yield from regarded(context, token, lexicon.roles[lemma])
    elif token.upos == "VERB" and lemma in lexicon.acts:
        yield from act(context, token, lexicon.acts[lemma])
    elif token.upos == "VERB" and lemma in lexicon.upon:
        yield from upon(context, token, lexicon.upon[lemma])
    yield from idiom(context, token)
    if token.lower in lexicon.predicates:
        yield from predicate(context, token, lexicon.predicates[token.lower])
    if token.lower in lexicon.backed or token.lower.rpartition("-")[2] in lexicon.backed:
        yield from backed(context, token)


def _claims(context: Context, attribution: Attribution, found: Found) -> Iterator[TieClaim]:
    trigger = context.parse.span(found.trigger, found.trigger + 1)
    chain, direct = attribution.chain(found.trigger), attribution.direct(found.trigger)
    main = _is_main(context, found)
    for number, (one, other) in enumerate(found.pairs):
        supports: list[Support] = [*context.support_of(one, "between"), *context.support_of(other, "between")]
        yield TieClaim(
            id=context.claim_id("tie", trigger, number),
            main=main,
            evidence=context.evidence_of(found.trigger, supports),
            trigger=trigger,
            stance=found.judged.stance,
            outcome=found.judged.outcome,
            tense=found.judged.tense,
            said_by=chain,
            direct=direct,
            when=context.when_of(found.trigger),
            cause=context.cause_of(found.trigger),
            confidence=_confidence(found, one, other),
            reasons=(f"{found.how}: {trigger.text.lower()}", found.judged.reason),
            between=(one, other),
            state=found.standing.state,
            change=found.standing.change,
            aspect=found.aspect,
            role=found.standing.role,
        )


def _confidence(found: Found, one: Party, other: Party) -> float:
    sure = CONFIDENCE[found.how]
    for party in (one, other):
        if party.id is None:
            sure -= 0.1
        elif party.via in ("pronoun", "nominal"):
            sure -= 0.05
    return round(max(0.2, sure), 2)


def _is_main(context: Context, found: Found) -> bool:
    """Whether the sentence reports the tie as its news: no background phrase or clause between trigger and root."""
    token = context.parse.tokens[found.trigger]
    if found.how in ("backed",):
        return False
    for _ in range(12):
        if token.head == token.i:
            return True
        if token.rel in BACKGROUND and not (
            token.rel in ("amod", "acl") and found.how == "relation" and token.i == found.trigger
        ):
            return False
        token = context.parse.tokens[token.head]
    return False


def _once(claims: list[TieClaim]) -> list[TieClaim]:
    """Without a second claim of one sentence that says the same of the same two."""
    seen: set[tuple[object, ...]] = set()
    kept = []
    for claim in claims:
        names = frozenset(p.id or p.name.lower() for p in claim.between)
        key = (claim.evidence.sentence, names, claim.state, claim.change, claim.role, claim.stance)
        if key not in seen:
            seen.add(key)
            kept.append(claim)
    return kept
