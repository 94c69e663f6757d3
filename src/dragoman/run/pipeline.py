"""The pipeline: parse, find, code, report by report, in input order. It keeps no state between reports."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any, TypeGuard

from ..coding import code
from ..coding.stance import judge_all
from ..errors import DataError, DragomanError, fault
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

    def code(self, items: Iterable[Report | Failure], *, findings: bool = False) -> Iterator[Coded | Failure]:
        """Each report coded, in input order; failures of reading pass through at their place.

        What fails of one report becomes a failure row of that report.

        Args:
            findings: judge every predicate's stance, too (claims have theirs anyway).
        """
        stream = iter(items)
        while batch := list(islice(stream, BATCH)):
            parses = self._parses([item for item in batch if _is_read(item)])
            for item in batch:
                if isinstance(item, Failure):
                    yield item
                else:
                    yield self._coded(item, next(parses), findings) if _is_read(item) else _unread(item)

    def _parses(self, reports: list[Report]) -> Iterator[Parse | Exception]:
        """A parse for each report; where the engine fails on one of them, they are parsed one by one to find it."""
        try:
            yield from list(self._engine.parse_all([report.text for report in reports]))
            return
        except DragomanError:
            raise
        except Exception:
            log.warning(
                "the engine failed on a batch; its %d reports are parsed one by one", len(reports), exc_info=True
            )
        for report in reports:
            try:
                yield self._engine.parse(report.text)
            except Exception as error:
                log.exception("report %s could not be parsed", report.id)
                yield error

    def _coded(self, report: Report, parse: Parse | Exception, findings: bool) -> Coded:
        if isinstance(parse, Exception):
            return Coded(report, failures=(_fault("parse", parse, report),))
        stage = "find"
        try:
            found = find(report, parse, self._registry)
            stage = "code"
            claims = code(report, parse, found)
            stances = judge_all(parse) if findings else ()
        except DataError:  # a broken data file is wrong for every report: said once, to the user
            raise
        except DragomanError as error:
            return Coded(report, failures=(Failure(stage, type(error).__name__, str(error), report.id),))
        except Exception as error:  # a fault of ours in one report must not lose the other 99,999
            log.exception("report %s could not be coded", report.id)
            return Coded(report, failures=(_fault(stage, error, report),))
        return Coded(report, claims, found, stances)


def _is_read(item: Report | Failure) -> TypeGuard[Report]:
    return isinstance(item, Report) and item.language in READ_LANGUAGES


def _fault(stage: str, error: Exception, report: Report) -> Failure:
    return Failure(stage, type(error).__name__, fault(error), report.id)


def _unread(report: Report) -> Coded:
    message = f"the text is in {report.language!r}; this engine reads English (en)"
    return Coded(report, failures=(Failure("parse", "UnsupportedLanguage", message, report.id),))
