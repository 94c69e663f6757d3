"""The engine's name spans, made fit for the who's who: edges trimmed, titles taken off."""

from __future__ import annotations

from dragoman.find.actors_words import Words
from dragoman.find.coreference_lexicon import load as anaphora
from dragoman.find.coreference_sex import load as given_names
from dragoman.model import Entity, Parse

NOT_NAMES = frozenset(("VERB", "AUX", "ADP", "PRON", "ADV", "DET", "CCONJ", "SCONJ", "PART", "INTJ"))
"""Parts of speech that neither begin nor end a name."""
HONOURS = frozenset(("U", "Daw"))
"""Burmese courtesies that belong to a name ("U Thant")."""
LABELS = frozenset(("PERSON", "ORG", "LOC", "NORP"))
"""Labels of entities that may be actors or places."""


def engine_names(parse: Parse) -> list[Entity]:
    """The engine's entities that may be actors; runs of proper nouns where it gives none at all."""
    if parse.entities:
        return [t for e in parse.entities if e.label in LABELS and (t := trimmed(parse, e))]
    found: list[Entity] = []
    start: int | None = None
    for token in parse.tokens:
        goes_on = start is not None and token.upos == "PROPN" and token.sent == parse.tokens[start].sent
        if start is not None and not goes_on:
            found.append(Entity(start, token.i, "OTHER"))
            start = None
        if token.upos == "PROPN" and start is None and token.text[:1].isupper():
            start = token.i
    return [*found, Entity(start, len(parse.tokens), "OTHER")] if start is not None else found


def trimmed(parse: Parse, entity: Entity) -> Entity | None:
    """The entity without prepositions, verbs and small words at its ends; None where no capital is left."""
    first, last = entity.first, entity.last
    if entity.label == "PERSON":
        first = max((i + 1 for i in range(first, last) if parse.tokens[i].text in ("'s", "’s")), default=first)
    while first < last and _no_name(parse, first):
        first += 1
    while last > first and _no_name(parse, last - 1):
        last -= 1
    within = parse.tokens[first:last]
    if not within or not (
        any(c.isupper() for t in within for c in t.text[:3]) or all(t.upos == "PROPN" for t in within)
    ):
        return None
    if entity.label == "PERSON" and last - first > 1 and first > 0 and _opens_name(parse, first - 1):
        first -= 1
    if (
        last - first == 1
        and parse.tokens[first].text in HONOURS
        and last < len(parse.tokens)
        and parse.tokens[last].upos == "PROPN"
    ):
        return None
    label = "PERSON" if entity.label == "LOC" and _of_person(parse, first, last) else entity.label
    return Entity(first, last, label)


def _of_person(parse: Parse, first: int, last: int) -> bool:
    """Whether a name taken for a place begins with a given name and stands as one who acts or is acted on."""
    words, names = parse.tokens[first:last], given_names()
    if not 2 <= len(words) <= 3 or any(t.upos != "PROPN" for t in words):
        return False
    given = words[0].lower in names.female | names.male
    head = next((t for t in words if not first <= t.head < last), words[0])
    acting = head.rel in ("nsubj", "obj", "iobj", "appos") or head.dep in ("nsubj:pass", "obl:agent")
    return given and acting and not parse.kids(head.i, "case") and words[-1].lower not in anaphora().sites


def _opens_name(parse: Parse, i: int) -> bool:
    """Whether a token is a capitalised name word of the same flat name as the next ("Daw Khin Nu" with "Khin Nu" found)."""
    token, after = parse.tokens[i], parse.tokens[i + 1]
    flat = (after.rel == "flat" and after.head == i) or token.text in HONOURS
    named = token.upos == "PROPN" or token.text in HONOURS
    return flat and named and token.text[:1].isupper() and token.sent == after.sent


def _no_name(parse: Parse, i: int) -> bool:
    token = parse.tokens[i]
    return (token.upos in NOT_NAMES and not token.text.isupper()) or token.upos == "PUNCT" or token.upos == "PART"


def without_title(words: Words, entity: Entity) -> tuple[int, int]:
    """The tokens of an entity without the titles and courtesies that open a person's name."""
    first, last = entity.first, entity.last
    if entity.label not in ("PERSON", "OTHER"):
        return first, last
    for segment in words.segments_in(first, last):
        if segment.text in HONOURS:
            break
        ends = words.tokens_of(segment)[1]
        folk = bool(segment.entries) and all(e.use in ("demonym", "adjective") for e in segment.entries)
        opens = (
            (folk and last - ends > 1)
            or segment.kind in ("rank", "courtesy", "former", "comma")
            or (segment.agent is not None and segment.agent.form == "person")
        )
        if not opens or ends >= last:
            break
        first = ends
    return first, last
