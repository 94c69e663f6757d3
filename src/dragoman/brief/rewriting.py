"""Prose rewritten sentence by sentence by somebody else (a language model), and refused where it says anything else.

A rewritten sentence is coded again by the program's own coder. It is taken only if the claims are the same: parties, type and mode,
state and change, stance, numbers, dates, and the chain of voices; and if its words hold the same names, numbers and dates.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, fields, is_dataclass, replace
from typing import Any

from dragoman.brief.english import MONTHS, NUMBERS, plain
from dragoman.brief.model import Brief, Chains, Figure, Sentence
from dragoman.brief.proof import Claim, Coder, prose
from dragoman.model import EventClaim, Party

Rewriter = Callable[[str], str | None]
"""Gives another wording of a sentence; None where it has none."""
LONGEST = 1.8
"""A rewritten sentence may be this many times as long as the one it stands for, and forty characters."""
NUMBER = re.compile(rf"(?<![\w.,-])(\d[\d,.]*\d|\d|{'|'.join(NUMBERS[1:])})(?![\w-])", re.IGNORECASE)
NAME = re.compile(r"\b[A-Z][\w’'-]*")
NEGATIONS = frozenset("no not never none neither nor without denied denies deny".split())
SMALL = frozenset(
    "A According After Also An And As At Before Both But By For From He Her His However In It Its Last Most Nor Of On One Or Reported "
    "Reports She Since So Still That The Their Then There They Those Though To Two Under Until Was When Which While With".split()
)
MARKUP = re.compile(r"[<>{}\[\]*_`#|\\]|https?:")


@dataclass(frozen=True, slots=True)
class Rewritten:
    """What came of rewriting: sentences asked for, taken, and why others were refused, by reason."""

    asked: int
    taken: int
    refused: tuple[tuple[str, int], ...]

    @property
    def words(self) -> str:
        """One line for the user."""
        why = ", ".join(f"{reason} {n}" for reason, n in self.refused)
        return f"rewriting: {self.taken} of {self.asked} sentences taken" + (f"; refused for: {why}" if why else "")


def rewritten(brief: Brief, rewriter: Rewriter, coder: Coder) -> tuple[Brief, Rewritten]:
    """The brief with the wordings that hold; the editors' own text and quotations are left alone."""
    said = list(dict.fromkeys(s.text for s in prose(brief)))
    offers = [(old, plain(new)) for old in said if (new := rewriter(old)) is not None]
    changed = [(old, new) for old, new in offers if new and new != old]
    before, after = coder([o for o, _ in changed]), coder([n for _, n in changed])
    taken: dict[str, str] = {}
    refused: Counter[str] = Counter()
    for (old, new), was, now in zip(changed, before, after, strict=True):
        why = fault(old, new, was, now)
        if why:
            refused[why] += 1
        else:
            taken[old] = new
    made = replace(
        brief,
        standfirst=_put(brief.standfirst, taken),
        points=_put(brief.points, taken),
        sections=tuple(s if s.id.startswith("own-") else _put(s, taken) for s in brief.sections),
    )
    return made, Rewritten(len(said), len(taken), tuple(sorted(refused.items())))


def _put(value: Any, taken: dict[str, str]) -> Any:
    if isinstance(value, Sentence):
        return replace(value, text=taken.get(value.text, value.text))
    if isinstance(value, tuple):
        return tuple(_put(v, taken) for v in value)
    if not is_dataclass(value) or isinstance(value, Figure | Chains | type):
        return value
    return type(value)(**{f.name: _put(getattr(value, f.name), taken) for f in fields(value)})


def fault(old: str, new: str, was: Sequence[Claim], now: Sequence[Claim]) -> str:
    """Why a wording is refused, in a word or two; empty for one that says the same."""
    if MARKUP.search(new) and not MARKUP.search(old):
        return "markup"
    if len(new) > LONGEST * len(old) + 40 or not new.endswith((".", "”", "?", "!")):
        return "form"
    if _numbers(old) != _numbers(new):
        return "number or date"
    if _names(old) != _names(new):
        return "name"
    if _negations(old) != _negations(new):
        return "negation"
    return next((reason for reason, part in PARTS if Counter(map(part, was)) != Counter(map(part, now))), "")


def _numbers(text: str) -> Counter[str]:
    days = [w for w in re.findall(r"\w+", text) if w in MONTHS]
    return Counter([n.lower().rstrip(".,") for n in NUMBER.findall(text)] + days)


def _names(text: str) -> set[str]:
    """The capitalised words; the first of the sentence only where it is no small word."""
    return {re.sub(r"[’']s?$", "", w) for w in NAME.findall(text)} - SMALL - set(MONTHS)


def _negations(text: str) -> int:
    words = [w.lower() for w in re.findall(r"[\w’']+", text)]
    return sum(w in NEGATIONS or w.endswith(("n't", "n’t")) for w in words)


def _parties(claim: Claim) -> Any:
    if isinstance(claim, EventClaim):
        sides = (_who(claim.actors), _who(claim.recipients))
        return tuple(sorted(sides)) if claim.mutual else sides
    return tuple(sorted(_who(claim.between)))


def _who(parties: Sequence[Party]) -> tuple[str, ...]:
    return tuple(sorted(p.id or p.name.casefold() for p in parties))


def _type(claim: Claim) -> Any:
    if isinstance(claim, EventClaim):
        return claim.type, claim.mode, claim.outcome
    return "tie", claim.aspect, claim.role


def _state(claim: Claim) -> Any:
    return None if isinstance(claim, EventClaim) else (claim.state, claim.change)


def _when(claim: Claim) -> Any:
    return claim.when and (claim.when.from_, claim.when.to)


def _amounts(claim: Claim) -> Any:
    return tuple(sorted((q.unit, q.value or 0.0, q.max or 0.0) for q in getattr(claim, "quantities", ())))


def _chain(claim: Claim) -> Any:
    return tuple(sorted((v.step, v.id or v.name.casefold()) for v in claim.said_by))


PARTS: tuple[tuple[str, Callable[[Claim], Any]], ...] = (
    ("party", _parties), ("type", _type), ("state", _state), ("stance", lambda c: c.stance), ("number", _amounts), ("date", _when),
    ("chain", _chain),
    ("claim", lambda c: (_parties(c), _type(c), _state(c), c.stance, _amounts(c), _when(c), _chain(c))),
)  # fmt: skip
"""What must not change, each with its name; last all of it together, claim by claim."""
