"""Whom descriptions and pronouns take up: trades, given names, owners, bodies by their last word."""

from __future__ import annotations

import pytest

from dragoman.find import find
from dragoman.find.coreference_sex import sex_of
from dragoman.model import Report
from dragoman.parse import load
from dragoman.registry import Registry


@pytest.mark.parametrize(
    ("name", "sex"),
    [("Maria Bello", "f"), ("Oleksandr Hrytsenko", "m"), ("Olena", None), ("Qwx Zyx", None), ("", None)],
)
def test_the_sex_that_a_name_tells(name: str, sex: str | None) -> None:
    assert sex_of(name) == sex


@pytest.mark.model
@pytest.mark.parametrize(
    ("text", "words", "name"),
    [
        ("Pedro Salgado met Ana Quiroga. She gave him a book.", "him", "Pedro Salgado"),
        ("Pedro Salgado met Ana Quiroga. She gave him a book.", "She", "Ana Quiroga"),
        (
            "Ana Quiroga, who leads the miners, met Pedro Salgado. The miners' leader smiled.",
            "The miners",
            "Ana Quiroga",
        ),
        ("Envoys met Ana Quiroga, the ambassador. The diplomat smiled.", "The diplomat", "Ana Quiroga"),
        (
            "The Blue Harbour Cooperative is broke. The cooperative owes a million.",
            "The coop",
            "Blue Harbour Cooperative",
        ),
        ("Rebels of the Sand River League burned a bus. The rebels fled.", "The rebels", "Sand River League"),
        ("Police in Lima arrested four men. The government was silent.", "The government", "Peru"),
        ("The European Commission met. Brussels wants an answer.", "Brussels", "European Commission"),
        ("Chad closed its border with Niger. Niger called its neighbour a liar.", "its neighbour", "Chad"),
        ("Pedro Salgado met Ana Quiroga on Friday. He thanked his host.", "host", "Ana Quiroga"),
        ("North Korea fired a rocket. The North called it a test.", "North", "North Korea"),
        (
            "Niger owes Algeria money. Its northern neighbour, Algeria, wants it back.",
            "Its northern neighbour",
            "Algeria",
        ),
        ("A court freed Pedro Salgado on Monday. The imam thanked the judge.", "The imam", "Pedro Salgado"),
        ("Russia backs its ally in Minsk. The rebels took money from Moscow.", "Moscow", "Russia"),
    ],
)
def test_what_the_words_take_up(text: str, words: str, name: str) -> None:
    mentions = find(Report("r", text), load().parse(text), Registry.load()).mentions
    at = text.rindex(words)
    assert name in {m.party.name for m in mentions if m.party.start == at}


@pytest.mark.model
def test_a_neighbour_of_a_state_is_no_person() -> None:
    text = "Chad accused its neighbour of theft."
    mentions = find(Report("r", text), load().parse(text), Registry.load()).mentions
    assert all(m.type != "PERSON" for m in mentions)


@pytest.mark.model
def test_a_courtesy_of_the_other_sex_is_another_person() -> None:
    text = "Robert Quiroga died on Friday. Mrs Quiroga was at home."
    mentions = find(Report("r", text), load().parse(text), Registry.load()).mentions
    assert "Robert Quiroga" not in {m.party.name for m in mentions if m.party.start > text.index("Mrs")}
