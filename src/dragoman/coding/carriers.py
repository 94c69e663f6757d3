"""The arguments of an event noun: its own, and those of the verb that carries it ("launched an attack on", "talks were held")."""

from __future__ import annotations

from collections.abc import Mapping

from dragoman.coding.arguments import Arguments, of_verb, prepositions, surface_subject
from dragoman.coding.phrases import case_of
from dragoman.model import Parse, Token

SERIES = frozenset(
    "string series wave spate round number barrage flurry campaign couple dozen lot set rash act kind".split()
)
"""Nouns that stand for the deeds that they count: "carried out a string of airstrikes"."""
STOPPING = frozenset(
    "intercept seize stop confiscate block impound capture halt interdict foil hijack discover".split()
)
"""Verbs that stop what is on its way to somebody."""


def of_noun(parse: Parse, i: int, light: Mapping[str, frozenset[str]] | None = None) -> Arguments:
    """The arguments of the event noun at token `i`, with those of the light verb that carries it, if any."""
    found = Arguments(i, i)
    for kid in parse.kids(i):
        if kid.dep == "nmod:poss":
            found.owner = kid.i
        elif kid.rel in ("nmod", "obl"):
            found.obliques += prepositions(parse, kid)
        elif kid.rel in ("compound", "amod") or kid.dep in ("nmod:desc", "nmod:unmarked"):
            found.modifiers.append(kid.i)
        elif (kid.rel == "acl" and found.ccomp is None) or kid.rel == "ccomp":
            found.ccomp = kid.i
    _predicated(parse, found)
    if light and found.subject is None:
        _carry(parse, found, light)
    return found


def _predicated(parse: Parse, found: Arguments) -> None:
    """Of whom the noun is said: "X is a source of", "named X as a source of"; and what carries it where it is stopped on its way."""
    token = parse.tokens[found.at]
    head = parse.tokens[token.head]
    if parse.kids(found.at, "cop"):
        found.subject = surface_subject(parse, found.at)
    elif head.upos == "VERB" and (token.rel == "xcomp" or (token.rel == "obl" and case_of(parse, found.at) == "as")):
        found.subject = next((k.i for k in parse.kids(head.i, "obj", "nsubj:pass")), None)
    elif head.lemma.lower() in STOPPING and token.dep in ("obj", "nsubj:pass"):
        verb = of_verb(parse, head.i)
        found.obliques += [pair for pair in verb.obliques if pair[0] in ("to", "for", "toward", "towards")]
        for way in parse.kids(head.i, "advcl", "obl"):
            if way.lemma.lower() in ("way", "route", "destine", "bind", "bound", "head", "mean"):
                found.obliques += [(case_of(parse, k.i), k.i) for k in parse.kids(way.i, "nmod", "obl")]


def _carry(parse: Parse, found: Arguments, light: Mapping[str, frozenset[str]]) -> None:
    """Take subject and obliques of the light verb: "launched an attack on", "an attack was launched by", "talks were held"."""
    token = parse.tokens[found.at]
    if token.rel == "conj":
        token = parse.tokens[token.head]
    if token.rel == "nmod" and parse.tokens[token.head].lemma.lower() in SERIES:
        token = parse.tokens[token.head]
    head = parse.tokens[token.head]
    if token.rel == "acl" or head.upos != "VERB" or head.i == token.i:
        if _claimed(parse, found, token):
            return
        participle = next(
            (k for k in parse.kids(found.at, "acl") if light.get(k.lemma.lower()) and k.xpos in ("VBN", "VBG")), None
        )
        if participle is not None and participle.dep != "acl:relcl":
            _from_participle(parse, found, participle)
        return
    how = light.get(head.lemma.lower())
    if how is None:
        _responsible(parse, found, token, head)
        return
    verb = of_verb(parse, head.i)
    role = (
        "object"
        if verb.object == token.i
        else "oblique"
        if token.rel == "obl"
        else "subject"
        if verb.subject == token.i
        else ""
    )
    if role == "object" and how & {"do", "undergo"}:
        found.host = head.i
        if "do" in how:
            found.subject = verb.subject
        else:
            found.object = verb.subject
        found.shared = verb.shared
        found.passive = verb.passive
    elif (
        role == "oblique"
        and how & {"do", "engage"}
        and case_of(parse, token.i) in ("in", "into", "on", "with", "under", "to")
    ):
        found.host = head.i
        found.subject = verb.object if verb.passive else verb.subject
        found.shared = verb.shared
    elif role == "subject" and "occur" in how:
        found.host = head.i
    elif verb.passive and role == "object" and "engage" in how:
        found.host, found.subject = head.i, verb.subject
    else:
        return
    found.obliques += [pair for pair in verb.obliques if pair[1] != token.i and pair[1] != found.at]
    if verb.indirect is not None and found.indirect is None:
        found.indirect = verb.indirect
    if found.ccomp is None:
        found.ccomp = verb.ccomp or verb.xcomp


def _responsible(parse: Parse, found: Arguments, token: Token, head: Token) -> None:
    """The same where the parse hangs the attack on the verb: "claimed responsibility for the attack"."""
    verb = of_verb(parse, head.i)
    if (
        verb.object is not None
        and parse.tokens[verb.object].lemma.lower() == "responsibility"
        and case_of(parse, token.i) == "for"
    ):
        found.host, found.subject = head.i, verb.subject


def _claimed(parse: Parse, found: Arguments, token: Token) -> bool:
    """ "The group claimed responsibility for the attack": the claimant acts."""
    head = parse.tokens[token.head]
    verb = parse.tokens[head.head]
    if head.lemma.lower() != "responsibility" or verb.lemma.lower() not in (
        "claim",
        "take",
        "accept",
        "admit",
        "assume",
        "acknowledge",
    ):
        return False
    found.host, found.subject = verb.i, of_verb(parse, verb.i).subject
    return found.subject is not None


def _from_participle(parse: Parse, found: Arguments, participle: Token) -> None:
    """ "An attack carried out by the rebels"."""
    verb = of_verb(parse, participle.i)
    if participle.xpos == "VBN" and verb.subject is not None:
        found.subject = verb.subject
        found.obliques += verb.obliques
