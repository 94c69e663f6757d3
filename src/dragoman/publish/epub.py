"""The book edition: EPUB 3 with both tables of contents, kept to what e-readers take without complaint.

No script, no variables in styles, pictures as PNG with words for those who do not see them, language set, identifiers equal,
comments none. The same brief and SOURCE_DATE_EPOCH give the same bytes.
"""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from html import escape
from importlib import resources
from pathlib import Path

from markupsafe import Markup

from dragoman.brief.model import Brief, Figure, Section
from dragoman.publish.clock import stamp
from dragoman.publish.cover import cover
from dragoman.publish.draw import Gallery, figures
from dragoman.publish.packed import pack
from dragoman.publish.render import Edition, render

CONTAINER = (
    '<?xml version="1.0" encoding="utf-8"?>\n<container version="1.0" xmlns="urn:oasis:names:tc:opendocument:xmlns:container">'
    '<rootfiles><rootfile full-path="EPUB/package.opf" media-type="application/oebps-package+xml"/></rootfiles></container>\n'
)
TYPES = {".xhtml": "application/xhtml+xml", ".css": "text/css", ".png": "image/png", ".ncx": "application/x-dtbncx+xml"}


@dataclass(frozen=True, slots=True)
class Page:
    """One file of the book in reading order."""

    name: str
    title: str
    text: str


def write(brief: Brief, target: Path, gallery: Gallery, site: str) -> Path:
    """Writes the EPUB."""
    pages = _pages(brief, gallery, site)
    images = {f"{f.id}.png": gallery.png(f) for f in figures(brief)}
    images["cover.png"] = cover(brief, site)
    css = resources.files("dragoman.publish").joinpath("static/book.css").read_text(encoding="utf-8")
    files: dict[str, bytes] = {"META-INF/container.xml": CONTAINER.encode()}
    files["EPUB/package.opf"] = _package(brief, site, pages, sorted(images)).encode()
    files["EPUB/nav.xhtml"] = _nav(brief, pages).encode()
    files["EPUB/toc.ncx"] = _ncx(brief, pages).encode()
    files["EPUB/book.css"] = css.encode()
    files |= {f"EPUB/{p.name}": p.text.encode() for p in pages} | {f"EPUB/{n}": images[n] for n in sorted(images)}
    pack(target, {"mimetype": b"application/epub+zip", **files}, stored=("mimetype",))
    return target


def _pages(brief: Brief, gallery: Gallery, site: str) -> list[Page]:
    parts: list[tuple[str, str, str, Section | None]] = [("front.xhtml", brief.title, "front", None)]
    parts += [(f"{s.id}.xhtml", s.title, "section", s) for s in brief.sections]
    if brief.notes:
        parts += [("passages.xhtml", "Passages", "notes", None), ("sources.xhtml", "Sources", "sources", None)]
    where: dict[int, str] = {}
    pages = [Page("cover.xhtml", "Cover", _cover_page(brief))]
    for name, title, part, section in parts:
        edition = _BookEdition(
            _picture, "passages.xhtml", lambda n: f"{where.get(n, 'front.xhtml')}#r{n}", interactive=False, sparks=False
        )
        edition.file, edition.where = name, where
        text = render("book.xhtml.j2", brief, edition, part=part, section=section, title=title, site=site)
        pages.append(Page(name, title, text))
    return pages


class _BookEdition(Edition):
    """Remembers in which file each note is first referred to, so that its way back leads there."""

    file: str
    where: dict[int, str]

    def anchor(self, number: int) -> str:
        if number in self.where:
            return ""
        self.where[number] = self.file
        return f"r{number}"


def _picture(figure: Figure) -> Markup:
    return Markup('<p><img src="{}.png" alt="{}"/></p>').format(figure.id, figure.alt)


def _identifier(brief: Brief) -> str:
    return f"urn:uuid:{uuid.uuid5(uuid.NAMESPACE_URL, 'dragoman:' + brief.id)}"


def _cover_page(brief: Brief) -> str:
    alt = escape(f"Cover: {brief.title}")
    return _xhtml(
        brief,
        "Cover",
        f'<div style="text-align: center"><img src="cover.png" alt="{alt}" style="max-width: 100%"/></div>',
    )


