"""Arithmetic of TIMEX3 values and of other calendars."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dragoman.find.times import calendars, values

DAYS = st.dates(min_value=date(1600, 1, 1), max_value=date(2200, 12, 31))
GRAINS = st.sampled_from(["day", "week", "month", "quarter", "half", "season", "year", "decade", "century"])


@given(DAYS, GRAINS)
def test_a_day_lies_in_the_unit_that_is_named_after_it(day: date, grain: str) -> None:
    value = values.of_date(day, grain)
    start, end = values.bounds(value)
    assert values.grain(value) == grain
    assert start is not None and end is not None and start <= day < end


@given(DAYS, st.sampled_from(["day", "week", "month", "quarter", "year"]), st.integers(-50, 50))
def test_moving_there_and_back_changes_nothing(day: date, unit: str, count: int) -> None:
    value = values.of_date(day, unit)
    moved = values.shift(value, count, unit)
    assert moved is not None and values.shift(moved, -count, unit) == value


@given(DAYS, st.sampled_from(["week", "month", "quarter", "year"]))
def test_units_follow_without_a_gap(day: date, unit: str) -> None:
    value = values.of_date(day, unit)
    following = values.shift(value, 1, unit)
    assert following is not None and values.bounds(value)[1] == values.bounds(following)[0]


def test_a_quarter_a_year_before_is_the_same_quarter() -> None:
    assert values.shift("1989-Q3", -1, "year") == "1988-Q3"


def test_no_year_nought_between_the_eras() -> None:
    assert values.shift("BC0001", 1, "year") == "0001"
    assert values.shift("BC0491", 1, "year") == "BC0490"


def test_a_coarse_value_says_nothing_about_days() -> None:
    assert values.shift("1950", 2, "day") is None
    assert values.truncate("1950", "month") is None


@pytest.mark.parametrize("value", ["2023-02-30", "2023-13", "2021-W60", "PAST_REF", "P2Y", "BC0218", ""])
def test_what_has_no_days_has_no_bounds(value: str) -> None:
    assert values.bounds(value) == (None, None)


@pytest.mark.parametrize(
    ("number", "unit", "value"),
    [
        (2, "year", "P2Y"),
        (2.5, "year", "P2Y6M"),
        (None, "week", "PXW"),
        (2, "decade", "P20Y"),
        (1, "fortnight", "P2W"),
        (3, "hour", "PT3H"),
        (0.5, "hour", "PT30M"),
        (2.5, "week", "P2.5W"),
    ],
)
def test_durations(number: float | None, unit: str, value: str) -> None:
    assert values.duration(number, unit) == value


@pytest.mark.parametrize(("year", "month", "day"), [(1961, 4, 2), (2000, 4, 23), (2024, 3, 31), (2038, 4, 25)])
def test_easter(year: int, month: int, day: int) -> None:
    assert calendars.easter(year) == date(year, month, day)


def test_the_fourth_thursday_and_the_last_monday() -> None:
    assert calendars.nth_weekday(1999, 11, 4, 4) == date(1999, 11, 25)
    assert calendars.nth_weekday(2024, 5, 1, -1) == date(2024, 5, 27)


@pytest.mark.parametrize(
    ("found", "day"),
    [
        (calendars.from_persian(1357, 11, 22), date(1979, 2, 11)),
        (calendars.from_persian(1403, 1, 1), date(2024, 3, 20)),
        (calendars.from_persian(1404, 1, 1), date(2025, 3, 21)),
        (calendars.from_hebrew(5708, 2, 5), date(1948, 5, 14)),
        (calendars.from_hebrew(5785, 7, 10), date(2024, 10, 12)),
        (calendars.from_hijri(1400, 1, 1), date(1979, 11, 20)),
    ],
)
def test_other_calendars(found: date | None, day: date) -> None:
    assert found == day


@given(st.integers(1200, 1600), st.integers(1, 12), st.integers(1, 29))
def test_persian_days_follow_each_other(year: int, month: int, day: int) -> None:
    first, second = calendars.from_persian(year, month, day), calendars.from_persian(year, month, day + 1)
    if second is not None and not (month == 12 and day == 29):
        assert first is not None and second - first == timedelta(1)


def test_days_that_are_not() -> None:
    assert calendars.from_hijri(1435, 13, 1) is None
    assert calendars.from_persian(1400, 7, 31) is None
    assert calendars.from_hebrew(5784, 14, 1) is None
    assert calendars.make(2023, 2, 30) is None
