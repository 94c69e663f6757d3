"""Levels: what counts, how much, and what the band tells."""

from __future__ import annotations

import math
import random
import time
from dataclasses import replace
from pathlib import Path

import pytest

from dragoman.ledger import Ledger, Sources, UnknownActor
from dragoman.ledger.changes import change_points
from dragoman.ledger.kalman import levels
from dragoman.ledger.levels import Observed, course, state_name, weight_of
from dragoman.ledger.ties import observed_stated
from dragoman.model import Coded, Failure

from .made import event, report, strike, tie


def acts(type_: str, days: list[str], **rest: object) -> list[Coded]:
    found = []
    for n, day in enumerate(days):
        made = report(
            f"Ruritania acted towards the Blue Front for reason {n}.", published=day, outlet=f"Outlet {n % 3}"
        )
        found.append(Coded(made, [event(made, 0, "acted", type_, "Ruritania", "Blue Front", **rest)]))
    return found


def months(first: int, last: int) -> list[str]:
    return [f"20{10 + m // 12:02d}-{m % 12 + 1:02d}-14" for m in range(first, last)]


def test_aid_raises_and_violence_lowers_the_level() -> None:
    with Ledger.open(":memory:") as ledger:
        ledger.add(acts("AID", months(0, 24)))
        friendly = ledger.tie("Ruritania", "Blue Front")
        assert friendly.level is not None and friendly.level > 4
        assert friendly.state == "close"
        ledger.add(acts("ASSAULT", months(24, 48)))
        hostile = ledger.tie("Blue Front", "Ruritania")
        assert hostile.level is not None and hostile.level < -5
        assert hostile.flows["material-conflict"] == (24, -9.0)
        assert any(
            "2011-11" <= change.date <= "2012-03" and change.after < change.before and change.happenings
            for change in hostile.changes
        )


@pytest.mark.parametrize(
    "slots",
    [
        {"stance": "denied"},
        {"stance": "planned"},
        {"stance": "hoped"},
        {"stance": "possible"},
        {"main": False},
        {"tense": "earlier"},
    ],
)
def test_what_did_not_happen_or_is_background_is_listed_but_not_summed(slots: dict[str, object]) -> None:
    with Ledger.open(":memory:") as ledger:
        ledger.add(acts("ASSAULT", ["2020-05-10"], **slots))
        found = ledger.tie("Ruritania", "Blue Front")
        assert found.level is None
        assert len(found.happenings) == 1


def test_each_happening_counts_once_however_often_it_is_reported() -> None:
    with Ledger.open(":memory:") as one, Ledger.open(":memory:") as many:
        one.add([strike()])
        many.add([strike(outlet="The Herald"), *(strike(outlet="The Herald", day=f"2020-05-1{d}") for d in (1, 2))])
        assert one.tie("Ruritania", "Blue Front").level == many.tie("Ruritania", "Blue Front").level
        assert many.tie("Ruritania", "Blue Front").flows == {"material-conflict": (1, -9.0)}


def test_more_origins_narrow_the_band() -> None:
    one = course([Observed("h", "2020-05-10", -9.0, 1, False)], None, None, {})
    four = course([Observed("h", "2020-05-10", -9.0, 4, False)], None, None, {})
    assert one.high is not None and one.low is not None and four.high is not None and four.low is not None
    assert four.high - four.low < one.high - one.low


def test_a_partys_own_word_counts_less() -> None:
    told = course([Observed("h", "2020-05-10", -9.0, 1, False)], None, None, {})
    claimed = course([Observed("h", "2020-05-10", -9.0, 1, True)], None, None, {})
    assert told.level is not None and claimed.level is not None
    assert told.level < claimed.level


