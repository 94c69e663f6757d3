"""What the governors of a predicate make of it: the climb from a predicate outward to the voice that says it."""

from __future__ import annotations

from dataclasses import replace

from ..model import Parse, Stance, Token
from .stance_clauses import TESTS, predicated
from .stance_clauses import load as load_clauses
from .stance_complements import in_construction
from .stance_constructions import (
    UNDOUBTED,
    circumstances,
    effect_of,
    fails,
    hearsay,
    inverted_condition,
    of_claim,
    scheduled,
    short_of,
    subject_noun,
    too,
    unsure_source,
    vain,
    with_case,
    yet_to,
)
from .stance_effects import against, combine, course
from .stance_lexicon import Effect, StanceLexicon
from .stance_marks import ACTUAL, NOMINAL, Local, is_infinitive, negation, opening, own_marks
from .stance_phrases import Found, before
from .stance_tense import tense_of

MOST_STEPS = 24
"""Governors looked at before the climb gives up; real sentences need fewer than ten."""

ADDRESSED = frozenset(
    """ask urge beg implore plead appeal call press push lobby petition exhort entreat beseech order command instruct direct request
    encourage advise counsel challenge summon persuade incite invite demand pressure goad prod nudge egg agitate clamour clamor entice
    campaign pray wait long yearn look admonish enjoin coax cajole remind""".split()
)
"""Verbs of wishing whose infinitive is what is wished of the one addressed, wherever the parser hung it."""

CONSTRUCTIONS = (yet_to, short_of, hearsay, inverted_condition, circumstances, scheduled, *TESTS)

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


def _embedding(parse: Parse, i: int, lexicon: StanceLexicon, steps: int) -> Local:
    """What the governors of token `i` make of it."""
    token = parse.tokens[i]
    phrase = before(parse, token)
    if phrase is not None:
        return _in_fixed(parse, token, phrase, lexicon, steps)
    if token.head == i:
        return ACTUAL
    head = parse.tokens[token.head]
    if token.rel in ("conj", "appos", "flat", "fixed", "list"):
        return _beside(parse, token, head, lexicon, steps)
    if token.upos in NOMINAL and not any(k.rel in ("cop", "mark") for k in parse.kids(i)):
        return _of_noun(parse, token, head, lexicon, steps)
    if token.rel in CLAUSES or (token.rel == "advcl" and _complements(parse, token, head, lexicon)):
        return _of_clause(parse, token, head, lexicon, steps)
    if token.rel == "acl" and (token.dep != "acl:relcl" or _content(parse, token, head)):
        return _of_adnominal(parse, token, head, lexicon, steps)
    if token.rel == "advcl":
        return _of_adverbial(parse, token, head, lexicon, steps)
    if token.rel in ("amod", "compound", "obl", "nmod", "obj", "nsubj") and token.upos in ("VERB", "ADJ"):
        return ACTUAL if token.rel == "amod" else _of_noun(parse, token, head, lexicon, steps)
    return ACTUAL


def _in_fixed(parse: Parse, token: Token, found: Found, lexicon: StanceLexicon, steps: int) -> Local:
    """What a fixed phrase before the complement makes of it; a phrase that hangs on the complement itself has no governor."""
    phrase = found.phrase
    if phrase.stance is not None:
        return ACTUAL if phrase.stance == "actual" else Local(phrase.stance, None, " ".join(phrase.words))
    head, effect = parse.tokens[found.head], phrase.effect or "keeps"
    free = token.i == head.i or token.i in parse.ancestors(head.i)
    if free or (phrase.negative and climb(parse, head.i, lexicon, steps + 1).stance in ("actual", "denied")):
        return Local(FREE[effect], None, " ".join(phrase.words)) if effect in FREE else ACTUAL
    claim = of_claim(parse, head, lexicon) if effect == "doubts" and head.upos in NOMINAL else None
    if claim is not None and claim.stance == "denied":
        return claim
    return _effect(effect, parse, head, lexicon, steps)


FREE: dict[str, Stance] = {"plans": "planned", "hopes": "hoped", "doubts": "possible", "prevents": "denied"}
"""What an effect comes to without a governor."""


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


def _content(parse: Parse, token: Token, head: Token) -> bool:
    """Whether what the parser took for a relative clause tells the content of its noun: "the story that the princess married"."""
    kids = parse.kids(token.i)
    return any(k.rel == "mark" and k.lower == "that" and k.i == head.i + 1 for k in kids) and any(
        k.rel == "nsubj" for k in kids
    )


