"""Near-duplicate reports and wire copies, by MinHash over runs of three words.

Each text has a sketch of 64 hashes; 16 bands of 4 find candidates, the share of equal hashes (an estimate of the Jaccard
likeness of the runs) decides. Copies are joined transitively and carry the least number of their group.
"""

from __future__ import annotations

import sqlite3
import struct
from collections.abc import Sequence

from rensa import RMinHash

from .features import chunks, marks
from .names import plain

HASHES = 64
BANDS = 16
SEED = 20_130_701
LIKE = 0.6
"""Estimated share of common three-word runs from which two texts are copies."""
RUN = 3
FEWEST_WORDS = 25
"""Shorter texts are not compared: they are alike by chance."""
MOST_WORDS = 4_000
_FORMAT = f"<{HASHES}I"


def sketch(text: str) -> tuple[int, ...] | None:
    """The MinHash of a text; None for one too short to tell."""
    words = plain(text[: MOST_WORDS * 12]).split()[:MOST_WORDS]
    if len(words) < FEWEST_WORDS:
        return None
    hashed = RMinHash(num_perm=HASHES, seed=SEED)
    hashed.update([" ".join(words[i : i + RUN]) for i in range(len(words) - RUN + 1)])
    return tuple(hashed.digest())


def band_hashes(hashes: Sequence[int]) -> list[int]:
    """One number for each band, the same wherever the band's hashes are."""
    rows = HASHES // BANDS
    found = []
    for band in range(BANDS):
        value = band + 1
        for h in hashes[band * rows : (band + 1) * rows]:
            value = (value * 1_000_003 ^ h) & 0x7FFF_FFFF_FFFF_FFFF
        found.append(value)
    return found


def likeness(one: Sequence[int], two: Sequence[int]) -> float:
    """Estimated Jaccard likeness, 0 to 1."""
    return sum(a == b for a, b in zip(one, two, strict=True)) / HASHES


class Copies:
    """Keeps `sketch` and `band`."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._db = connection

    def add(self, revision: int, text: str) -> set[int]:
        """Takes in a revision; the revisions whose group changed by it."""
        hashes = sketch(text)
        if hashes is None:
            return set()
        bands = band_hashes(hashes)
        alike = self._alike(bands, hashes)
        groups = self._groups(alike)
        group = min({revision, *groups})
        packed = struct.pack(_FORMAT, *hashes)
        self._db.execute(
            "INSERT OR REPLACE INTO sketch (revision, hashes, copies) VALUES (?, ?, ?)", (revision, packed, group)
        )
        self._db.executemany(
            "INSERT OR IGNORE INTO band (hash, revision) VALUES (?, ?)", [(b, revision) for b in bands]
        )
        return self._move(groups, group) if groups else set()

    def _alike(self, bands: Sequence[int], hashes: Sequence[int]) -> list[int]:
        rows = self._db.execute(
            f"SELECT DISTINCT s.revision, s.hashes FROM band b JOIN sketch s ON s.revision = b.revision WHERE b.hash IN ({marks(BANDS)})",
            bands,
        )
        return [revision for revision, packed in rows if likeness(struct.unpack(_FORMAT, packed), hashes) >= LIKE]

    def _groups(self, revisions: Sequence[int]) -> set[int]:
        found: set[int] = set()
        for chunk in chunks(revisions):
            rows = self._db.execute(f"SELECT copies FROM sketch WHERE revision IN ({marks(len(chunk))})", chunk)
            found.update(copies for (copies,) in rows)
        return found

    def _move(self, groups: set[int], group: int) -> set[int]:
        """Gives all of the groups one number; the revisions in them."""
        moved: set[int] = set()
        for other in groups:
            moved.update(r for (r,) in self._db.execute("SELECT revision FROM sketch WHERE copies = ?", (other,)))
            if other != group:
                self._db.execute("UPDATE sketch SET copies = ? WHERE copies = ?", (group, other))
        return moved
