"""Corrections of slots: which there are, what values they take, and what a person types for them."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import asdict
from datetime import date, timedelta
from typing import Any, get_args

from dragoman.codebook import codebook
from dragoman.errors import LedgerError
from dragoman.model.claims import Aspect, Change, Outcome, Stance, State, Tense, TieRole
from dragoman.record import claim_of
from dragoman.registry import Registry
from dragoman.registry.resolve import resolve

from .rows import AnyClaim, false_span

FIXED = frozenset(("id", "kind", "evidence", "trigger", "coder", "reasons", "about", "quad", "intensity"))
"""Slots that no correction may change: they say which claim it is, or follow from type and mode."""
WORDS: Mapping[str, tuple[str, ...]] = {
    "stance": get_args(Stance), "outcome": get_args(Outcome), "tense": get_args(Tense), "state": get_args(State),
    "change": get_args(Change), "aspect": get_args(Aspect), "role": get_args(TieRole),
}  # fmt: skip
MAY_BE_NONE = frozenset(("outcome", "mode", "when", "where", "state", "change", "role"))
PARTIES = frozenset(("actors", "recipients", "between"))
YES, NO, NOTHING = ("yes", "true", "1"), ("no", "false", "0"), ("", "-", "none", "null")
_DAY = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?$")


class JudgementError(LedgerError):
    """The judgement cannot be made: no such claim or slot, or a value that is none for it."""


def slots_of_record(record: Mapping[str, Any]) -> list[str]:
    """The slots of a claim that may be corrected."""
    return [name for name in record if name not in FIXED]


def corrected(record: Mapping[str, Any], corrections: Mapping[str, Any], text: str) -> AnyClaim:
    """The claim with these slots changed; quad and intensity follow type and mode.

    Args:
        record: the machine's claim in contract form.
        corrections: new values of slots.
        text: that of the report.

    Raises:
        JudgementError: a value is none for its slot, or its words are not in the report.
    """
    changed = {**record, **corrections}
    if "type" in corrections or "mode" in corrections:
        _recode(changed, corrections)
    try:
        claim = claim_of(changed)
        wrong = false_span(claim, text)
    except (AttributeError, KeyError, TypeError, ValueError) as error:
        raise JudgementError(f"{corrections} is no valid correction of claim {record['id']}: {error}") from error
    if wrong is not None:
        raise JudgementError(f"{corrections} is no valid correction: {wrong}")
    return claim


def _recode(changed: dict[str, Any], corrections: Mapping[str, Any]) -> None:
    book = codebook()
    type_ = changed["type"]
    if type_ not in book.types:
        raise JudgementError(f"{type_} is no type of PLOVER; if it is your own, DRAGOMAN_LEXICON must name its file")
    if "mode" not in corrections and changed["mode"] not in book.types[type_].modes:
        changed["mode"] = None
    if changed["mode"] is not None and changed["mode"] not in book.types[type_].modes:
        modes = ", ".join(book.types[type_].modes) or "none"
        raise JudgementError(f"{type_} has no mode {changed['mode']!r}; it has {modes}")
    changed["quad"], changed["intensity"] = book.quad(type_), book.intensity(type_, changed["mode"])


def check(record: Mapping[str, Any], slot: str | None, value: Any) -> None:
    """Refuses slots that cannot be corrected and values of another form.

    Raises:
        JudgementError: says what was expected.
    """
    if slot is None or slot not in record or slot in FIXED:
        slots = ", ".join(slots_of_record(record))
        raise JudgementError(f"a claim of kind {record['kind']} has no slot {slot!r} to correct; it has {slots}")
    if value is None and slot in MAY_BE_NONE:
        return
    allowed = codebook().types if slot == "type" else WORDS.get(slot)
    if allowed is not None and value not in allowed:
        raise JudgementError(f"{slot}: expected one of {', '.join(allowed)}, got {value!r}")
    if allowed is None and not _same_form(slot, record[slot], value):
        raise JudgementError(f"{slot} is now {record[slot]!r}; a value of that form is expected, got {value!r}")


def _same_form(slot: str, now: Any, value: Any) -> bool:
    if slot == "confidence":
        return isinstance(value, int | float) and not isinstance(value, bool) and 0 <= value <= 1
    if now is None:
        return isinstance(value, dict if slot in ("when", "where") else str)
    return type(value) is type(now)


def typed(record: Mapping[str, Any], text: str, slot: str, words: str) -> Any:
    """The value that a person means by what they typed for a slot; JSON is taken as it is.

    Parties are words of the report, several parted by `;`. A time is a day, month or year, or two days as `FROM..TO` (without
    TO). A place is its name, with the country's code after a comma.

    Raises:
        JudgementError: the words mean nothing for this slot.
    """
    said = words.strip()
    if said[:1] in "[{" and said:
        try:
            return json.loads(said)
        except json.JSONDecodeError as error:
            raise JudgementError(f"{slot}: {said[:80]!r} is no JSON: {error}") from error
    if slot in PARTIES:
        return [_party(record, text, name.strip()) for name in said.split(";") if name.strip()]
    if said.lower() in NOTHING:
        return [] if isinstance(record.get(slot), list) else None
    if isinstance(record.get(slot), bool):
        if said.lower() not in (*YES, *NO):
            raise JudgementError(f"{slot}: expected yes or no, got {said!r}")
        return said.lower() in YES
    if slot == "confidence":
        try:
            return float(said)
        except ValueError as error:
            raise JudgementError(f"confidence: expected a number from 0 to 1, got {said!r}") from error
    if slot in ("when", "where"):
        return _when(record, said) if slot == "when" else _where(record, text, said)
    if slot == "contexts":
        return [word.strip() for word in said.split(";")]
    return said.upper() if slot == "type" else said


def _party(record: Mapping[str, Any], text: str, name: str) -> dict[str, Any]:
    evidence = record["evidence"]
    at = text.find(name, evidence["start"], evidence["end"])
    at = at if at >= 0 else text.find(name)
    if at < 0:
        raise JudgementError(f"the report has no words {name!r}; give a party by words that stand in it")
    found = resolve(Registry.load(), name)
    party: dict[str, Any] = {"text": name, "start": at, "end": at + len(name), "id": None, "name": name, "kind": None}
    party |= {"country": None, "sector": None, "title": None, "member_of": None, "wikidata": None, "via": "name"}
    return asdict(found.party(name, at, at + len(name))) if found is not None else party


def _span(record: Mapping[str, Any], slot: str) -> dict[str, Any]:
    """The words that the slot stood for, else the trigger."""
    held = record[slot] or record["trigger"]
    return {"text": held["text"], "start": held["start"], "end": held["end"]}


def _when(record: Mapping[str, Any], said: str) -> dict[str, Any]:
    first, dots, last = said.partition("..")
    begun, after, grain = _period(first.strip())
    if dots:
        after, grain = _period(last.strip())[0], "span"
    if after <= begun:
        raise JudgementError(f"when: {said!r} ends before it begins")
    value = first.strip() if not dots else f"{begun}/{after}"
    period = {"value": value, "from": begun.isoformat(), "to": after.isoformat(), "grain": grain}
    return {**_span(record, "when"), **period, "approx": False, "open": None}


def _period(said: str) -> tuple[date, date, str]:
    """First day, the day after the last, and the grain of a year, month or day."""
    match = _DAY.match(said)
    try:
        if match is None:
            raise ValueError("no date")
        year, month, day = (int(part) if part else None for part in match.groups())
        begun = date(year or 1, month or 1, day or 1)
    except ValueError as error:
        raise JudgementError(
            f"when: expected YYYY, YYYY-MM, YYYY-MM-DD or two of them as FROM..TO, got {said!r}"
        ) from error
    if day:
        return begun, begun + timedelta(days=1), "day"
    if month:
        return begun, (begun + timedelta(days=32)).replace(day=1), "month"
    return begun, begun.replace(year=begun.year + 1), "year"


def _where(record: Mapping[str, Any], text: str, said: str) -> dict[str, Any]:
    name, _, country = (part.strip() for part in said.partition(","))
    evidence = record["evidence"]
    at = text.find(name, evidence["start"], evidence["end"])
    span = {"text": name, "start": at, "end": at + len(name)} if at >= 0 else _span(record, "where")
    unknown = dict.fromkeys(("admin1", "lat", "lon", "geonameid", "feature"))
    return {
        **span,
        "name": name,
        "country": country.upper() or None,
        **unknown,
        "precision": "city" if country else "country",
    }
