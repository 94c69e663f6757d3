"""The words of places: other names of countries, demonyms, abbreviations, and the word lists of words.toml."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from dragoman.errors import DataError

from .gazetteer import Place, fold, gazetteer, table


@dataclass(frozen=True)
class Lexicon:
    """Word tables, ready for use.

    `countries` gives the country of a folded name; `exact` the same for names whose capitals count ("US", "U.K.");
    `demonyms` the place of a people's name as it is written; `abbreviations` the state of "Fla." or "FL"; `outlets` the
    town and the state or country of a domain, `domains` the country of its ending; `usual` the number of what a name
    means by itself; `administrative` words for provinces; the other sets are those of words.toml.
    """

    countries: dict[str, Place]
    exact: dict[str, Place]
    demonyms: dict[str, Place]
    abbreviations: dict[str, Place]
    common: frozenset[str]
    given: frozenset[str]
    titles: frozenset[str]
    locative: frozenset[str]
    institutions: frozenset[str]
    behind: dict[str, str]
    before: dict[str, str]
    outlets: dict[str, tuple[str, str]]
    domains: dict[str, Place]
    usual: dict[str, int]
    administrative: frozenset[str]


def _country(iso3: str) -> Place:
    found = gazetteer().country(iso3)
    if found is None:
        raise DataError(f"find/places/countries.toml: expected an ISO alpha-3 code of a country, got {iso3!r}")
    return found


def _area(name: str) -> Place:
    """The region, state or province of a name in regions.toml or the United States."""
    found = [p for p in gazetteer().find(fold(name)) if p.kind in ("region", "admin1")]
    best = sorted(found, key=lambda p: (p.number is None, p.country != "USA"))
    if not best:
        raise DataError(f"find/places/countries.toml: expected the name of a state or region, got {name!r}")
    return best[0]


@cache
def load() -> Lexicon:
    """The lexicon; read once. Raises DataError where a data file is broken."""
    lands, words = table("countries.toml"), table("words.toml")
    names = {name: _country(iso3) for iso3, others in lands["names"].items() for name in others}
    demonyms = {name: _country(iso3) for iso3, others in lands["demonyms"].items() for name in others}
    demonyms |= {name: _area(area) for area, others in lands["peoples"].items() for name in others}
    sets = {k: frozenset(words[k].split()) for k in ("common", "given", "titles", "locative", "institutions")}
    return Lexicon(
        countries={fold(name): place for name, place in names.items() if len(fold(name)) > 4 or not name.isupper()},
        exact={name: place for name, place in names.items() if name.isupper()},
        demonyms=demonyms,
        abbreviations={short: _area(area) for area, others in lands["abbreviations"].items() for short in others},
        behind=words["behind"],
        before=words["before"],
        usual=words["usual"],
        administrative=frozenset(words["kinds"]["administrative"].split()),
        domains={end: _country(iso3) for end, iso3 in words["domains"].items()},
        outlets={domain: _home(text) for domain, text in words["outlets"].items()},
        **sets,
    )


def _home(text: str) -> tuple[str, str]:
    town, _, area = text.partition(", ")
    return town, area
