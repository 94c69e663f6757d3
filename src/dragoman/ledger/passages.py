"""Claims back from rows: records in contract form and passages."""

from __future__ import annotations

import json
import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any

from .features import Texts, chunks, marks
from .names import plain
from .rows import SLOTS
from .views import Passage, ReportRef, VoiceRef

Json = dict[str, Any]

_CLAIM = """
SELECT c.n, c.id, c.kind, c.main, c.about, c.start, c."end", c.stance, c.outcome, c.tense, c.direct, c."from", c."to", c.grain, c.place,
       c.country, c.confidence, c.type, c.mode, c.quad, c.intensity, c.mutual, c.state, c.change, c.aspect, c.role, c.detail,
       c.interested, s.number, s.start, s."end", s.revision, k.coder, c.status
FROM claim c JOIN sentence s ON s.n = c.sentence JOIN coding k ON k.n = c.coding WHERE c.n IN ({})
"""
_PARTY = """
SELECT p.claim, p.slot, p.start, p."end", i.id, i.name, i.kind, i.country, i.sector, i.title, i.member_of, i.wikidata, p.via
FROM party p JOIN identity i ON i.n = p.identity WHERE p.claim IN ({}) ORDER BY p.claim, p.slot, p.place
"""
_VOICE = """
SELECT v.claim, v.start, v."end", i.id, i.name, v.kind, v.cue, i.member_of, v.step, v.work, v."when"
FROM voice v JOIN identity i ON i.n = v.identity WHERE v.claim IN ({}) ORDER BY v.claim, v.place
"""
_REPORT = """
SELECT r.n, p.id, r.title, r.outlet, r.authors, r.published, r.url, r.notice, p.retracted_by
FROM revision r JOIN report p ON p.n = r.report WHERE r.n IN ({})
"""


