"""What is found in a report on the way to its claims: actors, times, places, quotations, and who each mention is."""

from __future__ import annotations

from dataclasses import replace

from ..model import Findings, Mention, Parse, Quotation, Report
from ..registry.index import Registry
from .actors import find_mentions
from .coreference import link
from .places import find_places
from .quotations import find_quotations
from .times import find_times


def find(report: Report, parse: Parse, registry: Registry) -> Findings:
    """Everything found in one report. Pure: the same report, parse and registry give the same findings."""
    times = find_times(report, parse)
    places = find_places(report, parse)
    quotations = find_quotations(report, parse)
    named = find_mentions(report, parse, registry, places)
    mentions = link(report, parse, named, quotations, registry=registry)
    return Findings(mentions, times, places, _with_names(quotations, mentions))


def _with_names(quotations: tuple[Quotation, ...], mentions: tuple[Mention, ...]) -> tuple[Quotation, ...]:
    """Quotations with the canonical name of their source."""
    at = {m.head: m for m in mentions}
    return tuple(
        replace(q, name=at[q.source_head].party.name) if q.source_head is not None and q.source_head in at else q
        for q in quotations
    )