def _complements(parse: Parse, token: Token, head: Token, lexicon: StanceLexicon) -> bool:
    """Whether an infinitive that the parser hung as advcl is really the complement of a predicate adjective or verb."""
    if token.xpos == "VBG" and token.i > 0:
        before_it = parse.tokens[token.i - 1]
        return before_it.i == head.i or before_it.dep == "compound:prt"
    if not is_infinitive(parse, token):
        return False
    if head.lemma in lexicon.lists["causative"] and parse.kids(head.i, "obj", "iobj", "nsubj:pass"):
        return True
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
    effect = in_construction(parse, token, head, effect, lexicon)
    if effect == "hopes" and any(k.lower == "have" and k.rel == "aux" for k in parse.kids(token.i)):
        return Local("denied", None, f"{head.lemma} to have")
    if effect == "plans" and head.lemma == "threaten" and _mindless(parse, head):
        effect = "doubts"
    if effect == "says" and any(k.lower in lexicon.lists["untruly"] for k in parse.kids(head.i, "advmod")):
        return Local("denied", None, f"untruly {head.lemma}")
    if effect == "says" and token.rel == "ccomp" and unsure_source(parse, head, lexicon):
        effect = "doubts"
    if is_infinitive(parse, token) and too(parse, token, head):
        effect = "prevents"
    if effect is None and is_infinitive(parse, token) and (token.rel == "csubj" or head.upos == "ADJ"):
        effect = "doubts"
    if effect is None:
        effect = "keeps" if token.rel == "xcomp" else "presupposes"
    return _effect(effect, parse, head, lexicon, steps)


def _mindless(parse: Parse, head: Token) -> bool:
    """Whether the subject is a happening or thing, which intends nothing: "the row threatens to split the party"."""
    nouns = load_clauses().lists["mindless"]
    return any(k.lemma in nouns or parse.kids(k.i, "acl") for k in parse.kids(head.i, "nsubj") if k.upos != "PROPN")


def _of_adnominal(parse: Parse, token: Token, head: Token, lexicon: StanceLexicon, steps: int) -> Local:
    """A clause on a noun: "a plan to attack", "the claim that …", "its failure to act"; a participle stands by itself."""
    finite = any(k.rel == "aux" or k.lower == "that" for k in parse.kids(token.i))
    if token.xpos in ("VBN", "VBD") and not finite and not is_infinitive(parse, token):
        wanting = parse.tokens[head.head]
        wanted = head.rel == "obj" and wanting.lemma in ("want", "need", "like", "get", "have", "order")
        return _of_noun(parse, head, wanting, lexicon, steps) if wanted else ACTUAL
    effect = lexicon.nouns.get(head.lemma)
    above = parse.tokens[head.head]
    if head.lemma in lexicon.lists["awaited"] and token.dep == "acl:relcl" and head.rel in ("obl", "obj"):
        awaited = _of_noun(parse, head, above, lexicon, steps)
        return awaited if awaited.stance == "hoped" else ACTUAL
    if finite and _openers(parse, token) & TEMPORAL:
        return ACTUAL
    if token.xpos == "VBG" and head.rel in ("obj", "iobj") and above.upos == "VERB":
        governing = with_case(lexicon.noun_verbs, parse, token, above)
        if governing is not None:
            return _effect(governing, parse, above, lexicon, steps)
    if is_infinitive(parse, token):
        if effect is None and head.rel == "nmod" and lexicon.nouns.get(above.lemma) in ("hopes", "plans", "prevents"):
            return _effect(lexicon.nouns[above.lemma], parse, above, lexicon, steps)
        return _effect(effect if effect not in (None, "says") else "plans", parse, head, lexicon, steps)
    if effect in (None, "says", "denies"):
        claim = of_claim(parse, head, lexicon)
        if claim is not None:
            return claim
    if effect == "doubts":
        claim = of_claim(parse, head, lexicon)
        if claim is not None and claim.stance == "denied":
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
    said_of = predicated(parse, token, head) if token.rel == "nsubj" else None
    if said_of is not None:
        return _effect(said_of, parse, head, lexicon, steps)
    if head.upos in NOMINAL:
        return _in_phrase(parse, token, head, cases, lexicon, steps)
    if token.rel in ("obj", "nsubj", "obl", "iobj", "ccomp", "xcomp"):
        effect = _noun_effect(parse, token, head, cases, lexicon)
        if effect is None:
            return _of_quality(parse, token, head, lexicon, steps)
        found = _effect(effect, parse, head, lexicon, steps)
        effected = effect == "keeps" and token.dep == "nsubj" and bool(parse.kids(head.i, "obj", "xcomp"))
        return ACTUAL if effected and found.stance == "denied" else found  # "the arrest did nothing to calm them"
    return ACTUAL


def _of_quality(parse: Parse, token: Token, head: Token, lexicon: StanceLexicon, steps: int) -> Local:
    """A happening of which something will be true lies ahead: "the vote will be secret"."""
    if token.rel != "nsubj" or head.upos != "ADJ" or not parse.kids(head.i, "cop"):
        return ACTUAL
    governor = climb(parse, head.i, lexicon, steps + 1)
    return governor if governor.stance == "planned" else ACTUAL


