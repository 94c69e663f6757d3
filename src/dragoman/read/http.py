"""Answers of web servers as archives keep them (RFC 9112): head and body, the body perhaps chunked and packed."""

from __future__ import annotations

import re
import zlib
from collections.abc import Callable

from .limits import LIMITS, FormatError, Limits, TooLargeError

STATUS = re.compile(rb"HTTP/[\d.]+ (\d{3})")
OF_INTEREST = (
    b"text/html", b"application/xhtml", b"text/plain", b"text/xml", b"application/xml", b"application/rss", b"application/atom", b"application/pdf",
    b"message/rfc822", b"multipart/related", b"application/epub", b"application/vnd.openxmlformats-officedocument.wordprocessingml",
)  # fmt: skip
"""Media types that a report can have; an answer without one is looked at."""


def is_answer_of_interest(block: bytes) -> bool:
    """Whether an answer brings something that can be a report: found (200), and no picture, script or style."""
    head, _ = _parted(block)
    status = STATUS.match(head)
    media = _fields(head).get(b"content-type", b"").lower()
    return status is not None and status[1] == b"200" and (not media or media.startswith(OF_INTEREST))


def body_of(block: bytes, limits: Limits = LIMITS) -> tuple[bytes, str | None]:
    """The body of an answer, unpacked, and the character set that its head declares.

    Raises:
        FormatError: the body is damaged, or packed in a way that is not known.
        TooLargeError: it unpacks to more than the cap.
    """
    head, body = _parted(block)
    fields = _fields(head)
    if b"chunked" in fields.get(b"transfer-encoding", b"").lower():
        body = _unchunked(body)
    for packing in reversed(fields.get(b"content-encoding", b"").lower().split(b",")):
        body = _unpacked(body, packing.strip(), limits)
    found = re.search(rb"charset=[\"']?([\w.:-]+)", fields.get(b"content-type", b""), re.IGNORECASE)
    return body, found[1].decode("ascii", "replace") if found else None


def _parted(block: bytes) -> tuple[bytes, bytes]:
    found = re.search(rb"\r?\n\r?\n", block[:65_536])
    return (block[: found.start()], block[found.end() :]) if found else (block, b"")


def _fields(head: bytes) -> dict[bytes, bytes]:
    """The fields of a head by lower-case names; cut by hand, since a pattern can be made to take hours over a hostile line."""
    parted = (line.partition(b":") for line in head.split(b"\n"))
    return {name.strip().lower(): value.strip() for name, colon, value in parted if colon}


def _unchunked(body: bytes) -> bytes:
    """The chunks joined; a body that is not chunked after all (many archives keep it joined) stays as it is."""
    parts: list[bytes] = []
    at = 0
    while line := re.compile(rb"([0-9A-Fa-f]{1,8})(?:;[^\r\n]*)?\r?\n").match(body, at):
        size = int(line[1], 16)
        if size == 0:
            return b"".join(parts)
        parts.append(body[line.end() : line.end() + size])
        at = line.end() + size
        at += 2 if body[at : at + 2] == b"\r\n" else 1
    if parts and at < len(body):
        raise FormatError("the chunks of the answer are damaged")
    return b"".join(parts) or body


def _unpacked(body: bytes, packing: bytes, limits: Limits) -> bytes:
    if packing in (b"", b"identity", b"none") or not body:
        return body
    if packing == b"br":
        return _checked(_brotli(body, limits), limits)
    if packing in (b"gzip", b"x-gzip", b"deflate"):
        return _checked(_zlib(body, packing, limits), limits)
    raise FormatError(f"the answer is packed as {packing.decode('ascii', 'replace')!r}; expected gzip, deflate or br")


def _zlib(body: bytes, packing: bytes, limits: Limits) -> bytes:
    if packing != b"deflate" and not body.startswith(b"\x1f\x8b"):
        return body  # the archive keeps it unpacked under the old head
    for bits in (31,) if packing != b"deflate" else (15, -15):
        try:
            return zlib.decompressobj(bits).decompress(body, limits.file_bytes + 1)
        except zlib.error as error:
            wrong = error
    raise FormatError(f"the packed body of the answer is damaged: {wrong}")


def _brotli(body: bytes, limits: Limits) -> bytes:
    if body.lstrip()[:1] == b"<":
        return body  # the archive keeps it unpacked under the old head
    try:
        import brotli  # type: ignore[import-untyped,unused-ignore]
    except ImportError as error:
        raise FormatError("the answer is packed with Brotli; install 'dragoman[archives]' and read it again") from error
    unpack: Callable[..., bytes] = brotli.Decompressor().process
    try:
        return unpack(body, output_buffer_limit=limits.file_bytes + 1)
    except brotli.error as error:
        raise FormatError(f"the packed body of the answer is damaged: {error}") from error


def _checked(body: bytes, limits: Limits) -> bytes:
    if len(body) > limits.file_bytes:
        raise TooLargeError(f"the answer unpacks to more than {limits.file_bytes // 1_000_000} MB; refused")
    return body
