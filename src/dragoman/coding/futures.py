"""What an announced act is: cooperation that a voice announces is AGREE, conflict THREATEN, an announced refusal REJECT.

The rule is PLOVER's (see codebook/rulings.toml). It holds for acts that their own actor is said to intend, not for forecasts.
"""

from __future__ import annotations

from dataclasses import dataclass

from dragoman.model import Parse

WILL = frozenset(("will", "would", "shall", "'ll", "wo", "’ll"))
INTENDS = frozenset(
    "plan intend announce prepare ready willing set pledge promise vow agree consider want scheduled schedule determined due".split()
)
COOPERATIVE = frozenset(("CONSULT", "SUPPORT", "COOPERATE", "AID", "CONCEDE", "RETREAT"))
HOSTILE = frozenset(("PROTEST", "SANCTION", "COERCE", "ASSAULT"))
MENACED = {
    "ASSAULT": "violence",
    "PROTEST": "restrict",
    "SANCTION": "relations",
    "COERCE": "restrict",
}
MENACED_BY_MODE = {
    "ban": "ban",
    "arrest": "arrest",
    "deport": "expel",
    "expel": "expel",
    "withdraw": "relations",
    "discontinue": "relations",
}
REFUSED = {"CONSULT": "meet", "RETREAT": "yield", "CONCEDE": "yield"}


@dataclass(frozen=True, slots=True)
class Turned:
    """The type and mode that an announced act has, and why."""

    type: str
    mode: str | None
    reason: str


def turned(
    parse: Parse,
    host: int,
    type_: str,
    mode: str | None,
    stance: str,
    voiced: bool,
    speaking: frozenset[int] = frozenset(),
) -> Turned | None:
    """What an act becomes by being announced; None where it stays what it is.

    `voiced` tells that somebody is said to say so; cooperation that the report itself foresees is only planned. What a
    speech act that is coded itself (`speaking`: tokens) announces is its content, and stays what it is.
    """
    said = (
        stance == "planned"
        or (stance == "possible" and will(parse, host))
        or (stance == "hoped" and not will(parse, host))
    )
    if said and announced(parse, host, speaking):
        if type_ in COOPERATIVE and (voiced or not will(parse, host)):
            return Turned("AGREE", None, f"announced {type_} is AGREE")
        if type_ in HOSTILE:
            return Turned("THREATEN", MENACED_BY_MODE.get(mode or "", MENACED[type_]), f"announced {type_} is THREATEN")
    if stance == "denied" and will(parse, host) and type_ in COOPERATIVE | {"AGREE"}:
        return Turned("REJECT", REFUSED.get(type_, "assist"), f"announced refusal of {type_} is REJECT")
    return None


def _own_subject(parse: Parse, i: int) -> bool:
    return bool(parse.kids(i, "nsubj"))


def will(parse: Parse, host: int) -> bool:
    """Whether the predicate stands under will, would or shall."""
    return any(k.lower in WILL for k in parse.kids(host, "aux"))


def announced(parse: Parse, host: int, speaking: frozenset[int] = frozenset()) -> bool:
    """Whether the act is said to be intended: will, going to, plans to, ready to."""
    if will(parse, host):
        return True
    if speaking.intersection(parse.ancestors(host)[:3]):
        return False
    token = parse.tokens[host]
    for _ in range(3):
        if token.rel == "conj" and will(parse, token.head):
            return True
        if token.rel not in ("xcomp", "ccomp", "advcl", "acl", "conj") or token.head == token.i:
            return False
        below, token = token, parse.tokens[token.head]
        if (below.rel in ("xcomp", "ccomp") and parse.kids(token.i, "obj", "iobj")) or _own_subject(parse, below.i):
            return False
        if token.lemma.lower() in INTENDS or token.lower in INTENDS or token.lower == "going":
            return True
    return False
