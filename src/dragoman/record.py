"""Claims and reports in contract form: what `dragoman code` prints and what the ledger keeps (contract version 1).

`claim_json` and `claim_of` are inverse to each other. Field names and their order are those of the record contract;
every field is always present, unknown slots are `null` or `[]`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from .model import (
    Cause,
    Coded,
    EventClaim,
    Evidence,
    Failure,
    Findings,
    Mention,
    Other,
    Party,
    Quantity,
    Quotation,
    Report,
    Span,
    Support,
    TieClaim,
    Timex,
    Toponym,
    Voice,
    When,
    Where,
)

CONTRACT = 1
Json = dict[str, Any]


def coded_json(coded: Coded, *, findings: bool = False) -> Json:
    """The whole line of one report; with `findings` the lists found on the way, too."""
    line: Json = {
        "contract": CONTRACT,
        "report": report_json(coded.report),
        "claims": [claim_json(claim) for claim in coded.claims],
        "failures": [failure_json(failure) for failure in coded.failures],
    }
    if findings:
        line |= findings_json(coded.findings)
        line["stances"] = [{"text": s.text, "start": s.start, "end": s.end, "stance": s.stance} for s in coded.stances]
    return line


def failed_json(failure: Failure) -> Json:
    """The line of a report that could not be read: no claims, one failure."""
    empty = Report(id="", text="", title=failure.source)
    return {"contract": CONTRACT, "report": report_json(empty), "claims": [], "failures": [failure_json(failure)]}


def report_json(report: Report) -> Json:
    """A report's metadata and text."""
    return {
        "id": report.id,
        "title": report.title,
        "url": report.url,
        "outlet": report.outlet,
        "section": report.section,
        "authors": list(report.authors),
        "published": report.published.isoformat() if report.published else None,
        "language": report.language,
        "notice": report.notice,
        "replaces": report.replaces,
        "text": report.text,
    }


def failure_json(failure: Failure) -> Json:
    """A failure as a row."""
    return {
        "stage": failure.stage,
        "error": failure.error,
        "message": failure.message,
        "source": failure.source,
    }


# --- claims ----------------------------------------------------------------------------------------------------------


def claim_json(claim: EventClaim | TieClaim) -> Json:
    """One claim; fields of both kinds first, then those of its kind."""
    record: Json = {
        "id": claim.id,
        "kind": claim.kind,
        "main": claim.main,
        "about": claim.about,
        "evidence": _evidence_json(claim.evidence),
        "trigger": _span_json(claim.trigger),
        "stance": claim.stance,
        "outcome": claim.outcome,
        "tense": claim.tense,
        "said_by": [_voice_json(voice) for voice in claim.said_by],
        "direct": claim.direct,
        "when": _when_json(claim.when),
        "where": _where_json(claim.where),
        "cause": [{"id": c.id, "text": c.text, "start": c.start, "end": c.end} for c in claim.cause],
        "confidence": round(claim.confidence, 4),
        "reasons": list(claim.reasons),
        "coder": claim.coder,
    }
    return record | (_event_json(claim) if isinstance(claim, EventClaim) else _tie_json(claim))


def _event_json(claim: EventClaim) -> Json:
    return {
        "type": claim.type,
        "mode": claim.mode,
        "contexts": list(claim.contexts),
        "quad": claim.quad,
        "intensity": claim.intensity,
        "actors": [party_json(p) for p in claim.actors],
        "recipients": [party_json(p) for p in claim.recipients],
        "mutual": claim.mutual,
        "others": [{"role": o.role, "party": party_json(o.party)} for o in claim.others],
        "quantities": [
            {"text": q.text, "start": q.start, "end": q.end, "value": q.value, "max": q.max, "unit": q.unit, "of": q.of}
            for q in claim.quantities
        ],
    }


def _tie_json(claim: TieClaim) -> Json:
    return {
        "between": [party_json(p) for p in claim.between],
        "state": claim.state,
        "change": claim.change,
        "aspect": claim.aspect,
        "role": claim.role,
    }


def party_json(party: Party) -> Json:
    """One side of a claim."""
    return {
        "text": party.text,
        "start": party.start,
        "end": party.end,
        "id": party.id,
        "name": party.name,
        "kind": party.kind,
        "country": party.country,
        "sector": party.sector,
        "title": party.title,
        "member_of": party.member_of,
        "wikidata": party.wikidata,
        "via": party.via,
    }


def _voice_json(voice: Voice) -> Json:
    return {
        "text": voice.text,
        "start": voice.start,
        "end": voice.end,
        "id": voice.id,
        "name": voice.name,
        "kind": voice.kind,
        "cue": voice.cue,
        "member_of": voice.member_of,
        "step": voice.step,
        "work": voice.work,
        "when": _when_json(voice.when),
    }


def _evidence_json(evidence: Evidence) -> Json:
    return {
        "sentence": evidence.sentence,
        "start": evidence.start,
        "end": evidence.end,
        "text": evidence.text,
        "support": [{"text": s.text, "start": s.start, "end": s.end, "for": s.for_} for s in evidence.support],
    }


def _when_json(when: When | None) -> Json | None:
    if when is None:
        return None
    return {
        "text": when.text,
        "start": when.start,
        "end": when.end,
        "value": when.value,
        "from": when.from_,
        "to": when.to,
        "grain": when.grain,
        "approx": when.approx,
        "open": when.open,
    }


def _where_json(where: Where | None) -> Json | None:
    if where is None:
        return None
    return {
        "text": where.text,
        "start": where.start,
        "end": where.end,
        "name": where.name,
        "country": where.country,
        "admin1": where.admin1,
        "lat": where.lat,
        "lon": where.lon,
        "geonameid": where.geonameid,
        "feature": where.feature,
        "precision": where.precision,
    }


