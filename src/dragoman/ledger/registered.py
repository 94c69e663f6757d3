"""What the who's who knows of actors that reports name: the side of a voice, the body of a member, the whole that a wing is part of."""

from __future__ import annotations

from functools import lru_cache

from dragoman.registry import Registry
from dragoman.registry.normal import key
from dragoman.registry.resolve import resolve

from .names import OWN_KINDS, Slots

MOST_STEPS = 4
"""Parts of parts are followed so far."""


@lru_cache(maxsize=16_384)
def by_id(id_: str) -> Slots | None:
    """An actor by registry id; None for one that is not listed."""
    actor = Registry.load().get(id_)
    if actor is None:
        return None
    return Slots(actor.id, actor.name, actor.kind, actor.country, actor.sector, None, None, actor.wikidata)


@lru_cache(maxsize=16_384)
def by_name(name: str) -> Slots | None:
    """The listed body or person that goes by exactly this name; None where there is none, or several."""
    found = resolve(Registry.load(), name)
    return None if found is None or found.id is None else by_id(found.id)


NAMING = frozenset(("name", "alias", "surname"))
"""Uses of a name in the who's who by which people are looked for: a capital is a place first."""


@lru_cache(maxsize=16_384)
def ids_named(name: str) -> tuple[str, ...]:
    """Registry ids of all who go by exactly this name, spelling or surname."""
    registry = Registry.load()
    uses = registry.names.get(key(name), ())
    return tuple(dict.fromkeys(registry.actors[use.actor].id for use in uses if use.use in NAMING))


@lru_cache(maxsize=16_384)
def whole_of(id_: str) -> Slots | None:
    """The organisation that a wing or branch belongs to; None for what stands for itself or belongs to a state."""
    registry = Registry.load()
    actor = registry.get(id_)
    whole = None
    for _ in range(MOST_STEPS):
        if actor is None or actor.part_of is None:
            break
        actor = registry.get(actor.part_of)
        if actor is not None and actor.kind in OWN_KINDS:
            whole = by_id(actor.id)
    return whole
