import pytest

from dragoman.errors import DataError
from dragoman.parse import Engine, conllu, load

from .contract import TEXTS, keeps_the_contract

pytestmark = pytest.mark.model

NEWS = """Envoys leave Accra

The president of Ghana, Kofi Mensah, told Gen. Adu on Jan. 5 that the U.S. had not sent aid. "We waited," he said. The \
talks will resume on Monday.

The foreign ministry in Lomé rejected the offer."""


@pytest.fixture(scope="module")
def engine() -> Engine:
    return load()


def test_the_engine_keeps_the_contract_of_all_engines(engine: Engine) -> None:
    keeps_the_contract(engine)


def test_sentences_end_at_stops_and_not_after_titles_months_and_acronyms(engine: Engine) -> None:
    parse = engine.parse(NEWS)
    assert [parse.tokens[s.first].text for s in parse.sentences] == ["Envoys", "The", '"', "The", "The"]
    assert [s.paragraph for s in parse.sentences] == [0, 1, 1, 1, 2]


def test_who_did_what_is_in_the_tree(engine: Engine) -> None:
    parse = engine.parse(NEWS)
    told = next(t for t in parse.tokens if t.text == "told")
    assert (told.lemma, told.upos, told.xpos) == ("tell", "VERB", "VBD")
    assert [t.text for t in parse.kids(told.i, "nsubj")] == ["president"]
    rejected = next(t for t in parse.tokens if t.text == "rejected")
    assert [t.text for t in parse.kids(rejected.i, "obj")] == ["offer"]


def test_names_have_their_types(engine: Engine) -> None:
    parse = engine.parse(NEWS)
    found = {(parse.span(e.first, e.last).text, e.label) for e in parse.entities}
    assert {("Ghana", "LOC"), ("Kofi Mensah", "PERSON"), ("Lomé", "LOC")} <= found


def test_a_text_is_parsed_alike_whatever_is_parsed_with_it(engine: Engine) -> None:
    alone = engine.parse(NEWS)
    crowd = [*TEXTS, "One more.", NEWS, "And another text, which is a little longer than that one."] * 3
    assert all(
        p.tokens == alone.tokens and p.entities == alone.entities for p in engine.parse_all(crowd) if p.text == NEWS
    )


def test_every_token_has_a_vector(engine: Engine) -> None:
    parse = engine.parse(NEWS)
    assert parse.vectors is not None
    assert parse.vectors.shape == (len(parse.tokens), 384)
    assert parse.vectors.dtype == "float16"


def test_given_words_and_sentences_are_kept(engine: Engine) -> None:
    parse = engine.parse_tokens([["It", "fell", "."], ["Why", "?"]], [[True, False, True], [False, True]])
    assert parse.text == "It fell.\nWhy?"
    assert [(s.first, s.last) for s in parse.sentences] == [(0, 3), (3, 5)]


def test_a_given_sentence_too_long_for_the_encoder_stays_one_tree(engine: Engine) -> None:
    parse = engine.parse_tokens([["word", ","] * 400, ["End", "."]])
    assert len(parse.sentences) == 2
    assert sum(t.head == t.i for t in parse.tokens) == 2


def test_a_sentence_of_four_hundred_words_is_parsed(engine: Engine) -> None:
    parse = engine.parse("and so the people of the town went on " * 50)
    assert len(parse.tokens) == 450


def test_conllu_goes_in_and_comes_out_with_the_same_words(engine: Engine) -> None:
    text = conllu.write(engine.parse(NEWS))
    again = conllu.reparse(text, engine)
    assert [line.split("\t")[1] for line in again.split("\n") if "\t" in line] == [
        t.text for t in engine.parse(NEWS).tokens
    ]


def test_a_folder_without_weights_is_refused_with_advice(tmp_path) -> None:  # type: ignore[no-untyped-def]
    with pytest.raises(DataError, match=r"inventory\.json.*Install"):
        load(tmp_path)


def test_who_says_by_which_word_and_what_is_tagged(engine: Engine) -> None:
    parse = engine.parse("The minister denied that troops had crossed the river. The bus stops at the old mill.")
    tags = {token.text: parse.quote_tags[token.i] for token in parse.tokens}
    assert (tags["minister"], tags["denied"], tags["troops"]) == (("source",), ("cue",), ("content",))
    assert tags["stops"] == tags["mill"] == ()
    assert parse.quotes is not None
    assert parse.quotes.shape == (len(parse.tokens), 3)
    assert 0 <= parse.quotes.min() <= parse.quotes.max() <= 1
