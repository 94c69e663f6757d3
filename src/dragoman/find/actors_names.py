"""Names of actors in a report: those that the who's who lists, those that only the engine sees, and persons by their titles.

1. Listed names are taken unless the words around them make another name of them ("Michael Jordan").
2. Names that nobody lists are the engine's entities, or runs of proper nouns where the engine gives none.
3. Words before a person's name describe him ("Hamas international affairs spokesman Osama Hamdan").
4. A surname alone is the person named in full in the same report, else a head of state or government.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from dragoman.find.actors_entities import LABELS, NOT_NAMES, engine_names, without_title
from dragoman.find.actors_places import is_place
from dragoman.find.actors_surnames import Found, linked
from dragoman.find.actors_words import Words
from dragoman.model import Entity, Mention
from dragoman.registry.normal import key
from dragoman.registry.resolution import PEOPLE, PLACES, Context, Resolution, resolve_entries
from dragoman.registry.segments import Segment

LONGEST_DESCRIPTION = 14
"""Tokens: descriptions before a name are read no further back."""


def find_names(words: Words) -> list[Mention]:
    """All name mentions, in text order, one for each head."""
    words.with_context(report_context(words))
    entities = engine_names(words.parse)
    covered = [False] * len(words.parse.tokens)
    listed = _listed(words, entities)
    for found in listed:
        covered[found.first : found.last] = [True] * (found.last - found.first)
    unlisted = [f for e in entities if (f := _unlisted(words, e, covered))]
    named = [_described(words, f) for f in sorted([*listed, *unlisted], key=lambda f: f.first)]
    return [_mention(words, f) for f in linked(words, named)]


def report_context(words: Words) -> Context:
    """The ids and the country in focus that the report's plain names give, and the outlet's own."""
    present: set[str] = set()
    countries: Counter[str] = Counter()
    registry = words.registry
    for segment in words.segments:
        strong = [e for e in segment.entries if e.use in ("name", "alias", "demonym", "adjective", "capital")]
        if len({e.actor for e in strong}) == 1:
            actor = registry.actors[strong[0].actor]
            present.add(actor.id)
            if actor.country:
                countries[actor.country] += 1
    outlet = registry.entries(key(words.report.outlet)) if words.report.outlet else []
    usage = {registry.actors[e.actor].id for e in outlet}
    usage |= {a.part_of for u in list(usage) if (a := registry.get(u)) and a.part_of}
    focus = countries.most_common(1)[0][0] if countries else None
    return Context(frozenset(usage), frozenset(present), focus)


# --- 1. listed names


def _listed(words: Words, entities: Sequence[Entity]) -> list[Found]:
    within = {i: e for e in entities for i in range(e.first, e.last)}
    found = []
    for number, segment in enumerate(words.segments):
        if segment.kind == "name" and (hit := _listed_name(words, number, segment, within)):
            found.append(hit)
    return found


def _listed_name(words: Words, number: int, segment: Segment, within: dict[int, Entity]) -> Found | None:
    first, last = words.tokens_of(segment)
    token = words.parse.tokens[first]
    if last - first == 1 and token.upos in NOT_NAMES and not (token.text.isupper() and len(token.text) > 1):
        return None
    entity = within.get(first)
    if entity is not None and _swallowed(words, segment, entity, first, last):
        return None
    if entity is None and _part_of_person(words, number, segment):
        return None
    strong = tuple(e for e in segment.entries if e.use != "surname")
    resolution = (
        resolve_entries(words.registry, strong, segment.text, words.report.published, words.context) if strong else None
    )
    return Found(first, last, resolution, entity.label if entity else None) if resolution else None


def _swallowed(words: Words, segment: Segment, entity: Entity, first: int, last: int) -> bool:
    """Whether the engine's longer name takes this one in: a person called after a place, a body called after a state."""
    if entity.first >= first and entity.last <= last:
        return False
    uses = {e.use for e in segment.entries}
    if entity.label == "ORG" and first > entity.first and last - first == 1:
        kinds = {words.registry.actors[e.actor].kind for e in segment.entries}
        return kinds <= {"outlet", "company"}  # "People's Dawn Movement" is not the newspaper Dawn
    if entity.label == "PERSON":
        return uses <= PLACES | PEOPLE | {"capital", "seat", "name", "alias", "surname", "weak"} and last - first == 1
    return entity.label in ("ORG", "LOC") and _is_part(words, entity, first, last, uses)


