"""How two parties stand: tie claims from sentences."""

from __future__ import annotations

from functools import cache

import pytest

from dragoman.coding import ties_lexicon
from dragoman.errors import DataError
from dragoman.model import Report, TieClaim


def test_a_state_that_is_none_is_named() -> None:
    with pytest.raises(DataError, match="lukewarm"):
        ties_lexicon._table([{"words": ["tepid"], "state": "lukewarm"}], "words")


def test_the_shipped_lexicon_says_something_with_every_word() -> None:
    lexicon = ties_lexicon.load()
    for table in (
        lexicon.relations,
        lexicon.adjectives,
        lexicon.verbs,
        lexicon.acts,
        lexicon.predicates,
        lexicon.roles,
    ):
        assert all(standing.state or standing.change for standing in table.values())


@cache
def ties(text: str) -> tuple[TieClaim, ...]:
    from dragoman.coding.attribution import Attribution
    from dragoman.coding.context import Context
    from dragoman.coding.ties import find_ties
    from dragoman.find import find
    from dragoman.parse import load
    from dragoman.registry import Registry

    report, parse = Report("r", text), load().parse(text)
    findings = find(report, parse, Registry.load())
    return tuple(find_ties(Context(report, parse, findings), Attribution(report, parse, findings)))


def told(text: str) -> list[tuple[str, str, str | None, str | None, str]]:
    return [(t.between[0].name, t.between[1].name, t.state, t.change, t.stance) for t in ties(text)]


@pytest.mark.model
@pytest.mark.parametrize(
    ("text", "tie"),
    [
        ("Relations between Chile and Peru are strained.", ("Chile", "Peru", "strained", None, "actual")),
        ("Kenya severed diplomatic ties with Somalia.", ("Kenya", "Somalia", "broken", "severed", "actual")),
        ("Egypt's relations with Turkey have improved.", ("Egypt", "Turkey", None, "improving", "actual")),
        ("Japan hopes to mend ties with China.", ("Japan", "China", None, "improving", "hoped")),
        ("Ethiopia fell out with Eritrea.", ("Ethiopia", "Eritrea", "strained", "worsening", "actual")),
        ("Qatar is at odds with Bahrain.", ("Qatar", "Bahrain", "strained", None, "actual")),
        ("The rift between Niger and Mali widened.", ("Niger", "Mali", "strained", "worsening", "actual")),
        ("The tensions between Niger and Mali have eased.", ("Niger", "Mali", None, "improving", "actual")),
        ("Serbia restored relations with Croatia.", ("Serbia", "Croatia", None, "restored", "actual")),
    ],
)
def test_state_change_and_stance(text: str, tie: tuple[str, str, str | None, str | None, str]) -> None:
    assert tie in told(text)


@pytest.mark.model
def test_a_tie_with_two_is_two_ties() -> None:
    assert {(t[0], t[1]) for t in told("Oman wants closer ties with India and Pakistan.")} == {
        ("Oman", "India"),
        ("Oman", "Pakistan"),
    }


@pytest.mark.model
def test_a_denied_rupture_keeps_its_level() -> None:
    claims = ties("Algeria's relations with Morocco are not broken.")
    assert [(c.state, c.stance) for c in claims] == [("broken", "denied")]


@pytest.mark.model
def test_the_first_party_has_the_role() -> None:
    claims = [c for c in ties("Belarus, a staunch ally of Russia, closed its airspace.") if c.role]
    assert [(c.between[0].name, c.role, c.between[1].name) for c in claims] == [("Belarus", "ally", "Russia")]


@pytest.mark.model
def test_a_former_patron_is_past() -> None:
    claims = [c for c in ties("Angola thanked Cuba, its former patron.") if c.role == "patron"]
    assert [c.tense for c in claims] == ["past"]


@pytest.mark.model
def test_the_two_sides_of_a_tie_differ() -> None:
    for claim in ties("Iran and Iraq restored ties. Iran's ties with Iran matter."):
        assert claim.between[0].name != claim.between[1].name
