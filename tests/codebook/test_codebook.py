"""PLOVER 2.0 as data: what it holds, and what is said of a broken one."""

import shutil
from pathlib import Path

import pytest

import dragoman.codebook
from dragoman.codebook import CodebookError, codebook, describe, load

SHIPPED = Path(dragoman.codebook.__file__).parent
FILES = ("types.toml", "contexts.toml", "sectors.toml", "rulings.toml", "cameo.toml")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name in FILES:
        shutil.copy(SHIPPED / name, tmp_path)
    return tmp_path


def test_sixteen_types_and_thirty_seven_contexts() -> None:
    assert len(codebook().types) == 16
    assert len(codebook().contexts) == 37


def test_the_rulings_hold() -> None:
    book = codebook()
    assert book.quad("SANCTION") == "material-conflict"
    assert book.intensity("ACCUSE") == -3
    assert book.intensity("ACCUSE", "disapprove") == -2
    assert book.intensity("ACCUSE", "investigate") == book.intensity("ACCUSE", "allege") == -3.5
    assert book.intensity("PROTEST", "vandalize") == -5


def test_signs_agree_with_quads() -> None:
    for entry in codebook().types.values():
        for value in (entry.intensity, *(m.intensity for m in entry.modes.values())):
            assert (value > 0) == entry.quad.endswith("cooperation"), entry.name


@pytest.mark.parametrize(
    ("code", "target"),
    [
        ("1831", ("ASSAULT", "suicide-attack")),
        ("1839", ("ASSAULT", "explosives")),
        ("0841", ("RETREAT", "release")),
        ("010", None),
        ("99", None),
        ("", None),
    ],
)
def test_cameo_codes_take_their_longest_listed_beginning(code: str, target: tuple[str, str] | None) -> None:
    assert codebook().from_cameo(code) == target


def test_every_type_goes_to_cameo_and_back() -> None:
    book = codebook()
    for entry in book.types.values():
        for mode in (None, *entry.modes):
            back = book.from_cameo(book.to_cameo(entry.name, mode))
            assert back is not None
            assert back[0] == entry.name


def test_every_type_goes_to_the_draft_and_back() -> None:
    book = codebook()
    for entry in book.types.values():
        back = book.from_draft(book.to_draft(entry.name))
        assert back is not None
        assert back[0] == entry.name


def test_a_type_is_described_with_modes_and_rulings() -> None:
    text = describe("accuse")
    assert "investigate" in text
    assert "Rulings" in text
    with pytest.raises(CodebookError, match="no event type 'WAR'"):
        describe("WAR")


@pytest.mark.parametrize(
    ("name", "old", "new", "says"),
    [
        ("types.toml", 'quad = "verbal-cooperation"', 'quad = "nice"', "quad 'nice'"),
        ("types.toml", "intensity = 4.2", "intensity = 42", "from -10 to 10"),
        ("types.toml", "[AGREE]", "[AGREED]", "sixteen types"),
        ("contexts.toml", "[", "", "not TOML"),
        ("rulings.toml", 'types = ["SANCTION"]', 'types = ["SANKTION"]', "no such type"),
        ("cameo.toml", '"03" = "AGREE"', '"03" = "AGREE/gladly"', "no type, or no mode"),
    ],
)
def test_a_broken_file_is_named(folder: Path, name: str, old: str, new: str, says: str) -> None:
    path = folder / name
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace(old, new, 1) if old != "[" else "= broken", encoding="utf-8")
    with pytest.raises(CodebookError) as error:
        load(folder)
    assert name in str(error.value)
    assert says in str(error.value)


def test_a_missing_file_is_named(folder: Path) -> None:
    (folder / "sectors.toml").unlink()
    with pytest.raises(CodebookError, match=r"sectors\.toml"):
        load(folder)
