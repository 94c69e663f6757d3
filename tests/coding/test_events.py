"""From words to event claims, on trees written by hand."""

import pytest

from dragoman.coding.events import find_events
from dragoman.model import EventClaim

from .trees import NoVoices, context_of


def events(*sentences: str) -> list[EventClaim]:
    return find_events(context_of(*sentences), NoVoices())


def brief(claim: EventClaim) -> tuple[str, list[str], list[str]]:
    return claim.type, [p.name for p in claim.actors], [p.name for p in claim.recipients]


def test_active_and_passive_tell_the_same() -> None:
    (active,) = events("Peru/Peru/PROPN/2/nsubj attacked/attack/VERB/0/root Chile/Chile/PROPN/2/obj")
    (passive,) = events(
        "Chile/Chile/PROPN/3/nsubj:pass was/be/AUX/3/aux:pass attacked/attack/VERB/0/root by/by/ADP/5/case Peru/Peru/PROPN/3/obl:agent"
    )
    assert brief(active) == brief(passive) == ("ASSAULT", ["Peru"], ["Chile"])
    assert active.quad == "material-conflict"
    assert active.intensity < -9


def test_a_thing_that_is_hit_leads_to_whose_it_is() -> None:
    (claim,) = events(
        "Peru/Peru/PROPN/2/nsubj condemned/condemn/VERB/0/root Chile/Chile/PROPN/5/nmod:poss 's/'s/PART/3/case decision/decision/NOUN/2/obj"
    )
    assert brief(claim) == ("ACCUSE", ["Peru"], ["Chile"])


def test_sides_that_meet_act_on_each_other() -> None:
    (claim,) = events("Peru/Peru/PROPN/2/nsubj met/meet/VERB/0/root with/with/ADP/4/case Chile/Chile/PROPN/2/obl")
    assert claim.mutual
    assert brief(claim) == ("CONSULT", ["Peru", "Chile"], [])


def test_talks_between_two_are_mutual() -> None:
    (claim,) = events(
        "Talks/talk/NOUN/0/root between/between/ADP/3/case Peru/Peru/PROPN/1/nmod and/and/CCONJ/5/cc Chile/Chile/PROPN/3/conj"
    )
    assert (claim.type, claim.mutual, claim.main) == ("CONSULT", True, True)


def test_a_light_verb_and_its_noun_are_one_claim() -> None:
    (claim,) = events(
        "Peru/Peru/PROPN/2/nsubj launched/launch/VERB/0/root an/a/DET/4/det attack/attack/NOUN/2/obj on/on/ADP/6/case Chile/Chile/PROPN/4/nmod"
    )
    assert brief(claim) == ("ASSAULT", ["Peru"], ["Chile"])


def test_arms_on_their_way_are_aid_and_their_seizure_is_coercion() -> None:
    claims = events(
        "A/a/DET/2/det shipment/shipment/NOUN/7/nsubj:pass of/of/ADP/4/case arms/arm/NOUN/2/nmod from/from/ADP/6/case Peru/Peru/PROPN/2/nmod "
        "intercepted/intercept/VERB/0/root/VBN was/be/AUX/7/aux:pass by/by/ADP/10/case Chile/Chile/PROPN/7/obl:agent"
    )
    assert {(c.type, c.mode) for c in claims} == {("AID", None), ("COERCE", "seize")}
    by_type = {c.type: [p.name for p in c.actors] for c in claims}
    assert by_type == {"AID": ["Peru"], "COERCE": ["Chile"]}


def test_a_threat_and_what_it_menaces() -> None:
    threat, act = events(
        "Peru/Peru/PROPN/2/nsubj threatened/threaten/VERB/0/root to/to/PART/4/mark attack/attack/VERB/2/xcomp Chile/Chile/PROPN/4/obj"
    )
    assert (threat.type, threat.mode, threat.stance, threat.main) == ("THREATEN", "violence", "actual", True)
    assert (act.type, act.main) == ("ASSAULT", False)
    assert act.stance != "actual"
    assert threat.about == act.id
    assert [v.name for v in act.said_by] == ["Peru"]
    assert [p.name for p in threat.recipients] == ["Chile"]


def test_what_somebody_is_called_is_said_by_the_caller() -> None:
    accuse, aid = events(
        "Peru/Peru/PROPN/2/nsubj identified/identify/VERB/0/root Chile/Chile/PROPN/2/obj as/as/ADP/6/case a/a/DET/6/det source/source/NOUN/2/obl "
        "for/for/ADP/9/case Bolivia/Bolivia/PROPN/9/nmod:poss arsenal/arsenal/NOUN/6/nmod"
    )
    assert brief(accuse) == ("ACCUSE", ["Peru"], ["Chile"])
    assert brief(aid) == ("AID", ["Chile"], ["Bolivia"])
    assert [v.name for v in aid.said_by] == ["Peru"]


def test_those_of_whom_a_group_is_said_act_with_it() -> None:
    (claim,) = events(
        "Peru/Peru/PROPN/3/nsubj was/be/AUX/3/cop one/one/NUM/0/root of/of/ADP/6/case several/several/ADJ/6/amod states/state/NOUN/3/nmod "
        "that/that/PRON/8/nsubj gathered/gather/VERB/6/acl:relcl"
    )
    assert claim.type == "CONSULT"
    assert "Peru" in [p.name for p in claim.actors]


