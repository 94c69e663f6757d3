"""A report, its spans, and the failures of reading it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Span:
    """Words of a report and where they stand."""

    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Report:
    """A news text with its metadata.

    `text` is the title, a blank line, then the body (or, with `--lines`, the given text unchanged). `body` is the offset
    at which the body starts (0 where the text has no title of its own). `id` is a digest of the canonical URL, else of
    outlet, date and normalised text. `notice` is correction, retraction, update or None; `replaces` names what it replaces.
    """

    id: str
    text: str
    title: str | None = None
    url: str | None = None
    outlet: str | None = None
    section: str | None = None
    authors: tuple[str, ...] = ()
    published: date | None = None
    language: str | None = None
    notice: str | None = None
    replaces: str | None = None
    body: int = 0


@dataclass(frozen=True, slots=True)
class Failure:
    """An item that could not be processed: the stage, the class of the error, what to tell the user, and of what."""

    stage: str
    error: str
    message: str
    source: str | None = None
