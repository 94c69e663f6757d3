"""The installed program in a pseudo-terminal, typed at as a user types."""

from __future__ import annotations

import fcntl
import os
import pty
import re
import select
import struct
import subprocess
import termios
import time
from pathlib import Path

from .program import PROGRAM

ESCAPE = re.compile(r"\x1b\[[0-9;?]*[A-Za-z]|\x1b[()][A-Z0-9]|\r")


def _take_terminal() -> None:
    """Makes standard input the terminal that Ctrl-C comes from."""
    fcntl.ioctl(0, termios.TIOCSCTTY, 0)


class Terminal:
    """One run of the program; use as a context manager."""

    def __init__(self, *arguments: str, columns: int = 120, **environment: str) -> None:
        self._master, slave = pty.openpty()
        fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", 50, columns, 0, 0))
        self._process = subprocess.Popen(
            [str(PROGRAM), *arguments], stdin=slave, stdout=slave, stderr=slave, start_new_session=True, preexec_fn=_take_terminal,
            env={**os.environ, "TERM": "xterm", **environment},
        )  # fmt: skip
        os.close(slave)
        self.seen = ""

    def __enter__(self) -> Terminal:
        return self

    def __exit__(self, *_: object) -> None:
        if self._process.poll() is None:
            self._process.kill()
        self._process.wait()
        os.close(self._master)

    def type(self, keys: str) -> None:
        """Sends keys."""
        os.write(self._master, keys.encode())

    def until(self, words: str, seconds: float = 60) -> str:
        """Reads on until the words are on the screen (from what was typed last on); what came.

        Raises:
            AssertionError: they did not come in time.
        """
        came, end = "", time.monotonic() + seconds
        while words not in came:
            left = end - time.monotonic()
            ready = select.select([self._master], [], [], max(left, 0))[0]
            try:
                data = os.read(self._master, 65_536) if ready else b""
            except OSError:  # the program has gone
                data = b""
            if not data:
                raise AssertionError(f"{words!r} did not come; the screen shows {self.seen[-3000:]!r}")
            text = ESCAPE.sub("", data.decode("utf-8", "replace"))
            came += text
            self.seen += text
        return came

    def ended(self, seconds: float = 60) -> int:
        """The exit status."""
        return self._process.wait(seconds)


def typed_at(path: Path, *arguments: str, columns: int = 120) -> Terminal:
    """The program on a ledger."""
    return Terminal(*arguments, "--ledger", str(path), columns=columns)
