"""Every pair of bodies with what is reported between them, as plain rows: what tables for other programs are made of."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass, replace

from .features import chunks
from .parts import LEVEL, rows_of
from .passages import Passages
from .ties import stated_of
from .who import Who


@dataclass(frozen=True, slots=True)
class PairHappening:
    """One happening between two bodies. Slots mean what they do in `Happening`; `dated` is its place on the axis of time,
    `listed` the day under which it is listed, `news` how many of its claims are actual and main, `interested` whether these come
    from a party's own mouth alone. Where not all claims are news on the two, day, intensity, origins and outcome are as those
    that are tell it, as a level counts it."""

    a_id: str
    a: str
    b_id: str
    b: str
    happening: str
    type: str
    mode: str | None
    quad: str
    intensity: float
    dated: str | None
    listed: str | None
    grain: str | None
    outcome: str | None
    claims: int
    reports: int
    origins: int
    news: int
    interested: bool


@dataclass(frozen=True, slots=True)
class PairStated:
    """One report of how two bodies stand; `origin` is the nearest voice, else the outlet; `number` the claim's in its
    ledger."""

    a_id: str
    a: str
    b_id: str
    b: str
    number: int
    claim: str
    date: str | None
    listed: str | None
    state: str | None
    change: str | None
    aspect: str
    role: str | None
    stance: str
    main: bool
    origin: str
    interested: bool


_HAPPENINGS = """
SELECT o.a, o.b, h.id, h.type, h.mode, h.quad, h.intensity, h.dated, coalesce(h.dated, h."from", h.reported), h.grain, h.outcome,
       h.claims, h.reports, h.origins, h.news, h.interested >= h.news, h.n, count(DISTINCT o.claim)
FROM bond o JOIN member m ON m.claim = o.claim JOIN happening h ON h.n = m.happening WHERE o.a < o.b GROUP BY o.a, o.b, h.n
ORDER BY o.a, o.b, h.id
"""
_NEWS = """
SELECT DISTINCT c.n FROM member m JOIN bond o ON o.claim = m.claim JOIN claim c ON c.n = m.claim
WHERE m.happening = ? AND o.a = ? AND o.b = ? AND c.main AND c.stance = 'actual'
"""
_STATED = """
SELECT DISTINCT o.a, o.b, c.n, c.dated FROM bond o JOIN claim c ON c.n = o.claim WHERE c.kind = 'tie' AND o.a < o.b ORDER BY o.a, o.b, c.n
"""


class Pairs:
    """Reads pairs of one ledger inside the caller's snapshot."""

    def __init__(self, connection: sqlite3.Connection, who: Who) -> None:
        self._db = connection
        self._names = {
            n: (ref.id, ref.name)
            for n, ref in who.bodies(n for (n,) in connection.execute("SELECT n FROM body")).items()
        }

    def happenings(self) -> Iterator[PairHappening]:
        """All happenings of all pairs, pair by pair."""
        for a, b, *cells, n, own in self._db.execute(_HAPPENINGS):
            cells[-1] = bool(cells[-1])
            made = PairHappening(*(*self._names[a], *self._names[b], *cells))
            yield made if made.news in (0, made.claims) and own == made.claims else self._counted(made, n, (a, b))

    def _counted(self, made: PairHappening, happening: int, pair: tuple[int, int]) -> PairHappening:
        news = [n for (n,) in self._db.execute(_NEWS, (happening, *pair))]
        if not news:
            return replace(made, news=0)
        cells = dict(zip(LEVEL, rows_of(self._db, news)[happening], strict=True))
        told = ("dated", "intensity", "origins", "interested", "outcome", "news", "grain", "quad")
        return replace(made, **{name: cells[name] for name in told})

    def stated(self) -> Iterator[PairStated]:
        """All stated ties of all pairs, pair by pair."""
        for chunk in _chunked(self._db.execute(_STATED).fetchall()):
            told = Passages(self._db).by_number(n for _, _, n, _ in chunk)
            for a, b, n, listed in chunk:
                s = stated_of(told[n])
                yield PairStated(
                    *self._names[a], *self._names[b], n, told[n].claim, s.date, listed, s.state, s.change, s.aspect, s.role,
                    told[n].stance, told[n].main, s.origin, told[n].interested,
                )  # fmt: skip

    def months(self) -> list[tuple[str, int]]:
        """Reports read by month."""
        return self._db.execute(
            "SELECT month, reports FROM month WHERE reports > 0 AND month <> '' ORDER BY month"
        ).fetchall()


def _chunked(rows: list[tuple[int, int, int, str | None]]) -> Iterator[list[tuple[int, int, int, str | None]]]:
    for held in chunks(range(len(rows)), 2_000):
        yield rows[held[0] : held[-1] + 1]
