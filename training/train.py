"""Train the engine: one encoder, all heads, several sources of examples.

`python -m training.train --out DIR --minutes 50` trains until the time is used and writes checkpoints on the way.
"""

from __future__ import annotations

import argparse
import json
import random
import time
from collections.abc import Iterator
from dataclasses import asdict, dataclass, replace
from pathlib import Path

import torch
from torch import Tensor
from torch.nn import functional

from dragoman.parse.wordpiece import SEPARATOR, WordPieces
from training.batches import IGNORE, Batch, Coder
from training.data import Inventory, Window, disturb, windows
from training.evaluate import evaluate
from training.network import Network, load_base
from training.silver import label
from training.sources import Sources, load_sources
from training.written import pool, swap

MASK = 103

LOSS_SHARES = {"upos": 1.0, "xpos": 0.5, "feats": 0.3, "lemma": 0.3, "deps": 1.0, "arc": 1.5, "start": 0.5, "name": 1.0}


@dataclass(frozen=True, slots=True)
class Plan:
    """How to train. `encoder_rate` and `head_rate` are peak learning rates; `batch` counts wordpieces. `steps`, if given, ends
    training instead of `minutes`, so that a run can be repeated. `silver`: names for EWT by the network gone on from."""

    minutes: float = 50.0
    encoder_rate: float = 2e-4
    head_rate: float = 1e-3
    batch: int = 1000
    warm_up: float = 0.06
    single: float = 0.45
    limit: int = 90
    seed: int = 11
    threads: int = 2
    names_copies: int = 2
    mask: float = 0.04
    steps: int = 0
    silver: bool = False


def losses(network: Network, batch: Batch) -> dict[str, Tensor]:
    """The loss of every task that the batch has targets for."""
    out = network(batch.inputs)
    found = {}
    for key in ("upos", "xpos", "feats", "lemma"):
        found[key] = _cross_entropy(out[key].float(), batch.targets[key])
    known = batch.targets["start"] != IGNORE
    if known.any():
        target = batch.targets["start"][known].float()
        found["start"] = functional.binary_cross_entropy_with_logits(out["start"].float()[known], target)
    has_head = batch.targets["upos"] != IGNORE
    if has_head.any():
        found |= _tree_losses(network, batch, out, has_head)
    named = batch.name_weight > 0
    if named.any():
        logs = functional.log_softmax(out["name"].float()[named], -1)
        missed = -torch.logsumexp(logs.masked_fill(~batch.allowed[named], -1e4), -1)
        weight = batch.name_weight[named]
        found["name"] = (missed * weight).sum() / (weight.sum() + 50)
    return found


def _tree_losses(network: Network, batch: Batch, out: dict[str, Tensor], has_head: Tensor) -> dict[str, Tensor]:
    same = batch.sentence[:, :, None] == batch.sentence[:, None, :]
    same[:, :, 0] = True
    arcs = out["arc"].float().masked_fill(~same, -1e4)
    rows = torch.arange(arcs.shape[0])[:, None].expand_as(batch.heads)[has_head]
    dep = out["label_dep"][has_head]
    head = out["label_head"][rows, batch.heads[has_head]]
    return {
        "arc": functional.cross_entropy(arcs[has_head], batch.heads[has_head]),
        "deps": _cross_entropy(network.labels(dep, head).float(), batch.targets["deps"][has_head]),
    }


def _cross_entropy(logits: Tensor, target: Tensor) -> Tensor:
    known = target != IGNORE
    if not known.any():
        return logits.sum() * 0
    return functional.cross_entropy(logits[known], target[known])


def examples(sources: Sources, plan: Plan, rng: random.Random) -> list[Window]:
    """The windows of one epoch."""
    found = [w for part in sources.treebanks for w in windows(part, rng, plan.single, plan.limit)]
    names = pool(sources.names)
    for _ in range(plan.names_copies):
        varied = [swap(s, names, rng, 0.5) if rng.random() < 0.6 else s for s in sources.names]
        found.extend(windows(varied, rng, 0.7, plan.limit))
    return [disturb(window, rng) for window in found]


def endless(sources: Sources, coder: Coder, plan: Plan) -> Iterator[Batch]:
    """Batches of epoch after epoch."""
    rng = random.Random(plan.seed)
    while True:
        yield from coder.batches(examples(sources, plan, rng), plan.batch, rng)


def masked(batch: Batch, share: float) -> Batch:
    """The batch with that share of wordpieces, and apart from them of affix codes, hidden from the network."""
    pieces, features = batch.inputs.pieces, batch.inputs.features
    hide = (torch.rand(pieces.shape) < share) & (pieces > SEPARATOR)
    blank = (torch.rand(features.shape[:2]) < share)[..., None] & (torch.arange(5) < 4)
    inputs = replace(batch.inputs, pieces=pieces.masked_fill(hide, MASK), features=features.masked_fill(blank, 0))
    return replace(batch, inputs=inputs)


def rate(progress: float, warm_up: float) -> float:
    """Share of the peak learning rate at `progress` (0-1): linear up, then linear to nearly nothing."""
    return progress / warm_up if progress < warm_up else max(0.002, (1 - progress) / (1 - warm_up))


