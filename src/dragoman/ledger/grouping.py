"""Which claims report one event: a pure function of the claims, whatever order they came in.

Two claims are *alike* when type, parties, time, place and wording allow that they report one event (`likeness`). Claims
joined by likeness are a heap; a heap is parted into clusters from the likest pair on, and two clusters are joined only
where no two of their claims exclude each other (`part`). Both steps look at the set of claims alone, so the order in which
reports were read cannot matter.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Literal

Grade = Literal["day", "near", "coarse", "undated"]
Pair = tuple[int, int]

UNDATED_DAYS = 30
"""Reports of two claims that nothing dates lie at most so many days apart."""
NEWS_DAYS = 7
"""Reports of a dated and an undated claim lie at most so many days apart."""
SURE = 9.0
"""The likeness of claims that a judgement calls the same."""


@dataclass(frozen=True, slots=True)
class Feature:
    """What grouping looks at in one claim. Numbers are rows of the ledger; days are ordinals, half-open."""

    claim: int
    id: str
    report: int
    coding: int
    sentence: int
    published: int | None
    type: str
    mode: str | None
    quad: str
    actors: frozenset[int]
    recipients: frozenset[int]
    mutual: bool
    grade: Grade
    start: int | None
    end: int | None
    place: str | None
    country: str | None
    fine_place: bool
    words: frozenset[str]
    counts: tuple[tuple[str, float], ...] = ()  # one per unit
    table: bool = False


@dataclass(frozen=True)
class Settings:
    """The numbers of `data/grouping.toml`."""

    families: Mapping[str, frozenset[str]]
    wording: Mapping[str, float]
    doubt: Mapping[str, float]
    days: Mapping[str, int]


@cache
def settings() -> Settings:
    """The shipped settings."""
    raw = tomllib.loads((files(__package__) / "data" / "grouping.toml").read_text(encoding="utf-8"))
    families: dict[str, set[str]] = {}
    for members in raw["families"].values():
        for name in members:
            families.setdefault(name, {name}).update(members)
    return Settings({k: frozenset(v) for k, v in families.items()}, raw["wording"], raw["doubt"], raw["days"])


def family(type_: str) -> frozenset[str]:
    """The types that may report the same event as `type_`."""
    return settings().families.get(type_, frozenset((type_,)))


def likeness(f: Feature, g: Feature) -> float:
    """How alike two claims are, 0 where they cannot or need not report one event. Symmetric."""
    if (f.coding == g.coding and (f.sentence == g.sentence or f.table)) or g.type not in family(f.type):
        return 0.0
    sides = _sides(f, g)
    if sides == 0.0:
        return 0.0
    time = _time(f, g)
    if time is None:
        return 0.0
    place = _place(f, g)
    if place < 0:
        return 0.0
    words = wording(f, g)
    if words < _least(f, g, time[0], sides, place):
        return 0.0
    return round(words + 0.3 * (f.type == g.type) + 0.3 * time[1] + 0.2 * sides + 0.1 * place, 6)


def wording(f: Feature, g: Feature) -> float:
    """Likeness of wording, 0 to 1: half shared share of all words, half of the shorter's; equal counts add to it."""
    shared = len(f.words & g.words)
    value = 0.0
    if shared and min(len(f.words), len(g.words)) >= 2:
        value = 0.5 * shared / len(f.words | g.words) + 0.5 * shared / min(len(f.words), len(g.words))
    if f.counts and g.counts and set(f.counts) & set(g.counts):
        value += 0.15
    return min(value, 1.0)


def _sides(f: Feature, g: Feature) -> float:
    if f.mutual or g.mutual:
        mine, theirs = f.actors | f.recipients, g.actors | g.recipients
        shared = len(mine & theirs)
        return 1.0 if shared >= 2 or (shared == 1 and len(mine) == len(theirs) == 1) else 0.0
    actors, recipients = _side(f.actors, g.actors), _side(f.recipients, g.recipients)
    if 0.0 in (actors, recipients) or (actors < 1 and recipients < 1):
        return 0.0
    return (actors + recipients) / 2


def _side(mine: frozenset[int], theirs: frozenset[int]) -> float:
    if not mine and not theirs:
        return 0.9
    if not mine or not theirs:
        return 0.5
    return 1.0 if mine & theirs else 0.0


def _time(f: Feature, g: Feature) -> tuple[str, float] | None:
    """The key of `[wording]` and how well the times fit (0-1); None where they cannot be one."""
    if "undated" in (f.grade, g.grade):
        return ("undated", 0.3) if _near_undated(f, g) else None
    assert f.start is not None and f.end is not None and g.start is not None and g.end is not None
    gap = max(f.start, g.start) - min(f.end, g.end) + 1
    if "coarse" in (f.grade, g.grade):
        return ("coarse", 0.45) if gap <= 0 else None
    if f.grade == g.grade == "near":
        assert f.published is not None and g.published is not None
        apart = abs(f.published - g.published)
        return ("near", 0.7 - 0.1 * apart) if apart <= settings().days["apart"] else None
    if "near" in (f.grade, g.grade):
        return ("near", 0.75) if gap <= 0 else None
    if gap <= 0:
        return ("dated_verbal" if _verbal(f, g) else "dated_material", 1.0)
    return ("next_day", 0.6) if gap == 1 else None


