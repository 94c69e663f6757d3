"""Event types of a user's own: what a file may declare, and what is said of a wrong one."""

from pathlib import Path
from typing import Any

import pytest

from dragoman.codebook import CodebookError, codebook, codebook_with, describe, tables_in
from dragoman.codebook.own import with_types
from dragoman.errors import DataError

SUMMON = """
[event_type.SUMMON]
definition = "Calls in another state's envoy to hand over a complaint."
example = "Oslo summoned the Ruritanian ambassador."
quad = "verbal-conflict"
intensity = -2.5
plover = "ACCUSE/disapprove"
[event_type.SUMMON.modes.written]
intensity = -3
definition = "with a note of protest"
"""
ENTRY: dict[str, Any] = {"definition": "d", "example": "e", "quad": "material-conflict", "intensity": -4}


def test_without_a_file_there_are_the_sixteen_alone() -> None:
    assert codebook_with(None) is codebook()
    assert not any(entry.own for entry in codebook().types.values())


def test_a_file_adds_a_type_after_the_sixteen(tmp_path: Path) -> None:
    (tmp_path / "mine.toml").write_text(SUMMON)
    for place in (tmp_path, tmp_path / "mine.toml"):
        book = codebook_with(place)
        assert list(book.types)[-1] == "SUMMON" and len(book.types) == 17
        assert book.types["SUMMON"].own and not book.types["ACCUSE"].own
        assert book.intensity("SUMMON", "written") == -3
        assert book.to_plover("SUMMON", "written") == ("ACCUSE", "disapprove")
        assert book.to_plover("AID", None) == ("AID", None)
    assert "SUMMON" not in codebook().types


def test_an_own_type_is_described_with_its_place_in_plover() -> None:
    book = with_types(
        codebook(), [("mine.toml", {"event_type": {"LEAK": ENTRY, "RAM": {**ENTRY, "plover": "ASSAULT"}}})]
    )
    assert "PLOVER, CAMEO and the 2016 draft have none" in describe("leak", book)
    assert "PLOVER: ASSAULT; CAMEO: 18" in describe("RAM", book)
    assert book.to_plover("LEAK") is None


@pytest.mark.parametrize(
    ("name", "changed", "says"),
    [
        ("ASSAULT", {}, "PLOVER has this type"),
        ("Summon", {}, "capital letters"),
        ("A" * 25, {}, "at most 24 long"),
        ("LEAK", {"quads": 1}, "unknown key quads"),
        ("LEAK", {"quad": "conflict"}, "quad: expected one of material-conflict"),
        ("LEAK", {"intensity": -11}, "from -10 to 10"),
        ("LEAK", {"intensity": True}, "from -10 to 10"),
        ("LEAK", {"intensity": 2}, "material-conflict is below 0, got 2"),
        ("LEAK", {"example": " "}, "example: expected a text"),
        ("LEAK", {"plover": "ATTACK"}, "'ATTACK' is no type"),
        ("LEAK", {"plover": "AID"}, "AID is cooperation, the type is conflict"),
        ("LEAK", {"modes": {"big": 3}}, "expected a table for each mode"),
        ("LEAK", {"modes": {"big": {"definition": "d", "intensity": 5}}}, "intensity of big"),
        ("LEAK", {"say": {"pasts": "leaked"}}, "unknown form 'pasts'"),
        ("LEAK", {"say": {"past": "leaked to {x}"}}, "expected {r} alone"),
        ("LEAK", {"say": {"past": "leaked to {r"}}, "expected {r} alone"),
    ],
)
def test_a_wrong_type_is_named_with_its_file(name: str, changed: dict[str, Any], says: str) -> None:
    with pytest.raises(CodebookError, match=rf"mine\.toml: event_type {name}") as error:
        with_types(codebook(), [("mine.toml", {"event_type": {name: {**ENTRY, **changed}}})])
    assert says in str(error.value)


def test_a_type_is_declared_once() -> None:
    with pytest.raises(CodebookError, match=r"b\.toml: event_type LEAK: a\.toml declares it, too"):
        with_types(
            codebook(), [("a.toml", {"event_type": {"LEAK": ENTRY}}), ("b.toml", {"event_type": {"LEAK": ENTRY}})]
        )


def test_files_that_cannot_be_read_are_named(tmp_path: Path) -> None:
    file = tmp_path / "bad.toml"
    for content, says in ((b"[event_type.LEAK\n", "not TOML: .*line 1"), (b"a = '\xff'", "expected UTF-8")):
        file.write_bytes(content)
        with pytest.raises(DataError, match=rf"bad\.toml: {says}"):
            tables_in(file)
