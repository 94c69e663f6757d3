"""The words by which actors are described: agents, titles and small closed lists, from `data/vocabulary`.

An *agent* is a noun that says what somebody does ("gunmen", "news agency"); it gives a sector. A *title* is an office
("foreign secretary"). Phrases are keyed by their pieces, singular and plural alike.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path
from typing import Any

from dragoman.registry.load import DATA, WORDS, read_toml
from dragoman.registry.normal import key
from dragoman.registry.schema import SECTORS, RegistryError

_FORMS = ("person", "group", "thing", "adjective")
SMALL = ("former", "coming", "backed", "based", "toward", "whose", "others", "courtesy", "rank", "empty")
"""Lists of `words.toml` whose entries are segments of their own."""
_SPECIAL = frozenset(("generic", "state", "body", "measure", "peoples"))


@dataclass(frozen=True, slots=True)
class Agent:
    """What a noun says of an actor: its sector (None: that of the words around it) and whether it is a person, group or thing."""

    sector: str | None
    form: str
    plural: bool = False


@dataclass(frozen=True, slots=True)
class Title:
    """An office: its canonical title, sector, rank (1 heads, 2 ministers, 3 others) and the states to which a name of it is limited."""

    title: str
    sector: str | None
    rank: int
    states: frozenset[str] | None = None


@dataclass(frozen=True)
class Vocabulary:
    """All word lists, keyed by pieces joined by blanks."""

    agents: dict[str, Agent]
    adjectives: dict[str, str]
    generic: frozenset[str]
    state: frozenset[str]
    body: frozenset[str]
    measure: frozenset[str]
    peoples: frozenset[str]
    titles: dict[str, tuple[Title, ...]]
    words: dict[str, frozenset[str]]

    @cached_property
    def longest(self) -> dict[str, int]:
        """For each piece that opens a phrase of agents or titles, how many pieces the longest of them has."""
        found: dict[str, int] = {}
        for phrase in (*self.agents, *self.titles):
            first = phrase.partition(" ")[0]
            found[first] = max(found.get(first, 0), phrase.count(" ") + 1)
        return found

    @cached_property
    def small(self) -> dict[str, str]:
        """For each entry of the small lists that are cut out of phrases, the list it is in; the first of `SMALL` wins."""
        return {entry: kind for kind in reversed(SMALL) for entry in self.words[kind]}


def plural(phrase: str) -> str:
    """The regular plural of the last word."""
    if phrase.endswith(("s", "x", "z", "ch", "sh")):
        return phrase + "es"
    if phrase.endswith("y") and phrase[-2:-1] not in "aeiou":
        return phrase[:-1] + "ies"
    return phrase + "s"


def _table(tables: dict[str, Any], name: str) -> dict[str, list[str]]:
    table: dict[str, list[str]] = tables[name]
    extra = set(table) - set(_FORMS)
    if extra or not all(isinstance(v, list) for v in table.values()):
        raise RegistryError(
            f"{WORDS}/agents.toml: {name}: expected lists {', '.join(_FORMS)}, found {', '.join(sorted(table))}"
        )
    return table


def _agents(tables: dict[str, Any]) -> tuple[dict[str, Agent], dict[str, str]]:
    agents: dict[str, Agent] = {}
    adjectives: dict[str, str] = {}
    for sector in (*(name for name in tables if name not in _SPECIAL), "generic"):
        if sector != "generic" and sector not in SECTORS:
            raise RegistryError(
                f"{WORDS}/agents.toml: {sector} is no sector; expected one of {' '.join(sorted(SECTORS))}"
            )
        table, code = _table(tables, sector), None if sector == "generic" else sector
        for form in ("thing", "group", "person"):
            for noun in table.get(form, []):
                _add_agent(agents, key(noun), Agent(code, form))
        if code:
            adjectives.update((key(word), code) for word in table.get("adjective", []))
    return agents, adjectives


def _add_agent(agents: dict[str, Agent], phrase: str, agent: Agent) -> None:
    """The first table that has a noun keeps it; the nouns without sector come last, so that theirs is only the need of a context."""
    agents.setdefault(phrase, agent)
    agents.setdefault(plural(phrase), Agent(agent.sector, agent.form, plural=True))
    if phrase.endswith(("men", "people", "children", "women")):
        agents[phrase] = Agent(agents[phrase].sector, agents[phrase].form, plural=True)


def _with_plurals(nouns: list[str]) -> frozenset[str]:
    keys = {key(noun) for noun in nouns}
    return frozenset(keys | {plural(k) for k in keys})


def _titles(tables: dict[str, Any]) -> dict[str, tuple[Title, ...]]:
    found: dict[str, list[Title]] = {}
    for row in tables.get("title", []):
        if "title" not in row or (row.get("sector") or "GOV") not in SECTORS:
            raise RegistryError(f"{WORDS}/titles.toml: {row}: expected title, names, rank and a PLOVER sector")
        for name in (row["title"], *row.get("names", [])):
            cell = {"text": name} if isinstance(name, str) else name
            states = frozenset(cell["in"]) if "in" in cell else None
            title = Title(row["title"], row.get("sector"), row.get("rank", 3), states)
            found.setdefault(key(cell["text"]), []).append(title)
    return {name: tuple(titles) for name, titles in found.items()}


@cache
def vocabulary(root: Path = DATA) -> Vocabulary:
    """The vocabulary below `root`, read once. Raises `RegistryError`."""
    agents_file, titles_file, words_file = (
        read_toml(root / WORDS / f"{name}.toml", f"{WORDS}/{name}.toml") for name in ("agents", "titles", "words")
    )
    agents, adjectives = _agents(agents_file)
    special = {
        name: _with_plurals(_table(agents_file, name)["group"]) for name in ("state", "body", "measure", "peoples")
    }
    generic = _with_plurals([n for nouns in agents_file["generic"].values() for n in nouns])
    words = {name: frozenset(key(w) or w for w in row) for name, row in words_file.items()}
    return Vocabulary(
        agents,
        adjectives,
        generic,
        special["state"],
        special["body"],
        special["measure"],
        special["peoples"],
        _titles(titles_file),
        words,
    )
