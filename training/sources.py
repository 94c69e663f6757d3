"""Which files are learnt from and which are only measured on."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

from training.data import Sentence, add_names, read_conllu
from training.written import written_names

MARKED_IN_GUM = ("PERSON", "ORG", "LOC")


@dataclass(frozen=True, slots=True)
class Sources:
    """`treebanks` in document order, `names` without syntax; `dev` is never trained on."""

    treebanks: tuple[tuple[Sentence, ...], ...]
    names: tuple[Sentence, ...]
    dev: tuple[Sentence, ...]


def found(gold: Path, name: str) -> Path:
    """The file of that name below `gold`, packed or not."""
    path = gold / name
    return path if path.is_file() else path.with_suffix("")


def load_sources(gold: Path, names: Path | None = None, small: bool = False) -> Sources:
    """Read the sources below `gold` (`syntax/`, `ner/`) and the labelled names in folder `names`.

    The training part of EWT has no names: its words get O, which leaves every type possible where a name may stand.
    """
    ewt = read_conllu(found(gold, "syntax/ewt-train.conllu.gz"))
    gum = read_conllu(found(gold, "syntax/gum-train.conllu.gz"))
    gum = add_names(gum, found(gold, "ner/gum-names-train.jsonl.gz"), MARKED_IN_GUM, weight=0.3)
    ewt = [replace(sentence, names=("O",) * len(sentence.words), types=(), name_weight=0.2) for sentence in ewt]
    dev = read_conllu(found(gold, "syntax/ewt-dev.conllu.gz"))
    dev = add_names(dev, gold / "ner/uner-dev.jsonl", MARKED_IN_GUM)
    if small:
        ewt, gum, dev = ewt[:400], gum[:200], dev[:100]
    own = written_names(names) if names else []
    return Sources((tuple(ewt), tuple(gum)), tuple(own), tuple(dev))
