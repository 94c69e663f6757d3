"""The file: what cannot be opened, readers beside a writer, damage, and kills."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from dragoman.errors import LedgerError
from dragoman.ledger import Ledger
from dragoman.ledger.connection import VERSION

from .made import strike

ROOT = Path(__file__).parents[2]


def test_a_file_of_another_kind_is_refused_and_untouched(tmp_path: Path) -> None:
    text, foreign = tmp_path / "a.txt", tmp_path / "b.db"
    text.write_text("no database at all, but a text that is long enough" * 40)
    with sqlite3.connect(foreign) as db:
        db.execute("CREATE TABLE t (x)")
    db.close()
    for path in (text, foreign):
        before = path.read_bytes()
        with pytest.raises(LedgerError, match=r"not a ledger|another program"):
            Ledger.open(path)
        assert path.read_bytes() == before


def test_a_newer_ledger_is_refused_and_untouched(tmp_path: Path) -> None:
    path = tmp_path / "new.ledger"
    Ledger.open(path).close()
    with sqlite3.connect(path) as db:
        db.execute(f"PRAGMA user_version = {VERSION + 1}")
    db.close()
    with pytest.raises(LedgerError, match="newer Dragoman"):
        Ledger.open(path)
    with pytest.raises(LedgerError, match="newer Dragoman"):
        Ledger.open(path, readonly=True)


def test_what_is_not_there_is_said(tmp_path: Path) -> None:
    with pytest.raises(LedgerError, match="no ledger at"):
        Ledger.open(tmp_path / "none.ledger", readonly=True)
    with pytest.raises(LedgerError, match="no ledger at"):
        Ledger.open(tmp_path / "none.ledger", create=False)
    with pytest.raises(LedgerError, match="folder"):
        Ledger.open(tmp_path / "nowhere" / "x.ledger")
    with pytest.raises(LedgerError, match="folder"):
        Ledger.open(tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_a_locked_ledger_is_said_to_be(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "a.ledger"
    monkeypatch.setattr("dragoman.ledger.connection.BUSY_MS", 50)
    with Ledger.open(path) as ledger:
        other = sqlite3.connect(path, isolation_level=None)
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(LedgerError, match="locked by another program"):
            ledger.add([strike()])
        other.execute("ROLLBACK")
        other.close()
        assert ledger.add([strike()]).new == 1


def test_a_read_only_ledger_reads_and_does_not_write(tmp_path: Path) -> None:
    path = tmp_path / "a.ledger"
    with Ledger.open(path) as ledger:
        ledger.add([strike()])
    with Ledger.open(path, readonly=True) as ledger:
        assert len(ledger.claims()) == 1
        assert ledger.tie("Ruritania", "Blue Front").level is not None
        with pytest.raises(LedgerError, match="read-only"):
            ledger.add([strike("2020-07-07")])


@pytest.fixture
def read_only(tmp_path: Path) -> Iterator[Path]:
    """A folder with a ledger, mounted so that nothing in it can be written, even by root."""
    folder = tmp_path / "disk"
    folder.mkdir()
    with Ledger.open(folder / "a.ledger") as ledger:
        ledger.add([strike()])
    for command in (["mount", "--bind", str(folder), str(folder)], ["mount", "-o", "remount,ro,bind", str(folder)]):
        try:
            done = subprocess.run(command, capture_output=True, check=False)
        except FileNotFoundError:
            pytest.skip("there is no mount command")
        if done.returncode:
            pytest.skip(f"a read-only disk needs the right to mount: {done.stderr.decode().strip()}")
    yield folder
    subprocess.run(["umount", str(folder)], check=True)


def test_a_ledger_on_a_read_only_disk_can_be_read_and_is_not_written(read_only: Path) -> None:
    path = read_only / "a.ledger"
    before = path.read_bytes()
    with Ledger.open(path, readonly=True) as ledger:
        assert len(ledger.claims()) == 1 and ledger.verify() == []
    for place in (path, read_only / "new.ledger"):
        with pytest.raises(LedgerError, match="read-only"):
            Ledger.open(place)
    assert path.read_bytes() == before


def test_an_error_in_the_middle_of_a_batch_leaves_nothing_of_it() -> None:
    def broken():  # type: ignore[no-untyped-def]
        yield strike()
        raise ValueError("no more")

    with Ledger.open(":memory:") as ledger:
        with pytest.raises(ValueError, match="no more"):
            ledger.add(broken())
        assert ledger.claims() == []
        ledger.add([strike()])
        assert ledger.verify() == []


@pytest.mark.parametrize(
    "harm",
    [
        "UPDATE revision SET text = replace(text, 'camp', 'tent')",
        "UPDATE revision SET outlet = 'Another'",
        "UPDATE claim SET stance = 'denied'",
        "UPDATE party SET start = start + 1",
        "DELETE FROM member",
        "UPDATE happening SET claims = 7",
        "UPDATE month SET reports = 9",
        "UPDATE claim SET report = 99",
    ],
)
def test_verify_finds_harm(tmp_path: Path, harm: str) -> None:
    path = tmp_path / "a.ledger"
    with Ledger.open(path) as ledger:
        ledger.add([strike()])
        assert ledger.verify() == []
    with sqlite3.connect(path) as db:
        db.execute(harm)
    db.close()
    with Ledger.open(path, readonly=True) as ledger:
        assert ledger.verify() != []


@pytest.mark.parametrize("way", ["add", "load"])
def test_readers_beside_a_writer_see_whole_batches_only(tmp_path: Path, way: str) -> None:
    path = tmp_path / "a.ledger"
    Ledger.open(path).close()
    wrong: list[object] = []
    done = threading.Event()

    def read() -> None:
        with Ledger.open(path, readonly=True) as ledger:
            while not done.is_set():
                try:
                    passages, reports = len(ledger.claims()), ledger.coverage().reports
                    if reports:
                        ledger.tie("Ruritania", "Blue Front")
                        ledger.search("camp")
                    if reports % 4 or passages % 4:
                        wrong.append((passages, reports))
                except Exception as error:  # noqa: BLE001 - whatever it is, the test reports it
                    wrong.append(error)

    readers = [threading.Thread(target=read) for _ in range(4)]
    for reader in readers:
        reader.start()
    with Ledger.open(path) as ledger:
        for month in range(1, 9):
            made = (strike(f"2020-{month:02d}-{day:02d}", outlet=f"O{day}") for day in (3, 10, 17, 24))
            getattr(ledger, way)(made, batch=4)
    done.set()
    for reader in readers:
        reader.join()
    assert wrong == []


WRITER = """
import sys
from dragoman.ledger import Ledger
from tests.ledger.made import strike
with Ledger.open(sys.argv[1]) as ledger:
    for n in range(10_000):
        ledger.add([strike(f"20{n % 90 + 10}-0{n % 9 + 1}-1{n % 7}", outlet=f"Outlet {n % 50}")], batch=1)
        print(n, flush=True)
