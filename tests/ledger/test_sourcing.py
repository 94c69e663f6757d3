"""Outlets are graded, and everything can be asked of some of them only."""

from __future__ import annotations

import pytest

from dragoman.errors import LedgerError
from dragoman.ledger import Filters, Ledger, Sources
from dragoman.model import Coded

from .made import event, report, strike, tie


def filled() -> Ledger:
    """One strike told by three outlets, one of them of a state; one pact told by the worst of them; a denial."""
    ledger = Ledger.open(":memory:")
    pact = report("Ruritania and Zubrowka signed a pact.", outlet="Rumour Mill", published="2020-06-01")
    denial = report("Ruritania did not strike the Blue Front on 9 May.", outlet="State Voice", published="2020-05-11")
    day = ("9 May", "2020-05-09", "2020-05-10")
    strained = report("Ties of Ruritania and the Blue Front are strained.", outlet="Rumour Mill")
    ledger.add([
        strike(outlet="The Herald"), strike(outlet="State Voice", words="by the river"), strike(outlet="Rumour Mill", words="on the hill"),
        Coded(pact, [event(pact, 0, "signed", "AGREE", ("Ruritania", "Zubrowka"), mutual=True)]),
        Coded(denial, [event(denial, 0, "strike", "ASSAULT", "Ruritania", "Blue Front", stance="denied", when=day)]),
        Coded(strained, [tie(strained, 0, "strained", "Ruritania", "Blue Front", state="strained", tense="current")]),
    ])  # fmt: skip
    ledger.grade_source("The Herald", reliability="A")
    ledger.grade_source("state voice", reliability="c", owner="Ministry of Truth", state="rur")
    ledger.grade_source("Rumour Mill", reliability="E")
    return ledger


def test_what_is_said_of_an_outlet_is_kept_changed_and_taken_back() -> None:
    with filled() as ledger:
        ledger.grade_source("State Voice", reliability="D")
        listed = {s.outlet: s for s in ledger.all_sources()}
        assert (listed["state voice"].reliability, listed["state voice"].owner, listed["state voice"].state) == (
            "D", "Ministry of Truth", "RUR",
        )  # fmt: skip
        assert listed["state voice"].reports == 2 and listed["The Herald"].reports == 1
        ledger.grade_source("State Voice", state="")
        assert {s.outlet: s.state for s in ledger.all_sources()}["state voice"] is None
        with pytest.raises(LedgerError, match="grade from A"):
            ledger.grade_source("The Herald", reliability="Z")


def test_everything_rests_on_the_sources_asked_for() -> None:
    with filled() as ledger:
        good = ledger.only(Sources(reliability="C"))
        assert {p.report.outlet for p in good.claims()} == {"The Herald", "State Voice"}
        assert {h.type for h in good.happenings()} == {"ASSAULT"}
        assert {h.type for h in ledger.happenings()} == {"ASSAULT", "AGREE"}
        assert good.tie("Ruritania", "Zubrowka").level is None
        assert good.tie("Ruritania", "Blue Front").stated == ()
        assert [t.b.name for t in good.ties_of("Ruritania")] == ["Blue Front"]
        assert good.coverage().reports == 3 and ledger.coverage().reports == 6
        assert {p.report.outlet for p in good.search("")} == {"The Herald", "State Voice"}
        assert len(ledger.happenings()) == 2, "the ledger itself is as before"


def test_origins_and_levels_are_counted_anew_from_the_sources_asked_for() -> None:
    with filled() as ledger:
        (every,) = (h for h in ledger.happenings(types=["ASSAULT"]) if "actual" in h.stances)
        (herald,) = ledger.only(Sources(outlets=("the herald",))).happenings()
        assert (every.reports, herald.reports, herald.origins) == (4, 1, 1)
        assert every.id.startswith("h") and herald.passages[0].report.outlet == "The Herald"
        state = ledger.only(Sources(without_state="RUR")).happenings(types=["ASSAULT"])
        assert [h.stances for h in state] == [{"actual": 2}]
        owned = ledger.only(Sources(owner="truth"))
        assert {p.report.outlet for p in owned.claims()} == {"State Voice"}


def test_disputes_need_two_sides_among_the_sources() -> None:
    with filled() as ledger:
        assert [d.sort for d in ledger.disputes()] == ["denied"]
        assert ledger.only(Sources(reliability="A")).disputes() == []
        assert len(ledger.only(Sources(reliability="C")).disputes()) == 1


def test_grades_are_found_whatever_the_spelling_of_the_outlet() -> None:
    with filled() as ledger:
        assert len(ledger.search("", Filters(source="THE HERALD"))) == 1
        assert {p.report.outlet for p in ledger.search("", Filters(reliability="c"))} == {"The Herald", "State Voice"}
        with pytest.raises(LedgerError, match="grade from A"):
            ledger.search("", Filters(reliability="Q"))


def test_as_of_and_sources_go_together() -> None:
    with filled() as ledger:
        herald = ledger.only(Sources(outlets=("The Herald",)))
        assert len(herald.happenings(as_of="2999-01-01")) == 1
        assert len(herald.tie("Ruritania", "Blue Front", as_of="2999-01-01").happenings) == 1
        assert herald.happenings(as_of="1999-01-01") == []
