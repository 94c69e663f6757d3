"""The frame lexicon: which words carry which event type, and where their actor and recipient stand.

The data are `lexicon/*.toml`; `lexicon/README.md` tells their form. Everything is checked on load, so that a coder may rely on it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Any

from dragoman.codebook import Codebook, codebook_with, tables_in
from dragoman.errors import DataError

KINDS = ("verb", "noun", "adj")
ROLES = frozenset(
    "nsubj obj iobj poss mod xcomp ccomp content self xcomp.nsubj ccomp.nsubj xcomp.obj ccomp.obj obj.poss obj.mod".split()
)
"""Slots without a preposition; those with one are `obl:PREP`, `nmod:PREP`, `obj.nmod:PREP`."""
PREFIXES = ("obl:", "nmod:", "obj.nmod:", "iobl:")
CONDITIONS = frozenset("nsubj obj iobj xcomp ccomp mod poss advmod advcl aux predicate".split())
KEYS = frozenset(
    "verb noun adj type mode actor recipient needs blocks mutual contexts weight speech light voice main note content example people "
    "last".split()
)
TABLES = frozenset("type last frame class light never event_type".split())
"""What may stand at the top of a file; `event_type` is the codebook's (see `codebook/own.py`)."""
ANY = frozenset(("*",))


class LexiconError(DataError):
    """The frame lexicon is broken; the message names file and frame."""


@dataclass(frozen=True, slots=True)
class Condition:
    """A complement that must (or must not) be there: a slot and the lemmas that may head it (`*`: any)."""

    slot: str
    words: frozenset[str]


@dataclass(frozen=True, slots=True)
class Frame:
    """One sense of one word.

    `actor` and `recipient` are slots in order of preference; empty means the defaults of the kind. `mutual` says that a plural
    actor with no recipient acts on itself ("the two sides met"). `content` is the slot of what is said, promised or asked.
    `weight` (0-1) is how surely the word means this where all conditions hold. `people` asks that the recipient be an
    actor, not a thing ("released the report"). `last`: tried where no other frame of the word fits. `own`: of a user's file.
    """

    id: str
    kind: str
    word: str
    particle: str | None
    type: str
    mode: str | None
    actor: tuple[str, ...]
    recipient: tuple[str, ...]
    needs: tuple[Condition, ...]
    blocks: tuple[Condition, ...]
    mutual: bool
    contexts: tuple[str, ...]
    weight: float
    speech: bool
    voice: str | None
    main: bool
    people: bool
    last: bool
    source: str
    own: bool = False

    @property
    def rank(self) -> tuple[bool, bool, int, float]:
        """The user's own first; then, the more a frame asks for, the more it says; then the surer. What a frame marks as `last` comes
        after all others."""
        return not self.last, self.own, len(self.needs) + (self.particle is not None), self.weight


@dataclass(frozen=True)
class Lexicon:
    """All frames by kind and lemma, the word classes, and the verbs that only carry a noun."""

    frames: Mapping[tuple[str, str], tuple[Frame, ...]]
    classes: Mapping[str, frozenset[str]]
    light: Mapping[str, frozenset[str]]
    size: int

    def of(self, kind: str, lemma: str) -> tuple[Frame, ...]:
        """The frames of a lemma, the most demanding first."""
        return self.frames.get((kind, lemma), ())


Table = tuple[str, Mapping[str, Any]]
"""A TOML file: its name and what it holds."""


def read(sources: Iterable[Table], book: Codebook, own: Iterable[Table] = ()) -> Lexicon:
    """Frames from parsed TOML files given as (name, table), and from a user's `own`; raises `LexiconError` naming file and frame."""
    shipped, users = list(sources), list(own)
    tables = shipped + users
    classes = dict(_classes(shipped)) | _own_classes(shipped, users)
    light: dict[str, frozenset[str]] = {}
    found: dict[tuple[str, str], list[Frame]] = {}
    size = 0
    for at, (name, table) in enumerate(tables):
        for how, verbs in table.get("light", {}).items():
            for verb in verbs.split():
                light[verb] = light.get(verb, frozenset()) | {how}
        for frame in _frames_of(name, table, classes, book):
            mine = replace(frame, own=True) if at >= len(shipped) else frame
            found.setdefault((frame.kind, frame.word), []).append(mine)
            size += 1
    nevers = [never for name, table in tables for never in _nevers_of(name, table, classes)]
    found = {key: [_with_nevers(frame, nevers) for frame in some] for key, some in found.items()}
    ordered = {key: tuple(sorted(some, key=lambda f: f.rank, reverse=True)) for key, some in found.items()}
    return Lexicon(ordered, classes, light, size)


