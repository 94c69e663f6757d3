"""The tie lexicon: words that say how two parties stand (see data/ties.toml)."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any, get_args

from ..errors import DataError
from ..model import Aspect, Change, State, TieRole

FILE = "ties.toml"


_CHANGES: tuple[Change, ...] = ("improving", "worsening")


@dataclass(frozen=True, slots=True)
class Standing:
    """What a word says of a tie. `cases` are the prepositions before the second party, `particle` a word it needs."""

    state: State | None = None
    change: Change | None = None
    role: TieRole | None = None
    cases: frozenset[str] = frozenset()
    particle: str | None = None


@dataclass(frozen=True, slots=True)
class TieLexicon:
    """Lookups by lemma (`relations`, `verbs`, `acts`, `roles`) or by form (`adjectives`, `predicates`, `aspects`)."""

    bare: frozenset[str]
    relations: Mapping[str, Standing]
    adjectives: Mapping[str, Standing]
    verbs: Mapping[str, Standing]
    acts: Mapping[str, Standing]
    predicates: Mapping[str, Standing]
    roles: Mapping[str, Standing]
    backed: frozenset[str]
    against: Mapping[str, Change]
    having: frozenset[str]
    upon: Mapping[str, Standing]
    aspects: Mapping[str, Aspect]


@cache
def load() -> TieLexicon:
    """The shipped lexicon. Raises DataError naming file and entry where it is broken."""
    text = (resources.files(__package__) / "data" / FILE).read_text(encoding="utf-8")
    try:
        return _built(tomllib.loads(text))
    except (tomllib.TOMLDecodeError, KeyError, TypeError) as error:
        raise DataError(f"{FILE}: not a tie lexicon ({error}); restore the file from the package") from error


def _built(raw: Mapping[str, Any]) -> TieLexicon:
    aspects: dict[str, Aspect] = {}
    for name, words in raw["aspects"].items():
        if name not in get_args(Aspect):
            raise DataError(f"{FILE}: aspect {name!r}: expected one of {', '.join(get_args(Aspect))}")
        aspects |= dict.fromkeys(words, name)
    return TieLexicon(
        bare=frozenset(raw["relations"]["bare"]),
        relations=_table(raw["relation"], "lemmas"),
        adjectives=_table(raw["adjective"], "words"),
        verbs=_table(raw["verb"], "lemmas"),
        acts={entry["lemma"]: standing_of(entry) for entry in raw["act"]},
        predicates=_table(raw["predicate"], "words"),
        roles=_table(raw["role"], "lemmas"),
        backed=frozenset(raw["backed"]["words"]),
        against={lemma: change for change in _CHANGES for lemma in raw["against"][change]},
        having=frozenset(raw["having"]["lemmas"]),
        upon={entry["lemma"]: standing_of(entry) for entry in raw["upon"]},
        aspects=aspects,
    )


def _table(entries: Iterable[Mapping[str, Any]], key: str) -> dict[str, Standing]:
    return {word: standing_of(entry) for entry in entries for word in entry[key]}


def standing_of(entry: Mapping[str, Any]) -> Standing:
    """What an entry says. Raises DataError where a value is none."""
    for name, good in (("state", get_args(State)), ("change", get_args(Change)), ("role", get_args(TieRole))):
        if entry.get(name) is not None and entry[name] not in good:
            raise DataError(f"{FILE}: {entry}: {name} must be one of {', '.join(good)}")
    return Standing(
        entry.get("state"),
        entry.get("change"),
        entry.get("role"),
        frozenset(entry.get("cases", ())),
        entry.get("particle"),
    )
