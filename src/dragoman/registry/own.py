"""The shipped who's who with the user's own: files, additions, imports, merges and splits, put together in this order.

Identity comes from identifiers and judgements alone: an imported actor with the id or the Wikidata number of a listed one *is* that
one and gives it its names; of all others, however alike their names, a person judges.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from platformdirs import user_data_path

from dragoman.registry.judgements import LOG, Judgement, in_force
from dragoman.registry.load import links, read_all, with_surname
from dragoman.registry.normal import key
from dragoman.registry.schema import Actor, Name, Reader, RegistryError, read_actor
from dragoman.settings import settings

IMPORTED = "imported"


def own_folder() -> Path:
    """The user's folder of actors, whether or not it is there yet: that of the settings, else `registry` in his data folder."""
    return settings().registry or user_data_path("dragoman", appauthor=False) / "registry"


@dataclass(frozen=True)
class Noun:
    """An imported word for actors ("legionnaire") with its sector."""

    phrase: str
    sector: str
    plural: str | None = None


@dataclass
class Whole:
    """The who's who put together. `moved`: ids that are another's now; `imported`: actors of imports that nobody has judged."""

    actors: list[Actor]
    moved: dict[str, str] = field(default_factory=dict)
    imported: list[Actor] = field(default_factory=list)
    nouns: list[Noun] = field(default_factory=list)


def put_together(root: Path, own: Path, judgements: Sequence[Judgement]) -> Whole:
    """Everything that files and judgements in force say. Raises `RegistryError` naming the file or judgement that cannot be."""
    valid = in_force(judgements)
    imported, nouns = _imports(own, valid)
    added = [(_table(own, j, j.given["actor"]), f"{own / LOG}: judgement {j.number}") for j in valid if j.what == "add"]
    listed = {a.id: a for a in read_all(root, own, added, imported.keys())}
    pool = Pool(listed, imported)
    pool.join_by_identifier()
    for judgement in valid:
        if judgement.what == "merge":
            pool.merge(own, judgement)
        elif judgement.what == "split":
            pool.split(own, judgement)
    return pool.whole(nouns)


def _table(own: Path, judgement: Judgement, table: dict[str, Any]) -> Actor:
    return read_actor(Reader(f"{own / LOG}: judgement {judgement.number}"), table, {})


def _imports(own: Path, valid: Iterable[Judgement]) -> tuple[dict[str, Actor], list[Noun]]:
    """The actors of all imports in force; of two with one id the later import stands."""
    actors: dict[str, Actor] = {}
    nouns: list[Noun] = []
    for judgement in valid:
        if judgement.what == "import":
            for found in read_import(own / IMPORTED / judgement.given["file"]):
                if isinstance(found, Noun):
                    nouns.append(found)
                else:
                    actors[found.id] = found
    return actors, nouns


def read_import(path: Path) -> Iterable[Actor | Noun]:
    """The actors and nouns that an import has kept. Raises `RegistryError` naming file and line."""
    try:
        with path.open(encoding="utf-8") as file:
            for n, line in enumerate(file, 1):
                row = json.loads(line)
                if "noun" in row:
                    yield Noun(row["noun"], row["sector"], row.get("plural"))
                else:
                    yield with_surname(read_actor(Reader(f"{path}:{n}"), row, {}))
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise RegistryError(
            f"{path}: the kept form of an import cannot be read: {error}; take the import back and repeat it"
        ) from error


