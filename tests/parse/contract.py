"""What every engine must keep, ours and adapted ones. Call `keeps_the_contract` from a test."""

from dragoman.parse.adapters import Parser, check

TEXTS = (
    "",
    " \n\n ",
    "Peru",
    "Envoys of Chad and Niger met in Accra. They did not agree.",
    'A SHORT TITLE\n\nThe mayor of Lima said: "We can\'t wait." Nobody answered.',
    "?! ... — (",
    "Это русский текст. 这是中文。 هذا نص عربي.",
    "x" * 3000 + " " + "a-b " * 200,
    "1\t2\t3\n4\t5\t6\n7\t8\t9",
    "e\u0301t\u200be \U0001f600 \x07",
)


def keeps_the_contract(engine: Parser) -> None:
    """Raises where a parse breaks the contract, is of another text, or depends on what it was batched with."""
    together = list(engine.parse_all(TEXTS))
    assert [parse.text for parse in together] == list(TEXTS)
    for text, parse in zip(TEXTS, together, strict=True):
        check(parse)
        assert bool(parse.tokens) == bool(text.strip())
        assert engine.parse(text).tokens == parse.tokens