def _is_part(words: Words, entity: Entity, first: int, last: int, uses: set[str]) -> bool:
    """Whether the land or town that opens or ends a body's own name is only a part of it ("the U.S. Fish and Wildlife Service")."""
    if not uses <= PLACES | {"capital", "seat", "region", "name", "alias"}:
        return False
    actors = {words.registry.actors[e.actor].kind for s in words.segments_in(first, last) for e in s.entries}
    if not actors <= {"state", "place"}:
        return False
    tokens = words.parse.tokens
    rest = [i for i in range(entity.first, entity.last) if not first <= i < last]
    named = [i for i in rest if tokens[i].upos == "PROPN" and tokens[i].text[:1].isupper()]
    return bool(named) and all(s.kind == "unknown" for i in named for s in words.segments_in(i, i + 1))


def _part_of_person(words: Words, number: int, segment: Segment) -> bool:
    """Whether unknown capitalised words stand at either side within one name ("Michael Jordan", "Paris Hilton")."""
    parse = words.parse
    first, last = words.tokens_of(segment)
    if last - first > 1 or any(
        e.use in ("name", "alias") and words.registry.actors[e.actor].kind not in ("state", "person")
        for e in segment.entries
    ):
        return False
    for other, beside in ((first - 1, number - 1), (last, number + 1)):
        if (
            0 <= other < len(parse.tokens)
            and 0 <= beside < len(words.segments)
            and words.segments[beside].kind == "unknown"
        ):
            a, b = (
                (parse.tokens[other], parse.tokens[first])
                if other < first
                else (parse.tokens[first], parse.tokens[other])
            )
            if b.dep == "flat" and b.head in (a.i, a.head) and b.upos == "PROPN":
                return True
    return False


# --- 2. names that nobody lists


def _unlisted(words: Words, entity: Entity, covered: Sequence[bool]) -> Found | None:
    """An entity as an unknown name; country and sector come from its own words ("Chadian Human Rights League")."""
    first, last = without_title(words, entity)
    if entity.label == "OTHER":
        while first < last and covered[first]:
            first += 1
        while last > first and covered[last - 1]:
            last -= 1
    if first >= last or all(covered[first:last]) or (entity.label == "NORP" and covered[first]):
        return None
    if entity.label == "OTHER" and any(covered[first:last]):
        return None
    span = words.text(first, last)
    segments = words.segments_in(first, last)
    if (
        not span.text[:1].isalnum()
        or all(s.key in words.registry.words.words["calendar"] or s.key.isdigit() for s in segments)
        or (entity.label == "OTHER" and not any(s.kind in ("unknown", "name") for s in segments))
    ):
        return None
    told = words.describe(segments, span.text) if entity.label in ("ORG", "OTHER") and len(segments) > 1 else None
    if entity.label == "PERSON" and segments and not any(s.kind in ("unknown", "name", "word") for s in segments):
        return None
    if told is not None and told.kind in ("outlet", "company") and not span.text.endswith(told.name):
        told = None  # a movement with a newspaper's name in its own
    if told is not None and told.id is not None:
        return Found(first, last, replace(told, form="name", type="ORG"), entity.label)
    rest = [i for i in range(first, last) if not covered[i]]
    if len(rest) < last - first and not any(words.parse.tokens[i].text[:1].isupper() for i in rest):
        return None
    type_ = entity.label if entity.label in LABELS else (told.type if told and told.type != "NORP" else "OTHER")
    return Found(
        first,
        last,
        Resolution(
            span.text,
            span.text,
            None,
            "person" if type_ == "PERSON" else None,
            told.country if told else None,
            told.sector if told else None,
            form="name",
            type=type_,
            score=0.5,
            reason="name that the who's who does not have",
        ),
        entity.label,
    )


