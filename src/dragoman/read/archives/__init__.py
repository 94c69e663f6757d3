"""Archives: one file, many reports. Each is read from a stream, piece by piece, so that none is held in memory whole.

sniff      first bytes     → which archive it is, or None
opened     stream          → pieces, and failures where a part is damaged
"""

from .opened import opened
from .sniff import archive_of

__all__ = ["archive_of", "opened"]
