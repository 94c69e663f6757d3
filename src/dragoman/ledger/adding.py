"""Writing reports and claims: each once, whatever is read again, and nothing lost when it is read otherwise."""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Iterable, Sequence

from dragoman.errors import LedgerError
from dragoman.model import Coded, Failure, Report

from .batch import COUNT_MONTH, REPLACED, Rows, Written, insert_claims, insert_many, joined
from .bonds import bonds_of
from .connection import COUNT_MONTHS, WAS_READ, run_script
from .copies import Copies
from .drafts import Drafts
from .features import TABLE_CODER, chunks, marks
from .happenings import Happenings
from .identities import Identities
from .judgements import Judgements
from .names import plain
from .notices import Notices
from .rows import (
    REVISION,
    AnyClaim,
    coder_name,
    coder_of,
    coder_version,
    digest_of_report,
    revision_cells,
    sound,
)
from .sourcing import check_grade, check_state


class Writer:
    """Adds batches of coded reports inside the caller's transaction."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._db = connection
        self.identities = Identities(connection)
        self.copies = Copies(connection)
        self.happenings = Happenings(connection)
        self.judgements = Judgements(connection, self)
        self.notices = Notices(connection)
        self.drafts = Drafts(connection, self.identities)

    def forget(self) -> None:
        """Empties the caches (after a rollback)."""
        self.identities.forget()
        self.happenings.forget()

    def next_report(self) -> int:
        """The number that the next new report will have."""
        return self.drafts.next("report")

    def group_left(self, first: int) -> None:
        """Strikes what notices take back of reports from number `first` on, and groups event claims that are in no happening yet."""
        struck, _ = self.notices.settle(self.notices.naming(first))
        self.retire(struck)
        left = [
            n for (n,) in self._db.execute(
                "SELECT n FROM claim WHERE kind = 'event' AND status = 0 AND n NOT IN (SELECT claim FROM member) ORDER BY n"
            )
        ]  # fmt: skip
        for chunk in chunks(left, 5_000):
            self.happenings.add(chunk)

    def add(self, batch: Iterable[Coded], now: str, *, group: bool = True) -> Written:
        """Writes a batch; with `group` false its happenings are left to `Happenings.rebuild`."""
        written, rows = Written(), self.drafts.begin()
        recoded: list[int] = []
        seen: set[str] = set()
        for coded in batch:
            if coded.report.id in seen:
                self.insert(rows)
                rows = Rows()
            seen.add(coded.report.id)
            changed = self._one(coded, now, written, rows)
            if changed is not None:
                recoded.append(changed)
        self.insert(rows)
        self.retire(written.to_remove)
        struck, freed = self.notices.settle(recoded)
        self.retire(struck)
        self.restore(freed)
        if group:
            self._group(written, struck)
            self.happenings.regroup(self._of_revisions(written.to_recount))
        self.judgements.reattach(recoded, now)
        return written

    def _group(self, written: Written, struck: Sequence[int]) -> None:
        """Groups the new event claims; those of tables, which nothing joins, at once."""
        if struck:
            written.to_group += [n for first, last in written.tables for n in range(first, last + 1)]
            written.tables.clear()
        for first, last in joined(written.tables):
            self.happenings.add_table(first, last)
        self.happenings.add(self._standing(written.to_group))

    def settle_notices(self, reports: Iterable[int]) -> None:
        """Strikes and frees claims as corrections and retractions by, and of, these reports ask, and regroups them."""
        struck, freed = self.notices.settle(reports)
        self.retire(struck)
        self.restore(freed)

    def rebuild(self) -> None:
        """Makes all that is made from facts anew."""
        self.forget()
        run_script(self._db, COUNT_MONTHS)
        self._db.execute("DELETE FROM bond")
        standing = [n for (n,) in self._db.execute("SELECT n FROM claim WHERE status = 0 ORDER BY n")]
        for chunk in chunks(standing, 20_000):
            self._db.executemany("INSERT INTO bond VALUES (?, ?, ?, ?, ?)", sorted(bonds_of(self._db, chunk)))
        self.happenings.rebuild()

    def keep_raw(self, report: str, raw: bytes, media: str | None) -> str:
        """Keeps the bytes of a report's last revision; their SHA-256."""
        row = self._db.execute("SELECT revision FROM report WHERE id = ?", (report,)).fetchone()
        if row is None:
            raise LedgerError(f"there is no report {report!r} in this ledger to keep the bytes of; add it first")
        sha = hashlib.sha256(raw).hexdigest()
        self._db.execute("INSERT OR IGNORE INTO raw (sha256, media, bytes) VALUES (?, ?, ?)", (sha, media, raw))
        self._db.execute("UPDATE revision SET raw = ? WHERE n = ?", (sha, row[0]))
        return sha

    def grade_source(
        self, now: str, outlet: str, reliability: str | None, owner: str | None, state: str | None
    ) -> None:
        """Stores the user's word on an outlet; None leaves what was said before, "" takes it back."""
        self._db.execute(
            "INSERT INTO source (plain, outlet, reliability, owner, state) VALUES (?1, ?2, nullif(?3, ''), nullif(?4, ''), nullif(?5, ''))"
            " ON CONFLICT (plain) DO UPDATE SET reliability = CASE WHEN ?3 IS NULL THEN reliability ELSE excluded.reliability END,"
            " owner = CASE WHEN ?4 IS NULL THEN owner ELSE excluded.owner END, state = CASE WHEN ?5 IS NULL THEN state ELSE excluded.state END",
            (plain(outlet), outlet, check_grade(reliability), owner, check_state(state)),
        )
        self._db.execute(
            "INSERT INTO grading (at, plain, outlet, reliability, owner, state)"
            " SELECT ?, plain, outlet, reliability, owner, state FROM source WHERE plain = ?",
            (now, plain(outlet)),
        )

    def retire(self, claims: Iterable[int]) -> None:
        """Takes claims that stand no more out of everything that is made from standing ones."""
        gone = list(claims)
        self.happenings.remove(gone)
        self._db.executemany(
            "DELETE FROM bond WHERE a = ? AND b = ? AND grade = ? AND dated = ? AND claim = ?", bonds_of(self._db, gone)
        )

    def restore(self, claims: Iterable[int]) -> None:
        """Puts claims that stand again back into all that is made from standing ones."""
        back = list(claims)
        self._db.executemany("INSERT OR IGNORE INTO bond VALUES (?, ?, ?, ?, ?)", bonds_of(self._db, back))
        self.happenings.add(self._standing(back))

    def _standing(self, claims: Iterable[int]) -> list[int]:
        found: list[int] = []
        for chunk in chunks(claims):
            asked = (
                f"status = 0 AND kind = 'event' AND n NOT IN (SELECT claim FROM member) AND n IN ({marks(len(chunk))})"
            )
            found += [n for (n,) in self._db.execute(f"SELECT n FROM claim WHERE {asked} ORDER BY n", chunk)]
        return found

    def _of_revisions(self, revisions: Iterable[int]) -> set[int]:
        found: set[int] = set()
        for chunk in chunks(revisions):
            tables = "sentence s JOIN claim c ON c.sentence = s.n JOIN member m ON m.claim = c.n"
            asked = f"SELECT c.n FROM {tables} WHERE s.revision IN ({marks(len(chunk))})"
            found.update(n for (n,) in self._db.execute(asked, chunk))
        return found

    # --- one report ---------------------------------------------------------------------------------------------------

    def _one(self, coded: Coded, now: str, written: Written, rows: Rows) -> int | None:
        """Writes a report if it says anything new; its number, or None where nothing changed."""
        before = self._read_in(coded.report.id)
        changed = self._kept(coded, now, written, rows)
        after = self._read_in(coded.report.id)
        if before != after:
            for month, by in ((before, -1), (after, 1)):
                if month is not None:
                    self._db.execute(COUNT_MONTH, (month, by))
        return changed

    def _read_in(self, report: str) -> str | None:
        """The month in which the report counts as read ("" for one without a day); None where it is not there or was not read."""
        row = self._db.execute(
            "SELECT coalesce(substr(r.published, 1, 7), '') FROM report p JOIN revision r ON r.n = p.revision"
            f" WHERE p.id = ? AND {WAS_READ}",
            (report,),
        ).fetchone()
        return None if row is None else str(row[0])

    def _kept(self, coded: Coded, now: str, written: Written, rows: Rows) -> int | None:
        table = bool(coded.claims) and coded.claims[0].coder.startswith(TABLE_CODER)
        report, revision, state = self._report(coded.report, now, written, table=table)
        claims = self._sound(coded, report, now, written)
        coder = coder_of(claims)
        drafts = self.drafts
        coding = drafts.next_coding
        own, start = Rows(), (drafts.next_claim, drafts.next_sentence)
        home = (coding, report, revision, coder)
        made = drafts.claims(claims, coded.report, home, own, fresh=state != "same")
        digest = own.digest()
        if state != "new":
            verdict = self.compare(home, own, empty=not claims, failed=bool(coded.failures))
            if verdict is None:
                drafts.next_claim, drafts.next_sentence = start
                written.same += state == "same"
                written.revised += state == "revised"
                return report if state == "revised" else None
            self._end(verdict, now, written)
        written.new += state == "new"
        written.revised += state != "new"
        self._db.execute(
            "INSERT INTO coding (n, revision, report, coder, sha256, claims, added) VALUES (?, ?, ?, ?, ?, ?, ?)",
            (coding, revision, report, coder, digest, len(claims), now),
        )
        drafts.next_coding += 1
        rows.extend(own)
        if coded.failures:
            self._failures(coded.failures, report, coding, now, written)
        written.take(claims, made, coder)
        return report

    def _report(self, report: Report, now: str, written: Written, *, table: bool) -> tuple[int, int, str]:
        """Numbers of report and revision, and whether they are new, same or revised."""
        digest = digest_of_report(report)
        row = self._db.execute(
            "SELECT p.n, r.n, r.sha256, r.number FROM report p JOIN revision r ON r.n = p.revision WHERE p.id = ?",
            (report.id,),
        ).fetchone()
        if row is not None and row[2] == digest:
            return row[0], row[1], "same"
        made = (
            row
            or self._db.execute("INSERT INTO report (id, added) VALUES (?, ?) RETURNING n", (report.id, now)).fetchone()
        )
        n = int(made[0])
        revision = self._revision(report, n, digest, (row[3] + 1 if row else 1), now)
        self._db.execute("UPDATE report SET revision = ? WHERE n = ?", (revision, n))
        if not table:
            written.to_recount |= self.copies.add(revision, report.text)
        return n, revision, "new" if row is None else "revised"

    def _revision(self, report: Report, n: int, digest: str, number: int, now: str) -> int:
        found = self._db.execute(
            f"INSERT INTO revision ({REVISION}) VALUES ({marks(15)}) RETURNING n",
            revision_cells(report, n, digest, number, now),
        ).fetchone()
        return int(found[0])

    def _sound(self, coded: Coded, report: int, now: str, written: Written) -> Sequence[AnyClaim]:
        """The claims whose words stand where they say; the others become failures, each once."""
        claims, broken = sound(coded)
        if broken:
            known = {m for (m,) in self._db.execute("SELECT message FROM failure WHERE report = ?", (report,))}
            self._failures([f for f in broken if f.message not in known], report, None, now, written)
        return claims

    def _failures(
        self, failures: Sequence[Failure], report: int, coding: int | None, now: str, written: Written
    ) -> None:
        written.failures += len(failures)
        self._db.executemany(
            "INSERT INTO failure (report, coding, stage, error, message, source, added) VALUES (?, ?, ?, ?, ?, ?, ?)",
            [(report, coding, f.stage, f.error, f.message, f.source, now) for f in failures],
        )

    def compare(self, home: tuple[int, int, int, str], rows: Rows, *, empty: bool, failed: bool) -> list[int] | None:
        """The codings that one with these rows takes the place of; None where it brings nothing new."""
        _, report, revision, coder = home
        held = self._db.execute(
            "SELECT n, revision, coder, sha256 FROM coding WHERE report = ? AND ended IS NULL", (report,)
        ).fetchall()
        if empty and failed:
            return None
        digests = [r[3] for r in held if r[1] == revision and r[2] == coder]
        if digests and (rows.digest() in digests or rows.old_digest() in digests):
            return None
        ended = []
        for n, of, other, _ in held:
            own = coder_name(other) == coder_name(coder) or not coder or not other
            if of == revision and own and coder and coder_version(coder) < coder_version(other):
                return None
            if of != revision or own:
                ended.append(n)
        return ended

    def _end(self, codings: Sequence[int], now: str, written: Written) -> None:
        for coding in codings:
            self._db.execute("UPDATE coding SET ended = ? WHERE n = ?", (now, coding))
            rows = self._db.execute(
                "UPDATE claim SET status = ? WHERE coding = ? RETURNING n", (REPLACED, coding)
            ).fetchall()
            written.to_remove += [n for (n,) in rows]

    def insert(self, rows: Rows) -> None:
        """Inserts the rows of a batch."""
        if not rows.claims:
            return
        insert_many(self._db, "sentence", rows.sentences)
        self._db.executemany("INSERT INTO words (rowid, sentence) VALUES (?, ?)", rows.words)
        insert_claims(self._db, rows.claims)
        insert_many(self._db, "party", rows.parties)
        insert_many(self._db, "voice", rows.voices)
        insert_many(self._db, "bond", rows.bonds)
