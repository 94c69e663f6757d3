"""Which language a text is in: English by its function words, otherwise by py3langid's model (loaded only when needed)."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any

WORD = re.compile(r"[^\W\d_]+")
SAMPLE = 4_000
"""Code points looked at."""

ENGLISH_SHARE = 0.16
"""Share of function words above which a text is English without asking the model (headlines have fewer, prose .3-.5)."""

FEW_LETTERS = 40
"""Texts with fewer letters than this are too short to refuse: they count as English unless they are in another script."""

FUNCTION_WORDS = frozenset(
    "the of and to a in that is was for on with as by at from his it has be its an are were had have which not said"
    " their this who but will been after he they or would into she more there also than out".split()
)

MARGIN = 25.0
"""Log-likelihood by which another language must beat English before a text is refused."""


def language_of(text: str) -> str | None:
    """ISO 639-1 code, or None where there are too few letters to tell."""
    words = [w.lower() for w in WORD.findall(text[:SAMPLE])]
    letters = sum(map(len, words))
    if not words:
        return None
    latin = sum(1 for w in words for c in w if c < "\u0250") / letters
    if latin > 0.9 and sum(w in FUNCTION_WORDS for w in words) / len(words) >= ENGLISH_SHARE:
        return "en"
    if latin > 0.5 and letters < FEW_LETTERS:
        return "en"
    ranked = _identifier().rank(" ".join(words))
    best, score = ranked[0]
    english = next((s for name, s in ranked if name == "en"), float("-inf"))
    close = latin > 0.9 and score - english < MARGIN
    return "en" if close else str(best)


@lru_cache(maxsize=1)
def _identifier() -> Any:
    import py3langid

    return py3langid