# --- 3. descriptions before a name


def _described(words: Words, found: Found) -> Found:
    """The name with the title, body and country that the words before it tell."""
    resolution = found.resolution
    if resolution.type not in ("PERSON", "OTHER") or resolution.uses & (PEOPLE | PLACES):
        return found
    left = description_start(words, found.first)
    before = words.segments_in(left, found.first)
    while before and before[0].kind in ("empty", "comma"):
        before = before[1:]
    if not any(s.agent or s.kind in ("rank", "courtesy") for s in before):
        return found
    told = words.describe([*before, *words.segments_in(found.first, found.last)], resolution.text)
    if told is None or told.type != "PERSON":
        return found
    title = None if key(told.title or "") in words.registry.words.words["relational"] else told.title
    told = replace(told, title=title)
    if resolution.id is None:
        if told.id is not None:
            return replace(found, resolution=replace(told, form="name", via="alias"))
        return replace(found, resolution=replace(told, text=resolution.text, name=resolution.name, form="name"))
    return replace(
        found,
        resolution=replace(
            resolution,
            title=title or resolution.title,
            sector=told.sector if resolution.sector == "ELI" and told.title else resolution.sector or told.sector,
            country=resolution.country or told.country,
            member_of=resolution.member_of or told.member_of,
        ),
    )


def description_start(words: Words, first: int) -> int:
    """The first token of the words before a name that belong to its noun phrase."""
    tokens = words.parse.tokens
    sentence = words.parse.sentence(first)
    left = first
    while left > sentence.first and first - left < LONGEST_DESCRIPTION:
        token = tokens[left - 1]
        inner = (
            token.upos in ("NOUN", "PROPN", "ADJ", "NUM", "X")
            or token.text in ("'s", "’s", "'", "’", "-")
            or (
                token.upos in ("VERB", "ADV")
                and token.dep in ("amod", "compound", "advmod")
                and tokens[left - 2].text == "-"
            )
        )
        of = (
            token.lower in ("of", "for", "to")
            and token.dep == "case"
            and tokens[left].upos == "PROPN"
            and _title_before(words, left - 1)
        )
        if not (inner or of or (token.lower == "the" and of)):
            break
        left -= 1
    return left


def _title_before(words: Words, at: int) -> bool:
    """Whether the word before a preposition ends a title ("Secretary of State for Defence")."""
    found = words.segments_in(max(0, at - 1), at)
    return bool(found) and found[-1].agent is not None


# --- mentions


def _mention(words: Words, found: Found) -> Mention:
    resolution = found.resolution
    head = words.head(found.first, found.last)
    token = words.parse.tokens[head]
    if resolution.type == "PERSON":
        return words.mention(found.first, found.last, resolution)
    if resolution.type == "NORP":
        return words.mention(found.first, found.last, resolution, type_="NORP")
    landlike = (
        resolution.kind in ("state", "place")
        or bool(resolution.uses & {"capital"})
        or (found.label == "LOC" and resolution.id is None)
    )
    if not landlike:
        return words.mention(found.first, found.last, resolution)
    city = bool(resolution.uses & (PLACES | {"capital"})) or resolution.kind == "place"
    if token.dep in ("compound", "amod") and token.head != head:
        place = city and not _before_power(words, token.head)
    else:
        place = is_place(words.parse, head, city)
    if place and resolution.via == "metonym":
        resolution = replace(resolution, via="name", id=None, name=resolution.text, kind="place", sector=None)
    return words.mention(
        found.first,
        found.last,
        resolution,
        type_="LOC",
        place=place,
    )


def _before_power(words: Words, head: int) -> bool:
    """Whether the noun after a capital's name is a government ("the Tehran government")."""
    return words.parse.tokens[head].lemma.lower() in words.registry.words.state
