"""Reports kept as fields with names: rows of tables and lines of JSON."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping, Sequence
from functools import lru_cache
from importlib.resources import files
from typing import Any

from ..errors import DataError, UsageError
from .dates import any_date
from .draft import Draft, tidied
from .html import read_html
from .limits import EmptyError, EncodingError, FormatError
from .text import paragraphs_of, read_text

SLOTS = ("text", "title", "lead", "published", "outlet", "section", "authors", "url")
MARKUP = re.compile(r"\s*<(?:!doctype|html|body|article|div|p|br|h\d|section|table|span|ul)\b", re.IGNORECASE)
LONGEST_NAME = 40
"""Characters that the name of a column may have; a first line with a longer cell is text."""

Columns = tuple[tuple[str, str], ...]


@lru_cache(maxsize=1)
def known_names() -> dict[str, tuple[str, ...]]:
    """Slot → names, the likeliest first.

    Raises:
        DataError: `columns.toml` names a slot that there is not, or leaves one out.
    """
    table = tomllib.loads(files(__package__).joinpath("columns.toml").read_text(encoding="utf-8"))
    if set(table) != set(SLOTS):
        raise DataError(f"columns.toml: expected the slots {', '.join(SLOTS)}, got {', '.join(table)}")
    return {slot: tuple(names) for slot, names in table.items()}


def columns_of(value: str | None) -> Columns:
    """The option `--columns text=Body,title=Headline` as pairs.

    Raises:
        UsageError: a part is no SLOT=NAME, or the slot is unknown.
    """
    pairs = []
    for part in (value or "").split(","):
        slot, equals, name = part.strip().partition("=")
        if not part.strip():
            continue
        if not equals or slot.strip() not in SLOTS or not name.strip():
            raise UsageError(f"--columns: expected SLOT=NAME,… with the slots {', '.join(SLOTS)}, got {part.strip()!r}")
        pairs.append((slot.strip(), name.strip()))
    return tuple(pairs)


def slots_of(names: Sequence[str], columns: Columns = ()) -> dict[str, str]:
    """Which name of these fills which slot: those that the user named, then the known ones."""
    plain: dict[str, str] = {}
    for name in names:
        plain.setdefault(_plain(name), name)
    found = {slot: plain[_plain(name)] for slot, name in columns if _plain(name) in plain}
    for slot, known in known_names().items():
        taken = set(found.values())
        fitting = next((plain[k] for k in known if k in plain and plain[k] not in taken), None)
        if slot not in found and fitting is not None:
            found[slot] = fitting
    return found


def is_table_head(names: Sequence[str], columns: Columns = ()) -> bool:
    """Whether the cells of a first line name columns, the text of a report and something else among them."""
    if any(len(name) > LONGEST_NAME for name in names):
        return False
    found = slots_of(names, columns)
    return "text" in found and (len(found) > 1 or bool(columns))


def read_fields(record: Mapping[str, Any], columns: Columns = ()) -> Draft:
    """The draft of a record.

    Raises:
        FormatError: it has no text, or its text is no text.
        EmptyError: its text is empty.
    """
    found = slots_of([str(name) for name in record], columns)
    if "text" not in found:
        raise FormatError(
            f"no field with the text of a report among {', '.join(map(str, list(record)[:12])) or 'none'}; name it with --columns text=NAME"
        )
    text = record[found["text"]]
    if not isinstance(text, str):
        raise FormatError(f"{found['text']!r} is expected to be a text, got {type(text).__name__}")
    if not text.strip():
        raise EmptyError(f"{found['text']!r} is empty; expected the text of a report")
    said = {slot: _said(record.get(name)) for slot, name in found.items() if slot != "text"}
    inner = _inner(_whole(text), titled=bool(said.get("title")))
    lead = said.get("lead")
    return Draft(
        paragraphs=(*([lead] if lead else []), *inner.paragraphs),
        title=said.get("title") or inner.title,
        url=said.get("url") or inner.url,
        outlet=said.get("outlet") or inner.outlet,
        section=said.get("section") or inner.section,
        authors=_authors(said.get("authors")) or inner.authors,
        published=any_date(said.get("published")) or inner.published,
    )


def _inner(text: str, *, titled: bool) -> Draft:
    if MARKUP.match(text):
        whole = text if "<html" in text[:1000].lower() else f"<html><body><article>{text}</article></body></html>"
        return read_html(whole)
    return Draft(paragraphs_of(text)) if titled else read_text(text)


def _said(value: Any) -> str | None:
    """A value as one text: lists joined, an object by its name."""
    if isinstance(value, dict):
        value = value.get("name") or value.get("title") or value.get("href")
    if isinstance(value, list):
        value = "; ".join(s for s in map(_said, value) if s)
    return None if value is None else tidied(_whole(str(value))) or None


def _whole(text: str) -> str:
    """The text, where every character of it can be written (JSON can escape half a character, `\\ud800`).

    Raises:
        EncodingError: it holds such a half.
    """
    try:
        text.encode("utf-8")
    except UnicodeEncodeError as error:
        raise EncodingError(f"not text: it holds half a character ({error.reason})") from error
    return text


def _authors(said: str | None) -> tuple[str, ...]:
    bare = re.sub(r"^by\s+", "", said or "", flags=re.IGNORECASE)
    names = [tidied(part) for part in re.split(r"\s*[;|]\s*|,\s+| and ", bare)]
    return tuple(dict.fromkeys(name for name in names if name))


def _plain(name: str) -> str:
    return "".join(c for c in name.lower() if c.isalnum())
