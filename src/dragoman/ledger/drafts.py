"""Rows of claims, made before anything of them is written."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence

from dragoman.model import EventClaim, Report, TieClaim

from .batch import STANDS, Rows, claim_cells, dating
from .bonds import bond_rows
from .identities import Identities
from .names import slots_of
from .rows import SLOTS, AnyClaim, sides_of, voice_when

Bodies = tuple[set[int], set[int], set[int]]
"""Of actors, of recipients, of the two of a tie."""


class Drafts:
    """Makes rows with the numbers that they will have; one batch at a time, inside the caller's transaction."""

    def __init__(self, connection: sqlite3.Connection, identities: Identities) -> None:
        self._db = connection
        self._identities = identities
        self.next_claim = self.next_sentence = self.next_coding = 0

    def begin(self) -> Rows:
        """An empty batch; numbers go on from the last in the ledger."""
        self.next_claim, self.next_sentence, self.next_coding = (self.next(t) for t in ("claim", "sentence", "coding"))
        return Rows()

    def next(self, table: str) -> int:
        """The number that the next row of a table will have."""
        return int(self._db.execute(f"SELECT coalesce(max(n), 0) + 1 FROM {table}").fetchone()[0])

    def claims(
        self, claims: Sequence[AnyClaim], report: Report, home: tuple[int, int, int, str], rows: Rows, *,
        corrects: int | None = None, fresh: bool = False,
    ) -> list[int]:  # fmt: skip
        """Makes the rows of claims; the numbers of the event claims.

        Args:
            claims: those of one coding.
            report: what they are on.
            home: numbers of coding, report and revision, and the coder.
            rows: takes the rows.
            corrects: the claim of which this one is the corrected form.
            fresh: the revision is new, so none of its sentences is known yet.
        """
        coding, number, revision, coder = home
        published = report.published.isoformat() if report.published else None
        sentences = {} if fresh or not claims else self._sentences_of(revision)
        made: list[int] = []
        for claim in claims:
            n = self.next_claim
            self.next_claim = n + 1
            bodies = self._parties(n, claim, rows)
            interested = bool(claim.said_by) and self._voices(n, claim, bodies, rows)
            evidence = claim.evidence
            cells = claim_cells(claim, published, interested, coder)
            sentence = self._sentence(claim, revision, sentences, rows)
            rows.claims.append((n, claim.id, coding, number, sentence, corrects, STANDS, *cells))
            rows.told.append((evidence.sentence, evidence.start, evidence.end, claim.id, cells))
            mutual = isinstance(claim, TieClaim) or claim.mutual
            rows.bonds += bond_rows(n, *dating(claim, published), bodies, mutual=mutual)
            if isinstance(claim, EventClaim):
                made.append(n)
        return made

    def _sentences_of(self, revision: int) -> dict[tuple[int, int], int]:
        rows = self._db.execute('SELECT start, "end", n FROM sentence WHERE revision = ?', (revision,))
        return {(start, end): n for start, end, n in rows}

    def _sentence(self, claim: AnyClaim, revision: int, known: dict[tuple[int, int], int], rows: Rows) -> int:
        evidence = claim.evidence
        place = (evidence.start, evidence.end)
        n = known.get(place)
        if n is None:
            n = known[place] = self.next_sentence
            self.next_sentence = n + 1
            rows.sentences.append((n, revision, evidence.sentence, *place))
            rows.words.append((n, evidence.text))
        return n

    def _parties(self, n: int, claim: AnyClaim, rows: Rows) -> Bodies:
        """Writes the parties; the bodies of those who act, receive or are tied."""
        bodies: Bodies = (set(), set(), set())
        named = self._identities.named
        append = rows.parties.append
        for slot, parties in sides_of(claim):
            for place, party in enumerate(parties):
                identity, body = named(party)
                append((n, slot, place, identity, party.start, party.end, party.via))
                bodies[slot].add(body)
        if isinstance(claim, EventClaim) and claim.others:
            for place, other in enumerate(claim.others):
                party = other.party
                append((n, SLOTS.index(other.role), place, named(party)[0], party.start, party.end, party.via))
        return bodies

    def _voices(self, n: int, claim: AnyClaim, bodies: Bodies, rows: Rows) -> bool:
        """Writes the voices; whether one of the nearest speaks for a party."""
        nearest = min(voice.step for voice in claim.said_by)
        interested = False
        for place, voice in enumerate(claim.said_by):
            identity, _, body = self._identities.identity(slots_of(voice))
            rows.voices.append(
                (n, place, identity, voice.start, voice.end, voice.kind, voice.cue, voice.step, voice.work, voice_when(voice.when))
            )  # fmt: skip
            interested |= voice.step == nearest and any(body in side for side in bodies)
        return interested
