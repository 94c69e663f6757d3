"""Name labels for EWT's training part from a list of typed strings, for whole runs of proper nouns; what is not known stays open."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import lru_cache
from pathlib import Path

from training.data import NAME_TYPES, OPEN, TIME_WORDS, Sentence, hidden

LIST = Path(__file__).parent / "web/ewt-names.txt"
TITLES = frozenset(
    """mr. mrs. ms. dr. mr mrs ms dr president senator sen. gen. general secretary doctor professor prof. rev. king queen prince
    captain col. judge sheikh mullah ayatollah imam senators reverend sir minister""".split()
)
COMPANY = re.compile(
    r"(?:Inc|Corp|LLC|Ltd|LLP|L\.P|Co|PLC|Corporation|Company|Committee|Commission|University|Bank)\.?$"
)
ADDRESS = re.compile(r"@|://|www\.|\.(?:com|net|org)\b")


@lru_cache(maxsize=1)
def typed() -> dict[str, str]:
    """Type of each listed string."""
    found = {}
    for line in LIST.read_text(encoding="utf-8").splitlines():
        kind, colon, names = line.partition(": ")
        if colon and not line.startswith("#"):
            found.update(dict.fromkeys(names.split("|"), kind))
    return found


@lru_cache(maxsize=1)
def given_names() -> frozenset[str]:
    """First words of listed persons."""
    return frozenset(name.split()[0] for name, kind in typed().items() if kind == "PERSON") - TITLES


def label(sentence: Sentence, guess: Sequence[str]) -> Sentence:
    """The sentence with typed runs; `guess` (tags, or open) where a run is not known."""
    blank = replace(sentence, types=())
    tags = [tag if hidden(blank, i) else "O" for i, tag in enumerate(guess)]
    for first, last in _runs(sentence):
        while last - first > 1 and sentence.words[first].form.lower() in TITLES:
            tags[first] = "O"
            first += 1
        kind = _type(sentence, first, last)
        if kind == "NONE":
            tags[first:last] = ["O"] * (last - first)
        elif kind:
            tags[first:last] = [f"B-{kind}", *[f"I-{kind}"] * (last - first - 1)]
            if last < len(tags) and tags[last].startswith("I-"):
                tags[last] = OPEN
    return replace(sentence, names=tuple(tags), types=NAME_TYPES)


def _runs(sentence: Sentence) -> Iterator[tuple[int, int]]:
    start = -1
    for i, word in enumerate([*sentence.words, None]):
        proper = word is not None and word.upos == "PROPN" and word.form.lower() not in TIME_WORDS
        if proper and start < 0:
            start = i
        elif not proper and start >= 0:
            yield start, i
            start = -1


def _type(sentence: Sentence, first: int, last: int) -> str:
    forms = [word.form for word in sentence.words[first:last]]
    whole = " ".join(forms)
    before = sentence.words[first - 1].form.lower() if first else ""
    if ADDRESS.search(whole) or (len(forms) == 1 and forms[0].lower() in TITLES):
        return "NONE"
    if before in TITLES:
        return "PERSON"
    joined = _joined(sentence, first, last)
    kind = typed().get(whole, "")
    if joined and kind != "PERSON":
        return ""
    if not kind and COMPANY.search(forms[-1]) and len(forms) > 1:
        return "ORG"
    if not kind and len(forms) in {2, 3} and forms[0] in given_names() and all(f[0].isupper() for f in forms):
        return "PERSON"
    return kind


def _joined(sentence: Sentence, first: int, last: int) -> bool:
    """Whether the run may be a piece of a longer name ("Bank of England", "the U.S. Army", "Al - Qaeda")."""
    around = [w.form for w in (*sentence.words[max(0, first - 1) : first], *sentence.words[last : last + 1])]
    return any(form in {"of", "-", "&", "/", "United", "New", "Saudi", "al", "Al"} for form in around)
