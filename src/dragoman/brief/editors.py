"""Editors' own text: Markdown with blocks such as `{{ tie Hamas Iran }}` that are filled from the ledger on each run.

The Markdown is small: `# title`, `## section`, `### heading`, paragraphs, lists; emphasis marks and links are taken off to their words.
Everything else, raw HTML too, is words, which editions escape. A block stands on a line of its own.
"""

from __future__ import annotations

import re
import shlex
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from dragoman.brief.anchors import prefixed
from dragoman.brief.blocks import BLOCKS, Asked, Request
from dragoman.brief.english import plain
from dragoman.brief.material import Ledger, Material
from dragoman.brief.model import Block, Paragraph, Points, Section, Sentence, Subheading
from dragoman.brief.notebook import Notebook
from dragoman.brief.slug import slug
from dragoman.errors import UsageError

LARGEST = 1024 * 1024
CALL = re.compile(r"^\s*\{\{(.*)\}\}\s*$")
LINK = re.compile(r"!?\[([^\]]*)\]\(([^()\s]*)\)")
EMPHASIS = re.compile(r"(?<![\w*])(\*{1,3}|_{1,3})(?=\S)(.+?)(?<=\S)\1(?![\w*])")
ENDS = re.compile(r"(?<=[.!?”])\s+(?=[A-Z“])")


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of own text: a heading, a paragraph, a list item or a block, with the line it begins on."""

    kind: Literal["title", "section", "heading", "paragraph", "item", "call"]
    words: str
    line: int


@dataclass(frozen=True, slots=True)
class OwnText:
    """A file of own text, read and checked: no block in it is unknown."""

    path: str
    pieces: tuple[Piece, ...]

    @property
    def title(self) -> str:
        """The title that the editors give the brief; empty where they give none."""
        return next((p.words for p in self.pieces if p.kind == "title"), "")


def read_own_text(path: Path) -> OwnText:
    """Own text from a file.

    Raises:
        UsageError: no such file, not UTF-8, or a block that there is not, with its line and the list of those there are.
    """
    if not path.is_file():
        raise UsageError(f"{path}: there is no such file; expected the brief's own text in Markdown")
    if path.stat().st_size > LARGEST:
        raise UsageError(f"{path}: own text may have {LARGEST:,} bytes at most")
    try:
        return parsed(path.read_text(encoding="utf-8-sig"), str(path))
    except UnicodeDecodeError as error:
        raise UsageError(f"{path}: expected UTF-8, got other bytes at {error.start}") from error


def parsed(text: str, path: str = "text") -> OwnText:
    """Own text from its Markdown. Raises `UsageError` as `read_own_text` does."""
    pieces: list[Piece] = []
    fresh = True
    for i, raw in enumerate(text.splitlines(), 1):
        kind, words = _kind(raw, f"{path}, line {i}")
        if words and kind == "paragraph" and pieces and not fresh and pieces[-1].kind in ("paragraph", "item"):
            pieces[-1] = Piece(pieces[-1].kind, f"{pieces[-1].words} {words}", pieces[-1].line)
        elif words:
            pieces.append(Piece(kind, words, i))
        fresh = not words
    return OwnText(path, tuple(pieces))


def _kind(raw: str, where: str) -> tuple[Literal["title", "section", "heading", "paragraph", "item", "call"], str]:
    if "{{" in raw or "}}" in raw:
        found = CALL.match(raw)
        if not found or "{{" in found[1] or "}}" in found[1]:
            raise UsageError(
                f"{where}: a block stands on a line of its own, as in {{{{ tie Hamas Iran }}}}; got {raw.strip()[:80]!r}"
            )
        _words(found[1], where)
        return "call", found[1].strip()
    words = plain(raw)
    for mark, kind in (("### ", "heading"), ("## ", "section"), ("# ", "title")):
        if words.startswith(mark):
            return kind, _bare(words.removeprefix(mark))  # type: ignore[return-value]
    item = re.match(r"(?:[-*+]|\d+[.)])\s+(.*)", words)
    return ("item", _bare(item[1])) if item else ("paragraph", _bare(words.removeprefix("> ")))


def _words(call: str, where: str) -> list[str]:
    try:
        words = shlex.split(call)
    except ValueError as error:
        raise UsageError(
            f"{where}: {{{{ {call.strip()} }}}}: {error}; names with spaces stand in quotation marks"
        ) from error
    if not words or words[0] not in BLOCKS:
        got = f"no block {words[0]!r}" if words else "no block without a name"
        raise UsageError(f"{where}: there is {got}; expected one of {', '.join(BLOCKS)}")
    return words


def _bare(words: str) -> str:
    """The words without the marks of links and emphasis; only a web address stays beside the words of its link."""
    words = LINK.sub(lambda m: f"{m[1]} ({m[2]})" if re.match(r"https?://", m[2]) else m[1], words)
    return EMPHASIS.sub(r"\2", words)


# --- filling ---------------------------------------------------------------------------------------------------------------


def filled(
    own: OwnText, ledger: Ledger, material: Material, notebook: Notebook, rest: Callable[[], list[Section]]
) -> list[Section]:
    """The sections of own text in order, each block filled; `rest` are the brief's own sections, where `{{ rest }}` stands, else last.

    Raises:
        UsageError: a block asks for an actor that the ledger does not know, or for too much or too little; with its line.
    """
    sections: list[Section] = []
    blocks: list[Block] = []
    title, rested = "", False

    def close() -> None:
        if blocks:
            sections.append(
                Section(f"own-{len(sections) + 1}-{slug(title, 30)}", title or "From the editors", tuple(blocks))
            )
            blocks.clear()

    for i, piece in enumerate(own.pieces):
        if piece.kind == "section":
            close()
            title = piece.words
        elif piece.kind == "call" and _words(piece.words, own.path)[0] == "rest":
            close()
            sections += [] if rested else rest()
            title, rested = "", True
        elif piece.kind == "call":
            blocks += _called(piece, own.path, Request(ledger, material, notebook, i))
        elif piece.kind != "title":
            _append(blocks, piece, i)
    close()
    return sections if rested else [*sections, *rest()]


def _append(blocks: list[Block], piece: Piece, i: int) -> None:
    if piece.kind == "heading":
        blocks.append(Subheading(f"own-{i}-{slug(piece.words, 30)}", piece.words))
    elif piece.kind == "item":
        before = blocks.pop() if blocks and isinstance(blocks[-1], Points) else Points(())
        assert isinstance(before, Points)
        blocks.append(Points((*before.items, Sentence(piece.words))))
    else:
        blocks.append(Paragraph(tuple(Sentence(s) for s in ENDS.split(piece.words))))


def _called(piece: Piece, path: str, request: Request) -> list[Block]:
    where = f"{path}, line {piece.line}"
    name, *words = _words(piece.words, where)
    most = int(words.pop()) if words and re.fullmatch(r"[1-9]\d{0,2}", words[-1]) else None
    try:
        made = BLOCKS[name](request, Asked(tuple(words), most))
    except UsageError as error:
        raise UsageError(f"{where}: {{{{ {piece.words} }}}}: {error}") from error
    return list(prefixed(tuple(made), f"own-{request.turn}"))