def test_a_month_without_reports_widens_the_band_and_a_quiet_one_with_reports_calms() -> None:
    war = [Observed(f"h{m}", f"2020-{m:02d}-10", -9.0, 1, False) for m in range(1, 7)]
    span = (war, "2020-01-01", "2022-01-01")
    every = {f"{year}-{month:02d}": 200 for year in (2020, 2021) for month in range(1, 13)}
    unread, quiet = course(*span, {month: n for month, n in every.items() if month < "2020-07"}), course(*span, every)
    assert [p.collected for p in unread.points[8:]] == [False] * 16
    assert all(p.collected for p in quiet.points)
    assert unread.points[-1].high - unread.points[-1].low > 1.5 * (unread.points[6].high - unread.points[6].low)
    assert quiet.level is not None and unread.level is not None
    assert quiet.level > unread.level + 1


def test_a_stated_tie_moves_the_level_and_a_denied_one_does_not() -> None:
    made = report("Ties of Ruritania and Zubrowka are close. Zubrowka denies that ties with Ruritania are broken.")
    stated = tie(made, 0, "close", "Ruritania", "Zubrowka", state="close", tense="current")
    denied = tie(made, 1, "broken", "Zubrowka", "Ruritania", state="broken", tense="current", stance="denied")
    with Ledger.open(":memory:") as ledger:
        ledger.add([Coded(made, [stated, denied])])
        found = ledger.tie("Ruritania", "Zubrowka")
        assert found.level is not None and found.level > 2
        assert {s.state for s in found.stated} == {"close", "broken"}


def test_a_past_state_without_date_is_listed_but_no_level_of_today() -> None:
    made = report("Ties of Ruritania and Zubrowka had been broken.")
    with Ledger.open(":memory:") as ledger:
        ledger.add([Coded(made, [tie(made, 0, "broken", "Ruritania", "Zubrowka", state="broken", tense="earlier")])])
        found = ledger.tie("Ruritania", "Zubrowka")
        assert (found.level, len(found.stated)) == (None, 1)


def test_ties_are_broken_off_only_where_a_report_says_so() -> None:
    made = report("Ruritania severed ties with Zubrowka.")
    with Ledger.open(":memory:") as ledger:
        ledger.add([Coded(made, [tie(made, 0, "severed", "Ruritania", "Zubrowka", change="severed", tense="current")])])
        found = ledger.tie("Ruritania", "Zubrowka")
        assert (found.state, found.state_since) == ("broken", found.stated[0].date)


def test_roll_up_takes_an_army_for_its_state_and_can_be_turned_off() -> None:
    made = report("The Ruritanian army struck the Blue Front.")
    with Ledger.open(":memory:") as ledger:
        ledger.add(
            [
                Coded(made, [event(made, 0, "struck", "ASSAULT", "Ruritanian army", "Blue Front")]),
                *acts("AID", ["2020-06-01"]),
            ]
        )
        assert ledger.tie("Ruritania", "Blue Front").flows.keys() == {"material-conflict", "material-cooperation"}
        assert ledger.tie("Ruritania", "Blue Front", rollup=False).flows.keys() == {"material-cooperation"}
        assert [a.name for a in ledger.group("Ruritania")] == ["Ruritania", "Ruritanian army"]


def test_ties_of_an_actor_are_ranked_by_evidence() -> None:
    made = report("Ruritania met Zubrowka.")
    with Ledger.open(":memory:") as ledger:
        ledger.add(
            [Coded(made, [event(made, 0, "met", "CONSULT", "Ruritania", "Zubrowka")]), *acts("AID", months(0, 3))]
        )
        assert [t.b.name for t in ledger.ties_of("Ruritania")] == ["Blue Front", "Zubrowka"]


def test_meetings_side_by_side_are_no_tie_but_mutual_ones_are() -> None:
    made = report("Ruritania and Zubrowka met. Ruritania and Freedonia protested.")
    claims = [
        event(made, 0, "met", "CONSULT", ["Ruritania", "Zubrowka"], mutual=True),
        event(made, 1, "protested", "REJECT", ["Ruritania", "Freedonia"], mutual=False),
    ]
    with Ledger.open(":memory:") as ledger:
        ledger.add([Coded(made, claims)])
        assert len(ledger.tie("Ruritania", "Zubrowka").happenings) == 1
        assert ledger.tie("Ruritania", "Freedonia").happenings == ()


