"""One line of JSON as a record."""

from __future__ import annotations

import json
from typing import Any

from .limits import EncodingError, FormatError


def record_of(line: bytes) -> dict[str, Any]:
    """The object of a line.

    Raises:
        EncodingError: not UTF-8.
        FormatError: not JSON, or no object.
    """
    try:
        record = json.loads(line.decode("utf-8"))
    except UnicodeDecodeError as error:
        raise EncodingError(f"not UTF-8 ({error.reason}); save the file as UTF-8") from error
    except ValueError as error:
        raise FormatError(f"not JSON: {error}") from error
    if not isinstance(record, dict):
        raise FormatError(f"expected an object with the text of a report, got {type(record).__name__}")
    return record
