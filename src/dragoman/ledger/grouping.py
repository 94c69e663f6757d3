"""Which claims report one event: a pure function of the claims, whatever order they came in.

Two claims are *alike* when type, parties, time, place and wording allow that they report one event (`likeness`). Claims
joined by likeness are a heap; a heap is parted into clusters from the likest pair on, and two clusters are joined only
where no two of their claims exclude each other (`part`). Both steps look at the set of claims alone, so the order in which
reports were read cannot matter.
"""

from __future__ import annotations

import math
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from typing import Literal

from .agreement import SAME, Side, sides_agree

Grade = Literal["day", "near", "coarse", "undated"]
Pair = tuple[int, int]

UNDATED_DAYS = 30
"""Reports of two claims that nothing dates lie at most so many days apart."""
NEWS_DAYS = 7
"""Reports of a dated and an undated claim lie at most so many days apart."""
SURE = 9.0
"""The likeness of claims that a judgement calls the same; no other is above 1."""
FEW_WORDS = 2
"""Claims with fewer words beside those of their parties count as if they had so many."""
NOTHING_TOLD = 0.15
"""Likeness of wording where one claim has no word beside its parties and its trigger."""


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
    acting: tuple[Side, ...]
    receiving: tuple[Side, ...]
    mutual: bool
    two_way: bool  # whether who acts and who receives may be told the other way round
    grade: Grade
    start: int | None
    end: int | None
    place: str | None
    country: str | None
    fine_place: bool
    place_words: frozenset[str]
    words: frozenset[str]  # of the sentence, as `wording.proper_words` gives them, without the trigger's
    topic: frozenset[str]  # those that are not of a party's name
    proper: frozenset[str]  # words in capitals
    keys: frozenset[str]  # those of them that claims without known bodies are looked for by
    names: frozenset[str]  # those of them that are not of a party's name
    numbers: frozenset[int] = frozenset()
    sequel: bool = False  # whether the sentence tells of one of several: again, another, a day after
    headline: bool = False
    later: bool = False  # whether it stands after the report's lead
    hoped: bool = False  # planned or hoped, not told as done
    counts: tuple[tuple[str, float], ...] = ()  # one per unit
    act: frozenset[str] = frozenset()  # words of the trigger
    things: frozenset[str] = frozenset()  # words that follow it at once: what the act is done to
    aside: bool = False  # whether it is background
    region: str | None = None  # first-order division of the place
    region_itself: bool = False  # whether the place is that division
    table: bool = False

    actors: frozenset[int] = field(init=False)  # bodies that act
    recipients: frozenset[int] = field(init=False)  # bodies acted on
    bodies: frozenset[int] = field(init=False)
    pairs: frozenset[Pair] = field(init=False)  # of different bodies that the claim is about, lesser number first
    small: frozenset[int] = field(init=False)  # bodies but states, which are in too many claims
    loose: bool = field(init=False)
    """Whether a side is missing, nameless or unknown, so that bodies alone do not lead to all claims like it."""

    def __post_init__(self) -> None:
        """Works out what follows from the parties, once."""
        actors, recipients = (frozenset(side.body for side in slot) for slot in (self.acting, self.receiving))
        others = recipients | actors if self.mutual else recipients
        pairs = frozenset((min(a, b), max(a, b)) for a in actors for b in others if a != b)
        unknown = not actors or not recipients or any(s.sort != "body" for s in (*self.acting, *self.receiving))
        made: dict[str, object] = {
            "actors": actors,
            "recipients": recipients,
            "bodies": actors | recipients,
            "pairs": pairs,
            "small": frozenset(side.body for side in (*self.acting, *self.receiving) if not side.state),
            "loose": unknown,
        }
        for name, value in made.items():
            object.__setattr__(self, name, value)

    @property
    def dated(self) -> bool:
        """Whether its day is known, if only by that of its report."""
        return self.grade in ("day", "near")


@dataclass(frozen=True)
class Settings:
    """The numbers of `data/grouping.toml`."""

    families: Mapping[str, frozenset[str]]
    weights: Mapping[str, float]
    least: float
    days: Mapping[str, int]