def _noun_effect(parse: Parse, token: Token, head: Token, cases: set[str], lexicon: StanceLexicon) -> Effect | None:
    if token.rel == "obl" and head.upos == "ADJ":
        wish = lexicon.adjectives.get(head.lemma)
        return wish if wish in ("plans", "hopes") and cases & {"for", "on", "to"} else None
    refused = effect_of(lexicon.noun_verbs, parse, head)
    if token.rel == "obl":
        governing = (lexicon.noun_verbs.get(f"{head.lemma} {case}") for case in cases)
        found = next((effect for effect in governing if effect is not None), None)
        if found is None and "for" in cases and _rallied(parse, head, lexicon):
            return "hopes"
        return (
            None if found == "doubts" and head.lemma in lexicon.lists["inquiry"] and _definite(parse, token) else found
        )
    if token.rel == "nsubj" and head.upos in ("ADJ", "ADV"):
        return _PREDICATED.get(lexicon.modifiers.get(head.lower, ""))
    effect = refused
    if (
        token.dep == "nsubj"
        and effect not in ("keeps", "ends", "goes_on")
        and not _headline_passive(parse, token, head)
    ):
        return _of_active_subject(parse, head, lexicon)
    if (
        effect in ("prevents", "denies")
        and token.lemma in lexicon.lists["speech_act"]
        and head.lemma in lexicon.lists["refusing"]
    ):
        return None
    if effect == "doubts" and head.lemma in lexicon.lists["inquiry"] and _definite(parse, token):
        return None
    if effect == "ends" and token.dep not in ("obj", "nsubj:pass", "nsubj"):
        return None
    return effect


def _rallied(parse: Parse, head: Token, lexicon: StanceLexicon) -> bool:
    return any(k.lemma in lexicon.lists["rallying"] for k in parse.kids(head.i, "nsubj", "obj"))


_PREDICATED: dict[str, Effect] = {"planned": "plans", "possible": "doubts", "hoped": "hopes"}
"""What a predicate adjective makes of its subject: "war is conceivable", "a truce is needed"."""


def _of_active_subject(parse: Parse, head: Token, lexicon: StanceLexicon) -> Effect | None:
    """ "The attack failed", "the talks came to nothing": the subject happened, without success."""
    return "foils" if fails(parse, head, lexicon) else None


def _headline_passive(parse: Parse, token: Token, head: Token) -> bool:
    """ "Visit by premier postponed": a headline leaves out the auxiliary."""
    closed = parse.tokens[parse.sentence(head.i).last - 1].text in (".", "!", "?")
    return (
        not closed
        and head.rel == "root"
        and head.xpos in ("VBD", "VBN")
        and not parse.kids(head.i, "obj", "ccomp", "xcomp")
    )


def _definite(parse: Parse, token: Token) -> bool:
    return any(
        k.lower in ("the", "this", "that", "these", "those") or k.dep == "nmod:poss" for k in parse.kids(token.i)
    )


def _in_phrase(parse: Parse, token: Token, head: Token, cases: set[str], lexicon: StanceLexicon, steps: int) -> Local:
    """A noun inside a noun phrase: "plans for a visit", "threat of war", "a denial of the attack"."""
    if token.rel not in ("nmod", "compound"):
        return ACTUAL
    effect = lexicon.nouns.get(head.lemma)
    if cases & {"of", "about"} and (effect in ("says", "doubts") or head.lemma in ("announcement", "story", "tale")):
        claim = of_claim(parse, head, lexicon)
        if claim is not None and (effect != "doubts" or claim.stance == "denied"):
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
        return course(effect, governor, word, fails(parse, head, lexicon))
    if effect in ("prevents", "denies"):
        return against(effect, governor, word)
    if effect == "cancels":
        return Local("planned", "cancelled" if governor.stance == "actual" else None, word)
    if governor.stance == "denied":
        if effect == "doubts" and word in UNDOUBTED:
            return Local("actual", None, f"{governor.reason} {word}")
        return Local("possible" if effect == "doubts" else "denied", None, f"{governor.reason} {word}")
    if effect == "tries":
        done = (
            governor.stance == "actual"
            and tense_of(parse, head.i, "actual") in ("past", "earlier")
            and head.xpos != "VBG"
        )
        return Local("actual", "failed", word) if done else Local("planned", None, word)
    if effect == "plans" and governor.stance == "actual" and vain(parse, head, governor, lexicon):
        return Local("actual", "failed", f"{word} (in vain)")
    return Local({"plans": "planned", "hopes": "hoped", "doubts": "possible"}[effect], None, word)  # type: ignore[arg-type]
