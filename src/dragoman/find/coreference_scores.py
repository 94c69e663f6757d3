"""How well each actor met so far fits an anaphor."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from ..model import Mention, Parse, Token
from .coreference_entities import Entity

SUBJECT = ("nsubj", "nsubj:pass", "obl:agent")
ROLE = {"nsubj": 1.2, "obj": 0.5, "obl": 0.3, "iobj": 0.5, "root": 1.0}
SPEAKER = 0.6
"""Gain of the speaker as subject of what he is reported to say."""
MARGIN = 1.0
"""Lead in score that makes an answer sure; below it confidence falls to even."""
NAMELESS = 0.8
"""Loss of one whom the report does not name."""
PARALLEL = 0.3
"""Gain of a subject for an anaphor that is one."""
DECAY = 0.9
"""Loss of score for each sentence between."""


@dataclass(frozen=True, slots=True)
class Need:
    """What an anaphor asks of its antecedent. None asks nothing; `countries` are ISO codes that it must have."""

    types: frozenset[str]
    kinds: frozenset[str] | None
    plural: bool | None
    sex: str | None
    countries: frozenset[str] | None = None
    nationality: frozenset[str] = frozenset()


def ranked(
    parse: Parse,
    entities: Iterable[Entity],
    token: Token,
    need: Need,
    window: int,
    heads: Mapping[int, Mention],
    speaker: str | None = None,
) -> list[tuple[float, Entity]]:
    """The entities that fit, best first. `speaker` is the key of the actor whose reported words hold the anaphor."""
    barred = _barred(parse, token, heads)
    found = []
    for entity in entities:
        if entity.key in barred or not _fits(entity, need):
            continue
        score = _score(parse, entity, token, window)
        if score is not None:
            own = SPEAKER if entity.key == speaker and token.dep in SUBJECT else 0.0
            found.append((score + own + _sex_bonus(entity, need), entity))
    found += _ahead(parse, token, need, heads, barred, {e.key for _, e in found})
    return sorted(found, key=lambda pair: (-pair[0], pair[1].key))


def _fits(entity: Entity, need: Need) -> bool:
    body = entity.type == "LOC" and entity.party.kind is None and entity.acts
    if (
        entity.type not in need.types
        and not (body and "ORG" in need.types)
        and not (need.plural and entity.type == "PERSON" and entity.plural)
    ):
        return False
    party = entity.party
    if entity.type == "PERSON" and need.sex and entity.sex and entity.sex != need.sex:
        return False
    if need.plural is False and entity.type in ("NORP", "OTHER") and entity.plural and party.kind not in ("state",):
        return False
    if need.kinds is not None and party.kind is not None and party.kind not in need.kinds:
        return False
    if need.kinds is not None and party.kind is None and ((entity.type == "LOC" and not body) or "state" in need.kinds):
        return False
    if need.plural is False and entity.plural and party.id is None and not entity.named:
        return False
    if need.countries is not None and party.country not in need.countries:
        return False
    return not need.nationality or party.country in need.nationality


def _sex_bonus(entity: Entity, need: Need) -> float:
    return 0.6 if need.sex and entity.sex == need.sex else 0.0


def _score(parse: Parse, entity: Entity, token: Token, window: int) -> float | None:
    best: float | None = None
    here = token.sent
    for mention in reversed(entity.mentions[-6:]):
        if mention.head >= token.i:
            continue
        head = parse.tokens[mention.head]
        away = here - head.sent
        if away > window:
            break
        score = _role(parse, head) - DECAY * min(away, 6) + (0.4 if away == 0 and head.dep in SUBJECT else 0.0)
        if mention.place:
            score -= 1.5
        if token.dep in SUBJECT and head.dep in SUBJECT:
            score += PARALLEL
        if parse.sentence(head.i).paragraph == parse.sentence(token.i).paragraph:
            score += 0.3
        best = score if best is None else max(best, score)
    if best is None:
        return None
    return (
        best
        + min(len(entity.mentions), 6) * 0.12
        + (0.2 if entity.party.id else 0.0)
        - (0.0 if entity.named else NAMELESS)
    )


def _role(parse: Parse, head: Token) -> float:
    """Prominence of a syntactic role; that of a possessor or complement is a part of its head's."""
    token, factor = head, 1.0
    for _ in range(4):
        if token.rel in ROLE:
            return ROLE[token.rel] * factor
        if token.head == token.i:
            return factor
        factor *= 0.75 if token.dep == "nmod:poss" or token.rel in ("conj", "appos", "flat", "compound") else 0.5
        token = parse.tokens[token.head]
    return 0.1


def _barred(parse: Parse, token: Token, heads: Mapping[int, Mention]) -> set[str]:
    """Actors that the anaphor cannot be: fellow arguments of its verb, and who stands beside it ("its ties with Hamas")."""
    keys: set[str] = set()
    head = parse.tokens[token.head]
    if token.dep == "nmod:poss":
        others = [k for k in parse.kids(head.i, "nmod", "conj") if k.i != token.i]
    elif token.rel in ("obj", "iobj", "obl") and not token.lower.endswith(("self", "selves")):
        others = [k for k in parse.kids(head.i) if k.i != token.i and k.rel in ("nsubj", "obj", "iobj")]
        subject = subject_of(parse, head.i)
        others += [subject] if subject is not None else []
    else:
        others = []
    for other in others:
        for at in (other.i, *(k.i for k in parse.kids(other.i, "flat", "appos", "conj"))):
            mention = heads.get(at)
            if mention is not None:
                keys.add(mention.party.id or mention.party.name.lower())
    return keys


def subject_of(parse: Parse, verb: int) -> Token | None:
    """The subject of a verb, that of the verb it is joined to or controlled by where it has none of its own."""
    for _ in range(4):
        own = next((k for k in parse.kids(verb) if k.rel == "nsubj"), None)
        if own is not None:
            return own
        token = parse.tokens[verb]
        if token.rel not in ("conj", "xcomp", "advcl") or token.head == verb:
            return None
        if token.rel == "xcomp" and (held := parse.kids(token.head, "obj", "iobj")):
            return held[0]
        verb = token.head
    return None


def _ahead(
    parse: Parse, token: Token, need: Need, heads: Mapping[int, Mention], barred: set[str], known: set[str]
) -> list[tuple[float, Entity]]:
    """A possessive in an adjunct before its main clause may point ahead to that clause's subject ("After its defeat, X …")."""
    if token.dep != "nmod:poss":
        return []
    subject = _main_subject(parse, token)
    if subject is None:
        return []
    inside = [heads[i] for i in parse.subtree(subject.i) if i in heads and heads[i].form == "name"]
    found = []
    for rank, mention in enumerate(sorted(inside, key=lambda m: (m.head != subject.i, m.head))):
        entity = Entity(mention.party.id or mention.party.name.lower(), mention.party, mention.type, [mention])
        if entity.key not in barred and _fits(entity, need):
            found.append((2.4 - 0.3 * rank - (0.0 if mention.head == subject.i else 0.5), entity))
    return found


def _main_subject(parse: Parse, token: Token) -> Token | None:
    """The subject of the clause in whose opening adjunct the token stands, if it comes after it."""
    for at in parse.ancestors(token.i):
        kid = parse.tokens[at]
        if kid.rel in ("obl", "advcl") and kid.head > kid.i:
            subject = next((k for k in parse.kids(kid.head) if k.rel == "nsubj"), None)
            return subject if subject is not None and subject.i > token.i else None
    return None
