"""The stance lexicon: what a governing word does to the happening that its complement names (see data/stance.toml)."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any, Literal, cast, get_args

from ..errors import DataError
from ..model import Stance

Effect = Literal[
    "keeps",
    "presupposes",
    "says",
    "denies",
    "prevents",
    "plans",
    "hopes",
    "doubts",
    "tries",
    "ends",
    "foils",
    "cancels",
    "goes_on",
    "unbelieved",
    "certain",
]
EFFECTS: frozenset[str] = frozenset(get_args(Effect))
FILE = "stance.toml"


@dataclass(frozen=True, slots=True)
class StanceLexicon:
    """Lookups from lemma to effect. `clause_verbs` and `noun_verbs` hold verbs by the kind of complement; keys of
    `noun_verbs` may carry a preposition ("call for"). `modifiers` maps an adjective to a stance or an outcome; `lists` are
    word classes that single constructions ask for."""

    clause_verbs: Mapping[str, Effect]
    noun_verbs: Mapping[str, Effect]
    nouns: Mapping[str, Effect]
    adjectives: Mapping[str, Effect]
    modifiers: Mapping[str, str]
    adverbs: Mapping[str, str]
    negative_quantifiers: frozenset[str]
    auxiliaries: Mapping[str, str]
    marks: Mapping[str, Stance]
    lists: Mapping[str, frozenset[str]]


@cache
def load() -> StanceLexicon:
    """The shipped lexicon. Raises DataError naming file and entry where it is broken."""
    text = (resources.files(__package__) / "data" / FILE).read_text(encoding="utf-8")
    try:
        return _built(tomllib.loads(text))
    except (tomllib.TOMLDecodeError, KeyError, TypeError) as error:
        raise DataError(f"{FILE}: not a stance lexicon ({error}); restore the file from the package") from error


def _built(raw: Mapping[str, Any]) -> StanceLexicon:
    return StanceLexicon(
        clause_verbs=_effects(raw["verbs"], "clauses"),
        noun_verbs=_effects(raw["verbs"], "nouns"),
        nouns=_effects(raw["nouns"], "lemmas"),
        adjectives=_effects(raw["adjectives"], "lemmas"),
        modifiers={word: name for name, entry in raw["modifiers"].items() for word in entry["words"]},
        adverbs=_inverted(raw["adverbs"]),
        negative_quantifiers=frozenset(raw["quantifiers"]["negative"]),
        auxiliaries=_inverted(raw["auxiliaries"]),
        marks=cast("Mapping[str, Stance]", _inverted(raw["marks"])),
        lists={name: frozenset(words) for name, words in raw["lists"].items()},
    )


def _inverted(lists: Mapping[str, list[str]]) -> dict[str, str]:
    return {word: name for name, words in lists.items() for word in words}


def _effects(groups: Mapping[str, Mapping[str, list[str]]], key: str) -> dict[str, Effect]:
    """Lemma to effect; the first group that lists a lemma wins, so that the file reads from strong to weak."""
    found: dict[str, Effect] = {}
    for effect, lemma in _entries(groups, key):
        if effect not in EFFECTS:
            raise DataError(f"{FILE}: group {effect!r}: expected one of {', '.join(sorted(EFFECTS))}")
        found.setdefault(lemma, cast("Effect", effect))
    return found


def _entries(groups: Mapping[str, Mapping[str, list[str]]], key: str) -> Iterator[tuple[str, str]]:
    for effect, group in groups.items():
        for lemma in group[key]:
            yield effect, lemma
