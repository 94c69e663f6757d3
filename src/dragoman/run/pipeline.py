"""The pipeline: parse, find, code, report by report, in input order. It keeps no state between reports."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any

from ..coding import code
from ..coding.stance import judge_all
from ..errors import DragomanError
from ..find import find
from ..model import Coded, Failure, Parse, Report
from ..parse.adapters import open_parser
from ..registry import Registry
from ..settings import settings

log = logging.getLogger(__name__)

BATCH = 64
"""Reports parsed at a time: enough for the engine to sort sentences by length, few enough to keep memory flat."""

READ_LANGUAGES = (None, "en")
"""Languages the engine reads; None means too few letters to tell."""


class Pipeline:
    """The stages with their knowledge loaded once."""

    def __init__(self, engine: Any = None, registry: Registry | None = None) -> None:
        """Load what is not given: the shipped engine (or the one of the settings) and the shipped who's who."""
        self._engine = engine if engine is not None else open_parser(settings().engine)
        self._registry = registry if registry is not None else Registry.load(settings().registry)

    def code(self, reports: Iterable[Report], *, findings: bool = False) -> Iterator[Coded]:
        """Each report coded, in input order. What fails of one report becomes a failure row of that report.

        Args:
            findings: judge every predicate's stance, too (claims have theirs anyway).
        """
        stream = iter(reports)
        while batch := list(islice(stream, BATCH)):
            parses = self._parses(batch)
            for report, parse in zip(batch, parses, strict=True):
                yield parse if isinstance(parse, Coded) else self._coded(report, parse, findings)

    def _parses(self, batch: list[Report]) -> list[Parse | Coded]:
        """A parse for each report, or at once the coded report of one that the engine does not read."""
        read = [report for report in batch if report.language in READ_LANGUAGES]
        parses = iter(self._engine.parse_all([report.text for report in read]))
        return [next(parses) if report.language in READ_LANGUAGES else _unread(report) for report in batch]

    def _coded(self, report: Report, parse: Parse, findings: bool) -> Coded:
        stage = "find"
        try:
            found = find(report, parse, self._registry)
            stage = "code"
            claims = code(report, parse, found)
            stances = judge_all(parse) if findings else ()
        except DragomanError as error:
            return Coded(report, failures=(Failure(stage, type(error).__name__, str(error), report.id),))
        except Exception as error:  # a fault of ours in one report must not lose the other 99,999
            log.exception("report %s could not be coded", report.id)
            message = f"a fault of the program, please report it: {error!r}"
            return Coded(report, failures=(Failure(stage, type(error).__name__, message, report.id),))
        return Coded(report, claims, found, stances)


def _unread(report: Report) -> Coded:
    message = f"the text is in {report.language!r}; this engine reads English (en)"
    return Coded(report, failures=(Failure("parse", "UnsupportedLanguage", message, report.id),))
