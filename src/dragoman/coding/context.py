"""What the coders ask of one report: who a word names, when, where and why its clause happened, what the evidence is.

`Context` is a pure view over a report, its parse and its findings. Every coder of claims (events, ties) works through it, so
that a subject with three conjuncts, a relative pronoun or an apposition is read in one way everywhere.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from dragoman.coding import circumstances
from dragoman.coding.nouns import actor_nouns
from dragoman.coding.phrases import CLAUSE_RELS, NOMINAL, antecedent_of, conjuncts, phrase, tight_span
from dragoman.model import (
    Cause,
    Evidence,
    Findings,
    Mention,
    Parse,
    Party,
    Report,
    Span,
    Support,
    Token,
    When,
    Where,
)

PERSONAL = frozenset("he she they we i him her them us me you".split())
"""Pronouns that name someone even where nothing says whom."""

SELF = frozenset(("it", "he", "she", "they", "we"))
"""Pronouns by which a speaker may mean himself."""
PARTITIVE = frozenset(
    "one two three some many most all several each none both hundred hundreds dozen dozens thousand thousands million millions score "
    "scores number group crowd majority handful couple member members rest part half other others any few lot lots ten tens pair "
    "string series wave band".split()
)
"""Heads that only count what follows `of`: "one of several militias", "hundreds of protesters"."""

BY_NAME = ("appos", "flat", "nmod:desc", "compound", "nmod:appos")


@dataclass(frozen=True)
class Context:
    """A report with its parse and findings, and the questions that coders put to them.

    Token arguments are indices into `parse.tokens`. Lists of parties are in text order and without doubles.
    """

    report: Report
    parse: Parse
    findings: Findings

    # --- who ---------------------------------------------------------------------------------------------------------

    @cached_property
    def cover(self) -> dict[int, Mention]:
        """The narrowest mention that covers each token; a mention's own head always belongs to it."""
        found: dict[int, Mention] = {}
        for mention in sorted(self.findings.mentions, key=lambda m: m.first - m.last):
            for i in range(mention.first, mention.last):
                found[i] = mention
        return found | self.findings.mention_at

    def mention_of(self, i: int) -> Mention | None:
        """The mention that token `i` heads, or whose words hold it and whose head belongs to the same phrase; else None."""
        headed = self.findings.mention_at.get(i)
        if headed is not None:
            return headed
        around = self.cover.get(i)
        if around is None or not around.first <= i < around.last:
            return None
        return around if self.parse.tokens[around.head].head == i or self.parse.tokens[i].head == around.head else None

    def party_of(self, i: int, *, conj: bool = True) -> list[Party]:
        """Who the phrase headed by token `i` names.

        A compound ("Hamas and Fatah") gives a party for each conjunct unless `conj` is false. A relative pronoun gives its antecedent.
        A phrase that no mention covers gives an unknown party of its words where its head may act (people, bodies); else nothing.
        """
        at = antecedent_of(self.parse, i)
        heads = conjuncts(self.parse, at) if conj else [at]
        return distinct(party for head in heads for party in self._single(head))

    def _single(self, i: int) -> list[Party]:
        mention = self.mention_of(i)
        if mention is not None and mention.form == "pronoun":
            return [self._where_named(mention)]
        if mention is None and self.parse.tokens[i].lower in SELF:
            speaker = self._speaker_of(i)
            if speaker:
                return speaker
        if mention is not None and mention.form == "name":
            return [mention.party]
        named = self._named_beside(i)
        if named is not None:
            return [named.party]
        if mention is not None:
            return [mention.party]
        return self._unnamed(i)

    def _speaker_of(self, i: int) -> list[Party]:
        """Who says the clause whose subject is the pronoun at `i`: "Farc has said it will release ..."."""
        verb = self.parse.tokens[self.parse.tokens[i].head]
        if self.parse.tokens[i].rel != "nsubj" or verb.rel != "ccomp":
            return []
        subject = next(iter(self.parse.kids(verb.head, "nsubj")), None)
        if subject is None or subject.upos == "PRON":
            return []
        said = self.party_of(subject.i)
        plural = len(said) > 1 or subject.feats.find("Number=Plur") >= 0
        return said if plural or self.parse.tokens[i].lower != "they" else []

    def _where_named(self, mention: Mention) -> Party:
        """The party of a pronoun, where the same sentence names it: at its name ("Lebanon says it will")."""
        span = mention.antecedent
        if span is None:
            return mention.party
        sentence = self.parse.sentence(mention.head)
        if not sentence.start <= span.start < sentence.end:
            return mention.party
        other = self._at_span.get((span.start, span.end))
        return mention.party if other is None or other.form == "pronoun" else other.party

    @cached_property
    def _at_span(self) -> dict[tuple[int, int], Mention]:
        tokens = self.parse.tokens
        return {(tokens[m.first].start, tokens[m.last - 1].end): m for m in self.findings.mentions}

    def _named_beside(self, i: int) -> Mention | None:
        """The name in apposition to a nominal: "the spokesman, Osama Hamdan"."""
        for kid in self.parse.kids(i, *BY_NAME):
            mention = self.findings.mention_at.get(kid.i)
            if mention is not None and mention.form == "name" and (mention.type == "PERSON" or kid.rel == "appos"):
                return mention
        return None

    def _unnamed(self, i: int) -> list[Party]:
        token = self.parse.tokens[i]
        if i in self._date_tokens:
            return []
        if token.upos == "PRON":
            return [self._as_party(i, None, "pronoun")] if token.lower in PERSONAL else []
        if token.lemma.lower() in PARTITIVE or token.upos == "NUM":
            inner = self._of(i)
            if inner is not None:
                return self._partitive(i, inner)
        if token.upos not in NOMINAL or not self.may_act(i):
            return []
        return [self._as_party(i, self._modifier_party(i), "nominal" if token.upos != "PROPN" else "name")]

    def _partitive(self, i: int, inner: int) -> list[Party]:
        found = self.party_of(inner)
        if len(found) == 1 and self.mention_of(inner) is None:
            return [self._as_party(i, found[0], "nominal")]
        return found

    def _of(self, i: int) -> int | None:
        for kid in self.parse.kids(i, "nmod", "obl"):
            if any(c.lower == "of" for c in self.parse.kids(kid.i, "case")):
                return kid.i
        return None

    def _modifier_party(self, i: int) -> Party | None:
        """The named actor that a nominal is of: "Israeli troops", "Syria's army", "rebels in Yemen"."""
        best: Party | None = None
        for kid in self.parse.kids(i, "amod", "compound", "nmod", "nmod:poss", "nmod:unmarked"):
            mention = self.mention_of(kid.i)
            if mention is not None and mention.party.country and mention.form != "pronoun":
                return mention.party
            best = best or (mention.party if mention is not None and kid.dep == "nmod:poss" else None)
        return best

    def _as_party(self, i: int, of: Party | None, via: str) -> Party:
        span = tight_span(self.parse, i)
        return Party(
            text=span.text,
            start=span.start,
            end=span.end,
            id=None,
            name=bare_name(span.text),
            kind=None,
            country=of.country if of else None,
            sector=actor_nouns().sector(self.parse.tokens[i].lemma.lower()),
            member_of=(of.name if of.id else of.member_of) if of else None,
            via="pronoun" if via == "pronoun" else "name" if via == "name" else "nominal",
        )

    def thing(self, i: int) -> Party:
        """The phrase of token `i` as a party of its own words, for events whose object is no one ("rejected the draft")."""
        return self._as_party(antecedent_of(self.parse, i), None, "nominal")

    def is_time(self, i: int) -> bool:
        """Whether token `i` belongs to a time expression."""
        return i in self._date_tokens

    def may_act(self, i: int) -> bool:
        """Whether the noun at token `i` names people or a body rather than a thing."""
        token = self.parse.tokens[i]
        if token.upos == "PROPN":
            return token.i not in self._date_tokens and token.text[:1].isupper() and len(token.text) > 1
        return actor_nouns().may_act(token.lemma.lower(), token.lower)

    @cached_property
    def _date_tokens(self) -> frozenset[int]:
        return frozenset(i for t in self.findings.times for i in range(t.first, t.last))

    def words_of(self, i: int) -> Span:
        """The phrase that token `i` heads, without what follows its own clause or apposition."""
        first, last = phrase(self.parse, i)
        return self.parse.span(first, last)

    # --- when, where, why ----------------------------------------------------------------------------------------------

    def when_of(self, trigger: int) -> When | None:
        """The time expression that governs the trigger in its clause; None where there is none."""
        return circumstances.when_of(self.parse, self.times_in(trigger), trigger)

    def where_of(self, trigger: int) -> Where | None:
        """The place at which the trigger's clause happened; None where none is said."""
        return circumstances.where_of(self.parse, self.places_in(trigger), trigger)

    def cause_of(self, trigger: int) -> tuple[Cause, ...]:
        """What the text gives as the reason of the trigger's clause; the `id`s are None until claims are linked."""
        return circumstances.cause_of(self.parse, trigger)

    def times_in(self, i: int) -> list[circumstances.Timed]:
        return self._times.get(self.parse.tokens[i].sent, [])

    def places_in(self, i: int) -> list[circumstances.Placed]:
        return self._places.get(self.parse.tokens[i].sent, [])

    @cached_property
    def _times(self) -> dict[int, list[circumstances.Timed]]:
        found: dict[int, list[circumstances.Timed]] = {}
        for timex in self.findings.times:
            head = top_of(self.parse, timex.first, timex.last)
            if head is not None:
                found.setdefault(self.parse.tokens[head].sent, []).append((head, timex))
        return found

    @cached_property
    def _places(self) -> dict[int, list[circumstances.Placed]]:
        found: dict[int, list[circumstances.Placed]] = {}
        for place in self.findings.places:
            head = top_of(self.parse, place.first, place.last)
            if head is not None:
                found.setdefault(self.parse.tokens[head].sent, []).append((head, place))
        return found

    # --- evidence --------------------------------------------------------------------------------------------------------

    def evidence_of(self, trigger: int, supports: Iterable[Support] = ()) -> Evidence:
        """The sentence of the trigger, with the passages elsewhere on which slots rest (doubles dropped, text order)."""
        sentence = self.parse.sentence(trigger)
        kept = sorted(set(supports), key=lambda s: (s.start, s.end, s.for_))
        text = self.report.text[sentence.start : sentence.end]
        return Evidence(sentence.i, sentence.start, sentence.end, text, tuple(kept))

    def support_of(self, party: Party, slot: str) -> list[Support]:
        """The antecedent that a party given by a pronoun or nominal rests on."""
        mention = self._by_span.get((party.start, party.end))
        if mention is None or mention.antecedent is None:
            return []
        span = mention.antecedent
        return [Support(span.text, span.start, span.end, slot)]

    @cached_property
    def _by_span(self) -> dict[tuple[int, int], Mention]:
        return {(m.party.start, m.party.end): m for m in self.findings.mentions}

    def claim_id(self, kind: str, trigger: Span, ordinal: int = 0) -> str:
        """The id of the claim number `ordinal` of its kind at a trigger: a digest that does not hang on resolver output."""
        key = f"{self.report.id}\n{kind}\n{trigger.start}-{trigger.end}\n{ordinal}"
        return hashlib.blake2b(key.encode(), digest_size=10).hexdigest()

    def clause_of(self, i: int) -> Token:
        """The word that heads the clause in which token `i` stands (the token itself where it heads one)."""
        token = self.parse.tokens[i]
        while token.head != token.i and token.rel not in CLAUSE_RELS:
            token = self.parse.tokens[token.head]
        return token


def distinct(parties: Iterable[Party]) -> list[Party]:
    """Without parties that are the same span, or the same actor, as an earlier one."""
    seen: set[object] = set()
    kept = []
    for party in parties:
        keys = {(party.start, party.end), party.id or (party.start, party.end)}
        if not keys & seen:
            kept.append(party)
        seen |= keys
    return kept


def bare_name(words: str) -> str:
    """Without a leading article."""
    first, _, rest = words.partition(" ")
    return rest if rest and first.lower() in ("the", "a", "an") else words


def top_of(parse: Parse, first: int, last: int) -> int | None:
    """The token of the range whose head lies outside it (the first such)."""
    for i in range(first, min(last, len(parse.tokens))):
        head = parse.tokens[i].head
        if head == i or not first <= head < last:
            return i
    return None
