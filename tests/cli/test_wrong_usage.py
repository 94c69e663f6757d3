"""Wrong usage: exit status 2, nothing on standard output, one line that says what was expected."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from dragoman.ledger import Ledger

from .program import dragoman


@pytest.fixture(scope="module")
def empty(tmp_path_factory: pytest.TempPathFactory) -> str:
    path = tmp_path_factory.mktemp("ledger") / "empty.db"
    Ledger.open(path).close()
    return str(path)


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("nope", "No such command 'nope'"),
        ("code", "give REPORTS"),
        ("code --nope", "No such option"),
        ("code missing.txt", "no file, folder or pattern 'missing.txt'"),
        ("code missing*.txt", "no file, folder or pattern"),
        ("code ftp://a.example/b", "not an http or https address"),
        ("code --lines missing.txt", "no file 'missing.txt'"),
        ("code --lines .", "no file '.'"),
        ("code --lines a.txt b.txt", "one of them"),
        ("code --text --published yesterday", "expected a day as YYYY-MM-DD, got 'yesterday'"),
        ("code --text --format csv", "expected jsonl, got 'csv'"),
        ("code --text --workers 0", "--workers"),
        ("parse", "give REPORTS"),
        ("parse --json --conllu a.txt", "give one of"),
        ("read", "Missing argument"),
        ("events --ledger missing.db", "there is no ledger at missing.db"),
        ("actors resolve", "give a NAME"),
        ("actors show zzzzqq", "no actor 'zzzzqq'"),
        ("codebook NOPE", "no event type 'NOPE'"),
        ("codebook NOPE --json", "no type 'NOPE'"),
        ("lexicon check --extra missing", "expected a .toml file or a folder"),
        ("brief Iran --format foo", "expected some of"),
        ("brief Iran --ledger missing.db", "there is no ledger"),
    ],
)
def test_a_wrong_line_is_told_in_one_line(line: str, expected: str, tmp_path: Path) -> None:
    done = dragoman(*line.split(), HOME=str(tmp_path), XDG_DATA_HOME=str(tmp_path))
    said = done.stderr.decode()
    assert done.returncode == 2, said
    assert done.stdout == b""
    assert expected in said
    assert "Traceback" not in said
    assert len([one for one in said.splitlines() if not one.startswith("ledger:")]) == 1


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        (("tie", "Iran", "Iraq"), "no report in the ledger names"),
        (("tie", "", ""), "expected a name"),
        (("ties", "--of", "Nobody"), "no report in the ledger names 'Nobody'"),
        (("events", "--type", "NOPE"), "--type: expected one of AGREE"),
        (("events", "--pair", "Iran"), "expected two names as A,B"),
        (("events", "--format", "xml"), "--format: expected"),
        (("events", "--since", "2015", "--until", "2012"), "no day lies between them"),
        (("events", "--since", "spring"), "expected YYYY, YYYY-MM or YYYY-MM-DD, got 'spring'"),
        (("search", " "), "expected WORDS or a filter"),
        (("brief", " "), "expected an actor"),
    ],
)
def test_a_wrong_question_to_a_ledger_is_told(arguments: tuple[str, ...], expected: str, empty: str) -> None:
    done = dragoman(*arguments, "--ledger", empty)
    assert (done.returncode, done.stdout) == (2, b"")
    assert expected in done.stderr.decode()


@pytest.mark.parametrize("command", [("events",), ("disputes",), ("search", "peace"), ("actors", "list")])
def test_an_empty_ledger_answers_with_nothing_and_says_so(command: tuple[str, ...], empty: str) -> None:
    done = dragoman(*command, "--ledger", empty)
    assert (done.returncode, done.stdout) == (0, b"")
    assert done.stderr.decode().startswith("no ")


def test_files_that_are_no_ledger_stay_as_they_are(tmp_path: Path) -> None:
    other = tmp_path / "other.db"
    with sqlite3.connect(other) as connection:
        connection.execute("CREATE TABLE mine (a)")
    connection.close()
    text = tmp_path / "text.db"
    text.write_text("not a database, but more than nothing " * 40)
    for path in (other, text, tmp_path):
        before = path.read_bytes() if path.is_file() else b""
        done = dragoman("verify", "--ledger", str(path))
        assert (done.returncode, done.stdout) == (2, b"")
        assert b"Traceback" not in done.stderr
        assert not before or path.read_bytes() == before


def test_a_folder_for_the_brief_that_cannot_be_is_told_before_reading(tmp_path: Path, empty: str) -> None:
    (tmp_path / "file").write_text("x")
    done = dragoman("brief", "Iran", str(tmp_path), "--ledger", empty, "--out", str(tmp_path / "file"))
    assert done.returncode == 2
    assert "--out: the folder" in done.stderr.decode()


def test_one_wrong_line_of_names_does_not_take_the_others(tmp_path: Path) -> None:
    done = dragoman("actors", "resolve", "--jsonl", stdin=b"Iran\n2014-99-99\tIran\n\xff\nHamas\n")
    lines = done.stdout.decode().splitlines()
    assert done.returncode == 3
    assert [('"name":null' in line) for line in lines] == [False, True, True, False]
