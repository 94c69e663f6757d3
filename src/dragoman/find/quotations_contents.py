"""What a cue verb attributes: the clause, infinitive, object or phrase that is its content."""

from __future__ import annotations

from ..model import Parse, Token
from .quotations_lexicon import Cues
from .quotations_lexicon import load as _lexicon
from .quotations_spans import OPENERS, is_passive, phrase, verb_group

COMPLEMENT_CASES = frozenset(("for", "of", "as", "over", "about", "with", "against", "to", "from"))
TIME_LIKE = frozenset(("tmod", "unmarked", "npmod"))
MOST_BETWEEN = 12
"""Words between a cue and the "that" of its content."""
CONTRASTING = frozenset(("as", "while", "whereas", "although", "though", "but", "and"))
"""What opens another's act of speech behind the words of the first; "since" or "because" go on with them."""
REACTIONS = frozenset(
    ("claim", "report", "charge", "allegation", "accusation", "assertion", "statement", "something", "version")
)
"""What takes up the words said before, in apposition: "…, a claim that the army denies"."""
CLOSERS = frozenset(("”", '"', "''", "’", "'"))


def clause_content(parse: Parse, verb: Token, cues: Cues, source: Token | None) -> set[int] | None:
    """The clause that is said: a complement, a clause set beside the verb, or the clause that the cue interrupts."""
    for kid in _complements(parse, verb, source):
        return _without_cues(parse, verb, kid, cues) | _misplaced_object(parse, verb, kid, cues)
    behind = _behind_that(parse, verb)
    if behind is not None:
        return behind
    around = _interrupted(parse, verb, source)
    if around is not None:
        return around
    for kid in parse.kids(verb.i, "parataxis"):
        if _beside(parse, verb, kid, cues):
            return set(parse.subtree(kid.i))
    for kid in parse.kids(verb.i, "acl", "advcl"):
        if any(k.lower == "that" for k in parse.kids(kid.i, "mark")):
            return set(parse.subtree(kid.i))
    return None


def _complements(parse: Parse, verb: Token, source: Token | None) -> list[Token]:
    """Complement clauses, those with "that" first; none that stands between the source and the cue."""
    kids = [k for k in parse.kids(verb.i, "ccomp", "csubj") if k.rel == "ccomp" or is_passive(parse, verb)]
    if source is not None:
        kids = [k for k in kids if not source.i < k.i < verb.i]
    kids = [k for k in kids if not _parted(parse, k.i, verb.i)]
    return sorted(kids, key=lambda k: not any(m.lower == "that" for m in parse.kids(k.i, "mark")))


def _parted(parse: Parse, one: int, other: int) -> bool:
    """Whether a semicolon stands between two words."""
    return any(t.text == ";" for t in parse.tokens[min(one, other) : max(one, other)])


def _behind_that(parse: Parse, verb: Token) -> set[int] | None:
    """The clause of a "that" soon behind the cue, whatever the parser hung it on ("says in its review that …")."""
    end = parse.sentence(verb.i).last
    for token in parse.tokens[verb.i + 1 : min(end, verb.i + MOST_BETWEEN)]:
        if token.upos in ("VERB", "AUX", "PUNCT"):
            return None
        if token.lower == "that" and token.rel == "mark" and token.head > token.i:
            inside = parse.subtree(token.head)
            whole = verb.i not in inside and min(inside) >= token.i
            return set(inside) if whole else set(range(token.i, end - (parse.tokens[end - 1].upos == "PUNCT")))
    return None


def gerund_content(parse: Parse, verb: Token) -> set[int] | None:
    """ "Mentioned leaving": a gerund as object."""
    gerund = next((k for k in parse.kids(verb.i, "xcomp") if k.xpos == "VBG"), None)
    return set(parse.subtree(gerund.i)) if gerund is not None else None


def rest_of_sentence(parse: Parse, verb: Token, source: Token) -> set[int] | None:
    """Where the parser found no clause behind a cue of speech, though the rest of the sentence holds one."""
    last = verb_group(parse, verb)[1]
    end = parse.sentence(verb.i).last
    if source.i > verb.i or last >= end or parse.tokens[last].upos in ("ADP", "CCONJ", "SCONJ"):
        return None
    comma = parse.tokens[last].text == ","
    if comma and (last + 1 >= end or parse.tokens[last + 1].text not in OPENERS):
        return None
    rest = parse.tokens[last + comma : end]
    heads = {t.head for t in rest if t.rel == "nsubj"}
    return {t.i for t in rest} if any(t.i in heads and t.upos in ("VERB", "ADJ", "NOUN", "AUX") for t in rest) else None


