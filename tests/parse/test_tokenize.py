import pytest
from hypothesis import given
from hypothesis import strategies as st

from dragoman.errors import DataError
from dragoman.parse.rules import build, rules
from dragoman.parse.tokenize import tokenize


def words(text: str) -> list[str]:
    return tokenize(text, 0, len(text), rules())[0]


@pytest.mark.parametrize(
    ("text", "cut"),
    [
        ("We don't know.", "We do n't know ."),
        ("They can’t stay.", "They ca n’t stay ."),
        ("She cannot go", "She can not go"),
        ("Iran's and the troops' pay", "Iran 's and the troops ' pay"),
        ("He'll say they've won", "He 'll say they 've won"),
        ("The U.S. and the U.N. met.", "The U.S. and the U.N. met ."),
        ("He left the U.S.", "He left the U.S."),
        ("Gen. J. Smith, Jan. 5", "Gen. J. Smith , Jan. 5"),
        ("oil-rich, Saudi-led forces", "oil - rich , Saudi - led forces"),
        ("the UN-backed envoy", "the UN - backed envoy"),
        ("anti-government, re-elected co-founder", "anti-government , re-elected co-founder"),
        ("1,200 troops, $3.5bn and 40%", "1,200 troops , $ 3.5 bn and 40 %"),
        ("“No,” he said.", "“ No , ” he said ."),
        ('"Why?" she asked...', '" Why ? " she asked ...'),
        ("(see https://example.org/a-b?c=1).", "( see https://example.org/a-b?c=1 ) ."),
        ("mail a.b@example.org, now", "mail a.b@example.org , now"),
        ("on 2024-05-01 or 1/5/2024", "on 2024-05-01 or 1/5/2024"),
        ("O'Brien of Côte d'Ivoire", "O'Brien of Côte d'Ivoire"),
        ("talks—again—failed", "talks — again — failed"),
    ],
)
def test_words_are_cut_as_ud_english_cuts_them(text: str, cut: str) -> None:
    assert words(text) == cut.split(" ")


@given(st.text(max_size=200))
def test_every_character_that_is_not_blank_is_in_just_one_word(text: str) -> None:
    forms, starts, gaps = tokenize(text, 0, len(text), rules())
    at = 0
    for form, start, gap in zip(forms, starts, gaps, strict=True):
        assert not text[at:start].strip()
        assert text[start : start + len(form)] == form
        assert (gap == 0) == (start == at and at > 0)
        at = start + len(form)
    assert not text[at:].strip()


def test_a_line_end_before_a_word_is_told_from_a_blank() -> None:
    assert tokenize("one two\nthree", 0, 13, rules())[2] == [1, 1, 2]


def test_a_broken_table_is_named_with_its_entry() -> None:
    with pytest.raises(DataError, match=r"mine\.toml: 'titles'"):
        build({"titles": "Mr."}, "mine.toml")
