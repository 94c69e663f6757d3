"""Groups that a name stands for: states by `data/groups.toml`, and whoever the who's who lists as a member; both by day."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Any

from dragoman.errors import DataError
from dragoman.registry import Registry
from dragoman.registry.resolve import resolve

from .names import plain


@dataclass(frozen=True, slots=True)
class Member:
    """A country in a group from a day on, up to another."""

    code: str
    from_: date | None
    to: date | None

    def holds(self, on: date | None) -> bool:
        """Whether it is a member on that day; without a day whether it is now."""
        if on is None:
            return self.to is None
        return (self.from_ is None or self.from_ <= on) and (self.to is None or on < self.to)


def states_of(name: str, on: date | None = None) -> list[str] | None:
    """Country codes of a group of states on a day (without one, its members now); None for what is no such group.

    Empty where there was no such group yet.
    """
    members = _groups().get(plain(name))
    return None if members is None else [m.code for m in members if m.holds(on)]


def listed_in(name: str, on: date | None = None) -> list[str]:
    """Ids of those whom the who's who lists as members or parts of the body of that name, on that day (or at any time)."""
    registry = Registry.load()
    found = resolve(registry, name)
    if found is None or found.id is None:
        return []
    return [
        a.id
        for a in registry.actors
        if a.part_of == found.id or any(m.of == found.id and _in(m, on) for m in a.members)
    ]


def _in(membership: Any, on: date | None) -> bool:
    if on is None:
        return True
    day = on.isoformat()
    return (membership.from_ is None or str(membership.from_) <= day) and (
        membership.to is None or day < str(membership.to)
    )


@cache
def _groups() -> Mapping[str, tuple[Member, ...]]:
    """Members by every name of a group, in plain words.

    Raises:
        DataError: an entry is not of the form that the head of the file describes.
    """
    raw = tomllib.loads((files(__package__) / "data" / "groups.toml").read_text(encoding="utf-8"))
    found: dict[str, tuple[Member, ...]] = {}
    for group in raw["group"]:
        members = tuple(_member(one, group.get("from"), group["names"][0]) for one in group["members"])
        for name in group["names"]:
            if plain(name) in found:
                raise DataError(f"groups.toml: {name!r} names two groups")
            found[plain(name)] = members
    return found


def _member(entry: str | dict[str, Any], start: date | None, group: str) -> Member:
    table: dict[str, Any] = {"code": entry} if isinstance(entry, str) else entry
    if set(table) - {"code", "from", "to"} or len(str(table.get("code", ""))) != 3:
        raise DataError(f"groups.toml: {group}: expected a country's code, or code, from, to; got {entry!r}")
    return Member(table["code"], table.get("from", start), table.get("to"))
