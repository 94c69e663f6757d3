"""Saved web pages: article text by trafilatura, date by htmldate, the rest from the page's metadata."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from htmldate import find_date
from lxml import etree
from lxml import html as lxml_html
from trafilatura import bare_extraction
from trafilatura.settings import use_config

from .dates import iso_date
from .draft import Draft, tidied
from .limits import EmptyError, FormatError
from .text import read_text

EARLIEST = date(1990, 1, 1)
"""No web page is older; earlier dates in a page are of what it tells about."""

SECTION_META = (
    "article:section",
    "section",
    "sailthru.section",
    "parsely-section",
    "cxenseparse:section",
    "dcterms.subject",
)
OUTLET_META = ("og:site_name", "application-name", "publisher", "dc.publisher")
AUTHOR_META = ("author", "article:author", "dc.creator", "byl", "parsely-author", "sailthru.author")
NOT_NAMES = re.compile(
    r"https?://|www\.|@|^\W*$|^(?:admin|staff|editor|editors|guest|webmaster|unknown|none)$", re.IGNORECASE
)
LONG_TAG = re.compile(r"<[A-Za-z][^<>]{5000,}")
QUOTED = re.compile(r"\"[^\"]*\"|'[^']*'")
MOST_ATTRIBUTES = 1_000
BLANK = re.compile(r"\n\s*\n")


def read_html(text: str, url: str | None = None) -> Draft:
    """The draft of a page.

    1. trafilatura finds the article; where it finds nothing the visible text is read as plain text.
    2. Title, authors, outlet, section, canonical URL come from the page's metadata.
    3. The date is htmldate's, unless the metadata of the page names one.

    Raises:
        FormatError: not even a tree could be built.
        EmptyError: the page shows no text.
    """
    _must_be_sane(text)
    tree = _tree(text)
    meta = _metadata(tree)
    own_url = _canonical(tree) or meta.get("og:url") or url
    found = _extracted(text, own_url)
    paragraphs = tuple(p for p in (found.get("text") or "").split("\n") if p.strip())
    if not paragraphs:
        paragraphs = _visible(tree)
    return Draft(
        paragraphs=paragraphs,
        title=_title(found, meta, tree),
        url=own_url,
        outlet=_first(meta, OUTLET_META) or found.get("sitename"),
        section=_section(meta, found),
        authors=_authors(meta, found),
        published=_published(text, own_url, meta),
    )


def _must_be_sane(text: str) -> None:
    """Parsing takes the square of the number of attributes of a tag: thousands of them would hold the program for hours.

    Raises:
        FormatError: a tag has more than `MOST_ATTRIBUTES`.
    """
    for tag in LONG_TAG.findall(text):
        if len(QUOTED.sub("", tag).split()) > MOST_ATTRIBUTES:
            raise FormatError(
                f"a tag of the page has more than {MOST_ATTRIBUTES:,} attributes, which no page needs; refused"
            )


def _tree(text: str) -> Any:
    try:
        parser = lxml_html.HTMLParser(encoding="utf-8", remove_comments=True, no_network=True)
        tree = lxml_html.document_fromstring(text.encode("utf-8", "replace"), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError) as error:
        raise FormatError(f"the page cannot be read as HTML: {error}") from error
    return tree


def _extracted(text: str, url: str | None) -> dict[str, Any]:
    config = use_config()
    config.set("DEFAULT", "EXTRACTION_TIMEOUT", "0")
    found = bare_extraction(
        text,
        url=url,
        with_metadata=True,
        include_comments=False,
        include_tables=True,
        config=config,
        date_extraction_params=None,
    )
    if found is None:
        return {}
    return found if isinstance(found, dict) else dict(found.as_dict())


def _metadata(tree: Any) -> dict[str, str]:
    """The first value of each meta element, by its name or property in lower case."""
    values: dict[str, str] = {}
    for element in tree.iter("meta"):
        name = (element.get("property") or element.get("name") or element.get("itemprop") or "").strip().lower()
        content = tidied(element.get("content") or "")
        if name and content:
            values.setdefault(name, content)
    return values


def _canonical(tree: Any) -> str | None:
    for element in tree.iter("link"):
        if (element.get("rel") or "").lower() == "canonical" and (element.get("href") or "").startswith("http"):
            return str(element.get("href"))
    return None


def _title(found: dict[str, Any], meta: dict[str, str], tree: Any) -> str | None:
    """The main heading of the page where it has one; else what the metadata call it."""
    headings = [tidied(h.text_content()) for h in tree.iter("h1")]
    headings = [h for h in headings if h]
    wanted = tidied(meta.get("og:title") or found.get("title") or "")
    for heading in headings:
        if wanted and (heading in wanted or wanted in heading):
            return heading
    if wanted:
        return wanted
    if len(headings) == 1:
        return headings[0]
    page = tree.find(".//title")
    return tidied(page.text_content()) or None if page is not None else None


def _section(meta: dict[str, str], found: dict[str, Any]) -> str | None:
    named = _first(meta, SECTION_META)
    if named:
        return named
    categories = found.get("categories") or []
    return tidied(categories[0]) or None if categories else None


def _authors(meta: dict[str, str], found: dict[str, Any]) -> tuple[str, ...]:
    said = found.get("author") or _first(meta, AUTHOR_META) or ""
    names = [tidied(re.sub(r"^by\s+", "", part, flags=re.IGNORECASE)) for part in re.split(r";|, | and ", said)]
    return tuple(dict.fromkeys(n for n in names if n and not NOT_NAMES.search(n) and len(n) < 80))


def _published(text: str, url: str | None, meta: dict[str, str]) -> date | None:
    said = iso_date(meta.get("article:published_time") or meta.get("datepublished"))
    if said is None:
        said = iso_date(
            find_date(
                text,
                url=url,
                original_date=True,
                extensive_search=True,
                min_date=EARLIEST.isoformat(),
                max_date=_tomorrow(),
            )
        )
    return said if said and said >= EARLIEST else None


def _tomorrow() -> str:
    return (date.today() + timedelta(days=1)).isoformat()


def _visible(tree: Any) -> tuple[str, ...]:
    """All text a reader would see, for pages in which no article was found."""
    for element in list(
        tree.iter("script", "style", "noscript", "template", "nav", "header", "footer", "form", "aside", "head")
    ):
        element.drop_tree()
    for element in tree.iter("p", "div", "li", "br", "tr", "h1", "h2", "h3", "blockquote"):
        element.tail = "\n\n" + (element.tail or "")
    draft = read_text(BLANK.sub("\n\n", tree.text_content()))
    lines = ([draft.title] if draft.title else []) + list(draft.paragraphs)
    if not lines:
        raise EmptyError("the page shows no text")
    return tuple(lines)


def _first(values: dict[str, str], names: Iterable[str]) -> str | None:
    return next((values[name] for name in names if values.get(name)), None)
