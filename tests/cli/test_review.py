"""Reviewing in a real (pseudo-)terminal, and the same judgements without one."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from tests.ledger.made import event, report, strike

from dragoman.ledger import Ledger
from dragoman.ledger.judgements import Judgement
from dragoman.model import Coded

from .program import dragoman
from .terminal import typed_at

KEYS = "[q]uit"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Two reports of one strike, one of another day, one of aid."""
    place = tmp_path / "a.ledger"
    aid = report("Zubrowka sent grain to Freedonia.", outlet="Grain News")
    with Ledger.open(place) as ledger:
        ledger.add([
            strike(confidence=0.55), strike(outlet="The Post", confidence=0.9), strike("2020-05-17", outlet="The Sun", confidence=0.8),
            Coded(aid, [event(aid, 0, "sent", "AID", "Zubrowka", "Freedonia", confidence=0.7)]),
        ])  # fmt: skip
    return place


def judged(path: Path) -> list[Judgement]:
    with Ledger.open(path, readonly=True) as ledger:
        return ledger.judgements()


def test_the_least_sure_claim_comes_first_with_its_passage_beside_its_record(path: Path) -> None:
    with typed_at(path, "review", "--by", "eva") as terminal:
        shown = terminal.until(KEYS)
        assert "1 of 4" in shown and "The Herald" in shown
        row = next(line for line in shown.splitlines() if "ASSAULT" in line and "type" in line)
        assert "Ruritania struck a camp" in row, "side by side"
        terminal.type("a")
        assert "2 of 4" in terminal.until(KEYS)
        terminal.type("r")
        terminal.until(KEYS)
        terminal.type("q")
        terminal.until("2 judged")
        assert terminal.ended() == 0
    assert [(j.verdict, j.author) for j in judged(path)] == [("accept", "eva"), ("reject", "eva")]


def test_a_narrow_terminal_has_the_record_under_the_passage(path: Path) -> None:
    with typed_at(path, "review", columns=60) as terminal:
        shown = terminal.until(KEYS)
        lines = shown.splitlines()
        passage = next(n for n, line in enumerate(lines) if "Ruritania struck" in line)
        assert any("ASSAULT" in line and "Ruritania struck" not in line for line in lines[passage:])
        terminal.type("\x03")
        terminal.until("0 judged")
        assert terminal.ended() == 0
    assert judged(path) == []


def test_a_slot_is_corrected_with_a_reason_and_the_correction_undone(path: Path) -> None:
    with typed_at(path, "review", "--type", "AID", "--by", "eva") as terminal:
        terminal.until(KEYS)
        terminal.type("n")
        terminal.until("reason: ")
        terminal.type("a loan\n")
        terminal.until(KEYS)
        terminal.type("c")
        terminal.until("slot: ")
        terminal.type("type\n")
        terminal.until("nothing): ")
        terminal.type("agree\n")
        shown = terminal.until(KEYS)
        assert "AGREE" in shown
        terminal.type("c")
        terminal.until("slot: ")
        terminal.type("actors\n")
        terminal.until("nothing): ")
        terminal.type("Syldavia\n")
        assert "no words 'Syldavia'" in terminal.until(KEYS)
        terminal.type("u")
        assert "undone" in terminal.until(KEYS)
        terminal.type("q")
        terminal.until("0 judged")
    made = judged(path)
    assert [(j.verdict, j.slot, j.value, j.reason, j.holds) for j in made[:1]] == [
        ("correct", "type", "AGREE", "a loan", False)
    ]
    with Ledger.open(path, readonly=True) as ledger:
        assert [p.record["type"] for p in ledger.claims(of="Freedonia")] == ["AID"]


def test_same_and_different_are_said_of_the_claims_below(path: Path) -> None:
    with typed_at(path, "review", "--source", "The Herald") as terminal:
        shown = terminal.until(KEYS)
        assert " 1 = " in shown and " 2   " in shown, "one is grouped with it, one is not"
        terminal.type("d")
        terminal.until("number (1-2): ")
        terminal.type("1\n")
        terminal.until(KEYS)
        with Ledger.open(path, readonly=True) as ledger:
            assert len(ledger.happenings(types=["ASSAULT"])) == 3
        terminal.type("s")
        terminal.until("number (1-2): ")
        terminal.type("9\n")
        assert "expected a number" in terminal.until(KEYS)
        terminal.type("k")
        terminal.until("1 judged")
    assert [j.verdict for j in judged(path)] == ["different"]


