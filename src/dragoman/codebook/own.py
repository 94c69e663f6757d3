"""Event types of a user's own: tables `[event_type.NAME]` in the TOML files that also hold their frames.

[event_type.SUMMON]
definition = "calls in a state's envoy to receive a complaint"
example = "Oslo summoned the Ruritanian ambassador."
quad = "verbal-conflict"
intensity = -2.5
plover = "ACCUSE/disapprove"          # what it is in exchange with others; left out: nothing
recipient = true                      # whether it needs one; left out: no
say = { past = "summoned an envoy of {r}" }   # how a brief says it: keys of brief/phrases.toml, any of them
[event_type.SUMMON.modes.protest]
intensity = -3
definition = "to hand over a written protest"
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any

from dragoman.errors import DataError

from .book import QUADS, Codebook, CodebookError, EventType, event_type, known_target

TABLE = "event_type"
NAME = re.compile(r"[A-Z][A-Z0-9]*(?:-[A-Z0-9]+)*")
LONGEST_NAME = 24
KEYS = frozenset("definition example quad intensity plover recipient say modes".split())
FORMS = frozenset("past base alone alone_base passive mutual mutual_base noun noun_alone".split())
"""How a brief may be told to say a type; the head of `brief/phrases.toml` tells what each form is."""
BLANKS = re.compile(r"\{([^{}]*)\}")


def tables_in(place: Traversable | Path) -> list[tuple[str, dict[str, Any]]]:
    """A TOML file, or every TOML file of a folder, parsed, by name. Raises `DataError` naming file and line."""
    files = [place] if place.is_file() else sorted(place.iterdir(), key=lambda f: f.name)
    found = []
    for file in files:
        if file.name.endswith(".toml"):
            try:
                found.append((file.name, tomllib.loads(file.read_bytes().decode("utf-8-sig"))))
            except tomllib.TOMLDecodeError as error:
                raise DataError(f"{file.name}: not TOML: {error}") from error
            except UnicodeDecodeError as error:
                raise DataError(f"{file.name}: expected UTF-8, got {error.reason} at byte {error.start}") from error
    return found


def with_types(book: Codebook, tables: Iterable[tuple[str, Mapping[str, Any]]]) -> Codebook:
    """The codebook with the event types of a user's own, after the sixteen; itself where the tables declare none.

    Raises:
        CodebookError: one is broken; the message names file and type.
    """
    types, places = dict(book.types), dict[str, str]()
    for file, table in tables:
        declared = table.get(TABLE, {})
        if not isinstance(declared, dict):
            raise CodebookError(f"{file}: {TABLE}: expected tables [{TABLE}.NAME], got {declared!r}")
        for name, entry in declared.items():
            where = f"{file}: {TABLE} {name}"
            if name in places:
                raise CodebookError(f"{where}: {places[name]} declares it, too; take one of them out")
            types[name] = _own(where, name, entry, book)
            places[name] = file
    return book if not places else book.with_types(types)


def _own(where: str, name: str, entry: Any, book: Codebook) -> EventType:
    if name in book.types:
        raise CodebookError(f"{where}: PLOVER has this type; give yours another name, or your frames `type = {name!r}`")
    if not NAME.fullmatch(name) or len(name) > LONGEST_NAME:
        raise CodebookError(
            f"{where}: expected a name of capital letters, digits and hyphens, at most {LONGEST_NAME} long, as in SHOW-TRIAL"
        )
    if not isinstance(entry, dict):
        raise CodebookError(f"{where}: expected a table [{TABLE}.{name}], got {entry!r}")
    unknown = sorted(set(entry) - KEYS)
    if unknown:
        raise CodebookError(f"{where}: unknown key {', '.join(unknown)}; known are {', '.join(sorted(KEYS))}")
    if entry.get("quad") not in QUADS:
        raise CodebookError(f"{where}: quad: expected one of {', '.join(sorted(QUADS))}, got {entry.get('quad')!r}")
    found = event_type(where, name, {**entry, "plover": _target(where, entry, book), "say": _said(where, entry)})
    _check_signs(where, found)
    return found


def _target(where: str, entry: Mapping[str, Any], book: Codebook) -> str | None:
    """The PLOVER type or TYPE/mode that stands for it in exchange."""
    target = entry.get("plover")
    if target is None:
        return None
    type_, _ = known_target(f"{where}: plover", str(target), book.types)
    side, other = str(entry["quad"]).split("-")[1], book.quad(type_).split("-")[1]
    if side != other:
        raise CodebookError(
            f"{where}: plover: {type_} is {other}, the type is {side}; expected a type of the same side"
        )
    return str(target)


def _said(where: str, entry: Mapping[str, Any]) -> dict[str, str]:
    said = entry.get("say", {})
    if not isinstance(said, dict) or not all(isinstance(v, str) and v.strip() for v in said.values()):
        raise CodebookError(f'{where}: say: expected a table of texts, as {{ past = "summoned {{r}}" }}, got {said!r}')
    for form, text in said.items():
        if form not in FORMS:
            raise CodebookError(f"{where}: say: unknown form {form!r}; known are {', '.join(sorted(FORMS))}")
        allowed = {"r", "was"} if form == "passive" else {"r"}
        strange = set(BLANKS.findall(text)) - allowed
        if strange or set("{}") & set(BLANKS.sub("", text)):
            raise CodebookError(
                f"{where}: say: {form}: expected {{{'}, {'.join(sorted(allowed))}}} alone, got {text!r}"
            )
    return dict(said)


def _check_signs(where: str, entry: EventType) -> None:
    """Cooperation is above zero, conflict below: the level of a tie is summed from these numbers."""
    positive = entry.quad.endswith("cooperation")
    for name, value in ((entry.name, entry.intensity), *((m.name, m.intensity) for m in entry.modes.values())):
        if value == 0 or (value > 0) != positive:
            side = "above" if positive else "below"
            raise CodebookError(f"{where}: intensity of {name}: {entry.quad} is {side} 0, got {value:g}")
