"""What a brief says from the sample ledger: every kind of topic, footing, notes, quotations, thin and empty ledgers."""

from __future__ import annotations

import re
from dataclasses import fields, is_dataclass, replace
from datetime import date
from typing import Any

import pytest
from sample_ledger import NOTICE, ROWS, SampleLedger

from dragoman.brief import Brief, compose, terminal_summary
from dragoman.brief.footing import footing
from dragoman.brief.model import Calendar, Chains, Disagreement, Figure, Sentence, Standings, Timeline
from dragoman.brief.telling import tell

TODAY = date(2026, 1, 2)


@pytest.fixture(scope="module")
def iran() -> Brief:
    return compose(SampleLedger(), "Iran", today=TODAY)


def walk(value: Any, kind: type) -> list[Any]:
    if isinstance(value, kind):
        return [value]
    if is_dataclass(value):
        return [x for f in fields(value) for x in walk(getattr(value, f.name), kind)]
    return [x for v in value for x in walk(v, kind)] if isinstance(value, tuple) else []


def section(brief: Brief, name: str) -> Any:
    return next(s for s in brief.sections if s.id == name)


def entries(brief: Brief) -> Any:
    return walk(section(brief, "timeline"), Timeline)[0].entries


def said(brief: Brief) -> str:
    return " ".join(s.text for s in walk(brief, Sentence))


@pytest.mark.parametrize(
    ("asked", "kind", "name"),
    [
        ("Iran", "actor", "Iran"),
        ("Hamas–Iran", "pair", "Hamas–Iran"),
        ("Hamas, Iran", "pair", "Hamas–Iran"),
        ("Hamas and Iran", "pair", "Hamas–Iran"),
        ("United States-Iran", "pair", "United States–Iran"),
        ("Gulf states", "group", "Gulf states"),
        ("Tehran", "place", "Tehran"),
        ("Atlantis", "unknown", "Atlantis"),
        ("", "unknown", "no topic"),
    ],
)
def test_topic_is_found_by_kind(asked: str, kind: str, name: str) -> None:
    brief = compose(SampleLedger(), asked, today=TODAY)
    assert (brief.topic.kind, brief.topic.name) == (kind, name)
    assert brief.title and brief.standfirst and section(brief, "coverage")


def test_same_ledger_gives_the_same_brief(iran: Brief) -> None:
    assert compose(SampleLedger(), "Iran", today=TODAY) == iran


def test_empty_ledger_gives_an_honest_brief() -> None:
    brief = compose(SampleLedger([]), "Iran", today=TODAY)
    assert [s.id for s in brief.sections] == ["nothing", "coverage"]
    assert "no happening on record" in brief.title and not brief.notes


def test_one_report_gives_a_brief_that_asserts_nothing() -> None:
    brief = compose(SampleLedger(ROWS[11:12]), "Iran", today=TODAY)
    text = entries(brief)[0].what.text
    assert "according to" in text.lower()


def test_every_sentence_on_an_event_cites_a_passage(iran: Brief) -> None:
    for kind in (Timeline, Chains, Disagreement, Calendar):
        for block in walk(iran, kind):
            items = block.entries if kind in (Timeline, Calendar) else block.items if kind is Chains else [block]
            assert all(
                (i.notes if kind is Chains else i.why.notes if kind is Disagreement else i.what.notes) for i in items
            )


def test_notes_rise_in_the_order_of_reading(iran: Brief) -> None:
    order: list[int] = []
    for s in [*iran.standfirst, *iran.points, *walk(iran.sections, Sentence)]:
        order += [n for n in s.notes if n not in order]
    assert set(order) <= set(range(1, len(iran.notes) + 1))
    assert [n.number for n in iran.notes] == list(range(1, len(iran.notes) + 1))
    assert order[:6] == [1, 2, 3, 4, 5, 6]


def test_notes_quote_the_passage_verbatim_with_its_trigger(iran: Brief) -> None:
    texts = {p.text: p.trigger for h in SampleLedger().all for p in h.passages}
    stated = {
        s.passage.text: s.passage.trigger
        for t in SampleLedger().ties_of(SampleLedger().actor("Iran"))
        for s in t.stated
    }
    known = texts | stated
    for note in iran.notes:
        words = note.before + note.trigger + note.after
        assert words in known and note.trigger


def test_own_voice_only_where_two_origins_agree(iran: Brief) -> None:
    told = {e.what.text: e for e in entries(iran)}
    for text, entry in told.items():
        alone = not re.search(r"according to|reported|hoped|planned|denie", text, re.IGNORECASE)
        assert alone == ("independent origins" in entry.how), text


