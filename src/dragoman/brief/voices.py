"""Chains of voices in words and as links: who said it, in what, to whom, as told by which outlet."""

from __future__ import annotations

import re
from itertools import groupby

from dragoman.brief.english import COUNTED, MASS, an, capital, listed, lowered, many, named, plain, spoken
from dragoman.brief.model import Link
from dragoman.ledger.views import Passage, VoiceRef

DETERMINER = re.compile(r"^(?:the|a|an|his|her|its|their|this|that|our|my)\s+", re.IGNORECASE)
ROLES = {
    "speaker": "speaker", "author": "author", "document": "document", "agency": "news agency", "outlet": "outlet",
    "unnamed": "not named",
}  # fmt: skip
DENYING = frozenset(
    "deny denied denies denying reject rejected rejects dismiss dismissed dismisses refute refuted".split()
)


def voice_name(voice: VoiceRef, *, affiliation: bool = True) -> str:
    """One voice inside a sentence: `Osama Hamdan of Hamas`, `an official`, `the United Nations`."""
    name = plain(voice.name)
    of = plain(voice.member_of or "")
    if voice.kind == "unnamed" or name[:1].islower():
        return _common_noun(name, of if affiliation else "", known=voice.kind != "unnamed")
    short = "".join(w[0] for w in of.split() if w[:1].isupper())
    named_in = (
        of.casefold() in name.casefold()
        or name.casefold() in of.casefold()
        or (len(short) > 1 and short in name.split())
    )
    if affiliation and of and not named_in:
        return f"{spoken(name)} of {named(of)}"
    return spoken(name)


def _common_noun(name: str, of: str, *, known: bool) -> str:
    """`diplomats`, `an official of Hamas`, `the foreign ministry of Iran`: a voice that has no name."""
    bare = DETERMINER.sub("", name)
    tail = f" of {named(of)}" if of and of.casefold() not in name.casefold() else ""
    head = bare.split(" of ")[0].split(" in ")[0]
    if (
        many(head)
        or head.rsplit(" ", 1)[-1] in MASS
        or COUNTED.match(head)
        or (head.endswith("s") and not head.endswith("ss"))
    ):
        return f"{bare}{tail}"
    return f"{f'the {bare}' if known else an(bare)}{tail}"


def steps(passage: Passage) -> list[list[VoiceRef]]:
    """The voices by step, nearest the claim first; voices of one step spoke together."""
    ordered = sorted(passage.chain, key=lambda v: v.step)
    return [list(group) for _, group in groupby(ordered, key=lambda v: v.step)]


def work_words(work: str | None) -> str:
    """`a policy brief` from `the policy brief`; empty where the text names none."""
    bare = DETERMINER.sub("", plain(work or ""))
    return an(bare) if bare and len(bare) < 60 else ""


def chain_words(passage: Passage) -> str:
    """The chain after "according to": `Osama Hamdan of Hamas, speaking to ISNA, as cited by Ali Alfoneh`."""
    parts = []
    for i, together in enumerate(steps(passage)):
        names = listed(voice_name(v) for v in together)
        if i == 0:
            work = work_words(together[0].work)
            parts.append(f"{names} in {work}" if work and not re.search(r"\binterview\b", work) else names)
        elif _spoke_to(steps(passage)[i - 1], together):
            parts.append(f"speaking to {names}")
        else:
            work = work_words(together[0].work)
            told = "reported" if together[0].kind in ("agency", "outlet") else "cited"
            parts.append(f"as {told} by {names}" + (f" in {work}" if work else ""))
    return ", ".join(parts)


def _spoke_to(before: list[VoiceRef], after: list[VoiceRef]) -> bool:
    talk = f"{before[0].work or ''} {before[0].cue or ''} {after[0].work or ''}".lower()
    return after[0].kind in ("agency", "outlet") and bool(re.search(r"\b(?:interview|speaking|spoke|told)\b", talk))


def outlet_name(passage: Passage) -> str:
    """The outlet inside a sentence, or `a report` where the outlet is not known."""
    outlet = plain(passage.report.outlet or "")
    return _article_outlet(outlet) if outlet else "a report without a named outlet"


PAPERS = re.compile(
    r"\b(?:Courier|Post|Times|Herald|Gazette|Journal|Review|Monitor|Chronicle|Tribune|Observer|Dispatch|Ledger|Register|Wire|Bulletin|"
    r"Telegraph|Guardian|Mail|Standard|Record|Mirror|Star|Desk|Digest|Letter|Institute|Foundation|Council|Agency|Centre|Center|Ministry)$"
)


def _article_outlet(outlet: str) -> str:
    outlet = lowered(outlet)
    return f"the {outlet}" if PAPERS.search(outlet) and not outlet.startswith("the ") else outlet


def links(passage: Passage) -> tuple[Link, ...]:
    """The chain to draw, from the first voice to the outlet."""
    found = []
    for together in steps(passage):
        first = together[0]
        role = ROLES.get(first.kind, first.kind)
        if first.kind == "speaker" and first.member_of and first.member_of != first.name:
            role = plain(first.member_of)
        names = tuple(plain(v.name) for v in together)
        found.append(Link(names, role, work_words(first.work) or None))
    report = passage.report
    found.append(Link((plain(report.outlet or report.title or "Report"),), "publishes", None))
    return tuple(found)


def affiliation(voice: VoiceRef) -> str:
    """The body that a voice speaks for, else the voice itself."""
    return plain(voice.member_of or voice.name)


def denies(passage: Passage) -> bool:
    """Whether the nearest voice denies in so many words, rather than reports that something did not happen."""
    nearest = [v for v in passage.chain if v.step == 1]
    return any((v.cue or "").lower() in DENYING for v in nearest)


def source_words(passage: Passage) -> str:
    """`Osama Hamdan of Hamas, speaking to ISNA, in the Levant Courier` - or the outlet alone."""
    words = chain_words(passage)
    outlet = plain(passage.report.outlet or "") or "outlet not named"
    return f"{capital(words)}; {outlet}" if words else outlet
