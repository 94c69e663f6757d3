"""Rows of one batch, gathered before they are inserted together."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from dragoman.model import Coded

from .bonds import grade_of
from .rows import AnyClaim, detail_of, digest_of_rows, kind_cells

STANDS, REPLACED, CORRECTED, REJECTED, STRUCK = range(5)
"""Values of `claim.status`."""


@dataclass(slots=True)
class Rows:
    """Rows of one batch, inserted together."""

    claims: list[tuple[Any, ...]] = field(default_factory=list)
    parties: list[tuple[Any, ...]] = field(default_factory=list)
    voices: list[tuple[Any, ...]] = field(default_factory=list)
    bonds: list[tuple[Any, ...]] = field(default_factory=list)
    sentences: list[tuple[Any, ...]] = field(default_factory=list)
    words: list[tuple[Any, ...]] = field(default_factory=list)
    places: list[tuple[int, int, int]] = field(default_factory=list)

    def extend(self, other: Rows) -> None:
        """Takes in the rows of a report."""
        for mine, theirs in zip(self._lists(), other._lists(), strict=True):
            mine += theirs

    def _lists(self) -> tuple[list[tuple[Any, ...]], ...]:
        return self.claims, self.parties, self.voices, self.bonds, self.sentences, self.words

    def digest(self) -> str:
        """See `rows.digest_of_rows`."""
        claims = [(*place, row[1], *row[7:]) for place, row in zip(self.places, self.claims, strict=True)]
        return digest_of_rows(claims, [row[1:] for row in self.parties], [row[1:] for row in self.voices])


@dataclass(slots=True)
class Written:
    """What became of a batch: numbers of reports, and of the event claims that have to be grouped."""

    new: int = 0
    same: int = 0
    revised: int = 0
    claims: int = 0
    failures: int = 0
    to_group: list[int] = field(default_factory=list)
    to_remove: list[int] = field(default_factory=list)
    to_recount: set[int] = field(default_factory=set)
    tables: list[tuple[int, int]] = field(default_factory=list)
    deferred: list[Coded] = field(default_factory=list)

    @property
    def counts(self) -> tuple[int, int, int, int, int]:
        """new, same, revised, claims, failures."""
        return self.new, self.same, self.revised, self.claims, self.failures


def claim_row(
    n: int, claim: AnyClaim, home: tuple[int, int, int, int | None], published: str | None, interested: bool, coder: str
) -> tuple[Any, ...]:
    """The row of `claim`; `home` is coding, report, sentence and the claim that it corrects."""
    when, where = claim.when, claim.where
    from_ = when.from_ if when else None
    return (
        n, claim.id, *home, STANDS, claim.kind, int(claim.main), claim.about, claim.trigger.start, claim.trigger.end,
        claim.stance, claim.outcome, claim.tense, int(claim.direct), int(interested),
        from_, when.to if when else None, when.grain if when else None, from_ or published,
        where.name if where else None, where.country if where else None, claim.confidence,
        *kind_cells(claim), detail_of(claim, coder),
    )  # fmt: skip


def dating(claim: AnyClaim, published: str | None) -> tuple[int, str]:
    """Grade and day of a claim in `bond`."""
    when = claim.when
    told = (claim.tense, claim.stance, claim.main, when is not None and when.from_ is None)
    return grade_of(when.from_ if when else None, when.to if when else None, published, told)


def joined(ranges: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """Ranges of whole numbers (both ends inclusive, in order) with those that touch made one."""
    found: list[tuple[int, int]] = []
    for first, last in ranges:
        if found and found[-1][1] + 1 == first:
            found[-1] = (found[-1][0], last)
        else:
            found.append((first, last))
    return found
