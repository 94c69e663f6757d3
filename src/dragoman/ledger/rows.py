"""Claims as rows: what stands in columns, what in `claim.detail`, and how to tell whether anything changed.

Words that stand in the report are kept once, in `revision.text`; rows hold offsets. `detail` is JSON with these keys, each
left out where empty: `when` [start, end, value, approx, open] · `where` [start, end, admin1, lat, lon, geonameid, feature,
precision] · `cause` [[id, start, end]…] · `qty` [[start, end, value, max, unit, of]…] · `support` [[start, end, for]…] ·
`contexts` · `reasons` · `coder` (where it differs from that of the coding).
"""

from __future__ import annotations

import hashlib
import json
import marshal
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import Any

from dragoman.model import Coded, EventClaim, Failure, Party, Report, TieClaim, When
from dragoman.record import report_json

AnyClaim = EventClaim | TieClaim
Row = tuple[Any, ...]

SLOTS = ("actors", "recipients", "between", "host", "mediator", "beneficiary", "observer", "instrument")
"""Names of `party.slot`; from the fourth on they are roles of `others`."""
ACTOR, RECIPIENT, BETWEEN = 0, 1, 2

_encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), check_circular=False).encode


def compact(value: object) -> str:
    """JSON without blanks."""
    return _encode(value)


def sides_of(claim: AnyClaim) -> Sequence[tuple[int, Sequence[Party]]]:
    """The parties that a claim is about, by slot; those that play other roles are in `others`."""
    if isinstance(claim, EventClaim):
        return (ACTOR, claim.actors), (RECIPIENT, claim.recipients)
    return ((BETWEEN, claim.between),)


def false_span(claim: AnyClaim, text: str) -> str | None:
    """The first words of the claim that do not stand in the text where it says; None when all do."""
    evidence, trigger = claim.evidence, claim.trigger
    for span in _spans(claim):
        start = span.start
        if start < 0 or text[start : span.end] != span.text:
            return (
                f"claim {claim.id}: {span.text[:60]!r} is said to stand at {start}-{span.end}, where the report reads"
                f" {text[max(start, 0) : span.end][:60]!r}"
            )
    if not evidence.start <= trigger.start <= trigger.end <= evidence.end:
        return f"claim {claim.id}: the trigger {trigger.text[:60]!r} is outside the evidence"
    return None


def sound(coded: Coded) -> tuple[Sequence[AnyClaim], list[Failure]]:
    """The claims whose words stand where they say; the others as failures."""
    text = coded.report.text
    wrong = [false_span(claim, text) for claim in coded.claims]
    if not any(wrong):
        return coded.claims, []
    broken = [Failure("ledger", "OffsetError", said, coded.report.id) for said in wrong if said is not None]
    return [claim for claim, said in zip(coded.claims, wrong, strict=True) if said is None], broken


def _spans(claim: AnyClaim) -> list[Any]:
    """Everything in the claim that says where it stands."""
    if isinstance(claim, EventClaim):
        held: list[Any] = [claim.evidence, claim.trigger, *claim.actors, *claim.recipients, *claim.quantities]
        if claim.others:
            held += [other.party for other in claim.others]
    else:
        held = [claim.evidence, claim.trigger, *claim.between]
    if claim.said_by:
        held += claim.said_by
        held += [voice.when for voice in claim.said_by if voice.when]
    if claim.when is not None:
        held.append(claim.when)
    if claim.where is not None:
        held.append(claim.where)
    return [*held, *claim.cause, *claim.evidence.support]


REVISION = "report, number, title, url, outlet, section, authors, published, language, notice, replaces, body, text, sha256, added"


def revision_cells(report: Report, n: int, digest: str, number: int, now: str) -> Row:
    """A report as a row of `revision`, columns as in `REVISION`; `n` is the report's number."""
    return (
        n, number, report.title, report.url, report.outlet, report.section, _cell(tuple(report.authors)),
        report.published.isoformat() if report.published else None, report.language, report.notice, report.replaces,
        report.body, report.text, digest, now,
    )  # fmt: skip


