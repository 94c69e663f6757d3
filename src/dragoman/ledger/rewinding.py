"""The ledger as it was: a copy in memory of what it had on a given day, of all that a question can rest on, judged and grouped
by the same code as the ledger itself. Whatever is read from it was so on that day.

Facts are told by their own time: a report's revision and coding by when they were added, a judgement and a grade of a source
by when they were made. Who is one actor goes by the coding: merging actors takes effect where reports are coded again.
"""

from __future__ import annotations

import json
import sqlite3
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from dragoman.record import claim_of

from .batch import CORRECTED, STANDS
from .bonds import bonds_of
from .connection import connect, transaction
from .corrections import corrected
from .disputes import Disputes
from .features import TABLE_CODER, chunks, marks
from .happenings import Happenings
from .holding import PAIRED, Candidate, Made, found_again, holding, status_of
from .notices import Notices
from .passages import Passages
from .reading import Reading
from .revisions import report_of_revision
from .scope import Wanted, listed, scope
from .sourcing import Allowed, Sources, allowed
from .ties import Ties
from .who import Who


def instant(as_of: str) -> str:
    """The last second that `as_of` covers: of a day its end."""
    return f"{as_of}T23:59:59Z" if len(as_of) == 10 else as_of


@dataclass(frozen=True, slots=True)
class Then:
    """Readers of the ledger as it was."""

    reading: Reading
    ties: Ties
    disputes: Disputes


@contextmanager
def rewound(
    connection: sqlite3.Connection, who: Who, as_of: str, wanted: Wanted, sources: Sources | None = None
) -> Iterator[Then]:
    """The ledger as it was at the end of a day (or at an instant), as far as `wanted` needs it.

    Args:
        connection: the ledger.
        who: looks up actors of the ledger: whoever is asked for may have been named only later.
        as_of: a day or an instant.
        wanted: what is going to be asked.
        sources: the sources that count, by the grades of that day.
    """
    at = instant(as_of)
    with closing(connect(":memory:")) as then:
        then.execute("PRAGMA foreign_keys = OFF")  # what nothing asks for stays behind
        with transaction(then):
            Rewinding(connection, then, at).fill(wanted)
        counted = allowed(then, sources) if sources else None
        read = months_as_of(connection, as_of, counted)
        yield Then(Reading(then, who, counted), Ties(then, who, counted, read), Disputes(then, who, counted))


