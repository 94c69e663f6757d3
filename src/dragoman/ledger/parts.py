"""Happenings as some of their claims alone tell them: those of the sources that count, those that a level may use."""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from .clusters import Clusters, Said, summary
from .features import chunks, marks
from .origins import Link
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


LEVEL = (
    "id",
    "dated",
    "intensity",
    "origins",
    "interested",
    "outcome",
    "news",
    "grain",
    "claims",
    "quad",
    "n",
    "listed",
)
"""What the level needs of a happening: `interested` whether only by a party's own mouth, `news` how many claims are actual and main."""


@dataclass(frozen=True, slots=True)
class Part:
    """A happening as some claims tell it: to be listed, and to be counted. Rows have the columns of `LEVEL`."""

    told: Happening
    row: tuple[Any, ...]
    counted: tuple[Any, ...]


def happenings_of(connection: sqlite3.Connection, claims: Sequence[int]) -> list[Part]:
    """Happenings as these claims alone tell them, grouped as they are in the ledger; newest first."""
    clusters, said, links = _clusters(connection, claims)
    telling = Telling(connection)
    telling.hold(said)
    found = []
    for cluster in clusters.values():
        row = summary([said[n] for n in cluster], links)
        whole = _level_row(row)
        news = [said[n] for n in cluster if said[n].news]
        counted = counted_row(whole, _level_row(summary(news, links)) if news else None)
        found.append(Part(telling.tell(_view_row(row), cluster), whole, counted))
    return sorted(found, key=lambda part: (part.row[11] or "", part.told.id), reverse=True)


def rows_of(connection: sqlite3.Connection, claims: Sequence[int]) -> dict[int, tuple[Any, ...]]:
    """Happenings by number as these claims alone tell them, as rows with the columns of `LEVEL`."""
    clusters, said, links = _clusters(connection, claims)
    return {n: _level_row(summary([said[c] for c in cluster], links)) for n, cluster in clusters.items()}


def counted_row(whole: Sequence[Any], part: Sequence[Any] | None) -> tuple[Any, ...]:
    """A happening as a level counts it: what its actual and main claims on the pair (`part`) say; not at all without such."""
    if part is None:
        return (*whole[:6], 0, *whole[7:])
    return (whole[0], *part[1:8], whole[8], part[9], *whole[10:])


def _clusters(
    connection: sqlite3.Connection, claims: Sequence[int]
) -> tuple[dict[int, list[int]], dict[int, Said], dict[int, tuple[Link, ...]]]:
    """Claims by happening, in canonical order, with what they say and their chains."""
    writer = Clusters(connection)
    clusters: dict[int, list[int]] = defaultdict(list)
    for chunk in chunks(claims):
        for happening, claim in connection.execute(
            f"SELECT happening, claim FROM member WHERE claim IN ({marks(len(chunk))})", chunk
        ):
            clusters[happening].append(claim)
    said = writer.load(claim for cluster in clusters.values() for claim in cluster)
    for held in clusters.values():
        held.sort(key=lambda n: (said[n].published is None, said[n].published or "", said[n].id))
    return clusters, said, writer.chains(said)


def _view_row(row: Sequence[Any]) -> tuple[Any, ...]:
    """The columns of a summary in the order that `Telling.tell` reads."""
    cells = dict(zip(SUMMARY, row, strict=True))
    return (0, *(cells[name] for name in _TOLD))


def _level_row(row: Sequence[Any]) -> tuple[Any, ...]:
    """The columns of `LEVEL`, without a number."""
    c = dict(zip(SUMMARY, row, strict=True))
    interested = c["interested"] >= c["news"]
    listed = c["dated"] or c["from"] or c["reported"]
    return (
        c["id"], c["dated"], c["intensity"], c["origins"], interested, c["outcome"], c["news"], c["grain"], c["claims"], c["quad"], 0, listed,
    )  # fmt: skip
