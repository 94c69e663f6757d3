"""Make docs/gallery/: three briefs from examples/iran, and a picture of each page by Debian's Chromium.

python docs/gallery.py
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

GALLERY = Path(__file__).resolve().parent / "gallery"
ROOT = GALLERY.parent.parent
TOPICS = {"iran": "Iran", "hamas-iran": "Hamas–Iran", "syria": "Syria"}
EPOCH = "1767225600"
"""1 January 2026: the editions are the same bytes each time they are made."""

FLAGS = "--headless --no-sandbox --disable-gpu --no-first-run --disable-background-networking --hide-scrollbars".split()


def main() -> int:
    """Make all of it anew."""
    shutil.rmtree(GALLERY, ignore_errors=True)
    program = Path(sys.executable).with_name("dragoman")
    with tempfile.TemporaryDirectory() as name:
        ledger = str(Path(name) / "ledger.db")
        environment = {**os.environ, "SOURCE_DATE_EPOCH": EPOCH}
        subprocess.run([program, "read", ROOT / "examples/iran", "--ledger", ledger], check=True)
        for slug, topic in TOPICS.items():
            out = str(GALLERY / slug)
            command = [program, "brief", topic, "--ledger", ledger, "--out", out, "--format", "html,pdf,epub,md"]
            subprocess.run(command, check=True, env=environment, stdout=subprocess.DEVNULL)
            _pictured(GALLERY / slug / "index.html", GALLERY / f"{slug}.png", Path(name) / "profile")
    return 0


def _pictured(page: Path, picture: Path, profile: Path) -> None:
    chromium = shutil.which("chromium") or "chromium"
    size = ["--window-size=1280,1500", f"--user-data-dir={profile}", f"--screenshot={picture}"]
    subprocess.run([chromium, *FLAGS, *size, page.as_uri()], check=True, capture_output=True, timeout=120)


if __name__ == "__main__":
    sys.exit(main())
