"""Whom a noun phrase takes up: "the group", "the foreign minister", "the airman", "her country"."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from ..model import Mention, Parse, Party, Token, Via
from ..registry.index import Registry
from .coreference_entities import Entities, Entity
from .coreference_lexicon import Anaphora, Nominal
from .coreference_scores import MARGIN, Need, ranked

DEFINITE = frozenset(("the", "this", "that", "these", "those", "both"))
STATES = frozenset(("government", "country", "nation", "state", "homeland", "regime", "republic", "army", "military"))
"""Nouns that with "his" or "her" before them are those of the person's own state; only the first name the state itself."""
OWN_STATE = frozenset(("government", "country", "nation", "homeland", "side"))
GIVING = frozenset("give send promise offer hand lend grant award pay show bring owe deny".split())
"""Verbs that take a receiver and a thing."""
TELLING = frozenset("say tell add report write claim note argue warn believe think explain".split())
"""Verbs whose subject is a source rather than the one told of."""


@dataclass(frozen=True, slots=True)
class Choice:
    """The actor chosen, how, why in words, and how sure."""

    entity: Entity
    via: Via
    reason: str
    confidence: float


def choose(token: Token, found: list[tuple[float, Entity]], via: Via) -> Choice | None:
    """The best of the ranked actors; the confidence falls with the lead over the next."""
    if not found:
        return None
    score, entity = found[0]
    lead = score - found[1][0] if len(found) > 1 else MARGIN
    sure = round(min(0.9, 0.5 + 0.4 * min(lead, MARGIN) / MARGIN), 2)
    rivals = f", before {found[1][1].party.name}" if len(found) > 1 and lead < MARGIN else ""
    reason = f"{token.lower}: {entity.party.name} by agreement and salience{rivals}"
    return Choice(entity, via, reason, sure)


