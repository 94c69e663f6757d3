"""Whether an event is what its sentence reports as its news (`main`) or background, presupposed, embedded."""

from __future__ import annotations

from dragoman.coding.triggers import Trigger
from dragoman.model import Parse

REPORTING = frozenset(
    "say tell report add announce state note confirm declare claim write explain argue believe think know show suggest reveal indicate "
    "disclose quote cite insist maintain acknowledge admit stress emphasize reiterate affirm inform learn hear see find estimate recall "
    "remark comment observe post tweet hope expect fear mean appear seem understand".split()
)
"""Verbs whose content is as much the news as themselves."""

OPEN = frozenset(("root", "conj", "parataxis", "xcomp"))


def is_main(parse: Parse, trigger: Trigger) -> bool:
    """Whether the trigger's predicate heads the sentence, or stands below it only as content of reporting or as a conjunct."""
    host = trigger.args.host
    token = parse.tokens[host]
    if trigger.frame.kind == "noun" and host == trigger.token.i:
        return _nominal_main(parse, host)
    for _ in range(12):
        if token.head == token.i:
            return True
        head = parse.tokens[token.head]
        if token.rel == "ccomp" and head.upos in ("VERB", "AUX") and head.lemma.lower() not in REPORTING:
            return False
        if token.rel == "ccomp" and head.upos not in ("VERB", "AUX"):
            return False
        if token.rel == "advcl" and not _is_reporting_aside(parse, token.i):
            return False
        if token.rel == "acl" and _exists(parse, head.i):
            return True
        if token.rel not in OPEN and token.rel not in ("ccomp", "advcl"):
            return False
        token = head
    return False


def _nominal_main(parse: Parse, i: int) -> bool:
    """A noun by itself is news where it is the headline, or the subject or object of a main verb that tells no more."""
    token = parse.tokens[i]
    if token.head == token.i:
        return True
    head = parse.tokens[token.head]
    return token.rel in ("nsubj", "obj") and head.head == head.i and head.upos in ("VERB", "AUX", "NOUN")


def _exists(parse: Parse, i: int) -> bool:
    """ "There were ten soldiers killed": what there was is the news."""
    token = parse.tokens[i]
    return token.rel == "nsubj" and any(k.rel == "expl" for k in parse.kids(token.head))


def _is_reporting_aside(parse: Parse, i: int) -> bool:
    """ "..., according to police, ..." and "as X said" are no background."""
    return (
        any(k.lower in ("according", "as") for k in parse.kids(i, "mark", "case"))
        and parse.tokens[i].lemma in REPORTING
    )
