"""What the governors of a predicate make of it: the climb from a predicate outward to the voice that says it."""

from __future__ import annotations

from dataclasses import replace

from ..model import Parse, Token
from .stance_constructions import (
    UNDOUBTED,
    circumstances,
    effect_of,
    hearsay,
    inverted_condition,
    of_claim,
    of_motion,
    scheduled,
    short_of,
    subject_noun,
    subjunctive,
    too,
    unknown,
    unsure_source,
    with_case,
    yet_to,
)
from .stance_lexicon import Effect, StanceLexicon
from .stance_marks import ACTUAL, NOMINAL, Local, is_infinitive, negation, opening, own_marks
from .stance_tense import tense_of

MOST_STEPS = 24
"""Governors looked at before the climb gives up; real sentences need fewer than ten."""

ADDRESSED = frozenset(
    """ask urge beg implore plead appeal call press push lobby petition exhort entreat beseech order command instruct direct request
    encourage advise counsel challenge summon persuade incite invite demand pressure goad prod nudge egg agitate clamour clamor entice
    campaign pray wait long yearn look admonish enjoin coax cajole remind""".split()
)
"""Verbs of wishing whose infinitive is what is wished of the one addressed, wherever the parser hung it."""

CONSTRUCTIONS = (yet_to, short_of, hearsay, inverted_condition, circumstances, scheduled)

CLAUSES = frozenset(("ccomp", "xcomp", "csubj"))
TEMPORAL = frozenset(("when", "once", "after", "before", "as", "until", "till", "while", "whenever"))
SUBJECTS = ("nsubj", "csubj", "nsubj:pass", "csubj:pass", "nsubj:outer")


def climb(parse: Parse, i: int, lexicon: StanceLexicon, steps: int) -> Local:
    """The stance of token `i`: its own marks, then those of what governs it."""
    own = own_marks(parse, i, lexicon, CONSTRUCTIONS if parse.tokens[i].upos in ("VERB", "ADJ") else (short_of,))
    if steps > MOST_STEPS:
        return own
    outer = _embedding(parse, i, lexicon, steps)
    return combine(own, outer)


def combine(inner: Local, outer: Local) -> Local:
    """The stance of what is `inner` in itself, under a governor that makes it `outer`."""
    if inner.stance == "actual":
        return Local(
            outer.stance, inner.outcome or outer.outcome, outer.reason if outer.stance != "actual" else inner.reason
        )
    if outer.stance == "actual":
        return replace(inner, outcome=inner.outcome or outer.outcome)
    if inner.stance == "denied" and outer.stance == "denied":
        return Local("actual", None, f"{outer.reason}, {inner.reason}")
    if "denied" in (inner.stance, outer.stance):
        return inner if inner.stance == "denied" else outer
    return outer if outer.stance in ("hoped", "possible") and inner.stance == "planned" else inner


def _embedding(parse: Parse, i: int, lexicon: StanceLexicon, steps: int) -> Local:
    """What the governors of token `i` make of it."""
    token = parse.tokens[i]
    if token.head == i:
        return ACTUAL
    head = parse.tokens[token.head]
    if token.rel in ("conj", "appos", "flat", "fixed", "list"):
        return _beside(parse, token, head, lexicon, steps)
    if token.upos in NOMINAL and not any(k.rel in ("cop", "mark") for k in parse.kids(i)):
        return _of_noun(parse, token, head, lexicon, steps)
    if token.rel in CLAUSES or (token.rel == "advcl" and _complements(parse, token, head, lexicon)):
        return _of_clause(parse, token, head, lexicon, steps)
    if token.rel == "acl" and token.dep != "acl:relcl":
        return _of_adnominal(parse, token, head, lexicon, steps)
    if token.rel == "advcl":
        return _of_adverbial(parse, token, head, lexicon, steps)
    if token.rel in ("amod", "compound", "obl", "nmod", "obj", "nsubj") and token.upos in ("VERB", "ADJ"):
        return ACTUAL if token.rel == "amod" else _of_noun(parse, token, head, lexicon, steps)
    return ACTUAL


