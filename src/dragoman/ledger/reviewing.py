"""What to judge next, what to judge it beside, and judgements as training data."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

from .corrections import JudgementError, slots_of_record, typed
from .features import load_features, marks, ordinal
from .grouping import family
from .judgements import Judgement
from .passages import Passages
from .revisions import report_of_revision
from .search import Filters, Search
from .sourcing import Allowed
from .views import Passage
from .who import Who

Order = Literal["doubtful", "newest"]
MOST_NEIGHBOURS = 9
"""Claims shown beside one: as many as there are digits."""
NEAR_DAYS = 10
_UNJUDGED = "c.id NOT IN (SELECT s.claim FROM standing s WHERE s.verdict IN ('accept', 'reject', 'correct') AND s.claim IS NOT NULL)"
_ORDERS = {"doubtful": "abs(c.confidence - 0.5), c.n DESC", "newest": "c.dated DESC, c.n DESC"}


@dataclass(frozen=True, slots=True)
class Neighbour:
    """A claim that reports the same event (`together`) or might."""

    passage: Passage
    together: bool


class Reviewing:
    """Looks into one ledger inside the caller's snapshot."""

    def __init__(self, connection: sqlite3.Connection, who: Who, allowed: Allowed | None = None) -> None:
        self._db = connection
        self._who = who
        self._allowed = allowed

    def queue(self, filters: Filters, order: Order, limit: int) -> list[Passage]:
        """Standing claims that nobody has judged, the least sure or the newest first."""
        condition = Search(self._db, self._who, self._allowed).condition(filters)
        rows = self._db.execute(
            f"SELECT c.n FROM claim c WHERE {condition.sql} AND c.corrects IS NULL AND {_UNJUDGED} ORDER BY {_ORDERS[order]} LIMIT ?",
            (*condition.values, limit),
        )
        return Passages(self._db).read([n for (n,) in rows])

    def passage(self, claim: str) -> Passage | None:
        """The claim of this id as it stands now, corrected where it was; the machine's where none stands."""
        row = self._db.execute("SELECT n FROM claim WHERE id = ? ORDER BY status, n DESC", (claim,)).fetchone()
        return None if row is None else Passages(self._db).read([row[0]])[0]

    def record(self, claim: str) -> tuple[dict[str, Any], str]:
        """The record of a claim as it stands, and the text of its report.

        Raises:
            JudgementError: there is no such claim.
        """
        row = self._db.execute(
            "SELECT c.n, s.revision FROM claim c JOIN sentence s ON s.n = c.sentence WHERE c.id = ? ORDER BY c.status, c.n DESC",
            (claim,),
        ).fetchone()
        if row is None:
            raise JudgementError(f"there is no claim {claim!r} in this ledger; `dragoman search` shows ids of claims")
        return Passages(self._db).records([row[0]])[row[0]], report_of_revision(self._db, row[1]).text

    def typed(self, claim: str, slot: str, words: str) -> Any:
        """See `Ledger.value_of`."""
        record, text = self.record(claim)
        if slot not in slots_of_record(record):
            raise JudgementError(
                f"a claim of kind {record['kind']} has no slot {slot!r} to correct; it has {', '.join(slots_of_record(record))}"
            )
        return typed(record, text, slot, words)

    def neighbours(self, claim: str) -> list[Neighbour]:
        """Claims grouped with this one, then those of the same parties, a like type and near in time that are not."""
        row = self._db.execute(
            "SELECT c.n, m.happening FROM claim c JOIN member m ON m.claim = c.n WHERE c.id = ? AND c.status = 0",
            (claim,),
        ).fetchone()
        if row is None:
            return []
        n, happening = row
        with_it = [
            m for (m,) in self._db.execute("SELECT claim FROM member WHERE happening = ? ORDER BY claim", (happening,))
        ]
        others = self._near(n, set(with_it))[:MOST_NEIGHBOURS]
        together = [m for m in with_it if m != n][: MOST_NEIGHBOURS - min(len(others), MOST_NEIGHBOURS // 2)]
        told = Passages(self._db).by_number([*together, *others])
        return [Neighbour(told[m], m in with_it) for m in [*together, *others]][:MOST_NEIGHBOURS]

    def _near(self, n: int, besides: set[int]) -> list[int]:
        feature = load_features(self._db, [n])[n]
        bodies = sorted(feature.actors | feature.recipients)
        day = feature.start or feature.published
        if not bodies or day is None:
            return []
        types = sorted(family(feature.type))
        rows = self._db.execute(
            f"SELECT DISTINCT o.claim, o.dated FROM bond o JOIN claim c ON c.n = o.claim WHERE o.a IN ({marks(len(bodies))})"
            f" AND c.kind = 'event' AND c.type IN ({marks(len(types))}) AND o.dated BETWEEN date(?, ?) AND date(?, ?) LIMIT 500",
            (*bodies, *types, *self._window(day)),
        ).fetchall()
        sides = load_features(self._db, [c for c, _ in rows if c not in besides])
        shared = {c: len((f.actors | f.recipients) & set(bodies)) for c, f in sides.items()}
        days = dict(rows)
        return sorted(shared, key=lambda c: (-shared[c], abs(ordinal(days[c]) - day), c))

    def _window(self, day: int) -> tuple[str, str, str, str]:
        middle = date.fromordinal(day).isoformat()
        return middle, f"-{NEAR_DAYS} days", middle, f"+{NEAR_DAYS} days"

    def training(self, judgements: list[Judgement]) -> Iterator[dict[str, Any]]:
        """Judgements that hold, each with the records and sentences that it is on; see docs/ledger.md for the form."""
        for j in judgements:
            if not j.holds or j.lost or j.verdict == "undo":
                continue
            ids = [id_ for id_ in (j.claim, j.other) if id_ is not None]
            passages = [p for id_ in ids if (p := self._machine(id_)) is not None]
            if len(passages) < len(ids):
                continue
            yield {
                "verdict": j.verdict, "author": j.author, "at": j.at, "reason": j.reason, "slot": j.slot, "value": j.value,
                "texts": [p.text for p in passages], "claims": [p.record for p in passages],
                "reports": [{"id": p.report.id, "outlet": p.report.outlet, "published": p.report.published} for p in passages],
            }  # fmt: skip

    def _machine(self, id_: str) -> Passage | None:
        """The machine's own claim that a judgement on this id is now about."""
        row = self._db.execute(
            "SELECT c.n FROM claim c JOIN coding k ON k.n = c.coding WHERE c.id = ? AND c.corrects IS NULL ORDER BY k.ended IS NOT NULL, c.n DESC",
            (id_,),
        ).fetchone()
        return None if row is None else Passages(self._db).read([row[0]])[0]
