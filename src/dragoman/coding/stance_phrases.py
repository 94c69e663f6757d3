"""Fixed phrases that open a complement ("went so far as to", "on the verge of"), read off the words before it.

Parsers hang such complements on any word of the phrase, so the words themselves decide (data/stance_phrases.toml).
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any, cast, get_args

from ..errors import DataError
from ..model import Parse, Stance, Token
from .stance_lexicon import EFFECTS, Effect

FILE = "stance_phrases.toml"
GAP = 3
"""Words that `~` may stand for, at most."""

REFLEXIVES = frozenset(
    "myself yourself himself herself itself oneself ourselves yourselves themselves themself".split()
)
NEGATIVE = frozenset(("no", "not", "nothing", "little"))
BEFORE = frozenset(("det", "amod", "nummod", "compound", "nmod:poss", "advmod", "aux", "aux:pass", "cop", "flat"))
"""Dependents that stand between the phrase and the word for the happening."""

Words = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Phrase:
    """A fixed phrase and what it does: an effect on what follows, given its governor, or a stance outright. `negative`: it holds a
    negation of its own, which is not one of what follows ("had no choice but to")."""

    words: Words
    effect: Effect | None
    stance: Stance | None
    negative: bool


@dataclass(frozen=True, slots=True)
class Found:
    """A phrase in a text; `head` is its first content word."""

    phrase: Phrase
    head: int


@cache
def load() -> Mapping[str, tuple[Phrase, ...]]:
    """The shipped phrases by their last word, longest first. Raises DataError where the file is broken."""
    text = (resources.files(__package__) / "data" / FILE).read_text(encoding="utf-8")
    try:
        phrases = sorted(_read(tomllib.loads(text)), key=lambda p: -len(p.words))
    except (tomllib.TOMLDecodeError, KeyError, TypeError) as error:
        raise DataError(f"{FILE}: not a list of phrases ({error}); restore the file from the package") from error
    found: dict[str, list[Phrase]] = {}
    for phrase in phrases:
        found.setdefault(phrase.words[-1], []).append(phrase)
    return {last: tuple(some) for last, some in found.items()}


def _read(raw: Mapping[str, Any]) -> Iterator[Phrase]:
    for name, group in raw.items():
        if "stance" in group:
            if group["stance"] not in get_args(Stance):
                raise DataError(f"{FILE}: {name}: expected a stance, got {group['stance']!r}")
            yield from (Phrase(_words(entry), None, group["stance"], False) for entry in group["words"])
            continue
        if name not in EFFECTS:
            raise DataError(f"{FILE}: group {name!r}: expected one of {', '.join(sorted(EFFECTS))}")
        for words in map(_words, group["effect"]):
            yield Phrase(words, cast("Effect", name), None, not NEGATIVE.isdisjoint(words))


def _words(entry: str) -> Words:
    words = tuple(entry.split())
    if len(words) < 2 or words[-1] in ("*", "~", "SELF"):
        raise DataError(f"{FILE}: {entry!r}: expected two words or more, the last of them a word")
    return words


def before(parse: Parse, token: Token) -> Found | None:
    """The longest phrase that ends right before what `token` heads; None where there is none."""
    edge = _edge(parse, token)
    if edge == 0:
        return None
    last = parse.tokens[edge - 1]
    for phrase in load().get(last.lower, ()) or load().get(last.lemma, ()):
        if last.lower == "to" and not _fits(token, edge, phrase):
            continue
        start = matches(parse, phrase.words, edge, parse.sentence(token.i).first)
        if start is not None:
            return Found(phrase, _head(parse, start, edge))
    return None


def _fits(token: Token, edge: int, phrase: Phrase) -> bool:
    """Whether "to" before the word opens an infinitive as the phrase wants it, or a noun phrase; "due to strikes" is no plan."""
    bare = token.xpos in ("VB", "VBN") or (token.i == edge and token.lower == token.lemma)
    return bare or (token.xpos == "VBG" and phrase.words[0] != "be") or phrase.words[-2] in ("close", "door", "way")


def _edge(parse: Parse, token: Token) -> int:
    """Where the complement begins: its word, with the modifiers that stand right before it."""
    edge = token.i
    while edge > 0:
        left = parse.tokens[edge - 1]
        inside = left.dep in BEFORE or left.rel in BEFORE
        if not inside or token.i not in (left.head, parse.tokens[left.head].head):
            return edge
        edge -= 1
    return edge


def matches(parse: Parse, words: Words, end: int, least: int) -> int | None:
    """Where a phrase begins that ends before token `end`; None where it does not stand there."""
    if not words:
        return end
    word, rest = words[-1], words[:-1]
    if word == "~":
        for size in range(GAP + 1):
            if end - size < least or (size and parse.tokens[end - size].upos == "PUNCT"):
                return None
            found = matches(parse, rest, end - size, least)
            if found is not None:
                return found
        return None
    if end <= least:
        return None
    token = parse.tokens[end - 1]
    if word == "*":
        fits = token.upos != "PUNCT"
    elif word == "SELF":
        fits = token.lower in REFLEXIVES
    else:
        fits = word in (token.lower, token.lemma) or (word == "not" and token.lower in ("n't", "n’t"))
    return matches(parse, rest, end - 1, least) if fits else None


def _head(parse: Parse, start: int, end: int) -> int:
    """The first content word of a phrase; an auxiliary or copula stands for its predicate."""
    for i in range(start, end):
        token = parse.tokens[i]
        if token.upos in ("VERB", "NOUN", "ADJ"):
            return i
        if token.upos == "AUX" and token.rel in ("aux", "cop"):
            return token.head
    return start