def _beside(parse: Parse, token: Token, head: Token, lexicon: StanceLexicon, steps: int) -> Local:
    """A conjunct shares what governs the first; negation too, where it has no subject or negation of its own and no "but"."""
    governed = _embedding(parse, head.i, lexicon, steps + 1)
    kids = parse.kids(token.i)
    own_clause = any(k.rel in SUBJECTS or k.rel == "aux" or k.lower == "but" for k in kids)
    if token.upos == "VERB" and own_clause:
        return governed
    negated = negation(parse, head, parse.kids(head.i), lexicon)
    shared = any(k.lower in ("or", "nor") for k in kids) or (token.upos == head.upos == "VERB" and token.xpos == "VB")
    if negated is not None and shared:
        return combine(negated, governed)
    marked = opening(parse, head, parse.kids(head.i), lexicon) if not own_clause else None
    return combine(marked, governed) if marked is not None else governed


def _complements(parse: Parse, token: Token, head: Token, lexicon: StanceLexicon) -> bool:
    """Whether an infinitive that the parser hung as advcl is really the complement of a predicate adjective or verb."""
    if not is_infinitive(parse, token):
        return False
    if head.upos == "ADJ":
        return head.lemma in lexicon.adjectives
    if head.lemma in ("tell", "remind", "warn") and parse.kids(head.i, "obj", "iobj"):
        return True
    effect = effect_of(lexicon.clause_verbs, parse, head)
    if effect == "hopes" and (
        {head.lemma, f"{head.lemma}e"} & ADDRESSED or any(k.lower == "for" for k in parse.kids(token.i, "mark"))
    ):
        return bool(parse.kids(head.i, "obj", "obl", "iobj") or parse.kids(token.i, "nsubj"))
    return effect in ("plans", "tries") and head.lemma not in (
        "work",
        "look",
        "train",
        "wait",
    )


def _of_clause(parse: Parse, token: Token, head: Token, lexicon: StanceLexicon, steps: int) -> Local:
    if head.upos == "ADJ" or (head.upos in NOMINAL and parse.kids(head.i, "cop")):
        table = lexicon.adjectives if head.upos == "ADJ" else lexicon.nouns
        effect = table.get(head.lemma)
    else:
        effect = effect_of(lexicon.clause_verbs, parse, head) or lexicon.nouns.get(head.lemma)
        if token.rel == "ccomp" and (effect is None or head.lemma in ("have", "be", "grow", "emerge", "rise")):
            effect = subject_noun(parse, head, lexicon) or effect
    effect = _in_construction(parse, token, head, effect)
    if effect == "says" and token.rel == "ccomp" and unsure_source(parse, head, lexicon):
        effect = "doubts"
    if is_infinitive(parse, token) and too(parse, token, head):
        effect = "prevents"
    if effect is None and is_infinitive(parse, token) and (token.rel == "csubj" or head.upos == "ADJ"):
        effect = "doubts"
    if effect is None:
        effect = "keeps" if token.rel == "xcomp" else "presupposes"
    return _effect(effect, parse, head, lexicon, steps)