def _without_fellows(parse: Parse, found: set[int], head: int) -> set[int]:
    """A phrase without finite clauses that the parser joined to it ("want less, and others want more")."""
    for i in sorted(found):
        token = parse.tokens[i]
        if i != head and token.rel in ("conj", "parataxis") and any(k.rel == "nsubj" for k in parse.kids(i)):
            found = found - set(parse.subtree(i))
    return found


def _without_cues(parse: Parse, verb: Token, clause: Token, cues: Cues) -> set[int]:
    """A content clause without the speaker's next act of speech: "said he was ill, adding that …"."""
    found = set(parse.subtree(clause.i))
    for i in sorted(found):
        token = parse.tokens[i]
        owned = any(k.rel == "nsubj" for k in parse.kids(i)) and any(
            k.rel == "mark" and k.lower in CONTRASTING for k in parse.kids(i)
        )
        if token.rel == "advcl" and token.lemma in cues.speech and i > verb.i and (token.xpos == "VBG" or owned):
            opened = min(parse.subtree(i))
            if parse.tokens[opened].text == "," or parse.tokens[max(0, opened - 1)].text == ",":
                found -= {k for k in parse.subtree(i) if k > verb.i}
        elif token.rel == "conj" and token.lemma in cues.speech and _but(parse, token):
            found -= {k for k in parse.subtree(i) if k > verb.i}
        elif i > verb.i and (_takes_up(parse, token) or _according(parse, token)):
            found -= set(parse.subtree(i))
    return found


def _takes_up(parse: Parse, token: Token) -> bool:
    """ "…, a report that the ministry confirmed": a remark on what is said, no part of it."""
    opened = min(parse.subtree(token.i))
    return (
        token.lemma in REACTIONS
        and token.rel not in ("nsubj", "obj", "conj", "root")
        and "," in (parse.tokens[opened - 1].text, parse.tokens[opened].text)
        and any(k.rel == "acl" for k in parse.kids(token.i))
    )


def _according(parse: Parse, token: Token) -> bool:
    """ "…, according to a diplomat" at the end of a sentence, which covers all of it."""
    inside = parse.subtree(token.i)
    opened, closed = min(inside), max(inside)
    opened += int(parse.tokens[opened].text == ",")
    return (
        parse.tokens[opened].lower == "according"
        and parse.tokens[opened - 1].text == ","
        and closed >= parse.sentence(token.i).last - 2
    )


def _but(parse: Parse, token: Token) -> bool:
    return any(k.lower == "but" for k in parse.kids(token.i))


def _misplaced_object(parse: Parse, verb: Token, clause: Token, cues: Cues) -> set[int]:
    """ "Said the talks had failed": no object of "say" can stand beside a clause, so it is the clause's subject."""
    if verb.lemma in cues.addressed or any(
        k.lower in ("that", "whether", "how", "why") for k in parse.kids(clause.i, "mark", "advmod")
    ):
        return set()
    return {i for k in parse.kids(verb.i, "obj") if verb.i < k.i < clause.i for i in parse.subtree(k.i)}


def by_commas(parse: Parse, verb: Token, source: Token | None) -> set[int] | None:
    """Speaker and cue set off by commas inside or behind a sentence, however the syntax was read: "…, an aide announced"."""
    sentence, tokens = parse.sentence(verb.i), parse.tokens
    group = verb_group(parse, verb)
    first, last = group
    if source is not None and source.i < verb.i:
        span = phrase(parse, source.i, without=set(parse.subtree(verb.i)) if source.head != verb.i else ())
        if not 0 <= first - span[1] <= 1:
            return None
        first = _phrase_start(parse, span[0])
    elif (
        verb.xpos not in ("VBD", "VBZ", "VBP")
        or last >= sentence.last
        or tokens[last].upos not in ("PROPN", "DET", "NOUN", "PRON")
    ):
        return None
    before = first - 1
    while before > sentence.first and tokens[before].text in CLOSERS:
        before -= 1
    if before <= sentence.first or tokens[before].text != ",":
        return None
    split = last < sentence.last and tokens[last].text == "," and source is not None and source.i < verb.i
    if not _clause_in(parse, sentence.first, before) and not (
        split and any(t.upos in ("VERB", "AUX") for t in tokens[last : sentence.last])
    ):
        return None
    if any(
        k.rel in ("mark", "advmod") and k.lower in ("as", "when", "while", "if", "because", "after", "how", "what")
        for k in parse.kids(verb.i)
    ):
        return None
    rest = next((i for i in range(last, sentence.last) if tokens[i].text == ","), sentence.last)
    tail = (
        set(range(rest + 1, sentence.last))
        if rest < sentence.last and source is not None and source.i < verb.i and rest == last
        else set()
    )
    return set(range(sentence.first, first)) | tail | _going_on(parse, verb, source)


