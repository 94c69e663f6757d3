"""Taking in a reading that may break off at any moment: what is in the ledger is known again by its bytes and not coded twice."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from dragoman.model import Coded, Intake

from .adding import Writer
from .batch import Written
from .features import marks
from .store import Added, Ledger

ASKED = 500
"""Keys looked up at once."""


class Inputs:
    """The inputs that a ledger has taken in.

    Reports of a batch and the keys of the inputs that they came from are written in one transaction: after a kill at any moment an
    input is in the ledger with all its reports and its key, or its reports are found to be there already when it is read again.
    """

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger

    def known(self, keys: Iterable[bytes]) -> dict[bytes, int]:
        """Which of these keys are known, and how many reports came of each."""
        wanted = list(keys)
        found: dict[bytes, int] = {}
        for start in range(0, len(wanted), ASKED):
            found.update(self._known(wanted[start : start + ASKED]))
        return found

    def _known(self, keys: Sequence[bytes]) -> list[tuple[bytes, int]]:
        asked = f"SELECT key, reports FROM input WHERE key IN ({marks(len(keys))})"
        rows: list[tuple[bytes, int]] = self._ledger._read(lambda: self._ledger._db.execute(asked, keys).fetchall())
        return rows

    def take(self, intakes: Sequence[Intake]) -> Added:
        """Writes what came of inputs, all of it or, where that fails, nothing.

        Raises:
            LedgerError: the ledger cannot be written (locked, disk full); it is as it was before.
        """
        written: Written = self._ledger._write(lambda writer: self._take(intakes, writer))
        return Added(*written.counts)

    def _take(self, intakes: Sequence[Intake], writer: Writer) -> Written:
        now = self._ledger._clock()
        coded = [done for intake in intakes for done in intake.done if isinstance(done, Coded)]
        written = writer.add(coded, now)
        rows = [(intake.key, len(intake.done), now) for intake in intakes if intake.key is not None]
        self._ledger._db.executemany("INSERT OR REPLACE INTO input (key, reports, added) VALUES (?, ?, ?)", rows)
        return written
