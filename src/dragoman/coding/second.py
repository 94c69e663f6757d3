"""A second reading of a parse's triggers by the classifier: what the lexicon missed is added, what it mistook is dropped.

Thresholds were chosen on the half `dev` of the project's own event sentences (`tests/gold/events.jsonl`) and on the held-out files of
`training/text/events`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from dragoman.coding.arguments import of_verb
from dragoman.coding.carriers import of_noun
from dragoman.coding.classifier import Scores
from dragoman.coding.foreground import REPORTING
from dragoman.coding.frames import Frame, Lexicon
from dragoman.coding.triggers import Trigger
from dragoman.model import Parse, Token

ADD = 0.3
"""In a sentence where the lexicon finds nothing, a word carries an event from this probability on."""
ADD_MORE = 0.4
"""The same for verbs of clauses of their own in a sentence where the lexicon finds something."""
DROP = 0.35
"""A trigger whose frame asks for nothing is dropped below this probability of any event."""
DROP_MET = 0.02
"""The same where what the frame asks for is there."""
APART = frozenset(("root", "conj", "advcl", "parataxis", "ccomp"))
"""Relations of verbs whose clause tells something of its own."""
HOLLOW = frozenset("carry conduct perform undertake commit execute have speak".split())
"""Verbs that say nothing without their noun or complement ("carried out a seizure", "spoke of hopes"): alone they are no event."""
BONDS = frozenset("tie relation relationship link contact dealing".split())
KINDS = {"VERB": "verb", "NOUN": "noun", "ADJ": "adj"}
SOURCE = "classifier"


def second_reading(parse: Parse, triggers: Sequence[Trigger], scores: Scores | None, lexicon: Lexicon) -> list[Trigger]:
    """The triggers in text order after the classifier has been heard; unchanged where it has no scores."""
    if scores is None:
        return list(triggers)
    kept = [
        replace(t, chance=scores.of(t.token.i, t.frame.type))
        for t in triggers
        if _is_likely(t, scores) and not _is_state(parse, t)
    ]
    coded = {t.token.sent for t in kept}
    taken = {i for t in triggers for i in (t.token.i, t.args.host, *t.used)}
    # "wants to attack" is read at "attack", as a menace: the verb above it is no event beside it
    taken |= {t.token.head for t in kept if t.token.rel in ("xcomp", "ccomp")}
    kept.extend(
        t
        for t in _added(parse, scores, lexicon)
        if t.token.i not in taken
        and (t.token.sent not in coded or (t.frame.weight >= ADD_MORE and _stands_apart(t.token)))
    )
    return sorted(kept, key=lambda t: t.token.i)


def _is_likely(trigger: Trigger, scores: Scores) -> bool:
    chance = scores.some(trigger.token.i)
    if trigger.frame.own or chance is None or _names_both_sides(trigger):  # it has not learnt a user's own frames
        return True
    return chance >= (DROP_MET if trigger.frame.needs else DROP)


def _is_state(parse: Parse, trigger: Trigger) -> bool:
    """How two stand, not what was done: "ties have been strained since May", "ties, broken off with Yemen" (a tie, told by no act)."""
    token, args = trigger.token, trigger.args
    if not args.passive or args.subject is not None or args.object is None or any(p == "by" for p, _ in args.obliques):
        return False
    if parse.tokens[args.object].lemma.lower() not in BONDS or token.xpos != "VBN":
        return False
    since = any(k.lower == "since" for i in parse.children[token.i] for k in parse.kids(i, "case", "mark"))
    return since or not parse.kids(token.i, "aux")


def _names_both_sides(trigger: Trigger) -> bool:
    """Whether a noun has an owner and a complement ("Lyndia's backing of the strikers"), which background nouns have not."""
    args, doers = trigger.args, ("by", "between")
    owned = args.owner is not None or any(p in doers for p, _ in args.obliques)
    return trigger.token.upos == "NOUN" and owned and any(p not in doers for p, _ in args.obliques)


def _added(parse: Parse, scores: Scores, lexicon: Lexicon) -> Iterator[Trigger]:
    for i in scores.rows:
        token = parse.tokens[i]
        best = scores.best(i)
        if best is None or best[1] < ADD or _hidden(token) or token.lemma.lower() in HOLLOW:
            continue
        kind = KINDS[token.upos]
        args = of_noun(parse, i, lexicon.light) if kind == "noun" else of_verb(parse, i)
        yield Trigger(token, _frame(token, kind, *best), args, frozenset(), best[1])


def _stands_apart(token: Token) -> bool:
    return token.upos == "VERB" and token.rel in APART and token.lemma.lower() not in REPORTING


def _hidden(token: Token) -> bool:
    """Words that only modify another are read with it."""
    return token.rel in ("compound", "flat", "amod", "aux", "cop")


def _frame(token: Token, kind: str, type_: str, chance: float) -> Frame:
    """A frame with the slots that its kind of word has by default."""
    word = token.lemma.lower()
    return Frame(
        id=_named(type_, word), kind=kind, word=word, particle=None, type=type_, mode=None, actor=(), recipient=(),
        needs=(), blocks=(), mutual=type_ in ("CONSULT", "AGREE", "COOPERATE"), contexts=(), weight=chance,
        speech=False, voice=None, main=True, people=False, last=True, source=SOURCE,
    )  # fmt: skip


def _named(type_: str, word: str) -> str:
    return f"{type_.lower()}:{SOURCE}:{word}"
