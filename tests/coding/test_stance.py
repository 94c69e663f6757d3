"""Did it happen: stance, outcome and tense of predicates."""

from __future__ import annotations

import pytest

from dragoman.coding import stance_lexicon
from dragoman.coding.stance import Judged, judge, judge_all
from dragoman.errors import DataError
from dragoman.model import Parse
from dragoman.parse.conllu import read

NOT_LEFT = """1\tTroops\ttroop\tNOUN\tNNS\t_\t4\tnsubj\t_\t_
2\thave\thave\tAUX\tVBP\tTense=Pres\t4\taux\t_\t_
3\tnot\tnot\tPART\tRB\t_\t4\tadvmod\t_\t_
4\tleft\tleave\tVERB\tVBN\tVerbForm=Part\t0\troot\t_\t_

"""
REFUSED = """1\tChad\tChad\tPROPN\tNNP\t_\t2\tnsubj\t_\t_
2\trefused\trefuse\tVERB\tVBD\tTense=Past|VerbForm=Fin\t0\troot\t_\t_
3\tto\tto\tPART\tTO\t_\t4\tmark\t_\t_
4\tattack\tattack\tVERB\tVB\t_\t2\txcomp\t_\t_

"""


def test_negation_denies() -> None:
    parse = read(NOT_LEFT)[0]
    assert judge(parse, 3).stance == "denied"
    assert judge(parse, 3).reason == "not"


def test_a_refusal_denies_its_complement_and_happened_itself() -> None:
    parse = read(REFUSED)[0]
    assert judge(parse, 3).stance == "denied"
    assert judge(parse, 1) == Judged("actual", None, "past", "asserted")


def test_no_words_have_no_stances() -> None:
    assert judge_all(Parse("", (), ())) == ()


def test_an_unknown_effect_is_named() -> None:
    raw = {"verbs": {"dances": {"clauses": ["waltz"], "nouns": []}}, "nouns": {}, "adjectives": {}}
    with pytest.raises(DataError, match="dances"):
        stance_lexicon._built(
            {**raw, "modifiers": {}, "adverbs": {}, "quantifiers": {"negative": []}, "auxiliaries": {}, "marks": {}}
        )


# --- with the engine ----------------------------------------------------------------------------------------------------


def judged(text: str, word: str) -> Judged:
    from dragoman.parse import load

    parse = load().parse(text)
    return judge(parse, next(t.i for t in parse.tokens if t.text == word))


@pytest.mark.model
@pytest.mark.parametrize(
    ("text", "word", "stance"),
    [
        ("The navy seized a trawler.", "seized", "actual"),
        ("The council no longer funds the militia.", "funds", "denied"),
        ("Peru failed to extradite the banker.", "extradite", "denied"),
        ("Mali managed to retake the town.", "retake", "actual"),
        ("Ghana did not manage to retake the town.", "retake", "denied"),
        ("The rebels vowed to attack the port.", "attack", "planned"),
        ("Oman will host the talks.", "host", "planned"),
        ("The envoy urged Sudan to release the pilots.", "release", "hoped"),
        ("The opposition wants elections held in May.", "held", "hoped"),
        ("Bolivia may expel the consul.", "expel", "possible"),
        ("If Greece expels the consul, Turkey will respond.", "expels", "possible"),
        ("Norway denied that it had armed the rebels.", "armed", "denied"),
        ("Israel alleged that smugglers crossed the river.", "crossed", "actual"),
        ("It is alleged that smugglers crossed the river.", "crossed", "possible"),
        ("Police left without arresting anyone.", "arresting", "denied"),
        ("The army entered the town to disarm the militia.", "disarm", "planned"),
        ("Laos has no plan to join the pact.", "join", "denied"),
        ("The minister condemned the attack on the convoy.", "attack", "actual"),
        ("The minister called for a ceasefire.", "ceasefire", "hoped"),
        ("Sweden decided against sending tanks.", "sending", "denied"),
        ("The exiles were barred from voting.", "voting", "denied"),
        ("Under no circumstances were the pilots released.", "released", "denied"),
        ("The colonel was too proud to bow.", "bow", "denied"),
        ("The drought made the visit impossible; the council meets tomorrow.", "meets", "planned"),
        ("Greece insists that the governor resign.", "resign", "hoped"),
        ("The north is alleged to have hacked the bank.", "hacked", "possible"),
        ("It could not be confirmed that the judge was bribed.", "bribed", "possible"),
        ("Nobody doubts that they agreed.", "agreed", "actual"),
        ("May the two brothers forgive each other!", "forgive", "hoped"),
        ("If only the generals would listen, the nurse said.", "listen", "hoped"),
        ("For all anyone knows the vault was robbed.", "robbed", "possible"),
        ("The bishop retires in August.", "retires", "planned"),
        ("A ceasefire is out of the question.", "ceasefire", "denied"),
        ("The drought threatens to split the clan.", "split", "possible"),
        ("At no point did the sailors leave the pier.", "leave", "denied"),
        ("A guard might have saved the cook, had he been awake.", "saved", "denied"),
        ("Why not invite the miners?", "invite", "hoped"),
    ],
)
def test_stance(text: str, word: str, stance: str) -> None:
    assert judged(text, word).stance == stance


@pytest.mark.model
@pytest.mark.parametrize(
    ("text", "word", "outcome"),
    [
        ("Police foiled the attack on the embassy.", "attack", "foiled"),
        ("The attempted coup shook the capital.", "coup", "failed"),
        ("The king cancelled the visit to Rome.", "visit", "cancelled"),
        ("The army continues to shell the hills.", "shell", "ongoing"),
    ],
)
def test_outcome(text: str, word: str, outcome: str) -> None:
    assert judged(text, word).outcome == outcome


@pytest.mark.model
@pytest.mark.parametrize(
    ("text", "word", "tense"),
    [
        ("The navy seized a trawler.", "seized", "past"),
        ("The navy had seized a trawler.", "seized", "earlier"),
        ("The navy patrols the strait.", "patrols", "current"),
        ("The navy will patrol the strait.", "patrol", "future"),
    ],
)
def test_tense(text: str, word: str, tense: str) -> None:
    assert judged(text, word).tense == tense
