"""Groups of states by day, and members by the who's who."""

from __future__ import annotations

import itertools
from datetime import date

import pytest

from dragoman.ledger import Ledger, UnknownActor
from dragoman.ledger.groups import _groups, states_of
from dragoman.model import Coded, Party, Report, Span
from dragoman.model.claims import EventClaim, Evidence


def named(*states: tuple[str, str, str]) -> Ledger:
    """A ledger of one report in which these states (id, name, code) act."""
    text = " ".join(name for _, name, _ in states)
    made = Report(id="r", text=text, published=date(2015, 1, 1))
    parties = tuple(
        Party(name, text.index(name), text.index(name) + len(name), id_, name, "state" if code else None, code or None)
        for id_, name, code in states
    )
    ledger = Ledger.open(":memory:")
    claim = EventClaim(
        id="c", main=True, evidence=Evidence(0, 0, len(text), text), trigger=Span(0, 1, text[0]), stance="actual", tense="past",
        type="CONSULT", quad="verbal-cooperation", intensity=1.0, actors=parties, coder="hand 1.0",
    )  # fmt: skip
    ledger.add([Coded(made, [claim])])
    return ledger


def test_a_group_is_its_members_that_reports_name_with_itself_first() -> None:
    states = [
        ("kuwait", "Kuwait", "KWT"),
        ("qatar", "Qatar", "QAT"),
        ("iran", "Iran", "IRN"),
        (None, "Gulf states", ""),
    ]
    with named(*states) as ledger:  # type: ignore[arg-type]
        assert [a.name for a in ledger.group("the Gulf states")] == ["Gulf states", "Kuwait", "Qatar"]
        assert [a.name for a in ledger.group("GCC")] == ["Kuwait", "Qatar"]
        assert [a.name for a in ledger.group("GCC", date(1975, 1, 1))] == []
        with pytest.raises(UnknownActor):
            ledger.group("Syldavian League")


@pytest.mark.parametrize(
    ("name", "code", "day", "member"),
    [
        ("European Union", "GBR", date(2019, 6, 1), True), ("EU", "GBR", date(2020, 2, 1), False), ("EU", "HRV", date(2013, 6, 30), False),
        ("EU", "HRV", date(2013, 7, 1), True), ("Arab League", "SYR", date(2011, 11, 15), True), ("Arab League", "SYR", date(2015, 1, 1), False),
        ("Arab states", "SYR", None, True), ("NATO", "SWE", None, True), ("NATO", "SWE", date(2022, 1, 1), False),
        ("P5+1", "DEU", date(2015, 7, 14), True),
    ],
)  # fmt: skip
def test_membership_goes_by_the_day(name: str, code: str, day: date | None, member: bool) -> None:
    assert (code in (states_of(name, day) or ())) is member


def test_every_period_of_a_member_lies_in_order() -> None:
    for name, members in _groups().items():
        for code in {m.code for m in members}:
            held = [m for m in members if m.code == code]
            assert all(
                a.to is not None and b.from_ is not None and a.to <= b.from_ for a, b in itertools.pairwise(held)
            ), (name, code)
            assert all(m.from_ is None or m.to is None or m.from_ < m.to for m in held), (name, code)
