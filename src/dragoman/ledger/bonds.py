"""`bond`: which bodies and pairs of bodies each standing claim is about, in order of time."""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Sequence
from functools import lru_cache

from .features import chunks, marks, span_of
from .grouping import Pair

SELF = 10
"""Added to `bond.grade` where a claim stands under one of its two bodies."""
GRADES = {"day": 0, "near": 0, "coarse": 1, "undated": 2}
BondRow = tuple[int, int, int, str, int]


def pairs_of(actors: Iterable[int], recipients: Iterable[int], *, mutual: bool) -> list[Pair]:
    """The pairs of different bodies that a claim is about, lesser number first, in order."""
    acting, receiving = set(actors), set(recipients)
    found = {(min(a, b), max(a, b)) for a in acting for b in receiving if a != b}
    if mutual:
        found |= {(a, b) for a in acting for b in acting if a < b}
    return sorted(found)


@lru_cache(maxsize=65_536)
def grade_of(
    from_: str | None, to: str | None, published: str | None, told: tuple[str, str, bool, bool]
) -> tuple[int, str]:
    """Grade and day of a claim in `bond`; `told` as for `features.span_of`."""
    grade = GRADES[span_of(from_, to, published, told)[0]]
    return grade, (from_ if grade < 2 and from_ is not None else published) or ""


def bond_rows(claim: int, grade: int, dated: str, bodies: Sequence[set[int]], *, mutual: bool) -> list[BondRow]:
    """The rows of one claim; `bodies` are those of actors, of recipients and of the two sides of a tie."""
    actors, recipients, between = bodies
    if len(actors) == 1 and len(recipients) == 1:
        (a,), (b,) = actors, recipients
        if a == b:
            return [(a, a, grade, dated, claim)]
        own = grade + SELF
        pair = (a, b) if a < b else (b, a)
        return [(*pair, grade, dated, claim), (a, a, own, dated, claim), (b, b, own, dated, claim)]
    pairs = pairs_of(actors | between, recipients, mutual=mutual)
    own = grade + (SELF if pairs else 0)
    every = actors | recipients | between
    return [(a, b, grade, dated, claim) for a, b in pairs] + [(body, body, own, dated, claim) for body in every]


def bonds_of(connection: sqlite3.Connection, claims: Iterable[int]) -> list[BondRow]:
    """The rows of claims that are stored."""
    found: list[BondRow] = []
    for chunk in chunks(claims):
        inside = f"IN ({marks(len(chunk))})"
        bodies: dict[int, tuple[set[int], set[int], set[int]]] = defaultdict(lambda: (set(), set(), set()))
        rows = connection.execute(
            f"SELECT p.claim, p.slot, i.body FROM party p JOIN identity i ON i.n = p.identity WHERE p.slot <= 2 AND p.claim {inside}",
            chunk,
        )
        for claim, slot, body in rows:
            bodies[claim][slot].add(body)
        stored = connection.execute(
            'SELECT c.n, c.kind, c.mutual, c."from", c."to", r.published, c.tense, c.stance, c.main, c.detail'
            " FROM claim c JOIN sentence s ON s.n = c.sentence JOIN revision r ON r.n = s.revision"
            f" WHERE c.n {inside}",
            chunk,
        )
        for n, kind, mutual, from_, to, published, tense, stance, main, detail in stored:
            vague = from_ is None and '"when":' in (detail or "")
            dating = grade_of(from_, to, published, (tense, stance, bool(main), vague))
            found += bond_rows(n, *dating, bodies[n], mutual=kind == "tie" or bool(mutual))
    return found
