"""Who acts and who receives: the parties in a frame's slots.

A slot's phrase gives the party that it names; where it names a thing, the party inside it ("Israel's decision", "ISIS positions");
where it names none, and the frame takes things, the thing itself.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from dragoman.coding.arguments import Arguments, of_verb
from dragoman.coding.carriers import of_noun
from dragoman.coding.context import Context, distinct
from dragoman.coding.frames import Frame
from dragoman.coding.nouns import actor_nouns
from dragoman.coding.phrases import antecedent_of, case_of
from dragoman.coding.triggers import Trigger
from dragoman.model import Party

VERB_ACTOR = ("nsubj",)
VERB_RECIPIENT = (
    "obj",
    "iobj",
    "obl:against",
    "obl:with",
    "obl:to",
    "obl:on",
    "obl:at",
    "obl:from",
    "obl:for",
    "obl:toward",
    "obl:towards",
    "obl:of",
    "obl:over",
    "obl:upon",
    "obl:about",
    "obl:into",
)
ELSEWHERE = ("iobj", "obl:against", "obl:with", "obl:at", "obl:toward", "obl:towards")
"""Where else a recipient may be named."""
NOUN_ACTOR = ("nsubj", "obl:by", "poss", "mod")
NOUN_RECIPIENT = (
    "obj",
    "obl:against",
    "obl:on",
    "obl:with",
    "obl:to",
    "obl:at",
    "obl:toward",
    "obl:towards",
    "obl:upon",
    "obl:for",
    "obl:of",
    "obl:from",
    "obl:over",
    "iobj",
    "obl:into",
)
PLACES = (
    "obl:in",
    "obl:at",
    "obl:inside",
    "obl:near",
    "obl:on",
    "obl:across",
    "obl:throughout",
    "obl:from",
    "obl:along",
)
PLACED = frozenset(("COERCE", "CONCEDE", "MOBILIZE", "RETREAT", "AID", "PROTEST", "SANCTION", "ASSAULT"))
"""Types whose recipient may be the land in which the measure holds ("a curfew in the valley")."""
THINGS = frozenset(("ASSAULT", "COERCE"))
"""Types that may hit a thing that is nobody's."""
MEETING = frozenset(("obj", "obl:with", "obj.nmod:with"))
"""Where the other side of a meeting stands: both sides act on each other, as the manual has it."""
INNER = ("nmod:poss", "compound", "amod", "nmod", "nmod:desc", "nmod:unmarked", "obl")
INNER_CASES = frozenset(
    (
        "of",
        "by",
        "from",
        "with",
        "against",
        "to",
        "on",
        "in",
        "for",
        "between",
        "at",
        "toward",
        "towards",
        "over",
        "among",
    )
)
OWNERS = frozenset(("of", "by", "from"))
"""Prepositions of who is behind a thing that acts ("missiles of the army")."""
BROKERING = frozenset("broker mediate host facilitate sponsor".split())
"""Participles whose agent is no side of the event ("a truce brokered by Oman")."""
MOST_DEPTH = 3


@dataclass(frozen=True, slots=True)
class Roles:
    """The parties of an event; `how` tells which slots gave them."""

    actors: tuple[Party, ...]
    recipients: tuple[Party, ...]
    mutual: bool
    how: tuple[str, ...]


