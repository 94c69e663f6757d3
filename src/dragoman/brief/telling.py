"""One happening as one sentence, worded by how well it stands (see `footing`)."""

from __future__ import annotations

import zlib
from dataclasses import dataclass

from dragoman.brief.english import (
    at_place,
    capital,
    counted,
    day_text,
    listed,
    many,
    number,
    plain,
    spoken,
    stop,
    when_phrase,
)
from dragoman.brief.footing import Footing, footing
from dragoman.brief.model import Tone
from dragoman.brief.phrases import Phrase, phrase
from dragoman.brief.voices import affiliation, chain_words, denies, outlet_name, steps, voice_name
from dragoman.ledger.views import ActorRef, Happening, Passage

WORDS = frozenset(("ACCUSE", "REJECT", "REQUEST", "SUPPORT", "THREATEN", "SANCTION"))
"""Types whose place, where a report gives one, is seldom the place of the act."""


@dataclass(frozen=True, slots=True)
class Told:
    """A sentence, the same `bare` of its voices (for where they are drawn), and the passages that it rests on, best first."""

    text: str
    bare: str
    passages: tuple[Passage, ...]
    footing: Footing


def tell(happening: Happening, *, dated: bool = True, placed: bool = True) -> Told:
    """The happening as a sentence in the words that its footing allows."""
    stand = footing(happening)
    text = _worded(happening, stand, dated, placed)
    return Told(stop(text), stop(_bare(happening, stand, dated, placed)), (*stand.carry, *stand.deny), stand)


def _worded(h: Happening, stand: Footing, dated: bool, placed: bool) -> str:
    tail = _tail(h, dated, placed)
    if stand.grade == "denied":
        return _denied(h, stand.carry[0], tail)
    if stand.grade in ("planned", "hoped", "possible"):
        return _unfulfilled(h, stand, tail)
    said = clause(h) + tail
    if stand.grade == "established":
        return said
    on = f" on {day_text(h.reported)}" if dated and not h.from_ and h.reported else ""
    text = attributed(said, stand.carry, pick(h.id, 3), on)
    if stand.grade == "contested":
        return f"{text}; {_deniers(stand.deny)}"
    return text


def _bare(h: Happening, stand: Footing, dated: bool, placed: bool) -> str:
    tail = _tail(h, dated, placed)
    verbs = {"planned": "planned to", "hoped": "hoped to", "possible": "might"}
    if stand.grade in verbs:
        return f"{subject(h)} {verbs[stand.grade]} {infinitive(h)}{tail}" if subject(h) else f"{noun(h)}{tail}"
    return (negated(h) if stand.grade == "denied" else clause(h)) + tail


def attributed(said: str, passages: tuple[Passage, ...], turn: int, on: str = "") -> str:
    """The clause with who says it: a chain, the actor's own account, or the one report; `on` is the day of that report."""
    first = passages[0]
    report = f", as reported{on}" if on else ""
    if own_account(first):
        return f"{said}, according to {_itself(first)}{report}"
    if not first.chain:
        outlet = outlet_name(first)
        forms = (
            f"{outlet} reported{on} that {said}" if on else f"according to {outlet}, {said}",
            f"{outlet} reported{on} that {said}",
            f"{said}, according to {outlet}{report}",
        )
        return forms[turn % 3]
    chain = chain_words(first)
    others = [v for v in _first_voices(passages[1:]) if v not in chain]
    if others and "," not in chain:
        return f"{said}, according to {listed([chain, *others])}{report}"
    if turn % 2 and not on and not _own(first, said):
        return f"according to {chain}, {said}"
    return f"{said}, according to {chain}{report}"


def own_account(passage: Passage) -> bool:
    """Whether the nearest voice is no person but the very body that the claim names as its only actor."""
    names = {plain(str(a.get("name"))) for a in passage.record.get("actors") or ()}
    nearest = [v for v in passage.chain if v.step == 1]
    return len(names) == 1 and len(passage.chain) == 1 == len(nearest) and plain(nearest[0].name) in names


