"""What grouping, counting of origins and levels need of claims, loaded from the ledger in a few queries."""

from __future__ import annotations

import json
import re
import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from functools import lru_cache
from typing import Any, TypeVar

from .grouping import Feature, Grade, settings
from .names import plain
from .rows import ACTOR, RECIPIENT

T = TypeVar("T", int, str)

TABLE_CODER = "table:"
"""Coders so named took events over from a table of coded events, each a happening of its own."""
CHUNK = 500
STEM = 6
"""Letters of a word that count in likeness of wording: "striking" and "strikes" meet."""
COUNTED = frozenset(("dead", "injured", "arrested", "displaced", "prisoners", "money", "weapons"))

_WORD = re.compile(r"[^\W\d_]{4,}|\d+")
_COMMON = frozenset(
    "about after again also been before being between both could during from have having here into like more most much only"
    " other over said same says should since some such than that their them then there these they this those through told"
    " under until very were what when where which while will with would year years week month monday tuesday wednesday"
    " thursday friday saturday sunday january february march april june july august september october november december"
    " according report reported reports statement spokesman officials official government".split()
)


def chunks(numbers: Iterable[T], size: int = CHUNK) -> Iterator[list[T]]:
    """The numbers (or ids) in lists that fit a query."""
    held = list(numbers)
    for at in range(0, len(held), size):
        yield held[at : at + size]


def marks(count: int) -> str:
    """Question marks for an `IN` list."""
    return ",".join("?" * count)


def content_words(sentence: str) -> frozenset[str]:
    """The stems and numbers that tell what a sentence is about."""
    return frozenset(w[:STEM] for w in _WORD.findall(plain(sentence)) if w not in _COMMON)


@lru_cache(maxsize=65_536)
def ordinal(day: str) -> int:
    """The number of an ISO day."""
    return date.fromisoformat(day).toordinal()


def span_of(
    from_: str | None, to: str | None, published: str | None, told: tuple[str, str, bool, bool]
) -> tuple[Grade, int | None, int | None]:
    """How and between which days a claim is dated.

    Args:
        from_, to: what the text says, resolved, or None.
        published: the report's day.
        told: tense, stance, whether main, whether there are words on the time that nothing resolved.
    """
    tense, stance, main, vague = told
    days = settings().days
    if from_ is not None and to is not None:
        start, end = ordinal(from_), max(ordinal(to), ordinal(from_) + 1)
        if end - start > days["coarse"]:
            return "undated", None, None
        return ("day" if end - start <= 2 else "coarse"), start, end
    if (
        published is None
        or vague
        or not main
        or tense not in ("past", "current")
        or stance in ("planned", "hoped", "possible")
    ):
        return "undated", None, None
    day = ordinal(published)
    return "near", day - days["report"], day + 1


_CLAIMS = """
SELECT c.n, c.id, c.report, c.coding, c.sentence, r.published, c.type, c.mode, c.quad, c.mutual, c."from", c."to", c.tense, c.stance,
       c.main, c.place, c.country, c.detail, k.coder, s.revision, s.start, s."end"
FROM claim c JOIN sentence s ON s.n = c.sentence JOIN revision r ON r.n = s.revision JOIN coding k ON k.n = c.coding
WHERE c.kind = 'event' AND c.n IN ({})
"""


class Texts:
    """Texts of revisions, the last few kept at hand."""

    def __init__(self, connection: sqlite3.Connection, size: int = 512) -> None:
        self._db = connection
        self._held: dict[int, str] = {}
        self._size = size

    def text(self, revision: int) -> str:
        held = self._held.get(revision)
        if held is None:
            if len(self._held) >= self._size:
                self._held.clear()
            row = self._db.execute("SELECT text FROM revision WHERE n = ?", (revision,)).fetchone()
            held = self._held[revision] = row[0] if row else ""
        return held


def load_features(connection: sqlite3.Connection, claims: Iterable[int]) -> dict[int, Feature]:
    """Features of the event claims among the given numbers."""
    texts = Texts(connection)
    found: dict[int, Feature] = {}
    for chunk in chunks(claims):
        sides = _sides(connection, chunk)
        for row in connection.execute(_CLAIMS.format(marks(len(chunk))), chunk):
            found[row[0]] = _feature(row, sides[row[0]], texts.text(row[19])[row[20] : row[21]])
    return found


def _sides(connection: sqlite3.Connection, claims: Sequence[int]) -> dict[int, tuple[set[int], set[int]]]:
    sides: dict[int, tuple[set[int], set[int]]] = defaultdict(lambda: (set(), set()))
    rows = connection.execute(
        "SELECT p.claim, p.slot, i.body FROM party p JOIN identity i ON i.n = p.identity"
        f" WHERE p.slot <= 1 AND p.claim IN ({marks(len(claims))})",
        claims,
    )
    for claim, slot, body in rows:
        sides[claim][slot].add(body)
    return sides


def _feature(row: Sequence[Any], sides: tuple[set[int], set[int]], sentence: str) -> Feature:
    detail = json.loads(row[17]) if row[17] else {}
    grade, start, end = span_of(
        row[10], row[11], row[5], (row[12], row[13], bool(row[14]), "when" in detail and row[10] is None)
    )
    where = detail.get("where")
    counts: dict[str, float] = {}
    for _, _, value, _, unit, _ in detail.get("qty", ()):
        if value is not None and unit in COUNTED:
            counts[unit] = max(value, counts.get(unit, value))
    return Feature(
        claim=row[0], id=row[1], report=row[2], coding=row[3], sentence=row[4],
        published=None if row[5] is None else ordinal(row[5]),
        type=row[6], mode=row[7], quad=row[8], mutual=bool(row[9]),
        actors=frozenset(sides[ACTOR]), recipients=frozenset(sides[RECIPIENT]),
        grade=grade, start=start, end=end,
        place=row[15], country=row[16], fine_place=where is not None and where[7] in ("city", "point"),
        words=content_words(sentence), counts=tuple(sorted(counts.items())), table=row[18].startswith(TABLE_CODER),
    )  # fmt: skip
