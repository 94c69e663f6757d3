"""Articles of text files that news databases export (Nexis, Factiva, ProQuest): fields by name or by place around a body."""

from __future__ import annotations

import re
import tomllib
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from importlib.resources import files
from typing import Any

from ..errors import DataError
from .dates import any_date, line_date
from .draft import Draft, tidied
from .limits import EmptyError, FormatError
from .text import paragraphs_of

LAYOUTS = ("labels", "codes", "plain")
COPYRIGHT = re.compile(r"\s*(?:copyright\b|©|\(c\)\s)|.*\ball rights reserved\b", re.IGNORECASE)
WORDS = re.compile(r"\s*[\d,]+ words\s*$")
RULE = re.compile(r"\s*[_=*-]{10,}\s*$")
EDITION = re.compile(r".*\b(?:edition|final|correction appended)\b", re.IGNORECASE)
CLOCK = re.compile(r"\d{1,2}[:.]\d{2}(?:\s*[ap]\.?m\.?)?(?:\s+GMT|\s+[A-Z]{3,4})?$", re.IGNORECASE)
SOURCE_CODE = re.compile(r"[A-Z0-9]{2,12}$")
PAGE = re.compile(r"(?:pg\.?\s*)?[A-Z]?\d{1,4}[A-Z]?$", re.IGNORECASE)
HEAD_LINE = 500
"""Characters of a line of the head that are looked at."""

LABEL = re.compile(r"\s*(?P<label>[A-Za-z][A-Za-z /-]{1,30}?):[ \t]*(?P<value>.*)$")
CODE = re.compile(r"(?P<code>[A-Z]{2,3})(?:[ \t]+(?P<value>.*))?$")


@dataclass(frozen=True)
class Export:
    """How one database lays out its exports; see `exports.toml`."""

    name: str
    layout: str
    told_by: tuple[re.Pattern[str], ...]
    starts: re.Pattern[bytes] | None
    ends: re.Pattern[bytes] | None
    fields: dict[str, str] = field(default_factory=dict)
    heads: tuple[str, ...] = ()
    tails: tuple[str, ...] = ()
    after: frozenset[str] = frozenset()
    capitals: bool = False


@lru_cache(maxsize=1)
def exports() -> dict[str, Export]:
    """The shipped layouts by name.

    Raises:
        DataError: `exports.toml` is broken; names the entry.
    """
    table = tomllib.loads(files(__package__).joinpath("exports.toml").read_text(encoding="utf-8"))
    found = {}
    for entry in table["export"]:
        try:
            found[entry["name"]] = _export(entry)
        except (re.error, KeyError, ValueError) as error:
            raise DataError(f"exports.toml, {entry.get('name')!r}: {error}") from error
    return found


def _export(entry: dict[str, Any]) -> Export:
    if entry["layout"] not in LAYOUTS:
        raise ValueError(f"expected a layout of {', '.join(LAYOUTS)}, got {entry['layout']!r}")
    starts, ends = (re.compile(str(entry[name]).encode()) if name in entry else None for name in ("starts", "ends"))
    if starts is None and ends is None:
        raise ValueError("nothing parts its articles; give starts or ends")
    return Export(
        name=entry["name"],
        layout=entry["layout"],
        told_by=tuple(re.compile("^" + pattern, re.MULTILINE) for pattern in entry["told_by"]),
        starts=starts,
        ends=ends,
        fields=dict(entry.get("fields", {})),
        heads=tuple(entry.get("heads", ())),
        tails=tuple(entry.get("tails", ())),
        after=frozenset(entry.get("after", ())),
        capitals=bool(entry.get("capitals")),
    )


def export_of(text: str) -> Export | None:
    """The layout whose marks all stand in the text; None where it is no export."""
    plain = text.replace("\r\n", "\n")
    return next((e for e in exports().values() if all(mark.search(plain) for mark in e.told_by)), None)