def _in_construction(parse: Parse, token: Token, head: Token, effect: Effect | None) -> Effect | None:
    """Where the form of the complement decides: "told them to leave", "is believed to be", "agreed that it was"."""
    infinitive = is_infinitive(parse, token)
    if token.rel == "ccomp" and effect in ("says", "doubts", "plans", "hopes") and subjunctive(parse, token):
        return "hopes" if head.lemma not in ("think", "believe", "fear") else effect
    if effect == "hopes" and head.lemma == "ask" and not infinitive and token.rel == "ccomp":
        if any(k.lower == "that" for k in parse.kids(token.i, "mark")):
            return "hopes"
        return "presupposes" if any(k.xpos in ("WRB", "WP", "WDT") for k in parse.kids(token.i)) else "doubts"
    if infinitive and token.rel == "xcomp" and _meant(parse, token, head):
        return "plans"
    if head.lemma == "suppose" and head.xpos in ("VB", "VBP") and not infinitive:
        return "doubts"
    if effect in ("says", "presupposes") and infinitive and token.rel in ("xcomp", "ccomp"):
        passive = any(k.dep == "aux:pass" for k in parse.kids(head.i)) or (head.xpos == "VBN" and head.upos != "ADJ")
        if not passive:
            return "keeps" if head.lemma in ("see", "find", "hear", "claim", "consider", "show") else "hopes"
        if head.lemma in ("tell", "remind", "inform"):
            return "hopes"
        return "doubts" if head.lemma in _HEARD else "says"
    if effect == "presupposes" and unknown(parse, head):
        return "doubts"
    if head.lemma in ("provide", "grant", "assume") and head.rel == "advcl" and head.xpos in ("VBN", "VBG"):
        return "doubts"
    if effect == "says" and not infinitive and token.rel in ("ccomp", "csubj"):
        return _without_voice(parse, head, effect)
    if effect == "doubts" and infinitive and head.lemma in ("warn", "caution", "suggest"):
        return "hopes"
    if effect == "doubts" and head.lemma in ("seem", "appear") and not infinitive:
        return "keeps"
    if effect in ("plans", "hopes") and not infinitive and token.rel == "ccomp" and head.lemma in _SAY_WITH_THAT:
        return "says"
    if (
        effect in ("keeps", "goes_on")
        and head.lemma in ("go",)
        and any(a.lemma == "be" for a in parse.kids(head.i, "aux"))
    ):
        return "plans" if head.xpos == "VBG" else effect
    if head.lemma in ("have", "get") and infinitive and token.rel == "xcomp" and not parse.kids(head.i, "obj"):
        return "hopes" if head.lemma == "have" and head.xpos != "VBD" else "keeps"
    return effect


_HEARD = frozenset(
    """believe think understand consider deem estimate say report allege rumour rumor suppose claim suspect fear purport assume presume
    imagine hear repute hold reckon""".split()
)
"""With an infinitive in the passive, hearsay: "is said to have fled"."""


def _meant(parse: Parse, token: Token, head: Token) -> bool:
    """Who moves in order to act, or wants to act himself, means to."""
    if head.lemma == "want":
        return not parse.kids(head.i, "obj") and not parse.kids(token.i, "nsubj") and head.xpos != "VB"
    return of_motion(parse, token, head) and not any(k.lemma == "be" for k in parse.kids(head.i, "aux"))


_SAY_WITH_THAT = frozenset(
    (
        "agree",
        "decide",
        "guarantee",
        "swear",
        "suggest",
        "determine",
        "advise",
        "find",
        "assure",
        "insist",
        "advocate",
        "challenge",
    )
)


def _without_voice(parse: Parse, head: Token, effect: Effect) -> Effect:
    """ "It was alleged that" commits nobody; "did not believe that" denies."""
    kids = parse.kids(head.i)
    passive = any(k.dep in ("aux:pass", "nsubj:pass") for k in kids)
    agent = any(k.dep == "obl:agent" for k in kids)
    if passive and not agent and any(k.lower == "it" for k in kids if k.rel in ("nsubj", "expl")):
        return "doubts"
    negated = any(k.lower in ("not", "n't", "n’t", "never") for k in kids if k.rel == "advmod")
    return "unbelieved" if negated and head.lemma in ("believe", "think") else effect


def _of_adnominal(parse: Parse, token: Token, head: Token, lexicon: StanceLexicon, steps: int) -> Local:
    """A clause on a noun: "a plan to attack", "the claim that …", "its failure to act"; a participle stands by itself."""
    finite = any(k.rel == "aux" or k.lower == "that" for k in parse.kids(token.i))
    if token.xpos in ("VBN", "VBD") and not finite and not is_infinitive(parse, token):
        wanting = parse.tokens[head.head]
        wanted = head.rel == "obj" and wanting.lemma in ("want", "need", "like", "get", "have", "order")
        return _of_noun(parse, head, wanting, lexicon, steps) if wanted else ACTUAL
    effect = lexicon.nouns.get(head.lemma)
    if is_infinitive(parse, token):
        above = parse.tokens[head.head]
        if effect is None and head.rel == "nmod" and lexicon.nouns.get(above.lemma) in ("hopes", "plans", "prevents"):
            return _effect(lexicon.nouns[above.lemma], parse, above, lexicon, steps)
        return _effect(effect if effect not in (None, "says") else "plans", parse, head, lexicon, steps)
    if effect in (None, "says", "denies"):
        claim = of_claim(parse, head, lexicon)
        if claim is not None:
            return claim
    return (
        ACTUAL
        if effect is None or (effect in ("plans", "hopes") and token.xpos == "VBG" and not _prepositional(parse, token))
        else _effect(effect, parse, head, lexicon, steps)
    )


