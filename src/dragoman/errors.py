"""The tree of errors.

DragomanError
├── UsageError            the user asked for something that cannot be: exit status 2
├── ReadError             a report could not be read: becomes a Failure row
├── DataError             a shipped or user data file is broken: names the file and the entry
└── LedgerError           the ledger cannot be used: nothing is touched

Every message says what was expected, what came, and what to do. Errors about one item become `model.Failure` rows;
errors about the run are raised. Subclasses live beside the code that raises them.
"""

from __future__ import annotations

import traceback
from pathlib import Path


class DragomanError(Exception):
    """Base of all errors that the program raises on purpose; its text is shown to the user as it is."""


class UsageError(DragomanError):
    """The user asked for something that cannot be done."""


class ReadError(DragomanError):
    """One report could not be read."""


class DataError(DragomanError):
    """A data file (codebook, lexicon, registry, weights) is missing or broken."""


class LedgerError(DragomanError):
    """The ledger cannot be opened, read or written."""


def fault(error: BaseException) -> str:
    """One line on an error that nobody meant to happen, with the place in the program, for the user to pass on."""
    frames = traceback.extract_tb(error.__traceback__)
    place = f" ({Path(frames[-1].filename).name}, line {frames[-1].lineno})" if frames else ""
    return f"a fault of the program, please report it: {error!r}{place}"
