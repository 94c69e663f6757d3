"""What a happening says, made from the claims judged to report it."""

from __future__ import annotations

import json
import sqlite3
from collections import Counter
from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, TypeVar

from .features import chunks, marks, ordinal, span_of
from .origins import Ground, Link, chains, origins
from .rows import compact

T = TypeVar("T", bound=Hashable)

_CLAIMS = """
SELECT c.n, c.id, c.report, r.published, r.outlet, coalesce(k.copies, s.revision), c.type, c.mode, c.quad, c.intensity, c.mutual, c."from",
       c."to", c.grain, c.tense, c.stance, c.main, c.place, c.country, c.outcome, c.interested, c.detail,
       substr(r.text, s.start + 1, s."end" - s.start)
FROM claim c JOIN sentence s ON s.n = c.sentence JOIN revision r ON r.n = s.revision LEFT JOIN sketch k ON k.revision = s.revision
WHERE c.n IN ({})
"""
_COLUMNS = (
    'id, type, mode, quad, intensity, mutual, "from", "to", grain, dated, reported, place, country, lat, lon, outcome, claims, reports,'
    " origins, main, news, interested, stances"
)
_MIDDLE = """date(c."from", '+' || cast((julianday(c."to") - julianday(c."from")) / 2 AS INTEGER) || ' days')"""
_ALONE = f"""
INSERT INTO happening (n, {_COLUMNS})
SELECT -c.n, 'h' || c.id, c.type, c.mode, c.quad, c.intensity, c.mutual, c."from", c."to", c.grain,
       CASE WHEN c."to" <= date(c."from", '+1 day') THEN c."from" ELSE {_MIDDLE} END, r.published, c.place, c.country,
       CASE WHEN c.place IS NOT NULL THEN json_extract(c.detail, '$.where[3]') END,
       CASE WHEN c.place IS NOT NULL THEN json_extract(c.detail, '$.where[4]') END, c.outcome, 1, 1, 1, c.main,
       c.main AND c.stance = 'actual', c.interested AND c.main AND c.stance = 'actual', '{{"' || c.stance || '":1}}'
FROM claim c JOIN coding k ON k.n = c.coding JOIN revision r ON r.n = k.revision
WHERE c.n BETWEEN ? AND ? AND c.kind = 'event' AND c.status = 0
"""


@dataclass(frozen=True, slots=True)
class Said:
    """One claim of a happening, as far as the summary needs it."""

    n: int
    id: str
    report: int
    published: str | None
    outlet: str | None
    copies: int
    type: str
    mode: str | None
    quad: str
    intensity: float
    mutual: int
    from_: str | None
    to: str | None
    grain: str | None
    tense: str
    stance: str
    main: int
    place: str | None
    country: str | None
    outcome: str | None
    interested: int
    detail: str | None
    sentence: str

    @property
    def news(self) -> bool:
        return bool(self.main) and self.stance == "actual"


