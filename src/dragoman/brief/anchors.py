"""Anchors of a brief's parts, kept unique where parts of several briefs stand in one document."""

from __future__ import annotations

from dataclasses import fields, is_dataclass
from typing import Any, TypeVar

from dragoman.brief.model import Figure, Section, Standing, Subheading

T = TypeVar("T")


def prefixed(value: T, prefix: str) -> T:
    """The same with every anchor in it under a prefix."""
    made: Any = _prefixed(value, prefix)
    found: T = made
    return found


def _prefixed(value: Any, prefix: str) -> Any:
    if isinstance(value, tuple):
        return tuple(_prefixed(v, prefix) for v in value)
    if not is_dataclass(value) or isinstance(value, type):
        return value
    parts = {f.name: _prefixed(getattr(value, f.name), prefix) for f in fields(value)}
    if isinstance(value, Section | Subheading | Figure | Standing):
        parts["id"] = f"{prefix}-{parts['id']}"
    return type(value)(**parts)
