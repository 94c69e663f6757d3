"""ZIP archives, member by member. Nothing is written to disk, so paths inside cannot escape; sizes are what is guarded."""

from __future__ import annotations

import struct
import zipfile
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import BinaryIO

from ...model import Failure
from ..limits import MB, FormatError, Limits, TooLargeError
from ..pieces import Piece, caught, failure_of
from ..sources import SKIPPED_SUFFIXES

DIRECTORY_BYTES = 200 * MB
"""How long the list of members may be: it is the one part that is held in memory."""

OFFICE = ("word/document.xml", "xl/workbook.xml", "ppt/presentation.xml", "content.xml", "META-INF/container.xml")
"""Members by which documents that are zips are known: DOCX, XLSX, PPTX, OpenDocument, EPUB."""

END = b"PK\x05\x06"
BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, struct.error, RuntimeError)
"""What zipfile raises for damaged, encrypted and unknown members."""


@dataclass(frozen=True)
class Member:
    """A member that may be opened."""

    archive: zipfile.ZipFile
    info: zipfile.ZipInfo
    place: str


def is_document(stream: BinaryIO, limits: Limits) -> bool:
    """Whether a zip is one document of an office program or a book; the stream stands at its start afterwards.

    Raises:
        FormatError: it is no sound zip.
        TooLargeError: it lists more members than are read.
    """
    with _archive(stream, limits) as archive:
        names = set(archive.namelist())
    stream.seek(0)
    return "mimetype" in names or any(name in names for name in OFFICE)


def members(stream: BinaryIO, name: str, limits: Limits) -> Iterator[Member | Failure]:
    """The members in the order of the archive; those that no report can be (code, hidden files) are left out.

    Raises:
        FormatError, TooLargeError: see `is_document`; also where members overlap, as bombs do.
    """
    with _archive(stream, limits) as archive:
        infos = archive.infolist()
        size = stream.seek(0, 2)
        if sum(info.compress_size for info in infos) > size:
            raise TooLargeError("its members overlap, which only archives made to do harm have; refused")
        for info in infos:
            place = f"{name}!{info.filename}"
            if info.is_dir() or _is_passed_over(info.filename):
                continue
            if info.file_size > limits.ratio * max(1, info.compress_size) and info.file_size > MB:
                said = f"it unpacks to more than {limits.ratio} times its size; refused"
                yield failure_of(TooLargeError(said), place)
            else:
                yield Member(archive, info, place)


def guarded_member(
    member: Member, read: Callable[[BinaryIO, str], Iterator[Piece | Failure]]
) -> Iterator[Piece | Failure]:
    """What `read` makes of a member, and a failure at the end where it is damaged."""
    with caught(member.place) as broken:
        try:
            with member.archive.open(member.info) as file:
                yield from read(_Forward(file), member.place)  # type: ignore[arg-type]
        except RecursionError:
            raise
        except BROKEN as error:
            raise FormatError(f"the member is damaged, encrypted or packed in an unknown way: {error}") from error
    if broken.failure is not None:
        yield broken.failure


class _Forward:
    """A member as a stream that is only read forward: going back would unpack it again from its start."""

    def __init__(self, file: object) -> None:
        self._file = file

    def seekable(self) -> bool:
        return False

    def __getattr__(self, name: str) -> object:
        return getattr(self._file, name)


def _archive(stream: BinaryIO, limits: Limits) -> zipfile.ZipFile:
    _must_be_short(stream, limits)
    try:
        return zipfile.ZipFile(stream)
    except BROKEN as error:
        raise FormatError(f"not a sound zip archive: {error}") from error


def _must_be_short(stream: BinaryIO, limits: Limits) -> None:
    """Refuses an archive for its list of members before that is loaded (APPNOTE 6.3.10, sections 4.3.14 and 4.3.16)."""
    size = stream.seek(0, 2)
    stream.seek(max(0, size - 65_557 - 20))
    tail = stream.read()
    stream.seek(0)
    at = tail.rfind(END)
    if at < 0 or len(tail) < at + 22:
        raise FormatError("not a sound zip archive: its list of members is missing; it may be cut off")
    count, length = struct.unpack_from("<HI", tail, at + 10)
    zip64 = tail.rfind(b"PK\x06\x06", 0, at)
    if zip64 >= 0 and len(tail) >= zip64 + 48:
        count, length = struct.unpack_from("<QQ", tail, zip64 + 32)
    if count > limits.archive_members or length > DIRECTORY_BYTES:
        raise TooLargeError(
            f"the archive lists {count:,} members in {length // MB:,} MB; at most {limits.archive_members:,} in {DIRECTORY_BYTES // MB} MB"
            " are read. Split it"
        )


def _is_passed_over(filename: str) -> bool:
    path = PurePosixPath(filename)
    hidden = any(part.startswith((".", "__MACOSX")) and part not in (".", "..") for part in path.parts)
    return hidden or path.suffix.lower() in SKIPPED_SUFFIXES
