"""Actors out of the registry: as JSON lines and CSV that `import` reads again, and as FollowTheMoney entities.

In CSV a text that a spreadsheet would take for a formula gets a leading apostrophe, which `import` takes off again; what a cell
cannot hold (dated names, offices, memberships) stands in the other two formats.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Iterator
from typing import Any

from dragoman.errors import UsageError
from dragoman.registry.imports.codes import iso2_of
from dragoman.registry.load import read_all
from dragoman.registry.schema import Actor, Name
from dragoman.registry.store import Store

Table = dict[str, Any]
COLUMNS = ("id", "name", "kind", "country", "sector", "aliases", "from", "to", "wikidata", "part_of", "doubt")
FORMULA = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")
_LISTS = {"alias": "names", "weak": "weak", "adjective": "adjectives", "demonym": "demonyms", "seat": "seats"}
_PLACES = {"city": "cities", "region": "regions"}


def chosen(store: Store, own_only: bool) -> Iterator[Actor]:
    """All actors, or those that differ from the shipped ones."""
    shipped = {a.id: a for a in read_all(store.root)} if own_only else {}
    return (a for a in store.registry().actors if not own_only or shipped.get(a.id) != a)


def exported(actors: Iterable[Actor], format_: str) -> Iterator[str]:
    """The lines of a file of `actors` as jsonl, csv or ftm. Raises `UsageError` for another format."""
    if format_ == "jsonl":
        return (_json(table_of(a)) for a in actors)
    if format_ == "csv":
        return _csv(actors)
    if format_ == "ftm":
        return (_json(entity) for a in actors for entity in entities_of(a))
    raise UsageError(f"--format: expected jsonl, csv or ftm, got {format_!r}")


def _json(row: Table) -> str:
    return json.dumps(row, ensure_ascii=False)


def table_of(actor: Actor) -> Table:
    """An actor as a table of `data/README.md`, with ISO dates as texts."""
    table: Table = {"id": actor.id, "name": actor.name, "kind": actor.kind}
    plain = {"country": actor.country, "sector": actor.sector, "wikidata": actor.wikidata, "part_of": actor.part_of}
    table.update({k: v for k, v in plain.items() if v})
    table.update(_dates(actor.from_, actor.to))
    for use, field in {**_LISTS, **_PLACES}.items():
        cells = [_cell(n) for n in actor.names if n.use == use]
        if cells:
            table[field] = cells
    single = {n.use: n.text for n in reversed(actor.names) if n.use in ("capital", "surname")}
    table.update(single)
    rows = {
        "loaded": [{**_named(n), "used_by": list(n.used_by)} for n in actor.names if n.use == "loaded"],
        "sides": [_kept(sector=s.sector, country=s.country) | _dates(s.from_, s.to) for s in actor.sides],
        "office": [_kept(title=p.title, of=p.of, sector=p.sector) | _dates(p.from_, p.to) for p in actor.posts],
        "member": [{"of": m.of, **_dates(m.from_, m.to)} for m in actor.members],
    }
    table.update({k: v for k, v in rows.items() if v})
    return table | _kept(doubt=actor.doubt)


def _kept(**cells: str | None) -> Table:
    return {k: v for k, v in cells.items() if v}


def _dates(start: str | None, end: str | None) -> Table:
    return {k: v for k, v in (("from", start), ("to", end)) if v}


def _named(name: Name) -> Table:
    return {"text": name.text, **_dates(name.from_, name.to)}


def _cell(name: Name) -> str | Table:
    return _named(name) if name.from_ or name.to else name.text


def _csv(actors: Iterable[Actor]) -> Iterator[str]:
    yield ",".join(COLUMNS)
    for actor in actors:
        table = table_of(actor)
        aliases = [n.text for n in actor.names if n.use == "alias"]
        cells = [*(table.get(c) for c in COLUMNS[:5]), "; ".join(aliases), *(table.get(c) for c in COLUMNS[6:])]
        file = io.StringIO()
        csv.writer(file, lineterminator="").writerow([_safe(str(c or "")) for c in cells])
        yield file.getvalue()


def _safe(cell: str) -> str:
    return "'" + cell if cell.lstrip(" ").startswith(FORMULA) else cell


_SCHEMAS = {"person": "Person", "company": "Company", "state": "PublicBody", "government": "PublicBody"}
_PUBLIC = ("ministry", "military", "police", "intelligence", "parliament", "court", "armed forces")


def entities_of(actor: Actor) -> Iterator[Table]:
    """An actor as a FollowTheMoney entity, and one for each office (with its post) and membership."""
    properties = {"name": [actor.name], "alias": [n.text for n in actor.names if n.use in ("alias", "loaded", "weak")]}
    if code := iso2_of(actor.country):
        properties["country"] = [code.lower()]
    if actor.wikidata:
        properties["wikidataId"] = [actor.wikidata]
    person = actor.kind == "person"
    for name, day in (("incorporationDate", actor.from_), ("dissolutionDate", actor.to)):
        if day and not person:
            properties[name] = [day]
    schema = _SCHEMAS.get(actor.kind) or ("PublicBody" if actor.kind in _PUBLIC else "Organization")
    yield {"id": actor.id, "schema": schema, "properties": {k: v for k, v in properties.items() if v}}
    for number, post in enumerate(actor.posts, 1):
        office = f"{actor.id}-office-{number}"
        yield {
            "id": f"{office}-post",
            "schema": "Position",
            "properties": {"name": [post.title], "organization": [post.of]},
        }
        ends = {"holder": [actor.id], "post": [f"{office}-post"], **_ends(post.from_, post.to)}
        yield {"id": office, "schema": "Occupancy", "properties": ends}
    for number, member in enumerate(actor.members, 1):
        ends = {"member": [actor.id], "organization": [member.of], **_ends(member.from_, member.to)}
        yield {"id": f"{actor.id}-member-{number}", "schema": "Membership", "properties": ends}


def _ends(start: str | None, end: str | None) -> dict[str, list[str]]:
    return {k: [v] for k, v in (("startDate", start), ("endDate", end)) if v}