def _own_classes(shipped: Iterable[Table], own: Iterable[Table]) -> dict[str, frozenset[str]]:
    """Word classes of a user's files; one with a shipped name would change shipped frames unseen, so it is refused."""
    taken = {key for _, table in shipped for key in table.get("class", {})}
    for name, table in own:
        double = sorted(taken & set(table.get("class", {})))
        if double:
            raise LexiconError(
                f"{name}: class {', '.join(double)}: the shipped frames use this name; give yours another"
            )
    return dict(_classes(own))


def _classes(tables: Iterable[tuple[str, Mapping[str, Any]]]) -> Iterator[tuple[str, frozenset[str]]]:
    for name, table in tables:
        for key, words in table.get("class", {}).items():
            if not isinstance(words, str):
                raise LexiconError(f"{name}: class {key}: expected words in one string, got {type(words).__name__}")
            yield key, frozenset(words.split())


def _frames_of(
    name: str, table: Mapping[str, Any], classes: Mapping[str, frozenset[str]], book: Codebook
) -> Iterator[Frame]:
    strange = sorted(set(table) - TABLES)
    if strange:
        raise LexiconError(
            f"{name}: unknown entry {', '.join(strange)} at its top; known are {', '.join(sorted(TABLES))}"
        )
    defaults = {"type": table.get("type"), "last": table.get("last", False)}
    frames = table.get("frame", [])
    if not isinstance(frames, list) or not all(isinstance(entry, dict) for entry in frames):
        raise LexiconError(f"{name}: frame: expected [[frame]], in double brackets, got {frames!r:.80}")
    for number, entry in enumerate(frames, 1):
        where = f"{name}: frame {number} ({next((str(entry[k])[:40] for k in KINDS if k in entry), 'no word')})"
        unknown = set(entry) - KEYS
        if unknown:
            raise LexiconError(f"{where}: unknown key {sorted(unknown)}; known are {sorted(KEYS)}")
        kinds = [k for k in KINDS if k in entry]
        if not kinds:
            raise LexiconError(f"{where}: expected one of {', '.join(KINDS)}")
        for kind in kinds:
            for word in _listed(entry[kind], where):
                yield _frame(where, kind, word, {**defaults, **entry}, classes, book)


@dataclass(frozen=True, slots=True)
class Never:
    """Conditions that every frame of some types blocks, unless it asks for one of their words itself."""

    types: frozenset[str]
    kind: str
    blocks: tuple[Condition, ...]


def _nevers_of(name: str, table: Mapping[str, Any], classes: Mapping[str, frozenset[str]]) -> Iterator[Never]:
    for number, entry in enumerate(table.get("never", []), 1):
        where = f"{name}: never {number}"
        if set(entry) != {"types", "kind", "blocks"} or entry["kind"] not in KINDS:
            raise LexiconError(f"{where}: expected types, kind ({', '.join(KINDS)}) and blocks, got {entry!r}")
        yield Never(frozenset(str(entry["types"]).split()), entry["kind"], _conditions(entry["blocks"], classes, where))


def _with_nevers(frame: Frame, nevers: Iterable[Never]) -> Frame:
    added = [
        Condition(block.slot, block.words - asked)
        for never in nevers
        if never.kind == frame.kind and frame.type in never.types
        for block in never.blocks
        for asked in [frozenset().union(*(n.words for n in frame.needs if n.slot == block.slot))]
    ]
    return replace(frame, blocks=(*frame.blocks, *added)) if added else frame


def _listed(value: Any, where: str) -> list[str]:
    words = [value] if isinstance(value, str) else value
    if not isinstance(words, list) or not all(isinstance(w, str) and w.strip() for w in words):
        raise LexiconError(f"{where}: expected a word or a list of words, got {value!r}")
    return words