def roles_of(context: Context, trigger: Trigger) -> Roles:
    """The parties of the event that a trigger carries."""
    trigger = _active(context, trigger)
    frame, args = trigger.frame, trigger.args
    noun = frame.kind == "noun"
    pair = _between(context, args) if noun or frame.mutual else []
    if len(pair) > 1:
        return Roles(tuple(pair), (), True, ("between",))
    actor_slots = frame.actor or (NOUN_ACTOR if noun else VERB_ACTOR)
    actors, by = _first(context, trigger, actor_slots, "actor", ())
    wanted = frame.recipient or (NOUN_RECIPIENT if noun else VERB_RECIPIENT)
    recipients, at = _first(
        context, trigger, wanted, "recipient", actors, things=not frame.people and frame.type in THINGS
    )
    if not recipients and actors and frame.recipient:
        recipients, at = _elsewhere(context, trigger, wanted, actors)
    if frame.people and not recipients and not (actors and (frame.last or _is_told(frame, wanted))):
        return Roles((), (), False, ())
    if not recipients and frame.type in PLACED:
        recipients, at = _places(context, args, actors)
    if frame.mutual and frame.type == "CONSULT" and actors and recipients and at.split(" ")[-1] in MEETING:
        return Roles(tuple(distinct((*actors, *recipients))), (), True, (f"sides from {by} and {at}",))
    if frame.mutual and frame.type == "AGREE" and len(actors) > 1 and at.endswith("content"):
        recipients, at = [], ""
    mutual = frame.mutual and not recipients and len(actors) > 1
    how = tuple(f"{role} from {slot}" for role, slot in (("actor", by), ("recipient", at)) if slot)
    return Roles(tuple(actors), tuple(recipients), mutual, how)


def _active(context: Context, trigger: Trigger) -> Trigger:
    """A verb of meeting has no passive without an auxiliary: the "object" of "conferred by satellite" is its subject."""
    args = trigger.args
    if not (trigger.frame.mutual and trigger.frame.type == "CONSULT" and args.passive):
        return trigger
    if args.subject is not None and context.party_of(args.subject):
        return trigger
    if trigger.frame.kind != "verb" or context.parse.tokens[args.at].rel == "acl":
        return trigger
    if any(kid.dep in ("aux:pass", "cop") for kid in context.parse.kids(args.at)):
        return trigger
    return replace(trigger, args=replace(args, subject=args.object, object=None, passive=False))


def _elsewhere(
    context: Context, trigger: Trigger, tried: Sequence[str], taken: Sequence[Party]
) -> tuple[list[Party], str]:
    """The recipient named in a slot that the frame does not tell of: "balked at Cairo's price", "lent Tripoli three boats"."""
    spans = {(p.start, p.end) for p in taken}
    names = {p.id for p in taken if p.id}
    for slot in ELSEWHERE:
        if slot in tried or (slot == "obl:from" and trigger.frame.kind == "noun"):
            continue
        for i in slot_tokens(context, trigger.args, slot):
            found = [
                p
                for p in who(context, i, "named")
                if (p.start, p.end) not in spans and p.id not in names and p.via != "pronoun"
            ]
            if found:
                return distinct(found), slot
    return [], ""


def _is_told(frame: Frame, slots: Sequence[str]) -> bool:
    """Whether the frame itself names the words that may stand where its recipient is looked for: then a thing there is meant."""
    told = {slot for need in frame.needs if "*" not in need.words for slot in need.slot.split("|")}
    return bool(told & set(slots))


def _between(context: Context, args: Arguments) -> list[Party]:
    for case in ("between", "among"):
        at = args.oblique(case)
        if at is not None:
            return context.party_of(at)
    return []


def _first(
    context: Context, trigger: Trigger, slots: Sequence[str], role: str, taken: Iterable[Party], things: bool = False
) -> tuple[list[Party], str]:
    """The parties of the first slot that names any not yet taken; parties proper before parties inside things, these before things."""
    spans = {(p.start, p.end) for p in taken}
    names = {p.id for p in taken if p.id}
    for reach in _reaches(trigger, role, things):
        for slot in slots:
            if reach == "thing" and slot not in (
                "obj",
                "content",
                "obl:on",
                "obl:against",
                "obl:to",
                "obl:for",
                "obl:of",
                "obl:at",
            ):
                continue
            tokens = slot_tokens(context, trigger.args, slot)
            if slot == "content" and reach == "named":
                tokens = sorted(tokens, key=lambda i: not who(context, i, "known"))
            for i in tokens:
                if i == trigger.token.i:
                    continue
                found = [
                    p
                    for p in who(context, i, reach, role, trigger.token.i, things)
                    if (p.start, p.end) not in spans and p.id not in names
                ]
                if found:
                    return distinct(found), slot if reach == "named" else f"{reach} {slot}"
    return [], ""


