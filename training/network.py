"""The network: MiniLM encoder with casing, affix and spacing features, and one head per task."""

from __future__ import annotations

import hashlib
import json
import math
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional

from dragoman.parse.wordpiece import PREFIX_3, SHAPES, SUFFIX_2, SUFFIX_3
from training.data import Inventory

WIDTH, LAYERS, HEADS, INNER = 384, 6, 12, 1536
SHAPE_WIDTH, SUFFIX_3_WIDTH, SUFFIX_2_WIDTH, PREFIX_WIDTH, GAP_WIDTH = 24, 64, 32, 64, 8
FEATURES = SHAPE_WIDTH + SUFFIX_3_WIDTH + SUFFIX_2_WIDTH + PREFIX_WIDTH + GAP_WIDTH
TAG_WIDTH, ARC_WIDTH, LABEL_WIDTH, NAME_WIDTH = 256, 320, 256, 256
HEAD_DROPOUT = 0.33


@dataclass(slots=True)
class Inputs:
    """One batch. `pieces`, `owner`: (batch, pieces); `first`, `last`: piece places of words, (batch, words), word 0 being
    [CLS], the root; `features`: (batch, words, 5): shape, 3-suffix, 2-suffix, 3-prefix, gap."""

    pieces: Tensor
    owner: Tensor
    first: Tensor
    last: Tensor
    features: Tensor


