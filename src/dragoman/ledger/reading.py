"""Reading claims, happenings, reports and coverage."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from .asking import Pair, Query, asked
from .connection import WAS_READ
from .features import chunks, marks
from .parts import Part, happenings_of
from .passages import Passages
from .sourcing import Allowed
from .telling import Telling
from .views import Coverage, Happening, Passage, ReportRef
from .who import Who, Whom

STANDS = 0
HOPED = ("planned", "hoped")


@dataclass(frozen=True, slots=True)
class Asked:
    """What happenings or claims have to be like; None asks nothing. See `Ledger.happenings`."""

    of: Whom | None
    pair: Pair | None
    since: str | None
    until: str | None
    types: Sequence[str] | None
    place: str | None
    stance: str | None
    main: bool


class Reading:
    """Answers questions on one ledger inside the caller's snapshot."""

    def __init__(self, connection: sqlite3.Connection, who: Who, allowed: Allowed | None = None) -> None:
        self._db = connection
        self._who = who
        self._allowed = allowed

    # --- happenings --------------------------------------------------------------------------------------------------

    def happenings(self, ask: Asked, limit: int | None) -> list[Happening]:
        """See `Ledger.happenings`."""
        about = asked(self._who, ask.of, ask.pair, self._allowed)
        if self._allowed is not None:
            parts = happenings_of(self._db, self._counting(about))
            return [part.told for part in parts if _fits(part, ask)][:limit]
        query = Query()
        _add_dates(query, 'coalesce(h.dated, h."from", h.reported)', ask.since, ask.until)
        if ask.types:
            query.add(f"h.type IN ({marks(len(ask.types))})", *ask.types)
        if ask.place:
            query.add("h.place = ? COLLATE NOCASE OR h.country = ? COLLATE NOCASE", ask.place, ask.place)
        if ask.stance:
            query.add("h.stances LIKE ?", f'%"{ask.stance}"%')
        if ask.main:
            query.add("h.main > 0")
        if about is not None:
            query.add(f"h.n IN (SELECT m.happening FROM ({about[0]}) o JOIN member m ON m.claim = o.claim)", *about[1])
        rows = self._db.execute(
            f"SELECT h.n FROM happening h WHERE {query.sql}"
            ' ORDER BY coalesce(h.dated, h."from", h.reported) DESC, h.id LIMIT ?',
            (*query.values, -1 if limit is None else limit),
        )
        return Telling(self._db).read([n for (n,) in rows])

    def _counting(self, about: tuple[str, list[Any]] | None) -> list[int]:
        """Standing event claims of sources that count."""
        query = Query()
        query.add("c.status = ? AND c.kind = 'event'", STANDS)
        if self._allowed is not None:
            self._allowed.add_to(query)
        if about is not None:
            query.add(f"c.n IN (SELECT claim FROM ({about[0]}))", *about[1])
        return [n for (n,) in self._db.execute(f"SELECT c.n FROM claim c WHERE {query.sql}", query.values)]

    def happening(self, happening_id: str) -> Happening | None:
        """See `Ledger.happening`."""
        row = self._db.execute("SELECT n FROM happening WHERE id = ?", (happening_id,)).fetchone()
        return None if row is None else Telling(self._db).read([row[0]])[0]

    def happenings_with(self, claim_ids: Sequence[str]) -> list[Happening]:
        """See `Ledger.happenings_with`."""
        numbers: set[int] = set()
        for chunk in chunks(claim_ids):
            rows = self._db.execute(
                "SELECT DISTINCT m.happening FROM claim c JOIN member m ON m.claim = c.n"
                f" WHERE c.id IN ({marks(len(chunk))}) AND c.status = ?",
                (*chunk, STANDS),
            )
            numbers.update(n for (n,) in rows if n is not None)
        found = Telling(self._db).read(sorted(numbers))
        return sorted(found, key=lambda h: (h.from_ or h.reported or "", h.id), reverse=True)

    # --- claims ------------------------------------------------------------------------------------------------------

    def claims(self, ask: Asked, kind: str | None, voice: Whom | None, limit: int | None) -> list[Passage]:
        """See `Ledger.claims`."""
        query = Query()
        query.add("c.status = ?", STANDS)
        if self._allowed is not None:
            self._allowed.add_to(query)
        _add_dates(query, "c.dated", ask.since, ask.until)
        for column, value in (("kind", kind), ("stance", ask.stance)):
            if value is not None:
                query.add(f"c.{column} = ?", value)
        about = asked(self._who, ask.of, ask.pair)
        if about is not None:
            query.add(f"c.n IN (SELECT claim FROM ({about[0]}))", *about[1])
        if voice is not None:
            add_voice(query, self._who, voice)
        rows = self._db.execute(
            "SELECT c.n FROM claim c JOIN sentence s ON s.n = c.sentence JOIN revision r ON r.n = s.revision"
            f" WHERE {query.sql} ORDER BY r.published IS NULL, r.published, c.report, c.start, c.n LIMIT ?",
            (*query.values, -1 if limit is None else limit),
        )
        return Passages(self._db).read([n for (n,) in rows])

    def expected(self, of: Whom | None, on_after: str | None) -> list[Passage]:
        """See `Ledger.expected`."""
        query = Query()
        query.add("c.status = ?", STANDS)
        if self._allowed is not None:
            self._allowed.add_to(query)
        query.add(f"c.stance IN ({marks(len(HOPED))})", *HOPED)
        if on_after is not None:
            query.add('c."from" IS NULL OR c."to" IS NULL OR c."to" > ?', on_after)
        about = asked(self._who, of, None)
        if about is not None:
            query.add(f"c.n IN (SELECT claim FROM ({about[0]}))", *about[1])
        rows = self._db.execute(
            f'SELECT c.n FROM claim c WHERE {query.sql} ORDER BY c."from" IS NULL, c."from", c.dated DESC, c.n',
            query.values,
        )
        return Passages(self._db).read([n for (n,) in rows])

    def records(self, *, struck: bool) -> Iterator[dict[str, Any]]:
        """See `Ledger.records`."""
        wanted = "" if struck else " WHERE status = 0"
        numbers = [n for (n,) in self._db.execute(f"SELECT n FROM claim{wanted} ORDER BY n")]
        for chunk in chunks(numbers, 400):
            for passage in Passages(self._db).read(chunk):
                yield {"report": passage.report.id, "interested": passage.interested, **passage.record}

    # --- reports -----------------------------------------------------------------------------------------------------

    def coverage(self, since: str | None, until: str | None) -> Coverage:
        """See `Ledger.coverage`."""
        query = Query()
        _add_dates(query, "r.published", since, until)
        if self._allowed is not None:
            self._allowed.add_to(query, "r.outlet")
        source = f"FROM report p JOIN revision r ON r.n = p.revision WHERE {query.sql}"
        total = self._db.execute(
            f"SELECT count(*), count(DISTINCT r.outlet), min(r.published), max(r.published) {source}", query.values
        ).fetchone()
        periods = self._db.execute(
            f"SELECT substr(r.published, 1, 7), count(*) {source} AND r.published IS NOT NULL AND {WAS_READ} GROUP BY 1 ORDER BY 1",
            query.values,
        ).fetchall()
        failures = self._db.execute(
            f"SELECT count(*) FROM failure f WHERE f.report IN (SELECT p.n {source}) OR (f.report IS NULL AND ? IS NULL AND ? IS NULL)",
            (*query.values, since, until),
        ).fetchone()[0]
        return Coverage(total[0], total[1], total[2], total[3], tuple(periods), failures)

    def sources(self, claim_ids: Iterable[str] | None) -> list[ReportRef]:
        """See `Ledger.sources`."""
        revisions: set[int] = set()
        if claim_ids is None:
            revisions.update(n for (n,) in self._db.execute("SELECT revision FROM report"))
        else:
            for chunk in chunks(claim_ids):
                rows = self._db.execute(
                    f"SELECT DISTINCT s.revision FROM claim c JOIN sentence s ON s.n = c.sentence WHERE c.id IN ({marks(len(chunk))})"
                    " AND c.status <> 1",
                    chunk,
                )
                revisions.update(n for (n,) in rows)
        every = Passages(self._db).reports(sorted(revisions)).values()
        found = [r for r in every if self._allowed is None or self._allowed.allows(r.outlet)]
        return sorted(found, key=lambda r: (r.published is None, r.published or "", r.id))

    def report(self, report_id: str) -> tuple[ReportRef, str] | None:
        """See `Ledger.report`."""
        row = self._db.execute(
            "SELECT r.n, r.text FROM report p JOIN revision r ON r.n = p.revision WHERE p.id = ?", (report_id,)
        ).fetchone()
        return None if row is None else (Passages(self._db).reports([row[0]])[row[0]], row[1])


def add_voice(query: Query, who: Who, voice: Whom) -> None:
    """Claims that this voice, or one who speaks for it, stands behind."""
    side = who.side(voice)
    chosen = ("i.body", sorted(side.bodies)) if side.actors is None else ("i.actor", sorted(side.actors))
    query.add(
        f"c.n IN (SELECT v.claim FROM voice v JOIN identity i ON i.n = v.identity WHERE {chosen[0]} IN ({marks(len(chosen[1]))}))",
        *chosen[1],
    )


def _add_dates(query: Query, column: str, since: str | None, until: str | None) -> None:
    if since is not None:
        query.add(f"{column} >= ?", since)
    if until is not None:
        query.add(f"{column} < ?", until)


def _fits(part: Part, ask: Asked) -> bool:
    happening, day = part.told, part.row[-1]
    where = {(happening.where or "").lower(), (happening.country or "").lower()}
    return (
        (ask.since is None or (day is not None and day >= ask.since))
        and (ask.until is None or (day is not None and day < ask.until))
        and (not ask.types or happening.type in ask.types)
        and (ask.place is None or ask.place.lower() in where)
        and (ask.stance is None or ask.stance in happening.stances)
        and (not ask.main or any(p.main for p in happening.passages))
    )
