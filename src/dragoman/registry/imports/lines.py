"""What all importers share: numbered lines of plain, gzip or bzip2 files, and what they make of them."""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

from dragoman.registry.schema import RegistryError

LONGEST_LINE = 64 * 1024 * 1024
"""Bytes: no entry of any of the formats is longer."""


@dataclass(frozen=True, slots=True)
class Row:
    """An actor as a table of `data/README.md`, from this line. `given_id`: the file itself gives the id."""

    line: int
    table: dict[str, Any]
    given_id: bool = False


@dataclass(frozen=True, slots=True)
class NounRow:
    """A word for actors with its sector."""

    line: int
    phrase: str
    sector: str
    plural: str | None = None


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong in a line; `fatal` where nothing after it can be trusted."""

    line: int
    message: str
    fatal: bool = False


Found = Row | NounRow | Fault


class Lines:
    """The lines of a file, numbered from 1, without their ends. `.gz` and `.bz2` are unpacked as they are read."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def __iter__(self) -> Iterator[tuple[int, str]]:
        number = 0
        try:
            with self._open() as file:
                while raw := file.readline(LONGEST_LINE):
                    number += 1
                    if len(raw) >= LONGEST_LINE:
                        raise RegistryError(f"{self.path}:{number}: a line of more than {LONGEST_LINE:,} bytes")
                    text = raw.decode("utf-8-sig" if number == 1 else "utf-8")
                    yield number, text.rstrip("\r\n")
        except UnicodeDecodeError as error:
            raise RegistryError(f"{self.path}:{number}: not UTF-8: {error.reason}; convert the file first") from error
        except (EOFError, OSError, zlib.error, lzma.LZMAError) as error:
            message = f"{self.path}:{number + 1}: cannot be read on: {error}; the file may be half of one: get it again"
            raise RegistryError(message) from error

    def _open(self) -> IO[bytes]:
        suffix = self.path.suffix.lower()
        if suffix == ".gz":
            return io.BufferedReader(gzip.open(self.path))
        if suffix == ".bz2":
            return io.BufferedReader(bz2.open(self.path))
        return self.path.open("rb")


def ids_within(table: dict[str, Any]) -> list[str]:
    """The ids that a table refers to."""
    found = [row["of"] for name in ("office", "member") for row in table.get(name, []) if "of" in row]
    found += [u for row in table.get("loaded", []) for u in row.get("used_by", [])]
    return found + ([table["part_of"]] if "part_of" in table else [])
