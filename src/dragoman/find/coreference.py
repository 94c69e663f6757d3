"""Who "he", "the group", "our" and "the spokesman" are: mentions that take up an actor named elsewhere in the report.

Each candidate is scored by agreement (number, kind, sex), distance, syntactic role and how often the report names it; what
fits two candidates about equally gets a low confidence instead of a sure answer.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import replace

from ..model import Mention, Parse, Party, Quotation, Report, Span, Token, Via
from ..registry.index import Registry
from .actors_places import acts
from .coreference_entities import Entities, Entity
from .coreference_lexicon import load
from .coreference_nouns import Choice, Nouns, choose
from .coreference_scores import Need, ranked, subject_of
from .coreference_sides import Sides

SINGULAR_PERSON = {
    "he": "m",
    "him": "m",
    "his": "m",
    "himself": "m",
    "she": "f",
    "her": "f",
    "hers": "f",
    "herself": "f",
}
THINGS = frozenset(("it", "its", "itself"))
MANY = frozenset(("they", "them", "their", "theirs", "themselves"))
SPEAKER = frozenset(("i", "me", "my", "mine", "myself"))
SPEAKERS = frozenset(("we", "us", "our", "ours", "ourselves"))
PRONOUNS = frozenset(SINGULAR_PERSON) | THINGS | MANY | SPEAKER | SPEAKERS
POWERS = frozenset(("government", "regime", "administration", "authority", "junta", "leadership"))
"""Nouns for those who rule a state."""
PEOPLES = ("sh", "ch", "ese", "ss", "s")
"""Endings of words for a whole people ("the British")."""
SURE = 0.8
"""Confidence from which a pronoun tells the sex of its antecedent."""
REFLEXIVE = frozenset(("himself", "herself", "itself", "themselves"))


def link(
    report: Report,
    parse: Parse,
    mentions: Sequence[Mention],
    quotations: Sequence[Quotation],
    *,
    registry: Registry | None = None,
) -> tuple[Mention, ...]:
    """The mentions in text order, with pronouns, titles and nominals linked to the actor they take up.

    Mentions that already name a known actor are kept as they are. A pronoun or nominal for which nothing fits is left out, or
    left as it was. With a `registry`, "the government" may be that of a state which the report does not name.
    """
    if not parse.tokens:
        return tuple(mentions)
    return _Linker(parse, mentions, quotations, registry).run()


class _Linker:
    def __init__(
        self,
        parse: Parse,
        mentions: Sequence[Mention],
        quotations: Sequence[Quotation],
        registry: Registry | None,
    ) -> None:
        self._parse, self._lexicon = parse, load()
        self._given = {m.head: m for m in mentions}
        self._heads = dict(self._given)
        self._entities = Entities(parse, self._lexicon, self._heads)
        self._nouns = Nouns(parse, self._lexicon, self._entities, self._given, self._heads, registry)
        self._sides = Sides(parse, self._lexicon, self._entities, self._given, self._heads)
        self._covered = {i for m in mentions for i in range(m.first, m.last)}
        self._made: list[Mention] = []
        self._speech = _speech(parse, quotations)
        self._reported = _reported(parse, quotations)

    def run(self) -> tuple[Mention, ...]:
        for token in self._parse.tokens:
            given = self._given.get(token.i)
            if given is not None:
                self._take(given)
            elif token.upos in ("PRON", "DET") and token.lower in PRONOUNS and not _empty(self._parse, token):
                self._keep(self._pronoun(token))
            elif token.upos == "NOUN" and token.i not in self._covered:
                self._keep(self._noun(token, None))
        return tuple(sorted(map(self._with_body, self._made), key=lambda m: (m.first, m.last)))

    def _with_body(self, mention: Mention) -> Mention:
        """A person whose body another mention tells ("Amal spokesman X … X said") speaks for it everywhere."""
        if mention.type != "PERSON" or mention.party.member_of:
            return mention
        entity = self._entities.find(mention)
        if entity is None or entity.body is None or entity.body.name == mention.party.name:
            return mention
        country = mention.party.country or entity.body.country
        return replace(mention, party=replace(mention.party, member_of=entity.body.name, country=country))

    def _keep(self, mention: Mention | None) -> None:
        if mention is not None:
            self._made.append(mention)
            self._heads[mention.head] = mention
            self._entities.add(mention)

    def _take(self, mention: Mention) -> None:
        """A mention found before: by name it stands; a nominal without an actor is linked."""
        token = self._parse.tokens[mention.head]
        other = self._other(token, mention.first, mention.last, mention)
        if other is not None:
            self._keep(other)
            return
        if self._is_fellow(token):
            self._made.append(replace(mention, type="ORG", party=replace(mention.party, kind=None, sector=None)))
            return
        mention = self._national(self._seated(mention), token)
        office = (
            mention.type == "PERSON" and mention.party.kind == "state"
        )  # "the Estonian leader", of whom only the state is known
        if mention.form == "nominal" and (mention.party.id is None or office) and not mention.antecedent:
            linked = self._noun(token, mention)
            if linked is not None:
                self._keep(linked)
                return
        if mention.form == "name" and mention.type == "PERSON" and mention.party.id is None:
            mention = self._with_full_name(mention)
        self._keep(mention)

    def _is_fellow(self, token: Token) -> bool:
        """Whether a noun such as "neighbour" stands for another state or body: that of a thing, not of a person."""
        owners = self._parse.kids(token.i, "nmod:poss") if token.lemma.lower() in self._lexicon.fellows else []
        return any(
            o.lower in ("its", "their") or ((m := self._heads.get(o.i)) is not None and m.type != "PERSON")
            for o in owners
        )

    def _national(self, mention: Mention, token: Token) -> Mention:
        """ "The Swede" as the one person of that country whom the report has named, if there is one."""
        if mention.form != "name" or mention.party.kind != "state" or token.upos not in ("NOUN", "PROPN"):
            return mention
        single = (
            token.xpos in ("NN", "NNP")
            and token.rel not in ("amod", "compound")
            and ("adjective" in mention.reason or "demonym" in mention.reason)
        )
        if not single or token.lower.endswith(PEOPLES) or not self._parse.kids(token.i, "det"):
            return mention
        same = [
            e for e in self._entities if e.type == "PERSON" and e.named and e.party.country == mention.party.country
        ]
        if not same:
            same = [e for e in self._entities if self._sides.stranger(e, token)]
        if len(same) != 1:
            return mention
        reason = f"{token.lower}: the one so called is {same[0].party.name}"
        return self._linked(mention.head, mention.first, mention.last, same[0], "nominal", reason, 0.7)

    def _seated(self, mention: Mention) -> Mention:
        """A town that stands for a state, as the body seated there where the report names that and not the state."""
        bodies = self._lexicon.seats.get(mention.party.text, ()) if mention.party.via == "metonym" else ()
        ids = {m.party.id for m in self._given.values() if m.party.via != "metonym"}
        if not bodies or mention.party.id in ids:
            return mention
        entity = next((e for b in bodies for e in self._entities if e.key == b), None)
        if entity is None:
            return mention
        reason = f"{mention.party.text}: seat of {entity.party.name}, which the report names"
        linked = self._linked(mention.head, mention.first, mention.last, entity, "metonym", reason, 0.7)
        return replace(linked, form="name")

    def _with_full_name(self, mention: Mention) -> Mention:
        entity = self._entities.find(mention)
        if entity is None or len(entity.party.name) <= len(mention.party.name):
            return mention
        return self._linked(
            mention.head, mention.first, mention.last, entity, "alias", "surname of a person named before", 0.9
        )

    # --- pronouns ------------------------------------------------------------------------------------------------------

    def _pronoun(self, token: Token) -> Mention | None:
        low = token.lower
        if low in SPEAKER or low in SPEAKERS:
            return self._of_speaker(token, low in SPEAKERS)
        if low in REFLEXIVE and (own := self._subject(token)) is not None:
            return self._linked(token.i, token.i, token.i + 1, own, "pronoun", f"{low}: the subject", 0.85)
        if low in SINGULAR_PERSON:
            need = Need(frozenset(("PERSON",)), None, False, SINGULAR_PERSON[low])
        elif low in THINGS:
            need = Need(frozenset(("ORG", "LOC", "NORP")), None, False, None)
        else:
            need = Need(frozenset(("ORG", "NORP", "LOC", "OTHER")), None, True, None)
        return self._best(token, need)

    def _subject(self, token: Token) -> Entity | None:
        """The actor that is the subject of a token's clause."""
        subject = subject_of(self._parse, token.head)
        mention = None if subject is None else self._heads.get(subject.i)
        return None if mention is None else self._entities.find(mention)

    def _of_speaker(self, token: Token, plural: bool) -> Mention | None:
        """ "I" in a quotation is who speaks; "we" and "our" the body that he speaks for."""
        quotation = self._speech.get(token.i)
        if quotation is None or quotation.source_head is None:
            return None
        source = self._at(quotation.source_head)
        if source is None:
            return None
        party = self._body_of(source) if plural else source.party
        span = Span(token.start, token.end, token.text)
        party = replace(party, text=span.text, start=span.start, end=span.end, via="pronoun")
        antecedent = self._words_for(party, source)
        who = "the speaker's body" if plural and party.name != source.party.name else "the speaker"
        kind = source.type if party.name == source.party.name else "ORG"
        return Mention(
            token.i,
            token.i + 1,
            token.i,
            kind,
            "pronoun",
            party,
            antecedent,
            False,
            0.8,
            f"{token.lower} in a quotation: {who}",
        )

    def _words_for(self, party: Party, source: Mention) -> Span | None:
        """Where the report names the party: the speaker's own words, or the last name of his body."""
        if party.name == source.party.name:
            return Span(source.party.start, source.party.end, source.party.text)
        body = self._entities.named(party.name)
        named = next((m for m in reversed(body.mentions) if m.form == "name"), None) if body is not None else None
        return Span(named.party.start, named.party.end, named.party.text) if named is not None else None

    def _body_of(self, source: Mention) -> Party:
        party, entity = source.party, self._entities.find(source)
        if entity is not None and entity.body is not None:
            return entity.body
        if not party.member_of:
            return party
        known = self._entities.named(party.member_of)
        if known is not None:
            return known.party
        return replace(party, id=None, name=party.member_of, kind=None, title=None, member_of=None, wikidata=None)

    def _at(self, head: int) -> Mention | None:
        """The mention made for a source head, or one beside it in its phrase."""
        heads = {head, *(k.i for k in self._parse.kids(head, "appos", "flat", "compound", "nmod:desc"))}
        made = [m for m in self._made if m.head in heads]
        later = [m for m in self._given.values() if m.head in heads and m.form == "name"]
        found = made or later
        named = [m for m in found if m.form == "name"]
        own = named or found
        if own:
            entity = self._entities.find(own[-1])
            return replace(own[-1], party=_merged(own[-1].party, entity)) if entity else own[-1]
        return self._ahead(head)

    def _ahead(self, head: int) -> Mention | None:
        """A source that stands after the quotation and is itself a pronoun or nominal."""
        token = self._parse.tokens[head]
        if token.upos == "PRON" and token.lower in SINGULAR_PERSON:
            return self._pronoun(token)
        return self._noun(token, self._given.get(head)) if token.upos == "NOUN" else None

    # --- choice ----------------------------------------------------------------------------------------------------------

    def _other(self, token: Token, first: int, last: int, given: Mention | None) -> Mention | None:
        """The mention of another of the same kind: "its neighbour", "his host", "the North"."""
        half = self._sides.half(given) if given is not None else None
        entity = half or (self._sides.fellow(token) if given is None or given.form == "nominal" else None)
        if entity is None:
            return None
        reason = f"{token.lower}: the other one, {entity.party.name}"
        return self._linked(token.i, first, last, entity, "alias" if half is not None else "nominal", reason, 0.6)

    def _noun(self, token: Token, given: Mention | None) -> Mention | None:
        source = self._entity_speaking(token) if token.lemma.lower() in self._lexicon.loaded else None
        self._nouns.own = self._sides.of(source) if source is not None else frozenset()
        enemy = self._sides.enemy(token, self._nouns.own)
        if enemy is not None:
            first, last = (given.first, given.last) if given is not None else self._range(token)
            reason = f"{token.lower}: not of the speaker's side"
            return self._linked(token.i, first, last, enemy, "nominal", reason, 0.6)
        other = self._other(token, *self._range(token), None) if given is None else None
        if other is not None:
            return other
        choice = self._nouns.antecedent(token, given)
        if choice is None:
            return None
        first, last = (given.first, given.last) if given is not None else self._range(token)
        return self._chosen(token, first, last, choice)

    def _range(self, token: Token) -> tuple[int, int]:
        inside = [token.i, *(k.i for k in self._parse.kids(token.i, "det", "amod", "compound") if k.i < token.i)]
        return min(inside), token.i + 1

    def _best(self, token: Token, need: Need) -> Mention | None:
        found = ranked(self._parse, self._entities, token, need, 3, self._heads, self._speaker_of(token))
        choice = choose(token, found, "pronoun")
        if choice is None:
            return None
        if need.sex and choice.entity.sex is None and choice.confidence >= SURE:
            choice.entity.sex = need.sex
        return self._chosen(token, token.i, token.i + 1, choice)

    def _chosen(self, token: Token, first: int, last: int, choice: Choice) -> Mention:
        made = self._linked(token.i, first, last, choice.entity, choice.via, choice.reason, choice.confidence)
        power = choice.via == "nominal" and token.lemma.lower() in POWERS
        return (
            replace(made, type="ORG")
            if made.type in ("LOC", "NORP") and (power or acts(self._parse, token.i))
            else made
        )

    def _speaker_of(self, token: Token) -> str | None:
        """The key of the actor whose reported words hold the pronoun: "X said it would leave"."""
        source = self._reported.get(token.i)
        if source is None:
            return None
        beside = {source, *(k.i for k in self._parse.kids(source, "appos", "flat"))}
        made = next((m for m in reversed(self._made) if m.head in beside and m.form == "name"), None)
        made = made or next((m for m in reversed(self._made) if m.first <= source < m.last), None)
        return None if made is None else made.party.id or made.party.name.lower()

    def _entity_speaking(self, token: Token) -> Entity | None:
        """The actor whose words, quoted or reported, hold a token, where he is met before them."""
        quotation = self._speech.get(token.i)
        source = quotation.source_head if quotation is not None else self._reported.get(token.i)
        mention = self._at(source) if source is not None else None
        return self._entities.find(mention) if mention is not None else None

    def _linked(
        self, head: int, first: int, last: int, entity: Entity, via: Via, reason: str, confidence: float
    ) -> Mention:
        span = self._parse.span(first, last)
        named = (
            next((m for m in reversed(entity.mentions) if m.form == "name"), entity.mentions[0])
            if entity.mentions
            else None
        )
        party = replace(entity.party, text=span.text, start=span.start, end=span.end, via=via)
        antecedent = Span(named.party.start, named.party.end, named.party.text) if named is not None else None
        form = "pronoun" if via == "pronoun" else "name" if via == "alias" else "nominal"
        return Mention(first, last, head, entity.type, form, party, antecedent, False, confidence, reason)  # type: ignore[arg-type]


