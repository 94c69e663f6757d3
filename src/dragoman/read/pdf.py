"""PDF files, parsed in a child process with capped memory and time: a PDF is a program written by a stranger."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections import Counter
from datetime import date
from typing import Any

from .draft import Draft, normalised, tidied
from .limits import LIMITS, MB, EmptyError, FormatError, Limits, TooLargeError
from .text import read_text

PDF_DATE = re.compile(r"D:(\d{4})(\d{2})(\d{2})")
PAGE_NUMBER = re.compile(r"(?:page\s+)?\d{1,4}(?:\s*(?:/|of)\s*\d{1,4})?", re.IGNORECASE)
HEAD_LINES = 6
"""Lines at the head of the first page among which its title may stand."""

TITLE_LINES = 4
"""Lines that a title may take."""

EDGE_LINES = 2
"""Lines at the head and foot of each page that may be running heads."""

RUNNING_SHARE = 0.5
"""A line that stands at the edge of at least this share of the pages (and of three pages) is a running head."""


def read_pdf(data: bytes, limits: Limits = LIMITS) -> Draft:
    """The draft of a PDF: page texts joined, running heads and page numbers dropped, wrapped lines joined.

    Raises:
        FormatError: broken, encrypted, or it killed its parser.
        TooLargeError: too many pages, or parsing took too long.
        EmptyError: pictures only (scanned pages are not read).
    """
    answer = _child(data, limits)
    pages: list[str] = answer["pages"]
    if not any(page.strip() for page in pages):
        raise EmptyError("the PDF holds no text (scanned pages?); run it through text recognition first")
    info: dict[str, str] = answer["info"]
    pages[0] = _from_title(pages[0], info.get("Title", ""))
    draft = read_text("\n\n".join(_paragraphed(page) for page in _without_running_heads(pages)))
    authors = tuple(a.strip() for a in re.split(r"[;,]| and ", info.get("Author", "")) if a.strip())
    return Draft(
        paragraphs=draft.paragraphs,
        title=draft.title or tidied(info.get("Title", "")) or None,
        outlet=draft.outlet or None,
        section=draft.section,
        authors=draft.authors or authors,
        published=draft.published or _date_of(info.get("CreationDate", "")),
        url=draft.url,
    )


def _child(data: bytes, limits: Limits) -> dict[str, Any]:
    caps = json.dumps({"pages": limits.pdf_pages, "memory": limits.pdf_memory_bytes, "seconds": limits.pdf_seconds})
    try:
        done = subprocess.run(
            [sys.executable, "-I", "-m", "dragoman.read.pdf_child", caps],
            input=data,
            capture_output=True,
            timeout=limits.pdf_seconds,
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        raise TooLargeError(
            f"the PDF took longer than {limits.pdf_seconds} seconds to parse; parsing was stopped"
        ) from error
    if done.returncode != 0:
        raise FormatError(_why(done.stderr.decode("utf-8", "replace"), limits))
    answer: dict[str, Any] = json.loads(done.stdout)
    if answer.get("too_many"):
        raise TooLargeError(
            f"the PDF has {answer['too_many']} pages; at most {limits.pdf_pages} are read. Split it and read the parts"
        )
    return answer


def _why(said: str, limits: Limits) -> str:
    """What a parser that failed means to the user."""
    if "password" in said.lower():
        return "the PDF is encrypted; take the password off and read it again"
    lines = said.strip().splitlines()
    if lines and "MemoryError" not in lines[-1]:
        return f"the PDF cannot be parsed: {lines[-1][:200]}"
    return f"the PDF cannot be parsed: its parser broke down or needed more than {limits.pdf_memory_bytes // MB:,} MB; print it to a new PDF"


def _without_running_heads(pages: list[str]) -> list[str]:
    split = [[line.strip() for line in page.splitlines()] for page in pages]
    edges = Counter(key for lines in split for key in {_key(line) for line in _edge(lines)} if key)
    running = {key for key, count in edges.items() if count >= 3 and count / len(pages) >= RUNNING_SHARE}
    return ["\n".join(_inner(lines, running)) for lines in split]


def _edge(lines: list[str]) -> list[str]:
    full = [line for line in lines if line]
    return full[:EDGE_LINES] + full[-EDGE_LINES:]


def _inner(lines: list[str], running: set[str]) -> list[str]:
    edge = set(_edge(lines))
    return [line for line in lines if not (line in edge and (_key(line) in running or PAGE_NUMBER.fullmatch(line)))]


def _key(line: str) -> str:
    return re.sub(r"\d+", "#", line.lower())


def _paragraphed(page: str) -> str:
    """A blank line after each line that ends a paragraph.

    That is a line clearly shorter than the page is wide that ends a sentence, or that the next line does not go on from
    (a heading, a field, a byline).
    """
    lines = page.splitlines()
    width = max((len(line) for line in lines), default=0)
    out: list[str] = []
    for line, after in zip(lines, [*lines[1:], ""], strict=True):
        out.append(line)
        ends = re.search(r"[.!?][\"'”’)]*$", line) and len(line) < 0.85 * width
        stands_alone = len(line) < 0.7 * width and not line.endswith((",", "-", " ")) and not after[:1].islower()
        if ends or stands_alone:
            out.append("")
    return "\n".join(out)


def _from_title(page: str, title: str) -> str:
    """The page from its title on, where the file names a title and the page has it near its top: what is above is a running head.

    A title over several lines becomes one.
    """
    lines = page.splitlines()
    wanted = normalised(title)
    for first in range(min(HEAD_LINES, len(lines))):
        for count in range(1, TITLE_LINES + 1):
            if wanted and normalised(" ".join(lines[first : first + count])) == wanted:
                return "\n".join([title, "", *lines[first + count :]])
    return page


def _date_of(value: str) -> date | None:
    found = PDF_DATE.match(value)
    try:
        return date(*map(int, found.groups())) if found else None
    except ValueError:
        return None
