"""Storing actors once: actors, the identities that mentions show them under, and the bodies that they act for."""

from __future__ import annotations

import sqlite3
from operator import attrgetter
from typing import Any

from dragoman.model import Party

from .bonds import bonds_of
from .names import BodyKey, Slots, body_of, is_head, plain
from .registered import by_id, by_name, whole_of
from .rows import compact

MOST_CACHED = 200_000
_cells_of = attrgetter("id", "name", "kind", "country", "sector", "title", "member_of", "wikidata", "text", "via")


class Identities:
    """Finds or makes rows of `actor`, `identity`, `body` and `variant`, each looked up once.

    Caches hold rows of this connection's transactions; call `forget` after a rollback.
    """

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._db = connection
        self._identities: dict[tuple[Any, ...], tuple[int, int, int]] = {}
        self._parties: dict[tuple[Any, ...], tuple[int, int]] = {}
        self._bodies: dict[str, int] = {}
        self._variants: set[tuple[str, int]] = set()
        self._member_bodies: dict[str, BodyKey] = {}
        self._late: list[int] = []

    def forget(self) -> None:
        """Empties the caches."""
        for cache in (self._identities, self._parties, self._bodies, self._variants, self._member_bodies):
            cache.clear()

    def identity(self, cells: tuple[Any, ...]) -> tuple[int, int, int]:
        """Numbers of identity, actor and body; `cells` as `names.slots_of` gives them."""
        known = self._identities.get(cells)
        if known is None:
            if len(self._identities) > MOST_CACHED:
                self.forget()
            known = self._identities[cells] = self._identity(Slots(*cells))
        return known

    def named(self, party: Party) -> tuple[int, int]:
        """Numbers of identity and body of a party; the words that name it are kept as a variant."""
        cells = _cells_of(party)
        known = self._parties.get(cells)
        if known is None:
            if len(self._parties) > MOST_CACHED:
                self._parties.clear()
            identity, actor, body = self.identity(cells[:8])
            self.variant(party.text, actor, named=party.via in ("name", "alias"))
            known = self._parties[cells] = (identity, body)
        return known

    def variant(self, words: str, actor: int, *, named: bool) -> None:
        """Keeps that reports call the actor so (names only: "the group" names nobody)."""
        if not named:
            return
        key = (plain(words), actor)
        if key not in self._variants:
            if len(self._variants) > MOST_CACHED:
                self._variants.clear()
            self._db.execute("INSERT OR IGNORE INTO variant (plain, actor) VALUES (?, ?)", key)
            self._variants.add(key)

    def _identity(self, slots: Slots) -> tuple[int, int, int]:
        cells = (
            slots.id,
            slots.name,
            slots.kind,
            slots.country,
            slots.sector,
            slots.title,
            slots.member_of,
            slots.wikidata,
        )
        row = self._db.execute("SELECT n, actor, body FROM identity WHERE slots = ?", (compact(cells),)).fetchone()
        if row is not None:
            return row[0], row[1], row[2]
        actor = self._actor(slots)
        side = self._filled(slots, actor)
        body = self._body(body_of(side, self._member_body(side)), side, actor)
        n = self._db.execute(
            "INSERT INTO identity (actor, body, id, name, kind, country, sector, title, member_of, wikidata, slots)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) RETURNING n",
            (actor, body, *cells, compact(cells)),
        ).fetchone()[0]
        self.variant(slots.name, actor, named=True)
        self._embody_late()
        return n, actor, body

    def _embody_late(self) -> None:
        """Gives identities that came before their actor's country was known (as voices do) the right body."""
        while self._late:
            actor = self._late.pop()
            rows = self._db.execute(
                "SELECT n, id, name, kind, country, sector, title, member_of, wikidata FROM identity WHERE actor = ?"
                " AND kind IS NULL AND country IS NULL AND sector IS NULL",
                (actor,),
            ).fetchall()
            for n, *cells in rows:
                slots = self._filled(Slots(*cells), actor)
                body = self._body(body_of(slots, self._member_body(slots)), slots, actor)
                self._embody(n, body)
                self._identities.pop(tuple(cells), None)
                self._parties.clear()

    def _actor(self, slots: Slots) -> int:
        row = self._db.execute(
            "SELECT n, kind, country, sector, wikidata FROM actor WHERE id = ?", (slots.key,)
        ).fetchone()
        if row is None:
            cells = (slots.key, slots.name, plain(slots.name), slots.kind, slots.country, slots.sector, slots.wikidata)
            made = self._db.execute(
                "INSERT INTO actor (id, name, plain, kind, country, sector, wikidata, registered) VALUES (?, ?, ?, ?, ?, ?, ?, ?)"
                " RETURNING n",
                (*cells, int(slots.id is not None)),
            ).fetchone()
            return int(made[0])
        told = (slots.kind, slots.country, slots.sector, slots.wikidata)
        if any(old is None and new is not None for old, new in zip(row[1:], told, strict=True)):
            self._db.execute(
                "UPDATE actor SET kind = coalesce(kind, ?), country = coalesce(country, ?), sector = coalesce(sector, ?),"
                " wikidata = coalesce(wikidata, ?) WHERE n = ?",
                (*told, row[0]),
            )
            self._late.append(int(row[0]))
        return int(row[0])

    def _embody(self, identity: int, body: int) -> None:
        """Changes the body of an identity, and the bonds of the claims that name it as a party."""
        claims = [c for (c,) in self._db.execute("SELECT DISTINCT claim FROM party WHERE identity = ?", (identity,))]
        standing = [
            c for c in claims if self._db.execute("SELECT status FROM claim WHERE n = ?", (c,)).fetchone()[0] == 0
        ]
        self._db.executemany(
            "DELETE FROM bond WHERE a = ? AND b = ? AND grade = ? AND dated = ? AND claim = ?",
            bonds_of(self._db, standing),
        )
        self._db.execute("UPDATE identity SET body = ? WHERE n = ?", (body, identity))
        self._db.executemany("INSERT OR IGNORE INTO bond VALUES (?, ?, ?, ?, ?)", bonds_of(self._db, standing))

    def _filled(self, slots: Slots, actor: int) -> Slots:
        """The slots with what else is known of a registered actor: a voice comes without kind, country and sector."""
        if slots.id is None or slots.kind or slots.country or slots.sector:
            return slots
        listed = by_id(slots.id)
        if listed is not None:
            return slots._replace(kind=listed.kind, country=listed.country, sector=listed.sector)
        kind, country, sector = self._db.execute(
            "SELECT kind, country, sector FROM actor WHERE n = ?", (actor,)
        ).fetchone()
        return slots._replace(kind=kind, country=country, sector=sector)

    def _member_body(self, slots: Slots) -> BodyKey | None:
        """The body of what the actor is a member or a part of, where that is known."""
        if slots.member_of is None:
            whole = whole_of(slots.id) if slots.id else None
            return body_of(whole, None) if whole else None
        name = plain(slots.member_of)
        known = self._member_bodies.get(name)
        if known is None:
            listed = by_name(slots.member_of)
            known = body_of(listed, self._member_body(listed)) if listed else self._stored_body(name)
            if known is not None:
                self._member_bodies[name] = known
        return known

    def _stored_body(self, name: str) -> BodyKey | None:
        row = self._db.execute(
            "SELECT b.key, b.name, b.country FROM actor a JOIN identity i ON i.actor = a.n JOIN body b ON b.n = i.body"
            " WHERE a.plain = ? AND i.member_of IS NULL ORDER BY a.registered DESC, a.id, b.key LIMIT 1",
            (name,),
        ).fetchone()
        return None if row is None else BodyKey(*row)

    def _body(self, body: BodyKey, slots: Slots, actor: int) -> int:
        n = self._bodies.get(body.key)
        if n is None:
            row = self._db.execute("SELECT n FROM body WHERE key = ?", (body.key,)).fetchone()
            if row is None:
                row = self._db.execute(
                    "INSERT INTO body (key, name, country) VALUES (?, ?, ?) RETURNING n",
                    (body.key, body.name, body.country),
                ).fetchone()
            n = self._bodies[body.key] = int(row[0])
        if is_head(slots, body.key):
            registered = "AND (head IS NULL OR ? AND NOT (SELECT registered FROM actor WHERE n = head))"
            self._db.execute(
                f"UPDATE body SET head = ?, name = ? WHERE n = ? {registered}",
                (actor, slots.name, n, slots.id is not None),
            )
        return n
