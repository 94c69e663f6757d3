"""What an entry of the who's who may hold, and the check of one file.

Words: an *actor* is an entry; a *name* one of the strings it goes by; an *office* a post that a person held for a time; a
*side* a sector (or country) that held for a time. Dates are half-open: `to` is the first day no longer. The form of the files
is told in `data/README.md`.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from dragoman.errors import DataError

KINDS = frozenset(
    "state government ministry military police intelligence parliament court person party movement igo agency outlet ngo"
    " company university faith people alliance prison other".split()
) | {"armed group", "armed forces", "think tank"}
SECTORS = frozenset(
    "GOV MIL COP SPY LEG JUD PTY OPP REB PRM UAF PRE CRM ELI CVL SOC BUS AGR LAB EDU JRN MED REL REF".split()
)
BODIES = frozenset(("IGO", "UNO", "EUR", "NGO", "MNC"))
"""Codes that stand in the place of a country."""

Table = dict[str, Any]
LONGEST_NAME = 200
"""Code points: no name of an actor is longer."""


class RegistryError(DataError):
    """A file of the who's who is broken; the message names file and entry."""


@dataclass(frozen=True, slots=True)
class Name:
    """A string that an actor goes by. `use` is name, alias, weak, loaded, surname, demonym, adjective, capital, seat, city or region."""

    text: str
    use: str
    from_: str | None = None
    to: str | None = None
    used_by: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Post:
    """An office: `title` of the body or state with id `of`, held `from_` … `to` (ISO dates, half-open; None: not known, or still)."""

    title: str
    of: str
    from_: str | None = None
    to: str | None = None
    sector: str | None = None


@dataclass(frozen=True, slots=True)
class Membership:
    """Belonging to the body with id `of` for a time."""

    of: str
    from_: str | None = None
    to: str | None = None


@dataclass(frozen=True, slots=True)
class Side:
    """Sector and country that held for a time, where they changed."""

    sector: str | None
    country: str | None = None
    from_: str | None = None
    to: str | None = None


@dataclass(frozen=True, slots=True)
class Actor:
    """An entry of the who's who; see `data/README.md` for every field."""

    id: str
    name: str
    kind: str
    country: str | None = None
    sector: str | None = None
    names: tuple[Name, ...] = ()
    wikidata: str | None = None
    part_of: str | None = None
    from_: str | None = None
    to: str | None = None
    sides: tuple[Side, ...] = ()
    posts: tuple[Post, ...] = ()
    members: tuple[Membership, ...] = ()
    doubt: str | None = None


TEXT_FIELDS = ("id", "name", "kind", "country", "sector", "wikidata", "part_of", "doubt", "capital", "surname")
LIST_FIELDS = {
    "names": "alias",
    "weak": "weak",
    "adjectives": "adjective",
    "demonyms": "demonym",
    "seats": "seat",
    "cities": "city",
    "regions": "region",
}
TABLE_FIELDS = ("sides", "office", "member", "loaded")
ACTOR_FIELDS = frozenset((*TEXT_FIELDS, *LIST_FIELDS, *TABLE_FIELDS, "from", "to"))
OFFICE_FIELDS = frozenset(("title", "of", "holders", "sector", "doubt"))
FILE_FIELDS = frozenset(("defaults", "actor", "office"))


