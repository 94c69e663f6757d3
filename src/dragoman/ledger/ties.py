"""How two actors stand: the view that joins happenings, stated ties, their level and disputes."""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from .asking import Query, about, about_pair, held
from .connection import WAS_READ
from .disputes import IS_ACT, Disputes, Suspect
from .features import chunks, marks
from .levels import Course, Observed, course, stated_level
from .origins import single_share
from .parts import counted_row, happenings_of, rows_of
from .passages import Passages
from .sourcing import Allowed
from .telling import Telling
from .views import Happening, Passage, Stated, Tie
from .who import Side, Who, Whom

MOST_TOLD = 60
"""Happenings told in full with a tie: the newest, and those behind change points. All of them count in level and flows."""
MOST_STATED = 200
NEWS = ("past", "current")
BELOW_NORMAL = ("hostile", "strained")


class Ties:
    """Computes ties inside the caller's snapshot."""

    def __init__(
        self,
        connection: sqlite3.Connection,
        who: Who,
        allowed: Allowed | None = None,
        read: Mapping[str, int] | None = None,
    ) -> None:
        self._db = connection
        self._who = who
        self._allowed = allowed
        self._months = read
        self._disputes = Disputes(connection, who, allowed)

    def tie(self, a: Whom, b: Whom, since: str | None, until: str | None, *, rollup: bool = True) -> Tie:
        """See `Ledger.tie`."""
        one, two = self._who.side(a, rollup=rollup), self._who.side(b, rollup=rollup)
        asked = about_pair(one, two)
        asked = held(self._db, self._allowed.narrowed(asked) if self._allowed else asked)
        told: list[Happening] = []
        suspects: list[Suspect] | None = None
        if self._allowed is None:
            every = self._rows(asked)
            suspects = [(row[10], row[8], row[13]) for row in every]
            rows = [row for row in every if _within(row[11], since, until)]
            counted = self._counted(rows, asked)
        else:
            numbers = [n for (n,) in self._db.execute(*asked)]
            parts = [p for p in happenings_of(self._db, numbers) if _within(p.row[11], since, until)]
            rows, counted, told = [p.row for p in parts], [p.counted for p in parts], [p.told for p in parts]
        counted = [row for row in counted if row[6] > 0]
        stated = self._stated(asked, since, until)
        observed = [_observed(row) for row in counted if row[1] is not None] + _stated_observed(stated)
        path = course(observed, since, until, self._read())
        if self._allowed is None:
            told = self._told(rows, [m for change in path.changes for m in change.happenings])
        disputes = self._disputes.among(asked, since, until, suspects=suspects)
        passages = sum(row[8] for row in rows) + len(stated)
        told_states = [(s.date, s.state, s.change, s.passage.stance, s.passage.main) for s in stated]
        state, state_since = standing(path, told_states)
        in_dispute = {p.claim for dispute in disputes for side in dispute.sides for p in side}
        return Tie(
            a=one.ref, b=two.ref, since=since, until=until, state=state, state_since=state_since, trend=path.trend,
            level=path.level, low=path.low, high=path.high, series=path.points, changes=path.changes, stated=tuple(stated),
            happenings=tuple(told), disputes=tuple(disputes),
            disputed=min(len(in_dispute) / passages, 1.0) if passages else 0.0,
            single=single_share([(row[3], row[8]) for row in rows] + _stated_origins(stated)),
            flows=_flows(counted), last_report=self._last_report(asked), interested=_interested(counted),
        )  # fmt: skip

    def ties_of(self, actor: Whom, since: str | None, until: str | None, limit: int) -> list[Tie]:
        """See `Ledger.ties_of`."""
        side = self._who.side(actor)
        return [
            self.tie(side.ref, other, since, until)
            for other in self._who.bodies_in_order(self._partners(side, since, until, limit))
        ]

    def _partners(self, side: Side, since: str | None, until: str | None, limit: int) -> list[int]:
        """The bodies with most claims beside this side."""
        asked, values = self._allowed.narrowed(about(side)) if self._allowed else about(side)
        bodies = sorted(side.bodies)
        inside = marks(len(bodies))
        rows = self._db.execute(
            f"WITH wanted AS MATERIALIZED (SELECT claim FROM ({asked}) WHERE (? IS NULL OR dated >= ?) AND (? IS NULL OR dated < ?))"
            " SELECT other, count(DISTINCT claim) AS weight FROM ("
            f"SELECT b AS other, claim FROM bond WHERE a IN ({inside}) AND b <> a UNION ALL "
            f"SELECT a AS other, claim FROM bond WHERE b IN ({inside}) AND b <> a"
            f") WHERE other NOT IN ({inside}) AND claim IN (SELECT claim FROM wanted)"
            " GROUP BY other ORDER BY weight DESC, other LIMIT ?",
            (*values, since, since, until, until, *bodies * 3, limit),
        )
        return [body for body, _ in rows]

    def _rows(self, asked: tuple[str, list[Any]]) -> list[Sequence[Any]]:
        """Happenings of the pair, newest first: the columns of `parts.LEVEL`, how many of the claims are on the pair, `disputes.IS_ACT`."""
        return self._db.execute(
            "SELECT h.id, h.dated, h.intensity, h.origins, h.interested >= h.news, h.outcome, h.news, h.grain, h.claims, h.quad, h.n,"
            f' coalesce(h.dated, h."from", h.reported) AS listed, w.claims, {IS_ACT}'
            f" FROM (SELECT m.happening, count(DISTINCT m.claim) AS claims FROM ({asked[0]}) o JOIN member m ON m.claim = o.claim"
            " GROUP BY m.happening) w JOIN happening h ON h.n = w.happening ORDER BY listed DESC, h.id",
            asked[1],
        ).fetchall()

    def _counted(self, rows: Sequence[Sequence[Any]], asked: tuple[str, list[Any]]) -> list[Sequence[Any]]:
        """The rows as a level counts them: where not all claims are actual, main and on the pair, as those alone tell it."""
        mixed = [row[10] for row in rows if row[6] > 0 and not row[6] == row[8] == row[12]]
        news: list[int] = []
        for chunk in chunks(mixed):
            found = self._db.execute(
                f"SELECT DISTINCT m.claim FROM ({asked[0]}) o JOIN member m ON m.claim = o.claim JOIN claim c ON c.n = m.claim"
                f" WHERE m.happening IN ({marks(len(chunk))}) AND c.main AND c.stance = 'actual'",
                (*asked[1], *chunk),
            )
            news += [n for (n,) in found]
        parts = rows_of(self._db, news)
        anew = set(mixed)
        return [counted_row(row, parts.get(row[10])) if row[10] in anew else row for row in rows]

    def _told(self, rows: Sequence[Sequence[Any]], movers: Iterable[str]) -> list[Happening]:
        wanted = set(movers)
        numbers = [row[10] for at, row in enumerate(rows) if at < MOST_TOLD or row[0] in wanted]
        return Telling(self._db).read(numbers)

    def _stated(self, asked: tuple[str, list[Any]], since: str | None, until: str | None) -> list[Stated]:
        """Tie claims, newest first."""
        rows = self._db.execute(
            f"SELECT c.n FROM ({asked[0]}) o JOIN claim c ON c.n = o.claim"
            " WHERE o.claim NOT IN (SELECT claim FROM member) AND c.kind = 'tie' AND c.status = 0"
            " AND (? IS NULL OR c.dated >= ?) AND (? IS NULL OR c.dated < ?)"
            f" ORDER BY c.dated DESC, c.n LIMIT {MOST_STATED}",
            (*asked[1], since, since, until, until),
        )
        return [stated_of(p) for p in Passages(self._db).read([n for (n,) in rows])]

    def _read(self) -> Mapping[str, int]:
        """Reports read by month, of the sources that count."""
        if self._months is not None:
            return self._months
        if self._allowed is not None:
            query = Query()
            self._allowed.add_to(query, "r.outlet")
            return dict(
                self._db.execute(
                    "SELECT coalesce(substr(r.published, 1, 7), ''), count(*) FROM report p JOIN revision r ON r.n = p.revision"
                    f" WHERE {query.sql} AND {WAS_READ} GROUP BY 1",
                    query.values,
                )
            )
        return dict(self._db.execute("SELECT month, reports FROM month WHERE reports > 0"))

    def _last_report(self, asked: tuple[str, list[Any]]) -> str | None:
        row = self._db.execute(
            "SELECT max(CASE WHEN h.claims = 1 THEN h.reported ELSE (SELECT r.published FROM claim c JOIN sentence s ON s.n = c.sentence"
            " JOIN revision r ON r.n = s.revision WHERE c.n = o.claim) END)"
            f" FROM ({asked[0]}) o LEFT JOIN member m ON m.claim = o.claim LEFT JOIN happening h ON h.n = m.happening",
            asked[1],
        ).fetchone()
        return None if row is None else row[0]


