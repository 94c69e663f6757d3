"""Attributions by other words than verbs: "according to", "the claim that", "is confident that"."""

from __future__ import annotations

from collections.abc import Iterator

from ..model import Parse, Token
from .quotations_lexicon import Cues
from .quotations_spans import Draft, block, phrase, subject_of, verb_group


def according(parse: Parse, word: Token) -> Iterator[Draft]:
    """ "According to X": the rest of the clause is X's."""
    source = parse.tokens[word.head]
    to = [k.i for k in parse.kids(word.i, "fixed")] or [
        k.i for k in parse.kids(source.i, "case", "fixed") if k.lower == "to"
    ]
    if word.rel not in ("case", "fixed", "mark"):
        inner = parse.kids(word.i, "obl")
        if not inner:
            return
        source = inner[0]
        to = [k.i for k in parse.kids(source.i, "case")]
        phrase_tokens, host = set(parse.subtree(word.i)), word.head
    else:
        phrase_tokens, host = set(parse.subtree(source.i)), source.head
    if host == source.i:
        return
    host = _clause_head(parse, host)
    host = _whole_sentence(parse, phrase_tokens, host)
    cue = (word.i, max([word.i, *to]) + 1)
    span = phrase(parse, source.i, without=set(range(*cue)))
    content = set(parse.subtree(host)) - phrase_tokens
    yield Draft(span, source.i, cue, word.i, frozenset(content), True)


def _whole_sentence(parse: Parse, phrase_tokens: set[int], host: int) -> int:
    """Set off by a comma at either end of its sentence, "according to" takes in the whole sentence."""
    sentence = parse.sentence(host)
    first, last = min(phrase_tokens), max(phrase_tokens)
    opened = first
    while opened > sentence.first and parse.tokens[opened - 1].text in ("”", '"', "''", "’", "'"):
        opened -= 1
    commas = (opened > sentence.first and parse.tokens[opened - 1].text == ",") or parse.tokens[first].text == ","
    while last + 1 < sentence.last and parse.tokens[last + 1].upos == "PROPN":
        last += 1  # a name that the parser cut off its description ("the senator Ann Bell")
    if not (first == sentence.first or (commas and last >= sentence.last - 2)):
        return host
    at = host
    while parse.tokens[at].head != at and parse.tokens[at].rel in ("ccomp", "conj", "advcl", "xcomp", "parataxis"):
        at = parse.tokens[at].head
    return at if parse.tokens[at].head == at else host


def _clause_head(parse: Parse, i: int) -> int:
    """The head of the clause that holds token `i`."""
    token = parse.tokens[i]
    while token.head != token.i and token.rel not in ("ccomp", "advcl", "parataxis", "conj", "acl", "xcomp", "csubj"):
        token = parse.tokens[token.head]
    while token.rel in ("conj", "xcomp") and not parse.kids(token.i, "nsubj"):
        token = parse.tokens[token.head]
    return token.i


def in_words(parse: Parse, noun: Token) -> Draft | None:
    """ "In the words of X", "in X's view": the rest of the clause is X's."""
    case = next((k for k in parse.kids(noun.i, "case") if k.lower in ("in", "to", "by", "on")), None)
    source = next((k for k in parse.kids(noun.i, "nmod") if k.i != noun.i), None)
    if case is not None and case.lower in ("by", "on") and noun.lemma not in ("account", "telling", "reckoning"):
        return None
    if case is None or source is None or noun.rel != "obl" or noun.head == noun.i:
        return None
    inside = set(parse.subtree(noun.i))
    content = frozenset(parse.subtree(_clause_head(parse, noun.head))) - inside
    owner = source.dep == "nmod:poss"
    cue = (case.i, case.i + 1) if owner else (case.i, min(parse.subtree(source.i)))
    span = phrase(parse, source.i, without=set(range(*cue)))
    return Draft(span, source.i, cue, case.i if owner else noun.i, content, True)


