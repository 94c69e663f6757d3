"""The contract form: every field present, and back again without loss."""

from __future__ import annotations

import json

from hypothesis import given
from hypothesis import strategies as st

from dragoman.model import (
    Cause,
    Coded,
    EventClaim,
    Evidence,
    Failure,
    Other,
    Party,
    Quantity,
    Report,
    Span,
    Support,
    TieClaim,
    Voice,
    When,
    Where,
)
from dragoman.record import claim_json, claim_of, coded_json, failed_json, report_json, report_of

words = st.text(max_size=12)
maybe = st.none() | words
offsets = st.integers(0, 10_000)
spans = st.builds(Span, offsets, offsets, words)
whens = st.builds(When, words, offsets, offsets, maybe, maybe, maybe, words, st.booleans(), maybe)
wheres = st.builds(
    Where,
    words,
    offsets,
    offsets,
    words,
    maybe,
    maybe,
    st.none() | st.floats(-90, 90),
    st.none() | st.floats(-180, 180),
    st.none() | offsets,
    maybe,
    words,
)
parties = st.builds(
    Party,
    words,
    offsets,
    offsets,
    maybe,
    words,
    maybe,
    maybe,
    maybe,
    maybe,
    maybe,
    maybe,
    st.sampled_from(["name", "pronoun"]),
)
voices = st.builds(
    Voice,
    words,
    offsets,
    offsets,
    maybe,
    words,
    st.sampled_from(["speaker", "agency"]),
    maybe,
    maybe,
    st.integers(1, 5),
    maybe,
    st.none() | whens,
)
both = {
    "id": words,
    "main": st.booleans(),
    "about": maybe,
    "evidence": st.builds(
        Evidence,
        offsets,
        offsets,
        offsets,
        words,
        st.lists(st.builds(Support, words, offsets, offsets, words), max_size=2).map(tuple),
    ),
    "trigger": spans,
    "stance": st.sampled_from(["actual", "denied", "planned", "hoped", "possible"]),
    "outcome": st.none() | st.sampled_from(["failed", "foiled"]),
    "tense": st.sampled_from(["past", "current", "future", "earlier"]),
    "said_by": st.lists(voices, max_size=2).map(tuple),
    "direct": st.booleans(),
    "when": st.none() | whens,
    "where": st.none() | wheres,
    "cause": st.lists(st.builds(Cause, maybe, words, offsets, offsets), max_size=2).map(tuple),
    "confidence": st.integers(0, 10_000).map(lambda n: n / 10_000),
    "reasons": st.lists(words, max_size=2).map(tuple),
    "coder": words,
}
events = st.builds(
    EventClaim,
    **both,
    type=st.sampled_from(["AID", "ASSAULT"]),
    mode=maybe,
    contexts=st.lists(words, max_size=2).map(tuple),
    quad=st.sampled_from(["material-conflict", "verbal-cooperation"]),
    intensity=st.floats(-10, 10),
    actors=st.lists(parties, max_size=2).map(tuple),
    recipients=st.lists(parties, max_size=2).map(tuple),
    mutual=st.booleans(),
    others=st.lists(st.builds(Other, st.sampled_from(["host", "mediator"]), parties), max_size=1).map(tuple),
    quantities=st.lists(
        st.builds(Quantity, words, offsets, offsets, st.none() | st.floats(0, 1e6), st.none(), words, maybe), max_size=1
    ).map(tuple),
)
ties = st.builds(
    TieClaim,
    **both,
    between=st.tuples(parties, parties),
    state=st.none() | st.sampled_from(["close", "broken"]),
    change=st.none(),
    role=st.none(),
)


@given(events | ties)
def test_a_claim_survives_the_way_to_json_and_back(claim: EventClaim | TieClaim) -> None:
    assert claim_of(json.loads(json.dumps(claim_json(claim)))) == claim


def test_a_report_survives_the_way_to_json_and_back() -> None:
    report = Report(
        id="a", text="T\n\nB.", title="T", outlet="O", authors=("A", "B"), language="en", notice="update", replaces="x"
    )
    assert report_of(json.loads(json.dumps(report_json(report)))) == report


def test_a_failed_report_is_a_line_like_any_other() -> None:
    line = failed_json(Failure("read", "EmptyError", "nothing", "a.txt"))
    assert line["contract"] == 1
    assert line["claims"] == []
    assert line["report"]["text"] == ""
    assert line["failures"] == [{"stage": "read", "error": "EmptyError", "message": "nothing", "source": "a.txt"}]


def test_findings_are_there_only_when_asked_for() -> None:
    coded = Coded(Report(id="a", text="b"))
    assert "times" not in coded_json(coded)
    assert {"quotations", "times", "places", "mentions", "stances"} <= coded_json(coded, findings=True).keys()