def _prepositional(parse: Parse, token: Token) -> bool:
    return any(k.rel == "mark" for k in parse.kids(token.i))


def _of_adverbial(parse: Parse, token: Token, head: Token, lexicon: StanceLexicon, steps: int) -> Local:
    """Purpose clauses are planned; gerunds share the stance of their main clause; the rest are presupposed."""
    if is_infinitive(parse, token):
        if too(parse, token, head):
            return _effect("prevents", parse, head, lexicon, steps)
        governed = climb(parse, head.i, lexicon, steps + 1)
        if governed.stance == "denied":
            return Local("denied", None, f"purpose of what was not: {governed.reason}")
        return Local("planned", None, "to (purpose)")
    marks = {k.lower for k in parse.kids(token.i, "mark")}
    if marks & {"from"} and lexicon.clause_verbs.get(head.lemma) in ("prevents", "ends"):
        return _effect("prevents", parse, head, lexicon, steps)
    governing = with_case(lexicon.noun_verbs, parse, token, head)
    if governing is not None:
        return _effect(governing, parse, head, lexicon, steps)
    if token.xpos == "VBG" or (token.xpos in ("VBP", "VBZ") and _openers(parse, token) & TEMPORAL):
        governed = climb(parse, head.i, lexicon, steps + 1)
        return replace(governed, outcome=None) if governed.stance in ("planned", "hoped", "possible") else ACTUAL
    return ACTUAL


def _openers(parse: Parse, token: Token) -> set[str]:
    return {k.lower for k in parse.kids(token.i, "mark", "advmod") if k.i < token.i}


def _of_noun(parse: Parse, token: Token, head: Token, lexicon: StanceLexicon, steps: int) -> Local:
    """The noun of a happening as object, subject or complement: "denied the attack", "talks will be held"."""
    cases = {k.lower for k in parse.kids(token.i, "case")}
    if token.rel == "obl" and "to" in cases and lexicon.clause_verbs.get(head.lemma) in ("plans", "hopes"):
        return _effect(lexicon.clause_verbs[head.lemma], parse, head, lexicon, steps)
    if head.upos in NOMINAL:
        return _in_phrase(parse, token, head, cases, lexicon, steps)
    if token.rel in ("obj", "nsubj", "obl", "iobj", "ccomp", "xcomp"):
        effect = _noun_effect(parse, token, head, cases, lexicon)
        return ACTUAL if effect is None else _effect(effect, parse, head, lexicon, steps)
    return ACTUAL


def _noun_effect(parse: Parse, token: Token, head: Token, cases: set[str], lexicon: StanceLexicon) -> Effect | None:
    if token.rel == "obl" and head.upos == "ADJ":
        wish = lexicon.adjectives.get(head.lemma)
        return wish if wish in ("plans", "hopes") and cases & {"for", "on", "to"} else None
    if token.rel == "obl":
        governing = (lexicon.noun_verbs.get(f"{head.lemma} {case}") for case in cases)
        return next((effect for effect in governing if effect is not None), None)
    if token.rel == "nsubj" and head.upos == "ADJ":
        return _PREDICATED.get(lexicon.modifiers.get(head.lower, ""))
    effect = effect_of(lexicon.noun_verbs, parse, head)
    if token.dep == "nsubj" and effect not in ("keeps", "ends", "goes_on"):
        return _of_active_subject(head)
    if effect == "ends" and token.dep not in ("obj", "nsubj:pass", "nsubj"):
        return None
    return effect


