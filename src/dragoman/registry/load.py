"""From the files of the who's who to one checked list of actors, and the cache of the compiled form.

1. Each TOML file is read and checked by itself (`schema`).
2. Holders of offices become persons: an `[[actor]]` with the same id takes the post, else one is made.
3. References (`of`, `part_of`, `used_by`) are checked over all files.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from typing import Any

from dragoman.registry.normal import pieces, slug
from dragoman.registry.schema import (
    FILE_FIELDS,
    Actor,
    Holding,
    Membership,
    Name,
    Post,
    Reader,
    RegistryError,
    read_actor,
    read_office,
)

DATA = Path(__file__).parent / "data"
WORDS = "vocabulary"
SURNAME_FIRST = frozenset(("CHN", "KOR", "PRK", "TWN"))
"""Countries whose persons are named surname first."""
_PARTICLES = frozenset(
    (
        "al",
        "el",
        "bin",
        "ben",
        "ibn",
        "von",
        "van",
        "de",
        "da",
        "di",
        "del",
        "ul",
        "le",
        "la",
        "du",
        "dos",
        "der",
        "ould",
        "abu",
        "st",
    )
)


def data_files(root: Path) -> list[Path]:
    """All actor files below `root`, in a fixed order."""
    return sorted(p for p in root.rglob("*.toml") if WORDS not in p.relative_to(root).parts[:-1])


def read_toml(path: Path, shown: str) -> dict[str, Any]:
    """The tables of a TOML file. Raises `RegistryError` naming file and line where it is not TOML."""
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise RegistryError(f"{shown}: not readable as TOML: {error}; mend the line named") from error
    except RecursionError as error:
        raise RegistryError(f"{shown}: not readable as TOML: lists or tables within one another without end") from error


def read_file(path: Path, shown: str) -> tuple[list[tuple[Actor, str]], list[Holding]]:
    """The actors of one file, each with file and line, and its holdings."""
    reader, tables = Reader(shown), read_toml(path, shown)
    reader.only(tables, FILE_FIELDS)
    defaults = reader.tables(tables, "defaults", "kind country sector part_of")
    actors = [
        (read_actor(reader, row, defaults[0] if defaults else {}), reader.place)
        for row in _entries(reader, tables, "actor", path)
    ]
    holdings = [held for row in _entries(reader, tables, "office", path) for held in read_office(reader, row)]
    return actors, holdings


def _entries(reader: Reader, tables: dict[str, Any], key: str, path: Path) -> Iterator[dict[str, Any]]:
    """The tables under `key`; the reader knows the line of each while it is read, where they stand under `[[key]]`."""
    rows = tables.get(key, [])
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        raise reader.fail(f"{key} must be tables under [[{key}]], not {str(rows)[:60]!r}")
    head = re.compile(rf"\s*\[\[\s*{key}\s*\]\]")
    lines = [n for n, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1) if head.match(line)]
    known = len(lines) == len(rows)
    for n, row in enumerate(rows):
        reader.line = lines[n] if known else None
        yield row
    reader.line, reader.entry = None, "the file"


@lru_cache(maxsize=1_024)
def _unchanged(path: Path, shown: str, _changed: int) -> tuple[list[tuple[Actor, str]], list[Holding]]:
    """`read_file`, once for as long as the file stays as it is: judgements are checked against all files again and again."""
    return read_file(path, shown)


def read_all(
    root: Path = DATA,
    own: Path | None = None,
    added: Iterable[tuple[Actor, str]] = (),
    elsewhere: Iterable[str] = (),
) -> list[Actor]:
    """All actors below `root`, the user's below `own` and those `added` (with where they stand), checked and with their posts.

    References may also lead to the ids that stand `elsewhere`. Raises `RegistryError`.
    """
    found: dict[str, Actor] = {}
    where: dict[str, str] = {}
    holdings: list[Holding] = []
    files = [(path, path.relative_to(root).as_posix()) for path in data_files(root)]
    files += [(path, path.as_posix()) for path in (data_files(own) if own else [])]
    for path, shown in files:
        actors, held = _unchanged(path, shown, path.stat().st_mtime_ns)
        holdings.extend(held)
        for actor, place in actors:
            if actor.id in found:
                raise RegistryError(
                    f"{place}: actor {actor.id!r}: the id is taken by {where[actor.id]}; join the two or give another id"
                )
            found[actor.id], where[actor.id] = actor, place
    for actor, shown in added:
        if actor.id in found:
            raise RegistryError(f"{shown}: the id {actor.id!r} is taken by {where[actor.id]}; give another id")
        found[actor.id], where[actor.id] = actor, shown
    seat_holders(found, where, holdings)
    check_links(found, where, frozenset(elsewhere))
    return [with_surname(actor) for actor in found.values()]


def seat_holders(found: dict[str, Actor], where: dict[str, str], holdings: Iterable[Holding]) -> None:
    """Give each holder his post; a holder without an entry gets one."""
    persons = person_ids(found.values())
    for held in holdings:
        body = found.get(held.post.of)
        if body is None:
            raise RegistryError(f"{held.where}: there is no actor {held.post.of!r}; expected the id of a state or body")
        id_ = _person_id(persons, held, held.country or body.country)
        person = found.get(id_)
        if person is None:
            country = held.country or (
                body.country if body.country not in ("IGO", "UNO", "EUR", "NGO", "MNC") else None
            )
            person = Actor(id_, held.name, "person", country, None, (Name(held.name, "name"),))
            where[id_] = held.where
        elif person.kind != "person":
            raise RegistryError(f"{held.where}: {id_!r} is a {person.kind}, not a person; give one of them another id")
        found[id_] = replace(person, posts=(*person.posts, held.post))
        persons.setdefault(" ".join(pieces(held.name)), []).append((id_, person.country))


def person_ids(actors: Iterable[Actor]) -> dict[str, list[tuple[str, str | None]]]:
    """For each name of a person, as compared, the ids and countries of those who bear it."""
    ids: dict[str, list[tuple[str, str | None]]] = {}
    for actor in actors:
        if actor.kind == "person":
            for name in actor.names:
                if name.use in ("name", "alias"):
                    ids.setdefault(" ".join(pieces(name.text)), []).append((actor.id, actor.country))
    return ids


def _person_id(persons: Mapping[str, list[tuple[str, str | None]]], held: Holding, country: str | None) -> str:
    same = persons.get(" ".join(pieces(held.name)), [])
    for id_, home in same:
        if home == country or home is None or country in ("IGO", "UNO", "EUR", "NGO", "MNC", None):
            return id_
    return slug(held.name) if not same else f"{slug(held.name)}-{(country or 'x').lower()}"


def check_links(found: Mapping[str, Actor], where: Mapping[str, str], elsewhere: frozenset[str] = frozenset()) -> None:
    """Every id that an entry refers to must exist, here or `elsewhere`."""
    for actor in found.values():
        for of in links(actor):
            if of not in found and of not in elsewhere:
                raise RegistryError(f"{where[actor.id]}: actor {actor.id!r}: refers to {of!r}, which no file has")


def links(actor: Actor) -> list[str]:
    """The ids that an entry refers to."""
    of = [post.of for post in actor.posts] + [m.of for m in actor.members]
    of += [user for name in actor.names for user in name.used_by]
    return of + ([actor.part_of] if actor.part_of else [])


_NUMBER = re.compile(r"\b(?:[IVX]+|Jr\.?|Sr\.?)$")


def with_surname(actor: Actor) -> Actor:
    """The entry with its surname as a name; only persons have one."""
    if actor.kind != "person" or any(name.use == "surname" for name in actor.names):
        return actor
    words = _NUMBER.sub("", actor.name).replace(",", "").split()
    if len(words) < 2:
        return actor
    last = words[0] if actor.country in SURNAME_FIRST and not words[0].islower() else words[-1]
    names = [Name(last, "surname")]
    if last == words[-1] and words[-2].lower() in _PARTICLES:
        names.append(Name(f"{words[-2]} {last}", "surname"))
    head, _, tail = last.partition("-")
    if tail and head.lower() in _PARTICLES:
        names.append(Name(tail, "surname"))
    return replace(actor, names=(*actor.names, *names))


__all__ = ["DATA", "Membership", "Post", "data_files", "read_all", "read_toml"]
