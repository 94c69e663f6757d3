"""A piece is one input of a report, still as bytes: a file, or a member, line, row, record or article of an archive.

Cutting archives into pieces is cheap and is done by one process; turning a piece into reports is dear and can be done by many.
"""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date

from ..errors import DataError, ReadError, UsageError, fault
from ..model import Failure
from .limits import LIMITS, FormatError, Limits, TooLargeError

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Piece:
    """The bytes of one input.

    Args:
        name: how the user is told of it, "archive.zip!page.html".
        data: its bytes.
        url: where it was published, as far as the archive says.
        form: what the archive says of its bytes (`fields`, `http`, `export` …); None: told by the bytes.
        reached: how many bytes of all input lie before its end, for progress.
    """

    name: str
    data: bytes = field(repr=False)
    url: str | None = None
    form: str | None = None
    reached: int = 0


@dataclass(frozen=True)
class Options:
    """How inputs are read.

    Args:
        published: the day of publication for reports that tell none.
        columns: names of columns or fields by slot (`text`, `title`, `published` …), for tables and JSON Lines.
        limits: the caps.
    """

    published: date | None = None
    columns: tuple[tuple[str, str], ...] = ()
    limits: Limits = LIMITS


def key_of(piece: Piece, options: Options, coder: str) -> bytes:
    """16 bytes that tell this content again, read in this way and coded by this coder; no name or path counts."""
    told = (piece.url, piece.form, str(options.published), options.columns, coder)
    digest = hashlib.sha256(repr(told).encode("utf-8", "surrogatepass"))
    digest.update(piece.data)
    return digest.digest()[:16]


class Caught:
    """Why reading broke off, where it did."""

    failure: Failure | None = None


@contextmanager
def caught(name: str) -> Iterator[Caught]:
    """Turns whatever strangers' bytes raise inside the block into a failure; errors of the run pass."""
    found = Caught()
    try:
        yield found
    except (DataError, UsageError):
        raise
    except (ReadError, OSError) as error:
        found.failure = failure_of(error, name)
    except RecursionError:
        found.failure = failure_of(FormatError("nested too deeply to be read"), name)
    except MemoryError:
        found.failure = failure_of(
            TooLargeError("it needs more memory than there is; split it and read the parts"), name
        )
    except Exception as error:  # strangers' bytes find faults in the libraries that read them; the rest must be read
        log.exception("%s could not be read", name)
        found.failure = Failure("read", type(error).__name__, f"{name}: {fault(error)}", name)


def failure_of(error: Exception, name: str) -> Failure:
    """The failure row of an error."""
    message = f"{name}: {getattr(error, 'strerror', None) or error}"
    return Failure("read", type(error).__name__, message, name)
