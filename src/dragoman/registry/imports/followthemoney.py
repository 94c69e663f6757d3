"""FollowTheMoney: one JSON entity a line. Persons and bodies become actors; occupancies offices, memberships memberships.

Of a person nothing private is taken (no birthday, no address). Entities of other schemata are passed over.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from dragoman.registry.imports.codes import codes, iso3_of
from dragoman.registry.imports.lines import Fault, Found, Lines, Row

Properties = dict[str, list[str]]
LINKS = ("Occupancy", "Membership")
PREFIX = "ftm-"


class Links:
    """Posts, occupancies and memberships, gathered until all entities are known."""

    def __init__(self) -> None:
        self.posts: dict[str, Properties] = {}
        self.held: dict[str, list[Properties]] = defaultdict(list)
        self.member: dict[str, list[Properties]] = defaultdict(list)

    def take(self, id_: str, schema: str, properties: Properties) -> None:
        if schema == "Position":
            self.posts[id_] = properties
        elif schema == "Occupancy":
            for holder in properties.get("holder", []):
                self.held[holder].append(properties)
        else:
            for member in properties.get("member", []):
                self.member[member].append(properties)


def read(lines: Lines, states: dict[str, str]) -> Iterator[Found]:
    """The actors of a file; offices and memberships are given to those whose bodies the file or the registry has."""
    found: dict[str, Row] = {}
    links = Links()
    for number, text in lines:
        if not text.strip():
            continue
        entity = _entity(number, text)
        if isinstance(entity, Fault):
            yield entity
            continue
        id_, schema, properties = entity
        if schema in ("Position", *LINKS):
            links.take(id_, schema, properties)
        elif schema in codes()["ftm"]:
            if id_ in found:
                yield Fault(number, f"the entity {id_!r} stands in line {found[id_].line}, too")
                continue
            actor = _actor(number, id_, schema, properties)
            if isinstance(actor, Row):
                found[id_] = actor
            else:
                yield actor
    bodies = {id_: row.table["id"] for id_, row in found.items()}
    for id_, row in found.items():
        yield _linked(row, id_, links, bodies, states)


def _entity(number: int, text: str) -> Fault | tuple[str, str, Properties]:
    expected = 'expected an entity with "id", "schema" and "properties" of lists of texts'
    try:
        row = json.loads(text)
        id_, schema, properties = row["id"], row["schema"], row["properties"]
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        return Fault(number, f"{expected}: {error}")
    lists = isinstance(properties, dict) and all(isinstance(v, list) for v in properties.values())
    if not (isinstance(id_, str) and id_ and isinstance(schema, str) and lists):
        return Fault(number, expected)
    return id_, schema, {k: [t for t in v if isinstance(t, str)] for k, v in properties.items()}


def _actor(number: int, id_: str, schema: str, properties: Properties) -> Row | Fault:
    names = [n for field in ("name", "alias", "weakAlias") for n in properties.get(field, []) if n.strip()]
    if not properties.get("name"):
        return Fault(number, f"the entity {id_!r} has no name")
    kind = codes()["ftm"][schema]
    table: dict[str, Any] = {"id": PREFIX + "-".join(id_.lower().split()), "name": names[0], "kind": kind}
    table["names"] = list(dict.fromkeys(n for n in names[1:] if n != names[0]))
    for code in (
        *properties.get("country", []),
        *properties.get("jurisdiction", []),
        *properties.get("nationality", []),
    ):
        if "country" not in table and (iso3 := iso3_of(code)):
            table["country"] = iso3
    sectors = [codes()["topics"][t] for t in properties.get("topics", []) if t in codes()["topics"]]
    if sectors or kind == "company":
        table["sector"] = sectors[0] if sectors else "BUS"
    if properties.get("wikidataId"):
        table["wikidata"] = properties["wikidataId"][0]
    if kind != "person":
        _date(table, "from", properties.get("incorporationDate", []))
        _date(table, "to", properties.get("dissolutionDate", []))
    return Row(number, table, given_id=True)


def _date(table: dict[str, Any], field: str, values: list[str]) -> None:
    """A year or month is its first day; a time of day is left out."""
    if values:
        table[field] = values[0][:10] + {4: "-01-01", 7: "-01"}.get(len(values[0]), "")


def _linked(row: Row, id_: str, links: Links, bodies: dict[str, str], states: dict[str, str]) -> Row:
    offices = [o for held in links.held.get(id_, []) if (o := _office(held, links, bodies, states))]
    members = []
    for member in links.member.get(id_, []):
        of = bodies.get(next(iter(member.get("organization", [])), ""))
        if of:
            members.append(_ends({"of": of}, member))
    row.table.update({k: v for k, v in (("office", offices), ("member", members)) if v})
    return row


def _office(held: Properties, links: Links, bodies: dict[str, str], states: dict[str, str]) -> dict[str, Any] | None:
    post = links.posts.get(next(iter(held.get("post", [])), ""), {})
    body = bodies.get(next(iter(post.get("organization", [])), ""))
    country = next((iso3_of(c) for c in post.get("country", [])), None)
    of = body or states.get(country or "")
    if not of or not post.get("name"):
        return None
    return _ends({"title": post["name"][0].lower(), "of": of}, held)


def _ends(table: dict[str, Any], properties: Properties) -> dict[str, Any]:
    _date(table, "from", properties.get("startDate", []))
    _date(table, "to", properties.get("endDate", []))
    return table
