"""`dragoman read`: reports and archives of them into the ledger."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from .clusters import Parts, Ray, read_on_cluster
from .clusters import tell as tell_parts
from .coding import failures_of, tell
from .options import SOME_FAILED, AsJson, LedgerFile, OwnLexicon, Published, Workers, day, ledger_path, workers_of
from .output import emit, errors, say
from .watch import Watch, kinds

if TYPE_CHECKING:
    from ..ledger import Inputs
    from ..model import Failure, Intake
    from ..read import Piece
    from ..run import Job

BATCH = 64
"""Reports written in one transaction."""

ASKED = 256
"""Inputs whose keys are looked up together."""

Columns = Annotated[
    str | None,
    typer.Option(
        "--columns",
        metavar="SLOT=NAME,…",
        help="Which column of a table or field of JSON Lines is the text, title, published …",
    ),
]
Again = Annotated[
    bool,
    typer.Option(
        "--again", help="Code what the ledger has, too (after a change of your actors, or back to earlier frames)."
    ),
]
ShowProgress = Annotated[
    bool | None,
    typer.Option(
        "--progress/--no-progress",
        help="Rate, remaining time and failures (default: in a terminal).",
        show_default=False,
    ),
]


@dataclass(frozen=True)
class Asked:
    """How a reading was asked for."""

    published: str | None = None
    workers: int | None = None
    columns: str | None = None
    again: bool = False
    progress: bool | None = None


@dataclass
class Tally:
    """What came of a reading, by reports; failures by kind."""

    new: int = 0
    same: int = 0
    revised: int = 0
    claims: int = 0
    failed: Counter[str] = field(default_factory=Counter)

    @property
    def failures(self) -> int:
        return self.failed.total()

    def add(self, added: Any) -> None:
        """Counts what a batch added."""
        self.new += added.new
        self.same += added.same
        self.revised += added.revised
        self.claims += added.claims

    def json(self) -> dict[str, Any]:
        """The counts as they are printed."""
        counts = {"new": self.new, "same": self.same, "revised": self.revised, "claims": self.claims}
        return counts | {"failures": self.failures, "kinds": dict(self.failed.most_common())}

    def line(self) -> str:
        """The counts in words."""
        said = f"{self.new:,} new reports, {self.revised:,} revised, {self.same:,} known; {self.claims:,} claims added"
        return said + (f"; {self.failures:,} could not be read ({kinds(self.failed)})" if self.failed else "")


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command(
        "read",
        epilog="Examples:  dragoman read reports/ --ledger my.db   ·   dragoman read crawl.warc.gz export.txt 'archive/**/*.html'"
        "   ·   dragoman read news.csv --columns text=Body,published=Day",
    )(read_reports)


def read_reports(
    reports: Annotated[
        list[str],
        typer.Argument(
            metavar="REPORTS...",
            help="Files, folders, patterns, '-' or http(s) addresses. Archives (WARC, ZIP, JSON Lines, CSV, mbox, exports of Nexis, Factiva and"
            " ProQuest) are opened.",
        ),
    ],
    ledger: LedgerFile = None,
    published: Published = None,
    columns: Columns = None,
    workers: Workers = None,
    again: Again = False,
    progress: ShowProgress = None,
    ray: Ray = None,
    parts: Parts = None,
    lexicon: OwnLexicon = None,
    json_: AsJson = False,
) -> int:
    """Read and code reports into the ledger. Reading again adds nothing twice; what broke off goes on where it was."""
    if ray is not None:
        manifest = read_on_cluster(reports, ray, parts, _job(Asked(published, columns=columns)), progress)
        return tell_parts(manifest, str(parts), json_=json_)
    tally = read_into(ledger_path(ledger), reports, Asked(published, workers, columns, again, progress))
    if json_:
        emit(tally.json())
    else:
        say(tally.line())
    return SOME_FAILED if tally.failures else 0


def _job(asked: Asked) -> Job:
    from ..read import Options, columns_of
    from ..run import Job

    return Job(Options(day(asked.published, "--published"), columns_of(asked.columns)))


def read_into(path: Path, reports: list[str], asked: Asked) -> Tally:
    """Code reports into a ledger; what came of it.

    Each batch is written whole or not at all; Ctrl-C writes what is coded and leaves the rest to the next run.
    """
    from ..ledger import Inputs, Ledger
    from ..read import pieces, total_bytes
    from ..run import take_in

    job, tally = _job(asked), Tally()
    shown = errors.is_terminal if asked.progress is None else asked.progress
    stream = pieces(reports, job.options)
    with Ledger.open(path) as opened, Watch(total_bytes(reports) if shown else 0, shown=shown) as watch:
        inputs = Inputs(opened)
        fresh = stream if asked.again else _fresh(stream, job, _Known(inputs, watch, tally))
        held: list[Intake] = []
        with closing(take_in(fresh, job, workers=workers_of(asked.workers))) as taken:
            try:
                for intake in taken:
                    held.append(intake)
                    _watch(intake, watch, tally)
                    if sum(len(one.done) for one in held) >= BATCH:
                        _write(inputs, held, tally)
            except KeyboardInterrupt:
                taken.close()
                _write(inputs, held, tally)
                raise
            _write(inputs, held, tally)
    return tally


@dataclass(frozen=True)
class _Known:
    """Where it is looked up what a ledger has, and who is told."""

    inputs: Inputs
    watch: Watch
    tally: Tally


def _fresh(stream: Iterator[Piece | Failure], job: Job, known: _Known) -> Iterator[Piece | Failure]:
    """The inputs that the ledger does not have yet."""
    from ..model import Failure
    from ..run import key

    while held := list(islice(stream, ASKED if known.tally.same else 16)):
        keys = [None if isinstance(one, Failure) else key(one, job) for one in held]
        found = known.inputs.known(one for one in keys if one is not None)
        for one, its_key in zip(held, keys, strict=True):
            if isinstance(one, Failure) or its_key not in found:
                yield one
            else:
                known.tally.same += found[its_key]
                known.watch.passed_over(found[its_key], one.reached)


def _watch(intake: Intake, watch: Watch, tally: Tally) -> None:
    """Tells what failed of an input, and counts."""
    failed: Counter[str] = Counter()
    for done in intake.done:
        tell(done)
        failed.update(failure.error for failure in failures_of(done))
    tally.failed += failed
    watch.coded(len(intake.done), failed, intake.reached)


def _write(inputs: Inputs, held: list[Intake], tally: Tally) -> None:
    """Writes a batch and empties it."""
    if held:
        tally.add(inputs.take(held))
        held.clear()