class Clusters:
    """Writes happenings."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._db = connection

    def write(self, clusters: Sequence[Sequence[int]], stale: set[int]) -> None:
        """Writes a happening for each cluster of claims; those of `stale` that no claim belongs to any more go."""
        for chunk_at in range(0, len(clusters), 2_000):
            self._write_some(clusters[chunk_at : chunk_at + 2_000])
        for chunk in chunks(stale):
            self._db.execute(
                f"DELETE FROM happening WHERE n IN ({marks(len(chunk))})"
                " AND NOT EXISTS (SELECT 1 FROM member m WHERE m.happening = happening.n)",
                chunk,
            )

    def _write_some(self, clusters: Sequence[Sequence[int]]) -> None:
        said = self.load(n for cluster in clusters for n in cluster)
        links = self.chains(said)
        rows, members, used = [], [], set()
        for cluster in clusters:
            row = summary([said[n] for n in cluster], links)
            while row[0] in used:
                row = (row[0] + "-2", *row[1:])
            used.add(row[0])
            rows.append(row)
            members += [(row[0], n) for n in cluster]
        update = ", ".join(f"{c.strip()} = excluded.{c.strip()}" for c in _COLUMNS.split(",")[1:])
        self._db.executemany(
            f"INSERT INTO happening ({_COLUMNS}) VALUES ({marks(len(rows[0]) if rows else 1)})"
            f" ON CONFLICT (id) DO UPDATE SET {update}",
            rows,
        )
        self._db.executemany(
            "UPDATE member SET happening = (SELECT n FROM happening WHERE id = ?) WHERE claim = ?", members
        )

    def write_alone(self, first: int, last: int) -> None:
        """Makes each of the dated event claims from tables with these numbers (both inclusive) a happening of its own."""
        self._db.execute(_ALONE, (first, last))
        self._db.execute(
            "INSERT INTO member (claim, happening, heap) SELECT n, -n, n FROM claim WHERE n BETWEEN ? AND ? AND kind = 'event' AND status = 0",
            (first, last),
        )

    def load(self, claims: Iterable[int]) -> dict[int, Said]:
        """What the claims say."""
        found: dict[int, Said] = {}
        for chunk in chunks(claims):
            for row in self._db.execute(_CLAIMS.format(marks(len(chunk))), chunk):
                found[row[0]] = Said(*row)
        return found

    def chains(self, claims: Iterable[int]) -> dict[int, tuple[Link, ...]]:
        """Chains of the claims, nearest voice first."""
        rows: list[tuple[int, str, str, int, str | None]] = []
        for chunk in chunks(claims):
            rows += self._db.execute(
                "SELECT v.claim, i.name, v.kind, i.body, v.work FROM voice v JOIN identity i ON i.n = v.identity"
                f" WHERE v.claim IN ({marks(len(chunk))}) ORDER BY v.claim, v.place",
                chunk,
            )
        return dict(chains(rows))


def summary(claims: Sequence[Said], links: dict[int, tuple[Link, ...]]) -> tuple[Any, ...]:
    """The row of a happening, from its claims in canonical order. Facts follow most claims, and of these the first."""
    lead = _leading(claims)
    from_, to, grain = _when(claims)
    where = next((c for c in claims if c.place and c.place == _most(c.place for c in claims)), None)
    lat, lon = _point(where)
    reported = min((c.published for c in claims if c.published), default=None)
    news = [c for c in claims if c.news]
    grounds = [Ground(c.n, c.report, c.outlet, c.copies, c.sentence, links.get(c.n, ())) for c in claims]
    return (
        f"h{claims[0].id}", lead.type, lead.mode or _most(c.mode for c in claims if c.type == lead.type), lead.quad,
        lead.intensity, int(any(c.mutual for c in claims)), from_, to, grain,
        placed(from_, to, reported if any(_is_near(c) for c in claims) else None), reported,
        where.place if where else None, where.country if where else _most(c.country for c in claims), lat, lon,
        _most(c.outcome for c in claims if c.type == lead.type), len(claims), len({c.report for c in claims}),
        1 if len(claims) == 1 else len(origins(grounds)), sum(c.main for c in claims), len(news),
        sum(c.interested for c in news), compact(dict(sorted(Counter(c.stance for c in claims).items()))),
    )  # fmt: skip


def placed(from_: str | None, to: str | None, reported: str | None) -> str | None:
    """The day at which a happening counts: the middle of its time where that is short enough, else the first report's."""
    if from_ is None or to is None:
        return reported
    grade, start, end = span_of(from_, to, None, ("past", "actual", True, False))
    if grade == "undated" or start is None or end is None:
        return None
    return date.fromordinal(start + (end - start) // 2).isoformat()


def _leading(claims: Sequence[Said]) -> Said:
    """The claim that speaks for the happening: of the type and mode that most news claims have, else most claims."""
    held = [c for c in claims if c.news] or list(claims)
    type_ = _most(c.type for c in held)
    held = [c for c in held if c.type == type_]
    mode = _most(c.mode for c in held)
    return next((c for c in held if c.mode == mode), held[0])


def _when(claims: Sequence[Said]) -> tuple[str | None, str | None, str | None]:
    """The shortest time that most claims with a time give."""
    dated = [c for c in claims if c.from_ and c.to]
    if not dated:
        return None, None, None
    best = min(
        dated, key=lambda c: (ordinal(c.to or "") - ordinal(c.from_ or ""), -sum(d.from_ == c.from_ for d in dated))
    )
    return best.from_, best.to, best.grain


def _is_near(claim: Said) -> bool:
    vague = claim.detail is not None and '"when":' in claim.detail and claim.from_ is None
    told = (claim.tense, claim.stance, bool(claim.main), vague)
    return span_of(claim.from_, claim.to, claim.published, told)[0] == "near"


def _point(claim: Said | None) -> tuple[float | None, float | None]:
    if claim is None or claim.detail is None:
        return None, None
    where = json.loads(claim.detail).get("where")
    return (where[3], where[4]) if where else (None, None)


def _most(values: Iterable[T | None]) -> T | None:
    """The value that is there most often, the first of several such; None only where there is no other."""
    counted = Counter(v for v in values if v is not None)
    return counted.most_common(1)[0][0] if counted else None
