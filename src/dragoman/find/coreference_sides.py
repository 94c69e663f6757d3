"""Whom words for another of the same kind stand for: "its neighbour", "his host", "the North", "the regime" in an opponent's mouth."""

from __future__ import annotations

from collections.abc import Mapping

from ..model import Mention, Parse, Token
from .coreference_entities import Entities, Entity
from .coreference_lexicon import Anaphora

WINDOW = 5
"""Sentences back in which the other one must have been named."""
ENEMIES = frozenset(("enemy", "aggressor", "occupier", "invader"))
HALVES = frozenset(("North", "South", "East", "West"))


class Sides:
    """Who is meant by the side that words take. `heads` holds the mention at each head met so far, `given` all found before."""

    def __init__(
        self,
        parse: Parse,
        lexicon: Anaphora,
        entities: Entities,
        given: Mapping[int, Mention],
        heads: Mapping[int, Mention],
    ) -> None:
        self._parse, self._lexicon, self._entities = parse, lexicon, entities
        self._given, self._heads = given, heads

    def fellow(self, token: Token) -> Entity | None:
        """The other one of whom a noun with a possessor tells: "its western neighbour", "his guest"; None where two would fit."""
        lemma = token.lemma.lower()
        persons, bodies = lemma in self._lexicon.company, lemma in self._lexicon.fellows
        if not (persons or bodies) or "Number=Plur" in token.feats or self._parse.kids(token.i, "acl"):
            return None
        if beside := self._parse.kids(token.i, "appos", "flat"):
            return self._named(beside[0])
        owner = next((self._owner(k) for k in self._parse.kids(token.i, "nmod:poss")), None)
        if owner is None:
            return None
        own = self.of(owner)
        if owner.type == "PERSON" and persons:
            found = [e for e in self._entities if e.type == "PERSON" and e.named and e.key not in own]
            return self._last(found, token)
        if not bodies or (owner.type == "PERSON" and not owner.party.country and owner.body is None):
            return None
        found = [e for e in self._entities if e.key not in own and self._is_body(e) and self._fits(token, e)]
        return self._last(found, token)

    def enemy(self, token: Token, own: frozenset[str]) -> Entity | None:
        """ "The enemy" in somebody's words: the one body or state named lately that is not of his side."""
        definite = any(k.lower in ("the", "this") for k in self._parse.kids(token.i, "det"))
        if token.lemma.lower() not in ENEMIES or not definite or not own or self._parse.kids(token.i, "nmod", "appos"):
            return None
        found = [e for e in self._entities if e.key not in own and self._is_body(e) and self._fits(token, e)]
        return self._last(found, token)

    def _named(self, beside: Token) -> Entity | None:
        """The state or body named in apposition: "its western neighbour, Zambia"."""
        mention = self._given.get(beside.i)
        if mention is None or mention.form != "name" or mention.type == "PERSON":
            return None
        return self._entities.find(mention) or Entity(mention.party.id or "", mention.party, mention.type, [mention])

    def _owner(self, token: Token) -> Entity | None:
        mention = self._heads.get(token.i)
        return self._entities.find(mention) if mention is not None else None

    def _is_body(self, entity: Entity) -> bool:
        return entity.named and (entity.party.kind == "state" or (entity.type == "ORG" and entity.party.id is not None))

    def _fits(self, token: Token, entity: Entity) -> bool:
        """A neighbour is a state; what acts only through its adjective ("a French shell") is none of the sides."""
        if token.lemma.lower() in ("neighbour", "neighbor") and entity.party.kind != "state":
            return False
        return any(self._parse.tokens[m.head].rel not in ("amod", "compound") for m in entity.mentions)

    def _last(self, found: list[Entity], token: Token) -> Entity | None:
        """The only one named lately; of several the one that was a subject, if one alone was."""
        for back in range(1, WINDOW + 1):
            near = [e for e in found if self._near(e, token, back)]
            if len(near) > 1:
                near = [e for e in near if self._near(e, token, back, subject=True)]
                return near[0] if len(near) == 1 else None
            if near:
                return near[0]
        return None

    def _near(self, entity: Entity, token: Token, back: int, subject: bool = False) -> bool:
        return any(
            m.head < token.i
            and token.sent - self._parse.tokens[m.head].sent <= back
            and (not subject or self._parse.tokens[m.head].rel in ("nsubj", "root"))
            for m in entity.mentions
        )

    def of(self, entity: Entity) -> frozenset[str]:
        """The keys of an actor's own side: himself, his body, his state."""
        keys = {entity.key}
        for party in (entity.party, entity.body):
            state = self._entities.state(party.country) if party is not None else None
            keys |= {state.key} if state is not None else set()
        if entity.body is not None:
            keys.add(entity.body.id or entity.body.name.lower())
        if entity.party.member_of:
            named = self._entities.named(entity.party.member_of)
            keys |= {named.key} if named is not None else set()
        return frozenset(keys)

    def stranger(self, entity: Entity, token: Token) -> bool:
        """Whether a person of no known country was named in this sentence or the one before."""
        known = entity.party.country or (entity.body is not None and entity.body.country)
        named = entity.type == "PERSON" and entity.named and not known
        return named and any(token.sent - self._parse.tokens[m.head].sent <= 1 for m in entity.mentions)

    def half(self, mention: Mention) -> Entity | None:
        """ "The North" where the report names one state called so ("North Korea")."""
        words = self._parse.span(mention.first, mention.last).text
        if mention.form != "name" or mention.party.id is not None or words not in HALVES:
            return None
        found = [e for e in self._entities if e.party.kind == "state" and e.party.name.startswith(words + " ")]
        return found[0] if len(found) == 1 else None
