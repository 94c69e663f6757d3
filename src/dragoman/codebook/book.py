"""The codebook as frozen values, read from TOML and checked: a broken file is an error that names file and entry."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cache
from importlib import resources
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any, Literal, get_args

from dragoman.errors import DataError

Quad = Literal["verbal-cooperation", "material-cooperation", "verbal-conflict", "material-conflict"]
QUADS: frozenset[str] = frozenset(get_args(Quad))
TYPES = (
    "AGREE CONSULT SUPPORT CONCEDE COOPERATE AID RETREAT REQUEST ACCUSE REJECT THREATEN PROTEST SANCTION MOBILIZE COERCE ASSAULT"
).split()
CONTEXTS = 37
LIMIT = 10.0
"""Intensities run from -LIMIT to LIMIT."""


class CodebookError(DataError):
    """A file of the codebook is broken; the message names file and entry."""


@dataclass(frozen=True, slots=True)
class Mode:
    """How an event of a type was done (or, of a threat, what is menaced). `intensity` -10 to 10."""

    name: str
    intensity: float
    definition: str


@dataclass(frozen=True, slots=True)
class EventType:
    """One of the sixteen types, or one of a user's own.

    `recipient` tells whether one is required. `plover` is the TYPE or TYPE/mode that stands for it in exchange with others: of the
    sixteen their own name, of an own type what its maker says, or None. `say` holds forms of `brief/phrases.toml`.
    """

    name: str
    quad: Quad
    intensity: float
    recipient: bool
    definition: str
    example: str
    modes: Mapping[str, Mode]
    plover: str | None = None
    say: Mapping[str, str] = field(default_factory=dict)

    @property
    def own(self) -> bool:
        """Whether a user added it."""
        return self.plover != self.name


@dataclass(frozen=True, slots=True)
class Context:
    """What an event is about; `words` are lemmas that suggest it."""

    name: str
    definition: str
    words: frozenset[str]


@dataclass(frozen=True, slots=True)
class Ruling:
    """How this project settles a point that the manual leaves open or contradicts."""

    types: tuple[str, ...]
    text: str


@dataclass(frozen=True)
class Codebook:
    """Everything that the coder knows of PLOVER 2.0."""

    types: Mapping[str, EventType]
    contexts: Mapping[str, Context]
    sectors: Mapping[str, str]
    rulings: tuple[Ruling, ...]
    codes: Mapping[str, tuple[str, str | None] | None]
    back: Mapping[tuple[str, str | None], str]
    draft: Mapping[str, tuple[str, str | None]]

    def intensity(self, type_: str, mode: str | None = None) -> float:
        """The intensity of a type, or of a mode of it; raises KeyError for what the codebook does not have."""
        entry = self.types[type_]
        return entry.intensity if mode is None else entry.modes[mode].intensity

    def quad(self, type_: str) -> Quad:
        return self.types[type_].quad

    def to_plover(self, type_: str, mode: str | None = None) -> tuple[str, str | None] | None:
        """Type and mode in PLOVER: those given, or for a user's own type those that it maps to, or None where it maps to none.

        Raises KeyError for a type that the codebook does not have.
        """
        entry = self.types[type_]
        if not entry.own:
            return type_, mode
        target, _, its_mode = (entry.plover or "").partition("/")
        return (target, its_mode or None) if target else None

    def with_types(self, types: Mapping[str, EventType]) -> Codebook:
        """The same codebook with other types."""
        return replace(self, types=types)

    def from_cameo(self, code: str) -> tuple[str, str | None] | None:
        """Type and mode for a CAMEO code, by its longest known beginning; None for statements and unknown codes."""
        for length in range(len(code), 1, -1):
            if code[:length] in self.codes:
                return self.codes[code[:length]]
        return None

    def to_cameo(self, type_: str, mode: str | None = None) -> str:
        """A CAMEO code for a type and mode of PLOVER; raises KeyError for another."""
        return self.back.get((type_, mode)) or self.back[type_, None]

    def from_draft(self, name: str) -> tuple[str, str | None] | None:
        """Type and mode for a type of the 2016 draft, or None."""
        return self.draft.get(name.upper())

    def to_draft(self, type_: str, mode: str | None = None) -> str:
        """The type of the 2016 draft for a type and mode of PLOVER 2.0."""
        if type_ == "ACCUSE":
            return "INVESTIGATE" if mode == "investigate" else "DISAPPROVE"
        return "DEMAND" if type_ == "REQUEST" else type_


@cache
def shipped() -> Codebook:
    """PLOVER 2.0 as it comes with the program, read once."""
    return load(resources.files("dragoman.codebook"))


def load(folder: Traversable | Path) -> Codebook:
    """The codebook in a folder with types, contexts, sectors, rulings and cameo `.toml`. Raises `CodebookError`."""
    types = {name: _type(name, table) for name, table in _table(folder, "types.toml").items()}
    if list(types) != TYPES:
        raise CodebookError(f"types.toml: expected the sixteen types {' '.join(TYPES)}, got {' '.join(types)}")
    contexts = {name: _context(name, table) for name, table in _table(folder, "contexts.toml").items()}
    if len(contexts) != CONTEXTS:
        raise CodebookError(f"contexts.toml: expected {CONTEXTS} contexts, got {len(contexts)}")
    sectors = {name: _text("sectors.toml", name, text) for name, text in _table(folder, "sectors.toml").items()}
    rulings = tuple(_ruling(n, entry, types) for n, entry in enumerate(_table(folder, "rulings.toml")["ruling"], 1))
    cameo = _table(folder, "cameo.toml")
    return Codebook(
        types=types,
        contexts=contexts,
        sectors=sectors,
        rulings=rulings,
        codes={code: _target(f"cameo.toml: {code}", text, types) for code, text in cameo["codes"].items()},
        back={known_target(f"cameo.toml: back {key}", key, types): str(code) for key, code in cameo["back"].items()},
        draft={name: known_target(f"cameo.toml: draft {name}", text, types) for name, text in cameo["draft"].items()},
    )


def _table(folder: Traversable | Path, name: str) -> dict[str, Any]:
    try:
        return tomllib.loads((folder / name).read_text(encoding="utf-8"))
    except FileNotFoundError as error:
        raise CodebookError(f"{name}: expected this file beside the others of the codebook; it is missing") from error
    except tomllib.TOMLDecodeError as error:
        raise CodebookError(f"{name}: not TOML: {error}") from error


def _type(name: str, table: Mapping[str, Any]) -> EventType:
    return event_type(f"types.toml: {name}", name, {**table, "plover": name})


def event_type(where: str, name: str, table: Mapping[str, Any]) -> EventType:
    """A type from its table; `where` names it in the message of a `CodebookError`."""
    if table.get("quad") not in QUADS:
        raise CodebookError(f"{where}: quad {table.get('quad')!r} is none of {', '.join(sorted(QUADS))}")
    modes = table.get("modes", {})
    if not isinstance(modes, dict) or not all(isinstance(entry, dict) for entry in modes.values()):
        raise CodebookError(f"{where}: modes: expected a table for each mode, got {modes!r}")
    return EventType(
        name=name,
        quad=table["quad"],
        intensity=_intensity(where, table),
        recipient=bool(table.get("recipient", False)),
        definition=_text(where, "definition", table.get("definition")),
        example=_text(where, "example", table.get("example")),
        modes={
            mode: Mode(mode, _intensity(f"{where}/{mode}", entry), _text(where, mode, entry.get("definition")))
            for mode, entry in modes.items()
        },
        plover=table["plover"],
        say=table.get("say", {}),
    )


def _intensity(where: str, table: Mapping[str, Any]) -> float:
    value = table.get("intensity")
    if isinstance(value, bool) or not isinstance(value, int | float) or not -LIMIT <= value <= LIMIT:
        raise CodebookError(f"{where}: intensity: expected a number from -10 to 10, got {value!r}")
    return float(value)


def _text(where: str, name: str, value: Any) -> str:
    if not isinstance(value, str) or not value.strip():
        raise CodebookError(f"{where}: {name}: expected a text, got {value!r}")
    return value


def _context(name: str, table: Mapping[str, Any]) -> Context:
    words = table.get("words")
    if not isinstance(words, str):
        raise CodebookError(f"contexts.toml: {name}: words: expected a text, got {words!r}")
    return Context(name, _text("contexts.toml", name, table.get("definition")), frozenset(words.split()))


def _ruling(number: int, entry: Mapping[str, Any], types: Mapping[str, EventType]) -> Ruling:
    unknown = [t for t in entry.get("types", []) if t not in types]
    if unknown:
        raise CodebookError(f"rulings.toml: ruling {number}: no such type: {', '.join(unknown)}")
    return Ruling(tuple(entry.get("types", [])), _text("rulings.toml", f"ruling {number}", entry.get("ruling")))


def _target(where: str, text: str, types: Mapping[str, EventType]) -> tuple[str, str | None] | None:
    return known_target(where, text, types) if text else None


def known_target(where: str, text: str, types: Mapping[str, EventType]) -> tuple[str, str | None]:
    """Type and mode of a text TYPE or TYPE/mode; raises `CodebookError` where there is no such type or mode."""
    name, _, mode = text.partition("/")
    if name not in types or (mode and mode not in types[name].modes):
        raise CodebookError(f"{where}: {text!r} is no type, or no mode of it")
    return name, mode or None
