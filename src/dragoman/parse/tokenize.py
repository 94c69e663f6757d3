"""Words of UD English in raw text, by one pattern built from `rules.toml`."""

from __future__ import annotations

from .rules import Rules

NO_SPACE, SPACE, NEWLINE = 0, 1, 2


def tokenize(text: str, start: int, end: int, rules: Rules) -> tuple[list[str], list[int], list[int]]:
    """Words, their start offsets and what stands before each (0 nothing, 1 blanks, 2 a line end), in `text[start:end]`.

    Every character that is not blank is in exactly one word; words hold no blanks, save spaced ellipses and "et al.".
    """
    forms: list[str] = []
    starts: list[int] = []
    gaps: list[int] = []
    at = start
    cuts = rules.cut_words
    for match in rules.token.finditer(text, start, end):
        first, last = match.span()
        if first == last:
            continue
        gap = NO_SPACE
        if first > at or not forms:
            gap = NEWLINE if "\n" in text[at:first] and forms else SPACE
        form = match.group()
        at = last
        cut = cuts.get(form.lower(), 0)
        if cut:
            forms.append(form[:cut])
            starts.append(first)
            gaps.append(gap)
            form, first, gap = form[cut:], first + cut, NO_SPACE
        forms.append(form)
        starts.append(first)
        gaps.append(gap)
    return forms, starts, gaps
