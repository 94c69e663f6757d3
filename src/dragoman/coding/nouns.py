"""Which common nouns name people or bodies (who may act), and what sector they belong to: read from data/actors.toml."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib import resources

from dragoman.errors import DataError

SUFFIXES = ("ists", "ist", "man", "men", "woman", "women", "ians", "person", "people", "ites", "eers", "eer")
"""Endings of nouns that name people, where no list has the noun."""
PLURALS = ("ists", "ians", "eers", "ites", "people", "wives", "folk")
"""The same in the plural, for forms that the lemmatiser leaves alone."""


@dataclass(frozen=True)
class ActorNouns:
    """Nouns that may act, with their PLOVER sector (None where the noun does not say), nouns that never do, and places that things only
    happen to ("base")."""

    sectors: dict[str, str | None]
    never: frozenset[str]
    places: frozenset[str] = frozenset()

    def may_act(self, lemma: str, form: str = "") -> bool:
        """Whether a noun names people or a body."""
        if lemma in self.never:
            return False
        if lemma in self.sectors or form in self.sectors:
            return True
        return (len(lemma) > 5 and lemma.endswith(SUFFIXES)) or (len(form) > 6 and form.endswith(PLURALS))

    def sector(self, lemma: str) -> str | None:
        """The PLOVER sector that the noun says by itself ("troops" MIL), or None."""
        return self.sectors.get(lemma)


@cache
def actor_nouns() -> ActorNouns:
    """The shipped list, read once. Raises `DataError` where the file is broken."""
    source = resources.files("dragoman.coding") / "data" / "actors.toml"
    table = tomllib.loads(source.read_text(encoding="utf-8"))
    sectors: dict[str, str | None] = {}
    for sector, words in table.get("sector", {}).items():
        if not isinstance(words, str):
            raise DataError(
                f"coding/data/actors.toml: sector {sector}: expected words in one string, got {type(words).__name__}"
            )
        for word in words.split():
            sectors.setdefault(word.replace("_", " "), None if sector == "none" else sector)
    return ActorNouns(
        sectors,
        frozenset(table.get("never", {}).get("words", "").split()),
        frozenset(table.get("places", {}).get("words", "").split()),
    )
