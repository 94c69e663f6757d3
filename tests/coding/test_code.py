"""The whole coder: hostile input and the shape of what comes out."""

import pytest

from dragoman.coding import code
from dragoman.model import EventClaim, Findings, Parse, Report

from .trees import named, tree


@pytest.mark.parametrize("text", ["", " ", "\x00", "𝕏"])
def test_a_text_without_sentences_has_no_claims(text: str) -> None:
    assert code(Report("r", text), Parse(text, (), ()), Findings()) == ()


def test_one_token_and_no_syntax_do_not_crash() -> None:
    parse = tree("Attack/attack/NOUN/0/root")
    assert code(Report("r", parse.text), parse, Findings()) == ()
    flat = tree("Peru/Peru/PROPN/0/root attacked/attack/VERB/1/dep Chile/Chile/PROPN/1/dep")
    code(Report("r", flat.text), flat, named(flat))


def test_the_same_input_gives_the_same_claims_and_spans_stand_in_the_text() -> None:
    parse = tree("Peru/Peru/PROPN/2/nsubj attacked/attack/VERB/0/root Chile/Chile/PROPN/2/obj")
    report = Report("r", parse.text)
    claims = code(report, parse, named(parse))
    assert claims == code(report, parse, named(parse))
    (claim,) = [c for c in claims if isinstance(c, EventClaim)]
    assert report.text[claim.trigger.start : claim.trigger.end] == claim.trigger.text == "attacked"
    for party in (*claim.actors, *claim.recipients):
        assert report.text[party.start : party.end] == party.text
