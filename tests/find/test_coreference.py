"""Who pronouns, titles and nominals are."""

from __future__ import annotations

from functools import cache

import pytest

from dragoman.find.coreference import link
from dragoman.model import Mention, Parse, Report


def test_a_text_without_words_has_no_mentions() -> None:
    assert link(Report("r", ""), Parse("", (), ()), (), ()) == ()


@cache
def mentions(text: str) -> tuple[Mention, ...]:
    from dragoman.find import find
    from dragoman.parse import load
    from dragoman.registry import Registry

    return find(Report("r", text), load().parse(text), Registry.load()).mentions


def who(text: str, words: str) -> str | None:
    at = text.index(words)
    return next((m.party.name for m in mentions(text) if m.party.start <= at < m.party.end and m.form != "name"), None)


@pytest.mark.model
@pytest.mark.parametrize(
    ("text", "words", "name"),
    [
        ("France withdrew its troops from the base.", "its", "France"),
        ("Hezbollah fired two rockets. The group said it acted alone.", "The group", "Hezbollah"),
        ("Jordan closed the crossing. The kingdom cited security.", "The kingdom", "Jordan"),
        ("After its defeat at sea, Spain asked for talks.", "its", "Spain"),
        ("“Our fleet is ready,” said Poland.", "Our", "Poland"),
    ],
)
def test_what_the_words_take_up(text: str, words: str, name: str) -> None:
    assert who(text, words) == name


@pytest.mark.model
def test_a_title_is_its_bearer_in_the_report() -> None:
    text = "Army spokesman Tomas Brandt met reporters on Monday. The spokesman said the road was open."
    assert who(text, "The spokesman") == "Tomas Brandt"


@pytest.mark.model
def test_an_antecedent_supports_the_link() -> None:
    text = "Hezbollah fired two rockets. The group said it acted alone."
    linked = next(m for m in mentions(text) if m.party.text == "The group")
    assert linked.antecedent is not None and linked.antecedent.text == "Hezbollah"
    assert linked.party.via == "nominal"
    assert 0 < linked.confidence <= 1


@pytest.mark.model
def test_it_before_a_clause_is_nobody() -> None:
    text = "Chile sent a note. It was reported that the port had closed."
    assert who(text, "It was") is None
