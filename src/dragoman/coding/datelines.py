"""Datelines ("MANILA (AP) -- ..."), which parses take for subjects."""

from __future__ import annotations

from collections.abc import Sequence

from dragoman.model import Parse, Token

DASHES = frozenset(("-", "--", "—", "–", "---"))
AGENCIES = frozenset("AP Reuters AFP CNN UPI IANS Xinhua IRNA dpa DPA TASS ANI PTI Pajhwok ISNA KUNA CMC BBC".split())


def past_dateline(parse: Parse, token: Token) -> Token | None:
    """The subject itself where the parse took a dateline for it ("MANILA (AP) -- President X ..."); None where it names none."""
    end = dateline_end(parse, token.sent)
    if token.i > end:
        return token
    return next((k for k in parse.kids(token.i) if k.i > end and k.upos in ("PROPN", "NOUN", "PRON")), None)


def dateline_end(parse: Parse, sentence: int) -> int:
    """The token of the dash that ends the sentence's dateline; -1 where it has none."""
    place = parse.sentences[sentence]
    head = parse.tokens[place.first : min(place.last, place.first + 14)]
    for t in head:
        if t.text in DASHES:
            before = head[: t.i - place.first]
            if (
                before
                and (_is_dateline(before))
                and all(b.upos in ("PROPN", "PUNCT", "NUM", "SYM", "X", "ADJ", "NOUN") for b in before)
            ):
                return t.i
            return -1
        if t.upos in ("VERB", "AUX"):
            return -1
    return -1


def _is_dateline(before: Sequence[Token]) -> bool:
    first = before[0].text
    return (first.isupper() and len(first) > 3) or any(t.text.strip("()") in AGENCIES for t in before)
