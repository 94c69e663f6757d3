"""Announced acts: agreement, threat, refusal."""

from dragoman.coding.futures import turned

from .trees import tree

WILL = "Peru/Peru/PROPN/3/nsubj will/will/AUX/3/aux act/act/VERB/0/root"


def test_announced_conflict_is_a_threat_of_its_mode() -> None:
    became = turned(tree(WILL), 2, "COERCE", "ban", "planned", False)
    assert became is not None
    assert (became.type, became.mode) == ("THREATEN", "ban")


def test_announced_cooperation_is_agreement_where_somebody_says_so() -> None:
    voiced = turned(tree(WILL), 2, "AID", None, "planned", True)
    assert voiced is not None
    assert voiced.type == "AGREE"
    assert turned(tree(WILL), 2, "AID", None, "planned", False) is None


def test_an_announced_refusal_is_a_rejection() -> None:
    became = turned(tree(WILL), 2, "RETREAT", "release", "denied", True)
    assert became is not None
    assert (became.type, became.mode) == ("REJECT", "yield")


def test_what_happened_stays_what_it_is() -> None:
    assert turned(tree(WILL), 2, "ASSAULT", None, "actual", True) is None