def _reaches(trigger: Trigger, role: str, things: bool) -> tuple[str, ...]:
    """How far slots may be searched: for parties named, for those inside things, for the things themselves."""
    if role == "actor":
        return ("named", "inside")
    if trigger.frame.people:
        return ("named", "owned") if trigger.frame.type == "SUPPORT" else ("named",)
    return ("named", "inside", "thing") if things else ("named", "inside")


def who(
    context: Context, i: int, reach: str, role: str = "recipient", trigger: int = -1, things: bool = False
) -> list[Party]:
    """The parties that a phrase names (`named`), that stand inside it (`inside`), or the phrase itself as a party (`thing`)."""
    at = antecedent_of(context.parse, i)
    token = context.parse.tokens[at]
    if token.upos in ("VERB", "ADV", "ADP") or context.is_time(at):
        return []
    if reach == "owned":
        return [p for kid in context.parse.kids(at, "nmod") if kid.dep == "nmod:poss" for p in context.party_of(kid.i)]
    if reach == "named":
        found = _nations(context, at) or context.party_of(at)
        if role == "actor" and not any(p.id for p in found):
            if (
                token.upos == "NOUN"
                and token.lemma.lower() in actor_nouns().places
                and not any(p.country for p in found)
            ):
                return []
            return predicated(context, at) + found
        return found
    if reach == "known":
        return [p for p in context.party_of(at) if p.id or p.country]
    if reach == "inside":
        found = inside(context, at, OWNERS if role == "actor" else INNER_CASES, trigger)
        return _around(context, at, found) if role == "recipient" and things else found
    return [context.thing(at)] if token.upos in ("NOUN", "PROPN") and not context.is_time(at) else []


def _around(context: Context, at: int, found: list[Party]) -> list[Party]:
    """The thing itself where the party inside it only stands beside it within its words: "five Syrian lorries"."""
    token = context.parse.tokens[at]
    if len(found) != 1 or token.upos != "NOUN":
        return found
    thing = context.thing(at)
    if not (thing.start <= found[0].start and found[0].end <= thing.end):
        return found
    land = found[0]
    return [replace(thing, country=land.country, member_of=land.name if land.id else land.member_of)]


def _nations(context: Context, i: int) -> list[Party]:
    """The sides that one noun names: "the Lebanese and Cypriot presidents", "the presidents of Chad and Niger"; none where it names one."""
    parse = context.parse
    if parse.tokens[i].upos != "NOUN":
        return []
    plural = "Number=Plur" in parse.tokens[i].feats
    for kid in parse.kids(i, "amod", "compound", "nmod"):
        others = parse.kids(kid.i, "conj")
        behind = plural and kid.i > i and kid.rel == "nmod" and case_of(parse, kid.i) == "of"
        if not others or not (behind or (kid.i < i and (kid.rel != "nmod" or kid.dep == "nmod:poss"))):
            continue
        found = [p for k in (kid, *others) if behind or k.i < i for p in context.party_of(k.i, conj=False) if p.country]
        if len({p.country for p in found}) > 1:
            noun = parse.tokens[i].lower
            return [replace(p, id=None, name=f"{p.text} {noun}", member_of=p.name) for p in found]
    return []


def predicated(context: Context, i: int) -> list[Party]:
    """Whom a phrase is said of: "Hamas was one of several groups that gathered" makes Hamas gather."""
    parse = context.parse
    at = i
    for _ in range(2):
        if parse.kids(at, "cop"):
            subject = next(iter(parse.kids(at, "nsubj")), None)
            return [] if subject is None or subject.i == i else context.party_of(subject.i)
        token = parse.tokens[at]
        if token.rel == "conj":
            token = parse.tokens[token.head]
        if token.rel != "nmod" or case_of(parse, token.i) != "of":
            return []
        at = token.head
    return []


