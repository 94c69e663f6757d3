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

from .agreement import Side, Sort, camp_of
from .grouping import Feature, Grade, settings
from .rows import ACTOR, RECIPIENT
from .wording import content_words, country_word, numbers, proper_words, sequel

T = TypeVar("T", int, str)

TABLE_CODER = "table:"
"""Coders so named took events over from a table of coded events, each a happening of its own."""
CHUNK = 500
COUNTED = frozenset(("dead", "injured", "arrested", "displaced", "prisoners", "money", "weapons"))

LEAD = 2
"""Sentences of a report from the title on, numbered from 0, up to which it tells its news."""
_TOWN = content_words("town province island")
_AFTER = re.compile(
    r"[,.;:–]|\b(?:in|on|at|near|off|after|before|over|because|who|that|which|for|with|outside|during|from|as|when|where|while|and)\b"
)
"""What ends the words that say what an act is done to."""
_TWO_WAY = content_words("clash fight met")
"""Acts of which either party may be told first."""


def chunks(numbers: Iterable[T], size: int = CHUNK) -> Iterator[list[T]]:
    """The numbers (or ids) in lists that fit a query."""
    held = list(numbers)
    for at in range(0, len(held), size):
        yield held[at : at + size]


def marks(count: int) -> str:
    """Question marks for an `IN` list."""
    return ",".join("?" * count)


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
       c.main, c.place, c.country, c.detail, k.coder, s.revision, s.start, s."end",
       c."start", c."end", r.body, s.number
FROM claim c JOIN sentence s ON s.n = c.sentence JOIN revision r ON r.n = s.revision JOIN coding k ON k.n = c.coding
WHERE c.kind = 'event' AND c.n IN ({})
"""


class Texts:
    """Texts of revisions, the last few kept at hand."""

    def __init__(self, connection: sqlite3.Connection, size: int = 512) -> None:
        self._db = connection
        self._held: dict[int, str] = {}
        self._size = size

    def hold(self, revisions: Iterable[int]) -> None:
        """Reads texts that will be asked for, together."""
        missing = [n for n in set(revisions) if n not in self._held]
        if len(self._held) + len(missing) > self._size:
            self._held.clear()
        for chunk in chunks(missing[: self._size]):
            self._held.update(self._db.execute(f"SELECT n, text FROM revision WHERE n IN ({marks(len(chunk))})", chunk))

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
        rows = connection.execute(_CLAIMS.format(marks(len(chunk))), chunk).fetchall()
        texts.hold(row[19] for row in rows)
        for row in rows:
            found[row[0]] = _feature(row, sides[row[0]], texts.text(row[19]))
    return found


def _sides(connection: sqlite3.Connection, claims: Sequence[int]) -> dict[int, tuple[set[Side], set[Side]]]:
    sides: dict[int, tuple[set[Side], set[Side]]] = defaultdict(lambda: (set(), set()))
    rows = connection.execute(
        "SELECT p.claim, p.slot, i.body, b.key, i.id, i.name, i.kind, i.country, i.sector, p.via FROM party p"
        " JOIN identity i ON i.n = p.identity JOIN body b ON b.n = i.body"
        f" WHERE p.slot <= 1 AND p.claim IN ({marks(len(claims))})",
        claims,
    )
    for claim, slot, *cells in rows:
        sides[claim][slot].add(_side(tuple(cells)))
    return sides


@lru_cache(maxsize=65_536)
def _side(cells: tuple[int, str, str | None, str, str | None, str | None, str | None, str]) -> Side:
    body, key, id_, name, kind, country, sector, via = cells
    state = key.startswith("state:")
    sort: Sort = "loose"
    if kind == "person" and via in ("name", "alias"):
        sort = "person"
    elif state or id_ is not None:
        sort = "body"
    elif kind == "place":
        sort = "place"
    elif via != "nominal":
        sort = "name"
    words = content_words(name) - _TOWN
    return Side(body, sort, country, camp_of(sector, words), words, state)


def _ordered(sides: Iterable[Side]) -> tuple[Side, ...]:
    return tuple(sorted(sides, key=lambda s: (s.body, s.sort, sorted(s.words))))


def _counts(quantities: Iterable[Sequence[Any]]) -> tuple[tuple[str, float], ...]:
    """The largest number of each unit."""
    counts: dict[str, float] = {}
    for _, _, value, _, unit, _ in quantities:
        if value is not None and unit in COUNTED:
            counts[unit] = max(value, counts.get(unit, value))
    return tuple(sorted(counts.items()))


def _told(sentence: str, trigger: str, parties: Sequence[Side]) -> dict[str, frozenset[str]]:
    """The sets of words of a feature."""
    proper, common = proper_words(sentence)
    own = frozenset(w for side in parties if side.sort != "loose" for w in side.words if w in common)
    words = (common | proper) - content_words(trigger)
    theirs = frozenset(w for side in parties for w in (*side.words, country_word(side.country)))
    known = frozenset(w for side in parties if side.sort == "body" and not side.state for w in side.words)
    keys = (proper | own) - known
    return {"keys": keys, "words": words, "topic": words - theirs, "proper": proper | own, "names": proper - theirs}


def _things(after: str, parties: Sequence[Side]) -> frozenset[str]:
    """The words right after the trigger, without those of states and listed bodies."""
    proper, common = proper_words(_AFTER.split(after.lstrip(), maxsplit=1)[0])
    known = frozenset(w for side in parties if side.sort == "body" for w in (*side.words, country_word(side.country)))
    return frozenset(w for w in proper | common if w[0] != "@") - known


def _feature(row: Sequence[Any], sides: tuple[set[Side], set[Side]], text: str) -> Feature:
    sentence, trigger = text[row[20] : row[21]], text[row[22] : row[23]]
    detail = json.loads(row[17]) if row[17] else {}
    told = (row[12], row[13], bool(row[14]), "when" in detail and row[10] is None)
    grade, start, end = span_of(row[10], row[11], row[5], told)
    where = detail.get("where")
    acting, receiving = _ordered(sides[ACTOR]), _ordered(sides[RECIPIENT])
    return Feature(
        claim=row[0], id=row[1], report=row[2], coding=row[3], sentence=row[4],
        published=None if row[5] is None else ordinal(row[5]),
        type=row[6], mode=row[7], quad=row[8], mutual=bool(row[9]),
        two_way=bool(row[9]) or row[6] == "CONSULT" or bool(_TWO_WAY & content_words(trigger)), acting=acting, receiving=receiving,
        grade=grade, start=start, end=end,
        place=row[15], country=row[16], fine_place=where is not None and where[7] in ("city", "point"),
        place_words=content_words(row[15] or ""),
        **_told(sentence, trigger, (*acting, *receiving)), numbers=numbers(sentence),
        sequel=sequel(sentence), headline=row[20] < row[24], later=row[25] > LEAD, hoped=row[13] in ("planned", "hoped"),
        counts=_counts(detail.get("qty", ())), act=content_words(trigger), things=_things(text[row[23] : row[21]], (*acting, *receiving)),
        aside=not row[14], region=f"{row[16]}.{where[2]}" if where and where[2] else None,
        region_itself=where is not None and where[7] == "admin1", table=row[18].startswith(TABLE_CODER),
    )  # fmt: skip