"""
LOADER = """
import sys
from dragoman.ledger import Ledger
from tests.ledger.made import strike
def reports():
    for n in range(10_000):
        yield strike(f"20{n % 90 + 10}-0{n % 9 + 1}-1{n % 7}", outlet=f"Outlet {n % 50}")
        if n % 4 == 0:  # the batches before that of number n are written
            print(n // 8 * 8 - 1, flush=True)
with Ledger.open(sys.argv[1]) as ledger:
    ledger.load(reports(), batch=8)
"""


@pytest.mark.parametrize("program", [WRITER, LOADER], ids=["add", "load"])
def test_a_killed_writer_leaves_a_sound_ledger_with_all_that_it_had_told(tmp_path: Path, program: str) -> None:
    kills = int(os.environ.get("DRAGOMAN_KILLS", "6"))
    path = tmp_path / "a.ledger"
    told = 0
    for number in range(kills):
        process = subprocess.Popen(
            [sys.executable, "-c", program, str(path)], cwd=ROOT, stdout=subprocess.PIPE, text=True
        )
        assert process.stdout is not None
        process.stdout.readline()
        time.sleep(0.01 + 0.037 * (number * 7 % 11))
        process.send_signal(signal.SIGKILL)
        told = max([told, *(int(line) + 1 for line in process.stdout.read().splitlines())])
        process.wait()
        with Ledger.open(path) as ledger:
            assert ledger.verify() == []
            assert ledger.coverage().reports >= told
            if told:
                assert ledger.add([strike("2010-01-10", outlet="Outlet 0")]).same == 1
