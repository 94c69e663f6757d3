"""Mentions of actors on parses written by hand."""

from __future__ import annotations

from datetime import date

import pytest

from dragoman.find.actors import find_mentions
from dragoman.model import Entity, Mention, Parse, Report, Sentence, Token, Toponym
from dragoman.registry import Registry

Row = tuple[str, str, int, str]
"""Form, part of speech, number of the head (from 1; 0 for the root), relation."""


@pytest.fixture(scope="module")
def registry() -> Registry:
    return Registry.load()


def parsed(*sentences: list[Row], entities: tuple[Entity, ...] = ()) -> Parse:
    text, tokens, spans = "", [], []
    for number, rows in enumerate(sentences):
        base = len(tokens)
        for form, upos, head, dep in rows:
            i = len(tokens)
            start = len(text)
            text += form + " "
            at = i if head == 0 else base + head - 1
            tokens.append(Token(i, start, start + len(form), form, form.lower(), upos, "", "", at, dep, number))
        spans.append(Sentence(number, base, len(tokens), tokens[base].start, tokens[-1].end, number))
    return Parse(text.rstrip(), tuple(tokens), tuple(spans), entities)


def found(
    parse: Parse, registry: Registry, on: date | None = None, places: tuple[Toponym, ...] = ()
) -> dict[str, Mention]:
    report = Report("r", parse.text, published=on)
    return {m.party.text: m for m in find_mentions(report, parse, registry, places)}


VISIT: list[Row] = [
    ("Militants", "NOUN", 2, "nsubj"),
    ("met", "VERB", 0, "root"),
    ("in", "ADP", 4, "case"),
    ("Tehran", "PROPN", 2, "obl"),
    (".", "PUNCT", 2, "punct"),
]
SAID: list[Row] = [
    ("Tehran", "PROPN", 2, "nsubj"),
    ("rejected", "VERB", 0, "root"),
    ("it", "PRON", 2, "obj"),
    (".", "PUNCT", 2, "punct"),
]


def test_a_capital_after_in_is_a_place(registry: Registry) -> None:
    mention = found(parsed(VISIT), registry)["Tehran"]
    assert (mention.place, mention.party.id, mention.type) == (True, None, "LOC")


def test_a_capital_that_acts_is_its_government(registry: Registry) -> None:
    mention = found(parsed(SAID), registry)["Tehran"]
    assert (mention.place, mention.party.id, mention.party.via, mention.party.sector) == (
        False,
        "iran",
        "metonym",
        "GOV",
    )


def test_a_title_before_a_name_describes_the_person(registry: Registry) -> None:
    rows: list[Row] = [
        ("Hamas", "PROPN", 2, "compound"),
        ("spokesman", "NOUN", 3, "compound"),
        ("Zebulon", "PROPN", 5, "nsubj"),
        ("Quist", "PROPN", 3, "flat"),
        ("spoke", "VERB", 0, "root"),
        (".", "PUNCT", 5, "punct"),
    ]
    party = found(parsed(rows, entities=(Entity(0, 1, "ORG"), Entity(2, 4, "PERSON"))), registry)["Zebulon Quist"].party
    assert (party.id, party.title, party.member_of, party.country, party.sector) == (
        None,
        "spokesman",
        "Hamas",
        "PSE",
        "REB",
    )


def test_an_apposition_tells_of_the_name_and_takes_its_party(registry: Registry) -> None:
    rows: list[Row] = [
        ("Zebulon", "PROPN", 10, "nsubj"),
        ("Quist", "PROPN", 1, "flat"),
        (",", "PUNCT", 7, "punct"),
        ("a", "DET", 7, "det"),
        ("Swedish", "ADJ", 7, "amod"),
        ("police", "NOUN", 7, "compound"),
        ("officer", "NOUN", 1, "appos"),
        (",", "PUNCT", 7, "punct"),
        ("also", "ADV", 10, "advmod"),
        ("came", "VERB", 0, "root"),
        (".", "PUNCT", 10, "punct"),
    ]
    mentions = found(parsed(rows, entities=(Entity(0, 2, "PERSON"),)), registry)
    name, nominal = mentions["Zebulon Quist"], mentions["a Swedish police officer"]
    assert (name.party.country, name.party.sector) == ("SWE", "COP")
    assert (nominal.party.name, nominal.antecedent.text if nominal.antecedent else None) == (
        "Zebulon Quist",
        "Zebulon Quist",
    )


def test_one_of_some_and_the_name_set_beside_it_are_one_party(registry: Registry) -> None:
    rows: list[Row] = [
        ("One", "NUM", 8, "nsubj:pass"),
        ("of", "ADP", 3, "case"),
        ("generals", "NOUN", 1, "nmod"),
        (",", "PUNCT", 1, "punct"),
        ("Oren", "PROPN", 1, "appos"),
        ("Tal", "PROPN", 5, "flat"),
        (",", "PUNCT", 1, "punct"),
        ("killed", "VERB", 0, "root"),
    ]
    mentions = found(parsed(rows, entities=(Entity(4, 6, "PERSON"),)), registry)
    assert {m.party.name for m in mentions.values()} == {"Oren Tal"}


