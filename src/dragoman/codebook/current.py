"""The codebook of this run: PLOVER, and the event types that the user's settings add."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from dragoman.settings import settings

from .book import Codebook, shipped
from .own import tables_in, with_types


def codebook() -> Codebook:
    """PLOVER, and the event types of the user's own where the settings name some. Raises `DataError` for a broken file."""
    return codebook_with(settings().lexicon)


@cache
def codebook_with(own: Path | None) -> Codebook:
    """PLOVER with the event types that a TOML file, or the files of a folder, declare. Raises `DataError` for a broken one."""
    return shipped() if own is None else with_types(shipped(), tables_in(own))
