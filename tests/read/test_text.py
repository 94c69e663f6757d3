"""Plain text as people save it from a page."""

from __future__ import annotations

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from dragoman.read.draft import finished, tidied
from dragoman.read.text import read_text

PAGE = """Levant

  • Print this page
  • Send to Kindle
Share on Facebook

Sarvan Delegation in Oltash to Discuss Border Trade

By Mira Tolland | 12 March 2014

Delegates from Sarvan arrived in Oltash on Tuesday for talks on the border trade that both sides
closed last year, the ministry of trade said in a statement.

"We came to listen," the head of the delegation said.

[Photo: Border Post / Agency]

Related: What closed the border
"""


def test_section_title_byline_and_date_are_told_from_the_body() -> None:
    draft = read_text(PAGE)
    assert draft.section == "Levant"
    assert draft.title == "Sarvan Delegation in Oltash to Discuss Border Trade"
    assert draft.authors == ("Mira Tolland",)
    assert draft.published == date(2014, 3, 12)
    assert len(draft.paragraphs) == 2


def test_furniture_is_not_text() -> None:
    text = finished(read_text(PAGE)).text
    for words in ("Kindle", "Photo", "Facebook", "Related", "Print"):
        assert words not in text


def test_wrapped_lines_become_one_paragraph() -> None:
    assert "that both sides closed last year" in finished(read_text(PAGE)).text


def test_the_same_page_without_furniture_reads_the_same() -> None:
    bare = "\n".join(
        line
        for line in PAGE.splitlines()
        if "•" not in line and not line.startswith(("Share", "[Photo", "Related", "Levant"))
    )
    assert finished(read_text(bare)).text == finished(read_text(PAGE)).text
    assert read_text(bare).section is None


def test_a_text_without_a_title_has_none() -> None:
    draft = read_text("The envoy left Oltash on Monday.\n\nHe will return in May.")
    assert draft.title is None
    assert draft.paragraphs == ("The envoy left Oltash on Monday.", "He will return in May.")


def test_a_sentence_that_begins_like_a_button_stays() -> None:
    words = "Print workers in Oltash struck on Monday after the owners of three newspapers cut their pay by a fifth."
    assert words in finished(read_text(words)).text


@given(st.text(max_size=400))
def test_no_text_breaks_the_reader(text: str) -> None:
    draft = read_text(text)
    assert all("\n\n" not in paragraph for paragraph in draft.paragraphs)


@given(st.text(max_size=200))
def test_tidying_twice_changes_nothing(text: str) -> None:
    assert tidied(tidied(text)) == tidied(text)
