"""The nouns of Dragoman, as frozen values.

Words used here and everywhere: a *report* is a news text with its metadata; a *span* a half-open range of Unicode code
points in `report.text`; a *parse* its sentences, tokens and UD syntax; a *mention* a span that names an actor; a *party*
an actor in a role in one claim; a *claim* one coded statement of one report; a *voice* one link of a source chain; a
*failure* an item that could not be processed. Stages are pure functions between these values.

Every `start`/`end` in this module counts code points of `report.text`, half-open, and `text` is what stands there.
Field names of `Party`, `Voice`, `When`, `Where`, `EventClaim` and `TieClaim` are those of the record contract
(version 1); `record.py` turns them into JSON. `from` is spelled `from_` because Python keeps that word.
"""

from .claims import (
    Aspect,
    Cause,
    Change,
    Claim,
    Coded,
    EventClaim,
    Evidence,
    Intake,
    Other,
    OtherRole,
    Outcome,
    PredicateStance,
    Quad,
    Quantity,
    Stance,
    State,
    Support,
    Tense,
    TieClaim,
    TieRole,
    Voice,
    VoiceKind,
    When,
    Where,
)
from .findings import Findings, Form, Mention, Party, Quotation, Timex, Toponym, Via
from .parse import Entity, Parse, Sentence, Token
from .report import Failure, Report, Span

__all__ = [
    "Aspect",
    "Cause",
    "Change",
    "Claim",
    "Coded",
    "Entity",
    "EventClaim",
    "Evidence",
    "Failure",
    "Findings",
    "Form",
    "Intake",
    "Mention",
    "Other",
    "OtherRole",
    "Outcome",
    "Parse",
    "Party",
    "PredicateStance",
    "Quad",
    "Quantity",
    "Quotation",
    "Report",
    "Sentence",
    "Span",
    "Stance",
    "State",
    "Support",
    "Tense",
    "TieClaim",
    "TieRole",
    "Timex",
    "Token",
    "Toponym",
    "Via",
    "Voice",
    "VoiceKind",
    "When",
    "Where",
]
