"""Claims that cannot both hold are found; those that can are not."""

from __future__ import annotations

from dragoman.ledger import Ledger
from dragoman.ledger.views import Dispute
from dragoman.model import Coded

from .made import event, report, strike, tie


def disputes(*coded: Coded) -> list[Dispute]:
    with Ledger.open(":memory:") as ledger:
        ledger.add(coded)
        return ledger.disputes()


def test_said_and_denied() -> None:
    made = report("Ruritania said it had not struck a camp of the Blue Front near the old bridge.", outlet="B")
    denial = Coded(
        made, [event(made, 0, "struck", "ASSAULT", "Ruritania", "Blue Front", stance="denied", said_by=["Ruritania"])]
    )
    (found,) = disputes(strike(), denial)
    assert found.sort == "denied"
    assert [[p.stance for p in side] for side in found.sides] == [["actual"], ["denied"]]
    assert "Ruritania denies it" in found.why
    assert found.why.endswith(".")


def test_one_voice_that_tells_both_disputes_nothing() -> None:
    made = report("Ruritania struck a camp near the bridge. Ruritania has not struck a camp near the bridge.")
    claims = [
        event(made, 0, "struck", "ASSAULT", "Ruritania", "Blue Front"),
        event(made, 1, "struck", "ASSAULT", "Ruritania", "Blue Front", stance="denied"),
    ]
    assert disputes(Coded(made, claims)) == []


def test_different_doers_of_one_act() -> None:
    reports = []
    for doer, outlet in (("Ruritania", "A"), ("Zubrowka", "B")):
        made = report(f"{doer} bombed the market of Freedonia in Dorn.", outlet=outlet)
        where = ("Dorn", "FRE", None, 1.0, 2.0, 9, "PPL", "city")
        reports.append(Coded(made, [event(made, 0, "bombed", "ASSAULT", doer, "Freedonia", where=where)]))
    (found,) = disputes(*reports)
    assert found.sort == "actor"
    assert "Ruritania" in found.why and "Zubrowka" in found.why


def test_different_counts_and_equal_ones() -> None:
    def toll(outlet: str, dead: float) -> Coded:
        made = report(f"Ruritania struck a camp of the Blue Front near the bridge, {outlet} says.", outlet=outlet)
        return Coded(
            made, [event(made, 0, "struck", "ASSAULT", "Ruritania", "Blue Front", counts=[(dead, "dead", "people")])]
        )

    (found,) = disputes(toll("A", 3), toll("B", 20))
    assert found.sort == "count"
    assert len(found.sides) == 2
    assert disputes(toll("A", 20), toll("B", 20)) == []
    assert disputes(toll("A", 20), toll("B", 21)) == []


def test_ties_called_broken_and_close_at_one_time() -> None:
    def said(outlet: str, state: str, day: str = "2020-05-10") -> Coded:
        made = report(f"Ties of Ruritania and Zubrowka are {state}.", outlet=outlet, published=day)
        return Coded(made, [tie(made, 0, state, "Ruritania", "Zubrowka", state=state, tense="current")])

    (found,) = disputes(said("A", "broken"), said("B", "close"))
    assert found.sort == "state"
    assert disputes(said("A", "broken"), said("B", "close", "2022-05-10")) == []
    assert disputes(said("A", "cordial"), said("B", "close")) == []


def test_disputes_of_one_pair_only() -> None:
    made = report("Ruritania said it had not struck a camp of the Blue Front near the old bridge.", outlet="B")
    denial = Coded(
        made, [event(made, 0, "struck", "ASSAULT", "Ruritania", "Blue Front", stance="denied", said_by=["Ruritania"])]
    )
    with Ledger.open(":memory:") as ledger:
        ledger.add([strike(), denial])
        assert len(ledger.disputes(pair=("Blue Front", "Ruritania"))) == 1
        assert ledger.disputes(of="Blue Front", since="2021-01-01") == []
        assert ledger.tie("Ruritania", "Blue Front").disputed == 1.0
