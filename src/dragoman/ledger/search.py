"""Search: words, names with all their variants, and filters together."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from .asking import Pair, Query, asked
from .features import chunks, marks
from .names import plain
from .passages import Passages
from .reading import add_voice
from .registered import ids_named
from .sourcing import Allowed, Sources, allowed
from .views import Passage
from .who import Who, Whom

MOST_CANDIDATES = 2_000
"""Claims that are ranked: of more that match, the newest written."""
MOST_NAME_WORDS = 5
MOST_NAMED = 20
RECENT_DAYS = 3650.0

_QUOTED = re.compile(r'"([^"]+)"')
_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Filters:
    """What passages must have beside the words; None asks nothing.

    `types` are PLOVER types, `source` an outlet, `reliability` the worst grade allowed (A-F), `since`/`until` ISO days.
    """

    of: Whom | None = None
    pair: Pair | None = None
    kind: str | None = None
    types: Sequence[str] | None = None
    stance: str | None = None
    voice: Whom | None = None
    since: str | None = None
    until: str | None = None
    place: str | None = None
    source: str | None = None
    reliability: str | None = None


@dataclass(frozen=True, slots=True)
class Found:
    """One page of results; `total` is how many there are, `capped` true where it is only the least."""

    passages: list[Passage]
    total: int
    capped: bool
    actors: tuple[str, ...]


class Search:
    """Searches inside the caller's snapshot."""

    def __init__(self, connection: sqlite3.Connection, who: Who, allowed: Allowed | None = None) -> None:
        self._db = connection
        self._who = who
        self._allowed = allowed

    def find(self, text: str, filters: Filters, limit: int, offset: int) -> Found:
        """See `Ledger.find`."""
        names, words = self._names(text)
        condition = self.condition(filters)
        if not text.strip():
            return self._page(self._filtered(condition), (), limit, offset)
        by_words = self._by_words(text, condition)
        scores = dict(by_words)
        for rank, claim in enumerate(self._by_actors(names, words, condition)):
            scores[claim] = scores.get(claim, 0.0) + 1.0 + 1.0 / (rank + 2)
        ranked = sorted(scores, key=lambda n: (-scores[n], -n))
        return self._page(ranked, tuple(name for name, _ in names), limit, offset)

    def _page(self, ranked: Sequence[int], names: tuple[str, ...], limit: int, offset: int) -> Found:
        page = ranked[offset : offset + limit]
        return Found(Passages(self._db).read(page), len(ranked), len(ranked) >= MOST_CANDIDATES, names)

    # --- names -------------------------------------------------------------------------------------------------------

    def _names(self, text: str) -> tuple[list[tuple[str, list[int]]], list[str]]:
        """Names of actors in the query, longest first, with the actors; and the words that belong to none."""
        words = plain(text).split() if text.strip() else []
        names: list[tuple[str, list[int]]] = []
        left: list[str] = []
        at = 0
        while at < len(words):
            for size in range(min(MOST_NAME_WORDS, len(words) - at), 0, -1):
                name = " ".join(words[at : at + size])
                if actors := self._named(name):
                    names.append((name, actors))
                    at += size
                    break
            else:
                left.append(words[at])
                at += 1
        return names, left

    def _named(self, name: str) -> list[int]:
        """Actors that reports, or the who's who, call so."""
        ids = ids_named(name)[:MOST_NAMED]
        rows = self._db.execute(
            f"SELECT actor FROM variant WHERE plain = ? UNION SELECT n FROM actor WHERE id IN ({marks(len(ids))}) LIMIT {MOST_NAMED}",
            (name, *ids),
        )
        return [n for (n,) in rows]

    def _by_actors(self, names: Sequence[tuple[str, list[int]]], words: Sequence[str], condition: Query) -> list[int]:
        """Newest claims that name all of the actors as party or voice, under whatever variant, and hold the other words."""
        if not names:
            return []
        query = Query(list(condition.where), list(condition.values))
        lists = []
        for _, actors in names:
            inside = marks(len(actors))
            lists.append(
                "SELECT claim FROM (SELECT p.claim FROM identity i JOIN party p ON p.identity = i.n"
                f" WHERE i.actor IN ({inside}) UNION SELECT v.claim FROM identity i JOIN voice v ON v.identity = i.n"
                f" WHERE i.actor IN ({inside}))"
            )
        return self._newest(lists, [a for _, actors in names for a in (*actors, *actors)], words, query)

    def _newest(self, lists: Sequence[str], values: Sequence[Any], words: Sequence[str], query: Query) -> list[int]:
        match = ""
        if words:
            match = "c.sentence IN (SELECT rowid FROM words WHERE words MATCH ?) AND "
        rows = self._db.execute(
            f"SELECT c.n FROM claim c WHERE c.n IN ({' INTERSECT '.join(lists)}) AND {match}{query.sql} ORDER BY c.n DESC LIMIT {MOST_CANDIDATES}",
            (*values, *([_match(words)] if words else []), *query.values),
        )
        return [n for (n,) in rows]

    # --- words -------------------------------------------------------------------------------------------------------

    def _by_words(self, text: str, condition: Query) -> list[tuple[int, float]]:
        """Claims whose sentence has all the words (else any of them), with a score: rarer words in shorter sentences are better."""
        phrases = [_WORD.findall(p) for p in _QUOTED.findall(text)]
        words = _WORD.findall(_QUOTED.sub(" ", text))
        terms = [" ".join(p) for p in phrases if p] + words
        if not terms:
            return []
        found = self._match(" AND ".join(map(_quote, terms)), condition)
        if not found and len(terms) > 1:
            found = self._match(" OR ".join(map(_quote, terms)), condition)
        return found

    def _match(self, expression: str, condition: Query) -> list[tuple[int, float]]:
        rows = self._db.execute(
            f"SELECT rowid, rank FROM (SELECT rowid, rank FROM words WHERE words MATCH ? ORDER BY rowid DESC LIMIT {MOST_CANDIDATES})",
            (expression,),
        ).fetchall()
        ranks = {sentence: -rank for sentence, rank in rows}
        best = max(ranks.values(), default=1.0) or 1.0
        found: list[tuple[int, float]] = []
        for chunk in chunks(ranks):
            claims = self._db.execute(
                f"SELECT c.n, c.sentence FROM claim c WHERE c.sentence IN ({marks(len(chunk))}) AND {condition.sql}",
                (*chunk, *condition.values),
            )
            found += [(n, ranks[sentence] / best) for n, sentence in claims]
        return found

    # --- filters -----------------------------------------------------------------------------------------------------

    def _filtered(self, condition: Query) -> list[int]:
        rows = self._db.execute(
            f"SELECT c.n FROM claim c WHERE {condition.sql} ORDER BY c.dated DESC, c.n DESC LIMIT {MOST_CANDIDATES}",
            condition.values,
        )
        return [n for (n,) in rows]

    def condition(self, filters: Filters) -> Query:
        """What the filters ask of claims (`c`) that stand."""
        query = Query()
        query.add("c.status = 0")
        for column, value in (("kind", filters.kind), ("stance", filters.stance)):
            if value is not None:
                query.add(f"c.{column} = ?", value)
        if filters.types:
            query.add(f"c.type IN ({marks(len(filters.types))})", *filters.types)
        if filters.since is not None:
            query.add("c.dated >= ?", filters.since)
        if filters.until is not None:
            query.add("c.dated < ?", filters.until)
        if filters.place is not None:
            query.add("c.place = ? COLLATE NOCASE OR c.country = ? COLLATE NOCASE", filters.place, filters.place)
        about = asked(self._who, filters.of, filters.pair)
        if about is not None:
            query.add(f"c.n IN (SELECT claim FROM ({about[0]}))", *about[1])
        if filters.voice is not None:
            add_voice(query, self._who, filters.voice)
        for counted in (self._allowed, allowed(self._db, _sources(filters))):
            if counted is not None:
                counted.add_to(query)
        return query


def _sources(filters: Filters) -> Sources:
    return Sources(outlets=(filters.source,) if filters.source else (), reliability=filters.reliability)


def _quote(words: str) -> str:
    """The words as one FTS5 string: nothing in them is an operator."""
    return '"' + words.replace('"', '""') + '"'


def _match(words: Sequence[str]) -> str:
    return " AND ".join(map(_quote, words))
