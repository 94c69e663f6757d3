"""Parses in the form that displaCy draws (`spacy.displacy.render(..., manual=True)`) and any client of that form reads."""

from __future__ import annotations

from typing import Any

from ..model import Parse, Sentence


def dependencies(parse: Parse) -> list[dict[str, Any]]:
    """A drawing a sentence: `words` (text, tag, lemma) and `arcs` (start, end, label, dir), as displaCy's `dep` style."""
    return [_drawing(parse, sentence) for sentence in parse.sentences]


def _drawing(parse: Parse, sentence: Sentence) -> dict[str, Any]:
    tokens = parse.tokens[sentence.first : sentence.last]
    arcs = []
    for token in tokens:
        if token.head == token.i:
            continue
        own, head = token.i - sentence.first, token.head - sentence.first
        side = "left" if own < head else "right"
        arcs.append({"start": min(own, head), "end": max(own, head), "label": token.dep, "dir": side})
    words = [{"text": token.text, "tag": token.upos, "lemma": token.lemma} for token in tokens]
    return {"words": words, "arcs": arcs, "settings": {"lang": "en", "direction": "ltr"}}


def entities(parse: Parse) -> dict[str, Any]:
    """The text with its name spans, as displaCy's `ent` style."""
    spans = [parse.span(entity.first, entity.last) for entity in parse.entities]
    marks = [
        {"start": span.start, "end": span.end, "label": entity.label}
        for span, entity in zip(spans, parse.entities, strict=True)
    ]
    return {"text": parse.text, "ents": marks, "title": None, "settings": {}}
