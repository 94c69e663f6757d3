"""The ledger as others use it."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, date, datetime
from functools import partial
from itertools import islice
from pathlib import Path
from types import TracebackType
from typing import Any

from dragoman.model import Coded

from . import verify as verification
from .adding import Writer
from .batch import Added as Added
from .batch import Written
from .bulk import add_bulk, begin, make_indexes, missing_indexes, sorting, unchecked
from .connection import connect, explain, snapshot, transaction
from .desk import Desk
from .disputes import Disputes
from .figures import figures
from .pairs import Pairs
from .reading import Asked, Reading
from .reviewing import Reviewing
from .rewinding import Then, rewound
from .scope import Wanted
from .search import Filters, Found, Search
from .sourcing import Allowed, Source, Sources, all_sources, allowed
from .ties import Ties
from .views import ActorRef, Coverage, Dispute, Happening, Passage, ReportRef, Tie
from .who import Who, Whom

BATCH = 64
"""Reports written in one transaction."""
BULK_BATCH = 2_500
Pair = tuple[Whom, Whom]


def _now() -> str:
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


class Ledger(Desk):
    """A ledger file. Readers see each moment whole, whatever a writer does; one writer at a time.

    Use as a context manager. All methods raise `LedgerError` where the file cannot be used.
    """

    def __init__(self, connection: sqlite3.Connection, path: str, clock: Callable[[], str]) -> None:
        self._db = connection
        self._path = path
        self._clock = clock
        self._who = Who(connection)
        self._writer: Writer | None = None
        self._sources: Sources | None = None
        self._count(None)

    def _count(self, allowed: Allowed | None) -> None:
        """Makes the readers, of all sources or of those that are allowed."""
        connection, who = self._db, self._who
        self._reading = Reading(connection, who, allowed)
        self._ties = Ties(connection, who, allowed)
        self._disputes = Disputes(connection, who, allowed)
        self._search = Search(connection, who, allowed)
        self._reviewing = Reviewing(connection, who, allowed)

    def only(self, sources: Sources) -> Ledger:
        """This ledger with the reports of some sources: everything read from it rests on them alone.

        It shares the file, so it is closed with this one.
        """
        found = Ledger(self._db, self._path, self._clock)
        found._sources = sources
        found._count(self._read(lambda: allowed(self._db, sources)))
        return found

    @classmethod
    def open(
        cls, path: str | Path, *, readonly: bool = False, create: bool = True, clock: Callable[[], str] = _now
    ) -> Ledger:
        """Opens the ledger at `path` (`:memory:` for one that is not kept), making it if `create`.

        Args:
            path: the file.
            readonly: nothing can be written, and other programs can write meanwhile.
            create: make the file where there is none.
            clock: gives the time of adding and judging, ISO UTC with seconds.

        Raises:
            LedgerError: the file is no ledger, locked, damaged, not writable or of a newer version.
        """
        ledger = cls(connect(path, readonly=readonly, create=create), str(path), clock)
        if not readonly and missing_indexes(ledger._db):
            ledger._mend()
        return ledger

    def _mend(self) -> None:
        """Ends a load that was broken off."""
        self._make_indexes()
        self._write(partial(_group_left, 0))

    def _make_indexes(self) -> None:
        with sorting(self._db):
            self._write(lambda _: make_indexes(self._db))

    def __enter__(self) -> Ledger:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Closes the file; closing twice does nothing."""
        self._db.close()

    # --- writing -----------------------------------------------------------------------------------------------------

    def add(self, coded: Iterable[Coded], *, batch: int = BATCH, group: bool = True) -> Added:
        """Writes coded reports, each batch whole or not at all.

        A report that is the same as before, coded the same, changes nothing; a changed one is a revision; claims of a newer
        version of their coder take the place of the older; those of an older version are ignored. Judgements stay.

        Args:
            coded: what came of the reports.
            batch: reports per transaction.
            group: group claims into happenings at once; with False call `rebuild` at the end.
        """
        total = [0] * 5
        stream = iter(coded)
        while held := list(islice(stream, batch)):
            written: Written = self._write(partial(_add, held, self._clock(), group))
            total = [a + b for a, b in zip(total, written.counts, strict=True)]
        return Added(*total)

    def load(self, coded: Iterable[Coded], *, batch: int = BULK_BATCH) -> Added:
        """As `add`, for archives: several times faster for tens of thousands of new claims, slower for a few.

        Each batch is whole or not at all. Readers see the ledger at all times but wait longer meanwhile.
        """
        counts, deferred = [0] * 5, []
        stream = iter(coded)
        first = int(self._write(partial(begin, self._db)))
        try:
            with unchecked(self._db):
                while held := list(islice(stream, batch)):
                    written: Written = self._write(partial(add_bulk, self._db, held, self._clock()))
                    counts = [a + b for a, b in zip(counts, written.counts, strict=True)]
                    deferred += written.deferred
        finally:
            self._make_indexes()
            self._write(partial(_group_left, first))
        rest = self.add(deferred)
        last = (rest.new, rest.same, rest.revised, rest.claims, rest.failures)
        return Added(*(a + b for a, b in zip(counts, last, strict=True)))

    def _writer_for_reading(self) -> Writer:
        return Writer(self._db)

    def rebuild(self) -> None:
        """Makes happenings, and all else that is made from facts, anew."""
        self._write(lambda writer: writer.rebuild())

    def _write(self, work: Callable[[Writer], Any]) -> Any:
        if self._writer is None:
            self._writer = Writer(self._db)
        try:
            with transaction(self._db):
                return work(self._writer)
        except sqlite3.Error as error:
            self._writer.forget()
            raise explain(error, self._path) from error
        except BaseException:
            self._writer.forget()
            raise

    def info(self) -> dict[str, Any]:
        """Version, size and counts."""
        found: dict[str, Any] = self._read(lambda: figures(self._db, self._path))
        return found

    def keep_raw(self, report: str, raw: bytes, media: str | None = None) -> str:
        """Keeps the bytes that a report was read from, once per content; their SHA-256."""
        return str(self._write(lambda writer: writer.keep_raw(report, raw, media)))

    # --- reading -----------------------------------------------------------------------------------------------------

    def _read(self, work: Callable[[], Any]) -> Any:
        try:
            with snapshot(self._db):
                return work()
        except sqlite3.Error as error:
            raise explain(error, self._path) from error

    def _read_then(
        self, as_of: str | None, whoms: Sequence[Whom], span: tuple[str | None, str | None], work: Callable[[Then], Any]
    ) -> Any:
        """Reads from the ledger as it is, or as it was; `whoms` and days are what is asked for."""
        if as_of is None:
            return self._read(lambda: work(Then(self._reading, self._ties, self._disputes)))

        def read_then() -> Any:
            wanted = Wanted([self._who.side(whom) for whom in whoms], *span)
            with rewound(self._db, self._who, as_of, wanted, self._sources) as then:
                return work(then)

        return self._read(read_then)

    def actor(self, name_or_id: Whom) -> ActorRef | None:
        """The actor with this id, name or variant of a name; None where no report names one."""
        found: ActorRef | None = self._read(lambda: self._who.actor(name_or_id))
        return found

    def actors(self, query: str = "", limit: int = 50) -> list[ActorRef]:
        """Actors by the beginning of a word of their names, the most named first."""
        found: list[ActorRef] = self._read(lambda: self._who.actors(query, limit))
        return found

    def group(self, name: str, on: date | None = None) -> list[ActorRef]:
        """Members of a group of states ("Gulf states"), a state, organisation or people, on a day (without one, now), as far as
        reports name them; itself first."""
        found: list[ActorRef] = self._read(lambda: self._who.group(name, on))
        return found

    def happenings(
        self, of: Whom | None = None, pair: Pair | None = None, since: str | None = None, until: str | None = None, *,
        types: Sequence[str] | None = None, place: str | None = None, stance: str | None = None, main: bool = True,
        limit: int | None = None, as_of: str | None = None,
    ) -> list[Happening]:  # fmt: skip
        """Happenings, newest first.

        Args:
            of: an actor that is a party. pair: two actors that are.
            since, until: ISO days, half-open, of the happening (of its first report where nothing dates it).
            types: PLOVER types. place: name of a place or code of a country. stance: one that some passage must have.
            main: leave out what is only background everywhere.
            limit: how many at most.
            as_of: an ISO day or instant: what the ledger knew then.
        """
        asked = Asked(of, pair, since, until, types, place, stance, main)
        whoms = pair or (() if of is None else (of,))
        found: list[Happening] = self._read_then(
            as_of, whoms, (since, until), lambda then: then.reading.happenings(asked, limit)
        )
        return found

    def happening(self, happening_id: str) -> Happening | None:
        """One happening by its id."""
        found: Happening | None = self._read(lambda: self._reading.happening(happening_id))
        return found

    def happenings_with(self, claim_ids: Iterable[str]) -> list[Happening]:
        """The happenings that these claims report, newest first; claims that count no more are passed over."""
        ids = list(claim_ids)
        found: list[Happening] = self._read(lambda: self._reading.happenings_with(ids))
        return found

    def claims(
        self, of: Whom | None = None, pair: Pair | None = None, since: str | None = None, until: str | None = None, *,
        kind: str | None = None, stance: str | None = None, voice: Whom | None = None, limit: int | None = None,
    ) -> list[Passage]:  # fmt: skip
        """Standing claims, by day of the report and in text order; dates are those of the happening, else of the report."""
        asked = Asked(of, pair, since, until, None, None, stance, main=False)
        found: list[Passage] = self._read(lambda: self._reading.claims(asked, kind, voice, limit))
        return found

    def expected(self, of: Whom | None = None, on_after: str | None = None) -> list[Passage]:
        """What is planned or hoped for: claims with a date from `on_after` on, soonest first, then those without one."""
        found: list[Passage] = self._read(lambda: self._reading.expected(of, on_after))
        return found

    def tie(
        self, a: Whom, b: Whom, since: str | None = None, until: str | None = None, *,
        as_of: str | None = None, rollup: bool = True,
    ) -> Tie:  # fmt: skip
        """How two actors stand; see `ties.py` for how the level is made."""
        found: Tie = self._read_then(
            as_of, (a, b), (since, until), lambda then: then.ties.tie(a, b, since, until, rollup=rollup)
        )
        return found

    def ties_of(
        self, actor: Whom, since: str | None = None, until: str | None = None, limit: int = 20, *,
        as_of: str | None = None,
    ) -> list[Tie]:  # fmt: skip
        """The actor's ties, those with most evidence first."""
        found: list[Tie] = self._read_then(
            as_of, (actor,), (since, until), lambda then: then.ties.ties_of(actor, since, until, limit)
        )
        return found

    def disputes(
        self, of: Whom | None = None, pair: Pair | None = None, since: str | None = None, until: str | None = None, *,
        as_of: str | None = None,
    ) -> list[Dispute]:  # fmt: skip
        """Claims that cannot both hold, newest first."""
        whoms = pair or (() if of is None else (of,))
        found: list[Dispute] = self._read_then(
            as_of, whoms, (since, until), lambda then: then.disputes.find(of, pair, since, until)
        )
        return found

    def disputes_with(
        self, claim_ids: Iterable[str], since: str | None = None, until: str | None = None
    ) -> list[Dispute]:
        """Disputes in which one of these claims has part, newest first; claims that count no more are passed over."""
        ids = list(claim_ids)
        found: list[Dispute] = self._read(lambda: self._disputes.with_claims(ids, since, until))
        return found

    def coverage(self, since: str | None = None, until: str | None = None) -> Coverage:
        """What was read, by day of publication."""
        found: Coverage = self._read(lambda: self._reading.coverage(since, until))
        return found

    def sources(self, claim_ids: Iterable[str] | None = None) -> list[ReportRef]:
        """The reports behind these claims (all reports for None), oldest first."""
        found: list[ReportRef] = self._read(lambda: self._reading.sources(claim_ids))
        return found

    def report(self, report_id: str) -> tuple[ReportRef, str] | None:
        """A report and its text; None where there is none of this id."""
        found: tuple[ReportRef, str] | None = self._read(lambda: self._reading.report(report_id))
        return found

    def all_sources(self) -> list[Source]:
        """Every outlet with what the user says of it and how many of its reports were read, most first."""
        found: list[Source] = self._read(lambda: all_sources(self._db))
        return found

    def search(
        self, text: str = "", filters: Filters | None = None, *, limit: int = 20, offset: int = 0
    ) -> list[Passage]:
        """Passages by words, names (all variants) and filters, the best first."""
        return self.find(text, filters, limit=limit, offset=offset).passages

    def find(self, text: str = "", filters: Filters | None = None, *, limit: int = 20, offset: int = 0) -> Found:
        """As `search`, with the number of passages found and whether there are more."""
        found: Found = self._read(lambda: self._search.find(text, filters or Filters(), limit, offset))
        return found

    def records(self, *, struck: bool = False) -> Iterator[dict[str, Any]]:
        """Every standing claim in contract form with its report's id, in order of reading; with `struck` those that count no more, too."""
        yield from self._reading.records(struck=struck)

    @contextmanager
    def pairs(self) -> Iterator[Pairs]:
        """Everything between every two bodies, as rows of one moment; see `pairs.py`."""
        try:
            with snapshot(self._db):
                yield Pairs(self._db, self._who)
        except sqlite3.Error as error:
            raise explain(error, self._path) from error

    def verify(self) -> list[str]:
        """Everything that is wrong with the file, as sentences; empty for a sound ledger."""
        found: list[str] = self._read(lambda: verification.verify(self._db))
        return found


def _group_left(first: int, writer: Writer) -> None:
    writer.group_left(first)


def _add(held: Sequence[Coded], now: str, group: bool, writer: Writer) -> Written:
    return writer.add(held, now, group=group)
