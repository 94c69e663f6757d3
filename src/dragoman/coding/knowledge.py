"""What the frame lexicon and the tree know of a word, as numbers for the event classifier.

Of each word: the type of the frame that fits, the types of all frames that the lexicon has for it, whether or not one fits, what the
fitting frame asks for, the word's relation and class, and who stands in its slots.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from dragoman.coding.frames import Frame, Lexicon
from dragoman.coding.triggers import Trigger, is_who, kinds, lemmas
from dragoman.model import Parse, Token

Floats = npt.NDArray[np.float32]
RELATIONS = "root conj ccomp xcomp advcl acl parataxis nsubj obj obl nmod amod compound appos".split()
CLASSES = ("VERB", "NOUN", "ADJ")
DEPENDENTS = "nsubj nsubj:pass obj iobj obl nmod nmod:poss amod compound xcomp ccomp aux advmod".split()
"""Dependents that are told apart: whether there is one, and whether it names people or a body."""
PLACES = {
    name: at
    for at, name in enumerate(
        "ACCUSE AGREE AID ASSAULT COERCE CONCEDE CONSULT COOPERATE MOBILIZE PROTEST REJECT REQUEST RETREAT SANCTION SUPPORT "
        "THREATEN".split()
    )
}
"""The place of each type; a user's own types have none."""
TYPES = len(PLACES)
FRAME, RELATION = 2 * TYPES, 2 * TYPES + 4
CLASS = RELATION + len(RELATIONS) + 1
SLOTS = CLASS + len(CLASSES)
WIDTH = SLOTS + 2 * len(DEPENDENTS)
"""How many numbers there are of a word."""


def known_of(parse: Parse, tokens: Sequence[int], triggers: Sequence[Trigger], lexicon: Lexicon) -> Floats:
    """The numbers of `tokens`, shape (tokens, WIDTH)."""
    fitting = {trigger.token.i: trigger.frame for trigger in triggers}
    found = np.zeros((len(tokens), WIDTH), np.float32)
    for row, i in zip(found, tokens, strict=True):
        token = parse.tokens[i]
        _of_frame(row, fitting.get(i))
        frames = _frames(token, lexicon)
        for frame in frames:
            if frame.type in PLACES:
                row[TYPES + PLACES[frame.type]] += 1 / len(frames)
        relation = RELATIONS.index(token.rel) if token.rel in RELATIONS else len(RELATIONS)
        row[RELATION + relation] = 1
        row[CLASS + CLASSES.index(token.upos)] = 1
        _of_dependents(row, parse, i)
    return found


def _of_frame(row: Floats, frame: Frame | None) -> None:
    if frame is None or frame.type not in PLACES:
        return
    row[PLACES[frame.type]] = 1
    row[FRAME : FRAME + 4] = (1, frame.weight, min(len(frame.needs), 2) / 2, frame.last)


def _frames(token: Token, lexicon: Lexicon) -> tuple[Frame, ...]:
    """All frames of a word, by the first of its lemmas that has any."""
    for kind in kinds(token):
        for lemma in lemmas(token):
            if frames := lexicon.of(kind, lemma):
                return frames
    return ()


def _of_dependents(row: Floats, parse: Parse, i: int) -> None:
    for kid in parse.kids(i):
        name = kid.dep if kid.dep in DEPENDENTS else kid.rel
        if name in DEPENDENTS:
            at = SLOTS + 2 * DEPENDENTS.index(name)
            row[at] = 1
            if is_who(parse, kid.i):
                row[at + 1] = 1
