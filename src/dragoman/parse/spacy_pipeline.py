"""Our engine as a spaCy pipeline: `nlp = spacy_pipeline.pipeline()`, or `spacy.load` of a config with the tokenizer below.

Needs spaCy (the extra `dragoman[spacy]`). The whole analysis is made where spaCy makes its tokens, so every later
component (matchers, rulers, displaCy) finds tags, lemmas, trees, sentences and names in place.
"""

from __future__ import annotations

from typing import Any

from ..errors import UsageError
from ..model import Parse
from .adapters import Parser
from .engine import load

try:
    import spacy
    from spacy.tokens import Doc
except ImportError as error:
    raise UsageError("spaCy is not installed. Install it: pip install 'dragoman[spacy]'") from error


class DocMaker:
    """Makes annotated spaCy docs; stands where a tokenizer stands in a pipeline."""

    def __init__(self, vocab: Any, engine: Parser | None = None) -> None:
        self.vocab = vocab
        self._engine = engine or load()

    def __call__(self, text: str) -> Any:
        return to_doc(self._engine.parse(text), self.vocab)

    def pipe(self, texts: Any, **_: Any) -> Any:
        """Docs of many texts, batched by the engine."""
        return (to_doc(parse, self.vocab) for parse in self._engine.parse_all(texts))

    def to_bytes(self, **_: Any) -> bytes:
        return b""

    def from_bytes(self, _: bytes, **__: Any) -> DocMaker:
        return self

    def to_disk(self, path: Any, **_: Any) -> None:
        """Nothing to write: the weights are the program's."""

    def from_disk(self, path: Any, **_: Any) -> DocMaker:
        return self


def pipeline(engine: Parser | None = None) -> Any:
    """A spaCy `Language` (English) whose docs our engine has analysed."""
    nlp = spacy.blank("en")
    nlp.tokenizer = DocMaker(nlp.vocab, engine)
    return nlp


def to_doc(parse: Parse, vocab: Any) -> Any:
    """The parse as a spaCy `Doc` with the same text; blanks that spaCy cannot hold become its blank tokens."""
    words: list[str] = []
    spaces: list[bool] = []
    place: list[int] = []
    at = 0
    for token in parse.tokens:
        _blanks(parse.text[at : token.start], words, spaces)
        place.append(len(words))
        words.append(token.text)
        spaces.append(False)
        at = token.end
    _blanks(parse.text[at:], words, spaces)
    rows = _annotations(parse, place, len(words))
    return Doc(vocab, words=words, spaces=spaces, **rows)


def _blanks(gap: str, words: list[str], spaces: list[bool]) -> None:
    if gap.startswith(" ") and words:
        spaces[-1], gap = True, gap[1:]
    if gap:
        words.append(gap)
        spaces.append(False)


def _annotations(parse: Parse, place: list[int], size: int) -> dict[str, list[Any]]:
    blank: dict[str, Any] = {"tags": "_SP", "pos": "SPACE", "morphs": "", "lemmas": " ", "deps": "dep", "ents": "O"}
    rows: dict[str, list[Any]] = {key: [value] * size for key, value in blank.items()}
    heads, starts = list(range(size)), [False] * size
    for token, i in zip(parse.tokens, place, strict=True):
        values = (token.xpos, token.upos, token.feats, token.lemma, "ROOT" if token.head == token.i else token.dep)
        for key, value in zip(blank, values, strict=False):
            rows[key][i] = value
        heads[i] = place[token.head]
    for sentence in parse.sentences:
        starts[place[sentence.first]] = True
    real = set(place)
    for i in range(size):
        if i not in real:
            heads[i] = i - 1 if i else (place[0] if place else 0)
    if place:
        starts[place[0]], starts[0] = place[0] == 0, True
    for entity in parse.entities:
        for i in range(place[entity.first], place[entity.last - 1] + 1):
            rows["ents"][i] = ("I-" if i > place[entity.first] else "B-") + entity.label
    return {**rows, "heads": heads, "sent_starts": starts}
