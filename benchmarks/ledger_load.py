"""Speed and size of a ledger of a million claims over twenty thousand pairs.

Usage: python benchmarks/ledger_load.py [--claims N] [--pairs N] [--at FILE] [--keep]

Prints claims loaded per second (of wall and of processor time), bytes per claim without the reports' text, and the 50th and 95th
percentile of tie queries, searches, and of adding one new report with grouping. Made-up actors, made-up sentences.
"""

from __future__ import annotations

import argparse
import random
import sqlite3
import statistics
import time
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from itertools import islice
from pathlib import Path

from dragoman.ledger import Filters, Ledger
from dragoman.model import Coded, EventClaim, Evidence, Party, Report, Span, Voice, When

ACTORS = 700
PER_REPORT = 8
FIRST = date(1995, 1, 1)
DAYS = 9_000
ACTS = (
    ("ASSAULT", "material-conflict", -9.0, "attacked"),
    ("ACCUSE", "verbal-conflict", -2.0, "blamed"),
    ("CONSULT", "verbal-cooperation", 2.1, "met"),
    ("AID", "material-cooperation", 7.4, "supplied"),
    ("THREATEN", "verbal-conflict", -5.0, "warned"),
)
SYLLABLES = "ba ke lo mi nu ra se ti vo zu dar fen gol hin jas kor lem mar nor pol".split()


def names(count: int, chance: random.Random) -> list[str]:
    """Invented names, all different."""
    found: dict[str, None] = {}
    while len(found) < count:
        found["".join(chance.choices(SYLLABLES, k=3)).capitalize()] = None
    return list(found)


