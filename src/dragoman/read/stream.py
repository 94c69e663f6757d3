"""REPORTS in, reports and failures out, in input order: one bad item never stops the rest."""

from __future__ import annotations

import logging
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date

from ..errors import ReadError, fault
from ..model import Failure, Report
from .draft import Draft, finished
from .feed import read_feed
from .html import read_html
from .limits import LIMITS, FormatError, Limits, TooLargeError
from .mail import read_mail
from .packed import is_epub, read_epub
from .pdf import read_pdf
from .sniff import decoded, kind_of
from .sources import Item, items
from .text import read_text

log = logging.getLogger(__name__)


def read(
    arguments: Sequence[str], published: date | None = None, limits: Limits = LIMITS
) -> Iterator[Report | Failure]:
    """Each report that the arguments name, or why it could not be read.

    Args:
        arguments: files, folders, patterns, `-`, http(s) URLs.
        published: the day of publication for reports that tell none.

    Raises:
        UsageError: an argument names nothing.
    """
    for item in items(arguments):
        if isinstance(item, Failure):
            yield item
        else:
            yield from read_item(item, published, limits)


def read_item(item: Item, published: date | None = None, limits: Limits = LIMITS) -> Iterator[Report | Failure]:
    """The reports of one input: one, or as many as a feed has entries."""
    try:
        data = item.data(limits)
        for draft in drafts(data, item.url, limits):
            yield _report(draft, item, published, limits)
    except (ReadError, OSError) as error:
        yield _failure(error, item)
    except RecursionError:
        yield _failure(FormatError("nested too deeply to be read"), item)
    except MemoryError:
        yield _failure(TooLargeError("it needs more memory than there is; split it and read the parts"), item)
    except Exception as error:  # strangers' bytes find faults in the libraries that read them; the rest must be read
        log.exception("%s could not be read", item.name)
        yield Failure("read", type(error).__name__, f"{item.name}: {fault(error)}", item.name)


def drafts(data: bytes, url: str | None = None, limits: Limits = LIMITS) -> Iterator[Draft]:
    """What the bytes hold, by their kind.

    Raises:
        ReadError: see the readers.
    """
    kind = kind_of(data)
    if kind == "feed":
        yield from read_feed(data, limits)
    elif kind == "pdf":
        yield _with_url(read_pdf(data, limits), url)
    elif kind == "zip":
        if not is_epub(data):
            raise FormatError("a zip archive that is no EPUB; unpack it and read the files")
        yield read_epub(data, limits)
    elif kind == "mail":
        yield read_mail(data)
    elif kind == "html":
        yield read_html(decoded(data), url)
    elif kind == "text":
        yield _with_url(read_text(decoded(data)), url)
    else:
        raise FormatError(f"the bytes are of the kind {kind!r}; expected text, HTML, PDF, mail, EPUB or a feed")


def _report(draft: Draft, item: Item, published: date | None, limits: Limits) -> Report | Failure:
    """The finished report; an entry of a feed that fails does not take the others with it."""
    try:
        report = finished(draft, limits)
    except ReadError as error:
        return _failure(error, item)
    return report if report.published or not published else replace(report, published=published)


def _with_url(draft: Draft, url: str | None) -> Draft:
    return draft if draft.url else replace(draft, url=url)


def _failure(error: Exception, item: Item) -> Failure:
    message = f"{item.name}: {getattr(error, 'strerror', None) or error}"
    return Failure("read", type(error).__name__, message, item.name)
