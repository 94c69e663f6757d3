"""The shipped gazetteer: names to GeoNames entries, read from one deflated file on first use.

The file has two blocks of lines: names (folded, sorted, each with row numbers) and rows. Lines are only cut apart on
loading; a row is read when a name asks for it. How the file is built: training/gazetteer/.
"""

from __future__ import annotations

import re
import tomllib
import unicodedata
import zlib
from bisect import bisect_left
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache
from importlib import resources
from typing import Any

from dragoman.errors import DataError

_LETTERS = str.maketrans(
    {"ł": "l", "Ł": "L", "ø": "o", "Ø": "O", "đ": "d", "Đ": "D", "ß": "ss", "æ": "ae", "ı": "i", "ə": "a"}
)
_DROPPED = re.compile(r"['‘’ʻʼ`.,]")
_BLANKS = re.compile(r"[-‐–/\s]+")
_SHORT = {"saint": "st", "mount": "mt", "fort": "ft", "sainte": "ste"}
FEATURES = {"country": "PCLI", "admin1": "ADM1", "county": "ADM2", "city": "PPL", "capital": "PPLC"}
PRECISIONS = {
    "country": "country",
    "admin1": "admin1",
    "county": "region",
    "city": "city",
    "capital": "city",
    "region": "region",
    "point": "point",
}
_POINTS = frozenset(
    {
        "INSM",
        "PASS",
        "RFGC",
        "AREA",
        "INSI",
        "PRN",
        "SHOL",
        "MT",
        "PPLX",
        "ST",
        "RD",
        "BDG",
        "AIRP",
        "SQR",
        "PRK",
        "BCH",
    }
)


@dataclass(frozen=True, slots=True)
class Place:
    """One entry. `kind` is country, admin1, county, city, capital, region or point; `number` the GeoNames id or None.

    `country` is ISO alpha-3 or ""; `admin1` the name of the state or province or ""; `alias` is true where the entry was
    found by another name than its own.
    """

    name: str
    kind: str
    country: str
    admin1: str
    lat: float | None
    lon: float | None
    people: int
    number: int | None
    feature: str
    alias: bool = False


@lru_cache(maxsize=16384)
def fold(name: str) -> str:
    """The form under which names are looked up: no accents, marks or capitals; "Saint" and "St." alike."""
    plain = unicodedata.normalize("NFKD", name)
    if not plain.isascii():
        plain = "".join(c for c in plain if not unicodedata.combining(c)).translate(_LETTERS)
    words = _BLANKS.sub(" ", _DROPPED.sub("", plain)).lower().split()
    return " ".join(_SHORT.get(w, w) for w in words) if words else ""


class Gazetteer:
    """Look-up by name."""

    def __init__(self) -> None:
        path = resources.files("dragoman.find").joinpath("data", "gazetteer.bin")
        try:
            names, _, rows = zlib.decompress(path.read_bytes()).decode("utf-8").partition("\n\f\n")
        except (OSError, zlib.error, UnicodeDecodeError) as broken:
            raise DataError(
                f"find/data/gazetteer.bin: expected the shipped gazetteer, got: {broken}; reinstall dragoman"
            ) from broken
        self._names = names.split("\n")
        self._rows = rows.split("\n")
        self._extra = _extra()
        self._row_of: dict[int, Place] = {}

    def find(self, key: str) -> tuple[Place, ...]:
        """All entries of a folded name; regions and countries of the hand-made tables first."""
        at = bisect_left(self._names, key + "\t")
        found: tuple[Place, ...] = ()
        if at < len(self._names) and self._names[at].startswith(key + "\t"):
            found = tuple(self._row(int(n)) for n in self._names[at][len(key) + 1 :].split(" "))
        extra = self._extra.get(key, ())
        known = {p.country for p in extra if p.kind == "admin1"}
        return extra + tuple(p for p in found if p.kind != "admin1" or p.country not in known)

    def _row(self, number: int) -> Place:
        if number not in self._row_of:
            name, kind, country, admin1, lat, lon, people, geonameid = self._rows[number].split("\t")
            self._row_of[number] = Place(
                name, kind, country, admin1, float(lat), float(lon), int(people), int(geonameid) or None, FEATURES[kind]
            )
        return self._row_of[number]

    def country(self, iso3: str) -> Place | None:
        """The entry of a country by its code."""
        return self._countries.get(iso3)

    @cached_property
    def _countries(self) -> dict[str, Place]:
        numbers = (n for n, row in enumerate(self._rows) if "\tcountry\t" in row)
        return {place.country: place for place in map(self._row, numbers)}


def table(name: str) -> dict[str, Any]:
    """A TOML table of this package."""
    try:
        return tomllib.loads(resources.files(__package__).joinpath(name).read_text("utf-8"))
    except (OSError, tomllib.TOMLDecodeError) as broken:
        raise DataError(
            f"find/places/{name}: expected a readable TOML table, got: {broken}; reinstall dragoman"
        ) from broken


@cache
def _extra() -> dict[str, tuple[Place, ...]]:
    """The places of regions.toml by each of their names."""
    found: dict[str, tuple[Place, ...]] = {}
    for number, row in enumerate(table("regions.toml")["rows"], 1):
        if len(row) < 6 or not -90 <= row[3] <= 90 or not -180 <= row[4] <= 180:
            raise DataError(
                f"find/places/regions.toml, row {number}: expected name, feature, country, latitude, longitude, number; got {row}"
            )
        name, feature, country, lat, lon, geonameid = row[:6]
        kind = "admin1" if feature == "ADM1" else "point" if feature in _POINTS else "region"
        place = Place(name, kind, country, name if kind == "admin1" else "", lat, lon, 0, geonameid or None, feature)
        for other in (name, *row[6:]):
            found[fold(other)] = (*found.get(fold(other), ()), place)
    return found


@cache
def gazetteer() -> Gazetteer:
    """The shipped gazetteer; read once (about a tenth of a second)."""
    return Gazetteer()