def _xhtml(brief: Brief, title: str, body: str) -> str:
    return (
        '<?xml version="1.0" encoding="utf-8"?>\n<!DOCTYPE html>\n<html xmlns="http://www.w3.org/1999/xhtml" '
        f'xmlns:epub="http://www.idpf.org/2007/ops" xml:lang="{brief.language}" lang="{brief.language}">\n'
        f"<head><title>{escape(title)}</title></head>\n<body>\n{body}\n</body>\n</html>\n"
    )


def _nav(brief: Brief, pages: list[Page]) -> str:
    items = "\n".join(f'<li><a href="{p.name}">{escape(p.title)}</a></li>' for p in pages[1:])
    return _xhtml(brief, "Contents", f'<nav epub:type="toc" id="toc"><h2>Contents</h2>\n<ol>\n{items}\n</ol></nav>')


def _ncx(brief: Brief, pages: list[Page]) -> str:
    points = "\n".join(
        f'<navPoint id="p{i}" playOrder="{i}"><navLabel><text>{escape(p.title)}</text></navLabel><content src="{p.name}"/></navPoint>'
        for i, p in enumerate(pages[1:], 1)
    )
    return (
        '<?xml version="1.0" encoding="utf-8"?>\n<ncx xmlns="http://www.daisy.org/z3986/2005/ncx/" version="2005-1">\n'
        f'<head><meta name="dtb:uid" content="{_identifier(brief)}"/><meta name="dtb:depth" content="1"/>'
        '<meta name="dtb:totalPageCount" content="0"/><meta name="dtb:maxPageNumber" content="0"/></head>\n'
        f"<docTitle><text>{escape(brief.title)}</text></docTitle>\n<navMap>\n{points}\n</navMap>\n</ncx>\n"
    )


def _package(brief: Brief, site: str, pages: list[Page], images: list[str]) -> str:
    items = [f'<item id="{_id(p.name)}" href="{p.name}" media-type="application/xhtml+xml"/>' for p in pages]
    items += [
        f'<item id="{_id(n)}" href="{n}" media-type="image/png"{" properties=" + chr(34) + "cover-image" + chr(34) if n == "cover.png" else ""}/>'
        for n in images
    ]
    spine = "\n".join(f'<itemref idref="{_id(p.name)}"/>' for p in pages)
    title = f"{brief.title} ({brief.period})"
    return (
        '<?xml version="1.0" encoding="utf-8"?>\n<package xmlns="http://www.idpf.org/2007/opf" version="3.0" unique-identifier="id" '
        f'xml:lang="{brief.language}">\n<metadata xmlns:dc="http://purl.org/dc/elements/1.1/">\n'
        f'<dc:identifier id="id">{_identifier(brief)}</dc:identifier>\n<dc:title>{escape(title)}</dc:title>\n'
        f"<dc:language>{brief.language}</dc:language>\n"
        f"<dc:creator>{escape(site)}</dc:creator>\n<dc:subject>{escape(brief.section)}</dc:subject>\n"
        f"<dc:description>{escape(' '.join((*brief.notices, *(s.text for s in brief.standfirst))))}</dc:description>\n"
        f'<meta property="dcterms:modified">{stamp().strftime("%Y-%m-%dT%H:%M:%SZ")}</meta>\n'
        f'<meta name="cover" content="cover-png"/>\n{ACCESS}</metadata>\n'
        '<manifest>\n<item id="nav" href="nav.xhtml" media-type="application/xhtml+xml" properties="nav"/>\n'
        '<item id="ncx" href="toc.ncx" media-type="application/x-dtbncx+xml"/>\n<item id="css" href="book.css" media-type="text/css"/>\n'
        + "\n".join(items)
        + f'\n</manifest>\n<spine toc="ncx">\n{spine}\n</spine>\n</package>\n'
    )


ACCESS = "".join(
    f'<meta property="schema:{name}">{value}</meta>\n'
    for name, value in (
        ("accessMode", "textual"), ("accessMode", "visual"), ("accessModeSufficient", "textual"), ("accessibilityFeature", "alternativeText"),
        ("accessibilityFeature", "tableOfContents"), ("accessibilityHazard", "none"),
        ("accessibilitySummary", "Every picture has a text that says what it shows."),
    )
)  # fmt: skip


def _id(name: str) -> str:
    return "f-" + name.replace(".", "-") if not name[0].isalpha() else name.replace(".", "-")
