"""Grouping: what is one event, what is not, and how many origins it has."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from dragoman.ledger import Ledger
from dragoman.model import Coded, Evidence, Span

from .made import event, report, strike


def groups(ledger: Ledger) -> set[frozenset[str]]:
    return {frozenset(p.claim for p in h.passages) for h in ledger.happenings(main=False)}


def counted(*coded: Coded) -> list[tuple[int, int]]:
    with Ledger.open(":memory:") as ledger:
        ledger.add(coded)
        return [(h.reports, h.origins) for h in ledger.happenings()]


def test_reports_of_one_strike_by_three_outlets_are_one_happening() -> None:
    one, two = (
        strike(words="near the old bridge of Dorn"),
        strike(outlet="Daily Post", words="close to the bridge of Dorn at dawn"),
    )
    assert counted(one, two, strike("2020-05-11", "Third", "at the bridge in Dorn")) == [(3, 3)]


def test_strikes_weeks_apart_are_two() -> None:
    assert len(counted(strike(), strike("2020-06-10"))) == 2


def test_a_stated_day_parts_what_wording_would_join() -> None:
    days = [("2020-05-03", "2020-05-04"), ("2020-05-06", "2020-05-07")]
    reports = []
    for number, (from_, to) in enumerate(days):
        made = report(
            f"Ruritania struck a camp of the Blue Front near the old bridge on day {number}.", outlet=f"Outlet {number}"
        )
        reports.append(
            Coded(
                made,
                [event(made, 0, "struck", "ASSAULT", "Ruritania", "Blue Front", when=(f"day {number}", from_, to))],
            )
        )
    assert len(counted(*reports)) == 2


def test_acts_in_different_towns_on_one_day_are_two() -> None:
    reports = []
    for town, at in (("Dorn", 1), ("Kell", 2)):
        made = report(f"Ruritania struck the Blue Front in {town} on Sunday.", outlet=town)
        where = (town, "ZUB", None, float(at), 2.0, at, "PPL", "city")
        reports.append(
            Coded(
                made,
                [
                    event(
                        made,
                        0,
                        "struck",
                        "ASSAULT",
                        "Ruritania",
                        "Blue Front",
                        where=where,
                        when=("Sunday", "2020-05-10", "2020-05-11"),
                    )
                ],
            )
        )
    assert len(counted(*reports)) == 2


def test_claims_of_one_sentence_are_never_one_happening() -> None:
    made = report("Ruritania struck the Blue Front and struck it again.")
    claims = [event(made, 0, "struck", "ASSAULT", "Ruritania", "Blue Front", number=n) for n in range(2)]
    assert len(counted(Coded(made, claims))) == 2


def test_opposite_directions_are_two() -> None:
    one = report("Ruritania struck the Blue Front near the old bridge.", outlet="A")
    two = report("The Blue Front struck Ruritania near the old bridge.", outlet="B")
    assert len(
        counted(
            Coded(one, [event(one, 0, "struck", "ASSAULT", "Ruritania", "Blue Front")]),
            Coded(two, [event(two, 0, "struck", "ASSAULT", "Blue Front", "Ruritania")]),
        )
    ) == 2  # fmt: skip


def test_an_army_and_its_state_are_one_actor_of_one_event() -> None:
    one = report("Ruritania struck the Blue Front near the old bridge.", outlet="A")
    two = report("The Ruritanian army struck the Blue Front near the old bridge.", outlet="B")
    found = counted(
        Coded(one, [event(one, 0, "struck", "ASSAULT", "Ruritania", "Blue Front")]),
        Coded(two, [event(two, 0, "struck", "ASSAULT", "Ruritanian army", "Blue Front")]),
    )
    assert found == [(2, 2)]


def _quoting(outlet: str, day: str = "2020-05-10", voices: tuple[str, ...] = ("Anna Rill",)) -> Coded:
    made = report(
        f"{outlet} writes: {' and '.join(voices)} said Ruritania struck a camp near the old bridge.",
        outlet=outlet,
        published=day,
    )
    return Coded(made, [event(made, 0, "struck", "ASSAULT", "Ruritania", "Blue Front", said_by=list(voices))])


def test_ten_outlets_citing_one_interview_are_one_origin() -> None:
    assert counted(*(_quoting(f"Outlet {n}") for n in range(10))) == [(10, 1)]


def test_two_people_of_one_body_are_one_origin() -> None:
    assert counted(_quoting("A", voices=("Anna Rill",)), _quoting("B", voices=("Blue Front",))) == [(2, 1)]


def test_a_voice_and_another_outlets_own_word_are_two_origins() -> None:
    own = report("Ruritania struck a camp near the old bridge.", outlet="C")
    found = counted(_quoting("A"), Coded(own, [event(own, 0, "struck", "ASSAULT", "Ruritania", "Blue Front")]))
    assert found == [(2, 2)]


def test_unnamed_voices_of_one_outlet_are_one_origin_and_of_two_are_two() -> None:
    def unnamed(outlet: str, day: str) -> Coded:
        made = report(
            f"An official told us in {outlet} on {day}: Ruritania struck a camp near the old bridge.",
            outlet=outlet,
            published=day,
        )
        voice = ("An official", {"kind": "unnamed", "id": None})
        return Coded(made, [event(made, 0, "struck", "ASSAULT", "Ruritania", "Blue Front", said_by=[voice])])

    assert counted(unnamed("A", "2020-05-10"), unnamed("A", "2020-05-11")) == [(2, 1)]
    assert counted(unnamed("A", "2020-05-10"), unnamed("B", "2020-05-10")) == [(2, 2)]


def test_a_wire_copy_in_another_paper_is_no_second_origin() -> None:
    body = (
        "The shells fell at dawn on the eastern quarter and families fled across the fields to the mill, where nuns gave them bread"
        " and blankets while the rain went on until the evening and the roads were cut."
    )
    reports = []
    for outlet in ("A", "B"):
        made = report(f"Ruritania struck a camp of the Blue Front, {outlet} has learnt. {body}", outlet=outlet)
        reports.append(Coded(made, [event(made, 0, "struck", "ASSAULT", "Ruritania", "Blue Front")]))
    assert counted(*reports) == [(2, 1)]


def test_a_retelling_without_date_never_takes_the_reports_day() -> None:
    made = report("The Blue Front, which Zubrowka had supplied with arms, left.")
    claim = event(made, 0, "supplied", "AID", "Zubrowka", "Blue Front", main=False, tense="earlier")
    with Ledger.open(":memory:") as ledger:
        ledger.add([Coded(made, [claim])])
        (happening,) = ledger.happenings(main=False)
        assert happening.from_ is None
        assert ledger.tie("Zubrowka", "Blue Front").series == ()
        assert ledger.happenings() == []


ACTS = st.tuples(
    st.sampled_from(["2020-05-10", "2020-05-11", "2020-05-13", "2020-05-17"]),
    st.sampled_from(
        ["near the old bridge", "near the old mill in the valley", "by the bridge at noon", "in the valley"]
    ),
    st.sampled_from(["Ruritania", "Ruritanian army", "Zubrowka"]),
    st.sampled_from(["ASSAULT", "COERCE", "ACCUSE"]),
    st.sampled_from([None, ("2020-05-10", "2020-05-11"), ("2020-05-01", "2020-06-01")]),
    st.sampled_from([None, "Anna Rill", "Otto Senn"]),
)


def _act(number: int, act: tuple[str, str, str, str, tuple[str, str] | None, str | None]) -> Coded:
    day, words, actor, type_, span, said = act
    made = report(
        f"{actor} struck the Blue Front {words}.", published=day, outlet=f"Outlet {number % 3}", key=str(number)
    )
    dated = {"when": ("struck", *span)} if span else {}
    voices = {"said_by": [said]} if said else {}
    return Coded(made, [event(made, 0, "struck", type_, actor, "Blue Front", **dated, **voices)])


@settings(max_examples=40, deadline=None)
@given(st.lists(ACTS, min_size=2, max_size=9), st.randoms(use_true_random=False))
def test_happenings_do_not_depend_on_the_order_or_batches_of_reading(acts, chance) -> None:  # type: ignore[no-untyped-def]
    coded = [_act(n, act) for n, act in enumerate(acts)]
    mixed = list(coded)
    chance.shuffle(mixed)
    with Ledger.open(":memory:") as one, Ledger.open(":memory:") as two:
        one.add(coded)
        two.add(mixed, batch=1)
        assert groups(one) == groups(two)
        assert {(h.id, h.origins, h.from_, h.type) for h in one.happenings()} == {
            (h.id, h.origins, h.from_, h.type) for h in two.happenings()
        }
        two.rebuild()
        assert groups(one) == groups(two)
        assert two.verify() == []


@settings(max_examples=25, deadline=None)
@given(st.lists(ACTS, min_size=1, max_size=6), st.lists(st.integers(0, 5), max_size=8))
def test_reading_again_in_any_order_changes_nothing(acts, again) -> None:  # type: ignore[no-untyped-def]
    coded = [_act(n, act) for n, act in enumerate(acts)]
    with Ledger.open(":memory:") as ledger:
        ledger.add(coded)
        before = ledger.happenings(main=False)
        added = ledger.add(coded[n % len(coded)] for n in again)
        assert (added.new, added.revised, added.claims) == (0, 0, 0)
        assert ledger.happenings(main=False) == before


def test_one_verb_done_to_other_things_is_two_acts() -> None:
    def burned(what: str, outlet: str) -> Coded:
        made = report(f"Villagers burned {what} in Dorn.", outlet=outlet)
        return Coded(made, [event(made, 0, "burned", "ASSAULT", "Villagers")])

    assert len(counted(burned("two police posts", "A"), burned("a palm oil mill", "B"))) == 2
    assert len(counted(burned("two police posts", "A"), burned("the police posts and a car", "B"))) == 1


def test_places_in_other_provinces_are_other_places_and_a_town_in_its_province_is_not() -> None:
    def raid(name: str, region: str, precision: str, outlet: str) -> Coded:
        made = report("Ruritania raided a market of the Blue Front.", outlet=outlet)
        where = (name, "ZUB", region, 1.0, 2.0, 9, "ADM1" if precision == "admin1" else "PPL", precision)
        return Coded(made, [event(made, 0, "raided", "ASSAULT", "Ruritania", "Blue Front", where=where)])

    town = raid("Gorz", "Upland", "city", "A")
    assert len(counted(town, raid("Lowland", "Lowland", "admin1", "B"))) == 2
    assert len(counted(town, raid("Upland", "Upland", "admin1", "B"))) == 1


def test_a_headline_and_its_lead_tell_one_event_in_other_words() -> None:
    made = report(
        "Ruritania thanks Blue Front at parade\n\nRuritania praised the Blue Front on Sunday for bread and salt."
    )
    text = made.text
    body = text.index("\n\n") + 2
    made = replace(made, title=text[: body - 2], body=body)
    first = event(made, 0, "thanks", "AGREE", "Ruritania", "Blue Front")
    lead = Evidence(1, body, len(text), text[body:])
    at = text.index("praised")
    second = replace(first, id="second", evidence=lead, trigger=Span(at, at + 7, "praised"))
    first = replace(first, evidence=Evidence(0, 0, body - 2, text[: body - 2]))
    assert len(counted(Coded(made, [first, second]))) == 1
