"""Tables of coded events in: CAMEO codes (`date,source,target,code`), ICEWS words (`date source target relation`), PLOVER types.

Each day of a table becomes a report of which the rows are the sentences, each row an event claim whose evidence is the row
itself; so what came in can be traced and verified like any other claim. The coder is `table:` and the table's name: such
claims are happenings of their own and never grouped with each other, as the table's makers have done that.
"""

from __future__ import annotations

import csv
import gzip
import hashlib
import io
import re
import tomllib
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cache, lru_cache
from importlib.resources import files
from pathlib import Path
from typing import Any

from dragoman.codebook import codebook
from dragoman.errors import ReadError
from dragoman.ledger import Added, Ledger
from dragoman.model import Coded, EventClaim, Evidence, Party, Report, Span, When

DAY = ("date", "event date", "event_date", "day")
ACTOR = ("source", "actor", "actor1", "actor name", "source name")
RECIPIENT = ("target", "recipient", "actor2", "recipient name", "target name")
CODE = ("code", "relation", "type", "event type", "event text", "cameo code")
MOST_ROWS = 5_000
"""Rows of one report: a longer day goes on in another."""

_BRACKETS = re.compile(r"^(.*) \(([^()]+)\)$")


class TableError(ReadError):
    """The table is not of a known form; the message says what was expected."""


@dataclass
class Skipped:
    """Rows that became no claim, counted by reason."""

    reasons: Counter[str] = field(default_factory=Counter)


@dataclass(frozen=True, slots=True)
class Known:
    """What a cell stands for: the slots of a party."""

    name: str
    kind: str | None = None
    country: str | None = None
    sector: str | None = None
    member_of: str | None = None


@cache
def _data(name: str) -> dict[str, Any]:
    return tomllib.loads((files(__package__) / "data" / name).read_text(encoding="utf-8"))


@lru_cache(maxsize=65_536)
def actor_of(cell: str) -> Known:
    """The actor that a cell names: a CAMEO code of capitals, "Role (Country)", or a plain name."""
    if len(cell) >= 3 and len(cell) % 3 == 0 and cell.isalpha() and cell.isupper():
        return _of_code(cell)
    bracketed = _BRACKETS.match(cell)
    if bracketed is None:
        return Known(cell)
    role, place = bracketed.groups()
    sectors: Mapping[str, str] = _data("actors.toml")["icews"]
    sector = next(
        (sectors[k] for k in sorted(sectors, key=len, reverse=True) if role.lower().startswith(k.lower())), None
    )
    belongs = place if sector in ("GOV", "MIL", "COP", "SPY", "LEG", "JUD") else None
    return Known(cell, sector=sector, member_of=belongs)


def _of_code(code: str) -> Known:
    known = _data("actors.toml")
    parts = [code[at : at + 3] for at in range(0, len(code), 3)]
    first, rest = parts[0], parts[1:]
    people = known["peoples"].get(first)
    country = people["country"] if people else first if first in known["countries"] else None
    body = next((known["bodies"][p] for p in reversed(rest) if p in known["bodies"]), None)
    if body is not None:
        return Known(body["name"], "movement" if body["sector"] else "igo", country, body["sector"] or None)
    if not rest and people:
        return Known(people["name"], "people", country)
    place = known["countries"].get(first) or known["old"].get(first) or known["groups"].get(first) or first
    if not rest:
        return Known(place, "state" if country or first in known["old"] else "other", country)
    roles = [known["roles"][p] for p in rest if p in known["roles"]]
    sector = next((p for p in rest if p in known["roles"]), None)
    name = f"{', '.join(roles)} ({place})" if roles else f"{place} ({' '.join(rest)})"
    return Known(name, None if sector else "other", country, sector)


@lru_cache(maxsize=4_096)
def type_of(cell: str) -> tuple[str, str | None] | None:
    """PLOVER type and mode of a CAMEO code, of ICEWS's words for one, or of a PLOVER type; None for what has no counterpart."""
    book = codebook()
    if cell.isdigit():
        return book.from_cameo(cell)
    name, _, mode = cell.partition("/")
    if name.upper() in book.types:
        return name.upper(), mode or None
    words: Mapping[str, str] = _data("icews.toml")["codes"]
    best = max((k for k in words if cell.lower().startswith(k.lower())), key=len, default=None)
    return book.from_cameo(words[best]) if best else None


