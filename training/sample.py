"""Make `sample/`: a small treebank of our own sentences, parsed by the engine, so that the recipe can be tried without data.

    python -m training.sample

It is no gold: only there for `python -m training.reproduce --small` where the public treebanks are not at hand.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from dragoman.parse import Engine, conllu, load
from training.written import read_rows

HERE = Path(__file__).parent
SIZES = {"ewt-train": 240, "gum-train": 120, "ewt-dev": 60}
NAMES = {"gum-train": "gum-names-train.jsonl", "ewt-dev": "uner-dev.jsonl"}


def write(engine: Engine, rows: Sequence[dict[str, Any]], name: str, folder: Path) -> None:
    """One CoNLL-U file, a document of each ten sentences, and the names file that belongs to it."""
    blocks, named = [], []
    for number, row in enumerate(rows):
        lines = conllu.write(engine.parse(row["text"])).split("\n\n")[0].replace("# newpar\n", "").split("\n")
        head = [f"# newdoc id = {name}-{number // 10}"] if number % 10 == 0 else []
        lines = [*head, *(f"# sent_id = {name}-{number}" if x.startswith("# sent_id") else x for x in lines)]
        blocks.append("\n".join(lines).strip("\n") + "\n\n")
        named.append(json.dumps({"id": f"{name}-{number}", **row}, ensure_ascii=False) + "\n")
    (folder / "syntax").mkdir(parents=True, exist_ok=True)
    (folder / "ner").mkdir(exist_ok=True)
    (folder / f"syntax/{name}.conllu").write_text("".join(blocks), encoding="utf-8")
    if name in NAMES:
        (folder / "ner" / NAMES[name]).write_text("".join(named), encoding="utf-8")


def main() -> None:
    """Write all files below `sample/`."""
    engine = load()
    rows = read_rows(HERE / "text/names/names.jsonl")
    rows = [row for row in rows if len(engine.parse(row["text"]).sentences) == 1]
    at = 0
    for name, size in SIZES.items():
        write(engine, rows[at : at + size], name, HERE / "sample")
        at += size


if __name__ == "__main__":
    main()