@cache
def settings() -> Settings:
    """The shipped settings."""
    raw = tomllib.loads((files(__package__) / "data" / "grouping.toml").read_text(encoding="utf-8"))
    families: dict[str, set[str]] = {}
    for members in raw["families"].values():
        for name in members:
            families.setdefault(name, {name}).update(members)
    kinds = {k: frozenset(v) for k, v in families.items()}
    return Settings(kinds, raw["weights"], raw["least"]["likeness"], raw["days"])


def family(type_: str) -> frozenset[str]:
    """The types that may report the same event as `type_`."""
    return settings().families.get(type_, frozenset((type_,)))


def likeness(f: Feature, g: Feature) -> float:
    """The likelihood that two claims report one event, 0 where it is too low or they cannot. Symmetric."""
    found = evidence(f, g)
    if found is None:
        return 0.0
    weights = settings().weights
    score = 1 / (1 + math.exp(-sum(weights[name] * value for name, value in found.items())))
    return round(score, 6) if score >= settings().least else 0.0


def meet(f: Feature, g: Feature) -> bool:
    """Whether two claims share what likenesses are looked for by: a pair, a body, or a name where bodies are not known."""
    if f.bodies & g.bodies and ((f.dated and g.dated) or not f.pairs or not g.pairs or f.pairs & g.pairs):
        return True
    if not (f.dated or g.dated):
        return False
    return bool(f.small & g.small) or ((f.loose or g.loose) and bool(f.keys & g.keys))


def evidence(f: Feature, g: Feature) -> dict[str, float] | None:
    """What speaks for and against one event, by the keys of `[weights]`; None where the claims exclude each other."""
    if (f.coding == g.coding and (f.sentence == g.sentence or f.table)) or g.type not in family(f.type):
        return None
    if not meet(f, g):
        return None
    sides = _sides(f, g)
    time = _time(f, g) if sides else None
    place = _place(f, g) if time else -1.0
    if sides is None or time is None or place < 0:
        return None
    verbal = f.quad.startswith("verbal") and g.quad.startswith("verbal")
    words, counts = topic(f, g), _counts(f, g)
    own, other = f.proper - g.words - g.proper, g.proper - f.words - f.proper
    counted = bool(f.numbers and g.numbers)
    compared = bool(f.act & g.act and f.things and g.things)
    return {
        "start": 1.0,
        time: 1.0,
        "actor": sides[0] - 0.5,
        "recipient": sides[1] - 0.5,
        "same_place": float(place == 1.0),
        "other_place": float(place == 0.0),
        "other_thing": 1 - len(f.things & g.things) / min(len(f.things), len(g.things)) if compared else 0.0,
        "other_matter": float(_nothing_shared(f, g)),
        "mention": float(f.aside != g.aside),
        "words": words,
        "words_of_speech": words - 0.3 if verbal else 0.0,
        "speech": float(verbal),
        "other_type": float(f.type != g.type),
        "other_mode": float(f.mode is not None and g.mode is not None and f.mode != g.mode),
        "shared_name": float(bool(f.names & g.names)),
        "other_names": float(bool(own and other)),
        "shared_number": float(bool(f.numbers & g.numbers)),
        "other_numbers": float(counted and not f.numbers & g.numbers),
        "far_counts": float(counts == -1.0),
        "sequel": float(f.sequel != g.sequel),
        "headline": float(f.report == g.report and f.headline != g.headline and not (f.later or g.later)),
        "next_sentence": float(f.report == g.report and not f.headline and not g.headline),
        "later_sentence": float(f.report == g.report and f.headline != g.headline and (f.later or g.later)),
        "hoped_of_other": float(f.type != g.type and f.hoped != g.hoped),
    }


def topic(f: Feature, g: Feature) -> float:
    """Likeness of what is told beside the parties and the place that both name, 0 to 1: half the shared share of all words, half
    that of the shorter's."""
    there = f.place_words & g.place_words
    mine, theirs = f.topic - there, g.topic - there
    shorter = min(len(mine), len(theirs))
    shared = len(mine & theirs)
    if shorter == 0:
        return NOTHING_TOLD
    return 0.5 * shared / len(mine | theirs) + 0.5 * shared / max(shorter, FEW_WORDS)


def _nothing_shared(f: Feature, g: Feature) -> bool:
    """Whether both tell something beside parties and names, and nothing of it alike."""
    mine, theirs = (_told(x) for x in (f, g))
    return min(len(mine), len(theirs)) >= FEW_WORDS and not mine & theirs


