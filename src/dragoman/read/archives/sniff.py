"""Which archive a stream is, told by its first bytes."""

from __future__ import annotations

import csv
import json
import re
import zlib

from ..columns import is_table_head, slots_of
from ..limits import EncodingError
from ..sniff import decoded
from .exports import export_of

HEAD = 65_536
"""Bytes looked at to tell an archive."""

MBOX = re.compile(rb"\AFrom [^\r\n]{1,120}?\d{1,2}:\d{2}[^\r\n]{1,40}?\d{4}[^\r\n]{0,40}\r?\n[!-9;-~]{1,80}:")
"""The separator line of mbox (RFC 4155) and the first field of a message."""

GZIP, ZIP, WARC = b"\x1f\x8b\x08", (b"PK\x03\x04", b"PK\x05\x06"), b"WARC/"
DELIMITERS = ",;\t|"


def archive_of(head: bytes, columns: tuple[tuple[str, str], ...] = ()) -> str | None:
    """zip, gzip, warc, mbox, jsonl, csv, export, or None for what is one report or of no known kind."""
    if head.startswith(ZIP):
        return "zip"
    if head.startswith(GZIP):
        return "warc" if unzipped_head(head).startswith(WARC) else "gzip"
    if head.startswith(WARC):
        return "warc"
    if MBOX.match(head):
        return "mbox"
    first = head.lstrip(b"\xef\xbb\xbf \t\r\n").split(b"\n", 1)[0]
    if first.startswith(b"{"):
        return "jsonl" if _is_record(first, whole=b"\n" in head or len(head) < HEAD, columns=columns) else None
    if head.startswith((b"%PDF-", b"<")):
        return None
    try:
        text = decoded(head[: _whole(head)])
    except EncodingError:
        return None
    if delimiter_of(text, columns):
        return "csv"
    return "export" if export_of(text) else None


def unzipped_head(head: bytes) -> bytes:
    """The first bytes of a gzip file; nothing where it is broken."""
    try:
        return zlib.decompressobj(31).decompress(head, 4096)
    except zlib.error:
        return b""


def delimiter_of(text: str, columns: tuple[tuple[str, str], ...] = ()) -> str | None:
    """What parts the columns of a table whose first line names them; None where the first line is no such line."""
    line = text.lstrip("\ufeff").split("\n", 1)[0].rstrip("\r")
    for delimiter in DELIMITERS:
        names = next(csv.reader([line], delimiter=delimiter), [])
        if len(names) > 1 and is_table_head(names, columns):
            return delimiter
    return None


def _is_record(line: bytes, *, whole: bool, columns: tuple[tuple[str, str], ...]) -> bool:
    """Whether a line is an object with the text of a report; of a line longer than the head, whether it begins so."""
    try:
        record = json.loads(line)
    except ValueError:
        return not whole or b'"text"' in line[:2000]
    except RecursionError:
        return False
    return isinstance(record, dict) and "text" in slots_of(list(record), columns)


def _whole(head: bytes) -> int:
    """Where the last whole line of a head ends, so that no character is cut in two."""
    return len(head) if len(head) < HEAD else max(head.rfind(b"\n"), 0) or len(head)
