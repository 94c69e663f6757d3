"""How well the engine parses: UD figures on given and on raw text, sentence starts, names; floors that may not sink.

    python benchmarks/parse_quality.py [--weights FOLDER] [--gold FOLDER] [--floors benchmarks/parse_floors.toml]

Raw text: the sentences of a document joined by blanks (EWT) or with paragraphs (GUM, which marks them). Words are
matched by their place in the text; LAS is the F1 of words whose head and universal relation are right.
"""

from __future__ import annotations

import argparse
import gzip
import json
import sys
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from dragoman.model import Parse
from dragoman.parse import Engine, conllu, load

HERE = Path(__file__).parent
NEWS = ("weblog", "newsgroup", "GUM_news")


@dataclass(frozen=True, slots=True)
class Document:
    """A gold document: its text and parse."""

    id: str
    gold: Parse


def documents(path: Path) -> list[Document]:
    text = gzip.decompress(path.read_bytes()).decode("utf-8")
    ids = [line.partition("= ")[2] for line in text.split("\n") if line.startswith("# newdoc id")]
    parses = conllu.read(text)
    return [Document(i, parse) for i, parse in zip(ids or [""] * len(parses), parses, strict=True)]


def given(engine: Engine, docs: Sequence[Document]) -> dict[str, float]:
    """Share of right tags, lemmas, heads and relations on gold words and sentences."""
    counts = dict.fromkeys(("upos", "xpos", "feats", "lemma", "uas", "las"), 0)
    total = 0
    for doc in docs:
        gold = doc.gold
        rows = [gold.tokens[s.first : s.last] for s in gold.sentences]
        forms = [[t.text for t in row] for row in rows]
        spaces = [[gold.text[t.end : t.end + 1] != "" and gold.text[t.end].isspace() for t in row] for row in rows]
        said = engine.parse_tokens(forms, spaces)
        for true, guess in zip(gold.tokens, said.tokens, strict=True):
            total += 1
            for key in ("upos", "xpos", "feats", "lemma"):
                counts[key] += getattr(true, key) == getattr(guess, key)
            attached = true.head == guess.head
            counts["uas"] += attached
            counts["las"] += attached and true.rel == guess.rel
    return {key: round(value / total, 4) for key, value in counts.items()}


def raw(engine: Engine, docs: Sequence[Document]) -> dict[str, float]:
    """F1 of words, sentence starts and LAS on raw text."""
    hits = {"words": 0, "starts": 0, "las": 0}
    golds, saids = dict(hits), dict(hits)
    for doc, said in zip(docs, engine.parse_all([doc.gold.text for doc in docs]), strict=True):
        for key, true, guess in zip(hits, _marks(doc.gold), _marks(said), strict=True):
            hits[key] += len(true & guess)
            golds[key] += len(true)
            saids[key] += len(guess)
    return {"raw_" + key: round(2 * hits[key] / max(1, golds[key] + saids[key]), 4) for key in hits}


Mark = tuple[object, ...]


def _marks(parse: Parse) -> tuple[set[Mark], set[Mark], set[Mark]]:
    words: set[Mark] = {(t.start, t.end) for t in parse.tokens}
    starts: set[Mark] = {(s.start,) for s in parse.sentences}
    trees: set[Mark] = set()
    for t in parse.tokens:
        head = parse.tokens[t.head]
        trees.add((t.start, t.end, t.rel, *(("root",) if head is t else (head.start, head.end))))
    return words, starts, trees


def names(engine: Engine, path: Path, kinds: frozenset[str]) -> dict[str, float]:
    """Strict and relaxed span F1 of the names of the engine alone."""
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    hits = close = said = gold = 0
    for row, parse in zip(rows, engine.parse_all([row["text"] for row in rows]), strict=True):
        true = {
            (m["start"], m["end"], m["type"]) for m in row.get("mentions", row.get("entities")) if m["type"] in kinds
        }
        spans = [(parse.span(e.first, e.last), e.label) for e in parse.entities]
        guess = {(span.start, span.end, label) for span, label in spans if label in kinds}
        hits += len(true & guess)
        close += sum(any(a < e and s < b and k == kind for a, b, k in guess) for s, e, kind in true)
        said, gold = said + len(guess), gold + len(true)
    return {"strict": round(2 * hits / max(1, said + gold), 4), "recall_relaxed": round(close / max(1, gold), 4)}


def measure(engine: Engine, gold: Path) -> dict[str, dict[str, float]]:
    """All figures, by set."""
    ewt, gum = documents(gold / "syntax/ewt-dev.conllu.gz"), documents(gold / "syntax/gum-news-dev.conllu.gz")
    news = [doc for doc in ewt if doc.id.startswith(NEWS)]
    kinds = frozenset({"PERSON", "ORG", "LOC"})
    return {
        "ewt-dev": given(engine, ewt) | raw(engine, ewt),
        "ewt-dev-news": given(engine, news) | raw(engine, news),
        "gum-news-dev": given(engine, gum) | raw(engine, gum),
        "uner-dev": names(engine, gold / "ner/uner-dev.jsonl", kinds),
        "gum-names-dev": names(engine, gold / "ner/gum-names-dev.jsonl", kinds),
    }


def below(found: dict[str, dict[str, float]], floors: dict[str, dict[str, float]]) -> list[str]:
    """The figures under their floors, in words."""
    return [
        f"{name} {key}: {found[name][key]} is under its floor {floor}"
        for name, row in floors.items()
        for key, floor in row.items()
        if found[name][key] < floor
    ]


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--weights", type=Path)
    parser.add_argument("--gold", type=Path, default=HERE.parent.parent / "shared/gold")
    parser.add_argument("--floors", type=Path, default=HERE / "parse_floors.toml")
    args = parser.parse_args()
    found = measure(load(args.weights), args.gold)
    for name, row in found.items():
        print(name, " ".join(f"{key} {value:.4f}" for key, value in row.items()))
    floors = tomllib.loads(args.floors.read_text()) if args.floors.is_file() else {}
    faults = below(found, floors)
    print("\n".join(faults))
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
