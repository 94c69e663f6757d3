"""How much of a stranger's file is looked at. Every cap is named here, and a failure names the cap it met."""

from __future__ import annotations

from dataclasses import dataclass

from ..errors import ReadError

MB = 1_000_000


@dataclass(frozen=True)
class Limits:
    """Caps on one input. Bytes are of the file as it lies there unless said otherwise; times are seconds of wall clock."""

    file_bytes: int = 20 * MB
    pdf_bytes: int = 60 * MB
    unpacked_bytes: int = 60 * MB
    members: int = 5_000
    archive_members: int = 500_000
    ratio: int = 200
    text_chars: int = 2 * MB
    pdf_pages: int = 600
    pdf_seconds: int = 60
    pdf_memory_bytes: int = 1_500 * MB
    fetch_seconds: float = 30.0
    fetch_hops: int = 5


LIMITS = Limits()


class TooLargeError(ReadError):
    """An input is larger than a named cap."""


class EmptyError(ReadError):
    """There is no text to read."""


class EncodingError(ReadError):
    """The bytes are not text in any encoding that was tried."""


class FormatError(ReadError):
    """The bytes are not what they claim to be, or of a kind that is not read."""
