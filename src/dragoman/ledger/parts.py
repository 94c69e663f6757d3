"""Happenings as some of their claims alone tell them: those of the sources that count."""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from .clusters import Clusters, summary
from .features import chunks, marks
from .telling import Telling
from .views import Happening

SUMMARY = (
    "id", "type", "mode", "quad", "intensity", "mutual", "from", "to", "grain", "dated", "reported", "place", "country", "lat", "lon",
    "outcome", "claims", "reports", "origins", "main", "news", "interested", "stances",
)  # fmt: skip
"""Columns of `happening` in the order of `clusters.summary`."""
_TOLD = (
    "id", "type", "mode", "quad", "intensity", "mutual", "from", "to", "grain", "reported", "place", "country", "lat", "lon", "outcome",
    "reports", "origins", "stances",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Part:
    """A happening as some claims tell it. `row` has the columns of `ties.Ties._rows`: what the level needs."""

    told: Happening
    row: tuple[Any, ...]


def happenings_of(connection: sqlite3.Connection, claims: Sequence[int]) -> list[Part]:
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
        row = summary([said[n] for n in cluster], links)
        found.append(Part(telling.tell(_view_row(row), cluster), _level_row(row)))
    return sorted(found, key=lambda part: (part.row[-1] or "", part.told.id), reverse=True)


def _view_row(row: Sequence[Any]) -> tuple[Any, ...]:
    """The columns of a summary in the order that `Telling.tell` reads."""
    cells = dict(zip(SUMMARY, row, strict=True))
    return (0, *(cells[name] for name in _TOLD))


def _level_row(row: Sequence[Any]) -> tuple[Any, ...]:
    """Id, day, intensity, origins, interested only, outcome, news, grain, claims, quad, no number, listed day."""
    c = dict(zip(SUMMARY, row, strict=True))
    interested = c["interested"] >= c["news"]
    listed = c["dated"] or c["from"] or c["reported"]
    return (
        c["id"], c["dated"], c["intensity"], c["origins"], interested, c["outcome"], c["news"], c["grain"], c["claims"], c["quad"], 0, listed,
    )  # fmt: skip
