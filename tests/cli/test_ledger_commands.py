"""The commands on the ledger, with filters, pages, formats and the file itself."""

from __future__ import annotations

import json
import sqlite3
from pathlib import Path

import pytest
from tests.ledger.made import event, report, strike

from dragoman.cli import app
from dragoman.ledger import Ledger, Sources
from dragoman.ledger.connection import VERSION
from dragoman.model import Coded

from .program import dragoman


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Strikes on four days by as many outlets, and a shipment told by a voice."""
    place = tmp_path_factory.mktemp("ledger") / "a.ledger"
    aid = report(
        "Anna Rill said Zubrowka sent grain to Freedonia near Kell.", outlet="Grain News", published="2020-08-01"
    )
    where = ("Kell", "ZUB", None, 1.0, 2.0, 3, "PPL", "city")
    with Ledger.open(place) as ledger:
        ledger.add(strike(f"2020-0{m}-10", outlet=f"O{m}") for m in range(1, 5))
        ledger.add(
            [Coded(aid, [event(aid, 0, "sent", "AID", "Zubrowka", "Freedonia", said_by=["Anna Rill"], where=where)])]
        )
        ledger.grade_source("O1", reliability="A")
        ledger.grade_source("O2", reliability="D", state="RUR")
    return place


class Run:
    """Command lines run inside this process, as a process each would take seconds."""

    def __init__(self, capsys: pytest.CaptureFixture[str]) -> None:
        self._capsys = capsys

    def __call__(self, *arguments: str) -> tuple[int, str, str]:
        """Exit status, standard output, standard error."""
        self._capsys.readouterr()
        status = app._status(arguments)
        out, err = self._capsys.readouterr()
        return status, out, err

    def lines(self, path: Path, *arguments: str) -> list[dict[str, object]]:
        status, out, err = self(*arguments, "--ledger", str(path), "--json")
        assert status == 0, err
        return [json.loads(line) for line in out.splitlines()]


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Run:
    return Run(capsys)


@pytest.mark.parametrize(
    ("arguments", "count"),
    [
        (("camp",), 4), (("Ruritania",), 4), (("--of", "Freedonia"), 1), (("--pair", "Ruritania,Blue Front"), 4), (("--type", "aid"), 1),
        (("--type", "aid", "--type", "assault"), 5), (("--voice", "Anna Rill"), 1), (("--place", "Kell"), 1), (("--place", "zub"), 1),
        (("--since", "2020-03"), 3), (("--until", "2020-03"), 2), (("--source", "o1", "--source", "O3"), 2), (("--reliability", "C"), 1),
        (("--reliability", "d"), 2), (("camp", "--without-state", "RUR"), 3), (("--stance", "denied"), 0), (("--kind", "tie"), 0),
        (("camp", "--type", "AID"), 0),
    ],
)  # fmt: skip
def test_words_names_and_filters_go_together(run: Run, path: Path, arguments: tuple[str, ...], count: int) -> None:
    assert len(run.lines(path, "search", *arguments)) == count


def test_pages_follow_each_other_and_say_where_they_are(run: Run, path: Path) -> None:
    pages = [run.lines(path, "search", "camp", "--limit", "3", "--page", str(n)) for n in (1, 2)]
    assert [len(page) for page in pages] == [3, 1]
    assert len({passage["claim"] for page in pages for passage in page}) == 4
    assert "4-4 of 4" in run("search", "camp", "--limit", "3", "--page", "2", "--ledger", str(path))[2]
    assert "past the last of 4" in run("search", "camp", "--page", "9", "--ledger", str(path))[2]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("search",), "expected WORDS or a filter"), (("search", "x", "--type", "BOMB"), "expected one of AGREE"),
        (("search", "x", "--stance", "maybe"), "expected one of actual"), (("search", "x", "--reliability", "Z"), "from A (best) to F"),
        (("events", "--format", "parquet"), "--out FILE"), (("events", "--out", "x.csv"), "not with a table"),
        (("tie", "Ruritania", "Blue Front", "--chart", "x.gif"), ".svg or .png"), (("ledger", "sources", "O1"), "together with"),
        (("ledger", "sources", "--reliability", "A"), "together with"), (("review", "--order", "best"), "doubtful or newest"),
        (("tie", "Ruritania", "Blue Front", "--as-of", "2020"), "a day as YYYY-MM-DD"), (("events", "--place", " "), "--place: expected"),
        (("ties", "--of", "Ruritania", "--limit", "9" * 30), "less than or equal"), (("judge", "undo", "9" * 30), "`dragoman ledger judgements`"),
        (("ties", "--of", "Ruritania", "--format", "csv", "--out", "no/such/x.csv"), "make it first"),
        (("tie", "Ruritania", "Blue Front", "--chart", "no/such/x.svg"), "make it first"),
        (("ledger", "sources", "O1", "--state", "Iran"), "three letters"), (("tie", "x" * 900, "Ruritania"), f"{'x' * 80}'"),
    ],
)  # fmt: skip
def test_wrong_usage_says_what_was_expected(run: Run, path: Path, arguments: tuple[str, ...], said: str) -> None:
    status, _, err = run(*arguments, "--ledger", str(path))
    assert status == 2 and said in err.replace("\n", " ")


def test_before_anything_was_read_there_is_nothing_and_now_it_is_as_without_a_day(run: Run, path: Path) -> None:
    for asked in (("events",), ("ties", "--of", "Ruritania"), ("disputes",), ("tie", "Ruritania", "Blue Front")):
        assert run.lines(path, *asked, "--as-of", "2999-01-01") == run.lines(path, *asked)
    for asked in (("events",), ("ties", "--of", "Ruritania"), ("disputes",)):
        assert run.lines(path, *asked, "--as-of", "1999-01-01") == []


def test_huge_spans_are_answered(run: Run, path: Path) -> None:
    (all_,) = run.lines(path, "tie", "Ruritania", "Blue Front", "--since", "0001", "--until", "9999-12-31")
    assert all_["flows"] and len(all_["series"]) < 200


def test_events_ties_and_disputes_rest_on_the_sources_asked_for(run: Run, path: Path) -> None:
    assert len(run.lines(path, "events", "--of", "Ruritania")) == 4
    assert len(run.lines(path, "events", "--of", "Ruritania", "--reliability", "B")) == 1
    assert run.lines(path, "ties", "--of", "Zubrowka", "--source", "O1") == []
    (tie,) = run.lines(path, "tie", "Ruritania", "Blue Front", "--reliability", "A")
    assert tie["flows"] == {"material-conflict": [1, -9.0]}
    assert "no outlet has a grade" not in run("disputes", "--reliability", "A", "--ledger", str(path))[2]


def test_formats_go_to_a_file_that_is_whole(path: Path, tmp_path: Path) -> None:
    for form in ("csv", "jsonl", "polecat"):
        out = tmp_path / form
        assert dragoman("events", "--format", form, "--out", str(out), "--ledger", str(path)).returncode == 0
        assert out.read_bytes() == dragoman("events", "--format", form, "--ledger", str(path)).stdout != b""
    series = (
        dragoman("ties", "--of", "Ruritania", "--format", "series", "--ledger", str(path)).stdout.decode().splitlines()
    )
    assert series[0].startswith("a,b,date,level") and len(series) > 3
    assert not list(tmp_path.glob("*.part"))


def test_the_ledger_is_told_rebuilt_and_its_outlets_listed(run: Run, path: Path, tmp_path: Path) -> None:
    (info,) = run.lines(path, "ledger", "info")
    assert (info["reports"], info["claims standing"], info["outlets graded"], info["version"]) == (5, 5, 2, VERSION)
    assert run("ledger", "rebuild", "--ledger", str(path))[0] == 0
    assert run("verify", "--ledger", str(path))[0] == 0
    graded = tmp_path / "outlets.csv"
    graded.write_text("outlet,reliability,owner\nO3,B,Somebody\n")
    assert run("ledger", "sources", "--import", str(graded), "--ledger", str(path))[0] == 0
    listed = {
        one["outlet"]: (one["reliability"], one["owner"], one["reports"])
        for one in run.lines(path, "ledger", "sources")
    }
    assert listed["O3"] == ("B", "Somebody", 1) and listed["O4"] == (None, None, 1)


def test_an_old_ledger_is_brought_up_and_kept(tmp_path: Path) -> None:
    path = tmp_path / "old.ledger"
    with Ledger.open(path) as ledger:
        ledger.add([strike()])
        ledger.grade_source("The Herald", reliability="A")
    with sqlite3.connect(path) as db:
        db.execute("DROP TABLE input")
        db.execute("DROP TABLE grading")
        db.execute("PRAGMA user_version = 1")
    db.close()
    assert b"version 1" in dragoman("ledger", "info", "--ledger", str(path)).stderr
    done = dragoman("ledger", "migrate", "--ledger", str(path))
    assert done.returncode == 0 and b"from version 1" in done.stderr
    with sqlite3.connect(tmp_path / "old.ledger.v1") as db:
        assert db.execute("PRAGMA user_version").fetchone()[0] == 1
    with Ledger.open(path, readonly=True) as ledger:
        assert ledger.verify() == [] and len(ledger.claims()) == 1
        assert len(ledger.only(Sources(reliability="A")).happenings(as_of="2999-01-01")) == 1
    assert b"already" in dragoman("ledger", "migrate", "--ledger", str(path)).stderr
    (tmp_path / "b.txt").write_text("no ledger")
    assert dragoman("ledger", "migrate", "--ledger", str(tmp_path / "b.txt")).returncode == 2
