"""Plain text as people save it: a section line, buttons, a title, a byline and a date may stand above the body."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date

from .boilerplate import furniture
from .dates import line_date
from .draft import Draft, tidied

TITLE_WORDS = (3, 30)
SECTION_WORDS = 4
HEAD_BLOCKS = 8
"""How many blocks from the top may still belong to the head of a page."""

SENTENCE_END = re.compile(r"[.!?…][\"'”’)\]]*$")
BYLINE = re.compile(
    r"(?:by|written by|author|authors|reporting by|from)\s*:?\s+(?P<names>[A-Z][^|•·–—:]{2,100}?)(?:\s*[|•·–—]\s*(?P<rest>.{2,80}))?",
    re.IGNORECASE,
)
NAME = re.compile(r"[A-Z][\w'’.-]+(?:\s+(?:[A-Z][\w'’.-]*|al|bin|ben|van|von|de|la|el|der|du|ibn|abu))+")
FIELD = re.compile(
    r"(?P<name>title|headline|source|outlet|publication|section|date|published|author|authors|by|url|link)\s*:\s*(?P<value>.+)",
    re.IGNORECASE,
)
LONG = 200
"""A line longer than this was not wrapped by hand: then each line is a paragraph."""

WRAP = 60
"""Lines of a block at least this long are taken for one paragraph wrapped by hand; shorter ones end where they end."""


@dataclass
class _Head:
    title: str | None = None
    outlet: str | None = None
    section: str | None = None
    url: str | None = None
    authors: tuple[str, ...] = ()
    published: date | None = None
    candidates: list[str] = field(default_factory=list)


def read_text(text: str) -> Draft:
    """The draft of a plain text.

    1. Blocks are parted by blank lines; lines that are furniture as a whole go.
    2. From the top, as long as blocks look like a head: fields ("Date: …"), bylines, dates, heading lines.
    3. The last heading line before the body is the title; a short one before it is the section.
    4. What follows is the body, wrapped lines joined.
    """
    blocks = _blocks(text)
    head = _Head()
    position = 0
    while position < min(len(blocks), HEAD_BLOCKS) and _takes(head, blocks[position]):
        position += 1
    _settle(head, bool(blocks[position:]))
    body = [paragraph for block in blocks[position:] for paragraph in _joined(block)]
    return Draft(
        paragraphs=tuple(body),
        title=head.title,
        url=head.url,
        outlet=head.outlet,
        section=head.section,
        authors=head.authors,
        published=head.published,
    )


def paragraphs_of(text: str) -> tuple[str, ...]:
    """The paragraphs of a body whose title and date are known from elsewhere: nothing is taken for a head."""
    blocks = _blocks(text)
    if any(len(line) > LONG for block in blocks for line in block):
        return tuple(tidied(line) for block in blocks for line in block)
    return tuple(paragraph for block in blocks for paragraph in _joined(block))


def _blocks(text: str) -> list[list[str]]:
    is_line = furniture().is_line
    blocks = []
    for block in re.split(r"\n[ \t\u00a0]*\n+", text.replace("\r\n", "\n").replace("\r", "\n").strip("\ufeff\n")):
        lines = [line for line in block.split("\n") if line.strip() and not is_line(line)]
        if lines:
            blocks.append(lines)
    return blocks


def _takes(head: _Head, block: list[str]) -> bool:
    """Whether every line of a block belongs to the head; then the head has taken it in."""
    if len(block) > 6 or not all(_is_head_line(line) for line in block):
        return False
    if head.candidates and len(head.candidates) >= 3:
        return False
    for line in block:
        _take_line(head, tidied(line))
    return True


def _is_head_line(line: str) -> bool:
    bare = tidied(line)
    return bool(FIELD.fullmatch(bare) or line_date(bare) or _authors(bare) or _is_heading(bare))


def _take_line(head: _Head, line: str) -> None:
    found = FIELD.fullmatch(line)
    day = line_date(line)
    if found and _take_field(head, found["name"].lower(), found["value"].strip()):
        return
    if day is not None:
        head.published = head.published or day
    elif _authors(line):
        head.authors = head.authors or _authors(line)
        rest = BYLINE.fullmatch(line)
        if rest and rest["rest"]:
            head.published = head.published or line_date(rest["rest"])
            head.outlet = head.outlet or (None if line_date(rest["rest"]) else rest["rest"].strip())
    else:
        head.candidates.append(line)


def _take_field(head: _Head, name: str, value: str) -> bool:
    if name in ("date", "published"):
        head.published = head.published or line_date(value)
        return line_date(value) is not None
    if name in ("author", "authors", "by"):
        head.authors = tuple(tidied(a) for a in re.split(r",| and |;", value) if a.strip())
    elif name in ("title", "headline"):
        head.title = value
    elif name in ("source", "outlet", "publication"):
        head.outlet = value
    elif name == "section":
        head.section = value
    elif value.lower().startswith(("http://", "https://")):
        head.url = value
    else:
        return False
    return True


def _settle(head: _Head, has_body: bool) -> None:
    """Choose title and section among the heading lines: the last is the title, a short one before it the section."""
    lines = head.candidates
    if head.title is None and lines:
        head.title = lines.pop() if has_body or len(lines) > 1 else lines.pop(0)
    short = [line for line in lines if len(line.split()) <= SECTION_WORDS]
    if head.section is None and short:
        head.section = re.split(r"\s*[>»/|]\s*", short[0])[-1]


def _authors(line: str) -> tuple[str, ...]:
    found = BYLINE.fullmatch(line)
    if not found or not re.match(r"by|written|author|reporting", line, re.IGNORECASE):
        return ()
    parts = [p.strip() for p in re.split(r",\s+(?:and\s+)?| and | & ", found["names"])]
    names = tuple(p for p in parts if NAME.fullmatch(p))
    return names if names and len(names) == len(parts) else ()


def _is_heading(line: str) -> bool:
    words = line.split()
    return (
        bool(words) and len(words) <= TITLE_WORDS[1] and not SENTENCE_END.search(line) and not line.endswith((",", ";"))
    )


def _joined(block: list[str]) -> list[str]:
    """Wrapped lines of a block joined; list items and short lines stand for themselves."""
    paragraphs: list[str] = []
    open_line = False
    for line in block:
        bare = tidied(line)
        item = bool(re.match(r"(?:[•*▪◦–-]|\d{1,2}[.)])\s", line.lstrip()))
        if open_line and not item:
            paragraphs[-1] = _hyphen_joined(paragraphs[-1], bare)
        else:
            paragraphs.append(bare)
        open_line = len(bare) >= WRAP or (open_line and not SENTENCE_END.search(bare))
    return paragraphs


def _hyphen_joined(before: str, after: str) -> str:
    """Two lines as one; a word parted at the line's end is joined where its second half is lower-case."""
    if re.search(r"[a-z]-$", before) and after[:1].islower():
        return before[:-1] + after
    return f"{before} {after}"
