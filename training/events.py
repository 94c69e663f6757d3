"""The coded sentences written for this project: read and checked. `python -m training.events` prints faults and counts.

A sentence stands on a line of its own; below it, indented, one line for each event, or one that says what kind of
sentence without event it is:

    Two jets struck a depot outside Sirte on Monday, the Libyan army said.
      ASSAULT/aerial | struck | jets > depot | actual
    The striker attacked down the left wing.
      - sport

An event line gives type and mode, trigger (`@2`: its second occurrence), parties (`;` between several, `>` between
those who act and those who receive, `&` between those of a mutual event), stance, and `side` if it is not the news.
"""

from __future__ import annotations

import re
import sys
import tomllib
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

FOLDER = Path(__file__).parent / "text/events"
TYPES = Path(__file__).parents[1] / "src/dragoman/codebook/types.toml"
STANCES = ("actual", "denied", "planned", "hoped", "possible")
HELD_OUT = "heldout"


@dataclass(frozen=True, slots=True)
class Coded:
    """One event: `at` is the trigger's span in the sentence; parties are words of the sentence."""

    type: str
    mode: str
    trigger: str
    at: tuple[int, int]
    actors: tuple[str, ...]
    recipients: tuple[str, ...]
    mutual: bool
    stance: str
    main: bool


@dataclass(slots=True)
class Written:
    """A sentence with its events; `without` says what kind of sentence it is if it has none."""

    where: str
    region: str
    text: str
    events: list[Coded] = field(default_factory=list)
    without: str = ""


def occurrences(words: str, text: str) -> list[int]:
    """Where the words stand in the text as whole words."""
    return [m.start() for m in re.finditer(rf"(?<!\w){re.escape(words)}(?!\w)", text)]


def event(line: str, text: str) -> Coded:
    """The event of a line below `text`. Raises ValueError saying what is wrong."""
    cells = [cell.strip() for cell in line.split("|")]
    if len(cells) not in (4, 5) or (len(cells) == 5 and cells[4] != "side"):
        raise ValueError(f"expected 'TYPE/mode | trigger | actors > recipients | stance [| side]', found {line!r}")
    kind, _, mode = cells[0].partition("/")
    trigger, _, nth = cells[1].partition("@")
    found = occurrences(trigger, text)
    if not found or (len(found) > 1 and not nth) or int(nth or 1) > len(found):
        raise ValueError(f"trigger {trigger!r} stands {len(found)} times; give @1, @2 …")
    if cells[3] not in STANCES:
        raise ValueError(f"stance {cells[3]!r} is none of {', '.join(STANCES)}")
    mutual = "&" in cells[2]
    left, _, right = (cells[2].replace("&", ";") + (">" if ">" not in cells[2] else "")).partition(">")
    sides = [tuple(p.strip() for p in side.split(";") if p.strip()) for side in (left, right)]
    for party in (*sides[0], *sides[1]):
        if not occurrences(party, text):
            raise ValueError(f"party {party!r} does not stand in the sentence")
    start = found[int(nth or 1) - 1]
    return Coded(kind, mode, trigger, (start, start + len(trigger)), *sides, mutual, cells[3], len(cells) == 4)


def read(path: Path, faults: list[str]) -> Iterator[Written]:
    """The sentences of a file; what is wrong is put into `faults`."""
    region, current = "", None
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        where = f"{path.name}:{number}"
        if line.startswith("#"):
            region = line.partition("region:")[2].strip() or region
        elif line.strip() and not line[0].isspace():
            if current is not None:
                yield current
            current = Written(where, region, line.strip())
        elif line.strip() and current is None:
            faults.append(f"{where}: an event before any sentence")
        elif line.strip() and current is not None:
            if line.strip().startswith("- "):
                current.without = line.strip()[2:]
                continue
            try:
                current.events.append(event(line.strip(), current.text))
            except ValueError as error:
                faults.append(f"{where}: {error}")
    if current is not None:
        yield current


def codebook() -> dict[str, set[str]]:
    """The modes of each type."""
    return {name: set(row.get("modes", {})) for name, row in tomllib.loads(TYPES.read_text("utf-8")).items()}


def check(sentences: list[Written]) -> Iterator[str]:
    """What is wrong with the sentences as a set: unknown types and modes, doubles, nothing said of a sentence."""
    types, seen = codebook(), Counter(s.text.casefold() for s in sentences)
    for one in sentences:
        if not one.events and not one.without:
            yield f"{one.where}: neither an event nor the kind of sentence without one"
        if one.events and one.without:
            yield f"{one.where}: events and a kind of sentence without one"
        if seen[one.text.casefold()] > 1:
            yield f"{one.where}: the sentence stands twice"
        for coded in one.events:
            if coded.type not in types or (coded.mode and coded.mode not in types[coded.type]):
                yield f"{one.where}: no such type or mode: {coded.type}/{coded.mode}"


def load(held_out: bool | None = None, folder: Path = FOLDER) -> tuple[list[Written], list[str]]:
    """All sentences and all faults; `held_out` True or False takes only the files kept for measuring, or only the others."""
    faults: list[str] = []
    sentences = [
        one
        for path in sorted(folder.glob("*.txt"))
        if held_out is None or (HELD_OUT in path.stem) == held_out
        for one in read(path, faults)
    ]
    return sentences, [*faults, *check(sentences)]


def main() -> None:
    """Print faults and counts; exit 1 on a fault."""
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else FOLDER
    sentences, faults = load(folder=folder)
    print("\n".join(faults))
    kinds = Counter(coded.type for one in sentences for coded in one.events)
    modes = Counter(f"{c.type}/{c.mode}" for one in sentences for c in one.events if c.mode)
    stances = Counter(coded.stance for one in sentences for coded in one.events)
    none = Counter(one.without for one in sentences if not one.events)
    print(len(sentences), "sentences,", sum(none.values()), "without event,", len(faults), "faults")
    for title, count in (("types", kinds), ("modes", modes), ("stances", stances), ("without", none)):
        print(title, dict(count.most_common()))
    print("regions", dict(Counter(one.region for one in sentences)))
    sys.exit(bool(faults))


if __name__ == "__main__":
    main()
