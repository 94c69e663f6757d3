"""The words of a report as the who's who sees them, cut once for all that looks for actors."""

from __future__ import annotations

from dataclasses import replace
from functools import cached_property

from dragoman.model import Mention, Parse, Report, Span
from dragoman.registry.index import Registry
from dragoman.registry.phrases import Describer
from dragoman.registry.resolution import NOTHING, Context, Resolution
from dragoman.registry.segments import Cutter, Segment, Unit, units

NOUNS = frozenset(("NOUN", "PROPN"))
INSIDE = frozenset(("compound", "amod", "flat", "fixed", "det", "goeswith", "nummod", "case", "advmod", "punct"))
"""Relations of words that are part of the noun phrase of their head rather than phrases themselves."""


class Words:
    """A report's parse, its units and segments, and the look-ups between them."""

    def __init__(self, report: Report, parse: Parse, registry: Registry) -> None:
        self.report = report
        self.parse = parse
        self.registry = registry
        self.context = NOTHING
        self.row: list[Unit] = []
        self.segments: list[Segment] = []
        self.unit_at: list[int] = [0] * (len(parse.tokens) + 1)
        self.segment_at: list[int] = []
        cutter = Cutter(registry)
        for sentence in parse.sentences:
            self._add(cutter, sentence.first, sentence.last)
        self._index()

    def _add(self, cutter: Cutter, first: int, last: int) -> None:
        base = len(self.row)
        own = [replace(u, token=u.token + first) for u in units([t.text for t in self.parse.tokens[first:last]])]
        self.row.extend(own)
        self.segments.extend(replace(s, first=s.first + base, last=s.last + base) for s in cutter.cut(own))

    def _index(self) -> None:
        """For each token its first unit, for each unit its segment."""
        at = 0
        for token in range(len(self.parse.tokens)):
            while at < len(self.row) and self.row[at].token < token:
                at += 1
            self.unit_at[token] = at
        self.unit_at[len(self.parse.tokens)] = len(self.row)
        self.segment_at = [n for n, s in enumerate(self.segments) for _ in range(s.first, s.last)]

    def tokens_of(self, segment: Segment) -> tuple[int, int]:
        """The tokens that a segment covers, half-open."""
        return self.row[segment.first].token, self.row[segment.last - 1].token + 1

    def segments_in(self, first: int, last: int) -> list[Segment]:
        """The segments that lie wholly within tokens `first` up to but without `last`."""
        if first >= last or not self.row:
            return []
        low, high = self.unit_at[first], self.unit_at[last]
        if low >= high:
            return []
        numbers = range(self.segment_at[low], self.segment_at[high - 1] + 1)
        return [s for s in (self.segments[n] for n in numbers) if s.first >= low and s.last <= high]

    def head(self, first: int, last: int) -> int:
        """The token of a span whose head lies outside it; the last of several in a row of compounds."""
        outside = [
            i
            for i in range(first, last)
            if not first <= self.parse.tokens[i].head < last or self.parse.tokens[i].head == i
        ]
        nouns = [i for i in outside if self.parse.tokens[i].upos in NOUNS]
        return (nouns or outside or [last - 1])[-1 if len(outside) > 1 else 0]

    def text(self, first: int, last: int) -> Span:
        return self.parse.span(first, last)

    def describe(self, segments: list[Segment], text: str) -> Resolution | None:
        """What a run of segments says of an actor."""
        return self.describer.read(self.row, segments, text) if segments else None

    @cached_property
    def describer(self) -> Describer:
        return Describer(self.registry, self.report.published, self.context)

    def with_context(self, context: Context) -> None:
        """Set what is known of the report before descriptions are read."""
        self.context = context
        self.__dict__.pop("describer", None)

    def mention(
        self,
        first: int,
        last: int,
        found: Resolution,
        *,
        type_: str | None = None,
        form: str | None = None,
        place: bool = False,
    ) -> Mention:
        """The mention of tokens `first` up to but without `last`."""
        span = self.parse.span(first, last)
        party = found.party(span.text, span.start, span.end)
        shown = "nominal" if (form or found.form) == "nominal" else "name"
        return Mention(
            first,
            last,
            self.head(first, last),
            type_ or found.type,
            "nominal" if shown == "nominal" else "name",
            party,
            place=place,
            confidence=found.score,
            reason=found.reason,
        )