def test_as_of_shows_what_was_known_then() -> None:
    clock = iter(f"2020-0{m}-01T00:00:00Z" for m in range(1, 9))
    with Ledger.open(":memory:", clock=lambda: next(clock)) as ledger:
        ledger.add(acts("ASSAULT", ["2019-12-30"]))
        ledger.add(acts("AID", ["2019-12-31"]))
        assert set(ledger.tie("Ruritania", "Blue Front", as_of="2020-01-20").flows) == {"material-conflict"}
        assert len(ledger.happenings(of="Blue Front", as_of="2020-02-01")) == 2
        assert ledger.happenings(of="Blue Front", as_of="2019-12-31") == []


def test_as_of_a_pair_does_not_bring_in_what_fell_of_other_pairs() -> None:
    clock = iter(f"2020-0{m}-01T00:00:00Z" for m in range(1, 9))
    with Ledger.open(":memory:", clock=lambda: next(clock)) as ledger:
        ledger.add(acts("ASSAULT", ["2019-12-30"]))
        other = report("Ruritania fed Freedonia.", published="2019-12-29")
        fed = event(other, 0, "fed", "AID", "Ruritania", "Freedonia", id="f")
        ledger.add([Coded(other, [fed])])
        ledger.add([Coded(other, [replace(fed, type="CONSULT", coder="hand 2.0")])])
        assert set(ledger.tie("Ruritania", "Blue Front", as_of="2020-02-15").flows) == {"material-conflict"}
        assert [h.type for h in ledger.happenings(pair=("Ruritania", "Freedonia"), as_of="2020-02-15")] == ["AID"]
        assert [h.type for h in ledger.happenings(pair=("Ruritania", "Freedonia"), as_of="2020-03-15")] == ["CONSULT"]


def test_as_of_shows_what_was_struck_replaced_or_rejected_only_later() -> None:
    clock = iter(f"2020-0{m}-01T00:00:00Z" for m in range(1, 10))
    wrong = acts("ASSAULT", ["2019-12-30"])[0]
    claim = wrong.claims[0]
    correction = report("Correction: Ruritania never acted.", notice="correction", replaces=wrong.report.id)
    anew = event(correction, 0, "acted", "ASSAULT", "Ruritania", "Blue Front", stance="denied")
    said = report("Ties of Ruritania and the Blue Front are close.", published="2020-01-02")
    close = tie(said, 0, "close", "Ruritania", "Blue Front", state="close", tense="current", id="t")
    with Ledger.open(":memory:", clock=lambda: next(clock)) as ledger:
        ledger.add([wrong])
        ledger.add([Coded(said, [close])])
        ledger.add([Coded(correction, [anew])])
        ledger.add([Coded(said, [replace(close, state="strained", coder="hand 2.0")])])
        states = [
            [s.state for s in ledger.tie("Ruritania", "Blue Front", as_of=f"2020-0{m}-15").stated] for m in (1, 2, 3, 4)
        ]
        assert states == [[], ["close"], ["close"], ["strained"]]
        stances = [[h.stances for h in ledger.happenings(as_of=f"2020-0{m}-15")] for m in (2, 3)]
        assert stances == [[{"actual": 1}], [{"denied": 1}]]
        ledger.judge("reject", anew.id, author="eva")
        assert ledger.happenings(as_of="2020-04-15") != [] and ledger.happenings(as_of="2020-05-15") == []
        assert claim.id not in {p.claim for h in ledger.happenings(as_of="2020-03-15") for p in h.passages}


def test_as_of_a_month_is_collected_only_once_it_was_read() -> None:
    clock = iter(f"2021-0{m}-01T00:00:00Z" for m in range(1, 9))
    with Ledger.open(":memory:", clock=lambda: next(clock)) as ledger:
        ledger.add(acts("ASSAULT", ["2019-01-30", "2020-12-30"]))
        ledger.add([Coded(report("Nothing at all.", published="2019-09-09"))])
        before, after = (ledger.tie("Ruritania", "Blue Front", as_of=f"2021-0{m}-15").series for m in (1, 2))
        seen = [{p.date[:7]: p.collected for p in series}["2019-09"] for series in (before, after)]
        assert seen == [False, True]


