"""The English engine: raw text or given words in, `Parse` out.

A text is cut into paragraphs, words and windows of a few sentences; the encoder reads a batch of windows of like length
at once and gives sentence starts, tags, arc scores, name tags, tags of attributions and vectors; sentences are cut, trees decoded, relations
scored by a second small graph. Weights are 8-bit with fixed scales, so what a window is batched with changes nothing
but the last bits of float sums.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from importlib import resources
from itertools import islice
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import onnxruntime

from ..errors import DataError
from ..model import Entity, Parse, Sentence, Token
from .decode import Bools, Floats, Ints, NameDecoder, heads_of
from .lemmas import Lemmatiser
from .names import tidied
from .rules import Rules, rules
from .sentences import guarded
from .windows import Window, feed, given_windows, text_windows
from .wordpiece import WordPieces

FORMAT = 1
BATCH_PIECES = 1536
CHUNK_WINDOWS = 384
"""How many windows are sorted by length together; bounds the memory of a long input."""


@dataclass(frozen=True, slots=True)
class Inventory:
    """What the heads choose from, in the order of the network's outputs."""

    name: str
    upos: tuple[str, ...]
    xpos: tuple[str, ...]
    feats: tuple[str, ...]
    lemma: tuple[str, ...]
    deps: tuple[str, ...]
    names: tuple[str, ...]

    @classmethod
    def read(cls, path: Path) -> Inventory:
        """Read `inventory.json`; a `DataError` says what is wrong with it."""
        try:
            content: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
        except (OSError, ValueError) as error:
            raise DataError(
                f"{path}: expected the engine's inventory, but {error}. Install the weights again."
            ) from error
        if content.get("format") != FORMAT:
            found = content.get("format")
            raise DataError(f"{path}: expected format {FORMAT}, found {found!r}. Use weights made for this version.")
        keys = ("upos", "xpos", "feats", "lemma", "deps", "names")
        return cls(str(content["name"]), *(tuple(content[key]) for key in keys))


@dataclass(frozen=True, slots=True)
class Read:
    """What the network says of one window, without root and padding; heads count from 0 in the window, own place: root."""

    upos: list[int]
    xpos: list[int]
    feats: list[int]
    lemma: list[int]
    heads: list[int]
    deps: list[int]
    starts: list[bool]
    names: list[int]
    vectors: npt.NDArray[np.float16]
    quotes: npt.NDArray[np.float16] | None


