"""Claims: events and ties, with their evidence, voices, times, places and causes; see the record contract."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal

from .findings import Findings, Party
from .report import Failure, Report, Span

Stance = Literal["actual", "denied", "planned", "hoped", "possible"]
Outcome = Literal["failed", "foiled", "cancelled", "ongoing"]
Tense = Literal["past", "current", "future", "earlier"]
VoiceKind = Literal["speaker", "author", "document", "agency", "outlet", "unnamed"]
Quad = Literal["verbal-cooperation", "material-cooperation", "verbal-conflict", "material-conflict"]
State = Literal["hostile", "broken", "strained", "normal", "cordial", "close"]
Change = Literal["improving", "worsening", "restored", "severed", "unchanged"]
Aspect = Literal["general", "diplomatic", "military", "financial", "arms", "political", "trade"]
TieRole = Literal["patron", "client", "ally", "member", "rival", "parent", "proxy"]
OtherRole = Literal["host", "mediator", "beneficiary", "observer", "instrument"]


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


@dataclass(frozen=True, slots=True)
class Intake:
    """All that came of one input (a file, a member of an archive).

    `key` tells the input again, so that it need not be coded twice; None where it should be tried again. `reached` is how many
    bytes of all that is read lie before its end.
    """

    done: Sequence[Coded | Failure]
    key: bytes | None = None
    reached: int = 0
