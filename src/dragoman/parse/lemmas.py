"""Lemmas: irregular forms from a table, forms attested in the treebanks, spelling rules, and the network's edit scripts.

For verbs and nouns, in this order:

1. `lemmas.toml`, irregular forms (written for this project);
2. `weights/lemmas.tsv`, forms attested in the training treebanks;
3. candidates by the rules of English spelling (-ies, -ed, -ing, doubled consonants, dropped e), the first that is a
   known lemma, else the likeliest by spelling.

A proper noun is its own lemma (Homs is no plural). For every other part of speech, the network's edit script: the
casing to start from, how many letters to cut off the end, what to put there (`L3+y`: lower case, cut three, add y).
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Sequence
from functools import lru_cache
from importlib.resources import files

from ..errors import DataError

CACHED = 200_000
LETTER = {"VERB": "V", "AUX": "V", "NOUN": "N"}
DOUBLED = re.compile(r"([bdgkmnprtvz])\1$")
VOWEL_PAIR = re.compile(r"[aeiou]{2}[^aeiou]$")
NEEDS_E = re.compile(
    r"(?:[vucgz]|[^aeiou]l|rs|ns|at|ut|id|od|os|us|as|ak|ik|ok|ar|ir|iz|im|it|ot|ib|ob|in|is|af|op|ap|ip)$"
)
"""Ends of stems that lost an e before -ed and -ing more often than not."""

TAKES_E = re.compile(r"[aeiou][^aeiouwxy]$")
ENDS_E = re.compile(r"(?:ng|lg|nc|rc|dg|rg)$")


class Lemmatiser:
    """Finds the lemma of a form by its part of speech and the network's rule number, with a bounded cache."""

    def __init__(self, rules: Sequence[str]) -> None:
        self._rules = [(rule[0], int(rule[1 : rule.index("+")]), rule[rule.index("+") + 1 :]) for rule in rules]
        self._cache: dict[tuple[str, int, str], str] = {}

    def __call__(self, form: str, rule: int, upos: str = "X") -> str:
        """The lemma of `form`; the lower-cased form where a rule cuts more than there is."""
        key = (form, rule, upos)
        lemma = self._cache.get(key)
        if lemma is None:
            if len(self._cache) >= CACHED:
                self._cache.clear()
            lemma = self._cache[key] = self._found(form, rule, upos)
        return lemma

    def _found(self, form: str, rule: int, upos: str) -> str:
        letter = LETTER.get(upos)
        if letter and form.isalpha():
            return word_lemma(form.lower(), letter)
        if upos == "PROPN":
            return form
        return self._scripted(form, rule)

    def _scripted(self, form: str, rule: int) -> str:
        casing, cut, ending = self._rules[rule]
        base = form.lower() if casing == "L" else form if casing == "K" else form[:1].upper() + form[1:].lower()
        if cut > len(base):
            return form.lower()
        return base[: len(base) - cut] + ending or form


def word_lemma(form: str, letter: str) -> str:
    """The lemma of a lower-cased verb (`V`) or noun (`N`)."""
    attested = _attested()
    known = attested.get((letter, form))
    if known is not None:
        return known
    candidates = list(_verb_candidates(form) if letter == "V" else _noun_candidates(form))
    lemmas = _lemmas()
    return next((word for word in candidates if (letter, word) in lemmas), candidates[0] if candidates else form)


def _verb_candidates(form: str) -> Iterator[str]:
    """Stems that a verb form may come from, the likeliest by spelling first."""
    if form.endswith("ies") and len(form) > 4:
        yield form[:-3] + "y"
    elif form.endswith(("sses", "shes", "ches", "xes", "zes", "oes")):
        yield form[:-2]
        yield form[:-1]
    elif form.endswith("s") and not form.endswith("ss"):
        yield form[:-1]
    elif form.endswith("ied") and len(form) > 4:
        yield form[:-3] + "y"
    elif form.endswith("ed") and len(form) > 4:
        yield from _stems(form[:-2])
    elif form.endswith("ing") and len(form) > 5:
        yield from _stems(form[:-3])
    yield form


def _stems(stem: str) -> Iterator[str]:
    """What a stem before -ed or -ing was: undoubled, with an e, or as it is."""
    if DOUBLED.search(stem):
        yield stem[:-1]
        yield stem
        return
    bare_first = bool(VOWEL_PAIR.search(stem)) and not stem.endswith(("v", "c", "s", "z"))
    with_e = not bare_first and bool(ENDS_E.search(stem) or NEEDS_E.search(stem) or _is_short(stem))
    yield from (stem + "e", stem) if with_e else (stem, stem + "e")


def _is_short(stem: str) -> bool:
    """One syllable ending in one vowel and one consonant: without an e its consonant would have been doubled."""
    return bool(TAKES_E.search(stem)) and len(re.findall(r"[aeiouy]+", stem)) == 1


def _noun_candidates(form: str) -> Iterator[str]:
    if form.endswith("ies") and len(form) > 4:
        yield form[:-3] + "y"
        yield form[:-1]
    elif form.endswith(("sses", "shes", "ches", "xes", "zzes")):
        yield form[:-2]
    elif form.endswith("oes"):
        yield form[:-2]
        yield form[:-1]
    elif form.endswith("s") and not form.endswith(("ss", "us", "is", "ics")):
        yield form[:-1]
    yield form


@lru_cache(maxsize=1)
def _attested() -> dict[tuple[str, str], str]:
    """(letter, form) → lemma: the treebanks' forms, over which stand the irregular ones.

    Raises:
        DataError: a shipped table is broken.
    """
    folder = files(__package__)
    table: dict[tuple[str, str], str] = {}
    for number, line in enumerate(folder.joinpath("weights/lemmas.tsv").read_text(encoding="utf-8").splitlines(), 1):
        columns = line.split("\t")
        if len(columns) != 3:
            raise DataError(f"weights/lemmas.tsv, line {number}: expected three columns, got {len(columns)}")
        table[columns[0], columns[1]] = columns[2]
    irregular = tomllib.loads(folder.joinpath("lemmas.toml").read_text(encoding="utf-8"))
    for letter, words in (("V", irregular["verbs"]), ("N", irregular["nouns"])):
        for lemma, forms in words.items():
            table |= {(letter, form): lemma for form in (*forms.split(), lemma)}
    return table


@lru_cache(maxsize=1)
def _lemmas() -> frozenset[tuple[str, str]]:
    return frozenset((letter, lemma) for (letter, _), lemma in _attested().items())
