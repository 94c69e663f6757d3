"""An Atom feed of the timeline: one entry per happening, newest first."""

from __future__ import annotations

from collections.abc import Sequence
from xml.etree import ElementTree

from dragoman.brief.english import parse_day
from dragoman.brief.issue import News
from dragoman.brief.model import Brief, Entry, Timeline
from dragoman.brief.slug import slug
from dragoman.publish.clock import stamp

ATOM = "http://www.w3.org/2005/Atom"


def atom(brief: Brief, site: str) -> str:
    """The feed as XML; ids are tags of the brief's and the entries' own digests, so readers see new entries only."""
    ElementTree.register_namespace("", ATOM)
    feed = ElementTree.Element(f"{{{ATOM}}}feed", {"{http://www.w3.org/XML/1998/namespace}lang": brief.language})
    _add(feed, "id", f"urn:dragoman:{brief.id}")
    _add(feed, "title", f"{site}: {brief.section}")
    _add(feed, "subtitle", " ".join((*brief.notices, brief.title)))
    _add(feed, "updated", stamp().strftime("%Y-%m-%dT%H:%M:%SZ"))
    _add(_add(feed, "author"), "name", site)
    _add(feed, "link").attrib.update({"rel": "alternate", "type": "text/html", "href": "index.html"})
    for i, entry in enumerate(_entries(brief)):
        _entry(feed, brief, entry, i)
    ElementTree.indent(feed)
    return '<?xml version="1.0" encoding="utf-8"?>\n' + ElementTree.tostring(feed, encoding="unicode") + "\n"


def issue_atom(bound: Brief, rows: Sequence[tuple[str, Brief, News]], site: str) -> str:
    """The feed of an issue: one entry per brief, which is new to readers where the brief says something else than before."""
    ElementTree.register_namespace("", ATOM)
    feed = ElementTree.Element(f"{{{ATOM}}}feed", {"{http://www.w3.org/XML/1998/namespace}lang": bound.language})
    _add(feed, "id", f"urn:dragoman:issue:{slug(site)}")
    _add(feed, "title", site)
    _add(feed, "subtitle", " ".join((*bound.notices, bound.title)))
    _add(feed, "updated", stamp().strftime("%Y-%m-%dT%H:%M:%SZ"))
    _add(_add(feed, "author"), "name", site)
    _add(feed, "link").attrib.update({"rel": "alternate", "type": "text/html", "href": "index.html"})
    for folder, brief, news in rows:
        item = _add(feed, "entry")
        _add(item, "id", f"urn:dragoman:{brief.id}")
        _add(item, "title", f"{brief.topic.name}: {brief.title}")
        _add(item, "updated", stamp().strftime("%Y-%m-%dT%H:%M:%SZ"))
        _add(item, "link").attrib.update({"rel": "alternate", "href": f"{folder}/index.html"})
        _add(item, "summary", " ".join((*(s.text for s in brief.standfirst), *news.fresh[:4])))
    ElementTree.indent(feed)
    return '<?xml version="1.0" encoding="utf-8"?>\n' + ElementTree.tostring(feed, encoding="unicode") + "\n"


def _entries(brief: Brief) -> list[Entry]:
    return [e for s in brief.sections for b in s.blocks if isinstance(b, Timeline) for e in b.entries][:30]


def _entry(feed: ElementTree.Element, brief: Brief, entry: Entry, i: int) -> None:
    item = _add(feed, "entry")
    claims = [brief.note(n).claims[0] for n in entry.what.notes[:1]]
    _add(item, "id", f"urn:dragoman:{brief.id}:{claims[0] if claims else i}")
    _add(item, "title", f"{entry.day}: {entry.what.text}")
    day = parse_day(entry.iso)
    _add(item, "updated", f"{day.isoformat()}T00:00:00Z" if day else stamp().strftime("%Y-%m-%dT%H:%M:%SZ"))
    _add(item, "link").attrib.update({"rel": "alternate", "href": "index.html#timeline"})
    words = f"{entry.how}. “{entry.quote}” {entry.quoted}" if entry.quote else f"{entry.how}. {entry.quoted}"
    _add(item, "summary", words)


def _add(parent: ElementTree.Element, name: str, text: str | None = None) -> ElementTree.Element:
    child = ElementTree.SubElement(parent, f"{{{ATOM}}}{name}")
    child.text = text
    return child
