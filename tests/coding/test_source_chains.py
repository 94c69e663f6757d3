"""According to whom: chains of voices, the nearest first. The sentences are made up."""

from __future__ import annotations

from functools import cache

import pytest

from dragoman.coding.attribution import Attribution
from dragoman.model import Findings, Parse, Report


def test_a_report_without_quotations_speaks_for_itself() -> None:
    assert Attribution(Report("r", ""), Parse("", (), ()), Findings()).chain(0) == ()


@cache
def attribution(text: str) -> tuple[Parse, Attribution]:
    from dragoman.find import find
    from dragoman.parse import load
    from dragoman.registry import Registry

    report, parse = Report("r", text), load().parse(text)
    return parse, Attribution(report, parse, find(report, parse, Registry.load()))


def chain(text: str, word: str) -> list[str]:
    parse, voices = attribution(text)
    at = max(t.i for t in parse.tokens if t.text == word)
    return [voice.text for voice in voices.chain(at)]


@pytest.mark.model
@pytest.mark.parametrize(
    ("text", "word", "expected"),
    [
        ("The army shelled the town, two diplomats said.", "shelled", ["two diplomats"]),
        ("According to the Red Cross, rebels shelled the market.", "shelled", ["Red Cross"]),
        (
            "Reuters reported that Mali expelled the envoy, citing two officials.",
            "expelled",
            ["two officials", "Reuters"],
        ),
        ("A diplomat in Lusaka said that the army shelled the port.", "shelled", ["A diplomat in Lusaka"]),
        ("A letter by the consul Ama Mensah says that guards burned the archive.", "burned", ["Ama Mensah"]),
        ("The BBC's correspondent was told by two nuns that soldiers looted the abbey.", "looted", ["two nuns", "BBC"]),
        ("Peru denied that its troops crossed the border.", "crossed", ["Peru"]),
        ("It was reported that Chad closed its border.", "closed", []),
        ("Ethiopia wants to attack the rebels.", "attack", []),
        ("Lebanon knows that a drone bombed the depot.", "bombed", []),
        ("The navy said it found mines. The trawler then withdrew.", "withdrew", []),
        ("Fiji alleged that the trawler rammed its boat.", "rammed", ["Fiji"]),
        (
            "The priest Noa Tuala, quoted by the daily Le Phare, said that police fired.",
            "fired",
            ["Noa Tuala", "Le Phare"],
        ),
        ("Peru denied claims by miners that its troops burned the camp.", "burned", ["miners"]),
        ("The paper La Voz wrote that rebels seized the dam. It cited two nuns.", "seized", ["two nuns", "La Voz"]),
        ("The rebels seized the dam, said its engineer, Ana Quiroga.", "seized", ["Ana Quiroga"]),
        (
            "Chad will close the road, according to an audit published by the magazine Sahel.",
            "close",
            ["an audit", "Sahel"],
        ),
        ("Rumours that the king fled spread on Monday.", "fled", []),
        (
            "A clerk told the Delta Mail through her lawyer that guards stole gold.",
            "stole",
            ["A clerk", "her lawyer", "Delta Mail"],
        ),
        ("The envoy said that shells hit the port. The crew had fled.", "fled", ["The envoy"]),
    ],
)
def test_chain(text: str, word: str, expected: list[str]) -> None:
    assert chain(text, word) == expected


@pytest.mark.model
def test_voices_side_by_side_share_a_step() -> None:
    parse, voices = attribution("AP and Reuters reported that the rebels seized the airport.")
    at = next(t.i for t in parse.tokens if t.text == "seized")
    assert {v.step for v in voices.chain(at)} == {1}
    assert len(voices.chain(at)) == 2


@pytest.mark.model
def test_a_document_with_an_author_is_one_voice() -> None:
    parse, voices = attribution("A report from the United Nations said soldiers burned houses.")
    (voice,) = voices.chain(next(t.i for t in parse.tokens if t.text == "burned"))
    assert (voice.name, voice.kind, voice.work) == ("United Nations", "author", "a report") or voice.work == "A report"


@pytest.mark.model
def test_an_interview_carries_its_medium_to_later_sentences() -> None:
    text = "In an interview with Der Spiegel, Jonas Weber said Latvia had expelled two spies. Weber also said the ministry hid the file."
    assert chain(text, "hid") == ["Weber", "Der Spiegel"]


@pytest.mark.model
def test_only_words_between_marks_are_direct() -> None:
    parse, voices = attribution("“They burned our boats,” Ama Mensah said. The navy bombed the port.")
    at = {t.text: t.i for t in parse.tokens}
    assert voices.direct(at["burned"])
    assert not voices.direct(at["bombed"])
