"""Places, from words to GeoNames entries. Parses are made by hand: a capital makes a proper noun, unless said otherwise."""

from __future__ import annotations

import itertools
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dragoman.find.places import find_places
from dragoman.find.places.gazetteer import fold, gazetteer
from dragoman.model import Entity, Parse, Report, Sentence, Token, Toponym

_SMALL = {
    "the": "DET",
    "of": "ADP",
    "in": "ADP",
    "near": "ADP",
    "and": "CCONJ",
    "said": "VERB",
    "accused": "VERB",
    "fought": "VERB",
}


def words(text: str, **relations: tuple[str, int]) -> Parse:
    """A parse of words; `relations` gives relation and head (a token number) of a word."""
    found = list(re.finditer(r"(?:[A-Z]\.)+|(?:Ill|Ala|Mr|St)\.|\w+(?:-\w+)*|[^\w\s]", text))
    tokens = []
    for i, m in enumerate(found):
        word = m.group()
        upos = _SMALL.get(word.lower()) or (
            "PROPN" if word[:1].isupper() else "NOUN" if word[:1].isalpha() else "PUNCT"
        )
        dep, head = relations.get(word, ("dep", i))
        tokens.append(Token(i, m.start(), m.end(), word, word.lower(), upos, "", "", head, dep, 0))
    sentences = (Sentence(0, 0, len(tokens), 0, len(text), 0),) if tokens else ()
    return Parse(text, tuple(tokens), sentences)


def places(text: str, outlet: str | None = None, parse: Parse | None = None) -> dict[str, Toponym]:
    return {t.text: t for t in find_places(Report("r", text, outlet=outlet), parse or words(text))}


@pytest.mark.parametrize(
    ("text", "name", "country", "admin1"),
    [
        ("He lives in Paris, Texas.", "Paris", "USA", "Texas"),
        ("He lives in Paris and left France.", "Paris", "FRA", "Île-de-France"),
        ("He lives in Springfield, Ill., with her.", "Springfield", "USA", "Illinois"),
        ("He lives in London, Ontario.", "London", "CAN", "Ontario"),
        ("He lives in Tripoli, Lebanon.", "Tripoli", "LBN", "Liban-Nord"),
        ("Troops left Benghazi and Misrata and reached Tripoli in Libya.", "Tripoli", "LBY", None),
    ],
)
def test_what_stands_beside_a_name_says_which_place_it_is(
    text: str, name: str, country: str, admin1: str | None
) -> None:
    found = places(text)[name]
    assert found.country == country
    assert admin1 is None or found.admin1 == admin1


def test_one_name_means_one_place_in_a_report() -> None:
    found = find_places(Report("r", text := "Fire in Athens, Georgia. Police in Athens said so."), words(text))
    assert {t.geonameid for t in found if t.text == "Athens"} == {4180386}


def test_neighbours_decide_between_a_state_and_a_country() -> None:
    assert places("Russia fought Georgia near Abkhazia and Tbilisi.")["Georgia"].country == "GEO"
    assert places("Floods hit Alabama, Georgia and Tennessee near Atlanta.")["Georgia"].country == "USA"


def test_the_town_of_the_outlet_is_a_weak_sign() -> None:
    text = "Police in Richmond found him."
    assert places(text, "richmondregister.com")["Richmond"].admin1 == "Kentucky"
    assert places(text, "timesdispatch.com")["Richmond"].admin1 == "Virginia"


@pytest.mark.parametrize(
    ("text", "name", "feature", "precision"),
    [
        ("War in Syria goes on.", "Syria", "PCLI", "country"),
        ("War near Aleppo goes on.", "Aleppo", "PPL", "city"),
        ("War in Homs province goes on.", "Homs", "ADM1", "admin1"),
        ("War in Gaza Strip goes on.", "Gaza Strip", "RGN", "region"),
        ("War near the Kerem Shalom crossing goes on.", "Kerem Shalom", "PASS", "point"),
        ("War in the Strait of Hormuz goes on.", "Strait of Hormuz", "STRT", "region"),
        ("Floods in Walker County, Texas.", "Walker County", "ADM2", "region"),
    ],
)
def test_feature_and_precision(text: str, name: str, feature: str, precision: str) -> None:
    found = places(text)[name]
    assert (found.feature, found.precision) == (feature, precision)


