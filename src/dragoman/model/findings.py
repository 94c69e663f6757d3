"""What is found on the way to claims: mentions, times, places, quotations, and the parties they name."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from .report import Span

Via = Literal["name", "alias", "title", "pronoun", "nominal", "metonym"]
Form = Literal["name", "nominal", "pronoun"]


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
    the span that its value rests on, where that is another expression. `first`/`last` are token indices. `whole` is the
    span of the range that it is an end of ("from 2012 to 2014"): `from_`/`to` are then those of the range.
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
    whole: Span | None = None


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
    indices or None. `name` is what the source resolves to. `nested` is true where the cue stands inside the words of
    another attribution; `clausal` where a clause or quoted words are attributed rather than a noun phrase. `verbatim` are
    the stretches of the content between quotation marks.
    """

    source: Span | None
    cue: Span | None
    content: Span | None
    direct: bool
    content_parts: tuple[Span, ...] = ()
    source_head: int | None = None
    cue_head: int | None = None
    name: str | None = None
    nested: bool = False
    clausal: bool = True
    verbatim: tuple[Span, ...] = ()


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
