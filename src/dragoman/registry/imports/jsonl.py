"""JSON lines as `dragoman actors export --format jsonl` writes them: each a table of `data/README.md`."""

from __future__ import annotations

import json
from collections.abc import Iterator

from dragoman.registry.imports.lines import Fault, Found, Lines, Row


def read(lines: Lines, _states: dict[str, str]) -> Iterator[Found]:
    """A row for each line that is not empty."""
    for number, text in lines:
        if not text.strip():
            continue
        try:
            table = json.loads(text)
        except (ValueError, RecursionError) as error:
            yield Fault(number, f"not JSON: {error}")
            continue
        if not isinstance(table, dict) or not isinstance(table.get("id"), str):
            yield Fault(number, 'expected an object with "id", "name" and "kind"')
        else:
            yield Row(number, table, given_id=True)
