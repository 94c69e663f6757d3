"""Ties said of a noun of relation: "strained ties with B", "relations between A and B have cooled", "a rift"."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from ..model import Aspect, Token
from .context import Context
from .stance import Judged, judge_relation
from .ties_lexicon import Standing, TieLexicon
from .ties_sides import Pair, of_relation

PAST = frozenset(("former", "onetime", "one-time", "erstwhile", "ex", "past", "previous", "once"))
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
    "warming": "warm",
    "souring": "sour",
    "upgrading": "upgrade",
    "downgrading": "downgrade",
    "rupture": "rupture",
    "renewal": "renew",
}


@dataclass(frozen=True, slots=True)
class Found:
    """A tie before it becomes a claim: its trigger, the token whose stance it has, what it says, between whom."""

    trigger: int
    judged: Judged
    standing: Standing
    pairs: tuple[Pair, ...]
    aspect: Aspect
    how: str


def relation(context: Context, noun: Token, lexicon: TieLexicon) -> Iterator[Found]:
    """What is said of the relation that a noun names, for every pair of its sides."""
    if noun.lower == "tie" and not context.parse.kids(noun.i, "amod"):
        return  # a match, or what is worn
    said = list(_said_of(context, noun, lexicon))
    if not said:
        return
    pairs = of_relation(context, noun)
    if not pairs:
        return
    aspect = _aspect(context, noun, lexicon)
    for trigger, standing, judged in said:
        yield Found(trigger, judged, standing, tuple(pairs), aspect, "relation")


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
    participle = next(
        (k for k in parse.kids(noun.i, "acl") if k.lemma in lexicon.verbs and k.xpos in ("VBN", "VBG")), None
    )
    if participle is not None:
        return participle.i, lexicon.verbs[participle.lemma], judge_relation(parse, participle.i)
    if noun.rel == "nmod" and verb.upos in ("NOUN", "VERB") and verb.lower in _NOMINALS:
        return verb.i, lexicon.verbs[_NOMINALS[verb.lower]], judge_relation(parse, verb.i)
    if (
        noun.rel == "nsubj"
        and verb.upos in ("ADJ", "VERB")
        and verb.lower in lexicon.adjectives
        and _predicative(context, verb)
    ):
        return verb.i, lexicon.adjectives[verb.lower], judge_relation(parse, verb.i)
    if noun.rel not in ("obj", "nsubj", "obl", "nmod"):
        return None
    own = lexicon.relations.get(noun.lemma.lower())
    if own is not None and own.state in ("strained", "hostile"):
        change = lexicon.against.get(verb.lemma) if noun.rel in ("obj", "nsubj") else None
        return (
            (verb.i, Standing(None if change == "improving" else own.state, change), judge_relation(parse, verb.i))
            if change
            else None
        )
    if verb.lemma in lexicon.having and noun.rel == "obj" and _plain(context, noun, lexicon):
        return verb.i, Standing("normal"), judge_relation(parse, noun.i)
    if verb.upos == "VERB" and verb.lemma in lexicon.verbs and noun.rel in ("obj", "nsubj"):
        return verb.i, _of_verb(context, verb, noun, lexicon), judge_relation(parse, verb.i)
    complement = next((k for k in parse.kids(verb.i, "xcomp") if k.lower in lexicon.adjectives), None)
    if complement is not None and noun.rel in ("nsubj", "obj"):
        return complement.i, _turned(lexicon.adjectives[complement.lower], verb), judge_relation(parse, verb.i)
    return None


def _plain(context: Context, noun: Token, lexicon: TieLexicon) -> bool:
    """Whether only "diplomatic" (or "no") qualifies the relations that one has."""
    if noun.lemma not in ("relation", "tie") or _adjective_of(context, noun, lexicon) is not None:
        return False
    return _aspect(context, noun, lexicon) == "diplomatic" or any(
        k.lower == "no" for k in context.parse.kids(noun.i, "det")
    )


def _predicative(context: Context, word: Token) -> bool:
    """Whether the word is said of its subject with a copula or a passive ("are severed", "is strained")."""
    return any(k.rel in ("cop", "aux") for k in context.parse.kids(word.i)) or word.rel == "root"


def _of_verb(context: Context, verb: Token, noun: Token, lexicon: TieLexicon) -> Standing:
    """ "Keep close ties" and "have" leave the level to the adjective; a passive of an ending verb tells the level too."""
    standing = lexicon.verbs[verb.lemma]
    if standing.change == "unchanged":
        own = _adjective_of(context, noun, lexicon)
        if own is not None:
            return Standing(own[1].state, "unchanged")
    return standing


def _turned(standing: Standing, verb: Token) -> Standing:
    """ "Became strained", "remain close"."""
    if verb.lemma in ("become", "grow", "turn", "get"):
        return Standing(
            standing.state, "worsening" if standing.state in ("strained", "hostile", "broken") else "improving"
        )
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
    return trigger, standing, judge_relation(context.parse, trigger)


def _adjective_of(context: Context, noun: Token, lexicon: TieLexicon) -> tuple[int, Standing] | None:
    for kid in context.parse.kids(noun.i, "amod", "compound", "acl"):
        for word in (kid, *context.parse.kids(kid.i, "conj")):
            standing = lexicon.adjectives.get(word.lower)
            if standing is not None and (standing.state != "normal" or word.lower == "normal"):
                return word.i, standing
    return None


def _judged_noun(context: Context, noun: Token) -> Judged:
    """The stance of a noun of state. Where nothing dates it, it stands as long as the narrated time: current."""
    judged = judge_relation(context.parse, noun.i)
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
