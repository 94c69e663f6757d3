"""How well a happening stands: which words the brief may use for it in its own voice.

A brief asserts only what at least two independent origins report as actual, one of them no party to it, and nobody denies.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import Literal

from dragoman.ledger.views import Happening, Passage

Grade = Literal["established", "party", "single", "contested", "denied", "planned", "hoped", "possible"]


@dataclass(frozen=True, slots=True)
class Footing:
    """The grade, the passages that carry it (best first) and those that deny it."""

    grade: Grade
    carry: tuple[Passage, ...]
    deny: tuple[Passage, ...]
    origins: int


def footing(happening: Happening) -> Footing:
    """Grade a happening; retracted reports carry nothing where others are left."""
    passages = [p for p in happening.passages if not p.report.retracted] or list(happening.passages)
    actual = _best(p for p in passages if p.stance == "actual")
    deny = _best(p for p in passages if p.stance == "denied")
    if not actual:
        return _unfulfilled(passages, deny)
    own = {p.report.id for p in actual}
    deny = tuple(p for p in deny if p.chain or p.report.id not in own)
    origins = min(max(happening.origins, 1), independent(actual))
    if deny:
        return Footing("contested", actual, deny, origins)
    if all(p.interested for p in actual):
        return Footing("party", actual, (), origins)
    return Footing("established" if origins > 1 else "single", actual, (), origins)


def _unfulfilled(passages: list[Passage], deny: tuple[Passage, ...]) -> Footing:
    stances = Counter(p.stance for p in passages)
    if deny and len(deny) >= stances.most_common(1)[0][1]:
        return Footing("denied", deny, (), independent(deny))
    ranked = [s for s, _ in stances.most_common() if s in ("planned", "hoped", "possible")]
    grade: Grade = ranked[0] if ranked else "possible"  # type: ignore[assignment]
    carry = _best(p for p in passages if p.stance == grade) or tuple(passages)
    return Footing(grade, carry, deny, independent(carry))


def independent(passages: tuple[Passage, ...] | list[Passage]) -> int:
    """How many first voices (else outlets) stand behind the passages: an upper bound of independent origins."""
    return len({origin(p) for p in passages})


def origin(passage: Passage) -> str:
    """The first voice of the chain, else the outlet, else the report."""
    nearest = [v for v in passage.chain if v.step == 1 and v.kind != "unnamed"]
    return (nearest[0].name if nearest else passage.report.outlet or passage.report.id).casefold()


def _best(passages: object) -> tuple[Passage, ...]:
    """Disinterested first, then the news of its sentence, then the surest, then the oldest report; ids break ties."""
    chosen: list[Passage] = list(passages)  # type: ignore[call-overload]
    return tuple(
        sorted(chosen, key=lambda p: (p.interested, not p.main, -p.confidence, p.report.published or "9", p.claim))
    )
