"""Did it happen: the stance, outcome and tense of a predicate, from UD syntax and the words that govern it.

The stance is the commitment of the *nearest voice*: the climb from a predicate outward ends where another voice begins
("Israel said", "she argued"), so what that voice says is judged by itself. Between predicate and voice every governor
adds its effect (data/stance.toml): "refused to", "plans to", "called for", "a foiled plot".
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from ..model import Outcome, Parse, PredicateStance, Stance, Tense, Token
from .stance_lexicon import Effect, StanceLexicon, load
from .stance_model import Model, Setting
from .stance_model import load as load_model
from .stance_tense import tense_of

MOST_STEPS = 24
"""Governors looked at before the climb gives up; real sentences need fewer than ten."""

NOT_YET = 0.4
OPEN = 0.5
REACHED = 0.6
"""Probabilities of having happened: below `NOT_YET` an unmarked predicate lies ahead, below `OPEN` a possible one is
no statement of how things are, above `REACHED` an aim was reached. Set on the training part of the ratings."""

CLAUSES = frozenset(("ccomp", "xcomp", "csubj"))
NOMINAL = frozenset(("NOUN", "PROPN", "PRON", "NUM"))
TEMPORAL = frozenset(("when", "once", "after", "before", "as", "until", "till", "while", "whenever"))
SUBJECTS = ("nsubj", "csubj", "nsubj:pass", "csubj:pass", "nsubj:outer")


@dataclass(frozen=True, slots=True)
class Judged:
    """What was judged of one predicate; `reason` names the words that decided, or "asserted"."""

    stance: Stance
    outcome: Outcome | None
    tense: Tense
    reason: str


@dataclass(frozen=True, slots=True)
class _Local:
    """Stance while the climb is under way."""

    stance: Stance
    outcome: Outcome | None = None
    reason: str = "asserted"


ACTUAL = _Local("actual")


def judge(parse: Parse, i: int) -> Judged:
    """Stance, outcome and tense of the happening that token `i` names (a verb, noun or adjective)."""
    lexicon = load()
    found = _judged(parse, i, lexicon, 0)
    return Judged(found.stance, found.outcome, tense_of(parse, i, found.stance), found.reason)


def judge_all(parse: Parse) -> tuple[PredicateStance, ...]:
    """Every predicate of the parse, judged: verbs, and adjectives and nouns that have a subject or a copula.

    A second reading (stance_model) corrects what no word marks: an act that is told as such but lies ahead, an aim that was reached.
    """
    lexicon, model = load(), load_model()
    return tuple(
        PredicateStance(t.start, t.end, t.text, _read_twice(parse, t, lexicon, model))
        for t in parse.tokens
        if is_predicate(parse, t)
    )


def _read_twice(parse: Parse, token: Token, lexicon: StanceLexicon, model: Model) -> Stance:
    stance = _judged(parse, token.i, lexicon, 0)
    if stance.stance == "denied":
        return "denied"
    happened = model.happened(parse, token, setting_of(parse, token, lexicon, stance))
    if stance.stance == "actual":
        return "actual" if happened >= NOT_YET else "planned"
    if stance.stance == "possible":
        return "possible" if happened >= OPEN else "planned"
    return "actual" if happened > REACHED else stance.stance


def setting_of(parse: Parse, token: Token, lexicon: StanceLexicon | None = None, judged: _Local | None = None) -> Setting:
    """What the rules say of a predicate, as the model sees it."""
    lexicon = lexicon or load()
    own = judged or _judged(parse, token.i, lexicon, 0)
    governor = "root" if token.head == token.i else _judged(parse, token.head, lexicon, 0).stance
    return Setting(own.stance, tense_of(parse, token.i, own.stance), own.reason, governor)


def is_predicate(parse: Parse, token: Token) -> bool:
    """Whether the token names a happening or a state: a verb, or a predicate with a copula or a subject."""
    if token.upos == "VERB":
        return True
    if token.upos == "AUX":
        return token.rel not in ("aux", "cop") or token.lemma in ("have", "do", "get") and token.rel != "aux"
    if token.upos in ("ADJ", "NOUN", "PROPN"):
        return any(k.rel in ("cop", "nsubj") for k in parse.kids(token.i))
    return False


def _judged(parse: Parse, i: int, lexicon: StanceLexicon, steps: int) -> _Local:
    """The stance of token `i`: its own marks, then those of what governs it."""
    own = _own(parse, i, lexicon)
    if steps > MOST_STEPS:
        return own
    outer = _embedding(parse, i, lexicon, steps)
    return _combined(own, outer)


def _combined(inner: _Local, outer: _Local) -> _Local:
    """The stance of what is `inner` in itself, under a governor that makes it `outer`."""
    if inner.stance == "actual":
        return _Local(outer.stance, inner.outcome or outer.outcome, outer.reason if outer.stance != "actual" else inner.reason)
    if outer.stance == "actual":
        return replace(inner, outcome=inner.outcome or outer.outcome)
    if inner.stance == "denied" and outer.stance == "denied":
        return _Local("actual", None, f"{outer.reason}, {inner.reason}")
    if "denied" in (inner.stance, outer.stance):
        return inner if inner.stance == "denied" else outer
    return outer if outer.stance in ("hoped", "possible") and inner.stance == "planned" else inner


# --- the predicate's own marks ------------------------------------------------------------------------------------------


def _own(parse: Parse, i: int, lexicon: StanceLexicon) -> _Local:
    token, kids = parse.tokens[i], parse.kids(i)
    tests: tuple[Callable[[Parse, Token, list[Token], StanceLexicon], _Local | None], ...] = (
        _negated,
        _modified,
        _marked,
        _modal,
        _adverbial,
        _commanded,
        _named_purpose,
    )
    found = ACTUAL
    for test in tests:
        local = test(parse, token, kids, lexicon)
        if local is not None:
            found = local if found is ACTUAL else _stronger(found, local)
    return found


def _stronger(first: _Local, second: _Local) -> _Local:
    """Of two marks on one predicate: negation twice is none; negation beats mood; the first mood stays."""
    if first.stance == second.stance == "denied":
        return _Local("actual", None, "double negation")
    if second.stance == "denied":
        return second
    if first.stance == "actual":
        return _Local(second.stance, first.outcome or second.outcome, second.reason)
    return first


def _negated(parse: Parse, token: Token, kids: list[Token], lexicon: StanceLexicon) -> _Local | None:
    for kid in kids:
        low = kid.lower
        if kid.rel in ("advmod", "cc", "det", "case", "mark") and lexicon.adverbs.get(low) == "negative":
            if low == "not" and _not_only(parse, kid):
                continue
            return _Local("denied", None, low)
        if low == "longer" and kid.i > 0 and parse.tokens[kid.i - 1].lower == "no":
            return _Local("denied", None, "no longer")
        if kid.rel == "aux" and low in ("cannot", "wont", "dont", "didnt", "cant", "isnt", "doesnt", "wasnt"):
            return _Local("denied", None, low)
        if kid.rel in ("nsubj", "obj", "det", "obl", "expl") and _is_none(parse, kid, lexicon):
            return _Local("denied", None, low)
    return None


def _not_only(parse: Parse, word: Token) -> bool:
    """Whether "not" belongs to "not only", "not just", "not because", which assert the predicate."""
    after = word.i + 1
    return after < len(parse.tokens) and parse.tokens[after].lower in ("only", "just", "merely", "simply", "because", "least", "surprisingly")


def _is_none(parse: Parse, kid: Token, lexicon: StanceLexicon) -> bool:
    if kid.lower in lexicon.negative_quantifiers:
        return kid.rel != "expl"
    return any(k.rel in ("det", "advmod") and k.lower in lexicon.negative_quantifiers for k in parse.kids(kid.i)) and kid.rel in (
        "nsubj",
        "obj",
    )


def _modified(parse: Parse, token: Token, kids: list[Token], lexicon: StanceLexicon) -> _Local | None:
    """Adjectives and participles before a noun: "a planned visit", "attempted coup"."""
    if token.upos not in NOMINAL:
        return None
    for kid in kids:
        if kid.rel not in ("amod", "compound", "advmod", "nmod"):
            continue
        word = lexicon.modifiers.get(kid.lower)
        if word is not None:
            return _modifier(word, kid.lower)
    return None


def _modifier(name: str, word: str) -> _Local:
    if name in ("failed", "foiled", "ongoing"):
        return _Local("actual", _outcome(name), word)
    if name == "cancelled":
        return _Local("planned", "cancelled", word)
    return _Local(_stance(name), None, word)


def _marked(parse: Parse, token: Token, kids: list[Token], lexicon: StanceLexicon) -> _Local | None:
    """Words that open the clause: if, whether, without, rather than; "to" of purpose is seen by the climb."""
    for kid in kids:
        if kid.rel not in ("mark", "case", "cc"):
            continue
        stance = lexicon.marks.get(kid.lower)
        if stance == "denied" and (kid.lower not in ("rather", "instead") or _is_instead(parse, kid)):
            return _Local("denied", None, kid.lower)
        if stance == "possible" and kid.rel == "mark":
            return _Local("possible", None, kid.lower)
    return None


def _is_instead(parse: Parse, word: Token) -> bool:
    after = word.i + 1
    return after < len(parse.tokens) and parse.tokens[after].lower in ("than", "of")


def _modal(parse: Parse, token: Token, kids: list[Token], lexicon: StanceLexicon) -> _Local | None:
    """Auxiliaries; where the predicate has none and no subject of its own, those of the conjunct before it."""
    words = [k for k in kids if k.rel == "aux"]
    if not words and token.rel == "conj" and not any(k.rel in ("nsubj", "mark", "cop") for k in kids):
        words = [k for k in parse.kids(token.head, "aux") if not _diverges(token, parse.tokens[token.head])]
        kids = [*kids, *parse.kids(token.head, "advcl")]
    names = {lexicon.auxiliaries[w.lower]: w.lower for w in words if w.lower in lexicon.auxiliaries}
    if not names:
        return None
    if _asked_of_you(parse, token, words):
        return _Local("hoped", None, f"{words[0].lower} you …?")
    perfect = any(w.lemma == "have" for w in words)
    if "conditional" in names:
        return _would(parse, perfect, kids, names["conditional"])
    if "possible" in names:
        denied = perfect and names["possible"] == "could"
        return _Local("denied" if denied else "possible", None, names["possible"])
    if "wanted" in names:
        return _Local("denied" if perfect and names["wanted"] in ("should", "ought") else "hoped", None, names["wanted"])
    conditional = any(_conditional(parse, k, lexicon) for k in kids)
    return _Local("possible" if conditional else "planned", None, names["future"])


def _asked_of_you(parse: Parse, token: Token, words: list[Token]) -> bool:
    """"Can you send it?" asks for the act rather than doubting it."""
    if not words or parse.tokens[parse.sentence(token.i).last - 1].text != "?":
        return False
    return any(k.rel == "nsubj" and k.lower in ("you", "we", "someone", "anyone") and k.i > words[0].i for k in parse.kids(token.i))


def _diverges(token: Token, head: Token) -> bool:
    """Whether the forms cannot share an auxiliary: "will leave and has said"."""
    return token.xpos != head.xpos and {token.xpos, head.xpos} & {"VBD", "VBZ", "VBP"} != set()


def _would(parse: Parse, perfect: bool, kids: list[Token], word: str) -> _Local:
    if perfect:
        return _Local("denied", None, f"{word} have")
    conditional = any(_conditional(parse, k, load()) for k in kids)
    return _Local("possible" if conditional else "planned", None, word)


def _conditional(parse: Parse, kid: Token, lexicon: StanceLexicon) -> bool:
    return kid.rel == "advcl" and any(k.lower in ("if", "unless") for k in parse.kids(kid.i, "mark"))


def _adverbial(parse: Parse, token: Token, kids: list[Token], lexicon: StanceLexicon) -> _Local | None:
    for kid in kids:
        if kid.rel not in ("advmod", "discourse", "intj"):
            continue
        name = lexicon.adverbs.get(kid.lower)
        if name == "possible":
            return _Local("possible", None, kid.lower)
        if name == "near":
            return _Local("denied", "failed", kid.lower) if token.upos == "VERB" else None
        if name == "hoped":
            return _Local("hoped", None, kid.lower)
        if name == "ongoing" and kid.lower == "still":
            return _Local("actual", "ongoing", "still")
    return None


def _commanded(parse: Parse, token: Token, kids: list[Token], lexicon: StanceLexicon) -> _Local | None:
    """Imperatives wish; questions leave it open."""
    if token.xpos == "VBG" and token.lemma == "go" and parse.kids(token.i, "xcomp"):
        return _Local("planned", None, "going to")
    if token.upos == "VERB" and token.rel in ("root", "parataxis", "ccomp") and _infinitive(parse, token) and parse.kids(token.i, "cop"):
        return _Local("planned", None, "is to")
    if token.upos == "VERB" and token.rel in ("root", "conj", "parataxis", "ccomp") and _imperative(parse, token, kids):
        return _Local("hoped", None, "imperative")
    if token.rel in ("root", "parataxis") and parse.tokens[parse.sentence(token.i).last - 1].text == "?":
        return _Local("possible", None, "question")
    return None


def _named_purpose(parse: Parse, token: Token, kids: list[Token], lexicon: StanceLexicon) -> _Local | None:
    """An act that a noun of intent is said to be: "the goal was restoring ties", "its purpose: restoring ties"."""
    if token.xpos not in ("VBG", "VB", "NN"):
        return None
    named = [k for k in kids if k.rel == "nsubj"] if any(k.lemma == "be" for k in kids) else []
    opening = min(parse.subtree(token.i))
    if not named and token.xpos == "VBG" and opening > 0 and ":" in (parse.tokens[opening - 1].text, parse.tokens[opening].text):
        named = [parse.tokens[token.head], *parse.kids(token.head, "obj", "nsubj")]
    intent = next((k for k in named if k.i < token.i and lexicon.nouns.get(k.lemma) in ("plans", "hopes")), None)
    if intent is None:
        return None
    return _Local("planned" if lexicon.nouns[intent.lemma] == "plans" else "hoped", None, intent.lemma)


def _imperative(parse: Parse, token: Token, kids: list[Token]) -> bool:
    if token.xpos != "VB" and "Mood=Imp" not in token.feats:
        return False
    if any(k.rel in ("nsubj", "aux", "mark", "csubj", "expl") and k.lower not in ("do", "don't") for k in kids):
        return False
    if token.rel == "conj":
        head = parse.tokens[token.head]
        return _imperative(parse, head, parse.kids(head.i)) or "Mood=Imp" in token.feats
    return True


# --- what governs it ----------------------------------------------------------------------------------------------------


def _embedding(parse: Parse, i: int, lexicon: StanceLexicon, steps: int) -> _Local:
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


def _beside(parse: Parse, token: Token, head: Token, lexicon: StanceLexicon, steps: int) -> _Local:
    """A conjunct shares what governs the first; negation too, where it has no subject or negation of its own and no "but"."""
    governed = _embedding(parse, head.i, lexicon, steps + 1)
    kids = parse.kids(token.i)
    own_clause = any(k.rel in SUBJECTS or k.rel == "aux" or k.lower == "but" for k in kids)
    if token.upos == "VERB" and own_clause:
        return governed
    negated = _negated(parse, head, parse.kids(head.i), lexicon)
    shared = any(k.lower in ("or", "nor") for k in kids) or (token.upos == head.upos == "VERB" and token.xpos == "VB")
    if negated is not None and shared:
        return _combined(negated, governed)
    marked = _marked(parse, head, parse.kids(head.i), lexicon) if not own_clause else None
    return _combined(marked, governed) if marked is not None else governed


def _complements(parse: Parse, token: Token, head: Token, lexicon: StanceLexicon) -> bool:
    """Whether an infinitive that the parser hung as advcl is really the complement of a predicate adjective or verb."""
    if not _infinitive(parse, token):
        return False
    if head.upos == "ADJ":
        return head.lemma in lexicon.adjectives
    return lexicon.clause_verbs.get(head.lemma) in ("plans", "tries") and head.lemma not in ("work", "look", "train", "wait")


def _infinitive(parse: Parse, token: Token) -> bool:
    return any(k.lower == "to" and k.rel == "mark" for k in parse.kids(token.i)) or (
        token.rel == "conj" and token.xpos == "VB"
    )


def _of_clause(parse: Parse, token: Token, head: Token, lexicon: StanceLexicon, steps: int) -> _Local:
    if head.upos == "ADJ" or (head.upos in NOMINAL and parse.kids(head.i, "cop")):
        table = lexicon.adjectives if head.upos == "ADJ" else lexicon.nouns
        effect = table.get(head.lemma)
    else:
        effect = lexicon.clause_verbs.get(head.lemma) or lexicon.nouns.get(head.lemma)
    effect = _in_construction(parse, token, head, effect)
    if effect is None and _infinitive(parse, token) and (token.rel == "csubj" or head.upos == "ADJ"):
        effect = "doubts"
    if effect is None:
        effect = "keeps" if token.rel == "xcomp" else "presupposes"
    return _effect(effect, parse, head, lexicon, steps)


def _in_construction(parse: Parse, token: Token, head: Token, effect: Effect | None) -> Effect | None:
    """Where the form of the complement decides: "told them to leave", "is believed to be", "agreed that it was"."""
    infinitive = _infinitive(parse, token)
    if effect in ("says", "presupposes") and infinitive and token.rel in ("xcomp", "ccomp"):
        passive = any(k.dep == "aux:pass" for k in parse.kids(head.i)) or head.xpos == "VBN" and head.upos != "ADJ"
        if not passive:
            return "keeps" if head.lemma in ("see", "find", "hear", "claim", "consider", "show") else "hopes"
        if head.lemma in ("tell", "remind", "inform"):
            return "hopes"
        return "doubts" if head.lemma in ("believe", "think", "understand", "consider", "deem", "estimate") else "says"
    if effect == "doubts" and infinitive and head.lemma in ("warn", "caution", "suggest"):
        return "hopes"
    if effect == "doubts" and head.lemma in ("seem", "appear") and not infinitive:
        return "keeps"
    if effect in ("plans", "hopes") and not infinitive and token.rel == "ccomp" and head.lemma in _SAY_WITH_THAT:
        return "says"
    if effect in ("keeps", "goes_on") and head.lemma in ("go",) and any(a.lemma == "be" for a in parse.kids(head.i, "aux")):
        return "plans" if head.xpos == "VBG" else effect
    if head.lemma in ("have", "get") and infinitive and token.rel == "xcomp" and not parse.kids(head.i, "obj"):
        return "hopes" if head.lemma == "have" and head.xpos != "VBD" else "keeps"
    return effect


_SAY_WITH_THAT = frozenset(
    ("agree", "decide", "guarantee", "swear", "suggest", "determine", "advise", "find", "assure", "insist", "advocate", "challenge")
)


def _of_adnominal(parse: Parse, token: Token, head: Token, lexicon: StanceLexicon, steps: int) -> _Local:
    """A clause on a noun: "a plan to attack", "the claim that …", "its failure to act"; a participle stands by itself."""
    if token.xpos in ("VBN", "VBD") and not _infinitive(parse, token):
        return ACTUAL
    effect = lexicon.nouns.get(head.lemma)
    if _infinitive(parse, token):
        return _effect(effect if effect not in (None, "says") else "plans", parse, head, lexicon, steps)
    return ACTUAL if effect is None or effect in ("plans", "hopes") and token.xpos == "VBG" and not _prepositional(parse, token) else _effect(
        effect, parse, head, lexicon, steps
    )


def _prepositional(parse: Parse, token: Token) -> bool:
    return any(k.rel == "mark" for k in parse.kids(token.i))


def _of_adverbial(parse: Parse, token: Token, head: Token, lexicon: StanceLexicon, steps: int) -> _Local:
    """Purpose clauses are planned; gerunds share the stance of their main clause; the rest are presupposed."""
    if _infinitive(parse, token):
        governed = _judged(parse, head.i, lexicon, steps + 1)
        if governed.stance == "denied":
            return _Local("denied", None, f"purpose of what was not: {governed.reason}")
        return _Local("planned", None, "to (purpose)")
    marks = {k.lower for k in parse.kids(token.i, "mark")}
    if marks & {"from"} and lexicon.clause_verbs.get(head.lemma) in ("prevents", "ends"):
        return _effect("prevents", parse, head, lexicon, steps)
    if token.xpos == "VBG" or (token.xpos in ("VBP", "VBZ") and _openers(parse, token) & TEMPORAL):
        governed = _judged(parse, head.i, lexicon, steps + 1)
        return replace(governed, outcome=None) if governed.stance in ("planned", "hoped", "possible") else ACTUAL
    return ACTUAL


def _openers(parse: Parse, token: Token) -> set[str]:
    return {k.lower for k in parse.kids(token.i, "mark", "advmod") if k.i < token.i}


def _of_noun(parse: Parse, token: Token, head: Token, lexicon: StanceLexicon, steps: int) -> _Local:
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


def _noun_effect(
    parse: Parse, token: Token, head: Token, cases: set[str], lexicon: StanceLexicon
) -> Effect | None:
    if token.rel == "obl":
        with_case = (lexicon.noun_verbs.get(f"{head.lemma} {case}") for case in cases)
        return next((effect for effect in with_case if effect is not None), None)
    effect = lexicon.noun_verbs.get(head.lemma)
    if token.dep == "nsubj" and effect not in ("keeps", "ends", "goes_on"):
        return _of_active_subject(head)
    if effect == "ends" and token.dep not in ("obj", "nsubj:pass", "nsubj"):
        return None
    return effect


def _of_active_subject(head: Token) -> Effect | None:
    """"The attack failed", "the talks collapsed": the subject happened, without success."""
    return "foils" if head.lemma in ("fail", "collapse", "flop") else None


def _in_phrase(
    parse: Parse, token: Token, head: Token, cases: set[str], lexicon: StanceLexicon, steps: int
) -> _Local:
    """A noun inside a noun phrase: "plans for a visit", "threat of war", "a denial of the attack"."""
    if token.rel not in ("nmod", "compound"):
        return ACTUAL
    effect = lexicon.nouns.get(head.lemma)
    if effect is None or effect == "says" or not cases & {"for", "of", "to", "on", "at", "about", "in"}:
        return ACTUAL
    if effect in ("plans", "hopes") and cases & {"on", "in", "about"}:
        return ACTUAL
    return _effect(effect, parse, head, lexicon, steps)


def _effect(effect: Effect, parse: Parse, head: Token, lexicon: StanceLexicon, steps: int) -> _Local:
    """Apply an effect, given the stance of the governor itself."""
    if effect in ("presupposes", "says"):
        return ACTUAL
    governor = _judged(parse, head.i, lexicon, steps + 1)
    word = head.lemma
    if effect == "keeps":
        return governor
    if effect in ("goes_on", "foils", "ends"):
        return _course(effect, governor, word)
    if effect in ("prevents", "denies"):
        return _against(effect, governor, word)
    if effect == "cancels":
        return _Local("planned", "cancelled" if governor.stance == "actual" else None, word)
    if governor.stance == "denied":
        return _Local("possible" if effect == "doubts" else "denied", None, f"{governor.reason} {word}")
    if effect == "tries":
        done = governor.stance == "actual" and tense_of(parse, head.i, "actual") in ("past", "earlier") and head.xpos != "VBG"
        return _Local("actual", "failed", word) if done else _Local("planned", None, word)
    return _Local({"plans": "planned", "hopes": "hoped", "doubts": "possible"}[effect], None, word)  # type: ignore[arg-type]


def _course(effect: Effect, governor: _Local, word: str) -> _Local:
    """Effects on something that is under way."""
    if effect == "goes_on":
        return replace(governor, outcome="ongoing" if governor.stance == "actual" else None)
    if effect == "foils" and governor.stance == "actual":
        return _Local("actual", "foiled" if word not in ("fail", "collapse", "flop") else "failed", word)
    return ACTUAL


def _against(effect: Effect, governor: _Local, word: str) -> _Local:
    """"Failed to", "prevented", "denied": what follows did not come about, unless that is itself negated or only meant."""
    if governor.stance == "denied":
        return _Local("actual" if effect == "prevents" else "possible", None, f"{governor.reason} {word}")
    if effect == "prevents" and governor.stance in ("planned", "hoped", "possible"):
        return _Local("possible", None, word) if word in ("prevent", "avert", "avoid", "deter", "block") else _Local("denied", None, word)
    return _Local("denied", "failed" if word in ("fail", "failure") else None, word)


def _stance(name: str) -> Stance:
    stances: dict[str, Stance] = {"planned": "planned", "hoped": "hoped", "possible": "possible", "denied": "denied"}
    return stances[name]


def _outcome(name: str) -> Outcome:
    outcomes: dict[str, Outcome] = {"failed": "failed", "foiled": "foiled", "ongoing": "ongoing"}
    return outcomes[name]
