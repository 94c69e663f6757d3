"""Event phrases by PLOVER type, mode and context: `phrases.toml`, loaded once and checked."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from functools import lru_cache
from importlib import resources
from typing import Any

from dragoman.codebook import codebook
from dragoman.errors import DataError


@dataclass(frozen=True, slots=True)
class Phrase:
    """How one kind of event is said; see the head of `phrases.toml` for the meaning of each form."""

    past: str
    base: str
    alone: str
    alone_base: str
    passive: str
    mutual: str
    mutual_base: str
    noun: str
    noun_alone: str


KEYS = tuple(f.name for f in fields(Phrase))
PLAIN = Phrase(
    past="acted towards {r}", base="act towards {r}", alone="acted", alone_base="act", passive="{r} {was} acted upon",
    mutual="dealt with each other", mutual_base="deal with each other", noun="dealings with {r}", noun_alone="act",
)  # fmt: skip


def phrase(type_: str, mode: str | None = None, contexts: tuple[str, ...] = (), trigger: str = "") -> Phrase:
    """The phrase for an event: that of the mode, else of the first context that has one, else of the type.

    Where the report's own word (`trigger`) has an entry, its forms come before those of the code.
    """
    entry = codebook().types.get(type_)
    if entry is not None and entry.own:
        return replace(_coded(*(codebook().to_plover(type_) or ("", None)), contexts), **_whole(entry.say))
    found, word = _coded(type_, mode, contexts), trigger.strip().lower()
    said = next((forms for stem, forms in words().get(type_, ()) if word.startswith(stem)), None)
    return replace(found, past=said[0], base=said[1], noun=said[2]) if said else found


def _whole(say: Mapping[str, str]) -> dict[str, str]:
    """The forms that a user gives for a type of his own, with those that follow from them."""
    given = dict(say)
    for form, reciprocal in (("past", "mutual"), ("base", "mutual_base")):
        if form in given:
            given.setdefault(reciprocal, given[form].replace("{r}", "each other"))
    return given


@lru_cache(maxsize=1)
def words() -> dict[str, tuple[tuple[str, tuple[str, str, str]], ...]]:
    """The report's own words by type: (how the trigger begins, (past, base, noun)), longest first."""
    raw = _raw().get("word", {})
    for type_, entries in raw.items():
        bad = [stem for stem, forms in entries.items() if len(forms) != 3]
        if bad:
            raise DataError(f"phrases.toml [word.{type_}]: {bad} must be [past, base, noun]")
    return {t: tuple(sorted(((k, tuple(v)) for k, v in e.items()), key=lambda x: -len(x[0]))) for t, e in raw.items()}


def _coded(type_: str, mode: str | None, contexts: tuple[str, ...]) -> Phrase:
    table = load()
    keys = [(type_, mode or "", context) for context in contexts] if mode else []
    keys += [(type_, mode, "")] if mode else []
    keys += [(type_, "", context) for context in contexts]
    return next((table[k] for k in keys if k in table), table.get((type_, "", ""), PLAIN))


@lru_cache(maxsize=1)
def load() -> dict[tuple[str, str, str], Phrase]:
    """All phrases by (type, mode, context), an empty string where the phrase holds for any. Raises `DataError`."""
    raw = {k: v for k, v in _raw().items() if k != "word"}
    table: dict[tuple[str, str, str], Phrase] = {}
    for type_, entry in raw.items():
        own = {k: v for k, v in entry.items() if isinstance(v, str)}
        table[type_, "", ""] = _checked(own, type_)
        for mode, forms in entry.get("mode", {}).items():
            table[type_, mode, ""] = _checked(own | forms, f"{type_}.mode.{mode}")
        for context, forms in entry.get("context", {}).items():
            table[type_, "", context] = _checked(own | forms, f"{type_}.context.{context}")
        for mode, contexts in entry.get("mode_context", {}).items():
            base = own | entry["mode"][mode]
            for context, forms in contexts.items():
                table[type_, mode, context] = _checked(base | forms, f"{type_}.mode_context.{mode}.{context}")
    return table


def _raw() -> dict[str, Any]:
    return tomllib.loads(resources.files("dragoman.brief").joinpath("phrases.toml").read_text(encoding="utf-8"))


def _checked(forms: dict[str, Any], where: str) -> Phrase:
    missing, odd = [k for k in KEYS if k not in forms], [k for k in forms if k not in KEYS]
    if missing or odd:
        raise DataError(
            f"phrases.toml [{where}]: missing {missing}, unknown {odd}; each entry needs exactly {list(KEYS)}"
        )
    return Phrase(**forms)
