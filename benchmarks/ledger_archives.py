"""Import of the sample tables, and whether change points meet days that history books give for Israel and the Palestinians.

Usage: python benchmarks/ledger_archives.py [FOLDER]      (default ../shared/gold/ledger; skipped with a word where it is not there)

The tables are for measuring only and no part of the project. A change point meets a day when it is within 90 days of it.
"""

from __future__ import annotations

import sys
import tempfile
import time
from datetime import date
from pathlib import Path

from dragoman.exchange import load_events
from dragoman.ledger import Ledger

TURNS = {
    "first intifada": date(1987, 12, 9),
    "Oslo": date(1993, 9, 13),
    "second intifada": date(2000, 9, 28),
    "Defensive Shield": date(2002, 3, 29),
    "Gaza war": date(2008, 12, 27),
}
WITHIN = 90


def main() -> None:
    """Runs the import and prints seconds, sizes and change points."""
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).parents[2] / "shared" / "gold" / "ledger"
    tables = sorted(folder.glob("*.gz"))
    if not tables:
        print(f"no tables in {folder}: nothing measured")
        return
    with tempfile.TemporaryDirectory() as place, Ledger.open(Path(place) / "archives.ledger") as ledger:
        total = 0.0
        for table in tables:
            begun = time.perf_counter()
            added, skipped = load_events(ledger, table)
            total += (took := time.perf_counter() - begun)
            print(
                f"{table.name}: {added.claims} claims in {took:.1f} s, {sum(skipped.reasons.values())} rows without counterpart"
            )
        print(f"both: {total:.1f} s")
        begun = time.perf_counter()
        tie = ledger.tie("Israel", "Palestinians", since="1979-04-01", until="2011-11-01")
        print(f"tie Israel - Palestinians: {(time.perf_counter() - begun) * 1000:.0f} ms, {len(tie.series)} periods")
        days = [date.fromisoformat(change.date) for change in tie.changes]
        print(f"{len(days)} change points: {', '.join(f'{day:%Y-%m}' for day in days)}")
        for name, turn in TURNS.items():
            near = min((abs((day - turn).days) for day in days), default=9999)
            print(f"  {name} {turn:%Y-%m}: {'met' if near <= WITHIN else 'missed'} ({near} days)")


if __name__ == "__main__":
    main()
