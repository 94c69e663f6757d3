import sys
from pathlib import Path
from types import SimpleNamespace

import pytest

from dragoman.errors import UsageError
from dragoman.model import Parse, Token
from dragoman.parse import adapters, conllu, load

from .contract import keeps_the_contract

ROWS = (
    ("Peru", "Peru", "PROPN", "NNP", 2, "nsubj"),
    ("votes", "vote", "VERB", "VBZ", 0, "root"),
    (".", ".", "PUNCT", ".", 2, "punct"),
)


def stanza_document(text: str) -> SimpleNamespace:
    """A document as Stanza gives it, for "Peru votes." alone."""
    at = 0
    tokens = []
    for form, lemma, upos, xpos, head, deprel in ROWS:
        start = text.find(form, at)
        at = start + len(form)
        values = {
            "text": form,
            "lemma": lemma,
            "upos": upos,
            "xpos": xpos,
            "feats": None,
            "head": head,
            "deprel": deprel,
        }
        word = SimpleNamespace(**values, start_char=start, end_char=at)
        tokens.append(SimpleNamespace(words=[word], start_char=start, end_char=at))
    ents = [SimpleNamespace(start_char=0, end_char=4, type="GPE")]
    return SimpleNamespace(sentences=[SimpleNamespace(tokens=tokens)], ents=ents)


def test_a_stanza_document_becomes_a_parse() -> None:
    parse = adapters.StanzaParser(pipeline=stanza_document).parse("Peru votes.")
    assert [(t.text, t.head, t.dep) for t in parse.tokens] == [
        ("Peru", 1, "nsubj"),
        ("votes", 1, "root"),
        (".", 1, "punct"),
    ]
    assert [(e.first, e.last, e.label) for e in parse.entities] == [(0, 1, "LOC")]


def test_a_command_that_writes_conllu_is_an_engine(tmp_path: Path) -> None:
    script = tmp_path / "pipe.py"
    lines = [f"{i}\\t{r[0]}\\t{r[1]}\\t{r[2]}\\t{r[3]}\\t_\\t{r[4]}\\t{r[5]}\\t_\\t_\\n" for i, r in enumerate(ROWS, 1)]
    script.write_text("import sys\nif sys.stdin.read().strip():\n    print('" + "".join(lines) + "')\n")
    engine = adapters.open_parser(f"udpipe:{sys.executable} {script}")
    parse = engine.parse("Peru   votes .")
    assert [(t.start, t.text, t.dep) for t in parse.tokens] == [
        (0, "Peru", "nsubj"),
        (7, "votes", "root"),
        (13, ".", "punct"),
    ]


def test_a_command_that_fails_is_named() -> None:
    with pytest.raises(UsageError, match="no-such-command-here"):
        adapters.open_parser("udpipe:no-such-command-here").parse("x")


def one_token(**changes: object) -> Parse:
    row = {"i": 0, "start": 0, "end": 2, "text": "Go", "lemma": "go", "upos": "VERB", "xpos": "VB", "feats": ""}
    token = Token(**(row | {"head": 0, "dep": "root", "sent": 0} | changes))  # type: ignore[arg-type]
    made = conllu.read("1\tGo\tgo\tVERB\tVB\t_\t0\troot\t_\t_\n\n")[0]
    return Parse("Go", (token,), made.sentences)


@pytest.mark.parametrize(
    ("changes", "message"),
    [({"dep": "ROOT-NP"}, "not UD"), ({"upos": "NN"}, "not UD"), ({"start": 1}, "offsets"), ({"head": 3}, "one root")],
)
def test_what_the_coder_could_not_read_is_refused(changes: dict[str, object], message: str) -> None:
    with pytest.raises(adapters.ContractError, match=message):
        adapters.check(one_token(**changes))


def test_a_package_that_is_missing_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "stanza", None)
    with pytest.raises(UsageError, match="pip install stanza"):
        adapters.open_parser("stanza:en")


@pytest.mark.model
def test_our_engine_in_spacy_and_spacy_as_an_engine_keep_the_contract() -> None:
    pytest.importorskip("spacy", reason="spaCy is an extra")
    from dragoman.parse import spacy_pipeline

    nlp = spacy_pipeline.pipeline(load())
    keeps_the_contract(adapters.SpacyParser(nlp=nlp))
    text = "The envoy left\n\n Accra  on Monday. Nobody came."
    ours, theirs = load().parse(text), adapters.SpacyParser(nlp=nlp).parse(text)
    assert [(t.text, t.lemma, t.upos, t.head, t.dep) for t in ours.tokens] == [
        (t.text, t.lemma, t.upos, t.head, t.dep) for t in theirs.tokens
    ]
    assert nlp(text).text == text
