"""Deep arguments: who does it to whom, however the sentence spells it."""

from dragoman.coding.arguments import of_verb
from dragoman.coding.carriers import of_noun

from .trees import tree

DO = {"launch": frozenset(("do",)), "erupt": frozenset(("occur",)), "carry": frozenset(("do",))}


def test_passive_turns_subject_into_object_and_agent_into_subject() -> None:
    parse = tree(
        "Arms/arm/NOUN/3/nsubj:pass were/be/AUX/3/aux:pass seized/seize/VERB/0/root by/by/ADP/5/case Peru/Peru/PROPN/3/obl:agent"
    )
    found = of_verb(parse, 2)
    assert (found.subject, found.object) == (4, 0)


def test_agentless_passive_has_no_subject() -> None:
    parse = tree("Arms/arm/NOUN/3/nsubj:pass were/be/AUX/3/aux:pass seized/seize/VERB/0/root")
    assert of_verb(parse, 2).subject is None


def test_a_participle_takes_the_noun_that_it_modifies() -> None:
    parse = tree("rebels/rebel/NOUN/0/root fighting/fight/VERB/1/acl/VBG Peru/Peru/PROPN/2/obj")
    assert (of_verb(parse, 1).subject, of_verb(parse, 1).object) == (0, 2)


def test_control_gives_the_governors_subject_or_object() -> None:
    agreed = tree("Peru/Peru/PROPN/2/nsubj agreed/agree/VERB/0/root to/to/PART/4/mark leave/leave/VERB/2/xcomp")
    urged = tree(
        "Peru/Peru/PROPN/2/nsubj urged/urge/VERB/0/root Chile/Chile/PROPN/2/obj to/to/PART/5/mark leave/leave/VERB/2/xcomp"
    )
    assert of_verb(agreed, 3).subject == 0
    assert of_verb(urged, 4).subject == 2


def test_a_coordinated_verb_shares_the_subject() -> None:
    parse = tree(
        "Peru/Peru/PROPN/2/nsubj freed/free/VERB/0/root two/two/NUM/2/obj and/and/CCONJ/5/cc held/hold/VERB/2/conj five/five/NUM/5/obj"
    )
    found = of_verb(parse, 4)
    assert (found.subject, found.object, found.shared) == (0, 5, True)


def test_a_light_verb_lends_its_subject_to_the_noun() -> None:
    parse = tree(
        "Peru/Peru/PROPN/2/nsubj launched/launch/VERB/0/root an/a/DET/4/det attack/attack/NOUN/2/obj on/on/ADP/6/case Chile/Chile/PROPN/4/nmod"
    )
    found = of_noun(parse, 3, DO)
    assert (found.subject, found.host, found.oblique("on")) == (0, 1, 5)


def test_a_series_of_deeds_is_carried_like_one() -> None:
    parse = tree(
        "Peru/Peru/PROPN/2/nsubj carried/carry/VERB/0/root out/out/ADP/2/compound:prt a/a/DET/5/det string/string/NOUN/2/obj "
        "of/of/ADP/7/case raids/raid/NOUN/5/nmod"
    )
    assert of_noun(parse, 6, DO).subject == 0


def test_who_claims_responsibility_did_it() -> None:
    parse = tree(
        "Peru/Peru/PROPN/2/nsubj claimed/claim/VERB/0/root responsibility/responsibility/NOUN/2/obj for/for/ADP/6/case the/the/DET/6/det "
        "attack/attack/NOUN/3/nmod"
    )
    assert of_noun(parse, 5, DO).subject == 0


def test_a_statement_speaks_for_who_issues_it() -> None:
    parse = tree(
        "Peru/Peru/PROPN/2/nsubj issued/issue/VERB/0/root a/a/DET/4/det statement/statement/NOUN/2/obj condemning/condemn/VERB/4/acl/VBG "
        "Chile/Chile/PROPN/5/obj"
    )
    assert of_verb(parse, 4).subject == 0


def test_a_dateline_is_no_subject() -> None:
    parse = tree(
        "MANILA/Manila/PROPN/6/nsubj --/--/PUNCT/1/punct The/the/DET/5/det new/new/ADJ/5/amod president/president/NOUN/6/nsubj left/leave/VERB/0/root"
    )
    assert of_verb(parse, 5).subject == 4


def test_a_phrase_hung_on_another_argument_is_found() -> None:
    parse = tree(
        "Peru/Peru/PROPN/2/nsubj filed/file/VERB/0/root suits/suit/NOUN/2/obj in/in/ADP/5/case court/court/NOUN/3/nmod "
        "against/against/ADP/7/case Chile/Chile/PROPN/5/nmod"
    )
    assert of_verb(parse, 1).phrases(parse, "against") == [6]


def test_dates_are_no_complements() -> None:
    parse = tree("Peru/Peru/PROPN/2/nsubj called/call/VERB/0/root on/on/ADP/4/case Monday/Monday/PROPN/2/obl")
    assert of_verb(parse, 1).obliques == []
