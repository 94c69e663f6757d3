"""How far an event claim's confidence holds: a reliability plot with its table and calibration error on our own sentences.

    python -m benchmarks.reliability [--program .venv/bin/dragoman] [--to docs]

Writes `reliability.svg` and `confidence.md`. Main claims of both halves of `tests/gold/events.jsonl` are judged as in
`benchmarks/own_events.py`; the weights were fitted on the half `dev` and other sentences (`training/confidence.py`), so the half `report`
is the one to look at. Intervals: of each bin Wilson's, of the error a bootstrap over sentences. A perfectly calibrated program would
have an error above 0, too, as a bin holds few claims: that chance level is given beside it.
"""

from __future__ import annotations

import argparse
import math
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import vl_convert

from benchmarks.own_events import BINS, GOLD, SEED, Bootstrap, Counts, Item, calibration, code, trials
from dragoman.publish import palette
from dragoman.publish.draw import fonts, tidy

Z = 1.96
SIDE = 300
RESAMPLES = 1000
HALVES = ("report", "dev")


@dataclass(frozen=True, slots=True)
class Bin:
    """Claims whose confidence lies in a tenth: how many, their mean confidence, and the share that is right with its interval."""

    half: str
    claims: int
    confidence: float
    right: float
    low: float
    high: float


@dataclass(frozen=True)
class Judged:
    """The main claims of one half: their confidence, whether they are right, and the numbers of their sentences."""

    half: str
    sentences: int
    confidence: Counts
    right: Counts
    where: np.ndarray[Any, np.dtype[np.int64]]

    @staticmethod
    def of(half: str, items: Sequence[Item]) -> Judged:
        rows = [(n, said, right) for n, item in enumerate(items) for said, right in trials(item)]
        numbers, said, right = zip(*rows, strict=True)
        return Judged(half, len(items), np.array(said), np.array(right, float), np.array(numbers, np.int64))

    def error(self) -> tuple[float, str]:
        """The expected calibration error with its 95 % interval."""
        bootstrap = Bootstrap(self.sentences, RESAMPLES)
        drawn = [calibration(self.confidence, self.right, draw[self.where]) for draw in bootstrap.draws]
        return calibration(self.confidence, self.right, np.ones(len(self.right))), bootstrap.interval(drawn)

    def chance_level(self) -> float:
        """The mean error of a program whose confidence is exactly right, with as many claims of the same confidence."""
        draws = np.random.default_rng(SEED).random((RESAMPLES, len(self.right))) < self.confidence
        ones = np.ones(len(self.right))
        return float(np.mean([calibration(self.confidence, draw.astype(float), ones) for draw in draws]))

    def order(self) -> float:
        """The chance that a right claim has more confidence than a wrong one."""
        gaps = self.confidence[self.right > 0][:, None] - self.confidence[self.right == 0][None, :]
        return float((gaps > 0).mean() + (gaps == 0).mean() / 2)

    def bins(self) -> list[Bin]:
        """The tenths that hold claims."""
        tenths = np.minimum((self.confidence * BINS).astype(int), BINS - 1)
        found = []
        for tenth in sorted(set(tenths.tolist())):
            inside = tenths == tenth
            count, right = int(inside.sum()), float(self.right[inside].mean())
            low, high = wilson(right, count)
            found.append(Bin(self.half, count, float(self.confidence[inside].mean()), right, low, high))
        return found


def wilson(share: float, count: int) -> tuple[float, float]:
    """The 95 % interval of a share of `count`."""
    middle = (share + Z * Z / (2 * count)) / (1 + Z * Z / count)
    reach = Z * math.sqrt(share * (1 - share) / count + Z * Z / (4 * count * count)) / (1 + Z * Z / count)
    return max(0.0, middle - reach), min(1.0, middle + reach)


