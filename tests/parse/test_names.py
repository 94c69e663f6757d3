from dragoman.parse.names import tidied
from dragoman.parse.rules import rules

FORMS = "President Ana Sosa of the Banco Central met Mr. Diaz yesterday".split()
TAGS = "PROPN PROPN PROPN ADP DET PROPN PROPN VERB PROPN PROPN NOUN".split()
RELATIONS = {0: ("compound", 1), 2: ("flat", 1), 5: ("compound", 6), 9: ("flat", 8)}


def tidy(*spans: tuple[int, int, str]) -> list[tuple[int, int, str]]:
    return tidied(spans, FORMS, TAGS.__getitem__, lambda i: RELATIONS.get(i, ("nsubj", 7)), rules())


def test_a_title_is_no_part_of_the_name_and_no_name() -> None:
    assert tidy((0, 3, "PERSON")) == [(1, 3, "PERSON")]
    assert tidy((0, 1, "PERSON")) == []


def test_a_name_goes_on_over_its_flat_and_compound_words() -> None:
    assert tidy((1, 2, "PERSON")) == [(1, 3, "PERSON")]
    assert tidy((5, 6, "ORG")) == [(5, 7, "ORG")]


def test_a_name_does_not_run_into_the_next() -> None:
    assert tidy((1, 2, "PERSON"), (2, 3, "ORG")) == [(1, 2, "PERSON"), (2, 3, "ORG")]


def test_a_name_needs_a_proper_noun_a_date_does_not() -> None:
    assert tidy((3, 5, "ORG"), (10, 11, "DATE")) == [(10, 11, "DATE")]
