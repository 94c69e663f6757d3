"""What the ledger knew on a day: the view of that day, whatever was read or judged since."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from dragoman.ledger import Ledger, Sources
from dragoman.model import Coded

from .made import event, report, strike, tie

SIDES = ("Ruritania", "Blue Front")
OUTLETS = ("The Herald", "Daily Post", "Evening News")


class Calendar:
    """A clock that is a day later each time it is read."""

    def __init__(self) -> None:
        self.at = 0

    def __call__(self) -> str:
        self.at += 1
        return f"{self.day}T12:00:00Z"

    @property
    def day(self) -> str:
        month, day = divmod(self.at, 28)
        return f"2021-{month + 1:02d}-{day + 1:02d}"


def views(ledger: Ledger, **then: Any) -> dict[str, Any]:
    """All that has an as-of view."""
    graded = ledger.only(Sources(reliability="B"))
    return {
        "happenings": ledger.happenings(main=False, **then),
        "graded": graded.happenings(main=False, **then),
        "window": ledger.happenings(since="2020-05-09", until="2020-05-11", **then),
        **({} if ledger.actor(SIDES[1]) is None or ledger.actor(SIDES[0]) is None else {
            "of": ledger.happenings(of=SIDES[1], main=False, **then),
            "tie": ledger.tie(*SIDES, **then),
            "alone": ledger.tie(*SIDES, rollup=False, **then),
            "graded tie": graded.tie(*SIDES, **then),
            "ties": ledger.ties_of(SIDES[0], **then),
            "disputes": ledger.disputes(pair=SIDES, **then),
        }),
    }  # fmt: skip


def act(day: int, outlet: str, words: str, stance: str, version: int) -> Coded:
    """A report of one strike: told alike by outlets and days, coded anew by later versions."""
    made = strike(f"2020-05-{day:02d}", outlet, f"near {words}", stance=stance, counts=((day % 3 + 4, "dead", None),))
    claims = [replace(c, coder=f"hand {version}.0", type="COERCE" if version == 3 else "ASSAULT") for c in made.claims]
    return replace(made, claims=claims)


def stated(day: int, state: str) -> Coded:
    made = report(
        "Ties of Ruritania and the Blue Front are known.", published=f"2020-05-{day:02d}", outlet="Daily Post"
    )
    return Coded(made, [tie(made, 0, "known", *SIDES, state=state, tense="current")])


def taken_back(first: Coded, notice: str) -> Coded:
    made = report(
        f"Notice on {first.report.id}: Ruritania struck nobody of the Blue Front.",
        published="2020-05-20", notice=notice, replaces=first.report.id,
    )  # fmt: skip
    return Coded(made, [event(made, 0, "struck", "ASSAULT", *SIDES, stance="denied")])


DAYS = st.integers(9, 12)
ACTS = st.builds(
    act, DAYS, st.sampled_from(OUTLETS), st.sampled_from(["the old bridge", "the port of Zenda"]),
    st.sampled_from(["actual", "denied", "planned"]), st.integers(1, 3),
)  # fmt: skip
STEPS = st.one_of(
    st.tuples(st.just("add"), st.lists(ACTS, min_size=1, max_size=2)),
    st.tuples(st.just("state"), st.builds(stated, DAYS, st.sampled_from(["close", "strained"]))),
    st.tuples(st.sampled_from(["retraction", "correction"]), st.integers(0, 3)),
    st.tuples(st.sampled_from(["accept", "reject"]), st.integers(0, 5)),
    st.tuples(
        st.just("correct"),
        st.tuples(st.integers(0, 5), st.sampled_from([("stance", "denied"), ("type", "AID"), ("outcome", "failed")])),
    ),
    st.tuples(st.sampled_from(["same", "different"]), st.tuples(st.integers(0, 5), st.integers(0, 5))),
    st.tuples(st.just("undo"), st.integers(0, 5)),
    st.tuples(st.just("grade"), st.tuples(st.sampled_from(OUTLETS), st.sampled_from("ABCD"))),
)


def do(ledger: Ledger, step: tuple[str, Any], read: list[Coded]) -> None:
    """One step of people or machine, where there is something to do it to."""
    what, given_ = step
    claims = sorted({c.id for coded in read for c in coded.claims})
    events = sorted({c.id for coded in read for c in coded.claims if c.kind == "event"})
    pick: Callable[[list[str], int], str] = lambda held, at: held[at % len(held)]  # noqa: E731
    if what == "add":
        read.extend(given_)
        ledger.add(given_)
    elif what == "state":
        read.append(given_)
        ledger.add([given_])
    elif what in ("retraction", "correction") and read:
        made = taken_back(read[given_ % len(read)], what)
        read.append(made)
        ledger.add([made])
    elif what in ("accept", "reject") and claims:
        ledger.judge(what, pick(claims, given_), author="eva")  # type: ignore[arg-type]
    elif what == "correct" and events:
        slot, value = given_[1]
        ledger.judge("correct", pick(events, given_[0]), author="eva", slot=slot, value=value)
    elif what in ("same", "different") and len(events) > 1:
        one, two = (pick(events, at) for at in given_)
        if one != two:
            ledger.judge(what, one, other=two, author="eva")  # type: ignore[arg-type]
    elif what == "undo":
        held = [j.n for j in ledger.judgements() if j.holds]
        if held:
            ledger.undo(held[given_ % len(held)], author="eva")
    elif what == "grade":
        ledger.grade_source(given_[0], reliability=given_[1])


@settings(max_examples=25, deadline=None)
@given(st.lists(STEPS, min_size=1, max_size=9))
def test_as_of_a_day_is_what_was_seen_on_it(steps: list[tuple[str, Any]]) -> None:
    clock, read = Calendar(), list[Coded]()
    with Ledger.open(":memory:", clock=clock) as ledger:
        seen: dict[str, dict[str, Any]] = {}
        for step in steps:
            do(ledger, step, read)
            seen[clock.day] = views(ledger)
        for day, then in seen.items():
            now = views(ledger, as_of=day)
            for view in then:
                assert now[view] == then[view], (view, day)
        before = views(ledger, as_of="2020-12-31")
        tied = ("tie", "alone", "graded tie")
        assert not any(found for view, found in before.items() if view not in tied)
        assert all(
            before[view].happenings == before[view].series == before[view].stated == ()
            for view in tied
            if view in before
        )
