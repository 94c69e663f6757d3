"""Every name, day and number of the prose stands in the ledger rows that it cites, over many generated briefs."""

from __future__ import annotations

import re
from dataclasses import fields, is_dataclass
from datetime import date, timedelta
from typing import Any

import pytest
from sample_ledger import ACTORS, SampleLedger

from dragoman.brief import Brief, compose
from dragoman.brief.english import MONTHS, NUMBERS
from dragoman.brief.model import Calendar, Points, Sentence, Standing, Timeline
from dragoman.ledger.views import Happening, Passage

PERIODS = [
    (None, None),
    ("2011-01-01", "2013-01-01"),
    ("2013-01-01", "2014-01-01"),
    ("2014-01-01", "2015-01-01"),
    ("2012-02-10", "2014-03-06"),
]
TOPICS = [*ACTORS, "Hamas–Iran", "Syria–Hamas", "Tehran"]
NAMED = re.compile(r"\b[A-Z][\w’']+")
SPAN = re.compile(rf"(\d{{1,2}}) and (\d{{1,2}}) ((?:{'|'.join(MONTHS)}) \d{{4}})")
DATED = re.compile(rf"(?:(\d{{1,2}})(?:[–-]\d{{1,2}})? )?({'|'.join(MONTHS)}) (\d{{4}})|\b(\d{{4}})\b")
NUMBER = re.compile(rf"(?<![\w.,-])(\d[\d,]*|{'|'.join(NUMBERS[1:])})(?![\w-])", re.IGNORECASE)
OWN = frozenset("According In On Of The There It Most Last Reports Ties Reported Accounts By A An".split())


def test_at_least_fifty_briefs_are_checked() -> None:
    assert len(PERIODS) * len(TOPICS) >= 50


@pytest.mark.parametrize("period", PERIODS)
@pytest.mark.parametrize("topic", TOPICS)
def test_names_days_and_numbers_are_in_the_rows_cited(topic: str, period: tuple[str | None, str | None]) -> None:
    ledger = SampleLedger()
    brief = compose(ledger, topic, *period, today=date(2026, 1, 2))
    rows = _rows(ledger)
    checked = [*brief.standfirst, *(e.what for b in _walk(brief, Timeline) for e in b.entries), *_about_ties(brief)]
    checked += [s for x in brief.sections if x.id == "voices" for b in _walk(x, Points) for s in b.items]
    checked += [d.what for b in _walk(brief, Calendar) for d in b.entries]
    for sentence in (s for s in checked if s.notes):
        known = [w for n in sentence.notes for c in brief.note(n).claims for w in rows.get(c, ())]
        assert faults(sentence.text, known) == [], (sentence.text, known)


def faults(text: str, known: list[str]) -> list[str]:
    """What of a sentence is not in the rows: names word by word, dates as fine as they are given, numbers."""
    text = SPAN.sub(r"\1 \3 and \2 \3", text)
    words = {_bare(w) for k in known for w in re.findall(r"[\w’']+", k)}
    days = [k for k in known if re.fullmatch(r"\d{4}(-\d\d){0,2}", k)]
    dates, rest = list(DATED.finditer(text)), DATED.sub(" ", text)
    found = [m[0] for m in dates if not any(d.startswith(_iso(m)) for d in days)]
    found += [w for w in NAMED.findall(rest) if _bare(w) not in words and w not in OWN and w not in MONTHS]
    return found + [n for n in NUMBER.findall(rest) if n.lower() not in {w.lower() for w in words}]


def _iso(found: re.Match[str]) -> str:
    day, month, year, alone = found.groups()
    if alone:
        return str(alone)
    return f"{year}-{MONTHS.index(month) + 1:02}" + (f"-{int(day):02}" if day else "")


def test_the_check_finds_a_wrong_name_date_and_number() -> None:
    known = ["Iran", "Hamas", "2014-03-05", "Gulf Ledger"]
    said = "Iran gave aid to Hamas on 5 March 2014, the Gulf Ledger reported."
    assert faults(said, known) == []
    assert faults(said.replace("Hamas", "Hezbollah"), known) == ["Hezbollah"]
    assert faults(said.replace("5 March", "6 March"), known) == ["6 March 2014"]
    assert faults(said.replace("aid", "three ships"), known) == ["three"]


@pytest.mark.parametrize("topic", [*ACTORS, "Hamas–Iran", "Syria–Hamas"])
def test_the_brief_s_own_counts_are_those_of_the_ledger(topic: str) -> None:
    ledger = SampleLedger()
    coverage = ledger.coverage()
    brief = compose(ledger, topic, today=date(2026, 1, 2))
    actors = [a for a in (ledger.actor(x) for x in topic.split("–")) if a]
    happenings = ledger.happenings(pair=actors) if len(actors) > 1 else ledger.happenings(of=actors[0])
    if not happenings:
        pytest.skip(f"the sample has no happening of {topic}")
    counted_ = {len(happenings), coverage.reports, coverage.outlets, brief.counts.single, brief.counts.disputed}
    assert brief.counts.happenings == len(happenings) and brief.counts.reports == coverage.reports
    assert brief.counts.single <= len(happenings)
    last = brief.standfirst[-1].text
    assert last.startswith("This brief draws on") and NUMBER.findall(last)
    assert [n for n in NUMBER.findall(last) if _value(n) not in counted_ | {1}] == []


def _value(word: str) -> int:
    return NUMBERS.index(word.lower()) if word.lower() in NUMBERS else int(word.replace(",", ""))


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
    return [
        *words,
        *others,
        *(a.name for a in (*h.actors, *h.recipients)),
        h.where or "",
        *_day(h.from_),
        *_day(_last(h.to)),
    ]


def _last(to: str | None) -> str | None:
    """The last day of a half-open span."""
    return (date.fromisoformat(to) - timedelta(days=1)).isoformat() if to else None


def _day(iso: str | None) -> list[str]:
    return [iso, iso[:4]] if iso else []


def _walk(value: Any, kind: type) -> list[Any]:
    if isinstance(value, kind):
        return [value]
    if is_dataclass(value):
        return [x for f in fields(value) for x in _walk(getattr(value, f.name), kind)]
    return [x for v in value for x in _walk(v, kind)] if isinstance(value, tuple) else []