def when_cells(when: When) -> list[Any]:
    """Slots of a `When` that are not columns."""
    return [when.start, when.end, when.value, when.approx, when.open]


@lru_cache(maxsize=65_536)
def _cell(value: str | tuple[str, ...] | None) -> str:
    """JSON of a word or words that come again and again."""
    return _encode(value)


def detail_of(claim: AnyClaim, coder: str) -> str | None:
    """The slots that have no column, as JSON; None where there are none."""
    parts: list[str] = []
    when, where = claim.when, claim.where
    if when:
        approx = "true" if when.approx else "false"
        parts.append(f'"when":[{when.start},{when.end},{_cell(when.value)},{approx},{_cell(when.open)}]')
    if where:
        w = where
        parts.append(
            '"where":' + _encode([w.start, w.end, w.admin1, w.lat, w.lon, w.geonameid, w.feature, w.precision])
        )
    if claim.cause:
        parts.append('"cause":' + _encode([[c.id, c.start, c.end] for c in claim.cause]))
    if claim.evidence.support:
        parts.append('"support":' + _encode([[s.start, s.end, s.for_] for s in claim.evidence.support]))
    if claim.reasons:
        parts.append('"reasons":' + _cell(tuple(claim.reasons)))
    if claim.coder != coder:
        parts.append('"coder":' + _cell(claim.coder))
    if isinstance(claim, EventClaim):
        if claim.quantities:
            parts.append('"qty":' + _encode([[q.start, q.end, q.value, q.max, q.unit, q.of] for q in claim.quantities]))
        if claim.contexts:
            parts.append('"contexts":' + _cell(tuple(claim.contexts)))
    return "{" + ",".join(parts) + "}" if parts else None


def voice_when(when: When | None) -> str | None:
    """When a voice spoke, as JSON of all slots."""
    return None if when is None else _encode([*when_cells(when), when.from_, when.to, when.grain])


def coder_of(claims: Sequence[AnyClaim]) -> str:
    """The coder that made most of the claims (the first of them where two made as many)."""
    names = [claim.coder for claim in claims]
    return max(dict.fromkeys(names), key=names.count, default="")


def coder_name(coder: str) -> str:
    """The coder without its version: "dragoman-en" of "dragoman-en 1.0"."""
    name, _, version = coder.rpartition(" ")
    return name if name and version[:1].isdigit() else coder


def coder_version(coder: str) -> tuple[int, ...]:
    """The numbers of the version, for comparing; () where there is none."""
    version = coder.rpartition(" ")[2]
    return tuple(int(p) for p in version.split(".") if p.isdigit()) if version[:1].isdigit() else ()


def digest_of_report(report: Report) -> str:
    """SHA-256 over what the report says and who published it."""
    return hashlib.sha256(_encode(report_json(report)).encode("utf-8", "surrogatepass")).hexdigest()


def digest_of_rows(claims: Iterable[Row], parties: Iterable[Row], voices: Iterable[Row]) -> str:
    """SHA-256 over the rows of a coding's claims, without what other facts or judgements may change.

    The rows are written as `marshal` of version 2 writes them: for whole numbers, words and None that form has not changed
    since Python 2.5, and it is several times faster than JSON.

    Args:
        claims: place of the sentence (number, start, end), id, and the columns from `kind` on as a row of their own.
        parties, voices: all columns but the claim's number, in order of claims.
    """
    return hashlib.sha256(marshal.dumps([list(claims), list(parties), list(voices)], 2)).hexdigest()


def old_digest_of_rows(claims: Iterable[Row], parties: Iterable[Row], voices: Iterable[Row]) -> str:
    """As `digest_of_rows`, in the form of ledgers of version 1."""
    flat = [(*row[:-1], *row[-1]) for row in claims]
    return hashlib.sha256(repr([*flat, *parties, *voices]).encode("utf-8", "surrogatepass")).hexdigest()
