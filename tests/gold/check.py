"""Check the form of the gold sets beside this file: every span is found where it should be, every field has a known value."""

from __future__ import annotations

import hashlib
import json
import re
import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
STANCES = {"actual", "denied", "planned", "hoped", "possible"}
OUTCOMES = {None, "failed", "foiled", "cancelled", "ongoing"}
TENSES = {"past", "current", "future", "earlier"}
VOICES = {"speaker", "author", "document", "agency", "outlet", "unnamed"}
REGIONS = {"Africa", "Asia", "Europe", "Latin America", "Middle East"}
LEAST_LINKS = 8

Row = dict[str, Any]


def half(identity: str) -> str:
    """The half that an item of this id belongs to."""
    return "report" if int(hashlib.sha256(identity.encode()).hexdigest(), 16) % 2 else "dev"


def rows(name: str) -> list[Row]:
    """The items of one set, in the order of the file."""
    lines = (HERE / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines]


def occurrences(words: str, text: str) -> list[int]:
    """Where the words stand in the text as whole words, as offsets."""
    return [m.start() for m in re.finditer(rf"(?<!\w){re.escape(words)}(?!\w)", text)]


def _keys(row: Row, needed: set[str], optional: frozenset[str] = frozenset()) -> Iterator[str]:
    if missing := needed - row.keys():
        yield f"lacks {sorted(missing)}"
    if extra := row.keys() - needed - optional:
        yield f"has unknown fields {sorted(extra)}"


def _one(words: str, nth: int | None, text: str) -> Iterator[str]:
    found = len(occurrences(words, text))
    if nth is None and found != 1:
        yield f"{words!r} stands {found} times and has no nth"
    elif nth is not None and not 1 <= nth <= found:
        yield f"{words!r} has nth {nth} but stands {found} times"


def _head(row: Row) -> Iterator[str]:
    if row["half"] != half(row["id"]):
        yield f"is in the half {row['half']}, by its id it should be {half(row['id'])}"
    if row["text"] != row["text"].strip() or not row["text"]:
        yield "text is empty or has space around it"
    if row.get("region", "Africa") not in REGIONS:
        yield f"unknown region {row['region']!r}"
    if row.get("published") is not None:
        date.fromisoformat(row["published"])


def _chain(chain: list[Row]) -> Iterator[str]:
    steps = [voice["step"] for voice in chain]
    if steps != sorted(steps) or set(steps) != set(range(1, len(set(steps)) + 1)):
        yield f"steps {steps} do not run from 1 outward"
    for voice in chain:
        yield from _keys(voice, {"name", "step", "kind", "work"})
        if voice["kind"] not in VOICES or not voice["name"]:
            yield f"voice {voice} has no name or an unknown kind"


def chain_faults(row: Row) -> Iterator[str]:
    """What is wrong with one item of the source chains."""
    yield from _keys(row, {"id", "half", "region", "text", "published", "claims"})
    yield from _head(row)
    if not row["claims"]:
        yield "has no claims"
    for claim in row["claims"]:
        yield from _keys(claim, {"sentence", "trigger", "kind", "chain", "stance", "direct"}, frozenset({"nth"}))
        if row["text"].count(claim["sentence"]) != 1:
            yield f"sentence {claim['sentence']!r} is not found once"
        yield from _one(claim["trigger"], claim.get("nth"), claim["sentence"])
        if (
            claim["kind"] not in {"event", "tie"}
            or claim["stance"] not in STANCES
            or not isinstance(claim["direct"], bool)
        ):
            yield f"claim {claim['trigger']!r} has an unknown kind, stance or direct"
        if claim["direct"] and not claim["chain"]:
            yield f"claim {claim['trigger']!r} is quoted from nobody"
        yield from _chain(claim["chain"])


def stance_faults(row: Row) -> Iterator[str]:
    """What is wrong with one item of the stances."""
    yield from _keys(row, {"id", "half", "text", "trigger", "stance", "outcome", "tense"}, frozenset({"nth"}))
    yield from _head(row)
    yield from _one(row["trigger"], row.get("nth"), row["text"])
    if row["stance"] not in STANCES or row["outcome"] not in OUTCOMES or row["tense"] not in TENSES:
        yield "has an unknown stance, outcome or tense"


def party_faults(row: Row) -> Iterator[str]:
    """What is wrong with one item of the party links."""
    yield from _keys(row, {"id", "half", "region", "text", "published", "links"})
    yield from _head(row)
    if len(row["links"]) < LEAST_LINKS:
        yield f"has {len(row['links'])} links, fewer than {LEAST_LINKS}"
    seen = [(link["text"], link["nth"]) for link in row["links"]]
    if len(seen) != len(set(seen)):
        yield "links one mention twice"
    for link in row["links"]:
        yield from _keys(link, {"text", "nth", "is"})
        yield from _one(link["text"], link["nth"], row["text"])
        if not link["is"]:
            yield f"link {link['text']!r} stands for nobody"


SETS = {"chains": chain_faults, "stance": stance_faults, "parties": party_faults}


def faults() -> Iterator[str]:
    """Everything that is wrong with the sets that are there, one line each."""
    for name, check in SETS.items():
        if not (HERE / f"{name}.jsonl").is_file():
            continue
        items = rows(name)
        for field in ("id", "text"):
            values = [row[field] for row in items]
            yield from (f"{name}: {field} {value!r} stands twice" for value in set(values) if values.count(value) > 1)
        for row in items:
            yield from (f"{name} {row['id']}: {fault}" for fault in check(row))


if __name__ == "__main__":
    found = list(faults())
    sys.stderr.write("".join(f"{fault}\n" for fault in found))
    sys.exit(bool(found))
