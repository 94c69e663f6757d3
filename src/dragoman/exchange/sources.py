"""Lists of outlets in: reliability, owner and state control, from TOML or CSV."""

from __future__ import annotations

import csv
import io
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from dragoman.errors import ReadError
from dragoman.ledger import Ledger

COLUMNS = ("outlet", "reliability", "owner", "state")
MOST_BYTES = 8_000_000


class SourceListError(ReadError):
    """The list is not of the form that is expected; names the file and the entry."""


@dataclass(frozen=True, slots=True)
class Graded:
    """One entry: None leaves what the ledger has, an empty word takes it back."""

    outlet: str
    reliability: str | None
    owner: str | None
    state: str | None


def read_sources(path: str | Path) -> list[Graded]:
    """The entries of a TOML file (tables `[[source]]`) or of a CSV file with a header.

    Raises:
        SourceListError: the file cannot be read, or an entry has no outlet, an unknown column or a grade that is none.
    """
    file = Path(path)
    try:
        if file.stat().st_size > MOST_BYTES:
            raise SourceListError(
                f"{file} is larger than {MOST_BYTES:,} bytes; a list of outlets is not expected to be"
            )
        text = file.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise SourceListError(f"{file} cannot be read: {error}") from error
    entries = _toml(text, file) if file.suffix.lower() == ".toml" else _csv(text, file)
    return [_graded(entry, f"{file}, entry {number}") for number, entry in enumerate(entries, 1)]


def load_sources(ledger: Ledger, path: str | Path) -> int:
    """Puts a list into the ledger, whole or not at all; how many outlets it names."""
    entries = read_sources(path)
    ledger.grade_sources((e.outlet, e.reliability, e.owner, e.state) for e in entries)
    return len(entries)


def _toml(text: str, file: Path) -> Iterator[Mapping[str, Any]]:
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise SourceListError(f"{file} is no TOML: {error}") from error
    entries = data.get("source")
    if not isinstance(entries, list) or not all(isinstance(entry, dict) for entry in entries):
        raise SourceListError(f"{file}: expected tables [[source]] with outlet, reliability, owner, state")
    yield from entries


def _csv(text: str, file: Path) -> Iterator[Mapping[str, Any]]:
    rows = csv.DictReader(io.StringIO(text, newline=""))
    header = [name.strip().lower() for name in rows.fieldnames or ()]
    if "outlet" not in header:
        raise SourceListError(
            f"{file}: expected columns {', '.join(COLUMNS)}; the header has {', '.join(header)[:200] or 'nothing'}"
        )
    rows.fieldnames = header
    for row in rows:
        yield {name: value or None for name, value in row.items() if name in COLUMNS}


def _graded(entry: Mapping[str, Any], where: str) -> Graded:
    strange = [str(key) for key in entry if key not in COLUMNS]
    if strange:
        raise SourceListError(f"{where}: unknown slot {strange[0]!r}; expected {', '.join(COLUMNS)}")
    values = {name: entry.get(name) for name in COLUMNS}
    for name, value in values.items():
        if value is not None and not isinstance(value, str):
            raise SourceListError(f"{where}: {name} is a word, got {value!r}")
    if not (values["outlet"] or "").strip():
        raise SourceListError(f"{where}: expected the name of an outlet")
    grade = values["reliability"]
    if grade and grade.strip().upper() not in tuple("ABCDEF"):
        raise SourceListError(f"{where}: reliability is a grade from A (best) to F, got {grade!r}")
    cells = {name: value.strip() if value is not None else None for name, value in values.items()}
    return Graded(str(cells["outlet"]), cells["reliability"], cells["owner"], cells["state"])
