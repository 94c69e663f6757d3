"""Who did what to whom, according to whom, and how any two parties stand: claims from a report, its parse and its findings."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from functools import cache
from pathlib import Path

from dragoman.codebook import tables_in
from dragoman.coding.attribution import Attribution
from dragoman.coding.causes import linked
from dragoman.coding.context import Context
from dragoman.coding.events import CODER, find_events
from dragoman.coding.ties import find_ties
from dragoman.model import EventClaim, Findings, Parse, Report, TieClaim
from dragoman.settings import settings

__all__ = ["CODER", "code", "coder"]


def coder() -> str:
    """The coder's name and version; with frames of the user's own, a digest of them: what it would code otherwise has another name."""
    own = settings().lexicon
    return CODER if own is None else f"{CODER} + {_digest(own)}"


@cache
def _digest(own: Path) -> str:
    return hashlib.sha256(repr(tables_in(own)).encode()).hexdigest()[:12]


def code(report: Report, parse: Parse, findings: Findings) -> tuple[EventClaim | TieClaim, ...]:
    """The claims of a report in text order. Pure: the same input gives the same claims."""
    if not parse.sentences:
        return ()
    context = Context(report, parse, findings)
    attribution = Attribution(report, parse, findings)
    claims: list[EventClaim | TieClaim] = list(find_events(context, attribution))
    claims += find_ties(context, attribution)
    claims.sort(key=lambda c: (c.trigger.start, c.kind, c.trigger.end))
    return linked(_numbered(context, claims))


def _numbered(context: Context, claims: list[EventClaim | TieClaim]) -> list[EventClaim | TieClaim]:
    """Claims of one kind at one trigger get ids of their own, and the coder's name."""
    seen: dict[str, int] = {}
    numbered = []
    for claim in claims:
        count = seen[claim.id] = seen.get(claim.id, -1) + 1
        if count:
            claim = replace(claim, id=context.claim_id(claim.kind, claim.trigger, 100 + count))
        numbered.append(claim if claim.coder else replace(claim, coder=CODER))
    return numbered
