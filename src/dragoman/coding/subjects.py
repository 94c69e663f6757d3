"""What an event is about: PLOVER's contexts, from its frame and the words around its trigger."""

from __future__ import annotations

from functools import cache

from dragoman.codebook import codebook
from dragoman.coding.context import Context
from dragoman.coding.triggers import Trigger

MOST = 4
"""More contexts than this say nothing."""
NEAR = 14
"""Tokens before and after the trigger that are looked at, within its sentence."""


@cache
def _by_word() -> dict[str, tuple[str, ...]]:
    found: dict[str, list[str]] = {}
    for entry in codebook().contexts.values():
        for word in entry.words:
            found.setdefault(word, []).append(entry.name)
    return {word: tuple(names) for word, names in found.items()}


def contexts_of(context: Context, trigger: Trigger, type_: str) -> tuple[str, ...]:
    """The contexts of an event: those of its frame, then those that words near its trigger suggest, nearest first."""
    parse, i = context.parse, trigger.token.i
    sentence, by_word = parse.sentence(i), _by_word()
    near = parse.tokens[max(sentence.first, i - NEAR) : min(sentence.last, i + NEAR + 1)]
    found = dict.fromkeys(trigger.frame.contexts)
    for token in sorted(near, key=lambda t: abs(t.i - i)):
        for name in by_word.get(token.lemma.lower(), ()):
            found.setdefault(name)
    if "human" in {t.lower for t in near} and "rights" in {t.lower for t in near}:
        found.setdefault("human_rights")
    return tuple(found)[:MOST]
