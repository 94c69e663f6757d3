"""Word documents (DOCX, ECMA-376): the text as it stands printed, one line for each paragraph."""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from defusedxml import ElementTree
from defusedxml.common import DefusedXmlException

from .dates import iso_date
from .draft import Draft, tidied
from .exports import export_of, read_export
from .limits import LIMITS, EmptyError, FormatError, Limits
from .packed import Archive
from .text import read_text

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
STRICT = "{http://purl.oclc.org/ooxml/wordprocessingml/main}"
DC = "{http://purl.org/dc/elements/1.1/}"
CREATED = "{http://purl.org/dc/terms/}created"
DOCUMENT, CORE = "word/document.xml", "docProps/core.xml"
UNSEEN = frozenset(
    ("del", "moveFrom", "instrText", "delText", "rPr", "pPr", "Fallback", "footnoteReference", "commentReference")
)
"""Elements whose text is not printed, or printed elsewhere already."""

NOBODY = frozenset(("python-docx", "administrator", "user", "microsoft office user", "author", "unknown"))


@dataclass(frozen=True)
class Paragraph:
    """A printed paragraph and the name of its style."""

    text: str
    style: str


def is_docx(data: bytes) -> bool:
    """Whether a zip holds a Word document."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as document:
            return DOCUMENT in document.namelist()
    except (zipfile.BadZipFile, zlib.error, EOFError, ValueError, NotImplementedError):
        return False


def read_docx(data: bytes, limits: Limits = LIMITS) -> Iterator[Draft]:
    """The draft of a document, or of each article where a news database exported many into one.

    Raises:
        FormatError: not a sound document, or it declares XML entities.
        TooLargeError: unpacked it is larger than a cap.
        EmptyError: it shows no text.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as document:
            archive = Archive(document, limits)
            paragraphs = list(_paragraphs(ElementTree.fromstring(archive.member(DOCUMENT))))
            core = ElementTree.fromstring(archive.member(CORE)) if CORE in document.namelist() else None
    except DefusedXmlException as error:
        raise FormatError("the document declares XML entities, which none needs; refused") from error
    except RecursionError:
        raise
    except RuntimeError as error:  # what zipfile raises for a member that needs a password
        raise FormatError(f"the document is encrypted; take the protection off: {error}") from error
    except (zipfile.BadZipFile, zlib.error, EOFError, KeyError, ValueError, ElementTree.ParseError) as error:
        raise FormatError(f"not a sound Word document: {error}") from error
    if not any(p.text.strip() for p in paragraphs):
        raise EmptyError("the document shows no text")
    yield from _articles(paragraphs) or [_draft(paragraphs, core)]


def _articles(paragraphs: list[Paragraph]) -> list[Draft]:
    """The articles of an export; none where the document is no export."""
    text = "\n".join(p.text for p in paragraphs)
    export = export_of(text)
    if export is None:
        return []
    articles: list[list[str]] = [[]]
    for line in text.split("\n"):
        bare = line.encode("utf-8", "replace")
        if (export.starts and export.starts.match(bare)) or (export.ends and export.ends.match(bare)):
            articles.append([])
        else:
            articles[-1].append(line)
    if export.starts:
        del articles[0]
    return [read_export("\n".join(lines), export) for lines in articles if any(line.strip() for line in lines)]


def _draft(paragraphs: list[Paragraph], core: Any) -> Draft:
    """A draft; the title is the paragraph of that style, else what plain text would give, else the document's property."""
    titles = [p.text for p in paragraphs if p.style == "title" and p.text.strip()]
    rest = [p.text for p in paragraphs if p.style != "title"]
    draft = read_text("\n\n".join([f"Title: {tidied(' '.join(titles))}"] * bool(titles) + rest))
    author = _said(core, f"{DC}creator")
    return Draft(
        paragraphs=draft.paragraphs,
        title=draft.title or _said(core, f"{DC}title"),
        url=draft.url,
        outlet=draft.outlet,
        section=draft.section,
        authors=draft.authors or ((author,) if author and author.lower() not in NOBODY else ()),
        published=draft.published or iso_date(_said(core, CREATED)),
    )


def _said(core: Any, name: str) -> str | None:
    element = core.find(name) if core is not None else None
    return tidied(element.text or "") or None if element is not None else None


def _paragraphs(element: Any) -> Iterator[Paragraph]:
    """The paragraphs in order; those of a text box come behind the one that holds it."""
    for child in element:
        name = _name(child)
        if name in UNSEEN:
            continue
        if name == "p":
            yield Paragraph("".join(_texts(child)), _style(child))
        yield from _paragraphs(child)


def _name(element: Any) -> str:
    return str(element.tag).rpartition("}")[2]


def _style(paragraph: Any) -> str:
    for space in (W, STRICT):
        found = paragraph.find(f"{space}pPr/{space}pStyle")
        if found is not None:
            return str(found.get(f"{space}val") or "").lower().replace(" ", "")
    return ""


def _texts(element: Any) -> Iterator[str]:
    """The printed text of an element, in order; paragraphs inside it (text boxes) are told for themselves."""
    for child in element:
        name = _name(child)
        if name in UNSEEN or name == "p" or _is_hidden(child):
            continue
        if name == "t":
            yield child.text or ""
        elif name == "tab":
            yield "\t"
        elif name in ("br", "cr"):
            yield "\n"
        elif name == "noBreakHyphen":
            yield "\u2011"
        else:
            yield from _texts(child)


def _is_hidden(run: Any) -> bool:
    return any(run.find(f"{space}rPr/{space}vanish") is not None for space in (W, STRICT))
