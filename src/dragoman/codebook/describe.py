"""The codebook as plain text, for `dragoman codebook [TYPE]`."""

from __future__ import annotations

from dragoman.codebook.book import Codebook, CodebookError, EventType
from dragoman.codebook.current import codebook


def describe(type_: str | None = None, book: Codebook | None = None) -> str:
    """All types in brief with contexts and sectors; or one type at length. Raises `CodebookError` for an unknown type."""
    book = book or codebook()
    if type_ is None:
        return _overview(book)
    entry = book.types.get(type_.upper())
    if entry is None:
        raise CodebookError(f"no event type {type_!r}; there are {', '.join(book.types)}")
    return _one(entry, book)


def _overview(book: Codebook) -> str:
    lines = ["Event types (intensity, quad):", ""]
    lines += [f"  {e.name:10} {e.intensity:+5.1f}  {e.quad:21} {e.definition}" for e in book.types.values()]
    lines += ["", "Contexts:", ""]
    lines += [f"  {c.name:23} {c.definition}" for c in book.contexts.values()]
    lines += ["", "Sectors:", ""]
    lines += [f"  {name:4} {text}" for name, text in book.sectors.items()]
    return "\n".join(lines)


def _one(entry: EventType, book: Codebook) -> str:
    needs = "required" if entry.recipient else "optional"
    lines = [
        f"{entry.name}  {entry.quad}  intensity {entry.intensity:+.1f}  recipient {needs}",
        "",
        entry.definition,
        "",
    ]
    lines += [f"Example: {entry.example}", ""]
    if entry.modes:
        lines += ["Modes:"]
        lines += [f"  {m.name:15} {m.intensity:+5.1f}  {m.definition}" for m in entry.modes.values()] + [""]
    rulings = [r.text for r in book.rulings if entry.name in r.types]
    if rulings:
        lines += ["Rulings:"] + [f"  - {text}" for text in rulings] + [""]
    lines.append(_elsewhere(entry, book))
    return "\n".join(lines)


def _elsewhere(entry: EventType, book: Codebook) -> str:
    """What other codebooks call it."""
    target = book.to_plover(entry.name)
    if target is None:
        return "A type of your own; PLOVER, CAMEO and the 2016 draft have none for it"
    same = f"CAMEO: {book.to_cameo(*target)}; 2016 draft: {book.to_draft(*target)}"
    return f"A type of your own; PLOVER: {entry.plover}; {same}" if entry.own else same
