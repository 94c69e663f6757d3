"""How much faster two cores read than one: the real program over an archive, alternating between one process and two.

    python -m benchmarks.read_speed [--reports 1200] [--words 350] [--rounds 2]

Each run is pinned (`taskset`): one process to one core, two processes (and the one that writes the ledger) to two. The figure is the ratio of
rates of one run of this script, so whatever else the machine does counts on both sides, but busy cores make it worthless: the
load average is printed, and with other programs running only the processor seconds mean something. Their ratio, 2 × (seconds of one process) /
(seconds of two with the parent), is what two free cores can reach at most if nothing waits.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import resource
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from benchmarks.parse_speed import WRITTEN

PROGRAM = Path(sys.executable).with_name("dragoman")


@dataclass(frozen=True)
class Run:
    """One reading: seconds on the clock and of processors."""

    wall: float
    processor: float


def write_archive(path: Path, reports: int, words: int, seed: int = 7) -> None:
    """Reports of about that many words, put together from the sentences written for training, each report another order."""
    chance = random.Random(seed)
    sentences = [json.loads(line)["text"] for line in WRITTEN.read_text(encoding="utf-8").splitlines()]
    with path.open("w", encoding="utf-8") as file:
        for n in range(reports):
            told: list[str] = []
            while sum(len(s.split()) for s in told) < words:
                told.append(chance.choice(sentences))
            day = date(2014, 1, 1) + timedelta(days=n % 700)
            text = "\n\n".join(" ".join(told[i : i + 4]) for i in range(0, len(told), 4))
            file.write(
                json.dumps(
                    {"title": f"Report {n}", "text": text, "date": day.isoformat(), "source": f"Outlet {n % 40}"}
                )
                + "\n"
            )


def run(archive: Path, ledger: Path, workers: int) -> Run:
    cores = ",".join(map(str, sorted(os.sched_getaffinity(0))[:workers]))
    command = [
        "taskset",
        "-c",
        cores,
        str(PROGRAM),
        "read",
        str(archive),
        "--ledger",
        str(ledger),
        "--workers",
        str(workers),
        "--json",
    ]
    before, began = resource.getrusage(resource.RUSAGE_CHILDREN), time.monotonic()
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    after, ended = resource.getrusage(resource.RUSAGE_CHILDREN), time.monotonic()
    if done.returncode not in (0, 3):
        raise SystemExit(done.stderr)
    return Run(ended - began, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--reports", type=int, default=1_200)
    parser.add_argument("--words", type=int, default=350)
    parser.add_argument("--rounds", type=int, default=2)
    args = parser.parse_args()
    found: dict[int, list[Run]] = {1: [], 2: []}
    with tempfile.TemporaryDirectory() as folder:
        archive = Path(folder) / "pile.jsonl"
        write_archive(archive, args.reports, args.words)
        for n in range(args.rounds):
            for workers in (1, 2):
                found[workers].append(run(archive, Path(folder) / f"{n}-{workers}.db", workers))
    one, two = (min(found[workers], key=lambda r: r.wall) for workers in (1, 2))
    spent = {workers: min(r.processor for r in runs) for workers, runs in found.items()}
    figures = {
        "reports": args.reports,
        "one_core_reports_per_s": round(args.reports / one.wall, 2),
        "two_cores_reports_per_s": round(args.reports / two.wall, 2),
        "gain": round(one.wall / two.wall, 2),
        "processor_ms_per_report": round(1000 * spent[1] / args.reports, 1),
        "gain_by_processor_seconds": round(2 * spent[1] / spent[2], 2),
        "load_average": os.getloadavg()[0],
    }
    print(json.dumps(figures, indent=1))


if __name__ == "__main__":
    main()
