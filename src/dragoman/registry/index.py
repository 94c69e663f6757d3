"""The compiled who's who: a dictionary from names, as compared, to actors.

The compiled form is JSON in the user's cache folder under the digest of the files it was made from, so a changed file is compiled
anew and a broken one leaves the registry in use as it was.
"""

from __future__ import annotations

import hashlib
import json
import tempfile
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, astuple
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from platformdirs import user_cache_path

from dragoman.registry.imported import Actors, Entry, Imported, Names, compiled, with_nouns
from dragoman.registry.judgements import LOG, read_log
from dragoman.registry.load import DATA, WORDS, data_files, read_all
from dragoman.registry.normal import SHORT_ACRONYM, is_acronym, key, letters, sound
from dragoman.registry.own import Whole, own_folder, put_together
from dragoman.registry.schema import Actor, Membership, Name, Post, RegistryError, Side
from dragoman.registry.vocabulary import Vocabulary, plural, vocabulary

FORM = 6
"""Number of the compiled form; counted up when its shape changes."""
KEPT_FORMS = 8
"""Compiled forms that stay in the cache; each change of a file or judgement makes a new one."""
WEIGHT = {
    "name": 10,
    "alias": 9,
    "demonym": 8,
    "adjective": 8,
    "capital": 7,
    "seat": 7,
    "loaded": 6,
    "city": 5,
    "region": 5,
    "surname": 4,
    "weak": 3,
}
"""Which use of a name goes first where several actors share it; never the only reason to choose between two names of equal use."""


class Registry:
    """Actors and the index of their names. Use `Registry.load()`."""

    def __init__(self, actors: Iterable[Actor], words: Vocabulary) -> None:
        self.words = words
        self.actors: Sequence[Actor] = tuple(actors)
        self.number: dict[str, int] = {actor.id: i for i, actor in enumerate(self.actors)}
        self.names: dict[str, list[Entry]] = {}
        self.longest: dict[str, int] = {}
        self.states: dict[str, Actor] = {}
        self.holders: dict[str, list[tuple[Actor, Post]]] = {}
        for i, actor in enumerate(self.actors):
            self._add(i, actor)
        for name in self.names:
            first, _, rest = name.partition(" ")
            self.longest[first] = max(self.longest.get(first, 0), rest.count(" ") + 2 if rest else 1)
        self._sounds: dict[str, list[str]] | None = None

    def with_own(self, moved: Mapping[str, str], imported: Imported) -> Registry:
        """This registry, and in it also ids that were merged (`moved`) and the imported actors."""
        for old, new in moved.items():
            self.number[old] = self.number[new]
        first = len(self.actors)
        if imported.ids:
            self.number.update((id_, first + i) for i, id_ in enumerate(imported.ids))
            self.actors = Actors(self.actors, imported.rows, actor_of)
            self.names = Names(self.names, imported, first)
            for piece, most in imported.longest.items():
                if most > self.longest.get(piece, 0):
                    self.longest[piece] = most
            for body, numbers in imported.holders.items():
                if body not in self.holders:
                    people = [self.actors[first + i] for i in numbers]
                    self.holders[body] = [(a, p) for a in people for p in a.posts if p.of == body]
        self.words = with_nouns(self.words, imported.nouns)
        return self

    def _add(self, i: int, actor: Actor) -> None:
        if actor.kind == "state" and actor.country and actor.sector is None:
            self.states.setdefault(actor.country, actor)
        for name in actor.names:
            for text in _forms(name):
                self._add_name(text, Entry(i, name.use, is_acronym(text), name.from_, name.to, name.used_by))
        for post in actor.posts:
            self.holders.setdefault(post.of, []).append((actor, post))

    def _add_name(self, text: str, entry: Entry) -> None:
        name = key(text)
        if not name:
            return
        row = self.names.setdefault(name, [])
        if not any(e.actor == entry.actor and e.use == entry.use for e in row):
            row.append(entry)

    @classmethod
    def load(cls, own: Path | None = None, *, root: Path = DATA, cache_dir: Path | None = None) -> Registry:
        """The registry of the shipped files (`root`) and of the user's folder, compiled once and cached.

        The user's folder is `own`, else that of the settings, else `registry` in the user's data folder where there is one.
        Raises `RegistryError` naming file and entry where a file is broken.
        """
        return _load(root, own or _folder_in_use(), cache_dir)

    @staticmethod
    def forget() -> None:
        """Let the next `load` look at the files again."""
        _load.cache_clear()

    def get(self, id_: str) -> Actor | None:
        """The actor with this id."""
        i = self.number.get(id_)
        return None if i is None else self.actors[i]

    def state_of(self, country: str | None) -> Actor | None:
        """The state with an ISO alpha-3 code."""
        return self.states.get(country) if country else None

    def entries(self, name: str) -> list[Entry]:
        """What a name, already as compared (`normal.key`), may stand for."""
        return self.names.get(name, [])

    def alike(self, name: str) -> list[str]:
        """Names that sound like `name`, as compared: candidates for a person to judge, never an answer."""
        if self._sounds is None:
            self._sounds = {}
            for known in self.names:
                self._sounds.setdefault(sound(known), []).append(known)
        return self._sounds.get(sound(name), [])


