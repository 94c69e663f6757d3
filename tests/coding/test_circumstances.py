"""When, where and why, read off the tree."""

from dragoman.coding.circumstances import cause_of, when_of, where_of
from dragoman.model import Parse, Timex, Toponym

from .trees import tree


def time_at(parse: Parse, i: int) -> tuple[int, Timex]:
    t = parse.tokens[i]
    return i, Timex(t.start, t.end, t.text, i, i + 1, "DATE", "X", "2020-01-01", "2020-01-02", "day")


def place_at(parse: Parse, i: int, precision: str = "city") -> tuple[int, Toponym]:
    t = parse.tokens[i]
    return i, Toponym(t.start, t.end, t.text, i, i + 1, t.text, None, None, None, None, None, None, precision)


def test_a_day_of_the_saying_does_not_date_what_is_said() -> None:
    parse = tree(
        "Peru/Peru/PROPN/2/nsubj said/say/VERB/0/root on/on/ADP/4/case Monday/Monday/PROPN/2/obl troops/troops/NOUN/6/nsubj left/leave/VERB/2/ccomp"
    )
    times = [time_at(parse, 3)]
    assert when_of(parse, times, 5) is None
    found = when_of(parse, times, 1)
    assert found is not None
    assert found.text == "Monday"


def test_a_noun_shares_the_day_of_its_verb() -> None:
    parse = tree(
        "Talks/talk/NOUN/3/nsubj:pass were/be/AUX/3/aux:pass held/hold/VERB/0/root Monday/Monday/PROPN/3/obl:tmod"
    )
    assert when_of(parse, [time_at(parse, 3)], 0) is not None


def test_a_later_conjuncts_day_is_its_own() -> None:
    parse = tree(
        "Peru/Peru/PROPN/2/nsubj came/come/VERB/0/root and/and/CCONJ/4/cc left/leave/VERB/2/conj Monday/Monday/PROPN/4/obl:tmod"
    )
    assert when_of(parse, [time_at(parse, 4)], 1) is None
    assert when_of(parse, [time_at(parse, 4)], 3) is not None


def test_a_place_needs_a_preposition_of_place_or_is_what_is_visited() -> None:
    parse = tree(
        "Peru/Peru/PROPN/2/nsubj visited/visit/VERB/0/root Lima/Lima/PROPN/2/obj with/with/ADP/5/case Quito/Quito/PROPN/2/obl"
    )
    assert where_of(parse, [place_at(parse, 4)], 1) is None
    found = where_of(parse, [place_at(parse, 2), place_at(parse, 4)], 1)
    assert found is not None
    assert found.name == "Lima"


def test_because_of_and_because_give_causes() -> None:
    parse = tree(
        "Peru/Peru/PROPN/2/nsubj left/leave/VERB/0/root because/because/ADP/5/case of/of/ADP/3/fixed rain/rain/NOUN/2/obl"
    )
    (cause,) = cause_of(parse, 1)
    assert (cause.text, cause.id) == ("rain", None)


def test_as_a_result_points_back_a_sentence() -> None:
    parse = tree(
        "Ties/tie/NOUN/2/nsubj soured/sour/VERB/0/root ././PUNCT/2/punct",
        "As/as/ADP/3/case a/a/DET/3/det result/result/NOUN/5/obl Peru/Peru/PROPN/5/nsubj left/leave/VERB/0/root",
    )
    (cause,) = cause_of(parse, 7)
    assert cause.text == "Ties soured"
