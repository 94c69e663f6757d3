"""Which language a text is in: by its small words (`languages.toml`), then by py3langid's model (loaded only when needed)."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

WORD = re.compile(r"[^\W\d_]+")
SAMPLE = 4_000
"""Code points looked at."""

ENGLISH_SHARE = 0.16
"""Share of function words above which a text is English without asking the model (headlines have fewer, prose .3-.5)."""

FUNCTION_WORDS = frozenset(
    "the of and to a in that is was for on with as by at from his it has be its an are were had have which not said"
    " their this who but will been after he they or would into she more there also than out".split()
)

LATIN_END = "\u0250"
"""The first code point after the Latin letters that most languages of Latin script keep to."""

MARKED = re.compile(r"[à-öø-ɏḀ-ỿ]")
"""Letters with marks: a word that begins small and has one is a sign of another language; names begin with a capital."""

FEW_LETTERS = 25
"""Latin texts with fewer letters than this count as English where their words do not show another language."""

MARGIN_PER_LETTER, MARGIN_LEAST = 0.25, 16.0
"""Log-likelihood by which another language must beat English in the model: by the letter, and at least.

Texts of mere names look like the language of the names to the model; they are read as English.
"""

MARGIN_PER_WORD = 10.0
"""The same for each function word that English shares with its neighbours (`in`, `on`, `a`)."""

SIGN_MARGIN = 6.0
"""The same where one small word is of another language."""

WEIGHED = frozenset(
    "ar bg bn ca cs da de el en es et fa fi fr he hi hr hu hy id it ja ka ko lt lv mk ms nl no pl pt ro ru sk sl"
    " sq sr sv sw ta th tl tr uk ur vi zh".split()
)
"""Languages that the model is asked about; left out are those that it takes lists of names for (Creoles, Latin, small ones)."""


@dataclass(frozen=True)
class _Words:
    """The table of `languages.toml`."""

    english: frozenset[str]
    others: dict[str, frozenset[str]]


def language_of(text: str) -> str | None:
    """ISO 639-1 code, or None where there are too few letters to tell.

    A headline or a text full of names counts as English unless something shows another language: its small words, marked
    letters in small words, another script, or a clear verdict of the model.
    """
    sample = WORD.findall(text[:SAMPLE])
    if not sample:
        return None
    words = [w.lower() for w in sample]
    letters = sum(map(len, words))
    latin = sum(1 for w in words for c in w if c < LATIN_END or "\u1e00" <= c <= "\u1eff") / letters
    if latin <= 0.5:
        return str(_ranked(words)[0][0])
    english = sum(w in FUNCTION_WORDS for w in words)
    other, signs = _strongest(sample)
    if signs >= 2 and signs > english:
        return _named(words, other)
    if latin > 0.9 and english / len(words) >= ENGLISH_SHARE and signs <= english:
        return "en"
    return _weighed(words, english, signs, other)


def _weighed(words: list[str], english: int, signs: int, other: str | None) -> str:
    """The language of a text whose function words do not settle it: a headline, a list of names."""
    letters = sum(map(len, words))
    proofs = sum(w in _words().english for w in words)
    if proofs > signs or (not signs and letters < FEW_LETTERS):
        return "en"
    ranked = _ranked(words)
    best, score = ranked[0]
    ahead = score - next((s for name, s in ranked if name == "en"), float("-inf"))
    needed = SIGN_MARGIN if signs else max(MARGIN_LEAST, MARGIN_PER_LETTER * letters) + MARGIN_PER_WORD * english
    if best != "en" and ahead > needed and letters >= FEW_LETTERS:
        return best
    return other if signs >= 2 and other else "en"


def _named(words: list[str], other: str | None) -> str:
    """The code of a text that is not English: what the model holds likeliest, else what its small words say."""
    return next((name for name, _ in _ranked(words) if name != "en"), None) or other or "und"


def _strongest(sample: list[str]) -> tuple[str | None, int]:
    """The language with the most small words in the text (None without any), and how many signs of it there are."""
    marked = sum(1 for w in sample if w[0].islower() and MARKED.search(w))
    bare = [w.lower() for w in sample if not MARKED.search(w) or not w[0].islower()]
    counts = {name: sum(w in own for w in bare) for name, own in _words().others.items()}
    best = max(counts, key=lambda name: counts[name])
    return (best if counts[best] else None), counts[best] + marked


@lru_cache(maxsize=1)
def _words() -> _Words:
    table = tomllib.loads(files(__package__).joinpath("languages.toml").read_text(encoding="utf-8"))
    english = frozenset(table["english"].split())
    known = english | FUNCTION_WORDS
    others = {name: frozenset(own.split()) - known for name, own in table["words"].items()}
    return _Words(english, others)


def _ranked(words: list[str]) -> list[tuple[str, float]]:
    """The model's languages among `WEIGHED`, the likeliest first, with their log-likelihoods."""
    import py3langid

    return [(name, float(score)) for name, score in py3langid.rank(" ".join(words)) if name in WEIGHED]
