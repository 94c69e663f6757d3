"""CSV with a header line: `name` and, in any order, id, kind, country, sector, aliases (separated by `;`), from, to, wikidata, part_of, doubt."""

from __future__ import annotations

import csv
from collections.abc import Iterator

from dragoman.registry.imports.lines import Fault, Found, Lines, Row
from dragoman.registry.normal import slug

KNOWN = ("id", "name", "kind", "country", "sector", "aliases", "from", "to", "wikidata", "part_of", "doubt")
PREFIX = "own-"
"""Opens the ids of rows that give none, so that they never meet a listed actor's by chance."""


def read(lines: Lines, _states: dict[str, str]) -> Iterator[Found]:
    """A row for each line below the header."""
    numbers: list[int] = [0]

    def texts() -> Iterator[str]:
        for number, text in lines:
            numbers[0] = number
            yield text + "\n"

    reader = csv.reader(texts(), strict=True)
    try:
        header = [cell.strip().lower() for cell in next(reader, [])]
        unknown = [cell for cell in header if cell not in KNOWN]
        if "name" not in header or unknown or len(set(header)) != len(header):
            told = (
                f"expected a header of {', '.join(KNOWN)} (name at least), found {', '.join(header)[:200] or 'nothing'}"
            )
            yield Fault(1, told, fatal=True)
            return
        start = numbers[0] + 1
        for cells in reader:
            if any(cell.strip() for cell in cells):
                yield _row(start, header, cells)
            start = numbers[0] + 1
    except csv.Error as error:
        yield Fault(
            numbers[0], f"not CSV: {error}; put cells that hold commas or quotes into double quotes", fatal=True
        )


def _row(line: int, header: list[str], cells: list[str]) -> Found:
    if len(cells) != len(header):
        return Fault(
            line, f"{len(cells)} cells under a header of {len(header)}; put cells that hold commas into quotes"
        )
    row = {name: _plain(cell) for name, cell in zip(header, cells, strict=True) if cell.strip()}
    if "name" not in row:
        return Fault(line, "the name is empty")
    aliases = [a for part in row.pop("aliases", "").split(";") if (a := _plain(part))]
    table = {"kind": "other", **row, **({"names": aliases} if aliases else {})}
    given = "id" in row
    if not given:
        name = slug(row["name"])
        if not name:
            return Fault(
                line, f"the name {row['name'][:60]!r} has no letters to make an id of (or is too long); give an id"
            )
        table["id"] = PREFIX + name
    return Row(line, table, given)


def _plain(cell: str) -> str:
    """The cell without the apostrophe that `export` sets before what a spreadsheet would take for a formula."""
    text = cell.strip()
    return (
        text[1:] if text.startswith("'") and text[1:].lstrip(" ")[:1] in "=+-@＝＋－＠\t\r" and len(text) > 1 else text
    )
