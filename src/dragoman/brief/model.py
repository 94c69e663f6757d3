"""The nouns of a brief, as frozen values that know no output format.

A *brief* has *sections* of *blocks*; words stand in *sentences*, each with the numbers of the *notes* it rests on. A note is
one passage of one source, numbered in the order in which a reader meets it. Pictures are data (`charts`), drawn by
`dragoman.publish`; each has a *table twin* that says the same in words. All text is plain: editions escape it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

TopicKind = Literal["actor", "pair", "group", "place", "query", "unknown"]
Tone = Literal["conflict", "strain", "neutral", "accord", "none"]


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence of the brief and the numbers of the notes that it rests on (none: it states what the brief itself counts)."""

    text: str
    notes: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Sentences that belong together. `lead` paragraphs are set larger, `aside` ones smaller (captions, caveats)."""

    sentences: tuple[Sentence, ...]
    role: Literal["body", "lead", "aside"] = "body"


@dataclass(frozen=True, slots=True)
class Points:
    """A list of sentences, each a point of its own."""

    items: tuple[Sentence, ...]


@dataclass(frozen=True, slots=True)
class Subheading:
    """A heading below a section's title; `id` is an anchor, unique in the brief."""

    id: str
    text: str


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell of a table; `number` cells are set flush right, `tone` colours the words where the edition can."""

    text: str
    notes: tuple[int, ...] = ()
    number: bool = False
    tone: Tone = "none"


@dataclass(frozen=True, slots=True)
class Table:
    """Rows under named columns; the first cell of each row names the row."""

    caption: str
    columns: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]


@dataclass(frozen=True, slots=True)
class LevelPoint:
    """The level of a tie from `date` (ISO) on, with its band; `collected` is false where no report of that period was read."""

    date: str
    level: float
    low: float
    high: float
    collected: bool


@dataclass(frozen=True, slots=True)
class Mark:
    """A happening on a chart: day, intensity (-10 to 10), what it was, and `key` (A, B …) where the picture names it."""

    date: str
    intensity: float
    label: str
    key: str = ""


@dataclass(frozen=True, slots=True)
class Label:
    """A state that reports say, from `start` to `end` (ISO, half-open)."""

    start: str
    end: str
    text: str
    tone: Tone


@dataclass(frozen=True, slots=True)
class TieChart:
    """How one tie moved: level with band, happenings as marks, stated ties as labels."""

    title: str
    points: tuple[LevelPoint, ...]
    marks: tuple[Mark, ...] = ()
    labels: tuple[Label, ...] = ()
    start: str = ""
    end: str = ""


@dataclass(frozen=True, slots=True)
class Multiples:
    """Many ties side by side, on one scale."""

    charts: tuple[TieChart, ...]


@dataclass(frozen=True, slots=True)
class NetworkEdge:
    """A tie of two named actors: level now, how many happenings it rests on, and its state in words."""

    a: str
    b: str
    level: float
    weight: int
    state: str


@dataclass(frozen=True, slots=True)
class Network:
    """Actors and the ties between them; `centre` names the topic's own actors."""

    nodes: tuple[str, ...]
    edges: tuple[NetworkEdge, ...]
    centre: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Place:
    """A place with how many happenings were reported there and their mean intensity."""

    name: str
    lat: float
    lon: float
    count: int
    intensity: float


@dataclass(frozen=True, slots=True)
class PlaceMap:
    """Places of happenings."""

    places: tuple[Place, ...]


@dataclass(frozen=True, slots=True)
class Bars:
    """A count per month (`YYYY-MM`)."""

    months: tuple[tuple[str, int], ...]
    unit: str


Chart = TieChart | Multiples | Network | PlaceMap | Bars


@dataclass(frozen=True, slots=True)
class Figure:
    """A picture, its words and its table twin.

    `alt` tells what the picture shows to those who do not see it, `reading` how to read it.
    """

    id: str
    title: str
    caption: tuple[Sentence, ...]
    alt: str
    chart: Chart
    table: Table
    reading: str = ""


@dataclass(frozen=True, slots=True)
class Link:
    """One voice (or voices that spoke together) in a chain: names, what they are to the report, and in which work."""

    names: tuple[str, ...]
    role: str
    work: str | None = None


