"""A second reading of a parse's triggers by the classifier: what the lexicon missed is added, what it mistook is dropped or retyped.

Thresholds were chosen on the half `dev` of the project's own event sentences (`tests/gold/events.jsonl`).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from dragoman.coding.arguments import of_verb
from dragoman.coding.carriers import of_noun
from dragoman.coding.classifier import Scores
from dragoman.coding.frames import Frame, Lexicon
from dragoman.coding.triggers import Trigger
from dragoman.model import Parse, Token

ADD = 0.6
"""In a sentence where the lexicon finds nothing, a word carries an event from this probability on."""
DROP = 0.005
"""A trigger is dropped below this probability of its own type and of any other."""
RETYPE = 0.95
"""Another type is taken from this probability on, where that of the frame's own is below `DROP`."""
KINDS = {"VERB": "verb", "NOUN": "noun", "ADJ": "adj"}
SOURCE = "classifier"


def second_reading(parse: Parse, triggers: Sequence[Trigger], scores: Scores | None, lexicon: Lexicon) -> list[Trigger]:
    """The triggers in text order after the classifier has been heard; unchanged where it has no scores."""
    if scores is None:
        return list(triggers)
    kept = [heard for t in triggers if (heard := _heard(t, scores)) is not None]
    coded = {t.token.sent for t in kept}
    kept.extend(t for t in _added(parse, scores, lexicon) if t.token.sent not in coded)
    return sorted(kept, key=lambda t: t.token.i)


def _heard(trigger: Trigger, scores: Scores) -> Trigger | None:
    """The trigger as the classifier leaves it; None where it sees no event of any type."""
    own, best = scores.of(trigger.token.i, trigger.frame.type), scores.best(trigger.token.i)
    if own is None or best is None or own >= DROP:
        return trigger
    if best[1] >= RETYPE:
        frame = replace(
            trigger.frame,
            type=best[0],
            mode=None,
            id=_named(best[0], trigger.frame.word),
            weight=best[1],
            source=SOURCE,
        )
        return replace(trigger, frame=frame)
    return None if best[1] < DROP and not trigger.frame.needs else trigger


def _added(parse: Parse, scores: Scores, lexicon: Lexicon) -> Iterator[Trigger]:
    for i in scores.rows:
        token = parse.tokens[i]
        best = scores.best(i)
        if best is None or best[1] < ADD or _hidden(token):
            continue
        kind = KINDS[token.upos]
        args = of_noun(parse, i, lexicon.light) if kind == "noun" else of_verb(parse, i)
        yield Trigger(token, _frame(token, kind, *best), args, frozenset())


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
