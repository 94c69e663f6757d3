"""The user's own actors: additions, merges, splits, and taking them back."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dragoman.errors import UsageError
from dragoman.registry import Registry, RegistryError, resolve
from dragoman.registry.judgements import in_force, read_log
from dragoman.registry.own import put_together
from dragoman.registry.store import Store


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store(tmp_path / "mine")


FRONT = {"name": "Ruritanian Front", "kind": "party", "country": "RUR", "sector": "PTY", "names": ["Zenda Front"]}


def named(store: Store, words: str) -> str | None:
    found = resolve(store.registry(), words)
    return found.id if found else None


def test_an_added_actor_is_resolved_beside_the_shipped_ones(store: Store) -> None:
    store.add(FRONT, "seen in the field", "ann")
    assert (named(store, "Zenda Front"), named(store, "Hamas")) == ("ruritanian-front", "hamas")
    log = store.judgements()
    assert [(j.number, j.what, j.by, j.why) for j in log] == [(1, "add", "ann", "seen in the field")]
    assert log[0].at.endswith("Z")


def test_merged_actors_are_one_under_either_id(store: Store) -> None:
    store.add(FRONT)
    store.add({"name": "Elphberg Party", "kind": "party", "part_of": "hamas"})
    store.merge("Ruritanian Front", "elphberg-party", "they say so themselves")
    assert named(store, "Elphberg Party") == "ruritanian-front"
    assert store.registry().get("elphberg-party") == store.registry().get("ruritanian-front")


def test_a_merge_taken_back_leaves_two(store: Store) -> None:
    store.add(FRONT)
    store.add({"name": "Elphberg Party", "kind": "party"})
    store.merge("ruritanian-front", "elphberg-party", "alike")
    store.undo(3, "they are not")
    assert named(store, "Elphberg Party") == "elphberg-party"
    store.undo(4, "they are after all")
    assert named(store, "Elphberg Party") == "ruritanian-front"


def test_a_split_gives_names_to_an_actor_of_their_own(store: Store) -> None:
    store.add(FRONT)
    store.split("ruritanian-front", {"name": "Zenda Front", "sector": "REB"}, "two groups since the congress")
    new = store.registry().get("zenda-front")
    assert new is not None
    assert (named(store, "Zenda Front"), new.country, new.sector) == ("zenda-front", "RUR", "REB")
    store.undo(2)
    assert named(store, "Zenda Front") == "ruritanian-front"


def test_alike_names_are_not_merged(store: Store) -> None:
    store.add(FRONT)
    store.add({"name": "Ruritania Front", "kind": "party"})
    assert named(store, "Ruritania Front") == "ruritania-front"
    assert named(store, "Ruritanian Front") == "ruritanian-front"


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (lambda s: s.merge("hamas", "khaled-mashal", "x"), "a person and a body are never one"),
        (lambda s: s.merge("hamas", "iran", "x"), "is a state"),
        (lambda s: s.merge("hamas", "hamas", "x"), "with itself"),
        (lambda s: s.merge("hamas", "nobody-at-all", "x"), "no actor with the id 'nobody-at-all'"),
        (lambda s: s.split("hamas", {"name": "Hamas", "id": "other"}, "x"), "is the name of 'hamas' itself"),
        (lambda s: s.split("hamas", {"name": "Zenda Front"}, "x"), "has no name 'zenda front'"),
        (lambda s: s.add({"name": "Hamas", "kind": "party"}), "the id 'hamas' is taken"),
        (lambda s: s.add({"name": "x" * 10_000, "kind": "party", "id": "x"}), "at most 200"),
        (lambda s: s.add({"name": "A B", "kind": "party", "from": "2010-01-01", "to": "2009-01-01"}), "is not before"),
        (lambda s: s.add({"name": "A B", "kind": "guild"}), "kind 'guild' is none of"),
        (lambda s: s.undo(9), "there is no judgement 9"),
    ],
)
def test_what_cannot_be_is_refused_and_nothing_changes(store: Store, change: object, told: str) -> None:
    store.add(FRONT)
    before = (store.folder / "judgements.jsonl").read_bytes()
    with pytest.raises((RegistryError, UsageError), match=told):
        change(store)  # type: ignore[operator]
    assert (store.folder / "judgements.jsonl").read_bytes() == before
    assert named(store, "Zenda Front") == "ruritanian-front"


def test_what_another_judgement_rests_on_is_not_taken_back(store: Store) -> None:
    store.add(FRONT)
    store.split("ruritanian-front", {"name": "Zenda Front"}, "two")
    with pytest.raises(RegistryError, match=r"judgement 2: there is no actor 'ruritanian-front'.*Nothing is changed"):
        store.undo(1)
    assert len(store.judgements()) == 2


@pytest.mark.parametrize(
    "line", ["{", '{"number": 2, "what": "add"}', '{"number": 1, "what": "sing"}', "[]", '{"number": 1, "what": "add"}']
)
def test_a_broken_log_is_told_with_its_line(store: Store, line: str) -> None:
    store.folder.mkdir()
    (store.folder / "judgements.jsonl").write_text(line + "\n")
    with pytest.raises(RegistryError, match=r"judgements\.jsonl:1: "):
        store.registry()


def small_root(folder: Path) -> Path:
    """Three actors and the shipped vocabulary: a registry that is quick to put together."""
    root = folder / "data"
    (root / "a").mkdir(parents=True)
    rows = [
        ("alpha", "Alpha League", '["Alfa", "First League"]'),
        ("beta", "Beta League", '["Betan Band"]'),
        ("gamma", "Gamma", "[]"),
    ]
    text = "".join(f'[[actor]]\nid = "{i}"\nname = "{n}"\nkind = "party"\nnames = {a}\n' for i, n, a in rows)
    (root / "a" / "all.toml").write_text(text)
    return root


CHANGES = st.lists(
    st.one_of(
        st.tuples(st.just("add"), st.sampled_from(["Delta", "Epsilon", "Alfa Two"])),
        st.tuples(
            st.just("merge"),
            st.sampled_from(["alpha", "beta", "gamma", "delta"]),
            st.sampled_from(["alpha", "beta", "gamma", "epsilon"]),
        ),
        st.tuples(
            st.just("split"),
            st.sampled_from(["alpha", "beta"]),
            st.sampled_from(["Alfa", "Betan Band", "First League"]),
        ),
        st.tuples(st.just("undo"), st.integers(1, 6)),
    ),
    max_size=6,
)


def change(store: Store, step: tuple[object, ...]) -> bool:
    what, *rest = step
    try:
        if what == "add":
            store.add({"name": rest[0], "kind": "party"})
        elif what == "split":
            store.split(str(rest[0]), {"name": rest[1]}, "why")
        else:
            getattr(store, str(what))(*rest, "why")
    except (RegistryError, UsageError):
        return False
    return True


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(before=CHANGES, last=st.tuples(st.just("merge"), st.sampled_from(["alpha", "gamma"]), st.just("beta")))
def test_undo_is_identity(
    before: list[tuple[object, ...]], last: tuple[object, ...], tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.mktemp("undo")
    from dragoman.registry.load import DATA

    root = small_root(folder)
    (root / "vocabulary").symlink_to(DATA / "vocabulary")
    store = Store(folder / "mine", root=root)
    for step in before:
        change(store, step)

    def state() -> object:
        whole = put_together(root, store.folder, store.judgements())
        return whole.actors, whole.moved, whole.imported

    was = state()
    if change(store, last):
        assert state() != was
        store.undo(len(store.judgements()))
    assert state() == was
    assert (
        json.loads((store.folder / "judgements.jsonl").read_text().split("\n")[0])["number"] == 1
        if store.judgements()
        else True
    )


def test_the_log_of_a_folder_without_one_is_empty(tmp_path: Path) -> None:
    assert read_log(tmp_path) == ()
    assert in_force(()) == []


def test_a_registry_is_the_same_from_its_compiled_form(store: Store, tmp_path: Path) -> None:
    store.add(FRONT)
    first = Registry.load(store.folder, cache_dir=tmp_path / "cache")
    Registry.forget()
    second = Registry.load(store.folder, cache_dir=tmp_path / "cache")
    assert first is not second
    assert (first.actors, dict(first.names), first.number) == (second.actors, dict(second.names), second.number)
