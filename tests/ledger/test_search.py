"""Search by words, names and filters."""

from __future__ import annotations

from dataclasses import replace

import pytest

from dragoman.ledger import Filters, Ledger
from dragoman.model import Coded

from .made import event, report, strike


@pytest.fixture
def ledger():  # type: ignore[no-untyped-def]
    with Ledger.open(":memory:") as opened:
        made = report(
            "Anna Rill said the Ruritanian army struck a café near Oldbridge. Zubrowka supplied arms to the Blue Front.",
            outlet="Daily Post", published="2020-06-01",
        )  # fmt: skip
        claims = [
            event(made, 0, "struck", "ASSAULT", "Ruritanian army", "Blue Front", said_by=["Anna Rill"]),
            event(
                made,
                1,
                "supplied",
                "AID",
                "Zubrowka",
                "Blue Front",
                stance="planned",
                where=("Kell", "ZUB", None, 1.0, 2.0, 3, "PPL", "city"),
            ),
        ]
        opened.add([Coded(made, claims), strike()])
        yield opened


def texts(found: list) -> list[str]:  # type: ignore[type-arg]
    return [p.text for p in found]


def test_words_ignore_case_and_marks(ledger: Ledger) -> None:
    assert texts(ledger.search("CAFE oldbridge")) == [
        "Anna Rill said the Ruritanian army struck a café near Oldbridge."
    ]


def test_a_name_finds_claims_where_it_is_party_or_voice_under_any_name(ledger: Ledger) -> None:
    assert len(ledger.search("Blue Front")) == 3
    assert texts(ledger.search("Anna Rill")) == ["Anna Rill said the Ruritanian army struck a café near Oldbridge."]
    assert len(ledger.search("blue front arms")) == 1


def test_quoted_words_must_stand_together(ledger: Ledger) -> None:
    assert len(ledger.search('"old bridge"')) == 1
    assert ledger.search('"bridge old"') == []


@pytest.mark.parametrize(
    ("filters", "count"),
    [
        (Filters(of="Zubrowka"), 1), (Filters(pair=("Ruritania", "Blue Front")), 2), (Filters(types=("AID",)), 1),
        (Filters(stance="planned"), 1), (Filters(voice="Anna Rill"), 1), (Filters(since="2020-05-20"), 2), (Filters(until="2020-05-20"), 1),
        (Filters(place="Kell"), 1), (Filters(place="ZUB"), 1), (Filters(source="daily post"), 2), (Filters(kind="tie"), 0), (Filters(), 3),
    ],
)  # fmt: skip
def test_filters_alone_and_with_words(ledger: Ledger, filters: Filters, count: int) -> None:
    assert len(ledger.search("", filters)) == count
    assert len(ledger.search("front", filters)) <= count


def test_reliability_is_the_users_word_on_outlets(ledger: Ledger) -> None:
    assert ledger.search("", Filters(reliability="B")) == []
    ledger.grade_source("The Herald", reliability="A")
    (passage,) = ledger.search("", Filters(reliability="B"))
    assert passage.report.reliability == "A"


def test_pages_do_not_overlap_and_tell_the_total(ledger: Ledger) -> None:
    first, second = ledger.find("blue front", limit=2), ledger.find("blue front", limit=2, offset=2)
    assert (first.total, len(first.passages), len(second.passages)) == (3, 2, 1)
    assert {p.claim for p in first.passages}.isdisjoint(p.claim for p in second.passages)


@pytest.mark.parametrize(
    "text",
    ['"', "AND", "NEAR(a b)", "*", "a* OR (", "'; DROP TABLE claim; --", "x" * 5000, "(((", "\x00", "؟", "col:um"],
)
def test_no_query_is_an_error(ledger: Ledger, text: str) -> None:
    ledger.search(text)
    assert ledger.verify() == []


def test_names_with_marks_are_found_by_the_beginning_of_a_word(ledger: Ledger) -> None:
    assert [a.name for a in ledger.actors("fro")] == ["Blue Front"]
    assert ledger.actor("THE BLUE FRONT") == ledger.actor("blue-front")
    assert ledger.actor("nobody") is None


def test_what_is_expected_is_listed_with_dated_first(ledger: Ledger) -> None:
    made = report("Ruritania will meet Zubrowka on 1 July.", key="plan")
    when = ("1 July", "2020-07-01", "2020-07-02")
    ledger.add([Coded(made, [event(made, 0, "meet", "CONSULT", "Ruritania", "Zubrowka", stance="planned", when=when)])])
    assert [p.trigger for p in ledger.expected()] == ["meet", "supplied"]
    assert [p.trigger for p in ledger.expected(on_after="2020-07-02")] == ["supplied"]


def test_a_name_is_found_by_spellings_that_only_the_whos_who_has() -> None:
    made = report("Meshaal met envoys.", outlet="Daily Post")
    claim = event(made, 0, "met", "CONSULT", "Meshaal")
    known = replace(claim.actors[0], id="khaled-mashal", name="Khaled Mashal", country="PSE", kind="person")
    with Ledger.open(":memory:") as ledger:
        ledger.add([Coded(made, [replace(claim, actors=(known,))])])
        for name in ("Meshaal", "Mashal", "Khalid Mishal"):
            assert len(ledger.search(name)) == 1, name
