"""Which cues make voices, and which nouns are media, documents and unnamed sources (see data/voices.toml)."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

from ..errors import DataError

FILE = "voices.toml"


@dataclass(frozen=True, slots=True)
class VoiceLexicon:
    """Sets of lemmas (lower case); `names` and `agencies` are whole names in lower case."""

    silent: frozenset[str]
    infinitives: frozenset[str]
    objects: frozenset[str]
    outlets: frozenset[str]
    agency_nouns: frozenset[str]
    names: frozenset[str]
    agencies: frozenset[str]
    written: frozenset[str]
    spoken: frozenset[str]
    unnamed: frozenset[str]
    reactions: frozenset[str]
    titles: frozenset[str]
    hearsay: frozenset[str]

    @property
    def works(self) -> frozenset[str]:
        """Everything that something can be said in."""
        return self.written | self.spoken


@cache
def load() -> VoiceLexicon:
    """The shipped lexicon. Raises DataError naming the file where it is broken."""
    text = (resources.files(__package__) / "data" / FILE).read_text(encoding="utf-8")
    try:
        return _built(tomllib.loads(text))
    except (tomllib.TOMLDecodeError, KeyError, TypeError) as error:
        raise DataError(f"{FILE}: not a voice lexicon ({error}); restore the file from the package") from error


def _built(raw: Mapping[str, Any]) -> VoiceLexicon:
    return VoiceLexicon(
        silent=frozenset(raw["clauses"]["silent"]),
        infinitives=frozenset(raw["infinitives"]["speech"]),
        objects=frozenset(raw["objects"]["speech"]),
        outlets=frozenset(raw["media"]["outlet"]),
        agency_nouns=frozenset(raw["media"]["agency"]),
        names=frozenset(raw["media"]["names"]),
        agencies=frozenset(raw["media"]["agencies"]),
        written=frozenset(raw["documents"]["written"]),
        spoken=frozenset(raw["documents"]["spoken"]),
        unnamed=frozenset(raw["unnamed"]["heads"]),
        reactions=frozenset(raw["reactions"]["verbs"]),
        titles=frozenset(raw["media"]["titles"]),
        hearsay=frozenset(raw["hearsay"]["nouns"]),
    )
