"""The arguments of a predicate as it means them, not as it spells them: who does it, to whom, with what complements.

Passives, relative clauses, participles, control and raising, shared subjects of coordinated verbs, and nouns that a light verb
carries ("launched an attack on") all come out in one form, `Arguments`, so that frames need to know only one.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from dragoman.coding.datelines import past_dateline
from dragoman.coding.phrases import antecedent_of, case_of, has_feat, is_calendar, is_passive
from dragoman.model import Parse, Token

SUBJECT = ("nsubj", "nsubj:pass", "csubj")
OBJECT_CONTROL = frozenset(
    "let allow urge order force tell ask make help persuade want permit enable press push pressure compel invite warn advise direct "
    "instruct require encourage authorize authorise get lead oblige see watch hear leave find catch accuse stop prevent train equip "
    "convince call task request beg appeal command convict suspect charge blame criticize condemn".split()
)
"""Verbs whose object is the subject of their complement: "ordered the troops to leave"."""
CALLING = frozenset("call appeal plead cry petition clamor lobby push shout signal".split())
"""Verbs that ask somebody in an oblique: "called on Peru to leave"."""
ASKING = frozenset(
    "plea ultimatum appeal call request demand order invitation warning instruction pressure deadline message petition".split()
)
"""Nouns of asking: whom they are put to is to act ("an ultimatum to Peru to leave")."""
COMMISSIVE = frozenset(
    "make announce have take express reiterate declare reaffirm unveil launch begin repeat renew issue give offer sign reach hold voice use "
    "mount lead draw abandon drop reveal confirm devise hatch pursue present outline lack seek win get hold receive need "
    "develop find consider discuss".split()
)
"""Verbs whose subject is the one whose plan, promise or right it is: "announced a plan to send aid"."""
NOT_SUBJECTS = frozenset(("it", "there"))
STAYS = frozenset(("of", "in", "at", "for", "by"))
"""Prepositions of phrases that belong to the noun on which they hang."""
DOCUMENTS = frozenset(
    "statement report letter lawsuit resolution bill petition note message decree declaration speech article tweet post complaint suit order "
    "warrant communique memo document motion law legislation indictment ruling interview video".split()
)
"""Nouns that speak for whoever issues them: "issued a statement condemning"."""
WILLING = frozenset(
    "ready willing prepared unwilling reluctant determined open eager able unable keen committed loath".split()
)
"""What only somebody can be: an "it" that is so is whoever says it ("Chad said it was ready to")."""
MOST_STEPS = 8


@dataclass(slots=True)
class Arguments:
    """Deep arguments of the predicate at token `at`; token indices, None or empty where absent.

    `obliques` holds (preposition, token) pairs of the predicate, of its light verb and, for nouns, of the noun. `host` is the
    predicate whose stance, time and voice the event has: the light verb of a noun, else the trigger itself. `quoted` is the clause
    to which the predicate is a tag ("Peru will close the border, Lima warned").
    """

    at: int
    host: int
    subject: int | None = None
    object: int | None = None
    indirect: int | None = None
    obliques: list[tuple[str, int]] = field(default_factory=list)
    xcomp: int | None = None
    ccomp: int | None = None
    purpose: int | None = None
    owner: int | None = None
    modifiers: list[int] = field(default_factory=list)
    particle: str | None = None
    passive: bool = False
    shared: bool = False
    quoted: int | None = None

    def phrases(self, parse: Parse, preposition: str) -> list[int]:
        """The tokens of the complements with a preposition; where there is none, of those that the parse hangs on another argument
        ("filed a suit in the court against the bank")."""
        near = [i for case, i in self.obliques if case == preposition]
        return near or ([] if preposition in STAYS else self.nested(parse, preposition))

    def nested(self, parse: Parse, preposition: str) -> list[int]:
        """The phrases with a preposition that stand below the object or an oblique, the highest first."""
        tops = [i for i in (self.object, *(i for _, i in self.obliques)) if i is not None]
        for _ in range(3):
            below = (
                ("nmod", "conj", "amod", "obl", "acl", "obj")
                if preposition == "between"
                else ("nmod", "conj", "amod", "obl")
            )
            kids = [k for i in tops for k in parse.kids(i, *below) if k.dep != "nmod:poss"]
            found = [k.i for k in kids if k.rel in ("nmod", "obl") and case_of(parse, k.i) == preposition]
            if found or not kids:
                return found
            tops = [k.i for k in kids]
        return []

    def oblique(self, preposition: str) -> int | None:
        """The token of the first complement with a preposition (`of`, `because of`)."""
        return next((i for case, i in self.obliques if case == preposition), None)


def of_verb(parse: Parse, i: int) -> Arguments:
    """The arguments of the verb (or predicate adjective) at token `i`."""
    found = Arguments(i, i, passive=is_passive(parse, i))
    surface: int | None = None
    for kid in parse.kids(i):
        surface = _take(parse, found, kid, surface)
    agent = found.oblique("by") if found.passive else None
    if surface is None:
        surface = _inherited(parse, found)
    if found.xcomp is None:
        found.xcomp = found.purpose
    if found.object is None and found.indirect is not None and not found.passive:
        found.object, found.indirect = found.indirect, None
    if found.passive:
        found.object, found.indirect = _passive_objects(found, surface)
        found.subject = agent
        found.obliques = [pair for pair in found.obliques if pair[1] != agent]
    else:
        found.subject = surface
    _relative_object(parse, found)
    found.quoted = _tagged(parse, found)
    return found


def _tagged(parse: Parse, found: Arguments) -> int | None:
    """The clause before the tag of who says so: "..., the minister warned"."""
    token = parse.tokens[found.at]
    if token.rel != "parataxis" or found.ccomp is not None or found.passive or not 0 <= token.head < token.i:
        return None
    return token.head if surface_subject(parse, token.i) is not None else None


def _take(parse: Parse, found: Arguments, kid: Token, surface: int | None) -> int | None:
    """Put one dependent in its place; returns the surface subject so far."""
    rel = kid.rel
    if rel == "nsubj" and (kid.dep != "nsubj:outer" or _is_to(parse, found.at)):
        if surface is not None and surface < found.at:
            return surface
        meant = past_dateline(parse, kid)
        if meant is None:
            return surface
        kid = meant
        return surface if kid.lower in NOT_SUBJECTS and kid.upos == "PRON" and found.passive else kid.i
    if rel == "obj" and found.object is None:
        found.object = kid.i
    elif rel == "obj" and found.indirect is None and found.object is not None and kid.upos == "NOUN":
        found.indirect, found.object = found.object, kid.i
    elif rel == "iobj":
        found.indirect = kid.i
    elif rel in ("obl", "nmod") or (rel == "advcl" and kid.upos in ("NOUN", "PROPN")):
        found.obliques += prepositions(parse, kid)
    elif rel == "xcomp" and found.xcomp is None:
        found.xcomp = kid.i
    elif rel == "ccomp" and found.ccomp is None:
        found.ccomp = kid.i
    elif rel == "advcl" and kid.upos == "VERB":
        _purpose(parse, found, kid)
    elif kid.dep == "compound:prt":
        found.particle = kid.lower
    return surface


def _is_to(parse: Parse, i: int) -> bool:
    """ "The board is to give": what a parse makes a clause of identity is a plan, and its outer subject the planner."""
    return bool(parse.kids(i, "cop")) and any(k.lower == "to" for k in parse.kids(i, "mark"))


def _purpose(parse: Parse, found: Arguments, kid: Token) -> None:
    """A gerund with a preposition is a complement: "accused Iran of arming", "barred them from leaving"."""
    for mark in parse.kids(kid.i, "mark", "case"):
        if mark.lower == "to" and kid.i > found.at and not has_feat(kid, "VerbForm=Ger"):
            found.purpose = found.purpose or kid.i
            return
        if mark.lower in ("of", "from", "for", "to", "with", "against", "on", "into"):
            found.obliques.append((mark.lower, kid.i))
            if mark.lower in ("of", "from", "for", "with"):
                found.ccomp = found.ccomp or kid.i


def prepositions(parse: Parse, kid: Token) -> list[tuple[str, int]]:
    """The preposition and token of an oblique; none where it has no preposition or only dates the clause."""
    if kid.dep in ("obl:agent",):
        return [("by", kid.i)]
    case = case_of(parse, kid.i)
    dated = is_calendar(kid) or (kid.upos == "NUM" and any(is_calendar(k) for k in parse.kids(kid.i)))
    return [(case, kid.i)] if case and not dated else []


def _passive_objects(found: Arguments, surface: int | None) -> tuple[int | None, int | None]:
    """ "Syria was sold arms": the retained object stays object, the subject was the recipient."""
    if found.object is not None and surface is not None:
        return found.object, surface
    return (found.object if surface is None else surface), found.indirect


def _inherited(parse: Parse, found: Arguments) -> int | None:
    """The subject that the clause itself does not spell: of a conjunct, governor, or the noun that it modifies."""
    token = parse.tokens[found.at]
    for _ in range(MOST_STEPS):
        if token.head == token.i:
            return None
        head = parse.tokens[token.head]
        if token.rel == "ccomp" and token.lemma.lower() in WILLING and parse.kids(token.i, "expl"):
            return surface_subject(parse, head.i)
        if token.rel == "acl" and head.upos in ("NOUN", "PROPN", "PRON", "NUM"):
            return _of_modified(parse, token, head, found)
        if token.rel == "xcomp" or _is_complement(parse, token, head):
            controller = _controller(parse, head)
            if controller is not None:
                found.shared = True
                return controller
        elif (
            token.rel == "advcl" and token.i == found.at and found.passive and token.xpos == "VBD"
        ) or token.rel not in ("conj", "advcl", "parataxis", "ccomp", "appos", "aux", "cop"):
            return None
        if token.rel in ("ccomp", "parataxis") and not has_feat(token, "VerbForm=Part"):
            return None
        own = surface_subject(parse, head.i)
        if own is not None:
            found.shared = True
            return own
        token = head
    return None


def _of_modified(parse: Parse, token: Token, head: Token, found: Arguments) -> int | None:
    """The subject of a clause that modifies a noun: the noun ("rebels fighting"), or, for "a plan to attack", whose plan it is."""
    infinitive = any(k.lower == "to" for k in parse.kids(token.i, "mark"))
    if head.lemma.lower() in DOCUMENTS and not found.passive:
        issuer = next((k.i for k in parse.kids(head.i, "nmod:poss")), None)
        if issuer is None and head.rel in ("obj", "obl") and head.head != head.i:
            issuer = of_verb(parse, head.head).subject if parse.tokens[head.head].upos == "VERB" else None
        return head.i if issuer is None else issuer
    if not infinitive or token.dep == "acl:relcl":
        return head.i
    if head.lemma.lower() in ASKING:
        return _asked(parse, head)
    owner = next((k.i for k in parse.kids(head.i, "nmod:poss")), None)
    if owner is not None:
        return owner
    if (
        head.rel in ("obj", "obl", "xcomp")
        and head.head != head.i
        and parse.tokens[head.head].lemma.lower() in COMMISSIVE
    ):
        own = surface_subject(parse, head.head)
        if own is not None and own != head.i:
            return own
        carried = of_verb(parse, head.head) if parse.tokens[head.head].upos == "VERB" and head.rel != "nsubj" else None
        return carried.subject if carried else None
    return None


def _asked(parse: Parse, noun: Token) -> int | None:
    """To whom a request is put: by a phrase of the noun, or of the verb that carries it."""
    for base in (noun.i, noun.head):
        for kid in parse.kids(base, "nmod", "obl", "iobj"):
            if kid.rel == "iobj" or case_of(parse, kid.i) in ("to", "on", "upon", "for"):
                return kid.i
    return None


def _is_complement(parse: Parse, token: Token, head: Token) -> bool:
    """Whether an adverbial clause is what the governor is about: "accused Peru of arming", "called on Peru to leave"."""
    if token.rel != "advcl" or head.lemma.lower() not in OBJECT_CONTROL | CALLING:
        return False
    return any(
        k.lower in ("of", "from", "with", "for", "to", "into", "as") for k in parse.kids(token.i, "mark", "case")
    )


def _controller(parse: Parse, governor: Token) -> int | None:
    """The subject of a complement without one: the governor's object where the governor makes or lets others act."""
    if governor.lemma.lower() in CALLING:
        called = next(
            (k.i for k in parse.kids(governor.i, "obl") if case_of(parse, k.i) in ("on", "upon", "to", "with", "for")),
            None,
        )
        if called is not None:
            return called
    if governor.lemma.lower() in OBJECT_CONTROL:
        target = next((k.i for k in parse.kids(governor.i, "obj", "iobj")), None)
        if target is not None:
            return target
        if is_passive(parse, governor.i):
            return surface_subject(parse, governor.i)
    return surface_subject(parse, governor.i)


def surface_subject(parse: Parse, i: int) -> int | None:
    """The subject that the clause of token `i` spells, past a dateline; None where it spells none."""
    for kid in parse.kids(i, *SUBJECT):
        if kid.rel == "nsubj" and not (kid.lower in NOT_SUBJECTS and kid.upos == "PRON" and kid.lower == "there"):
            meant = past_dateline(parse, kid)
            if meant is not None:
                return meant.i
    return None


def _relative_object(parse: Parse, found: Arguments) -> None:
    """In "the town that they shelled" the antecedent is the object; in "the man who fled" it is the subject already."""
    token = parse.tokens[found.at]
    if token.dep != "acl:relcl" or found.passive:
        return
    if found.subject is None or found.object is not None:
        return
    head = token.head
    if antecedent_of(parse, found.subject) == head or found.subject == head:
        return
    stranded = [
        k for k in parse.kids(found.at, "obl", "advmod") if k.lower in ("where", "when", "which", "whom", "why", "how")
    ]
    if not stranded:
        found.object = head


def heads(tokens: Iterable[int | None]) -> list[int]:
    """Without the missing ones."""
    return [i for i in tokens if i is not None]
