"""The actors of a report as the reader has met them so far: one entity for all mentions of one actor."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from ..model import Mention, Parse, Party, Token
from .coreference_lexicon import Anaphora
from .coreference_roles import role_words
from .coreference_sex import sex_of

DESCRIBING = ("compound", "nmod:desc", "appos", "amod", "flat", "nmod")


@dataclass(slots=True)
class Entity:
    """One actor: its party, its mentions so far, the words that describe it, what is known of its sex, and the body that a
    person is said to speak or act for. `named`: by a name; `acts`: as a subject, or with people of its own."""

    key: str
    party: Party
    type: str
    mentions: list[Mention] = field(default_factory=list)
    words: set[str] = field(default_factory=set)
    sex: str | None = None
    body: Party | None = None
    plural: bool = False

    named: bool = False
    acts: bool = False

    @property
    def last(self) -> Mention:
        return self.mentions[-1]


class Entities:
    """Entities in order of first mention."""

    def __init__(self, parse: Parse, lexicon: Anaphora, given: Mapping[int, Mention]) -> None:
        self._parse, self._lexicon, self._given = parse, lexicon, given
        self._by_key: dict[str, Entity] = {}
        self._surnames: dict[str, Entity] = {}

    def __iter__(self) -> Iterator[Entity]:
        return iter(self._by_key.values())

    def add(self, mention: Mention) -> Entity:
        """Take a mention in, to the entity it belongs to or as a new one."""
        entity = self.find(mention)
        if entity is None:
            key = mention.party.id or mention.party.name.lower()
            sex = sex_of(mention.party.name) if mention.type == "PERSON" else None
            entity = self._by_key[key] = Entity(key, mention.party, mention.type, sex=sex)
        entity.named = entity.named or mention.form == "name"
        entity.mentions.append(mention)
        self._describe(entity, mention)
        return entity

    def find(self, mention: Mention) -> Entity | None:
        """The entity that a mention belongs to by its actor, or by the surname of a person."""
        own = self._by_key.get(mention.party.id or mention.party.name.lower())
        if own is not None or mention.type != "PERSON" or mention.party.id is not None:
            return own
        if mention.last - mention.first > 2:
            return None
        bearer = self._surnames.get(_surname(mention.party.name))
        before = self._parse.tokens[mention.first - 1].text if mention.first else ""
        courtesy = "f" if before in self._lexicon.female else "m" if before in self._lexicon.male else None
        return bearer if bearer is None or courtesy is None or bearer.sex in (None, courtesy) else None

    def named(self, name: str) -> Entity | None:
        """The entity with a canonical name."""
        low = name.lower()
        return next((e for e in self._by_key.values() if e.party.name.lower() == low), None)

    def state(self, country: str | None) -> Entity | None:
        """The state with an ISO code, where the report has named it."""
        return next((e for e in self if e.party.kind == "state" and country and e.party.country == country), None)

    def _describe(self, entity: Entity, mention: Mention) -> None:
        tokens = self._parse.tokens
        head = tokens[mention.head]
        if mention.type == "PERSON" and mention.form == "name":
            self._surnames.setdefault(_surname(mention.party.name), entity)
        near = [t for i in range(mention.first, mention.last) for t in (tokens[i],) if mention.form != "pronoun"]
        near += [tokens[i] for k in self._parse.kids(mention.head, *DESCRIBING) for i in _titles(self._parse, k)]
        if head.rel in ("appos", "flat", "nmod") and head.head != head.i:
            near.append(tokens[head.head])
        before = mention.first - 1
        if before >= 0 and tokens[before].upos in ("NOUN", "PROPN") and tokens[before].sent == head.sent:
            near.append(tokens[before])
        if before > 0 and tokens[before].text == "," and tokens[before - 1].lemma.lower() in self._lexicon.titles:
            near.append(tokens[before - 1])
        entity.words.update(t.lemma.lower() for t in near)
        if mention.type == "PERSON" and entity.body is None:
            entity.body = next((b for t in near if (b := self._body_named(t)) is not None), None)
        if mention.party.title:
            entity.words.update(mention.party.title.lower().split())
        if mention.type == "PERSON":
            self._tell_sex(entity, mention, head, near)
            entity.words.update(role_words(self._parse, mention, self._lexicon))
            if entity.words & self._lexicon.peers and mention.form == "name":
                entity.words.update(self._of_peer(mention))
        entity.acts = entity.acts or self._acts(head)
        entity.plural = (
            entity.plural or (head.upos == "NOUN" and "Number=Plur" in head.feats) or head.xpos in ("NNS", "NNPS")
        )

    def _tell_sex(self, entity: Entity, mention: Mention, head: Token, near: list[Token]) -> None:
        """The sex that a title, a courtesy or a noun beside the name tells; of a nominal its head alone."""
        telling = [head] if mention.form == "nominal" else [t for t in near if t.i != head.head or head.rel != "nmod"]
        forms = {t.text for t in telling} | {t.lower for t in telling}
        if forms & self._lexicon.female:
            entity.sex = "f"
        elif forms & self._lexicon.male and entity.sex is None:
            entity.sex = "m"

    def _acts(self, head: Token) -> bool:
        """Whether a name is a subject, or stands after people who are its own ("the smugglers of X")."""
        owner = self._given.get(head.head) if head.rel == "nmod" else None
        of = any(k.lower == "of" for k in self._parse.kids(head.i, "case"))
        return head.rel == "nsubj" or (of and owner is not None and owner.form == "nominal")

    def _of_peer(self, mention: Mention) -> set[str]:
        """The titles of the last other person of the sentence, whose colleague or counterpart this one is."""
        sentence = self._parse.tokens[mention.head].sent
        beside = [
            e
            for e in self
            if e.type == "PERSON" and e.mentions and e.last.head != mention.head
            if self._parse.tokens[e.last.head].sent == sentence and e.party.title
        ]
        title = max(beside, key=lambda e: e.last.head).party.title if beside else None
        return set((title or "").lower().split()) & (self._lexicon.titles | self._lexicon.office)

    def _body_named(self, title: Token) -> Party | None:
        """The body in a title: "Hamas spokesman", "the army's chief", "spokesman for the ministry"."""
        if title.lemma.lower() not in self._lexicon.titles | self._lexicon.peers:
            return None
        for kid in self._parse.kids(title.i, "compound", "nmod", "amod"):
            mention = self._given.get(kid.i)
            cases = {k.lower for k in self._parse.kids(kid.i, "case")}
            if (
                mention is not None
                and mention.type != "PERSON"
                and not cases - {"of", "for", "'s", "’s", "in", "at", "with", "'", "’"}
            ):
                return mention.party
        at = title.i - 1
        before = next(
            (
                m
                for m in self._given.values()
                if m.last - 1 == at and m.type in ("ORG", "LOC", "NORP") and m.form == "name"
            ),
            None,
        )
        return before.party if before is not None and self._parse.tokens[at].sent == title.sent else None


def _titles(parse: Parse, token: Token) -> list[int]:
    """A describing word and the words compounded with it."""
    return [token.i, *(k.i for k in parse.kids(token.i, "compound", "conj"))]


def _surname(name: str) -> str:
    return name.rsplit(" ", 1)[-1].lower()
