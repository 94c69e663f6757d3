"""Progress of a long reading on standard error: how far, how fast, how long still, what failed."""

from __future__ import annotations

import time
from collections import Counter, deque
from collections.abc import Callable
from types import TracebackType

from rich.progress import BarColumn, Progress, SpinnerColumn, TextColumn

from .output import errors, say

WINDOW = 60.0
"""Seconds over which the rate is taken: a page of long reports must not make it jump, nor what was known already raise it."""

EVERY = 10.0
"""Seconds between lines where standard error is no terminal."""


class Watch:
    """Watches reports go by. Use as a context manager.

    Args:
        total: bytes of all that is read; 0 where that cannot be told, then no remaining time is.
        shown: say anything at all.
        clock: seconds, for tests.
    """

    def __init__(self, total: int, *, shown: bool, clock: Callable[[], float] = time.monotonic) -> None:
        self._total, self._shown, self._clock = total, shown, clock
        self._seen: deque[tuple[float, int, int]] = deque([(clock(), 0, 0)])
        self._told = clock()
        self.reports = self.known = self._reached = 0
        self.failed: Counter[str] = Counter()
        columns = (SpinnerColumn(), BarColumn(bar_width=24), TextColumn("{task.description}"))
        self._bar = Progress(*columns, console=errors, transient=True) if shown and errors.is_terminal else None
        self._task = self._bar.add_task("reading", total=total or None) if self._bar else None

    def __enter__(self) -> Watch:
        if self._bar:
            self._bar.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._bar:
            self._bar.stop()

    def passed_over(self, reports: int, reached: int) -> None:
        """Reports that the ledger has already."""
        self.known += reports
        self._note(reached)

    def coded(self, reports: int, failures: Counter[str], reached: int) -> None:
        """Reports that were coded, and failures by kind."""
        self.reports += reports
        self.failed += failures
        self._note(reached)

    def _note(self, reached: int) -> None:
        self._reached = max(self._reached, reached)
        now = self._clock()
        if self.reports == 0:  # the rate begins behind what was known
            self._seen = deque([(now, 0, self._reached)])
        self._seen.append((now, self.reports, self._reached))
        while len(self._seen) > 2 and now - self._seen[0][0] > WINDOW:
            self._seen.popleft()
        if self._bar and self._task is not None:
            self._bar.update(self._task, completed=self._reached, description=self.line())
        elif self._shown and now - self._told >= EVERY:
            self._told = now
            say(f"reading: {self.line()}")

    def line(self) -> str:
        """What is told: "31 %  12,400 reports  45.1/s  0:31:02 left  failed: 12 EmptyError"."""
        (began, reports, reached), (now, *_) = self._seen[0], self._seen[-1]
        seconds = max(now - began, 1e-9)
        rate, bytes_rate = (self.reports - reports) / seconds, (self._reached - reached) / seconds
        parts = [f"{self._reached / self._total:.0%}"] if self._total else []
        parts.append(f"{self.reports:,} reports")
        parts += [f"{self.known:,} known"] if self.known else []
        parts += [f"{rate:.1f}/s"] if self.reports else []
        if self._total and bytes_rate > 0:
            parts.append(f"{_clock(int((self._total - self._reached) / bytes_rate))} left")
        parts += [f"failed: {kinds(self.failed)}"] if self.failed else []
        return "  ".join(parts)


def kinds(failed: Counter[str]) -> str:
    """Failures by kind, the most first: "12 EmptyError, 3 FormatError"."""
    return ", ".join(f"{count:,} {kind}" for kind, count in failed.most_common())


def _clock(seconds: int) -> str:
    return f"{seconds // 3600}:{seconds // 60 % 60:02}:{seconds % 60:02}"
