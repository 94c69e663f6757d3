"""Cells of CSV files that no spreadsheet takes for a formula, and that come back as they were.

A text that begins (after blanks) with `=`, `+`, `-`, `@`, a tab or a line end, or with a full-width form of the first four, gets an
apostrophe before it; so does a text that begins with an apostrophe, so that `plain` can undo it. Numbers are never touched.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

RISKY = frozenset("=+-@\t\r\n＝＋－＠")
Cell = str | int | float | bool | None


def safe(cell: Cell) -> Cell:
    """The cell as it can be opened in a spreadsheet; None as an empty text."""
    if cell is None:
        return ""
    if not isinstance(cell, str):
        return cell
    if cell[:1] == "'" or cell[:1] in RISKY or (cell.lstrip()[:1] in RISKY and cell.strip()):
        return "'" + cell
    return cell


def plain(cell: str) -> str:
    """What `safe` made the cell of."""
    return cell[1:] if cell.startswith("'") else cell


def rows(table: Iterable[Iterable[Cell]], *, raw: bool = False) -> Iterator[list[Cell]]:
    """Rows with every cell safe; with `raw` as they are."""
    for row in table:
        yield ["" if cell is None else cell for cell in row] if raw else [safe(cell) for cell in row]
