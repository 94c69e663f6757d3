"""Inputs as bytes on their way to coded reports: how one is read, and what is kept of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from ..coding import coder
from ..model import Coded, Failure, Findings, Intake, Report
from ..read import Options, Piece, key_of, read_piece
from .pipeline import Pipeline

FINAL = frozenset(("UnsupportedLanguage",))
"""Failures that reading the same bytes again would not mend."""

Input = Piece | Report | Failure
Done = Coded | Failure


@dataclass(frozen=True)
class Job:
    """What is asked of every input: how to read it, whether the findings are wanted."""

    options: Options = field(default_factory=Options)
    findings: bool = False


def key(piece: Piece, job: Job) -> bytes:
    """By which a ledger knows this input again, read and coded in this way."""
    return key_of(piece, job.options, coder())


def intakes(inputs: Sequence[Input], pipeline: Pipeline, job: Job) -> list[Intake]:
    """What came of each input, in their order; all their reports are coded together."""
    read = [list(_reports(one, job.options)) for one in inputs]
    done = iter(pipeline.code((item for items in read for item in items), findings=job.findings))
    return [_intake(one, [_kept(next(done), job) for _ in items], job) for one, items in zip(inputs, read, strict=True)]


def lost(one: Input, job: Job) -> Intake:
    """What is told of an input whose process died."""
    message = "the process that coded it was ended by the system, most likely for want of memory; the rest goes on"
    if isinstance(one, Failure):
        return Intake((one,))
    if isinstance(one, Report):
        return Intake((Coded(one, failures=(Failure("code", "ProcessDied", message, one.id),)),))
    return Intake((Failure("code", "ProcessDied", f"{one.name}: {message}", one.name),), reached=one.reached)


def _reports(one: Input, options: Options) -> Iterable[Report | Failure]:
    return read_piece(one, options) if isinstance(one, Piece) else (one,)


def _kept(done: Done, job: Job) -> Done:
    """Without the findings where nobody asked for them: they are most of what would go from process to process."""
    return done if job.findings or isinstance(done, Failure) else replace(done, findings=Findings(), stances=())


def _intake(one: Input, done: list[Done], job: Job) -> Intake:
    if not isinstance(one, Piece):
        return Intake(done)
    failures = list(_failures(done))
    final = all(failure.error in FINAL for failure in failures)
    return Intake(done, key(one, job) if final and done else None, one.reached)


def _failures(done: Sequence[Done]) -> Iterator[Failure]:
    for one in done:
        if isinstance(one, Failure):
            yield one
        else:
            yield from one.failures
