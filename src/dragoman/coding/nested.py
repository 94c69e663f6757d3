"""Speech acts and what they say: which event is the content of which, and whose words it is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from dragoman.codebook import codebook
from dragoman.coding.context import Context
from dragoman.model import Party

if TYPE_CHECKING:
    from dragoman.coding.events import Draft

VERBAL = frozenset(("AGREE", "SUPPORT", "CONCEDE", "REQUEST", "ACCUSE", "REJECT", "THREATEN"))
"""Types that are acts of speech and may have a content."""


@dataclass(frozen=True)
class Nesting:
    """For tokens of triggers: what each speech act is about, which events stand inside one, whose words these are, and which are
    asked for."""

    @dataclass(frozen=True, slots=True)
    class Speaker:
        """The actors of a speech act and the word that tells it."""

        parties: tuple[Party, ...]
        cue: str

    about: dict[int, int] = field(default_factory=dict)
    inside: frozenset[int] = frozenset()
    speakers: dict[int, Speaker] = field(default_factory=dict)
    wanted: frozenset[int] = frozenset()


def nest(context: Context, drafts: Sequence[Draft]) -> Nesting:
    """Events under the complement of a speech act are its content; the nearest speech act counts."""
    about: dict[int, int] = {}
    inside: set[int] = set()
    speakers: dict[int, Nesting.Speaker] = {}
    wanted: set[int] = set()
    acts = [d for d in drafts if d.type in VERBAL or _own_verbal(d.type)]
    for act in acts:
        roots = content_roots(context, act)
        words = said_roots(act)
        for draft in drafts:
            if draft.at == act.at or not (roots or act.trigger.args.quoted is not None):
                continue
            above = [draft.at, *context.parse.ancestors(draft.at)]
            if not any(root in above for root in roots) and not _in_quoted(context, act, above):
                continue
            inside.add(draft.at)
            about.setdefault(act.at, draft.at)
            if act.roles.actors and any(root in above for root in words):
                if act.type == "REQUEST" and act.trigger.args.xcomp == draft.at:
                    wanted.add(draft.at)
                speakers[draft.at] = Nesting.Speaker(act.roles.actors, act.trigger.token.text)
    return Nesting(about, frozenset(inside), speakers, frozenset(wanted))


def _own_verbal(type_: str) -> bool:
    """Whether a type of the user's own is one of speech acts."""
    entry = codebook().types[type_]
    return entry.own and entry.quad.startswith("verbal")


def _in_quoted(context: Context, act: Draft, above: Sequence[int]) -> bool:
    """Whether the tokens that lead up from an event reach the clause to which a speech act is the tag, and no other clause does."""
    quoted = act.trigger.args.quoted
    if quoted is None or quoted not in above or not act.trigger.frame.speech:
        return False
    inner = above[: above.index(quoted)]
    return not any(context.parse.tokens[i].rel in ("parataxis", "conj") for i in inner)


def said_roots(act: Draft) -> set[int]:
    """The tokens that head the words of a speech act: complement clauses and what somebody is called or accused of."""
    if not act.trigger.frame.speech:
        return set()
    args = act.trigger.args
    found = {i for i in (args.xcomp, args.ccomp) if i is not None}
    return found | {i for case, i in args.obliques if case in ("of", "as")}


def content_roots(context: Context, act: Draft) -> set[int]:
    """The tokens that head what a speech act says: complement clauses and the objects that stand for acts."""
    args = act.trigger.args
    roots = {i for i in (args.xcomp, args.ccomp, args.object) if i is not None}
    roots |= {
        i
        for case, i in args.obliques
        if case in ("of", "for", "from", "over", "against", "to", "on", "with", "as", "in")
    }
    return {i for i in roots if context.parse.tokens[i].upos in ("VERB", "NOUN", "ADJ")}
