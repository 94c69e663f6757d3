"""Reading: bytes from files, folders, archives, feeds, pages and mail become reports, or failures that say why not.

    sources    REPORTS as the user typed them   → items (a name and a way to get its bytes)
    archives   items                            → pieces: files, or members, lines, rows, records, articles of archives
    sniff      bytes                            → what they are, by content and not by suffix
    text, html, pdf, mail, mhtml, docx, epub, feed, exports, columns   → drafts (title, body, metadata)
    draft      draft                            → Report: cleaned, dated, language known, identity given

`fetch` is the only module that opens a network connection.
"""

from .columns import columns_of
from .draft import Draft
from .limits import LIMITS, Limits
from .lines import read_given, read_lines
from .pieces import Options, Piece, key_of
from .sources import total_bytes
from .stream import pieces, read, read_piece

__all__ = [
    "LIMITS",
    "Draft",
    "Limits",
    "Options",
    "Piece",
    "columns_of",
    "key_of",
    "pieces",
    "read",
    "read_given",
    "read_lines",
    "read_piece",
    "total_bytes",
]
