"""The installed program, run as a user runs it."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

PROGRAM = Path(sys.executable).with_name("dragoman")


def dragoman(*arguments: str, stdin: bytes = b"", **environment: str) -> subprocess.CompletedProcess[bytes]:
    """Run a command line; both streams as bytes."""
    return subprocess.run(
        [str(PROGRAM), *arguments],
        input=stdin,
        capture_output=True,
        env={**os.environ, **environment},
        timeout=120,
        check=False,
    )


def shell(command: str, folder: Path, **environment: str) -> subprocess.CompletedProcess[bytes]:
    """Run a line of bash in which `dragoman` is the program."""
    path = f"{PROGRAM.parent}:{os.environ['PATH']}"
    return subprocess.run(
        ["bash", "-c", command], cwd=folder, capture_output=True, env={**os.environ, "PATH": path, **environment}, timeout=120, check=False
    )  # fmt: skip
