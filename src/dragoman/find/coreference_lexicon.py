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
    """The mention types and registry kinds that a head noun can take up; whether the noun must be plural (None: either way),
    whether it may stand for a body whose name is that of a civil one, whether for listed bodies alone, and whether it
    is a business ("the firm")."""

    types: frozenset[str]
    kinds: frozenset[str]
    plural: bool | None = None
    civil: bool = True
    listed: bool = False
    venture: bool = False


@dataclass(frozen=True, slots=True)
class Anaphora:
    """Lookups by head noun. `countries` restricts words such as "kingdom" to states so called.

    `roles` gives the titles that a verb tells of its subject, `wider` the words that a title may stand for. `civil` are last
    words of names of bodies that are not rebels, `sites` those of names of places and events, `fellows` words for another of
    the same kind, `seats` the bodies that a town stands for. `office` are words before a title that tell one office from
    another, `plain` words for any person, `peers` words for another of the same office, `company` those for the other
    one of two who meet or contend, `loaded` words that no speaker uses of his own side, `broad` nouns before
    another that say little ("the rebel group"), `unions` last words of names that no business bears, `media` words beside the name of one.
    """

    nominals: Mapping[str, Nominal]
    titles: frozenset[str]
    general: frozenset[str]
    female: frozenset[str]
    male: frozenset[str]
    countries: Mapping[str, frozenset[str]]
    roles: Mapping[str, tuple[str, ...]]
    wider: Mapping[str, frozenset[str]]
    civil: frozenset[str]
    sites: frozenset[str]
    fellows: frozenset[str]
    seats: Mapping[str, tuple[str, ...]]
    office: frozenset[str]
    plain: frozenset[str]
    peers: frozenset[str]
    company: frozenset[str]
    loaded: frozenset[str]
    broad: frozenset[str]
    unions: frozenset[str]
    media: frozenset[str]


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
        head: Nominal(
            frozenset(entry["types"]),
            frozenset(entry["kinds"]),
            entry.get("plural"),
            entry.get("civil", True),
            entry.get("listed", False),
            head in raw["bodies"]["ventures"],
        )
        for entry in raw["nominals"]
        for head in entry["heads"]
    }
    persons = raw["persons"]
    return Anaphora(
        nominals=nominals,
        titles=frozenset(persons["titles"]),
        general=frozenset(persons["general"]),
        female=frozenset(persons["sexes"]["female"]),
        male=frozenset(persons["sexes"]["male"]),
        countries={word: frozenset(codes) for word, codes in raw["kingdoms"].items()},
        roles={verb: tuple(titles) for verb, titles in persons["roles"].items()},
        wider={word: frozenset(words) for word, words in persons["wider"].items()},
        civil=frozenset(raw["bodies"]["civil"]),
        sites=frozenset(raw["bodies"]["sites"]),
        fellows=frozenset(raw["bodies"]["fellows"]),
        seats={town: tuple(ids) for town, ids in raw["seats"].items()},
        office=frozenset(persons["words"]["office"]),
        plain=frozenset(persons["words"]["plain"]),
        peers=frozenset(persons["words"]["peers"]),
        company=frozenset(persons["words"]["company"]),
        loaded=frozenset(raw["bodies"]["loaded"]),
        broad=frozenset(raw["bodies"]["broad"]),
        unions=frozenset(raw["bodies"]["unions"]),
        media=frozenset(raw["bodies"]["media"]),
    )
