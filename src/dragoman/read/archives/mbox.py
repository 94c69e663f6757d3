"""mbox files (RFC 4155): many mails, each behind a line that begins with "From "."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import BinaryIO

from ...model import Failure
from ..limits import Limits, TooLargeError
from ..lines import capped
from ..pieces import Options, Piece, failure_of

SEPARATOR = re.compile(rb"From \S.*\d{4}\s*$")
ESCAPED = re.compile(rb">+From ")


def split(stream: BinaryIO, head: bytes, name: str, options: Options) -> Iterator[Piece | Failure]:
    """A piece for each message, in the order of the file; "From " that was escaped in a body is put back."""
    for number, message in enumerate(_messages(stream, options.limits), 1):
        place = f"{name}:{number}"
        if message is None:
            cap = options.limits.file_bytes // 1_000_000
            yield failure_of(TooLargeError(f"the message is longer than {cap} MB"), place)
        else:
            yield Piece(place, message, form="mail")


def _messages(stream: BinaryIO, limits: Limits) -> Iterator[bytes | None]:
    held: list[bytes] = []
    size, after_blank, began = 0, True, False
    for line in capped(stream):
        if after_blank and SEPARATOR.match(line):
            if began:
                yield b"".join(held) if size <= limits.file_bytes else None
            held, size, began = [], 0, True
        else:
            size += len(line)
            if size <= limits.file_bytes:
                held.append(line[1:] if ESCAPED.match(line) else line)
        after_blank = not line.strip()
    if began:
        yield b"".join(held) if size <= limits.file_bytes else None
