"""Reading: bytes from files, folders, feeds, pages and mail become reports, or failures that say why not.

    sources   REPORTS as the user typed them   → items (a name and a way to get its bytes)
    sniff     bytes                            → what they are, by content and not by suffix
    text, html, pdf, mail, epub, feed          → drafts (title, body, metadata)
    draft     draft                            → Report: cleaned, dated, language known, identity given

`fetch` is the only module that opens a network connection.
"""

from .draft import Draft
from .limits import LIMITS, Limits
from .lines import read_given, read_lines
from .stream import read

__all__ = ["LIMITS", "Draft", "Limits", "read", "read_given", "read_lines"]
