"""What people do with a ledger: review claims, judge them, grade sources."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Callable, Iterable, Sequence
from functools import partial
from typing import Any

from .adding import Writer
from .corrections import slots_of_record
from .judgements import Judgement, Verdict
from .reviewing import Neighbour, Order, Reviewing
from .search import Filters
from .views import Passage


class Desk:
    """The part of `Ledger` that people write to."""

    _clock: Callable[[], str]
    _reviewing: Reviewing

    @abstractmethod
    def _write(self, work: Callable[[Writer], Any]) -> Any:
        """Runs `work` in one transaction."""

    @abstractmethod
    def _read(self, work: Callable[[], Any]) -> Any:
        """Runs `work` in one snapshot."""

    @abstractmethod
    def _writer_for_reading(self) -> Writer:
        """A writer of which only what reads is used."""

    def judge(
        self, verdict: Verdict, claim: str, *, author: str, other: str | None = None, slot: str | None = None,
        value: Any = None, reason: str | None = None,
    ) -> int:  # fmt: skip
        """Makes a judgement on a claim (or, `same` and `different`, on two); its number.

        Raises:
            JudgementError: there is no such claim or slot, or the value is none for it.
        """
        signed = (author, self._clock(), reason)
        return int(self._write(lambda writer: writer.judgements.judge(verdict, (claim, other), signed, slot, value)))

    def undo(self, judgement: int, *, author: str, reason: str | None = None) -> int:
        """Undoes a judgement (or an undoing) by a judgement of its own; its number."""
        return int(self._write(lambda writer: writer.judgements.undo(judgement, (author, self._clock(), reason))))

    def judgements(self) -> list[Judgement]:
        """All judgements, oldest first; `lost` marks those whose claim is not there any more."""
        return self._writer_for_reading().judgements.all()

    def to_review(self, filters: Filters | None = None, *, order: Order = "doubtful", limit: int = 50) -> list[Passage]:
        """Standing claims that nobody has judged: the least sure first, or the newest."""
        found: list[Passage] = self._read(lambda: self._reviewing.queue(filters or Filters(), order, limit))
        return found

    def passage(self, claim_id: str) -> Passage | None:
        """One claim, as corrected where it was; None where there is none of this id."""
        found: Passage | None = self._read(lambda: self._reviewing.passage(claim_id))
        return found

    def neighbours(self, claim_id: str) -> list[Neighbour]:
        """Claims grouped with this one, and those that might be but are not."""
        found: list[Neighbour] = self._read(lambda: self._reviewing.neighbours(claim_id))
        return found

    def slots_of(self, claim_id: str) -> list[str]:
        """The slots of a claim that can be corrected; see `value_of`."""
        found: list[str] = self._read(lambda: slots_of_record(self._reviewing.record(claim_id)[0]))
        return found

    def value_of(self, claim_id: str, slot: str, words: str) -> Any:
        """The value of a slot that a person means by these words, for `judge`; see `corrections.typed`."""
        return self._read(lambda: self._reviewing.typed(claim_id, slot, words))

    def training_data(self) -> list[dict[str, Any]]:
        """The judgements that hold, as examples to learn from."""
        found: list[dict[str, Any]] = self._read(lambda: list(self._reviewing.training(self.judgements())))
        return found

    def grade_source(
        self, outlet: str, *, reliability: str | None = None, owner: str | None = None, state: str | None = None
    ) -> None:
        """Sets what the user says of an outlet: reliability A (best) to F, owner, code of the state that controls it.

        None leaves what was said before as it is, an empty word takes it back.
        """
        self.grade_sources([(outlet, reliability, owner, state)])

    def grade_sources(self, graded: Iterable[tuple[str, str | None, str | None, str | None]]) -> None:
        """As `grade_source`, for several outlets at once: all or none."""
        held = list(graded)
        self._write(partial(_grade, held, self._clock()))


def _grade(graded: Sequence[tuple[str, str | None, str | None, str | None]], now: str, writer: Writer) -> None:
    for one in graded:
        writer.grade_source(now, *one)
