"""Ties said by idioms ("mend fences with B", "ties hit a new low") and by what one takes another for ("regards B as an enemy")."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any, get_args

from ..errors import DataError
from ..model import Aspect, Party, Token
from .context import Context
from .phrases import case_of
from .stance import judge_relation
from .stance_phrases import Words, matches
from .ties_lexicon import Standing, standing_of
from .ties_lexicon import load as load_ties
from .ties_relations import Found
from .ties_sides import Pair, cross, of_relation, parties, subjects

FILE = "ties_idioms.toml"


@dataclass(frozen=True, slots=True)
class Idiom:
    """An idiom and what it says; `standing.cases` are the prepositions before the second party."""

    words: Words
    standing: Standing
    aspect: Aspect
    bound: bool
    """Whether it counts only with a second party behind one of its prepositions."""


@dataclass(frozen=True, slots=True)
class Idioms:
    """Idioms by their last word, longest first; verbs of taking for."""

    by_last: Mapping[str, tuple[Idiom, ...]]
    regarding: frozenset[str]


@cache
def load() -> Idioms:
    """The shipped idioms. Raises DataError naming file and entry where it is broken."""
    text = (resources.files(__package__) / "data" / FILE).read_text(encoding="utf-8")
    try:
        raw = tomllib.loads(text)
        found: dict[str, list[Idiom]] = {}
        for idiom in sorted((i for entry in raw["idiom"] for i in _idioms(entry)), key=lambda one: -len(one.words)):
            found.setdefault(idiom.words[-1], []).append(idiom)
        return Idioms({last: tuple(some) for last, some in found.items()}, frozenset(raw["regarding"]["verbs"]))
    except (tomllib.TOMLDecodeError, KeyError, TypeError) as error:
        raise DataError(f"{FILE}: not a list of idioms ({error}); restore the file from the package") from error


def _idioms(entry: Mapping[str, Any]) -> Iterator[Idiom]:
    aspect = entry.get("aspect", "general")
    if aspect not in get_args(Aspect):
        raise DataError(
            f"{FILE}: {entry['words'][0]!r}: aspect {aspect!r} must be one of {', '.join(get_args(Aspect))}"
        )
    for phrase in entry["words"]:
        yield Idiom(tuple(phrase.split()), standing_of(entry), aspect, phrase in entry.get("needs", ()))


def idiom(context: Context, token: Token) -> Iterator[Found]:
    """The longest idiom that ends with a token."""
    parse, table = context.parse, load().by_last
    least = parse.sentence(token.i).first
    for one in (*table.get(token.lower, ()), *(table.get(token.lemma, ()) if token.lemma != token.lower else ())):
        start = matches(parse, one.words, token.i + 1, least)
        if start is None:
            continue
        trigger = _trigger(context, start, token.i + 1)
        pairs = tuple(_pairs(context, one, trigger, range(start, token.i + 1)))
        if pairs:
            yield Found(trigger.i, judge_relation(parse, trigger.i), one.standing, pairs, one.aspect, "act")
            return


def _trigger(context: Context, start: int, end: int) -> Token:
    """The word of an idiom on which the others hang; a word with a copula is itself the predicate."""
    tokens = context.parse.tokens
    own = [t for t in tokens[start:end] if not start <= t.head < end or t.head == t.i]
    return next((t for t in own if t.upos == "VERB"), own[0] if own else tokens[start])


def _pairs(context: Context, one: Idiom, trigger: Token, span: range) -> Iterator[Pair]:
    subject = _subject(context, trigger)
    lexicon = load_ties()
    if subject is not None and (subject.lemma in lexicon.bare or subject.lemma in lexicon.relations):
        yield from () if one.bound else of_relation(context, subject)
        return
    sides = _second(context, one, span)
    if "between" in one.standing.cases and len(sides) == 2:
        yield from cross(sides[:1], sides[1:])
        return
    first = subjects(context, trigger)
    if sides:
        yield from cross(first, sides)
    elif len(first) == 2 and not one.bound:
        yield from cross(first[:1], first[1:])


def _subject(context: Context, trigger: Token) -> Token | None:
    parse, token = context.parse, trigger
    for _ in range(3):
        found = next((k for k in parse.kids(token.i) if k.rel == "nsubj"), None)
        if found is not None or token.rel not in ("xcomp", "obl", "advmod", "advcl", "conj") or token.head == token.i:
            return found
        token = parse.tokens[token.head]
    return None


def _second(context: Context, one: Idiom, span: range) -> list[Party]:
    """The parties behind a preposition of the idiom, on any of its words or on the verb above them."""
    parse = context.parse
    hosts = {*span, *(parse.tokens[i].head for i in span)}
    for i in sorted(hosts):
        for kid in parse.kids(i, "obl", "nmod", "obj"):
            if kid.i in span or kid.i < span.start:
                continue
            before = {k.lower for k in parse.kids(kid.i, "case")} or ({"obj"} if kid.rel == "obj" else set())
            if before & one.standing.cases or (
                kid.i == span.stop and parse.tokens[kid.i - 1].lower in one.standing.cases
            ):
                found = parties(context, kid.i)
                if found:
                    return found
    return []


def regarded(context: Context, noun: Token, standing: Standing) -> Iterator[Found]:
    """ "Regards B as an enemy", "considers B its closest ally"."""
    parse = context.parse
    verb = parse.tokens[noun.head]
    if verb.lemma not in load().regarding or not (noun.rel == "xcomp" or case_of(parse, noun.i) == "as"):
        return
    second = [p for k in parse.kids(verb.i, "obj") for p in parties(context, k.i)]
    pairs = tuple(cross(subjects(context, verb), second))
    if pairs:
        yield Found(noun.i, judge_relation(parse, verb.i), Standing(standing.state), pairs, "general", "act")
