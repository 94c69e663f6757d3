"""Corrections and retractions: whose claims are struck.

A retraction strikes every claim of the report that it names. A correction strikes those that it states anew: of the same
kind, with the same trigger word and a party in common, whatever is judged of the anew stated. A notice that is itself taken back
strikes nothing. Struck claims stay readable but count in nothing.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Sequence

STANDS, STRUCK = 0, 4
MOST_STEPS = 16
"""Notices of notices are followed so far."""

_STATED_ANEW = """
SELECT DISTINCT old.n FROM claim old JOIN sentence os ON os.n = old.sentence JOIN revision ov ON ov.n = os.revision
JOIN party op ON op.claim = old.n JOIN identity oi ON oi.n = op.identity
JOIN claim new ON new.report = ? AND new.kind = old.kind AND new.status IN (0, 2, 3)
JOIN sentence ns ON ns.n = new.sentence JOIN revision nv ON nv.n = ns.revision
JOIN party np ON np.claim = new.n JOIN identity ni ON ni.n = np.identity
WHERE old.report = ? AND oi.body = ni.body
  AND lower(substr(ov.text, old.start + 1, old."end" - old.start)) = lower(substr(nv.text, new.start + 1, new."end" - new.start))
"""


class Notices:
    """Keeps `report.retracted_by` and the struck status of claims."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._db = connection

    def settle(self, reports: Iterable[int]) -> tuple[list[int], list[int]]:
        """Looks at reports that came or changed, as notices and as what notices name; claims newly struck, and newly free."""
        targets: set[int] = set()
        for report in reports:
            targets |= self._targets(report)
            if self._notices(report):
                targets.add(report)
        before: dict[int, int] = {}
        now: dict[int, int] = {}
        for _ in range(MOST_STEPS):
            turned = {target for target in sorted(targets) if self._settle_one(target, before, now)}
            targets = {further for target in turned for further in self._targets(target)}
            if not targets:
                break
        struck = sorted(n for n in now if now[n] == STRUCK != before[n])
        return struck, sorted(n for n in now if now[n] == STANDS != before[n])

    def naming(self, first: int) -> list[int]:
        """Notices that name a report of number `first` or later."""
        rows = self._db.execute(
            "SELECT DISTINCT p.n FROM revision r JOIN report p ON p.revision = r.n"
            " JOIN report t ON t.id = r.replaces OR t.n IN (SELECT report FROM revision WHERE url = r.replaces)"
            " WHERE r.replaces IS NOT NULL AND r.notice IN ('retraction', 'correction') AND t.n <> p.n AND t.n >= ? ORDER BY p.n",
            (first,),
        )
        return [n for (n,) in rows]

    def _targets(self, notice: int) -> set[int]:
        rows = self._db.execute(
            "SELECT t.n FROM report p JOIN revision r ON r.n = p.revision"
            " JOIN report t ON t.id = r.replaces OR t.n IN (SELECT report FROM revision WHERE url = r.replaces)"
            " WHERE p.n = ? AND r.notice IN ('retraction', 'correction') AND r.replaces IS NOT NULL AND t.n <> p.n",
            (notice,),
        )
        return {n for (n,) in rows}

    def _notices(self, target: int) -> Sequence[tuple[int, str, str]]:
        """Number, id and sort of the notices that name this report and are not taken back themselves."""
        return self._db.execute(
            "SELECT p.n, p.id, r.notice FROM revision r JOIN report p ON p.revision = r.n AND p.retracted_by IS NULL"
            " WHERE r.replaces IS NOT NULL AND r.notice IN ('retraction', 'correction') AND p.n <> ?1"
            " AND (r.replaces = (SELECT id FROM report WHERE n = ?1) OR r.replaces IN (SELECT url FROM revision WHERE report = ?1))"
            " ORDER BY p.id",
            (target,),
        ).fetchall()

    def _settle_one(self, target: int, before: dict[int, int], now: dict[int, int]) -> bool:
        """Settles one report; whether that changed anything. `before` and `now` take the status of its claims."""
        notices = self._notices(target)
        retraction = next((id_ for _, id_, sort in notices if sort == "retraction"), None)
        changed = self._db.execute(
            "UPDATE report SET retracted_by = ?1 WHERE n = ?2 AND retracted_by IS NOT ?1", (retraction, target)
        ).rowcount
        current = dict(
            self._db.execute(
                "SELECT c.n, c.status FROM claim c JOIN coding k ON k.n = c.coding"
                " WHERE k.report = ? AND k.ended IS NULL AND c.status IN (0, 4)",
                (target,),
            )
        )
        anew = {n for notice, _, _ in notices for (n,) in self._db.execute(_STATED_ANEW, (notice, target))}
        out = {n for n in current if retraction is not None or n in anew}
        for n, status in current.items():
            before.setdefault(n, status)
            now[n] = STRUCK if n in out else STANDS
        self._db.executemany("UPDATE claim SET status = ? WHERE n = ?", [(now[n], n) for n in current])
        return changed > 0 or any(now[n] != status for n, status in current.items())
