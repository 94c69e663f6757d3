"""Claims that cannot both hold, side by side.

Four sorts: `denied` (one says it happened, another that it did not), `actor` (one act, different doers), `count` (one event,
different numbers), `state` (a tie called broken and close at one time). Struck and rejected claims are on no side.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import groupby
from typing import Any

from .asking import Pair, asked, held
from .features import ordinal
from .levels import stated_level
from .passages import Passages
from .sourcing import Allowed
from .views import ActorRef, Dispute, Passage
from .who import Who, Whom

MOST = 200
"""Disputes told at most, the newest."""
COUNT_APART = 1.25
"""Least ratio of two numbers that are not rough forms of one."""
COUNTED = frozenset(("dead", "injured", "arrested", "displaced", "prisoners", "troops", "weapons"))
STATE_APART = 6.0
"""Least distance of two stated levels (PLOVER's scale) that cannot both hold."""
STATE_DAYS = 92
ACTOR_DAYS = 2
IS_ACT = "(h.type IN ('ASSAULT', 'COERCE') AND h.news > 0 AND h.place IS NOT NULL AND h.dated IS NOT NULL)"
"""Of happenings `h`: an act of force at a known place and time, of which two may tell different doers."""
Suspect = tuple[int, int, int]
"""A happening's number, how many claims tell of it, and whether it `IS_ACT`."""


class Disputes:
    """Finds disputes inside the caller's snapshot."""

    def __init__(self, connection: sqlite3.Connection, who: Who, allowed: Allowed | None = None) -> None:
        self._db = connection
        self._who = who
        self._allowed = allowed

    def find(self, of: Whom | None, pair: Pair | None, since: str | None, until: str | None) -> list[Dispute]:
        """See `Ledger.disputes`."""
        return self.among(asked(self._who, of, pair), since, until)

    def with_claims(self, claim_ids: Iterable[str], since: str | None, until: str | None) -> list[Dispute]:
        """See `Ledger.disputes_with`."""
        asked = "SELECT n AS claim, 0 AS grade, dated FROM claim WHERE status = 0 AND id IN (SELECT value FROM json_each(?))"
        return self.among(held(self._db, (asked, [json.dumps(sorted(set(claim_ids)))])), since, until)

    def among(
        self, about: tuple[str, list[Any]] | None, since: str | None, until: str | None, *,
        suspects: Iterable[Suspect] | None = None,
    ) -> list[Dispute]:  # fmt: skip
        """Disputes that a claim of the subquery has part in, newest first; `suspects` are its happenings, where they are at hand."""
        scope = about or ("SELECT n AS claim, 0 AS grade, dated FROM claim WHERE status = 0", [])
        held = list(self._happenings(scope) if suspects is None else suspects)
        several = [n for n, claims, _ in held if claims > 1]
        acts = [n for n, _, act in held if act]
        found = [*self._denied(several), *self._counts(several), *self._actors(acts), *self._states(scope)]
        if self._allowed is not None:
            found = self._allowed.of_disputes(found)
        kept = [
            d for d in found if (since is None or (d.date or "") >= since) and (until is None or (d.date or "") < until)
        ]
        return sorted(kept, key=lambda d: (d.date or "", d.id), reverse=True)[:MOST]

    def _happenings(self, scope: tuple[str, list[Any]]) -> list[Suspect]:
        return self._db.execute(
            f"SELECT h.n, h.claims, {IS_ACT} FROM happening h"
            f" WHERE h.n IN (SELECT m.happening FROM ({scope[0]}) o JOIN member m ON m.claim = o.claim)",
            scope[1],
        ).fetchall()

    # --- one happening, said and denied ---------------------------------------------------------------------------------

    def _denied(self, happenings: list[int]) -> list[Dispute]:
        rows = self._db.execute(
            "SELECT m.happening, c.n, c.stance FROM member m JOIN claim c ON c.n = m.claim WHERE c.stance IN ('actual', 'denied')"
            " AND m.happening IN (SELECT h.n FROM happening h WHERE h.stances LIKE '%\"denied\"%' AND h.stances LIKE '%\"actual\"%'"
            " AND h.n IN (SELECT value FROM json_each(?))) ORDER BY m.happening, c.n",
            (str(happenings),),
        ).fetchall()
        passages = Passages(self._db).by_number(r[1] for r in rows)
        found = []
        for _, group in groupby(rows, key=lambda r: r[0]):
            held = list(group)
            sides = tuple(
                tuple(passages[n] for _, n, stance in held if stance == wanted) for wanted in ("actual", "denied")
            )
            if _self_contained(sides):
                continue
            why = f"{_voices(sides[0])} {_says(sides[0])} that {_gist(sides[0][0])} happened; {_voices(sides[1])} {_says(sides[1], deny=True)} it."
            found.append(self._dispute("denied", why, sides))
        return found

    # --- one happening, different numbers -------------------------------------------------------------------------------

    def _counts(self, happenings: list[int]) -> list[Dispute]:
        rows = self._db.execute(
            "SELECT m.happening, c.n FROM member m JOIN claim c ON c.n = m.claim WHERE c.detail LIKE '%\"qty\":%' AND c.stance = 'actual'"
            " AND m.happening IN (SELECT value FROM json_each(?)) ORDER BY m.happening, c.n",
            (str(happenings),),
        ).fetchall()
        passages = Passages(self._db).by_number(r[1] for r in rows)
        found: list[Dispute] = []
        for _, group in groupby(rows, key=lambda r: r[0]):
            found += self._count_disputes([passages[n] for _, n in group])
        return found

    def _count_disputes(self, passages: Sequence[Passage]) -> list[Dispute]:
        said: dict[tuple[str, str], dict[float, list[Passage]]] = {}
        for passage in passages:
            for q in passage.record["quantities"]:
                if q["value"] is not None and q["unit"] in COUNTED and q["max"] in (None, q["value"]):
                    said.setdefault((q["unit"], _head_word(q["of"])), {}).setdefault(q["value"], []).append(passage)
        found = []
        for (unit, of), values in sorted(said.items()):
            low, high = min(values), max(values)
            sides = tuple(_unique(values[v]) for v in sorted(values))
            if high < max(low, 1) * COUNT_APART or len({p.report.id for side in sides for p in side}) < 2:
                continue
            told = "; ".join(f"{_voices(values[v])}: {v:g}" for v in sorted(values))
            found.append(self._dispute("count", f"Numbers of {unit}{f' ({of})' if of else ''} differ: {told}.", sides))
        return found

    # --- one act, different doers ---------------------------------------------------------------------------------------

    def _actors(self, happenings: list[int]) -> list[Dispute]:
        """Acts on one recipient, at one place and time, by bodies that are not the same."""
        rows = self._db.execute(
            "SELECT n, type, place, dated FROM happening WHERE n IN (SELECT value FROM json_each(?)) ORDER BY n",
            (str(happenings),),
        ).fetchall()
        found: dict[tuple[int, int], Dispute] = {}
        for n, type_, place, day in rows:
            rivals = self._db.execute(
                "SELECT h.n FROM happening h WHERE h.dated BETWEEN date(?, ?) AND date(?, ?) AND h.type = ? AND h.place = ? AND h.n <> ?"
                " AND h.news > 0",
                (day, f"-{ACTOR_DAYS} days", day, f"+{ACTOR_DAYS} days", type_, place, n),
            ).fetchall()
            for (other,) in rivals:
                key = (min(n, other), max(n, other))
                if key not in found and (dispute := self._actor_dispute(*key)):
                    found[key] = dispute
        return list(found.values())

    def _actor_dispute(self, one: int, two: int) -> Dispute | None:
        sides = [self._side_of(n) for n in (one, two)]
        (acting, receiving, first), (others, theirs, second) = sides
        if not acting or not others or acting & others or not receiving & theirs or not _one_act(first, second):
            return None
        if (acting & theirs) or (others & receiving):
            return None
        passages = (tuple(first), tuple(second))
        why = f"{_voices(first)} {_says(first)} that {_party_names(first)} did it; {_voices(second)} {_says(second)} that {_party_names(second)} did."
        return self._dispute("actor", why, passages)

    def _side_of(self, happening: int) -> tuple[set[int], set[int], list[Passage]]:
        rows = self._db.execute(
            "SELECT p.slot, i.body FROM member m JOIN party p ON p.claim = m.claim JOIN identity i ON i.n = p.identity"
            " WHERE m.happening = ? AND p.slot <= 1",
            (happening,),
        ).fetchall()
        claims = [
            n for (n,) in self._db.execute("SELECT claim FROM member WHERE happening = ? ORDER BY claim", (happening,))
        ]
        acting, receiving = ({body for slot, body in rows if slot == wanted} for wanted in (0, 1))
        return acting, receiving, Passages(self._db).read(claims)

    # --- ties called broken and close -----------------------------------------------------------------------------------

    def _states(self, scope: tuple[str, list[Any]]) -> list[Dispute]:
        rows = self._db.execute(
            f"SELECT c.n FROM ({scope[0]}) o JOIN claim c ON c.n = o.claim WHERE o.claim NOT IN (SELECT claim FROM member)"
            " AND c.kind = 'tie' AND c.status = 0 AND c.stance IN ('actual', 'denied')"
            " AND (c.state IS NOT NULL OR c.change IS NOT NULL) AND c.tense <> 'earlier' ORDER BY c.dated, c.n",
            scope[1],
        )
        held = [
            (p, level) for p in Passages(self._db).read([n for (n,) in rows])
            if (level := stated_level(p.record["state"], p.record["change"])) is not None
        ]  # fmt: skip
        found = []
        for at, (p, level) in enumerate(held):
            for q, other in held[at + 1 :]:
                if _days_apart(p, q) > STATE_DAYS or _between(p) != _between(q) or _self_contained(((p,), (q,))):
                    continue
                if _states_clash((p, level), (q, other)):
                    why = f"{_voices([p])} {_says([p])} that ties are {_state(p)}; {_voices([q])} {_says([q])} that they are {_state(q)}."
                    found.append(self._dispute("state", why, ((p,), (q,))))
        return _joined(found)

    def _dispute(self, sort: str, why: str, sides: tuple[tuple[Passage, ...], ...]) -> Dispute:
        every = [p for side in sides for p in side]
        date = min((d for p in every if (d := _day(p))), default=None)
        return Dispute(
            f"d{sort[0]}{min(p.claim for p in every)}", why[:1].upper() + why[1:], sort, sides, date, _parties(every)
        )


def _self_contained(sides: Sequence[Sequence[Passage]]) -> bool:
    """Whether both sides are one voice in one report: it tells both, it does not dispute."""
    if not all(sides):
        return True
    voices = [{(p.report.id, p.chain[0].name if p.chain else None) for p in side} for side in sides]
    return voices[0] == voices[1] and len(voices[0]) == 1


def _states_clash(one: tuple[Passage, float], two: tuple[Passage, float]) -> bool:
    (p, level), (q, other) = one, two
    if p.stance == q.stance == "actual":
        return abs(level - other) >= STATE_APART
    return p.stance != q.stance and (p.record["state"], p.record["change"]) == (q.record["state"], q.record["change"])


def _joined(disputes: Iterable[Dispute]) -> list[Dispute]:
    """One dispute for all clashes that say the same of the same parties in the same words of state."""
    found: dict[tuple[Any, ...], Dispute] = {}
    for d in disputes:
        p, q = d.sides[0][0], d.sides[1][0]
        key = (_between(p), frozenset((_state(p), _state(q))))
        if key not in found:
            found[key] = d
            continue
        old = found[key]
        if _state(old.sides[0][0]) != _state(p):
            d = replace(d, sides=d.sides[::-1])
        sides = tuple(_unique((*one, *two)) for one, two in zip(old.sides, d.sides, strict=True))
        found[key] = replace(old, sides=sides)
    return list(found.values())


def _unique(passages: Iterable[Passage]) -> tuple[Passage, ...]:
    return tuple({p.claim: p for p in passages}.values())


def _one_act(first: Sequence[Passage], second: Sequence[Passage]) -> bool:
    """Whether two sides speak of one act: a common word for what was done, or a number in common."""
    triggers = [{p.trigger.lower()[:5] for p in side} for side in (first, second)]
    counts = [
        {(q["unit"], q["value"]) for p in side for q in p.record["quantities"] if q["value"]}
        for side in (first, second)
    ]
    return bool(triggers[0] & triggers[1] or counts[0] & counts[1])


def _between(passage: Passage) -> frozenset[str]:
    """The two parties by name: a member's own ties are not those of the body."""
    return frozenset(p["name"] for p in passage.record["between"])


def _days_apart(p: Passage, q: Passage) -> float:
    one, two = _day(p), _day(q)
    return abs(ordinal(one) - ordinal(two)) if one and two else 0 if one == two else float("inf")


def _day(passage: Passage) -> str | None:
    when = passage.record["when"]
    return (when and when["from"]) or passage.report.published


def _state(passage: Passage) -> str:
    said = passage.record["state"] or passage.record["change"] or ""
    return f"not {said}" if passage.stance == "denied" else str(said)


def _voices(passages: Sequence[Passage]) -> str:
    """Who says it: the nearest voices, else the outlets."""
    names = dict.fromkeys(p.chain[0].name if p.chain else p.report.outlet or "a report" for p in passages)
    listed = list(names)
    return listed[0] if len(listed) == 1 else ", ".join(listed[:-1][:3]) + f" and {listed[-1]}"


def _says(passages: Sequence[Passage], *, deny: bool = False) -> str:
    several = len({p.chain[0].name if p.chain else p.report.outlet or "a report" for p in passages}) > 1
    return ("deny" if several else "denies") if deny else ("say" if several else "says")


def _gist(passage: Passage) -> str:
    """The act in a few words: type, doers and recipients by name."""
    record = passage.record
    doers = " and ".join(dict.fromkeys(p["name"] for p in record["actors"])) or "somebody"
    others = " and ".join(dict.fromkeys(p["name"] for p in record["recipients"]))
    return f"“{passage.trigger}” ({doers}{f' to {others}' if others else ''})"


def _party_names(passages: Sequence[Passage]) -> str:
    return " and ".join(dict.fromkeys(a["name"] for p in passages for a in p.record["actors"])) or "somebody"


def _parties(passages: Sequence[Passage]) -> tuple[ActorRef, ...]:
    found: dict[str, ActorRef] = {}
    for passage in passages:
        record = passage.record
        for p in record.get("between") or [*record["actors"], *record["recipients"]]:
            found.setdefault(p["name"], ActorRef(p["id"] or p["name"], p["name"], p["country"], p["sector"]))
    return tuple(found.values())


def _head_word(of: str | None) -> str:
    return (of or "").lower().split()[-1] if of and of.split() else ""
