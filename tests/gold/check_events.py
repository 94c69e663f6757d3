"""Check the form of events.jsonl: ids, halves, spans found in their sentence, types and modes that the codebook has."""

from __future__ import annotations

import hashlib
import json
import re
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
EVENTS = HERE / "events.jsonl"
TYPES = HERE.parents[1] / "src" / "dragoman" / "codebook" / "types.toml"
STANCES = {"actual", "denied", "planned", "hoped", "possible"}
REGIONS = {"Africa", "Asia", "Europe", "Latin America", "Middle East", "North America", "Oceania", "World"}
ROW_FIELDS = {"id", "region", "half", "text", "published", "events"}
EVENT_FIELDS = {"type", "mode", "trigger", "actors", "recipients", "mutual", "stance", "main"}

Row = dict[str, Any]


def rows(path: Path = EVENTS) -> list[Row]:
    """The items in the order of the file."""
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def codebook(path: Path = TYPES) -> dict[str, set[str]]:
    """The modes of each type, read from the codebook's own file."""
    return {name: set(entry.get("modes", {})) for name, entry in tomllib.loads(path.read_text("utf-8")).items()}


def half(identity: str) -> str:
    """The half that an item of this id belongs to."""
    return "report" if int(hashlib.sha256(identity.encode()).hexdigest(), 16) % 2 else "dev"


def occurrences(words: str, text: str) -> list[int]:
    """Offsets at which the words stand in the text as whole words."""
    return [m.start() for m in re.finditer(rf"(?<!\w){re.escape(words)}(?!\w)", text)]


def _trigger_faults(event: Row, text: str) -> Iterator[str]:
    found, nth = len(occurrences(event["trigger"], text)), event.get("nth")
    if nth is None and found != 1:
        yield f"trigger {event['trigger']!r} stands {found} times and has no nth"
    elif nth is not None and not 1 <= nth <= found:
        yield f"trigger {event['trigger']!r} has nth {nth} but stands {found} times"


def event_faults(event: Row, text: str, types: dict[str, set[str]]) -> Iterator[str]:
    """What is wrong with one coded event of a sentence."""
    if event.keys() - {"nth"} != EVENT_FIELDS:
        yield f"has fields {sorted(event)}"
        return
    if event["type"] not in types:
        yield f"unknown type {event['type']!r}"
    elif event["mode"] is not None and event["mode"] not in types[event["type"]]:
        yield f"{event['type']} has no mode {event['mode']!r}"
    if event["stance"] not in STANCES:
        yield f"unknown stance {event['stance']!r}"
    if not isinstance(event["mutual"], bool) or not isinstance(event["main"], bool):
        yield "mutual and main must be true or false"
    if event["mutual"] and (event["recipients"] or not event["actors"]):
        yield "a mutual event lists all its parties as actors"
    yield from _trigger_faults(event, text)
    for party in event["actors"] + event["recipients"]:
        if not occurrences(party, text):
            yield f"party {party!r} is not in the text"


def row_faults(row: Row, types: dict[str, set[str]]) -> Iterator[str]:
    """What is wrong with one item."""
    if row.keys() != ROW_FIELDS:
        yield f"has fields {sorted(row)}"
        return
    if row["half"] != half(row["id"]):
        yield f"is in the half {row['half']!r}, by its id it should be in {half(row['id'])!r}"
    if row["region"] not in REGIONS:
        yield f"unknown region {row['region']!r}"
    if not row["text"] or row["text"] != row["text"].strip() or "\n" in row["text"]:
        yield "text is empty, has space around it or more than one line"
    for event in row["events"]:
        yield from event_faults(event, row["text"], types)
    triggers = [(e["type"], e["trigger"], e.get("nth")) for e in row["events"]]
    if len(set(triggers)) != len(triggers):
        yield "codes one trigger twice with the same type"
    if row["events"] and not any(e["main"] for e in row["events"]):
        yield "has events but none is main"


def faults() -> Iterator[str]:
    """Every fault of the file, each after the id of its item."""
    types, items = codebook(), rows()
    for key in ("id", "text"):
        values = [row[key] for row in items]
        yield from (f"{value!r}: {key} stands twice" for value in sorted({v for v in values if values.count(v) > 1}))
    for row in items:
        yield from (f"{row.get('id')}: {fault}" for fault in row_faults(row, types))


if __name__ == "__main__":
    sys.exit("\n".join(faults()) or 0)
