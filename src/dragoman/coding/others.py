"""Those who neither act nor receive: who hosts a meeting, who mediates a deal, for whom something is done."""

from __future__ import annotations

from dragoman.coding.arguments import heads, of_verb
from dragoman.coding.context import Context
from dragoman.coding.phrases import case_of
from dragoman.coding.triggers import Trigger
from dragoman.model import Other, OtherRole, Parse, Party

ROLE_OF: dict[str, OtherRole] = {
    **dict.fromkeys("host hold convene organize organise".split(), "host"),
    **dict.fromkeys("mediate broker facilitate sponsor negotiate arrange guarantee supervise".split(), "mediator"),
    **dict.fromkeys("observe monitor attend witness".split(), "observer"),
}
PHRASES: dict[str, OtherRole] = {
    "mediation": "mediator",
    "auspices": "mediator",
    "help": "mediator",
    "presence": "observer",
}
"""Nouns whose `of` (or owner) plays a part: "under the auspices of the UN"."""
MEETINGS = frozenset(("CONSULT", "AGREE", "SUPPORT", "CONCEDE", "COOPERATE", "RETREAT"))


def others_of(context: Context, trigger: Trigger, type_: str, taken: tuple[Party, ...]) -> tuple[Other, ...]:
    """Hosts, mediators and observers of an event, told by participles on its nouns ("talks hosted by Oman") and by phrases."""
    if type_ not in MEETINGS:
        return ()
    spans = {(p.start, p.end) for p in taken}
    found: dict[tuple[int, int], Other] = {}
    for role, at in (*_participles(context.parse, trigger), *_phrases(context.parse, trigger)):
        for party in context.party_of(at):
            if (party.start, party.end) not in spans:
                found.setdefault((party.start, party.end), Other(role, party))
    return tuple(found.values())


def brokers(parse: Parse, i: int) -> bool:
    """Whether the verb at token `i` is a participle that tells who hosts or mediates what its noun names."""
    token = parse.tokens[i]
    return token.rel == "acl" and token.dep != "acl:relcl" and token.xpos == "VBN" and token.lemma.lower() in ROLE_OF


def _participles(parse: Parse, trigger: Trigger) -> list[tuple[OtherRole, int]]:
    args = trigger.args
    nouns = {trigger.token.i, args.host, *heads((args.object, args.xcomp)), *(i for _, i in args.obliques)}
    nouns |= {k.i for i in tuple(nouns) for k in parse.kids(i, "nmod", "obj", "obl")}
    found: list[tuple[OtherRole, int]] = []
    for noun in sorted(nouns):
        for kid in parse.kids(noun, "acl", "advcl"):
            role = ROLE_OF.get(kid.lemma.lower())
            agent = of_verb(parse, kid.i).subject if role is not None and kid.xpos == "VBN" else None
            if role is not None and agent is not None and agent != noun:
                found.append((role, agent))
    return found


def _phrases(parse: Parse, trigger: Trigger) -> list[tuple[OtherRole, int]]:
    found: list[tuple[OtherRole, int]] = []
    for _, i in trigger.args.obliques:
        role = PHRASES.get(parse.tokens[i].lemma.lower())
        if role is not None:
            found += [
                (role, k.i)
                for k in parse.kids(i, "nmod")
                if k.dep == "nmod:poss" or case_of(parse, k.i) in ("of", "by", "from")
            ]
    return found
