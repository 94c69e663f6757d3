"""How likely a claim is right: a small logistic over features of its making (see data/confidence.toml)."""

from __future__ import annotations

import math
import tomllib
from functools import cache
from importlib import resources

from dragoman.coding.roles import Roles
from dragoman.coding.triggers import Trigger


@cache
def _weights() -> dict[str, float]:
    source = resources.files("dragoman.coding") / "data" / "confidence.toml"
    return {k: float(v) for k, v in tomllib.loads(source.read_text(encoding="utf-8"))["weights"].items()}


def confidence_of(trigger: Trigger, roles: Roles, main: bool, denied: bool = False) -> float:
    """0-1: from the frame's weight, what it asked for, who was found, and whether it is the news of its sentence."""
    weights = _weights()
    score = weights["bias"] + weights["frame"] * trigger.frame.weight
    score += weights["needs"] * min(len(trigger.frame.needs) + (trigger.frame.particle is not None), 2)
    score += weights["main"] * main + weights["noun"] * (trigger.frame.kind == "noun")
    score += weights["actor"] * bool(roles.actors) + weights["recipient"] * (bool(roles.recipients) or roles.mutual)
    score += weights["denied"] * denied + weights["known"] * any(
        p.id or p.country for p in (*roles.actors, *roles.recipients)
    )
    return round(1 / (1 + math.exp(-score)), 3)
