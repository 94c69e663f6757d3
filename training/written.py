"""The labelled sentences written for this project: read, cut into words, and varied by swapping names."""

from __future__ import annotations

import json
import random
import re
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from dragoman.parse.rules import rules
from dragoman.parse.tokenize import tokenize
from training.data import NAME_TYPES, Sentence, Word, bio, read_text

HELD_OUT = "heldout"
WEB = Path(__file__).parent / "web"
Names = dict[str, list[tuple[Word, ...]]]


_MARK = re.compile(r"\[([A-Z]+) ([^\]]+)\]")


def unmarked(line: str) -> dict[str, Any]:
    """`text` and `mentions` of a line with marked spans: `[PERSON Ada] left`."""
    text, mentions, at = "", [], 0
    for match in _MARK.finditer(line):
        text += line[at : match.start()]
        mentions.append({"start": len(text), "end": len(text) + len(match[2]), "type": match[1]})
        text += match[2]
        at = match.end()
    return {"text": text + line[at:], "mentions": mentions}


def read_rows(path: Path) -> list[dict[str, Any]]:
    """The rows of a JSON-lines file (`text`, `mentions`), or of a text file with marked spans (`#`: comment)."""
    lines = read_text(path).splitlines()
    if path.suffix == ".jsonl":
        return [json.loads(line) for line in lines]
    return [unmarked(line) for line in lines if line.strip() and not line.startswith("#")]


def read_written(path: Path) -> list[Sentence]:
    """The sentences of a file, one document; all six types are labelled."""
    found = []
    for number, row in enumerate(read_rows(path)):
        forms, starts, gaps = tokenize(row["text"], 0, len(row["text"]), rules())
        words = tuple(Word(form, gap=gap) for form, gap in zip(forms, gaps, strict=True))
        tags = bio([(s, s + len(f)) for s, f in zip(starts, forms, strict=True)], row["mentions"])
        found.append(
            Sentence(f"{path.stem}-{number}", row["text"], words, path.stem, False, tags, NAME_TYPES, False, 2.0)
        )
    return found


def written_names(folder: Path) -> list[Sentence]:
    """All labelled sentences in `folder`, but for the files held out to measure on, and those for web text."""
    paths = [*sorted(folder.glob("*.jsonl")), *sorted(WEB.glob("*.txt"))]
    return [s for path in paths if HELD_OUT not in path.stem for s in read_written(path)]


def pool(sentences: Sequence[Sentence]) -> Names:
    """The names of the sentences by type."""
    found: Names = {kind: [] for kind in NAME_TYPES}
    for sentence in sentences:
        for first, last, kind in _spans(sentence.names or ()):
            found[kind].append(sentence.words[first:last])
    return found


def swap(sentence: Sentence, names: Names, rng: random.Random, share: float) -> Sentence:
    """The sentence with each of its names put in the place of another of its type, with probability `share`."""
    tags = list(sentence.names or ())
    words = list(sentence.words)
    for first, last, kind in reversed(_spans(tags)):
        if rng.random() >= share or not names[kind]:
            continue
        other = rng.choice(names[kind])
        words[first:last] = [replace(other[0], gap=words[first].gap), *other[1:]]
        tags[first:last] = [f"B-{kind}", *[f"I-{kind}"] * (len(other) - 1)]
    return replace(sentence, words=tuple(words), names=tuple(tags))


def _spans(tags: Sequence[str]) -> list[tuple[int, int, str]]:
    found: list[tuple[int, int, str]] = []
    for i, tag in enumerate(tags):
        if tag[0] == "B":
            found.append((i, i + 1, tag[2:]))
        elif tag[0] == "I" and found:
            found[-1] = (found[-1][0], i + 1, found[-1][2])
    return found
