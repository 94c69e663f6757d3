"""Editions of a brief: page, PDF, EPUB, Markdown, mail and data."""

from dragoman.publish.draw import Gallery
from dragoman.publish.editions import FORMATS, publish

__all__ = ["FORMATS", "Gallery", "publish"]
