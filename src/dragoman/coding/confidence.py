"""How likely a claim is right: a small logistic over features of its making (see data/confidence.toml)."""

from __future__ import annotations

import math
import tomllib
from collections.abc import Mapping
from functools import cache
from importlib import resources

from dragoman.coding.roles import Roles
from dragoman.coding.triggers import Trigger

SUREST = 0.99
"""A probability of the classifier counts as no nearer to 0 and 1 than this."""
CLASSIFIER = "classifier"
"""The source of frames that the classifier made."""


@cache
def _weights() -> Mapping[str, Mapping[str, float]]:
    source = resources.files("dragoman.coding") / "data" / "confidence.toml"
    return tomllib.loads(source.read_text(encoding="utf-8"))


def confidence_of(trigger: Trigger, roles: Roles, main: bool, denied: bool = False) -> float:
    """0-1: from the frame's weight, what it asked for, who was found, whether it is the news of its sentence, and what the classifier
    thinks, where it was heard on a word with a type that it has learnt."""
    features = features_of(trigger, roles, main, denied)
    weights = _weights()["alone" if trigger.chance is None or trigger.frame.own else "heard"]
    score = sum(weight * features[name] for name, weight in weights.items())
    return round(1 / (1 + math.exp(-score)), 3)


def features_of(trigger: Trigger, roles: Roles, main: bool, denied: bool = False) -> dict[str, float]:
    """What the confidence of a claim rests on, by name; `chance` is the log-odds of the classifier (0 where it was not heard)."""
    frame, parties = trigger.frame, (*roles.actors, *roles.recipients)
    chance = min(max(0.5 if trigger.chance is None else trigger.chance, 1 - SUREST), SUREST)
    return {
        "bias": 1.0,
        "chance": math.log(chance / (1 - chance)),
        "frame": frame.weight,
        "found": float(frame.source == CLASSIFIER),
        "needs": float(min(len(frame.needs) + (frame.particle is not None), 2)),
        "main": float(main),
        "noun": float(frame.kind == "noun"),
        "actor": float(bool(roles.actors)),
        "recipient": float(bool(roles.recipients) or roles.mutual),
        "known": float(any(p.id or p.country for p in parties)),
        "denied": float(denied),
    }