def of_noun(parse: Parse, noun: Token, cues: Cues) -> Draft | None:
    """ "The claim that …", "their refusal to …"; the source is the possessor, the author, or the subject of a light verb."""
    clause = next(
        (
            k
            for k in parse.kids(noun.i, "acl", "ccomp", "advcl")
            if (k.dep != "acl:relcl" or tells_content(parse, k, noun)) and _complement(parse, k)
        ),
        None,
    )
    if clause is None and noun.rel in ("nsubj", "nsubj:outer"):
        clause = _identified(parse, noun)
    if clause is None:
        return None
    content = frozenset(parse.subtree(clause.i))
    source = _source_of_noun(parse, noun, cues)
    if noun.head == clause.i:
        content = (
            content - set(parse.subtree(noun.i)) - {k.i for k in parse.kids(clause.i, "cop", "aux") if k.i < clause.i}
        )
    cue = block(parse, noun.i, {noun.i, *(k.i for k in parse.kids(noun.i, "amod"))})
    if source is None:
        return Draft(None, None, cue, noun.i, content, True)
    verb = parse.tokens[noun.head]
    if source.head == noun.head and verb.upos == "VERB" and verb.i < noun.i:
        first = verb_group(parse, verb)[0]
        cue = (first, noun.i + 1) if noun.i - verb.i <= 5 else cue
    return Draft(
        phrase(
            parse,
            source.i,
            without=set(parse.subtree(noun.i)) if source.i != noun.head and source.head != noun.i else (),
        ),
        source.i,
        cue,
        noun.i,
        content,
        True,
    )


def tells_content(parse: Parse, clause: Token, noun: Token) -> bool:
    """Whether what the parser took for a relative clause is what the noun says: "that" right behind it, nothing left out."""
    kids = parse.kids(clause.i)
    opened = any((k.rel == "mark" or k.upos == "SCONJ") and k.lower == "that" and k.i == noun.i + 1 for k in kids)
    return opened and any(k.rel == "nsubj" for k in kids)


def _complement(parse: Parse, clause: Token) -> bool:
    if any(k.lower in ("that", "to") for k in parse.kids(clause.i, "mark")):
        return clause.upos != "NUM"
    opening = min(parse.subtree(clause.i))
    if parse.tokens[opening].lower == "that" and parse.tokens[opening].upos == "SCONJ":
        return any(k.rel == "nsubj" for k in parse.kids(clause.i))  # whatever relation the parser gave to "that"
    return opening > 0 and parse.tokens[opening - 1].lower == "that" and parse.tokens[opening - 1].rel == "mark"


def _identified(parse: Parse, noun: Token) -> Token | None:
    """ "The claim is that …": the clause that the copula sets equal to the noun."""
    head = parse.tokens[noun.head]
    return head if any(k.lower == "that" for k in parse.kids(head.i, "mark")) and parse.kids(head.i, "cop") else None


def _source_of_noun(parse: Parse, noun: Token, cues: Cues) -> Token | None:
    for kid in parse.kids(noun.i):
        if kid.dep == "nmod:poss":
            return kid
        if kid.rel == "nmod" and any(k.lower in ("by", "from", "of") for k in parse.kids(kid.i, "case")):
            return kid
    verb = parse.tokens[noun.head]
    if noun.rel in ("obj", "obl") and verb.upos == "VERB" and verb.lemma in cues.light:
        return subject_of(parse, verb)
    return None


def of_adjective(parse: Parse, adjective: Token) -> Draft | None:
    """ "Is confident that …", "unwilling to …"."""
    clause = next(iter(parse.kids(adjective.i, "ccomp", "xcomp", "advcl")), None)
    source = next((k for k in parse.kids(adjective.i) if k.dep == "nsubj"), None)
    if clause is None or clause.i < adjective.i or source is None or source.lower == "it":
        return None
    if clause.rel == "advcl" and not any(k.lower in ("that", "to") for k in parse.kids(clause.i, "mark")):
        return None
    cue = verb_group(parse, adjective)
    return Draft(phrase(parse, source.i), source.i, cue, adjective.i, frozenset(parse.subtree(clause.i)), True)


def about(parse: Parse, word: Token, cues: Cues) -> Draft | None:
    """A cue noun or adjective with what it is about: "her criticism of the plan", "was wary of them", "is an opponent of"."""
    subject = next((k for k in parse.kids(word.i) if k.dep == "nsubj"), None) if parse.kids(word.i, "cop") else None
    source = subject
    if word.upos == "NOUN" and word.lemma not in cues.copular:
        source = _source_of_noun(parse, word, cues)
    if source is None or (word.upos == "NOUN" and source.head not in (word.i, word.head)):
        return None
    for kid in parse.kids(word.i, "nmod", "obl", "advcl", "acl"):
        cases = [k for k in parse.kids(kid.i, "case", "mark") if k.lower in cues.noun_topics and k.i > word.i]
        if cases and kid.i != source.i:
            cue = (word.i, cases[-1].i + 1) if subject is None else (verb_group(parse, word)[0], cases[-1].i + 1)
            content = frozenset(i for i in parse.subtree(kid.i) if i > cases[-1].i)
            return Draft(phrase(parse, source.i, without=set(range(*cue))), source.i, cue, word.i, content, False)
    return None