@dataclass(slots=True)
class Rewinding:
    """Fills the empty ledger `then` with what `now` had at an instant."""

    now: sqlite3.Connection
    then: sqlite3.Connection
    at: str

    def fill(self, wanted: Wanted) -> None:
        """Copies facts, puts judgements and notices of that day into effect, and groups what stands."""
        raws = self._known("c.n", scope(self.now, wanted))
        notices = self._notices({report for report, _, _ in raws.values()})
        taking = self._known("k.report", notices) if notices else {}
        held = self._judgements()
        forms = self._forms(raws.keys() | taking.keys(), held)
        standing = {form for n in raws if (form := forms.get(n, n)) is not None}
        beside = {n for n in raws if forms.get(n, n) is not None} | taking.keys()
        beside |= {form for n in taking if (form := forms.get(n, n)) is not None}
        self._copy_claims(standing, beside - standing, notices)
        self._copy_pairs(held)
        self.then.executemany(
            "INSERT OR REPLACE INTO source VALUES (?, ?, ?, ?, ?)",
            self.now.execute(
                "SELECT plain, outlet, reliability, owner, state FROM grading WHERE at <= ? ORDER BY n", (self.at,)
            ),
        )
        Notices(self.then).settle(sorted(notices))
        self._group()

    def _known(self, column: str, values: Iterable[int]) -> dict[int, tuple[int, str, Candidate]]:
        """Claims as coded that were there: report by number and id, and the claim, by number."""
        rows = self.now.execute(
            'SELECT c.n, c.report, p.id, c.id, c.kind, c.start, c."end" FROM claim c JOIN coding k ON k.n = c.coding'
            f" JOIN report p ON p.n = c.report WHERE {column} IN (SELECT value FROM json_each(?)) AND c.corrects IS NULL"
            " AND k.added <= ? AND (k.ended IS NULL OR k.ended > ?) ORDER BY c.n",
            (listed(values), self.at, self.at),
        )
        return {n: (report, id_, Candidate(n, *rest)) for n, report, id_, *rest in rows}

    # --- judgements -----------------------------------------------------------------------------------------------------

    def _judgements(self) -> list[tuple[Made, list[Candidate | None]]]:
        """Those that held, each with the claims that it was about then."""
        rows = self.now.execute(
            "SELECT n, verdict, claim, other, slot, value, undoes, anchor FROM judgement WHERE at <= ? ORDER BY n",
            (self.at,),
        )
        held = holding(
            [
                Made(n, verdict, claim, other, slot, value, undoes, json.loads(anchor))
                for n, verdict, claim, other, slot, value, undoes, anchor in rows
            ]
        )
        ids = {str(anchor[0]) for judgement in held for anchor in judgement.anchors}
        numbers = [
            n
            for chunk in chunks(sorted(ids))
            for (n,) in self.now.execute(f"SELECT n FROM report WHERE id IN ({marks(len(chunk))})", chunk)
        ]
        coded: dict[str, list[Candidate]] = defaultdict(list)
        for _, id_, claim in self._known("k.report", numbers).values() if numbers else ():
            coded[id_].append(claim)
        return [
            (j, [found_again(claim, anchor, coded[anchor[0]]) for claim, anchor in zip(_claims(j), j.anchors, strict=False)])
            for j in held
        ]  # fmt: skip

    def _forms(
        self, raws: Collection[int], held: Sequence[tuple[Made, list[Candidate | None]]]
    ) -> dict[int, int | None]:
        """For the claims judged by themselves the form that stood: itself, a corrected one, or none."""
        verdicts: dict[int, list[tuple[str, str | None, str | None]]] = defaultdict(list)
        for judgement, about in held:
            if judgement.verdict not in PAIRED and about and about[0] is not None and about[0].n in raws:
                verdicts[about[0].n].append((judgement.verdict, judgement.slot, judgement.value))
        found: dict[int, int | None] = {}
        for n, said in verdicts.items():
            status, corrections = status_of(said)
            found[n] = n if status == STANDS else self._form(n, corrections) if status == CORRECTED else None
        return found

    def _form(self, raw: int, corrections: Mapping[str, Any]) -> int:
        """The stored form with just these corrections; each state of a claim was written when it was judged."""
        rows = self.now.execute(
            "SELECT f.n FROM claim c JOIN claim f ON f.coding = c.coding AND f.corrects = c.n WHERE c.n = ? ORDER BY f.n",
            (raw,),
        )
        forms = [n for (n,) in rows]
        records = Passages(self.now).records([raw, *forms])
        revision = self.now.execute(
            "SELECT s.revision FROM claim c JOIN sentence s ON s.n = c.sentence WHERE c.n = ?", (raw,)
        ).fetchone()[0]
        meant = corrected(records[raw], corrections, report_of_revision(self.now, revision).text)
        like = [n for n in forms if claim_of(records[n]) == meant]
        return int((like or forms or [raw])[-1])

    def _copy_pairs(self, held: Iterable[tuple[Made, list[Candidate | None]]]) -> None:
        """What was judged the same or different."""
        rows = [
            (judgement.n, judgement.verdict, *(claim.id for claim in about if claim is not None))
            for judgement, about in held
            if judgement.verdict in PAIRED and len(about) == 2 and None not in about
        ]
        self.then.executemany("INSERT INTO standing (judgement, verdict, claim, other) VALUES (?, ?, ?, ?)", rows)

    # --- copying --------------------------------------------------------------------------------------------------------

    def _notices(self, reports: set[int]) -> set[int]:
        """Reports that took back or corrected some of these by then, and those that did so to them."""
        rows = self.now.execute(
            "SELECT r.report, r.replaces FROM revision r WHERE r.replaces IS NOT NULL AND r.notice IN ('retraction', 'correction')"
            " AND r.added <= ?",
            (self.at,),
        ).fetchall()
        found, named = set[int](), reports
        while rows and named:
            told = self.now.execute(
                "SELECT p.id, r.url FROM report p JOIN revision r ON r.report = p.n WHERE p.n IN (SELECT value FROM json_each(?))",
                (listed(named),),
            )
            names = {name for pair in told for name in pair if name}
            named = {report for report, replaces in rows if replaces in names} - found
            found |= named
        return found

    def _copy_claims(self, standing: set[int], beside: set[int], notices: set[int]) -> None:
        """Copies claims with all that they rest on. `beside` (what was corrected, and notices' own) do not stand in the copy."""
        claims = standing | beside
        self._copy("claim", "n", claims)
        self.then.execute("UPDATE claim SET status = 0")
        self.then.executemany(f"UPDATE claim SET status = {CORRECTED} WHERE n = ?", [(n,) for n in beside])
        for table in ("party", "voice"):
            self._copy(table, "claim", claims)
        for table, column, wanted in (
            ("identity", "n", "SELECT identity FROM party UNION SELECT identity FROM voice"),
            ("actor", "n", "SELECT actor FROM identity"),
            ("body", "n", "SELECT body FROM identity"),
            ("sentence", "n", "SELECT sentence FROM claim"),
            ("coding", "n", "SELECT coding FROM claim"),
            ("report", "n", "SELECT report FROM claim"),
        ):
            self._copy(table, column, {n for (n,) in self.then.execute(wanted)})
        self._copy("report", "n", notices)
        self.then.execute("UPDATE coding SET ended = NULL")
        self._copy("revision", "report", {n for (n,) in self.then.execute("SELECT n FROM report")})
        self.then.execute("DELETE FROM revision WHERE added > ?", (self.at,))
        self.then.execute(
            "UPDATE report SET retracted_by = NULL, revision = (SELECT n FROM revision r WHERE r.report = report.n"
            " ORDER BY r.number DESC LIMIT 1)"
        )
        self._copy("sketch", "revision", {n for (n,) in self.then.execute("SELECT n FROM revision")})

    def _copy(self, table: str, column: str, values: Iterable[int]) -> None:
        rows = self.now.execute(
            f"SELECT * FROM {table} WHERE {column} IN (SELECT value FROM json_each(?))", (listed(values),)
        )
        self.then.executemany(f"INSERT OR IGNORE INTO {table} VALUES ({marks(len(rows.description))})", rows)

    def _group(self) -> None:
        """Bonds and happenings of what stands, tables and texts in the order in which they were read."""
        rows = self.then.execute(
            "SELECT c.n, substr(k.coder, 1, ?) = ? FROM claim c JOIN coding k ON k.n = c.coding WHERE c.status = ? ORDER BY c.n",
            (len(TABLE_CODER), TABLE_CODER, STANDS),
        ).fetchall()
        for chunk in chunks([n for n, _ in rows], 20_000):
            self.then.executemany("INSERT OR IGNORE INTO bond VALUES (?, ?, ?, ?, ?)", bonds_of(self.then, chunk))
        happenings = Happenings(self.then)
        for table, run in groupby(rows, key=lambda row: row[1]):
            numbers = [n for n, _ in run]
            if table:
                happenings.add_table(numbers[0], numbers[-1])
                continue
            for chunk in chunks(numbers, 5_000):
                happenings.add(chunk)


def _claims(judgement: Made) -> list[str]:
    return [claim for claim in (judgement.claim, judgement.other) if claim is not None]


def months_as_of(connection: sqlite3.Connection, as_of: str, counted: Allowed | None = None) -> dict[str, int]:
    """Reports read by then, by month of publication; of the sources that count."""
    at = instant(as_of)
    rows = connection.execute(
        "SELECT coalesce(substr(r.published, 1, 7), ''), r.outlet, count(*) FROM report p JOIN revision r ON r.report = p.n"
        " WHERE r.number = (SELECT max(o.number) FROM revision o WHERE o.report = p.n AND o.added <= ?)"
        " AND NOT EXISTS (SELECT 1 FROM coding k JOIN failure f ON f.coding = k.n WHERE k.report = p.n AND k.claims = 0"
        " AND k.added <= ? AND (k.ended IS NULL OR k.ended > ?)) GROUP BY 1, 2",
        (at, at, at),
    )
    found: dict[str, int] = defaultdict(int)
    for month, outlet, count in rows:
        if counted is None or counted.allows(outlet):
            found[month] += count
    return dict(found)