def test_keys_come_from_a_pipe_as_well(path: Path) -> None:
    done = dragoman("review", "--ledger", str(path), "--order", "newest", stdin=b"a\nr\n?\nk\n")
    assert done.returncode == 0, done.stderr
    assert [j.verdict for j in judged(path)] == ["accept", "reject"]
    assert b"2 judged" in done.stdout
    assert b"no unjudged claim" in dragoman("review", "--type", "PROTEST", "--ledger", str(path)).stderr


def test_judge_does_the_same_without_a_terminal(path: Path) -> None:
    with Ledger.open(path, readonly=True) as ledger:
        ids = [p.claim for p in ledger.claims(of="Ruritania")]
        aid = ledger.claims(of="Freedonia")[0].claim
    place = ["--ledger", str(path), "--by", "eva", "--json"]
    made = json.loads(dragoman("judge", "reject", ids[0], "--why", "sarcasm", *place).stdout)
    assert (made["verdict"], made["author"], made["reason"], made["holds"]) == ("reject", "eva", "sarcasm", True)
    assert made["at"].endswith("Z")
    assert json.loads(dragoman("judge", "undo", str(made["n"]), *place).stdout)["undoes"] == made["n"]
    assert json.loads(dragoman("judge", "same", ids[0], ids[2], *place).stdout)["other"] == ids[2]
    corrected = dragoman("judge", "correct", aid, "--slot", "when", "--value", "2020-05-02..2020-05-04", *place)
    assert json.loads(corrected.stdout)["value"]["to"] == "2020-05-04"
    with Ledger.open(path, readonly=True) as ledger:
        assert ledger.claims(of="Freedonia")[0].record["when"]["from"] == "2020-05-02"
        (first, *_) = ledger.happenings_with([ids[0]])
        assert {p.claim for p in first.passages} >= {ids[0], ids[2]}
        assert ledger.verify() == []


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("like", "x"), b"expected one of accept"),
        (("accept", "nope"), b"no claim"),
        (("same", "nope"), b"two claims"),
        (("correct", "nope"), b"--slot and --value"),
        (("correct", "nope", "--slot", "type", "--value", "AID"), b"no claim"),
        (("undo", "seven"), b"number of a judgement"),
        (("undo", "7"), b"no judgement 7"),
    ],
)
def test_what_cannot_be_judged_is_wrong_usage(path: Path, arguments: tuple[str, ...], said: bytes) -> None:
    done = dragoman("judge", *arguments, "--ledger", str(path))
    assert done.returncode == 2 and said in done.stderr
    assert judged(path) == []


def test_judgements_are_listed_and_come_out_as_training_data(path: Path, tmp_path: Path) -> None:
    with Ledger.open(path) as ledger:
        ids = [p.claim for p in ledger.claims(of="Ruritania")]
        ledger.judge("accept", ids[0], author="eva")
        ledger.judge("correct", ids[1], author="eva", slot="stance", value="denied")
        ledger.undo(ledger.judge("reject", ids[2], author="eva"), author="eva")
        ledger.judge("different", ids[0], other=ids[1], author="eva", reason="two bridges")
    listed = dragoman("ledger", "judgements", "--json", "--ledger", str(path)).stdout.splitlines()
    assert [json.loads(line)["verdict"] for line in listed] == ["accept", "correct", "reject", "undo", "different"]
    out = tmp_path / "training.jsonl"
    assert dragoman("ledger", "judgements", "--export", str(out), "--ledger", str(path)).returncode == 0
    rows = [json.loads(line) for line in out.read_text().splitlines()]
    assert [row["verdict"] for row in rows] == ["accept", "correct", "different"]
    assert rows[1]["claims"][0]["stance"] == "actual" and rows[1]["value"] == "denied", (
        "the machine's form, and the right one"
    )
    assert len(rows[2]["texts"]) == 2 and rows[2]["reason"] == "two bridges"
