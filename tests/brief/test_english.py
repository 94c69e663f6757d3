"""Small English: articles, lists, dates, phrases."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dragoman.brief.english import (
    an,
    listed,
    many,
    named,
    period_text,
    possessive,
    span_text,
    spoken,
    stop,
    when_phrase,
)
from dragoman.brief.notebook import web_address
from dragoman.brief.phrases import load, phrase, words
from dragoman.brief.slug import slug


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("Hamas", "Hamas"), ("Arab League", "the Arab League"), ("United States", "the United States"), ("The Hague", "The Hague"),
        ("Hezbollah", "Hezbollah"), ("Ministry of Defence", "the Ministry of Defence"), ("Bashar al-Assad", "Bashar al-Assad"),
        ("senior general", "a senior general"), ("suicide bombers", "suicide bombers"), ("Muslim world", "the Muslim world"),
        ("Iran's foreign ministry", "Iran's foreign ministry"), ("two officials", "two officials"), ("state media", "state media"),
        ("official of the party", "an official of the party"), ("", ""),
    ],
)  # fmt: skip
def test_names_take_the_article_that_they_need(name: str, words: str) -> None:
    assert spoken(name) == words


def test_names_in_capitals_take_an_article_by_their_head() -> None:
    assert [named(n) for n in ("European Union", "Houthis", "Islamic Jihad")] == [
        "the European Union",
        "the Houthis",
        "Islamic Jihad",
    ]


@pytest.mark.parametrize(
    ("name", "plural"), [("Houthis", True), ("United States", False), ("Hamas", False), ("police", True)]
)
def test_number_of_a_name(name: str, plural: bool) -> None:
    assert many(name) is plural


def test_possessives() -> None:
    assert [possessive(n) for n in ("Hamas", "the United States", "the Houthis", "Iran")] == [
        "Hamas’s",
        "the United States’",
        "the Houthis’",
        "Iran’s",
    ]


def test_lists() -> None:
    assert [listed("ab"[:n]) for n in (0, 1, 2)] == ["", "a", "a and b"]
    assert listed("abcdef", most=4) == "a, b, c and three others"


@pytest.mark.parametrize(
    ("from_", "to", "grain", "text", "phrase_"),
    [
        ("2012-03-03", "2012-03-04", "day", "3 March 2012", "on 3 March 2012"),
        ("2012-03-01", "2012-04-01", "month", "March 2012", "in March 2012"),
        ("2012-01-01", "2013-01-01", "year", "2012", "in 2012"),
        ("2012-03-01", "2012-06-01", "season", "March to May 2012", "in the period March to May 2012"),
        ("2012-03-03", "2012-03-06", "span", "3–5 March 2012", "between 3 and 5 March 2012"),
        (
            "2012-12-30",
            "2013-01-03",
            "week",
            "30 December 2012 to 2 January 2013",
            "in the period 30 December 2012 to 2 January 2013",
        ),
        ("2010-01-01", "2013-01-01", "span", "2010–2012", "in 2010–2012"),
        (None, None, None, "", ""),
        ("bad", None, None, "", ""),
    ],
)
def test_dates_are_no_finer_than_they_are_known(
    from_: str | None, to: str | None, grain: str | None, text: str, phrase_: str
) -> None:
    assert span_text(from_, to, grain) == text
    assert when_phrase(from_, to, grain) == phrase_


def test_periods() -> None:
    assert period_text("2012-01-01", "2013-01-01") == "January 2012 – December 2012"
    assert period_text("2012-01-05", None) == "since 5 January 2012"


def test_sentences_end_once() -> None:
    assert stop("the end") == "The end." and stop("“Yes.”") == "“Yes.”" and an("official") == "an official"


def test_all_phrases_are_complete_and_fill() -> None:
    assert len({t for t, _, _ in load()}) == 16
    for forms in load().values():
        filled = [getattr(forms, k).format(r="Hamas", was="was") for k in forms.__slots__]
        assert all(filled) and not any("{" in f for f in filled)


def test_the_report_s_own_word_comes_before_the_code() -> None:
    assert phrase("SUPPORT", None, (), "thanked").past == "thanked {r}"
    assert phrase("SANCTION", "discontinue", ("economic",)).past == "cut off money or goods to {r}"
    assert phrase("NOSUCH").past and set(words()) <= {t for t, _, _ in load()}


@pytest.mark.parametrize(
    ("url", "kept"),
    [
        ("https://example.org/a?b=1", True), ("http://example.org", True), ("javascript:alert(1)", False), ("https://", False),
        ("data:text/html,x", False), ("https://a\nb", False), ("https://example.org/\"onclick=", False), (None, False), ("//example.org", False),
    ],
)  # fmt: skip
def test_only_web_addresses_become_links(url: str | None, kept: bool) -> None:
    assert (web_address(url) is not None) is kept


@given(st.text(max_size=80))
def test_slugs_are_safe_names(text: str) -> None:
    assert slug(text).isascii() and slug(text) and not set(slug(text)) & set("/\\. \"'")


@given(st.text(max_size=60))
def test_no_name_breaks_the_wording(text: str) -> None:
    assert "\n" not in spoken(text) and isinstance(possessive(text), str)