def inside(
    context: Context, i: int, cases: frozenset[str] = frozenset(), trigger: int = -1, depth: int = 0
) -> list[Party]:
    """The party nearest inside a phrase that names a thing: its owner, its maker, what it is about."""
    if depth > MOST_DEPTH:
        return []
    kids = [k for k in context.parse.kids(i, *INNER) if not context.is_time(k.i)]
    kids.sort(key=lambda k: (INNER.index(k.dep) if k.dep in INNER else INNER.index(k.rel), k.i))
    for kid in kids:
        phrase = kid.rel in ("nmod", "obl") and kid.dep not in ("nmod:poss", "nmod:desc", "nmod:unmarked")
        if phrase and case_of(context.parse, kid.i).split(" ")[0] not in cases:
            continue
        if kid.rel in ("amod", "compound") and context.mention_of(kid.i) is None:
            continue
        found = context.party_of(kid.i) or inside(context, kid.i, cases, trigger, depth + 1)
        if found:
            return found
    for kid in context.parse.kids(i, "acl"):
        if kid.i == trigger or cases is OWNERS or kid.lemma.lower() in BROKERING:
            continue
        args = of_verb(context.parse, kid.i)
        for at in (args.subject, args.object, *(a for _, a in args.obliques)):
            if at is not None and at != i and (found := context.party_of(at)):
                return found
    return []


def _places(context: Context, args: Arguments, taken: Sequence[Party]) -> tuple[list[Party], str]:
    spans = {(p.start, p.end) for p in taken}
    for slot in PLACES:
        preposition = slot.partition(":")[2]
        for i in args.phrases(context.parse, preposition) or args.nested(context.parse, preposition):
            mention = context.mention_of(i)
            if (
                mention is None
                and context.parse.tokens[i].upos != "PROPN"
                and not any(p.country for p in context.party_of(i))
            ):
                continue
            if (mention is not None and mention.form == "pronoun") or context.is_time(i):
                continue
            found = [p for p in context.party_of(i) if (p.start, p.end) not in spans]
            if found:
                return found, slot
    if args.xcomp is not None and args.xcomp != args.at and context.parse.tokens[args.xcomp].upos == "VERB":
        return _places(context, of_verb(context.parse, args.xcomp), taken)
    return [], ""


def slot_tokens(context: Context, args: Arguments, slot: str) -> list[int]:
    """The tokens that head a slot's phrases."""
    parse = context.parse
    head, _, rest = slot.partition(".")
    if rest:
        base = {"xcomp": args.xcomp, "ccomp": args.ccomp, "obj": args.object}.get(head)
        if base is None:
            return []
        inner = (
            of_verb(parse, base)
            if head != "obj" and parse.tokens[base].upos in ("VERB", "ADJ")
            else of_noun(parse, base)
        )
        return slot_tokens(context, inner, rest)
    if slot in ("nsubj", "obj", "iobj", "poss"):
        found = {"nsubj": args.subject, "obj": args.object, "iobj": args.indirect, "poss": args.owner}[slot]
        return [] if found is None else [found]
    if slot == "self":
        return [args.at]
    if slot == "mod":
        return [i for i in args.modifiers if context.mention_of(i) is not None]
    if slot == "content":
        return content_tokens(context, args)
    return args.phrases(parse, slot.partition(":")[2])


def content_tokens(context: Context, args: Arguments, depth: int = 0) -> list[int]:
    """Whom what is promised, menaced or refused would touch: object, then obliques of the complement, then its own complement."""
    parse = context.parse
    start = args.xcomp if args.xcomp is not None else args.ccomp
    if start is None or depth > MOST_DEPTH:
        return []
    inner = of_verb(parse, start) if parse.tokens[start].upos in ("VERB", "AUX", "ADJ") else of_noun(parse, start)
    subject = [inner.subject] if inner.subject is not None and not inner.shared and args.xcomp is None else []
    phrases = sorted(
        (p for p in inner.obliques if p[0] in INNER_CASES), key=lambda p: p[0] in ("in", "at", "for", "over")
    )
    order = [inner.object, inner.indirect, *(i for _, i in phrases)]
    own = args.subject
    return [i for i in order if i is not None and i != own] + content_tokens(context, inner, depth + 1) + subject
