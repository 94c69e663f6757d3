from hypothesis import given
from hypothesis import strategies as st

from dragoman.parse.lemmas import Lemmatiser
from dragoman.parse.wordpiece import UNKNOWN, WordPieces, shape

VOCABULARY = ["[PAD]", *[f"[x{i}]" for i in range(99)], "[UNK]", "embassy", "em", "##bassy", "##s", "un", "-", "a"]


def test_the_longest_piece_wins_and_the_rest_goes_on() -> None:
    pieces = WordPieces(VOCABULARY)
    assert pieces("Embassys").pieces == (VOCABULARY.index("embassy"), VOCABULARY.index("##s"))


def test_accents_and_casing_do_not_matter_to_pieces_but_shape_tells() -> None:
    pieces = WordPieces(VOCABULARY)
    assert pieces("ÉMBASSY").pieces == pieces("embassy").pieces
    assert shape("EMBASSY") != shape("embassy") != shape("Embassy")


def test_a_word_that_the_normaliser_eats_is_unknown() -> None:
    assert WordPieces(VOCABULARY)("\u200b").pieces == (UNKNOWN,)


@given(st.text(min_size=1, max_size=300))
def test_every_word_has_one_to_eight_pieces(word: str) -> None:
    code = WordPieces(VOCABULARY)(word)
    assert 1 <= len(code.pieces) <= 8
    assert len(code.features) == 4


def test_lemma_rules_cut_add_and_case() -> None:
    lemma = Lemmatiser(["L3+y", "K0+", "T1+", "L9+be"])
    assert [lemma("Cities", 0), lemma("UN", 1), lemma("IRAN", 2), lemma("was", 3)] == ["city", "UN", "Ira", "was"]
