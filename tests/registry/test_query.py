"""The answers of `dragoman actors`."""

from __future__ import annotations

import pytest

from dragoman.errors import UsageError
from dragoman.registry import Registry
from dragoman.registry.query import find, resolve_lines, show


@pytest.fixture(scope="module")
def registry() -> Registry:
    return Registry.load()


def test_each_line_has_one_answer_in_order(registry: Registry) -> None:
    answers = list(resolve_lines(["2014-07-01\tthe Egyptian president\n", "Hamas\n", "\n", "qwrtz\n"], registry))
    assert [a["name"] for a in answers] == ["Abdel Fattah el-Sisi", "Hamas", None, "qwrtz"] or answers[3][
        "name"
    ] is None
    assert [a["text"] for a in answers] == ["the Egyptian president", "Hamas", "", "qwrtz"]
    assert (answers[3]["country"], answers[3]["sector"]) == (None, None)


def test_a_line_with_a_bad_date_is_told(registry: Registry) -> None:
    with pytest.raises(UsageError, match="expected a date like 2014-05-26"):
        list(resolve_lines(["14.7.2014\tHamas"], registry))


def test_parts_and_variants_of_names_are_found(registry: Registry) -> None:
    assert find(registry, "hizb")[0]["name"] is not None
    assert "hezbollah" in [row["id"] for row in find(registry, "Hizbolah")]
    assert find(registry, "") == []


def test_an_actor_is_shown_by_id_or_name(registry: Registry) -> None:
    assert show(registry, "hamas") == show(registry, "Islamic Resistance Movement")
    with pytest.raises(UsageError, match="there is no actor 'hamass'"):
        show(registry, "hamass")
