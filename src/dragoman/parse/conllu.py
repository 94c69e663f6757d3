"""CoNLL-U: read parses, write parses, and fill in the syntax of given sentences and words.

The format: https://universaldependencies.org/format.html. Names travel in MISC as `Entity=B-LOC`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from ..errors import ReadError
from ..model import Entity, Parse, Sentence, Token

COLUMNS = 10


class TokenParser(Protocol):
    """What can parse given words in given sentences; see `Engine.parse_tokens`."""

    def parse_tokens(
        self, sentences: Sequence[Sequence[str]], space_after: Sequence[Sequence[bool]] | None = None
    ) -> Parse: ...


class ConlluError(ReadError):
    """A text that should be CoNLL-U is not; the message names the line."""


@dataclass(slots=True)
class Block:
    """One sentence of a file: its lines as cells (comments as one cell), and which of them are words."""

    rows: list[list[str]] = field(default_factory=list)
    words: list[int] = field(default_factory=list)
    first_line: int = 0

    @property
    def comments(self) -> list[str]:
        return [row[0] for row in self.rows if row[0].startswith("#")]

    def forms(self) -> list[str]:
        return [self.rows[i][1] for i in self.words]

    def spaces(self) -> list[bool]:
        """For each word whether a blank follows it; none follows the inner words of a multiword token."""
        inside: dict[int, bool] = {}
        for row in self.rows:
            first, dash, last = row[0].partition("-")
            if dash and first.isdigit() and last.isdigit():
                after = "SpaceAfter=No" not in row[9]
                inside |= {n: n == int(last) and after for n in range(int(first), int(last) + 1)}
        found = []
        for i in self.words:
            number = int(self.rows[i][0])
            found.append(inside.get(number, "SpaceAfter=No" not in self.rows[i][9]))
        return found


def blocks(text: str) -> Iterator[Block]:
    """The sentences of a CoNLL-U text. Raises `ConlluError`, naming the line, where a line has not ten columns."""
    block = Block(first_line=1)
    for number, line in enumerate(text.split("\n"), 1):
        line = line.rstrip("\r")
        if not line.strip():
            if block.rows:
                yield block
            block = Block(first_line=number + 1)
            continue
        row = [line] if line.startswith("#") else line.split("\t")
        if not line.startswith("#") and len(row) != COLUMNS:
            raise ConlluError(
                f"CoNLL-U line {number}: expected {COLUMNS} columns parted by tabs, found {len(row)}. Mend that line."
            )
        if row[0].isdigit():
            block.words.append(len(block.rows))
        block.rows.append(row)
    if block.rows:
        yield block


def read(text: str) -> list[Parse]:
    """A parse for each document (`# newdoc`; the whole text where there is none). Raises `ConlluError`."""
    documents: list[list[Block]] = []
    for block in blocks(text):
        if not documents or any(comment.startswith("# newdoc") for comment in block.comments):
            documents.append([])
        documents[-1].append(block)
    return [_document(group) for group in documents if any(block.words for block in group)]


def _document(group: Sequence[Block]) -> Parse:
    parts: list[str] = []
    tokens: list[Token] = []
    sentences: list[Sentence] = []
    entities: list[Entity] = []
    at = paragraph = 0
    for block in group:
        if not block.words:
            continue
        if sentences:
            new = any(comment.startswith("# newpar") for comment in block.comments)
            paragraph += new
            parts.append("\n\n" if new else " ")
            at += len(parts[-1])
        base = len(tokens)
        forms, spaces = block.forms(), block.spaces()
        for i, (form, space) in enumerate(zip(forms, spaces, strict=True)):
            tokens.append(_token(block, i, form, at, base, len(sentences)))
            entities = _with_entity(entities, base + i, block.rows[block.words[i]][9])
            parts.append(form + (" " if space and i + 1 < len(forms) else ""))
            at += len(parts[-1])
        sentences.append(Sentence(len(sentences), base, len(tokens), tokens[base].start, tokens[-1].end, paragraph))
    return Parse("".join(parts), tuple(tokens), tuple(sentences), tuple(entities), None, "conllu")


def _token(block: Block, i: int, form: str, at: int, base: int, sentence: int) -> Token:
    row = block.rows[block.words[i]]
    head = _head(block, row, i)
    values = ["" if value == "_" else value for value in row]
    lemma = row[2] if row[2] != "_" or form == "_" else ""
    return Token(
        base + i, at, at + len(form), form, lemma, values[3], values[4], values[5], base + head, values[7], sentence
    )


def _head(block: Block, row: Sequence[str], i: int) -> int:
    """Place of the head among the words of the sentence; the own place for a root or where no head is given."""
    if row[6] in {"0", "_"}:
        return i
    if not row[6].isdigit() or int(row[6]) > len(block.words):
        line = block.first_line + block.words[i]
        raise ConlluError(
            f"CoNLL-U line {line}: the head {row[6]!r} is no word of the sentence (1 to {len(block.words)}, 0 for the root)."
        )
    return int(row[6]) - 1


def _with_entity(entities: list[Entity], i: int, misc: str) -> list[Entity]:
    tag = next((note[7:] for note in misc.split("|") if note.startswith("Entity=") and note[7:9] in {"B-", "I-"}), "")
    if tag.startswith("B-"):
        entities.append(Entity(i, i + 1, tag[2:]))
    elif tag and entities and entities[-1].last == i:
        entities[-1] = Entity(entities[-1].first, i + 1, entities[-1].label)
    return entities


def write(parse: Parse) -> str:
    """The parse as CoNLL-U, a block a sentence, with `# sent_id`, `# text`, paragraph marks and names in MISC."""
    tags = _entity_tags(parse)
    out: list[str] = []
    paragraph = -1
    for sentence in parse.sentences:
        if sentence.paragraph != paragraph:
            out.append("# newpar")
            paragraph = sentence.paragraph
        text = " ".join(parse.text[sentence.start : sentence.end].split())
        out += [f"# sent_id = {sentence.i + 1}", f"# text = {text}"]
        for token in parse.tokens[sentence.first : sentence.last]:
            out.append(_line(parse, token, sentence.first, tags.get(token.i, "")))
        out.append("")
    return "\n".join(out) + ("\n" if out else "")


def _line(parse: Parse, token: Token, first: int, tag: str) -> str:
    following = parse.tokens[token.i + 1] if token.i + 1 < len(parse.tokens) else None
    misc = ["SpaceAfter=No"] if following is not None and following.start == token.end else []
    misc += [f"Entity={tag}"] if tag else []
    head = 0 if token.head == token.i else token.head - first + 1
    cells = (token.text, token.lemma, token.upos, token.xpos, token.feats)
    shown = [" ".join(cell.split()) or "_" for cell in cells]
    return "\t".join([str(token.i - first + 1), *shown, str(head), token.dep or "_", "_", "|".join(misc) or "_"])


def _entity_tags(parse: Parse) -> dict[int, str]:
    return {
        i: ("I-" if i > entity.first else "B-") + entity.label
        for entity in parse.entities
        for i in range(entity.first, entity.last)
    }


def reparse(text: str, engine: TokenParser) -> str:
    """The same sentences, words, comments and multiword tokens, with LEMMA, UPOS, XPOS, FEATS, HEAD, DEPREL filled in anew."""
    found = list(blocks(text))
    given = [block for block in found if block.words]
    parse = engine.parse_tokens([block.forms() for block in given], [block.spaces() for block in given])
    for block, sentence in zip(given, parse.sentences, strict=True):
        for i, token in zip(block.words, parse.tokens[sentence.first : sentence.last], strict=True):
            row = _line(parse, token, sentence.first, "").split("\t")
            block.rows[i] = [*block.rows[i][:2], *row[2:8], "_", block.rows[i][9]]
    return "".join("\n".join("\t".join(row) for row in block.rows) + "\n\n" for block in found)
