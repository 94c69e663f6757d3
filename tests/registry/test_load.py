"""Broken files are told with file and entry, and what is in use stays as it was."""

from __future__ import annotations

from pathlib import Path

import pytest

from dragoman.registry import Registry
from dragoman.registry.load import read_all
from dragoman.registry.schema import RegistryError

STATE = '[[actor]]\nid = "ruritania"\nname = "Ruritania"\nkind = "state"\ncountry = "RUR"\n'


def written(folder: Path, text: str) -> Path:
    (folder / "states").mkdir()
    (folder / "states" / "north.toml").write_text(text, encoding="utf-8")
    return folder


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (STATE + "names = [3]\n", r"states/north.toml:1: actor 'ruritania': names holds 3"),
        ("\n# a remark\n" + STATE + "names = [3]\n", r"states/north.toml:3: actor 'ruritania': names holds 3"),
        (STATE + 'colour = "red"\n', "unknown field colour"),
        (STATE.replace("state", "realm"), "kind 'realm' is none of"),
        (STATE.replace('"RUR"', '"Ruritania"'), "no ISO 3166"),
        (STATE + 'sector = "KNG"\n', "sector 'KNG' is none of"),
        (STATE + "from = 2001-01-01\nto = 2000-01-01\n", "from 2001-01-01 is not before to 2000-01-01"),
        (STATE + "from = 2001-02-30\n", r"states/north.toml: not readable as TOML.*line 6"),
        (STATE + 'part_of = "atlantis"\n', r"states/north.toml:1: .*refers to 'atlantis', which no file has"),
        (STATE + STATE, r"states/north.toml:6: .*id is taken by states/north.toml:1;"),
        (
            STATE + '[[office]]\ntitle = "king"\nof = "ruritania"\nholders = [["Rudolf", 1999-05-01, 1990-01-01]]\n',
            r"states/north.toml:6: office 'king'.*from 1999-05-01 is not before to 1990-01-01 .holder 'Rudolf'",
        ),
        (
            STATE + 'member = [{of = "ruritania", from = 1999-05-01, to = 1999-05-01}]\n',
            r"states/north.toml:1: .*from 1999-05-01 is not before to 1999-05-01",
        ),
        ("actor = 3\n", r"states/north.toml: the file: actor must be tables under \[\[actor\]\]"),
        ("defaults = {colour = 3}\n", "unknown field colour"),
        ("actor = " + "[" * 5_000, "not readable as TOML"),
        (
            STATE + '[[office]]\ntitle = "king"\nof = "atlantis"\nholders = [["Rudolf"]]\n',
            "there is no actor 'atlantis'",
        ),
        (STATE + '[[office]]\ntitle = "king"\nof = "ruritania"\nholders = ["Rudolf"]\n', "a holder is"),
        (STATE + f'names = ["{"x" * 10_000}"]\n', r"states/north.toml:1: .*at most 200"),
        ("[[actor]\n", "not readable as TOML.*line 1"),
    ],
)
def test_errors_name_file_and_entry(tmp_path: Path, text: str, told: str) -> None:
    with pytest.raises(RegistryError, match=told):
        read_all(written(tmp_path, text))


def test_entries_that_do_not_stand_under_their_heads_are_told_without_a_line(tmp_path: Path) -> None:
    inline = 'actor = [{id = "ruritania", name = "Ruritania", kind = "realm"}]\n'
    with pytest.raises(RegistryError, match=r"states/north\.toml: actor 'ruritania': kind 'realm'"):
        read_all(written(tmp_path, inline))


def test_holders_become_persons_with_their_terms(tmp_path: Path) -> None:
    text = STATE + (
        '[[office]]\ntitle = "king"\nof = "ruritania"\n'
        'holders = [["Rudolf Elphberg", 1990-01-01, 1999-05-01], ["Flavia von Strelsau", 1999-05-01]]\n'
    )
    people = {a.id: a for a in read_all(written(tmp_path, text)) if a.kind == "person"}
    assert people["rudolf-elphberg"].posts[0].to == "1999-05-01"
    assert [n.text for n in people["flavia-von-strelsau"].names if n.use == "surname"] == ["Strelsau", "von Strelsau"]


def test_a_holder_with_an_entry_takes_the_office_there(tmp_path: Path) -> None:
    text = STATE + (
        '[[actor]]\nid = "rudi"\nname = "Rudolf Elphberg"\nkind = "person"\ncountry = "RUR"\n'
        '[[office]]\ntitle = "king"\nof = "ruritania"\nholders = [["Rudolf Elphberg", 1990-01-01]]\n'
    )
    assert [(a.id, len(a.posts)) for a in read_all(written(tmp_path, text)) if a.kind == "person"] == [("rudi", 1)]


def test_own_actors_are_read_beside_the_shipped_ones(tmp_path: Path) -> None:
    own = Registry.load(written(tmp_path, STATE), cache_dir=tmp_path / "cache")
    assert own.get("ruritania") is not None
    assert own.get("iran") is not None


def test_a_broken_own_file_leaves_the_registry_in_use(tmp_path: Path) -> None:
    before = Registry.load()
    with pytest.raises(RegistryError, match=r"north\.toml:1"):
        Registry.load(written(tmp_path, STATE + "names = 3\n"), cache_dir=tmp_path / "cache")
    assert Registry.load() is before
    assert list((tmp_path / "cache").glob("**/*")) == []
    with pytest.raises(RegistryError, match="expected a folder"):
        Registry.load(tmp_path / "nowhere")
