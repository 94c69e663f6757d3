"""A single file packed with gzip, read as a stream with a cap on how far it may swell."""

from __future__ import annotations

import gzip
import io
import zlib
from typing import BinaryIO, cast

from ..limits import FormatError, Limits, TooLargeError

SMALL = 20_000_000
"""Bytes that may come out whatever the ratio."""


def unpacked(stream: BinaryIO, limits: Limits) -> BinaryIO:
    """The stream of what is packed.

    Raises, when read:
        FormatError: the bytes are damaged or cut off.
        TooLargeError: it unpacks to more than `limits.ratio` times its size.
    """
    return cast(BinaryIO, io.BufferedReader(_Unpacked(stream, limits), 1 << 16))


class _Unpacked(io.RawIOBase):
    def __init__(self, stream: BinaryIO, limits: Limits) -> None:
        self._packed = _Counted(stream)
        self._file = gzip.GzipFile(fileobj=self._packed)
        self._limits, self._out = limits, 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        try:
            part = self._file.read(len(buffer))
        except (EOFError, zlib.error, gzip.BadGzipFile) as error:
            raise FormatError(f"the gzip file is damaged or cut off: {error}; what stands before was read") from error
        self._out += len(part)
        if self._out > SMALL and self._out > self._limits.ratio * self._packed.count:
            raise TooLargeError(f"it unpacks to more than {self._limits.ratio} times its size; refused")
        buffer[: len(part)] = part
        return len(part)


class _Counted(io.RawIOBase):
    """A stream that counts what was read of it."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream, self.count = stream, 0

    def read(self, size: int = -1) -> bytes:
        part = self._stream.read(size)
        self.count += len(part)
        return part

    def readable(self) -> bool:
        return True