@dataclass(frozen=True, slots=True)
class Chain:
    """How one statement reached the reader, from the first voice to the outlet; `notes` lead to the passage."""

    claim: str
    stance: str
    links: tuple[Link, ...]
    quote: str
    notes: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Chains:
    """Chains drawn as chains."""

    items: tuple[Chain, ...]


@dataclass(frozen=True, slots=True)
class Standing:
    """Where the topic stands with one counterpart: a row of the standings."""

    id: str
    name: str
    state: str
    tone: Tone
    trend: str
    since: str
    confidence: str
    disputed: str
    level: float | None
    spark: TieChart | None
    sentences: tuple[Sentence, ...]


@dataclass(frozen=True, slots=True)
class Standings:
    """All counterparts, weightiest first."""

    caption: str
    items: tuple[Standing, ...]


@dataclass(frozen=True, slots=True)
class Entry:
    """One happening of the timeline: the day in words and as ISO, what happened, how it is known, the words of a report."""

    iso: str
    day: str
    what: Sentence
    how: str
    quote: str
    quoted: str
    tone: Tone
    where: str = ""
    contested: bool = False


@dataclass(frozen=True, slots=True)
class Timeline:
    """Entries newest first."""

    entries: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class Side:
    """One side of a dispute: who holds it, what is held, the words."""

    holder: str
    sentences: tuple[Sentence, ...]
    quote: str


@dataclass(frozen=True, slots=True)
class Disagreement:
    """Accounts that cannot both hold, side by side."""

    title: str
    why: Sentence
    sides: tuple[Side, ...]


@dataclass(frozen=True, slots=True)
class Due:
    """Something planned or expected: when (in words; `iso` may be empty), what, and who says so."""

    iso: str
    day: str
    what: Sentence
    quote: str


@dataclass(frozen=True, slots=True)
class Calendar:
    """What is planned or expected, by date; undated last."""

    entries: tuple[Due, ...]


Block = Paragraph | Points | Subheading | Table | Figure | Chains | Standings | Timeline | Disagreement | Calendar


@dataclass(frozen=True, slots=True)
class Section:
    """A part of the brief with a title; `id` is its anchor. `part` is the name of the brief that opens here, in an issue of several."""

    id: str
    title: str
    blocks: tuple[Block, ...]
    part: str = ""


@dataclass(frozen=True, slots=True)
class Source:
    """A report that the brief rests on. `url` is http(s) or None; `remark` says retracted, corrected, judged reliability."""

    number: int
    id: str
    title: str
    outlet: str
    authors: tuple[str, ...]
    published: str | None
    day: str
    url: str | None
    remark: str
    notes: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Note:
    """A passage that the brief rests on.

    `before`, `trigger` and `after` are the words quoted, verbatim (`cut_before`, `cut_after`: the sentence goes on there);
    all three are empty where the quotation allowance of the report is used up. `said` is the chain of voices in words.
    """

    number: int
    source: int
    before: str
    trigger: str
    after: str
    cut_before: bool
    cut_after: bool
    said: str
    start: int
    end: int
    claims: tuple[str, ...]

    @property
    def quote(self) -> str:
        """The words quoted, with marks of omission."""
        words = f"{self.before}{self.trigger}{self.after}".strip()
        if not words:
            return ""
        return f"{'… ' if self.cut_before else ''}{words}{' …' if self.cut_after else ''}"


@dataclass(frozen=True, slots=True)
class Topic:
    """What the brief is about: the words asked for, the kind, the actors' names and ids."""

    asked: str
    kind: TopicKind
    name: str
    actors: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Counts:
    """The numbers of the brief's masthead: reports, outlets, happenings, share of single-sourced and disputed happenings."""

    reports: int
    outlets: int
    happenings: int
    single: int
    disputed: int


@dataclass(frozen=True, slots=True)
class Brief:
    """A composed document. `notices` must be shown by every edition, before the text. Dates are ISO, `until` half-open."""

    id: str
    topic: Topic
    section: str
    title: str
    standfirst: tuple[Sentence, ...]
    notices: tuple[str, ...]
    since: str | None
    until: str | None
    period: str
    composed: str
    points: tuple[Sentence, ...]
    sections: tuple[Section, ...]
    notes: tuple[Note, ...]
    sources: tuple[Source, ...]
    counts: Counts
    language: str = "en"

    def note(self, number: int) -> Note:
        """The note of that number."""
        return self.notes[number - 1]

    def source(self, number: int) -> Source:
        """The source of that number."""
        return self.sources[number - 1]
