"""A second reading of predicates in general: how probable it is that what they name happened.

A logistic model over the features below, fitted to the UDS factuality ratings of the EWT training part (data/stance_model.md is
its card). It only serves the list of all judged predicates; claims keep the reading of the rules.
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources

from ..errors import DataError
from ..model import Parse, Token

FILE = "stance_model.json"
SHAPES = frozenset(("obj", "obl", "ccomp", "xcomp", "advcl", "expl", "cop", "iobj"))


@dataclass(frozen=True, slots=True)
class Setting:
    """What the rules say of a predicate and of its governor ("root" where it has none)."""

    stance: str
    tense: str
    reason: str
    governor: str


@dataclass(frozen=True, slots=True)
class Model:
    """Weights by feature name, in log odds."""

    bias: float
    weights: Mapping[str, float]

    def happened(self, parse: Parse, token: Token, setting: Setting) -> float:
        """Probability, 0-1, that what the predicate names took place."""
        score = self.bias + sum(self.weights.get(name, 0.0) for name in features(parse, token, setting))
        return 1.0 / (1.0 + math.exp(-max(-30.0, min(30.0, score))))


@cache
def load() -> Model:
    """The shipped model. Raises DataError where the file is broken."""
    text = (resources.files(__package__) / "data" / FILE).read_text(encoding="utf-8")
    try:
        raw = json.loads(text)
        return Model(float(raw["bias"]), {str(name): float(weight) for name, weight in raw["weights"].items()})
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise DataError(f"{FILE}: not a stance model ({error}); restore the file from the package") from error


def features(parse: Parse, token: Token, setting: Setting) -> Iterator[str]:
    """Names of the features that hold of a predicate."""
    kids, head = parse.kids(token.i), parse.tokens[token.head]
    rooted = head.i == token.i
    stance, rel, xpos = setting.stance, token.rel, token.xpos
    subject = next((k for k in kids if k.rel == "nsubj"), None)
    whose = "none" if subject is None else subject.lower if subject.upos == "PRON" else subject.upos
    yield from (f"stance={stance}", f"reason={setting.reason}", f"stance={stance}|{rel}", f"stance={stance}|{xpos}")
    yield from (f"xpos={xpos}", f"rel={token.dep}|{xpos}", f"subject={whose}", f"subject={whose}|{xpos}")
    yield "aux=" + "+".join(k.lower for k in kids if k.rel == "aux")[:20]
    yield from (f"lemma={token.lemma}", f"head={head.lemma}|{rel}", f"headpos={'root' if rooted else head.xpos}|{rel}")
    yield from (f"governor={setting.governor}|{rel}", f"tense={setting.tense}", f"tense={setting.tense}|{stance}")
    yield f"ends={parse.tokens[parse.sentence(token.i).last - 1].text[:1]}"
    for kid in [k for k in kids if k.rel in ("mark", "advmod", "case")][:5]:
        yield f"mark={kid.lower}|{rel}"
    for kid in kids:
        if kid.rel in SHAPES:
            yield f"kid={kid.rel}"
    sentence = parse.sentence(token.i)
    root = next((t for t in parse.tokens[sentence.first : sentence.last] if t.head == t.i), None)
    if root is not None:
        yield f"root={root.xpos}"
