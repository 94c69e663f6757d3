"""How well the parties of two claims fit one event: names, nameless people, places and states against each other."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from .wording import country_word, stem

Sort = Literal["body", "person", "name", "place", "loose"]
Camp = Literal["state", "armed", "people"]

SAME = 1.0
UNKNOWN = 0.5
"""One of the claims leaves the side out, or gives the weapon for it."""

_ARMED = frozenset(("REB", "UAF", "PRM", "CRM", "SEP"))
_STATE = frozenset(("GOV", "MIL", "COP", "SPY", "LEG", "JUD"))
_CAMP_WORDS: dict[str, Camp] = {
    stem("gunmen"): "armed", stem("rebel"): "armed", stem("soldier"): "state", stem("police"): "state"
}  # fmt: skip
_WEAPONS = frozenset(
    map(stem, "drone rocket bomb shell mine weapon grenade plane gun bullet shelling bombing bomber".split())
)


@dataclass(frozen=True, slots=True)
class Side:
    """One party as grouping sees it.

    `sort`: a *body* is a state or a listed organisation, a *person* a named human being, a *name* one that nothing is
    known of, *loose* whoever goes by a common noun ("gunmen"). `words` tell the party from others, as `content_words` does.
    """

    body: int
    sort: Sort
    country: str | None
    camp: Camp | None
    words: frozenset[str]
    state: bool = False


def camp_of(sector: str | None, words: frozenset[str]) -> Camp | None:
    """Who stands with whom when force is used, by PLOVER sector, else by what they are called."""
    if sector is None:
        return next((_CAMP_WORDS[word] for word in sorted(words) if word in _CAMP_WORDS), None)
    return "armed" if sector in _ARMED else "state" if sector in _STATE else "people"


def sides_agree(mine: Iterable[Side], theirs: Iterable[Side], said: tuple[frozenset[str], frozenset[str]]) -> float:
    """0 where the parties exclude one event, 1 where they are the same; the best of all pairs. Symmetric.

    Args:
        mine, theirs: the parties in one slot of each claim.
        said: the words of the two sentences beside their parties: a party that the other sentence names there is no stranger.
    """
    one, two = tuple(mine), tuple(theirs)
    if not one or not two:
        return UNKNOWN
    return max(_agree(p, q, said) for p in one for q in two)


def _agree(p: Side, q: Side, said: tuple[frozenset[str], frozenset[str]]) -> float:
    if p.body == q.body:
        return 0.6 if p.sort == q.sort == "person" and not p.words & q.words else SAME
    if _named_in(p, said[1] | q.words) or _named_in(q, said[0] | p.words):
        return 0.95
    if p.sort == q.sort == "body" and not p.state and not q.state and p.words & q.words:
        return 0.7
    if _mentioned(p, said[1]) or _mentioned(q, said[0]):
        return 0.6
    if p.country and q.country and p.country != q.country:
        return 0.0
    if p.sort == "loose" or q.sort == "loose":
        return _loosely(p, q)
    return _apart(p, q)


def _apart(p: Side, q: Side) -> float:
    """For parties that go by names: what is left where one of the sorts is not sure."""
    sorts = {p.sort, q.sort}
    if len(sorts) == 1:
        return 0.0
    if "place" in sorts:
        return 0.65 if p.country and p.country == q.country else 0.4
    return 0.3


def _mentioned(party: Side, words: frozenset[str]) -> bool:
    """Whether a sentence speaks of a state or organisation beside its parties."""
    if party.state:
        return country_word(party.country) in words
    return party.sort == "body" and bool(party.words) and party.words <= words


def _named_in(party: Side, words: frozenset[str]) -> bool:
    """Whether the sentence has most of the words of a party's own name."""
    return party.sort not in ("body", "loose") and 0 < len(party.words) <= 2 * len(party.words & words)


def _loosely(p: Side, q: Side) -> float:
    if p.words & q.words:
        return 0.9
    if (p.sort == "loose" and p.words & _WEAPONS) or (q.sort == "loose" and q.words & _WEAPONS):
        return UNKNOWN
    if p.sort == q.sort:
        return 0.75 if p.camp == q.camp and p.camp else 0.35 if p.camp and q.camp else 0.6
    loose, other = (p, q) if p.sort == "loose" else (q, p)
    if other.sort == "place":
        return 0.6
    if other.sort == "person":
        return 0.3
    if other.state and loose.camp == "armed":
        return 0.0
    if loose.country and loose.country == other.country:
        return 0.8
    if other.state or other.sort == "body":
        return 0.65 if loose.camp == ("state" if other.state else other.camp) else 0.4
    return 0.4