def read_table(path: str | Path, *, name: str | None = None, skipped: Skipped | None = None) -> Iterator[Coded]:
    """The reports of a table, day by day in the table's order.

    Args:
        path: a CSV or TSV file, plain or `.gz`, with a header.
        name: how the table is called as a source; by default the file's name up to the first dot.
        skipped: counts rows that have no counterpart or no date.

    Raises:
        TableError: the file has no columns for day, actor, recipient and code.
    """
    file = Path(path)
    called = name or file.name.split(".")[0]
    counted = skipped or Skipped()
    with _opened(file) as stream:
        head = stream.readline()
        delimiter = "\t" if "\t" in head else ","
        columns = _columns([c.strip().lower() for c in next(csv.reader([head], delimiter=delimiter), [])], file)
        rows = csv.reader(stream, delimiter=delimiter)
        parts: Counter[str] = Counter()
        for day, held in _by_day(rows, columns, counted):
            parts[day] += 1
            yield _report(called, day, parts[day], held)


def load_events(ledger: Ledger, path: str | Path, *, name: str | None = None) -> tuple[Added, Skipped]:
    """Loads a table into a ledger; what was added, and the rows that became no claim, by reason. See `read_table`."""
    skipped = Skipped()
    return ledger.load(read_table(path, name=name, skipped=skipped)), skipped


def _opened(file: Path) -> io.TextIOBase:
    try:
        raw = gzip.open(file, "rb") if file.suffix == ".gz" else file.open("rb")  # noqa: SIM115 - closed with the wrapper
    except OSError as error:
        raise TableError(f"{file} cannot be read: {error.strerror}") from error
    return io.TextIOWrapper(raw, encoding="utf-8-sig", errors="replace", newline="")


def _columns(header: Sequence[str], file: Path) -> tuple[int, int, int, int]:
    found = []
    for wanted in (DAY, ACTOR, RECIPIENT, CODE):
        at = next((header.index(name) for name in wanted if name in header), None)
        if at is None:
            raise TableError(
                f"{file}: expected a column named {' or '.join(wanted[:3])}; the header has {', '.join(header)[:200]}"
            )
        found.append(at)
    return found[0], found[1], found[2], found[3]


Row = tuple[str, str, str, tuple[str, str | None]]


def _by_day(
    rows: Iterator[list[str]], columns: tuple[int, int, int, int], skipped: Skipped
) -> Iterator[tuple[str, list[Row]]]:
    held: list[Row] = []
    current = ""
    most = max(columns)
    for row in rows:
        if len(row) <= most:
            skipped.reasons["row too short"] += 1
            continue
        day, actor, recipient, code = (row[at].strip() for at in columns)
        kind = type_of(code)
        if kind is None or not _is_day(day) or not (actor or recipient):
            skipped.reasons[
                "no PLOVER type for this code (statements have none)" if kind is None else "no day or no party"
            ] += 1
            continue
        if held and (day != current or len(held) >= MOST_ROWS):
            yield current, held
            held = []
        current = day
        held.append((actor, recipient, code, kind))
    if held:
        yield current, held


@lru_cache(maxsize=512)
def _is_day(day: str) -> bool:
    try:
        return len(day) == 10 and bool(date.fromisoformat(day))
    except ValueError:
        return False


def _report(name: str, day: str, part: int, rows: Sequence[Row]) -> Coded:
    lines = [f"{day} {actor} {code} {recipient}".rstrip() for actor, recipient, code, _ in rows]
    id_ = hashlib.sha256(f"table|{name}|{day}|{part}".encode()).hexdigest()[:16]
    report = Report(
        id=id_, text="\n".join(lines), title=f"{name}, {day}", outlet=name, published=date.fromisoformat(day)
    )
    coder = f"table:{name}"
    following = (date.fromisoformat(day) + timedelta(days=1)).isoformat()
    claims: list[EventClaim] = []
    start = 0
    for at, (row, line) in enumerate(zip(rows, lines, strict=True)):
        claims.append(_claim(f"{id_}{at:x}", row, (at, start, line), (day, following), coder))
        start += len(line) + 1
    return Coded(report, claims)


def _claim(id_: str, row: Row, place: tuple[int, int, str], days: tuple[str, str], coder: str) -> EventClaim:
    actor, recipient, code, (type_, mode) = row
    number, start, line = place
    book = codebook()
    at = start + 11
    actors = (_party(actor, at),) if actor else ()
    at += len(actor) + 1
    trigger = Span(at, at + len(code), code)
    at += len(code) + 1
    return EventClaim(
        id=id_, main=True, evidence=Evidence(number, start, start + len(line), line), trigger=trigger, stance="actual", tense="past",
        when=When(days[0], start, start + 10, days[0], days[0], days[1], "day"), confidence=0.5, coder=coder, type=type_, mode=mode,
        quad=book.quad(type_), intensity=book.intensity(type_, mode), actors=actors,
        recipients=(_party(recipient, at),) if recipient else (),
    )  # fmt: skip


def _party(cell: str, start: int) -> Party:
    known = actor_of(cell)
    return Party(
        cell, start, start + len(cell), None, known.name, known.kind, known.country, known.sector, None, known.member_of
    )
