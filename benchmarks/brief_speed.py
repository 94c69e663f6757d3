"""How long a brief takes, in all editions, from a ledger of a hundred thousand claims.

Usage: python benchmarks/brief_speed.py [--claims N] [--at FILE] [--keep] [--profile]

One actor is a party to a fifth of all claims, as the state is that a collection is about. Each run starts a process of its own, as the
command does; the time of `compose` and of each edition stands beside the whole. Made-up actors, made-up sentences. Bar: 10 seconds.
"""

from __future__ import annotations

import argparse
import cProfile
import os
import pstats
import subprocess
import sys
import tempfile
import time
from datetime import date
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

from dragoman.brief import compose
from dragoman.ledger import Ledger
from dragoman.publish import FORMATS, Gallery, publish
from ledger_load import Source

HUB = 0
PAIRS = 3_000
TODAY = date(2026, 1, 2)


def source() -> Source:
    """Reports in which one actor is a party to a fifth of the claims."""
    made = Source(PAIRS)
    made.pairs = [(HUB, b or 1) if i % 5 == 0 else (a, b) for i, (a, b) in enumerate(made.pairs)]
    return made


def main() -> int:
    """Runs the benchmark."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--claims", type=int, default=100_000)
    asked.add_argument("--at", type=Path, default=Path("brief.ledger"))
    asked.add_argument("--keep", action="store_true")
    asked.add_argument("--profile", action="store_true")
    given = asked.parse_args()
    made = source()
    if not given.at.exists():
        with Ledger.open(given.at) as ledger:
            print(f"claims: {ledger.load(made.reports(given.claims, 'table:bench')).claims}")
    topics = [made.actors[HUB], f"{made.actors[HUB]}–{made.actors[made.pairs[0][1]]}"]
    for topic in topics:
        if given.profile:
            with cProfile.Profile() as profile:
                steps(given.at, topic)
            pstats.Stats(profile).sort_stats("cumulative").print_stats(45)
        else:
            steps(given.at, topic)
            whole(given.at, topic)
    if not given.keep:
        for suffix in ("", "-wal", "-shm"):
            Path(f"{given.at}{suffix}").unlink(missing_ok=True)
    return 0


def steps(path: Path, topic: str) -> None:
    """Composes and publishes in this process, with the time of each step."""
    begun = time.perf_counter()
    with Ledger.open(path, readonly=True) as ledger:
        brief = compose(ledger, topic, today=TODAY)
    print(f"{topic}: {brief.counts.happenings} happenings; compose {time.perf_counter() - begun:.2f} s", end="")
    gallery = Gallery()
    with tempfile.TemporaryDirectory() as folder:
        for form in FORMATS:
            begun = time.perf_counter()
            publish(brief, folder, [form], gallery=gallery)
            print(f", {form} {time.perf_counter() - begun:.2f}", end="")
    print()


def whole(path: Path, topic: str) -> None:
    """The command as a user types it."""
    with tempfile.TemporaryDirectory() as folder:
        command = [
            str(Path(sys.executable).with_name("dragoman")),
            "brief",
            topic,
            "--ledger",
            str(path),
            "--out",
            folder,
        ]
        begun, spent = time.perf_counter(), os.times()
        subprocess.run([*command, "--format", ",".join(FORMATS)], check=True, capture_output=True)
        wall, now = time.perf_counter() - begun, os.times()
        processor = now.children_user - spent.children_user + now.children_system - spent.children_system
        print(f"{topic}: the command, all {len(FORMATS)} editions: {wall:.1f} s ({processor:.1f} s of processor)")


if __name__ == "__main__":
    sys.exit(main())
