"""How fast the engine parses: against its bare encoder, in two processes, at start, and how much memory it takes.

    python benchmarks/parse_speed.py [--weights FOLDER] [--words 40000] [TEXT...]

All figures come from one run on one machine, best of three; texts default to the sentences written for training.
"""

from __future__ import annotations

import argparse
import json
import resource
import subprocess
import sys
import time
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

from dragoman.parse import Engine, load
from dragoman.parse.rules import rules
from dragoman.parse.windows import feed, text_windows

HERE = Path(__file__).parent
WRITTEN = HERE.parent / "training/text/names/names.jsonl"
OUTPUTS = ("start", "upos", "xpos", "feats", "lemma", "name", "arc", "label_dep", "label_head", "vector")


def written(words: int) -> list[str]:
    """About that many words of news-like paragraphs of four sentences each, from the written sentences."""
    rows = [json.loads(line)["text"] for line in WRITTEN.read_text(encoding="utf-8").splitlines()]
    paragraphs = [" ".join(rows[i : i + 4]) for i in range(0, len(rows), 4)]
    texts: list[str] = []
    count = 0
    while count < words:
        for i in range(0, len(paragraphs), 8):
            texts.append("\n\n".join(paragraphs[i : i + 8]))
            count += len(texts[-1].split())
            if count >= words:
                break
    return texts


def best(run: Callable[[], object], times: int = 3) -> float:
    found = []
    for _ in range(times):
        began = time.perf_counter()
        run()
        found.append(time.perf_counter() - began)
    return min(found)


def bare(engine: Engine, texts: list[str]) -> Callable[[], object]:
    """The encoder alone over the same windows in the same batches, its inputs made beforehand."""
    from dragoman.parse.engine import _batches

    windows = [window for text in texts for window in text_windows(text, engine._pieces, rules())]
    feeds = [feed([windows[i] for i in group]) for group in _batches([window.pieces for window in windows])]
    return lambda: [engine._encoder.run(list(OUTPUTS), one) for one in feeds]


_ENGINE: list[Engine] = []


def _start(weights: Path | None) -> None:
    _ENGINE.append(load(weights))


def _count(texts: list[str]) -> int:
    return sum(len(parse.tokens) for parse in _ENGINE[0].parse_all(texts))


def in_processes(weights: Path | None, texts: list[str], processes: int) -> float:
    """Seconds for the texts in that many processes, started beforehand."""
    shares = [texts[i::processes] for i in range(processes)]
    with ProcessPoolExecutor(processes, initializer=_start, initargs=(weights,)) as pool:
        list(pool.map(_count, [[texts[0]]] * processes))
        return best(lambda: list(pool.map(_count, shares)))


def start_seconds() -> float:
    """Seconds from a fresh interpreter to a loaded engine, import included."""
    code = "from dragoman.parse import load; load()"
    empty = best(lambda: subprocess.run([sys.executable, "-c", ""], check=True))
    return best(lambda: subprocess.run([sys.executable, "-c", code], check=True)) - empty


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--weights", type=Path)
    parser.add_argument("--words", type=int, default=40_000)
    parser.add_argument("texts", nargs="*", type=Path)
    args = parser.parse_args()
    texts = [path.read_text(encoding="utf-8") for path in args.texts] or written(args.words)
    engine = load(args.weights)
    words = sum(len(parse.tokens) for parse in engine.parse_all(texts))
    encoder = best(bare(engine, texts))
    whole = best(lambda: list(engine.parse_all(texts)))
    figures = {
        "words": words,
        "encoder_words_per_s": round(words / encoder),
        "engine_words_per_s": round(words / whole),
        "engine_share_of_encoder": round(encoder / whole, 3),
    }
    engine.parse("\n\n".join(written(100_000)))
    figures["peak_mb_100k_words"] = round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)
    one, two = in_processes(args.weights, texts, 1), in_processes(args.weights, texts, 2)
    figures["two_processes_words_per_s"] = round(words / two)
    figures["two_processes_gain"] = round(one / two, 2)
    figures["import_and_load_s"] = round(start_seconds(), 2)
    print(json.dumps(figures, indent=1))


if __name__ == "__main__":
    main()
