"""Actors from outside formats into the user's folder: Wikidata, Phoenix/PETRARCH, FollowTheMoney, CSV, and our own JSON lines.

A file is read line by line and checked entry by entry; the first fault stops the import with file and line, unless bad entries are
to be left out. Only when all of it has been read is it kept, as one judgement that can be taken back.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from dragoman.errors import UsageError
from dragoman.registry.imports.csv_rows import read as read_csv
from dragoman.registry.imports.followthemoney import read as read_ftm
from dragoman.registry.imports.jsonl import read as read_jsonl
from dragoman.registry.imports.lines import Fault, Found, Lines, NounRow, Row, ids_within
from dragoman.registry.imports.petrarch import read as read_petrarch
from dragoman.registry.imports.wikidata import read as read_wikidata
from dragoman.registry.index import Registry
from dragoman.registry.judgements import Judgement
from dragoman.registry.normal import key
from dragoman.registry.schema import Reader, RegistryError, read_actor
from dragoman.registry.store import Store

FORMATS: dict[str, Callable[[Lines, dict[str, str]], Iterator[Found]]] = {
    "wikidata": read_wikidata,
    "phoenix": read_petrarch,
    "ftm": read_ftm,
    "csv": read_csv,
    "jsonl": read_jsonl,
}


@dataclass
class Told:
    """What an import has done: the judgement, bad entries left out, and ids that bear an exact name of a listed actor."""

    judgement: Judgement | None = None
    actors: int = 0
    names: int = 0
    nouns: int = 0
    left_out: list[str] = field(default_factory=list)
    same_names: list[tuple[str, str]] = field(default_factory=list)


def import_file(
    store: Store, path: Path, format_: str, *, lenient: bool = False, why: str = "", by: str | None = None
) -> Told:
    """Read `path` into the user's folder. Raises `RegistryError` naming file and line, `UsageError` for another format."""
    if format_ not in FORMATS:
        raise UsageError(f"--format: expected {', '.join(FORMATS)}, got {format_!r}")
    if not path.is_file():
        raise UsageError(f"there is no file {str(path)!r}")
    registry = store.registry()
    states = {country: actor.id for country, actor in registry.states.items()}
    told = Told()
    given: dict[str, Any] = {"source": path.name, "format": format_, "actors": 0, "names": 0}
    found = FORMATS[format_](Lines(path), states)
    read = Reading(path, registry, told, lenient)
    told.judgement = store.keep_import(read.kept(found, given), given, why, by)
    return told


class Reading:
    """One file on its way in."""

    def __init__(self, path: Path, registry: Registry, told: Told, lenient: bool) -> None:
        self.path = path
        self.registry = registry
        self.told = told
        self.lenient = lenient
        self.seen: dict[str, int] = {}
        self.wanted: list[tuple[int, str, str]] = []

    def kept(self, found: Iterator[Found], given: dict[str, Any]) -> Iterator[str]:
        """The lines to keep, each checked; the counts go into `given`. Raises `RegistryError`."""
        for item in found:
            line = self._noun(item) if isinstance(item, NounRow) else self._actor(item)
            if line is not None:
                yield line
        for number, id_, of in self.wanted:
            if of not in self.seen and of not in self.registry.number:
                told = f"{id_!r} refers to {of!r}, which neither this file nor the registry has"
                raise RegistryError(f"{self.path}:{number}: {told}")
        if not self.told.actors and not self.told.nouns:
            raise RegistryError(f"{self.path}: holds no actor that can be taken; is it really {given['format']}?")
        given.update(actors=self.told.actors, names=self.told.names)

    def _noun(self, item: NounRow) -> str:
        self.told.nouns += 1
        return json.dumps({"noun": item.phrase, "sector": item.sector, "plural": item.plural}, ensure_ascii=False)

    def _actor(self, item: Row | Fault) -> str | None:
        try:
            table = _checked(self.path, item, self.seen)
        except RegistryError as error:
            if not self.lenient or (isinstance(item, Fault) and item.fatal):
                raise
            self.told.left_out.append(str(error))
            return None
        self.told.actors += 1
        self.told.names += 1 + len(table.get("names", []))
        self.wanted += [(item.line, table["id"], of) for of in ids_within(table)]
        for entry in self.registry.entries(key(table["name"])):
            listed = self.registry.actors[entry.actor]
            if (
                entry.use in ("name", "alias")
                and table["id"] != listed.id
                and (not listed.wikidata or table.get("wikidata") != listed.wikidata)
            ):
                self.told.same_names.append((table["id"], listed.id))
        return json.dumps(table, ensure_ascii=False)


def _checked(path: Path, item: Row | Fault, seen: dict[str, int]) -> dict[str, Any]:
    """The table of a row, with an id of its own. Raises `RegistryError`."""
    if isinstance(item, Fault):
        raise RegistryError(f"{path}:{item.line}: {item.message}")
    table = dict(item.table)
    if table["id"] in seen:
        if item.given_id:
            raise RegistryError(f"{path}:{item.line}: the id {table['id']!r} stands in line {seen[table['id']]}, too")
        number = 2
        while f"{table['id']}-{number}" in seen:
            number += 1
        table["id"] = f"{table['id']}-{number}"
    read_actor(Reader(f"{path}:{item.line}"), table, {})
    seen[table["id"]] = item.line
    return table
