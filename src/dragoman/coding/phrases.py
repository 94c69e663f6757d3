"""Reading a dependency tree as phrases and clauses: what belongs to a noun phrase, whom a relative pronoun means, who shares a subject."""

from __future__ import annotations

from dragoman.model import Parse, Span, Token

NOMINAL = frozenset(("NOUN", "PROPN", "PRON", "NUM", "ADJ", "DET", "X", "SYM"))
CLAUSE_RELS = frozenset(("root", "ccomp", "xcomp", "advcl", "acl", "csubj", "parataxis", "dislocated", "conj"))
"""Relations under which a word may head a clause of its own. `conj` counts where the word is a predicate."""

LOOSE = frozenset(
    ("appos", "acl", "parataxis", "punct", "cc", "conj", "dep", "advcl", "list", "orphan", "dislocated", "discourse")
)
"""Dependents of a noun that are no part of its tight phrase."""

INSIDE = frozenset(
    ("compound", "flat", "amod", "nummod", "nmod:poss", "nmod:desc", "det:predet", "fixed", "goeswith", "nmod:unmarked")
)
RELATIVE = frozenset(("who", "which", "that", "whom", "whose"))
NO_ARTICLE = frozenset(("the", "a", "an", "this", "that", "these", "those", "some", "any"))


def antecedent_of(parse: Parse, i: int) -> int:
    """The noun that the relative pronoun at token `i` stands for; token `i` itself where it is none."""
    token = parse.tokens[i]
    if token.lower not in RELATIVE or token.upos not in ("PRON", "DET", "SCONJ"):
        return i
    for above in parse.ancestors(i):
        if parse.tokens[above].dep == "acl:relcl":
            return parse.tokens[above].head
    return i


def conjuncts(parse: Parse, i: int) -> list[int]:
    """Token `i` and the nominals coordinated with it, in text order."""
    found = [i]
    for kid in parse.kids(i, "conj"):
        if kid.upos in NOMINAL:
            found += conjuncts(parse, kid.i)
    return found


def phrase(parse: Parse, i: int) -> tuple[int, int]:
    """First and last (half-open) token of the whole noun phrase headed by `i`, contiguous, without clauses and appositions."""
    first, last = i, i + 1
    for kid in parse.kids(i):
        if (
            kid.rel in LOOSE
            or (kid.rel == "case" and kid.i < i)
            or (kid.i < i and kid.rel in ("cop", "mark", "advmod", "nsubj", "aux"))
        ):
            continue
        low, high = span_below(parse, kid.i)
        first, last = min(first, low), max(last, high)
    return first, last


def span_below(parse: Parse, i: int) -> tuple[int, int]:
    """First and last token of everything below `i` that is no clause or apposition."""
    first, last = i, i + 1
    for kid in parse.kids(i):
        if kid.rel in ("acl", "appos", "parataxis", "punct", "advcl"):
            continue
        low, high = span_below(parse, kid.i)
        first, last = min(first, low), max(last, high)
    return first, last


def tight_span(parse: Parse, i: int) -> Span:
    """The head with its premodifiers and a following of-phrase, without its article: "leader of the opposition"."""
    first, last = i, i + 1
    for kid in parse.kids(i):
        if kid.dep in INSIDE or kid.rel in INSIDE:
            low, high = span_below(parse, kid.i)
            if abs(low - i) <= 8 and abs(high - i) <= 8:
                first, last = min(first, low), max(last, high)
        elif is_of(parse, kid) and kid.i > i:
            low, high = tight_tokens(parse, kid.i)
            if high - i <= 8 and low - last <= 3:
                last = max(last, high)
    while first < i and parse.tokens[first].lower in NO_ARTICLE | {",", "and"}:
        first += 1
    return parse.span(first, last)


def tight_tokens(parse: Parse, i: int) -> tuple[int, int]:
    """First and last token of head and premodifiers."""
    first, last = i, i + 1
    for kid in parse.kids(i):
        if kid.dep in INSIDE or kid.rel in INSIDE:
            low, high = span_below(parse, kid.i)
            first, last = min(first, low), max(last, high)
    return first, last


def is_of(parse: Parse, token: Token) -> bool:
    """Whether the token is an of-phrase of its head."""
    return token.rel in ("nmod", "obl") and any(
        parse.tokens[k].lower == "of" and parse.tokens[k].rel == "case" for k in parse.children[token.i]
    )


def case_of(parse: Parse, i: int) -> str:
    """The preposition before token `i`, lower-case, words joined by a blank ("because of"); empty where it has none.

    A preposition that the parse hangs on the first word of a name ("towards al - Aqsa Mosque") counts for the whole.
    """
    words = _case_words(parse, i)
    if not words and parse.tokens[i].rel in ("nmod", "obl"):
        for kid in parse.kids(i, "compound", "flat"):
            words = words or _case_words(parse, kid.i)
    return " ".join(words)


def _case_words(parse: Parse, i: int) -> list[str]:
    words = []
    for kid in parse.kids(i, "case"):
        if kid.lower in ("'s", "’s", "'", "’"):
            continue
        words.append(kid.lower)
        words += [f.lower for f in parse.kids(kid.i, "fixed")]
    return words


CALENDAR = frozenset(
    "monday tuesday wednesday thursday friday saturday sunday january february march april may june july august september october "
    "november december jan feb mar apr jun jul aug sep sept oct nov dec today yesterday tomorrow week month year day decade weekend morning "
    "evening afternoon night".split()
)


def is_calendar(token: Token) -> bool:
    """Whether the word names a day, month or span of time."""
    word = token.lower.rstrip(".")
    if word in CALENDAR or token.lemma.lower() in CALENDAR:
        return word not in ("may", "march") or token.upos == "PROPN"
    return token.upos == "NUM" and len(word) == 4 and word.isdigit()


def has_feat(token: Token, feat: str) -> bool:
    """Whether `Name=Value` stands among the token's features."""
    return feat in token.feats.split("|")


def is_passive(parse: Parse, i: int) -> bool:
    """Whether the verb at token `i` is passive: by its features, its auxiliary or its subject's relation."""
    token = parse.tokens[i]
    if any(parse.tokens[k].dep in ("aux:pass", "nsubj:pass", "csubj:pass") for k in parse.children[i]):
        return True
    if token.xpos != "VBN" or token.dep == "acl:relcl":
        return False
    if token.rel == "acl":
        return True
    return token.rel in BARE and _is_bare(parse, i) and (token.rel != "conj" or is_passive(parse, token.head))


BARE = frozenset(("advcl", "xcomp", "conj"))
"""Relations under which a participle without auxiliary, subject and object is passive: "is home, freed by ...", "was seized and taken"."""


def _is_bare(parse: Parse, i: int) -> bool:
    return not any(k.rel in ("aux", "nsubj", "obj", "cop", "expl") for k in parse.kids(i))
