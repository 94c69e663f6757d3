"""The errors of event coding by kind: counted on sentences with triggers and parties, told with examples of our own wording.

    python -m benchmarks.coding_errors [--program .venv/bin/dragoman] [--plv FILE.tsv] [--list] [--page docs/coding-errors.md]

Counted are the missed, surplus and mistyped main events, wrong parties and wrong stances of the half `dev` of our own sentences
(`tests/gold/events.jsonl`); the half `report` is not read. `--plv` adds pairs of a table with the columns sentence, source, target,
root (such a set is not part of this repository), in a column of their own. Each error is sorted by rules, so that the same program gives
the same table: what the lexicon and the parse have at the gold trigger tells why an event was missed. `--list` prints every error
with its kind, to be read; `--page` writes the table with an example for each kind (`coding_errors.toml`), coded by the program.
"""

from __future__ import annotations

import argparse
import csv
import json
import subprocess
import sys
import tempfile
import tomllib
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks.own_events import (
    GOLD,
    Entry,
    Item,
    code,
    content,
    overlap,
    pair,
    same_party,
    same_type,
    trigger_span,
)
from dragoman.codebook import codebook
from dragoman.coding.frames import KINDS, Lexicon, lexicon
from dragoman.coding.triggers import find_triggers
from dragoman.model import Parse, Token
from dragoman.parse import load as load_engine

EXAMPLES = Path(__file__).with_suffix(".toml")
SHOWN = 20
"""Kinds on the page."""
CARRIES = ("VERB", "NOUN", "PROPN", "ADJ")


@dataclass(frozen=True, slots=True)
class Error:
    """One error: its kind, the set and the number of its sentence, and what was expected and given in words."""

    kind: str
    where: str
    told: str


@dataclass(frozen=True)
class Seen:
    """A gold sentence with what the program made of it, its parse, and the lexicon."""

    item: Item
    parse: Parse
    words: Lexicon

    def at(self, event: Entry) -> list[Entry]:
        """The claims whose trigger overlaps that of a gold event, those of its type first."""
        span = trigger_span(event, self.item.text)
        found = [c for c in self.item.claims if overlap(span, (c["trigger"]["start"], c["trigger"]["end"]))]
        return sorted(found, key=lambda claim: claim["type"] != event["type"])

    def token(self, event: Entry) -> Token | None:
        """The token that carries a gold trigger: that whose head stands outside it."""
        start, end = trigger_span(event, self.item.text)
        inside = [t for t in self.parse.tokens if t.start < end and t.end > start]
        own = {t.i for t in inside}
        heads = [t for t in inside if t.head not in own or t.head == t.i]
        return next((t for t in heads if t.upos in CARRIES), heads[0] if heads else None)


def errors_of(seen: Seen) -> Iterator[Error]:
    """The errors of one sentence."""
    item = seen.item
    gold, said = item.main(item.events), item.main(item.claims)
    matched = pair(gold, said, item.text, same_type)
    lost = [event for i, event in enumerate(gold) if i not in {m[0] for m in matched}]
    extra = [claim for j, claim in enumerate(said) if j not in {m[1] for m in matched}]
    for event in lost:
        yield Error(_missed(seen, event), item.id, f"missed {_told(event)}")
    for claim in extra:
        kind = _surplus(seen, claim, lost)
        if kind:
            yield Error(kind, item.id, f"extra {_told(claim)}")
    for i, j in matched:
        for kind in _sides(seen, gold[i], said[j]):
            yield Error(kind, item.id, f"{_told(gold[i])} / {_told(said[j])}")
    for event in item.events:
        found = seen.at(event)
        if found and found[0]["type"] == event["type"] and found[0]["stance"] != event["stance"]:
            yield Error(f"stance, {event['stance']} missed", item.id, f"{_told(event)} is {found[0]['stance']}")


def _missed(seen: Seen, event: Entry) -> str:
    """Why a gold event has no claim."""
    found = seen.at(event)
    if found and found[0]["type"] == event["type"]:
        return "news taken for background" if not found[0]["main"] else "two events in one claim"
    if found:
        if any("announced" in reason for reason in found[0]["reasons"]):
            return "announcement mistaken"
        same = codebook().quad(event["type"]) == found[0]["quad"]
        return "neighbouring type" if same else "other sense of the word"
    token = seen.token(event)
    if token is None or " " in event["trigger"]:
        return "idiom or light verb missed"
    types = {f.type for kind in KINDS for f in seen.words.of(kind, token.lemma.lower())}
    if event["type"] not in types:
        return "known in other senses only" if types else "word unknown"
    if any(t.token.i == token.i for t in find_triggers(seen.parse, seen.words)):
        return "trigger found, no party recognised"
    if event["stance"] != "actual":
        return "denied or planned act missed"
    if token.upos in ("NOUN", "PROPN"):
        return "noun in an unforeseen construction"
    if token.rel in ("advcl", "acl") or token.xpos in ("VBN", "VBG"):
        return "participle missed"
    return "headline missed" if seen.item.text[-1:].isalnum() else "verb in an unforeseen construction"


