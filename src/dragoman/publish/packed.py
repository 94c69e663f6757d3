"""ZIP files that hold an edition: the same parts give the same bytes."""

from __future__ import annotations

import zipfile
from collections.abc import Mapping
from pathlib import Path

from dragoman.publish.clock import stamp

STORED = (".png",)


def pack(target: Path, parts: Mapping[str, bytes], stored: tuple[str, ...] = ()) -> None:
    """Writes the parts in order, timed by the clock of editions; pictures and those named in `stored` are not deflated."""
    when = stamp()
    moment = (max(when.year, 1980), when.month, when.day, when.hour, when.minute, when.second // 2 * 2)
    target.parent.mkdir(parents=True, exist_ok=True)
    with zipfile.ZipFile(target, "w") as book:
        for name, content in parts.items():
            info = zipfile.ZipInfo(name, moment)
            flat = name in stored or name.endswith(STORED)
            info.compress_type = zipfile.ZIP_STORED if flat else zipfile.ZIP_DEFLATED
            info.external_attr, info.create_system = 0o644 << 16, 3
            book.writestr(info, content)
