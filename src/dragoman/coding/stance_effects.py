"""How stances add up: what a predicate is in itself, under what its governors make of it."""

from __future__ import annotations

from dataclasses import replace

from .stance_lexicon import Effect
from .stance_marks import ACTUAL, Local


def combine(inner: Local, outer: Local) -> Local:
    """The stance of what is `inner` in itself, under a governor that makes it `outer`."""
    if inner.stance == "actual":
        return Local(
            outer.stance,
            inner.outcome or outer.outcome,
            inner.reason if outer.stance == "actual" and inner.reason != ACTUAL.reason else outer.reason,
        )
    if outer.stance == "actual":
        return replace(inner, outcome=inner.outcome or outer.outcome)
    if inner.stance == "denied" and outer.stance == "denied":
        return Local("actual", None, f"{outer.reason}, {inner.reason}")
    if "denied" in (inner.stance, outer.stance):
        return inner if inner.stance == "denied" else outer
    return outer if outer.stance in ("hoped", "possible") and inner.stance == "planned" else inner


def course(effect: Effect, governor: Local, word: str, failed: bool) -> Local:
    """Effects on something that is under way; `failed`: it came to nothing by itself."""
    if effect == "goes_on":
        return replace(governor, outcome="ongoing" if governor.stance == "actual" else None)
    if effect == "foils" and governor.stance == "actual":
        return Local("actual", "failed" if failed else "foiled", word)
    return ACTUAL


def against(effect: Effect, governor: Local, word: str) -> Local:
    """ "Failed to", "prevented", "denied": what follows did not come about, unless that is itself negated or only meant."""
    if governor.stance == "denied":
        nobody = governor.reason in ("nobody", "none", "no one", "nothing", "neither", "never")
        return Local("actual" if effect == "prevents" or nobody else "possible", None, f"{governor.reason} {word}")
    if effect == "prevents" and governor.stance in ("planned", "hoped", "possible"):
        return (
            Local("possible", None, word)
            if word in ("prevent", "avert", "avoid", "deter", "block")
            else Local("denied", None, word)
        )
    return Local("denied", "failed" if word in ("fail", "failure") else None, word)
