"""The cover of the book edition as PNG, set by typst."""

from __future__ import annotations

import tempfile
from importlib import resources

import typst

from dragoman.brief.english import day_text
from dragoman.brief.model import Brief
from dragoman.publish.draw import fonts


def cover(brief: Brief, site: str) -> bytes:
    """A sheet of two by three with site, section, title and period."""
    template = resources.files("dragoman.publish").joinpath("templates/cover.typ").read_bytes()
    words = {
        "site": site, "section": brief.section, "title": brief.title, "period": brief.period, "composed": day_text(brief.composed),
        "notice": " ".join(brief.notices),
    }  # fmt: skip
    with tempfile.TemporaryDirectory() as root:
        made = typst.compile(
            template, root=root, font_paths=[str(fonts())], ignore_system_fonts=True, sys_inputs=words, format="png", ppi=170,
            package_path=root, package_cache_path=root,
        )  # fmt: skip
    return bytes(made)
