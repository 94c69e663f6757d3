"""Name spans as the network tags them, set right by the syntax of the same pass."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from .rules import Rules

Span = tuple[int, int, str]
_NEED_PROPER = frozenset({"PERSON", "ORG", "LOC", "EVENT"})


def tidied(
    spans: Sequence[Span],
    forms: Sequence[str],
    upos: Callable[[int], str],
    relation: Callable[[int], tuple[str, int]],
    rules: Rules,
) -> list[Span]:
    """The spans less titles before persons and spans without a proper noun, more the proper nouns that hang on their end.

    `upos` and `relation` (relation and head) are asked for words by their place. A title alone is no name.
    """
    found: list[Span] = []
    for place, (first, last, kind) in enumerate(spans):
        while kind == "PERSON" and first < last and forms[first].lower() in rules.title_words:
            first += 1
        limit = spans[place + 1][0] if place + 1 < len(spans) else len(forms)
        while kind in _NEED_PROPER and first < last < limit and _goes_on(first, last, upos, relation):
            last += 1
        proper = kind not in _NEED_PROPER or any(upos(i) == "PROPN" for i in range(first, last))
        if first < last and proper:
            found.append((first, last, kind))
    return found


def _goes_on(first: int, last: int, upos: Callable[[int], str], relation: Callable[[int], tuple[str, int]]) -> bool:
    """Whether the word after the span is a proper noun that is flat or compound with a word of the span."""
    if upos(last) != "PROPN":
        return False
    name, head = relation(last)
    if name.startswith("flat"):
        return first <= head < last
    return any(relation(i)[0] == "compound" and relation(i)[1] == last for i in range(first, last))
