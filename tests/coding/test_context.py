"""Who a word names, and the identity of claims."""

from hypothesis import given
from hypothesis import strategies as st

from dragoman.model import Span

from .trees import context_of


def test_a_compound_subject_is_several_parties() -> None:
    context = context_of(
        "Peru/Peru/PROPN/4/nsubj and/and/CCONJ/3/cc Chile/Chile/PROPN/1/conj protested/protest/VERB/0/root"
    )
    assert [p.name for p in context.party_of(0)] == ["Peru", "Chile"]
    assert [p.name for p in context.party_of(0, conj=False)] == ["Peru"]


def test_a_relative_pronoun_names_its_antecedent() -> None:
    context = context_of(
        "Peru/Peru/PROPN/5/nsubj who/who/PRON/3/nsubj fled/flee/VERB/1/acl:relcl ,/,/PUNCT/1/punct spoke/speak/VERB/0/root"
    )
    assert [p.name for p in context.party_of(1)] == ["Peru"]


def test_people_without_a_name_are_a_party_of_their_words_without_article() -> None:
    context = context_of("The/the/DET/3/det masked/masked/ADJ/3/amod gunmen/gunman/NOUN/4/nsubj fled/flee/VERB/0/root")
    (party,) = context.party_of(2)
    assert (party.text, party.id, party.sector, party.via) == ("masked gunmen", None, "UAF", "nominal")


def test_things_are_no_party() -> None:
    context = context_of("The/the/DET/2/det weather/weather/NOUN/3/nsubj changed/change/VERB/0/root")
    assert context.party_of(1) == []


def test_nationality_gives_a_nominal_its_country() -> None:
    context = context_of("Peru/Peru/PROPN/2/compound troops/troops/NOUN/3/nsubj advanced/advance/VERB/0/root")
    (party,) = context.party_of(1)
    assert (party.country, party.sector, party.id) == ("PER", "MIL", None)


def test_the_speaker_is_meant_by_the_pronoun_in_what_he_says() -> None:
    context = context_of(
        "Peru/Peru/PROPN/2/nsubj says/say/VERB/0/root it/it/PRON/5/nsubj will/will/AUX/5/aux comply/comply/VERB/2/ccomp"
    )
    assert [p.name for p in context.party_of(2)] == ["Peru"]


def test_evidence_is_the_whole_sentence() -> None:
    context = context_of(
        "Peru/Peru/PROPN/2/nsubj left/leave/VERB/0/root", "Chile/Chile/PROPN/2/nsubj stayed/stay/VERB/0/root"
    )
    evidence = context.evidence_of(3)
    assert (evidence.sentence, evidence.text) == (1, "Chile stayed")
    assert context.report.text[evidence.start : evidence.end] == evidence.text


@given(st.integers(0, 999), st.integers(0, 999), st.integers(0, 5))
def test_ids_differ_by_kind_place_and_number(start: int, other: int, ordinal: int) -> None:
    context = context_of("Peru/Peru/PROPN/2/nsubj left/leave/VERB/0/root")
    one = context.claim_id("event", Span(start, start + 1, "x"), ordinal)
    assert one == context.claim_id("event", Span(start, start + 1, "y"), ordinal)
    assert one != context.claim_id("tie", Span(start, start + 1, "x"), ordinal)
    assert (one == context.claim_id("event", Span(other, other + 1, "x"), ordinal)) == (start == other)
