"""The pipeline over several processes; order, output and failures are those of one process."""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
from collections import deque
from collections.abc import Generator, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from functools import lru_cache
from itertools import chain, islice

from ..model import Intake
from ..read import Piece
from .inputs import Done, Input, Job, intakes, lost
from .pipeline import Pipeline

CHUNK = 16
"""Inputs handed to a process at a time: enough for the engine, few enough that no process waits long for another at the end."""

FEW = 32
"""Inputs for which no other process is started."""

CHUNK_BYTES = 2_000_000
"""Bytes of inputs handed to a process at a time, where that are fewer inputs."""

AHEAD = 3
"""Chunks per process that may wait, so that a slow reader of the output does not fill memory."""


def code_all(items: Iterable[Input], *, workers: int = 1, findings: bool = False) -> Iterator[Done]:
    """Each report coded, in input order, by `workers` processes (1: in this process); failures pass through at their place."""
    for intake in take_in(items, Job(findings=findings), workers=workers):
        yield from intake.done


def take_in(inputs: Iterable[Input], job: Job, *, workers: int = 1) -> Generator[Intake, None, None]:
    """What comes of each input, in input order.

    A few are coded in this process whatever is asked: starting another costs more than it saves. An input that kills its
    process (out of memory) becomes a failure; the others of its chunk are coded.
    """
    chunks = _chunks(iter(inputs))
    first = list(islice(chunks, FEW // CHUNK))
    if not first:
        return
    few = sum(map(len, first)) < FEW and sum(_size(one) for chunk in first for one in chunk) < CHUNK_BYTES
    if workers == 1 or few:
        pipeline = Pipeline()
        for chunk in chain(first, chunks):
            yield from intakes(chunk, pipeline, job)
        return
    waiting: deque[tuple[list[Input], Future[list[Intake]]]] = deque()
    team = _Team(workers, job)
    try:
        for chunk in chain(first, chunks):
            waiting.append((chunk, team.start(chunk)))
            if len(waiting) >= workers * AHEAD:
                yield from team.finished(*waiting.popleft())
        while waiting:
            yield from team.finished(*waiting.popleft())
    finally:
        team.close()


def _chunks(stream: Iterator[Input]) -> Iterator[list[Input]]:
    held: list[Input] = []
    size = 0
    for one in stream:
        held.append(one)
        size += _size(one)
        if len(held) >= CHUNK or size >= CHUNK_BYTES:
            yield held
            held, size = [], 0
    if held:
        yield held


def _size(one: Input) -> int:
    return len(one.data) if isinstance(one, Piece) else 0


class _Team:
    """Processes that code, started anew when one of them dies."""

    def __init__(self, workers: int, job: Job) -> None:
        self._workers, self._job = workers, job
        self._pool = self._made(workers)

    @staticmethod
    def _made(workers: int) -> ProcessPoolExecutor:
        context = multiprocessing.get_context("spawn")
        return ProcessPoolExecutor(workers, mp_context=context, initializer=_begin)

    def start(self, chunk: list[Input]) -> Future[list[Intake]]:
        """Hands a chunk to the processes."""
        try:
            return self._pool.submit(_code_chunk, chunk, self._job)
        except BrokenProcessPool:
            self.close()
            self._pool = self._made(self._workers)
            return self._pool.submit(_code_chunk, chunk, self._job)

    def finished(self, chunk: list[Input], future: Future[list[Intake]]) -> Iterator[Intake]:
        """What came of a chunk; of one whose process died, what comes of its inputs one by one."""
        try:
            yield from future.result()
        except BrokenProcessPool:
            for one in chunk:
                yield from self._alone(one)

    def _alone(self, one: Input) -> list[Intake]:
        """One input in a process of its own."""
        with self._made(1) as pool:
            try:
                return pool.submit(_code_chunk, [one], self._job).result()
            except BrokenProcessPool:
                return [lost(one, self._job)]

    def close(self) -> None:
        """Ends the processes at once, whatever they still do: nobody waits for it any more."""
        processes = list((self._pool._processes or {}).values())
        self._pool.shutdown(wait=False, cancel_futures=True)
        for process in processes:
            process.terminate()


def _begin() -> None:
    """Ctrl-C reaches every process of the terminal; the parent alone answers it. Where the parent is killed, this process ends."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


@lru_cache(maxsize=1)
def _pipeline() -> Pipeline:
    """The pipeline of this process; made with its first chunk, so that what is wrong with it is raised where it is asked for."""
    return Pipeline()


def _code_chunk(inputs: list[Input], job: Job) -> list[Intake]:
    return intakes(inputs, _pipeline(), job)
