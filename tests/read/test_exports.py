"""Exports of news databases: each article its own report, fields at their place, nothing of the frame in the text.

The files in `exports/` were written for this project after the layouts of these databases; outlets and places are invented.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from dragoman.model import Failure, Report
from dragoman.read import read

from .test_archives import docx

FOLDER = Path(__file__).parent / "exports"
FIRST = "Delegates from Sarvan arrived in Oltash on Tuesday for talks on the border trade, the ministry said in a statement."
FRAME = (
    "opyright", "rights reserved", "ENGLISH", "212 words", "Document ", "LOAD", "Load-", "Newspaper", "sarvmn", "PHOTO", "COURIE", "____",
)  # fmt: skip
NAMES = ("nexis", "nexis-uni", "factiva-codes", "factiva", "proquest")


def reports(path: Path) -> list[Report]:
    found = list(read([str(path)]))
    assert not [f for f in found if isinstance(f, Failure)]
    return [r for r in found if isinstance(r, Report)]


@pytest.mark.parametrize("name", NAMES)
def test_each_article_is_a_report_with_its_fields(name: str) -> None:
    first, second, *rest = reports(FOLDER / f"{name}.txt")
    assert len(rest) == (name == "nexis")
    assert (first.title or "").lower() == "delegates meet in oltash for talks on border trade"
    assert (first.outlet, first.published) == ("The Sarvan Courier", date(2014, 3, 12))
    assert first.authors == (("Mira Tolland", "Jon Vale") if name == "nexis" else ("Mira Tolland",))
    assert first.section == {"nexis": "Foreign Desk"}.get(name, "World")
    assert FIRST in first.text
    assert second.title == "Sarvan reopens crossing after talks"
    assert (second.outlet, second.published) == ("Meridian Wire", date(2014, 3, 13))
    assert second.text.count("\n\n") == 1


@pytest.mark.parametrize("name", NAMES)
def test_nothing_of_the_frame_is_in_a_text(name: str) -> None:
    for report in reports(FOLDER / f"{name}.txt"):
        for word in FRAME:
            assert word not in report.text


def test_words_of_a_body_that_look_like_fields_stay_in_it() -> None:
    uni = reports(FOLDER / "nexis-uni.txt")[0]
    assert uni.text.endswith("it was closed by the army in January.")
    assert "The crossing at Kerem may open again" in uni.text
    assert f"OLTASH - {FIRST}" in uni.text
    codes = reports(FOLDER / "factiva-codes.txt")[0]
    assert codes.text.endswith("UN observers watched the talks; the EU sent nobody.")
    old = reports(FOLDER / "nexis.txt")[0]
    assert "both sides named the price of grain as the open question." in old.text
    assert old.text.endswith("Subject of the second day is the bridge at Kerem.")


def test_an_article_without_a_day_has_none() -> None:
    assert reports(FOLDER / "nexis.txt")[2].published is None


@pytest.mark.parametrize("encoding", ["cp1252", "utf-16", "utf-8-sig"])
@pytest.mark.parametrize("name", NAMES)
def test_line_ends_and_encodings(tmp_path: Path, name: str, encoding: str) -> None:
    text = (FOLDER / f"{name}.txt").read_text(encoding="utf-8")
    path = tmp_path / "export.txt"
    path.write_bytes(text.replace("\n", "\r\n").encode(encoding))
    assert [r.id for r in reports(path)] == [r.id for r in reports(FOLDER / f"{name}.txt")]


def test_an_export_as_a_word_document(tmp_path: Path) -> None:
    path = tmp_path / "export.docx"
    path.write_bytes(docx((FOLDER / "nexis-uni.txt").read_text(encoding="utf-8").replace("&", "&amp;").split("\n")))
    assert [r.id for r in reports(path)] == [r.id for r in reports(FOLDER / "nexis-uni.txt")]


def test_a_report_that_quotes_a_count_of_documents_is_no_export(tmp_path: Path) -> None:
    path = tmp_path / "report.txt"
    path.write_text(f"Talks in Oltash\n\n{FIRST}\n\nThe court released 1 of 250 documents that it holds.\n")
    (found,) = reports(path)
    assert found.title == "Talks in Oltash"