def picture(bins: Sequence[Bin]) -> str:
    """The plot as SVG: confidence across, share that is right upward, the diagonal where both agree."""
    axis = {"format": "%", "labelFont": "Dragoman Sans", "titleFont": "Dragoman Sans", "titleFontWeight": 400, "labelColor": palette.MUTED,
            "titleColor": palette.MUTED, "gridColor": palette.GRID, "domain": False, "ticks": False, "tickCount": 5}  # fmt: skip
    unit = {"type": "quantitative", "scale": {"domain": [0, 1]}, "axis": axis}
    values = [
        {"confidence": b.confidence, "right": b.right, "low": b.low, "high": b.high, "claims": b.claims} for b in bins
    ]
    across = {"field": "confidence", "title": "confidence", **unit}
    spec = {
        "$schema": "https://vega.github.io/schema/vega-lite/v6.json",
        "width": SIDE,
        "height": SIDE,
        "background": palette.PAPER,
        "config": {"view": {"stroke": None}, "font": "Dragoman Sans"},
        "data": {"values": values},
        "layer": [
            {
                "data": {"values": [{"confidence": 0, "right": 0}, {"confidence": 1, "right": 1}]},
                "mark": {"type": "line", "color": palette.MUTED, "strokeDash": [4, 4], "strokeWidth": 1},
                "encoding": {"x": across, "y": {"field": "right", "title": "right", **unit}},
            },
            {
                "mark": {"type": "rule", "color": palette.ACCORD, "strokeWidth": 1.4},
                "encoding": {"x": across, "y": {"field": "low", **unit}, "y2": {"field": "high"}},
            },
            {
                "mark": {"type": "point", "filled": True, "color": palette.ACCORD, "opacity": 1},
                "encoding": {
                    "x": across,
                    "y": {"field": "right", **unit},
                    "size": {"field": "claims", "type": "quantitative", "legend": None, "scale": {"range": [20, 220]}},
                },
            },
        ],
    }
    fonts()
    return tidy(str(vl_convert.vegalite_to_svg(spec, allowed_base_urls=[])), "reliability")


PAGE = """# How far confidence holds

Each claim carries a confidence from 0 to 1: of the claims with 0.8, about 80 % should be right. It is a small logistic over what is known
when the claim is made: the classifier's probability of the type, the frame's weight and how much the frame asked for, whether the lexicon or the
classifier found the word, which parties were found and known, and whether it is news or denied. Its weights are data
(`coding/data/confidence.toml`), fitted by `python -m training.confidence` on sentences
that neither lexicon nor classifier was trained on (the classifier’s thresholds were chosen on them).
Where the classifier is not heard (another engine's parse, frames and types of your own) the weights are set by hand.

![Confidence of main event claims against the share that is right, half report: points near the diagonal](reliability.svg)

The picture shows the half `report` of our own sentences, which nothing was fitted on; a point is a tenth of the scale, as large as it has claims,
with its 95 % interval. A claim is right where the sentence has an event of its type that no other claim has taken.

{tables}

A perfectly calibrated program would have an error above 0 with so few claims; “by chance” gives it. “Order” is the chance that a right claim has
more confidence than a wrong one.

Made by `python -m benchmarks.reliability`.
"""


def tables(halves: Sequence[Judged]) -> str:
    """The errors of both halves, then the tenths of each."""
    lines = ["| half | claims | calibration error [95 %] | by chance | order |", "| --- | ---: | --- | ---: | ---: |"]
    for half in halves:
        error, spread = half.error()
        lines.append(
            f"| {half.half} | {len(half.right)} | {error:.3f} {spread} | {half.chance_level():.3f} | {half.order():.2f} |"
        )
    lines += ["", "| half | confidence | claims | mean | right [95 %] |", "| --- | --- | ---: | ---: | --- |"]
    for half in halves:
        for b in half.bins():
            tenth = min(int(b.confidence * BINS), BINS - 1) / BINS
            lines.append(
                f"| {b.half} | {tenth:.1f} to {tenth + 1 / BINS:.1f} | {b.claims} | {b.confidence:.2f} | {b.right:.2f} [{b.low:.2f}, {b.high:.2f}] |"
            )
    return "\n".join(lines)


def main() -> None:
    """Run the program on the sentences and write page and picture."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--program", type=Path, default=Path(sys.executable).parent / "dragoman")
    parser.add_argument("--to", type=Path, default=Path("docs"), help="the folder of page and picture")
    options = parser.parse_args()
    items = code(options.program, GOLD)
    halves = [Judged.of(half, [item for item in items if item.half == half]) for half in HALVES]
    (options.to / "reliability.svg").write_text(picture(halves[0].bins()), encoding="utf-8")
    (options.to / "confidence.md").write_text(PAGE.format(tables=tables(halves)), encoding="utf-8")
    print(tables(halves))


if __name__ == "__main__":
    main()