def read_export(text: str, export: Export) -> Draft:
    """The draft of one article.

    Raises:
        EmptyError: it has no body and no title.
        FormatError: it is not laid out as its export says.
    """
    lines = text.replace("\r\n", "\n").replace("\r", "\n").replace("\f", "\n").split("\n")
    read = {"labels": _labelled, "codes": _coded, "plain": _plain}[export.layout]
    said = read(lines, export)
    body = paragraphs_of("\n".join(said["body"]))
    title = " ".join(map(tidied, said["title"])).strip()
    if not body and not title:
        raise EmptyError("no text of an article was found in it")
    dateline = tidied(" ".join(said["dateline"]))
    if dateline and body and not body[0].startswith(dateline):
        body = (f"{dateline} - {body[0]}", *body[1:])
    lead = tidied(" ".join(said["lead"]))
    return Draft(
        paragraphs=(*([lead] if lead else []), *body),
        title=title or None,
        outlet=tidied(" ".join(said["outlet"])) or None,
        section=_section(" ".join(said["section"])),
        authors=_authors(" ".join(said["authors"])),
        published=any_date(tidied(" ".join(said["published"]))),
    )


Said = defaultdict[str, list[str]]


def _labelled(lines: list[str], export: Export) -> Said:
    """A head without labels, labelled fields, the body, labelled fields again."""
    said: Said = defaultdict(list)
    head: list[str] = []
    slot = "head"
    fields_seen = announced = False
    for line, starts_block in _with_starts(lines):
        bare = line.strip()
        label = _label(line, export) if starts_block or slot != "body" else None
        if label is not None and slot == "body" and (announced or any(said["body"])) and label[0] not in export.after:
            label = None
        if bare.lower() in export.heads:
            slot, announced = "body", True
        elif bare.lower() in export.tails:
            slot = ""
        elif label is not None:
            fields_seen, name = True, label[0]
            slot = export.fields[name]
            _put(said, slot, label[1])
        elif not bare:
            slot = _after_blank(slot, fields_seen, any(said["body"]), export)
            _put(said, slot, "") if slot == "body" else head.append("") if slot == "head" else None
        elif RULE.match(line) and slot != "body":
            continue
        elif slot == "head":
            head.append(line)
        else:
            _put(said, slot, line)
    _settle(said, head)
    return said


def _with_starts(lines: list[str]) -> Iterator[tuple[str, bool]]:
    """Each line, and whether a blank line or nothing stands before it."""
    before = ""
    for line in lines:
        yield line, not before.strip()
        before = line


def _after_blank(slot: str, fields_seen: bool, has_body: bool, export: Export) -> str:
    """What a blank line leads to: out of a field into the body, where no line announces the body."""
    if slot in ("head", "body"):
        return slot
    announced = bool(export.heads and export.ends) or "full text" in export.fields
    return "" if announced or not fields_seen or has_body else "body"


def _label(line: str, export: Export) -> tuple[str, str] | None:
    found = LABEL.match(line)
    if found is None or (export.capitals and not found["label"].isupper()):
        return None
    name = found["label"].strip().lower()
    return (name, found["value"]) if name in export.fields else None


def _put(said: Said, slot: str, line: str) -> None:
    if slot:
        said[slot].append(line)


def _settle(said: Said, head: list[str]) -> None:
    """Title, outlet and date of the head: "outlet, date, title" (Nexis) or "title, outlet, date" (Nexis Uni)."""
    blocks = [
        b for b in ([ln.strip()[:HEAD_LINE] for ln in block if not COPYRIGHT.match(ln)] for block in _blocks(head)) if b
    ]
    flat = [(b, line) for b, block in enumerate(blocks) for line in block]
    at = next((i for i, (_, line) in enumerate(flat) if line_date(_undated(line))), None)
    if at is None:
        if not said["title"]:
            said["title"] = blocks[-1] if blocks else []
        return
    block, day = flat[at]
    if not said["published"]:
        said["published"] = [str(line_date(_undated(day)))]
    beside = [line for b, line in flat[:at] if b == block]
    above = blocks[block - 1] if block else []
    after = [b for b in blocks[block + 1 :] if not all(EDITION.match(line) for line in b)]
    if not said["outlet"]:
        said["outlet"] = (beside or above)[-1:]
    if not said["title"] and after:
        said["title"] = after[0]
    elif not said["title"]:
        said["title"] = beside[:-1] or (above if beside else above[:-1])