def _surplus(seen: Seen, claim: Entry, lost: Sequence[Entry]) -> str | None:
    """Why there is a claim that the gold does not have; None where it is the wrong type of an event already counted as missed."""
    span = (claim["trigger"]["start"], claim["trigger"]["end"])
    under = [e for e in seen.item.events if overlap(span, trigger_span(e, seen.item.text))]
    if any(e in lost for e in under):
        return None
    if any(e["type"] == claim["type"] for e in under):
        return "background taken for news"
    if not seen.item.events:
        return "no event at all: metaphor, sport, routine"
    if any(e["type"] == claim["type"] for e in seen.item.events):
        return "one happening told twice"
    if any("by the classifier" in reason for reason in claim["reasons"]):
        return "classifier sees too much"
    noun = any(reason.startswith("noun ") for reason in claim["reasons"])
    return "noun that is no event here" if noun else "verb that is no event here"


def _sides(seen: Seen, event: Entry, claim: Entry) -> Iterator[str]:
    """What is wrong with the parties of a claim of the right type."""
    text = seen.item.text
    if event["mutual"] or claim["mutual"]:
        named, found = event["actors"] + event["recipients"], claim["actors"] + claim["recipients"]
        if sum(any(same_party(n, p, text) for p in found) for n in named) < min(2, len(named)):
            yield "side of a mutual event missed"
        return
    for side, other in (("actors", "recipients"), ("recipients", "actors")):
        names, found = event[side], claim[side]
        if not names or any(same_party(n, p, text) for n in names for p in found):
            continue
        one = side[:-1]
        if any(same_party(n, p, text) for n in names for p in claim[other]):
            yield "sides swapped"
        else:
            yield f"{one} {'wrong' if found else 'missed'}: {_sort(names[0])}"


def _told(entry: Entry) -> str:
    trigger = entry["trigger"] if isinstance(entry["trigger"], str) else entry["trigger"]["text"]
    sides = [
        " + ".join(p if isinstance(p, str) else p["text"] for p in entry[k]) or "-" for k in ("actors", "recipients")
    ]
    return f"{entry['type']} {trigger!r} {' > '.join(sides)}"


def own_errors(program: Path) -> tuple[list[Item], list[Error]]:
    """The sentences of the half `dev`, and their errors."""
    words, engine = lexicon(), load_engine()
    items = [item for item in code(program, GOLD) if item.half == "dev"]
    parses = engine.parse_all([item.text for item in items])
    seen = [Seen(item, parse, words) for item, parse in zip(items, parses, strict=True)]
    return items, [error for one in seen for error in errors_of(one)]


