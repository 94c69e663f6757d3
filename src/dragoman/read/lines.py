"""`--lines`: each line a report of its own, its text left exactly as it is.

`FILE.txt`: a line may start with `YYYY-MM-DD` and a tab. `FILE.jsonl`: `{"id", "text", "published"?, "outlet"?, "title"?}`.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

from ..errors import ReadError, UsageError
from ..model import Failure, Report
from .draft import Draft, given
from .limits import FormatError

DATED = re.compile(r"(\d{4}-\d{2}-\d{2})\t")


def read_lines(path: Path, published: date | None = None) -> Iterator[Report | Failure]:
    """One report or failure for each line that is not empty.

    Raises:
        UsageError: there is no such file.
    """
    if not path.is_file():
        raise UsageError(f"no file {str(path)!r}; --lines expects a .txt or .jsonl file with one report per line")
    one = _of_json if path.suffix.lower() in (".jsonl", ".ndjson") else _of_text
    with path.open(encoding="utf-8", errors="surrogateescape", newline="\n") as file:
        yield from _each(file, one, str(path), published)


def _each(lines: Iterable[str], one: Any, name: str, published: date | None) -> Iterator[Report | Failure]:
    for number, line in enumerate(lines, 1):
        bare = line.rstrip("\n").removesuffix("\r").removeprefix("\ufeff" if number == 1 else "")
        if not bare.strip():
            continue
        try:
            bare.encode("utf-8")
            yield one(bare, published)
        except UnicodeEncodeError:
            yield Failure("read", "EncodingError", f"{name}, line {number}: not UTF-8", f"{name}:{number}")
        except (ReadError, ValueError) as error:
            yield Failure("read", type(error).__name__, f"{name}, line {number}: {error}", f"{name}:{number}")


def _of_text(line: str, published: date | None) -> Report:
    found = DATED.match(line)
    if found:
        published, line = _day(found.group(1)), line[found.end() :]
    return given(None, line, Draft((), published=published))


def _of_json(line: str, published: date | None) -> Report:
    try:
        record = json.loads(line)
    except ValueError as error:
        raise FormatError(f"not JSON: {error}") from error
    if not isinstance(record, dict) or not isinstance(record.get("text"), str):
        raise FormatError('expected an object with "text", and where known "id", "published", "outlet", "title"')
    day = _day(record["published"]) if record.get("published") else published
    meta = Draft((), title=_str(record, "title"), outlet=_str(record, "outlet"), url=_str(record, "url"), published=day)
    return given(_str(record, "id"), record["text"], meta)


def given_text(text: str, published: date | None = None) -> Report:
    """`--text`: standard input as one report, unchanged."""
    return given(None, text, Draft((), published=published))


def _str(record: dict[str, Any], name: str) -> str | None:
    value = record.get(name)
    if value is not None and not isinstance(value, str | int):
        raise FormatError(f'"{name}" is expected to be a text, got {type(value).__name__}')
    return None if value is None else str(value)


def _day(value: str) -> date:
    try:
        return date.fromisoformat(str(value)[:10])
    except ValueError as error:
        raise FormatError(f"{value!r} is not a date; expected YYYY-MM-DD") from error
