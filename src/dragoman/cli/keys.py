"""Single keys and lines from a terminal; first characters of lines where standard input is none."""

from __future__ import annotations

import os
import select
import sys
from types import TracebackType
from typing import Any

import typer

try:
    import termios
    import tty
except ImportError:  # Windows has no termios; click knows its keyboard
    termios = None  # type: ignore[assignment]

END_OF_INPUT, ESCAPE = b"\x04", b"\x1b"
SEQUENCE_S = 0.05
"""Seconds in which the rest of an arrow's or function key's bytes follow its first."""


class Keys:
    """The keyboard for one sitting; as a context manager it leaves the terminal as it was.

    Keys typed ahead are kept. Ctrl-C is a KeyboardInterrupt, the end of input an EOFError.
    """

    def __init__(self) -> None:
        self._terminal = sys.stdin.isatty()
        self._before: list[Any] | None = None

    def __enter__(self) -> Keys:
        if self._terminal and termios is not None:
            self._before = termios.tcgetattr(sys.stdin.fileno())
            tty.setcbreak(sys.stdin.fileno(), termios.TCSADRAIN)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._restore()

    def _restore(self) -> None:
        if self._before is not None:
            termios.tcsetattr(sys.stdin.fileno(), termios.TCSADRAIN, self._before)

    def key(self) -> str:
        """One key in lower case; "" for one that stands for no character (arrows)."""
        if not self._terminal:
            return self._read_line().strip().lower()[:1]
        if self._before is None:
            return typer.getchar().lower()
        found = os.read(sys.stdin.fileno(), 1)
        if found in (b"", END_OF_INPUT):
            raise EOFError
        if found == ESCAPE:
            while select.select([sys.stdin], [], [], SEQUENCE_S)[0]:
                os.read(sys.stdin.fileno(), 1)
            return ""
        return found.decode("ascii", "ignore").lower()

    def line(self, prompt: str) -> str:
        """A line, typed with the terminal's own editing, without blanks around it."""
        self._restore()
        try:
            sys.stdout.write(prompt)
            sys.stdout.flush()
            return self._read_line().strip()
        finally:
            if self._before is not None:
                tty.setcbreak(sys.stdin.fileno(), termios.TCSADRAIN)

    def _read_line(self) -> str:
        line = sys.stdin.readline()
        if not line:
            raise EOFError
        return line
