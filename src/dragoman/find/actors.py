"""Mentions of actors: names and descriptions that name somebody, each resolved to a party.

1. Words are cut once (`actors_words`). 2. Names (`actors_names`). 3. Descriptions (`actors_nominals`). 4. A description set beside a
name tells of it ("Hamas spokesman, Osama Hamdan"), and takes its party. 5. Place names that nobody has are places.
6. One mention stays for each head word.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from dragoman.find.actors_names import find_names
from dragoman.find.actors_nominals import find_nominals
from dragoman.find.actors_places import is_place
from dragoman.find.actors_words import Words
from dragoman.model import Mention, Parse, Party, Report, Span, Toponym
from dragoman.registry.index import Registry


def find_mentions(
    report: Report, parse: Parse, registry: Registry, places: Sequence[Toponym] = ()
) -> tuple[Mention, ...]:
    """All names and descriptions that name an actor (or might), in text order, one for each head token."""
    if not parse.tokens:
        return ()
    words = Words(report, parse, registry)
    names = find_names(words)
    nominals = find_nominals(words, {m.first for m in names if m.type == "PERSON"})
    beside = beside_names(words, names, nominals)
    return one_per_head([*beside, *places_left(words, places, beside)])


def beside_names(words: Words, names: Sequence[Mention], nominals: Sequence[Mention]) -> list[Mention]:
    """Names with the titles of the descriptions set beside them; these with the names' parties."""
    by_head = {m.head: m for m in [*nominals, *names]}
    for mention in [*names, *nominals]:
        token = words.parse.tokens[mention.head]
        counted = _counted(words.parse, token.head)
        other = by_head.get(token.head) or by_head.get(counted)
        if token.rel not in ("appos", "flat") or other is None or other.head == mention.head:
            continue
        name, nominal = (mention, other) if mention.form == "name" else (other, mention)
        one_of_some = counted != token.head and name.type == "PERSON"
        if name.form != "name" or nominal.form != "nominal":
            continue
        if not (one_of_some or _may_be_one(by_head[name.head], nominal)):
            continue
        told = by_head[name.head] = _told(by_head[name.head], nominal)
        by_head[nominal.head] = _as_named(nominal, told)
    return list(by_head.values())


def _counted(parse: Parse, head: int) -> int:
    """The noun that "one" is one of ("one of their generals, Oren Tal"); `head` itself where it is not "one"."""
    if parse.tokens[head].lower != "one":
        return head
    return next((kid.i for kid in parse.kids(head, "nmod") if kid.i > head), head)


def _may_be_one(name: Mention, nominal: Mention) -> bool:
    """Person with person, body with body; a plural description of a body may be a name's too ("the rebels, …")."""
    if name.type == "PERSON":
        return nominal.type == "PERSON"
    return nominal.type != "PERSON" and not name.place


def _told(name: Mention, nominal: Mention) -> Mention:
    """The name with what the description says where the who's who says nothing."""
    party, told = name.party, nominal.party
    title = _title(nominal) if name.type == "PERSON" else None
    known = party.id is not None
    return replace(
        name,
        party=replace(
            party,
            title=party.title or title,
            country=party.country or told.country,
            sector=party.sector if known and party.sector else told.sector or party.sector,
            member_of=party.member_of or told.member_of or (told.name if told.id else None),
        ),
    )


def _title(nominal: Mention) -> str | None:
    if nominal.party.title:
        return nominal.party.title
    words = nominal.party.text.split()
    while words and words[0].lower() in ("a", "an", "the", "its", "their", "his", "her"):
        words = words[1:]
    return " ".join(words) or None


def _as_named(nominal: Mention, name: Mention) -> Mention:
    party = replace(
        name.party, text=nominal.party.text, start=nominal.party.start, end=nominal.party.end, via="nominal"
    )
    antecedent = Span(name.party.start, name.party.end, name.party.text)
    return replace(nominal, party=party, antecedent=antecedent, reason=f"set beside {name.party.text!r}")


def places_left(words: Words, places: Iterable[Toponym], found: Sequence[Mention]) -> list[Mention]:
    """Mentions of the toponyms that no name covers."""
    taken = {i for m in found if m.form == "name" for i in range(m.first, m.last)}
    left = []
    for place in places:
        if place.last <= place.first or any(i in taken for i in range(place.first, place.last)):
            continue
        head = words.head(place.first, place.last)
        party = Party(place.text, place.start, place.end, None, place.name, "place", place.country, None)
        city = place.precision in ("city", "point")
        left.append(
            Mention(
                place.first,
                place.last,
                head,
                "LOC",
                "name",
                party,
                place=is_place(words.parse, head, city),
                confidence=0.8,
                reason="gazetteer",
            )
        )
    return left


def one_per_head(mentions: Iterable[Mention]) -> tuple[Mention, ...]:
    """One mention for each head: a listed name first, then a name, then the longer."""
    best: dict[int, Mention] = {}
    for mention in mentions:
        held = best.get(mention.head)
        if held is None or _worth(mention) > _worth(held):
            best[mention.head] = mention
    return tuple(sorted(best.values(), key=lambda m: (m.first, m.last, m.head)))


def _worth(mention: Mention) -> tuple[bool, bool, int]:
    return mention.party.id is not None, mention.form == "name", mention.last - mention.first
