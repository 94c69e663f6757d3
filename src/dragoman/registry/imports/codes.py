"""Codes of outside formats, from `codes.toml`: countries, kinds, sectors."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path
from typing import Any


@cache
def codes() -> dict[str, dict[str, Any]]:
    """The tables of `codes.toml`."""
    return tomllib.loads(Path(__file__).with_name("codes.toml").read_text(encoding="utf-8"))


@cache
def _by_iso2() -> dict[str, str]:
    return {row[0]: iso3 for iso3, row in codes()["countries"].items()}


def iso3_of(iso2: str) -> str | None:
    """ISO 3166 alpha-3 for an alpha-2 code in any case."""
    return _by_iso2().get(iso2.upper())


def iso2_of(iso3: str | None) -> str | None:
    """ISO 3166 alpha-2 for an alpha-3 code; None for bodies that are no country."""
    row = codes()["countries"].get(iso3 or "")
    return row[0] if row else None


def is_country(code: str) -> bool:
    """Whether a code is an ISO 3166 alpha-3 code that is known here."""
    return code in codes()["countries"]


def items_of_countries() -> dict[str, str]:
    """From Wikidata items of countries to ISO 3166 alpha-3."""
    return {item: iso3 for iso3, row in codes()["countries"].items() for item in row[1:]}
