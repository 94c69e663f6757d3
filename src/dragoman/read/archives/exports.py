"""Cutting the export of a news database into its articles, line by line."""

from __future__ import annotations

import codecs
from collections.abc import Iterator
from typing import BinaryIO

from ...model import Failure
from ..exports import Export, export_of
from ..limits import FormatError, Limits, TooLargeError
from ..lines import capped
from ..pieces import Options, Piece, failure_of
from ..sniff import BOMS, decoded

__all__ = ["export_of", "split"]

FEWEST_BYTES = 40
"""What lies between two marks and is shorter is no article (a rule, a page number)."""


def split(stream: BinaryIO, head: bytes, name: str, options: Options) -> Iterator[Piece | Failure]:
    """A piece for each article, in the order of the file.

    Raises:
        FormatError: it is no export.
    """
    export = export_of(decoded(head.rpartition(b"\n")[0] or head))
    if export is None:
        raise FormatError("not an export of Nexis, Factiva or ProQuest")
    number = 0
    for article in _articles(_lines(stream, head), export, options.limits):
        if article is not None and len(article.strip()) < FEWEST_BYTES:
            continue
        number += 1
        place = f"{name}:{number}"
        if article is None:
            cap = options.limits.file_bytes // 1_000_000
            yield failure_of(TooLargeError(f"the article is longer than {cap} MB; expected one article"), place)
        else:
            yield Piece(place, article, form=f"export {export.name}")


def _lines(stream: BinaryIO, head: bytes) -> Iterator[bytes]:
    """The lines in an encoding in which ASCII is ASCII."""
    wide = next((encoding for mark, encoding in BOMS if head.startswith(mark) and encoding != "utf-8-sig"), None)
    if wide is None:
        yield from capped(stream)
        return
    for line in codecs.getreader(wide)(stream, "replace"):
        yield line.encode("utf-8")


def _articles(lines: Iterator[bytes], export: Export, limits: Limits) -> Iterator[bytes | None]:
    """The bytes of each article; None for one that is too long. What stands before the first `starts` is a cover."""
    held: list[bytes] = []
    size, inside = 0, export.starts is None
    for line in lines:
        bare = line.rstrip(b"\r\n")
        starts = export.starts is not None and export.starts.match(bare)
        if starts or (export.ends is not None and export.ends.match(bare)):
            if inside:
                yield b"".join(held) if size <= limits.file_bytes else None
            held, size, inside = [], 0, True
            continue
        size += len(line)
        if size <= limits.file_bytes:
            held.append(line)
    if inside:
        yield b"".join(held) if size <= limits.file_bytes else None
