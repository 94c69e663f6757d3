"""What `dragoman actors find | show | resolve` answer."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import asdict
from datetime import date
from typing import Any

from dragoman.errors import UsageError
from dragoman.registry.index import Registry
from dragoman.registry.normal import key
from dragoman.registry.resolution import Context
from dragoman.registry.resolve import resolve
from dragoman.registry.schema import Actor


def parse_line(line: str) -> tuple[date | None, str]:
    """A line `[YYYY-MM-DD<TAB>]name`. Raises `UsageError` where the words before the tab are no date."""
    head, tab, tail = line.rstrip("\r\n").partition("\t")
    if not tab:
        return None, head
    try:
        return (date.fromisoformat(head.strip()) if head.strip() else None), tail
    except ValueError as error:
        raise UsageError(
            f"expected a date like 2014-05-26 before the tab, found {head[:40]!r}; write DATE<TAB>NAME or NAME"
        ) from error


def resolve_lines(
    lines: Iterable[str], registry: Registry, place: Callable[[str], str | None] | None = None
) -> Iterator[dict[str, str | None]]:
    """For each line an answer `{text, name, country, sector}`, null where unknown. `place` tells the country of other place names."""
    context = Context(place=place)
    for line in lines:
        on, name = parse_line(line)
        found = resolve(registry, name, on, context)
        if found is None:
            yield {"text": name, "name": None, "country": None, "sector": None}
        else:
            yield {"text": name, "name": found.name, "country": found.country, "sector": found.sector}


def find(registry: Registry, words: str, limit: int = 20) -> list[dict[str, str | None]]:
    """Actors of whose names one holds all the words, those named exactly so first; then those whose names sound alike."""
    return [
        {"id": a.id, "name": a.name, "kind": a.kind, "country": a.country, "sector": a.sector}
        for a in search(registry, words)[:limit]
    ]


def search(registry: Registry, words: str) -> list[Actor]:
    """The actors that `find` tells, all of them."""
    wanted = key(words)
    if not wanted:
        return []
    parts = wanted.split()
    hits = [name for name in registry.names if all(_opens_a_word(part, name) for part in parts)]
    hits.sort(key=lambda name: (name != wanted, len(name), name))
    named = [*hits, *registry.alike(wanted)]
    numbers = dict.fromkeys(e.actor for name in named for e in registry.names[name] if e.use not in ("city", "region"))
    return [registry.actors[i] for i in numbers]


def _opens_a_word(part: str, name: str) -> bool:
    return name.startswith(part) or f" {part}" in name


def show(registry: Registry, asked: str) -> dict[str, Any]:
    """All that is listed of the actor with this id or name. Raises `UsageError` with ids that may have been meant."""
    actor = registry.get(asked)
    if actor is None:
        found = resolve(registry, asked)
        actor = registry.get(found.id) if found is not None and found.id is not None else None
    if actor is None:
        near = ", ".join(a.id for a in search(registry, asked.replace("-", " "))[:5]) or "none that is near"
        raise UsageError(f"there is no actor {asked!r}; near it: {near}; `dragoman actors find WORDS` searches names")
    return {field.rstrip("_"): value for field, value in asdict(actor).items() if value not in (None, (), [])}
