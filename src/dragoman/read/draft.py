"""A draft is what a reader of one format found; `finished` makes the report of it."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from dataclasses import dataclass, replace
from datetime import date
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from ..model import Report
from .boilerplate import furniture
from .language import language_of
from .limits import LIMITS, EmptyError, Limits, TooLargeError

NOTICES: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("retraction", re.compile(r"(?:retraction|retracted|withdrawn|kill(?:ed)? notice)\b\s*[:\-–—]?", re.IGNORECASE)),
    ("correction", re.compile(r"(?:correction|corrected|clarification|erratum)\b\s*[:\-–—(]?", re.IGNORECASE)),
    ("update", re.compile(r"(?:update|updated)(?: \d+)?\s*[:\-–—]", re.IGNORECASE)),
)
"""How a report says at its head that it mends an earlier one."""

REPLACES = re.compile(
    r"\b(?:replaces|corrects|supersedes|retracts)\b[^.\n]{0,80}?(https?://[^\s<>\")]+)", re.IGNORECASE
)
TRACKING = re.compile(r"^(?:utm_|fbclid|gclid|mc_|ref$|ref_|cmpid|ocid|smid|s$)", re.IGNORECASE)
BLANKS = re.compile(r"[ \t\u00a0\u2000-\u200a\u202f\u205f\u3000]+")
UNSEEN = dict.fromkeys(
    [
        *range(0x09),
        0x0B,
        0x0C,
        *range(0x0E, 0x20),
        0x7F,
        0x00AD,
        0x200B,
        0x2060,
        0xFEFF,
        *range(0x202A, 0x202F),
        *range(0x2066, 0x206A),
        *range(0xD800, 0xE000),
    ]
)
"""Control, soft-hyphen, zero-width and direction-override characters, halves of characters: unseen by a reader, a hiding place for others."""


@dataclass(frozen=True)
class Draft:
    """What a reader of one format found. Paragraphs hold no blank lines; `stub` means the publication gave only a summary."""

    paragraphs: tuple[str, ...]
    title: str | None = None
    url: str | None = None
    outlet: str | None = None
    section: str | None = None
    authors: tuple[str, ...] = ()
    published: date | None = None
    notice: str | None = None
    replaces: str | None = None


def finished(draft: Draft, limits: Limits = LIMITS) -> Report:
    """The report of a draft: furniture dropped, blanks tidied, language told, identity given.

    Raises:
        EmptyError: no text is left.
        TooLargeError: more text than one report can have.
    """
    title = tidied(draft.title or "") or None
    paragraphs = _without_title([p for p in map(tidied, _kept(draft.paragraphs)) if p], title)
    if not paragraphs and not title:
        raise EmptyError("no text of a report was found in it")
    text = "\n\n".join([title, *paragraphs] if title else paragraphs)
    if len(text) > limits.text_chars:
        raise TooLargeError(
            f"{len(text):,} characters of text; one report has at most {limits.text_chars:,}. Split it and read the parts"
        )
    url = canonical(draft.url) if draft.url else None
    notice, replaces = draft.notice or notice_of(title, paragraphs), draft.replaces or replaced_by(paragraphs)
    return Report(
        id=identity(url, draft.outlet, draft.published, text),
        text=text,
        title=title,
        url=url,
        outlet=tidied(draft.outlet or "") or None,
        section=tidied(draft.section or "") or None,
        authors=draft.authors,
        published=draft.published,
        language=language_of(text),
        notice=notice,
        replaces=replaces if notice else None,
        body=len(title) + 2 if title and paragraphs else 0,
    )


def given(report_id: str | None, text: str, meta: Draft) -> Report:
    """A report of a text that must stay as it is (`--lines`, `--text`): nothing cleaned, normalised or prepended.

    Raises:
        EmptyError: nothing but blanks.
    """
    if not text.strip():
        raise EmptyError("there is nothing but blanks; expected the text of a report")
    report = Report(
        id=report_id or identity(meta.url, meta.outlet, meta.published, text),
        text=text,
        title=meta.title,
        url=meta.url,
        outlet=meta.outlet,
        section=meta.section,
        authors=meta.authors,
        published=meta.published,
        language=language_of(text),
    )
    body = len(meta.title) if meta.title and text.startswith(meta.title) else 0
    return replace(report, body=body)


def identity(url: str | None, outlet: str | None, published: date | None, text: str) -> str:
    """16 hexadecimal digits: of the canonical URL, else of outlet, date and normalised text; never of a file's path."""
    key = f"url\n{url}" if url else f"text\n{outlet or ''}\n{published or ''}\n{normalised(text)}"
    return hashlib.sha256(key.encode("utf-8", "surrogatepass")).hexdigest()[:16]


def normalised(text: str) -> str:
    """The text as identity sees it: compatibility form, lower case, single blanks."""
    return " ".join(unicodedata.normalize("NFKC", text).lower().split())


def canonical(url: str) -> str | None:
    """A URL without fragment, tracking parameters and letter case of its host; None where it is not http(s)."""
    try:
        parts = urlsplit(url.strip())
        host = (parts.hostname or "").lower()
        port = f":{parts.port}" if parts.port not in (None, 80, 443) else ""
    except ValueError:
        return None
    if parts.scheme.lower() not in ("http", "https") or not host:
        return None
    query = urlencode([(k, v) for k, v in parse_qsl(parts.query, keep_blank_values=True) if not TRACKING.match(k)])
    return urlunsplit((parts.scheme.lower(), host + port, parts.path or "/", query, ""))


def tidied(text: str) -> str:
    """One line: unseen characters out, runs of blanks to one, ends trimmed."""
    return BLANKS.sub(" ", text.translate(UNSEEN).replace("\r", " ").replace("\n", " ")).strip()


def notice_of(title: str | None, paragraphs: list[str]) -> str | None:
    """correction, retraction, update or None, from the first words of the title or of the first paragraph."""
    for place in (title or "", paragraphs[0] if paragraphs else ""):
        for name, pattern in NOTICES:
            if pattern.match(place):
                return name
    return None


def replaced_by(paragraphs: list[str]) -> str | None:
    """The URL that a correction says it replaces."""
    for paragraph in (*paragraphs[:2], *paragraphs[-2:]):
        found = REPLACES.search(paragraph)
        if found:
            return canonical(found.group(1).rstrip(".,;"))
    return None


def _kept(paragraphs: tuple[str, ...]) -> list[str]:
    """Paragraphs without the lines that are furniture as a whole."""
    is_line = furniture().is_line
    kept = []
    for paragraph in paragraphs:
        lines = [line for line in paragraph.splitlines() if line.strip() and not is_line(line)]
        if lines:
            kept.append("\n".join(lines))
    return kept


def _without_title(paragraphs: list[str], title: str | None) -> list[str]:
    """The body without a repetition of the title at its head."""
    if title and paragraphs and normalised(paragraphs[0]) == normalised(title):
        return paragraphs[1:]
    return paragraphs