class Nouns:
    """Antecedents of noun phrases. `made` holds the mention at each head met so far, `given` all that were found before."""

    def __init__(
        self,
        parse: Parse,
        lexicon: Anaphora,
        entities: Entities,
        given: Mapping[int, Mention],
        made: Mapping[int, Mention],
        registry: Registry | None = None,
    ) -> None:
        self._parse, self._lexicon, self._entities = parse, lexicon, entities
        self._given, self._made, self._registry = given, made, registry
        self.own: frozenset[str] = frozenset()
        """Keys of the speaker's own side, of which a loaded word in his mouth is not said."""

    def antecedent(self, token: Token, given: Mention | None) -> Choice | None:
        """The actor that a noun phrase takes up, None where it is new or nobody fits."""
        lemma = token.lemma.lower()
        body = lemma in self._lexicon.nominals and lemma not in self._lexicon.titles
        person = given is not None and given.type == "PERSON" and not _plural(token) and not body
        if owned := self._owned(token, lemma, person):
            return owned
        if not self._is_definite(token):
            return None
        several = _plural(token) and lemma in self._lexicon.nominals
        if (lemma in self._lexicon.titles and not several) or person:
            return self._title(token, lemma)
        return self._body(token, lemma)

    # --- phrases with an owner

    def _owned(self, token: Token, lemma: str, person: bool) -> Choice | None:
        """ "Her country" is the state of the person; "the union's leader" one of whom the report says that he leads it."""
        for owner in self._parse.kids(token.i, "nmod:poss"):
            mention = self._made.get(owner.i)
            if lemma in OWN_STATE and owner.upos == "PRON" and mention is not None and mention.type == "PERSON":
                return self._own_state(token, mention)
        owners = [k for k in self._parse.kids(token.i, "nmod") if k.upos == "NOUN"]
        if not person or not owners or self._parse.kids(token.i, "appos", "flat"):
            return None
        words = {lemma, *(o.lemma.lower() for o in owners)}
        bearers = [e for e in self._entities if e.type == "PERSON" and e.named and words <= e.words]
        if not bearers:
            return None
        best = max(bearers, key=lambda e: e.last.head)
        return Choice(best, "title", f"{lemma}: what the report says of {best.party.name}", 0.75)

    def _own_state(self, token: Token, owner: Mention) -> Choice | None:
        entity = self._entities.find(owner)
        country = owner.party.country or (entity.party.country if entity is not None else None)
        state = self._state(country)
        if state is None:
            return None
        return Choice(state, "nominal", f"{token.lower}: the state of {owner.party.name}", 0.75)

    def _state(self, country: str | None) -> Entity | None:
        """The state with a code, that of the who's who where the report does not name it."""
        named = self._entities.state(country)
        actor = self._registry.state_of(country) if named is None and self._registry is not None else None
        if actor is None:
            return named
        party = Party("", 0, 0, actor.id, actor.name, actor.kind, actor.country, actor.sector, wikidata=actor.wikidata)
        return Entity(actor.id, party, "LOC")

    def _state_here(self, token: Token) -> Choice | None:
        """ "The government" where the report names no state: that of the place or person named last."""
        before = (m for at, m in sorted(self._given.items(), reverse=True) if at < token.i and m.party.country)
        here = next((m for m in before if m.type in ("LOC", "PERSON", "NORP")), None)
        state = self._state(here.party.country) if here is not None else None
        if here is None or state is None:
            return None
        return Choice(state, "nominal", f"{token.lower}: that of the country of {here.party.text}", 0.6)

    # --- definite phrases

    def _is_definite(self, token: Token) -> bool:
        dets = {k.lower for k in self._parse.kids(token.i, "det")}
        if token.text[:1].isupper() and token.i != self._parse.sentence(token.i).first:
            return False
        beside = self._parse.kids(token.i, "appos", "flat", "nummod")
        if token.rel == "compound":
            return self._is_hearer(token)
        if not dets & DEFINITE or any(k.upos != "NUM" or k.i < token.i for k in beside):
            return False
        return not any(
            self._names_other(k) for k in self._parse.kids(token.i, "nmod", "compound", "amod", "nmod:desc", "acl")
        )

    def _is_hearer(self, token: Token) -> bool:
        """Whether a title that the parser joins to a thing is who gets it ("promised the mayor money")."""
        thing = self._parse.tokens[token.head]
        before = self._parse.tokens[token.i - 1] if token.i else None
        verb = self._parse.tokens[thing.head].lemma.lower() if thing.rel == "obj" else ""
        titled = token.lemma.lower() in self._lexicon.titles
        return titled and verb in GIVING and before is not None and before.lower == "the" and before.head == thing.i

    def _names_other(self, kid: Token) -> bool:
        """A modifier that says which one is meant ("the group in Gaza", "the minister of defence") makes it no anaphor."""
        if kid.dep == "acl:relcl" and "," in (
            self._parse.tokens[min(self._parse.subtree(kid.i))].text,
            self._parse.tokens[min(self._parse.subtree(kid.i)) - 1].text,
        ):
            return False  # "the party, which won a third of the seats"
        if kid.rel in ("acl", "nmod"):
            return kid.upos != "NUM" or kid.i < kid.head
        named = self._given.get(kid.i)
        if kid.text[:1].isupper():
            if named is not None and named.type == "NORP" and kid.rel == "amod":
                return False  # "the Shia group", "the Houthi movement": a people or faith, no other body
            return named is None or named.party.country is None
        return kid.upos == "PROPN" and kid.rel == "compound" and named is not None

    def _modifiers(self, token: Token) -> frozenset[str]:
        """Nationalities among the modifiers, as country codes of the mentions they are."""
        found = [self._given.get(k.i) for k in self._parse.kids(token.i, "amod", "compound")]
        return frozenset(m.party.country for m in found if m is not None and m.party.country)

    # --- bodies

    def _body(self, token: Token, lemma: str) -> Choice | None:
        nominal = self._lexicon.nominals.get(lemma)
        if (
            lemma not in self._lexicon.sites
            and not _plural(token)
            and (own := self._by_own_name(token, lemma)) is not None
        ):
            return Choice(own, "nominal", f"{lemma}: {own.party.name}, a body so called", 0.85)
        if nominal is None or (nominal.plural is True and not _plural(token)):
            return None
        if nominal.plural is True and (before := self._entities.named(token.lower)) is not None:
            own = self._people_of(before)
            return None if own is None else Choice(own, "nominal", f"{token.lower}: those of {own.party.name}", 0.8)
        if _plural(token) and nominal.plural is None and lemma != "authorities" and not lemma.endswith("authority"):
            return None
        same = self._same_head(token, lemma)
        if same is not None and same.key not in self.own:
            return Choice(same, "nominal", f"{lemma}: the one so called before", 0.8)
        need = Need(
            nominal.types, nominal.kinds, None, None, self._lexicon.countries.get(lemma), self._modifiers(token)
        )
        found = ranked(self._parse, self._entities, token, need, 40, self._made)
        chosen = choose(
            token,
            [pair for pair in found if self._may_be(pair[1], nominal) and self._telling(token, pair[1])],
            "nominal",
        )
        return self._state_here(token) if chosen is None and lemma == "government" else chosen

    def _telling(self, token: Token, entity: Entity) -> bool:
        """No loaded word of the speaker's own side; "the press union" no body of which nothing of a press is said."""
        if entity.key in self.own:
            return False
        words = {k.lemma.lower() for k in self._parse.kids(token.i, "compound") if k.upos == "NOUN"}
        return not (words - self._lexicon.broad) or bool(words & entity.words) or entity.party.id is not None

    def _people_of(self, people: Entity) -> Entity | None:
        """The body whose people they are ("Separatists of the Free Coast League")."""
        for kid in self._parse.kids(people.mentions[0].head, "nmod"):
            named = self._given.get(kid.i)
            if named is not None and named.form == "name" and named.party.kind not in ("state", "place"):
                return self._entities.find(named)
        return None

    def _may_be(self, entity: Entity, nominal: Nominal) -> bool:
        """A word for rebels takes up no ministry and no army; a word for several no body without a name."""
        if nominal.listed and entity.party.kind is None:
            return False
        if nominal.plural is None and self._other_kind(entity, nominal):
            return False
        if nominal.plural is None:
            return entity.named or not entity.plural
        last = entity.party.name.lower().rsplit(" ", 1)[-1]
        if self._other_kind(entity, nominal):
            return False
        if not nominal.civil and (last in self._lexicon.civil or entity.party.kind == "state"):
            return False
        return entity.named and (entity.party.kind in nominal.kinds or " " in entity.party.name)

    def _other_kind(self, entity: Entity, nominal: Nominal) -> bool:
        """Whether the body's own words tell another kind: a league is no company, a website no militia."""
        if entity.party.kind is not None:
            return False
        last = entity.party.name.lower().rsplit(" ", 1)[-1]
        medium = bool(entity.words & self._lexicon.media)
        return (nominal.venture and last in self._lexicon.unions) or (medium and "armed group" in nominal.kinds)

    def _by_own_name(self, token: Token, lemma: str) -> Entity | None:
        """The last body whose name ends in the word ("the Free Coast Front … the front")."""
        codes = self._modifiers(token)
        found = [
            e
            for e in self._entities
            if e.type in ("ORG", "LOC")
            and e.party.kind not in ("state", "place")
            and e.named
            and " " in e.party.name
            and e.party.name.lower().rsplit(" ", 1)[-1] == lemma
            and (not codes or e.party.country in codes)
        ]
        return max(found, key=lambda e: e.last.head) if found else None

    def _same_head(self, token: Token, lemma: str) -> Entity | None:
        """An actor that an earlier phrase with the same head noun named ("Assad's regime … the regime"), unless a state has
        acted since and the word fits it."""
        if lemma in self._lexicon.titles:
            return None
        best: Entity | None = None
        at = -1
        for entity in self._entities:
            for mention in entity.mentions:
                head = self._parse.tokens[mention.head]
                if (
                    at < mention.head < token.i
                    and mention.party.country
                    and mention.form == "nominal"
                    and head.lemma.lower() == lemma
                ):
                    best, at = entity, mention.head
        if best is None or (lemma in STATES and self._state_since(best, at, token)):
            return None
        codes = self._modifiers(token)
        return best if not codes or best.party.country in codes else None

    def _state_since(self, entity: Entity, at: int, token: Token) -> bool:
        """Whether another state has been the subject of a clause since a token."""
        return any(
            at < m.head < token.i and m.form == "name" and self._parse.tokens[m.head].rel == "nsubj"
            for e in self._entities
            if e is not entity and e.party.kind == "state"
            for m in e.mentions[-3:]
        )

    # --- persons

    def _title(self, token: Token, lemma: str) -> Choice | None:
        """A person by office: the last in the report who bears it; any person only for words that fit all."""
        codes = self._modifiers(token)
        persons = [e for e in self._entities if e.type == "PERSON" and (not codes or _country(e) in codes)]
        words = {k.lemma.lower() for k in self._parse.kids(token.i, "compound", "amod")}
        telling = {w for w in words if w in self._lexicon.office} | {
            k.lemma.lower() for k in self._parse.kids(token.i, "compound") if k.upos == "NOUN"
        }
        for names, sure in (({lemma}, 0.85), (self._lexicon.wider.get(lemma, frozenset()), 0.7)):
            bearers = [e for e in persons if e.words & names and self._agrees(e, lemma)]
            exact = [e for e in bearers if telling <= e.words] or ([] if telling else bearers)
            named = [e for e in exact if e.named] or [self._introduced(e) or e for e in exact]
            if named:
                best = max(named, key=lambda e: e.last.head)
                reason = f"{lemma}: title of {best.party.name} in this report"
                return Choice(best, "title", reason, sure if len(named) == 1 else 0.6)
        fresh = None if codes or telling else self._just_named(token, lemma, persons)
        if fresh is not None:
            return Choice(
                fresh, "title", f"{lemma}: the one person named before, of whom no other office is told", 0.55
            )
        plain = lemma in self._lexicon.plain
        if not plain and (lemma not in self._lexicon.general or words):
            return None
        need = Need(frozenset(("PERSON",)), None, False, self._sex(lemma), nationality=codes)
        found = ranked(self._parse, self._entities, token, need, 2, self._made)
        return choose(token, [pair for pair in found if pair[1].named] if plain else found, "nominal")

    def _just_named(self, token: Token, lemma: str, persons: list[Entity]) -> Entity | None:
        """ "A court freed Cissé. The imam, who …": the one person named in the sentence before, if nothing was said of his office."""
        near = [e for e in persons if e.named and e.mentions and e.last.head < token.i]
        near = [e for e in near if token.sent - self._parse.tokens[e.mentions[-1].head].sent <= 1]
        free = [
            e for e in near if not e.words & (self._lexicon.titles | self._lexicon.office) and self._agrees(e, lemma)
        ]
        subject = token.rel == "nsubj"
        return free[0] if subject and len(near) == 1 and free and not self._parse.kids(token.i, "nmod") else None

    def _introduced(self, nameless: Entity) -> Entity | None:
        """Who is named as the subject of the sentence after one told of without a name, if no title tells him from that one."""
        sentence = self._parse.tokens[nameless.mentions[0].head].sent + 1
        for entity in self._entities:
            first = entity.mentions[0] if entity.mentions else None
            if first is None or entity.type != "PERSON" or not entity.named or entity.party.title:
                continue
            head = self._parse.tokens[first.head]
            telling = self._parse.tokens[head.head].lemma.lower() in TELLING
            if head.sent == sentence and head.rel == "nsubj" and not telling:
                return entity
        return None

    def _agrees(self, entity: Entity, lemma: str) -> bool:
        sex = self._sex(lemma)
        return sex is None or entity.sex is None or sex == entity.sex

    def _sex(self, lemma: str) -> str | None:
        return "f" if lemma in self._lexicon.female else "m" if lemma in self._lexicon.male else None


def _country(entity: Entity) -> str | None:
    """The country of a person, that of the body he speaks for where his own is not known."""
    return entity.party.country or (entity.body.country if entity.body is not None else None)


def _plural(token: Token) -> bool:
    return token.xpos == "NNS" or "Number=Plur" in token.feats
