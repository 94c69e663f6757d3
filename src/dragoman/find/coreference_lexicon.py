"""The anaphora lexicon: which words can take up which actors (see data/anaphora.toml)."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

from ..errors import DataError

FILE = "anaphora.toml"


@dataclass(frozen=True, slots=True)
class Nominal:
    """The mention types and registry kinds that a head noun can take up."""

    types: frozenset[str]
    kinds: frozenset[str]


@dataclass(frozen=True, slots=True)
class Anaphora:
    """Lookups by head noun. `countries` restricts words such as "kingdom" to states so called."""

    nominals: Mapping[str, Nominal]
    titles: frozenset[str]
    general: frozenset[str]
    female: frozenset[str]
    male: frozenset[str]
    countries: Mapping[str, frozenset[str]]


@cache
def load() -> Anaphora:
    """The shipped lexicon. Raises DataError naming the file where it is broken."""
    text = (resources.files(__package__) / "data" / FILE).read_text(encoding="utf-8")
    try:
        return _built(tomllib.loads(text))
    except (tomllib.TOMLDecodeError, KeyError, TypeError) as error:
        raise DataError(f"{FILE}: not an anaphora lexicon ({error}); restore the file from the package") from error


def _built(raw: Mapping[str, Any]) -> Anaphora:
    nominals = {
        head: Nominal(frozenset(entry["types"]), frozenset(entry["kinds"]))
        for entry in raw["nominals"]
        for head in entry["heads"]
    }
    persons = raw["persons"]
    return Anaphora(
        nominals=nominals,
        titles=frozenset(persons["titles"]),
        general=frozenset(persons["general"]),
        female=frozenset(persons["female"]),
        male=frozenset(persons["male"]),
        countries={word: frozenset(codes) for word, codes in raw["kingdoms"].items()},
    )
