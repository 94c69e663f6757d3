"""The pipeline over several processes; order, output and failures are those of one process."""

from __future__ import annotations

import multiprocessing
import signal
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from functools import lru_cache
from itertools import chain, islice

from ..model import Coded, Failure, Report
from .pipeline import Pipeline

CHUNK = 32
"""Items handed to a process at a time."""

AHEAD = 3
"""Chunks per process that may wait, so that a slow reader of the output does not fill memory."""

Item = Report | Failure
Done = Coded | Failure


def code_all(items: Iterable[Item], *, workers: int = 1, findings: bool = False) -> Iterator[Done]:
    """Each report coded, in input order, by `workers` processes (1: in this process); failures pass through at their place.

    A few are coded in this process whatever is asked: starting another costs more than it saves. A report that kills its
    process (out of memory) becomes a failure; the others of its chunk are coded.
    """
    stream = iter(items)
    first = list(islice(stream, CHUNK)) if workers > 1 else []
    if len(first) < CHUNK:
        yield from Pipeline().code(chain(first, stream), findings=findings)
        return
    waiting: deque[tuple[list[Item], Future[list[Done]]]] = deque()
    team = _Team(workers, findings)
    try:
        for chunk in chain([first], _chunks(stream)):
            waiting.append((chunk, team.start(chunk)))
            if len(waiting) >= workers * AHEAD:
                yield from team.finished(*waiting.popleft())
        while waiting:
            yield from team.finished(*waiting.popleft())
    finally:
        team.close()


def _chunks(stream: Iterator[Item]) -> Iterator[list[Item]]:
    while chunk := list(islice(stream, CHUNK)):
        yield chunk


class _Team:
    """Processes that code, started anew when one of them dies."""

    def __init__(self, workers: int, findings: bool) -> None:
        self._workers, self._findings = workers, findings
        self._pool = self._made(workers)

    @staticmethod
    def _made(workers: int) -> ProcessPoolExecutor:
        context = multiprocessing.get_context("spawn")
        return ProcessPoolExecutor(workers, mp_context=context, initializer=_leave_interrupts)

    def start(self, chunk: list[Item]) -> Future[list[Done]]:
        """Hands a chunk to the processes."""
        try:
            return self._pool.submit(_code_chunk, chunk, self._findings)
        except BrokenProcessPool:
            self.close()
            self._pool = self._made(self._workers)
            return self._pool.submit(_code_chunk, chunk, self._findings)

    def finished(self, chunk: list[Item], future: Future[list[Done]]) -> Iterator[Done]:
        """What came of a chunk; of one whose process died, what comes of its items one by one."""
        try:
            yield from future.result()
        except BrokenProcessPool:
            for item in chunk:
                yield from self._alone(item)

    def _alone(self, item: Item) -> list[Done]:
        """One item in a process of its own."""
        if isinstance(item, Failure):
            return [item]
        with self._made(1) as pool:
            try:
                return pool.submit(_code_chunk, [item], self._findings).result()
            except BrokenProcessPool:
                message = "the process that coded it was ended by the system, most likely for want of memory; the rest goes on"
                return [Coded(item, failures=(Failure("code", "ProcessDied", message, item.id),))]

    def close(self) -> None:
        """Ends the processes at once, whatever they still do: nobody waits for it any more."""
        processes = list((self._pool._processes or {}).values())
        self._pool.shutdown(wait=False, cancel_futures=True)
        for process in processes:
            process.terminate()


def _leave_interrupts() -> None:
    """Ctrl-C reaches every process of the terminal; the parent alone answers it."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)


@lru_cache(maxsize=1)
def _pipeline() -> Pipeline:
    """The pipeline of this process; made with its first chunk, so that what is wrong with it is raised where it is asked for."""
    return Pipeline()


def _code_chunk(items: list[Item], findings: bool) -> list[Done]:
    return list(_pipeline().code(items, findings=findings))