@pytest.mark.parametrize(
    "sentence",
    [
        "Peru/Peru/PROPN/2/nsubj attacked/attack/VERB/0/root the/the/DET/4/det problem/problem/NOUN/2/obj",
        "Six/six/NUM/2/nummod workers/worker/NOUN/4/nsubj:pass were/be/AUX/4/aux:pass killed/kill/VERB/0/root in/in/ADP/7/case a/a/DET/7/det "
        "crash/crash/NOUN/4/obl",
        "The/the/DET/2/det meeting/meeting/NOUN/3/nsubj ended/end/VERB/0/root",
        "Peru/Peru/PROPN/2/nsubj said/say/VERB/0/root yes/yes/INTJ/2/obj",
    ],
)
def test_metaphors_accidents_and_deeds_of_nobody_are_no_claim(sentence: str) -> None:
    assert events(sentence) == []


def test_nouns_in_the_background_need_both_sides() -> None:
    claims = events(
        "Peru/Peru/PROPN/2/nsubj freed/free/VERB/0/root two/two/NUM/4/nummod hostages/hostage/NOUN/2/obj after/after/ADP/7/case an/a/DET/7/det "
        "attack/attack/NOUN/2/obl on/on/ADP/9/case Chile/Chile/PROPN/7/nmod"
    )
    assert [c.type for c in claims] == ["RETREAT"]


def test_every_claim_has_a_party_reasons_and_confidence() -> None:
    (claim,) = events("Peru/Peru/PROPN/2/nsubj attacked/attack/VERB/0/root Chile/Chile/PROPN/2/obj")
    assert claim.reasons[0] == "verb attack is ASSAULT"
    assert 0 < claim.confidence < 1
    assert claim.coder.startswith("dragoman-en")


def test_unlike_claims_have_unlike_ids() -> None:
    claims = events(
        "Peru/Peru/PROPN/2/nsubj freed/free/VERB/0/root hostages/hostage/NOUN/2/obj and/and/CCONJ/5/cc arrested/arrest/VERB/2/conj "
        "students/student/NOUN/5/obj"
    )
    assert len({c.id for c in claims}) == len(claims) == 2


def test_ministers_who_confer_by_satellite_are_not_conferred_upon() -> None:
    (claim,) = events(
        "Ministers/minister/NOUN/2/nsubj:pass conferred/confer/VERB/0/root/VBN by/by/ADP/4/case satellite/satellite/NOUN/2/obl"
    )
    assert brief(claim) == ("CONSULT", ["Ministers"], [])


def test_two_adjectives_of_one_noun_name_two_sides() -> None:
    (claim,) = events(
        "Lebanese/lebanese/PROPN/4/amod and/and/CCONJ/3/cc Cypriot/cypriot/PROPN/1/conj presidents/president/NOUN/5/nsubj "
        "met/meet/VERB/0/root"
    )
    assert claim.mutual
    assert [(p.country, p.name) for p in claim.actors] == [
        ("LEB", "Lebanese presidents"),
        ("CYP", "Cypriot presidents"),
    ]


def test_a_condition_may_ask_for_a_name() -> None:
    words = "{0} dropped/drop/VERB/0/root the/the/DET/4/det levy/levy/NOUN/2/obj"
    (claim,) = events(words.format("Rabat/Rabat/PROPN/2/nsubj"))
    assert brief(claim) == ("CONCEDE", ["Rabat"], [])
    assert events(words.format("Children/child/NOUN/2/nsubj")) == []


@pytest.mark.parametrize(
    "words",
    [
        "Peru/Peru/PROPN/2/nsubj lends/lend/VERB/0/root Chile/Chile/PROPN/2/obj boats/boat/NOUN/2/obj",
        "Peru/Peru/PROPN/4/nsubj:outer is/be/AUX/4/cop to/to/PART/4/mark lend/lend/VERB/0/root boats/boat/NOUN/4/obj "
        "to/to/ADP/7/case Chile/Chile/PROPN/4/obl",
    ],
)
def test_who_lends_and_who_gets_it_where_the_parse_blurs_it(words: str) -> None:
    (claim,) = events(words)
    assert [p.name for p in claim.actors] == ["Peru"]
    assert [p.name for p in claim.recipients] == ["Chile"]


def test_weather_and_beasts_attack_nobody() -> None:
    assert not events("Locusts/locust/NOUN/2/nsubj invaded/invade/VERB/0/root Chile/Chile/PROPN/2/obj")


def test_a_person_meets_the_marker_who_and_a_thing_does_not() -> None:
    beaten = "Police/police/NOUN/2/nsubj flogged/flog/VERB/0/root {}/obj"
    assert [c.type for c in events(beaten.format("demonstrators/demonstrator/NOUN/2"))] == ["ASSAULT"]
    assert not events(beaten.format("carpets/carpet/NOUN/2"))


def test_a_tag_takes_the_clause_before_it_as_its_words() -> None:
    claims = events(
        "Peru/Peru/PROPN/3/nsubj will/will/AUX/3/aux expel/expel/VERB/0/root Chileans/Chilean/PROPN/3/obj ,/,/PUNCT/7/punct "
        "Lima/Lima/PROPN/7/nsubj warned/warn/VERB/3/parataxis"
    )
    assert ("THREATEN", "warned") in [(c.type, c.trigger.text) for c in claims if c.main]


def test_a_denial_is_a_rejection_and_its_content_background() -> None:
    claims = events(
        "Peru/Peru/PROPN/2/nsubj insisted/insist/VERB/0/root that/that/SCONJ/7/mark it/it/PRON/7/nsubj had/have/AUX/7/aux not/not/PART/7/advmod "
        "shelled/shell/VERB/2/ccomp Chile/Chile/PROPN/7/obj"
    )
    assert [(c.type, c.main) for c in claims] == [("REJECT", True), ("ASSAULT", False)]
