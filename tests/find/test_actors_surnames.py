"""Surnames alone are the persons named in full."""

from __future__ import annotations

import pytest

from dragoman.find import find
from dragoman.model import Mention, Report
from dragoman.parse import load
from dragoman.registry import Registry

pytestmark = pytest.mark.model


def named(text: str, words: str) -> Mention:
    """The last mention with these words."""
    found = find(Report("r", text), load().parse(text), Registry.load()).mentions
    return [m for m in found if m.party.text == words][-1]


def test_a_surname_is_the_person_named_in_full_before() -> None:
    assert named("Ravi Solanki lost the vote. Solanki will appeal.", "Solanki").party.name == "Ravi Solanki"


def test_a_surname_that_is_a_city_is_the_person_unless_it_stands_as_a_place() -> None:
    text = "Marc Toulouse resigned on Monday. Toulouse said that he was tired."
    assert named(text, "Toulouse").party.name == "Marc Toulouse"
    text = "Marc Toulouse resigned on Monday. Thousands marched in Toulouse."
    assert named(text, "Toulouse").place


def test_of_two_who_share_a_surname_the_last_named_is_meant_with_less_confidence() -> None:
    text = "Amina Okoro met Peter Nolan. James Okoro stayed away. Okoro said that he was ill."
    one = named(text, "Okoro")
    assert one.party.name == "James Okoro"
    assert one.confidence < named("Amina Okoro met Peter Nolan. Nolan smiled.", "Nolan").confidence


def test_a_capital_called_on_is_its_state() -> None:
    assert named("Dakar called on Nouakchott to free the crew.", "Nouakchott").party.name == "Mauritania"
