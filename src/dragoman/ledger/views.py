"""What the ledger tells its readers: frozen values that `brief`, `publish`, `exchange` and the command line build on.

Everything here leads back to passages: a `Passage` is a claim's evidence in a report, with its chain of voices.
Dates are ISO strings, intervals half-open. Levels are on PLOVER's intensity scale, -10 (war) to 10 (aid, retreat).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

Kind = Literal["event", "tie"]


@dataclass(frozen=True, slots=True)
class ActorRef:
    """An actor as the ledger knows it: registry id (or a candidate's key), canonical name, country, sector."""

    id: str
    name: str
    country: str | None = None
    sector: str | None = None


@dataclass(frozen=True, slots=True)
class ReportRef:
    """A report as a source: what a footnote or a list of sources needs. `reliability` is A-F, or None where not judged."""

    id: str
    title: str | None
    outlet: str | None
    authors: tuple[str, ...]
    published: str | None
    url: str | None
    notice: str | None = None
    retracted: bool = False
    reliability: str | None = None


@dataclass(frozen=True, slots=True)
class VoiceRef:
    """One voice of a chain; `step` 1 is nearest the claim, voices of one step spoke together."""

    name: str
    kind: str
    step: int
    member_of: str | None = None
    cue: str | None = None
    work: str | None = None


@dataclass(frozen=True, slots=True)
class Passage:
    """Where a claim stands: its report, the sentence as it reads, the trigger in it, and who says it.

    `record` is the whole claim in contract form. `interested`: the nearest voice is a party of the claim or its rival.
    """

    claim: str
    kind: Kind
    report: ReportRef
    text: str
    start: int
    end: int
    trigger: str
    stance: str
    chain: tuple[VoiceRef, ...]
    direct: bool
    main: bool
    interested: bool
    confidence: float
    record: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Happening:
    """Claims judged to report one real event.

    `origins` counts independent origins: ten outlets citing one interview are one. `from_`/`to` bound the time, half-open,
    None where no report dates it (then `reported` is the day of the first report). `stances` counts passages by stance.
    `quantities` are the counts given, as (unit, of, value, claim id).
    """

    id: str
    type: str
    mode: str | None
    quad: str
    intensity: float
    actors: tuple[ActorRef, ...]
    recipients: tuple[ActorRef, ...]
    mutual: bool
    from_: str | None
    to: str | None
    grain: str | None
    reported: str | None
    where: str | None
    country: str | None
    lat: float | None
    lon: float | None
    outcome: str | None
    passages: tuple[Passage, ...]
    reports: int
    origins: int
    stances: dict[str, int]
    quantities: tuple[tuple[str, str | None, float | None, str], ...] = ()
    contexts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class TiePoint:
    """The level of a tie at the start of one period, with its 90 % band; `collected` is false where no report was read."""

    date: str
    level: float
    low: float
    high: float
    happenings: int
    collected: bool


@dataclass(frozen=True, slots=True)
class ChangePoint:
    """When the level moved, from what to what, and the happenings that made it move."""

    date: str
    before: float
    after: float
    happenings: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Stated:
    """A report of how the two stand, from a tie claim."""

    passage: Passage
    state: str | None
    change: str | None
    aspect: str
    role: str | None
    date: str | None

    @property
    def origin(self) -> str:
        """Who says so: the nearest voice, else the outlet, else the report."""
        passage = self.passage
        return passage.chain[0].name if passage.chain else passage.report.outlet or passage.report.id


@dataclass(frozen=True, slots=True)
class Dispute:
    """Claims that cannot both hold, as sides; `why` says what clashes (denied, actor, count, state) in one sentence."""

    id: str
    why: str
    sort: str
    sides: tuple[tuple[Passage, ...], ...]
    date: str | None
    between: tuple[ActorRef, ...] = ()


@dataclass(frozen=True, slots=True)
class Tie:
    """How two actors stand over a period, computed.

    `state` now and `since` (ISO date or None); `trend` improving, worsening or steady; `level` with band now;
    `disputed` and `single` are shares 0-1 of the passages that are disputed or rest on one origin. `flows` sums happenings
    by quad as (count, mean intensity). `interested` is the share of news happenings known only from a party's own mouth.
    """

    a: ActorRef
    b: ActorRef
    since: str | None
    until: str | None
    state: str | None
    state_since: str | None
    trend: str | None
    level: float | None
    low: float | None
    high: float | None
    series: tuple[TiePoint, ...]
    changes: tuple[ChangePoint, ...]
    stated: tuple[Stated, ...]
    happenings: tuple[Happening, ...]
    disputes: tuple[Dispute, ...]
    disputed: float
    single: float
    flows: dict[str, tuple[int, float]]
    last_report: str | None
    interested: float = 0.0


@dataclass(frozen=True, slots=True)
class Coverage:
    """What was read in one period: reports, outlets; `periods` as (month, reports read)."""

    reports: int
    outlets: int
    first: str | None
    last: str | None
    periods: tuple[tuple[str, int], ...]
    failures: int
