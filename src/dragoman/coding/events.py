"""Event claims: from the triggers of a parse to records, one for each happening of a sentence."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Protocol

from dragoman import __version__
from dragoman.codebook import codebook
from dragoman.coding.accidents import is_accident
from dragoman.coding.classifier import scores_of
from dragoman.coding.confidence import confidence_of
from dragoman.coding.context import Context
from dragoman.coding.foreground import is_main
from dragoman.coding.frames import Frame, Lexicon, lexicon
from dragoman.coding.futures import Turned, turned
from dragoman.coding.modes import implied_mode
from dragoman.coding.nested import VERBAL, Nesting, nest, said_roots
from dragoman.coding.others import brokers, others_of
from dragoman.coding.phrases import antecedent_of
from dragoman.coding.quantities import quantities_of
from dragoman.coding.roles import Roles, roles_of
from dragoman.coding.second import SOURCE, second_reading
from dragoman.coding.stance import Judged, judge
from dragoman.coding.subjects import contexts_of
from dragoman.coding.triggers import Trigger, find_triggers
from dragoman.model import EventClaim, Span, Stance, Voice, Where
from dragoman.settings import settings

PLACING = frozenset(("in", "at", "near", "inside", "outside", "on", "the"))
CODER = f"dragoman-en {__version__}"


class Voices(Protocol):
    """What the attribution of a report answers."""

    def chain(self, i: int) -> tuple[Voice, ...]: ...

    def direct(self, i: int) -> bool: ...


@dataclass(frozen=True, slots=True)
class Draft:
    """An event on its way to a claim."""

    trigger: Trigger
    roles: Roles
    judged: Judged
    type: str
    mode: str | None
    main: bool
    stance: Stance
    reasons: tuple[str, ...]

    @property
    def at(self) -> int:
        return self.trigger.token.i


def find_events(context: Context, voices: Voices, frames: Lexicon | None = None) -> list[EventClaim]:
    """The event claims of a report, in text order."""
    return [claim for claim, _ in find_drafted(context, voices, frames)]


def find_drafted(context: Context, voices: Voices, frames: Lexicon | None = None) -> list[tuple[EventClaim, Draft]]:
    """The event claims of a report with the drafts that they were made of: what fits the weights of their confidence looks at these."""
    words = frames or lexicon(settings().lexicon)
    fitting = find_triggers(context.parse, words)
    found = second_reading(context.parse, fitting, scores_of(context.parse, fitting, words), words)
    triggers = [t for t in found if not brokers(context.parse, t.token.i)]
    speaking = frozenset(t.token.i for t in triggers if t.frame.speech)
    drafts = [d for t in triggers if (d := _draft(context, voices, t, speaking)) is not None]
    kept = _without_asides(context, one_each(context, drafts))
    nesting = nest(context, kept)
    set_back = _set_back(context, kept)
    claims = [_claim(context, voices, draft, nesting) for draft in set_back]
    return list(zip(link(claims, kept, nesting), set_back, strict=True))


def _draft(context: Context, voices: Voices, trigger: Trigger, speaking: frozenset[int]) -> Draft | None:
    roles = roles_of(context, trigger)
    if not roles.actors and not roles.recipients:
        return None
    frame, host = trigger.frame, trigger.args.host
    if is_accident(context.parse, trigger, frame.type, roles):
        return None
    judged = judge(context.parse, host)
    voiced = bool(voices.chain(host))
    became: Turned | None = turned(context.parse, host, frame.type, frame.mode, judged.stance, voiced, speaking)
    main = frame.main and is_main(context.parse, trigger)
    reasons = (f"{frame.kind} {_named(trigger)} is {_why(frame)}", *roles.how, judged.reason)
    if became is None:
        mode = frame.mode or (implied_mode(context.parse, trigger) if frame.type == "ASSAULT" else None)
        return Draft(trigger, roles, judged, frame.type, mode, main, judged.stance, reasons)
    return Draft(trigger, roles, judged, became.type, became.mode, main, "actual", (*reasons, became.reason))


def _too_vague(context: Context, trigger: Trigger, roles: Roles) -> bool:
    """A noun of an act in the background counts only between parties: one of each side."""
    if trigger.frame.kind != "noun" or trigger.args.host != trigger.token.i or is_main(context.parse, trigger):
        return False
    return not roles.mutual and not (roles.actors and roles.recipients)


def _why(frame: Frame) -> str:
    """The type of a frame, and how likely it is where the classifier and not the lexicon says so."""
    kind = frame.id.split(":")[0].upper()
    return f"{kind} by the classifier ({frame.weight:.2f})" if frame.source == SOURCE else kind


def _named(trigger: Trigger) -> str:
    frame = trigger.frame
    return f"{frame.word} {frame.particle}" if frame.particle else frame.word


def one_each(context: Context, drafts: Sequence[Draft]) -> list[Draft]:
    """One draft for each happening: of drafts of one type and actor, one of which hangs on the other, the outer stays."""
    dropped: set[int] = set()
    merged = list(drafts)
    in_sentence: dict[int, list[int]] = defaultdict(list)
    for n, draft in enumerate(drafts):
        in_sentence[draft.trigger.token.sent].append(n)
    for n, inner in enumerate(drafts):
        above = set(context.parse.ancestors(inner.at))
        for m in in_sentence[inner.trigger.token.sent]:
            outer = drafts[m]
            if m == n or m in dropped:
                continue
            if inner.trigger.token.rel == "conj" and inner.trigger.frame.kind != "noun":
                continue
            if _deed_of(context, inner, outer):
                dropped.add(n)
                merged[m] = _with_parties(_without_thing(merged[m], merged[n]), merged[n])
                break
            if _told_of(context, inner, outer):
                dropped.add(n)
                merged[m] = _with_parties(merged[m], replace(inner, roles=replace(inner.roles, actors=())))
                break
            if _same(inner, outer) and (
                outer.at in above or outer.trigger.args.host in above or _siblings(inner, outer)
            ):
                dropped.add(n)
                merged[m] = _with_parties(merged[m], merged[n])
                break
    return [d for n, d in enumerate(merged) if n not in dropped]


def _without_asides(context: Context, drafts: Sequence[Draft]) -> list[Draft]:
    """Without one-sided background, where its sentence has news: "... against the town, whose mayor had been jailed"."""
    news = {d.trigger.token.sent for d in drafts if d.main}
    said = frozenset(i for d in drafts for i in said_roots(d))
    return [
        d
        for d in drafts
        if not _too_vague(context, d.trigger, d.roles)
        and (
            d.main
            or d.trigger.token.sent not in news
            or d.roles.mutual
            or (d.roles.actors and d.roles.recipients and _nameable(d))
            or (d.type in VERBAL and d.roles.actors and d.trigger.frame.kind != "noun")
            or (d.at in said and d.roles.actors)
        )
    ]


def _nameable(draft: Draft) -> bool:
    """Whether a background act is one between parties that can be named: a verb's recipient must be known to be told apart."""
    if draft.trigger.frame.kind == "noun":
        return True
    return any(p.id or p.country for p in draft.roles.recipients)


