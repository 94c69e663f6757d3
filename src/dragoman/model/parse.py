"""A parse: sentences, tokens, UD syntax and name spans of one text."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt

from .report import Span


@dataclass(frozen=True, slots=True)
class Token:
    """One UD word.

    `i` is its index in `Parse.tokens`; `head` the index of its head there (a root's head is itself); `dep` the full UD
    relation (`nsubj:pass`); `feats` the UD features as written (`Tense=Past|VerbForm=Fin`, empty string for none);
    `sent` the index of its sentence. `upos` and `xpos` are the universal and the Penn tag.
    """

    i: int
    start: int
    end: int
    text: str
    lemma: str
    upos: str
    xpos: str
    feats: str
    head: int
    dep: str
    sent: int

    @property
    def rel(self) -> str:
        """The relation without its subtype: `nsubj` for `nsubj:pass`."""
        return self.dep.partition(":")[0]

    @property
    def lower(self) -> str:
        return self.text.lower()


@dataclass(frozen=True, slots=True)
class Sentence:
    """Tokens `first` up to but without `last`; `start`/`end` in code points; `paragraph` counts from 0."""

    i: int
    first: int
    last: int
    start: int
    end: int
    paragraph: int


@dataclass(frozen=True, slots=True)
class Entity:
    """A name span as the engine sees it: tokens `first` up to but without `last`; label PERSON, ORG, LOC, NORP, EVENT, DATE."""

    first: int
    last: int
    label: str


QUOTE_PARTS = ("source", "cue", "content")
"""Columns of `Parse.quotes`."""


@dataclass(frozen=True)
class Parse:
    """Sentences, tokens, UD syntax and name spans of one text.

    `vectors`, where the engine gives them, is float16 of shape (tokens, width): one contextual vector per token. `quotes`,
    likewise, is float16 of shape (tokens, 3): how likely, from 0 to 1, a token belongs to the source, the cue, the content of an
    attribution (`QUOTE_PARTS`).
    """

    text: str
    tokens: tuple[Token, ...]
    sentences: tuple[Sentence, ...]
    entities: tuple[Entity, ...] = ()
    vectors: npt.NDArray[np.float16] | None = None
    engine: str = ""
    quotes: npt.NDArray[np.float16] | None = None

    @cached_property
    def children(self) -> tuple[tuple[int, ...], ...]:
        """For each token the indices of its dependents, in text order."""
        below: list[list[int]] = [[] for _ in self.tokens]
        for token in self.tokens:
            if token.head != token.i:
                below[token.head].append(token.i)
        return tuple(map(tuple, below))

    def kids(self, i: int, *rels: str) -> list[Token]:
        """Dependents of token `i`, in text order; only those whose relation (with or without subtype) is in `rels`, if given."""
        found = [self.tokens[k] for k in self.children[i]]
        return [t for t in found if t.dep in rels or t.rel in rels] if rels else found

    def subtree(self, i: int) -> list[int]:
        """Indices of token `i` and all that depends on it, in text order."""
        seen, stack = [], [i]
        while stack:
            at = stack.pop()
            seen.append(at)
            stack.extend(self.children[at])
        return sorted(seen)

    def ancestors(self, i: int) -> list[int]:
        """Indices from the head of token `i` up to the root, nearest first."""
        found: list[int] = []
        while self.tokens[i].head != i and len(found) <= len(self.tokens):
            i = self.tokens[i].head
            found.append(i)
        return found

    def sentence(self, i: int) -> Sentence:
        """The sentence of token `i`."""
        return self.sentences[self.tokens[i].sent]

    @cached_property
    def quote_tags(self) -> tuple[tuple[str, ...], ...]:
        """For each token the parts of attributions (`QUOTE_PARTS`) that it belongs to more likely than not."""
        if self.quotes is None:
            return ((),) * len(self.tokens)
        likely = self.quotes > 0.5
        return tuple(tuple(part for part, yes in zip(QUOTE_PARTS, row, strict=True) if yes) for row in likely.tolist())

    def span(self, first: int, last: int) -> Span:
        """The span of tokens `first` up to but without `last` (at least one token)."""
        start, end = self.tokens[first].start, self.tokens[last - 1].end
        return Span(start, end, self.text[start:end])

    @cached_property
    def starts(self) -> tuple[int, ...]:
        """Start offset of each token (for bisection)."""
        return tuple(t.start for t in self.tokens)
