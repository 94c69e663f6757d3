"""Sources found by their place alone, where the parser hung them on the words that are quoted."""

from __future__ import annotations

from ..model import Parse, Token
from .quotations_spans import Draft, Range

MARKS = frozenset(("”", '"', "''", "»", "“"))
NAMING = frozenset(("PROPN", "NOUN", "PRON", "DET", "ADJ", "NUM", "PART", "ADP"))
DASHES = frozenset(("-", "--", "—", "–"))
MISREAD = frozenset("stress claim note state suspect fear hope charge".split())
"""Cues whose third person or plural is a common noun, too."""
TELLING = frozenset("say add tell report write note claim announce argue state warn quote".split())
"""Verbs whose "it" is always somebody."""
LONGEST = 25
"""Words of a source that only its place shows."""


def beside_cue(parse: Parse, cue: Range, addressed: bool = False) -> Token | None:
    """The head of the noun phrase directly before a cue, or, behind quoted words, directly after it; None where there is none.

    Behind an `addressed` cue ("told") stands the hearer, never the source.
    """
    before = _before(parse, cue, addressed)
    if before is not None:
        return _head(parse, *before)
    after = None if addressed else _after(parse, cue)
    return _head(parse, *after) if after is not None else None


def inverted(parse: Parse, verb: Token) -> Token | None:
    """The speaker behind a cue that stands right behind a comma or a closing mark: "…, writes the website Asr"."""
    tokens, end = parse.tokens, parse.sentence(verb.i).last
    if verb.xpos not in ("VBD", "VBZ", "VBP") or verb.i + 1 >= end or tokens[verb.i - 1].text not in MARKS | {","}:
        return None
    if any(k.rel in ("cc", "mark") and k.i < verb.i for k in parse.kids(verb.i)):
        return None
    if tokens[verb.i - 1].text == "," and any(k.rel == "nsubj" and k.i < verb.i for k in parse.kids(verb.i)):
        return None
    named = next((k for k in parse.kids(verb.i, "nsubj") if k.i > verb.i and k.upos == "PROPN"), None)
    for kid in parse.kids(verb.i, "nsubj", "obj", "iobj", "ccomp"):
        inside = [i for i in parse.subtree(kid.i) if i <= kid.i]
        if (
            kid.upos in ("PROPN", "NOUN", "PRON")
            and min(inside) == verb.i + 1
            and not parse.kids(kid.i, "case", "mark")
        ):
            return named if named is not None and named.i > kid.i else kid
    return None


def before_participle(parse: Parse, verb: Token) -> Token | None:
    """ "The spokesman, asked about it, said": the subject that the parser gave to the participle between the commas."""
    for clause in parse.kids(verb.i, "ccomp", "advcl"):
        subject = next(iter(parse.kids(clause.i, "nsubj")), None)
        between = clause.i < verb.i and parse.tokens[clause.i - 1].text == "," and clause.xpos in ("VBN", "VBD", "VBG")
        if between and subject is not None and subject.i < clause.i and parse.tokens[verb.i - 1].text == ",":
            return subject
    return None


def misparsed_subject(parse: Parse, verb: Token) -> Token | None:
    """The subject of an active cue that the parser took for a passive's or for an empty "it" ("It said that …")."""
    if verb.xpos not in ("VBD", "VBZ", "VBP") or parse.kids(verb.i, "aux:pass") or parse.kids(verb.i, "aux"):
        return None
    subject = next((k for k in parse.kids(verb.i) if k.dep == "nsubj:pass" and k.i < verb.i), None)
    empty = next((k for k in parse.kids(verb.i, "expl") if k.lower == "it" and k.i == verb.i - 1), None)
    return subject or (empty if verb.lemma in TELLING else None) or _name_before(parse, verb)


def _name_before(parse: Parse, verb: Token) -> Token | None:
    """The name right before a finite cue, which the parser gave to another verb: "says Washington told him that"."""
    sentence = parse.sentence(verb.i)
    at = verb.i - 1
    if any(k.rel == "nsubj" for k in parse.kids(verb.i)) or verb.rel in ("conj", "acl", "amod") or at <= sentence.first:
        return None
    if parse.tokens[at].upos != "PROPN":
        return None
    name = parse.tokens[at]
    while name.rel in ("flat", "compound") and at - name.head < 4 and parse.tokens[name.head].upos == "PROPN":
        name = parse.tokens[name.head]
    cased = parse.kids(name.i, "case")
    return name if not cased and name.i < verb.i and name.rel != "nsubj" else None