def _with_parties(outer: Draft, inner: Draft) -> Draft:
    """The outer draft with the sides that only the inner one names."""
    mine, yours = outer.roles, inner.roles
    if mine.mutual or yours.mutual or (mine.actors and mine.recipients):
        return outer
    taken = _spans(mine.actors) | _spans(mine.recipients)
    actors = mine.actors or tuple(p for p in yours.actors if (p.start, p.end) not in taken)
    recipients = mine.recipients or tuple(p for p in yours.recipients if (p.start, p.end) not in taken)
    return replace(outer, roles=replace(mine, actors=actors, recipients=recipients))


def _set_back(context: Context, drafts: Sequence[Draft]) -> list[Draft]:
    """Nouns under a verb that is an event itself are background."""
    verbs = {d.at for d in drafts if d.trigger.frame.kind == "verb"}
    return [
        replace(d, main=False)
        if d.main
        and d.trigger.frame.kind == "noun"
        and d.trigger.args.host == d.at
        and d.trigger.token.head in verbs - {d.at}
        else d
        for d in drafts
    ]


def _deed_of(context: Context, inner: Draft, outer: Draft) -> bool:
    """A noun that is the subject of a verb of its own type is that verb's happening: "the attack killed nine"."""
    if inner.trigger.frame.kind != "noun" or outer.trigger.frame.kind != "verb" or inner.type != outer.type:
        return False
    subject = outer.trigger.args.subject
    return subject is not None and antecedent_of(context.parse, subject) == inner.at


def _told_of(context: Context, inner: Draft, outer: Draft) -> bool:
    """A relative clause on a noun of its own type, or on what that noun hit, tells of the same: "the attack on mosques that killed forty"."""
    token = inner.trigger.token
    if outer.trigger.frame.kind != "noun" or token.dep != "acl:relcl" or inner.type != outer.type:
        return False
    if not any(k.lower in ("that", "which") for k in context.parse.kids(token.i, "nsubj")):
        return False
    above = context.parse.tokens[token.head]
    for _ in range(4):
        if above.i == outer.at:
            return True
        if above.upos not in ("NOUN", "PROPN") or above.rel not in ("nmod", "conj", "obl", "compound"):
            return False
        above = context.parse.tokens[above.head]
    return False


def _without_thing(outer: Draft, inner: Draft) -> Draft:
    """The outer draft without an actor that was only found inside the noun that is its subject."""
    if not any(how.startswith("actor from inside") for how in outer.roles.how):
        return outer
    return replace(outer, roles=replace(outer.roles, actors=inner.roles.actors))


