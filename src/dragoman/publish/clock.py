"""The time that editions carry: SOURCE_DATE_EPOCH where it is set, else now."""

from __future__ import annotations

import os
from datetime import UTC, datetime


def stamp() -> datetime:
    """The time of writing, in UTC, to the second."""
    given = os.environ.get("SOURCE_DATE_EPOCH", "")
    moment = int(given) if given.isdecimal() else int(datetime.now(UTC).timestamp())
    return datetime.fromtimestamp(min(moment, 4102444800), UTC)