def misread(parse: Parse, token: Token) -> Draft | None:
    """A cue that the tagger took for a noun: "…, his aides stress.", "…, as his lawyer suspects, …"."""
    tokens, sentence = parse.tokens, parse.sentence(token.i)
    first = token.i
    while first > sentence.first and tokens[first - 1].upos in ("NOUN", "PROPN", "ADJ", "DET", "PRON", "NUM", "PART"):
        first -= 1
    ends = token.i + 1 >= sentence.last or tokens[token.i + 1].text in (".", ",")
    as_clause = tokens[first - 1].lower == "as" and tokens[first - 1].upos == "SCONJ"
    comma = first - 1 - as_clause
    owned = tokens[first].xpos == "PRP$" or as_clause
    if not ends or not owned or token.i - first < 2 or comma <= sentence.first or tokens[comma].text != ",":
        return None
    before = tokens[sentence.first : comma]
    if not any(t.rel == "nsubj" for t in before) or not any(t.upos == "VERB" for t in before):
        return None
    content = frozenset(range(sentence.first, comma))
    return Draft((first, token.i), token.i - 1, (token.i, token.i + 1), token.i, content, True)


def in_dateline(parse: Parse, token: Token) -> bool:
    """Whether a word stands in the place name that opens a report: "NAIROBI - ", "KYIV, Ukraine (AP) — "."""
    sentence = parse.sentence(token.i)
    if not parse.tokens[sentence.first].text.isupper() or len(parse.tokens[sentence.first].text) < 3:
        return False
    head = parse.tokens[token.i + 1 : min(sentence.last, sentence.first + 12)]
    dash = next((t.i for t in head if t.text in DASHES), None)
    return dash is not None and all(t.upos not in ("VERB", "AUX") for t in parse.tokens[sentence.first : dash])


def apposed(parse: Parse, head: int, cue: Range) -> Range:
    """The whole phrase on that side of the cue where the head stands."""
    found = _before(parse, cue, True) if head < cue[0] else _after(parse, cue)
    return found if found is not None and found[0] <= head < found[1] else (head, head + 1)


def _before(parse: Parse, cue: Range, addressed: bool) -> Range | None:
    """From the closing mark, or from the sentence's start where no comma intervenes, up to the cue."""
    tokens, start = parse.tokens, parse.sentence(cue[0]).first
    at = cue[0]
    while (
        at > start
        and cue[0] - at < LONGEST
        and tokens[at - 1].text not in MARKS
        and tokens[at - 1].upos not in ("VERB", "AUX")
    ):
        at -= 1
    marked = at > start and tokens[at - 1].text in MARKS
    behind = tokens[cue[1]].text if cue[1] < len(tokens) else "."
    comma = next((i for i in range(at, cue[0] - 1) if tokens[i].text == ","), None)
    enclosed = (
        behind == "," and tokens[cue[0] - 1].text != "," and [t.text for t in tokens[at : cue[0]]].count(",") == 1
    )
    if (
        not marked
        and (at > start or enclosed)
        and comma is not None
        and (addressed or behind in {".", ";", ","} or tokens[cue[1]].text in ("on", "in", "late", "early"))
    ):
        at, marked = comma + 1, True
    last = cue[0] - 1 if tokens[cue[0] - 1].text == "," else cue[0]
    if at >= last or (at > start and not marked):
        return None
    if not marked and any(t.text == "," for t in tokens[at:last]):
        return None
    return at, last


def _after(parse: Parse, cue: Range) -> Range | None:
    """The phrase behind a cue that follows quoted words or a comma, with an apposition behind a comma."""
    tokens, start, end = parse.tokens, parse.sentence(cue[0]).first, parse.sentence(cue[0]).last
    if cue[0] == start or tokens[cue[0] - 1].text not in MARKS | {","}:
        return None
    at, stop = cue[1], None
    while (
        at < end
        and at - cue[1] < LONGEST
        and tokens[at].upos in NAMING | {"PUNCT", "CCONJ"}
        and tokens[at].text not in MARKS | {".", ":", ";"}
    ):
        if tokens[at].text == "," and stop is None:
            stop = at
        at += 1
    closed = at >= end or tokens[at].text in MARKS | {".", ":", ";"}
    last = at if closed or stop is None else stop
    return (cue[1], last) if last > cue[1] and tokens[cue[1]].upos in ("PROPN", "NOUN", "PRON", "DET") else None


def _head(parse: Parse, first: int, last: int) -> Token | None:
    """The first noun of a phrase that nothing else in it governs but by apposition."""
    inside = range(first, last)
    nouns = [t for t in parse.tokens[first:last] if t.upos in ("PROPN", "NOUN", "PRON")]
    free = [t for t in nouns if t.head not in inside and t.rel not in ("case", "mark")]
    return next(iter(free or nouns), None)
