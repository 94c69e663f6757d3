import numpy as np
import pytest

from dragoman.parse.rules import rules
from dragoman.parse.sentences import guarded, segments
from dragoman.parse.tokenize import tokenize


def texts(text: str) -> list[str]:
    return [text[s.start : s.end] for s in segments(text)]


def starts(text: str, score: float = 9.0) -> list[str]:
    """The words that start sentences if the model gives every word the same score."""
    forms, _, gaps = tokenize(text, 0, len(text), rules())
    found = guarded(forms, gaps, np.full(len(forms), score, np.float32), rules())
    return [form for form, start in zip(forms, found, strict=True) if start]


def test_blank_lines_part_paragraphs() -> None:
    found = segments("A title\n\nFirst one.\n \n\nSecond.")
    assert [s.paragraph for s in found] == [0, 1, 2]


def test_wrapped_lines_of_mail_stay_together() -> None:
    text = "The minister said that the government would\nnot accept the terms that were put to it\nlast week."
    assert texts(text) == [text]


def test_list_items_stand_alone() -> None:
    assert texts("We saw:\n- two tanks\n- a truck") == ["We saw:", "- two tanks", "- a truck"]


def test_a_short_line_without_stop_is_a_headline() -> None:
    body = "The two sides met on Monday for the first time in ten years, officials said on Tuesday."
    assert texts("Talks resume\n" + body) == ["Talks resume", body]


@pytest.mark.parametrize("text", ["", " ", "\n\n \t\n", "\r\n\r\n"])
def test_blank_text_has_no_paragraph(text: str) -> None:
    assert segments(text) == []


@pytest.mark.parametrize(
    ("text", "never"),
    [
        ("Gen. Smith left", "Smith"),
        ("On Jan. 5 it rained", "5"),
        ("George W. Bush won", "Bush"),
        ("The U.S. Army left", "Army"),
        ('"Stop!" he said', "he"),
        ("It is Smith's", "'s"),
    ],
)
def test_no_sentence_starts_there_however_sure_the_model_is(text: str, never: str) -> None:
    assert never not in starts(text)


def test_a_sentence_may_start_after_an_acronym_if_an_opener_follows() -> None:
    assert "The" in starts("They left the U.S. The war went on")


def test_after_a_stop_a_capital_needs_little_to_start_a_sentence() -> None:
    assert starts("It ended. Russia left.", -2.0) == ["It", "Russia"]
    assert starts("It ended. Russia left.", -8.0) == ["It"]