def _span_json(span: Span | None) -> Json | None:
    return None if span is None else {"text": span.text, "start": span.start, "end": span.end}


# --- findings --------------------------------------------------------------------------------------------------------


def findings_json(findings: Findings) -> Json:
    """The optional lists of the contract."""
    return {
        "quotations": _quotations_json(findings.quotations),
        "times": [_time_json(t) for t in findings.times],
        "places": [_place_json(p) for p in findings.places],
        "mentions": [_mention_json(m) for m in findings.mentions],
    }


def _quotations_json(quotations: Sequence[Quotation]) -> list[Json]:
    """What the report itself attributes, in text order; attributions inside another's words stand `within` that one."""
    listed: list[Json] = []
    made = [(q, _quotation_json(q)) for q in quotations]
    for quotation, entry in made:
        around = [(o, e) for o, e in made if o is not quotation and quotation.nested and _holds(o, quotation)]
        if around:
            _, outer = min(around, key=lambda pair: sum(p.end - p.start for p in pair[0].content_parts))
            outer.setdefault("within", []).append(entry)
        else:
            listed.append(entry)
    return listed


def _holds(outer: Quotation, inner: Quotation) -> bool:
    """Whether the inner attribution's cue (or content) lies in the outer one's content, and is not around it in turn."""
    at = (inner.cue or inner.content or Span(-1, -1, "")).start
    size = sum(part.end - part.start for part in outer.content_parts)
    return size > sum(part.end - part.start for part in inner.content_parts) and any(
        part.start <= at < part.end for part in outer.content_parts
    )


def _quotation_json(quotation: Quotation) -> Json:
    source = _span_json(quotation.source)
    content = _span_json(quotation.content)
    if source is not None:
        source["name"] = quotation.name
    if content is not None and len(quotation.content_parts) > 1:
        content["parts"] = [[p.start, p.end] for p in quotation.content_parts]
    return {"source": source, "cue": _span_json(quotation.cue), "content": content, "direct": quotation.direct}


def _time_json(time: Timex) -> Json:
    return {
        "text": time.text,
        "start": time.start,
        "end": time.end,
        "type": time.type,
        "value": time.value,
        "from": time.from_,
        "to": time.to,
        "grain": time.grain,
    }


def _place_json(place: Toponym) -> Json:
    return {
        "text": place.text,
        "start": place.start,
        "end": place.end,
        "name": place.name,
        "country": place.country,
        "lat": place.lat,
        "lon": place.lon,
        "geonameid": place.geonameid,
    }


def _mention_json(mention: Mention) -> Json:
    party = mention.party
    return {
        "text": party.text,
        "start": party.start,
        "end": party.end,
        "type": mention.type,
        "form": mention.form,
    }


# --- back from JSON --------------------------------------------------------------------------------------------------


def claim_of(record: Mapping[str, Any]) -> EventClaim | TieClaim:
    """The claim that `claim_json` made this record of.

    Raises:
        KeyError: a field of the contract is missing.
    """
    both: dict[str, Any] = {
        "id": record["id"],
        "main": record["main"],
        "about": record["about"],
        "evidence": _evidence_of(record["evidence"]),
        "trigger": Span(**record["trigger"]),
        "stance": record["stance"],
        "outcome": record["outcome"],
        "tense": record["tense"],
        "said_by": tuple(_voice_of(voice) for voice in record["said_by"]),
        "direct": record["direct"],
        "when": _when_of(record["when"]),
        "where": Where(**record["where"]) if record["where"] else None,
        "cause": tuple(Cause(**cause) for cause in record["cause"]),
        "confidence": record["confidence"],
        "reasons": tuple(record["reasons"]),
        "coder": record["coder"],
    }
    if record["kind"] == "tie":
        return _tie_of(record, both)
    return EventClaim(
        **both,
        type=record["type"],
        mode=record["mode"],
        contexts=tuple(record["contexts"]),
        quad=record["quad"],
        intensity=record["intensity"],
        actors=_parties_of(record["actors"]),
        recipients=_parties_of(record["recipients"]),
        mutual=record["mutual"],
        others=tuple(Other(other["role"], Party(**other["party"])) for other in record["others"]),
        quantities=tuple(Quantity(**quantity) for quantity in record["quantities"]),
    )


def _tie_of(record: Mapping[str, Any], both: dict[str, Any]) -> TieClaim:
    first, second = _parties_of(record["between"])
    return TieClaim(
        **both,
        between=(first, second),
        state=record["state"],
        change=record["change"],
        aspect=record["aspect"],
        role=record["role"],
    )


def report_of(record: Mapping[str, Any]) -> Report:
    """The report of a contract line (its `body` offset is not kept in the record: 0)."""
    published = record["published"]
    return Report(
        id=record["id"],
        text=record["text"],
        title=record["title"],
        url=record["url"],
        outlet=record["outlet"],
        section=record["section"],
        authors=tuple(record["authors"]),
        published=date.fromisoformat(published) if published else None,
        language=record["language"],
        notice=record["notice"],
        replaces=record.get("replaces"),
    )


def _parties_of(records: Sequence[Mapping[str, Any]]) -> tuple[Party, ...]:
    return tuple(Party(**record) for record in records)


def _voice_of(record: Mapping[str, Any]) -> Voice:
    return Voice(**{**record, "when": _when_of(record["when"])})


def _when_of(record: Mapping[str, Any] | None) -> When | None:
    if record is None:
        return None
    return When(**{("from_" if name == "from" else name): value for name, value in record.items()})


def _evidence_of(record: Mapping[str, Any]) -> Evidence:
    support = tuple(Support(s["text"], s["start"], s["end"], s["for"]) for s in record["support"])
    return Evidence(record["sentence"], record["start"], record["end"], record["text"], support)
