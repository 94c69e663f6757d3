"""Through whom words came besides their speaker: who is cited for them, who quotes, publishes, hears or carries them."""

from __future__ import annotations

from collections.abc import Iterator

from ..model import Findings, Parse, Span, Token
from .attribution_lexicon import load
from .attribution_voices import Sayer, from_whom, has_case, media_kind, mention_at, name_beside, party_of, sayer_of
from .nouns import actor_nouns

CITING = frozenset(("cite", "quote", "rely", "rest", "base", "draw"))
"""Verbs by which a voice names the one it relies on."""
QUOTING = frozenset(("quote", "cite", "interview", "contact", "reach"))
"""What is done to a speaker by those who pass on the words: "the minister, quoted by the daily"."""
PUBLISHING = frozenset(
    "publish obtain see leak print carry air broadcast release read review post show give hand pass leak run relay reproduce".split()
)
"""What a news medium does with the words of others: "a memo seen by AP", "remarks broadcast by the radio"."""
PRINTING = frozenset(("publish", "print", "air", "broadcast", "carry"))
"""What only a medium does."""
MESSENGERS = frozenset(
    "lawyer attorney intermediary go-between middleman courier brother sister wife husband son daughter mother".split()
)
"""Who carries another's words without being his mouthpiece, as a spokesman is."""
AGENTS = ("er", "or", "ist", "ian", "man", "woman", "ee")
"""Endings of nouns for people."""
LISTENERS = frozenset(
    "group charity organisation organization watchdog observatory ngo monitor network researcher association".split()
)
"""Bodies that collect what people tell them and pass it on; courts and parliaments do not."""
CALLING = frozenset(("call", "describe", "term", "identify"))


def cited(parse: Parse, findings: Findings, cue: int, source: int, content: frozenset[int]) -> tuple[Sayer, ...]:
    """Whom the voice at a cue cites in the same sentence: "the paper reported, citing two officials"."""
    sentence = parse.sentence(cue)
    also = next((k for k in parse.kids(cue, "conj") if k.lemma == "cite" and k.xpos != "VBG"), None)
    if also is not None:
        found = _relied_on(parse, findings, also)
        if found is not None:
            return (found,)
    for token in parse.tokens[sentence.first : sentence.last]:
        if token.lemma not in CITING or token.xpos != "VBG" or token.i == cue:
            continue
        near = token.head in (cue, source) or (token.head in content and parse.tokens[token.i - 1].text == ",")
        found = _relied_on(parse, findings, token) if near else None
        if found is not None:
            return (found,)
    return ()


def named_later(parse: Parse, findings: Findings, verb: Token) -> Sayer | None:
    """Whom a finite clause of its own names as the origin of what was said before: "It cited two officials", "The finding
    rests on the evidence of X", "which says that it has this from a monk"."""
    if verb.xpos not in ("VBD", "VBZ", "VBP"):
        return None
    if verb.lemma in CITING:
        quoted = any(k.rel in ("advcl", "ccomp", "xcomp") for k in parse.kids(verb.i))
        return None if quoted else _relied_on(parse, findings, verb)
    if verb.lemma in ("have", "get", "learn", "hear") and any(
        k.lower in ("this", "it", "that") for k in parse.kids(verb.i, "obj")
    ):
        origin = next((k for k in parse.kids(verb.i, "obl") if has_case(parse, k, {"from"})), None)
        return _person(parse, findings, verb, origin)
    return None


def _relied_on(parse: Parse, findings: Findings, verb: Token) -> Sayer | None:
    cases = {"rely": {"on", "upon"}, "rest": {"on", "upon"}, "base": {"on", "upon"}, "draw": {"on", "upon"}}.get(
        verb.lemma
    )
    things = parse.kids(verb.i, "obj", "obl")
    if cases is not None:
        inside = [k for thing in things for k in parse.kids(thing.i, "nmod")]
        things = [k for k in (*things, *inside) if has_case(parse, k, cases) or k.lower == "what"]
    thing = things[0] if things else None
    if thing is not None and thing.lower == "what":  # "relying on what it calls a source"
        below = [parse.tokens[i] for i in parse.subtree(verb.i) if parse.tokens[i].lemma in CALLING]
        thing = next((o for v in below for o in parse.kids(v.i, "obj", "xcomp") if o.upos == "NOUN"), None)
    return _person(parse, findings, verb, thing)


def _person(parse: Parse, findings: Findings, verb: Token, thing: Token | None) -> Sayer | None:
    """The voice that a thing cited is: people, a body, a document; None for reasons and figures."""
    if thing is None:
        return None
    at = from_whom(parse, thing.i)
    token, lexicon = parse.tokens[at], load()
    if token.lemma in lexicon.works and parse.kids(at, "acl"):
        return None  # "quotes an e-mail in which a clerk says": the clause itself tells whose words follow
    people = token.upos == "NOUN" and actor_nouns().may_act(token.lemma.lower(), token.lower)
    people = people or (token.upos == "NOUN" and token.lemma.endswith(AGENTS))
    speaks = people or token.lemma in lexicon.works | lexicon.unnamed or token.lower == "those" or token.upos == "PROPN"
    if not speaks and mention_at(findings, parse, at) is None:
        return None
    return sayer_of(parse, findings, at, Span(verb.start, verb.end, verb.text))