def _itself(passage: Passage) -> str:
    """`Iran itself`, `the Houthis themselves`; a person by name alone."""
    name = voice_name(passage.chain[0])
    if "person" in {a.get("kind") for a in passage.record.get("actors") or ()}:
        return name
    return f"{name} {'themselves' if many(passage.chain[0].name) else 'itself'}"


def _own(passage: Passage, said: str) -> bool:
    """Whether the nearest voice speaks for a party that the clause names."""
    return any(affiliation(v) in said for v in passage.chain if v.step == 1)


def _first_voices(passages: tuple[Passage, ...]) -> list[str]:
    found = [voice_name(v) for p in passages for v in p.chain if v.step == 1]
    return list(dict.fromkeys(found))[:2]


def _deniers(passages: tuple[Passage, ...]) -> str:
    voices = list(dict.fromkeys(voice_name(v) for p in passages for v in p.chain if v.step == 1))
    if voices:
        return f"{listed(voices)} {'deny' if len(voices) > 1 or many(voices[0]) else 'denies'} it"
    return f"{outlet_name(passages[0])} reports that it did not happen"


def _denied(h: Happening, passage: Passage, tail: str) -> str:
    if passage.chain and denies(passage):
        return f"{listed(voice_name(v) for v in steps(passage)[0])} denied that {clause(h)}{tail}"
    plain_no = negated(h) + tail
    chain = chain_words(passage)
    return f"according to {chain}, {plain_no}" if chain else f"{plain_no}, {outlet_name(passage)} reported"


def _unfulfilled(h: Happening, stand: Footing, tail: str) -> str:
    passage = stand.carry[0]
    who, base = subject(h), infinitive(h)
    by = f", according to {chain_words(passage)}" if passage.chain else f", {outlet_name(passage)} reported"
    if not who:
        kind = {"planned": "plan for", "hoped": "hope of", "possible": "possibility of"}[stand.grade]
        return f"there was a {kind} {noun(h)}{tail}{by}"
    own = passage.chain and affiliation(steps(passage)[0][0]) in {plain(a.name) for a in h.actors}
    if stand.grade == "planned":
        return f"{who} planned to {base}{tail}{by}"
    if stand.grade == "hoped":
        if passage.chain and not own:
            return f"{listed(voice_name(v) for v in steps(passage)[0])} hoped that {who} would {base}{tail}"
        return f"{who} hoped to {base}{tail}{by}"
    return f"it was left open whether {who} would {base}{tail}{by}"


def clause(h: Happening) -> str:
    """The happening as a clause in the past: `Iran cut off dealings with Hamas`, without date and place."""
    forms, who, whom = _phrase(h), subject(h), recipients(h)
    if h.outcome in ("failed", "foiled", "cancelled") and who:
        return f"{who} {_OUTCOMES[h.outcome].format(base=infinitive(h))}"
    if not who:
        if not whom:
            return f"{noun(h)} took place"
        return forms.passive.format(
            r=whom, was="were" if len(h.recipients) > 1 or many(h.recipients[0].name) else "was"
        )
    if h.mutual and len(h.actors) > 1:
        return f"{who} {forms.mutual}"
    return f"{who} {forms.past.format(r=whom)}" if whom else f"{who} {forms.alone}"


_OUTCOMES = {
    "failed": "tried to {base}, without success",
    "foiled": "set out to {base}, and {{was}} stopped".replace("{{was}}", "was"),
    "cancelled": "dropped a plan to {base}",
}


def negated(h: Happening) -> str:
    """The happening as something that did not take place."""
    who = subject(h)
    return f"{who} did not {infinitive(h)}" if who else f"there was no {noun(h)}"


def infinitive(h: Happening) -> str:
    """`cut off dealings with Hamas`."""
    forms, whom = _phrase(h), recipients(h)
    if h.mutual and len(h.actors) > 1:
        return forms.mutual_base
    return forms.base.format(r=whom) if whom else forms.alone_base


def noun(h: Happening) -> str:
    """`end of dealings with Hamas`: the happening as a thing, without its actor."""
    forms, whom = _phrase(h), recipients(h)
    if h.mutual and len(h.actors) > 1:
        return forms.noun_alone
    return forms.noun.format(r=whom) if whom else forms.noun_alone


