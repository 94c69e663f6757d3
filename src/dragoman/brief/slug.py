"""File names and anchors from names that strangers wrote."""

from __future__ import annotations

import re

from anyascii import anyascii


def slug(text: str, most: int = 60) -> str:
    """Lower-case ASCII words joined by hyphens; `brief` where nothing is left."""
    words = re.sub(r"[^a-z0-9]+", "-", anyascii(text).lower()).strip("-")[:most].strip("-")
    return words or "brief"
