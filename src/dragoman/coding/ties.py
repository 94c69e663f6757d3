"""Tie claims: what a report says of how two parties stand with each other, rather than of what one did.

Five forms are read, each by its own finder: a noun of relation ("strained ties with B"), a verb ("fell out with B"), a predicate
("at odds with B", "close to B"), a noun of role ("a staunch ally of B") and a compound ("B-backed militia").
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from ..model import Aspect, Party, Stance, Support, Tense, TieClaim, Token
from .attribution import Attribution
from .context import Context
from .phrases import case_of
from .stance import Judged, judge
from .ties_lexicon import Standing, TieLexicon, load
from .ties_sides import Pair, cross, holder, of_relation, parties, same, subjects

PAST = frozenset(("former", "onetime", "one-time", "erstwhile", "ex", "past", "previous", "once"))
CONFIDENCE = {"relation": 0.8, "act": 0.7, "predicate": 0.75, "role": 0.7, "backed": 0.65}
BACKGROUND = frozenset(("acl", "advcl", "appos", "obl", "nmod", "amod"))


@dataclass(frozen=True, slots=True)
class _Found:
    """A tie before it becomes a claim: its trigger, the token whose stance it has, what it says, between whom."""

    trigger: int
    judged: Judged
    standing: Standing
    pairs: tuple[Pair, ...]
    aspect: Aspect
    how: str


def find_ties(context: Context, attribution: Attribution) -> list[TieClaim]:
    """Every tie claim of the report, in text order; one for each pair of parties."""
    lexicon = load()
    claims: list[TieClaim] = []
    for token in context.parse.tokens:
        for found in _at(context, token, lexicon):
            claims += _claims(context, attribution, found)
    return _once(claims)


def _at(context: Context, token: Token, lexicon: TieLexicon) -> Iterator[_Found]:
    lemma = token.lemma.lower()
    if token.upos in ("NOUN", "PROPN"):
        if lemma in lexicon.bare or lemma in lexicon.relations:
            yield from _relation(context, token, lexicon)
        if lemma in lexicon.roles:
            yield from _role(context, token, lexicon.roles[lemma])
    elif token.upos == "VERB" and lemma in lexicon.acts:
        yield from _act(context, token, lexicon.acts[lemma])
    elif token.upos == "VERB" and lemma in lexicon.upon:
        yield from _upon(context, token, lexicon.upon[lemma])
    if token.lower in lexicon.predicates:
        yield from _predicate(context, token, lexicon.predicates[token.lower])
    if token.lower in lexicon.backed or token.lower.rpartition("-")[2] in lexicon.backed:
        yield from _backed(context, token)


# --- nouns of relation ------------------------------------------------------------------------------------------------


def _relation(context: Context, noun: Token, lexicon: TieLexicon) -> Iterator[_Found]:
    said = list(_said_of(context, noun, lexicon))
    if not said:
        return
    pairs = of_relation(context, noun)
    if not pairs:
        return
    aspect = _aspect(context, noun, lexicon)
    for trigger, standing, judged in said:
        yield _Found(trigger, judged, standing, tuple(pairs), aspect, "relation")


def _said_of(context: Context, noun: Token, lexicon: TieLexicon) -> Iterator[tuple[int, Standing, Judged]]:
    """What is said of a relation: by a verb, by a predicate, by an adjective, or by the noun itself; the first that speaks."""
    by_verb = _by_verb(context, noun, lexicon)
    if by_verb is not None:
        yield by_verb
        own = _by_adjective(context, noun, lexicon)
        if own is not None and own[1].change is None:
            yield own[0], own[1], _presupposed(own[2])
        return
    found = _by_adjective(context, noun, lexicon)
    if found is not None:
        yield found
        return
    standing = lexicon.relations.get(noun.lemma.lower())
    if standing is not None:
        yield noun.i, standing, _judged_noun(context, noun)


def _presupposed(judged: Judged) -> Judged:
    """The state that a change starts from ("mend strained ties") stands as it is."""
    return Judged("actual", None, "current", "presupposed")


def _by_verb(context: Context, noun: Token, lexicon: TieLexicon) -> tuple[int, Standing, Judged] | None:
    parse, verb = context.parse, context.parse.tokens[noun.head]
    if noun.rel == "conj":
        verb = parse.tokens[parse.tokens[noun.head].head]
    participle = next((k for k in parse.kids(noun.i, "acl") if k.lemma in lexicon.verbs and k.xpos in ("VBN", "VBG")), None)
    if participle is not None:
        return participle.i, lexicon.verbs[participle.lemma], judge(parse, participle.i)
    if noun.rel == "nmod" and verb.upos == "NOUN" and verb.lemma in _NOMINALS:
        return verb.i, lexicon.verbs[_NOMINALS[verb.lemma]], judge(parse, verb.i)
    if noun.rel == "nsubj" and verb.upos in ("ADJ", "VERB") and verb.lower in lexicon.adjectives and _predicative(context, verb):
        return verb.i, lexicon.adjectives[verb.lower], judge(parse, verb.i)
    if noun.rel not in ("obj", "nsubj", "obl", "nmod"):
        return None
    own = lexicon.relations.get(noun.lemma.lower())
    if own is not None and own.state in ("strained", "hostile"):
        change = lexicon.against.get(verb.lemma) if noun.rel in ("obj", "nsubj") else None
        return (verb.i, Standing(None if change == "improving" else own.state, change), judge(parse, verb.i)) if change else None
    if verb.lemma in lexicon.having and noun.rel == "obj" and _plain(context, noun, lexicon):
        return verb.i, Standing("normal"), judge(parse, noun.i)
    if verb.upos == "VERB" and verb.lemma in lexicon.verbs and noun.rel in ("obj", "nsubj"):
        return verb.i, _of_verb(context, verb, noun, lexicon), judge(parse, verb.i)
    complement = next((k for k in parse.kids(verb.i, "xcomp") if k.lower in lexicon.adjectives), None)
    if complement is not None and noun.rel in ("nsubj", "obj"):
        return complement.i, _turned(lexicon.adjectives[complement.lower], verb), judge(parse, verb.i)
    return None


def _plain(context: Context, noun: Token, lexicon: TieLexicon) -> bool:
    """Whether only "diplomatic" (or "no") qualifies the relations that one has."""
    if noun.lemma not in ("relation", "tie") or _adjective_of(context, noun, lexicon) is not None:
        return False
    return _aspect(context, noun, lexicon) == "diplomatic" or any(k.lower == "no" for k in context.parse.kids(noun.i, "det"))


_NOMINALS = {
    "improvement": "improve",
    "normalization": "normalize",
    "normalisation": "normalise",
    "restoration": "restore",
    "resumption": "resume",
    "deterioration": "deteriorate",
    "suspension": "suspend",
    "severance": "sever",
    "strengthening": "strengthen",
    "deepening": "deepen",
    "mending": "mend",
    "strain": "strain",
    "thaw": "thaw",
    "worsening": "worsen",
    "cooling": "cool",
}


def _predicative(context: Context, word: Token) -> bool:
    """Whether the word is said of its subject with a copula or a passive ("are severed", "is strained")."""
    return any(k.rel in ("cop", "aux") for k in context.parse.kids(word.i)) or word.rel == "root"


def _of_verb(context: Context, verb: Token, noun: Token, lexicon: TieLexicon) -> Standing:
    """"Keep close ties" and "have" leave the level to the adjective; a passive of an ending verb tells the level too."""
    standing = lexicon.verbs[verb.lemma]
    if standing.change == "unchanged":
        own = _adjective_of(context, noun, lexicon)
        if own is not None:
            return Standing(own[1].state, "unchanged")
    return standing


def _turned(standing: Standing, verb: Token) -> Standing:
    """"Became strained", "remain close"."""
    if verb.lemma in ("become", "grow", "turn", "get"):
        return Standing(standing.state, "worsening" if standing.state in ("strained", "hostile", "broken") else "improving")
    if verb.lemma in ("remain", "stay"):
        return Standing(standing.state, "unchanged")
    return standing


def _by_adjective(context: Context, noun: Token, lexicon: TieLexicon) -> tuple[int, Standing, Judged] | None:
    found = _adjective_of(context, noun, lexicon)
    if found is None:
        return None
    trigger, standing = found
    if context.parse.tokens[trigger].rel == "amod" or context.parse.tokens[trigger].head == noun.i:
        judged = _judged_noun(context, noun)
        return trigger, standing, judged
    return trigger, standing, judge(context.parse, trigger)


def _adjective_of(context: Context, noun: Token, lexicon: TieLexicon) -> tuple[int, Standing] | None:
    for kid in context.parse.kids(noun.i, "amod", "compound", "acl"):
        for word in (kid, *context.parse.kids(kid.i, "conj")):
            standing = lexicon.adjectives.get(word.lower)
            if standing is not None and (standing.state != "normal" or word.lower == "normal"):
                return word.i, standing
    return None


def _judged_noun(context: Context, noun: Token) -> Judged:
    """The stance of a noun of state. Where nothing dates it, it stands as long as the narrated time: current."""
    judged = judge(context.parse, noun.i)
    words = {k.lower for k in context.parse.kids(noun.i, "amod", "advmod")}
    if words & PAST:
        return replace(judged, tense="past")
    head = context.parse.tokens[noun.head]
    carried = noun.rel in ("obl", "nmod", "appos", "conj", "amod") or (noun.rel == "nsubj" and head.upos == "VERB")
    if judged.stance == "actual" and carried and judged.tense in ("past", "current"):
        return replace(judged, tense="current")
    return judged


def _aspect(context: Context, noun: Token, lexicon: TieLexicon) -> Aspect:
    for kid in context.parse.kids(noun.i, "amod", "compound"):
        for word in (kid, *context.parse.kids(kid.i, "conj")):
            if word.lower in lexicon.aspects:
                return lexicon.aspects[word.lower]
    return "general"


# --- verbs, predicates ------------------------------------------------------------------------------------------------


def _act(context: Context, verb: Token, standing: Standing) -> Iterator[_Found]:
    parse = context.parse
    if standing.particle and not any(k.lower == standing.particle for k in parse.kids(verb.i)):
        return
    second = [p for k in parse.kids(verb.i, "obl") if case_of(parse, k.i) in standing.cases for p in parties(context, k.i)]
    first = subjects(context, verb)
    reflexive = next((k for k in parse.kids(verb.i, "obj") if not k.lower.endswith(("self", "selves"))), None)
    if reflexive is not None and standing.role is None and verb.lemma in ("distance", "turn", "split", "break", "align"):
        return
    if second and first:
        yield _Found(verb.i, judge(parse, verb.i), standing, tuple(cross(first, second)), "general", "act")
    elif len(first) == 2 and not second and standing.particle:
        yield _Found(verb.i, judge(parse, verb.i), standing, tuple(cross(first[:1], first[1:])), "general", "act")


def _upon(context: Context, verb: Token, standing: Standing) -> Iterator[_Found]:
    """"Recognised B": the object is a body, and not recognised as something else."""
    parse = context.parse
    if any(case_of(parse, k.i) == "as" for k in parse.kids(verb.i, "obl")):
        return
    second = [p for k in parse.kids(verb.i, "obj") for p in parties(context, k.i) if p.id is not None and p.kind != "person"]
    first = subjects(context, verb)
    if first and second:
        yield _Found(verb.i, judge(parse, verb.i), standing, tuple(cross(first, second)), "diplomatic", "act")


def _predicate(context: Context, word: Token, standing: Standing) -> Iterator[_Found]:
    """"Is close to B", "at odds with B", "groups loyal to B"."""
    parse = context.parse
    at = case_of(parse, word.i) == "at"
    if (word.upos == "NOUN") != at or word.upos not in ("NOUN", "ADJ", "VERB"):
        return
    second = [p for k in parse.kids(word.i, "obl", "nmod") if case_of(parse, k.i) in standing.cases for p in parties(context, k.i)]
    host = word
    if not second and word.rel in ("obl", "nmod", "xcomp"):
        host = parse.tokens[word.head]
        later = [k for k in parse.kids(host.i, "obl") if k.i > word.i and case_of(parse, k.i) in standing.cases]
        second = [p for k in later for p in parties(context, k.i)]
    first = _bearer(context, word)
    if not first:
        return
    if second:
        yield _Found(word.i, judge(parse, word.i), standing, tuple(cross(first, second)), "general", "predicate")
    elif at and len(first) == 2:
        yield _Found(word.i, judge(parse, word.i), standing, tuple(cross(first[:1], first[1:])), "general", "predicate")


def _bearer(context: Context, word: Token) -> list[Party]:
    """Of whom a predicate is said: its subject, the noun it stands behind, or the subject of its verb."""
    own = next((k for k in context.parse.kids(word.i) if k.rel == "nsubj"), None)
    if own is not None:
        return parties(context, own.i)
    head = context.parse.tokens[word.head]
    if word.rel in ("amod", "acl") or (word.rel == "nmod" and head.upos in ("NOUN", "PROPN")):
        return parties(context, head.i)
    return subjects(context, head) if word.head != word.i else []


# --- nouns of role ----------------------------------------------------------------------------------------------------


def _role(context: Context, noun: Token, standing: Standing) -> Iterator[_Found]:
    """"A staunch ally of B", "B's patron", "its former patron B", "regain its status as a client of B"."""
    parse = context.parse
    of = [k for k in parse.kids(noun.i, "nmod") if k.dep == "nmod:poss" or case_of(parse, k.i) in ("of", "to")]
    second = [p for k in of for p in parties(context, k.i)] or _nationality(context, noun)
    if not second:
        return
    first = [p for p in _who(context, noun) if not any(same(p, other) for other in second)]
    if not first:
        return
    yield _Found(noun.i, _judged_role(context, noun), standing, tuple(cross(first, second)), "general", "role")


def _nationality(context: Context, noun: Token) -> list[Party]:
    """"An Iranian proxy", "a US ally": the state that the adjective names."""
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
    return [mention.party] if mention is not None and mention.party.id is not None and mention.antecedent is not None else []


def _judged_role(context: Context, noun: Token) -> Judged:
    parse = context.parse
    words = {k.lower for k in parse.kids(noun.i, "amod", "advmod")}
    at = noun.i
    if case_of(parse, noun.i) == "as":
        head = parse.tokens[noun.head]
        at = head.i if head.upos == "VERB" else parse.tokens[head.head].i
        judged = judge(parse, at)
    else:
        judged = judge(parse, at) if parse.kids(noun.i, "cop") or noun.rel == "xcomp" else Judged("actual", None, "current", "apposition")
    tense: Tense = "past" if words & PAST else judged.tense
    return replace(judged, tense=tense)


def _backed(context: Context, word: Token) -> Iterator[_Found]:
    """"Iran-backed militia": the first is patron of the second."""
    parse = context.parse
    host = word
    while host.rel in ("amod", "compound") and host.head != host.i:
        host = parse.tokens[host.head]
        if host.upos in ("NOUN", "PROPN"):
            break
    if host is word or word.upos == "VERB" and parse.kids(word.i, "aux"):
        return
    patrons = _patron(context, word)
    if patrons:
        standing = Standing("close", None, "patron" if word.lower.rpartition("-")[2] not in ("aligned", "allied") else "ally")
        sides = tuple(cross(patrons, [p for p in parties(context, host.i)]))
        yield _Found(word.i, Judged("actual", None, "current", "compound"), standing, sides, "general", "backed")


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


# --- claims -----------------------------------------------------------------------------------------------------------


def _claims(context: Context, attribution: Attribution, found: _Found) -> Iterator[TieClaim]:
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
            stance=_stance(found),
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


def _stance(found: _Found) -> Stance:
    return found.judged.stance


def _confidence(found: _Found, one: Party, other: Party) -> float:
    sure = CONFIDENCE[found.how]
    for party in (one, other):
        if party.id is None:
            sure -= 0.1
        elif party.via in ("pronoun", "nominal"):
            sure -= 0.05
    return round(max(0.2, sure), 2)


def _is_main(context: Context, found: _Found) -> bool:
    """Whether the sentence reports the tie as its news: no background phrase or clause between trigger and root."""
    token = context.parse.tokens[found.trigger]
    if found.how in ("backed",):
        return False
    for _ in range(12):
        if token.head == token.i:
            return True
        if token.rel in BACKGROUND and not (token.rel in ("amod", "acl") and found.how == "relation" and token.i == found.trigger):
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
