"""The state of a tie in words and tone, and how sure it is."""

from __future__ import annotations

from dragoman.brief.english import plain
from dragoman.brief.material import Material
from dragoman.brief.model import Tone
from dragoman.ledger.views import Tie

TONES: dict[str | None, Tone] = {
    "hostile": "conflict", "broken": "conflict", "strained": "strain", "normal": "neutral", "cordial": "accord", "close": "accord",
}  # fmt: skip
STATES = {"broken": "broken off", None: "not established"}


def state_words(state: str | None) -> str:
    """The state as an adjective of "ties": `strained`, `broken off`, `not established`."""
    return STATES.get(state, state or "not established")


def confidence(tie: Tie) -> str:
    """High, moderate or low: by number of happenings, single origins, disputes and the width of the band."""
    band = (tie.high - tie.low) if tie.high is not None and tie.low is not None else 20.0
    many, few = len(tie.happenings) >= 8, len(tie.happenings) < 3
    if few or band > 8 or (tie.single > 0.95 and not many):
        return "low"
    return "high" if many and band < 5 and tie.single < 0.5 and tie.disputed < 0.2 else "moderate"


def tie_name(material: Material, tie: Tie) -> str:
    """The counterpart's name for an actor's brief, both names otherwise."""
    if material.topic.kind == "actor":
        return plain(material.other(tie).name)
    return f"{plain(tie.a.name)} – {plain(tie.b.name)}"


def signed(value: float) -> str:
    """A level with one digit and a true minus sign."""
    return f"{'−' if round(value, 1) < 0 else ''}{abs(value):.1f}"