def optimiser(network: Network, plan: Plan) -> torch.optim.Optimizer:
    """AdamW with the encoder's and the heads' rates; no decay on biases and norms."""
    groups: dict[tuple[bool, bool], list[torch.nn.Parameter]] = {}
    for name, parameter in network.named_parameters():
        encoder = name.startswith(("layers.", "norm_0."))
        groups.setdefault((encoder, parameter.ndim > 1), []).append(parameter)
    settings = [
        {"params": ps, "peak": plan.encoder_rate if enc else plan.head_rate, "weight_decay": 0.01 if matrix else 0.0}
        for (enc, matrix), ps in groups.items()
    ]
    return torch.optim.AdamW(settings, lr=1e-3, betas=(0.9, 0.98))


def train(network: Network, sources: Sources, coder: Coder, plan: Plan, out: Path) -> None:
    """Train until the minutes are used; writes `out/last.pt` every few minutes and at the end, and `out/log.jsonl`."""
    opt = optimiser(network, plan)
    began, saved, step, seen = time.monotonic(), time.monotonic(), 0, 0
    sums: dict[str, float] = {}
    for batch in endless(sources, coder, plan):
        progress = step / plan.steps if plan.steps else (time.monotonic() - began) / (plan.minutes * 60)
        if progress >= 1:
            break
        for group in opt.param_groups:
            group["lr"] = group["peak"] * rate(progress, plan.warm_up)
        with torch.autocast("cpu", dtype=torch.bfloat16):
            found = losses(network, masked(batch, plan.mask))
            total = torch.stack([LOSS_SHARES[key] * value for key, value in found.items()]).sum()
        opt.zero_grad(set_to_none=True)
        total.backward()
        torch.nn.utils.clip_grad_norm_(network.parameters(), 1.0)
        opt.step()
        step, seen = step + 1, seen + batch.words
        for key, value in found.items():
            sums[key] = 0.98 * sums.get(key, float(value)) + 0.02 * float(value)
        if step % 100 == 0:
            _log(out, {"step": step, "progress": progress, "words": seen, **sums, "s": time.monotonic() - began})
        if time.monotonic() - saved > 300:
            saved = time.monotonic()
            save(network, out / "last.pt")
    save(network, out / "last.pt")
    _log(out, {"step": step, "words": seen, "minutes": (time.monotonic() - began) / 60})


def _log(out: Path, row: dict[str, float]) -> None:
    with (out / "log.jsonl").open("a") as file:
        file.write(json.dumps({k: round(v, 4) for k, v in row.items()}) + "\n")


def save(network: Network, path: Path) -> None:
    """Write the weights, first beside and then in place, so that a cut leaves the older file whole."""
    beside = path.with_suffix(".part")
    torch.save(network.state_dict(), beside)
    beside.replace(path)


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--gold", type=Path, required=True, help="folder with syntax/ and ner/")
    parser.add_argument("--base", type=Path, required=True, help="folder with MiniLM's model.safetensors and vocab.txt")
    parser.add_argument("--from", dest="start", type=Path, help="go on from this checkpoint and its inventory.json")
    parser.add_argument("--names", type=Path, help="folder of JSON lines with labelled names")
    parser.add_argument("--small", action="store_true")
    for key, value in asdict(Plan()).items():
        kind = {"action": "store_true"} if isinstance(value, bool) else {"type": type(value), "default": value}
        parser.add_argument("--" + key.replace("_", "-"), **kind)
    args = vars(parser.parse_args())
    plan = Plan(**{key: args[key] for key in asdict(Plan())})
    run(plan, args["out"], args["gold"], args["base"], args["start"], args["names"], args["small"])


def run(
    plan: Plan, out: Path, gold: Path, base: Path, start: Path | None, names: Path | None, small: bool = False
) -> None:
    """Load all, train, evaluate, and write `last.pt`, `inventory.json`, `scores.json` under `out`."""
    torch.set_num_threads(plan.threads)
    torch.manual_seed(plan.seed)
    out.mkdir(parents=True, exist_ok=True)
    pieces = WordPieces.read(base / "vocab.txt")
    sources = load_sources(gold, names, small)
    if start:
        inventory = Inventory(**json.loads((start.parent / "inventory.json").read_text()))
    else:
        inventory = Inventory.count([s for part in sources.treebanks for s in part])
    network = Network(inventory)
    digest = load_base(network, base / "model.safetensors")
    if start:
        network.load_state_dict(torch.load(start))
    (out / "inventory.json").write_text(json.dumps(asdict(inventory), ensure_ascii=False, indent=0))
    coder = Coder(inventory, pieces)
    if plan.silver:
        unnamed, *rest = sources.treebanks
        sources = replace(sources, treebanks=(tuple(label(network, coder, unnamed)), *rest))
    network.train()
    train(network, sources, coder, plan, out)
    scores = evaluate(network, coder, inventory, sources.dev)
    (out / "scores.json").write_text(json.dumps({"plan": asdict(plan), "base": digest, **scores}, indent=1))


if __name__ == "__main__":
    main()
