"""The real program reading archives: killed, stopped, out of disk; nothing is lost, nothing is double."""

from __future__ import annotations

import json
import os
import random
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import pytest

from dragoman.ledger import Ledger

from .pile import write_pile

PROGRAM = Path(sys.executable).with_name("dragoman")
KILLS = int(os.environ.get("DRAGOMAN_READ_KILLS", "10"))
REPORTS = 360

pytestmark = [pytest.mark.model, pytest.mark.slow]


@pytest.fixture(scope="module")
def archives(tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    return [str(path) for path in write_pile(tmp_path_factory.mktemp("pile"), REPORTS)]


@pytest.fixture(scope="module")
def whole(archives: list[str], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A ledger that was read without a break, by one process."""
    path = tmp_path_factory.mktemp("whole") / "ledger.db"
    done = read(path, archives, "--workers", "1")
    assert done.returncode == 3, done.stderr
    return path


def read(path: Path, archives: list[str], *options: str) -> subprocess.CompletedProcess[str]:
    command = [str(PROGRAM), "read", *archives, "--ledger", str(path), "--json", *options]
    return subprocess.run(command, capture_output=True, text=True, check=False, timeout=600)


def started(path: Path, archives: list[str]) -> subprocess.Popen[str]:
    command = [str(PROGRAM), "read", *archives, "--ledger", str(path), "--workers", "2"]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, start_new_session=True)


def held(path: Path) -> dict[str, list[str]]:
    """All that a ledger says, without the moments and the numbers at which it learnt it."""
    with Ledger.open(path, readonly=True) as ledger:
        claims = sorted(json.dumps(record, sort_keys=True) for record in ledger.records(struck=True))
        happenings = sorted(repr(h) for h in ledger.happenings(main=False))
    asked = {
        "reports": "SELECT p.id, r.number, r.sha256, p.retracted_by FROM report p JOIN revision r ON r.report = p.n",
        "codings": "SELECT p.id, k.coder, k.sha256, k.claims, k.ended IS NULL FROM coding k JOIN report p ON p.n = k.report",
        "failures": "SELECT p.id, f.stage, f.error, f.message FROM failure f LEFT JOIN report p ON p.n = f.report",
        "inputs": "SELECT hex(key), reports FROM input",
        "months": "SELECT month, reports FROM month",
    }
    with sqlite3.connect(path) as db:
        rows = {name: sorted(map(repr, db.execute(query))) for name, query in asked.items()}
    db.close()
    return {"claims": claims, "happenings": happenings, **rows}


def count(path: Path, table: str) -> int:
    with sqlite3.connect(path) as db:
        try:
            found = int(db.execute(f"SELECT count(*) FROM {table}").fetchone()[0])
        except sqlite3.OperationalError:
            found = 0
    db.close()
    return found


def test_two_processes_make_the_ledger_of_one(archives: list[str], whole: Path, tmp_path: Path) -> None:
    done = read(tmp_path / "two.db", archives, "--workers", "2")
    assert json.loads(done.stdout)["kinds"] == {"FormatError": 2, "EmptyError": 1, "UnsupportedLanguage": 1}
    assert held(tmp_path / "two.db") == held(whole)


def test_what_is_known_is_passed_over_and_what_failed_is_told_again(
    archives: list[str], whole: Path, tmp_path: Path
) -> None:
    path = tmp_path / "again.db"
    shutil.copy(whole, path)
    before = held(path)
    began = time.monotonic()
    done = read(path, archives)
    told = json.loads(done.stdout)
    assert (told["new"], told["revised"], told["claims"]) == (0, 0, 0)
    assert told["same"] == REPORTS + 4
    assert told["kinds"] == {"FormatError": 2, "EmptyError": 1}
    assert held(path) == before
    assert time.monotonic() - began < 60


def test_a_reading_killed_at_random_instants_ends_as_one_that_was_not(
    archives: list[str], whole: Path, tmp_path: Path
) -> None:
    """`DRAGOMAN_READ_KILLS=200` is the long form. Each kill is SIGKILL on the parent, at a random instant of a run."""
    chance = random.Random(20141122)
    path, kills, rounds, reached = tmp_path / "killed.db", 0, 0, 0
    while kills < KILLS:
        process = started(path, archives)
        time.sleep(chance.uniform(0.3, 9.0))
        if process.poll() is None:
            process.kill()
            kills += 1
        process.wait()
        ended = process.returncode == 3
        if path.exists() and count(path, "report"):
            with Ledger.open(path, readonly=True) as ledger:
                assert ledger.verify() == []
        assert count(path, "report") >= reached
        reached = count(path, "report")
        if ended:  # it came to its end between kills: compared, and begun anew
            assert held(path) == held(whole)
            rounds, reached = rounds + 1, 0
            path.unlink()
        process.stderr.close() if process.stderr else None
        process.stdout.close() if process.stdout else None
    done = read(path, archives, "--workers", "2")
    assert done.returncode == 3, done.stderr
    assert held(path) == held(whole)
    verified = subprocess.run(
        [str(PROGRAM), "verify", "--ledger", str(path)], capture_output=True, text=True, check=False
    )
    assert (verified.returncode, verified.stdout) == (0, "")


def test_ctrl_c_writes_what_is_coded_and_the_next_run_goes_on(archives: list[str], whole: Path, tmp_path: Path) -> None:
    path = tmp_path / "stopped.db"
    process = started(path, archives)
    deadline = time.monotonic() + 120
    while count_if(path) == 0 and time.monotonic() < deadline and process.poll() is None:
        time.sleep(0.1)
    os.killpg(process.pid, signal.SIGINT)
    began = time.monotonic()
    _, said = process.communicate(timeout=60)
    assert process.returncode == 130
    assert time.monotonic() - began < 10
    assert said.strip().endswith("stopped; what was finished before is kept")
    assert "Traceback" not in said
    assert 0 < count(path, "input") < REPORTS
    done = read(path, archives)
    assert 0 < json.loads(done.stdout)["same"] < REPORTS
    assert held(path) == held(whole)


def count_if(path: Path) -> int:
    return count(path, "input") if path.exists() else 0


def test_processes_end_with_a_killed_parent(archives: list[str], tmp_path: Path) -> None:
    process = started(tmp_path / "orphans.db", archives)
    deadline = time.monotonic() + 120
    while len(children(process.pid)) < 2 and time.monotonic() < deadline:
        time.sleep(0.1)
    found = children(process.pid)
    assert len(found) >= 2
    process.kill()
    process.communicate()
    while any(Path(f"/proc/{pid}").exists() for pid in found) and time.monotonic() < deadline:
        time.sleep(0.1)
    assert not any(Path(f"/proc/{pid}").exists() for pid in found)


def children(pid: int) -> list[int]:
    if not Path("/proc/self/task").exists():
        pytest.skip("the system has no /proc to look for processes in")
    try:
        told = Path(f"/proc/{pid}/task/{pid}/children").read_text()
    except OSError:
        return []
    return [int(child) for child in told.split()]


def test_a_full_disk_is_told_and_the_ledger_is_whole(archives: list[str], whole: Path, tmp_path: Path) -> None:
    disk = tmp_path / "disk"
    disk.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=1400k", "tmpfs", str(disk)], capture_output=True, check=False
    )
    if mounted.returncode:
        pytest.skip("a small disk can be mounted by root only")
    try:
        done = read(disk / "ledger.db", archives, "--workers", "2")
        assert done.returncode == 2
        assert "the disk is full; make room and run the same command again, nothing is lost" in done.stderr
        assert "Traceback" not in done.stderr
        with Ledger.open(disk / "ledger.db", readonly=True) as ledger:
            assert ledger.verify() == []
        before = count(disk / "ledger.db", "input")
        assert 0 < before < REPORTS
        subprocess.run(["mount", "-o", "remount,size=64m", str(disk)], check=True)
        again = json.loads(read(disk / "ledger.db", archives, "--workers", "2").stdout)
        assert again["same"] >= before
        assert held(disk / "ledger.db") == held(whole)
    finally:
        subprocess.run(["umount", str(disk)], check=False)


def test_progress_tells_rate_remaining_time_and_failures() -> None:
    from collections import Counter

    from dragoman.cli.watch import Watch

    now = 0.0
    watch = Watch(1_000, shown=False, clock=lambda: now)
    watch.passed_over(40, 400)
    for step in range(1, 11):
        now = step * 2.0
        watch.coded(4, Counter({"EmptyError": 1} if step == 3 else {}), 400 + step * 20)
    assert watch.line() == "60%  40 reports  40 known  2.0/s  0:00:40 left  failed: 1 EmptyError"
