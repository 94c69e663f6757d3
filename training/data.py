"""Treebanks and names as training examples: CoNLL-U sentences, windows of several sentences, names read off JSON lines."""

from __future__ import annotations

import gzip
import json
import random
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

NAME_TYPES = ("PERSON", "ORG", "LOC", "NORP", "EVENT", "DATE")
NAME_TAGS = ("O", *(f"{prefix}-{kind}" for kind in NAME_TYPES for prefix in "BI"))
OPEN = "?"
"""A name tag that stands for any."""
NO_SPACE, SPACE, NEWLINE = 0, 1, 2


@dataclass(frozen=True, slots=True)
class Word:
    """One UD word; `head` counts from 1 within its sentence, 0 for the root; `gap` is what stands before the word."""

    form: str
    lemma: str = ""
    upos: str = ""
    xpos: str = ""
    feats: str = ""
    head: int = 0
    dep: str = ""
    gap: int = SPACE


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence; `names` are BIO tags (None: not labelled) and `types` what name types its annotators marked.

    `name_weight` is the weight of a word in the loss of names.
    """

    id: str
    text: str
    words: tuple[Word, ...]
    document: str = ""
    new_paragraph: bool = False
    names: tuple[str, ...] | None = None
    types: tuple[str, ...] = ()
    has_syntax: bool = True
    name_weight: float = 1.0


@dataclass(frozen=True, slots=True)
class Window:
    """Consecutive sentences that the encoder reads together."""

    sentences: tuple[Sentence, ...]
    know_starts: bool = True


def read_text(path: Path) -> str:
    """The text of a file, unpacked if its name ends in .gz."""
    data = path.read_bytes()
    return (gzip.decompress(data) if path.suffix == ".gz" else data).decode("utf-8")


def read_conllu(path: Path) -> list[Sentence]:
    """The sentences of a CoNLL-U file, with document and paragraph marks."""
    found: list[Sentence] = []
    document, paragraph = "", False
    for block in read_text(path).split("\n\n"):
        lines = block.strip("\n").split("\n")
        if not lines[0]:
            continue
        notes = dict(line[2:].partition(" = ")[::2] for line in lines if line.startswith("# "))
        document = notes.get("newdoc id", document)
        paragraph = "newpar" in notes or "newdoc id" in notes or any(n.startswith("newpar") for n in notes)
        found.append(Sentence(notes.get("sent_id", ""), notes.get("text", ""), _words(lines), document, paragraph))
    return found


def _words(lines: Sequence[str]) -> tuple[Word, ...]:
    words: list[Word] = []
    gap, inside_until, range_gap = SPACE, 0, SPACE
    for line in lines:
        if line.startswith("#"):
            continue
        row = line.split("\t")
        after = NO_SPACE if "SpaceAfter=No" in row[9] else SPACE
        if "-" in row[0]:
            inside_until, range_gap = int(row[0].split("-")[1]), after
            continue
        if not row[0].isdigit():
            continue
        feats = "" if row[5] == "_" else row[5]
        words.append(Word(row[1], row[2], row[3], row[4], feats, int(row[6]), row[7], gap))
        number = int(row[0])
        gap = (range_gap if number == inside_until else NO_SPACE) if number <= inside_until else after
    return tuple(words)


def offsets(text: str, words: Sequence[Word]) -> list[tuple[int, int]] | None:
    """Where the words stand in the text; None if they are not in it in order."""
    found, at = [], 0
    for word in words:
        start = text.find(word.form, at)
        if start < 0 or text[at:start].strip():
            return None
        at = start + len(word.form)
        found.append((start, at))
    return found


def bio(spans: Sequence[tuple[int, int]], mentions: Iterable[dict[str, object]]) -> tuple[str, ...]:
    """BIO tags of words at `spans` for mentions with `start`, `end` and `type`."""
    tags = ["O"] * len(spans)
    for mention in mentions:
        start, end = int(str(mention["start"])), int(str(mention["end"]))
        inside = [i for i, (a, b) in enumerate(spans) if a < end and b > start]
        for place, i in enumerate(inside):
            if tags[i] == "O":
                tags[i] = ("I-" if place else "B-") + str(mention["type"])
    return tuple(tags)


def add_names(sentences: Sequence[Sentence], path: Path, types: Sequence[str], weight: float = 1.0) -> list[Sentence]:
    """The sentences with the names of a JSON-lines file (`id`, `text`, `mentions`) laid over their words."""
    rows = {row["id"]: row for row in map(json.loads, read_text(path).splitlines())}
    found = []
    for sentence in sentences:
        row = rows.get(sentence.id)
        spans = offsets(row["text"], sentence.words) if row else None
        if row is not None and spans is not None:
            sentence = replace(sentence, names=bio(spans, row["mentions"]), types=tuple(types), name_weight=weight)
        found.append(sentence)
    return found


@dataclass(slots=True)
class Inventory:
    """The closed lists that the heads choose from, counted on the training files."""

    upos: list[str] = field(default_factory=list)
    xpos: list[str] = field(default_factory=list)
    feats: list[str] = field(default_factory=list)
    lemma: list[str] = field(default_factory=list)
    deps: list[str] = field(default_factory=list)
    names: list[str] = field(default_factory=lambda: list(NAME_TAGS))

    @classmethod
    def count(cls, sentences: Iterable[Sentence], rare: int = 2) -> Inventory:
        """The values of `sentences`, most frequent first; lemma rules and feature strings only if met `rare` times."""
        counts: dict[str, Counter[str]] = {key: Counter() for key in ("upos", "xpos", "feats", "lemma", "deps")}
        for word in (word for sentence in sentences for word in sentence.words):
            counts["upos"][word.upos] += 1
            counts["xpos"][word.xpos] += 1
            counts["feats"][word.feats] += 1
            counts["lemma"][lemma_rule(word.form, word.lemma)] += 1
            counts["deps"][word.dep] += 1
        kept = {"feats": rare, "lemma": rare}
        return cls(**{key: [v for v, n in c.most_common() if n >= kept.get(key, 1)] for key, c in counts.items()})


def lemma_rule(form: str, lemma: str) -> str:
    """The edit script from form to lemma: casing (L lower, K kept, T title), letters cut off the end, letters put on.

    `L2+y` makes "Cities" to "city".. of every casing the one that cuts least is taken, L before K before T.
    """
    best = ""
    cut_least = len(form) + len(lemma) + 1
    for flag, base in (("L", form.lower()), ("K", form), ("T", form[:1].upper() + form[1:].lower())):
        same = 0
        while same < min(len(base), len(lemma)) and base[same] == lemma[same]:
            same += 1
        if len(base) - same < cut_least:
            cut_least = len(base) - same
            best = f"{flag}{cut_least}+{lemma[same:]}"
    return best


TIME_WORDS = frozenset(
    """january february march april may june july august september october november december monday tuesday wednesday
    thursday friday saturday sunday today yesterday tomorrow tonight year years month months week weeks day days last next
    spring summer autumn winter decade century weekend morning evening night early late mid since ago jan. feb. aug. sept.
    oct. nov. dec.""".split()
)


def hidden(sentence: Sentence, i: int) -> tuple[str, ...]:
    """The name types that word `i` may belong to though its annotators, who did not mark those types, left it O."""
    word = sentence.words[i]
    low = word.form.lower()
    types = []
    if "DATE" not in sentence.types and (low in TIME_WORDS or any(c.isdigit() for c in low)):
        types.append("DATE")
    nameable = word.upos == "PROPN" or (word.form[:1].isupper() and word.upos in {"ADJ", "NOUN", "X"})
    if not nameable and word.upos in {"ADP", "DET", "CCONJ", "PUNCT", "NUM", "PART"}:
        around = [w.upos == "PROPN" for w in (*sentence.words[max(0, i - 1) : i], *sentence.words[i + 1 : i + 2])]
        nameable = len(around) == 2 and all(around)
    if nameable:
        types.extend(kind for kind in ("PERSON", "ORG", "LOC", "NORP", "EVENT") if kind not in sentence.types)
    return tuple(types)


def windows(sentences: Sequence[Sentence], rng: random.Random, single: float, limit: int) -> Iterator[Window]:
    """Cut the sentences into windows: with probability `single` one sentence, else up to `limit` words of one document."""
    at = 0
    while at < len(sentences):
        group = [sentences[at]]
        wanted = 0 if rng.random() < single else rng.randint(20, limit)
        size = len(group[0].words)
        at += 1
        while at < len(sentences) and size + len(sentences[at].words) <= wanted:
            following = sentences[at]
            if following.document != group[0].document or (following.new_paragraph and rng.random() < 0.6):
                break
            group.append(following)
            size += len(following.words)
            at += 1
        yield Window(tuple(group))


def disturb(window: Window, rng: random.Random) -> Window:
    """Now and then the window as newspapers set it: headline capitals, no capitals, no full stops, other line ends."""
    if not window.sentences[0].has_syntax and window.sentences[0].names is None:
        return window
    luck = rng.random()
    change = _CASINGS[0] if luck < 0.03 else _CASINGS[1] if luck < 0.05 else _CASINGS[2] if luck < 0.08 else None
    found = []
    for number, sentence in enumerate(window.sentences):
        if rng.random() < (0.04 if len(window.sentences) > 1 else 0.06):
            sentence = _without_stop(sentence)
        words = tuple(replace(w, form=change(w.form)) for w in sentence.words) if change else sentence.words
        if number and rng.random() < 0.15:
            words = (replace(words[0], gap=NEWLINE), *words[1:])
        found.append(replace(sentence, words=_wrapped(words, rng)))
    return replace(window, sentences=tuple(found))


_CASINGS = (str.upper, str.lower, lambda form: form[:1].upper() + form[1:])


def _without_stop(sentence: Sentence) -> Sentence:
    last = sentence.words[-1]
    if len(sentence.words) < 3 or last.form not in {".", "!", "?"} or last.head == 0:
        return sentence
    if any(word.head == len(sentence.words) for word in sentence.words):
        return sentence
    names = sentence.names[:-1] if sentence.names else sentence.names
    return replace(sentence, words=sentence.words[:-1], names=names)


def _wrapped(words: tuple[Word, ...], rng: random.Random) -> tuple[Word, ...]:
    if rng.random() >= 0.05:
        return words
    every = rng.randint(8, 16)
    return tuple(replace(w, gap=NEWLINE) if i and i % every == 0 and w.gap == SPACE else w for i, w in enumerate(words))


def plain_quotes(text: str) -> str:
    """Typographic quotation marks and apostrophes as typed ones."""
    return re.sub("[“”]", '"', re.sub("[‘’]", "'", text))