class Reader:
    """Reads the tables of one file; every complaint names the file, the line where the entry begins, if known, and the entry."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.line: int | None = None
        self.entry = "the file"

    @property
    def place(self) -> str:
        """File and line."""
        return f"{self.file}:{self.line}" if self.line else self.file

    def fail(self, message: str) -> RegistryError:
        return RegistryError(f"{self.place}: {self.entry}: {message}")

    def only(self, table: Table, allowed: frozenset[str]) -> None:
        extra = sorted(set(table) - allowed)
        if extra:
            raise self.fail(f"unknown field {', '.join(extra)}; known are {', '.join(sorted(allowed))}")

    def text(self, table: Table, key: str) -> str | None:
        value = table.get(key)
        if value is None:
            return None
        if not isinstance(value, str) or not value.strip():
            raise self.fail(f"{key} must be a text that is not empty, not {value!r}")
        if len(value) > LONGEST_NAME and key != "doubt":
            raise self.fail(f"{key} has {len(value)} characters; at most {LONGEST_NAME} are expected")
        return value

    def needed(self, table: Table, key: str) -> str:
        value = self.text(table, key)
        if value is None:
            raise self.fail(f"{key} is missing")
        return value

    def day(self, value: object, key: str) -> str | None:
        if value is None:
            return None
        if isinstance(value, str):
            try:
                return date.fromisoformat(value).isoformat()
            except ValueError as error:
                raise self.fail(f"{key} must be a date like 2014-05-26, not {value!r}") from error
        if type(value) is not date:
            raise self.fail(f"{key} must be a date like 2014-05-26, not {value!r}")
        return value.isoformat()

    def period(self, table: Table) -> tuple[str | None, str | None]:
        start, end = self.day(table.get("from"), "from"), self.day(table.get("to"), "to")
        if start and end and start >= end:
            raise self.fail(f"from {start} is not before to {end}")
        return start, end

    def sector(self, value: str | None) -> str | None:
        if value is not None and value not in SECTORS:
            raise self.fail(f"sector {value!r} is none of {' '.join(sorted(SECTORS))}")
        return value

    def country(self, value: str | None) -> str | None:
        if value is not None and value not in BODIES and not (len(value) == 3 and value.isalpha() and value.isupper()):
            raise self.fail(f"country {value!r} is no ISO 3166 alpha-3 code and none of {' '.join(sorted(BODIES))}")
        return value

    def tables(self, table: Table, key: str, allowed: str) -> list[Table]:
        found = table.get(key, [])
        if isinstance(found, dict):
            found = [found]
        if not isinstance(found, list) or not all(isinstance(row, dict) for row in found):
            raise self.fail(f"{key} must be a list of tables")
        for row in found:
            self.only(row, frozenset(allowed.split()))
        return found

    def texts(self, value: object, key: str) -> tuple[str, ...]:
        if not isinstance(value, list) or not all(isinstance(v, str) and v.strip() for v in value):
            raise self.fail(f"{key} must be a list of texts, not {value!r}")
        return tuple(value)


def _names(reader: Reader, table: Table) -> list[Name]:
    found: list[Name] = [Name(reader.needed(table, "name"), "name")]
    for key, use in LIST_FIELDS.items():
        rows = table.get(key, [])
        if not isinstance(rows, list):
            raise reader.fail(f"{key} must be a list")
        for row in rows:
            cell = {"text": row} if isinstance(row, str) else row
            if not isinstance(cell, dict):
                raise reader.fail(f"{key} holds {row!r}; a text or a table {{text, from, to}} is expected")
            reader.only(cell, frozenset(("text", "from", "to")))
            found.append(Name(reader.needed(cell, "text"), use, *reader.period(cell)))
    for row in reader.tables(table, "loaded", "text used_by from to"):
        used_by = reader.texts(row.get("used_by", []), "used_by")
        found.append(Name(reader.needed(row, "text"), "loaded", *reader.period(row), used_by))
    for key, use in (("capital", "capital"), ("surname", "surname")):
        text = reader.text(table, key)
        if text:
            found.append(Name(text, use))
    return found


def _sides(reader: Reader, table: Table) -> tuple[Side, ...]:
    return tuple(
        Side(
            reader.sector(reader.text(row, "sector")), reader.country(reader.text(row, "country")), *reader.period(row)
        )
        for row in reader.tables(table, "sides", "sector country from to")
    )


def _posts(reader: Reader, table: Table) -> tuple[Post, ...]:
    return tuple(
        Post(
            reader.needed(row, "title"),
            reader.needed(row, "of"),
            *reader.period(row),
            reader.sector(reader.text(row, "sector")),
        )
        for row in reader.tables(table, "office", "title of from to sector")
    )


def _members(reader: Reader, table: Table) -> tuple[Membership, ...]:
    return tuple(
        Membership(reader.needed(row, "of"), *reader.period(row))
        for row in reader.tables(table, "member", "of from to")
    )


def read_actor(reader: Reader, table: Table, defaults: Table) -> Actor:
    """One `[[actor]]` table. Raises `RegistryError`."""
    reader.entry = f"actor {table.get('id', '(without id)')!r}"
    reader.only(table, ACTOR_FIELDS)
    whole = {**defaults, **table}
    id_, kind = reader.needed(whole, "id"), reader.needed(whole, "kind")
    if kind not in KINDS:
        raise reader.fail(f"kind {kind!r} is none of {', '.join(sorted(KINDS))}")
    if id_ != id_.lower() or " " in id_:
        raise reader.fail("an id is lower-case words joined by hyphens")
    start, end = reader.period(whole)
    return Actor(
        id=id_,
        name=reader.needed(whole, "name"),
        kind=kind,
        country=reader.country(reader.text(whole, "country")),
        sector=reader.sector(reader.text(whole, "sector")),
        names=tuple(_names(reader, whole)),
        wikidata=reader.text(whole, "wikidata"),
        part_of=reader.text(whole, "part_of"),
        from_=start,
        to=end,
        sides=_sides(reader, whole),
        posts=_posts(reader, whole),
        members=_members(reader, whole),
        doubt=reader.text(whole, "doubt"),
    )


@dataclass(frozen=True, slots=True)
class Holding:
    """One line of an `[[office]]`: who held it; `country` is his nationality where it is not that of the body."""

    name: str
    post: Post
    country: str | None
    where: str


def read_office(reader: Reader, table: Table) -> list[Holding]:
    """One `[[office]]` table as holdings. Raises `RegistryError`."""
    reader.entry = f"office {table.get('title', '(without title)')!r} of {table.get('of', '?')!r}"
    reader.only(table, OFFICE_FIELDS)
    title, of = reader.needed(table, "title"), reader.needed(table, "of")
    sector = reader.sector(reader.text(table, "sector"))
    holders = table.get("holders")
    if not isinstance(holders, list):
        raise reader.fail("holders must be a list of [name, from, to, country]")
    found = []
    for row in holders:
        if not isinstance(row, list) or not 1 <= len(row) <= 4 or not isinstance(row[0], str):
            raise reader.fail(f"a holder is [name, from, to, country], not {row!r}")
        found.append(_holding(reader, row, Post(title, of, sector=sector)))
    return found


def _holding(reader: Reader, row: list[Any], post: Post) -> Holding:
    rest = [cell for cell in row[1:] if not isinstance(cell, str)]
    texts = [cell for cell in row[1:] if isinstance(cell, str)]
    if len(texts) > 1 or len(rest) > 2:
        raise reader.fail(f"a holder is [name, from, to, country], not {row!r}")
    dates = dict(zip(("from", "to"), rest, strict=False))
    try:
        start, end = reader.period(dates)
    except RegistryError as error:
        raise RegistryError(f"{error} (holder {row[0]!r})") from error
    where = f"{reader.place}: {reader.entry}: holder {row[0]!r}"
    return Holding(
        row[0], Post(post.title, post.of, start, end, post.sector), reader.country(texts[0] if texts else None), where
    )
