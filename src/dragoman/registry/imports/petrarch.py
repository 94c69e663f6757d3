"""Actor and agent dictionaries of TABARI, PETRARCH and Phoenix.

    HAMAS_  # a comment            a name: capitals, `_` for blanks, a final `_` is no part of it; or `(ANO)`: an acronym beside it
    +ISLAMIC_RESISTANCE_MOVEMENT_  another name of the same
        [PSEREB 19871214-20060125] codes and days (yymmdd or yyyymmdd): from-to, `<day` before, `>day` from that day on
        [PSEGOV >20060126]
    FARMER {FARMERS} [~AGR]        an agent: the noun, its plural, its code behind `~`
    !PERSON! = MAN, MEN, WOMAN     a set; `HERDS!PERSON!` stands for one agent for each

Outside its dated codes an actor has the sector of the undated one, or none. An entry whose only code is a country's names that
country, its people and towns, which the registry lists itself: it is passed over.

`#`, `;` and `<!-- … -->` begin comments. The dictionaries do not tell persons from bodies: kinds come from the sector (`codes.toml`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from dragoman.registry.imports.codes import codes, is_country
from dragoman.registry.imports.lines import Fault, Found, Lines, NounRow, Row
from dragoman.registry.normal import slug

PREFIX = "cameo-"
PIVOT = 25
"""Two-figure years below it are of this century."""
_COMMENT = re.compile(r"<!--.*?-->|(?:^|\s)[#;].*$|<!--.*$")
_CODES = re.compile(r"\[([^\]]*)\]")
_CODE = re.compile(
    r"^(~?[A-Z0-9]*~?)(?:\s+(?:([<>])=?\s*(\d{6}|\d{8})|(\d{6}|\d{8})\s*-\s*(\d{6}|\d{8})|(\d{6}|\d{8}))\s*>?)?$"
)
_SET = re.compile(r"^(![A-Z_]+!)\s*=\s*(.+)$")
_USES = re.compile(r"![A-Z_]+!")
_ACRONYM = re.compile(r"_?\(([^()]*)\)?")


@dataclass
class Code:
    """One code with its period, half-open."""

    text: str
    from_: str | None = None
    to: str | None = None


@dataclass
class Entry:
    """What stands between one head line and the next."""

    line: int
    names: list[str] = field(default_factory=list)
    codes: list[Code] = field(default_factory=list)
    plural: str | None = None


def read(lines: Lines, states: dict[str, str]) -> Iterator[Found]:
    """The actors and agents of a dictionary."""
    entry: Entry | None = None
    sets: dict[str, list[str]] = {}
    for number, raw in lines:
        text = _COMMENT.sub("", raw).strip()
        if not text:
            continue
        if match := _SET.match(text):
            sets[match[1]] = [w.strip() for w in match[2].split(",") if w.strip()]
            continue
        fault = None
        if text[0] in "+[":
            if entry is None:
                yield Fault(number, f"{text[:60]!r} belongs to no name: a dictionary begins with a name")
                continue
        else:
            if entry is not None:
                yield from _made(entry, sets, states)
            entry = Entry(number)
        fault = _take(entry, text)
        if fault:
            yield Fault(number, fault)
            if text[0] not in "+[":
                entry = None
    if entry is not None:
        yield from _made(entry, sets, states)


def _take(entry: Entry, text: str) -> str | None:
    """Put what a line says into its entry; a complaint where it cannot be read."""
    rest = _CODES.sub(" ", text)
    if "[" in rest or "]" in rest:
        return f"a code is not closed in {text[:80]!r}; expected [CODE] or [CODE days]"
    for code in _CODES.findall(text):
        read_code = _code(code.strip())
        if isinstance(read_code, str):
            return read_code
        entry.codes.append(read_code)
    if match := re.search(r"\{([^}]*)\}", rest):
        entry.plural = match[1].strip() or None
        rest = rest.replace(match[0], " ")
    entry.names += [name for part in rest.split("+") if (name := part.strip())]
    return None


def _code(text: str) -> Code | str:
    match = _CODE.match(text)
    if match is None:
        return (
            f"the code [{text[:60]}] cannot be read; expected letters, then <day, >day or day-day with days as yyyymmdd"
        )
    code, sign, bound, start, end, single = match.groups()
    try:
        if sign:
            return Code(code, to=_day(bound)) if sign == "<" else Code(code, _day(bound))
        if start:
            first, last = _day(start), _day(end, 1)
            if first >= last:
                return f"the code [{text}] ends before it begins"
            return Code(code, first, last)
        return Code(code, _day(single), _day(single, 1)) if single else Code(code)
    except ValueError:
        return f"the code [{text[:60]}] holds a day that no calendar has"


def _day(figures: str, later: int = 0) -> str:
    if len(figures) == 6:
        figures = ("20" if int(figures[:2]) < PIVOT else "19") + figures
    day = date(int(figures[:4]), max(1, int(figures[4:6])), max(1, int(figures[6:8])))
    return (day + timedelta(later)).isoformat()


def _made(entry: Entry, sets: dict[str, list[str]], states: dict[str, str]) -> Iterator[Found]:
    if not entry.codes:
        yield Fault(entry.line, f"{(entry.names or ['?'])[0][:60]!r} has no [CODE]")
    elif any("~" in code.text for code in entry.codes):
        yield from _agents(entry, sets)
    elif not all(code.text in states and not (code.from_ or code.to) for code in entry.codes):
        yield _actor(entry)


def _agents(entry: Entry, sets: dict[str, list[str]]) -> Iterator[Found]:
    sector = _sector(entry.codes[0].text.strip("~"))
    if sector is None:
        return
    for name in entry.names:
        forms = [name]
        for mark in _USES.findall(name):
            if mark not in sets:
                yield Fault(entry.line, f"the set {mark} is not defined above")
                return
            forms = [form.replace(mark, word) for form in forms for word in sets[mark]]
        for form in forms:
            yield NounRow(
                entry.line, _words(form).lower(), sector, _words(entry.plural).lower() if entry.plural else None
            )


def _sector(code: str) -> str | None:
    table = codes()["cameo"]
    found = [table[code[i : i + 3]] for i in range(0, len(code), 3) if code[i : i + 3] in table]
    return next(iter(found), None)


def _side(code: str) -> tuple[str | None, str | None]:
    """Country (or what stands for it) and sector of a code."""
    head, rest = code[:3], code[3:]
    if is_country(head):
        return head, _sector(rest)
    if head in codes()["instead"]:
        return codes()["instead"][head], _sector(rest)
    return None, _sector(code if head in codes()["cameo"] else rest)


def _actor(entry: Entry) -> Found:
    names: list[str] = []
    for raw in entry.names:
        names += [_cased(_words(_ACRONYM.sub("", raw))), *(_acronym(a) for a in _ACRONYM.findall(raw))]
    names = [n for n in dict.fromkeys(names) if slug(n)]
    if not names:
        return Fault(entry.line, f"{entry.names[0][:60]!r} is no name" if entry.names else "a code without a name")
    sides = [(code, *_side(code.text)) for code in entry.codes]
    lasting = [s for s in sides if s[0].to is None]
    _, country, latest = max(lasting or sides, key=lambda s: s[0].from_ or "")
    sector = next((s for code, _, s in sides if not (code.from_ or code.to)), None)
    kind = "igo" if country in ("IGO", "UNO") and not latest else codes()["kinds"].get(latest or "", "other")
    table: dict[str, Any] = {"id": PREFIX + slug(names[0]), "name": names[0], "kind": kind, "names": names[1:]}
    table.update({k: v for k, v in (("country", country), ("sector", sector)) if v})
    dated = [_table(*s) for s in sides if s[0].from_ or s[0].to]
    if dated:
        table["sides"] = dated
    return Row(entry.line, table)


def _table(code: Code, country: str | None, sector: str | None) -> dict[str, Any]:
    cells = (("sector", sector), ("country", country), ("from", code.from_), ("to", code.to))
    return {k: v for k, v in cells if v}


def _words(raw: str) -> str:
    return " ".join(raw.replace("_", " ").split())


def _acronym(raw: str) -> str:
    text = _words(raw)
    return text if len(text) <= 8 else _cased(text)


_SMALL = frozenset("of the and for in to de la del al el ul e y i des du les et".split())


def _cased(text: str) -> str:
    """Capitals as they stand in news: words of up to three letters, or without a vowel, that stand alone are acronyms."""
    if len(text) <= 5 and " " not in text and (len(text) <= 3 or not re.search("[AEIOU]", text)):
        return text
    words = [w.lower() if i and w.lower() in _SMALL else _capital(w) for i, w in enumerate(text.split(" "))]
    return " ".join(words)


def _capital(word: str) -> str:
    return "-".join(part[:1].upper() + part[1:].lower() for part in word.split("-"))