def test_a_place_of_kind_words_without_entry_keeps_its_name_and_no_point() -> None:
    found = places("He drowned in the Quibblewick River.")["Quibblewick River"]
    assert (found.lat, found.lon, found.geonameid, found.feature) == (None, None, None, "STM")


def test_an_unknown_place_spoils_no_other() -> None:
    found = places("He drowned in the Quibblewick River near Cairo in Egypt.")
    assert found["Cairo"].country == "EGY"


def test_demonyms_are_metonyms_of_their_country() -> None:
    found = places("He met Syrian officials.")["Syrian"]
    assert found.country == "SYR" and found.metonym


def test_a_country_that_acts_is_a_metonym() -> None:
    text = "Iran accused Iraq in Geneva"
    parse = words(text, Iran=("nsubj", 1), Iraq=("obj", 1), Geneva=("obl", 1))
    tokens = tuple(
        Token(
            t.i, t.start, t.end, t.text, "accuse" if t.text == "accused" else t.lemma, t.upos, "", "", t.head, t.dep, 0
        )
        for t in parse.tokens
    )
    found = places(text, parse=Parse(text, tokens, parse.sentences))
    assert (found["Iran"].metonym, found["Iraq"].metonym, found["Geneva"].metonym) == (True, True, False)


@pytest.mark.parametrize(
    "text",
    [
        "Reading is hard and so is reading.",
        "Henry Lincoln said so.",
        "Mr. Jackson said so.",
        "He told us of hope.",
        "The American Legion met.",
    ],
)
def test_names_of_persons_and_common_words_are_no_places(text: str) -> None:
    assert places(text) == {}


def test_a_person_of_the_engine_is_no_place() -> None:
    text = "Omar Tripoli said so"
    parse = words(text)
    assert places(text, parse=Parse(text, parse.tokens, parse.sentences, (Entity(0, 2, "PERSON"),))) == {}


def test_arabic_articles_belong_to_the_name() -> None:
    assert places("Rebels hit al-Tanf in Syria.")["al-Tanf"].feature == "INSM"


def test_saint_and_accents_are_folded() -> None:
    assert fold("Saint-Étienne") == fold("St. Etienne") == "st etienne"
    assert fold("Łódź") == "lodz"


def test_every_number_and_point_of_a_country_is_sane() -> None:
    for code in ("USA", "ISR", "PSE", "XKX", "SSD", "TWN"):
        found = gazetteer().country(code)
        assert found is not None and found.number and found.lat is not None and -90 < found.lat < 90


@pytest.mark.parametrize("text", ["", "x", "Ü" * 5000, "Paris " * 2000, "\n\n\t", "A. B. C. D. - , - ’s"])
def test_odd_texts_do_not_break_it(text: str) -> None:
    for found in find_places(Report("r", text), words(text)):
        assert text[found.start : found.end] == found.text


@given(
    st.lists(
        st.sampled_from(
            [
                "Paris",
                "Texas",
                ",",
                "of",
                "al-",
                "County",
                "River",
                "U.S.",
                "St.",
                "the",
                "Lake",
                "Highway",
                "19",
                "-",
                "Georgia",
                "said",
                ".",
            ]
        ),
        max_size=25,
    )
)
def test_spans_are_true_and_apart(parts: list[str]) -> None:
    text = " ".join(parts)
    found = find_places(Report("r", text), words(text))
    assert all(text[t.start : t.end] == t.text for t in found)
    assert [t.first for t in found] == sorted(t.first for t in found)
    assert all(a.last <= b.first for a, b in itertools.pairwise(found))
