"""How many independent origins a happening has: pure functions of the chains of its claims.

Two claims have one origin where they share anything that they rest on: a voice (or two voices who speak for one body), an
agency, an interview or other work, a near-duplicate text, or the same sentence word by word. Sharing is passed on: if A shares
a voice with B and B an agency with C, all three are one origin. What a report says in its own voice has the outlet as its
origin, unless the same report (or a copy of it) also gives a voice for it: then it is taken to rest on that voice. A voice
without a name is known only as that outlet's source, so an outlet's unnamed voices are one.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from .names import plain

MIN_SHARED_SENTENCE = 50
"""Code points from which the same sentence in two reports is a copy rather than chance."""


@dataclass(frozen=True, slots=True)
class Link:
    """One voice of a chain as origins see it."""

    name: str
    kind: str
    body: int
    work: str | None


@dataclass(frozen=True, slots=True)
class Ground:
    """What one claim rests on. `copies` is the number that near-duplicate reports share."""

    claim: int
    report: int
    outlet: str | None
    copies: int
    sentence: str
    chain: tuple[Link, ...]


def keys_of(ground: Ground) -> set[str]:
    """Everything that the claim rests on, as keys that others may share."""
    own = f"name:{plain(ground.outlet)}" if ground.outlet else f"report:{ground.report}"
    keys = set()
    if len(ground.sentence) >= MIN_SHARED_SENTENCE:
        keys.add(f"text:{plain(ground.sentence)}")
    for link in ground.chain:
        if link.kind == "unnamed":
            keys.add(f"unnamed:{own}")
        else:
            keys |= {f"name:{plain(link.name)}", f"body:{link.body}"}
        if link.work and _is_title(link.work):
            keys.add(f"work:{plain(link.work)}")
    return keys if ground.chain else keys | {own, f"copy:{ground.copies}"}


def _is_title(work: str) -> bool:
    """Whether the words name one work ("Annual Report on Human Rights") rather than a sort of work ("an interview")."""
    return any(word[:1].isupper() for word in work.split()[1:])


def origins(grounds: Iterable[Ground]) -> list[list[int]]:
    """Claim numbers, those of one origin together; the origins in the order of their first claims."""
    held: dict[str, int] = {}
    home: dict[int, int] = {}

    def root(claim: int) -> int:
        while home[claim] != claim:
            home[claim] = home[home[claim]]
            claim = home[claim]
        return claim

    held_grounds = sorted(grounds, key=lambda ground: not ground.chain)
    voiced: dict[int, int] = {}
    for ground in held_grounds:
        home[ground.claim] = ground.claim
        for key in _keys_among(ground, voiced):
            first = held.setdefault(key, ground.claim)
            one, two = root(first), root(ground.claim)
            if one != two:
                home[max(one, two)] = min(one, two)
    groups: dict[int, list[int]] = {}
    for claim in home:
        groups.setdefault(root(claim), []).append(claim)
    return sorted((sorted(group) for group in groups.values()), key=lambda group: group[0])


def _keys_among(ground: Ground, voiced: dict[int, int]) -> set[str]:
    """The claim's keys; one in the report's own voice rests on the first voice that the report or a copy gives, if any."""
    if ground.chain:
        voiced.setdefault(ground.copies, ground.claim)
        return keys_of(ground) | ({f"first:{ground.copies}"} if voiced[ground.copies] == ground.claim else set())
    return {f"first:{ground.copies}"} if ground.copies in voiced else keys_of(ground)


def single_share(counted: Sequence[tuple[int, int]]) -> float:
    """Share of the passages (second numbers) in happenings that rest on one origin (first numbers); 0 for none."""
    total = sum(passages for _, passages in counted)
    return sum(passages for count, passages in counted if count == 1) / total if total else 0.0


def chains(rows: Iterable[tuple[int, str, str, int, str | None]]) -> Mapping[int, tuple[Link, ...]]:
    """Links by claim from rows of claim, name, kind, body and work."""
    found: dict[int, tuple[Link, ...]] = {}
    for claim, name, kind, body, work in rows:
        found[claim] = (*found.get(claim, ()), Link(name, kind, body, work))
    return found
