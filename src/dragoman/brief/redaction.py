"""Hides the names of private persons in a brief, before any edition is made of it.

Private is every person whom the who's who gives no office. Names come from the ledger's records (persons as parties, voices, authors)
and from the brief's own words, read by a finder that the caller hands in. Each person becomes "[name withheld]" wherever the name
stands: in prose, quotations, titles, tables, pictures, anchors and data. An address that holds a name is left out.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, fields, is_dataclass
from typing import Any

from dragoman.brief.english import ARTICLE_HEADS, PLURAL, plain
from dragoman.brief.material import Ledger
from dragoman.brief.model import Brief, Source
from dragoman.registry import Registry, resolve

WITHHELD = "[name withheld]"
GAP = r"[\s_+./%-]+"


@dataclass(frozen=True, slots=True)
class Person:
    """A name as it stands somewhere, and the registry's id of who it is, where it has one."""

    name: str
    id: str | None = None


Finder = Callable[[Sequence[str]], Iterable[Person]]
"""The persons that texts name."""


def redacted(brief: Brief, ledger: Ledger, finder: Finder) -> tuple[Brief, int]:
    """The brief without the names of private persons, and how many persons were hidden."""
    registry = Registry.load()
    found = [*_of_records(brief, ledger), *finder(list(dict.fromkeys(_words(brief))))]
    private = sorted({plain(p.name) for p in found if _is_private(p, registry)}, key=lambda n: (-len(n), n))
    public = {w for p in found if not _is_private(p, registry) for w in p.name.split()}
    patterns = _patterns([n for n in private if len(n) > 2], public | _known_words(brief, registry))
    made: Brief = _hidden(brief, patterns)
    return made, len(private)


def _words(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        if " " in value.strip():
            yield value
    elif isinstance(value, tuple):
        for item in value:
            yield from _words(item)
    elif is_dataclass(value) and not isinstance(value, type):
        for part in fields(value):
            yield from _words(getattr(value, part.name))


def _of_records(brief: Brief, ledger: Ledger) -> Iterator[Person]:
    """Persons whom the records behind the brief name as party, voice or author."""
    for source in brief.sources:
        yield from (Person(a) for a in source.authors)
    for id_, name in brief.topic.actors:
        if not id_.startswith("?"):
            yield Person(name, id_)
    for happening in ledger.happenings_with(c for n in brief.notes for c in n.claims):
        for passage in happening.passages:
            yield from _of_record(passage.record)


def _of_record(record: dict[str, Any]) -> Iterator[Person]:
    parties = [x for k in ("actors", "recipients", "between") for x in record.get(k) or ()]
    yield from (Person(str(x.get("name")), x.get("id")) for x in parties if x.get("kind") == "person")
    for voice in record.get("said_by") or ():
        name, id_ = str(voice.get("name") or ""), voice.get("id")
        if voice.get("kind") in ("speaker", "author") and (id_ or _like_a_person(name)):
            yield Person(name, id_)


def _like_a_person(name: str) -> bool:
    """Two to four capitalised words, none of them the head of a body's name."""
    words = name.split()
    capital = all(w[:1].isupper() or re.fullmatch(r"(?:al|el|bin|ibn|von|van|de)", w) for w in words)
    return 2 <= len(words) <= 4 and capital and not ARTICLE_HEADS.search(name) and not PLURAL.search(name)


def _is_private(person: Person, registry: Registry) -> bool:
    actor = registry.get(person.id) if person.id else None
    if actor is None:
        found = resolve(registry, person.name)
        actor = registry.get(found.id) if found and found.id else None
    return actor is None or (actor.kind == "person" and not actor.posts)


def _known_words(brief: Brief, registry: Registry) -> set[str]:
    """Words of actors and outlets that stay: no surname is hidden that is one of them."""
    names = [n for _, n in brief.topic.actors if resolve(registry, n)] + [s.outlet for s in brief.sources]
    return {w for n in names for w in n.split()}


Pattern = tuple[re.Pattern[str], str]


def _patterns(private: Sequence[str], kept: set[str]) -> list[Pattern]:
    """For each name what finds it, whole first, then its last word alone; the slug stands for it in anchors."""
    found: list[Pattern] = []
    for i, name in enumerate(private, 1):
        words = [re.escape(w) for w in name.split()]
        found.append((re.compile(rf"(?<!\w){GAP.join(words)}(?!\w)", re.IGNORECASE), f"withheld-{i}"))
    for i, name in enumerate(private, 1):
        last = name.split()[-1]
        if len(last) > 3 and last[:1].isupper() and last not in kept and " " in name:
            found.append((re.compile(rf"(?<!\w){re.escape(last)}(?!\w)"), f"withheld-{i}"))
    return found


def _hidden(value: Any, patterns: Sequence[Pattern]) -> Any:
    if isinstance(value, str):
        return _hide(value, patterns)
    if isinstance(value, tuple):
        return tuple(_hidden(v, patterns) for v in value)
    if not is_dataclass(value) or isinstance(value, type):
        return value
    parts = {f.name: _hidden(getattr(value, f.name), patterns) for f in fields(value)}
    if isinstance(value, Source) and parts["url"] != value.url:
        parts["url"] = None
    return type(value)(**parts)


def _hide(text: str, patterns: Sequence[Pattern]) -> str:
    anchor = re.fullmatch(r"[a-z0-9?|_-]+", text) is not None
    for pattern, slug in patterns:
        text = pattern.sub(slug if anchor else WITHHELD, text)
    return text
