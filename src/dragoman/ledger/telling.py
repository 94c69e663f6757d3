"""Happenings as views: rows of `happening` with their actors and passages."""

from __future__ import annotations

import json
import sqlite3
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from typing import Any

from .features import chunks, marks
from .passages import Passages
from .views import ActorRef, Happening, Passage

_HAPPENING = (
    'SELECT n, id, type, mode, quad, intensity, mutual, "from", "to", grain, reported, place, country, lat, lon, outcome, reports, origins,'
    " stances FROM happening WHERE n IN ({})"
)


class Telling:
    """Reads happenings of one ledger."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._db = connection
        self.passages = Passages(connection)
        self._held: dict[int, Passage] = {}
        self._parties: dict[int, list[tuple[int, int, ActorRef]]] = {}

    def read(self, numbers: Sequence[int]) -> list[Happening]:
        """Happenings in the order of the numbers; unknown numbers are left out."""
        members = self._members(numbers)
        rows = {
            row[0]: row
            for chunk in chunks(numbers)
            for row in self._db.execute(_HAPPENING.format(marks(len(chunk))), chunk)
        }
        return [self.tell(rows[n], members[n]) for n in numbers if n in rows]

    def tell(self, row: Sequence[Any], claims: Sequence[int]) -> Happening:
        """A happening from its row (columns as in `_HAPPENING`) and its claims."""
        passages = tuple(self._held[n] for n in claims if n in self._held)
        sides = self._sides(claims)
        return Happening(
            id=row[1], type=row[2], mode=row[3], quad=row[4], intensity=row[5], actors=sides[0], recipients=sides[1],
            mutual=bool(row[6]), from_=row[7], to=row[8], grain=row[9], reported=row[10], where=row[11], country=row[12],
            lat=row[13], lon=row[14], outcome=row[15], passages=passages, reports=row[16], origins=row[17],
            stances=json.loads(row[18]), quantities=_quantities(passages), contexts=_contexts(passages),
        )  # fmt: skip

    def hold(self, claims: Iterable[int]) -> None:
        """Loads passages and parties of claims for `tell`."""
        wanted = list(claims)
        self._held = self.passages.by_number(wanted)
        self._parties = self._load_parties(wanted)

    def _members(self, numbers: Sequence[int]) -> dict[int, list[int]]:
        """Claims by happening, in order of report day; loads them for `tell`."""
        members: dict[int, list[int]] = defaultdict(list)
        for chunk in chunks(numbers):
            rows = self._db.execute(
                "SELECT m.happening, m.claim FROM member m JOIN claim c ON c.n = m.claim JOIN sentence s ON s.n = c.sentence"
                f" JOIN revision r ON r.n = s.revision WHERE m.happening IN ({marks(len(chunk))})"
                " ORDER BY m.happening, r.published IS NULL, r.published, c.report, c.start",
                chunk,
            )
            for happening, claim in rows:
                members[happening].append(claim)
        self.hold(n for claims in members.values() for n in claims)
        return members

    def _load_parties(self, claims: Iterable[int]) -> dict[int, list[tuple[int, int, ActorRef]]]:
        found: dict[int, list[tuple[int, int, ActorRef]]] = defaultdict(list)
        for chunk in chunks(claims):
            rows = self._db.execute(
                "SELECT p.claim, p.slot, i.body, a.id, a.name, a.country, a.sector FROM party p JOIN identity i ON i.n = p.identity"
                f" JOIN actor a ON a.n = i.actor WHERE p.slot <= 1 AND p.claim IN ({marks(len(chunk))}) ORDER BY p.claim, p.slot, p.place",
                chunk,
            )
            for claim, slot, body, *actor in rows:
                found[claim].append((slot, body, ActorRef(*actor)))
        return found

    def _sides(self, claims: Sequence[int]) -> tuple[tuple[ActorRef, ...], tuple[ActorRef, ...]]:
        """Actors and recipients: of each body the actor that most claims name."""
        sides: tuple[dict[int, Counter[ActorRef]], dict[int, Counter[ActorRef]]] = ({}, {})
        for claim in claims:
            for slot, body, actor in self._parties.get(claim, ()):
                sides[slot].setdefault(body, Counter())[actor] += 1
        acting, receiving = (tuple(c.most_common(1)[0][0] for c in side.values()) for side in sides)
        return acting, receiving


def _quantities(passages: Sequence[Passage]) -> tuple[tuple[str, str | None, float | None, str], ...]:
    found = [(q["unit"], q["of"], q["value"], p.claim) for p in passages for q in p.record["quantities"]]
    return tuple(dict.fromkeys(found))


def _contexts(passages: Sequence[Passage]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(context for p in passages for context in p.record["contexts"]))
