"""Records in words, for people who look at them in a terminal."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any


def gist(record: Mapping[str, Any]) -> str:
    """One line: who did what to whom, or how two stand."""
    if record["kind"] == "tie":
        said = " ".join(word for word in (record["state"], record["change"]) if word)
        return f"{' – '.join(_names(record['between']))}: {said}"
    what = f"{record['type']}/{record['mode']}" if record["mode"] else record["type"]
    whom = "; ".join(_names(record["recipients"]))
    return f"{'; '.join(_names(record['actors'])) or '?'} {what}{' ' + whom if whom else ''}"


def _names(parties: Sequence[Mapping[str, Any]]) -> list[str]:
    return [str(party["name"]) for party in parties]


def lines(record: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Slot and value of every slot that says something, in the order of the record contract."""
    for slot in (
        "type",
        "mode",
        "between",
        "actors",
        "recipients",
        "state",
        "change",
        "aspect",
        "role",
        "stance",
        "outcome",
        "tense",
    ):
        value = record.get(slot)
        if value:
            yield slot, "; ".join(_party(p) for p in value) if isinstance(value, list) else str(value)
    if record.get("mutual"):
        yield "mutual", "yes"
    if record["when"]:
        when = record["when"]
        yield "when", f"{when['text']} ({when['from'] or '?'} to {when['to'] or '?'})"
    if record["where"]:
        yield "where", ", ".join(word for word in (record["where"]["name"], record["where"]["country"]) if word)
    for quantity in record.get("quantities", ()):
        yield "count", f"{quantity['value']} {quantity['unit']} {quantity['of'] or ''}".strip()
    for voice in record["said_by"]:
        yield "said by", f"{voice['name']} ({voice['kind']}, step {voice['step']})"
    yield "main", "yes" if record["main"] else "no"
    yield "sure", f"{record['confidence']:.2f}"
    if record["reasons"]:
        yield "because", "; ".join(record["reasons"])


def _party(party: Mapping[str, Any]) -> str:
    about = ", ".join(str(word) for word in (party["member_of"], party["country"], party["sector"]) if word)
    return f"{party['name']}{f' ({about})' if about else ''}"
