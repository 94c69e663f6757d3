"""Write the real output under each `$ dragoman …` of the documentation's console blocks.

    python docs/refresh.py README.md docs/commands.md

Commands are typed in a fresh folder that has examples/ in it, one ledger for all of them. Long output is cut, and says so.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
BLOCK = re.compile(r"^```console\n(.*?)^```", re.MULTILINE | re.DOTALL)
MOST_LINES, MOST_WIDTH = 16, 150


def refreshed(text: str, folder: Path) -> str:
    """The page with every console block run again."""
    return BLOCK.sub(lambda block: f"```console\n{_block(block.group(1), folder)}```", text)


def _block(block: str, folder: Path) -> str:
    lines = [line for line in block.split("\n") if line.startswith("$ ")]
    return "".join(f"{line}\n{_output(line[2:], folder)}" for line in lines)


def _output(command: str, folder: Path) -> str:
    if "dragoman" not in command:
        return ""
    path = f"{Path(sys.executable).parent}:{os.environ['PATH']}"
    environment = {**os.environ, "PATH": path, "DRAGOMAN_LEDGER": str(folder / "ledger.db"), "COLUMNS": "110"}
    done = subprocess.run(
        ["bash", "-c", command], cwd=folder, env=environment, capture_output=True, text=True, check=True
    )
    shown = [line.rstrip() for line in done.stdout.replace(str(folder), "~").split("\n")]
    lines = [line if len(line) <= MOST_WIDTH else line[: MOST_WIDTH - 2] + " …" for line in shown if line]
    if len(lines) > MOST_LINES:
        lines = [*lines[:MOST_LINES], f"… ({len(lines) - MOST_LINES} more lines)"]
    return "".join(f"{line}\n" for line in lines)


def main() -> int:
    """Refresh the pages that are named."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "examples").symlink_to(ROOT / "examples")
        for page in map(Path, sys.argv[1:]):
            page.write_text(refreshed(page.read_text(encoding="utf-8"), folder), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
