"""The confidence of a claim: which weights speak, and what they may look at."""

from __future__ import annotations

import tomllib
from dataclasses import replace
from importlib import resources

import numpy as np
import pytest

from dragoman.coding.confidence import confidence_of, features_of
from dragoman.coding.frames import lexicon
from dragoman.coding.roles import Roles, roles_of
from dragoman.coding.triggers import Trigger, find_triggers

from .trees import context_of


@pytest.fixture
def made() -> tuple[Trigger, Roles]:
    """A trigger between two named parties, on which the classifier was not heard, and its roles."""
    context = context_of("Peru/Peru/PROPN/2/nsubj attacked/attack/VERB/0/root Chile/Chile/PROPN/2/obj")
    (trigger,) = find_triggers(context.parse, lexicon())
    return trigger, roles_of(context, trigger)


def test_the_weights_are_of_features_that_there_are(made: tuple[Trigger, Roles]) -> None:
    data = resources.files("dragoman.coding") / "data" / "confidence.toml"
    sections = tomllib.loads(data.read_text(encoding="utf-8"))
    assert set(sections) == {"alone", "heard"}
    assert set(sections["alone"]) | set(sections["heard"]) <= set(features_of(*made, main=True))


def test_the_surer_the_classifier_the_surer_the_claim(made: tuple[Trigger, Roles]) -> None:
    trigger, roles = made
    said = [confidence_of(replace(trigger, chance=chance), roles, main=True) for chance in (0.0, 0.2, 0.6, 1.0)]
    assert said == sorted(set(said))
    assert 0 < said[0] < 0.5 < said[-1] < 1


def test_where_the_classifier_has_not_learnt_a_frame_it_is_not_asked(made: tuple[Trigger, Roles]) -> None:
    trigger, roles = made
    own = replace(trigger, frame=replace(trigger.frame, own=True))
    unheard = confidence_of(replace(trigger, chance=None), roles, main=True)
    assert {confidence_of(replace(own, chance=chance), roles, main=True) for chance in (None, 0.01, 0.99)} == {unheard}


def test_background_and_denied_claims_are_less_sure(made: tuple[Trigger, Roles]) -> None:
    trigger, roles = made
    for chance in (None, 0.8):
        heard = replace(trigger, chance=chance)
        news = confidence_of(heard, roles, main=True)
        assert confidence_of(heard, roles, main=False) < news
        assert confidence_of(heard, roles, main=True, denied=True) < news


def test_the_fit_finds_the_weights_that_made_the_claims() -> None:
    from training.confidence import NAMES, Rows, fit, measures, predict

    random = np.random.default_rng(1)
    inputs = np.concatenate([np.ones((4000, 1)), random.normal(size=(4000, len(NAMES) - 1))], axis=1)
    true = np.linspace(-0.8, 0.8, len(NAMES))
    right = (random.random(4000) < 1 / (1 + np.exp(-inputs @ true))).astype(float)
    rows = Rows(inputs, right, np.ones(4000), np.arange(4000))
    found = fit(rows)
    assert np.abs(found - true).max() < 0.2
    fitted, guessed = measures(rows, predict(rows, found)), measures(rows, np.full(4000, 0.9))
    assert fitted["calibration_error"] < 0.04 < guessed["calibration_error"]
    assert fitted["order"] > 0.75 and guessed["order"] == 0.5