class Passages:
    """Reads claims of one ledger as passages; keeps the last texts and reports at hand, so use one per reading."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._db = connection
        self._texts = Texts(connection)
        self._reports: dict[int, ReportRef] = {}
        self._reliability: dict[str, str | None] | None = None

    def read(self, claims: Sequence[int]) -> list[Passage]:
        """Passages in the order of the numbers; unknown numbers are left out."""
        found = self.by_number(claims)
        return [found[n] for n in claims if n in found]

    def by_number(self, claims: Iterable[int]) -> dict[int, Passage]:
        """Passages by claim number."""
        return {n: passage for chunk in chunks(dict.fromkeys(claims)) for n, passage in self._chunk(chunk).items()}

    def records(self, claims: Sequence[int]) -> dict[int, Json]:
        """Records in contract form by claim number."""
        return {n: record for chunk in chunks(dict.fromkeys(claims)) for n, (_, record) in self._records(chunk).items()}

    def reports(self, revisions: Iterable[int]) -> dict[int, ReportRef]:
        """Reports by revision number."""
        wanted = list(revisions)
        missing = [n for n in wanted if n not in self._reports]
        for chunk in chunks(missing):
            for row in self._db.execute(_REPORT.format(marks(len(chunk))), chunk):
                self._reports[row[0]] = self._report(row)
        return {n: self._reports[n] for n in wanted if n in self._reports}

    def _report(self, row: Sequence[Any]) -> ReportRef:
        if self._reliability is None:
            self._reliability = dict(self._db.execute("SELECT plain, reliability FROM source"))
        graded = self._reliability.get(plain(row[3])) if row[3] else None
        return ReportRef(
            row[1], row[2], row[3], tuple(json.loads(row[4])), row[5], row[6], row[7], row[8] is not None, graded
        )

    def _chunk(self, claims: Sequence[int]) -> dict[int, Passage]:
        held = self._records(claims)
        reports = self.reports({row[31] for row, _ in held.values()})
        return {n: _passage(row, record, reports[row[31]]) for n, (row, record) in held.items()}

    def _records(self, claims: Sequence[int]) -> dict[int, tuple[Sequence[Any], Json]]:
        inside = marks(len(claims))
        parties: dict[int, list[Sequence[Any]]] = defaultdict(list)
        voices: dict[int, list[Sequence[Any]]] = defaultdict(list)
        for row in self._db.execute(_PARTY.format(inside), claims):
            parties[row[0]].append(row)
        for row in self._db.execute(_VOICE.format(inside), claims):
            voices[row[0]].append(row)
        found: dict[int, tuple[Sequence[Any], Json]] = {}
        rows = self._db.execute(_CLAIM.format(inside), claims).fetchall()
        self._texts.hold(row[31] for row in rows)
        for row in rows:
            found[row[0]] = (row, _record(row, parties[row[0]], voices[row[0]], self._texts.text(row[31])))
        return found


def _passage(row: Sequence[Any], record: Json, report: ReportRef) -> Passage:
    chain = tuple(
        VoiceRef(v["name"], v["kind"], v["step"], v["member_of"], v["cue"], v["work"]) for v in record["said_by"]
    )
    evidence = record["evidence"]
    return Passage(
        claim=row[1], kind=row[2], report=report, text=evidence["text"], start=evidence["start"], end=evidence["end"],
        trigger=record["trigger"]["text"], stance=row[7], chain=chain, direct=bool(row[10]), main=bool(row[3]),
        interested=bool(row[27]), confidence=row[16], record=record,
    )  # fmt: skip


def _record(row: Sequence[Any], parties: Sequence[Sequence[Any]], voices: Sequence[Sequence[Any]], text: str) -> Json:
    detail = json.loads(row[26]) if row[26] else {}
    record: Json = {
        "id": row[1], "kind": row[2], "main": bool(row[3]), "about": row[4],
        "evidence": {
            "sentence": row[28], **_span(text, row[29], row[30]),
            "support": [{**_span(text, s, e), "for": for_} for s, e, for_ in detail.get("support", ())],
        },
        "trigger": _span(text, row[5], row[6]), "stance": row[7], "outcome": row[8], "tense": row[9],
        "said_by": [_voice(v, text) for v in voices], "direct": bool(row[10]),
        "when": _when([*detail["when"], row[11], row[12], row[13]], text) if "when" in detail else None,
        "where": _where(row, detail["where"], text) if "where" in detail else None,
        "cause": [{"id": id_, **_span(text, s, e)} for id_, s, e in detail.get("cause", ())],
        "confidence": round(row[16], 4), "reasons": detail.get("reasons", []), "coder": detail.get("coder", row[32]),
    }  # fmt: skip
    sides: dict[int, list[Json]] = defaultdict(list)
    for party in parties:
        sides[party[1]].append(_party(party, text))
    if row[2] == "tie":
        return record | {"between": sides[2], "state": row[22], "change": row[23], "aspect": row[24], "role": row[25]}
    return record | {
        "type": row[17], "mode": row[18], "contexts": detail.get("contexts", []), "quad": row[19], "intensity": row[20],
        "actors": sides[0], "recipients": sides[1], "mutual": bool(row[21]),
        "others": [{"role": SLOTS[slot], "party": p} for slot in sorted(sides) if slot > 2 for p in sides[slot]],
        "quantities": [
            {**_span(text, s, e), "value": value, "max": most, "unit": unit, "of": of}
            for s, e, value, most, unit, of in detail.get("qty", ())
        ],
    }  # fmt: skip


def _span(text: str, start: int, end: int) -> Json:
    return {"text": text[start:end], "start": start, "end": end}


def _party(row: Sequence[Any], text: str) -> Json:
    names = ("id", "name", "kind", "country", "sector", "title", "member_of", "wikidata", "via")
    return {**_span(text, row[2], row[3]), **dict(zip(names, row[4:], strict=True))}


def _voice(row: Sequence[Any], text: str) -> Json:
    names = ("id", "name", "kind", "cue", "member_of", "step", "work")
    when = _when(json.loads(row[10]), text) if row[10] else None
    return {**_span(text, row[1], row[2]), **dict(zip(names, row[3:10], strict=True)), "when": when}


def _when(cells: Sequence[Any], text: str) -> Json:
    start, end, value, approx, open_, from_, to, grain = cells
    return {
        **_span(text, start, end),
        "value": value,
        "from": from_,
        "to": to,
        "grain": grain,
        "approx": approx,
        "open": open_,
    }


def _where(row: Sequence[Any], cells: Sequence[Any], text: str) -> Json:
    start, end, admin1, lat, lon, geonameid, feature, precision = cells
    return {
        **_span(text, start, end), "name": row[14], "country": row[15], "admin1": admin1, "lat": lat, "lon": lon,
        "geonameid": geonameid, "feature": feature, "precision": precision,
    }  # fmt: skip