def passed_on(parse: Parse, findings: Findings, source: int, cue: int) -> tuple[Sayer, ...]:
    """Who passes on the words of a source: "the minister, quoted by the daily", "a memo by the charity that was seen by AP"."""
    behind = name_beside(parse, findings, source)
    beside = {
        source,
        *(() if behind is None else (behind,)),
        *(k.i for k in parse.kids(source, "appos", "flat", "nmod:desc")),
    }
    beside |= {k.i for at in tuple(beside) for k in parse.kids(at, "nmod")}
    hanging = [k for at in sorted(beside) for k in parse.kids(at, "acl", "advcl")]
    for clause in (*hanging, parse.tokens[cue], *parse.kids(cue, "advcl")):
        for kid in (clause, *parse.kids(clause.i, "conj")):
            agent = _agent(parse, kid)
            if agent is None:
                continue
            quoted = kid.lemma in QUOTING or kid.lemma.removesuffix("e") in QUOTING
            printed = kid.lemma in PRINTING and agent.upos == "PROPN" and has_case(parse, agent, {"by"})
            published = kid.lemma in PUBLISHING and (printed or is_medium(parse, findings, agent.i))
            if quoted or published:
                return (sayer_of(parse, findings, agent.i, Span(kid.start, kid.end, kid.text)),)
    return ()


def _agent(parse: Parse, verb: Token) -> Token | None:
    """Who did what a participle tells of, or to whom it was shown."""
    if verb.xpos not in ("VBN", "VBD"):
        return None
    ways = {"by", "in", "on"} if verb.lemma in PUBLISHING else {"by"}
    ways |= {"to"} if verb.lemma in ("show", "give", "hand", "pass", "leak") else set()
    below = [parse.tokens[i] for i in parse.subtree(verb.i)]
    below.sort(key=lambda t: not has_case(parse, t, {"by"}))
    return next((t for t in below if t.i > verb.i and has_case(parse, t, ways) and _outermost(parse, t, verb)), None)


def _outermost(parse: Parse, token: Token, verb: Token) -> bool:
    between = list(parse.ancestors(token.i))
    inner = between[: between.index(verb.i)] if verb.i in between else between
    return not any(parse.tokens[i].rel == "conj" and parse.tokens[i].upos == "VERB" for i in inner)


def is_medium(parse: Parse, findings: Findings, i: int) -> bool:
    """Whether a phrase names a news medium other than the report's own ("this newspaper")."""
    if any(k.lower in ("this", "our") for k in parse.kids(i)):
        return False
    beside = [i, *(k.i for k in parse.kids(i, "appos", "flat", "nmod:desc", "compound"))]
    return any(media_kind(parse, at, party_of(findings, parse, at)) is not None for at in beside)


def messengers(parse: Parse, findings: Findings, cue: int) -> Iterator[Sayer]:
    """Who carried the words of a speaker to the hearer: "told the paper through her lawyer"."""
    for kid in parse.kids(cue, "obl"):
        if kid.lemma in MESSENGERS and has_case(parse, kid, {"through", "via"}):
            yield sayer_of(parse, findings, kid.i, None)


def listener(parse: Parse, findings: Findings, cue: int) -> int | None:
    """The body that a cue names as hearer and that passes on what it hears: "told the aid group Mercy Road that"."""
    if parse.tokens[cue].lemma not in ("tell", "inform", "assure"):
        return None
    for kid in parse.kids(cue, "iobj", "obj"):
        party = party_of(findings, parse, kid.i)
        words = {kid.lemma.lower(), *(k.lemma.lower() for k in parse.kids(kid.i, "appos"))}
        if words & LISTENERS or (party is not None and party.sector == "NGO" and party.id is not None):
            named = next((k.i for k in parse.kids(kid.i, "appos") if k.upos == "PROPN"), None)
            if (
                named is None
                and party is not None
                and party.id is None
                and [k.lower for k in parse.kids(kid.i)] == ["the"]
            ):
                return None
            return named if named is not None else kid.i
    return None


def hearer(parse: Parse, cue: int) -> int | None:
    """Who was told, where only a pronoun or a bare noun says it: "told him that", "told the judge that"."""
    if parse.tokens[cue].lemma != "tell":
        return None
    for kid in parse.kids(cue, "iobj", "obj"):
        if kid.upos == "PRON" and kid.lower in ("him", "her", "it", "them"):
            return kid.i
        if kid.upos == "NOUN" and [k.lower for k in parse.kids(kid.i)] == ["the"]:
            return kid.i
    return None
