"""Time expressions, from words to days. The parses have words only, unless a test says otherwise."""

from __future__ import annotations

import itertools
import re
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dragoman.find.times import find_times
from dragoman.model import Parse, Report, Sentence, Timex, Token

WEDNESDAY = date(2024, 5, 15)


def words(text: str) -> Parse:
    found = list(re.finditer(r"\w+|[^\w\s]", text))
    tokens = tuple(
        Token(i, m.start(), m.end(), m.group(), m.group().lower(), "X", "", "", i, "", 0) for i, m in enumerate(found)
    )
    return Parse(text, tokens, (Sentence(0, 0, len(tokens), 0, len(text), 0),) if tokens else ())


def times(text: str, published: date | None = WEDNESDAY, parse: Parse | None = None) -> tuple[Timex, ...]:
    return find_times(Report("r", text, published=published), parse or words(text))


def one(text: str, published: date | None = WEDNESDAY) -> Timex:
    (found,) = times(text, published)
    return found


@pytest.mark.parametrize(
    ("text", "extent", "kind", "value"),
    [
        ("They met on 5 May 2013 in Doha.", "5 May 2013", "DATE", "2013-05-05"),
        ("They met on Sunday, May 5, 2013, in Doha.", "Sunday, May 5, 2013", "DATE", "2013-05-05"),
        ("They met yesterday.", "yesterday", "DATE", "2024-05-14"),
        ("The boat was stopped in March on its way north.", "March", "DATE", "2024-03"),
        ("They met on Friday.", "Friday", "DATE", "2024-05-10"),
        ("They will meet on Friday.", "Friday", "DATE", "2024-05-17"),
        ("They will meet next Tuesday.", "next Tuesday", "DATE", "2024-05-21"),
        ("They had met last week.", "last week", "DATE", "2024-W19"),
        ("They met last March.", "last March", "DATE", "2024-03"),
        ("They met in September.", "September", "DATE", "2023-09"),
        ("They met three months ago.", "three months ago", "DATE", "2024-02"),
        ("They met early this year.", "early this year", "DATE", "2024"),
        ("They met in the early 1990s.", "the early 1990s", "DATE", "199"),
        ("They met in the 19th century.", "the 19th century", "DATE", "18"),
        ("They met in the third quarter of 2023.", "the third quarter of 2023", "DATE", "2023-Q3"),
        ("They met in the winter of 1994.", "the winter of 1994", "DATE", "1994-WI"),
        ("They met in fiscal 2022.", "fiscal 2022", "DATE", "2022"),
        ("They met in nineteen ninety-six.", "nineteen ninety-six", "DATE", "1996"),
        ("They met in 218 BC.", "218 BC", "DATE", "BC0218"),
        ("They met at 5 p.m. EST Nov. 9.", "5 p.m. EST Nov. 9", "TIME", "2023-11-09T17:00"),
        ("They met at noon Tuesday.", "noon Tuesday", "TIME", "2024-05-14T12:00"),
        ("They met last night.", "last night", "TIME", "2024-05-14TNI"),
        ("They met for more than two years.", "more than two years", "DURATION", "P2Y"),
        ("They met for two and a half years.", "two and a half years", "DURATION", "P2Y6M"),
        ("They met for several weeks.", "several weeks", "DURATION", "PXW"),
        ("They met every Friday.", "every Friday", "SET", "XXXX-WXX-5"),
        ("They met every two weeks.", "every two weeks", "SET", "P2W"),
        ("They meet now.", "now", "DATE", "PRESENT_REF"),
        ("They met on 12 Ramadan 1435.", "12 Ramadan 1435", "DATE", "2014-07-09"),
        ("They met on 22 Bahman 1357.", "22 Bahman 1357", "DATE", "1979-02-11"),
        ("They met on 5 Iyar 5708.", "5 Iyar 5708", "DATE", "1948-05-14"),
        ("They met on Easter 2024.", "Easter 2024", "DATE", "2024-03-31"),
    ],
)
def test_an_expression_has_its_extent_type_and_value(text: str, extent: str, kind: str, value: str) -> None:
    found = one(text)
    assert (found.text, found.type, found.value) == (extent, kind, value)


@pytest.mark.parametrize(
    ("text", "days", "grain"),
    [
        ("They met on 5 May 2013.", ("2013-05-05", "2013-05-06"), "day"),
        ("They met in February 2012.", ("2012-02-01", "2012-03-01"), "month"),
        ("They met last week.", ("2024-05-06", "2024-05-13"), "week"),
        ("They met in the 1990s.", ("1990-01-01", "2000-01-01"), "decade"),
        ("They met over the past two weeks.", ("2024-05-01", "2024-05-16"), "span"),
    ],
)
def test_days_are_half_open(text: str, days: tuple[str, str], grain: str) -> None:
    found = one(text)
    assert ((found.from_, found.to), found.grain) == (days, grain)


def test_since_and_until_leave_one_end_open() -> None:
    since, until = one("Held since March 2012."), one("Held until March 2012.")
    assert (since.from_, since.to, since.open) == ("2012-03-01", None, "to")
    assert (until.from_, until.to, until.open) == (None, "2012-04-01", "from")


