"""A brief on a place or on words shows the disputes in which what it tells has part, from a real ledger."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from tests.ledger.made import event, report

from dragoman.brief import compose
from dragoman.brief.model import Disagreement
from dragoman.ledger import Ledger
from dragoman.model import Coded

DORN = ("Dorn", "FRE", None, 1.0, 2.0, 9, "PPL", "city")


def told(outlet: str, dead: float) -> Coded:
    made = report(f"Ruritania bombed the grain market of Dorn, {outlet} says.", outlet=outlet)
    counts = [(dead, "dead", "people")]
    return Coded(made, [event(made, 0, "bombed", "ASSAULT", "Ruritania", "Freedonia", where=DORN, counts=counts)])


def denied(outlet: str) -> Coded:
    made = report("Ruritania said it had not bombed the grain market of Dorn.", outlet=outlet)
    rest = {"stance": "denied", "said_by": ["Ruritania"], "where": DORN}
    return Coded(made, [event(made, 0, "bombed", "ASSAULT", "Ruritania", "Freedonia", **rest)])


@pytest.fixture
def ledger() -> Iterator[Ledger]:
    with Ledger.open(":memory:") as held:
        other = report("Zubrowka fed the keepers of a lonely lighthouse.")
        held.add([told("A", 3), told("B", 20), denied("C"), Coded(other, [event(other, 0, "fed", "AID", "Zubrowka")])])
        yield held


@pytest.mark.parametrize(("asked", "kind"), [("Dorn", "place"), ("grain market", "query")])
def test_a_place_and_words_have_their_disputes(ledger: Ledger, asked: str, kind: str) -> None:
    brief = compose(ledger, asked)
    assert brief.topic.kind == kind
    (section,) = [s for s in brief.sections if s.id == "disputes"]
    held = [block for block in section.blocks if isinstance(block, Disagreement)]
    assert len(held) == 2  # how many died, and whether it happened
    assert all(len(one.sides) > 1 for one in held)


def test_a_topic_of_other_words_has_none_of_them(ledger: Ledger) -> None:
    brief = compose(ledger, "lighthouse")
    assert brief.topic.kind == "query"
    assert not [s for s in brief.sections if s.id == "disputes"]


def test_disputes_end_where_the_period_does(ledger: Ledger) -> None:
    assert not [s for s in compose(ledger, "Dorn", since="2021-01-01").sections if s.id == "disputes"]
