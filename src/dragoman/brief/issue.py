"""An issue: several briefs as one publication. Its configuration (TOML), and the briefs bound into one document."""

from __future__ import annotations

import hashlib
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from dragoman.brief.anchors import prefixed
from dragoman.brief.english import counted, period_text, stop
from dragoman.brief.english import number as spelled
from dragoman.brief.model import (
    Block,
    Brief,
    Counts,
    Paragraph,
    Points,
    Section,
    Sentence,
    Topic,
)
from dragoman.brief.slug import slug
from dragoman.errors import UsageError

FORMATS = ("html", "pdf", "epub", "md")
LARGEST = 256 * 1024
KEYS = {
    "name": str, "ledger": str, "out": str, "formats": list, "since": str, "until": str, "days": int,
    "mail": list, "kindle": list, "unsubscribe": str, "redact": bool, "brief": list,
}  # fmt: skip
BRIEF_KEYS = {"topic": str, "since": str, "until": str, "days": int, "text": str}
KINDS = {str: "a string", list: "a list", int: "a whole number", bool: "true or false"}


@dataclass(frozen=True, slots=True)
class Planned:
    """One brief of an issue: what it is about, its period (ISO days, half-open), the editors' own text."""

    topic: str
    since: str | None = None
    until: str | None = None
    text: Path | None = None

    @property
    def slug(self) -> str:
        """The name of its folder."""
        return slug(self.topic)


@dataclass(frozen=True, slots=True)
class IssueConfig:
    """What an issue is made of and who gets it; paths are those of the configuration's folder."""

    name: str
    briefs: tuple[Planned, ...]
    out: Path
    ledger: Path | None = None
    formats: tuple[str, ...] = FORMATS
    mail: tuple[str, ...] = ()
    kindle: tuple[str, ...] = ()
    unsubscribe: str | None = None
    redact: bool = False


def read_config(path: Path, today: date) -> IssueConfig:
    """The configuration at `path`; `days = 30` means the last 30 days up to and with `today`.

    Raises:
        UsageError: no such file, no TOML, a key that there is not, or a value of the wrong kind; with what was expected.
    """
    raw = _toml(path)
    _check(raw, KEYS, str(path))
    entries = raw.get("brief") or []
    if not entries or not all(isinstance(e, dict) for e in entries):
        raise UsageError(f"{path}: expected one [[brief]] table or more, each with a topic")
    period = _period(raw, str(path), today)
    briefs = tuple(_planned(e, f"{path}, [[brief]] {i}", path.parent, period, today) for i, e in enumerate(entries, 1))
    twice = [b.topic for i, b in enumerate(briefs) if b.slug in {x.slug for x in briefs[:i]}]
    if twice:
        raise UsageError(f"{path}: the topic {twice[0]!r} stands in more than one [[brief]]; give each once")
    ledger, out = raw.get("ledger"), raw.get("out")
    return IssueConfig(
        raw.get("name") or path.stem,
        briefs,
        path.parent / out if out else path.parent / slug(path.stem),
        path.parent / ledger if ledger else None,
        tuple(_strings(raw, "formats", str(path))) or FORMATS,
        tuple(_address(a, path.parent) for a in _strings(raw, "mail", str(path))),
        tuple(_address(a, path.parent) for a in _strings(raw, "kindle", str(path))),
        raw.get("unsubscribe"),
        bool(raw.get("redact")),
    )


def _toml(path: Path) -> dict[str, Any]:
    if not path.is_file():
        raise UsageError(
            f"{path}: there is no such file; expected an issue's configuration in TOML (see docs/briefs.md)"
        )
    if path.stat().st_size > LARGEST:
        raise UsageError(f"{path}: an issue's configuration may have {LARGEST:,} bytes at most")
    try:
        return tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise UsageError(f"{path}: expected TOML, got a fault: {error}") from error


def _check(raw: dict[str, Any], keys: dict[str, type], where: str) -> None:
    for key, value in raw.items():
        if key not in keys:
            raise UsageError(f"{where}: there is no key {key!r}; expected some of {', '.join(keys)}")
        kind = keys[key]
        if not isinstance(value, kind) or (kind is int and isinstance(value, bool)):
            raise UsageError(f"{where}: {key} must be {KINDS[kind]}, not {value!r}")


def _strings(raw: dict[str, Any], key: str, where: str) -> list[str]:
    values = raw.get(key) or []
    if not all(isinstance(v, str) for v in values):
        raise UsageError(f"{where}: {key} must be a list of strings, not {values!r}")
    return list(values)


def _address(given: str, folder: Path) -> str:
    """An address as it stands; a list file from the configuration's folder."""
    return given if "@" in given else str(folder / given)


