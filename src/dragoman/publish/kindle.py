"""What Send-to-Kindle is known to refuse in an EPUB, looked for before a book is sent."""

from __future__ import annotations

import io
import re
import zipfile

from defusedxml import ElementTree
from defusedxml.common import DefusedXmlException

LARGEST = 10 * 1024 * 1024
XHTML, XML = "{http://www.w3.org/1999/xhtml}", "{http://www.w3.org/XML/1998/namespace}"
PICTURES = (".png", ".jpg", ".jpeg", ".gif")


def refusals(book: bytes) -> list[str]:
    """Why an e-reader would refuse this EPUB, as sentences; empty for a book that it takes.

    Looked for: more than 10 MB, script, pictures other than PNG, JPEG or GIF, pictures without words, no language, CSS variables.
    """
    found = [f"it has {len(book):,} bytes, {LARGEST:,} at most"] if len(book) > LARGEST else []
    try:
        with zipfile.ZipFile(io.BytesIO(book)) as held:
            for name in held.namelist():
                found += _file(name, held.read(name))
    except (zipfile.BadZipFile, ElementTree.ParseError, DefusedXmlException) as error:
        return [*found, f"it is no sound EPUB: {error}"]
    return found


def _file(name: str, content: bytes) -> list[str]:
    low = name.lower()
    if low.endswith(".css"):
        bad = re.search(rb"var\(|(?:^|[{;\s])--[\w-]+\s*:", content)
        return [f"{name} uses CSS variables"] if bad else []
    if low.endswith((".js", ".svg", ".webp", ".avif")):
        return [f"{name} is of a kind that is not taken"]
    if low.endswith((".xhtml", ".html")):
        return _page(name, content)
    if low.endswith(".opf"):
        return [] if re.search(rb"<dc:language>\s*[a-zA-Z]{2}", content) else [f"{name} names no language"]
    return []


def _page(name: str, content: bytes) -> list[str]:
    tree = ElementTree.fromstring(content)
    found = [] if tree.get(f"{XML}lang") or tree.get("lang") else [f"{name} names no language"]
    for node in tree.iter():
        if node.tag == f"{XHTML}script":
            found.append(f"{name} has a script")
        if node.tag == f"{XHTML}img":
            if not (node.get("alt") or "").strip():
                found.append(f"{name} has a picture without words")
            if not (node.get("src") or "").lower().endswith(PICTURES):
                found.append(f"{name} has a picture that is no PNG, JPEG or GIF")
    return found
