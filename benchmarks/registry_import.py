"""What 100,000 imported names cost: the start of the registry and the coding, with and without them, measured in turn in one run.

    python benchmarks/registry_import.py [--names 100000] [--words 12000] [--rounds 5]

Names are generated: persons, companies, parties and groups whose words are drawn from the sentences written for training, so that
they begin as often as real ones with words that stand in news. Coding is find and code on parses made beforehand, the least
favourable view; with parsing the share is smaller.
"""

from __future__ import annotations

import argparse
import json
import random
import re
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from dragoman.coding import code
from dragoman.find import find
from dragoman.model import Parse, Report
from dragoman.parse import load
from dragoman.registry import Registry
from dragoman.registry.imports import import_file
from dragoman.registry.store import Store

WRITTEN = Path(__file__).parent.parent / "training/text/names/names.jsonl"
KINDS = (("person", ""), ("company", "BUS"), ("party", "PTY"), ("ngo", "SOC"), ("armed group", "UAF"))


def paragraphs(words: int) -> list[str]:
    """About that many words of news-like paragraphs."""
    rows = [json.loads(line)["text"] for line in WRITTEN.read_text(encoding="utf-8").splitlines()]
    texts, count = [], 0
    for i in range(0, len(rows), 8):
        texts.append(" ".join(rows[i : i + 8]))
        count += len(texts[-1].split())
        if count >= words:
            break
    return texts


def names(count: int, seed: int = 1) -> list[str]:
    """Names of two to five capitalised words of the written sentences, each once."""
    text = WRITTEN.read_text(encoding="utf-8")
    words = sorted(
        set(re.findall(r"\b[A-Z][a-z]{2,}\b", text)) | {w.capitalize() for w in re.findall(r"\b[a-z]{4,}\b", text)}
    )
    dice = random.Random(seed)
    found: dict[str, None] = {}
    while len(found) < count:
        found[" ".join(dice.choice(words) for _ in range(dice.choice((2, 2, 3, 3, 4, 5))))] = None
    return list(found)


def written_csv(path: Path, count: int) -> None:
    """A CSV file of actors with two names each."""
    row = names(count)
    with path.open("w", encoding="utf-8") as file:
        file.write("name,kind,sector,aliases\n")
        for i in range(0, len(row) - 1, 2):
            kind, sector = KINDS[i // 2 % len(KINDS)]
            file.write(f"{row[i]},{kind},{sector},{row[i + 1]}\n")


def timed(work: Callable[[], object]) -> float:
    """Seconds that a call takes."""
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def coded(parsed: Sequence[tuple[Report, Parse]], registry: Registry) -> None:
    """Find and code every report."""
    for report, parse in parsed:
        code(report, parse, find(report, parse, registry))


def load_seconds(own: Path | None, rounds: int) -> float:
    """The least time of a load from the compiled form."""
    times = []
    for _ in range(rounds):
        Registry.forget()
        times.append(timed(lambda: Registry.load(own)))
    return min(times)


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the figures; 1 where coding is more than 10 % slower or the start more than 0.3 s later."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0] if __doc__ else "")
    parser.add_argument("--names", type=int, default=100_000)
    parser.add_argument("--words", type=int, default=12_000)
    parser.add_argument("--rounds", type=int, default=5)
    given = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as folder:
        own, source = Path(folder, "registry"), Path(folder, "names.csv")
        written_csv(source, given.names)
        importing = timed(lambda: import_file(Store(own), source, "csv"))
        compiling = timed(lambda: Registry.load(own))
        plain_load, own_load = load_seconds(None, given.rounds), load_seconds(own, given.rounds)
        Registry.forget()
        plain, mine = Registry.load(), Registry.load(own)
        engine = load()
        texts = paragraphs(given.words)
        reports = [Report(str(i), text) for i, text in enumerate(texts)]
        start = time.perf_counter()
        parsed = list(zip(reports, engine.parse_all(texts), strict=True))
        parsing = time.perf_counter() - start
        pairs = [(timed(lambda: coded(parsed, plain)), timed(lambda: coded(parsed, mine))) for _ in range(given.rounds)]
    without, with_ = (statistics.median(p[i] for p in pairs) for i in (0, 1))
    ratio = statistics.median(b / a for a, b in pairs)
    whole = (parsing + with_) / (parsing + without)
    print(
        f"import {importing:.1f} s, compile {compiling:.1f} s; load {plain_load:.3f} s without, {own_load:.3f} s with"
    )
    print(f"find and code {without:.2f} s without, {with_:.2f} s with {given.names:,} names: ratio {ratio:.3f}")
    print(f"with parsing ({parsing:.2f} s): ratio {whole:.3f}")
    return int(whole > 1.10 or own_load - plain_load > 0.3)


if __name__ == "__main__":
    sys.exit(main())
