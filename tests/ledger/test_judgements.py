"""Judgements take effect, are undone, and outlive new coding."""

from __future__ import annotations

from dataclasses import replace

import pytest

from dragoman.ledger import Ledger
from dragoman.ledger.judgements import JudgementError
from dragoman.model import Coded

from .made import event, recoded, report, strike


def test_a_rejected_claim_counts_nowhere_until_undone() -> None:
    with Ledger.open(":memory:") as ledger:
        coded = strike()
        ledger.add([coded])
        n = ledger.judge("reject", coded.claims[0].id, author="eva", reason="sarcasm")
        assert (
            ledger.claims() == [] and ledger.happenings() == [] and ledger.tie("Ruritania", "Blue Front").level is None
        )
        undone = ledger.undo(n, author="eva")
        assert len(ledger.happenings()) == 1
        ledger.undo(undone, author="eva")
        assert ledger.happenings() == []
        assert [(j.verdict, j.holds) for j in ledger.judgements()] == [
            ("reject", True),
            ("undo", False),
            ("undo", True),
        ]
        assert ledger.verify() == []


def test_a_correction_stands_in_place_of_the_machines_claim_and_can_be_undone() -> None:
    with Ledger.open(":memory:") as ledger:
        coded = strike()
        ledger.add([coded])
        claim = coded.claims[0].id
        n = ledger.judge("correct", claim, author="eva", slot="stance", value="denied")
        (passage,) = ledger.claims()
        assert (passage.claim, passage.stance, passage.record["stance"]) == (claim, "denied", "denied")
        assert ledger.happenings()[0].stances == {"denied": 1}
        ledger.judge("correct", claim, author="eva", slot="type", value="COERCE")
        (happening,) = ledger.happenings()
        assert (happening.type, happening.stances) == ("COERCE", {"denied": 1})
        ledger.undo(n, author="eva")
        assert ledger.happenings()[0].stances == {"actual": 1}
        assert ledger.verify() == []


def test_same_joins_what_the_machine_parts_and_different_parts_what_it_joins() -> None:
    with Ledger.open(":memory:") as ledger:
        near, far = strike(), strike("2020-06-20", outlet="B")
        ledger.add([near, far])
        n = ledger.judge("same", near.claims[0].id, other=far.claims[0].id, author="eva")
        assert len(ledger.happenings()) == 1
        ledger.undo(n, author="eva")
        assert len(ledger.happenings()) == 2
        twin = strike(outlet="C")
        ledger.add([twin])
        assert len(ledger.happenings()) == 2
        ledger.judge("different", near.claims[0].id, other=twin.claims[0].id, author="eva")
        assert len(ledger.happenings()) == 3


def test_judgements_are_never_overwritten_by_new_coding_and_found_again_by_the_trigger() -> None:
    with Ledger.open(":memory:") as ledger:
        old = strike()
        ledger.add([old])
        ledger.judge("reject", old.claims[0].id, author="eva")
        ledger.add([recoded(old, "hand 2.0", confidence=0.9)])
        assert ledger.happenings() == []
        trigger = replace(old.claims[0].trigger, start=0, text=old.report.text[0 : old.claims[0].trigger.end])
        ledger.add([recoded(old, "hand 3.0", id="renamed", trigger=trigger)])
        assert ledger.happenings() == []
        assert [j.lost for j in ledger.judgements()] == [False]


def test_a_judgement_whose_claim_is_gone_is_listed_as_lost() -> None:
    with Ledger.open(":memory:") as ledger:
        old = strike()
        ledger.add([old])
        ledger.judge("reject", old.claims[0].id, author="eva")
        ledger.add([Coded(replace(old.report, title="New"), [])])
        assert [j.lost for j in ledger.judgements()] == [True]


def test_a_judgement_made_before_a_claim_of_the_same_event_comes_still_holds() -> None:
    with Ledger.open(":memory:") as ledger:
        one, two = strike(), strike("2020-06-20", outlet="B")
        ledger.add([one, two])
        ledger.judge("same", one.claims[0].id, other=two.claims[0].id, author="eva")
        ledger.rebuild()
        assert len(ledger.happenings()) == 1


@pytest.mark.parametrize(
    ("verdict", "slots", "said"),
    [
        ("reject", {"claim": "nope"}, "no claim"),
        ("same", {}, "two different claims"),
        ("correct", {"slot": "colour", "value": "red"}, "no slot"),
        ("correct", {"slot": "evidence", "value": {}}, "no slot"),
        ("correct", {"slot": "actors", "value": "Iran"}, "expected"),
        ("correct", {"slot": "actors", "value": [{"name": "x"}]}, "no valid correction"),
    ],
)
def test_a_judgement_that_cannot_be_is_a_clear_error_and_touches_nothing(
    verdict: str, slots: dict[str, object], said: str
) -> None:
    with Ledger.open(":memory:") as ledger:
        coded = strike()
        ledger.add([coded])
        with pytest.raises(JudgementError, match=said):
            ledger.judge(verdict, **{"claim": coded.claims[0].id, **slots}, author="eva")  # type: ignore[arg-type]
        assert ledger.judgements() == []


def test_a_retraction_strikes_and_a_correction_strikes_what_it_states_anew() -> None:
    wrong = report("Ruritania struck the Blue Front. Zubrowka met Freedonia.", key="w", url="https://herald.example/1")
    claims = [
        event(wrong, 0, "struck", "ASSAULT", "Ruritania", "Blue Front"),
        event(wrong, 1, "met", "CONSULT", "Zubrowka", "Freedonia"),
    ]
    corrected = report(
        "Correction: Ruritania never struck the Blue Front.",
        key="c",
        notice="correction",
        replaces="https://herald.example/1",
    )
    retracted = report("We retract our report of Sunday.", key="r", notice="retraction", replaces=wrong.id)
    correction = Coded(
        corrected, [event(corrected, 0, "struck", "ASSAULT", "Ruritania", "Blue Front", stance="denied")]
    )
    for order in ([Coded(wrong, claims), correction], [correction, Coded(wrong, claims)]):
        with Ledger.open(":memory:") as ledger:
            for coded in order:
                ledger.add([coded])
            assert ledger.tie("Ruritania", "Blue Front").level is None
            assert len(ledger.happenings(of="Zubrowka")) == 1
            ledger.add([Coded(retracted)])
            assert ledger.happenings(of="Zubrowka") == []
            found = ledger.report(wrong.id)
            assert found is not None and found[0].retracted
            assert len(list(ledger.records(struck=True))) == 3
            assert ledger.verify() == []