def label(h: Happening) -> str:
    """Short words for a picture: `Iran: end of dealings with Hamas`."""
    who = listed((plain(a.name) for a in h.actors), most=3)
    return (
        f"{who}: {noun(h)}{_MARKS.get(footing(h).grade, '')}"
        if who
        else f"{capital(noun(h))}{_MARKS.get(footing(h).grade, '')}"
    )


_MARKS = {
    "party": " (one side’s account)", "single": " (one origin)", "contested": " (disputed)", "denied": " (denied)", "planned": " (planned)",
    "hoped": " (hoped for)", "possible": " (uncertain)",
}  # fmt: skip


def subject(h: Happening) -> str:
    """The actors as a subject, or an empty string."""
    return listed(spoken(a.name) for a in _distinct(h.actors))


def recipients(h: Happening) -> str:
    """The recipients as an object, or an empty string."""
    own = {a.id for a in h.actors}
    return listed(spoken(r.name) for r in _distinct(h.recipients) if r.id not in own and not _thing(r))


def _thing(actor: ActorRef) -> bool:
    """Whether the name is a thing rather than somebody: neither known nor of a country or sector, in lower case."""
    return actor.id.startswith("?") and actor.name[:1].islower() and actor.country is None and actor.sector is None


def _distinct(actors: tuple[ActorRef, ...]) -> tuple[ActorRef, ...]:
    return tuple({plain(a.name): a for a in actors if plain(a.name)}.values())


def _phrase(h: Happening) -> Phrase:
    return phrase(h.type, h.mode, h.contexts, _trigger(h))


def _trigger(h: Happening) -> str:
    """The word that most passages use, else that of the first."""
    said = [p.trigger.lower() for p in h.passages]
    return max(said, key=lambda w: (said.count(w), -said.index(w)), default="")


def _tail(h: Happening, dated: bool, placed: bool) -> str:
    words = ""
    where = plain(h.where or "")
    named_already = f"{subject(h)} {recipients(h)}"
    if placed and where and where not in named_already and h.mode != "visit" and h.type not in WORDS:
        words += f" in {at_place(where)}"
    when = when_phrase(h.from_, h.to, h.grain) if dated else ""
    if when:
        words += f" {when}"
    return words


def tolls(h: Happening) -> str:
    """What reports say of losses, as a sentence that keeps the span of their figures; empty where they give none."""
    units = {"dead": "killed", "injured": "injured", "arrested": "arrested", "displaced": "displaced"}
    said = []
    for unit, done in units.items():
        values = sorted({int(v) for u, _, v, _ in h.quantities if u == unit and v is not None and v >= 0})
        if values and values[0] != values[-1]:
            said.append(f"between {number(values[0])} and {counted(values[-1], 'person', 'people')} {done}")
        elif values:
            said.append(f"{counted(values[0], 'person', 'people')} {done}")
    return f"Reports speak of {listed(said)}." if said else ""


def tone(h: Happening) -> Tone:
    """The colour of a happening: conflict, strain (in words), accord."""
    if h.quad == "material-conflict":
        return "conflict"
    return "strain" if h.quad == "verbal-conflict" else "accord"


def weight(h: Happening) -> float:
    """How much a happening matters to a reader: strong acts, several origins, surely coded news between parties that are known."""
    news = any(p.main for p in h.passages)
    sure = max((p.confidence for p in h.passages), default=0.5)
    parties = (*h.actors, *h.recipients)
    known = sum(not a.id.startswith("?") for a in parties) / len(parties) if parties else 0.0
    both = 1.2 if h.actors and h.recipients else 0.7
    return (abs(h.intensity) + 2) * (1 + min(h.origins, 5)) * (1.6 if news else 1.0) * both * sure**2 * (0.3 + known)


def pick(key: str, turns: int) -> int:
    """A stable choice among `turns` ways of saying, by the digest of a key."""
    return zlib.crc32(key.encode()) % turns