def test_both_ends_of_a_range_have_the_days_of_the_whole() -> None:
    first, last = times("They ruled from 2012 to 2014.")
    assert (first.value, last.value) == ("2012", "2014")
    assert first.whole is not None and first.whole.text == "2012 to 2014"
    assert {(t.from_, t.to, t.grain) for t in (first, last)} == {("2012-01-01", "2015-01-01", "span")}


def test_days_of_one_month_share_its_year() -> None:
    assert [t.value for t in times("On 2-4 May 2012.")] == ["2012-05-02", "2012-05-04"]
    assert [t.value for t in times("On May 4 and 5, 1945.")] == ["1945-05-04", "1945-05-05"]
    assert [t.value for t in times("Between March and June 2012.")] == ["2012-03", "2012-06"]


def test_the_story_anchors_what_follows() -> None:
    found = times(
        "He fled on 5 May 2013. The next day he spoke. Two years later he died. Earlier that year he wed.", None
    )
    assert [t.value for t in found] == ["2013-05-05", "2013-05-06", "2015", "2015"]
    assert found[1].anchor is not None and found[1].anchor.text == "5 May 2013"


def test_a_bare_month_is_of_the_year_told_of_where_there_is_no_publication_date() -> None:
    assert [t.value for t in times("In June 1940 it fell. In September he left.", None)] == ["1940-06", "1940-09"]


def test_without_a_publication_date_nothing_relative_has_days() -> None:
    found = times("He left on Friday, last week, in March, yesterday, two days ago and this year.", None)
    assert len(found) == 6
    assert all(t.from_ is None and t.to is None for t in found)


@pytest.mark.parametrize("text", ["on 31 June 2023", "on Feb. 30, 2023", "on 2023-02-30"])
def test_a_day_that_is_not_has_no_value(text: str) -> None:
    found = one(text)
    assert (found.value, found.from_, found.to) == (None, None, None)


@pytest.mark.parametrize(
    "text",
    [
        "He may go and march to the sea.",
        "In the field 2000 men fell.",
        "After the fall of Kabul they fled.",
        "It cost $1999 then.",
        "A second man, 37 years old, stood by.",
        "Four flights a week leave.",
        "Mr. May spoke.",
    ],
)
def test_words_that_mean_something_else_are_left_alone(text: str) -> None:
    assert times(text) == ()


def test_the_verb_of_the_parse_decides_past_or_future() -> None:
    text = "Talks on Friday will resume"
    rows = [
        ("Talks", "NOUN", "", 4, "nsubj"),
        ("on", "ADP", "", 2, "case"),
        ("Friday", "PROPN", "", 0, "nmod"),
        ("will", "AUX", "", 4, "aux"),
        ("resume", "VERB", "VerbForm=Inf", 4, "root"),
    ]
    tokens, at = [], 0
    for i, (word, upos, feats, head, dep) in enumerate(rows):
        tokens.append(Token(i, at, at + len(word), word, word.lower(), upos, "", feats, head, dep, 0))
        at += len(word) + 1
    parse = Parse(text, tuple(tokens), (Sentence(0, 0, 5, 0, len(text), 0),))
    (found,) = times(text, WEDNESDAY, parse)
    assert found.value == "2024-05-17"


def test_tokens_of_the_span_are_named() -> None:
    found = one("They met on 5 May 2013.")
    assert (found.first, found.last) == (3, 6)


def test_a_feast_of_many_days_lasts_them() -> None:
    found = one("Ramadan began.")
    assert found.from_ == "2024-03-10" and found.to == "2024-04-09" and found.approx


PIECES = [
    *"0123456789 .,:/-'()aApPmM%$\n",
    " May ",
    " Friday ",
    " the ",
    " of ",
    " years ",
    " ago ",
    " BC ",
    " second ",
]


@given(st.lists(st.sampled_from(PIECES), max_size=40).map("".join))
def test_no_text_breaks_it_and_every_span_is_true(text: str) -> None:
    for published in (None, WEDNESDAY):
        for found in times(text, published):
            assert text[found.start : found.end] == found.text
            assert found.from_ is None or found.to is None or found.from_ < found.to


def test_spans_do_not_overlap() -> None:
    found = times(
        "From early March 2012 until the end of the year, on Monday night and 5-7 May, at 5 p.m. Friday, twice a week."
    )
    assert all(a.end <= b.start for a, b in itertools.pairwise(found))


def test_what_is_told_as_a_few_months_later_was_over_before_the_report() -> None:
    later = times("Rebels took the town in January 2024. A few months later they left it.")[1]
    assert (later.from_, later.to, later.open, later.approx) == ("2024-02-01", "2024-05-15", None, True)


def test_without_a_date_words_of_the_day_of_writing_end_a_story() -> None:
    told = times("The town fell in June 2012. In August it was retaken.", published=None)
    assert told[1].value == "2012-08"
    spoken = times("The town fell in June 2012. Last week it was shelled. In August a truce held.", published=None)
    assert (spoken[2].text, spoken[2].from_) == ("August", None)
