"""Names in the form in which the ledger compares them, and the body that an actor acts for.

A *body* is what a tie is between once roll-up is on: the state for its government, ministries, army and police, the
organisation for its leaders and spokesmen, the actor alone for all others. A body has a key (`state:IRN`, `body:hamas`).
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from dragoman.model import Party, Voice

STATE_SECTORS = frozenset(("GOV", "MIL", "COP", "SPY", "LEG", "JUD"))
"""PLOVER sectors whose actors speak and act for their state."""
STATE_KINDS = frozenset(
    (
        "state",
        "country",
        "government",
        "ministry",
        "military",
        "armed forces",
        "police",
        "intelligence",
        "parliament",
        "court",
    )
)
OWN_KINDS = frozenset(
    ("armed group", "party", "movement", "company", "ngo", "university", "think tank", "outlet", "igo")
)
"""Kinds of organisation that stand for themselves, whatever their sector."""
BODIES_AS_COUNTRY = frozenset(("UNO", "EUR"))
NO_COUNTRY = frozenset(("IGO", "NGO", "MNC"))

_WORD = re.compile(r"[^\W_]+")
_DROPPED = re.compile(r"['’‘ʼ`´\".]")


@lru_cache(maxsize=65_536)
def plain(name: str) -> str:
    """A name's words in lower case without marks: "Mish’al" and "mishal" are one, "U.S." is "us"; `name` itself where no word is left."""
    bare = _DROPPED.sub("", name.casefold())
    if not bare.isascii():
        bare = "".join(c for c in unicodedata.normalize("NFKD", bare) if not unicodedata.combining(c))
    words = _WORD.findall(bare)
    if len(words) > 1 and words[0] == "the":
        words = words[1:]
    return " ".join(words) or name.strip()


class Slots(NamedTuple):
    """What a mention says of an actor beside its place in the text."""

    id: str | None
    name: str
    kind: str | None
    country: str | None
    sector: str | None
    title: str | None
    member_of: str | None
    wikidata: str | None

    @property
    def key(self) -> str:
        """The actor's public id: of the registry, else made of name and country."""
        if self.id is not None:
            return self.id
        return f"?{plain(self.name)}" + (f"|{self.country}" if self.country else "")


def slots_of(party: Party | Voice) -> tuple[str | None, ...]:
    """The cells of the `Slots` of a party; of a voice, which has fewer."""
    if isinstance(party, Party):
        return (
            party.id,
            party.name,
            party.kind,
            party.country,
            party.sector,
            party.title,
            party.member_of,
            party.wikidata,
        )
    return (party.id, party.name, None, None, None, None, party.member_of, None)


@dataclass(frozen=True, slots=True)
class BodyKey:
    """Key, name and country of a body that may not be stored yet."""

    key: str
    name: str
    country: str | None


def body_of(slots: Slots, member_body: BodyKey | None) -> BodyKey:
    """The body that these slots act for; `member_body` is that of what they belong to, where it is known."""
    country = slots.country
    if member_body is not None:
        return member_body
    if slots.member_of is not None:
        if slots.sector in STATE_SECTORS and country and country not in NO_COUNTRY:
            return BodyKey(f"state:{country}", country, country)
        return BodyKey(f"body:{plain(slots.member_of)}", slots.member_of, country)
    if country in BODIES_AS_COUNTRY and slots.kind != "person":
        return BodyKey(f"state:{country}", slots.name, country)
    if country and country not in NO_COUNTRY and slots.kind not in OWN_KINDS:
        if slots.kind == "people":
            return BodyKey(f"people:{country}", slots.name, country)
        if slots.sector in STATE_SECTORS or slots.kind in STATE_KINDS or (slots.sector is None and slots.kind is None):
            return BodyKey(f"state:{country}", country, country)
    named = slots.id is not None or slots.name[:1].isupper() or not country
    key = f"body:{plain(slots.name)}" if named else f"some:{plain(slots.name)}|{country}"
    return BodyKey(key, slots.name, country)


def is_head(slots: Slots, key: str) -> bool:
    """Whether the slots name what the body of that key is: the state itself, not an organ; the organisation, not a member."""
    if slots.member_of is not None:
        return False
    if key.startswith("state:"):
        return slots.kind in ("state", "country", "igo") or (slots.kind is None and slots.sector is None)
    return key in (f"body:{plain(slots.name)}", f"some:{plain(slots.name)}|{slots.country}", f"people:{slots.country}")
