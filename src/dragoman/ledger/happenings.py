"""Keeping happenings up to date: which claims are regrouped when claims come or go.

`happening`, `member` and `likeness` are made from claims and judgements alone and can be made again (`rebuild`).
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from zlib import crc32

from .bonds import GRADES, SELF
from .clusters import Clusters
from .features import chunks, load_features, marks
from .grouping import NEWS_DAYS, SURE, UNDATED_DAYS, Feature, Pair, family, likeness, part, settings

MOST_CACHED = 20_000
MOST_UNITED = 90
"""Places in `bond` looked up by one query, each with at most five values."""
_MAY_MEET = f"""(o.grade % {SELF} = 2 OR c."from" IS NULL OR c."to" IS NULL OR c."from" <= ? AND (c."to" >= ? OR c."from" >= ?))"""
"""Whether a claim that its text dates may be of one time with another, see `_reach`; the others are left to `grouping.likeness`."""
Look = tuple[int, int, tuple[int, ...]]
"""Bodies or names (the same twice), and what is added to the grade."""
Window = tuple[int, str, str]
"""A grade, and between which days."""


class Happenings:
    """Groups the standing event claims of one ledger. All methods run inside the caller's transaction."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._db = connection
        self._clusters = Clusters(connection)
        self._features: dict[int, Feature] = {}

    def forget(self) -> None:
        """Empties the caches (after a rollback)."""
        self._features.clear()

    def add(self, claims: Iterable[int]) -> None:
        """Puts standing event claims, not yet in any happening, where they belong."""
        new = {n: self._features[n] for n in sorted(self._load(claims))}
        if not new:
            return
        tables = [n for n, feature in new.items() if feature.table]
        self._db.executemany("INSERT OR IGNORE INTO bond VALUES (?, ?, ?, ?, ?)", _name_bonds(new.values()))
        heaps = {self._join(feature) for feature in new.values() if not feature.table}
        self._db.executemany(
            "INSERT OR REPLACE INTO member (claim, happening, heap) VALUES (?, NULL, ?)", [(n, n) for n in tables]
        )
        heaps |= {self._merge(n, edges) for n in tables if (edges := self._judged_same(n))}
        self._settle(heaps.union(tables))

    def add_table(self, first: int, last: int) -> None:
        """Puts event claims of a table, new and numbered from `first` to `last`, each into a happening of its own."""
        judged = self._db.execute("SELECT 1 FROM standing LIMIT 1").fetchone()
        if judged is None:
            self._clusters.write_alone(first, last)
        else:
            self.add(range(first, last + 1))

    def remove(self, claims: Iterable[int]) -> None:
        """Takes claims out; what they held together is parted again."""
        heaps: set[int] = set()
        stale: set[int] = set()
        for chunk in chunks(claims):
            self._db.executemany(
                "DELETE FROM bond WHERE a = ? AND b = ? AND grade = ? AND dated = ? AND claim = ?",
                _name_bonds(self._features[n] for n in self._load(chunk)),
            )
            for claim in chunk:
                self._features.pop(claim, None)
            inside = f"IN ({marks(len(chunk))})"
            for heap, happening in self._db.execute(f"SELECT heap, happening FROM member WHERE claim {inside}", chunk):
                heaps.add(heap)
                stale.add(happening)
            for table, column in (("likeness", "a"), ("likeness", "b"), ("member", "claim")):
                self._db.execute(f"DELETE FROM {table} WHERE {column} {inside}", chunk)
        if heaps:
            self._settle(self._reheap(heaps), stale)

    def regroup(self, claims: Iterable[int]) -> None:
        """Looks again at claims on which a judgement was made or undone."""
        held = [
            c
            for chunk in chunks(claims)
            for (c,) in self._db.execute(f"SELECT claim FROM member WHERE claim IN ({marks(len(chunk))})", chunk)
        ]
        self.remove(held)
        self.add(held)

    def rebuild(self) -> None:
        """Makes all happenings anew from claims and judgements."""
        self._features.clear()
        for table in ("likeness", "member", "happening"):
            self._db.execute(f"DELETE FROM {table}")
        standing = [
            n for (n,) in self._db.execute("SELECT n FROM claim WHERE kind = 'event' AND status = 0 ORDER BY n")
        ]
        for chunk in chunks(standing, MOST_CACHED // 2):
            self.add(chunk)

    # --- heaps -------------------------------------------------------------------------------------------------------

    def _load(self, claims: Iterable[int]) -> list[int]:
        """Makes sure that the features of the event claims among these are at hand; their numbers."""
        wanted = list(claims)
        missing = [n for n in wanted if n not in self._features]
        if len(self._features) + len(missing) > MOST_CACHED:
            self._features.clear()
            missing = wanted
        if missing:
            self._features |= load_features(self._db, missing)
        return [n for n in wanted if n in self._features]

    def _join(self, feature: Feature) -> int:
        """Records the likenesses of a claim with those already grouped, and puts it into the heap of all of them."""
        edges = self._judged_same(feature.claim)
        others = [n for n in self._candidates(feature) if n not in edges]
        for n in self._load(others):
            score = likeness(feature, self._features[n])
            if score:
                edges[n] = score
        return self._merge(feature.claim, edges)

    def _merge(self, claim: int, edges: Mapping[int, float]) -> int:
        pairs = [(min(claim, n), max(claim, n), score) for n, score in edges.items()]
        self._db.executemany("INSERT OR REPLACE INTO likeness (a, b, score) VALUES (?, ?, ?)", pairs)
        heaps: set[int] = set()
        for chunk in chunks(edges):
            rows = self._db.execute(f"SELECT heap FROM member WHERE claim IN ({marks(len(chunk))})", chunk)
            heaps.update(heap for (heap,) in rows)
        heap = min(heaps, default=claim)
        for other in heaps - {heap}:
            self._db.execute("UPDATE member SET heap = ? WHERE heap = ?", (heap, other))
        self._db.execute(
            "INSERT INTO member (claim, happening, heap) VALUES (?, NULL, ?) ON CONFLICT (claim) DO UPDATE SET heap = excluded.heap",
            (claim, heap),
        )
        return heap

    def _candidates(self, feature: Feature) -> list[int]:
        """Claims already grouped that might report the same event, by parties, type and time: at least all those alike."""
        types = sorted(family(feature.type))
        found: set[int] = set()
        places = [(look, window) for look in _look_up(feature) for window in _windows(feature)]
        for at in range(0, len(places), MOST_UNITED):
            united, values = _united(places[at : at + MOST_UNITED])
            rows = self._db.execute(
                f"SELECT o.claim FROM ({united}) o CROSS JOIN member m ON m.claim = o.claim CROSS JOIN claim c ON c.n = o.claim"
                f" WHERE c.type IN ({marks(len(types))}) AND {_MAY_MEET}",
                (*values, *types, *_reach(feature)),
            )
            found.update(n for (n,) in rows)
        found.discard(feature.claim)
        return sorted(found)

    def _judged_same(self, claim: int) -> dict[int, float]:
        rows = self._db.execute(
            "SELECT c.n FROM claim me JOIN judged_pair p ON p.one = me.id JOIN claim c ON c.id = p.two AND c.status = 0"
            " JOIN member m ON m.claim = c.n WHERE me.n = ? AND p.verdict = 'same'",
            (claim,),
        )
        return {n: SURE for (n,) in rows}

    def _judged_different(self, claims: Sequence[int]) -> frozenset[Pair]:
        found: set[Pair] = set()
        for chunk in chunks(claims if len(claims) > 1 else ()):
            rows = self._db.execute(
                "SELECT me.n, c.n FROM claim me JOIN judged_pair p ON p.one = me.id JOIN claim c ON c.id = p.two AND c.status = 0"
                f" WHERE p.verdict = 'different' AND me.n IN ({marks(len(chunk))})",
                chunk,
            )
            found.update((min(pair), max(pair)) for pair in rows)
        return frozenset(found)

    def _reheap(self, heaps: Iterable[int]) -> set[int]:
        """Parts heaps whose likenesses no longer hold them together; the heaps made."""
        made: set[int] = set()
        for heap in sorted(heaps):
            left = self._members(heap)
            home = {claim: claim for claim in left}
            for a, b in self._edges(left):
                one, two = sorted((_root(home, a), _root(home, b)))
                home[two] = one
            rows = [(_root(home, claim), claim) for claim in left]
            self._db.executemany("UPDATE member SET heap = ? WHERE claim = ?", rows)
            made.update(root for root, _ in rows)
        return made

    def _members(self, heap: int) -> list[int]:
        return [n for (n,) in self._db.execute("SELECT claim FROM member WHERE heap = ? ORDER BY claim", (heap,))]

    def _edges(self, claims: Iterable[int]) -> dict[Pair, float]:
        found: dict[Pair, float] = {}
        for chunk in chunks(claims):
            rows = self._db.execute(f"SELECT a, b, score FROM likeness WHERE a IN ({marks(len(chunk))})", chunk)
            found.update({(a, b): score for a, b, score in rows})
        return found

    def _settle(self, heaps: Iterable[int], stale: set[int] | None = None) -> None:
        """Parts each heap into happenings and writes them; `stale` are happenings that may have lost all members."""
        wanted = sorted(set(heaps))
        stale = stale or set()
        clusters: list[list[int]] = []
        held: dict[int, list[int]] = {}
        for chunk in chunks(wanted):
            rows = self._db.execute(
                f"SELECT heap, claim, happening FROM member WHERE heap IN ({marks(len(chunk))})", chunk
            )
            for heap, claim, happening in rows:
                held.setdefault(heap, []).append(claim)
                stale.add(happening)
        for heap in wanted:
            claims = held.get(heap, [])
            features = {n: self._features[n] for n in self._load(claims)}
            edges = self._edges(claims) if len(claims) > 1 else {}
            clusters += (
                part(features, edges, self._judged_different(claims)) if len(claims) > 1 else [claims] if claims else []
            )
        self._clusters.write(clusters, {n for n in stale if n is not None})


def _name_bonds(features: Iterable[Feature]) -> list[tuple[int, int, int, str, int]]:
    """Rows of `bond` under names, as numbers below 0; those of claims whose bodies are known stand `SELF` grades higher."""
    found = []
    for f in features:
        day = f.start if f.grade in ("day", "coarse") else f.published
        if day is not None and not f.table:
            grade = GRADES[f.grade] + (0 if f.loose else SELF)
            found += [(key, key, grade, _day(day), f.claim) for key in _keys(f)]
    return found


def _keys(feature: Feature) -> list[int]:
    return sorted(-crc32(word.encode()) - 1 for word in feature.keys)


def _look_up(feature: Feature) -> list[Look]:
    """Where in `bond` like claims may stand: bodies or names, and what is added to the grade; see `grouping.meet`."""
    alone, both = (0,), (0, SELF)
    found: list[Look] = [(a, b, alone) for a, b in sorted(feature.pairs)]
    for body in sorted(feature.bodies):
        known = feature.pairs and not feature.dated and body not in feature.small
        found.append((body, body, alone if known else both))
    return found + [(key, key, both if feature.loose else alone) for key in _keys(feature)]


def _united(places: Sequence[tuple[Look, Window]]) -> tuple[str, list[int | str]]:
    """A query for the claims in `bond` at these places, and its values."""
    asked: list[str] = []
    values: list[int | str] = []
    for (a, b, added), (grade, low, high) in places:
        asked.append(
            f"SELECT claim, grade FROM bond WHERE a = ? AND b = ? AND grade IN ({marks(len(added))}) AND dated BETWEEN ? AND ?"
        )
        values += (a, b, *(grade + more for more in added), low, high)
    return " UNION ALL ".join(asked), values


def _reach(feature: Feature) -> tuple[str, str, str]:
    """The days that `_MAY_MEET` asks for: dated claims of one event overlap, or one begins where the other ends."""
    if feature.grade == "undated" or feature.start is None or feature.end is None:
        return "9999-12-31", "", ""
    return _day(feature.end), _day(feature.start), _day(feature.start - 1)


def _windows(feature: Feature) -> list[Window]:
    """For each grade the days between which like claims may be dated."""
    days, published = settings().days, feature.published
    reported = (2, "", "") if published is None else (2, _day(published - UNDATED_DAYS), _day(published + UNDATED_DAYS))
    if feature.grade == "undated" or feature.start is None or feature.end is None:
        if published is None:
            return [reported]
        reach = (_day(published - UNDATED_DAYS - days["apart"]), _day(published + UNDATED_DAYS + days["coarse"]))
        return [(0, *reach), (1, *reach), reported]
    if published is not None:
        reported = (2, _day(published - NEWS_DAYS), _day(published + NEWS_DAYS))
    margin = max(days["report"], days["apart"]) if feature.dated else days["report"] + days["apart"]
    return [
        (0, _day(feature.start - margin), _day(feature.end + margin)),
        (1, _day(feature.start - days["coarse"]), _day(feature.end)),
        reported,
    ]


def _day(number: int) -> str:
    return date.fromordinal(max(number, 1)).isoformat()


def _root(home: dict[int, int], claim: int) -> int:
    while home[claim] != claim:
        home[claim] = home[home[claim]]
        claim = home[claim]
    return claim