class Engine:
    """The parser. Thread-safe for reading; one instance a thread or process is fastest.

    `threads` is how many threads the arithmetic may use (two processes of one thread each beat one of two).
    """

    def __init__(self, folder: Path, *, threads: int = 1) -> None:
        self.inventory = Inventory.read(folder / "inventory.json")
        self._pieces = WordPieces.read(folder / "vocab.txt")
        self._encoder = _session(folder / "encoder.onnx", threads)
        self._labels = _session(folder / "labels.onnx", threads)
        self._rules: Rules = rules()
        self._lemmas = Lemmatiser(self.inventory.lemma)
        # weights fresh from `training.reproduce` have no head for attributions yet (`training.quotes` puts it in)
        self._quote = tuple({"quote"} & {output.name for output in self._encoder.get_outputs()})
        self._names = NameDecoder(self.inventory.names)
        self._is_root = np.array([dep == "root" for dep in self.inventory.deps])

    @property
    def name(self) -> str:
        """Name and version of the weights."""
        return self.inventory.name

    def parse(self, text: str) -> Parse:
        """The parse of one text; empty text gives an empty parse."""
        return next(self.parse_all([text]))

    def parse_all(self, texts: Iterable[str]) -> Iterator[Parse]:
        """The parses of texts, in order, with at most a few hundred windows in memory beyond one text."""
        source = iter(texts)
        pending: list[tuple[str, list[Window]]] = []
        while True:
            taken = [(text, text_windows(text, self._pieces, self._rules)) for text in islice(source, 1)]
            pending.extend(taken)
            if pending and (not taken or sum(len(windows) for _, windows in pending) >= CHUNK_WINDOWS):
                yield from self._parses(pending)
                pending = []
            if not taken:
                return

    def parse_tokens(
        self, sentences: Sequence[Sequence[str]], space_after: Sequence[Sequence[bool]] | None = None
    ) -> Parse:
        """The parse of given words in given sentences.

        `space_after` says of each word whether a blank follows (all but the last of a sentence, if not given). The text
        of the parse is the words so joined. A sentence of more than 500 wordpieces is read in pieces, each a tree whose
        root hangs on the root of the first.
        """
        text, windows = given_windows(sentences, space_after, self._pieces)
        return next(self._parses([(text, windows)]))

    def _parses(self, pending: Sequence[tuple[str, list[Window]]]) -> Iterator[Parse]:
        windows = [window for _, group in pending for window in group]
        found = self._read(windows) if windows else []
        at = 0
        for text, group in pending:
            yield self._assemble(text, group, found[at : at + len(group)])
            at += len(group)

    def _read(self, windows: Sequence[Window]) -> list[Read]:
        found: list[Read | None] = [None] * len(windows)
        for numbers in _batches([window.pieces for window in windows]):
            group = [windows[i] for i in numbers]
            for i, read in zip(numbers, self._run(group), strict=True):
                found[i] = read
        return [read for read in found if read is not None]

    def _run(self, group: Sequence[Window]) -> list[Read]:
        names = (
            "start",
            "upos",
            "xpos",
            "feats",
            "lemma",
            "name",
            "arc",
            "label_dep",
            "label_head",
            "vector",
            *self._quote,
        )
        out = dict(zip(names, self._encoder.run(list(names), feed(group)), strict=True))
        starts = self._starts(group, out["start"])
        sentence = np.where(_real(group, starts.shape), np.cumsum(starts, axis=1) - 1, -1)
        heads = heads_of(out["arc"], sentence)
        deps = self._relations(out["label_dep"], out["label_head"], heads, sentence >= 0)
        tags = self._names(out["name"][:, 1:], starts[:, 1:])
        heads = np.where(heads == 0, np.arange(heads.shape[1]), heads) - 1
        found = []
        for b, window in enumerate(group):
            cut = slice(1, 1 + len(window.forms))
            upos, xpos, feats, lemma = (out[key][b, cut].tolist() for key in ("upos", "xpos", "feats", "lemma"))
            found.append(
                Read(
                    upos,
                    xpos,
                    feats,
                    lemma,
                    heads[b, cut].tolist(),
                    deps[b, cut].tolist(),
                    starts[b, cut].tolist(),
                    tags[b, : len(window.forms)].tolist(),
                    out["vector"][b, cut].astype(np.float16),
                    out["quote"][b, cut].astype(np.float16) if self._quote else None,
                )
            )
        return found

    def _starts(self, group: Sequence[Window], scores: Floats) -> Bools:
        starts = np.zeros(scores.shape, dtype=bool)
        for b, window in enumerate(group):
            cut = slice(1, 1 + len(window.forms))
            if window.whole:
                starts[b, 1] = True
            else:
                starts[b, cut] = guarded(window.forms, window.gaps, scores[b, cut], self._rules)
        return starts

    def _relations(self, dep: Floats, head: Floats, heads: Ints, real: Bools) -> Ints:
        """Relation numbers (batch, words); `root` for roots and for no other word."""
        rows, places = np.nonzero(real)
        above = heads[rows, places]
        (scores,) = self._labels.run(None, {"dep": dep[rows, places], "head": head[rows, above]})
        barred = (above == 0)[:, None] != self._is_root[None, :]
        found = np.zeros(heads.shape, dtype=np.int64)
        found[rows, places] = np.where(barred, -np.inf, scores).argmax(1)
        return found

    def _assemble(self, text: str, windows: Sequence[Window], reads: Sequence[Read]) -> Parse:
        tokens: list[Token] = []
        entities: list[Entity] = []
        bounds: list[tuple[int, int]] = []
        for window, read in zip(windows, reads, strict=True):
            base, sentence = len(tokens), len(bounds) - 1
            entities.extend(Entity(base + a, base + b, kind) for a, b, kind in self._spans(window, read))
            bounds.extend((base + i, window.paragraph) for i in _starts(window, read))
            anchor = bounds[-1][0] if window.continues else None
            tokens.extend(self._tokens(window, read, base, sentence, anchor))
        vectors = np.concatenate([read.vectors for read in reads]) if reads else None
        quoted = [read.quotes for read in reads if read.quotes is not None]
        quotes = np.concatenate(quoted) if quoted else None
        return Parse(text, tuple(tokens), _sentences(tokens, bounds), tuple(entities), vectors, self.name, quotes)

    def _spans(self, window: Window, read: Read) -> list[tuple[int, int, str]]:
        """The name spans of a window, by places in it."""
        have = self.inventory
        return tidied(
            self._names.spans(read.names),
            window.forms,
            lambda i: have.upos[read.upos[i]],
            lambda i: (have.deps[read.deps[i]], read.heads[i]),
            self._rules,
        )

    def _tokens(self, window: Window, read: Read, base: int, sentence: int, anchor: int | None) -> Iterator[Token]:
        """The tokens of a window whose first word has number `base`; `anchor`: where the root of a rest hangs."""
        have, lemmas = self.inventory, self._lemmas
        opening = set(_starts(window, read))
        rows = zip(
            window.forms,
            window.starts,
            read.upos,
            read.xpos,
            read.feats,
            read.lemma,
            read.heads,
            read.deps,
            strict=True,
        )
        for i, (form, start, upos, xpos, feats, lemma, head, dep) in enumerate(rows):
            sentence += i in opening
            relation = have.deps[dep]
            at = base + head
            if anchor is not None and head == i:
                at, relation = anchor, "parataxis"
            yield Token(
                base + i, start, start + len(form), form,
                lemmas(form, lemma, have.upos[upos]), have.upos[upos], have.xpos[xpos],
                have.feats[feats], at, relation, sentence,
            )  # fmt: skip


