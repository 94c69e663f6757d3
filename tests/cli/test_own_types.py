"""An event type of the user's own, from its file through coding and the ledger to the brief and the exports."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest

from .program import dragoman

MINE = """
[event_type.SUMMON]
definition = "Calls in another state's envoy to hand over a complaint."
example = "Oslo summoned the Ruritanian ambassador."
quad = "verbal-conflict"
intensity = -2.5
plover = "ACCUSE/disapprove"
say = { past = "summoned an envoy of {r}" }

[event_type.OVERFLY]
definition = "Sends aircraft into another state's airspace."
example = "Ruritanian jets overflew Zubrowka."
quad = "material-conflict"
intensity = -4.5

[[frame]]
type = "SUMMON"
verb = "summon"
needs = { obj = "@envoys" }
recipient = ["obj.mod"]

[[frame]]
type = "OVERFLY"
verb = "buzz"
"""
TEXT = (
    "Norway summoned the Turkish ambassador on Monday over the arrest of two journalists.\n\n"
    "Russia buzzed Norway on Tuesday.\n"
)
pytestmark = pytest.mark.model


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the user's file, a report, and a ledger that has read it."""
    made = tmp_path_factory.mktemp("own")
    (made / "mine.toml").write_text(MINE)
    (made / "report.txt").write_text(TEXT)
    done = dragoman("read", str(made / "report.txt"), "--published", "2021-03-05", "--lexicon", str(made / "mine.toml"),
                    DRAGOMAN_LEDGER=str(made / "ledger.db"))  # fmt: skip
    assert done.returncode == 0, done.stderr
    return made


def asked(folder: Path, line: str) -> str:
    """What a command line prints, with the ledger and the types of the folder."""
    done = dragoman(
        *line.split(), DRAGOMAN_LEDGER=str(folder / "ledger.db"), DRAGOMAN_LEXICON=str(folder / "mine.toml")
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.decode()


def test_without_the_file_the_coding_is_plover() -> None:
    done = dragoman("code", "--text", stdin=TEXT.encode())
    assert {c["type"] for c in json.loads(done.stdout)["claims"]} <= {"ACCUSE", "MOBILIZE", "COERCE"}


def test_happenings_of_the_type_are_found(folder: Path) -> None:
    events = [json.loads(line) for line in asked(folder, "events --type summon --json").splitlines()]
    assert [(e["type"], e["quad"], e["intensity"]) for e in events] == [("SUMMON", "verbal-conflict", -2.5)]
    assert "Norway SUMMON Turkey" in asked(folder, "search --type SUMMON")


def test_a_type_that_no_file_declares_is_refused_with_advice(folder: Path) -> None:
    done = dragoman("events", "--type", "SUMMON", DRAGOMAN_LEDGER=str(folder / "ledger.db"))
    assert done.returncode == 2
    assert b"DRAGOMAN_LEXICON" in done.stderr


def test_it_counts_in_the_tie_by_its_quad_and_intensity(folder: Path) -> None:
    shown = asked(folder, "tie Russia Norway")
    assert "material-conflict" in shown and "mean intensity -4.5" in shown


def test_exports_have_the_plover_type_or_the_own_name(folder: Path) -> None:
    polecat = list(csv.DictReader(asked(folder, "events --format polecat").splitlines()))
    said = {(row["Event Type"], row["Event Mode"], float(row["Intensity"])) for row in polecat}
    assert said == {("ACCUSE", "disapprove", -2.0), ("OVERFLY", "", -4.5)}
    plain = csv.DictReader(asked(folder, "events --format csv").splitlines())
    assert {row["type"] for row in plain} == {"SUMMON", "OVERFLY"}


def test_the_brief_says_it_in_the_words_of_its_file(folder: Path) -> None:
    asked(folder, f"brief Norway-Turkey --format md --out {folder / 'brief'}")
    assert "Norway summoned an envoy of Turkey" in (folder / "brief" / "norway-turkey.md").read_text()


def test_codebook_and_check_show_it(folder: Path) -> None:
    assert "PLOVER: ACCUSE/disapprove" in asked(folder, "codebook summon")
    assert "your own type, none in PLOVER" in asked(folder, "lexicon check")
    (folder / "broken.toml").write_text(MINE.replace("-4.5", "4.5"))
    done = dragoman("code", "--text", "--lexicon", str(folder / "broken.toml"), stdin=b"Snow fell.")
    assert done.returncode == 2
    assert (
        b"broken.toml: event_type OVERFLY: intensity of OVERFLY: material-conflict is below 0, got 4.5" in done.stderr
    )


def test_another_lexicon_codes_known_reports_again(folder: Path) -> None:
    place = str(folder / "again.db")
    line = ("read", str(folder / "report.txt"), "--published", "2021-03-05", "--json")
    dragoman(*line, DRAGOMAN_LEDGER=place)
    assert json.loads(dragoman(*line, DRAGOMAN_LEDGER=place).stdout)["same"] == 1
    own = dragoman(*line, DRAGOMAN_LEDGER=place, DRAGOMAN_LEXICON=str(folder / "mine.toml"))
    assert json.loads(own.stdout)["revised"] == 1
