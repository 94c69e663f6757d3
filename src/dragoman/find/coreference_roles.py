"""What a clause tells of a person's trade: "X, who leads the fishermen" is their leader."""

from __future__ import annotations

from collections.abc import Iterator

from ..model import Mention, Parse, Token
from .coreference_lexicon import Anaphora

LASTING = frozenset(("lead", "head", "chair", "command", "mediate", "govern", "direct", "preside"))
"""Verbs that tell a trade in a main clause as well; others do in a relative clause only."""


def role_words(parse: Parse, mention: Mention, lexicon: Anaphora) -> set[str]:
    """The titles that the clauses of a person tell, and the nouns of whom he leads or speaks for."""
    words: set[str] = set()
    for verb, lasting in _verbs(parse, parse.tokens[mention.head]):
        lemma = verb.lemma.lower()
        titles = lexicon.roles.get(lemma)
        if titles is None or (lasting and lemma not in LASTING) or parse.kids(verb.i, "aux:neg"):
            continue
        objects = [k for k in parse.kids(verb.i, "obj", "obl") if k.upos == "NOUN"]
        if lemma == "speak" and not any(k.lower == "for" for o in parse.kids(verb.i, "obl") for k in parse.kids(o.i)):
            continue
        words.update(titles)
        words.update(o.lemma.lower() for o in objects if o.rel == "obj" or lemma == "speak")
    return words


def _verbs(parse: Parse, head: Token) -> Iterator[tuple[Token, bool]]:
    """Verbs of relative clauses on a person's name, and the verb whose subject it is (then True)."""
    for kid in parse.kids(head.i, "acl"):
        if any(k.lower == "who" for k in parse.kids(kid.i, "nsubj")):
            yield kid, False
    if head.dep == "nsubj" and parse.tokens[head.head].upos == "VERB":
        yield parse.tokens[head.head], True
