"""How well the parties of two claims fit one event: names, nameless people, places and states against each other."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

Sort = Literal["body", "person", "name", "place", "loose"]
Camp = Literal["state", "armed", "people"]

SAME = 1.0
UNKNOWN = 0.5
"""One of the claims leaves the side out."""

_ARMED = frozenset(("REB", "UAF", "PRM", "CRM", "SEP"))
_STATE = frozenset(("GOV", "MIL", "COP", "SPY", "LEG", "JUD"))


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


def camp_of(sector: str | None) -> Camp | None:
    """Who stands with whom when force is used, by PLOVER sector."""
    if sector is None:
        return None
    return "armed" if sector in _ARMED else "state" if sector in _STATE else "people"


def sides_agree(mine: Iterable[Side], theirs: Iterable[Side], said: tuple[frozenset[str], frozenset[str]]) -> float:
    """0 where the parties exclude one event, 1 where they are the same; the best of all pairs. Symmetric.

    Args:
        mine, theirs: the parties in one slot of each claim.
        said: the content words of the two sentences: a party named in the other's sentence, in whatever slot, is no stranger.
    """
    one, two = tuple(mine), tuple(theirs)
    if not one or not two:
        return UNKNOWN
    return max(_agree(p, q, said) for p in one for q in two)


def _agree(p: Side, q: Side, said: tuple[frozenset[str], frozenset[str]]) -> float:
    if p.body == q.body:
        return 0.6 if p.sort == q.sort == "person" and not p.words & q.words else SAME
    if _named_in(p, said[1]) or _named_in(q, said[0]):
        return 0.95
    if p.sort == q.sort == "body" and not p.state and not q.state and p.words & q.words:
        return 0.7
    if p.country and q.country and p.country != q.country:
        return 0.0
    if p.sort == "loose" or q.sort == "loose":
        return _loosely(p, q)
    sorts = {p.sort, q.sort}
    if "place" in sorts and len(sorts) > 1:
        return 0.65 if p.country and p.country == q.country else 0.4
    if "person" in sorts and len(sorts) > 1:
        return 0.3
    return 0.3 if "name" in sorts and len(sorts) > 1 else 0.0


def _named_in(party: Side, words: frozenset[str]) -> bool:
    """Whether the sentence has most of the words of a party's own name."""
    return party.sort not in ("body", "loose") and 0 < len(party.words) <= 2 * len(party.words & words)


def _loosely(p: Side, q: Side) -> float:
    if p.words & q.words:
        return 0.9
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
