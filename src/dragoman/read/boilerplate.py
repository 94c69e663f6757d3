"""Which lines of a page are furniture: buttons, share bars, photo credits, newsletter boxes, "related" lines."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

from ..errors import DataError

EDGES = " \t\u00a0•·*◦▪‣▸►|–—-›»‹«"
"""Bullets and rules that a saved page leaves around a button's words."""


@dataclass(frozen=True)
class Furniture:
    """The compiled table of `boilerplate.toml`."""

    longest: int
    pattern: re.Pattern[str]

    def is_line(self, line: str) -> bool:
        """Whether a line is furniture as a whole."""
        bare = line.strip(EDGES)
        if not bare:
            return bool(line.strip())
        return len(bare) <= self.longest and self.pattern.fullmatch(bare) is not None


@lru_cache(maxsize=1)
def furniture() -> Furniture:
    """The shipped table.

    Raises:
        DataError: `boilerplate.toml` is broken; names the group.
    """
    source = files(__package__).joinpath("boilerplate.toml").read_text(encoding="utf-8")
    table = tomllib.loads(source)
    patterns: list[str] = []
    for group in table["line"]:
        for pattern in group["patterns"]:
            try:
                re.compile(pattern)
            except re.error as error:
                raise DataError(
                    f"boilerplate.toml, {group['what']!r}: the pattern {pattern!r} is broken: {error}"
                ) from error
            patterns.append(f"(?:{pattern})")
    return Furniture(int(table["longest"]), re.compile("|".join(patterns), re.IGNORECASE))