def _planned(
    entry: dict[str, Any], where: str, folder: Path, period: tuple[str | None, str | None], today: date
) -> Planned:
    _check(entry, BRIEF_KEYS, where)
    if not (entry.get("topic") or "").strip():
        raise UsageError(f"{where}: topic is missing; expected an actor, a pair, a group, a place or words")
    own = _period(entry, where, today)
    since, until = own if any(own) else period
    text = folder / entry["text"] if entry.get("text") else None
    if text is not None and not text.is_file():
        raise UsageError(f"{where}: there is no text file at {text}")
    return Planned(entry["topic"].strip(), since, until, text)


def _period(raw: dict[str, Any], where: str, today: date) -> tuple[str | None, str | None]:
    if "days" in raw:
        if "since" in raw or raw["days"] < 1:
            raise UsageError(f"{where}: give since or days (a number of 1 or more), not both")
        return (today - timedelta(days=raw["days"] - 1)).isoformat(), (today + timedelta(days=1)).isoformat()
    since, until = (_day(raw.get(k), f"{where}: {k}") for k in ("since", "until"))
    if since and until and since >= until:
        raise UsageError(f"{where}: no day lies between since and until; until is left out itself")
    return since, until


def _day(value: str | None, name: str) -> str | None:
    if value is None:
        return None
    try:
        return date.fromisoformat(value + {4: "-01-01", 7: "-01"}.get(len(value), "")).isoformat()
    except ValueError as error:
        raise UsageError(f'{name}: expected "YYYY", "YYYY-MM" or "YYYY-MM-DD", got {value!r}') from error


# --- binding ---------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class News:
    """What an issue says of one of its briefs: whether it changed since the last issue, and its new entries."""

    changed: bool
    fresh: tuple[str, ...] = ()

    @property
    def words(self) -> str:
        """`unchanged`, `changed`, `three new entries`."""
        if not self.changed:
            return "unchanged"
        return counted(len(self.fresh), "new entry", "new entries") if self.fresh else "changed"


def bind(name: str, briefs: Sequence[Brief], news: Sequence[News], number: int, last: str) -> Brief:
    """The briefs as one document with their contents at its head.

    The briefs must have been written with one shared notebook, the last of them last: the notes run through the whole issue and
    the quotation allowance of each report is that of the whole. `last` is the day of the issue before in words, or empty.
    """
    end = briefs[-1]
    points = tuple(
        Sentence(stop(f"{b.topic.name}: {b.title}{'' if not last else f' ({n.words})'}"))
        for b, n in zip(briefs, news, strict=True)
    )
    changed = sum(n.changed for n in news)
    count = counted(len(briefs), "brief")
    if last:
        count += f", {'all' if changed == len(briefs) else spelled(changed)} changed since the issue of {last}"
    days = [b.since for b in briefs if b.since], [b.until for b in briefs if b.until]
    digest = hashlib.sha256("\0".join([name, str(number), *(b.id for b in briefs)]).encode()).hexdigest()[:16]
    return Brief(
        id=digest,
        topic=Topic(name, "query", name),
        section=name,
        title=f"{name}, no. {number}",
        standfirst=(Sentence(stop(count)),),
        notices=tuple(dict.fromkeys(x for b in briefs for x in b.notices)),
        since=min(days[0], default=None),
        until=max(days[1], default=None),
        period=_period_of(briefs),
        composed=end.composed,
        points=points,
        sections=tuple(s for i, b in enumerate(briefs, 1) for s in _part(b, f"b{i}-{slug(b.topic.name)}")),
        notes=end.notes,
        sources=end.sources,
        counts=_counted(briefs),
    )


def _period_of(briefs: Sequence[Brief]) -> str:
    """The period that all briefs have, else that from the first day to the last of those that name days."""
    if len({b.period for b in briefs}) == 1:
        return briefs[0].period
    since, until = [b.since for b in briefs if b.since], [b.until for b in briefs if b.until]
    if len(since) == len(briefs) == len(until):
        return period_text(min(since), max(until))
    return "several periods"


def _counted(briefs: Sequence[Brief]) -> Counts:
    """The largest coverage, and the happenings of all briefs; one that stands in two briefs counts in both."""
    counts = [b.counts for b in briefs]
    return Counts(
        max(c.reports for c in counts), max(c.outlets for c in counts), sum(c.happenings for c in counts),
        sum(c.single for c in counts), sum(c.disputed for c in counts),
    )  # fmt: skip


def _part(brief: Brief, prefix: str) -> list[Section]:
    """A brief's sections under its name: an opening with what stands at its head, then its own."""
    head: tuple[Block, ...] = (Paragraph(brief.standfirst, "lead"),)
    head += (Paragraph((Sentence(f"Reports of {brief.period}."),), "aside"),)
    opening = Section(
        prefix, brief.title, (*head, *((Points(brief.points),) if brief.points else ())), brief.topic.name
    )
    return [
        opening,
        *(prefixed(replace(s, title=f"{brief.topic.name}: {_lower(s.title)}"), prefix) for s in brief.sections),
    ]


def _lower(title: str) -> str:
    return title[:1].lower() + title[1:]
