"""Accidents and disasters are no events between parties: sentences that tell of one are known by their words (data/accidents.toml)."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib import resources

from dragoman.coding.roles import Roles
from dragoman.coding.triggers import Trigger
from dragoman.model import Parse, Token

MATTERS = frozenset(("ASSAULT", "AID", "COERCE", "RETREAT", "ACCUSE", "MOBILIZE", "REQUEST"))
"""Types that accidents imitate: people are killed, moved, rescued, held up; gas is released."""


ARMED = frozenset("MIL COP SPY REB PRM UAF JUD CRM".split())
"""Sectors whose deeds are no accident."""
DOINGS = frozenset(
    "crash collide overturn derail capsize sink erupt leak spill explode plunge collapse flood collapse".split()
)


@cache
def _words() -> tuple[frozenset[str], frozenset[str]]:
    source = resources.files("dragoman.coding") / "data" / "accidents.toml"
    table = tomllib.loads(source.read_text(encoding="utf-8"))
    return frozenset(table["accident"].split()), frozenset(table["violence"].split())


def is_accident(parse: Parse, trigger: Trigger, type_: str, roles: Roles) -> bool:
    """Whether the trigger stands in the report of an accident and nobody who is known acts in it."""
    if type_ not in MATTERS or any(p.id or p.country or p.sector in ARMED for p in roles.actors):
        return False
    if type_ == "ACCUSE" and roles.actors:
        return False
    accident, violence = _words()
    here = parse.sentences[trigger.token.sent]
    if not any(_names(t) & accident for t in parse.tokens[here.first : here.last]):
        return False
    return not any(
        _lemmas(parse, s) & violence for s in range(max(0, here.i - 1), min(len(parse.sentences), here.i + 2))
    )


def _names(token: Token) -> set[str]:
    """What a word names: a noun by any of its forms, a verb only where verbs tell of accidents ("stormed" is no storm)."""
    if token.upos == "VERB":
        return {token.lemma.lower()} & DOINGS
    return {token.lemma.lower(), token.lower}


def _lemmas(parse: Parse, sentence: int) -> set[str]:
    place = parse.sentences[sentence]
    return {t.lemma.lower() for t in parse.tokens[place.first : place.last]} | {
        t.lower for t in parse.tokens[place.first : place.last]
    }