class Pool:
    """Listed and imported actors, in which judgements find theirs."""

    def __init__(self, listed: dict[str, Actor], imported: dict[str, Actor]) -> None:
        self.listed = listed
        self.imported = imported
        self.moved: dict[str, str] = {}

    def join_by_identifier(self) -> None:
        """Imported actors with a listed one's id or Wikidata number give it their names."""
        numbers = {a.wikidata: a.id for a in self.listed.values() if a.wikidata}
        same = [a for a in self.imported.values() if a.id in self.listed or a.wikidata in numbers]
        for actor in same:
            home = self.listed[actor.id if actor.id in self.listed else numbers[actor.wikidata or ""]]
            self.listed[home.id] = joined(home, actor)
            del self.imported[actor.id]
            if actor.id != home.id:
                self.moved[actor.id] = home.id

    def find(self, where: str, id_: str) -> Actor:
        """The actor with this id, from now on a listed one. Raises `RegistryError`."""
        if id_ in self.moved:
            raise RegistryError(f"{where}: {id_!r} has been merged into {self.final(id_)!r}; name that one")
        if id_ in self.imported:
            self.listed[id_] = self.imported.pop(id_)
        if id_ not in self.listed:
            raise RegistryError(f"{where}: there is no actor {id_!r}; take back the judgement that rests on it first")
        return self.listed[id_]

    def merge(self, own: Path, judgement: Judgement) -> None:
        """Two actors as one, under the id and name of `keep`."""
        where = f"{own / LOG}: judgement {judgement.number}"
        keep, gone = self.find(where, judgement.given["keep"]), self.find(where, judgement.given["join"])
        if keep.id == gone.id:
            raise RegistryError(f"{where}: {keep.id!r} cannot be merged with itself")
        if (keep.kind == "person") != (gone.kind == "person"):
            raise RegistryError(
                f"{where}: {keep.id!r} is a {keep.kind} and {gone.id!r} a {gone.kind}; a person and a body are never one"
            )
        if gone.kind == "state":
            raise RegistryError(f"{where}: {gone.id!r} is a state; a state is kept, so name it first")
        self.listed[keep.id] = joined(keep, gone)
        del self.listed[gone.id]
        self.moved[gone.id] = keep.id

    def split(self, own: Path, judgement: Judgement) -> None:
        """Some names of an actor as an actor of their own."""
        where = f"{own / LOG}: judgement {judgement.number}"
        old = self.find(where, judgement.given["of"])
        new = with_surname(_table(own, judgement, judgement.given["actor"]))
        if new.id in self.listed or new.id in self.imported or new.id in self.moved:
            raise RegistryError(f"{where}: the id {new.id!r} is taken; give another with --id")
        taken = {key(n.text) for n in new.names if n.use != "surname"}
        if key(old.name) in taken:
            raise RegistryError(f"{where}: {old.name!r} is the name of {old.id!r} itself; split its other names off")
        missing = taken - {key(n.text) for n in old.names}
        if missing:
            raise RegistryError(
                f"{where}: {old.id!r} has no name {sorted(missing)[0]!r}; see `dragoman actors show {old.id}`"
            )
        self.listed[old.id] = replace(old, names=tuple(n for n in old.names if key(n.text) not in taken))
        self.listed[new.id] = new

    def final(self, id_: str) -> str:
        """The id under which an actor is found now."""
        while id_ in self.moved:
            id_ = self.moved[id_]
        return id_

    def whole(self, nouns: list[Noun]) -> Whole:
        """All actors, their references led to where merges have put them; references of imports into nothing are left out."""
        known = self.listed.keys() | self.imported.keys()
        moved = {old: self.final(old) for old in self.moved}
        return Whole(
            [redirected(a, moved) if moved else a for a in self.listed.values()],
            moved,
            [_pruned(redirected(a, moved), known) for a in self.imported.values()],
            nouns,
        )


def joined(keep: Actor, gone: Actor) -> Actor:
    """`keep` with what only `gone` has: names (its own as an alias), offices, memberships, sides, identifiers."""
    had = {(key(n.text), n.from_, n.to) for n in keep.names if n.use != "surname"} | {
        (key(n.text), "surname", None) for n in keep.names if n.use == "surname"
    }
    more = []
    for name in gone.names:
        mark = (key(name.text), "surname", None) if name.use == "surname" else (key(name.text), name.from_, name.to)
        if mark not in had:
            had.add(mark)
            more.append(replace(name, use="alias") if name.use == "name" else name)
    return replace(
        keep,
        names=(*keep.names, *more),
        posts=(*keep.posts, *(p for p in gone.posts if p not in keep.posts)),
        members=(*keep.members, *(m for m in gone.members if m not in keep.members)),
        sides=keep.sides or gone.sides,
        country=keep.country or gone.country,
        sector=keep.sector or gone.sector,
        wikidata=keep.wikidata or gone.wikidata,
        part_of=keep.part_of or (gone.part_of if gone.part_of != keep.id else None),
    )


def redirected(actor: Actor, moved: Mapping[str, str]) -> Actor:
    """The actor with its references led to where merges have put them."""
    if not any(of in moved for of in links(actor)):
        return actor
    part_of = moved.get(actor.part_of or "", actor.part_of)
    return replace(
        actor,
        part_of=None if part_of == actor.id else part_of,
        posts=tuple(replace(p, of=moved.get(p.of, p.of)) for p in actor.posts),
        members=tuple(replace(m, of=moved.get(m.of, m.of)) for m in actor.members),
        names=tuple(_usage(n, moved) for n in actor.names),
    )


def _usage(name: Name, moved: Mapping[str, str]) -> Name:
    return replace(name, used_by=tuple(moved.get(u, u) for u in name.used_by)) if name.used_by else name


def _pruned(actor: Actor, known: set[str]) -> Actor:
    if all(of in known for of in links(actor)):
        return actor
    return replace(
        actor,
        part_of=actor.part_of if actor.part_of in known else None,
        posts=tuple(p for p in actor.posts if p.of in known),
        members=tuple(m for m in actor.members if m.of in known),
    )