def test_a_surname_is_the_person_named_in_full_before(registry: Registry) -> None:
    first: list[Row] = [
        ("Zebulon", "PROPN", 3, "nsubj"),
        ("Quist", "PROPN", 1, "flat"),
        ("came", "VERB", 0, "root"),
        (".", "PUNCT", 3, "punct"),
    ]
    second: list[Row] = [("Quist", "PROPN", 2, "nsubj"), ("left", "VERB", 0, "root"), (".", "PUNCT", 2, "punct")]
    mention = found(parsed(first, second, entities=(Entity(0, 2, "PERSON"), Entity(4, 5, "PERSON"))), registry)["Quist"]
    assert (mention.party.name, mention.party.via) == ("Zebulon Quist", "alias")


def test_a_person_called_after_a_place_is_no_state(registry: Registry) -> None:
    rows: list[Row] = [
        ("Zebulon", "PROPN", 3, "nsubj"),
        ("Jordan", "PROPN", 1, "flat"),
        ("played", "VERB", 0, "root"),
        (".", "PUNCT", 3, "punct"),
    ]
    mentions = found(parsed(rows, entities=(Entity(0, 2, "PERSON"),)), registry)
    assert set(mentions) == {"Zebulon Jordan"}
    assert mentions["Zebulon Jordan"].party.country is None


def test_an_office_in_the_report_is_its_holder_on_the_day(registry: Registry) -> None:
    rows: list[Row] = [
        ("The", "DET", 3, "det"),
        ("Egyptian", "ADJ", 3, "amod"),
        ("president", "NOUN", 4, "nsubj"),
        ("resigned", "VERB", 0, "root"),
        (".", "PUNCT", 4, "punct"),
    ]
    parse = parsed(rows)
    assert found(parse, registry, date(2013, 5, 2))["The Egyptian president"].party.id == "mohamed-morsi"
    undated = found(parse, registry)["The Egyptian president"].party
    assert (undated.id, undated.via, undated.title) == ("egypt", "title", "president")


def test_adjectives_of_nations_are_norp(registry: Registry) -> None:
    rows: list[Row] = [
        ("Chinese", "ADJ", 2, "amod"),
        ("warplanes", "NOUN", 3, "nsubj"),
        ("landed", "VERB", 0, "root"),
        (".", "PUNCT", 3, "punct"),
    ]
    mentions = found(parsed(rows), registry)
    assert (
        mentions["Chinese"].type,
        mentions["Chinese warplanes"].party.country,
        mentions["Chinese warplanes"].party.sector,
    ) == ("NORP", "CHN", "MIL")


def test_pronouns_and_verbs_are_no_names(registry: Registry) -> None:
    rows: list[Row] = [
        ("They", "PRON", 2, "nsubj"),
        ("told", "VERB", 0, "root"),
        ("us", "PRON", 2, "obj"),
        (".", "PUNCT", 2, "punct"),
    ]
    assert found(parsed(rows), registry) == {}


def test_toponyms_that_no_list_has_are_places(registry: Registry) -> None:
    rows: list[Row] = [
        ("Shells", "NOUN", 2, "nsubj"),
        ("hit", "VERB", 0, "root"),
        ("Zenda", "PROPN", 2, "obj"),
        (".", "PUNCT", 2, "punct"),
    ]
    parse = parsed(rows, entities=(Entity(0, 1, "NORP"),))
    place = Toponym(11, 16, "Zenda", 2, 3, "Zenda", "RUR", None, 1.0, 2.0, 7, "PPL", "city")
    mention = found(parse, registry, places=(place,))["Zenda"]
    assert (mention.type, mention.party.country, mention.party.kind) == ("LOC", "RUR", "place")


def test_one_mention_for_each_head_in_text_order(registry: Registry) -> None:
    mentions = find_mentions(Report("r", ""), parsed(VISIT, SAID), registry)
    heads = [m.head for m in mentions]
    assert heads == sorted(set(heads))


@pytest.mark.parametrize(
    "rows",
    [[], [[(".", "PUNCT", 0, "root")]], [[("\u202e\u0000", "X", 0, "root")]], [[("Iran", "X", 0, "root")] * 300]],
)
def test_odd_input_does_not_crash(registry: Registry, rows: list[list[Row]]) -> None:
    parse = parsed(*rows)
    for mention in find_mentions(Report("r", parse.text), parse, registry):
        assert parse.text[mention.party.start : mention.party.end] == mention.party.text