class Layer(nn.Module):
    """One BERT layer (post-norm)."""

    def __init__(self) -> None:
        super().__init__()
        self.qkv = nn.Linear(WIDTH, 3 * WIDTH)
        self.out = nn.Linear(WIDTH, WIDTH)
        self.norm_1 = nn.LayerNorm(WIDTH, eps=1e-12)
        self.up = nn.Linear(WIDTH, INNER)
        self.down = nn.Linear(INNER, WIDTH)
        self.norm_2 = nn.LayerNorm(WIDTH, eps=1e-12)
        self.drop = nn.Dropout(0.1)

    def forward(self, x: Tensor, bias: Tensor) -> Tensor:
        batch, length, _ = x.shape
        q, k, v = self.qkv(x).view(batch, length, 3, HEADS, WIDTH // HEADS).permute(2, 0, 3, 1, 4).unbind(0)
        scores = torch.matmul(q, k.transpose(-1, -2)) * (1 / math.sqrt(WIDTH // HEADS)) + bias
        mixed = torch.matmul(functional.softmax(scores, -1), v).transpose(1, 2).reshape(batch, length, WIDTH)
        x = self.norm_1(x + self.drop(self.out(mixed)))
        return self.norm_2(x + self.drop(self.down(functional.gelu(self.up(x)))))


class Mix(nn.Module):
    """A learnt mean over layers."""

    def __init__(self, layers: int) -> None:
        super().__init__()
        self.weights = nn.Parameter(torch.zeros(layers))

    def forward(self, layers: list[Tensor]) -> Tensor:
        shares = functional.softmax(self.weights, 0)
        total = layers[0] * shares[0]
        for layer, share in zip(layers[1:], shares[1:], strict=True):
            total = total + layer * share
        return total


class Mlp(nn.Sequential):
    """Linear, GELU, dropout."""

    def __init__(self, width_in: int, width: int) -> None:
        super().__init__(nn.Linear(width_in, width), nn.GELU(), nn.Dropout(HEAD_DROPOUT))


class Network(nn.Module):
    """Encoder and heads. The word table is int8 with a scale per row, and frozen; so training sees what the runtime sees."""

    def __init__(self, inventory: Inventory, pieces: int = 30522) -> None:
        super().__init__()
        self.register_buffer("table", torch.zeros(pieces, WIDTH, dtype=torch.int8))
        self.register_buffer("table_scale", torch.ones(pieces, 1))
        self.register_buffer("positions", torch.zeros(512, WIDTH))
        self.norm_0 = nn.LayerNorm(WIDTH, eps=1e-12)
        self.shape = nn.Embedding(SHAPES, SHAPE_WIDTH)
        self.suffix_3 = nn.Embedding(SUFFIX_3, SUFFIX_3_WIDTH)
        self.suffix_2 = nn.Embedding(SUFFIX_2, SUFFIX_2_WIDTH)
        self.prefix = nn.Embedding(PREFIX_3, PREFIX_WIDTH)
        self.gap = nn.Embedding(4, GAP_WIDTH)
        self.enter = nn.Linear(FEATURES, WIDTH)
        nn.init.zeros_(self.enter.weight)
        nn.init.zeros_(self.enter.bias)
        self.layers = nn.ModuleList(Layer() for _ in range(LAYERS))
        self.mixes = nn.ModuleList(Mix(LAYERS + 1) for _ in range(3))
        self.drop = nn.Dropout(HEAD_DROPOUT)
        word = WIDTH + FEATURES
        self.tag = Mlp(word, TAG_WIDTH)
        sizes = {"upos": inventory.upos, "xpos": inventory.xpos, "feats": inventory.feats, "lemma": inventory.lemma}
        self.tags = nn.ModuleDict({key: nn.Linear(TAG_WIDTH, len(values)) for key, values in sizes.items()})
        self.start = nn.Linear(TAG_WIDTH, 1)
        self.arc_dep, self.arc_head = Mlp(word, ARC_WIDTH), Mlp(word, ARC_WIDTH)
        self.arc = nn.Linear(ARC_WIDTH, ARC_WIDTH, bias=False)
        self.arc_prior = nn.Linear(ARC_WIDTH, 1)
        self.label_dep, self.label_head = nn.Linear(word, LABEL_WIDTH), nn.Linear(word, LABEL_WIDTH)
        self.label = nn.Linear(2 * LABEL_WIDTH, len(inventory.deps))
        self.name = Mlp(word, NAME_WIDTH)
        self.name_tag = nn.Linear(NAME_WIDTH, len(inventory.names))

    def forward(self, x: Inputs) -> dict[str, Tensor]:
        """Logits by task; see `Outputs` of the exporter for shapes."""
        features = self._features(x.features)
        layers = self._encode(x, features)
        rows = torch.arange(x.pieces.shape[0], device=x.pieces.device)[:, None]
        tag, syntax, name = (self._words(mix(layers), x, rows, features) for mix in self.mixes)
        hidden = self.tag(self.drop(tag))
        found = {key: head(hidden) for key, head in self.tags.items()}
        found["start"] = self.start(hidden)[..., 0]
        found["name"] = self.name_tag(self.name(self.drop(name)))
        syntax_in = self.drop(syntax)
        dep, head = self.arc_dep(syntax_in), self.arc_head(syntax_in)
        found["arc"] = torch.matmul(self.arc(dep), head.transpose(1, 2)) / math.sqrt(ARC_WIDTH)
        found["arc"] = found["arc"] + self.arc_prior(head).transpose(1, 2)
        found["label_dep"], found["label_head"] = self.label_dep(syntax_in), self.label_head(syntax_in)
        found["vector"] = syntax[..., :WIDTH]
        return found

    def labels(self, dep: Tensor, head: Tensor) -> Tensor:
        """Relation logits for pairs of `label_dep` and `label_head` vectors (last axis)."""
        joined = torch.cat([functional.gelu(dep + head), dep * head], -1)
        return self.label(functional.dropout(joined, HEAD_DROPOUT, self.training))

    def _features(self, ids: Tensor) -> Tensor:
        tables = (self.shape, self.suffix_3, self.suffix_2, self.prefix, self.gap)
        return torch.cat([table(ids[..., i]) for i, table in enumerate(tables)], -1)

    def _encode(self, x: Inputs, features: Tensor) -> list[Tensor]:
        rows = torch.arange(x.pieces.shape[0], device=x.pieces.device)[:, None]
        words = self.table[x.pieces].float() * self.table_scale[x.pieces]
        at = self.norm_0(words + self.positions[: x.pieces.shape[1]]) + self.enter(features)[rows, x.owner]
        bias = (x.pieces == 0)[:, None, None, :].float() * -1e4
        layers = [at]
        for layer in self.layers:
            layers.append(layer(layers[-1], bias))
        return layers

    def _words(self, mixed: Tensor, x: Inputs, rows: Tensor, features: Tensor) -> Tensor:
        pooled = (mixed[rows, x.first] + mixed[rows, x.last]) * 0.5
        return torch.cat([pooled, features], -1)


def read_safetensors(path: Path) -> dict[str, np.ndarray]:
    """The float32 arrays of a safetensors file."""
    data = path.read_bytes()
    size = int.from_bytes(data[:8], "little")
    header = json.loads(data[8 : 8 + size])
    found = {}
    for name, entry in header.items():
        if name == "__metadata__" or entry["dtype"] != "F32":
            continue
        start, end = entry["data_offsets"]
        found[name] = np.frombuffer(data[8 + size + start : 8 + size + end], np.float32).reshape(entry["shape"])
    return found


def load_base(network: Network, path: Path) -> str:
    """Fill the encoder from MiniLM's safetensors; returns the file's SHA-256."""
    arrays = {key: torch.from_numpy(value.copy()) for key, value in read_safetensors(path).items()}
    table = arrays["embeddings.word_embeddings.weight"]
    scale = table.abs().amax(1, keepdim=True).clamp_min(1e-8) / 127
    state = {
        "table": (table / scale).round().to(torch.int8),
        "table_scale": scale,
        "positions": arrays["embeddings.position_embeddings.weight"]
        + arrays["embeddings.token_type_embeddings.weight"][0],
        "norm_0.weight": arrays["embeddings.LayerNorm.weight"],
        "norm_0.bias": arrays["embeddings.LayerNorm.bias"],
    }
    for i in range(LAYERS):
        state |= _layer_state(arrays, i)
    missing = network.load_state_dict(state, strict=False)
    if missing.unexpected_keys:
        raise ValueError(f"base weights do not fit: {missing.unexpected_keys[:3]}")
    return hashlib.sha256(path.read_bytes()).hexdigest()


def _layer_state(arrays: dict[str, Tensor], i: int) -> dict[str, Tensor]:
    old, new = f"encoder.layer.{i}.", f"layers.{i}."
    state = {}
    for kind in ("weight", "bias"):
        parts = [arrays[f"{old}attention.self.{part}.{kind}"] for part in ("query", "key", "value")]
        state[f"{new}qkv.{kind}"] = torch.cat(parts)
        for ours, theirs in (
            ("out", "attention.output.dense"),
            ("norm_1", "attention.output.LayerNorm"),
            ("up", "intermediate.dense"),
            ("down", "output.dense"),
            ("norm_2", "output.LayerNorm"),
        ):
            state[f"{new}{ours}.{kind}"] = arrays[f"{old}{theirs}.{kind}"]
    return state
