"""The tables of the tokenizer and of the sentence guards, read from `rules.toml`."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from typing import Any

from ..errors import DataError

_LISTS = (
    "titles", "months", "abbreviations", "lower_abbreviations", "acronyms", "openers", "opening", "closing", "quotes",
    "title_words", "prefixes", "whole", "clitics", "bare_clitics",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Rules:
    """What `rules.toml` says; sets of lower-case words unless said otherwise there."""

    token: re.Pattern[str]
    never_final: frozenset[str]
    seldom_final: frozenset[str]
    openers: frozenset[str]
    title_words: frozenset[str]
    opening: frozenset[str]
    closing: frozenset[str]
    quotes: frozenset[str]
    cut_words: dict[str, int]
    initial: re.Pattern[str]
    acronym: re.Pattern[str]
    sure: float
    stop_bonus: float


@lru_cache(maxsize=1)
def rules() -> Rules:
    """The shipped tables, checked."""
    source = resources.files(__package__).joinpath("rules.toml")
    return build(tomllib.loads(source.read_text(encoding="utf-8")), str(source))


def build(table: dict[str, Any], name: str) -> Rules:
    """The rules of a table; a `DataError` names the file and the entry that is wrong."""
    for key in _LISTS:
        value = table.get(key)
        if not isinstance(value, list) or not all(isinstance(item, str) and item for item in value):
            raise DataError(f"{name}: '{key}' must be a list of words, but is {value!r}. Mend that entry.")
    cuts = table.get("cut_words", {})
    if wrong := [word for word, at in cuts.items() if not isinstance(at, int) or not 0 < at < len(word)]:
        raise DataError(
            f"{name}: cut_words.{wrong[0]} must be a number of letters inside the word, but is {cuts[wrong[0]]!r}."
        )
    low = {key: frozenset(item.lower() for item in table[key]) for key in _LISTS}
    return Rules(
        token=re.compile(_pattern(table), re.VERBOSE),
        never_final=low["titles"] | low["months"],
        seldom_final=low["acronyms"],
        openers=frozenset(table["openers"]),
        title_words=low["title_words"] | low["titles"],
        opening=frozenset(table["opening"]),
        closing=frozenset(table["closing"]),
        quotes=frozenset(table["quotes"]),
        cut_words={word: int(at) for word, at in cuts.items()},
        initial=re.compile(r"[^\W\d_a-z]\."),
        acronym=re.compile(r"(?:[^\W\d_]\.){2,}"),
        sure=float(table["sure"]),
        stop_bonus=float(table["stop_bonus"]),
    )


def _either(words: list[str]) -> str:
    return "|".join(re.escape(word).replace("'", "['’]") for word in sorted(words, key=len, reverse=True))


def _pattern(table: dict[str, Any]) -> str:
    """One alternation, tried from left to right at every place of the text that is not blank."""
    titled = _either([w for key in ("titles", "months", "abbreviations", "acronyms") for w in table[key]])
    letter = r"[^\W\d_]"
    end = rf"(?!{letter}|\d)"
    word = rf"{letter}[\w\u0300-\u036f]*"
    clitic = rf"(?:{_either(table['clitics'])}){end}"
    return rf"""
      (?:https?|ftp)://[^\s<>"”]*[\w/=\#&%]                                   # addresses
    | www\.[^\s<>"”]*[\w/=\#&%]
    | [\w.+-]{{1,64}}+@[\w-]{{1,63}}(?:\.[\w-]{{1,63}}){{1,8}}                                           # mail addresses
    | (?:[\w-]{{1,63}}+\.){{1,8}}(?:com|org|net|gov|edu|info|biz|co\.uk)\b(?:/[^\s<>"”]*[\w/=\#&%])?
    | [@\#][^\W\d]\w*
    | (?:{titled})(?!\w) | (?i:{_either(table["lower_abbreviations"])})(?!\w)  # abbreviations
    | (?:{letter}\.){{2,}}(?!{letter}) | (?:{letter}\.)+{letter}(?![\w.])      # U.S., U.S
    | {letter}\.(?=\s+[^\W\d_a-z]|[^\W\d_a-z]) (?<![\w.]{letter}\.)(?<!\bI\.)  # initials
    | \.{{2,}} | … | -{{2,}} | ={{2,}} | >{{2,}} | <{{2,}} | _{{2,}} | \*{{2,}} | ~{{2,}} | \#{{2,}}
    | [!?]+ | ``|''
    | [:;=]-?[()DPp](?!\w) | <3 | :'\(
    | {clitic}
    | (?:n['’]t|N['’]T){end}
    | {word}?(?=(?:n['’]t|N['’]T){end})
    | [A-Z]+&[A-Z]+{end}
    | (?i:(?:{_either(table["whole"])}))(?![\w-])
    | (?:{_either([w for p in table["prefixes"] for w in (p, p.title())])})-{word}
    | \d{{3}}-\d{{3}}-\d{{4}}(?!\d) | \d{{1,4}}(?:/\d{{1,4}})+ | \d{{4}}-\d\d-\d\d(?!\d)
    | (?:(?<![\w)\]])[+-])?\d+(?:[.,:]\d+)*+(?:st|nd|rd|th|s)?+{end} | (?<!\w)\.\d+
    | \d+(?:[.,:]\d+)*
    | [\w-]{{1,63}}+\.(?:docx?|xls|pdf|jpe?g|html?|txt|exe|mp3|zip)\b
    | {word}(?:['’](?!(?:{_either(table["bare_clitics"])}){end})\w+)*
    | \S
    """
