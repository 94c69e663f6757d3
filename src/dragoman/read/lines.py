"""`--lines`: each line a report of its own, its text left exactly as it is.

`FILE.txt`: a line may start with `YYYY-MM-DD` and a tab. `FILE.jsonl`: `{"id", "text", "published"?, "outlet"?, "title"?}`.
"""

from __future__ import annotations

import codecs
import json
import re
import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any, BinaryIO

from ..errors import ReadError, UsageError
from ..model import Failure, Report
from .draft import Draft, given
from .limits import LIMITS, MB, EncodingError, FormatError, TooLargeError

DATED = re.compile(r"(\d{4}-\d{2}-\d{2})\t")


def read_lines(path: Path, published: date | None = None) -> Iterator[Report | Failure]:
    """One report or failure for each line that is not empty.

    Raises:
        UsageError: there is no such file, or it may not be read (said before anything is coded).
    """
    if str(path) == "-":
        return _each(sys.stdin.buffer, None, "standard input", published)
    if path.is_dir() or not path.exists():
        raise UsageError(
            f"no file {str(path)!r}; --lines expects a .txt or .jsonl file with one report per line, or '-'"
        )
    try:
        file = path.open("rb")
    except OSError as error:
        raise UsageError(f"--lines: {path} cannot be opened: {error.strerror}") from error
    one = _of_json if path.suffix.lower() in (".jsonl", ".ndjson") else _of_text
    return _each(file, one, str(path), published)


def _each(lines: BinaryIO, one: Any, name: str, published: date | None) -> Iterator[Report | Failure]:
    """The lines one by one; where the form is not known (`one` is None) the first line tells: JSON begins with a brace."""
    with lines:
        for number, line in enumerate(capped(lines), 1):
            bare = line.removesuffix(b"\n").removesuffix(b"\r").removeprefix(codecs.BOM_UTF8 if number == 1 else b"")
            if not bare.strip():
                continue
            one = one or (_of_json if bare.lstrip().startswith(b"{") else _of_text)
            yield _item(bare, one, (name, number), published)


def capped(lines: BinaryIO) -> Iterator[bytes]:
    """The lines, of each no more than a report may have and one byte; the rest of a longer one is passed over."""
    while line := lines.readline(LIMITS.file_bytes + 1):
        rest = line
        while len(rest) > LIMITS.file_bytes and not rest.endswith(b"\n"):
            rest = lines.readline(LIMITS.file_bytes + 1)
        yield line


def _item(bare: bytes, one: Any, place: tuple[str, int], published: date | None) -> Report | Failure:
    error: Exception
    try:
        if len(bare) > LIMITS.file_bytes:
            raise TooLargeError(f"longer than {LIMITS.file_bytes // MB} MB; one line is expected to be one report")
        report: Report = one(bare.decode("utf-8"), published)
        return report
    except UnicodeError as wrong:
        said = wrong.reason if isinstance(wrong, UnicodeDecodeError | UnicodeEncodeError) else str(wrong)
        error = EncodingError(f"not UTF-8 ({said}); save the file as UTF-8")
    except RecursionError:
        error = FormatError("not JSON that can be read: nested too deeply")
    except (ReadError, ValueError) as wrong:
        error = wrong
    name, number = place
    return Failure("read", type(error).__name__, f"{name}, line {number}: {error}", f"{name}:{number}")


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
    _must_be_text(record["text"], meta.title, meta.outlet, meta.url, _str(record, "id"))
    return given(_str(record, "id"), record["text"], meta)


def _must_be_text(*values: str | None) -> None:
    """JSON can escape half a character (`\\ud800`), which no encoding can write.

    Raises:
        UnicodeEncodeError: one of the values holds such a half.
    """
    for value in values:
        (value or "").encode("utf-8")


def read_given(published: date | None = None) -> Iterator[Report | Failure]:
    """`--text`: standard input as one report, unchanged."""
    try:
        data = sys.stdin.buffer.read(LIMITS.file_bytes + 1)
        if len(data) > LIMITS.file_bytes:
            raise TooLargeError(f"larger than {LIMITS.file_bytes // MB} MB; give one report")
        yield given(None, data.decode("utf-8").removeprefix("\ufeff"), Draft((), published=published))
    except UnicodeDecodeError as error:
        message = f"standard input: not UTF-8 ({error.reason} at byte {error.start})"
        yield Failure("read", "EncodingError", message, "standard input")
    except ReadError as error:
        yield Failure("read", type(error).__name__, f"standard input: {error}", "standard input")


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