def _same(inner: Draft, outer: Draft) -> bool:
    if inner.type != outer.type and inner.trigger.frame.type != outer.trigger.frame.type:
        return False
    mine, yours = _spans(inner.roles.actors), _spans(outer.roles.actors)
    if mine and yours and not mine & yours:
        return False
    hit, theirs = _spans(inner.roles.recipients), _spans(outer.roles.recipients)
    noun = inner.trigger.frame.kind == "noun"
    return noun or not hit or not theirs or bool(hit & theirs) or inner.trigger.token.rel == "advcl"


def _siblings(inner: Draft, outer: Draft) -> bool:
    return inner.trigger.frame.kind == "noun" and inner.trigger.args.host == outer.trigger.args.host


def _spans(parties: Sequence[object]) -> set[tuple[int, int]]:
    return {(p.start, p.end) for p in parties}  # type: ignore[attr-defined]


def _claim(context: Context, voices: Voices, draft: Draft, nesting: Nesting) -> EventClaim:
    book, trigger = codebook(), draft.trigger
    at, host = draft.at, trigger.args.host
    span = trigger_span(context, trigger)
    main = draft.main and at not in nesting.inside
    supports = [
        support
        for slot, parties in (("actors", draft.roles.actors), ("recipients", draft.roles.recipients))
        for party in parties
        for support in context.support_of(party, slot)
    ]
    return EventClaim(
        id=context.claim_id("event", span, 0),
        main=main,
        evidence=context.evidence_of(at, supports),
        trigger=span,
        stance="hoped" if at in nesting.wanted and draft.stance in ("actual", "planned") else draft.stance,
        outcome=draft.judged.outcome,
        tense=draft.judged.tense,
        said_by=with_speaker(context, voices.chain(host), nesting.speakers.get(at)),
        direct=voices.direct(host),
        when=context.when_of(at),
        where=place_of(context, draft),
        cause=context.cause_of(host),
        confidence=confidence_of(trigger, draft.roles, main, draft.stance == "denied"),
        reasons=draft.reasons,
        coder=CODER,
        type=draft.type,
        mode=draft.mode,
        contexts=contexts_of(context, trigger, draft.type),
        quad=book.quad(draft.type),
        intensity=book.intensity(draft.type, draft.mode),
        actors=draft.roles.actors,
        recipients=draft.roles.recipients,
        mutual=draft.roles.mutual,
        others=others_of(context, trigger, draft.type, (*draft.roles.actors, *draft.roles.recipients)),
        quantities=quantities_of(context, trigger),
    )


def place_of(context: Context, draft: Draft) -> Where | None:
    """Where it happened; a phrase that names one of the sides ("aid to Chad") is no place, but where it is visited or left."""
    where = context.where_of(draft.at)
    if where is None or draft.trigger.frame.type in ("CONSULT", "RETREAT", "MOBILIZE"):
        return where
    sides = (*draft.roles.actors, *draft.roles.recipients)
    preposition = context.parse.text[max(0, where.start - 6) : where.start].split()
    if any(p.start <= where.start < p.end for p in sides) and (
        not preposition or preposition[-1].lower() not in PLACING
    ):
        return None
    return where


def trigger_span(context: Context, trigger: Trigger) -> Span:
    """The words of the trigger: with its particle where that follows at once."""
    parse, i = context.parse, trigger.token.i
    last = i + 1
    particle = trigger.frame.particle
    if particle and last < len(parse.tokens) and parse.tokens[last].lower == particle:
        last += 1
    return parse.span(i, last)


def with_speaker(context: Context, chain: tuple[Voice, ...], speaker: Nesting.Speaker | None) -> tuple[Voice, ...]:
    """The chain with the actor of the speech act, of which this claim is the content, as its first voice."""
    if speaker is None:
        return chain
    known = {(v.start, v.end) for v in chain} | {v.name for v in chain}
    missing = [p for p in speaker.parties if (p.start, p.end) not in known and p.name not in known]
    if not missing:
        return chain
    first = tuple(Voice(p.text, p.start, p.end, p.id, p.name, "speaker", speaker.cue, p.member_of, 1) for p in missing)
    return first + tuple(replace(v, step=v.step + 1) for v in chain)


def link(claims: Sequence[EventClaim], drafts: Sequence[Draft], nesting: Nesting) -> list[EventClaim]:
    """Claims with unlike ids, and `about` set to the id of the content of each speech act."""
    seen: dict[str, int] = {}
    by_token: dict[int, str] = {}
    for claim, draft in zip(claims, drafts, strict=True):
        seen.setdefault(claim.id, len(seen))
        by_token[draft.at] = claim.id
    return [
        replace(claim, about=by_token.get(nesting.about.get(draft.at, -1)))
        for claim, draft in zip(claims, drafts, strict=True)
    ]