_PREDICATED: dict[str, Effect] = {"planned": "plans", "possible": "doubts", "hoped": "hopes"}
"""What a predicate adjective makes of its subject: "war is conceivable", "a truce is needed"."""


def _of_active_subject(head: Token) -> Effect | None:
    """ "The attack failed", "the talks collapsed": the subject happened, without success."""
    return "foils" if head.lemma in ("fail", "collapse", "flop") else None


def _in_phrase(parse: Parse, token: Token, head: Token, cases: set[str], lexicon: StanceLexicon, steps: int) -> Local:
    """A noun inside a noun phrase: "plans for a visit", "threat of war", "a denial of the attack"."""
    if token.rel not in ("nmod", "compound"):
        return ACTUAL
    effect = lexicon.nouns.get(head.lemma)
    if cases & {"of", "about"} and (effect == "says" or head.lemma in ("announcement", "story", "tale", "talk")):
        claim = of_claim(parse, head, lexicon)
        if claim is not None:
            return claim
    if effect is None or effect == "says" or not cases & {"for", "of", "to", "on", "at", "about", "in"}:
        return ACTUAL
    if effect in ("plans", "hopes") and cases & {"on", "in", "about"}:
        return ACTUAL
    return _effect(effect, parse, head, lexicon, steps)


def _effect(effect: Effect, parse: Parse, head: Token, lexicon: StanceLexicon, steps: int) -> Local:
    """Apply an effect, given the stance of the governor itself."""
    if effect in ("presupposes", "says"):
        return ACTUAL
    if effect == "certain":
        sure = climb(parse, head.i, lexicon, steps + 1)
        return ACTUAL if sure.stance == "actual" else Local("possible", None, f"{sure.reason} {head.lemma}")
    if effect == "unbelieved":
        return Local("denied", None, f"not {head.lemma}")
    governor = climb(parse, head.i, lexicon, steps + 1)
    word = head.lemma
    if effect == "keeps":
        return governor
    if effect in ("goes_on", "foils", "ends"):
        return _course(effect, governor, word)
    if effect in ("prevents", "denies"):
        return _against(effect, governor, word)
    if effect == "cancels":
        return Local("planned", "cancelled" if governor.stance == "actual" else None, word)
    if governor.stance == "denied":
        if effect == "doubts" and word in UNDOUBTED:
            return ACTUAL
        return Local("possible" if effect == "doubts" else "denied", None, f"{governor.reason} {word}")
    if effect == "tries":
        done = (
            governor.stance == "actual"
            and tense_of(parse, head.i, "actual") in ("past", "earlier")
            and head.xpos != "VBG"
        )
        return Local("actual", "failed", word) if done else Local("planned", None, word)
    return Local({"plans": "planned", "hopes": "hoped", "doubts": "possible"}[effect], None, word)  # type: ignore[arg-type]


def _course(effect: Effect, governor: Local, word: str) -> Local:
    """Effects on something that is under way."""
    if effect == "goes_on":
        return replace(governor, outcome="ongoing" if governor.stance == "actual" else None)
    if effect == "foils" and governor.stance == "actual":
        return Local("actual", "foiled" if word not in ("fail", "collapse", "flop") else "failed", word)
    return ACTUAL


def _against(effect: Effect, governor: Local, word: str) -> Local:
    """ "Failed to", "prevented", "denied": what follows did not come about, unless that is itself negated or only meant."""
    if governor.stance == "denied":
        nobody = governor.reason in ("nobody", "none", "no one", "nothing", "neither", "never")
        return Local("actual" if effect == "prevents" or nobody else "possible", None, f"{governor.reason} {word}")
    if effect == "prevents" and governor.stance in ("planned", "hoped", "possible"):
        return (
            Local("possible", None, word)
            if word in ("prevent", "avert", "avoid", "deter", "block")
            else Local("denied", None, word)
        )
    return Local("denied", "failed" if word in ("fail", "failure") else None, word)
