"""Attributions: sources, cues and contents, direct and reported, broken, nested, unclosed."""

from __future__ import annotations

import pytest

from dragoman.errors import DataError
from dragoman.find import quotations_lexicon
from dragoman.find.quotations import find_quotations
from dragoman.find.quotations_marks import find_marked
from dragoman.model import Parse, Quotation, Report, Sentence, Token


def words(text: str, *paragraphs: int) -> Parse:
    """A parse without syntax: words cut at blanks and marks, a sentence at each full stop; `paragraphs` are sentences that open one."""
    tokens: list[Token] = []
    sentences: list[Sentence] = []
    first, paragraph, start = 0, 0, None
    for at, char in enumerate([*text, " "]):
        cut = char.isspace() or char in '“”".,:'
        if cut and start is not None:
            _add(tokens, text, start, at, len(sentences))
            start = None
        if cut and not char.isspace():
            _add(tokens, text, at, at + 1, len(sentences))
        elif not cut and start is None:
            start = at
        if char == "." or at == len(text):
            if len(tokens) > first:
                paragraph += len(sentences) in paragraphs
                sentences.append(
                    Sentence(len(sentences), first, len(tokens), tokens[first].start, tokens[-1].end, paragraph)
                )
            first = len(tokens)
    return Parse(text, tuple(tokens), tuple(sentences))


def _add(tokens: list[Token], text: str, start: int, end: int, sent: int) -> None:
    word = text[start:end]
    upos = "PUNCT" if not word[0].isalnum() else "NOUN"
    tokens.append(Token(len(tokens), start, end, word, word.lower(), upos, "NN", "", len(tokens), "root", sent))


def marked(parse: Parse) -> list[str]:
    return [parse.text[q.start : q.end] for q in find_marked(parse)]


def test_paired_marks_bound_the_words_between_them() -> None:
    assert marked(words("He read “We go home” and left.")) == ["“We go home”"]


def test_straight_marks_pair_by_their_blanks() -> None:
    assert marked(words('A "first" and a "second" one.')) == ['"first"', '"second"']


def test_a_mark_that_is_never_closed_ends_with_its_sentence() -> None:
    assert marked(words("They vowed “to stay on. The rain fell. Trade went on.")) == ["“to stay on."]


def test_an_open_paragraph_goes_on_where_the_next_opens_with_a_mark() -> None:
    parse = words("“We stay. We wait. “We win.”", 2)
    assert marked(parse)[0] == "“We stay. We wait."


@pytest.mark.parametrize("text", ["", "”", "“", '"""', "“ ”", "“" * 40])
def test_odd_marks_never_crash(text: str) -> None:
    parse = words(text)
    assert find_quotations(Report("r", text), parse) == ()


def test_a_broken_lexicon_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(DataError, match="frames"):
        quotations_lexicon._built({"verbs": [{"group": "odd", "frames": ["dance"]}]})


# --- with the engine ----------------------------------------------------------------------------------------------------


def found(text: str) -> list[Quotation]:
    from dragoman.parse import load

    return list(find_quotations(Report("r", text), load().parse(text)))


def triple(quotation: Quotation) -> tuple[str, str, str]:
    source, cue = quotation.source, quotation.cue
    contents = " … ".join(part.text.strip('“”",. ') for part in quotation.content_parts)
    return source.text if source else "", cue.text if cue else "", contents


@pytest.mark.model
@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The mayor said the bridge would reopen in June.", ("The mayor", "said", "the bridge would reopen in June")),
        ("According to the coast guard, two boats sank.", ("the coast guard", "According to", "two boats sank")),
        ("“The harvest is lost,” said Amina Diallo.", ("Amina Diallo", "said", "The harvest is lost")),
        ("Two boats sank, the coast guard reported.", ("the coast guard", "reported", "Two boats sank")),
        ("The union vowed to strike in May.", ("The union", "vowed", "to strike in May")),
        ("Norway denied that its ship had fired.", ("Norway", "denied", "that its ship had fired")),
    ],
)
def test_source_cue_and_content(text: str, expected: tuple[str, str, str]) -> None:
    assert expected in [triple(q) for q in found(text)]


@pytest.mark.model
def test_a_headline_with_a_colon_names_its_speaker() -> None:
    quotations = found("Minister Holm: Grain exports will resume\n\nThe port opened on Monday.")
    assert triple(quotations[0]) == ("Minister Holm", ":", "Grain exports will resume")


@pytest.mark.model
def test_a_quotation_goes_on_over_the_next_sentence() -> None:
    quotations = found("“We waited for hours,” Amina Diallo said. “Nobody came to help us.”")
    parts = [part.text for q in quotations if q.direct for part in q.content_parts]
    assert any("Nobody came" in part for part in parts)


@pytest.mark.model
def test_words_in_a_quotation_that_attribute_are_nested() -> None:
    quotations = found("“The minister told us that the road was mined,” Amina Diallo said.")
    nested = {q.cue.text: q.nested for q in quotations if q.cue}
    assert nested.get("told") is True
    assert nested.get("said") is False


@pytest.mark.model
def test_an_unclosed_mark_swallows_no_later_sentence() -> None:
    quotations = found(
        "The guild promised “to rebuild the mill by spring. Floods ruined the road. The market stayed shut."
    )
    assert not any("Floods" in part.text or "market" in part.text for q in quotations for part in q.content_parts)


@pytest.mark.model
def test_spans_stand_at_their_offsets() -> None:
    text = "“We shall stay,” Ivo Brandt said, “and rebuild.” He blamed the council for the delay."
    for quotation in found(text):
        for span in (quotation.source, quotation.cue, quotation.content, *quotation.content_parts):
            assert span is None or text[span.start : span.end] == span.text
