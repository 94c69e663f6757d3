"""Numbers: what words spell, and to which claim they belong."""

import pytest

from dragoman.coding.events import find_events
from dragoman.coding.quantities import value_of

from .trees import NoVoices, context_of


@pytest.mark.parametrize(
    ("words", "value"),
    [
        ("2.5 million", 2_500_000),
        ("two dozen", 24),
        ("1,200", 1200),
        ("three hundred", 300),
        ("twenty", 20),
        ("rebels", None),
    ],
)
def test_numbers_in_words(words: str, value: float | None) -> None:
    assert value_of(words.split()) == value


def test_the_dead_are_counted() -> None:
    (claim,) = find_events(
        context_of(
            "Rebels/rebel/NOUN/2/nsubj killed/kill/VERB/0/root six/six/NUM/4/nummod soldiers/soldier/NOUN/2/obj"
        ),
        NoVoices(),
    )
    (quantity,) = claim.quantities
    assert (quantity.value, quantity.unit, quantity.text) == (6, "dead", "six soldiers")


def test_a_vague_number_has_no_value() -> None:
    (claim,) = find_events(
        context_of(
            "Peru/Peru/PROPN/2/nsubj cut/cut/VERB/0/root much/much/ADJ/2/obj of/of/ADP/6/case its/its/PRON/6/nmod:poss aid/aid/NOUN/3/nmod "
            "to/to/ADP/8/case Chile/Chile/PROPN/2/obl"
        ),
        NoVoices(),
    )
    assert claim.quantities[0].value is None
