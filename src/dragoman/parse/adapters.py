"""Other engines in the place of ours, by one setting: `spacy:MODEL`, `stanza:LANGUAGE`, `udpipe:COMMAND`, or a folder.

An engine is anything with `name`, `parse` and `parse_all` (the protocol `Parser`). What it gives must be Universal
Dependencies in version 2, in particular its relations: the coder reads nothing else. `check` says whether a parse keeps
the contract; `tests/parse/contract.py` runs it on our engine and on every adapter.
"""

from __future__ import annotations

import shlex
import subprocess
from collections.abc import Callable, Iterable, Iterator, Sequence
from importlib import import_module
from typing import Any, Protocol

from ..errors import DataError, UsageError
from ..model import Entity, Parse, Sentence, Token
from . import conllu
from .engine import load

RELATIONS = frozenset(
    """acl advcl advmod amod appos aux case cc ccomp clf compound conj cop csubj dep det discourse dislocated expl fixed
    flat goeswith iobj list mark nmod nsubj nummod obj obl orphan parataxis punct reparandum root vocative xcomp""".split()
)
TAGS = frozenset("ADJ ADP ADV AUX CCONJ DET INTJ NOUN NUM PART PRON PROPN PUNCT SCONJ SYM VERB X".split())
LABELS = {"PER": "PERSON", "GPE": "LOC", "FAC": "LOC", "TIME": "DATE"}
"""Names of entity types elsewhere, and ours."""


class Parser(Protocol):
    """What the program needs of an engine."""

    @property
    def name(self) -> str: ...

    def parse(self, text: str) -> Parse: ...

    def parse_all(self, texts: Iterable[str]) -> Iterator[Parse]: ...


class ContractError(DataError):
    """A parse that the coder could not read; the message says what is wrong with it."""


def open_parser(setting: str | None = None, *, threads: int = 1) -> Parser:
    """The engine that a setting names: None for ours, `spacy:…`, `stanza:…`, `udpipe:…`, else a folder of weights.

    Raises `UsageError` where the package is not installed, `DataError` where weights cannot be read.
    """
    if not setting:
        return load(threads=threads)
    kind, colon, what = setting.partition(":")
    if colon and kind in _KINDS:
        return _KINDS[kind](what)
    return load(setting, threads=threads)


def check(parse: Parse) -> Parse:
    """The parse itself, if it keeps the contract; else a `ContractError` that names the first fault."""
    for sentence in parse.sentences:
        tokens = parse.tokens[sentence.first : sentence.last]
        roots = [token for token in tokens if token.head == token.i]
        if len(roots) != 1:
            raise ContractError(f"sentence {sentence.i}: expected one root, found {len(roots)}. Use a UD pipeline.")
        for token in tokens:
            _check_token(parse, sentence, token)
    return parse


def _check_token(parse: Parse, sentence: Sentence, token: Token) -> None:
    if not sentence.first <= token.head < sentence.last:
        raise ContractError(f"token {token.i} ({token.text!r}): its head {token.head} is not in its sentence.")
    if token.rel not in RELATIONS or token.upos not in TAGS:
        raise ContractError(
            f"token {token.i} ({token.text!r}): {token.upos} {token.dep!r} is not UD. Use a pipeline trained on UD (English"
            " spaCy models as shipped have another scheme)."
        )
    if parse.text[token.start : token.end] != token.text:
        raise ContractError(
            f"token {token.i}: its offsets hold {parse.text[token.start : token.end]!r}, not {token.text!r}."
        )
    seen, at = 0, token
    while at.head != at.i:
        at, seen = parse.tokens[at.head], seen + 1
        if seen > len(parse.tokens):
            raise ContractError(f"token {token.i} ({token.text!r}): its heads go round in a circle.")


class SpacyParser:
    """A spaCy pipeline with UD labels: `spacy:en_ud_model`, or an object with `pipe` (`SpacyParser(nlp=nlp)`)."""

    def __init__(self, model: str = "", *, nlp: Any = None) -> None:
        self._nlp = nlp if nlp is not None else _package("spacy").load(model)
        self.name = f"spacy:{model or 'given'}"

    def parse(self, text: str) -> Parse:
        return next(self.parse_all([text]))

    def parse_all(self, texts: Iterable[str]) -> Iterator[Parse]:
        for doc in self._nlp.pipe(texts):
            yield check(from_spacy(doc, self.name))


def from_spacy(doc: Any, name: str = "spacy") -> Parse:
    """The parse of a spaCy `Doc` (its blank tokens left out)."""
    kept = [token for token in doc if not token.is_space]
    number = {token.i: i for i, token in enumerate(kept)}
    rows: list[list[Any]] = []
    for sent in doc.sents:
        words = [token for token in sent if token.i in number]
        if words:
            rows.append(words)
    tokens = [
        Token(
            number[word.i], word.idx, word.idx + len(word.text), word.text, word.lemma_, word.pos_, word.tag_,
            str(word.morph), number.get(word.head.i, number[word.i]), _relation(word.dep_), s,
        )
        for s, words in enumerate(rows)
        for word in words
    ]  # fmt: skip
    ents = [[number[t.i] for t in ent if t.i in number] for ent in doc.ents]
    labels = [ent.label_ for ent in doc.ents]
    entities = tuple(Entity(e[0], e[-1] + 1, LABELS.get(k, k)) for e, k in zip(ents, labels, strict=True) if e)
    return _parse(doc.text, tokens, [len(words) for words in rows], entities, name)


