"""The cover of the book edition as PNG, set by typst."""

from __future__ import annotations

from dragoman.brief.english import day_text
from dragoman.brief.model import Brief
from dragoman.publish.typeset import typeset


def cover(brief: Brief, site: str) -> bytes:
    """A sheet of two by three with site, section, title and period."""
    words = {
        "site": site, "section": brief.section, "title": brief.title, "period": brief.period, "composed": day_text(brief.composed),
        "notice": " ".join(brief.notices),
    }  # fmt: skip
    return typeset("cover.typ", words, format="png", ppi=170.0)
