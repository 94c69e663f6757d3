from collections.abc import Sequence

import pytest

from dragoman.model import Parse
from dragoman.parse import conllu
from dragoman.parse.displacy import dependencies, entities

SAMPLE = """# newdoc id = one
# newpar
# sent_id = a
# text = Peru didn't vote.
1\tPeru\tPeru\tPROPN\tNNP\tNumber=Sing\t4\tnsubj\t_\tEntity=B-LOC
2-3\tdidn't\t_\t_\t_\t_\t_\t_\t_\t_
2\tdid\tdo\tAUX\tVBD\t_\t4\taux\t_\t_
3\tn't\tnot\tPART\tRB\t_\t4\tadvmod\t_\t_
4\tvote\tvote\tVERB\tVB\tVerbForm=Inf\t0\troot\t_\tSpaceAfter=No
5\t.\t.\tPUNCT\t.\t_\t4\tpunct\t_\t_

# newpar
# sent_id = b
# text = Yes
1\tYes\tyes\tINTJ\tUH\t_\t0\troot\t_\t_

"""


def test_words_stand_where_their_offsets_say() -> None:
    (parse,) = conllu.read(SAMPLE)
    assert parse.text == "Peru didn't vote.\n\nYes"
    assert all(parse.text[t.start : t.end] == t.text for t in parse.tokens)
    assert [s.paragraph for s in parse.sentences] == [0, 1]


def test_heads_count_in_the_document_and_a_root_heads_itself() -> None:
    (parse,) = conllu.read(SAMPLE)
    assert [t.head for t in parse.tokens] == [3, 3, 3, 3, 3, 5]


def test_names_travel_in_misc() -> None:
    (parse,) = conllu.read(SAMPLE)
    assert [(parse.span(e.first, e.last).text, e.label) for e in parse.entities] == [("Peru", "LOC")]
    assert entities(parse)["ents"] == [{"start": 0, "end": 4, "label": "LOC"}]


def test_what_is_written_reads_back_the_same() -> None:
    (parse,) = conllu.read(SAMPLE)
    (again,) = conllu.read(conllu.write(parse))
    assert again.tokens == parse.tokens
    assert again.sentences == parse.sentences
    assert again.entities == parse.entities


def test_arcs_of_a_drawing_run_from_left_to_right_with_their_direction() -> None:
    (parse,) = conllu.read(SAMPLE)
    drawing = dependencies(parse)[0]
    assert drawing["arcs"][0] == {"start": 0, "end": 3, "label": "nsubj", "dir": "left"}
    assert len(drawing["words"]) == 5


class Echo:
    """Gives back what `SAMPLE` says, whatever it is asked; keeps what it was asked."""

    def parse_tokens(
        self, sentences: Sequence[Sequence[str]], space_after: Sequence[Sequence[bool]] | None = None
    ) -> Parse:
        self.asked = (list(map(list, sentences)), space_after)
        return conllu.read(SAMPLE)[0]


def test_filling_in_keeps_words_comments_and_multiword_tokens() -> None:
    lines = [line.split("\t") for line in SAMPLE.split("\n")]
    bare = "\n".join("\t".join([*row[:2], *["_"] * 7, row[9]]) if len(row) == 10 else row[0] for row in lines)
    engine = Echo()
    assert conllu.reparse(bare, engine) == SAMPLE
    assert engine.asked[1] is not None
    assert engine.asked[1][0] == [True, False, True, False, True]


@pytest.mark.parametrize(
    ("text", "message"),
    [("1\tA\tB\n", r"line 1: expected 10 columns .* found 3"), ("1\tA" + "\t_" * 4 + "\t7\tx\t_\t_\n", "head '7'")],
)
def test_a_broken_line_is_named(text: str, message: str) -> None:
    with pytest.raises(conllu.ConlluError, match=message):
        conllu.read(text)