def coded(program: Path, texts: Sequence[str]) -> list[list[Entry]]:
    """The event claims of each text."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "lines.jsonl"
        path.write_text("".join(json.dumps({"id": str(n), "text": t}) + "\n" for n, t in enumerate(texts)), "utf-8")
        done = subprocess.run([str(program), "code", "--lines", str(path)], capture_output=True, text=True, check=False)
    records = [json.loads(line) for line in done.stdout.splitlines()]
    if len(records) != len(texts):
        raise SystemExit(f"expected {len(texts)} records, {program} gave {len(records)}: {done.stderr[-500:]}")
    return [[c for c in record["claims"] if c["kind"] == "event"] for record in records]


def pair_errors(program: Path, path: Path) -> tuple[int, list[Error]]:
    """How many pairs a table of given pairs has, and the errors on them; without triggers the kinds are coarser."""
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, delimiter="\t"))
    texts = list(dict.fromkeys(row["sentence"] for row in rows))
    claims = dict(zip(texts, coded(program, texts), strict=True))
    found = [
        Error(kind, f"{path.stem} {n}", f"{row['root']} {row['source']} > {row['target']}")
        for n, row in enumerate(rows, 2)
        if (kind := _of_pair(row, claims[row["sentence"]])) is not None
    ]
    return len(rows), found


def _of_pair(row: dict[str, str], claims: Sequence[Entry]) -> str | None:
    if not claims:
        return "no claim in the sentence"
    met = [c for c in claims if _meets(c, row["source"], "actors") and _meets(c, row["target"], "recipients")]
    right = [c for c in claims if _root(c["type"]) == row["root"]]
    if met:
        if any(c in right for c in met):
            return None
        near = any(codebook().quad(c["type"]) == codebook().quad(_type(row["root"])) for c in met)
        return "neighbouring type" if near else "other sense of the word"
    if not right:
        return "claims of other acts only"
    if any(_meets(c, row["target"], "actors") and _meets(c, row["source"], "recipients") for c in right):
        return "sides swapped"
    side, words = (
        ("recipient", row["target"])
        if any(_meets(c, row["source"], "actors") for c in right)
        else ("actor", row["source"])
    )
    if any(c["where"] and content(words) & content(c["where"]["name"]) for c in right):
        return f"{side} named by a place"
    how = "wrong" if any(c[f"{side}s"] for c in right) else "missed"
    return f"{side} {how}: {_sort(words)}"


def _sort(words: str) -> str:
    """Whether a party is told by a name, or by common words or a pronoun."""
    return "name" if any(w[:1].isupper() for w in words.split()[1:] or [words]) else "unnamed people or thing"


def _meets(claim: Entry, words: str, side: str) -> bool:
    sides = claim["actors"] + claim["recipients"] if claim["mutual"] else claim[side]
    return any(content(words) & (content(party["text"]) | content(party["name"])) for party in sides)


def _root(type_: str) -> str:
    return "YIELD" if type_ in ("CONCEDE", "RETREAT") else type_


def _type(root: str) -> str:
    return "RETREAT" if root == "YIELD" else root


def page(program: Path, own: Counter[str], pairs: Counter[str], sizes: tuple[int, int]) -> str:
    """The table of the most frequent kinds, each with its example and what the program makes of it."""
    told = tomllib.loads(EXAMPLES.read_text(encoding="utf-8"))
    total = own + pairs
    kinds = [kind for kind, _ in total.most_common() if kind in told["kind"]][:SHOWN]
    unknown = [kind for kind, _ in total.most_common(SHOWN) if kind not in told["kind"]]
    if unknown:
        raise SystemExit(
            f"{EXAMPLES.name}: expected an example for each of the {SHOWN} kinds; none for {', '.join(unknown)}"
        )
    made = coded(program, [told["kind"][kind]["example"] for kind in kinds])
    rows = [
        f"| {n} | **{kind}**: {told['kind'][kind]['what']} | {own[kind]} | {pairs[kind]} | {told['kind'][kind]['example']} "
        f"*Expected:* {told['kind'][kind]['expected']}. *Given:* {_given(claims)}. |"
        for n, (kind, claims) in enumerate(zip(kinds, made, strict=True), 1)
    ]
    head = told["head"].format(
        own=sum(own.values()), sentences=sizes[0], pairs=sum(pairs.values()), rows=sizes[1], share=sum(total[k] for k in kinds) / sum(total.values())
    )  # fmt: skip
    return "\n".join(
        [head.strip(), "", "| | kind | own | pairs | example |", "| ---: | --- | ---: | ---: | --- |", *rows, ""]
    )


def _given(claims: Sequence[Entry]) -> str:
    told = [
        f"`{c['type']}` *{c['trigger']['text']}* {_names(c['actors'])} → {_names(c['recipients'])}"
        + (f", {c['stance']}" if c["stance"] != "actual" else "")
        + ("" if c["main"] else ", background")
        for c in claims
    ]
    return "; ".join(told) or "no claim"


def _names(parties: Sequence[Entry]) -> str:
    return " + ".join(p["text"] for p in parties) or "–"


def main() -> None:
    """Count, list, or write the page."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--program", type=Path, default=Path(sys.executable).parent / "dragoman")
    parser.add_argument("--plv", type=Path, help="a table of pairs: sentence, source, target, root")
    parser.add_argument("--list", action="store_true", help="print every error with its kind")
    parser.add_argument("--page", type=Path, help="write the table with examples here")
    options = parser.parse_args()
    items, own = own_errors(options.program)
    rows, pairs = pair_errors(options.program, options.plv) if options.plv else (0, [])
    if options.list:
        texts = {item.id: item.text for item in items}
        for error in sorted([*own, *pairs], key=lambda e: e.kind):
            print(f"{error.kind} | {error.where} | {error.told} | {texts.get(error.where, '')}")
    counted, paired = Counter(e.kind for e in own), Counter(e.kind for e in pairs)
    for kind, count in (counted + paired).most_common():
        print(f"{count:4d} {counted[kind]:4d} {paired[kind]:4d}  {kind}")
    if options.page:
        options.page.write_text(page(options.program, counted, paired, (len(items), rows)), encoding="utf-8")
        print(f"{options.page} written")


if __name__ == "__main__":
    main()
