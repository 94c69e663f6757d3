"""Links between claims: the reason of one may be another."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from dragoman.model import Cause, EventClaim, TieClaim


def linked(claims: Sequence[EventClaim | TieClaim]) -> tuple[EventClaim | TieClaim, ...]:
    """The claims with the id of that claim set in each cause whose trigger stands first in the cause's words."""
    found = []
    for claim in claims:
        if claim.cause:
            causes = tuple(_with_id(cause, claim.id, claims) for cause in claim.cause)
            claim = replace(claim, cause=causes)
        found.append(claim)
    return tuple(found)


def _with_id(cause: Cause, own: str, claims: Sequence[EventClaim | TieClaim]) -> Cause:
    if cause.id is not None:
        return cause
    within = [c for c in claims if c.id != own and cause.start <= c.trigger.start and c.trigger.end <= cause.end]
    best = next((c for c in within if c.main), within[0] if within else None)
    return cause if best is None else replace(cause, id=best.id)
