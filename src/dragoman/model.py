"""The nouns of Dragoman, as frozen values.

Words used here and everywhere: a *report* is a news text with its metadata; a *span* a half-open range of Unicode code
points in `report.text`; a *parse* its sentences, tokens and UD syntax; a *mention* a span that names an actor; a *party*
an actor in a role in one claim; a *claim* one coded statement of one report; a *voice* one link of a source chain; a
*failure* an item that could not be processed. Stages are pure functions between these values.

Every `start`/`end` in this module counts code points of `report.text`, half-open, and `text` is what stands there.
Field names of `Party`, `Voice`, `When`, `Where`, `EventClaim` and `TieClaim` are those of the record contract
(version 1); `record.py` turns them into JSON. `from` is spelled `from_` because Python keeps that word.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Literal

import numpy as np
import numpy.typing as npt

Stance = Literal["actual", "denied", "planned", "hoped", "possible"]
Outcome = Literal["failed", "foiled", "cancelled", "ongoing"]
Tense = Literal["past", "current", "future", "earlier"]
VoiceKind = Literal["speaker", "author", "document", "agency", "outlet", "unnamed"]
Via = Literal["name", "alias", "title", "pronoun", "nominal", "metonym"]
Form = Literal["name", "nominal", "pronoun"]
Quad = Literal["verbal-cooperation", "material-cooperation", "verbal-conflict", "material-conflict"]
State = Literal["hostile", "broken", "strained", "normal", "cordial", "close"]
Change = Literal["improving", "worsening", "restored", "severed", "unchanged"]
Aspect = Literal["general", "diplomatic", "military", "financial", "arms", "political", "trade"]
TieRole = Literal["patron", "client", "ally", "member", "rival", "parent", "proxy"]
OtherRole = Literal["host", "mediator", "beneficiary", "observer", "instrument"]


@dataclass(frozen=True, slots=True)
class Span:
    """Words of a report and where they stand."""

    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Report:
    """A news text with its metadata.

    `text` is the title, a blank line, then the body (or, with `--lines`, the given text unchanged). `body` is the offset
    at which the body starts (0 where the text has no title of its own). `id` is a digest of the canonical URL, else of
    outlet, date and normalised text. `notice` is correction, retraction, update or None; `replaces` names what it replaces.
    """

    id: str
    text: str
    title: str | None = None
    url: str | None = None
    outlet: str | None = None
    section: str | None = None
    authors: tuple[str, ...] = ()
    published: date | None = None
    language: str | None = None
    notice: str | None = None
    replaces: str | None = None
    body: int = 0


@dataclass(frozen=True, slots=True)
class Failure:
    """An item that could not be processed: the stage, the class of the error, what to tell the user, and of what."""

    stage: str
    error: str
    message: str
    source: str | None = None


# --- parse -----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Token:
    """One UD word.

    `i` is its index in `Parse.tokens`; `head` the index of its head there (a root's head is itself); `dep` the full UD
    relation (`nsubj:pass`); `feats` the UD features as written (`Tense=Past|VerbForm=Fin`, empty string for none);
    `sent` the index of its sentence. `upos` and `xpos` are the universal and the Penn tag.
    """

    i: int
    start: int
    end: int
    text: str
    lemma: str
    upos: str
    xpos: str
    feats: str
    head: int
    dep: str
    sent: int

    @property
    def rel(self) -> str:
        """The relation without its subtype: `nsubj` for `nsubj:pass`."""
        return self.dep.partition(":")[0]

    @property
    def lower(self) -> str:
        return self.text.lower()


@dataclass(frozen=True, slots=True)
class Sentence:
    """Tokens `first` up to but without `last`; `start`/`end` in code points; `paragraph` counts from 0."""

    i: int
    first: int
    last: int
    start: int
    end: int
    paragraph: int


@dataclass(frozen=True, slots=True)
class Entity:
    """A name span as the engine sees it: tokens `first` up to but without `last`; label PERSON, ORG, LOC, NORP, EVENT, DATE."""

    first: int
    last: int
    label: str


@dataclass(frozen=True)
class Parse:
    """Sentences, tokens, UD syntax and name spans of one text.

    `vectors`, where the engine gives them, is float16 of shape (tokens, width): one contextual vector per token.
    """

    text: str
    tokens: tuple[Token, ...]
    sentences: tuple[Sentence, ...]
    entities: tuple[Entity, ...] = ()
    vectors: npt.NDArray[np.float16] | None = None
    engine: str = ""

    @cached_property
    def children(self) -> tuple[tuple[int, ...], ...]:
        """For each token the indices of its dependents, in text order."""
        below: list[list[int]] = [[] for _ in self.tokens]
        for token in self.tokens:
            if token.head != token.i:
                below[token.head].append(token.i)
        return tuple(map(tuple, below))

    def kids(self, i: int, *rels: str) -> list[Token]:
        """Dependents of token `i`, in text order; only those whose relation (with or without subtype) is in `rels`, if given."""
        found = [self.tokens[k] for k in self.children[i]]
        return [t for t in found if t.dep in rels or t.rel in rels] if rels else found

    def subtree(self, i: int) -> list[int]:
        """Indices of token `i` and all that depends on it, in text order."""
        seen, stack = [], [i]
        while stack:
            at = stack.pop()
            seen.append(at)
            stack.extend(self.children[at])
        return sorted(seen)

    def ancestors(self, i: int) -> list[int]:
        """Indices from the head of token `i` up to the root, nearest first."""
        found: list[int] = []
        while self.tokens[i].head != i and len(found) <= len(self.tokens):
            i = self.tokens[i].head
            found.append(i)
        return found

    def sentence(self, i: int) -> Sentence:
        """The sentence of token `i`."""
        return self.sentences[self.tokens[i].sent]

    def span(self, first: int, last: int) -> Span:
        """The span of tokens `first` up to but without `last` (at least one token)."""
        start, end = self.tokens[first].start, self.tokens[last - 1].end
        return Span(start, end, self.text[start:end])

    @cached_property
    def starts(self) -> tuple[int, ...]:
        """Start offset of each token (for bisection)."""
        return tuple(t.start for t in self.tokens)


# --- findings --------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Party:
    """An actor as one side of a claim. `name` is canonical, or the text itself where nothing matched (then `id` is None).

    `country` is ISO 3166 alpha-3 or PLOVER's IGO, NGO, MNC; `sector` a PLOVER sector. `member_of` is the canonical name
    of the body that a person speaks or acts for.
    """

    text: str
    start: int
    end: int
    id: str | None
    name: str
    kind: str | None = None
    country: str | None = None
    sector: str | None = None
    title: str | None = None
    member_of: str | None = None
    wikidata: str | None = None
    via: Via = "name"


@dataclass(frozen=True, slots=True)
class Mention:
    """A noun phrase or pronoun that names an actor (or might), with the actor it was resolved to.

    `first`/`last` are token indices (half-open) of the name or phrase, `head` its head token. `type` is PERSON, ORG, LOC,
    NORP or OTHER. `antecedent` is the mention span that a pronoun or nominal rests on. `place` is true where the words
    name a location rather than an actor. `confidence` 0-1; `reason` says what decided.
    """

    first: int
    last: int
    head: int
    type: str
    form: Form
    party: Party
    antecedent: Span | None = None
    place: bool = False
    confidence: float = 1.0
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Timex:
    """A time expression: TIMEX3 `type` (DATE TIME DURATION SET) and `value`; `from_`/`to` ISO dates, half-open, or None.

    `grain` is hour, day, week, month, season, quarter, year, decade or span. `open` is "from", "to" or None. `anchor` is
    the span that its value rests on, where that is another expression. `first`/`last` are token indices.
    """

    start: int
    end: int
    text: str
    first: int
    last: int
    type: str
    value: str | None
    from_: str | None
    to: str | None
    grain: str
    approx: bool = False
    open: str | None = None
    anchor: Span | None = None


@dataclass(frozen=True, slots=True)
class Toponym:
    """A place name and its GeoNames entry. `feature` is the GeoNames feature code; `precision` is city, admin1, country,
    region or point. `metonym` is true where the name stands for a government or its people."""

    start: int
    end: int
    text: str
    first: int
    last: int
    name: str
    country: str | None
    admin1: str | None
    lat: float | None
    lon: float | None
    geonameid: int | None
    feature: str | None
    precision: str
    metonym: bool = False


@dataclass(frozen=True, slots=True)
class Quotation:
    """One attribution: who (`source`), by which word (`cue`), what (`content`); each None where the text has none.

    `content_parts` are the pieces of a broken content, `content` the first of them. `source_head`, `cue_head` are token
    indices or None. `name` is what the source resolves to. `first_line`: the content goes on from a quotation before.
    """

    source: Span | None
    cue: Span | None
    content: Span | None
    direct: bool
    content_parts: tuple[Span, ...] = ()
    source_head: int | None = None
    cue_head: int | None = None
    name: str | None = None


@dataclass(frozen=True)
class Findings:
    """What was found on the way to the claims; each list in text order."""

    mentions: tuple[Mention, ...] = ()
    times: tuple[Timex, ...] = ()
    places: tuple[Toponym, ...] = ()
    quotations: tuple[Quotation, ...] = ()

    @cached_property
    def mention_at(self) -> dict[int, Mention]:
        """The mention whose head is the given token."""
        return {m.head: m for m in self.mentions}


# --- claims ----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Support:
    """A passage outside (or beside) the evidence that a slot rests on; `for_` names the slot."""

    text: str
    start: int
    end: int
    for_: str


@dataclass(frozen=True, slots=True)
class Evidence:
    """The whole sentence (number `sentence` of the report, from 0) and the passages elsewhere that slots rest on."""

    sentence: int
    start: int
    end: int
    text: str
    support: tuple[Support, ...] = ()


@dataclass(frozen=True, slots=True)
class When:
    """When it happened, as the text says it. See `Timex`."""

    text: str
    start: int
    end: int
    value: str | None
    from_: str | None
    to: str | None
    grain: str
    approx: bool = False
    open: str | None = None


@dataclass(frozen=True, slots=True)
class Where:
    """Where it happened, as the text says it. See `Toponym`."""

    text: str
    start: int
    end: int
    name: str
    country: str | None
    admin1: str | None
    lat: float | None
    lon: float | None
    geonameid: int | None
    feature: str | None
    precision: str


@dataclass(frozen=True, slots=True)
class Voice:
    """One link of a source chain. `step` is 1 for the voice nearest the claim; voices that speak together share a step."""

    text: str
    start: int
    end: int
    id: str | None
    name: str
    kind: VoiceKind
    cue: str | None
    member_of: str | None
    step: int
    work: str | None = None
    when: When | None = None


@dataclass(frozen=True, slots=True)
class Cause:
    """What the text gives as the reason; `id` is a claim id or None."""

    id: str | None
    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Other:
    """A party that neither acts nor receives."""

    role: OtherRole
    party: Party


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number with what it counts: `unit` (dead, injured, arrested, displaced, troops, weapons, money, prisoners …), `of` the words counted."""

    text: str
    start: int
    end: int
    value: float | None
    max: float | None
    unit: str
    of: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """The fields of both kinds; see CONTRACT.md for what each means. Use `EventClaim` or `TieClaim`."""

    id: str
    main: bool
    about: str | None = None
    evidence: Evidence
    trigger: Span
    stance: Stance
    outcome: Outcome | None = None
    tense: Tense
    said_by: tuple[Voice, ...] = ()
    direct: bool = False
    when: When | None = None
    where: Where | None = None
    cause: tuple[Cause, ...] = ()
    confidence: float = 0.5
    reasons: tuple[str, ...] = ()
    coder: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class EventClaim(Claim):
    """One reported happening, coded by PLOVER."""

    kind: Literal["event"] = "event"
    type: str
    mode: str | None = None
    contexts: tuple[str, ...] = ()
    quad: Quad
    intensity: float
    actors: tuple[Party, ...] = ()
    recipients: tuple[Party, ...] = ()
    mutual: bool = False
    others: tuple[Other, ...] = ()
    quantities: tuple[Quantity, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class TieClaim(Claim):
    """One report of how two parties stand."""

    kind: Literal["tie"] = "tie"
    between: tuple[Party, Party]
    state: State | None = None
    change: Change | None = None
    aspect: Aspect = "general"
    role: TieRole | None = None


@dataclass(frozen=True, slots=True)
class PredicateStance:
    """The stance of one predicate that was judged, in a claim or not."""

    start: int
    end: int
    text: str
    stance: Stance


@dataclass(frozen=True)
class Coded:
    """All that came of one report. `stances` are listed in the findings of the record."""

    report: Report
    claims: Sequence[EventClaim | TieClaim] = ()
    findings: Findings = field(default_factory=Findings)
    stances: Sequence[PredicateStance] = ()
    failures: Sequence[Failure] = ()
