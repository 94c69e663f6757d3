"""Numbers that belong to an event: the dead, the injured, the arrested, troops, weapons, money."""

from __future__ import annotations

import re

from dragoman.coding.arguments import heads
from dragoman.coding.context import Context
from dragoman.coding.phrases import tight_tokens
from dragoman.coding.triggers import Trigger
from dragoman.model import Parse, Quantity, Token

WORDS = {
    w: n
    for n, w in enumerate(
        "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen "
        "nineteen twenty".split()
    )
} | {"thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90, "a": 1, "an": 1}
SCALES = {
    "hundred": 1e2,
    "thousand": 1e3,
    "million": 1e6,
    "billion": 1e9,
    "trillion": 1e12,
    "dozen": 12.0,
    "m": 1e6,
    "bn": 1e9,
}
VAGUE = frozenset("hundreds thousands dozens scores millions tens several many much most some few part half".split())
MONEY = frozenset("$ € £ ¥ dollar euro pound rupee yen yuan ruble rouble lira riyal shekel usd eur".split())
DEAD = frozenset("kill die slay murder assassinate execute massacre behead dead death slaughter fatality".split())
HURT = frozenset("injure wound hurt maim".split())
HELD = frozenset("arrest detain jail imprison capture round apprehend sentence".split())
UNITS = {
    "prisoners": "prisoner detainee inmate captive hostage",
    "troops": "troop soldier force peacekeeper marine police officer fighter personnel brigade battalion",
    "weapons": "missile rocket tank weapon bomb warhead drone gun rifle jet aircraft warship helicopter shell grenade ammunition mine",
    "displaced": "refugee migrant displaced evacuee",
}
UNIT_OF = {word: unit for unit, words in UNITS.items() for word in words.split()}
NUMBER = re.compile(r"^\d[\d,]*(\.\d+)?$")


def quantities_of(context: Context, trigger: Trigger) -> tuple[Quantity, ...]:
    """The numbers on the event's own arguments and on those of the participles that hang on it ("killing six")."""
    parse, args = context.parse, trigger.args
    tokens = heads((args.object, args.subject, args.indirect, *(i for _, i in args.obliques)))
    verb = trigger.token.lemma.lower()
    found = [q for i in tokens if not context.is_time(i) for q in _counted(parse, i, "" if i == args.subject else verb)]
    for kid in parse.kids(args.host, "advcl", "conj"):
        verb = kid.lemma.lower()
        if verb in DEAD | HURT | HELD:
            for target in parse.kids(kid.i, "obj", "nsubj:pass"):
                found += _counted(parse, target.i, verb)
    unique = {(q.start, q.end, q.unit): q for q in found}
    return tuple(sorted(unique.values(), key=lambda q: q.start))


def _counted(parse: Parse, i: int, verb: str) -> list[Quantity]:
    """The number on the phrase headed by token `i` and its conjuncts."""
    found = []
    for k in (i, *(c.i for c in parse.kids(i, "conj"))):
        one = _one(parse, k, verb)
        if one is not None:
            found.append(one)
    return found


def _one(parse: Parse, i: int, verb: str) -> Quantity | None:
    head = parse.tokens[i]
    number = next(iter(parse.kids(i, "nummod")), None)
    if number is None and head.upos == "NUM":
        number = head
    if number is None:
        if head.lower in VAGUE:
            first, last = tight_tokens(parse, i)
            span = parse.span(first, last)
            return Quantity(span.text, span.start, span.end, None, None, _unit(parse, head, verb), _of(parse, head))
        return None
    first, last = _run(parse, number)
    value = value_of([t.lower for t in parse.tokens[first:last]])
    if value is None:
        return None
    span = parse.span(min(first, i), max(last, i + 1)) if abs(i - number.i) < 5 else parse.span(first, last)
    return Quantity(
        span.text,
        span.start,
        span.end,
        value,
        None,
        _unit(parse, head, verb),
        head.text if head.i != number.i else None,
    )


def _run(parse: Parse, number: Token) -> tuple[int, int]:
    first, last = number.i, number.i + 1
    while first > 0 and _numeric(parse.tokens[first - 1]) and parse.tokens[first - 1].sent == number.sent:
        first -= 1
    while last < len(parse.tokens) and _numeric(parse.tokens[last]) and parse.tokens[last].sent == number.sent:
        last += 1
    return first, last


def _numeric(token: Token) -> bool:
    return bool(NUMBER.match(token.text)) or token.lower in SCALES or (token.lower in WORDS and token.upos == "NUM")


def value_of(words: list[str]) -> float | None:
    """The number that words spell ("2.5 million", "two dozen"); None where they spell none."""
    total, current, seen = 0.0, 0.0, False
    for word in words:
        if NUMBER.match(word):
            current += float(word.replace(",", ""))
        elif word in WORDS:
            current += WORDS[word]
        elif word in SCALES:
            current = (current or 1) * SCALES[word]
            if SCALES[word] >= 1e3:
                total, current = total + current, 0.0
        else:
            continue
        seen = True
    return total + current if seen else None


def _of(parse: Parse, head: Token) -> str | None:
    return next((k.text for k in parse.kids(head.i, "nmod")), None)


def _unit(parse: Parse, head: Token, verb: str) -> str:
    if verb in DEAD:
        return "dead"
    if verb in HURT:
        return "injured"
    if verb in HELD:
        return "arrested"
    words = {head.lemma.lower(), head.lower, *(k.lower for k in parse.kids(head.i, "nummod", "compound", "nmod"))}
    if words & MONEY or any(t.text in MONEY for t in parse.tokens[max(0, head.i - 3) : head.i + 1]):
        return "money"
    return next((UNIT_OF[w] for w in words if w in UNIT_OF), head.lemma.lower() if head.upos == "NOUN" else "count")
