"""Standard streams: data only on the output, UTF-8 whatever the locale, no noise when a reader goes."""

from __future__ import annotations

import json
import os
import subprocess
import time
from pathlib import Path

import pytest

from .program import PROGRAM, dragoman, shell

SENTENCE = "Canada expelled two diplomats of Sarvan on Friday, officials in Ottawa said."


def test_help_starts_fast_and_loads_no_numbers() -> None:
    began = os.times()
    assert dragoman("--help").returncode == 0
    ended = os.times()
    assert (ended.children_user + ended.children_system) - (began.children_user + began.children_system) < 0.5
    code = "import sys, dragoman.cli; print([m for m in ('numpy', 'trafilatura', 'onnxruntime', 'lxml') if m in sys.modules])"
    done = subprocess.run([PROGRAM.with_name("python"), "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


@pytest.mark.parametrize(
    "locale",
    [
        {"LC_ALL": "C"},
        {"LC_ALL": "POSIX", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"},
        {"PYTHONIOENCODING": "ascii"},
    ],
)
def test_output_is_utf8_in_every_locale(locale: dict[str, str]) -> None:
    done = dragoman("actors", "resolve", "--jsonl", stdin="Straßenfest – “Zürich”".encode(), **locale)
    assert done.returncode == 0
    assert json.loads(done.stdout.decode("utf-8"))["text"] == "Straßenfest – “Zürich”"


def test_a_reader_that_goes_is_no_error(tmp_path: Path) -> None:
    done = shell("dragoman actors find a --limit 4000 --json | head -n 1; exit ${PIPESTATUS[0]}", tmp_path)
    assert (done.returncode, done.stderr) == (0, b"")
    assert done.stdout.count(b"\n") == 1


@pytest.mark.parametrize("closed", [">&-", "2>&-", "<&-"])
def test_closed_streams_are_no_fault(closed: str, tmp_path: Path) -> None:
    done = shell(f"dragoman actors resolve Hamas {closed}", tmp_path)
    assert (done.returncode, done.stderr) == (0, b"")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="the system has no /dev/full")
def test_a_full_disk_is_told(tmp_path: Path) -> None:
    done = shell("dragoman actors resolve Hamas > /dev/full", tmp_path)
    assert done.returncode == 2
    assert done.stderr.decode().strip().endswith("nothing is lost")


def test_a_home_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    done = dragoman("events", HOME=str(tmp_path / "file"), XDG_DATA_HOME="", DRAGOMAN_LEDGER="")
    assert (done.returncode, done.stdout) == (2, b"")
    assert b"give --ledger FILE or set DRAGOMAN_LEDGER" in done.stderr


def test_a_file_name_in_no_encoding_is_shown(tmp_path: Path) -> None:
    (tmp_path / os.fsdecode(b"\xff.txt")).write_bytes(b"")
    done = dragoman("code", str(tmp_path))
    assert done.returncode == 3
    assert json.loads(done.stdout)["failures"][0]["error"] == "EmptyError"
    assert b"Traceback" not in done.stderr


@pytest.mark.model
def test_text_from_standard_input_stays_as_it_is() -> None:
    done = dragoman("code", "--text", stdin=f"{SENTENCE}\r\n".encode(), LC_ALL="C")
    assert json.loads(done.stdout)["report"]["text"] == f"{SENTENCE}\r\n"


@pytest.mark.parametrize(
    ("given", "error"), [(b"", "EmptyError"), (b"\n \n", "EmptyError"), (b"caf\xe9", "EncodingError")]
)
def test_text_that_is_none_is_a_failure_row(given: bytes, error: str) -> None:
    done = dragoman("code", "--text", stdin=given)
    assert done.returncode == 3
    assert json.loads(done.stdout)["failures"][0]["error"] == error


@pytest.mark.model
def test_lines_of_standard_input_keep_their_order_with_failures() -> None:
    lines = [
        f"2014-03-12\t{SENTENCE}",
        "2014-99-01\tbad",
        SENTENCE,
        "Le ministre a condamné les attaques contre une ambassade",
    ]
    done = dragoman("code", "--lines", "-", stdin="\n".join(lines).encode())
    records = [json.loads(line) for line in done.stdout.splitlines()]
    assert done.returncode == 3
    assert [r["failures"][0]["error"] if r["failures"] else None for r in records] == [
        None,
        "FormatError",
        None,
        "UnsupportedLanguage",
    ]


@pytest.mark.model
def test_ctrl_c_ends_at_once_without_noise(tmp_path: Path) -> None:
    (tmp_path / "many.txt").write_text(f"{SENTENCE}\n" * 20_000)
    with subprocess.Popen(
        [PROGRAM, "code", "--lines", tmp_path / "many.txt", "--workers", "2"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as running:
        assert running.stdout is not None
        running.stdout.readline()
        running.send_signal(2)
        began = time.monotonic()
        _, said = running.communicate(timeout=30)
    assert running.returncode == 130
    assert said.decode().strip() == "stopped; what was finished before is kept"
    assert time.monotonic() - began < 10
