"""The stance classifier: fits the shipped engine or keeps silent, and reads what no word marks."""

from dataclasses import replace

import pytest

from dragoman.coding.stance_classes import STANCES, Reading, load, shipped_encoder
from dragoman.parse import load as load_engine

READING = Reading("actual", "past", False)


def at(text: str, word: str):  # type: ignore[no-untyped-def]
    parse = load_engine().parse(text)
    return parse, next(t.i for t in parse.tokens if t.text == word)


def test_silent_without_vectors_or_with_another_engine() -> None:
    parse, i = at("The miners hold out for a pardon.", "pardon")
    assert load()(replace(parse, vectors=None), i, READING) is None
    assert load()(replace(parse, engine="another"), i, READING) is None
    assert replace(load(), encoder="other weights")(parse, i, READING) is None


@pytest.mark.skipif(load().encoder != shipped_encoder(), reason="run python -m training.stance_classes for this engine")
@pytest.mark.parametrize(
    ("text", "word", "stance"),
    [
        ("Truck drivers are praying for a reopening of the pass.", "reopening", "hoped"),
        ("The cabinet has signed off on the sale of the airline.", "sale", "planned"),
        ("Police arrested nine men after the raid.", "raid", "actual"),
    ],
)
def test_reads_what_no_word_marks(text: str, word: str, stance: str) -> None:
    parse, i = at(text, word)
    odds = load()(parse, i, READING)
    assert odds is not None and STANCES[int(odds.argmax())] == stance
    assert float(odds.sum()) == pytest.approx(1, abs=1e-3)
