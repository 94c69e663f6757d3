"""Lemmas of verbs and nouns as the news uses them."""

from __future__ import annotations

import pytest

from dragoman.parse.lemmas import Lemmatiser, word_lemma

VERBS = {
    "struck": "strike", "fled": "flee", "tied": "tie", "vied": "vie", "strafed": "strafe", "soured": "sour", "swore": "swear",
    "withdrew": "withdraw", "overthrew": "overthrow", "wielding": "wield", "stabbed": "stab", "decried": "decry", "froze": "freeze",
    "upheld": "uphold", "teargassed": "teargas", "besieged": "besiege", "shelled": "shell", "raided": "raid", "banned": "ban",
    "expelled": "expel", "negotiating": "negotiate", "accused": "accuse", "threatened": "threaten", "seized": "seize",
    "imposed": "impose", "launched": "launch", "detonating": "detonate", "vowed": "vow", "escorted": "escort",
    "ambushed": "ambush", "abducts": "abduct", "denies": "deny", "passes": "pass", "torpedoed": "torpedo",
}  # fmt: skip
NOUNS = {
    "ties": "tie",
    "allies": "ally",
    "crises": "crisis",
    "lives": "life",
    "airstrikes": "airstrike",
    "embassies": "embassy",
    "forces": "force",
    "talks": "talk",
    "politics": "politics",
}


@pytest.mark.parametrize(("form", "lemma"), VERBS.items())
def test_verbs(form: str, lemma: str) -> None:
    assert word_lemma(form, "V") == lemma


@pytest.mark.parametrize(("form", "lemma"), NOUNS.items())
def test_nouns(form: str, lemma: str) -> None:
    assert word_lemma(form, "N") == lemma


def test_a_name_is_its_own_lemma() -> None:
    assert Lemmatiser(["L1+"])("Homs", 0, "PROPN") == "Homs"


def test_other_words_go_by_the_edit_script() -> None:
    assert Lemmatiser(["L2+"])("Harder", 0, "ADJ") == "hard"
