"""Whether "he" or "she" takes a person up, as far as the given name, a surname's ending or a word beside the name tells."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib import resources

from ..errors import DataError
from ..registry.normal import pieces

FILE = "given_names.toml"


@dataclass(frozen=True, slots=True)
class GivenNames:
    """Given names of one sex each, and endings of surnames that only women bear."""

    female: frozenset[str]
    male: frozenset[str]
    female_endings: tuple[str, ...]


@cache
def load() -> GivenNames:
    """The shipped names. Raises DataError naming the file, and a name that stands under both sexes."""
    text = (resources.files(__package__) / "data" / FILE).read_text(encoding="utf-8")
    try:
        raw = tomllib.loads(text)
        names = GivenNames(
            frozenset(raw["female"].split()), frozenset(raw["male"].split()), tuple(raw["female_endings"])
        )
    except (tomllib.TOMLDecodeError, KeyError, AttributeError, TypeError) as error:
        raise DataError(f"{FILE}: not a list of given names ({error}); restore the file from the package") from error
    if both := names.female & names.male:
        raise DataError(f"{FILE}: names of both sexes ({', '.join(sorted(both))}); leave each out or under one")
    return names


def sex_of(name: str) -> str | None:
    """ "f", "m" or None for a person's full name; a surname alone tells by its ending only."""
    parts = pieces(name)
    if not parts:
        return None
    names = load()
    if parts[-1].endswith(names.female_endings) and len(parts[-1]) > 5:
        return "f"
    if len(parts) < 2:
        return None
    return "f" if parts[0] in names.female else "m" if parts[0] in names.male else None
