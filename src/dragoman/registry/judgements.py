"""The user's judgements on the who's who: an append-only log of who changed what, when and why.

Each line of `judgements.jsonl` is one judgement: an actor added, two merged, one split, a file imported, or another judgement
taken back (`undo`). Nothing is ever deleted: what is in force is what no `undo` in force has taken back, so an `undo` may itself be
taken back.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from dragoman.registry.schema import RegistryError

LOG = "judgements.jsonl"
WHAT = ("add", "merge", "split", "import", "undo")
_FIELDS = ("number", "what", "by", "at", "why")


@dataclass(frozen=True, slots=True)
class Judgement:
    """One decision: its `number` from 1, `what` it does, `by` whom, `at` what time (ISO, UTC), `why`, and what is `given`.

    `given` holds for add `actor` (a table as in `data/README.md`); merge `keep` and `join` (ids); split `of` (id) and `actor`;
    import `file`, `source`, `format`, `actors` and `names` (counts); undo `of` (a number).
    """

    number: int
    what: str
    by: str
    at: str
    why: str
    given: dict[str, Any] = field(default_factory=dict)

    def line(self) -> str:
        """The judgement as a line of the log."""
        head = {name: getattr(self, name) for name in _FIELDS}
        return json.dumps({**head, **self.given}, ensure_ascii=False)

    def told(self) -> str:
        """What it does, in words."""
        given = self.given
        words = {
            "add": lambda: f"{given['actor']['id']} added",
            "merge": lambda: f"{given['join']} merged into {given['keep']}",
            "split": lambda: f"{given['actor']['id']} split from {given['of']}",
            "import": lambda: f"{given['actors']} actors of {given['source']} ({given['format']}) imported",
            "undo": lambda: f"judgement {given['of']} taken back",
        }
        return words[self.what]()


_GIVEN: dict[str, dict[str, type]] = {
    "add": {"actor": dict},
    "merge": {"keep": str, "join": str},
    "split": {"of": str, "actor": dict},
    "import": {"file": str, "source": str, "format": str, "actors": int, "names": int},
    "undo": {"of": int},
}


def read_log(folder: Path) -> tuple[Judgement, ...]:
    """All judgements of a user's folder, in order. Raises `RegistryError` naming file and line of one that cannot be read."""
    path = folder / LOG
    if not path.exists():
        return ()
    try:
        lines = path.read_text(encoding="utf-8").split("\n")
    except (OSError, UnicodeDecodeError) as error:
        raise RegistryError(f"{path}: cannot be read: {error}") from error
    return tuple(_judgement(f"{path}:{n}", n, line) for n, line in enumerate(lines, 1) if line.strip())


def _judgement(where: str, number: int, line: str) -> Judgement:
    try:
        row = json.loads(line)
    except ValueError as error:
        raise RegistryError(f"{where}: not JSON: {error}; every line is one judgement") from error
    if not isinstance(row, dict) or row.get("what") not in WHAT or row.get("number") != number:
        raise RegistryError(f"{where}: expected judgement {number}, one of {', '.join(WHAT)}; found {line[:80]!r}")
    given = {k: v for k, v in row.items() if k not in _FIELDS}
    for name, type_ in _GIVEN[row["what"]].items():
        if type(given.get(name)) is not type_:
            raise RegistryError(f"{where}: {name!r} is missing or no {type_.__name__}")
    return Judgement(number, row["what"], str(row.get("by")), str(row.get("at")), str(row.get("why") or ""), given)


def taken_back(judgements: Sequence[Judgement]) -> frozenset[int]:
    """The numbers of the judgements that are not in force."""
    undone: set[int] = set()
    for judgement in reversed(judgements):
        if judgement.what == "undo" and judgement.number not in undone:
            undone.add(judgement.given["of"])
    return frozenset(undone)


def in_force(judgements: Iterable[Judgement]) -> list[Judgement]:
    """The judgements in force that change actors, in order."""
    row = list(judgements)
    undone = taken_back(row)
    return [j for j in row if j.number not in undone and j.what != "undo"]
