"""Whether a place name stands for a government or a people: "Tehran said", "Russia attacked"."""

from __future__ import annotations

from dragoman.model import Parse

from .gazetteer import Place
from .mentions import Candidate

_RESTING = frozenset(
    {
        "be",
        "lie",
        "have",
        "see",
        "border",
        "contain",
        "sit",
        "remain",
        "become",
        "experience",
        "suffer",
        "host",
        "stand",
    }
)
"""Verbs whose subject may well be the land itself."""
_ADDRESSED = frozenset(
    {
        "urge",
        "accuse",
        "tell",
        "warn",
        "ask",
        "blame",
        "press",
        "criticize",
        "criticise",
        "thank",
        "condemn",
        "support",
        "sanction",
        "threaten",
        "call",
    }
)
"""Verbs whose object is a government."""


def is_metonym(parse: Parse, candidate: Candidate, place: Place) -> bool:
    """True where a country, state or capital is the subject of a verb of acting or saying, or is addressed by one."""
    if place.kind not in ("country", "admin1", "capital", "region", "point") or place.feature in (
        "SEA",
        "STM",
        "LK",
        "STRT",
        "GULF",
        "ST",
        "RD",
    ):
        return False
    head = next(
        (
            parse.tokens[i]
            for i in range(candidate.first, candidate.last)
            if not candidate.first <= parse.tokens[i].head < candidate.last
        ),
        None,
    )
    if head is None:
        return False
    while head.rel == "conj" and head.head != head.i:
        head = parse.tokens[head.head]
    governor = parse.tokens[head.head]
    if governor.upos != "VERB" or governor.i == head.i:
        return False
    if head.dep == "nsubj":
        return governor.lemma not in _RESTING
    return head.dep in ("obj", "nsubj:pass") and governor.lemma in _ADDRESSED and place.kind != "city"
