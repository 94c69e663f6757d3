"""Coded reports made by hand: a report is a list of sentences, a claim is one of them read by the writer of the test."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from hashlib import sha256
from typing import Any

from dragoman.model import (
    Coded,
    EventClaim,
    Evidence,
    Party,
    Quantity,
    Report,
    Span,
    TieClaim,
    Voice,
    When,
    Where,
)

ACTORS: dict[str, dict[str, Any]] = {
    "Ruritania": {"id": "ruritania", "kind": "state", "country": "RUR"},
    "Zubrowka": {"id": "zubrowka", "kind": "state", "country": "ZUB"},
    "Freedonia": {"id": "freedonia", "kind": "state", "country": "FRE"},
    "Ruritanian army": {"id": None, "kind": "military", "country": "RUR", "sector": "MIL"},
    "Zubrowkan air force": {"id": None, "kind": "military", "country": "ZUB", "sector": "MIL"},
    "Blue Front": {"id": "blue-front", "kind": "armed group", "country": "ZUB", "sector": "REB"},
    "Anna Rill": {"id": "anna-rill", "kind": "person", "country": "ZUB", "sector": "REB", "member_of": "Blue Front"},
    "Otto Senn": {"id": "otto-senn", "kind": "person", "country": "RUR", "sector": "GOV", "member_of": "Ruritania"},
    "Ruritanians": {"id": "ruritanians", "kind": "people", "country": "RUR"},
}
QUADS = {
    "ASSAULT": ("material-conflict", -9.0),
    "COERCE": ("material-conflict", -6.0),
    "SANCTION": ("material-conflict", -6.0),
    "ACCUSE": ("verbal-conflict", -2.0),
    "REJECT": ("verbal-conflict", -4.0),
    "THREATEN": ("verbal-conflict", -5.0),
    "CONSULT": ("verbal-cooperation", 1.0),
    "AGREE": ("verbal-cooperation", 4.0),
    "AID": ("material-cooperation", 7.0),
}


def report(
    *sentences: str, published: str | None = "2020-05-10", outlet: str | None = "The Herald", key: str = "", **rest: Any
) -> Report:
    """A report of these sentences."""
    text = " ".join(sentences)
    id_ = sha256(f"{outlet}|{published}|{key or text}".encode()).hexdigest()[:16]
    return Report(
        id=id_,
        text=text,
        title=None,
        outlet=outlet,
        published=date.fromisoformat(published) if published else None,
        **rest,
    )


def party(name: str, text: str, start: int, end: int) -> Party:
    known = ACTORS.get(name, {"id": None})
    return Party(text=text[start:end], start=start, end=end, name=name, **known)


def _find(within: str, words: str, base: int) -> tuple[int, int]:
    at = within.find(words)
    return (base + at, base + at + len(words)) if at >= 0 else (base, base + 1)


def _parties(names: tuple[str, ...], sentence: str, text: str, base: int) -> tuple[Party, ...]:
    return tuple(party(n, text, *_find(sentence, n, base)) for n in names)


def voice(name: str, sentence: str, text: str, base: int, **rest: Any) -> Voice:
    start, end = _find(sentence, name, base)
    known = ACTORS.get(name, {})
    fields = {
        "id": known.get("id"),
        "kind": "speaker",
        "cue": None,
        "member_of": known.get("member_of"),
        "step": 1,
    } | rest
    return Voice(text=text[start:end], start=start, end=end, name=name, **fields)


def when(words: str, from_: str, to: str, sentence: str, base: int, grain: str = "day") -> When:
    start, end = _find(sentence, words, base)
    return When(sentence[start - base : end - base], start, end, from_, from_, to, grain)


def _both(
    made: Report, sentence: int, trigger: str, number: int, rest: dict[str, Any]
) -> tuple[str, int, dict[str, Any]]:
    parts = made.text.split(". ")
    base = sum(len(p) + 2 for p in parts[:sentence])
    words = parts[sentence] if sentence == len(parts) - 1 else parts[sentence] + "."
    start, end = _find(words, trigger, base)
    id_ = sha256(f"{made.id}|{start}|{end}|{number}".encode()).hexdigest()[:16]
    voices = [(v, {}) if isinstance(v, str) else v for v in rest.pop("said_by", ())]
    chain = tuple(voice(n, words, made.text, base, **{"step": at + 1, **slots}) for at, (n, slots) in enumerate(voices))
    dated = rest.pop("when", None)
    place = rest.pop("where", None)
    both = {
        "id": id_, "main": True, "stance": "actual", "tense": "past", "coder": "hand 1.0", "said_by": chain,
        "evidence": Evidence(sentence, base, base + len(words), words), "trigger": Span(start, end, made.text[start:end]),
        "when": when(*dated, words, base) if dated else None,
        "where": Where(made.text[base : base + 1], base, base + 1, *place) if place else None,
    }  # fmt: skip
    return words, base, both | rest


def event(
    made: Report,
    sentence: int,
    trigger: str,
    type_: str,
    actors: Any,
    recipients: Any = (),
    *,
    number: int = 0,
    **rest: Any,
) -> EventClaim:
    """An event claim on one sentence. `said_by` are names or (name, slots); `when` (words, from, to[, grain])."""
    counts = rest.pop("counts", ())
    words, base, both = _both(made, sentence, trigger, number, rest)
    quad, intensity = QUADS[type_]
    quantities = tuple(
        Quantity(made.text[base : base + 1], base, base + 1, value, None, unit, of) for value, unit, of in counts
    )
    fields = {"quad": quad, "intensity": intensity, "quantities": quantities} | both
    sides = [(names,) if isinstance(names, str) else tuple(names) for names in (actors, recipients)]
    return EventClaim(
        type=type_,
        actors=_parties(sides[0], words, made.text, base),
        recipients=_parties(sides[1], words, made.text, base),
        **fields,
    )


def tie(made: Report, sentence: int, trigger: str, one: str, two: str, **rest: Any) -> TieClaim:
    """A tie claim on one sentence."""
    words, base, both = _both(made, sentence, trigger, rest.pop("number", 0), rest)
    first, second = _parties((one, two), words, made.text, base)
    return TieClaim(between=(first, second), **both)


def recoded(coded: Coded, coder: str, **changes: Any) -> Coded:
    """The same report with every claim by another coder, and changed."""
    return replace(coded, claims=[replace(c, coder=coder, **changes) for c in coded.claims])


def strike(
    day: str = "2020-05-10", outlet: str = "The Herald", words: str = "near the old bridge", **rest: Any
) -> Coded:
    """A report of one strike by Ruritania on the Blue Front."""
    made = report(f"Ruritania struck a camp of the Blue Front {words}.", published=day, outlet=outlet)
    return Coded(made, [event(made, 0, "struck", "ASSAULT", "Ruritania", "Blue Front", **rest)])
