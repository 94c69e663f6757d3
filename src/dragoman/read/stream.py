"""REPORTS in, reports and failures out, in input order: one bad item never stops the rest."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from ..errors import ReadError
from ..model import Failure, Report
from .archives import opened
from .columns import read_fields
from .docx import is_docx, read_docx
from .draft import Draft, finished
from .exports import exports, read_export
from .feed import read_feed
from .html import read_html
from .http import body_of
from .limits import LIMITS, FormatError, Limits
from .mail import read_mail
from .mhtml import read_mhtml
from .packed import is_epub, read_epub
from .pdf import read_pdf
from .pieces import Options, Piece, caught, failure_of
from .records import record_of
from .sniff import decoded, kind_of
from .sources import items
from .text import read_text

log = logging.getLogger(__name__)


def read(
    arguments: Sequence[str],
    published: date | None = None,
    limits: Limits = LIMITS,
    columns: tuple[tuple[str, str], ...] = (),
) -> Iterator[Report | Failure]:
    """Each report that the arguments name, or why it could not be read.

    Args:
        arguments: files, folders, patterns, archives, `-`, http(s) URLs.
        published: the day of publication for reports that tell none.
        limits: the caps.
        columns: which column of a table is what, (slot, name).

    Raises:
        UsageError: an argument names nothing.
    """
    options = Options(published, columns, limits)
    for piece in pieces(arguments, options):
        if isinstance(piece, Failure):
            yield piece
        else:
            yield from read_piece(piece, options)


def pieces(arguments: Sequence[str], options: Options) -> Iterator[Piece | Failure]:
    """The inputs as bytes, in the order given; archives are cut into theirs as they are read.

    Raises:
        UsageError: an argument names nothing.
    """
    before = 0
    for item in items(arguments):
        if isinstance(item, Failure):
            yield item
            continue
        with caught(item.name) as broken, item.opened(options.limits) as (stream, size):
            for piece in opened(stream, item.name, options, item.url):
                yield _placed(piece, before, stream, size)
        if broken.failure is not None:
            yield broken.failure
        before += item.size


def _placed(piece: Piece | Failure, before: int, stream: Any, size: int) -> Piece | Failure:
    """The piece with how far reading has come."""
    if isinstance(piece, Failure) or not size:
        return piece
    return replace(piece, reached=before + min(size, stream.tell()))


def read_piece(piece: Piece, options: Options) -> Iterator[Report | Failure]:
    """The reports of one piece: one, or as many as a feed or a document has."""
    with caught(piece.name) as broken:
        for draft in drafts(piece, options):
            yield _report(draft, piece, options)
    if broken.failure is not None:
        yield broken.failure


def drafts(piece: Piece, options: Options) -> Iterator[Draft]:
    """What the bytes hold, by what the archive says of them, else by their kind.

    Raises:
        ReadError: see the readers.
    """
    form, _, name = (piece.form or "").partition(" ")
    if form == "fields":
        yield read_fields(record_of(piece.data), options.columns)
    elif form == "mail":
        yield read_mail(piece.data)
    elif form == "export":
        yield read_export(decoded(piece.data), exports()[name])
    elif form == "http":
        data, charset = body_of(piece.data, options.limits)
        yield from _by_kind(data, piece.url, charset, options.limits)
    else:
        yield from _by_kind(piece.data, piece.url, None, options.limits)


def _by_kind(data: bytes, url: str | None, charset: str | None, limits: Limits) -> Iterator[Draft]:
    kind = kind_of(data)
    if kind == "feed":
        yield from read_feed(data, limits)
    elif kind == "zip":
        yield from _zipped(data, limits)
    elif kind in READERS:
        yield _with_url(READERS[kind](data, url, charset, limits), url)
    else:
        raise FormatError(
            f"the bytes are of the kind {kind!r}; expected text, HTML, PDF, mail, EPUB, DOCX, a feed or an archive of these"
        )


READERS: dict[str, Callable[[bytes, str | None, str | None, Limits], Draft]] = {
    "pdf": lambda data, url, charset, limits: read_pdf(data, limits),
    "mail": lambda data, url, charset, limits: read_mail(data),
    "mhtml": lambda data, url, charset, limits: read_mhtml(data),
    "html": lambda data, url, charset, limits: read_html(decoded(data, charset), url),
    "text": lambda data, url, charset, limits: read_text(decoded(data, charset)),
}
"""Readers of kinds that hold one report."""


def _zipped(data: bytes, limits: Limits) -> Iterator[Draft]:
    if is_epub(data):
        yield read_epub(data, limits)
    elif is_docx(data):
        yield from read_docx(data, limits)
    else:
        raise FormatError("a zip of a kind that is not read; expected EPUB, DOCX or an archive of reports")


def _report(draft: Draft, piece: Piece, options: Options) -> Report | Failure:
    """The finished report; an entry of a feed that fails does not take the others with it."""
    try:
        report = finished(draft, options.limits)
    except ReadError as error:
        return failure_of(error, piece.name)
    given = options.published
    return report if report.published or not given else replace(report, published=given)


def _with_url(draft: Draft, url: str | None) -> Draft:
    return draft if draft.url else replace(draft, url=url)