class StanzaParser:
    """A Stanza pipeline: `stanza:en`, or an object called with a text (`StanzaParser(pipeline=p)`)."""

    def __init__(self, language: str = "en", *, pipeline: Any = None) -> None:
        self._run = pipeline if pipeline is not None else _package("stanza").Pipeline(language or "en", verbose=False)
        self.name = f"stanza:{language or 'en'}"

    def parse(self, text: str) -> Parse:
        return check(from_stanza(text, self._run(text), self.name))

    def parse_all(self, texts: Iterable[str]) -> Iterator[Parse]:
        return map(self.parse, texts)


def from_stanza(text: str, document: Any, name: str = "stanza") -> Parse:
    """The parse of a Stanza `Document` made from `text`."""
    tokens: list[Token] = []
    sizes: list[int] = []
    for s, sentence in enumerate(document.sentences):
        base, at = len(tokens), -1
        for token in sentence.tokens:
            at = token.start_char
            for word in token.words:
                start = word.start_char if getattr(word, "start_char", None) is not None else at
                found = text.find(word.text, start, token.end_char)
                start, end = (found, found + len(word.text)) if found >= 0 else (token.start_char, token.end_char)
                at = end
                own = len(tokens)
                head = base + word.head - 1 if word.head else own
                values = (text[start:end], word.lemma or word.text, word.upos or "X", word.xpos or "", word.feats or "")
                tokens.append(Token(own, start, end, *values, head, _relation(word.deprel), s))
        sizes.append(len(tokens) - base)
    entities = [
        Entity(inside[0].i, inside[-1].i + 1, LABELS.get(ent.type, ent.type))
        for ent in getattr(document, "ents", [])
        if (inside := [t for t in tokens if t.start < ent.end_char and t.end > ent.start_char])
    ]
    return _parse(text, tokens, sizes, tuple(entities), name)


class UdpipeParser:
    """A command that reads text on standard input and writes CoNLL-U, such as `udpipe --tokenize --tag --parse MODEL`."""

    def __init__(self, command: str) -> None:
        if not command.strip():
            raise UsageError("expected `udpipe:COMMAND`, found no command. Name one that turns text into CoNLL-U.")
        self._command = shlex.split(command)
        self.name = f"udpipe:{command}"

    def parse(self, text: str) -> Parse:
        try:
            done = subprocess.run(self._command, input=text, capture_output=True, text=True, check=True)
        except (OSError, subprocess.CalledProcessError) as error:
            raise UsageError(f"{shlex.join(self._command)}: expected CoNLL-U from it, but {error}.") from error
        return check(realigned(text, conllu.read(done.stdout), self.name))

    def parse_all(self, texts: Iterable[str]) -> Iterator[Parse]:
        return map(self.parse, texts)


def realigned(text: str, parses: Sequence[Parse], name: str) -> Parse:
    """Parses read from CoNLL-U as one parse of `text`, the words found again in it; a `ContractError` if one is not."""
    tokens: list[Token] = []
    sizes: list[int] = []
    at = 0
    for parse in parses:
        for sentence in parse.sentences:
            base = len(tokens) - sentence.first
            for token in parse.tokens[sentence.first : sentence.last]:
                start = text.find(token.text, at)
                if start < 0:
                    raise ContractError(f"the word {token.text!r} is not in the text after offset {at}.")
                at = start + len(token.text)
                values = (token.lemma, token.upos, token.xpos, token.feats)
                own, head = len(tokens), base + token.head
                tokens.append(Token(own, start, at, token.text, *values, head, token.dep, len(sizes)))
            sizes.append(sentence.last - sentence.first)
    return _parse(text, tokens, sizes, (), name)


def _parse(text: str, tokens: list[Token], sizes: list[int], entities: tuple[Entity, ...], name: str) -> Parse:
    sentences: list[Sentence] = []
    first = paragraph = 0
    for i, size in enumerate(sizes):
        start, end = tokens[first].start, tokens[first + size - 1].end
        paragraph += bool(sentences) and "\n\n" in text[sentences[-1].end : start]
        sentences.append(Sentence(i, first, first + size, start, end, paragraph))
        first += size
    return Parse(text, tuple(tokens), tuple(sentences), entities, None, name)


def _relation(label: str) -> str:
    return "root" if label in {"ROOT", "root"} else label


def _package(name: str) -> Any:
    try:
        return import_module(name)
    except ImportError as error:
        raise UsageError(
            f"the engine setting names {name}, which is not installed. Install it: pip install {name}"
        ) from error


_KINDS: dict[str, Callable[[str], Parser]] = {"spacy": SpacyParser, "stanza": StanzaParser, "udpipe": UdpipeParser}
