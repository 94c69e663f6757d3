"""Headlines and texts of names are English; short texts of other languages are not."""

from __future__ import annotations

import pytest

from dragoman.read.language import language_of


@pytest.mark.parametrize(
    "text",
    [
        "Iran, Iraq sign border pact",
        "Canada expels Russian diplomats",
        "Houthis seize Sanaa",
        "Zapatistas protest in San Cristobal de las Casas, Chiapas",
        "Merkel, Hollande meet Poroshenko in Minsk for talks",
        "Boko Haram kills 40 in Maiduguri, Borno",
        "Kirchner, Maduro, Morales, Correa denounce Paraguay coup",
        "Schäuble rebukes Varoufakis",
        "Kim Jong-un phones UN, AU envoys; Le Pen visits El Salvador",
        "Three die in Los Angeles blast",
        "OK",
        "s",
    ],
)  # fmt: skip
def test_english_headlines_are_not_refused(text: str) -> None:
    assert language_of(text) == "en"


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("El presidente de México condenó el ataque", "es"),
        ("Der Minister verurteilte den Angriff und sprach von einer Schande", "de"),
        ("Le président a condamné les attaques contre une ambassade", "fr"),
        ("O presidente condenou o ataque em Brasília e pediu calma para os cidadãos", "pt"),
        ("De minister heeft de aanval veroordeeld en wordt niet ontvangen", "nl"),
        ("Başkan saldırıyı kınadı ve görüşmeleri durdurdu", "tr"),
        ("Presiden mengutuk serangan di Jakarta dan meminta bantuan untuk korban", "id"),
        ("Президент осудил нападение", "ru"),
        ("伊朗谴责以色列", "zh"),
        ("الرئيس الإيراني يدين الهجوم", "ar"),
    ],
)  # fmt: skip
def test_other_languages_are_named(text: str, code: str) -> None:
    assert language_of(text) == code


def test_where_there_are_no_letters_nothing_is_told() -> None:
    assert language_of("12 – 34 …") is None
