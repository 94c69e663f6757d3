"""Lemmas from edit scripts: the casing to start from, how many letters to cut off the end, what to put there."""

from __future__ import annotations

from collections.abc import Sequence

CACHED = 200_000


class Lemmatiser:
    """Applies lemma rules such as `L3+y` (lower case, cut three, add y), with a bounded cache."""

    def __init__(self, rules: Sequence[str]) -> None:
        self._rules = [(rule[0], int(rule[1 : rule.index("+")]), rule[rule.index("+") + 1 :]) for rule in rules]
        self._cache: dict[tuple[str, int], str] = {}

    def __call__(self, form: str, rule: int) -> str:
        """The lemma of `form` by rule number `rule`; the lower-cased form where the rule cuts more than there is."""
        key = (form, rule)
        lemma = self._cache.get(key)
        if lemma is None:
            if len(self._cache) >= CACHED:
                self._cache.clear()
            lemma = self._cache[key] = self._apply(form, rule)
        return lemma

    def _apply(self, form: str, rule: int) -> str:
        casing, cut, ending = self._rules[rule]
        base = form.lower() if casing == "L" else form if casing == "K" else form[:1].upper() + form[1:].lower()
        if cut > len(base):
            return form.lower()
        return base[: len(base) - cut] + ending or form
