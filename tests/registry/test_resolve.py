"""Who a name, title or description is, on a day and in a context."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dragoman.registry import Context, Registry, resolve
from dragoman.registry.normal import pieces


@pytest.fixture(scope="module")
def registry() -> Registry:
    return Registry.load()


@pytest.mark.parametrize(
    ("words", "on", "id_"),
    [
        ("Hizballah", None, "hezbollah"),
        ("HEZBOLLAH", None, "hezbollah"),
        ("the Hizbullah", None, "hezbollah"),
        ("Khaled Mish’al", None, "khaled-mashal"),
        ("U.S.", None, "united-states"),
        ("the Egyptian president", date(2013, 5, 1), "mohamed-morsi"),
        ("the Egyptian president", date(2014, 7, 1), "abdel-fattah-el-sisi"),
        ("president of Egypt", date(2000, 7, 1), "hosni-mubarak"),
        ("the British prime minister", date(2004, 1, 1), "tony-blair"),
        ("the German chancellor", date(2010, 1, 1), "angela-merkel"),
        ("the US secretary of state", date(2014, 1, 1), "john-kerry"),
        ("the British foreign secretary", date(2002, 1, 1), "jack-straw"),
        ("President Bush", date(1990, 6, 1), "george-h-w-bush"),
        ("President Bush", date(2004, 6, 1), "george-w-bush"),
        ("King Abdullah", date(2016, 1, 1), "abdullah-ii-of-jordan"),
        ("the leader of Hezbollah", date(2010, 1, 1), "hassan-nasrallah"),
        ("NATO secretary-general", date(2012, 1, 1), "anders-fogh-rasmussen"),
        ("Iranian authorities", None, "iran"),
        ("the Damascus government", None, "syria"),
        ("the Assad regime", None, "syria"),
        ("Hamas movement", None, "hamas"),
        ("Zionist entity", None, "israel"),
    ],
)
def test_listed_actors(registry: Registry, words: str, on: date | None, id_: str) -> None:
    found = resolve(registry, words, on)
    assert found is not None
    assert found.id == id_


@pytest.mark.parametrize(
    ("words", "country", "sector"),
    [
        ("Tuareg rebels", None, "REB"),
        ("a Chinese shipping company", "CHN", "BUS"),
        ("gunmen", None, "UAF"),
        ("two Bolivian miners", "BOL", "LAB"),
        ("a group of Kenyan farmers", "KEN", "AGR"),
        ("Iran-backed militias", None, "PRM"),
        ("US-led Iraqi forces", "IRQ", "MIL"),
        ("Peru's interior ministry", "PER", "GOV"),
        ("the Lahore High Court", "PAK", "JUD"),
        ("doctors at a hospital in Sudan", "SDN", "MED"),
        ("the Swedish ambassador to Turkey", "SWE", "GOV"),
        ("the former Finnish interior minister", "FIN", "ELI"),
        ("a Norwegian intelligence official", "NOR", "SPY"),
        ("a Hamas official", "PSE", "REB"),
        ("a spokesman for the Taliban", "AFG", "GOV"),
        ("Ghanaian women's rights group", "GHA", "SOC"),
    ],
)
def test_descriptions_give_country_and_sector(registry: Registry, words: str, country: str | None, sector: str) -> None:
    found = resolve(registry, words)
    assert found is not None
    assert (found.country, found.sector) == (country, sector)


def test_an_office_decides_the_sector_by_day(registry: Registry) -> None:
    days = {date(1999, 1, 1): "SPY", date(2009, 1, 1): "GOV"}
    assert {day: resolve(registry, "Vladimir Putin", day).sector for day in days} == days  # type: ignore[union-attr]


def test_out_of_office_is_an_elite(registry: Registry) -> None:
    found = resolve(registry, "Tony Blair", date(2015, 1, 1))
    assert found is not None
    assert found.sector == "ELI"


def test_the_taliban_change_sides(registry: Registry) -> None:
    sectors = [resolve(registry, "Taliban", date(y, 6, 1)).sector for y in (1998, 2010, 2022)]  # type: ignore[union-attr]
    assert sectors == ["GOV", "REB", "GOV"]


@pytest.mark.parametrize("words", ["us", "who", "is", "pa", "it", "may"])
def test_short_acronyms_stand_in_capitals(registry: Registry, words: str) -> None:
    found = resolve(registry, words)
    assert found is None or found.id is None


def test_alike_is_not_the_same(registry: Registry) -> None:
    assert resolve(registry, "Iraq").id == "iraq"  # type: ignore[union-attr]
    found = resolve(registry, "Irax")
    assert found is None or found.id is None


def test_a_slip_of_the_hand_in_a_nationality_is_told(registry: Registry) -> None:
    found = resolve(registry, "Bleguim")
    assert found is None or found.id is None
    mended = resolve(registry, "Beglium")
    assert mended is not None
    assert mended.country == "BEL"
    assert "slip" in mended.reason


def test_a_weak_name_needs_the_strong_one(registry: Registry) -> None:
    alone = resolve(registry, "the Coalition")
    assert alone is None or alone.id is None
    within = resolve(registry, "the Coalition", None, Context(present=frozenset(("global-coalition",))))
    assert within is not None
    assert within.id == "global-coalition"


def test_an_unknown_person_keeps_what_his_title_tells(registry: Registry) -> None:
    found = resolve(registry, "Belgian Agriculture Minister Zebulon Quist")
    assert found is not None
    assert (found.id, found.name, found.country, found.sector) == (None, "Zebulon Quist", "BEL", "GOV")


def test_places_beside_the_list_are_asked_for(registry: Registry) -> None:
    found = resolve(registry, "Zenda police", None, Context(place={"Zenda": "RUR"}.get))
    assert found is not None
    assert (found.country, found.sector) == ("RUR", "COP")


@given(st.text(max_size=80))
def test_nothing_crashes(text: str) -> None:
    resolve(Registry.load(), text)


@given(
    st.lists(
        st.sampled_from(
            "President of the former Iranian Hamas police 's - , \" Tehran US-backed two officials".split()
        ),
        max_size=9,
    )
)
def test_odd_orders_of_known_words_do_not_crash(words: list[str]) -> None:
    resolve(Registry.load(), " ".join(words), date(2014, 1, 1))


def test_a_name_of_ten_thousand_characters_has_no_answer(registry: Registry) -> None:
    assert resolve(registry, "Iran " * 2_000) is None
    assert pieces("x" * 10_000) == ()


@pytest.mark.parametrize(
    "words", ["x" * 10_000, "Hamas " * 2_000, "'" * 10_000, "former " * 1_500 + "Iranian president"]
)
def test_a_name_of_thousands_of_letters_is_nobody(registry: Registry, words: str) -> None:
    assert resolve(registry, words, date(2014, 1, 1)) is None


@pytest.mark.parametrize(
    ("words", "on", "id_"),
    [
        ("the Italian foreign minister", date(2013, 9, 1), "emma-bonino"),
        ("the Japanese defence minister", date(2016, 9, 1), "tomomi-inada"),
        ("the Czech prime minister", date(2008, 9, 1), "mirek-topolanek"),
        ("the Somali prime minister", date(2011, 3, 1), "mohamed-abdullahi-mohamed"),
        ("the Syrian defence minister", date(2012, 7, 1), "dawoud-rajiha"),
        ("the Bolivian president", date(2025, 12, 1), "rodrigo-paz"),
    ],
)
def test_an_office_is_its_holder_on_the_day(registry: Registry, words: str, on: date, id_: str) -> None:
    found = resolve(registry, words, on)
    assert found is not None
    assert found.id == id_


@pytest.mark.parametrize(
    ("words", "on", "sector"),
    [
        ("Fano", date(2021, 6, 1), "PRM"),
        ("Fano", date(2024, 6, 1), "REB"),
        ("FARC", date(2008, 6, 1), "REB"),
        ("FARC", date(2019, 6, 1), "PTY"),
    ],
)
def test_a_group_that_changed_sides_has_its_sector_of_the_day(
    registry: Registry, words: str, on: date, sector: str
) -> None:
    found = resolve(registry, words, on)
    assert found is not None
    assert found.sector == sector
