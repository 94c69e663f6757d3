"""RSS and Atom files: each entry that holds text is a report of its own. Links are not followed."""

from __future__ import annotations

import calendar
from collections.abc import Iterator
from datetime import UTC, date, datetime
from typing import Any

import feedparser

from .draft import Draft, tidied
from .html import read_html
from .limits import LIMITS, EmptyError, FormatError, Limits, TooLargeError

DOCTYPE = b"<!ENTITY"


def read_feed(data: bytes, limits: Limits = LIMITS) -> Iterator[Draft]:
    """The drafts of a feed's entries, in its order.

    Raises:
        FormatError: it declares entities (an attack, no feed needs them) or cannot be parsed.
        EmptyError: it has no entries.
        TooLargeError: it has more entries than the cap (after those up to the cap).
    """
    if DOCTYPE in data[:100_000]:
        raise FormatError("the feed declares XML entities, which no feed needs; refused")
    parsed = feedparser.parse(data, sanitize_html=True, resolve_relative_uris=False)
    if not parsed.entries:
        if parsed.get("bozo"):
            raise FormatError(f"the feed cannot be parsed: {parsed.get('bozo_exception')}")
        raise EmptyError("the feed has no entries")
    outlet = tidied(parsed.feed.get("title", "")) or None
    for entry in parsed.entries[: limits.members]:
        yield _draft(entry, outlet)
    if len(parsed.entries) > limits.members:
        raise TooLargeError(
            f"the feed has {len(parsed.entries):,} entries; the first {limits.members:,} were read. Split it and read the rest"
        )


def _draft(entry: Any, outlet: str | None) -> Draft:
    content = entry.get("content") or []
    html = max((str(c.get("value", "")) for c in content), key=len, default="") or str(entry.get("summary", ""))
    tags = [t.get("term") for t in entry.get("tags") or [] if t.get("term")]
    return Draft(
        paragraphs=_paragraphs(html),
        title=tidied(entry.get("title", "")) or None,
        url=entry.get("link"),
        outlet=outlet,
        section=tags[0] if tags else None,
        authors=tuple(tidied(a.get("name", "")) for a in entry.get("authors") or [] if a.get("name")),
        published=_day(entry.get("published_parsed") or entry.get("updated_parsed")),
    )


def _paragraphs(html: str) -> tuple[str, ...]:
    if "<" not in html:
        return tuple(p for p in html.split("\n") if p.strip())
    try:
        return read_html(f"<html><body><article>{html}</article></body></html>").paragraphs
    except EmptyError:
        return ()


def _day(parsed: Any) -> date | None:
    return datetime.fromtimestamp(calendar.timegm(parsed), tz=UTC).date() if parsed else None
