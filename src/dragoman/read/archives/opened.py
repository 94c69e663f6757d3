"""A stream of any kind becomes pieces: one where it is one input, many where it is an archive."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from typing import BinaryIO, cast

from ...model import Failure
from ..limits import FormatError, TooLargeError
from ..pieces import Options, Piece
from ..sniff import decoded
from . import exports, gzipped, mbox, rows, warc, zipped
from .sniff import HEAD, archive_of

Reader = Callable[[BinaryIO, bytes, str, Options], Iterator[Piece | Failure]]

READERS: dict[str, Reader] = {
    "warc": warc.split,
    "jsonl": rows.split_lines,
    "csv": rows.split_table,
    "mbox": mbox.split,
    "export": exports.split,
}
"""Archives that are read from front to back, and how."""


def opened(
    stream: BinaryIO, name: str, options: Options, url: str | None = None, *, inside: str = ""
) -> Iterator[Piece | Failure]:
    """The pieces of a stream.

    Args:
        stream: read from where it stands; seekable or not.
        name: how the user is told of it.
        options: how to read.
        url: its address, where it is one page.
        inside: "zip" or "gzip" where it lies in such a file itself; archives in archives are opened so far and no further.

    Raises:
        ReadError: see the readers; members that are damaged are failures among the pieces.
    """
    head, stream = _headed(stream)
    kind = _by_name(name, head) or archive_of(head, options.columns)
    if kind == "zip":
        yield from _zip(stream, name, options, url, inside)
    elif kind == "gzip":
        if inside == "gzip":
            raise FormatError("packed twice; unpack it and read the file")
        yield from opened(gzipped.unpacked(stream, options.limits), name, options, inside="gzip")
    elif kind is not None:
        yield from READERS[kind](stream, head, name, options)
    else:
        _must_name_a_text(name, head)
        yield Piece(name, whole(stream, head, options), url)


def _by_name(name: str, head: bytes) -> str | None:
    """What the suffix tells where the first bytes may be damaged, or where a line would be taken for an article."""
    lower = name.lower()
    if lower.endswith((".warc", ".warc.gz")):
        return "warc"
    return "jsonl" if lower.endswith((".jsonl", ".ndjson")) and head.strip() else None


def _must_name_a_text(name: str, head: bytes) -> None:
    """Raises `FormatError` for a table without a column for the text."""
    if name.lower().endswith((".csv", ".tsv")) and head.strip():
        first = decoded(head.rpartition(b"\n")[0] or head).strip().splitlines()[0]
        raise FormatError(f"no column with the text of a report in {first[:200]!r}; name it with --columns text=NAME")


def _zip(stream: BinaryIO, name: str, options: Options, url: str | None, inside: str) -> Iterator[Piece | Failure]:
    """A zip that is one document (EPUB, DOCX) is one piece; any other is opened member by member, but not inside another."""
    if not stream.seekable():
        stream = io.BytesIO(whole(stream, b"PK\x03\x04", options))
    if zipped.is_document(stream, options.limits):
        yield Piece(name, whole(stream, b"PK\x03\x04", options), url)
        return
    if inside:
        raise FormatError("an archive inside an archive; unpack it and read the files")
    for member in zipped.members(stream, name, options.limits):
        if isinstance(member, Failure):
            yield member
        else:
            yield from zipped.guarded_member(member, lambda file, place: opened(file, place, options, inside="zip"))


def whole(stream: BinaryIO, head: bytes, options: Options) -> bytes:
    """All bytes of a stream that is one input.

    Raises:
        TooLargeError: more than the caps of its kind.
    """
    limits = options.limits
    cap = limits.pdf_bytes if head.startswith((b"%PDF-", b"PK\x03\x04")) else limits.file_bytes
    data = stream.read(cap + 1)
    if len(data) > cap:
        raise TooLargeError(
            f"larger than {cap // 1_000_000} MB; one report is expected to be far smaller. Split the file and read the parts"
        )
    return data


def _headed(stream: BinaryIO) -> tuple[bytes, BinaryIO]:
    """The first bytes of a stream, and the stream from its beginning."""
    if stream.seekable():
        start = stream.tell()
        head = stream.read(HEAD)
        stream.seek(start)
        return head, stream
    parts: list[bytes] = []
    while (size := sum(map(len, parts))) < HEAD and (part := stream.read(HEAD - size)):
        parts.append(part)
    head = b"".join(parts)
    return head, cast(BinaryIO, io.BufferedReader(Joined(head, stream), HEAD))


class Joined(io.RawIOBase):
    """Bytes that were read already, then the stream that they came from."""

    def __init__(self, head: bytes, rest: BinaryIO) -> None:
        self._head, self._rest = memoryview(head), rest

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        part = self._head[: len(buffer)] if self._head else self._rest.read(len(buffer))
        self._head = self._head[len(part) :] if self._head else self._head
        buffer[: len(part)] = part
        return len(part)
