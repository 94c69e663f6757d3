"""Parses and findings written by hand: a word is `form/lemma/UPOS/head/relation[/XPOS]`, heads counted from 1, 0 for the root."""

from __future__ import annotations

from dragoman.coding.context import Context
from dragoman.model import Findings, Mention, Parse, Party, Report, Sentence, Token, Voice


def tree(*sentences: str) -> Parse:
    """The parse of sentences in short form, words parted by blanks in the text."""
    tokens: list[Token] = []
    places: list[Sentence] = []
    text = ""
    for number, sentence in enumerate(sentences):
        first = len(tokens)
        for word in sentence.split():
            form, lemma, upos, head, dep, *rest = word.split("/")
            text += " " if text else ""
            i = len(tokens)
            at = first + int(head) - 1 if int(head) else i
            tokens.append(
                Token(
                    i, len(text), len(text) + len(form), form, lemma, upos, rest[0] if rest else "", "", at, dep, number
                )
            )
            text += form
        places.append(Sentence(number, first, len(tokens), tokens[first].start, tokens[-1].end, 0))
    return Parse(text, tuple(tokens), tuple(places))


def named(parse: Parse) -> Findings:
    """A mention for every proper noun, resolved to an actor of its own words."""
    found = []
    for t in parse.tokens:
        if t.upos == "PROPN":
            party = Party(t.text, t.start, t.end, t.text.lower(), t.text, "state", t.text[:3].upper())
            found.append(Mention(t.i, t.i + 1, t.i, "ORG", "name", party))
    return Findings(tuple(found))


def context_of(*sentences: str) -> Context:
    """The coder's view of hand-made sentences whose proper nouns are actors."""
    parse = tree(*sentences)
    return Context(Report("r", parse.text), parse, named(parse))


class NoVoices:
    """An attribution that hears the report alone."""

    def chain(self, i: int) -> tuple[Voice, ...]:
        return ()

    def direct(self, i: int) -> bool:
        return False