def test_a_report_in_an_unread_language_is_no_coverage_until_it_is_read(tmp_path: Path) -> None:
    french = report("Rien de nouveau.", published="2019-09-09", language="fr")
    unread = Coded(french, failures=[Failure("parse", "UnsupportedLanguage", "the text is in 'fr'")])
    for way in ("add", "load"):
        with Ledger.open(tmp_path / f"{way}.ledger") as ledger:
            getattr(ledger, way)([*acts("ASSAULT", ["2019-01-30", "2020-12-30"]), unread])
            series = ledger.tie("Ruritania", "Blue Front").series
            assert not {p.date[:7]: p.collected for p in series}["2019-09"]
            assert "2019-09" not in dict(ledger.coverage().periods) and ledger.coverage().failures == 1
            assert ledger.verify() == []
            ledger.add([Coded(french, [event(french, 0, "Rien", "CONSULT", "Freedonia", "Zubrowka")])])
            series = ledger.tie("Ruritania", "Blue Front").series
            assert {p.date[:7]: p.collected for p in series}["2019-09"]
            assert ledger.verify() == []
            ledger.rebuild()
            assert ledger.verify() == []


def test_an_unknown_name_is_a_clear_error() -> None:
    with Ledger.open(":memory:") as ledger, pytest.raises(UnknownActor, match="Nowhere"):
        ledger.tie("Nowhere", "Ruritania")


def test_kalman_smooths_towards_a_constant_and_tracks_a_shift() -> None:
    chance = random.Random(3)
    values = [(-6 if t < 40 else 5) + chance.gauss(0, 2) for t in range(80)]
    found = levels(values, [1.0] * 80)
    assert abs(found.smoothed[20] + 6) < 1.5
    assert abs(found.smoothed[60] - 5) < 1.5
    assert found.smoothed_variance[40] <= found.filtered_variance[40] + 1e-9


def test_change_points_find_a_shift_and_none_in_noise() -> None:
    chance = random.Random(5)
    noise = [math.log1p(chance.randint(0, 4)) for _ in range(120)]
    assert change_points([noise], [1.0] * 120) == []
    shifted = [v + (3 if t >= 70 else 0) for t, v in enumerate(noise)]
    assert change_points([shifted], [1.0] * 120) == [70]
    assert change_points([[1.0]], [1.0]) == []
    long = [chance.gauss(0, 0.3) + (2 if 150 <= t < 310 else 0) for t in range(400)]
    assert change_points([long, [0.0] * 400], [1.0] * 400) == [150, 310]


@pytest.mark.parametrize(
    ("level", "state"),
    [(-9, "hostile"), (-5, "hostile"), (-2, "strained"), (0, "normal"), (3, "cordial"), (8, "close")],
)
def test_levels_have_the_names_of_states(level: float, state: str) -> None:
    assert state_name(level) == state


def test_a_denial_and_background_lend_a_happening_no_weight() -> None:
    """Only actual and main claims count in a level, so only their origins, dates and outcomes do."""
    others: list[dict[str, object]] = [{"stance": "denied"}, {"stance": "planned"}, {"main": False}]
    with Ledger.open(":memory:") as ledger:
        ledger.add([strike(outlet="A")])
        alone = ledger.tie("Ruritania", "Blue Front")
        for n, slots in enumerate(others):
            ledger.add(
                [strike(outlet=f"Outlet {n}", words=f"near the {n + 5}th old bridge", outcome="failed", **slots)]
            )
        together = ledger.tie("Ruritania", "Blue Front")
        assert [h.origins for h in together.happenings] == [4] and together.happenings[0].reports == 4
        assert (together.level, together.low, together.high) == (alone.level, alone.low, alone.high)
        of_all = ledger.only(Sources(outlets=("A", "Outlet 0", "Outlet 1", "Outlet 2")))
        assert of_all.tie("Ruritania", "Blue Front").level == alone.level


