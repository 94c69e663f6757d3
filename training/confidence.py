"""Fit the confidence of event claims on sentences that neither the lexicon nor the classifier was fitted on.

    python -m training.confidence [--to src/dragoman/coding/data/confidence.toml] [--small]

The held-out files of `text/events` and the half `dev` of `tests/gold/events.jsonl` are coded; a claim is right where the sentence has
an event of its type that no other claim has taken. A logistic with a ridge penalty is fitted to the features of
`dragoman.coding.confidence`. Before anything is written, the fit is measured by ten-fold cross-validation over sentences beside the
weights set by hand; `--to` writes the section `[heard]` and keeps the others. The half `report` is not read.
"""

from __future__ import annotations

import argparse
import json
import math
import tomllib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import numpy as np
import numpy.typing as npt
from benchmarks.own_events import GOLD, Entry, calibration, pair, same_type

from dragoman.coding.attribution import Attribution
from dragoman.coding.confidence import features_of
from dragoman.coding.context import Context
from dragoman.coding.events import find_drafted
from dragoman.find import find
from dragoman.model import Report
from dragoman.parse import load as load_engine
from dragoman.record import claim_json
from dragoman.registry import Registry
from training.events import load

FOLDS, SEED = 10, 3
RIDGE = 3.0
NAMES = ("bias", "chance", "frame", "found", "needs", "main", "noun", "actor", "recipient", "known", "denied")
PUBLISHED = date(2024, 1, 1)
WEIGHTS = Path(__file__).parents[1] / "src/dragoman/coding/data/confidence.toml"
Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Rows:
    """One row for each claim: its features, whether it is right, whether it is the news, and the number of its sentence."""

    inputs: Floats
    right: Floats
    main: Floats
    sentences: Ints

    def take(self, chosen: npt.NDArray[np.bool_]) -> Rows:
        return Rows(self.inputs[chosen], self.right[chosen], self.main[chosen], self.sentences[chosen])


def sentences(small: bool) -> Iterator[tuple[str, list[Entry]]]:
    """Texts with their events (type, main)."""
    gold = [json.loads(line) for line in GOLD.read_text(encoding="utf-8").splitlines()]
    kept = [(row["text"], row["events"]) for row in gold if row["half"] == "dev"]
    kept += [(w.text, [{"type": e.type, "main": e.main} for e in w.events]) for w in load(held_out=True)[0]]
    yield from kept[::10] if small else kept


def rows_of(texts: Sequence[tuple[str, list[Entry]]]) -> Rows:
    """The claims that the program makes of the sentences and that the classifier was heard on, judged."""
    registry, engine = Registry.load(), load_engine()
    inputs, right, main, numbers = [], [], [], []
    parses = engine.parse_all([text for text, _ in texts])
    for number, ((text, events), parse) in enumerate(zip(texts, parses, strict=True)):
        report = Report(f"{number:016x}", text, published=PUBLISHED, language="en")
        findings = find(report, parse, registry)
        made = find_drafted(Context(report, parse, findings), Attribution(report, parse, findings))
        made = sorted(made, key=lambda one: not one[0].main)  # the news has the first choice of events
        hits = {j for _, j in pair(events, [claim_json(claim) for claim, _ in made], text, same_type)}
        for j, (claim, draft) in enumerate(made):
            if draft.trigger.chance is None:
                continue
            features = features_of(draft.trigger, draft.roles, claim.main, draft.stance == "denied")
            inputs.append([features[name] for name in NAMES])
            right.append(float(j in hits))
            main.append(float(claim.main))
            numbers.append(number)
    return Rows(np.array(inputs), np.array(right), np.array(main), np.array(numbers))


def fit(rows: Rows, ridge: float = RIDGE) -> Floats:
    """The weights of a logistic by Newton's method; the bias is not held back."""
    weights = np.zeros(rows.inputs.shape[1])
    penalty = np.eye(len(weights)) * ridge
    penalty[0, 0] = 1e-6
    for _ in range(50):
        said = predict(rows, weights)
        slope = rows.inputs.T @ (rows.right - said) - penalty @ weights
        curve = (rows.inputs * (said * (1 - said))[:, None]).T @ rows.inputs + penalty
        step = np.linalg.solve(curve, slope)
        weights += step
        if np.abs(step).max() < 1e-9:
            break
    return weights


def predict(rows: Rows, weights: Floats) -> Floats:
    """The confidence of each row."""
    said: Floats = 1 / (1 + np.exp(-rows.inputs @ weights))
    return said


def cross_validated(rows: Rows, fitted: Callable[[Rows], Floats] = fit) -> Floats:
    """The confidence of each row by weights that its sentence had no part in."""
    folds = np.random.default_rng(SEED).integers(0, FOLDS, int(rows.sentences.max()) + 1)[rows.sentences]
    said = np.zeros(len(rows.right))
    for fold in range(FOLDS):
        held = folds == fold
        if held.any():
            said[held] = predict(rows.take(held), fitted(rows.take(~held)))
    return said


def measures(rows: Rows, said: Floats) -> dict[str, float]:
    """Calibration error, Brier score, mean log loss, and the chance that a right claim has more than a wrong one; main claims."""
    news = rows.main > 0
    right, said = rows.right[news], np.clip(said[news], 0.001, 0.999)
    above = said[right > 0][:, None] - said[right == 0][None, :]
    return {
        "calibration_error": round(calibration(said, right, np.ones(len(right))), 3),
        "brier": round(float(((said - right) ** 2).mean()), 4),
        "log_loss": round(float(-(right * np.log(said) + (1 - right) * np.log(1 - said)).mean()), 4),
        "order": round(float((above > 0).mean() + (above == 0).mean() / 2), 3),
    }


def by_hand(rows: Rows) -> Floats:
    """The confidence by the weights set by hand."""
    hand = tomllib.loads(WEIGHTS.read_text(encoding="utf-8"))["alone"]
    return predict(rows, np.array([hand.get(name, 0.0) for name in NAMES]))


def save(path: Path, weights: Floats, told: str) -> None:
    """Write the section `[heard]`; what stands before it is kept."""
    head = path.read_text(encoding="utf-8").split("\n# Where the classifier was heard")[0].rstrip()
    lines = [f"{name} = {weight:.3f}" for name, weight in zip(NAMES, weights, strict=True)]
    section = [
        "",
        "",
        "# Where the classifier was heard: fitted by training/confidence.py.",
        f"# {told}",
        "[heard]",
        *lines,
        "",
    ]
    path.write_text(head + "\n".join(section), encoding="utf-8")


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--to", type=Path, help="write the weights here")
    parser.add_argument("--small", action="store_true", help="few sentences: does the recipe run?")
    args = parser.parse_args()
    rows = rows_of(list(sentences(args.small)))
    found, hand = measures(rows, cross_validated(rows)), measures(rows, by_hand(rows))
    print(
        json.dumps({"claims": len(rows.right), "main": int(rows.main.sum()), "cross_validated": found, "by_hand": hand})
    )
    weights = fit(rows)
    print({name: round(float(w), 3) for name, w in zip(NAMES, weights, strict=True)})
    if args.to is not None:
        if not math.isfinite(float(weights.sum())):
            raise SystemExit("the fit did not settle: nothing is written")
        told = f"{len(rows.right)} claims; cross-validated {found}, by hand {hand}."
        save(args.to, weights, told)


if __name__ == "__main__":
    main()
