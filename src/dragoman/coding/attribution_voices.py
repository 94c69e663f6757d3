"""From a source phrase to voices: who speaks, of what kind, in which work, when."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, replace

from ..model import Findings, Mention, Parse, Party, Span, Timex, Token, Voice, VoiceKind, When
from .attribution_lexicon import VoiceLexicon, load

AUTHOR_CASES = frozenset(("by", "from", "of"))
PASSING_ON = frozenset(
    "obtain see leak read review view cite quote publish post seize find intercept hear examine broadcast air carry".split()
)
"""What is done to a work by others than its author: "a cable obtained by the paper"."""
FROM_PEOPLE = frozenset(
    "evidence intelligence information call tip recollection phone testimony word account story".split()
)
"""Nouns that stand for those from whom they come: "intelligence from allies"."""
CONJUNCTS = 12
"""Sources named side by side that are followed; more is a list of something else."""


@dataclass(frozen=True, slots=True)
class Sayer:
    """One or more voices that speak together, before their step is known; `keys` identify them across sentences."""

    voices: tuple[Voice, ...]
    keys: frozenset[str]


def sayer_of(parse: Parse, findings: Findings, head: int, cue: Span | None, depth: int = 0) -> Sayer:
    """The voices of the source phrase headed by token `head`; conjuncts speak together."""
    head = from_whom(parse, head)
    heads = [head, *(k.i for k in parse.kids(head, "conj"))][:CONJUNCTS]
    voices = tuple(_voice(parse, findings, at, cue, depth) for at in heads)
    return Sayer(voices, frozenset(key_of(v) for v in voices))


def unnamed_sayer(cue: Span) -> Sayer:
    """The voice of "it was reported that": nobody, with the words that say so."""
    voice = Voice(cue.text, cue.start, cue.end, None, cue.text, "unnamed", cue.text, None, 1)
    return Sayer((voice,), frozenset((f"cue:{cue.start}",)))


def key_of(voice: Voice) -> str:
    """What tells a voice from another across sentences."""
    return voice.id or voice.name.lower()


def _voice(parse: Parse, findings: Findings, head: int, cue: Span | None, depth: int) -> Voice:
    lexicon, token = load(), parse.tokens[head]
    medium = media_kind(parse, head, None) is not None
    if token.lemma in lexicon.works and token.upos in ("NOUN", "PROPN") and depth == 0 and not medium:
        author = _author_of(parse, findings, token)
        if author is not None:
            made = _voice(parse, findings, author, cue, depth + 1)
            return replace(
                made, kind="author" if made.kind == "speaker" else made.kind, work=short_words(parse, token.i)
            )
    named = name_beside(parse, findings, head)
    if named is not None:
        made = _voice(parse, findings, named, cue, depth + 1)
        return replace(made, kind=media_kind(parse, head, None) or ("speaker" if made.kind == "unnamed" else made.kind))
    party = party_of(findings, parse, head)
    described = _described(parse, findings, head, party)
    if described is not None:
        party, span = None, parse.span(*noun_range(parse, described))
    else:
        span = _words(parse, head, party)
        mention = findings.mention_at.get(head)
        if (
            token.upos == "PROPN"
            and mention is not None
            and mention.type == "LOC"
            and media_kind(parse, head, party) == "outlet"
        ):
            party, span = None, parse.span(*noun_range(parse, head))  # "Radio Kidal" is not the place
        elif token.upos == "PROPN" and token.lemma.lower() in lexicon.outlets and _of_name(parse, head):
            party, span = None, parse.span(*noun_range(parse, head))  # "The Times of Suva"
        elif token.upos == "PROPN" and party is None:
            span = parse.span(_named_from(parse, head), noun_range(parse, head)[1])  # "the weekly La Savane"
    name = (
        party.name if party is not None else _unmarked(parse, described) if described is not None else _bare(span.text)
    )
    kind = _kind(parse, token, party, lexicon)
    return Voice(
        span.text,
        span.start,
        span.end,
        party.id if party else None,
        name,
        kind,
        cue.text if cue else None,
        party.member_of if party else None,
        1,
    )


def name_beside(parse: Parse, findings: Findings, head: int) -> int | None:
    """The head of the name that stands beside a description ("the daily El Faro", "the envoy, Solveig Brandt")."""
    token = parse.tokens[head]
    own = findings.mention_at.get(head)
    if token.upos != "NOUN" and not (token.upos == "NUM" or token.lower == "one"):
        return None
    if own is not None and own.form == "name":
        return None
    called = _called_by(parse, head)
    if called is not None:
        return called
    medium = token.lemma.lower() in load().outlets | load().agency_nouns
    near = (m for m in findings.mentions if m.form == "name" and m.type != "LOC")
    before = next((m for m in near if m.last == head or m.first == head + 1), None)
    beside = parse.kids(head, "appos", "flat", "nmod:desc")
    beside += [a for k in parse.subtree(head) if medium and k > head for a in parse.kids(k, "appos")]
    proper = [k.i for k in beside if k.upos == "PROPN"]
    found = next((i for i in proper if i in findings.mention_at), proper[0] if proper else None)
    if found is None and medium and before is not None and parse.tokens[before.head].upos == "PROPN":
        found = before.head
    if found is None:
        inner = [k.i for k in beside if k.rel == "appos" and k.upos == "NOUN"]
        found = name_beside(parse, findings, inner[0]) if inner else _name_behind(parse, findings, head)
    return found


def _called_by(parse: Parse, head: int) -> int | None:
    """The name by which a person is known or asks to be called: "a delegate, known as Marcial", "who gave his name only as Tariq"."""
    for clause in parse.kids(head, "acl"):
        for verb in (clause, *parse.kids(clause.i, "xcomp")):
            naming = verb.lemma in ("know", "call", "nickname", "dub", "identify", "name")
            naming = naming or any(k.lemma == "name" for k in parse.kids(verb.i, "obj"))
            if not naming:
                continue
            for kid in parse.kids(verb.i, "obl", "xcomp", "advcl", "obj"):
                proper = [kid] if kid.upos == "PROPN" else parse.kids(kid.i, "appos", "flat")
                found = next((k for k in proper if k.upos == "PROPN"), None)
                if found is not None:
                    return found.i
    return None


def _of_name(parse: Parse, head: int) -> bool:
    """Whether "of" and a name go on with a name: "The Times of Suva"."""
    return any(k.upos == "PROPN" and k.i <= head + 3 and has_case(parse, k, {"of"}) for k in parse.kids(head, "nmod"))


def _named_from(parse: Parse, head: int) -> int:
    """Where the capitalised words of a name begin, behind "the weekly"."""
    first, last = noun_range(parse, head)
    return next(
        (i for i in range(first, last) if parse.tokens[i].text[:1].isupper() and parse.tokens[i].upos != "DET"), first
    )


def _name_behind(parse: Parse, findings: Findings, head: int) -> int | None:
    """The person named right behind a description that the parser made a subject of its own ("the magistrate Ann Bell, …")."""
    last = noun_range(parse, head)[1]
    last += int(last < len(parse.tokens) and parse.tokens[last].text == ",")
    mention = findings.mention_at.get(last) if last < len(parse.tokens) else None
    token = parse.tokens[head]
    twin = last < len(parse.tokens) and parse.tokens[last].head == token.head and parse.tokens[last].rel == token.rel
    if mention is None or mention.form != "name" or mention.type == "LOC":
        return None
    closed = mention.type == "PERSON" and parse.tokens[min(mention.last, len(parse.tokens) - 1)].text in (".", ",")
    adjacent = parse.tokens[last - 1].text != ","
    return last if twin or (closed and adjacent) else None


def _unmarked(parse: Parse, head: int) -> str:
    """A description without determiners, possessors that are pronouns, and numbers: "his two aides" are "aides"."""
    first, last = noun_range(parse, head)
    while first < head and (parse.tokens[first].upos in ("DET", "NUM") or parse.tokens[first].xpos in ("PRP$", "WP$")):
        first += 1
    while last - 1 > head and (parse.tokens[last - 1].upos == "PRON" or parse.tokens[last - 1].text == ","):
        last -= 1
    return parse.span(first, last).text


def _described(parse: Parse, findings: Findings, head: int, party: Party | None) -> int | None:
    """The head of the description that a nameless voice goes by: its whole phrase, that of its antecedent for a pronoun.

    So does the holder of an office whom the text does not name ("Kenya's president").
    """
    mention = mention_at(findings, parse, head)
    if mention is None or party is None or mention.form == "name" or party is not mention.party:
        return None
    at = mention
    if mention.form == "pronoun":
        same = (
            m
            for m in findings.mentions
            if m.form == "nominal" and m.party.name == party.name and m.first < mention.first
        )
        earlier = next(same, None)
        if earlier is None:
            return None
        at = earlier
    named = any(m.form == "name" and m.party.name == party.name for m in findings.mentions)
    if party.id is None:
        own = parse.span(at.first, at.last).text.lower()
        return at.head if not named and own.endswith(party.name.lower()) else None
    office = (
        at.type == "PERSON" and parse.kids(at.head, "nmod", "amod", "compound") and parse.tokens[at.head].upos == "NOUN"
    )
    if not office:
        return None
    person = party.kind == "person"
    return at.head if not (person and named) and (person or party.kind is not None) else None


def _words(parse: Parse, head: int, party: Party | None) -> Span:
    if party is not None and party.start <= parse.tokens[head].start and parse.tokens[head].end <= party.end:
        return Span(party.start, party.end, party.text)
    first, last = noun_range(parse, head)
    if parse.tokens[head].lower == "those":  # "those who know"
        last = max(i for i in parse.subtree(head) if parse.tokens[i].upos != "PUNCT") + 1
    return parse.span(first, last)


def noun_range(parse: Parse, head: int) -> tuple[int, int]:
    """The phrase of a noun without clauses, appositions and conjuncts behind it."""
    drop: set[int] = set()
    for kid in parse.kids(head, "acl", "appos", "conj", "cc", "punct", "advcl", "parataxis", "case", "ccomp"):
        drop.update(parse.subtree(kid.i))
    for kid in parse.kids(head, "nmod", "amod", "obl"):
        if kid.i > head and parse.tokens[min(parse.subtree(kid.i))].text == ",":
            drop.update(parse.subtree(kid.i))
    kept = set(parse.subtree(head)) - drop
    first = last = head
    while first - 1 in kept:
        first -= 1
    while last + 1 in kept:
        last += 1
    return first, last + 1


def party_of(findings: Findings, parse: Parse, head: int) -> Party | None:
    """The actor that the phrase names: its own mention, or a name in apposition or flat beside it."""
    mention = mention_at(findings, parse, head)
    if mention is not None and mention.form == "name":
        return mention.party
    for kid in parse.kids(head, "appos", "flat", "compound", "nmod:desc"):
        beside = findings.mention_at.get(kid.i)
        if beside is not None and beside.form == "name" and (beside.type == "PERSON" or kid.rel == "appos"):
            return beside.party
    return mention.party if mention is not None else None


def mention_at(findings: Findings, parse: Parse, head: int) -> Mention | None:
    """The mention headed by the token, or a name that holds it with its head in the same phrase."""
    found = findings.mention_at.get(head)
    if found is not None:
        return found
    return next((m for m in findings.mentions if m.first <= head < m.last and parse.tokens[m.head].head == head), None)


def _kind(parse: Parse, token: Token, party: Party | None, lexicon: VoiceLexicon) -> VoiceKind:
    medium = media_kind(parse, token.i, party)
    if medium is None and token.rel == "appos" and (party is None or party.kind != "person"):
        medium = media_kind(parse, token.head, None)
    if medium is not None:
        return medium
    if party is not None and party.id is not None:
        return "speaker"
    if token.lemma in lexicon.works and token.lemma not in lexicon.unnamed:
        return "document"
    if token.lemma in lexicon.written and token.lemma == "report" and "Number=Sing" in token.feats:
        return "document"
    named = token.upos == "PROPN" or (party is not None and party.via in ("name", "alias", "title"))
    if named or (token.upos == "PRON" and token.lower not in ("some", "many", "others", "one")):
        return "speaker"
    return "unnamed" if token.lemma in lexicon.unnamed or party is None else "speaker"


def media_kind(parse: Parse, head: int, party: Party | None) -> VoiceKind | None:
    """`agency` or `outlet` where the phrase names a news medium, else None."""
    lexicon, token = load(), parse.tokens[head]
    name = (party.name if party is not None else "").lower()
    text = _bare(parse.span(*noun_range(parse, head)).text).lower()
    words = {parse.tokens[i].lemma.lower() for i in range(*noun_range(parse, head))}
    if {name, text} & lexicon.agencies or (
        token.lemma.lower() in lexicon.agency_nouns
        and (words & {"news", "press", "wire"} or parse.kids(head, "appos", "flat"))
    ):
        return "agency"
    if token.lemma in ("reporter", "journalist", "correspondent", "editor", "columnist", "blogger"):
        return None
    if party is not None and party.sector == "JRN" and party.kind != "person":
        return "agency" if {"agency", "news"} <= set(name.split()) else "outlet"
    if token.upos == "PROPN" and (
        _entitled(parse, head, lexicon) or any(k.lower in lexicon.outlets for k in parse.kids(head, "amod"))
    ):
        return "outlet"
    if {name, text} & lexicon.names or token.lemma.lower() in lexicon.outlets:
        return "outlet"
    if words & lexicon.agencies and words & lexicon.agency_nouns:
        return "agency"
    return None


def _entitled(parse: Parse, head: int, lexicon: VoiceLexicon) -> bool:
    """Whether a name begins or ends with the word for a medium: "Radio Kidal", "Trinidad Gleaner"."""
    first, last = noun_range(parse, head)
    proper = [t for t in parse.tokens[first:last] if t.upos == "PROPN" or (t.upos == "ADJ" and t.text[:1].isupper())]
    return len(proper) > 1 and bool(
        {proper[0].lemma.lower(), proper[-1].lemma.lower()} & (lexicon.outlets | lexicon.titles)
    )


def _author_of(parse: Parse, findings: Findings, work: Token) -> int | None:
    """Who made a work: "a brief written by A", "the UN's report", "a letter from B", "the army statement"."""
    for kid in parse.kids(work.i, "acl"):
        for agent in parse.kids(kid.i, "obl"):
            if kid.lemma in PASSING_ON:
                continue
            if any(c.lower == "by" for c in parse.kids(agent.i, "case")):
                return agent.i
        giver = _giver(parse, kid, work) if kid.dep == "acl:relcl" else None
        if giver is not None:
            return giver
    for kid in parse.kids(work.i, "nmod"):
        cases = {c.lower for c in parse.kids(kid.i, "case")}
        if "by" in cases or (cases & AUTHOR_CASES and name_beside(parse, findings, kid.i) is not None):
            return kid.i
        if (kid.dep == "nmod:poss" or cases & AUTHOR_CASES) and _named(parse, findings, kid):
            return kid.i
    for kid in parse.kids(work.i, "compound", "amod"):
        if _named(parse, findings, kid) and (kid.upos == "PROPN" or findings.mention_at.get(kid.i) is not None):
            adjective = findings.mention_at.get(kid.i)
            if work.lemma != "media" and (adjective is None or adjective.type != "NORP"):
                return kid.i
    return None


def _giver(parse: Parse, clause: Token, work: Token) -> int | None:
    """ "An interview (that) A gave": the subject of the relative clause."""
    subject = next((k for k in parse.kids(clause.i) if k.dep == "nsubj"), None)
    return subject.i if subject is not None and subject.upos in ("PROPN", "NOUN") and subject.i != work.i else None


def _named(parse: Parse, findings: Findings, token: Token) -> bool:
    mention = findings.mention_at.get(token.i)
    return (mention is not None and not mention.place) or token.upos == "PROPN"


def _bare(words: str) -> str:
    first, _, rest = words.partition(" ")
    return rest if rest and first.lower() in ("the", "a", "an") else words


def when_of(parse: Parse, times: tuple[Timex, ...], cue: int, content: frozenset[int]) -> When | None:
    """The time expression in the clause of a cue, outside what is said."""
    first, last = parse.sentence(cue).first, parse.sentence(cue).last
    near = [t for t in times if first <= t.first < last and t.first not in content and t.type in ("DATE", "TIME")]
    hanging = [t for t in near if _hangs_on(parse, t, cue)]
    if not hanging:
        return None
    best = min(hanging, key=lambda t: abs(t.first - cue))
    return When(best.text, best.start, best.end, best.value, best.from_, best.to, best.grain, best.approx, best.open)


def _hangs_on(parse: Parse, timex: Timex, cue: int) -> bool:
    for i in range(timex.first, timex.last):
        head = parse.tokens[i].head
        if not timex.first <= head < timex.last:
            return head == cue or (
                parse.tokens[head].head == cue and parse.tokens[head].rel in ("obl", "advcl", "nmod", "acl")
            )
    return False


def has_case(parse: Parse, token: Token, words: set[str]) -> bool:
    """Whether a phrase has one of these prepositions."""
    return any(c.lower in words for c in parse.kids(token.i, "case"))


def short_words(parse: Parse, i: int) -> str:
    """The words of a phrase without the complements behind its head: "an interview"."""
    first, last = noun_range(parse, i)
    behind = [min(parse.subtree(k.i)) for k in parse.kids(i, "nmod") if k.i > i]
    return parse.span(first, max(i + 1, min([last, *behind]))).text


def from_whom(parse: Parse, i: int) -> int:
    """Those from whom evidence comes ("calls from the passengers"); the token itself where it is no such noun."""
    token = parse.tokens[i]
    if token.lemma not in FROM_PEOPLE:
        return i
    behind = next((k for k in parse.kids(i, "nmod") if has_case(parse, k, {"from", "of", "by"})), None)
    return behind.i if behind is not None else i


def token_at(parse: Parse, start: int) -> int:
    """The token that covers an offset."""
    return max(0, bisect_right(parse.starts, start) - 1)