def test_one_side_s_word_is_given_as_its_word(iran: Brief) -> None:
    entry = next(e for e in entries(iran) if e.iso == "2012-11-21")
    assert "speaker of parliament" in entry.what.text and entry.how.startswith("One side’s account")


def test_denial_stands_beside_the_claim(iran: Brief) -> None:
    entry = next(e for e in entries(iran) if e.contested)
    assert "according to Israel" in entry.what.text and "denies it" in entry.what.text and len(entry.what.notes) == 2


def test_chain_is_drawn_from_the_first_voice_to_the_outlet(iran: Brief) -> None:
    longest = walk(iran, Chains)[0].items[0]
    assert [x.names[0] for x in longest.links] == [
        "Nadim Sarraf",
        "Alborz Agency",
        "R. Halabi",
        "Institute for Eastern Notes",
    ]
    assert "according to" not in longest.claim.lower()


def test_chain_in_words(iran: Brief) -> None:
    assert "Nadim Sarraf of Hamas, speaking to the Alborz Agency, as cited by R. Halabi in a policy paper" in said(iran)


def test_timeline_runs_newest_first(iran: Brief) -> None:
    days = [e.iso for e in entries(iran)]
    assert days == sorted(days, reverse=True) and len(days) > 8


def test_period_limits_what_is_told() -> None:
    brief = compose(SampleLedger(), "Iran", since="2014-01-01", until="2015-01-01", today=TODAY)
    assert all(e.iso >= "2014" for e in entries(brief))
    assert brief.period == "January 2014 – December 2014"
    assert "2013" in section(brief, "changes").blocks[0].sentences[0].text


def test_period_without_reports_is_no_crash() -> None:
    brief = compose(SampleLedger(), "Iran", since="2031-01-01", until="2031-02-01", today=TODAY)
    assert brief.counts.happenings == 0


def test_notice_of_sources_is_passed_on(iran: Brief) -> None:
    assert iran.notices == (f"{NOTICE}.",)
    assert compose(SampleLedger(notice=False), "Iran", today=TODAY).notices == ()


def test_quotations_stay_within_their_allowance() -> None:
    ledger = SampleLedger()
    long = "word " * 90
    by_id = {}
    for i, h in enumerate(ledger.all):
        passages = tuple(
            replace(p, text=f"{p.text} {long}", report=ledger.all[0].passages[0].report, start=i * 9, end=i * 9 + 5)
            for p in h.passages[:1]
        )
        by_id[h.id] = replace(h, passages=passages)
    ledger.all = list(by_id.values())
    notes = compose(ledger, "Iran", today=TODAY).notes
    counts: dict[int, int] = {}
    for n in notes:
        words = len((n.before + n.trigger + n.after).split())
        assert words <= 50
        counts[n.source] = counts.get(n.source, 0) + words
    assert max(counts.values()) <= 200 and any(not n.quote for n in notes)


def test_every_picture_has_words_and_a_table(iran: Brief) -> None:
    figures = walk(iran, Figure)
    assert len(figures) >= 4
    assert all(f.alt and f.table.rows and len({f.id for f in figures}) == len(figures) for f in figures)


def test_standings_name_state_trend_since_confidence_and_dispute(iran: Brief) -> None:
    rows = {s.name: s for s in walk(iran, Standings)[0].items}
    assert rows["Hamas"].state == "cordial" and rows["Hamas"].trend == "improving" and rows["Hamas"].since == "Dec 2014"
    assert rows["Israel"].disputed == "yes, one point" and rows["Israel"].confidence == "low"


def test_terminal_summary_is_short(iran: Brief) -> None:
    lines = terminal_summary(iran)
    assert 8 <= len(lines) <= 13 and lines[0] == iran.title and any(NOTICE in x for x in lines)


def test_undated_happening_carries_the_day_of_its_report() -> None:
    happening = replace(SampleLedger().all[8], from_=None, to=None, grain=None)
    assert "20 January 2014" in tell(happening).text and "20 January" not in tell(happening, dated=False).text


def test_a_report_that_contradicts_itself_is_no_dispute() -> None:
    happening = SampleLedger().all[9]
    first, second = happening.passages
    both = replace(happening, passages=(first, replace(second, report=first.report, chain=())))
    assert footing(happening).grade == "contested" and footing(both).grade == "party"
