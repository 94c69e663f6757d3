"""The quick quality floors: run the scorer on the labelled sets beside the repository and compare with `floors.toml`.

    python -m benchmarks.floors              fail (status 1) where a figure is below its floor
    python -m benchmarks.floors --update     raise floors to what was measured; never lowers one
    python -m benchmarks.floors SET ...      only these sets

Where ../shared is absent the run says so and ends well: there is nothing to measure with.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
import tempfile
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SHARED = ROOT.parent / "shared"
FLOORS = Path(__file__).with_name("floors.toml")
PROGRAM = Path(sys.executable).with_name("dragoman")

Figures = dict[str, dict[str, float]]
"""Table of `floors.toml` → name → figure; gold names are `set.metric`."""


def measured(sets: list[str]) -> Figures:
    """What the scorer and the acceptance page say of the installed program."""
    return {"acceptance": _acceptance(), "gold": _gold(sets)}


def _gold(sets: list[str]) -> dict[str, float]:
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / "scores.json"
        command = [
            sys.executable,
            str(SHARED / "score" / "score.py"),
            *sets,
            "--command",
            f"{PROGRAM} code",
            "--json",
            str(out),
        ]
        subprocess.run(command, check=True, stdout=sys.stderr)
        scores = json.loads(out.read_text(encoding="utf-8"))
    figures: dict[str, float] = {}
    for one in scores["sets"]:
        for fault in one["faults"]:
            sys.stderr.write(f"! {one['set']}: {fault}\n")
        for score in one["scores"]:
            figures[f"{one['set']}.{score['metric']}"] = -score["value"] if score["lower_is_better"] else score["value"]
    return figures


def _acceptance() -> dict[str, float]:
    pages = sorted(str(p) for p in (SHARED / "acceptance").glob("*.json"))
    command = [sys.executable, str(SHARED / "acceptance" / "accept.py"), *pages, "--command", f"{PROGRAM} code"]
    said = subprocess.run(command, capture_output=True, text=True, check=False).stdout
    found = re.search(r"(\d+) of (\d+) hold", said)
    return {"rows that hold": float(found.group(1)) if found else 0.0}


def sunk(floors: Figures, figures: Figures) -> list[str]:
    """Each floor that a figure is below, or for which there is no figure, as a line."""
    lines = []
    for table, wanted in floors.items():
        for name, floor in wanted.items():
            got = figures.get(table, {}).get(name)
            if got is None or got < floor - 1e-9:
                lines.append(f"{table}.{name}: floor {floor:g}, measured {'nothing' if got is None else f'{got:.4f}'}")
    return lines


def raised(floors: Figures, figures: Figures, slack: float) -> Figures:
    """The floors lifted to the figures less `slack`; none is lowered."""

    def lifted(table: str, name: str, floor: float) -> float:
        got = figures.get(table, {}).get(name, floor)
        return max(floor, round(got - (slack if table == "gold" else 0), 3))

    return {
        table: {name: lifted(table, name, floor) for name, floor in wanted.items()} for table, wanted in floors.items()
    }


def _write(floors: Figures) -> None:
    """Put new numbers into the file, its comments kept."""
    text = FLOORS.read_text(encoding="utf-8")
    for wanted in floors.values():
        for name, floor in wanted.items():
            text = re.sub(rf'^("{re.escape(name)}" = )[-\d.]+', rf"\g<1>{floor:g}", text, flags=re.MULTILINE)
    FLOORS.write_text(text, encoding="utf-8")


def main() -> int:
    arguments = [a for a in sys.argv[1:] if not a.startswith("--")]
    if not SHARED.is_dir():
        sys.stderr.write("no ../shared beside the repository: the floors have nothing to measure with; skipped\n")
        return 0
    content = tomllib.loads(FLOORS.read_text(encoding="utf-8"))
    slack = float(content.pop("slack"))
    floors: Figures = content
    sets = arguments or sorted({name.partition(".")[0] for name in floors["gold"]})
    figures = measured(sets)
    if arguments:
        floors = {"gold": {n: f for n, f in floors["gold"].items() if n.partition(".")[0] in arguments}}
    if "--update" in sys.argv:
        _write(raised(floors, figures, slack))
    lines = sunk(floors, figures)
    sys.stderr.write("".join(f"SUNK {line}\n" for line in lines) or "every floor holds\n")
    return 1 if lines else 0


if __name__ == "__main__":
    sys.exit(main())
