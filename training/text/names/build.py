"""Turn the hand-labelled sentences beside this file into JSON lines.

Every ``NN-topic.txt`` holds one sentence per line with inline spans, ``[PERSON Danilo Vestrov] flew to [LOC Tbilisi].``
Lines that start with ``#`` are comments, but for ``# region: NAME``, which names the region of the file. A literal
square bracket is written ``\\[`` or ``\\]``.

Writes ``names.jsonl`` and ``names-heldout.jsonl``; a sentence is held out by the hash of its text alone, so adding
sentences never moves one from one side to the other. Any malformed line stops the build and is named as FILE:LINE.
"""

import argparse
import hashlib
import json
import re
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

TYPES = frozenset({"PERSON", "ORG", "LOC", "NORP", "EVENT", "DATE"})
HELD_OUT_ONE_IN = 10
LONGEST_SENTENCE_IN_WORDS = 60
NAMES_THAT_END_IN_S = frozenset({"Moody's", "McDonald's", "Lloyd's", "Sotheby's", "Wendy's", "Fry's", "Denny's"})
NAMES_WITH_THE = frozenset({"The Hague", "The Economist", "The Guardian", "The Daily Telegraph"})
_PIECE = re.compile(r"\\(?P<escaped>[\[\]\\])|\[(?P<type>[A-Z]+) (?P<name>[^\[\]\\]+)\]|(?P<plain>[^\[\]\\]+)")
_TITLE = re.compile(r"(?:President|Prime Minister|Minister|Gen\.|Mr\.|Mrs\.|Ms\.|Dr\.|Sen\.|Rep\.|Lt\.|Col\.) ")


class LabelError(ValueError):
    """A line that breaks the format; the message starts with FILE:LINE."""


@dataclass(frozen=True)
class Sentence:
    """One labelled sentence; mentions are (start, end, type) in characters of ``text``, end exclusive, in order."""

    text: str
    mentions: tuple[tuple[int, int, str], ...]
    region: str
    place: str

    @property
    def held_out(self) -> bool:
        """Whether the sentence belongs to the held-out tenth."""
        return int(hashlib.sha256(self.text.encode()).hexdigest(), 16) % HELD_OUT_ONE_IN == 0

    def as_json(self) -> str:
        """The line written to the data files."""
        mentions = [{"start": start, "end": end, "type": kind} for start, end, kind in self.mentions]
        return json.dumps({"text": self.text, "mentions": mentions}, ensure_ascii=False)


def parse_line(line: str, region: str, place: str) -> Sentence:
    """Read one line of markup; ``place`` is FILE:LINE, for errors."""
    text, mentions, at = "", [], 0
    while at < len(line):
        piece = _PIECE.match(line, at)
        if piece is None:
            raise LabelError(f"{place}: column {at + 1}: stray bracket; write [TYPE name], or \\[ for a literal one")
        start, at = len(text), piece.end()
        if piece["type"] is None:
            text += piece["escaped"] or piece["plain"]
            continue
        text += piece["name"]
        _check_span(piece["type"], piece["name"], place)
        mentions.append((start, len(text), piece["type"]))
    _check_sentence(text, place)
    return Sentence(text, tuple(mentions), region, place)


def _check_span(kind: str, name: str, place: str) -> None:
    if kind not in TYPES:
        raise LabelError(f"{place}: type {kind} is not one of {', '.join(sorted(TYPES))}")
    if name != name.strip() or not any(letter.isalnum() for letter in name):
        raise LabelError(f"{place}: span {name!r} must hold a letter or digit and have no blanks at its ends")
    if name.endswith(("'s", "’s")) and name not in NAMES_THAT_END_IN_S:
        raise LabelError(f"{place}: span {name!r} ends in a possessive; close the bracket before it")
    if name.startswith(("the ", "The ")) and name not in NAMES_WITH_THE:
        raise LabelError(f"{place}: span {name!r} starts with an article; open the bracket after it")
    if kind == "PERSON" and _TITLE.match(name):
        raise LabelError(f"{place}: span {name!r} starts with a title; open the bracket after it")


def _check_sentence(text: str, place: str) -> None:
    if text != text.strip() or "  " in text:
        raise LabelError(f"{place}: blanks at an end of the sentence, or two in a row")
    if len(text.split()) > LONGEST_SENTENCE_IN_WORDS:
        raise LabelError(f"{place}: longer than {LONGEST_SENTENCE_IN_WORDS} words")


def read_file(path: Path) -> Iterator[Sentence]:
    """The sentences of one text file, in order."""
    region = ""
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        if line.startswith("# region: "):
            region = line.removeprefix("# region: ").strip()
        elif line and not line.startswith("#"):
            if not region:
                raise LabelError(f"{path.name}:{number}: sentence before the '# region: NAME' line")
            yield parse_line(line, region, f"{path.name}:{number}")


def read_folder(folder: Path) -> list[Sentence]:
    """All sentences of a folder; the same sentence twice is an error."""
    first_place: dict[str, str] = {}
    sentences = []
    for path in sorted(folder.glob("[0-9][0-9]-*.txt")):
        for sentence in read_file(path):
            if sentence.text in first_place:
                raise LabelError(f"{sentence.place}: same sentence as {first_place[sentence.text]}")
            first_place[sentence.text] = sentence.place
            sentences.append(sentence)
    return sentences


def summary(sentences: list[Sentence]) -> str:
    """Counts per type and region, for the log and the README."""
    kinds = Counter(kind for sentence in sentences for *_, kind in sentence.mentions)
    regions = Counter(sentence.region for sentence in sentences)
    empty = sum(not sentence.mentions for sentence in sentences)
    held_out = sum(sentence.held_out for sentence in sentences)
    lengths = sorted(len(sentence.text.split()) for sentence in sentences)
    middle = lengths[len(lengths) // 2]
    lines = [
        f"{len(sentences)} sentences, {held_out} held out, {empty} without a name, median {middle} words",
        " ".join(f"{kind}={count}" for kind, count in kinds.most_common()),
        ", ".join(f"{region} {count}" for region, count in regions.most_common()),
    ]
    return "\n".join(lines)


def main() -> int:
    """Build both files; exit status 1 and FILE:LINE on stderr when a line is malformed."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--folder", type=Path, default=Path(__file__).parent, help="where the text files lie")
    folder: Path = parser.parse_args().folder
    try:
        sentences = read_folder(folder)
    except LabelError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    if not sentences:
        sys.stderr.write(f"{folder}: no NN-topic.txt files with sentences\n")
        return 1
    for name, wanted in (("names.jsonl", False), ("names-heldout.jsonl", True)):
        chosen = [sentence.as_json() for sentence in sentences if sentence.held_out is wanted]
        (folder / name).write_text("".join(f"{line}\n" for line in chosen), encoding="utf-8")
    sys.stdout.write(f"{summary(sentences)}\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
