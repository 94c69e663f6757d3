"""Adding is idempotent, revisions and better coders replace, nothing is lost."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from dragoman.ledger import Added, Ledger
from dragoman.ledger.rows import old_digest_of_rows
from dragoman.model import Coded, Failure
from dragoman.record import claim_json

from .made import event, recoded, report, strike, tie


def test_a_claim_comes_back_in_contract_form_as_it_went_in() -> None:
    made = report(
        "Anna Rill said Ruritania struck the Blue Front on 3 May near Oldbridge. Ties of Ruritania and Zubrowka are strained."
    )
    coded = Coded(
        made,
        [
            event(
                made, 0, "struck", "ASSAULT", "Ruritania", "Blue Front", said_by=[("Anna Rill", {"cue": "said", "work": "an interview"})],
                when=("3 May", "2020-05-03", "2020-05-04"), where=("Oldbridge", "ZUB", "North", 1.5, 2.5, 77, "PPL", "city"),
                counts=[(3.0, "dead", "fighters")], contexts=("military",), reasons=("frame strike", "subject"), confidence=0.8125,
            ),
            tie(made, 1, "strained", "Ruritania", "Zubrowka", state="strained", tense="current", aspect="diplomatic", role="rival"),
        ],
    )  # fmt: skip
    with Ledger.open(":memory:") as ledger:
        ledger.add([coded])
        assert [p.record for p in ledger.claims()] == [claim_json(c) for c in coded.claims]


def test_the_same_report_adds_nothing() -> None:
    with Ledger.open(":memory:") as ledger:
        assert ledger.add([strike()]) == Added(new=1, same=0, revised=0, claims=1)
        assert ledger.add([strike()]) == Added(new=0, same=1, revised=0, claims=0)
        assert len(ledger.claims()) == 1


def test_a_changed_report_is_a_revision_and_its_old_claims_stand_no_more() -> None:
    with Ledger.open(":memory:") as ledger:
        old = strike(words="near the old bridge")
        ledger.add([old])
        new = strike(words="near the new bridge")
        new = Coded(replace(new.report, id=old.report.id), new.claims)
        assert ledger.add([new]).revised == 1
        assert [p.text for p in ledger.claims()] == ["Ruritania struck a camp of the Blue Front near the new bridge."]
        assert len(ledger.happenings()) == 1
        assert ledger.verify() == []


def test_a_newer_version_of_the_coder_replaces_its_claims_and_an_older_is_ignored() -> None:
    with Ledger.open(":memory:") as ledger:
        ledger.add([recoded(strike(), "hand 1.9")])
        assert ledger.add([recoded(strike(), "hand 1.10", confidence=0.9)]).revised == 1
        assert ledger.add([recoded(strike(), "hand 1.2", confidence=0.1)]).same == 1
        assert [p.confidence for p in ledger.claims()] == [0.9]


def test_versions_of_one_report_in_one_batch_leave_the_last(tmp_path: Path) -> None:
    with Ledger.open(tmp_path / "a.ledger") as ledger:
        old = strike()
        new = Coded(replace(old.report, title="New"), [replace(old.claims[0], confidence=0.7)])
        added = ledger.add([old, recoded(old, "hand 2.0", confidence=0.6), new, new])
        assert (added.new, added.revised, added.same) == (1, 2, 1)
        assert [p.confidence for p in ledger.claims()] == [0.7]
        assert ledger.verify() == []


def test_loading_in_bulk_is_the_same_as_adding_and_mends_itself_when_broken_off(tmp_path: Path) -> None:
    coded = [strike(f"2020-0{m}-1{d}", outlet=f"O{d}") for m in range(1, 5) for d in range(3)]
    with Ledger.open(":memory:") as one, Ledger.open(tmp_path / "b.ledger") as two:
        one.add([*coded, recoded(coded[0], "hand 2.0", confidence=0.9)])
        two.add(coded[:3])
        two.load([*coded, recoded(coded[0], "hand 2.0", confidence=0.9)], batch=5)
        assert one.happenings() == two.happenings()
        assert two.verify() == []

    def broken() -> Iterator[Coded]:
        yield from coded
        raise KeyboardInterrupt

    path = tmp_path / "c.ledger"
    with Ledger.open(path) as ledger, pytest.raises(KeyboardInterrupt):
        ledger.load(broken(), batch=2)
    with sqlite3.connect(path) as db:
        db.execute("DROP INDEX claim_id")
    db.close()
    with Ledger.open(path) as ledger:
        assert ledger.coverage().reports == 12
        assert ledger.verify() == []


def test_events_and_ties_in_turn_come_back_from_a_load_as_they_went_in() -> None:
    made = report(
        "Ruritania struck the Blue Front. Ruritania and Zubrowka are allies. Ruritania struck the Red Front near Oldbridge."
    )
    claims = [
        event(made, 0, "struck", "ASSAULT", "Ruritania", "Blue Front", outcome="failed"),
        tie(made, 1, "allies", "Ruritania", "Zubrowka", state="allied", tense="current"),
        event(made, 2, "struck", "ASSAULT", "Ruritania", "Red Front", where=("Oldbridge", "ZUB", None, 1.5, 2.5, 77, "PPL", "city")),
    ]  # fmt: skip
    with Ledger.open(":memory:") as ledger:
        ledger.load([Coded(made, claims)])
        assert [p.record for p in ledger.claims()] == [claim_json(c) for c in claims]
        assert ledger.verify() == []


def test_a_load_leaves_the_connection_as_it_was() -> None:
    def broken() -> Iterator[Coded]:
        yield strike()
        raise KeyboardInterrupt

    names = ("foreign_keys", "temp_store", "cache_size")
    with Ledger.open(":memory:") as ledger:
        before = [ledger._db.execute(f"PRAGMA {name}").fetchone() for name in names]
        with pytest.raises(KeyboardInterrupt):
            ledger.load(broken(), batch=1)
        assert [ledger._db.execute(f"PRAGMA {name}").fetchone() for name in names] == before
        assert before[0] == (1,) and ledger.verify() == []


def test_claims_of_another_coder_stand_beside_and_are_one_happening() -> None:
    with Ledger.open(":memory:") as ledger:
        ledger.add([strike()])
        ledger.add([recoded(strike(), "llm:other", id="other")])
        assert len(ledger.claims()) == 2
        (happening,) = ledger.happenings()
        assert (happening.reports, happening.origins) == (1, 1)


def test_a_failed_reading_does_not_take_claims_away() -> None:
    with Ledger.open(":memory:") as ledger:
        ledger.add([strike()])
        broken = Coded(strike().report, [], failures=[Failure("parse", "ParseError", "too long")])
        ledger.add([broken])
        assert len(ledger.claims()) == 1


def test_a_claim_whose_words_are_not_in_the_text_becomes_a_failure_once() -> None:
    with Ledger.open(":memory:") as ledger:
        coded = strike()
        false = replace(coded.claims[0], id="f", trigger=replace(coded.claims[0].trigger, text="bombed"))
        for _ in range(2):
            ledger.add([Coded(coded.report, [coded.claims[0], false])])
        assert len(ledger.claims()) == 1
        assert ledger.coverage().failures == 1


def test_reports_without_date_outlet_or_claims_are_kept() -> None:
    bare = report("Nothing of note happened.", published=None, outlet=None)
    with Ledger.open(":memory:") as ledger:
        ledger.add([Coded(bare)])
        found = ledger.report(bare.id)
        assert found is not None
        assert found[1] == bare.text
        assert ledger.coverage().reports == 1
        assert ledger.report("none") is None


def test_raw_bytes_are_kept_by_content_and_verified() -> None:
    with Ledger.open(":memory:") as ledger:
        coded = strike()
        ledger.add([coded])
        assert len(ledger.keep_raw(coded.report.id, b"<html>", "text/html")) == 64
        assert ledger.verify() == []


def test_a_voice_known_before_its_actor_was_named_as_a_party_is_seen_as_interested_later() -> None:
    early = report("Ruritania said Zubrowka struck the Blue Front.", key="1")
    late = report("Ruritania struck the Blue Front.", key="2")
    with Ledger.open(":memory:") as ledger:
        ledger.add(
            [Coded(early, [event(early, 0, "struck", "ASSAULT", "Zubrowka", "Blue Front", said_by=["Ruritania"])])]
        )
        ledger.add(
            [Coded(late, [event(late, 0, "struck", "ASSAULT", "Ruritania", "Blue Front", said_by=["Ruritania"])])]
        )
        assert [p.interested for p in ledger.claims(of="Ruritania")] == [True]
        assert len(ledger.claims(voice="Ruritania")) == 2


def test_loading_again_counts_all_as_the_same_and_revisions_as_such() -> None:
    coded = [strike(f"2020-0{m}-11", outlet=f"O{m}") for m in range(1, 5)]
    with Ledger.open(":memory:") as ledger:
        ledger.load(coded)
        assert ledger.load(coded) == Added(new=0, same=4, revised=0, claims=0)
        changed = recoded(coded[0], "hand 2.0", confidence=0.9)
        again = ledger.load([changed, *coded[1:], strike("2021-02-02")])
        assert (again.new, again.same, again.revised) == (1, 3, 1)
        assert ledger.verify() == []


def test_a_notice_that_was_there_before_the_load_strikes_what_is_loaded() -> None:
    wrong = strike(outlet="The Herald")
    retracted = report("We retract our report of Sunday.", key="r", notice="retraction", replaces=wrong.report.id)
    with Ledger.open(":memory:") as ledger:
        ledger.load([Coded(retracted)])
        ledger.load([wrong])
        assert ledger.happenings() == []
        assert ledger.verify() == []


def test_loading_keeps_failures_and_refuses_false_offsets() -> None:
    good = strike()
    bad = replace(good.claims[0], trigger=replace(good.claims[0].trigger, text="never said"), id="bad")
    both = Coded(good.report, [good.claims[0], bad], failures=[Failure("parse", "TooLong", "cut short")])
    with Ledger.open(":memory:") as one, Ledger.open(":memory:") as two:
        assert one.load([both]) == two.add([both]) == Added(new=1, same=0, revised=0, claims=1, failures=2)
        assert one.coverage() == two.coverage()


def test_digests_of_ledgers_of_version_one_are_still_good(tmp_path: Path) -> None:
    path = tmp_path / "a.ledger"
    with Ledger.open(path) as ledger:
        ledger.add([strike()])
    with sqlite3.connect(path) as db:
        row = db.execute(
            'SELECT s.number, s.start, s."end", c.id, c.* FROM claim c JOIN sentence s ON s.n = c.sentence'
        ).fetchone()
        sides = [r[1:] for r in db.execute("SELECT * FROM party ORDER BY claim, slot, place")]
        voices = [r[1:] for r in db.execute("SELECT * FROM voice ORDER BY claim, place")]
        db.execute("UPDATE coding SET sha256 = ?", (old_digest_of_rows([(*row[:4], row[11:])], sides, voices),))
    with Ledger.open(path) as ledger:
        assert ledger.verify() == []
        assert ledger.add([strike()]).same == 1
