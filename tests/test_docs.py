"""The documentation: its commands run, every command of the program is named in it, its links lead somewhere."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PAGES = sorted([ROOT / "README.md", *(ROOT / "docs").glob("*.md")])
PROGRAM = Path(sys.executable).with_name("dragoman")
BLOCK = re.compile(r"^```console\n(.*?)^```", re.MULTILINE | re.DOTALL)
LINK = re.compile(r"\]\((?!https?:|#|mailto:)([^)#\s]+)")


def commands(page: Path) -> list[str]:
    """The lines that begin with `$ dragoman` in the page's console blocks."""
    lines = [line for block in BLOCK.findall(page.read_text(encoding="utf-8")) for line in block.split("\n")]
    return [line[2:] for line in lines if line.startswith("$ ") and "dragoman" in line]


ALL = list(dict.fromkeys(command for page in PAGES for command in commands(page)))


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the example corpus and a ledger that has read it, in which the commands are typed."""
    folder = tmp_path_factory.mktemp("docs")
    (folder / "examples").symlink_to(ROOT / "examples")
    run(f"{PROGRAM} read examples/iran", folder)
    return folder


def run(command: str, folder: Path) -> subprocess.CompletedProcess[str]:
    environment = {
        **os.environ,
        "DRAGOMAN_LEDGER": str(folder / "ledger.db"),
        "PATH": f"{PROGRAM.parent}:{os.environ['PATH']}",
    }
    return subprocess.run(
        ["bash", "-c", command], cwd=folder, env=environment, capture_output=True, text=True, timeout=300, check=False
    )


@pytest.mark.model
@pytest.mark.parametrize("command", ALL)
def test_every_command_in_the_documentation_runs(command: str, home: Path) -> None:
    done = run(command, home)
    assert done.returncode == 0, done.stderr[-2000:]


def test_every_command_of_the_program_is_documented() -> None:
    shown = subprocess.run([str(PROGRAM), "--help"], capture_output=True, text=True, check=True).stdout
    names = re.findall(r"^  ([a-z]+)  ", shown, re.MULTILINE)
    text = " ".join(page.read_text(encoding="utf-8") for page in PAGES)
    assert names
    assert [name for name in names if f"dragoman {name}" not in text] == []


@pytest.mark.parametrize("page", PAGES, ids=lambda p: p.name)
def test_links_lead_somewhere(page: Path) -> None:
    broken = [link for link in LINK.findall(page.read_text(encoding="utf-8")) if not (page.parent / link).exists()]
    assert not broken


def test_the_commands_are_shell_words() -> None:
    assert ALL
    for command in ALL:
        assert shlex.split(command)
