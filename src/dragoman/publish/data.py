"""The brief as data: every field of the model, so that a program can read what a person reads."""

from __future__ import annotations

import json
from dataclasses import fields, is_dataclass
from typing import Any

from dragoman.brief.model import Brief

FORMAT = 1


def as_json(brief: Brief) -> str:
    """JSON, one key order, UTF-8, a newline at the end. Blocks name their kind."""
    return json.dumps({"format": FORMAT, **_plain(brief)}, ensure_ascii=False, indent=1, allow_nan=False) + "\n"


def _plain(value: Any) -> Any:
    if is_dataclass(value) and not isinstance(value, type):
        return {"is": type(value).__name__, **{f.name: _plain(getattr(value, f.name)) for f in fields(value)}}
    if isinstance(value, tuple | list):
        return [_plain(v) for v in value]
    return value