def _observed(row: Sequence[Any]) -> Observed:
    id_, day, value, origins, interested, outcome, _, grain, _, quad, *_ = row
    coarse = grain not in (None, "hour", "day")
    return Observed(id_, day, value, origins, bool(interested), outcome, coarse, quad)


def stated_of(passage: Passage) -> Stated:
    """A tie claim as a report of how two stand, with the day at which it counts."""
    record = passage.record
    when = record["when"]
    day = when["from"] if when else None
    if day is None and when is None and record["tense"] == "current":
        day = passage.report.published
    return Stated(passage, record["state"], record["change"], record["aspect"], record["role"], day)


def standing(path: Course, rows: Iterable[Sequence[Any]]) -> tuple[str | None, str | None]:
    """The state and since when: what the level is called, but `broken` where the newest report on it says that ties are broken
    off and nothing has lifted the level to normal since.

    Args:
        path: the level over time.
        rows: day, state, change, stance and whether main, of stated ties, newest first.
    """
    asserted = [row for row in rows if row[3] == "actual" and row[4] and row[0] is not None]
    turns = [row for row in asserted if row[1] is not None or row[2] in ("severed", "restored")]
    newest = max(turns, key=lambda row: row[0], default=None)
    if newest is None or path.state not in BELOW_NORMAL or not (newest[1] == "broken" or newest[2] == "severed"):
        return path.state, path.state_since
    return "broken", newest[0]


