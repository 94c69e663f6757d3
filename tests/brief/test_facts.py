"""Every name, day and number of the prose stands in the ledger rows that it cites, over many generated briefs."""

from __future__ import annotations

import re
from dataclasses import fields, is_dataclass
from datetime import date
from typing import Any

import pytest
from sample_ledger import ACTORS, SampleLedger

from dragoman.brief import Brief, compose
from dragoman.brief.english import MONTHS
from dragoman.brief.model import Sentence, Standing, Timeline
from dragoman.ledger.views import Happening, Passage

PERIODS = [
    (None, None),
    ("2011-01-01", "2013-01-01"),
    ("2013-01-01", "2014-01-01"),
    ("2014-01-01", "2015-01-01"),
    ("2012-02-10", "2014-03-06"),
]
TOPICS = [*ACTORS, "Hamas–Iran", "Syria–Hamas", "Tehran"]
NAMED = re.compile(r"\b[A-Z][\w’'-]+|\b\d{4}\b")
OWN = frozenset("According In On Of The There It Most Last Reports Ties Reported Accounts".split())


def test_at_least_fifty_briefs_are_checked() -> None:
    assert len(PERIODS) * len(TOPICS) >= 50


@pytest.mark.parametrize("period", PERIODS)
@pytest.mark.parametrize("topic", TOPICS)
def test_names_and_days_are_in_the_rows_cited(topic: str, period: tuple[str | None, str | None]) -> None:
    ledger = SampleLedger()
    brief = compose(ledger, topic, *period, today=date(2026, 1, 2))
    rows = _rows(ledger)
    checked = [*brief.standfirst, *(e.what for b in _walk(brief, Timeline) for e in b.entries), *_about_ties(brief)]
    for sentence in (s for s in checked if s.notes):
        known = " ".join(w for n in sentence.notes for c in brief.note(n).claims for w in rows.get(c, ()))
        unknown = [
            w for w in NAMED.findall(sentence.text) if _bare(w) not in known and w not in OWN and w not in MONTHS
        ]
        assert unknown == [], (sentence.text, known)


def _bare(word: str) -> str:
    return re.sub(r"[’']s?$", "", word)


def _about_ties(brief: Brief) -> list[Sentence]:
    """What stands on single happenings and single reports; the first and last sentence of a tie are the ledger's reckoning."""
    return [s for row in _walk(brief, Standing) for s in row.sentences[1:-1]]


def _rows(ledger: SampleLedger) -> dict[str, list[str]]:
    """All that the ledger holds on each claim, as words."""
    found = {p.claim: _words(p, h) for h in ledger.all for p in h.passages}
    for a in ACTORS.values():
        for tie in ledger.ties_of(a):
            both = [tie.a.name, tie.b.name]
            found |= {s.passage.claim: [*_words(s.passage, None), *both, *_day(s.date)] for s in tie.stated}
    return found


def _words(p: Passage, h: Happening | None) -> list[str]:
    said = [x for v in p.chain for x in (v.name, v.member_of or "", v.work or "")]
    words = [p.report.outlet or "", *_day(p.report.published), *said]
    if h is None:
        return words
    others = [x for q in h.passages for v in q.chain for x in (v.name, v.member_of or "")]
    return [*words, *others, *(a.name for a in (*h.actors, *h.recipients)), h.where or "", *_day(h.from_), *_day(h.to)]


def _day(iso: str | None) -> list[str]:
    return [iso, iso[:4]] if iso else []


def _walk(value: Any, kind: type) -> list[Any]:
    if isinstance(value, kind):
        return [value]
    if is_dataclass(value):
        return [x for f in fields(value) for x in _walk(getattr(value, f.name), kind)]
    return [x for v in value for x in _walk(v, kind)] if isinstance(value, tuple) else []
