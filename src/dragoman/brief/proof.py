"""The proof that a brief asserts in its own voice only what two independent origins report.

The prose is coded again by a coder that the caller hands in (the program's own, see `cli/briefs.py`). Each claim that comes out
`actual` and without a voice must be found in the ledger with two independent origins behind it. Editors' own text is not read.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, fields, is_dataclass
from typing import Any

from dragoman.brief.footing import independent
from dragoman.brief.material import Ledger
from dragoman.brief.model import Brief, Chains, Figure, Sentence
from dragoman.ledger.views import ActorRef, Happening, Passage
from dragoman.model import EventClaim, Party, TieClaim

Claim = EventClaim | TieClaim
Coder = Callable[[Sequence[str]], Sequence[Sequence[Claim]]]
"""Gives the claims of each of the sentences, each read as a report of its own."""
NEEDED = 2


@dataclass(frozen=True, slots=True)
class Unproved:
    """A sentence that asserts in the brief's own voice what too few origins report; `claim` says what it asserts."""

    sentence: str
    claim: str
    origins: int

    @property
    def words(self) -> str:
        """One line for the user."""
        return f"“{self.sentence}” asserts {self.claim} in the brief’s own voice; the ledger has {self.origins} origin(s) for it"


@dataclass(frozen=True, slots=True)
class Proof:
    """What came of the proof: sentences read, claims coded from them, those without a voice, and those that failed."""

    sentences: int
    claims: int
    own: int
    failed: tuple[Unproved, ...]


def prove(brief: Brief, ledger: Ledger, coder: Coder) -> Proof:
    """Codes the prose of the brief again and asks the ledger for the origins of each claim that stands without a voice."""
    said = list(dict.fromkeys(s for s in prose(brief)))
    coded = coder([s.text for s in said])
    own = [
        (s, c)
        for s, claims in zip(said, coded, strict=True)
        for c in claims
        if c.stance == "actual" and not c.said_by and not _denier(c, _cited(brief, s), ledger)
    ]
    failed = [
        Unproved(s.text, _claim_words(c), n)
        for s, c in own
        if (n := origins(c, _cited(brief, s), ledger)) < NEEDED
    ]  # fmt: skip
    return Proof(len(said), sum(map(len, coded)), len(own), tuple(failed))


def prose(brief: Brief) -> Iterator[Sentence]:
    """Every sentence of the brief's own words: not editors' text, not words quoted, not the labels of pictures."""
    yield from brief.standfirst
    yield from brief.points
    for section in (s for s in brief.sections if not s.id.startswith("own-")):
        yield from _sentences(section.blocks)


def _sentences(value: Any) -> Iterator[Sentence]:
    if isinstance(value, Sentence):
        yield value
    elif isinstance(value, tuple):
        for item in value:
            yield from _sentences(item)
    elif is_dataclass(value) and not isinstance(value, Figure | Chains | type):
        for part in fields(value):
            yield from _sentences(getattr(value, part.name))


def _denier(claim: Claim, cited: Sequence[str], ledger: Ledger) -> bool:
    """Whether the claim is no more than "X denies it", of an X whose denial is cited: that names a voice, it asserts nothing."""
    if not isinstance(claim, EventClaim) or claim.type != "REJECT":
        return False
    voices = {
        name
        for h in ledger.happenings_with(cited)
        for p in h.passages
        if p.stance == "denied" and p.claim in cited
        for v in p.chain
        for name in (v.name, v.member_of)
    }
    return any(p.name in voices or (p.member_of or p.name) in voices for p in claim.actors)


def _cited(brief: Brief, sentence: Sentence) -> list[str]:
    return [c for n in sentence.notes for c in brief.note(n).claims]


def origins(claim: Claim, cited: Sequence[str], ledger: Ledger) -> int:
    """How many independent origins the ledger has for a claim: behind a happening of its kind, or behind a tie."""
    if isinstance(claim, TieClaim):
        return _of_tie(claim, ledger)
    happenings = [h for h in ledger.happenings_with(cited) if _same(claim, h)] or _like(claim, ledger)
    return max((min(h.origins, independent(_actual(h))) for h in happenings if _actual(h)), default=0)


def _actual(happening: Happening) -> list[Passage]:
    return [p for p in happening.passages if p.stance == "actual"]


def _like(claim: EventClaim, ledger: Ledger) -> list[Happening]:
    """The happenings of the claim's kind between its parties, anywhere in the ledger."""
    found = _known(claim.actors, ledger), _known(claim.recipients, ledger)
    if found[0] and found[1] and found[0][0].id != found[1][0].id:
        every = ledger.happenings(pair=(found[0][0], found[1][0]))
    elif one := (found[0] or found[1]):
        every = ledger.happenings(of=one[0])
    else:
        return []
    return [h for h in every if _same(claim, h)]


def _known(parties: Sequence[Party], ledger: Ledger) -> list[ActorRef]:
    refs = (ledger.actor(p.id or p.name) for p in parties)
    return [r for r in refs if r is not None]


def _same(claim: EventClaim, happening: Happening) -> bool:
    """Whether a claim may be of this happening: the kind of act, and no party that it lacks."""
    names = {a.name for a in (*happening.actors, *happening.recipients)} | {
        str(x.get("member_of") or x.get("name")) for p in happening.passages for k in ("actors", "recipients") for x in p.record.get(k) or ()
    }  # fmt: skip
    parties = [p for p in (*claim.actors, *claim.recipients) if p.id]
    alike = claim.type == happening.type or claim.quad == happening.quad
    return alike and all(p.name in names or (p.member_of or "") in names for p in parties)


def _of_tie(claim: TieClaim, ledger: Ledger) -> int:
    """The origins behind all that the ledger has between the two: what it reckons the tie from."""
    known = _known(claim.between, ledger)
    if len(known) < 2 or known[0].id == known[1].id:
        return 0
    tie = ledger.tie(known[0], known[1])
    return independent([*(p for h in tie.happenings for p in _actual(h)), *(s.passage for s in tie.stated)])


def _claim_words(claim: Claim) -> str:
    if isinstance(claim, TieClaim):
        return f"{' – '.join(p.name for p in claim.between)} {claim.state or claim.change or ''}".strip()
    who, whom = (", ".join(p.name for p in x) or "–" for x in (claim.actors, claim.recipients))
    return f"{who} → {whom}: {claim.type}"