class Source:
    """Makes reports of claims between pairs; few pairs have many claims, many few."""

    def __init__(self, pairs: int, seed: int = 7) -> None:
        self.chance = random.Random(seed)
        self.actors = names(ACTORS, self.chance)
        self.words = names(4_000, self.chance)
        self.outlets = [f"The {name} Post" for name in names(60, self.chance)]
        chosen: set[tuple[int, int]] = set()
        while len(chosen) < pairs:
            a, b = self.chance.sample(range(ACTORS), 2)
            chosen.add((min(a, b), max(a, b)))
        self.pairs = sorted(chosen)
        self.chance.shuffle(self.pairs)

    def pair(self) -> tuple[int, int]:
        """A pair, the first of the list far more often than the last."""
        return self.pairs[int(len(self.pairs) * self.chance.random() ** 2.2)]

    def reports(self, claims: int, coder: str, start: int = 0) -> Iterator[Coded]:
        """Reports with as many claims in all."""
        for number in range(start, start + claims // PER_REPORT):
            yield self.report(number, coder)

    def report(self, number: int, coder: str) -> Coded:
        """One report."""
        day = FIRST + timedelta(days=self.chance.randrange(DAYS))
        id_ = f"{self.chance.getrandbits(64):016x}"
        lines, cells = [], []
        for _ in range(PER_REPORT):
            a, b = self.pair()
            act = self.chance.choice(ACTS)
            tail = " ".join(self.chance.choices(self.words, k=12)).lower()
            said = self.chance.random() < 0.4
            lines.append(
                f"{self.actors[a]} {act[3]} {self.actors[b]} over {tail}"
                + (f", {self.outlets[b % 60]} said." if said else ".")
            )
            cells.append((a, b, act, said))
        text = "\n".join(lines)
        report = Report(id=id_, text=text, title=lines[0][:60], outlet=self.chance.choice(self.outlets), published=day)
        claims, at = [], 0
        for n, (line, cell) in enumerate(zip(lines, cells, strict=True)):
            claims.append(self.claim(f"{id_}{n:x}", n, line, at, cell, day, coder))
            at += len(line) + 1
        return Coded(report, claims)

    def claim(self, id_: str, n: int, line: str, at: int, cell: tuple, day: date, coder: str) -> EventClaim:  # type: ignore[type-arg]
        a, b, act, said = cell
        one, two = self.actors[a], self.actors[b]
        trigger = Span(at + len(one) + 1, at + len(one) + 1 + len(act[3]), act[3])
        second = trigger.end + 1
        voices: tuple[Voice, ...] = ()
        if said:
            outlet = self.outlets[b % 60]
            start = at + line.rindex(outlet)
            voices = (Voice(outlet, start, start + len(outlet), f"o{b % 60}", outlet, "outlet", "said", None, 1),)
        when = When(
            line[:1], at, at + 1, day.isoformat(), day.isoformat(), (day + timedelta(days=1)).isoformat(), "day"
        )
        return EventClaim(
            id=id_, main=True, evidence=Evidence(n, at, at + len(line), line), trigger=trigger, stance="actual", tense="past", said_by=voices,
            when=when, confidence=0.7, coder=coder, type=act[0], quad=act[1], intensity=act[2], reasons=("frame", "subject", "object"),
            actors=(Party(one, at, at + len(one), f"a{a}", one, "party", "XAA"),),
            recipients=(Party(two, second, second + len(two), f"a{b}", two, "party", "XAB"),),
        )  # fmt: skip


def timed(work: Callable[[int], object], times: int) -> tuple[float, float]:
    """Median and 95th percentile of the milliseconds that the calls take."""
    took = []
    for number in range(times):
        begun = time.perf_counter()
        work(number)
        took.append((time.perf_counter() - begun) * 1000)
    return statistics.median(took), statistics.quantiles(took, n=20)[-1]


def size_without_text(path: Path) -> int:
    """Bytes of the file less those of the reports' texts."""
    with sqlite3.connect(path) as db:
        db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        text = db.execute("SELECT sum(length(CAST(text AS BLOB))) FROM revision").fetchone()[0] or 0
    return path.stat().st_size - int(text)


def main() -> None:
    """Runs the benchmark."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--claims", type=int, default=1_000_000)
    asked.add_argument("--pairs", type=int, default=20_000)
    asked.add_argument("--at", type=Path, default=Path("bench.ledger"))
    asked.add_argument("--queries", type=int, default=200)
    asked.add_argument("--keep", action="store_true")
    given = asked.parse_args()
    source = Source(given.pairs)
    if not given.at.exists():
        load(source, given.claims, given.at)
    with Ledger.open(given.at) as ledger:
        queries(source, ledger, given.queries)
    if not given.keep:
        for suffix in ("", "-wal", "-shm"):
            Path(f"{given.at}{suffix}").unlink(missing_ok=True)


class Metered:
    """Hands reports on and keeps count of the time that making them takes."""

    def __init__(self, reports: Iterator[Coded]) -> None:
        self.reports, self.wall, self.processor = reports, 0.0, 0.0

    def __iter__(self) -> Iterator[Coded]:
        while True:
            begun, spent = time.perf_counter(), time.process_time()
            part = list(islice(self.reports, 1_000))
            self.wall, self.processor = (
                self.wall + time.perf_counter() - begun,
                self.processor + time.process_time() - spent,
            )
            if not part:
                return
            yield from part


def load(source: Source, claims: int, path: Path) -> None:
    """Loads; the time in which reports are made is not counted."""
    made = Metered(source.reports(claims, "table:bench"))
    with Ledger.open(path) as ledger:
        begun, spent = time.perf_counter(), time.process_time()
        done = ledger.load(made).claims
        wall, processor = time.perf_counter() - begun - made.wall, time.process_time() - spent - made.processor
    print(
        f"loaded {done} claims in {wall:.0f} s: {done / wall:.0f} per second ({done / processor:.0f} per second of processor)"
    )
    print(f"bytes per claim without the reports' text: {size_without_text(path) / done:.0f}")


def queries(source: Source, ledger: Ledger, count: int) -> None:
    """Measures reading, and adding to a full ledger."""
    pairs = [source.pair() for _ in range(count)]
    evenly = [source.chance.choice(source.pairs) for _ in range(count)]
    words = [" ".join(source.chance.choices(source.words, k=2)) for _ in range(count)]
    names = [f"{source.actors[a]} {source.actors[b]}" for a, b in pairs]
    reports = [source.report(n, "bench 1.0") for n in range(count)]
    told = {
        "tie, pairs as often as reported": lambda n: ledger.tie(f"a{pairs[n][0]}", f"a{pairs[n][1]}"),
        "tie, all pairs alike": lambda n: ledger.tie(f"a{evenly[n][0]}", f"a{evenly[n][1]}"),
        "search for two words": lambda n: ledger.search(words[n]),
        "search for a common word": lambda n: ledger.search("attacked"),
        "search for two names": lambda n: ledger.search(names[n]),
        "search by filter": lambda n: ledger.search("", Filters(of=f"a{pairs[n][0]}", types=("AID",))),
        "add one report of 8 claims, grouped": lambda n: ledger.add([reports[n]]),
    }
    for name, work in told.items():
        median, late = timed(work, count)
        print(f"{name}: median {median:.1f} ms, p95 {late:.1f} ms")


if __name__ == "__main__":
    main()
