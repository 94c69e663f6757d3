"""Surnames alone: the person named in full in the same report, else a head of state or government.

A surname that the engine takes for a place or a body, or overlooks, is the person all the same once the report has given the full
name, unless it stands where a place does ("in Lyon"). Where several bear the name, the one named last before it is meant, with
less confidence.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from dragoman.find.actors_places import is_place
from dragoman.find.actors_words import Words
from dragoman.find.coreference_sex import sex_of
from dragoman.registry.normal import key, pieces
from dragoman.registry.resolution import Resolution, posts_on, rank, resolve_entries

SHORTEST = 3
"""Letters: a shorter word that the engine calls no person is not taken for a surname."""
ONE_BEARER, SEVERAL = 0.85, 0.6
"""Confidence of a surname with one bearer in the report, and with more."""


@dataclass(frozen=True, slots=True)
class Found:
    """A name with its tokens and what it resolves to; `label` is the engine's."""

    first: int
    last: int
    resolution: Resolution
    label: str | None = None


Bearers = dict[str, list[Found]]
"""For each short name the persons named in full who bear it, in text order, each person once."""


def linked(words: Words, found: Sequence[Found]) -> list[Found]:
    """Short names linked to the persons named in full in the report, before their full names as well."""
    last, other = bearers(words, found)
    if not last:
        return [_head(words, one) for one in found]
    taken = {i for one in found for i in range(one.first, one.last)}
    every = [*found, *_overlooked(words, last, taken)]
    return [_link(words, one, last, other) for one in sorted(every, key=lambda f: f.first)]


def bearers(words: Words, found: Sequence[Found]) -> tuple[Bearers, Bearers]:
    """Persons by surname; and by the other end of the name, the surname where it comes first and else the given name."""
    last: Bearers = {}
    other: Bearers = {}
    for one in found:
        resolution = one.resolution
        parts = pieces(resolution.name)
        if resolution.type != "PERSON" or len(parts) < 2:
            continue
        for name in _surnames(words, resolution):
            _bear(last, name, one)
        _bear(other, parts[0], one)
    return last, other


def _bear(held: Bearers, name: str, one: Found) -> None:
    known = held.setdefault(name, [])
    if all(k.resolution.name != one.resolution.name for k in known):
        known.append(one)


def _surnames(words: Words, resolution: Resolution) -> list[str]:
    actor = words.registry.get(resolution.id) if resolution.id else None
    if actor is not None:
        return [key(n.text) for n in actor.names if n.use == "surname"]
    parts = pieces(resolution.name)
    return list(dict.fromkeys((parts[-1], " ".join(parts[-2:]))))


def _overlooked(words: Words, last: Bearers, taken: set[int]) -> list[Found]:
    """Surnames, known from the report, of single proper nouns that no name covers."""
    found = []
    for token in words.parse.tokens:
        if token.upos != "PROPN" or token.i in taken or len(token.text) < SHORTEST or not token.text[:1].isupper():
            continue
        if key(token.text) in last and not _inside_name(words, token.i):
            resolution = Resolution(token.text, token.text, kind="person", type="PERSON", score=0.5)
            found.append(Found(token.i, token.i + 1, resolution, "PERSON"))
    return found


def _inside_name(words: Words, i: int) -> bool:
    """Whether a proper noun is part of a longer name ("the Habte Foundation")."""
    parse = words.parse
    token = parse.tokens[i]
    if token.rel in ("flat", "compound") and token.head != i and parse.tokens[token.head].upos == "PROPN":
        return True
    return any(k.upos == "PROPN" for k in parse.kids(i, "flat", "compound"))


def _link(words: Words, one: Found, last: Bearers, other: Bearers) -> Found:
    resolution = one.resolution
    name = key(resolution.name)
    if resolution.id is not None or not _may_be_surname(words, one):
        return one
    known = last.get(name)
    if known is None and resolution.type == "PERSON" and len(other.get(name, ())) == 1:
        known = other[name]
    courtesy = _courtesy(words, one.first)
    known = [k for k in known or () if key(k.resolution.name) != name and _agrees(courtesy, k.resolution.name)]
    if not known:
        return _head(words, one)
    before = [k for k in known if k.first < one.first]
    meant = (before or known)[-1].resolution if len(known) > 1 else known[0].resolution
    told = replace(
        meant,
        text=resolution.text,
        title=resolution.title or None,
        via="alias",
        score=ONE_BEARER if len(known) == 1 else SEVERAL,
        reason=f"surname of {meant.name}; {meant.reason}",
    )
    return replace(one, resolution=told, label="PERSON")


def _courtesy(words: Words, first: int) -> str | None:
    """The sex that a courtesy before a name tells ("Mrs Villar")."""
    before = words.parse.tokens[first - 1].text.rstrip(".").lower() if first else ""
    return "f" if before in ("mrs", "ms", "miss", "madame", "lady") else "m" if before in ("mr", "sir") else None


def _agrees(courtesy: str | None, name: str) -> bool:
    return courtesy is None or sex_of(name) in (None, courtesy)


def _may_be_surname(words: Words, one: Found) -> bool:
    """A person or a name of unknown kind; a name taken for a place or a body only as one word that stands where no place does."""
    resolution = one.resolution
    if resolution.type in ("PERSON", "OTHER"):
        return True
    if one.last - one.first != 1 or len(resolution.text) < SHORTEST or resolution.text.isupper():
        return False
    head = words.head(one.first, one.last)
    if resolution.kind not in (None, "place") or _inside_name(words, head):
        return False
    return not (resolution.kind == "place" or one.label == "LOC") or not is_place(words.parse, head, False)


def _head(words: Words, one: Found) -> Found:
    """A head of state or government by surname alone."""
    resolution = one.resolution
    if resolution.id is not None or resolution.type not in ("PERSON", "OTHER") or resolution.title is not None:
        return one
    if one.label in ("PERSON", "OTHER") and (head := head_of_state(words, key(resolution.name))):
        return replace(one, resolution=replace(head, text=resolution.text, via="alias", score=0.8))
    return one


def head_of_state(words: Words, name: str) -> Resolution | None:
    """The head of state or government whom a surname alone names, where the report's day or country leaves one."""
    registry = words.registry
    if name in registry.words.words["common_surnames"]:
        return None
    on = words.report.published
    heads = tuple(
        e
        for e in registry.entries(name)
        if e.use == "surname"
        and any(rank(registry, p) == 1 for p in registry.actors[e.actor].posts)
        and (on is None or posts_on(registry.actors[e.actor], on) or len(registry.entries(name)) == 1)
    )
    return resolve_entries(registry, heads, name, on, words.context) if heads else None
