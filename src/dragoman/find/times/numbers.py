"""Numbers, ordinals and years in words and digits."""

from __future__ import annotations

import re
from collections.abc import Sequence

from .lexicon import load

_TWO_DIGIT_PIVOT = 30
"""'29 is 2029, '30 is 1930."""


def quantity(words: Sequence[str]) -> float | None:
    """The number that these words say; None for a vague one ("several", "a few", "10 to 12")."""
    names = load().values["number"]
    total, current, seen, half = 0.0, 0.0, False, False
    for word in words:
        if word in ("half", "½", "1/2"):
            half = True
        elif word in ("¼", "¾"):
            current += 0.25 if word == "¼" else 0.75
        elif word.startswith("couple"):
            current, seen = 2, True
        elif re.fullmatch(r"\d[\d,]*(\.\d+)?", word):
            if seen:
                return None
            current, seen = float(word.replace(",", "")), True
        elif word in names:
            value = names[word]
            if value in (12, 100, 1000) and (value > 12 or word == "dozen"):
                current = (current or 1) * value
                if value == 1000:
                    total, current = total + current, 0
            else:
                current += value
            seen = True
        elif word not in ("a", "an", "-", "–", "and", "&"):
            return None
    if half:
        return total + current + 0.5
    return total + current if seen else (1.0 if words and words[0] in ("a", "an") else None)


def ordinal(words: Sequence[str]) -> int | None:
    """21 for "twenty-first", "21st" or "21"."""
    values = load().values
    total = 0
    for word in words:
        digits = re.match(r"\d+", word)
        if digits:
            total += int(digits.group())
        else:
            total += values["ordinal"].get(word) or values["number"].get(word) or 0
    return total or None


def year(words: Sequence[str]) -> int | None:
    """1996 for "1996", "nineteen ninety-six", "'96" or "96"."""
    first = words[0] if words else ""
    if first == "two thousand":
        return 2000
    digits = re.search(r"\d+", first)
    if digits:
        number = int(digits.group())
        if len(digits.group()) == 2:
            number += 2000 if number < _TWO_DIGIT_PIVOT else 1900
        return number
    names: dict[str, int] = load().values["number"]
    parts = [names[w] for w in words if w in names]
    if len(parts) < 2:
        return None
    if not 10 <= parts[0] <= 20 or (parts[1] < 10 and len(parts) < 3):
        return None
    return parts[0] * 100 + sum(parts[1:])
