"""Happenings out: JSON Lines with everything, CSV for spreadsheets, and POLECAT's forty columns."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import asdict
from functools import cache
from importlib.resources import files
from itertools import product
from typing import Any

from dragoman import __version__
from dragoman.codebook import codebook
from dragoman.ledger.views import ActorRef, Happening, Passage

from .cells import Cell, rows

COLUMNS = (
    "id type mode quad intensity from to grain reported actors actor_ids actor_countries actor_sectors recipients recipient_ids"
    " recipient_countries recipient_sectors mutual where country lat lon outcome contexts quantities reports origins actual denied planned"
    " hoped possible interested said_by outlets claims first_report evidence"
).split()
POLECAT = (
    "Event ID,Event Date,Event Type,Event Mode,Intensity,Quad Code,Contexts,Actor Name,Actor Country,Actor COW,Primary Actor Sector,"
    "Actor Sectors,Actor Title,Actor Name Raw,Wikipedia Actor ID,Recipient Name,Recipient Country,Recipient COW,Primary Recipient Sector,"
    "Recipient Sectors,Recipient Title,Recipient Name Raw,Wikipedia Recipient ID,Placename,City,District,Province,Country,Latitude,"
    "Longitude,GeoNames ID,Raw Placename,Feature Type,Source,Publication Date,Story People,Story Organizations,Story Locations,"
    "Language,Version"
).split(",")


def events_jsonl(happenings: Iterable[Happening]) -> Iterator[str]:
    """One JSON object per happening with all its passages, chains and records."""
    for happening in happenings:
        yield json.dumps(asdict(happening), ensure_ascii=False)


def events_csv(happenings: Iterable[Happening], *, raw: bool = False) -> Iterator[list[Cell]]:
    """A header and one row per happening; several values in a cell are parted by "; ". `raw` leaves risky cells as they are."""
    yield list(COLUMNS)
    yield from rows((event_cells(h) for h in happenings), raw=raw)


def event_cells(h: Happening) -> list[Cell]:
    """One row in the columns of `COLUMNS`."""
    sides: list[Cell] = []
    for side in (h.actors, h.recipients):
        sides += [_joined(getattr(a, slot) for a in side) for slot in ("name", "id", "country", "sector")]
    counts = [
        f"{value:g} {unit}" + (f" ({of})" if of else "") for unit, of, value, _ in h.quantities if value is not None
    ]
    voices = dict.fromkeys(" < ".join(v.name for v in p.chain) for p in h.passages if p.chain)
    first = h.passages[0] if h.passages else None
    return [
        h.id, h.type, h.mode, h.quad, h.intensity, h.from_, h.to, h.grain, h.reported, *sides, h.mutual, h.where, h.country, h.lat, h.lon,
        h.outcome, _joined(h.contexts), _joined(dict.fromkeys(counts)), h.reports, h.origins,
        *(h.stances.get(stance, 0) for stance in ("actual", "denied", "planned", "hoped", "possible")),
        sum(p.interested for p in h.passages), _joined(voices), _joined(dict.fromkeys(p.report.outlet for p in h.passages)),
        _joined(p.claim for p in h.passages), first.report.url or first.report.title if first else None, first.text if first else None,
    ]  # fmt: skip


def _joined(values: Iterable[object]) -> str:
    return "; ".join("" if v is None else str(v) for v in values)


def polecat_csv(happenings: Iterable[Happening], *, raw: bool = False) -> Iterator[list[Cell]]:
    """A header and rows in POLECAT's columns, one for each actor and recipient; the second and later of a happening have ids with a number.

    A type of the user's own stands as the PLOVER type that it maps to, with quad and intensity of that; else by its own name.
    Columns that we have nothing for (Wikipedia ids, district, the people and places of the whole story) are empty.
    """
    yield list(POLECAT)
    yield from rows((row for h in happenings for row in _polecat_rows(h)), raw=raw)


def _polecat_rows(h: Happening) -> Iterator[list[Cell]]:
    actors: list[ActorRef | None] = list(h.actors) or [None]
    recipients: list[ActorRef | None] = list(h.recipients) or [None]
    if h.mutual and not h.recipients and len(h.actors) > 1:
        pairs = [(a, b) for a, b in product(actors, actors) if a is not b]
    else:
        pairs = list(product(actors, recipients))
    first = h.passages[0] if h.passages else None
    where = next((p.record["where"] for p in h.passages if p.record["where"]), None)
    type_, mode, intensity, quad = _in_plover(h)
    for number, (actor, recipient) in enumerate(pairs, 1):
        yield [
            h.id if number == 1 else f"{h.id}-{number}", h.from_ or h.reported, type_, mode, intensity,
            quad.replace("-", " ").upper(), ";".join(h.contexts), *_polecat_party(actor, h), *_polecat_party(recipient, h),
            *_polecat_place(h, where), _source(first), first.report.published if first else None, None, None, None, "en",
            f"dragoman {__version__}",
        ]  # fmt: skip


def _in_plover(h: Happening) -> tuple[str, str | None, float, str]:
    """Type, mode, intensity and quad as PLOVER has them; the happening's own where PLOVER has none."""
    book = codebook()
    target = book.to_plover(h.type, h.mode) if h.type in book.types and book.types[h.type].own else None
    return (*target, book.intensity(*target), book.quad(target[0])) if target else (h.type, h.mode, h.intensity, h.quad)


def _polecat_party(party: ActorRef | None, h: Happening) -> list[Cell]:
    if party is None:
        return [None] * 8
    said = next(
        (
            p
            for passage in h.passages
            for p in (*passage.record["actors"], *passage.record["recipients"])
            if p["name"] == party.name
        ),
        {"title": None, "text": None},
    )
    return [
        party.name,
        party.country,
        _cow().get(party.country or ""),
        party.sector,
        party.sector,
        said["title"],
        said["text"],
        None,
    ]


def _polecat_place(h: Happening, where: dict[str, Any] | None) -> list[Cell]:
    """Placename, city, district, province, country, latitude, longitude, GeoNames id, words, feature."""
    if where is None:
        return [h.where, None, None, None, h.country, h.lat, h.lon, None, None, None]
    city = h.where if where["precision"] in ("city", "point") else None
    return [
        h.where, city, None, where["admin1"], h.country, h.lat, h.lon, where["geonameid"], where["text"], where["feature"]
    ]  # fmt: skip


def _source(passage: Passage | None) -> str | None:
    return passage.report.outlet if passage else None


@cache
def _cow() -> dict[str, int]:
    """Correlates of War numbers by country code."""
    table = tomllib.loads((files(__package__) / "data" / "cow.toml").read_text(encoding="utf-8"))
    return {code: int(number) for code, number in table["codes"].items()}
