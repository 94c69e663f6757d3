"""The bytes of a stream that may be packed with gzip in many members, with what is needed to go on behind damage."""

from __future__ import annotations

import zlib
from typing import BinaryIO

GZIP = b"\x1f\x8b\x08"
READ, INFLATE = 1 << 16, 1 << 18
KEPT = 64_000_000
"""Bytes of a packed member that are kept to look for the next one in them, should it be damaged."""


class DamagedError(Exception):
    """A part of the stream is damaged; reading on gives what follows it."""


class Members:
    """A stream, unpacked where it is gzip."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream
        self._raw = stream.read(READ)
        self._packed = self._raw.startswith(GZIP)
        self._inflater: zlib._Decompress | None = None
        self._member = bytearray()
        self._ready = b""

    def line(self, limit: int) -> bytes:
        """The next line with its end, at most `limit` bytes; nothing at the end.

        Raises:
            DamagedError: a part of the stream could not be unpacked; what was unpacked of it is dropped.
        """
        while (end := self._ready.find(b"\n")) < 0 and len(self._ready) < limit:
            more = self._more()
            if not more:
                break
            self._ready += more
        cut = min(end + 1 if end >= 0 else len(self._ready), limit)
        line, self._ready = self._ready[:cut], self._ready[cut:]
        return line

    def exactly(self, count: int, *, keep: bool) -> bytes:
        """The next `count` bytes; nothing where they are not kept.

        Raises:
            DamagedError: there are fewer, or a part could not be unpacked. What there was is read again.
        """
        parts: list[bytes] = []
        left = count
        while left > 0:
            self._ready = self._ready or self._more()
            if not self._ready:
                self._ready = b"".join(parts)
                raise DamagedError("a record is shorter than it says")
            part, self._ready = self._ready[:left], self._ready[left:]
            left -= len(part)
            if keep:
                parts.append(part)
        return b"".join(parts)

    def peek(self, count: int) -> bytes:
        """The next bytes, left where they are; fewer at the end or before damage, which is told by the next reading."""
        if len(self._ready) < count and not self._packed:
            self._ready += self._more()
        return self._ready[:count]

    def unread(self, data: bytes) -> None:
        """Puts bytes back."""
        self._ready = data + self._ready

    def _more(self) -> bytes:
        if self._packed:
            return self._inflated()
        raw, self._raw = self._raw or self._stream.read(READ), b""
        return raw

    def _inflated(self) -> bytes:
        while True:
            if not self._raw:
                self._raw = self._stream.read(READ)
                if not self._raw:
                    return self._ended()
            if self._inflater is None and not self._begun():
                continue
            assert self._inflater is not None
            try:
                out = self._inflater.decompress(self._raw, INFLATE)
            except zlib.error as error:
                self._back_to_next()
                raise DamagedError(f"it cannot be unpacked ({error})") from error
            rest = self._inflater.unused_data if self._inflater.eof else self._inflater.unconsumed_tail
            if len(self._member) <= KEPT:
                self._member += self._raw[: len(self._raw) - len(rest)]
            self._raw = rest
            if self._inflater.eof:
                self._inflater = None
            if out:
                return out

    def _ended(self) -> bytes:
        if self._inflater is None:
            return b""
        self._back_to_next()
        raise DamagedError("it is cut off")

    def _begun(self) -> bool:
        """Whether a member begins here; zeros between members (of tapes and blocks) are passed over."""
        self._raw = self._raw.lstrip(b"\x00")
        while 0 < len(self._raw) < len(GZIP) and (more := self._stream.read(READ)):
            self._raw += more
        if not self._raw:
            return False
        if not self._raw.startswith(GZIP):
            self._member = bytearray()
            self._back_to_next()
            raise DamagedError("bytes between the packed members")
        self._inflater, self._member = zlib.decompressobj(31), bytearray()
        return True

    def _back_to_next(self) -> None:
        """Drops the damaged member: goes to the next beginning of one, which unpacking may have run past already."""
        held = bytes(self._member) + self._raw
        self._inflater, self._member, self._ready = None, bytearray(), b""
        at = held.find(GZIP, 1)
        while at < 0:
            kept = held[-2:]
            more = self._stream.read(READ)
            if not more:
                self._raw = b""
                return
            held = kept + more
            at = held.find(GZIP)
        self._raw = held[at:]
