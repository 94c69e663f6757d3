"""The apparatus of a brief while it is written: notes numbered as the reader meets them, quotations within their allowance."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from dragoman.brief.english import day_text, plain
from dragoman.brief.model import Note, Source
from dragoman.brief.voices import chain_words
from dragoman.ledger.views import Passage, ReportRef

PASSAGE_WORDS = 50
REPORT_WORDS = 200
WORD = re.compile(r"\S+")


@dataclass
class Notebook:
    """Collects notes and sources; the only mutable thing in composing."""

    _notes: dict[tuple[str, int, int], Note] = field(default_factory=dict)
    _claims: dict[tuple[str, int, int], list[str]] = field(default_factory=dict)
    _reports: dict[str, ReportRef] = field(default_factory=dict)
    _words: dict[str, int] = field(default_factory=dict)

    def cite(self, passages: Iterable[Passage], most: int = 3) -> tuple[int, ...]:
        """Numbers of the notes for the first `most` passages, rising; new passages get the next numbers."""
        numbers: list[int] = []
        for passage in passages:
            if len(numbers) >= most:
                break
            key = (passage.report.id, passage.start, passage.end)
            if key not in self._notes:
                self._notes[key] = self._note(passage)
            self._claims.setdefault(key, []).append(passage.claim)
            if self._notes[key].number not in numbers:
                numbers.append(self._notes[key].number)
        return tuple(sorted(numbers))

    def quote(self, passage: Passage) -> str:
        """The words quoted of a passage that was cited, or an empty string."""
        found = self._notes.get((passage.report.id, passage.start, passage.end))
        return found.quote if found else ""

    def notes(self) -> tuple[Note, ...]:
        """All notes by number."""
        found = []
        for key, n in self._notes.items():
            claims = tuple(dict.fromkeys(self._claims[key]))
            found.append(
                Note(
                    n.number,
                    n.source,
                    n.before,
                    n.trigger,
                    n.after,
                    n.cut_before,
                    n.cut_after,
                    n.said,
                    n.start,
                    n.end,
                    claims,
                )
            )
        return tuple(found)

    def sources(self) -> tuple[Source, ...]:
        """All reports cited, by number, each with its notes."""
        by_source: dict[int, list[int]] = {}
        for note in self._notes.values():
            by_source.setdefault(note.source, []).append(note.number)
        return tuple(_source(i, ref, tuple(by_source.get(i, ()))) for i, ref in enumerate(self._reports.values(), 1))

    def _note(self, passage: Passage) -> Note:
        self._reports.setdefault(passage.report.id, passage.report)
        source = list(self._reports).index(passage.report.id) + 1
        left = REPORT_WORDS - self._words.get(passage.report.id, 0)
        piece = excerpt(passage, min(PASSAGE_WORDS, left))
        self._words[passage.report.id] = self._words.get(passage.report.id, 0) + piece.words
        return Note(
            len(self._notes) + 1, source, piece.before, piece.trigger, piece.after, piece.cut_before, piece.cut_after,
            chain_words(passage), passage.start, passage.end, (passage.claim,),
        )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Excerpt:
    """Words of a passage around its trigger."""

    before: str
    trigger: str
    after: str
    cut_before: bool
    cut_after: bool
    words: int


def excerpt(passage: Passage, most: int) -> Excerpt:
    """At most `most` words of the sentence, round the trigger; nothing where fewer than eight words are allowed."""
    spans = [m.span() for m in WORD.finditer(passage.text)]
    if most < min(8, len(spans)) or not spans:
        return Excerpt("", "", "", False, False, 0)
    start, end = _trigger(passage)
    at = next((i for i, (_, e) in enumerate(spans) if e > start), 0)
    first = 0 if len(spans) <= most else max(0, min(at - most // 2, len(spans) - most))
    last = min(len(spans), first + most)
    lo, hi = spans[first][0], spans[last - 1][1]
    start, end = max(start, lo), min(end, hi)
    if start >= end:
        start = end = lo
    text = passage.text
    before, trigger, after = (_flat(text[a:b]) for a, b in ((lo, start), (start, end), (end, hi)))
    return Excerpt(before.lstrip(), trigger, after.rstrip(), first > 0, last < len(spans), last - first)


def _flat(text: str) -> str:
    """Line breaks as spaces, odd control characters out; spaces at the ends stay as one."""
    inner = plain(text)
    if not inner:
        return " " if text else ""
    return f"{' ' if text[0].isspace() else ''}{inner}{' ' if text[-1].isspace() else ''}"


def _trigger(passage: Passage) -> tuple[int, int]:
    """Where the trigger stands in the passage's text; (0, 0) where it cannot be found."""
    span, evidence = passage.record.get("trigger") or {}, passage.record.get("evidence") or {}
    base = evidence.get("start", passage.start)
    start, end = span.get("start", -1) - base, span.get("end", -1) - base
    if 0 <= start < end and passage.text[start:end] == passage.trigger:
        return start, end
    start = passage.text.find(passage.trigger) if passage.trigger else -1
    return (start, start + len(passage.trigger)) if start >= 0 else (0, 0)


def web_address(url: str | None) -> str | None:
    """The address if it is a plain http(s) one with a host, else None."""
    text = (url or "").strip()
    if not re.fullmatch(r"https?://[^\s\"'<>\\\x00-\x20]+", text, re.IGNORECASE):
        return None
    try:
        return text if urlsplit(text).hostname else None
    except ValueError:
        return None


def _source(number: int, ref: ReportRef, notes: tuple[int, ...]) -> Source:
    remarks = []
    if ref.retracted:
        remarks.append("retracted by its outlet")
    elif ref.notice:
        remarks.append({"correction": "a correction", "update": "updated"}.get(ref.notice, plain(ref.notice)))
    if ref.reliability:
        remarks.append(f"judged reliability {plain(ref.reliability)}")
    return Source(
        number, ref.id, plain(ref.title or "Untitled report"), plain(ref.outlet or "outlet not named"),
        tuple(plain(a) for a in ref.authors), ref.published, day_text(ref.published) or "undated", web_address(ref.url),
        "; ".join(remarks), notes,
    )  # fmt: skip
