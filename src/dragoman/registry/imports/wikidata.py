"""A Wikidata JSON dump (plain, gzip or bzip2), read as a stream: one item a line between `[` and `]`.

Taken are items of the classes in `codes.toml`: English label and aliases, kind (P31), country (P17, of persons P27), beginning and end
(P571, P576), membership (P463, P102) and, of persons, offices (P39 with P580 and P582). Of humans only those with an office are
taken, and nothing private. An office needs its position in the dump, too: that tells its title and whose it is (P2389, P1001, P17).
Members and offices of what the dump does not hold are left out.

The dump is read twice: first for what is a subclass of what (P279), then for the items. A class that is not listed has the kind of the
nearest listed class above it, at most `DEEPEST` steps up and never through a class of `[wikidata_not]`; a class listed itself goes first.
"""

from __future__ import annotations

import json
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import IO, Any

from dragoman.registry.imports.classes import Classes, read_classes
from dragoman.registry.imports.codes import items_of_countries
from dragoman.registry.imports.lines import Fault, Found, Lines, Row
from dragoman.registry.normal import slug

HUMAN = "Q5"
TOO_LONG = 200
"""Code points: aliases beyond are no names of news and are passed over."""

Item = dict[str, Any]
Statement = dict[str, Any]


@dataclass
class Position:
    """An office: its label, and the items of the body or country whose it is."""

    label: str
    bodies: list[str]


@dataclass
class Dump:
    """What is known of a dump while it is read. `waiting` holds the actors whose references can only be led at the end."""

    states: dict[str, str]
    countries: dict[str, str]
    waiting: IO[str]
    classes: Classes
    positions: dict[str, Position] = field(default_factory=dict)
    actors: set[str] = field(default_factory=set)


def read(lines: Lines, states: dict[str, str]) -> Iterator[Found]:
    """The actors of a dump: those without references as they come, the others at its end."""
    with tempfile.TemporaryFile("w+", encoding="utf-8") as waiting:
        dump = Dump(states, items_of_countries(), waiting, read_classes(lines))
        opened = closed = False
        number = 0
        for number, text in lines:
            bare = text.strip().rstrip(",")
            if bare in ("", "[", "]"):
                opened, closed = opened or bare == "[", closed or bare == "]"
                continue
            closed = False
            yield from _read_item(dump, number, bare)
        if opened and not closed:
            yield Fault(number, "the dump ends without its closing ]: it is half a dump; get it again")
        waiting.seek(0)
        for line in waiting:
            row = json.loads(line)
            yield _resolved(dump, Row(row["line"], row["table"], given_id=True))


def _read_item(dump: Dump, number: int, text: str) -> Iterator[Found]:
    try:
        item = json.loads(text)
        id_, claims = item["id"], item.get("claims") or {}
        if not isinstance(id_, str) or not isinstance(claims, dict):
            raise TypeError("id or claims are of another kind")
        found = _taken(dump, number, item, claims)
    except (ValueError, KeyError, TypeError, AttributeError, IndexError, RecursionError) as error:
        yield Fault(number, f"not an item of a Wikidata dump: {type(error).__name__}: {str(error)[:120]}")
        return
    if found is None:
        return
    dump.actors.add(id_.lower())
    if {"office", "member"} & found.table.keys():
        dump.waiting.write(json.dumps({"line": number, "table": found.table}) + "\n")
    else:
        yield found


def _taken(dump: Dump, number: int, item: Item, claims: Item) -> Row | None:
    label = _label(item)
    classes = _items(claims, "P31")
    if iso := _texts(claims, "P298"):
        dump.countries[item["id"]] = iso[0]
    if any(dump.classes.is_position(c) for c in classes) or "P2389" in claims or "P1308" in claims:
        owners = [*_items(claims, "P2389"), *_items(claims, "P1001"), *_items(claims, "P17")]
        dump.positions[item["id"]] = Position(label or "", owners)
        return None
    person = HUMAN in classes
    known = None if person else dump.classes.kind(classes)
    if not label or (person and "P39" not in claims) or (not person and known is None):
        return None
    kind, sector = ("person", "") if person else known or ("other", "")
    names = [a for a in _aliases(item) if a != label and len(a) <= TOO_LONG]
    table: Item = {"id": item["id"].lower(), "name": label, "kind": kind, "wikidata": item["id"], "names": names}
    iso3 = next((dump.countries[i] for i in _items(claims, "P27" if person else "P17") if i in dump.countries), None)
    country = "IGO" if kind == "igo" else iso3
    table.update({k: v for k, v in (("country", country), ("sector", sector)) if v})
    if not person:
        table.update(_period(_first_time(claims, "P571"), _first_time(claims, "P576")))
    office = [_held(s) for s in _statements(claims, "P39")] if person else []
    member = [_held(s) for p in ("P463", "P102") for s in _statements(claims, p)]
    table.update({k: v for k, v in (("office", office), ("member", member)) if v})
    return Row(number, table, given_id=True)


