"""The cue lexicon: words that attribute, and what of their dependents they attribute (see data/cues.toml)."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

from ..errors import DataError

FILE = "cues.toml"
FRAMES = frozenset(("clause", "infinitive", "object", "preposition"))


@dataclass(frozen=True, slots=True)
class Cues:
    """Lookups by lemma. `verbs` gives the frames of a verb, `pairs` the prepositions that bring its content."""

    verbs: Mapping[str, frozenset[str]]
    pairs: Mapping[str, frozenset[str]]
    nouns: frozenset[str]
    adjectives: frozenset[str]
    view_nouns: frozenset[str]
    adverbs: frozenset[str]
    light: frozenset[str]
    speech: frozenset[str]
    addressed: frozenset[str]
    noun_topics: frozenset[str]
    verb_topics: frozenset[str]
    copular: frozenset[str]


@cache
def load() -> Cues:
    """The shipped lexicon. Raises DataError naming the file where it is broken."""
    text = (resources.files(__package__) / "data" / FILE).read_text(encoding="utf-8")
    try:
        return _built(tomllib.loads(text))
    except (tomllib.TOMLDecodeError, KeyError, TypeError, ValueError) as error:
        raise DataError(f"{FILE}: not a cue lexicon ({error}); restore the file from the package") from error


def _built(raw: Mapping[str, Any]) -> Cues:
    verbs: dict[str, set[str]] = {}
    pairs: dict[str, set[str]] = {}
    speech: frozenset[str] = frozenset()
    for group in raw["verbs"]:
        frames = set(group["frames"])
        if frames - FRAMES:
            raise DataError(f"{FILE}: group {group['group']!r}: frames must be among {', '.join(sorted(FRAMES))}")
        for lemma in group.get("lemmas", ()):
            verbs.setdefault(lemma, set()).update(frames)
        for pair in group.get("pairs", ()):
            verb, preposition = pair.split(" ", 1)
            pairs.setdefault(verb, set()).add(preposition)
        if group["group"] == "speech":
            speech = frozenset(group["lemmas"])
    return Cues(
        verbs={lemma: frozenset(frames) for lemma, frames in verbs.items()},
        pairs={lemma: frozenset(words) for lemma, words in pairs.items()},
        nouns=frozenset(raw["nouns"]["lemmas"]),
        adjectives=frozenset(raw["adjectives"]["lemmas"]),
        view_nouns=frozenset(raw["prepositions"]["nouns"]),
        adverbs=frozenset(raw["adverbs"]["lemmas"]),
        light=frozenset(raw["light"]["lemmas"]),
        speech=speech,
        addressed=frozenset(raw["addressed"]["lemmas"]),
        noun_topics=frozenset(raw["topics"]["nouns"]),
        verb_topics=frozenset(raw["topics"]["verbs"]),
        copular=frozenset(raw["copular"]["lemmas"]),
    )