def _frame(
    where: str, kind: str, word: str, entry: Mapping[str, Any], classes: Mapping[str, frozenset[str]], book: Codebook
) -> Frame:
    type_, mode = str(entry.get("type")), entry.get("mode")
    if type_ not in book.types:
        raise LexiconError(f"{where}: type {type_!r} is none of {', '.join(book.types)}")
    if mode is not None and mode not in book.types[type_].modes:
        raise LexiconError(
            f"{where}: {type_} has no mode {mode!r}; it has {', '.join(book.types[type_].modes) or 'none'}"
        )
    contexts = tuple(_listed(entry.get("contexts", []), where)) if entry.get("contexts") else ()
    strange = [c for c in contexts if c not in book.contexts]
    if strange:
        raise LexiconError(f"{where}: no such context: {', '.join(strange)}")
    lemma, _, particle = word.partition(" ")
    return Frame(
        id=f"{type_.lower()}:{word}:{kind[0]}",
        kind=kind,
        word=lemma,
        particle=particle or None,
        type=type_,
        mode=mode,
        actor=_slots(entry.get("actor", []), where),
        recipient=_slots(entry.get("recipient", []), where),
        needs=_conditions(entry.get("needs", {}), classes, where),
        blocks=_conditions(entry.get("blocks", {}), classes, where),
        mutual=bool(entry.get("mutual", False)),
        contexts=contexts,
        weight=_weight(entry.get("weight", 0.8), where),
        speech=bool(entry.get("speech", False)),
        voice=entry.get("voice"),
        main=bool(entry.get("main", True)),
        people=bool(entry.get("people", False)),
        last=bool(entry.get("last", False)),
        source=where,
    )


def _weight(value: Any, where: str) -> float:
    if not isinstance(value, int | float) or not 0 < value <= 1:
        raise LexiconError(f"{where}: weight: expected a number above 0 up to 1, got {value!r}")
    return float(value)


def _slots(value: Any, where: str) -> tuple[str, ...]:
    slots = tuple(_listed(value, where)) if value else ()
    for slot in slots:
        if slot not in ROLES and not slot.startswith(PREFIXES):
            raise LexiconError(
                f"{where}: no such slot {slot!r}; expected one of {', '.join(sorted(ROLES))} or obl:PREP, nmod:PREP"
            )
    return slots


def _conditions(value: Any, classes: Mapping[str, frozenset[str]], where: str) -> tuple[Condition, ...]:
    if not isinstance(value, dict):
        raise LexiconError(f"{where}: expected a table of slots and words, got {value!r}")
    return tuple(Condition(_known(slot, where), _words(words, classes, where)) for slot, words in value.items())


def _known(slot: str, where: str) -> str:
    for part in slot.split("|"):
        if part not in CONDITIONS and not part.startswith(("obl:", "nmod:")):
            raise LexiconError(f"{where}: no such condition {part!r}; expected one of {sorted(CONDITIONS)} or obl:PREP")
    return slot


def _words(words: str, classes: Mapping[str, frozenset[str]], where: str) -> frozenset[str]:
    found: set[str] = set()
    for word in words.split():
        if word.startswith("@"):
            if word[1:] not in classes:
                raise LexiconError(f"{where}: no word class {word}; there are {', '.join(sorted(classes))}")
            found |= classes[word[1:]]
        else:
            found.add(word)
    return frozenset(found)


@cache
def lexicon(extra: Path | None = None) -> Lexicon:
    """The shipped frames, with those of the user's own TOML file, or folder of such files (`extra`), added; read once."""
    tables = tables_in(resources.files("dragoman.coding") / "lexicon")
    return read(tables, codebook_with(extra), tables_in(extra) if extra is not None else ())


def check(extra: Path | None = None) -> list[str]:
    """What `dragoman lexicon check` prints: counts by type and kind, then what looks wrong (doubles). Raises `LexiconError`."""
    known = lexicon(extra)
    frames = [f for some in known.frames.values() for f in some]
    lines = [f"{known.size} frames, {len(known.classes)} word classes, {len(known.light)} light verbs"]
    book = codebook_with(extra)
    for type_, entry in book.types.items():
        mine = [f for f in frames if f.type == type_]
        by_kind = ", ".join(f"{sum(f.kind == k for f in mine)} {k}" for k in KINDS)
        yours = f"  your own type, {entry.plover or 'none'} in PLOVER" if entry.own else ""
        lines.append(f"{type_:10} {len(mine):5}  {by_kind}{yours}")
        if not mine:
            lines.append(
                f"no frame has the type {type_}, so nothing is coded as {type_}; add a [[frame]] with this type"
            )
    seen: dict[tuple[Any, ...], Frame] = {}
    for frame in frames:
        key = (frame.kind, frame.word, frame.particle, frame.needs, frame.blocks)
        if key in seen and seen[key].type != frame.type:
            lines.append(f"same word and conditions, two types: {seen[key].source} / {frame.source}")
        seen[key] = frame
    return lines
