"""Words of strangers as XML."""

from __future__ import annotations

import re
from html import escape

BAD = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
"""What XML 1.0 cannot hold."""


def escaped(text: str) -> str:
    """The text as it may stand in an element or an attribute."""
    return escape(BAD.sub("", text), quote=True)
