"""The pipeline over several processes; order, output and failures are those of one process."""

from __future__ import annotations

import multiprocessing
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from functools import lru_cache
from itertools import islice

from ..model import Coded, Report
from .pipeline import Pipeline

CHUNK = 32
"""Reports handed to a process at a time."""

AHEAD = 3
"""Chunks per process that may wait, so that a slow reader of the output does not fill memory."""


def code_all(reports: Iterable[Report], *, workers: int = 1, findings: bool = False) -> Iterator[Coded]:
    """Each report coded, in input order, by `workers` processes (1: in this process).

    Few reports are coded in this process whatever is asked: starting another costs more than it saves.
    """
    stream = iter(reports)
    first = list(islice(stream, CHUNK))
    if workers <= 1 or len(first) < CHUNK:
        yield from Pipeline().code(_chain(first, stream), findings=findings)
        return
    yield from _pooled(first, stream, workers, findings)


def _pooled(first: list[Report], stream: Iterator[Report], workers: int, findings: bool) -> Iterator[Coded]:
    context = multiprocessing.get_context("spawn")
    waiting: deque[Future[list[Coded]]] = deque()
    with ProcessPoolExecutor(workers, mp_context=context) as pool:
        try:
            chunk = first
            while chunk:
                waiting.append(pool.submit(_code_chunk, chunk, findings))
                if len(waiting) >= workers * AHEAD:
                    yield from waiting.popleft().result()
                chunk = list(islice(stream, CHUNK))
            while waiting:
                yield from waiting.popleft().result()
        except BaseException:
            pool.shutdown(wait=False, cancel_futures=True)
            raise


@lru_cache(maxsize=1)
def _pipeline() -> Pipeline:
    """The pipeline of this process; made with its first chunk, so that what is wrong with it is raised where it is asked for."""
    return Pipeline()


def _code_chunk(reports: list[Report], findings: bool) -> list[Coded]:
    return list(_pipeline().code(reports, findings=findings))


def _chain(first: list[Report], rest: Iterator[Report]) -> Iterator[Report]:
    yield from first
    yield from rest
