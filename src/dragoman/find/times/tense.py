"""The tense that governs an expression: past, future, or "" where nothing tells."""

from __future__ import annotations

from bisect import bisect_right

from dragoman.model import Parse, Token

from .lexer import Lexed
from .lexicon import load

_WINDOW = 25
"""Words looked at on either side where there is no syntax."""


def token_at(parse: Parse, start: int) -> Token | None:
    """The token that covers a code point."""
    at = bisect_right(parse.starts, start) - 1
    return parse.tokens[at] if at >= 0 and parse.tokens[at].end > start else None


def has_syntax(parse: Parse) -> bool:
    """Whether the parse has heads and relations, and not words alone."""
    return any(t.dep and t.head != t.i for t in parse.tokens[:50])


def of_parse(parse: Parse, start: int) -> str:
    """The tense of the verb that governs the word at a code point."""
    token = token_at(parse, start)
    if token is None:
        return ""
    for i in (token.i, *parse.ancestors(token.i)):
        verb = parse.tokens[i]
        if verb.upos in ("VERB", "AUX") or parse.kids(i, "cop", "aux"):
            found = _of_verb(parse, verb)
            if found:
                return found
    return ""


def _of_verb(parse: Parse, verb: Token) -> str:
    helpers = parse.kids(verb.i, "aux", "cop")
    if any(h.lower in load().tense["modal"] for h in helpers):
        return "future"
    if any("Tense=Past" in h.feats or h.xpos == "VBD" for h in helpers):
        return "past"
    if any(h.lower in ("has", "have", "'ve", "’ve") for h in helpers):
        return "past"
    head = parse.tokens[verb.head]
    if "VerbForm=Inf" in verb.feats or verb.xpos == "VB":
        return (
            "future"
            if head.lemma in load().tense["ahead"]
            or any(h.lower in ("would", "could", "may", "might") for h in helpers)
            else ""
        )
    if verb.xpos == "VBD" or "Tense=Past|VerbForm=Fin" in verb.feats:
        return "past"
    if verb.xpos == "VBG" and any(h.lemma == "be" for h in helpers):
        return "future"
    return "past" if verb.xpos == "VBN" and not helpers and (head.i == verb.i or verb.rel == "acl") else ""


def of_words(lexed: Lexed, first: int, last: int) -> str:
    """The tense as words near lexemes `first` to `last` of the same sentence tell it; the nearest word wins."""
    words, signs = lexed.words, load().tense
    best, distance = "", _WINDOW
    for step, stop in ((-1, max(-1, first - _WINDOW)), (1, min(len(words), last + _WINDOW))):
        at = first - 1 if step < 0 else last
        while at != stop:
            word = words[at]
            if word in (".", "!", "?", ";"):
                break
            gap = abs(at - (first if step < 0 else last - 1)) * (1 if step < 0 else 2)
            if gap < distance and (
                word in signs["future"] or word in signs["past"] or (step < 0 and word.endswith("ed"))
            ):
                best, distance = ("future" if word in signs["future"] else "past"), gap
                break
            at += step
    return best