def _undated(line: str) -> str:
    """A date line without what Nexis puts after it: the weekday, the time, the edition."""
    return re.sub(r"(\d{4})\s.*$", r"\1", re.sub(r",?\s+(?:\(?[A-Z][a-z]+day\)?)\b.*$", "", line.strip()))


def _blocks(lines: list[str]) -> list[list[str]]:
    blocks: list[list[str]] = [[]]
    for line in lines:
        if line.strip():
            blocks[-1].append(line)
        elif blocks[-1]:
            blocks.append([])
    return [block for block in blocks if block]


def _coded(lines: list[str], export: Export) -> Said:
    said: Said = defaultdict(list)
    slot = ""
    for line in lines:
        found = CODE.match(line)
        if found and found["code"] in export.fields:
            slot = export.fields[found["code"]]
            if slot == "body" and said["body"]:
                said["body"].append("")
            line = found["value"] or ""
        _put(said, slot, line)
    if not said["title"] and not said["body"]:
        raise FormatError("none of the fields HD, LP, TD was found in an article of a Factiva export")
    return said


def _plain(lines: list[str], export: Export) -> Said:
    """Title, byline, "812 words", date, time, outlet, code, page, language, copyright; then the body."""
    said: Said = defaultdict(list)
    at = next((i for i, line in enumerate(lines) if WORDS.match(line)), None)
    if at is None:
        raise FormatError("no line with the number of words was found in an article of a Factiva export")
    head = [line.strip() for line in lines[:at] if line.strip() and not RULE.match(line)]
    while head and re.match(r"by\s", head[-1], re.IGNORECASE) and len(head) > 1:
        said["authors"].insert(0, head.pop())
    said["title"] = head[-1:]
    said["section"] = head[:1] if len(head) > 1 else []
    end = next((i for i, line in enumerate(lines[at + 1 : at + 20], at + 1) if COPYRIGHT.match(line)), at)
    for line in map(str.strip, lines[at + 1 : end]):
        if line_date(line):
            said["published"] = [line]
        elif line and not (CLOCK.match(line) or SOURCE_CODE.match(line) or PAGE.match(line)) and not said["outlet"]:
            said["outlet"] = [line]
    said["body"] = lines[end + 1 :]
    return said


def _section(said: str) -> str | None:
    """ "Section A; Foreign Desk; Pg. 4" names a desk: the first part that is neither a letter nor a page."""
    parts = [tidied(part) for part in said.split(";")]
    kept = [
        p for p in parts if p and not re.match(r"(?:section [a-z0-9]{1,3}|column \d+|pg?\.|page)\b", p, re.IGNORECASE)
    ]
    return kept[0].capitalize() if kept and kept[0].isupper() else kept[0] if kept else None


def _authors(said: str) -> tuple[str, ...]:
    """Names of a byline; "Tolland, Mira" is turned round, letters all upper-case are lowered."""
    bare = re.sub(r"^(?:by|reporting by)\s+", "", tidied(said), flags=re.IGNORECASE)
    if re.fullmatch(r"[^\s,;]+, [^\s,;]+(?: [^\s,;]+)?", bare):
        last, _, first = bare.partition(", ")
        bare = f"{first} {last}"
    names = [tidied(part) for part in re.split(r"\s*;\s*|,\s+| and | & ", bare)]
    return tuple(dict.fromkeys(n.title() if n.isupper() else n for n in names if n and len(n) < 80))