def _forms(name: Name) -> list[str]:
    """A name and, for words of nationality, the plural."""
    if (
        name.use in ("adjective", "demonym")
        and not name.text.endswith(("s", "sh", "ese", "ch", "men", "man", "i"))
        and len(name.text) > 3
    ):
        return [name.text, plural(name.text)]
    if name.use in ("adjective", "demonym") and name.text.endswith("i"):
        return [name.text, name.text + "s"]
    return [name.text]


def matches_case(entry: Entry, text: str) -> bool:
    """Whether the letters of `text` stand as the name asks: short acronyms in capitals."""
    return not entry.capitals or letters(text).isupper() or len(letters(text)) > SHORT_ACRONYM + 1


def _folder_in_use() -> Path | None:
    """The user's folder where there is one."""
    folder = own_folder()
    return folder if folder.is_dir() else None


def digest(root: Path, own: Path | None = None) -> str:
    """Of all actor files, the vocabulary, the user's judgements and the compiled form's number."""
    total = hashlib.sha256(str(FORM).encode())
    mine = (*data_files(own), *own.glob(LOG)) if own else ()
    for path in (*data_files(root), *sorted((root / WORDS).glob("*.toml")), *mine):
        total.update(path.relative_to(root if path.is_relative_to(root) else path.parent).as_posix().encode() + b"\0")
        total.update(path.read_bytes())
    return total.hexdigest()[:24]


@cache
def _load(root: Path, own: Path | None, cache_dir: Path | None) -> Registry:
    if own is not None and not own.is_dir():
        raise RegistryError(f"{own}: expected a folder of TOML files with actors; there is none")
    path = (cache_dir or user_cache_path("dragoman")) / f"registry-{digest(root, own)}.json"
    words = vocabulary(root)
    kept = _read_cache(path)
    if kept is not None:
        actors, moved, imported = kept
        return Registry(actors, words).with_own(moved, imported)
    whole = put_together(root, own, read_log(own)) if own else Whole(read_all(root))
    registry = Registry(whole.actors, words)
    imported = compiled(whole.imported, whole.nouns, registry.names, words)
    _write_cache(path, whole, imported)
    return registry.with_own(whole.moved, imported)


def _read_cache(path: Path) -> tuple[list[Actor], dict[str, str], Imported] | None:
    """The compiled form, or None where there is none or it cannot be read."""
    try:
        kept = json.loads(path.read_text(encoding="utf-8"))
        return [actor_of(row) for row in kept["actors"]], kept["moved"], Imported(**kept["imported"])
    except (OSError, ValueError, TypeError, IndexError, KeyError):
        return None


def _write_cache(path: Path, whole: Whole, imported: Imported) -> None:
    """Write beside and move into place, so that no reader sees half a file; a cache that cannot be written is no error."""
    kept = {"actors": [astuple(a) for a in whole.actors], "moved": whole.moved, "imported": asdict(imported)}
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile("w", encoding="utf-8", dir=path.parent, delete=False) as file:
            json.dump(kept, file, ensure_ascii=False, separators=(",", ":"))
        Path(file.name).replace(path)
        kept_forms = sorted(path.parent.glob("registry-*.json"), key=lambda p: p.stat().st_mtime, reverse=True)
        for old in kept_forms[KEPT_FORMS:]:
            old.unlink(missing_ok=True)
    except OSError:
        return


def actor_of(row: list[Any]) -> Actor:
    """The actor of a compiled row, in the order of the fields of `Actor`."""
    id_, name, kind, country, sector, names, wikidata, part_of, start, end, sides, posts, members, doubt = row
    return Actor(
        id_,
        name,
        kind,
        country,
        sector,
        tuple(Name(n[0], n[1], n[2], n[3], tuple(n[4])) for n in names),
        wikidata,
        part_of,
        start,
        end,
        tuple(Side(*s) for s in sides),
        tuple(Post(*p) for p in posts),
        tuple(Membership(*m) for m in members),
        doubt,
    )


def holds(from_: str | None, to: str | None, on: date | None) -> bool:
    """Whether a period covers a day; without a day every period does."""
    if on is None:
        return True
    day = on.isoformat()
    return (from_ is None or from_ <= day) and (to is None or day < to)