def _going_on(parse: Parse, verb: Token, source: Token | None) -> set[int]:
    """The reason behind a speaker that stands behind his cue: "…, said its president, because they had lied"."""
    if source is None or source.i < verb.i or verb.head == verb.i:
        return set()
    found: set[int] = set()
    for kid in parse.kids(verb.head, "advcl"):
        if kid.i > source.i and any(k.lower in ("because", "since", "after", "so") for k in parse.kids(kid.i, "mark")):
            found |= {i for i in parse.subtree(kid.i) if i > source.i}
    return found


def _phrase_start(parse: Parse, first: int) -> int:
    """The start of the run of nouns and their modifiers that ends at `first`, if a comma stands before it."""
    at, start = first, parse.sentence(first).first
    while at > start and parse.tokens[at - 1].upos in ("NOUN", "PROPN", "DET", "ADJ", "NUM"):
        at -= 1
    return at if at > start and parse.tokens[at - 1].text == "," else first


def _clause_in(parse: Parse, first: int, last: int) -> bool:
    words = parse.tokens[first:last]
    return (
        any(t.upos in ("VERB", "AUX") for t in words)
        and words[0].upos != "SCONJ"
        and any(t.rel == "nsubj" or t.dep == "nsubj:pass" for t in words)
    )


def _interrupted(parse: Parse, verb: Token, source: Token | None) -> set[int] | None:
    """The host clause of a cue that stands inside or behind it: "The army, she said, had left"."""
    head = parse.tokens[verb.head]
    if source is None or source.head != verb.i or verb.head == verb.i or _parted(parse, head.i, verb.i):
        return None
    relative = any(k.lower in ("which", "who", "that", "as") for k in (source, *parse.kids(verb.i, "mark")))
    if verb.rel == "parataxis" and verb.i > head.i and source.lower not in ("which", "who"):
        colon = max(
            (i for i in parse.subtree(head.i) if head.i < i < verb.i and parse.tokens[i].text == ":"), default=-1
        )
        host = _without_cues(parse, verb, head, _lexicon()) - set(parse.subtree(verb.i))
        return {i for i in host if i > colon}
    if verb.rel == "advcl" and relative and any(k.lower == "as" for k in parse.kids(verb.i, "mark")):
        return set(parse.subtree(head.i)) - set(parse.subtree(verb.i))
    return None


def _beside(parse: Parse, verb: Token, kid: Token, cues: Cues) -> bool:
    """Whether a clause set beside a cue is its content rather than another remark."""
    if verb.lemma not in cues.speech or _parted(parse, verb.i, kid.i):
        return False
    between = parse.tokens[min(verb.i, kid.i) : max(verb.i, kid.i)]
    return kid.i < verb.i or any(t.text in (":", ",", "“", '"') for t in between)


def infinitive_content(parse: Parse, verb: Token) -> set[int] | None:
    """ "Urged them to leave", "was reported to be ill": an open complement with its object, or its passive subject."""
    for kid in parse.kids(verb.i, "xcomp"):
        found = set(parse.subtree(kid.i))
        if is_passive(parse, verb):
            for subject in parse.kids(verb.i, "nsubj"):
                found |= set(parse.subtree(subject.i))
            return found
        for thing in parse.kids(verb.i, "obj", "iobj"):
            found |= set(parse.subtree(thing.i))
        remarks = [i for i in found if i > verb.i and _takes_up(parse, parse.tokens[i])]
        found -= {k for i in remarks for k in parse.subtree(i)}
        return _without_fellows(parse, found, kid.i)
    return None


def after_preposition(parse: Parse, verb: Token, pairs: frozenset[str], cue: set[int]) -> set[int] | None:
    """ "Called for B", "warned against leaving": what stands behind one of `pairs`, which joins the cue."""
    for kid in parse.kids(verb.i, "obl", "advcl", "xcomp", "ccomp"):
        words = [k for k in parse.kids(kid.i, "case", "mark") if k.lower in pairs and k.i > verb.i]
        if words:
            cue.update(w.i for w in words)
            return set(parse.subtree(kid.i)) - {w.i for w in words}
    return None


def object_content(parse: Parse, verb: Token) -> set[int] | None:
    """An object with the complements behind it: "blamed the army for the deaths", "called it a farce"."""
    passive = is_passive(parse, verb)
    main = parse.kids(verb.i, "nsubj:pass") if passive else parse.kids(verb.i, "obj")
    if not main or main[0].lower in ("himself", "herself", "themselves", "itself"):
        return None
    found = set(parse.subtree(main[0].i))
    for kid in parse.kids(verb.i, "obl", "xcomp", "advcl"):
        cases = {k.lower for k in parse.kids(kid.i, "case", "mark")}
        if (
            kid.i > verb.i
            and (kid.rel == "xcomp" or cases & COMPLEMENT_CASES)
            and kid.dep.partition(":")[2] not in TIME_LIKE
        ):
            found |= set(parse.subtree(kid.i))
    return _without_fellows(parse, found, main[0].i)