def _starts(window: Window, read: Read) -> list[int]:
    """Places of the words of a window that start a sentence; a rest of a long given sentence starts none."""
    return [i for i, start in enumerate(read.starts) if start and not (window.continues and i == 0)]


def _real(group: Sequence[Window], shape: tuple[int, ...]) -> Bools:
    sizes = np.array([len(window.forms) for window in group])
    places = np.arange(shape[1])[None, :]
    real: Bools = (places > 0) & (places <= sizes[:, None])
    return real


def _sentences(tokens: Sequence[Token], bounds: Sequence[tuple[int, int]]) -> tuple[Sentence, ...]:
    ends = [*(first for first, _ in bounds[1:]), len(tokens)] if bounds else []
    return tuple(
        Sentence(i, first, last, tokens[first].start, tokens[last - 1].end, paragraph)
        for i, ((first, paragraph), last) in enumerate(zip(bounds, ends, strict=True))
    )


def _batches(sizes: Sequence[int]) -> Iterator[list[int]]:
    """Numbers of windows of like size, a batch at a time; padding counted, a batch has at most `BATCH_PIECES` pieces."""
    batch: list[int] = []
    for i in sorted(range(len(sizes)), key=sizes.__getitem__):
        if batch and (len(batch) + 1) * sizes[i] > BATCH_PIECES:
            yield batch
            batch = []
        batch.append(i)
    if batch:
        yield batch


def _session(path: Path, threads: int) -> Any:
    if not path.is_file():
        raise DataError(f"{path}: the weights are missing. Install the program again, or name a folder that has them.")
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads
    options.inter_op_num_threads = 1
    options.log_severity_level = 3
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    return onnxruntime.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])


def shipped() -> Path:
    """The folder of the weights that come with the program."""
    return Path(str(resources.files(__package__).joinpath("weights")))


def load(path: str | os.PathLike[str] | None = None, *, threads: int = 1) -> Engine:
    """The engine with the shipped weights, or with those in folder `path`. Raises `DataError` if they cannot be used."""
    return Engine(Path(path) if path is not None else shipped(), threads=threads)
