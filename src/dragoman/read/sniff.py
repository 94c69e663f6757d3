"""What bytes are, judged by their content: a binary named `.txt` is a binary."""

from __future__ import annotations

import codecs
import re

from charset_normalizer import from_bytes

from .limits import EmptyError, EncodingError

SIGNATURES: tuple[tuple[bytes, str], ...] = (
    (b"%PDF-", "pdf"),
    (b"PK\x03\x04", "zip"),
    (b"PK\x05\x06", "zip"),
    (b"\x89PNG", "image"),
    (b"GIF8", "image"),
    (b"\xff\xd8\xff", "image"),
    (b"\x7fELF", "program"),
    (b"MZ\x90", "program"),
    (b"\x1f\x8b", "gzip"),
    (b"BZh", "bzip2"),
    (b"\xfd7zXZ", "xz"),
    (b"7z\xbc\xaf", "7z"),
    (b"SQLite format 3\x00", "sqlite"),
    (b"\xd0\xcf\x11\xe0", "old office file"),
    (b"{\\rtf", "rtf"),
    (b"WARC/", "warc"),
)
"""First bytes and what they mean (from the formats' own specifications)."""

BOMS: tuple[tuple[bytes, str], ...] = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)

MAIL_HEADER = re.compile(rb"\A(?:[!-9;-~]+:[^\r\n]*\r?\n(?:[ \t][^\r\n]*\r?\n)*){2,}", re.IGNORECASE)
MAIL_FIELDS = (b"from:", b"subject:", b"mime-version:", b"message-id:", b"received:", b"date:", b"to:")
HTML_START = re.compile(
    rb"<!doctype\s+html|<html[\s>]|<head[\s>]|<body[\s>]|<article[\s>]|<div[\s>]|<p[\s>]", re.IGNORECASE
)
SAVED_PAGE = re.compile(
    rb"^(?:snapshot-content-location:|from:[^\r\n]*<?saved by|content-type:\s*multipart/related(?:[^\r\n]|\r?\n[ \t])*type=\"?text/html)",
    re.IGNORECASE | re.MULTILINE,
)
"""How browsers begin a page that they save as one file."""

FEED_START = re.compile(rb"<(?:rss|feed|rdf:RDF)[\s>]", re.IGNORECASE)
DECLARED = re.compile(rb"""(?:charset|encoding)\s*=\s*["']?\s*([A-Za-z0-9._-]{2,40})""", re.IGNORECASE)

HEAD = 4096
"""How many bytes are looked at to tell what a file is."""

MOST_CONTROL = 0.02
"""Share of control characters (tab, newline, form feed apart) above which bytes are not text."""


MOST_HIGH = 0.15
"""Share of bytes above 127 below which text is Western European: English and its neighbours in Windows-1252."""


def kind_of(data: bytes) -> str:
    """One of pdf, zip, mail, mhtml, feed, html, text, or the name of a kind that is not read (`image`, `program` …).

    Raises:
        EmptyError: nothing but blanks.
    """
    head = data[:HEAD]
    bare = head.lstrip(b"\xef\xbb\xbf \t\r\n")
    if not data.strip(b"\x00 \t\r\n\xef\xbb\xbf"):
        raise EmptyError("the file is empty; expected the text of a report")
    for signature, kind in SIGNATURES:
        if bare.startswith(signature):
            return kind
    if MAIL_HEADER.match(bare) and sum(field in head.lower() for field in MAIL_FIELDS) >= 2:
        return "mhtml" if SAVED_PAGE.search(head) else "mail"
    if FEED_START.search(head):
        return "feed"
    if HTML_START.search(head):
        return "html"
    return "text"


def decoded(data: bytes, declared: str | None = None) -> str:
    """The text of these bytes.

    Order: byte order mark; UTF-8; the encoding declared (outside or in the first bytes); a guess from the bytes.

    Raises:
        EncodingError: the bytes are binary, or no encoding fits.
    """
    for mark, name in BOMS:
        if data.startswith(mark):
            return _strict(data, name)
    looks_utf16 = _looks_utf16(data)
    if looks_utf16:
        return _checked(_strict(data, looks_utf16))
    if b"\x00" in data:
        raise EncodingError(
            "the bytes are not text: they hold NUL characters; expected text, HTML, PDF, mail, EPUB, DOCX, a feed or an archive of these"
        )
    try:
        return _checked(data.decode("utf-8"))
    except UnicodeDecodeError:
        pass
    for encoding in (declared, _declared_in(data)):
        text = _try(data, encoding) if encoding else None
        if text is not None:
            return _checked(text)
    return _checked(_guessed(data))


def _strict(data: bytes, name: str) -> str:
    try:
        return data.decode(name)
    except UnicodeDecodeError as error:
        raise EncodingError(
            f"the byte order mark says {name}, but the bytes are not: {error.reason} at byte {error.start}"
        ) from error


def _try(data: bytes, name: str) -> str | None:
    try:
        codec = codecs.lookup(name)
    except LookupError:
        return None
    # A page that says ISO-8859-1 is in practice Windows-1252 (WHATWG Encoding Standard, section 4.2).
    chosen = "cp1252" if codec.name in ("iso8859-1", "ascii") else codec.name
    try:
        return data.decode(chosen)
    except (UnicodeDecodeError, LookupError):
        return None


def _declared_in(data: bytes) -> str | None:
    found = DECLARED.search(data[:2048])
    return found.group(1).decode("ascii") if found else None


def _looks_utf16(data: bytes) -> str | None:
    """UTF-16 without a mark shows as a NUL in every second byte of mostly Latin text."""
    sample = data[:2000]
    if len(sample) < 8:
        return None
    even, odd = sample[0::2].count(0) / len(sample[0::2]), sample[1::2].count(0) / max(1, len(sample[1::2]))
    if odd > 0.6 and even < 0.1:
        return "utf-16-le"
    return "utf-16-be" if even > 0.6 and odd < 0.1 else None


def _guessed(data: bytes) -> str:
    if sum(byte > 127 for byte in data[:20_000]) < MOST_HIGH * len(data[:20_000]):
        text = _try(data, "cp1252")
        if text is not None:
            return text
    best = from_bytes(data[:200_000]).best()
    if best is None:
        raise EncodingError("no text encoding fits these bytes; save the report as UTF-8 and read it again")
    return data.decode(best.encoding, errors="replace")


def _checked(text: str) -> str:
    sample = text[:20_000]
    control = sum(1 for c in sample if (ord(c) < 32 and c not in "\t\n\r\f\v\x1e\x1f") or c == "\ufffd")
    if sample and control / len(sample) > MOST_CONTROL:
        raise EncodingError(
            "the bytes are not text (too many control characters); expected text, HTML, PDF, mail, EPUB, DOCX, a feed or an archive of these"
        )
    return text
