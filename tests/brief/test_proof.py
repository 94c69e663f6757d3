"""The prose of briefs, coded again by the program's own coder: what stands without a voice has two independent origins."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from sample_ledger import SampleLedger

from dragoman.brief import compose, prove
from dragoman.brief.model import Sentence
from dragoman.cli.coding import recode
from dragoman.ledger import Ledger
from dragoman.model import Coded
from dragoman.read import read
from dragoman.run import code_all

pytestmark = pytest.mark.model
EXAMPLES = Path(__file__).parents[2] / "examples/iran"


@pytest.mark.parametrize("topic", ["Iran", "Hamas–Iran", "Syria", "Israel", "Gulf states"])
def test_nothing_is_asserted_on_one_origin(topic: str) -> None:
    ledger = SampleLedger()
    proof = prove(compose(ledger, topic, today=date(2026, 1, 2)), ledger, recode)
    assert proof.sentences > 5
    assert [f.words for f in proof.failed] == []


def test_an_assertion_on_one_origin_is_found() -> None:
    ledger = SampleLedger()
    brief = compose(ledger, "Iran", today=date(2026, 1, 2))
    worse = replace(
        brief, standfirst=(Sentence("Iran gave military aid to Hamas on 21 November 2012."), *brief.standfirst)
    )
    proof = prove(worse, ledger, recode)
    assert [f.sentence for f in proof.failed] == ["Iran gave military aid to Hamas on 21 November 2012."]
    assert proof.failed[0].origins < 2 and "AID" in proof.failed[0].words


def test_what_several_origins_report_may_be_asserted() -> None:
    ledger = SampleLedger()
    brief = compose(ledger, "Iran", today=date(2026, 1, 2))
    said = Sentence("Iran and the United States reached an agreement in Geneva on 24 November 2013.")
    proof = prove(replace(brief, standfirst=(said,), points=(), sections=()), ledger, recode)
    assert proof.own == 1 and proof.failed == ()


@pytest.mark.slow
def test_briefs_of_the_example_corpus_are_proved(tmp_path: Path) -> None:
    topics = [
        "Iran",
        "Syria",
        "Hamas–Iran",
        "Israel",
        "Turkey",
        "Yemen",
        "Egypt",
        "United States",
        "Damascus",
        "nuclear talks",
    ]
    with Ledger.open(tmp_path / "ledger.db") as ledger:
        ledger.add(item for item in code_all(read([str(EXAMPLES)])) if isinstance(item, Coded))
        proofs = {t: prove(compose(ledger, t, today=date(2026, 1, 2)), ledger, recode) for t in topics}
    assert all(p.sentences > 10 for p in proofs.values()) and sum(p.own for p in proofs.values()) > 2
    assert {t: [f.words for f in p.failed] for t, p in proofs.items() if p.failed} == {}