def _label(item: Item) -> str:
    labels = item.get("labels") or {}
    found = labels.get("en") or labels.get("mul") or {}
    return str(found.get("value") or "").strip()


def _aliases(item: Item) -> list[str]:
    aliases = item.get("aliases") or {}
    rows = [row for language in ("en", "mul") for row in aliases.get(language, [])]
    return list(dict.fromkeys(text for row in rows if (text := row["value"].strip())))


def _statements(claims: Item, property_: str) -> list[Statement]:
    """The statements with a value, preferred ones first, without deprecated ones."""
    rows = [s for s in claims.get(property_, []) if s.get("rank") != "deprecated"]
    rows = [s for s in rows if s["mainsnak"].get("snaktype") == "value"]
    return sorted(rows, key=lambda s: s.get("rank") != "preferred")


def _items(claims: Item, property_: str) -> list[str]:
    return [s["mainsnak"]["datavalue"]["value"]["id"] for s in _statements(claims, property_)]


def _texts(claims: Item, property_: str) -> list[str]:
    return [s["mainsnak"]["datavalue"]["value"] for s in _statements(claims, property_)]


def _first_time(claims: Item, property_: str) -> Item | None:
    rows = _statements(claims, property_)
    return rows[0]["mainsnak"]["datavalue"]["value"] if rows else None


def _held(statement: Statement) -> Item:
    """A statement's item with the period of its qualifiers."""

    def time(property_: str) -> Item | None:
        for snak in (statement.get("qualifiers") or {}).get(property_, []):
            if snak.get("snaktype") == "value":
                return dict(snak["datavalue"]["value"])
        return None

    return {"of": statement["mainsnak"]["datavalue"]["value"]["id"], **_period(time("P580"), time("P582"))}


def _period(start: Item | None, end: Item | None) -> Item:
    """`from` and `to`: the first day of what is told, and the day after its last."""
    begun, ended = _bounds(start), _bounds(end)
    return {k: v for k, v in (("from", begun and begun[0]), ("to", ended and ended[1])) if v}


def _bounds(time: Item | None) -> tuple[str, str] | None:
    """First day and the day after the last of a Wikidata time; None for what is vaguer than a year, or before Christ."""
    if time is None or time["precision"] < 9 or not time["time"].startswith("+"):
        return None
    year, month, day = (int(part) for part in time["time"][1:].partition("T")[0].split("-"))
    if not 1 <= year < 9999:
        return None
    if time["precision"] == 9:
        return date(year, 1, 1).isoformat(), date(year + 1, 1, 1).isoformat()
    if time["precision"] == 10:
        return date(year, month, 1).isoformat(), date(year + month // 12, month % 12 + 1, 1).isoformat()
    whole = date(year, month, day)
    return whole.isoformat(), (whole + timedelta(1)).isoformat()


def _resolved(dump: Dump, row: Row) -> Row:
    """The row with offices and memberships led to ids; those of what the dump does not hold are left out."""
    offices = [o for held in row.table.pop("office", []) if (o := _office(dump, held))]
    members = [{**m, "of": m["of"].lower()} for m in row.table.pop("member", []) if m["of"].lower() in dump.actors]
    row.table.update({k: v for k, v in (("office", offices), ("member", members)) if v})
    return row


def _office(dump: Dump, held: Item) -> Item | None:
    position = dump.positions.get(held["of"])
    if position is None or not position.label:
        return None
    for item in position.bodies:
        of = item.lower() if item.lower() in dump.actors else dump.states.get(dump.countries.get(item, ""))
        if of:
            return {**held, "title": title_of(position.label, of), "of": of}
    return None


def title_of(label: str, of: str) -> str:
    """The title in a position's label: "President of the United States" of `united-states` is "president"."""
    head, _, tail = label.rpartition(" of ")
    owner = slug(tail.removeprefix("the "))
    return (head if head and owner == of else label).lower()
