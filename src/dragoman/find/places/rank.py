"""Which of the places of a name is meant: what is named beside it, the other places of the report, size, and the outlet."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from math import cos, hypot, log10, radians
from typing import TypeVar

from .gazetteer import Place, fold, gazetteer
from .lexicon import load
from .mentions import Candidate, inside

_Key = TypeVar("_Key", str, tuple[str, str])
ROUNDS = 3
"""Passes over the report: each reads the focus from the choices of the one before."""
KM_PER_DEGREE = 111.2
NEAR, REGIONAL = 60.0, 200.0
"""Kilometres within which two places of a report speak for each other strongly and weakly."""
MOST_NAMES = 150
"""Names of a long text that nearness is measured against: its most frequent."""
CONTINENTAL = 1500.0
"""Kilometres within which countries, states and regions do."""
_KIND = {"country": 5.5, "region": 4.5, "point": 3.5, "admin1": 0.5, "capital": 1.0, "city": 0.0, "county": -0.6}


def kilometres(a: Place, b: Place) -> float:
    """Distance on a plane, good enough for ranking; far where a point is unknown."""
    if a.lat is None or a.lon is None or b.lat is None or b.lon is None:
        return 1e5
    return hypot(a.lat - b.lat, (a.lon - b.lon) * cos(radians((a.lat + b.lat) / 2))) * KM_PER_DEGREE


@dataclass(slots=True)
class _Focus:
    """Where the report plays: shares of countries and states, and the places chosen."""

    countries: dict[str, float]
    states: dict[tuple[str, str], float]
    chosen: dict[str, Place]
    home: Place | None


def choose(candidates: list[Candidate], outlet: str | None) -> list[Place | None]:
    """A place for each candidate, None where the name has no entry. One name means one place, unless a state follows it."""
    home = _home(outlet)
    picks: list[Place | None] = [c.places[0] if len(c.places) == 1 else None for c in candidates]
    for _ in range(ROUNDS):
        focus = _focus(candidates, picks, home)
        told = _told(candidates, focus)
        picks = _picks(candidates, focus, told)
    return picks


def _picks(candidates: list[Candidate], focus: _Focus, told: dict[str, Place]) -> list[Place | None]:
    """The best place of each candidate; candidates alike are looked at once."""
    seen: dict[tuple[str, Place | None, Place | None, bool], Place | None] = {}
    found = []
    for c in candidates:
        alike = (c.key, c.within, c.container, c.administrative)
        if alike not in seen:
            seen[alike] = _best(c, focus, told.get(c.key))
        found.append(seen[alike])
    return found


def _told(candidates: list[Candidate], focus: _Focus) -> dict[str, Place]:
    """Places of names that somewhere in the report stand with their state or country."""
    found: dict[str, Place] = {}
    for c in candidates:
        if c.within is not None and c.key not in found and any(inside(p, c.within) for p in c.places):
            best = _best(c, focus, None)
            if best is not None:
                found[c.key] = best
    return found


def _best(candidate: Candidate, focus: _Focus, told: Place | None) -> Place | None:
    if candidate.container is not None:
        return candidate.container
    if candidate.within is None and told is not None and told in candidate.places:
        return told
    if len(candidate.places) < 2:
        return candidate.places[0] if candidate.places else None
    return max(candidate.places, key=lambda p: _score(p, candidate, focus))


def _focus(candidates: list[Candidate], picks: list[Place | None], home: Place | None) -> _Focus:
    """Each name counts once and a little more when repeated; names with one entry, states and countries count most."""
    counts = Counter(c.key for c in candidates)
    countries: dict[str, float] = defaultdict(float)
    states: dict[tuple[str, str], float] = defaultdict(float)
    chosen: dict[str, Place] = {}
    for candidate, pick in zip(candidates, picks, strict=True):
        if pick is None or candidate.key in chosen:
            continue
        chosen[candidate.key] = pick
        sure = len(candidate.places) == 1 or candidate.within is not None
        weight = (1.0 if sure else 0.5) * counts[candidate.key] ** 0.5 * (0.5 if candidate.people else 1.0)
        countries[pick.country] += weight
        if pick.admin1:
            states[(pick.country, pick.admin1)] += weight * (1.5 if pick.kind in ("admin1", "county") else 1.0)
    if home is not None:
        countries[home.country] += 1.0
        if home.admin1:
            states[(home.country, home.admin1)] += 1.0
    countries.pop("", None)
    if len(chosen) > MOST_NAMES:
        chosen = {key: chosen[key] for key, _ in counts.most_common(MOST_NAMES) if key in chosen}
    return _Focus(_shares(countries), _shares(states), chosen, home)


def _shares(weights: dict[_Key, float]) -> dict[_Key, float]:
    total = sum(weights.values())
    return {k: w / total for k, w in weights.items()} if total else {}


def _score(place: Place, candidate: Candidate, focus: _Focus) -> float:
    score = _KIND[place.kind]
    if place.kind in ("city", "capital", "county", "admin1"):
        score += 0.75 * log10(place.people + 50)
    if place.kind == "county":
        score += 4.0 if fold(place.name) == candidate.key else -0.8
    elif place.kind in ("city", "capital") and fold(place.name) != candidate.key:
        score -= 1.2
    if place.kind == "admin1":
        score += 3.0 if candidate.administrative else -3.0 if place.number is None else 0.0
    if place.number is not None and load().usual.get(candidate.key) == place.number:
        score += 2.5
    score += 2.5 * focus.countries.get(place.country, 0.0) + 3.5 * focus.states.get((place.country, place.admin1), 0.0)
    score += _nearness(place, candidate, focus)
    if focus.home is not None and focus.home.kind != "country":
        away = kilometres(place, focus.home)
        score += 2.2 if away < 40 else 1.2 if away < REGIONAL else 0.0
    if candidate.within is not None:
        score += 12.0 if inside(place, candidate.within) else 0.0
    return score


def _nearness(place: Place, candidate: Candidate, focus: _Focus) -> float:
    """Other chosen towns and counties close by."""
    score = 0.0
    wide = place.kind in ("country", "region", "admin1")
    for key, other in focus.chosen.items():
        if key == candidate.key or (other.kind not in ("city", "capital", "county") and not wide):
            continue
        away = kilometres(place, other)
        if wide:
            score += 0.4 if away < CONTINENTAL else 0.0
        else:
            score += 0.8 if away < NEAR else 0.3 if away < REGIONAL else 0.0
    return min(score, 2.4)


def _home(outlet: str | None) -> Place | None:
    """The town of an outlet, or the country, by its domain."""
    if not outlet:
        return None
    domain = outlet.lower().removeprefix("https://").removeprefix("http://").removeprefix("www.").split("/")[0]
    found = load().outlets.get(domain)
    if found is None:
        return load().domains.get(domain.rpartition(".")[2])
    town, area = found
    within = [
        p
        for p in (*gazetteer().find(fold(area)), load().countries.get(fold(area)))
        if p is not None and p.kind in ("admin1", "country")
    ]
    fit = [
        p
        for p in gazetteer().find(fold(town))
        if p.kind in ("city", "capital") and (not within or any(inside(p, w) for w in within))
    ]
    return max(fit, key=lambda p: p.people, default=None)
