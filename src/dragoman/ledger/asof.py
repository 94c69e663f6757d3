"""Happenings of some claims only: those that the ledger had on a given day, grouped anew, or those of some sources."""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from .asking import Query
from .clusters import Clusters, summary
from .features import chunks, load_features, marks
from .grouping import Feature, Pair, likeness, part
from .sourcing import Allowed
from .telling import Telling
from .views import Happening


def instant(as_of: str) -> str:
    """The last second that `as_of` covers: of a day its end."""
    return f"{as_of}T23:59:59Z" if len(as_of) == 10 else as_of


def claims_as_of(
    connection: sqlite3.Connection, about: tuple[str, list[Any]] | None, as_of: str, allowed: Allowed | None = None
) -> list[int]:
    """Numbers of the event claims that the ledger had then: coded, not yet replaced, rejected or struck by then."""
    at = instant(as_of)
    scope, values = "", []
    if about is not None:
        # The bonds of claims that stand no more are gone, so whom these are about is asked of their parties.
        bodies = {b for (b,) in connection.execute(
            f"SELECT DISTINCT i.body FROM ({about[0]}) o JOIN party p ON p.claim = o.claim JOIN identity i ON i.n = p.identity", about[1]
        )}  # fmt: skip
        scope = (
            f" AND (c.n IN (SELECT claim FROM ({about[0]})) OR c.status <> 0 AND c.n IN (SELECT p.claim FROM party p JOIN identity i"
            f" ON i.n = p.identity WHERE p.slot <= 1 AND i.body IN ({','.join(map(str, sorted(bodies)))})))"
        )
        values = list(about[1])
    if allowed is not None:
        query = Query()
        allowed.add_to(query)
        scope, values = f"{scope} AND {query.sql}", [*values, *query.values]
    rows = connection.execute(
        "SELECT c.n FROM claim c JOIN coding k ON k.n = c.coding WHERE c.kind = 'event' AND c.corrects IS NULL AND c.status <> 3"
        f" AND k.added <= ? AND (k.ended IS NULL OR k.ended > ?) {scope}"
        " AND NOT EXISTS (SELECT 1 FROM report p JOIN report w ON w.id = p.retracted_by WHERE p.n = c.report AND w.added <= ?)",
        (at, at, *values, at),
    )
    return [n for (n,) in rows]


def happenings_as_of(
    connection: sqlite3.Connection, about: tuple[str, list[Any]] | None, as_of: str, allowed: Allowed | None = None
) -> list[Happening]:
    """Happenings as they stood then, newest first."""
    features = load_features(connection, claims_as_of(connection, about, as_of, allowed))
    clusters = part(features, edges_among(features))
    writer, telling = Clusters(connection), Telling(connection)
    said = writer.load(features)
    links = writer.chains(said)
    telling.hold(features)
    found = [telling.tell(_view_row(summary([said[n] for n in cluster], links)), cluster) for cluster in clusters]
    return sorted(found, key=lambda h: (h.from_ or h.reported or "", h.id), reverse=True)


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
    """Likeness of all pairs that share a body and are near in time, without looking at far ones."""
    order = sorted(features.values(), key=lambda f: (f.start or f.published or 0, f.claim))
    edges: dict[Pair, float] = {}
    for at, f in enumerate(order):
        for g in order[at + 1 :]:
            if (g.start or g.published or 0) - (f.start or f.published or 0) > 200:
                break
            if not (f.actors | f.recipients) & (g.actors | g.recipients):
                continue
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
