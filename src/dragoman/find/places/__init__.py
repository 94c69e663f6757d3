"""Places: which words name one, and which place it is.

`find_places` is all that others need. Rules: docs/places.md.
"""

from __future__ import annotations

from dragoman.model import Parse, Report, Toponym

from .gazetteer import PRECISIONS, Place
from .mentions import Candidate, Finder
from .metonym import is_metonym
from .rank import choose

__all__ = ["find_places"]


def find_places(report: Report, parse: Parse) -> tuple[Toponym, ...]:
    """All place names of a report, in text order, with their GeoNames entries where they have one.

    Demonyms ("Syrian") are listed as metonyms of their country. A name that is surely a place but in no table keeps
    `lat`, `lon` and `geonameid` None.
    """
    candidates = Finder(parse).candidates()
    picks = choose(candidates, report.outlet)
    return tuple(_toponym(parse, c, p) for c, p in zip(candidates, picks, strict=True))


def _toponym(parse: Parse, candidate: Candidate, place: Place | None) -> Toponym:
    span = parse.span(candidate.first, candidate.last)
    metonym = candidate.people or (place is not None and is_metonym(parse, candidate, place))
    if place is None:
        feature = None if candidate.feature == "UNK" else candidate.feature
        return Toponym(
            span.start,
            span.end,
            span.text,
            candidate.first,
            candidate.last,
            span.text,
            None,
            None,
            None,
            None,
            None,
            feature,
            "point",
            metonym,
        )
    return Toponym(
        start=span.start,
        end=span.end,
        text=span.text,
        first=candidate.first,
        last=candidate.last,
        name=place.name,
        country=place.country or None,
        admin1=place.admin1 or None,
        lat=place.lat,
        lon=place.lon,
        geonameid=place.number,
        feature=place.feature,
        precision=PRECISIONS[place.kind],
        metonym=metonym,
    )
