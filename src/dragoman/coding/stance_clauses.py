"""What stands about a clause or is predicated of a happening: openers, hedges, dates ahead (data/stance_clauses.toml)."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any, cast, get_args

from ..errors import DataError
from ..model import Parse, Stance, Token
from .stance_constructions import circumstances
from .stance_lexicon import EFFECTS, Effect, StanceLexicon
from .stance_marks import NOMINAL, Local
from .stance_phrases import Words, matches

FILE = "stance_clauses.toml"
LISTS = ("lying_ahead", "appointing", "linking", "mindless")

By = Mapping[str, tuple[tuple[Words, Stance], ...]]
"""Phrases with their stance by their last word, longest first."""


@dataclass(frozen=True, slots=True)
class ClauseWords:
    """The lists of the file; `predicates` maps a lemma, or prepositions and a lemma, to its effect on the subject."""

    openers: By
    hedges: By
    predicates: Mapping[str, Effect]
    lists: Mapping[str, frozenset[str]]


@cache
def load() -> ClauseWords:
    """The shipped lists. Raises DataError where the file is broken."""
    text = (resources.files(__package__) / "data" / FILE).read_text(encoding="utf-8")
    try:
        raw = tomllib.loads(text)
        lists = {name: frozenset(word for words in raw[name].values() for word in words) for name in LISTS}
        return ClauseWords(_phrases(raw["openers"]), _phrases(raw["hedges"]), _effects(raw["predicates"]), lists)
    except (tomllib.TOMLDecodeError, KeyError, TypeError) as error:
        raise DataError(f"{FILE}: not a list of clause words ({error}); restore the file from the package") from error


def _phrases(raw: Mapping[str, Any]) -> By:
    found: dict[str, list[tuple[Words, Stance]]] = {}
    for stance, entries in raw.items():
        if stance not in get_args(Stance):
            raise DataError(f"{FILE}: expected a stance, got {stance!r}")
        for entry in entries:
            words = tuple(entry.split())
            found.setdefault(words[-1], []).append((words, cast("Stance", stance)))
    return {last: tuple(sorted(some, key=lambda one: -len(one[0]))) for last, some in found.items()}


def _effects(raw: Mapping[str, Any]) -> dict[str, Effect]:
    found: dict[str, Effect] = {}
    for effect, entries in raw.items():
        if effect not in EFFECTS:
            raise DataError(f"{FILE}: {effect!r}: expected one of {', '.join(sorted(EFFECTS))}")
        found.update(dict.fromkeys(entries, cast("Effect", effect)))
    return found


def opened(parse: Parse, token: Token, kids: list[Token], lexicon: StanceLexicon) -> Local | None:
    """ "High time he resigned", "if only they would listen", "in the event that talks fail"."""
    subject = next((k for k in kids if k.rel in ("nsubj", "expl", "csubj") and k.i < token.i), None)
    if subject is None:
        return None
    subtree = parse.subtree(subject.i)
    edge = min([*subtree, *(k.i for k in kids if k.rel == "aux")])
    while parse.tokens[edge].rel == "advmod" and edge < subject.i:
        edge += 1
    first = parse.sentence(token.i).first
    if edge > first and parse.tokens[edge - 1].lower in ("that", ","):
        edge -= 1
    found = _ending_at(parse, edge, load().openers, first)
    return Local(found[1], None, " ".join(found[0])) if found else None


def _ending_at(parse: Parse, end: int, phrases: By, first: int) -> tuple[Words, Stance] | None:
    if end <= first:
        return None
    last = parse.tokens[end - 1]
    for words, stance in (*phrases.get(last.lower, ()), *phrases.get(last.lemma, ())):
        if matches(parse, words, end, first) is not None:
            return words, stance
    return None


def hedged(parse: Parse, token: Token, kids: list[Token], lexicon: StanceLexicon) -> Local | None:
    """ "For all anyone knows the room was bugged", "the rebels, it seems, have fled"."""
    if token.rel not in ("root", "ccomp", "parataxis", "conj") or not any(k.rel in ("nsubj", "expl") for k in kids):
        return None
    sentence, phrases = parse.sentence(token.i), load().hedges
    for end in range(sentence.first + 1, sentence.last + 1):
        last = parse.tokens[end - 1]
        for words, stance in (*phrases.get(last.lower, ()), *phrases.get(last.lemma, ())):
            start = matches(parse, words, end, sentence.first)
            if start is None or start <= token.i < end:
                continue
            if end == min(parse.subtree(token.i)) or token.i in _heads(parse, start, end):
                return Local(stance, None, " ".join(words))
    return None


def _heads(parse: Parse, start: int, end: int) -> Iterator[int]:
    """The words outside a span on which words of the span depend."""
    return (t.head for t in parse.tokens[start:end] if not start <= t.head < end)


def decisive(parse: Parse, i: int, reason: str) -> bool:
    """Whether a phrase of these lists decided, about which no second reading is asked."""
    token = parse.tokens[i]
    if token.rel == "nsubj" and predicated(parse, token, parse.tokens[token.head]) is not None:
        return True
    tables = (load().openers, load().hedges)
    return any(reason == " ".join(words) for table in tables for some in table.values() for words, _ in some)


def wished(parse: Parse, token: Token, kids: list[Token], lexicon: StanceLexicon) -> Local | None:
    """ "May he rest", "may the new year bring peace"."""
    may = next((k for k in kids if k.rel == "aux" and k.lower == "may"), None)
    subject = next((k for k in kids if k.rel == "nsubj"), None)
    if may is None or subject is None or not may.i < subject.i < token.i:
        return None
    return None if parse.tokens[parse.sentence(token.i).last - 1].text == "?" else Local("hoped", None, "may (wish)")


def sooner_than(parse: Parse, token: Token, kids: list[Token], lexicon: StanceLexicon) -> Local | None:
    """ "Would sooner go bankrupt than sell", "chose to resign rather than obey"."""
    than = next((k for k in kids if k.lower == "than" and k.rel in ("mark", "case", "cc", "fixed")), None)
    if than is None or token.xpos not in ("VB", "VBP"):
        return None
    before = parse.tokens[parse.sentence(token.i).first : than.i]
    word = next((t.lower for t in before if t.lower in ("sooner", "rather")), None)
    return Local("denied", None, f"{word} than") if word else None


def at_no(parse: Parse, token: Token, kids: list[Token], lexicon: StanceLexicon) -> Local | None:
    """ "At no point had they crossed the line": the negation stands before the inverted auxiliary, wherever it hangs."""
    helper = min((k.i for k in kids if k.rel in ("aux", "cop") and k.i < token.i), default=0)
    if helper - 3 < parse.sentence(token.i).first:
        return None
    opening = [t.lower for t in parse.tokens[helper - 3 : helper]]
    inverted = any(k.rel in ("nsubj", "expl") and helper < k.i < token.i for k in kids)
    if (
        circumstances(parse, token, kids, lexicon) is None
        and inverted
        and opening[0] in ("at", "under", "in", "on", "by", "for")
        and opening[1] == "no"
    ):
        return Local("denied", None, " ".join(opening))
    return None


def asked_in_cleft(parse: Parse, token: Token, kids: list[Token], lexicon: StanceLexicon) -> Local | None:
    """ "Was it the landlord's men who torched the mill?"."""
    head = parse.tokens[token.head]
    if token.dep != "acl:relcl" or parse.tokens[parse.sentence(token.i).last - 1].text != "?":
        return None
    beside = parse.kids(head.i)
    cleft = any(k.lower == "it" and k.rel in ("nsubj", "expl") for k in beside) and any(k.rel == "cop" for k in beside)
    return Local("possible", None, "question") if cleft else None


def forgone(parse: Parse, token: Token, kids: list[Token], lexicon: StanceLexicon) -> Local | None:
    """ "Might have prevented the theft, had there been one"."""
    helpers = {k.lower for k in kids if k.rel == "aux"}
    if not helpers & {"might", "could", "may"} or "have" not in helpers:
        return None
    for kid in kids:
        first = parse.tokens[min(parse.subtree(kid.i))]
        if first.text == ",":
            first = parse.tokens[first.i + 1]
        past = any(k.lower == "had" and k.rel == "aux" for k in parse.kids(kid.i))
        if kid.rel in ("advcl", "parataxis") and past and first.lower in ("had", "if"):
            return Local("denied", None, f"{first.lower} (unfulfilled)")
    return None


WEEKDAYS = frozenset("monday tuesday wednesday thursday friday saturday sunday weekend".split())
MONTHS = frozenset(
    """january february march april may june july august september october november december spring summer autumn
    winter""".split()
)
SPANS = frozenset(("hour", "day", "week", "month", "year", "fortnight", "quarter"))
LASTING = frozenset(
    """be have know believe think feel seem mean want need live own belong remain stay contain include depend matter say tell claim add
    note report insist argue warn mark run cover last fall""".split()
)


def dated_ahead(parse: Parse, token: Token, kids: list[Token], lexicon: StanceLexicon) -> Local | None:
    """A present with a date that lies ahead: "retires in June", "opens in a month's time", "from July Moscow cuts"."""
    present = token.xpos in ("VBZ", "VBP") or (
        token.xpos == "VBG" and any(k.lower in ("is", "are", "'s", "’s", "'re", "’re") for k in kids if k.rel == "aux")
    )
    closed = parse.tokens[parse.sentence(token.i).last - 1].text in (".", "?", "!", '"', "”")
    if token.upos != "VERB" or not present or not closed or token.lemma in LASTING:
        return None
    for kid in kids:
        if kid.rel in ("obl", "advmod", "nmod") and _ahead(parse, kid):
            return Local("planned", None, kid.lower)
    return Local("planned", None, "come") if _come(parse, token) else None


def _ahead(parse: Parse, time: Token) -> bool:
    under = parse.kids(time.i)
    cases = {k.lower for k in under if k.rel == "case"}
    if any(k.lower in ("every", "each", "last", "past", "ago", "this") for k in under):
        return time.lower in ("week", "month", "weekend", "year") and any(k.lower == "later" for k in under)
    word = time.lower
    if word in WEEKDAYS:
        return not cases or bool(cases & {"on", "from", "by", "before", "at"})
    if word in MONTHS and time.upos in ("PROPN", "NOUN"):
        return bool(cases & {"in", "from", "by"}) and not any(k.rel == "nummod" for k in under)
    if any(k.lower in ("next", "coming") for k in under):
        return True
    if word == "time" and "in" in cases:
        return any(k.lemma in SPANS for k in under if k.rel in ("nmod", "compound"))
    counted = any(k.rel == "nummod" or k.lower in ("a", "an", "few") for k in under)
    return time.lemma in SPANS and cases == {"in"} and counted and token_is_last(parse, time)


def token_is_last(parse: Parse, time: Token) -> bool:
    """Whether nothing but punctuation follows a word in its sentence."""
    return all(t.upos == "PUNCT" for t in parse.tokens[max(parse.subtree(time.i)) + 1 : parse.sentence(time.i).last])


def _come(parse: Parse, token: Token) -> bool:
    """ "Come spring, the garrison quits"."""
    first = parse.sentence(token.i).first
    opening = [t.lower for t in parse.tokens[first : first + 2]]
    return len(opening) == 2 and opening[0] == "come" and opening[1] in MONTHS | WEEKDAYS


def predicated(parse: Parse, token: Token, head: Token) -> Effect | None:
    """What a predicate makes of the happening that is its subject: "is out of the question", "looks unlikely", "is a week away"."""
    words, kids = load(), parse.kids(head.i)
    if head.lemma in words.lists["lying_ahead"] and head.upos == "VERB" and token.dep == "nsubj":
        return "plans"
    if head.lemma in words.lists["appointing"] and token.dep == "nsubj:pass":
        return (
            "plans"
            if any(c.lower == "for" for k in parse.kids(head.i, "obl") for c in parse.kids(k.i, "case"))
            else None
        )
    if head.upos == "VERB" and head.lemma in words.lists["linking"]:
        return next((e for k in parse.kids(head.i, "xcomp", "obl") if (e := _of_predicate(parse, k)) is not None), None)
    return _of_predicate(parse, head) if any(k.rel == "cop" for k in kids) else None


def _of_predicate(parse: Parse, predicate: Token) -> Effect | None:
    table = load().predicates
    cases = " ".join(k.lower for k in sorted(parse.kids(predicate.i, "case"), key=lambda k: k.i))
    if cases:
        first = cases.split()[0]
        return table.get(f"{cases} {predicate.lemma}") or table.get(f"{first} {predicate.lemma}")
    if predicate.lemma == "matter":
        spans = any(k.lemma in SPANS for k in parse.kids(predicate.i, "nmod"))
        return "plans" if spans else None
    return table.get(predicate.lemma) if predicate.upos not in NOMINAL or predicate.lemma == "anathema" else None


TESTS = (opened, hedged, wished, sooner_than, at_no, asked_in_cleft, forgone, dated_ahead)
"""Tests of a predicate for `stance_marks.own_marks`."""