def _empty(parse: Parse, token: Token) -> bool:
    """Whether "it" stands for a clause rather than a thing ("it was reported that", "it is likely that")."""
    if token.rel == "expl":
        return True
    if token.lower != "it" or token.rel != "nsubj":
        return False
    clauses = parse.kids(token.head, "ccomp", "csubj", "xcomp", "advcl")
    that = any(any(k.lower in ("that", "to", "whether") for k in parse.kids(c.i, "mark")) for c in clauses)
    head = parse.tokens[token.head]
    passive = token.dep == "nsubj:pass" or bool(parse.kids(head.i, "aux:pass"))
    return that and (head.upos == "ADJ" or passive or bool(parse.kids(head.i, "cop")))


def _merged(party: Party, entity: Entity) -> Party:
    """A party with what earlier mentions of the same actor said of him (a surname alone knows no body)."""
    return replace(
        party,
        name=entity.party.name,
        id=party.id or entity.party.id,
        country=party.country or entity.party.country,
        member_of=party.member_of or next((m.party.member_of for m in entity.mentions if m.party.member_of), None),
    )


def _speech(parse: Parse, quotations: Sequence[Quotation]) -> dict[int, Quotation]:
    """For each token between quotation marks the attribution whose words they are, the narrowest."""
    found: dict[int, Quotation] = {}
    for quotation in sorted(quotations, key=lambda q: -sum(p.end - p.start for p in q.verbatim)):
        for span in quotation.verbatim if quotation.source_head is not None else ():
            for i in range(bisect_left(parse.starts, span.start), bisect_left(parse.starts, span.end)):
                found[i] = quotation
    return found


def _reported(parse: Parse, quotations: Sequence[Quotation]) -> dict[int, int]:
    """For each token in reported, unquoted words the head of the source, the narrowest."""
    found: dict[int, int] = {}
    for quotation in sorted(quotations, key=lambda q: -sum(p.end - p.start for p in q.content_parts)):
        if quotation.direct or not quotation.clausal or quotation.source_head is None:
            continue
        for span in quotation.content_parts:
            for i in range(bisect_left(parse.starts, span.start), bisect_left(parse.starts, span.end)):
                found[i] = quotation.source_head
    return found
