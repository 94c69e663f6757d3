"""Names of private persons are in no edition; those of office holders stay."""

from __future__ import annotations

import email
import re
import zipfile
from email import policy
from pathlib import Path

import pypdf
import pytest

from dragoman.cli.app import _status

pytestmark = [pytest.mark.model, pytest.mark.slow]
REPORT = """Baker hurt in clash

By Mina Corvall

TEHRAN, 3 March 2014 (Gulf Ledger) - Police beat Behzad Tavarkhan, a baker, in Tehran on Monday, said Laleh Ostovan, his neighbour.
President Hassan Rouhani condemned the police on Tuesday. "Tavarkhan did nothing," Ostovan said. Iran praised Behzad Tavarkhan on
Wednesday. Iran and Turkey held talks on Thursday.
"""


def contents(made: Path) -> str:
    """All words of all editions in a folder."""
    words: list[str] = []
    for path in sorted(p for p in made.rglob("*") if p.is_file() and "assets" not in p.parts):
        words.append(path.name)
        if path.suffix == ".pdf":
            words += [p.extract_text() for p in pypdf.PdfReader(path).pages]
        elif path.suffix in (".epub", ".docx"):
            with zipfile.ZipFile(path) as book:
                words += [book.read(n).decode() for n in book.namelist() if not n.endswith(".png")]
        elif path.suffix == ".eml":
            mail = email.message_from_bytes(path.read_bytes(), policy=policy.default)
            words += [
                str(mail["Subject"]),
                *(p.get_content() for p in mail.walk() if p.get_content_maintype() == "text"),
            ]
        else:
            words.append(path.read_text(encoding="utf-8"))
    return re.sub(r"\s+", " ", " ".join(words))


def made(folder: Path, topic: str, *more: str) -> str:
    command = ["brief", topic, "--ledger", str(folder / "my.db"), "--out", str(folder / "out"), *more]
    assert _status([*command, "--format", "html,pdf,epub,md,docx,bibtex,json,mail"]) == 0
    return contents(folder / "out")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "one.txt").write_text(REPORT)
    read = ["read", str(tmp_path / "one.txt"), "--published", "2014-03-06", "--ledger", str(tmp_path / "my.db")]
    assert _status(read) == 0
    return tmp_path


def test_private_names_are_in_no_edition(folder: Path) -> None:
    whole = made(folder, "Iran")
    assert "Tavarkhan" in whole and "Rouhani" in whole
    hidden = made(folder, "Iran", "--redact")
    for name in ("Tavarkhan", "Behzad", "Ostovan", "Laleh"):
        assert name.casefold() not in hidden.casefold(), re.findall(rf".{{40}}{name}.{{40}}", hidden, re.IGNORECASE)[:3]
    assert "[name withheld]" in hidden and "Rouhani" in hidden and "Turkey" in hidden
    ids = re.findall(r' id="([^"]+)"', (folder / "out/index.html").read_text(encoding="utf-8"))
    assert len(ids) == len(set(ids)) and not [i for i in ids if " " in i]


def test_a_brief_on_a_private_person_does_not_name_him(folder: Path) -> None:
    assert "tavarkhan" not in made(folder, "Behzad Tavarkhan", "--redact").casefold()
