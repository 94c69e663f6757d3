"""EPUB books: a zip opened with caps on members, sizes and ratio; nothing is ever written to disk from it."""

from __future__ import annotations

import io
import posixpath
import zipfile
import zlib
from typing import Any

from defusedxml import ElementTree
from defusedxml.common import DefusedXmlException

from .dates import iso_date
from .draft import Draft, tidied
from .html import read_html
from .limits import LIMITS, EmptyError, FormatError, Limits, TooLargeError
from .sniff import decoded

OPF = "{http://www.idpf.org/2007/opf}"
DC = "{http://purl.org/dc/elements/1.1/}"
CONTAINER = "{urn:oasis:names:tc:opendocument:xmlns:container}"


def is_epub(data: bytes) -> bool:
    """Whether a zip says it is an EPUB (OCF 3.3, section 4.3: an uncompressed first member `mimetype`)."""
    return b"application/epub+zip" in data[:200]


def read_epub(data: bytes, limits: Limits = LIMITS) -> Draft:
    """The draft of a book: its chapters in reading order, as one report.

    Raises:
        FormatError: not a sound EPUB.
        TooLargeError: unpacked it is larger than a cap.
        EmptyError: no chapter has text.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as book:
            return _book(Archive(book, limits))
    except DefusedXmlException as error:
        raise FormatError("the EPUB declares XML entities, which no book needs; refused") from error
    except RecursionError:
        raise
    except RuntimeError as error:  # what zipfile raises for a member that needs a password, or an unknown method
        raise FormatError(
            f"the EPUB is encrypted or packed in an unknown way; take the protection off: {error}"
        ) from error
    except (zipfile.BadZipFile, zlib.error, EOFError, KeyError, ValueError, ElementTree.ParseError) as error:
        raise FormatError(f"not a sound EPUB: {error}") from error


class Archive:
    """A zip read with caps: on the number of members, and on what comes out of it."""

    def __init__(self, archive: zipfile.ZipFile, limits: Limits) -> None:
        self._archive, self._limits, self._left = archive, limits, limits.unpacked_bytes
        if len(archive.infolist()) > limits.members:
            raise TooLargeError(
                f"the archive has {len(archive.infolist()):,} members; at most {limits.members:,} are read"
            )

    def member(self, name: str) -> bytes:
        """The bytes of one member.

        Raises:
            KeyError: there is no such member.
            TooLargeError: it, or all read so far, unpacks to more than the caps.
        """
        info = self._archive.getinfo(name)
        if info.file_size > self._limits.ratio * max(1, info.compress_size) and info.file_size > 1_000_000:
            raise TooLargeError(f"{name} unpacks to more than {self._limits.ratio} times its size; refused")
        with self._archive.open(info) as file:
            data = file.read(self._left + 1)
        self._left -= len(data)
        if self._left < 0:
            raise TooLargeError(
                f"the archive unpacks to more than {self._limits.unpacked_bytes // 1_000_000} MB; refused"
            )
        return data


def _book(archive: Archive) -> Draft:
    container = ElementTree.fromstring(archive.member("META-INF/container.xml"))
    root = container.find(f".//{CONTAINER}rootfile")
    if root is None:
        raise FormatError("not a sound EPUB: its container names no package file")
    place = str(root.get("full-path"))
    package = ElementTree.fromstring(archive.member(place))
    chapters = [_chapter(archive, name) for name in _spine(package, posixpath.dirname(place))]
    paragraphs = tuple(p for chapter in chapters for p in chapter)
    if not paragraphs:
        raise EmptyError("no chapter of the book has text")
    return Draft(
        paragraphs=paragraphs,
        title=_said(package, "title"),
        outlet=_said(package, "publisher"),
        authors=tuple(tidied(e.text or "") for e in package.iter(f"{DC}creator") if (e.text or "").strip()),
        published=iso_date(_said(package, "date")),
    )


def _spine(package: Any, folder: str) -> list[str]:
    hrefs = {item.get("id"): item for item in package.iter(f"{OPF}item")}
    names = []
    for ref in package.iter(f"{OPF}itemref"):
        item = hrefs.get(ref.get("idref"))
        if item is not None and "nav" not in (item.get("properties") or ""):
            names.append(posixpath.normpath(posixpath.join(folder, str(item.get("href")))))
    return names


def _chapter(archive: Archive, name: str) -> tuple[str, ...]:
    try:
        draft = read_html(decoded(archive.member(name)))
    except (EmptyError, KeyError):
        return ()
    return (draft.title, *draft.paragraphs) if draft.title and draft.title not in draft.paragraphs else draft.paragraphs


def _said(package: Any, name: str) -> str | None:
    element = package.find(f".//{DC}{name}")
    return tidied(element.text or "") or None if element is not None else None
