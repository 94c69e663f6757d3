"""The compiled form of imported actors: an index that is read as it stands, and actors that are made when they are asked for.

A hundred thousand names must neither slow the start nor the coding, and must not change what the listed names mean. So an imported
name is left out of the index where a listed actor bears it, where it is a common word for actors ("officials") and where more than
`MOST_BEARERS` bear it; the surname of an imported person counts where he has an office.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import astuple, dataclass, field, replace
from typing import Any

from dragoman.registry.normal import is_acronym, key
from dragoman.registry.own import Noun
from dragoman.registry.schema import Actor
from dragoman.registry.vocabulary import Agent, Vocabulary, plural

MOST_BEARERS = 30
"""Imported actors with one name; where there are more, the name tells nobody."""
WEAK_USES = frozenset(("weak", "surname"))
"""Uses of a listed name beside which an imported one may stand."""

Row = list[Any]


@dataclass(frozen=True, slots=True)
class Entry:
    """One name in the index: whose it is, as what, and when. `capitals`: only capitals match."""

    actor: int
    use: str
    capitals: bool = False
    from_: str | None = None
    to: str | None = None
    used_by: tuple[str, ...] = ()


@dataclass
class Imported:
    """The compiled form, as it stands in the cache.

    `names`: from a name, as compared, to its bearers, packed (`packed`); `longest`: from the first piece of names to the most pieces;
    `holders`: from the id of a body to numbers of those with an office of it. Texts are all that Python's collector of garbage does
    not have to walk through, which made the difference between 1.5 s and 0.1 s.
    """

    ids: list[str] = field(default_factory=list)
    rows: list[str] = field(default_factory=list)
    names: dict[str, str] = field(default_factory=dict)
    longest: dict[str, int] = field(default_factory=dict)
    holders: dict[str, list[int]] = field(default_factory=dict)
    nouns: list[list[str | None]] = field(default_factory=list)


USES = {
    "name": "n",
    "alias": "a",
    "weak": "w",
    "loaded": "l",
    "demonym": "d",
    "adjective": "j",
    "capital": "c",
    "seat": "s",
    "city": "y",
    "region": "r",
    "surname": "u",
}
_USE_OF = {letter: use for use, letter in USES.items()}


def packed(entries: Iterable[Entry]) -> str:
    """Bearers of a name as text: `12a` is actor 12 under an alias, `12A` the same in capitals only, `12a:1987-12-14:` from a day on."""
    cells = []
    for entry in entries:
        letter = USES[entry.use]
        dates = f":{entry.from_ or ''}:{entry.to or ''}" if entry.from_ or entry.to else ""
        cells.append(f"{entry.actor}{letter.upper() if entry.capitals else letter}{dates}")
    return " ".join(cells)


def unpacked(text: str, first: int) -> list[Entry]:
    """The bearers again, their numbers counted from `first`."""
    found = []
    for cell in text.split(" "):
        head, _, dates = cell.partition(":")
        from_, _, to = dates.partition(":")
        use = _USE_OF[head[-1].lower()]
        found.append(Entry(int(head[:-1]) + first, use, head[-1].isupper(), from_ or None, to or None))
    return found


class Names(dict[str, list[Entry]]):
    """Names to entries; those of imports become entries when they are asked for."""

    def __init__(self, listed: Mapping[str, list[Entry]], imported: Imported, first: int) -> None:
        super().__init__(listed)
        self._rows = imported.names
        self._first = first
        for name in self._rows.keys() & listed.keys():
            self[name] = [*listed[name], *self._made(name)]

    def _made(self, name: str) -> list[Entry]:
        return unpacked(self._rows[name], self._first)

    def __missing__(self, name: str) -> list[Entry]:
        if name not in self._rows:
            raise KeyError(name)
        made = self[name] = self._made(name)
        return made

    def get(self, name: str, default: Any = None) -> Any:
        found = super().get(name)
        if found is None:
            return self[name] if name in self._rows else default
        return found

    def __contains__(self, name: object) -> bool:
        return super().__contains__(name) or name in self._rows

    def __iter__(self) -> Iterator[str]:
        return iter(dict.fromkeys((*super().__iter__(), *self._rows)))

    def __len__(self) -> int:
        return super().__len__() + sum(1 for name in self._rows if not super(Names, self).__contains__(name))


class Actors(Sequence[Actor]):
    """The listed actors, then the imported ones, which are made when they are asked for."""

    def __init__(self, listed: Sequence[Actor], rows: Sequence[str], make: Callable[[Row], Actor]) -> None:
        self._listed = listed
        self._rows = rows
        self._make = make
        self._made: dict[int, Actor] = {}

    def __getitem__(self, i: Any) -> Any:
        if isinstance(i, slice):
            return tuple(self[n] for n in range(*i.indices(len(self))))
        n = i + len(self) if i < 0 else i
        if n < len(self._listed):
            return self._listed[n]
        if n not in self._made:
            self._made[n] = self._make(json.loads(self._rows[n - len(self._listed)]))
        return self._made[n]

    def __len__(self) -> int:
        return len(self._listed) + len(self._rows)


def compiled(
    actors: Sequence[Actor], nouns: Iterable[Noun], listed: Mapping[str, list[Entry]], words: Vocabulary
) -> Imported:
    """The compiled form of imported `actors` beside the `listed` names."""
    found = Imported([a.id for a in actors], [_row(a) for a in actors])
    names: dict[str, list[Entry]] = {}
    for number, actor in enumerate(actors):
        for name in actor.names:
            told = key(name.text)
            if told and (name.use != "surname" or actor.posts) and _may_stand(told, listed, words):
                row = names.setdefault(told, [])
                if not any(e.actor == number and e.use == name.use for e in row):
                    row.append(Entry(number, name.use, is_acronym(name.text), name.from_, name.to))
        for post in actor.posts:
            found.holders.setdefault(post.of, []).append(number)
    found.names = {name: packed(row) for name, row in names.items() if len(row) <= MOST_BEARERS}
    for told in found.names:
        first = told.partition(" ")[0]
        found.longest[first] = max(found.longest.get(first, 0), told.count(" ") + 1)
    found.nouns = [[n.phrase, n.sector, n.plural] for n in nouns]
    return found


def _row(actor: Actor) -> str:
    return json.dumps(astuple(actor), ensure_ascii=False, separators=(",", ":"))


def _may_stand(name: str, listed: Mapping[str, list[Entry]], words: Vocabulary) -> bool:
    if any(e.use not in WEAK_USES for e in listed.get(name, ())):
        return False
    if name.isdigit() or name in words.agents or name in words.titles or name in words.small:
        return False
    return not any(name in row for row in words.words.values())


def with_nouns(words: Vocabulary, nouns: Iterable[Sequence[str | None]]) -> Vocabulary:
    """The vocabulary with imported words for actors, each in singular and plural; the shipped ones stand."""
    agents = dict(words.agents)
    for phrase, sector, many in nouns:
        one = key(phrase or "")
        if one:
            form = _form(one, words)
            agents.setdefault(one, Agent(sector, form))
            agents.setdefault(key(many) if many else plural(one), Agent(sector, form, plural=True))
    return words if len(agents) == len(words.agents) else replace(words, agents=agents)


_PERSONS = ("er", "or", "ist", "ian", "ant", "man", "eer", "ee", "woman", "person", "ot", "ic")


def _form(phrase: str, words: Vocabulary) -> str:
    """Person, group or thing: as the shipped word that the phrase ends with, else by its ending."""
    last = phrase.rpartition(" ")[2]
    if last in words.agents:
        return words.agents[last].form
    return "person" if last.endswith(_PERSONS) else "group"
