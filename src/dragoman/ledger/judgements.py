"""Judgements of people on claims: kept for ever, reversible by a judgement of their own, never overwritten by machine coding.

`judgement` holds what was judged; `standing` which of these hold now and the ids that their claims have after the latest
coding. A correction leaves the machine's claim as it is and puts a corrected form beside it that stands in its place.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

from .batch import CORRECTED, REPLACED, STANDS, STRUCK
from .corrections import JudgementError, check, corrected
from .holding import status_of
from .passages import Passages
from .revisions import report_of_revision

if TYPE_CHECKING:
    from .adding import Writer

Verdict = Literal["accept", "reject", "correct", "same", "different", "undo"]


@dataclass(frozen=True, slots=True)
class Judgement:
    """One judgement; `holds` is false once undone, `lost` true where new coding left no claim that it could be about."""

    n: int
    at: str
    author: str
    verdict: str
    claim: str | None
    other: str | None
    slot: str | None
    value: Any
    reason: str | None
    undoes: int | None
    holds: bool
    lost: bool


class Judgements:
    """Makes, undoes and reattaches judgements inside the caller's transaction."""

    def __init__(self, connection: sqlite3.Connection, writer: Writer) -> None:
        self._db = connection
        self._writer = writer

    def judge(
        self,
        verdict: Verdict,
        claims: tuple[str, str | None],
        signed: tuple[str, str, str | None],
        slot: str | None,
        value: Any,
    ) -> int:
        """Makes a judgement; its number. `claims` are the claim and, for same and different, the other; `signed` author, time, reason."""
        one, other = claims
        anchors = [self._anchor(one)] + ([self._anchor(other)] if other else [])
        if verdict in ("same", "different") and (other is None or other == one):
            raise JudgementError(f"{verdict!r} is said of two different claims; got {one!r} and {other!r}")
        if verdict == "correct":
            self._check(one, slot, value)
        author, at, reason = signed
        n = self._db.execute(
            "INSERT INTO judgement (at, author, verdict, claim, other, slot, value, reason, anchor) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)"
            " RETURNING n",
            (
                at,
                author,
                verdict,
                one,
                other,
                slot,
                json.dumps(value) if verdict == "correct" else None,
                reason,
                json.dumps(anchors),
            ),
        ).fetchone()[0]
        self._stand(n, verdict, one, other)
        self._refresh(verdict, one, other)
        return int(n)

    def undo(self, n: int, signed: tuple[str, str, str | None]) -> int:
        """Undoes judgement `n`; the number of the undoing, which can be undone as well."""
        row = None
        if 0 < n < 2**63:
            row = self._db.execute("SELECT verdict, claim, other, undoes FROM judgement WHERE n = ?", (n,)).fetchone()
        if row is None:
            raise JudgementError(f"there is no judgement {str(n)[:20]}; `dragoman ledger judgements` shows them")
        if not self._holds(n):
            raise JudgementError(f"judgement {n} has been undone already")
        author, at, reason = signed
        made = self._db.execute(
            "INSERT INTO judgement (at, author, verdict, claim, other, reason, undoes, anchor) VALUES (?, ?, 'undo', ?, ?, ?, ?, '[]')"
            " RETURNING n",
            (at, author, row[1], row[2], reason, n),
        ).fetchone()[0]
        self._turn(n, undone=True)
        return int(made)

    def _turn(self, n: int, *, undone: bool) -> None:
        """Lets a judgement hold no more, or again; turning an undoing turns what it undid."""
        verdict, claim, other, undoes = self._db.execute(
            "SELECT verdict, claim, other, undoes FROM judgement WHERE n = ?", (n,)
        ).fetchone()
        if verdict == "undo":
            self._turn(undoes, undone=not undone)
            return
        held = self._db.execute("SELECT claim, other FROM standing WHERE judgement = ?", (n,)).fetchone()
        if undone:
            self._db.execute("DELETE FROM standing WHERE judgement = ?", (n,))
        else:
            self._stand(n, verdict, claim, other)
        one, two = held or (claim, other)
        self._refresh(verdict, one, two)

    def _holds(self, n: int) -> bool:
        by = self._db.execute("SELECT n FROM judgement WHERE undoes = ? ORDER BY n DESC", (n,)).fetchall()
        return not any(self._holds(m) for (m,) in by)

    def all(self) -> list[Judgement]:
        """All judgements, oldest first."""
        standing = dict(
            self._db.execute(
                "SELECT judgement, claim IS NULL OR (verdict IN ('same', 'different') AND other IS NULL) FROM standing"
            )
        )
        rows = self._db.execute(
            "SELECT n, at, author, verdict, claim, other, slot, value, reason, undoes FROM judgement ORDER BY n"
        ).fetchall()
        return [
            Judgement(
                n=row[0], at=row[1], author=row[2], verdict=row[3], claim=row[4], other=row[5], slot=row[6],
                value=json.loads(row[7]) if row[7] else None, reason=row[8], undoes=row[9], holds=self._holds(row[0]),
                lost=bool(standing.get(row[0], 0)),
            )
            for row in rows
        ]  # fmt: skip

    # --- finding claims again --------------------------------------------------------------------------------------------

    def _anchor(self, claim: str) -> list[Any]:
        row = self._db.execute(
            'SELECT p.id, c.kind, c.start, c."end" FROM claim c JOIN report p ON p.n = c.report WHERE c.id = ? ORDER BY c.n DESC',
            (claim,),
        ).fetchone()
        if row is None:
            raise JudgementError(f"there is no claim {claim!r} in this ledger; `dragoman search` shows ids of claims")
        return list(row)

    def _stand(self, n: int, verdict: str, one: str | None, other: str | None) -> None:
        reports = [self._report(claim) for claim in (one, other)]
        self._db.execute(
            "INSERT OR REPLACE INTO standing (judgement, verdict, claim, other, claim_report, other_report) VALUES (?, ?, ?, ?, ?, ?)",
            (n, verdict, one, other, *reports),
        )

    def _report(self, claim: str | None) -> int | None:
        row = self._db.execute("SELECT report FROM claim WHERE id = ? ORDER BY n DESC", (claim,)).fetchone()
        return None if row is None else int(row[0])

    def reattach(self, reports: Iterable[int], now: str) -> None:
        """Finds the claims of judgements again after these reports were coded anew, and puts the judgements into effect."""
        for report in reports:
            rows = self._db.execute(
                "SELECT s.judgement, s.verdict, j.claim, j.other, j.anchor FROM standing s JOIN judgement j ON j.n = s.judgement"
                " WHERE ? IN (s.claim_report, s.other_report)",
                (report,),
            ).fetchall()
            for n, verdict, claim, other, anchor in rows:
                anchors = json.loads(anchor)
                one = self._again(claim, anchors[0])
                two = self._again(other, anchors[1]) if other else None
                self._db.execute("UPDATE standing SET claim = ?, other = ? WHERE judgement = ?", (one, two, n))
                self._refresh(verdict, one, two)

    def _again(self, claim: str, anchor: list[Any]) -> str | None:
        """The id of the claim now: its own, else that of a claim of its kind whose trigger overlaps most; None where there is none."""
        row = self._db.execute(
            "SELECT c.id FROM claim c JOIN coding k ON k.n = c.coding JOIN report p ON p.n = c.report"
            " WHERE p.id = ?1 AND k.ended IS NULL AND c.corrects IS NULL"
            ' AND (c.id = ?2 OR (c.kind = ?3 AND c.start < ?5 AND c."end" > ?4))'
            ' ORDER BY c.id = ?2 DESC, min(c."end", ?5) - max(c.start, ?4) DESC, c.id LIMIT 1',
            (anchor[0], claim, *anchor[1:]),
        ).fetchone()
        return None if row is None else str(row[0])

    # --- effects -------------------------------------------------------------------------------------------------------

    def _refresh(self, verdict: str, one: str | None, other: str | None) -> None:
        if one is None:
            return
        if verdict in ("same", "different"):
            self._writer.happenings.regroup(self._standing_claims([one, other]))
        else:
            self._restate(one)

    def _standing_claims(self, ids: Iterable[str | None]) -> list[int]:
        return [
            n
            for id_ in ids
            for (n,) in self._db.execute("SELECT n FROM claim WHERE id = ? AND status = ?", (id_, STANDS))
        ]

    def _restate(self, id_: str) -> None:
        """Brings a claim's status in line with the judgements that hold on it."""
        raw = self._db.execute(
            "SELECT c.n, c.report FROM claim c JOIN coding k ON k.n = c.coding WHERE c.id = ? AND k.ended IS NULL AND c.corrects IS NULL"
            " ORDER BY c.n",
            (id_,),
        ).fetchone()
        if raw is None:
            return
        verdicts = self._db.execute(
            "SELECT s.verdict, j.slot, j.value FROM standing s JOIN judgement j ON j.n = s.judgement WHERE s.claim = ? ORDER BY j.n",
            (id_,),
        ).fetchall()
        status, corrections = status_of(verdicts)
        forms = [
            n
            for (n,) in self._db.execute(
                "SELECT f.n FROM claim c JOIN claim f ON f.coding = c.coding AND f.corrects = c.n WHERE c.n = ? AND f.status IN (?, ?)",
                (raw[0], STANDS, STRUCK),
            )
        ]
        self._db.executemany("UPDATE claim SET status = ? WHERE n = ?", [(REPLACED, n) for n in forms])
        self._db.execute("UPDATE claim SET status = ? WHERE n = ?", (status, raw[0]))
        self._writer.retire([*forms, raw[0]])
        if status == STANDS:
            self._writer.restore([raw[0]])
        elif status == CORRECTED:
            self._put_form(raw[0], corrections)
        self._writer.settle_notices([raw[1]])

    def _put_form(self, raw: int, corrections: Mapping[str, Any]) -> None:
        """Writes the corrected form of a claim."""
        row = self._db.execute(
            "SELECT c.coding, c.report, s.revision, k.coder FROM claim c JOIN sentence s ON s.n = c.sentence JOIN coding k ON k.n = c.coding"
            " WHERE c.n = ?",
            (raw,),
        ).fetchone()
        record = Passages(self._db).records([raw])[raw]
        report = report_of_revision(self._db, row[2])
        claim = corrected(record, corrections, report.text)
        rows = self._writer.drafts.begin()
        made = self._writer.drafts.claims([claim], report, tuple(row), rows, corrects=raw)
        self._writer.insert(rows)
        self._writer.happenings.add(made)

    def _check(self, claim: str, slot: str | None, value: Any) -> None:
        row = self._db.execute(
            "SELECT c.n, s.revision FROM claim c JOIN sentence s ON s.n = c.sentence WHERE c.id = ? ORDER BY c.n DESC",
            (claim,),
        ).fetchone()
        record = Passages(self._db).records([row[0]])[row[0]]
        check(record, slot, value)
        corrected(record, {str(slot): value}, report_of_revision(self._db, row[1]).text)