def _told(f: Feature) -> frozenset[str]:
    return frozenset(w for w in f.topic - f.proper if w[0] != "@" and not w.isdigit())


def _counts(f: Feature, g: Feature) -> float:
    """-1 where both count one thing and differ more than twofold, else 0."""
    theirs = dict(g.counts)
    pairs = [(n, theirs[unit]) for unit, n in f.counts if unit in theirs]
    return -float(any(max(pair) > 2 * min(pair) for pair in pairs))


def _sides(f: Feature, g: Feature) -> tuple[float, float] | None:
    """How well actors and recipients fit; None where they exclude one event."""
    said = (f.topic, g.topic)
    if f.two_way or g.two_way:
        return _pooled(f, g)
    # "Armenia said" does not make Armenia the one that acts.
    stateless = (frozenset(w for w in f.topic if w[0] != "@"), frozenset(w for w in g.topic if w[0] != "@"))
    actors, recipients = sides_agree(f.acting, g.acting, stateless), sides_agree(f.receiving, g.receiving, said)
    if 0.0 in (actors, recipients):
        return None
    return actors, recipients


def _pooled(f: Feature, g: Feature) -> tuple[float, float] | None:
    """The two best fits of the parties of claims of an act that goes both ways, each party used once."""
    said = (f.topic, g.topic)
    mine, theirs = _parties(f), _parties(g)
    fits = sorted(
        ((sides_agree((p,), (q,), said), i, j) for i, p in enumerate(mine) for j, q in enumerate(theirs)),
        key=lambda fit: -fit[0],
    )
    if not fits or fits[0][0] == 0.0:
        return None
    best, at, to = fits[0]
    rest = max(
        (value for value, i, j in fits if i != at and j != to), default=SAME if len(mine) == len(theirs) else 0.5
    )
    return (best, rest) if rest else None


def _parties(f: Feature) -> tuple[Side, ...]:
    """The parties of a claim, one for each body."""
    return tuple({side.body: side for side in (*f.receiving, *f.acting)}.values())


def _time(f: Feature, g: Feature) -> str | None:
    """The key of `[weights]` for how the times fit; None where they cannot be one."""
    if "undated" in (f.grade, g.grade):
        return "undated" if _near_undated(f, g) else None
    assert f.start is not None and f.end is not None and g.start is not None and g.end is not None
    gap = max(f.start, g.start) - min(f.end, g.end) + 1
    if "coarse" in (f.grade, g.grade):
        return "coarse" if gap <= 0 else None
    if f.grade == g.grade == "near":
        assert f.published is not None and g.published is not None
        apart = abs(f.published - g.published)
        return None if apart > settings().days["apart"] else "near" if apart <= 1 else "near_apart"
    if "near" in (f.grade, g.grade):
        return "near" if gap <= 0 else None
    return "same_day" if gap <= 0 else "next_day" if gap == 1 else None


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
    if f.place_words & g.words or g.place_words & f.words:
        return 0.4
    regions = f.region is not None and g.region is not None and f.region != g.region
    regions &= f.region_itself or g.region_itself
    apart = f.country != g.country or (f.fine_place and g.fine_place) or regions
    return -1.0 if apart and not _verbal(f, g) else (0.0 if apart else 0.4)


def _verbal(f: Feature, g: Feature) -> bool:
    return f.quad.startswith("verbal") or g.quad.startswith("verbal")


def excludes(f: Feature, g: Feature) -> bool:
    """Whether two claims cannot be in one happening, whoever else is in it. Symmetric."""
    if f.coding == g.coding and (f.sentence == g.sentence or f.table):
        return True
    if f.grade == g.grade == "day":
        assert f.start is not None and f.end is not None and g.start is not None and g.end is not None
        gap = max(f.start, g.start) - min(f.end, g.end) + 1
        if gap > 1 or (gap == 1 and likeness(f, g) == 0.0):
            return True
    if f.grade == g.grade == "near":
        assert f.published is not None and g.published is not None
        if abs(f.published - g.published) > settings().days["apart"]:
            return True
    return _place(f, g) < 0 or _sides(f, g) is None


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
