"""What the classifier and the rules beside it leave of the lexicon's triggers."""

import pytest

from dragoman.cli.coding import recode
from dragoman.model import EventClaim

pytestmark = pytest.mark.model


@pytest.mark.parametrize(
    ("sentence", "types"),
    [
        ("Ties between Peru and Chile have been strained since August 2011.", set()),
        ("Relations between Peru and Chile have been broken off since October.", set()),
        ("Diplomatic relations between Peru and Chile were severed on Monday.", {"SANCTION"}),
        ("The paper reported that Peru blamed Chile.", {"ACCUSE"}),
        ("Peru's backing of rebels in Chile has cost it friends.", {"SUPPORT"}),
    ],
)
def test_a_state_is_no_act_and_a_noun_with_both_its_sides_is_one(sentence: str, types: set[str]) -> None:
    (claims,) = recode([sentence])
    assert {c.type for c in claims if isinstance(c, EventClaim)} == types
    assert all(c.actors[0].text == "Peru" for c in claims if isinstance(c, EventClaim) and c.type == "ACCUSE")


@pytest.mark.parametrize(
    ("sentence", "stance"),
    [
        ("Peru has not thanked Chile so openly since the war.", "actual"),
        ("Peru has not thanked Chile since the war.", "denied"),
    ],
)
def test_what_was_not_done_so_before_is_done_now(sentence: str, stance: str) -> None:
    (claims,) = recode([sentence])
    assert {c.stance for c in claims if isinstance(c, EventClaim) and c.type == "SUPPORT"} == {stance}
