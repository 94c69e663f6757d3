"""Happenings of some claims only: those that the ledger had on a given day, grouped anew, or those of some sources."""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from .asking import Query, about, about_pair
from .bonds import bonds_of
from .clusters import Clusters, summary
from .connection import WAS_READ
from .features import chunks, load_features, marks
from .grouping import Feature, Pair, likeness, part
from .sourcing import Allowed
from .telling import Telling
from .views import Happening, Kind
from .who import Side


def instant(as_of: str) -> str:
    """The last second that `as_of` covers: of a day its end."""
    return f"{as_of}T23:59:59Z" if len(as_of) == 10 else as_of


_KNOWN = """
SELECT c.n FROM claim c JOIN coding k ON k.n = c.coding WHERE c.kind = ? AND c.corrects IS NULL AND k.added <= ?
AND (k.ended IS NULL OR k.ended > ?)
AND NOT EXISTS (SELECT 1 FROM report p JOIN report w ON w.id = p.retracted_by WHERE p.n = c.report AND w.added <= ?)
AND NOT (c.status = 4 AND EXISTS (SELECT 1 FROM report p JOIN revision r ON r.notice = 'correction'
         AND (r.replaces = p.id OR r.replaces IN (SELECT url FROM revision WHERE report = p.n)) WHERE p.n = c.report AND r.added <= ?))
AND NOT (c.status = 3 AND EXISTS (SELECT 1 FROM standing s JOIN judgement j ON j.n = s.judgement
         WHERE s.verdict = 'reject' AND s.claim = c.id AND j.at <= ?))
"""


def claims_as_of(
    connection: sqlite3.Connection,
    sides: Sequence[Side],
    as_of: str,
    allowed: Allowed | None = None,
    kind: Kind = "event",
) -> list[int]:
    """Numbers of the claims that the ledger had then: coded, not yet replaced, rejected or struck by then.

    Args:
        connection: the ledger.
        sides: one side that is a party, or two that the claim is between; none for all claims.
        as_of: a day or an instant.
        allowed: the sources that count.
        kind: events or stated ties.
    """
    at = instant(as_of)
    query = Query()
    if allowed is not None:
        allowed.add_to(query)
    if sides:
        claims = _standing_of(connection, sides) | _fallen_of(connection, sides)
        query.add("c.n IN (SELECT value FROM json_each(?))", str(sorted(claims)))
    rows = connection.execute(f"{_KNOWN} AND {query.sql}", (kind, *[at] * 5, *query.values))
    return [n for (n,) in rows]


def _standing_of(connection: sqlite3.Connection, sides: Sequence[Side]) -> set[int]:
    sql, values = about_pair(*sides) if len(sides) > 1 else about(sides[0])
    return {row[0] for row in connection.execute(sql, values)}


def _fallen_of(connection: sqlite3.Connection, sides: Sequence[Side]) -> set[int]:
    """Claims of these sides that stand no more: their bonds are gone and are made again from their parties."""
    lists, values = [], []
    for side in sides:
        column, chosen = ("i.body", side.bodies) if side.actors is None else ("i.actor", side.actors)
        lists.append(
            "SELECT p.claim FROM identity i JOIN party p ON p.identity = i.n JOIN claim c ON c.n = p.claim WHERE c.status <> 0"
            f" AND p.slot <= 2 AND {column} IN ({marks(len(chosen))})"
        )
        values += sorted(chosen)
    claims = [n for (n,) in connection.execute(" INTERSECT ".join(lists), values)]
    if len(sides) == 1:
        return set(claims)
    one, two = (side.bodies for side in sides)
    return {
        claim
        for a, b, _, _, claim in bonds_of(connection, claims)
        if (a in one and b in two) or (a in two and b in one)
        if a != b or one == two
    }


def happenings_as_of(
    connection: sqlite3.Connection, sides: Sequence[Side], as_of: str, allowed: Allowed | None = None
) -> list[Happening]:
    """Happenings as they stood then, newest first."""
    features = load_features(connection, claims_as_of(connection, sides, as_of, allowed))
    clusters = part(features, edges_among(features))
    writer, telling = Clusters(connection), Telling(connection)
    said = writer.load(features)
    links = writer.chains(said)
    telling.hold(features)
    found = [telling.tell(_view_row(summary([said[n] for n in cluster], links)), cluster) for cluster in clusters]
    return sorted(found, key=lambda h: (h.from_ or h.reported or "", h.id), reverse=True)


def months_as_of(connection: sqlite3.Connection, as_of: str) -> dict[str, int]:
    """Reports read by then, by month of publication."""
    rows = connection.execute(
        "SELECT coalesce(substr(r.published, 1, 7), ''), count(DISTINCT r.report) FROM revision r JOIN report p ON p.n = r.report"
        f" WHERE r.added <= ? AND {WAS_READ} GROUP BY 1",
        (instant(as_of),),
    )
    return dict(rows.fetchall())


def happenings_of(connection: sqlite3.Connection, claims: Sequence[int]) -> list[Happening]:
    """Happenings as these claims alone tell them, grouped as they are in the ledger; newest first."""
    writer, telling = Clusters(connection), Telling(connection)
    clusters: dict[int, list[int]] = defaultdict(list)
    for chunk in chunks(claims):
        for happening, claim in connection.execute(
            f"SELECT happening, claim FROM member WHERE claim IN ({marks(len(chunk))})", chunk
        ):
            clusters[happening].append(claim)
    said = writer.load(claim for cluster in clusters.values() for claim in cluster)
    links = writer.chains(said)
    telling.hold(said)
    found = []
    for held in clusters.values():
        cluster = sorted(held, key=lambda n: (said[n].published is None, said[n].published or "", said[n].id))
        found.append(telling.tell(_view_row(summary([said[n] for n in cluster], links)), cluster))
    return sorted(found, key=lambda h: (h.from_ or h.reported or "", h.id), reverse=True)


def edges_among(features: dict[int, Feature]) -> dict[Pair, float]:
    """Likeness of all pairs that are near in time, without looking at far ones."""
    order = sorted(features.values(), key=lambda f: (f.start or f.published or 0, f.claim))
    edges: dict[Pair, float] = {}
    for at, f in enumerate(order):
        for g in order[at + 1 :]:
            if (g.start or g.published or 0) - (f.start or f.published or 0) > 200:
                break
            score = likeness(f, g)
            if score:
                edges[min(f.claim, g.claim), max(f.claim, g.claim)] = score
    return edges


def _view_row(row: Sequence[Any]) -> tuple[Any, ...]:
    """The columns of a summary in the order that `Telling.tell` reads."""
    (
        id_,
        type_,
        mode,
        quad,
        intensity,
        mutual,
        from_,
        to,
        grain,
        _,
        reported,
        place,
        country,
        lat,
        lon,
        outcome,
        _,
        reports,
        origins,
        *rest,
    ) = row
    return (
        0, id_, type_, mode, quad, intensity, mutual, from_, to, grain, reported, place, country, lat, lon, outcome, reports, origins, rest[-1]
    )  # fmt: skip