def _stated_observed(stated: Iterable[Stated]) -> list[Observed]:
    return observed_stated(
        (s.date, s.state, s.change, s.passage.stance, s.origin, s.passage.interested) for s in stated
    )


def observed_stated(rows: Iterable[Sequence[Any]]) -> list[Observed]:
    """Stated ties as observations: what asserts a level at a day, one for each month and level, with all its origins.

    Args:
        rows: day, state, change, stance, origin and whether the voice is interested.
    """
    said: dict[tuple[str, float], list[tuple[str, str, bool]]] = defaultdict(list)
    for day, state, change, stance, origin, interested in rows:
        level = stated_level(state, change)
        if stance == "actual" and level is not None and day is not None:
            said[day[:7], level].append((day, origin, bool(interested)))
    return [
        Observed(
            None,
            min(day for day, _, _ in held),
            level,
            len({origin for _, origin, _ in held}),
            all(own for *_, own in held),
        )
        for (_, level), held in said.items()
    ]


def _stated_origins(stated: Sequence[Stated]) -> list[tuple[int, int]]:
    """For each state said, how many origins say so and in how many passages."""
    said: dict[tuple[str | None, str | None], list[str]] = defaultdict(list)
    for s in stated:
        said[s.state, s.change].append(s.origin)
    return [(len(set(names)), len(names)) for names in said.values()]


def _flows(rows: Iterable[Sequence[Any]]) -> dict[str, tuple[int, float]]:
    held: dict[str, list[float]] = defaultdict(list)
    for row in rows:
        held[row[9]].append(row[2])
    return {quad: (len(values), round(sum(values) / len(values), 2)) for quad, values in sorted(held.items())}


def _interested(rows: Iterable[Sequence[Any]]) -> float:
    """Share of the happenings that count which are known only from a party's own mouth."""
    news = [bool(row[4]) for row in rows]
    return sum(news) / len(news) if news else 0.0


def _within(day: str | None, since: str | None, until: str | None) -> bool:
    return (since is None or (day is not None and day >= since)) and (
        until is None or (day is not None and day < until)
    )
