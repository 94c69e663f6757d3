"""Ties said by verbs, predicates, nouns of role and compounds: "fell out with", "at odds with", "an ally of", "B-backed"."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from ..model import Party, Tense, Token
from .context import Context
from .phrases import case_of
from .stance import Judged, judge_relation
from .ties_lexicon import Standing
from .ties_relations import PAST, Found
from .ties_sides import cross, holder, parties, same, subjects


def act(context: Context, verb: Token, standing: Standing) -> Iterator[Found]:
    """ "Fell out with B", "A and B fell out": verbs whose second party stands behind a preposition."""
    parse = context.parse
    if standing.particle and not any(k.lower == standing.particle for k in parse.kids(verb.i)):
        return
    second = [
        p for k in parse.kids(verb.i, "obl") if case_of(parse, k.i) in standing.cases for p in parties(context, k.i)
    ]
    first = subjects(context, verb)
    reflexive = next((k for k in parse.kids(verb.i, "obj") if not k.lower.endswith(("self", "selves"))), None)
    if (
        reflexive is not None
        and standing.role is None
        and verb.lemma in ("distance", "turn", "split", "break", "align")
    ):
        return
    if second and first:
        yield Found(verb.i, judge_relation(parse, verb.i), standing, tuple(cross(first, second)), "general", "act")
    elif len(first) == 2 and not second and standing.particle:
        yield Found(
            verb.i, judge_relation(parse, verb.i), standing, tuple(cross(first[:1], first[1:])), "general", "act"
        )


def upon(context: Context, verb: Token, standing: Standing) -> Iterator[Found]:
    """ "Recognised B": the object is a body, and not recognised as something else."""
    parse = context.parse
    if any(case_of(parse, k.i) == "as" for k in parse.kids(verb.i, "obl")):
        return
    second = [
        p for k in parse.kids(verb.i, "obj") for p in parties(context, k.i) if p.id is not None and p.kind != "person"
    ]
    first = subjects(context, verb)
    if first and second:
        yield Found(verb.i, judge_relation(parse, verb.i), standing, tuple(cross(first, second)), "diplomatic", "act")


def predicate(context: Context, word: Token, standing: Standing) -> Iterator[Found]:
    """ "Is close to B", "at odds with B", "groups loyal to B"."""
    parse = context.parse
    at = case_of(parse, word.i) == "at"
    if (word.upos == "NOUN") != at or word.upos not in ("NOUN", "ADJ", "VERB"):
        return
    second = [
        p
        for k in parse.kids(word.i, "obl", "nmod")
        if case_of(parse, k.i) in standing.cases
        for p in parties(context, k.i)
    ]
    host = word
    if not second and word.rel in ("obl", "nmod", "xcomp"):
        host = parse.tokens[word.head]
        later = [k for k in parse.kids(host.i, "obl") if k.i > word.i and case_of(parse, k.i) in standing.cases]
        second = [p for k in later for p in parties(context, k.i)]
    first = _bearer(context, word)
    if not first:
        return
    if second:
        yield Found(
            word.i, judge_relation(parse, word.i), standing, tuple(cross(first, second)), "general", "predicate"
        )
    elif at and len(first) == 2:
        yield Found(
            word.i, judge_relation(parse, word.i), standing, tuple(cross(first[:1], first[1:])), "general", "predicate"
        )


def _bearer(context: Context, word: Token) -> list[Party]:
    """Of whom a predicate is said: its subject, the noun it stands behind, or the subject of its verb."""
    own = next((k for k in context.parse.kids(word.i) if k.rel == "nsubj"), None)
    if own is not None:
        return parties(context, own.i)
    head = context.parse.tokens[word.head]
    if word.rel in ("amod", "acl") or (word.rel == "nmod" and head.upos in ("NOUN", "PROPN")):
        return parties(context, head.i)
    return subjects(context, head) if word.head != word.i else []


def role(context: Context, noun: Token, standing: Standing) -> Iterator[Found]:
    """ "A staunch ally of B", "B's patron", "its former patron B", "regain its status as a client of B"."""
    parse = context.parse
    if noun.rel == "compound" and parse.tokens[noun.head].lemma == "state":  # "a client state of B"
        noun = parse.tokens[noun.head]
    of = [k for k in parse.kids(noun.i, "nmod") if k.dep == "nmod:poss" or case_of(parse, k.i) in ("of", "to")]
    second = [p for k in of for p in parties(context, k.i)] or _nationality(context, noun)
    if not second:
        both = _of_each_other(context, noun)
        if len(both) == 2 and standing.role in ("ally", "rival"):
            sides = tuple(cross(both[:1], both[1:]))
            yield Found(noun.i, _judged_role(context, noun), standing, sides, "general", "role")
        return
    first = [p for p in _who(context, noun) if not any(same(p, other) for other in second)]
    if not first:
        return
    yield Found(noun.i, _judged_role(context, noun), standing, tuple(cross(first, second)), "general", "role")


def _of_each_other(context: Context, noun: Token) -> list[Party]:
    """ "A and B are sworn enemies", "remain foes", "are the best of friends"."""
    parse, head = context.parse, context.parse.tokens[noun.head]
    if "s" not in noun.xpos.lower():
        return []
    if parse.kids(noun.i, "cop"):
        return _who(context, noun)
    if noun.rel == "nmod" and head.upos == "ADJ" and parse.kids(head.i, "cop"):
        return subjects(context, head)
    return subjects(context, head) if noun.rel == "xcomp" else []


def _nationality(context: Context, noun: Token) -> list[Party]:
    """ "An Iranian proxy", "a US ally": the state that the adjective names."""
    for kid in context.parse.kids(noun.i, "amod", "compound"):
        mention = context.findings.mention_at.get(kid.i)
        if mention is not None and mention.form == "name" and mention.party.id is not None and mention.type != "PERSON":
            return [mention.party]
    return []


def _who(context: Context, noun: Token) -> list[Party]:
    """Who has the role: the subject it is predicated of, the name beside it, or the holder of the status."""
    parse = context.parse
    own = next((k for k in parse.kids(noun.i) if k.dep in ("nsubj", "nsubj:outer")), None)
    if own is not None and parse.kids(noun.i, "cop"):
        return parties(context, own.i)
    if noun.rel == "appos":
        return parties(context, noun.head)
    for kid in parse.kids(noun.i, "appos", "flat", "nmod:desc"):
        mention = context.mention_of(kid.i)
        if mention is not None and mention.form == "name":
            return [mention.party]
    if noun.rel in ("compound", "nmod:desc") or noun.dep == "nmod:desc":
        return parties(context, noun.head)
    if case_of(parse, noun.i) == "as":
        return _as_what(context, noun)
    if noun.rel == "xcomp":
        return subjects(context, parse.tokens[noun.head])
    return _linked(context, noun)


def _as_what(context: Context, noun: Token) -> list[Party]:
    head = context.parse.tokens[noun.head]
    if head.upos == "NOUN":
        return holder(context, noun.i)
    thing = next((k for k in context.parse.kids(head.i, "obj")), None)
    if thing is not None:
        found = parties(context, thing.i)
        owner = [p for k in context.parse.kids(thing.i) if k.dep == "nmod:poss" for p in parties(context, k.i)]
        return owner or (found if context.mention_of(thing.i) is not None else subjects(context, head))
    return subjects(context, head)


def _linked(context: Context, noun: Token) -> list[Party]:
    """A role phrase that coreference linked to a named actor ("its patron" … Iran)."""
    mention = context.findings.mention_at.get(noun.i)
    return (
        [mention.party]
        if mention is not None and mention.party.id is not None and mention.antecedent is not None
        else []
    )


def _judged_role(context: Context, noun: Token) -> Judged:
    parse = context.parse
    words = {k.lower for k in parse.kids(noun.i, "amod", "advmod")}
    at = noun.i
    if case_of(parse, noun.i) == "as":
        head = parse.tokens[noun.head]
        at = head.i if head.upos == "VERB" else parse.tokens[head.head].i
        judged = judge_relation(parse, at)
    else:
        judged = (
            judge_relation(parse, at)
            if parse.kids(noun.i, "cop") or noun.rel == "xcomp"
            else Judged("actual", None, "current", "apposition")
        )
    tense: Tense = "past" if words & PAST else judged.tense
    return replace(judged, tense=tense)


def backed(context: Context, word: Token) -> Iterator[Found]:
    """ "Iran-backed militia": the first is patron of the second."""
    parse = context.parse
    host = word
    while host.rel in ("amod", "compound") and host.head != host.i:
        host = parse.tokens[host.head]
        if host.upos in ("NOUN", "PROPN"):
            break
    if host is word or (word.upos == "VERB" and parse.kids(word.i, "aux")):
        return
    patrons = _patron(context, word)
    if patrons:
        standing = Standing(
            "close", None, "patron" if word.lower.rpartition("-")[2] not in ("aligned", "allied") else "ally"
        )
        sides = tuple(cross(patrons, parties(context, host.i)))
        yield Found(word.i, Judged("actual", None, "current", "compound"), standing, sides, "general", "backed")


def _patron(context: Context, word: Token) -> list[Party]:
    before = word.i - 1
    if before >= 0 and context.parse.tokens[before].text == "-":
        before -= 1
    elif "-" not in word.text:
        return []
    for i in (before, word.i):
        mention = context.cover.get(i) if i >= 0 else None
        if mention is not None and mention.form == "name" and mention.last <= word.i + 1 and mention.party.country:
            return [mention.party]
    return []
