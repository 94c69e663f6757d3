"""REPORTS as the user typed them: files, folders, globs, `-` for standard input, and http(s) URLs."""

from __future__ import annotations

import glob
import io
import os
import stat
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from ..errors import UsageError
from ..model import Failure
from .fetch import fetch
from .limits import LIMITS, Limits

SKIPPED_SUFFIXES = frozenset(
    {".pyc", ".css", ".js", ".json", ".toml", ".yaml", ".yml", ".db", ".sqlite", ".md5", ".lock"}
)
"""Files beside reports in a folder that are not reports (sidecars, code); named one by one they are read."""


@dataclass(frozen=True)
class Item:
    """One input: how it is named to the user, its URL where it has one, and its bytes where they can be told."""

    name: str
    url: str | None = None
    path: Path | None = None
    size: int = 0

    @contextmanager
    def opened(self, limits: Limits = LIMITS) -> Iterator[tuple[BinaryIO, int]]:
        """A stream of the bytes and, for a file, how many they are (else 0).

        Raises:
            OSError: the file cannot be read.
            FetchError: the page cannot be fetched.
        """
        if self.url is not None:
            yield io.BytesIO(fetch(self.url, limits)), 0
        elif self.path is None:
            yield sys.stdin.buffer, 0
        else:
            with self.path.open("rb") as file:
                yield file, self.size


def items(arguments: Sequence[str]) -> Iterator[Item | Failure]:
    """The inputs in the order given; folders are walked in name order, without following links.

    Raises:
        UsageError: an argument names nothing (said before anything is read).
    """
    for argument in arguments:
        _must_name_something(argument)
    for argument in arguments:
        yield from _of(argument)


def _must_name_something(argument: str) -> None:
    if argument == "-" or _is_url(argument) or Path(argument).exists() or Path(argument).is_symlink():
        return
    if "://" in argument:
        raise UsageError(f"{argument!r} is not an http or https address; only those are fetched")
    if glob.has_magic(argument) and next(glob.iglob(argument, recursive=True), None) is not None:
        return
    raise UsageError(
        f"no file, folder or pattern {argument!r}; give files, folders, patterns in quotes, '-' for standard input, or http(s) addresses"
    )


def _of(argument: str) -> Iterator[Item | Failure]:
    if argument == "-":
        yield Item("standard input")
    elif _is_url(argument):
        yield Item(argument, url=argument)
    elif Path(argument).is_dir():
        yield from _walk(Path(argument))
    elif Path(argument).exists() or Path(argument).is_symlink():
        yield from _file(Path(argument))
    else:
        for found in sorted(glob.iglob(argument, recursive=True)):
            yield from _walk(Path(found)) if Path(found).is_dir() else _file(Path(found))


def _walk(folder: Path) -> Iterator[Item | Failure]:
    for root, folders, names in os.walk(folder, followlinks=False):
        folders[:] = sorted(f for f in folders if not f.startswith("."))
        for name in sorted(names):
            path = Path(root) / name
            if not name.startswith(".") and path.suffix.lower() not in SKIPPED_SUFFIXES:
                yield from _file(path)


def _file(path: Path) -> Iterator[Item | Failure]:
    """The file as an item; pipes, devices and dangling links are failures, since reading them may never end."""
    try:
        found = path.stat()
    except OSError as error:
        yield Failure("read", type(error).__name__, f"{path} cannot be opened: {error.strerror}", str(path))
        return
    if stat.S_ISREG(found.st_mode):
        yield Item(str(path), path=path, size=found.st_size)
    else:
        yield Failure("read", "FormatError", f"{path} is not a regular file; expected a file with a report", str(path))


def total_bytes(arguments: Sequence[str]) -> int:
    """How many bytes of files the arguments name, for progress; what has no size beforehand counts nothing."""
    return sum(item.size for argument in arguments for item in _of(argument) if isinstance(item, Item))


def _is_url(argument: str) -> bool:
    return argument.lower().startswith(("http://", "https://"))
