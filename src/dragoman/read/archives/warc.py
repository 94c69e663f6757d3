"""WARC files (ISO 28500), plain or `.warc.gz`: what was answered to a crawler, record by record, from any stream.

Read by hand and not by fastwarc: its release 2.0.1 drops, without a word, all records behind an answer that is both chunked and packed, panics on
streams that cannot seek, and stops at the first damaged record. Speed is of no matter here, since coding takes far longer.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO
from urllib.parse import urlsplit

from ...model import Failure
from ..http import is_answer_of_interest
from ..limits import MB, FormatError, TooLargeError
from ..pieces import Options, Piece, failure_of
from .members import DamagedError, Members

VERSION = b"WARC/"
HEAD_LINES, LINE_BYTES = 200, 65_536
"""Lines of a record's head, and bytes of one, that are looked at."""

WANTED = ("response", "resource", "conversion")
NO_REPORTS = ("/robots.txt", "/sitemap.xml", "/favicon.ico", "/ads.txt")
TEXTS = (
    "text/html", "application/xhtml", "text/plain", "application/pdf", "message/rfc822", "application/rss", "application/atom", "application/http",
)  # fmt: skip


@dataclass(frozen=True)
class Record:
    """A record: the fields of its head by lower-case names, how long it says it is, and its block (None: longer than the cap)."""

    fields: dict[str, str]
    length: int
    block: bytes | None

    @property
    def url(self) -> str | None:
        return self.fields.get("warc-target-uri", "").strip("<> ") or None


def split(stream: BinaryIO, head: bytes, name: str, options: Options) -> Iterator[Piece | Failure]:
    """A piece for each answer (`response`), page (`resource`) and text (`conversion`) that can be a report.

    For each damaged part there is one failure; reading goes on at the next record that is whole.
    """
    told = False
    for number, found in enumerate(_records(Members(stream), options.limits.file_bytes), 1):
        if isinstance(found, Exception):
            if not told:
                yield failure_of(
                    FormatError(f"a damaged part: {found}; reading went on behind it"), f"{name}!record {number}"
                )
            told = True
            continue
        told = False
        piece = _piece(found, f"{name}!{found.url or f'record {number}'}")
        if piece is not None and found.block is None:
            yield failure_of(
                TooLargeError(f"the record is larger than {options.limits.file_bytes // MB} MB"), piece.name
            )
        elif piece is not None:
            yield piece


def _piece(record: Record, place: str) -> Piece | None:
    """The piece of a record; None where it is no report (a picture, an error page, a script)."""
    kind, media = record.fields.get("warc-type", "").lower(), record.fields.get("content-type", "").lower()
    block = record.block or b""
    if kind not in WANTED or (record.url and urlsplit(record.url).path.lower().endswith(NO_REPORTS)):
        return None
    if kind == "response" and media.startswith("application/http"):
        return Piece(place, block, record.url, "http") if record.block is None or is_answer_of_interest(block) else None
    return Piece(place, block, record.url) if not media or media.startswith(TEXTS) else None


def _records(source: Members, cap: int) -> Iterator[Record | Exception]:
    """The records in order; an error where a part is damaged."""
    while True:
        try:
            line = source.line(LINE_BYTES)
            if not line:
                return
            if not line.strip(b"\r\n\x00 "):
                continue
            if not line.startswith(VERSION):
                yield DamagedError("no record begins where one should")
                _to_next(source)
                continue
            record = _record(source, cap)
            yield from _checked(record, source)
        except DamagedError as error:
            yield error
            _to_next(source)


def _record(source: Members, cap: int) -> Record:
    fields: dict[str, str] = {}
    for _ in range(HEAD_LINES):
        line = source.line(LINE_BYTES)
        if not line.strip():
            break
        name, colon, value = line.decode("utf-8", "replace").partition(":")
        if colon:
            fields.setdefault(name.strip().lower(), value.strip())
    try:
        length = int(fields["content-length"])
    except (KeyError, ValueError) as error:
        raise DamagedError("a record does not say how long it is") from error
    if length < 0:
        raise DamagedError(f"a record says that it is {length} bytes long")
    keep = length <= cap and fields.get("warc-type", "").lower() in WANTED
    block = source.exactly(length, keep=keep)
    return Record(fields, length, block if keep else b"" if length <= cap else None)


def _checked(record: Record, source: Members) -> Iterator[Record | Exception]:
    """The record, unless it says that it is longer than it is and so holds the next one: then that is read again."""
    after = source.peek(9)
    swallowed = -1 if record.block is None else record.block.find(b"\n" + VERSION)
    if after.strip() and not after.lstrip(b"\r\n").startswith(VERSION) and swallowed >= 0 and record.block:
        source.unread(record.block[swallowed + 1 :])
        yield DamagedError("a record is shorter than it says")
        return
    yield record


def _to_next(source: Members) -> None:
    """Moves to the next line that begins a record, or to the end."""
    while True:
        try:
            line = source.line(LINE_BYTES)
        except DamagedError:
            continue
        if not line:
            return
        at = line.find(VERSION)
        if at >= 0:
            source.unread(line[at:])
            return
