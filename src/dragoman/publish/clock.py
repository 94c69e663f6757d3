"""The time that editions carry: SOURCE_DATE_EPOCH where it is set, else now (see `settings`)."""

from __future__ import annotations

from datetime import UTC, datetime

from dragoman.settings import settings

LAST = datetime.fromtimestamp(4102444800, UTC)


def stamp() -> datetime:
    """The time of writing, in UTC, to the second; the same for all editions that one run writes."""
    return min(settings().now.replace(microsecond=0), LAST)
