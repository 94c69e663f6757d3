"""The shipped who's who: readable, linked, and right where a second source can tell."""

from __future__ import annotations

import itertools
import re
from collections import defaultdict

import pytest
from babel import Locale

from dragoman.registry import Registry
from dragoman.registry.load import read_all
from dragoman.registry.normal import key
from dragoman.registry.resolution import posts_on
from dragoman.registry.schema import Actor

NOT_STATES = "AC AQ BV CP CQ DG EA EU EZ HM IC QO TA TF UM UN XA XB ZZ IO GS CC CX NF PN SJ".split()
DEPENDENT = (
    "AI AS AW AX BL BM BQ CW FK FO GF GG GI GL GP GU HK IM JE KY MF MO MP MQ MS NC PF PM PR RE SH SX TC TK VG VI WF YT"
).split()


@pytest.fixture(scope="module")
def registry() -> Registry:
    return Registry.load()


def test_every_state_of_cldr_is_listed_under_its_name(registry: Registry) -> None:
    states = {
        key(name.text) for actor in registry.actors if actor.kind in ("state", "government") for name in actor.names
    }
    missing = [
        f"{code} {name}"
        for code, name in Locale("en").territories.items()
        if re.fullmatch("[A-Z]{2}", code) and code not in NOT_STATES + DEPENDENT and not _known(name, states)
    ]
    assert missing == []


def _known(name: str, states: set[str]) -> bool:
    forms = {key(name), key(name.replace(" & ", " and ")), key(name.replace("St.", "Saint"))}
    return bool(forms & states) or key(name.split(" (")[0].split(" - ")[0]) in states


def test_names_alone_of_one_state_are_not_those_of_another(registry: Registry) -> None:
    owners: dict[str, set[str]] = defaultdict(set)
    for actor in registry.actors:
        if actor.kind == "state" and actor.sector is None:
            for name in actor.names:
                if name.use in ("name", "alias", "capital"):
                    owners[key(name.text)].add(actor.id)
    assert {name: ids for name, ids in owners.items() if len(ids) > 1} == {}


def test_each_office_of_a_state_has_one_holder_at_a_time(registry: Registry) -> None:
    single = (
        "president",
        "prime minister",
        "king",
        "emir",
        "sultan",
        "supreme leader",
        "foreign minister",
        "defence minister",
    )
    rows: dict[tuple[str, str], list[tuple[str, str, str]]] = defaultdict(list)
    for actor in registry.actors:
        for post in actor.posts:
            if post.title in single:
                rows[post.of, post.title].append((post.from_ or "", post.to or "9999", actor.id))
    doubted = {
        ("serbia", "president"),
        ("ivory-coast", "president"),
        ("gambia", "president"),
        ("kyrgyzstan", "president"),
    }
    clashes = [
        (office, a, b)
        for office, held in rows.items()
        if office not in doubted
        for a, b in zip(sorted(held), sorted(held)[1:], strict=False)
        if b[0] < a[1]
    ]
    assert clashes == []


LEAST = {
    "armed groups": (("armed group",), 400),
    "parties and movements": (("party", "movement", "alliance"), 300),
    "bodies between governments and courts": (("igo", "court"), 150),
    "agencies and outlets": (("agency", "outlet"), 200),
    "think tanks and societies": (("think tank", "ngo"), 150),
    "companies": (("company",), 150),
}


@pytest.mark.parametrize("what", LEAST)
def test_enough_of_each_kind_is_listed(registry: Registry, what: str) -> None:
    kinds, least = LEAST[what]
    assert sum(a.kind in kinds for a in registry.actors) >= least


def test_enough_actors_and_names_are_listed(registry: Registry) -> None:
    assert len(registry.actors) >= 3_000
    assert len({(a.id, key(n.text)) for a in registry.actors for n in a.names if n.use != "surname"}) >= 9_000


def test_enough_leaders_of_armed_groups_are_listed(registry: Registry) -> None:
    groups = {a.id for a in registry.actors if a.kind == "armed group"}
    assert sum(any(p.of in groups for p in a.posts) for a in registry.actors if a.kind == "person") >= 200


HEADS = {"president", "prime minister", "king", "emir", "sultan", "supreme leader"}


def test_enough_states_have_heads_and_foreign_and_defence_ministers_with_dates(registry: Registry) -> None:
    states = {a.id for a in registry.actors if a.kind == "state" and a.sector is None}
    held: dict[str, set[str]] = defaultdict(set)
    for actor in registry.actors:
        for post in actor.posts:
            if post.of in states and post.from_:
                held[post.of].add("foreign minister" if post.title == "secretary of state" else post.title)
    complete = [
        s for s, titles in held.items() if titles & HEADS and {"foreign minister", "defence minister"} <= titles
    ]
    assert len(complete) >= 60


def test_a_wikidata_item_is_one_actors(registry: Registry) -> None:
    items = [a.wikidata for a in registry.actors if a.wikidata]
    assert len(items) == len(set(items))
    assert all(re.fullmatch(r"Q[1-9]\d*", item) for item in items)


def test_nobody_holds_one_office_twice_at_once(registry: Registry) -> None:
    def overlapping(actor: Actor) -> bool:
        held = sorted((p.of, p.title, p.from_ or "", p.to or "9999") for p in actor.posts)
        return any(a[:2] == b[:2] and b[2] < a[3] for a, b in itertools.pairwise(held))

    assert [a.id for a in registry.actors if overlapping(a)] == []


def test_the_compiled_form_is_the_files(registry: Registry) -> None:
    fresh = Registry(read_all(), registry.words)
    assert fresh.actors == registry.actors


def test_every_living_leader_has_a_dated_office(registry: Registry) -> None:
    undated = [
        a.id
        for a in registry.actors
        for p in posts_on(a, None)
        if a.kind == "person" and not p.from_ and not p.to and not (a.doubt or a.sector)
    ]
    assert set(undated) <= {"ali-alfoneh", "samir-geagea"}
