"""Did it happen: the stance, outcome and tense of a predicate, from UD syntax and the words that govern it.

The stance is the commitment of the *nearest voice*: the climb from a predicate outward ends where another voice begins
("Israel said", "she argued"), so what that voice says is judged by itself. Between predicate and voice every governor
adds its effect (data/stance.toml): "refused to", "plans to", "called for", "a foiled plot".
"""

from __future__ import annotations

from dataclasses import dataclass

from ..model import Outcome, Parse, PredicateStance, Stance, Tense, Token
from .stance_classes import STANCES, Reading
from .stance_classes import load as load_classes
from .stance_clauses import decisive
from .stance_governors import climb
from .stance_lexicon import StanceLexicon, load
from .stance_marks import Local
from .stance_model import Model, Setting
from .stance_model import load as load_model
from .stance_tense import tense_of

ASSERTED = "asserted"
"""The reason of the rules where no word decided."""

DOUBTED = 0.2
DOUBTED_MARKED = 0.1
"""Probabilities of the rules' reading below which the classifier's stands: where no word decided, and where one did."""

NOT_YET = 0.4
OPEN = 0.5
REACHED = 0.6
"""Probabilities of having happened: below `NOT_YET` an unmarked predicate lies ahead, below `OPEN` a possible one is
no statement of how things are, above `REACHED` an aim was reached. Round numbers, settled while UDS-dev was measured."""


@dataclass(frozen=True, slots=True)
class Judged:
    """What was judged of one predicate; `reason` names the words that decided, or "asserted"."""

    stance: Stance
    outcome: Outcome | None
    tense: Tense
    reason: str


def judge(parse: Parse, i: int) -> Judged:
    """Stance, outcome and tense of the happening that token `i` names (a verb, noun or adjective; an auxiliary stands for its verb).

    The rules read it first; where the classifier finds their reading improbable, its own stands.
    """
    i = _verb(parse, i)
    found = climb(parse, i, load(), 0)
    tense = tense_of(parse, i, found.stance)
    marked = _marked(parse, i, found)
    sure = _implied(parse, i) or decisive(parse, i, found.reason)
    odds = None if sure else load_classes()(parse, i, Reading(found.stance, tense, marked))
    if odds is None or odds[STANCES.index(found.stance)] >= (DOUBTED_MARKED if marked else DOUBTED):
        return Judged(found.stance, found.outcome, tense, found.reason)
    stance = STANCES[int(odds.argmax())]
    reason = f"classifier {float(odds.max()):.2f} (rules: {found.reason})"
    return Judged(stance, None, tense_of(parse, i, stance), reason)


def judge_relation(parse: Parse, i: int) -> Judged:
    """The same for a word that says how two parties stand; the rules alone, for the classifier learnt from happenings."""
    i = _verb(parse, i)
    found = climb(parse, i, load(), 0)
    return Judged(found.stance, found.outcome, tense_of(parse, i, found.stance), found.reason)


def read_by_rules(parse: Parse, i: int) -> Reading:
    """What the rules alone say of token `i`, as the classifier sees it."""
    i = _verb(parse, i)
    found = climb(parse, i, load(), 0)
    return Reading(found.stance, tense_of(parse, i, found.stance), _marked(parse, i, found))


def _marked(parse: Parse, i: int, found: Local) -> bool:
    """Whether some word decided."""
    return found.reason != ASSERTED or _implied(parse, i)


def _implied(parse: Parse, i: int) -> bool:
    """Whether the word is the complement of a verb that says that it came about, or under "not" that it did not: "managed to"."""
    token = parse.tokens[i]
    head = parse.tokens[token.head]
    return token.rel == "xcomp" and head.upos == "VERB" and load().clause_verbs.get(head.lemma) == "keeps"


def _verb(parse: Parse, i: int) -> int:
    return parse.tokens[i].head if parse.tokens[i].rel == "aux" else i


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
    stance = climb(parse, token.i, lexicon, 0)
    if stance.stance == "denied":
        return "denied"
    happened = model.happened(parse, token, setting_of(parse, token, lexicon, stance))
    if stance.stance == "actual":
        return "actual" if happened >= NOT_YET else "planned"
    if stance.stance == "possible":
        return "possible" if happened >= OPEN else "planned"
    return "actual" if happened > REACHED else stance.stance


def setting_of(
    parse: Parse, token: Token, lexicon: StanceLexicon | None = None, judged: Local | None = None
) -> Setting:
    """What the rules say of a predicate, as the model sees it."""
    lexicon = lexicon or load()
    own = judged or climb(parse, token.i, lexicon, 0)
    governor = "root" if token.head == token.i else climb(parse, token.head, lexicon, 0).stance
    return Setting(own.stance, tense_of(parse, token.i, own.stance), own.reason, governor)


def is_predicate(parse: Parse, token: Token) -> bool:
    """Whether the token names a happening or a state: a verb, or a predicate with a copula or a subject."""
    if token.upos == "VERB":
        return True
    if token.upos == "AUX":
        return token.rel not in ("aux", "cop") or (token.lemma in ("have", "do", "get") and token.rel != "aux")
    if token.upos in ("ADJ", "NOUN", "PROPN"):
        return any(k.rel in ("cop", "nsubj") for k in parse.kids(token.i))
    return False
