"""JSON Lines and tables: each line or row one report, its parts under names (see `columns.toml`)."""

from __future__ import annotations

import codecs
import csv
import json
from collections.abc import Iterator
from typing import BinaryIO

from ...model import Failure
from ..limits import MB, EncodingError, FormatError, Limits, TooLargeError
from ..lines import capped
from ..pieces import Options, Piece, failure_of
from ..sniff import BOMS, decoded
from .sniff import delimiter_of


def split_lines(stream: BinaryIO, head: bytes, name: str, options: Options) -> Iterator[Piece | Failure]:
    """A piece for each line of JSON that is not empty; what is wrong with a line is told when it is read."""
    for number, line in enumerate(capped(stream), 1):
        bare = line.removeprefix(codecs.BOM_UTF8).strip()
        place = f"{name}:{number}"
        if len(line) > options.limits.file_bytes:
            yield failure_of(TooLargeError(f"the line is longer than {options.limits.file_bytes // MB} MB"), place)
        elif bare:
            yield Piece(place, bare, form="fields")


def split_table(stream: BinaryIO, head: bytes, name: str, options: Options) -> Iterator[Piece | Failure]:
    """A piece for each row of a table; a row that cannot be read is a failure, and the next is tried."""
    encoding = _encoding(head)
    csv.field_size_limit(options.limits.file_bytes)
    lines = _decoded(stream, encoding, options.limits)
    first = (
        decoded(head[: head.find(b"\n") + 1] or head) if encoding == "utf-8-sig" else head.decode(encoding, "replace")
    )
    rows = csv.reader(lines, delimiter=delimiter_of(first, options.columns) or ",")
    names = [cell.strip() for cell in next(rows)]
    for number in _numbers():
        place = f"{name}:{number}"
        try:
            cells = next(rows)
        except StopIteration:
            return
        except csv.Error as error:
            yield failure_of(FormatError(f"the row is damaged: {error}"), place)
            continue
        if not any(cell.strip() for cell in cells):
            continue
        if any("\ufffd" in cell for cell in cells):
            yield failure_of(EncodingError(f"not {encoding}; save the table as UTF-8"), place)
        elif len(cells) < len(names):
            said = f"the row has {len(cells)} cells, the first line names {len(names)} columns"
            yield failure_of(FormatError(said), place)
        else:
            record = dict(zip(names, cells, strict=False))
            yield Piece(place, json.dumps(record, ensure_ascii=False).encode("utf-8", "replace"), form="fields")


def _numbers() -> Iterator[int]:
    """2, 3, 4 …: rows as a spreadsheet counts them, the names being the first."""
    number = 2
    while True:
        yield number
        number += 1


def _encoding(head: bytes) -> str:
    for mark, encoding in BOMS:
        if head.startswith(mark):
            return encoding
    try:
        head[: head.rfind(b"\n") + 1].decode("utf-8")
    except UnicodeDecodeError:
        return "cp1252"
    return "utf-8-sig"


def _decoded(stream: BinaryIO, encoding: str, limits: Limits) -> Iterator[str]:
    """The lines as text; a character that is none becomes U+FFFD. NUL bytes, which no table has, are dropped."""
    if encoding in ("utf-16", "utf-32"):
        yield from codecs.getreader(encoding)(stream, "replace")
        return
    for line in capped(stream):
        yield line[: limits.file_bytes].decode(encoding, "replace").replace("\x00", "")
