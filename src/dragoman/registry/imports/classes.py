"""What the classes of a Wikidata dump are here: those listed in `codes.toml`, and what the dump says lies below them (P279)."""

from __future__ import annotations

import json
from array import array
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from dragoman.registry.imports.codes import codes
from dragoman.registry.imports.lines import Lines

POSITIONS = ("Q4164871", "Q294414")
"""Classes of positions: position, public office."""
DEEPEST = 8
"""Steps from a class up to a listed one; farther up Wikidata's classes become too wide to tell a kind."""
SUBCLASS_OF = "P279"


@dataclass(frozen=True, slots=True)
class Classes:
    """For the number of a class: the listed class that tells its kind, and how many steps lie between; and the classes of positions."""

    kinds: Mapping[int, tuple[int, str]]
    positions: frozenset[int]

    def kind(self, classes: Iterable[str]) -> tuple[str, str] | None:
        """Kind and sector of an item of these classes; of several the nearest to a listed one, then the first."""
        found = [self.kinds[n] for c in classes if (n := _number(c)) in self.kinds]
        if not found:
            return None
        kind, sector = codes()["wikidata"][min(found, key=lambda row: row[0])[1]]
        return kind, sector

    def is_position(self, class_: str) -> bool:
        """Whether items of the class are offices."""
        return _number(class_) in self.positions


def read_classes(lines: Lines) -> Classes:
    """The classes of a dump, in one pass. A line that is no item is passed over: reading the items tells it."""
    # Two arrays rather than a dictionary: a whole dump has millions of subclasses, most of them of genes and stars.
    lower, upper = array("Q"), array("Q")
    for _, text in lines:
        if SUBCLASS_OF in text:
            for child, parent in _edges(text):
                lower.append(child)
                upper.append(parent)
    barred = frozenset(map(_number, codes()["wikidata_not"]))
    tops = [(_number(item), item) for item in codes()["wikidata"]]
    kinds = _below(tops, lower, upper, barred)
    offices = _below([(_number(item), item) for item in POSITIONS], lower, upper, barred)
    return Classes(kinds, frozenset(offices))


def _edges(text: str) -> Iterator[tuple[int, int]]:
    """Numbers of a class and of each class above it."""
    try:
        item = json.loads(text.strip().rstrip(","))
        child = _number(item["id"])
        for statement in (item.get("claims") or {}).get(SUBCLASS_OF, []):
            main = statement["mainsnak"]
            if statement.get("rank") != "deprecated" and main.get("snaktype") == "value":
                yield child, _number(main["datavalue"]["value"]["id"])
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError, OverflowError):
        return


def _number(item: str) -> int:
    return int(item[1:]) if item[:1] == "Q" and item[1:].isascii() and item[1:].isdigit() and len(item) < 20 else 0


def _below(
    tops: Iterable[tuple[int, str]], lower: array[int], upper: array[int], barred: frozenset[int]
) -> dict[int, tuple[int, str]]:
    """Each class below the `tops`: its steps from the nearest, and which that is. Circles end where a class is known."""
    found = {number: (0, item) for number, item in tops}
    edge = dict(found)
    for step in range(1, DEEPEST + 1):
        below: dict[int, tuple[int, str]] = {}
        for child, parent in zip(lower, upper, strict=True):
            if parent in edge and child and child not in found and child not in barred:
                below.setdefault(child, (step, edge[parent][1]))
        if not below:
            break
        found |= below
        edge = below
    return found