def test_what_is_only_denied_of_a_pair_is_not_summed_though_others_tell_of_the_act() -> None:
    made = report("Unknown men struck a camp of the Blue Front near the old bridge.", outlet="B")
    nameless = Coded(made, [event(made, 0, "struck", "ASSAULT", (), "Blue Front")])
    with Ledger.open(":memory:") as ledger:
        ledger.add([strike(stance="denied"), nameless])
        (happening,) = ledger.happenings(pair=("Ruritania", "Blue Front"))
        assert happening.stances == {"actual": 1, "denied": 1}
        tie_ = ledger.tie("Ruritania", "Blue Front")
        assert (tie_.level, tie_.flows, tie_.interested) == (None, {}, 0.0) and tie_.happenings == (happening,)
        with ledger.pairs() as pairs:
            assert {p.news for p in pairs.happenings()} == {0}


def test_a_retelling_without_date_is_no_level_of_any_sources_or_day() -> None:
    with Ledger.open(":memory:") as ledger:
        ledger.add([strike(tense="earlier")])
        for held in (ledger, ledger.only(Sources(outlets=("The Herald",)))):
            for as_of in (None, "2999-01-01"):
                tie_ = held.tie("Ruritania", "Blue Front", as_of=as_of)
                assert len(tie_.happenings) == 1 and (tie_.level, tie_.series) == (None, ())


def test_an_unread_language_is_no_coverage_of_chosen_sources_either() -> None:
    french = report("Rien de nouveau.", published="2019-09-09", language="fr", outlet="Outlet 0")
    unread = Coded(french, failures=[Failure("parse", "UnsupportedLanguage", "the text is in 'fr'")])
    with Ledger.open(":memory:") as ledger:
        ledger.add([*acts("ASSAULT", ["2019-01-30", "2020-12-30"]), unread])
        own = ledger.only(Sources(outlets=("Outlet 0", "Outlet 1")))
        for as_of in (None, "2999-01-01"):
            series = own.tie("Ruritania", "Blue Front", as_of=as_of).series
            assert not {p.date[:7]: p.collected for p in series}["2019-09"]


def test_a_partys_word_beside_an_independent_one_is_not_halved() -> None:
    said = strike(outlet="B", said_by=["Ruritania"])
    with Ledger.open(":memory:") as ledger:
        ledger.add([said])
        word = ledger.tie("Ruritania", "Blue Front")
        ledger.add([strike(outlet="C")])
        both = ledger.tie("Ruritania", "Blue Front")
        assert (word.interested, both.interested) == (1.0, 0.0)
        assert both.low is not None and word.low is not None and both.low < both.level < word.level < 0  # type: ignore[operator]


def test_outlets_that_say_the_same_of_two_are_one_observation_by_the_root_of_their_number() -> None:
    rows = [("2020-05-10", "close", None, "actual", origin, False) for origin in ("A", "A", "B", "C", "D")]
    (found,) = observed_stated(rows)
    assert (found.origins, found.value, found.day) == (4, 7.0, "2020-05-10")
    assert weight_of(found) == 2 * weight_of(replace(found, origins=1))


@pytest.mark.parametrize("span", [("0001-01-01", None), (None, "9999-12-31"), ("0001-01-01", "9999-12-31")])
def test_centuries_without_reports_change_nothing_and_take_no_time(span: tuple[str | None, str | None]) -> None:
    with Ledger.open(":memory:") as ledger:
        ledger.add(acts("ASSAULT", months(0, 24)))
        whole, plain = ledger.tie("Ruritania", "Blue Front", *span), ledger.tie("Ruritania", "Blue Front")
        assert len(whole.series) <= len(plain.series) + 1
        assert whole.level == pytest.approx(plain.level, abs=0.01)
        assert ledger.tie("Ruritania", "Blue Front", since="9999-12-01", until="9999-12-31").series == ()


def test_one_act_of_the_middle_ages_does_not_stop_the_clock() -> None:
    with Ledger.open(":memory:") as ledger:
        ledger.add(acts("ASSAULT", months(0, 24)))
        ledger.add(acts("AID", ["2012-01-05"], when=("acted", "1066-10-14", "1066-10-15")))
        started = time.process_time()
        assert len(ledger.tie("Ruritania", "Blue Front").series) > 10_000
        assert time.process_time() - started < 5