def _near_undated(f: Feature, g: Feature) -> bool:
    """Whether claims, of which one at least is undated, may be one going by the days of their reports."""
    if f.published is None or g.published is None:
        return f.published is None and g.published is None and f.grade == g.grade
    apart = abs(f.published - g.published)
    if f.grade == g.grade:
        return apart <= UNDATED_DAYS
    dated, undated = (f, g) if g.grade == "undated" else (g, f)
    assert dated.start is not None and undated.published is not None
    return apart <= NEWS_DAYS and dated.start >= undated.published - UNDATED_DAYS


def _place(f: Feature, g: Feature) -> float:
    """1 the same, 0.4 unknown or one inside the other, -1 where the places exclude one event."""
    if f.place is None or g.place is None:
        return 0.4
    if f.place == g.place:
        return 1.0
    apart = f.country != g.country or (f.fine_place and g.fine_place)
    return -1.0 if apart and not _verbal(f, g) else (0.0 if apart else 0.4)


def _verbal(f: Feature, g: Feature) -> bool:
    return f.quad.startswith("verbal") or g.quad.startswith("verbal")


def _least(f: Feature, g: Feature, time: str, sides: float, place: float) -> float:
    known, doubt = settings().wording, settings().doubt
    least = known["dated_material"] + doubt["next_day"] if time == "next_day" else known[time]
    if f.type != g.type:
        least += doubt["other_type"]
    if sides < 0.9:
        least += doubt["one_sided"]
    if place == 1.0 and f.fine_place:
        least += doubt["same_place"]
    if f.mode and g.mode and f.mode != g.mode:
        least += doubt["other_type"]
    return least + (0.1 if _far_counts(f, g) else 0.0)


def _far_counts(f: Feature, g: Feature) -> bool:
    """Whether both count the same thing and differ more than threefold."""
    theirs = dict(g.counts)
    pairs = [(n, theirs[unit]) for unit, n in f.counts if unit in theirs]
    return any(max(pair) > 3 * max(min(pair), 1.0) for pair in pairs)


def excludes(f: Feature, g: Feature) -> bool:
    """Whether two claims cannot be in one happening, whoever else is in it. Symmetric."""
    if f.coding == g.coding and (f.sentence == g.sentence or f.table):
        return True
    if f.grade == g.grade == "day":
        assert f.start is not None and f.end is not None and g.start is not None and g.end is not None
        if max(f.start, g.start) - min(f.end, g.end) + 1 > 1:
            return True
    if f.grade == g.grade == "near":
        assert f.published is not None and g.published is not None
        if abs(f.published - g.published) > settings().days["apart"]:
            return True
    return _place(f, g) < 0 or _sides(f, g) == 0.0


def part(
    features: Mapping[int, Feature], edges: Mapping[Pair, float], apart: frozenset[Pair] = frozenset()
) -> list[list[int]]:
    """The clusters of a heap, each in canonical order, the first cluster first.

    Args:
        features: the claims by number.
        edges: likeness of pairs (lesser claim number first).
        apart: pairs that a judgement calls different.
    """
    rank = {claim: at for at, claim in enumerate(canonical(features.values()))}
    home = {claim: claim for claim in features}
    members = {claim: [claim] for claim in features}
    order = sorted(edges.items(), key=lambda e: (-e[1], *sorted((rank[e[0][0]], rank[e[0][1]]))))
    for (a, b), score in order:
        one, two = sorted((home[a], home[b]), key=rank.__getitem__)
        if one == two or not _may_join(members[one], members[two], features, apart, sure=score >= SURE):
            continue
        for claim in members[two]:
            home[claim] = one
        members[one] += members.pop(two)
    return [sorted(members[c], key=rank.__getitem__) for c in sorted(members, key=rank.__getitem__)]


def _may_join(
    one: Sequence[int], two: Sequence[int], features: Mapping[int, Feature], apart: frozenset[Pair], *, sure: bool
) -> bool:
    if apart and any((min(a, b), max(a, b)) in apart for a in one for b in two):
        return False
    return sure or not any(excludes(features[a], features[b]) for a in one for b in two)


def canonical(features: Iterable[Feature]) -> list[int]:
    """Claim numbers in an order that is the same wherever and whenever the claims were read."""
    return [f.claim for f in sorted(features, key=lambda f: (f.published is None, f.published or 0, f.id))]
