"""Check the form of pairs.jsonl: ids, halves, dates, triggers found in their passages, known kinds, no passage in both halves."""

from __future__ import annotations

import hashlib
import json
import re
import sys
from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
PAIRS = HERE / "pairs.jsonl"
REGIONS = {"Africa", "Americas", "Asia-Pacific", "Europe", "Middle East"}
QUADS = {"material-conflict", "material-cooperation", "verbal-conflict", "verbal-cooperation"}
BOTH = {None, "anniversary", "denial", "planned-held"}
SAME = BOTH | {"cited-interview", "other-count", "other-name", "other-verb", "wire-copy", "wrong-date"}
DIFFERENT = BOTH | {"consecutive-talks", "elsewhere", "follow-up", "other-act", "other-matter", "other-party"}
DIFFERENT |= {"other-place", "recurrence", "reversed", "same-day"}
ROW_FIELDS = {"id", "half", "region", "quad", "a", "b", "same", "hard"}
SIDE_FIELDS = {"text", "published", "outlet", "trigger"}

Row = dict[str, Any]


def rows(path: Path = PAIRS) -> list[Row]:
    """The pairs in the order of the file."""
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def half(identity: str) -> str:
    """The half that a pair of this id belongs to."""
    return "report" if int(hashlib.sha256(identity.encode()).hexdigest(), 16) % 2 else "dev"


def occurrences(words: str, text: str) -> list[int]:
    """Offsets at which the words stand in the text as whole words."""
    return [m.start() for m in re.finditer(rf"(?<!\w){re.escape(words)}(?!\w)", text)]


def side_faults(side: Row) -> Iterator[str]:
    """What is wrong with one passage of a pair."""
    if side.keys() - {"nth"} != SIDE_FIELDS:
        yield f"has fields {sorted(side)}"
        return
    try:
        date.fromisoformat(side["published"])
    except ValueError:
        yield f"published {side['published']!r} is not a date"
    if not side["text"] or side["text"] != side["text"].strip() or "\n" in side["text"]:
        yield "text is empty, has space around it or more than one line"
    found, nth = len(occurrences(side["trigger"], side["text"])), side.get("nth")
    if nth is None and found != 1:
        yield f"trigger {side['trigger']!r} stands {found} times and has no nth"
    elif nth is not None and not 1 <= nth <= found:
        yield f"trigger {side['trigger']!r} has nth {nth} but stands {found} times"


def row_faults(row: Row) -> Iterator[str]:
    """What is wrong with one pair."""
    if row.keys() != ROW_FIELDS:
        yield f"has fields {sorted(row)}"
        return
    if row["half"] != half(row["id"]):
        yield f"is in the half {row['half']!r}, by its id it should be in {half(row['id'])!r}"
    if row["region"] not in REGIONS:
        yield f"unknown region {row['region']!r}"
    if row["quad"] not in QUADS:
        yield f"unknown quad {row['quad']!r}"
    if not isinstance(row["same"], bool):
        yield "same must be true or false"
    elif row["hard"] not in (SAME if row["same"] else DIFFERENT):
        yield f"kind {row['hard']!r} does not go with same {row['same']}"
    if row["a"] == row["b"]:
        yield "pairs a passage with itself"
    for name in ("a", "b"):
        yield from (f"{name} {fault}" for fault in side_faults(row[name]))


def faults() -> Iterator[str]:
    """Every fault of the file, each after the id of its pair."""
    halves: defaultdict[str, set[str]] = defaultdict(set)
    seen: set[str] = set()
    for row in rows():
        identity = row.get("id", "a pair without id")
        found = list(row_faults(row))
        yield from (f"{identity}: {fault}" for fault in found)
        if identity in seen:
            yield f"{identity}: id stands twice"
        seen.add(identity)
        for side in ("a", "b") if not found else ():
            halves[row[side]["text"]].add(row["half"])
    yield from (f"{text[:40]!r} stands in both halves" for text, of in halves.items() if len(of) > 1)


if __name__ == "__main__":
    sys.exit("\n".join(faults()) or 0)
