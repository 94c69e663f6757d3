# ruff: noqa: E501 - rows of test data read better whole
"""A small ledger in memory with the methods that composing asks for; outlets and sentences are made up for the tests."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from dragoman.errors import LedgerError
from dragoman.ledger.views import (
    ActorRef,
    ChangePoint,
    Coverage,
    Dispute,
    Happening,
    Passage,
    ReportRef,
    Stated,
    Tie,
    TiePoint,
    VoiceRef,
)

NOTICE = "Written for Dragoman; not a news report"
ACTORS = {
    name: ActorRef(name.lower().replace(" ", "-"), name, country, sector)
    for name, country, sector in [
        ("Iran", "IRN", "GOV"), ("Hamas", "PSE", "REB"), ("Syria", "SYR", "GOV"), ("Israel", "ISR", "GOV"), ("Hezbollah", "LBN", "REB"),
        ("Turkey", "TUR", "GOV"), ("Qatar", "QAT", "GOV"), ("Saudi Arabia", "SAU", "GOV"), ("United States", "USA", "GOV"),
        ("United Nations", "IGO", None), ("International Atomic Energy Agency", "IGO", None), ("Houthis", "YEM", "REB"),
    ]
}  # fmt: skip
OUTLETS = (
    "Levant Courier",
    "Meridian Wire",
    "The Strait Review",
    "Gulf Ledger",
    "Anatolian Dispatch",
    "Institute for Eastern Notes",
)
QUADS = {"CONSULT": ("verbal-cooperation", 1.0), "AID": ("material-cooperation", 8.0), "SANCTION": ("material-conflict", -6.0), "ACCUSE": ("verbal-conflict", -3.5),
         "AGREE": ("verbal-cooperation", 3.0), "SUPPORT": ("verbal-cooperation", 4.0), "ASSAULT": ("material-conflict", -9.0), "RETREAT": ("material-cooperation", 6.0),
         "REQUEST": ("verbal-conflict", -1.0), "COERCE": ("material-conflict", -5.0), "COOPERATE": ("material-cooperation", 6.5), "REJECT": ("verbal-conflict", -4.0)}  # fmt: skip


def voice(
    name: str,
    kind: str = "speaker",
    step: int = 1,
    of: str | None = None,
    cue: str | None = "said",
    work: str | None = None,
) -> VoiceRef:
    return VoiceRef(name, kind, step, of, cue, work)


SARRAF = (
    voice("Nadim Sarraf", of="Hamas", work="an interview"),
    voice("Alborz Agency", "agency", 2),
    voice("R. Halabi", "author", 3, cue="cited", work="policy paper"),
)
PANEL = (voice("Panel of Experts", "document", of="United Nations", cue="concluded", work="annual report"),)
IRANMFA = (voice("Iran’s foreign ministry", of="Iran"),)
ISRAEL = (voice("Israel", of="Israel"),)

# day, to-day, type, mode, contexts, actors, recipients, where(name, lat, lon), accounts: (outlet, published, text, trigger, stance, chain, interested)
ROWS: list[tuple[Any, ...]] = [
    ("2011-08-20", None, "SANCTION", "discontinue", ("economic",), "Iran", "Hamas", None, [
        (0, "2011-08-23", "Tehran has cut the monthly payments it made to Hamas, diplomats in the region said.", "cut", "actual", (voice("diplomats", "unnamed"),), False),
        (1, "2011-08-24", "Payments from Iran to the movement were stopped in August, two officials said.", "stopped", "actual", (voice("two officials", "unnamed"),), False)]),
    ("2012-01-15", "2012-02-01", "RETREAT", "withdraw", (), "Hamas", "Syria", ("Damascus", 33.51, 36.29), [
        (0, "2012-02-03", "The leadership of Hamas has left its offices in Damascus, residents of the quarter said.", "left", "actual", (voice("residents", "unnamed"),), False),
        (2, "2012-02-06", "By the end of January the politburo had moved out of the Syrian capital.", "moved out", "actual", (), False),
        (5, "2013-09-05", "Moving house from Damascus was a matter of convenience, Sarraf told the agency.", "Moving", "actual", SARRAF, True)]),
    ("2012-02-24", "2012-02-25", "SUPPORT", None, (), "Hamas", "Syria", ("Cairo", 30.06, 31.25), [
        (0, "2012-02-25", "Hamas did not repeat its backing for the government in Damascus.", "backing", "denied", (), False)]),
    ("2012-11-14", "2012-11-22", "ASSAULT", "aerial", ("military",), "Israel", "Hamas", ("Gaza", 31.5, 34.47), [
        (1, "2012-11-15", "Israeli aircraft struck targets in Gaza on Wednesday.", "struck", "actual", (), False),
        (2, "2012-11-17", "Israel struck rocket stores of Hamas, its army said.", "struck", "actual", ISRAEL, True)]),
    ("2012-11-21", "2012-11-22", "AID", None, ("military",), "Iran", "Hamas", ("Gaza", 31.5, 34.47), [
        (3, "2012-11-22", "The speaker of Iran's parliament said that his country had given Hamas military and financial help.", "given", "actual", (voice("the speaker of parliament", of="Iran"),), True)]),
    ("2013-05-25", "2013-05-26", "ASSAULT", "heavy-weapons", ("military",), "Hezbollah", "Syria", ("al-Qusayr", 34.51, 36.58), [
        (0, "2013-05-27", "Hezbollah fighters shelled rebel positions round al-Qusayr.", "shelled", "actual", (), False),
        (4, "2013-05-28", "Fighters of Hezbollah shelled the town for a third day, activists said.", "shelled", "actual", (voice("activists", "unnamed"),), False)]),
    ("2013-09-20", "2013-10-01", "CONSULT", "visit", ("diplomatic",), "Hamas", "Iran", ("Tehran", 35.69, 51.42), [
        (5, "2013-10-03", "A small delegation of the movement visited Tehran in the last days of September.", "visited", "actual", (voice("R. Halabi", "author", work="policy paper"),), False),
        (0, "2013-10-04", "Hamas officials visited Tehran last month, the Alborz Agency reported.", "visited", "actual", (voice("Alborz Agency", "agency"),), False)]),
    ("2013-11-24", "2013-11-25", "AGREE", None, ("diplomatic",), "Iran+United States", "", ("Geneva", 46.2, 6.15), [
        (1, "2013-11-24", "Iran and six powers reached an interim agreement in Geneva early on Sunday.", "reached", "actual", (), False),
        (2, "2013-11-25", "The agreement reached in Geneva limits enrichment for six months.", "reached", "actual", (), False),
        (3, "2013-11-25", "An agreement was reached after four days, the European Union said.", "reached", "actual", (voice("European Union"),), False)]),
    ("2014-01-20", "2014-01-21", "COOPERATE", None, ("economic",), "Iran", "International Atomic Energy Agency", ("Natanz", 33.72, 51.73), [
        (1, "2014-01-20", "Iran began to halt its highest enrichment, inspectors confirmed.", "halt", "actual", (voice("inspectors", "unnamed"),), False)]),
    ("2014-03-05", "2014-03-06", "AID", None, ("military",), "Iran", "Hamas", ("Red Sea", 19.0, 39.5), [
        (1, "2014-03-05", "Israel's navy stopped a ship in the Red Sea and said that its rockets had been sent by Iran.", "sent", "actual", ISRAEL, True),
        (3, "2014-03-06", "Iran rejected the account as baseless.", "rejected", "denied", (voice("Iran’s foreign ministry", of="Iran", cue="rejected"),), True)]),
    ("2014-03-05", "2014-03-06", "COERCE", "seize", ("military",), "Israel", "Iran", ("Red Sea", 19.0, 39.5), [
        (1, "2014-03-05", "Israel's navy stopped a ship in the Red Sea and said that its rockets had been sent by Iran.", "stopped", "actual", (), False),
        (4, "2014-03-07", "The navy seized the vessel some 1,500 km from its own coast.", "seized", "actual", (), False)]),
    ("2014-06-27", "2014-06-28", "ACCUSE", "allege", (), "United Nations", "Iran", None, [
        (2, "2014-06-28", "A UN panel identified Iran as the source of the weapons aboard the ship.", "identified", "actual", PANEL, False)]),
    ("2014-12-08", "2014-12-09", "CONSULT", "visit", (), "Hamas", "Iran", ("Tehran", 35.69, 51.42), [
        (0, "2014-12-09", "A high-level Hamas delegation met officials in Tehran.", "met", "actual", (), False),
        (3, "2014-12-10", "The delegation met the speaker of parliament, Hamas said.", "met", "actual", (voice("Hamas"),), True),
        (4, "2014-12-10", "The visit is the highest-ranking since the quarrel over Syria.", "visit", "actual", (), False)]),
    ("2014-12-17", "2014-12-18", "SUPPORT", None, (), "Hamas", "Iran", None, [
        (0, "2014-12-18", "The armed wing of the movement thanked Iran for what it had sent.", "thanked", "actual", (voice("the armed wing", of="Hamas"),), True)]),
    (None, None, "CONSULT", "visit", (), "Hamas", "Iran", ("Tehran", 35.69, 51.42), [
        (5, "2013-09-05", "He hoped, Sarraf added, that a visit of the whole politburo would follow in spring.", "visit", "hoped", SARRAF, True)]),
]  # fmt: skip


class SampleLedger:
    """Twelve actors, fifteen happenings, five ties."""

    def __init__(self, rows: list[tuple[Any, ...]] | None = None, notice: bool = True) -> None:
        self.reports: dict[tuple[int, str], ReportRef] = {}
        self.notice = notice
        self.all = [self._happening(i, row) for i, row in enumerate(ROWS if rows is None else rows)]
        self.points = [
            Dispute("d1", "Israel says that Iran sent the rockets found aboard the ship; Iran denies it.", "denied",
                    ((self.all[9].passages[0],), (self.all[9].passages[1],)), "2014-03-05", (ACTORS["Iran"], ACTORS["Israel"])),
        ] if len(self.all) > 9 else []  # fmt: skip

    def _report(self, outlet: int, day: str) -> ReportRef:
        if (outlet, day) not in self.reports:
            n = len(self.reports)
            name = OUTLETS[outlet]
            self.reports[outlet, day] = ReportRef(
                f"r{n:03}", f"Report {n + 1} on the region", name, ("M. Sayyad",) if outlet == 5 else (), day, f"https://example.org/{n}", None, False, None,
            )  # fmt: skip
        return self.reports[outlet, day]

    def _happening(self, i: int, row: tuple[Any, ...]) -> Happening:
        day, to, type_, mode, contexts, who, whom, where, accounts = row
        quad, intensity = QUADS[type_]
        actors = tuple(ACTORS[n] for n in who.split("+") if n)
        recipients = tuple(ACTORS[n] for n in whom.split("+") if n)
        passages = tuple(
            self._passage(i, j, a, type_, mode, contexts, actors, recipients) for j, a in enumerate(accounts)
        )
        stances: dict[str, int] = {}
        for p in passages:
            stances[p.stance] = stances.get(p.stance, 0) + 1
        name, lat, lon = where or (None, None, None)
        end = to or (day and date.fromisoformat(day).replace(day=date.fromisoformat(day).day + 1).isoformat())
        return Happening(
            f"h{i:02}", type_, mode, quad, intensity, actors, recipients, len(actors) > 1, day, end, "day" if day else None,
            min(p.report.published or "" for p in passages), name, None, lat, lon, None, passages, len({p.report.id for p in passages}),
            len({(p.chain[0].name if p.chain else p.report.outlet) for p in passages}), stances, (), contexts,
        )  # fmt: skip

    def _passage(
        self, i: int, j: int, account: Any, type_: str, mode: Any, contexts: Any, actors: Any, recipients: Any
    ) -> Passage:
        outlet, day, text, trigger, stance, chain, interested = account
        at = text.index(trigger)
        start = 100 + sum(map(ord, text))
        record = {
            "type": type_, "mode": mode, "contexts": list(contexts), "actors": [{"name": a.name} for a in actors],
            "recipients": [{"name": r.name} for r in recipients], "when": None,
            "trigger": {"text": trigger, "start": start + at, "end": start + at + len(trigger)}, "evidence": {"start": start, "end": start + len(text)},
        }  # fmt: skip
        return Passage(
            f"c{i:02}{j}", "event", self._report(outlet, day), text, start, start + len(text), trigger, stance, chain, False, True, interested, 0.8, record,
        )  # fmt: skip

    def actor(self, name_or_id: str) -> ActorRef | None:
        return next((a for a in ACTORS.values() if name_or_id.casefold() in (a.id, a.name.casefold())), None)

    def actors(self, query: str = "", limit: int = 50) -> list[ActorRef]:
        return [a for a in ACTORS.values() if query.casefold() in a.name.casefold()][:limit]

    def group(self, name: str) -> list[ActorRef]:
        if name == "Gulf states":
            return [ACTORS["Qatar"], ACTORS["Saudi Arabia"]]
        raise LedgerError(f"no report names {name!r}")

    def happenings(
        self,
        of: Any = None,
        pair: Any = None,
        since: Any = None,
        until: Any = None,
        place: Any = None,
        limit: Any = None,
        **_: Any,
    ) -> list[Happening]:
        found = []
        for h in self.all:
            ids = {a.id for a in (*h.actors, *h.recipients)}
            day = h.from_ or h.reported or ""
            if (of is not None and of.id not in ids) or (pair is not None and not {p.id for p in pair} <= ids):
                continue
            if (place is not None and place != h.where) or (since and day < since) or (until and day >= until):
                continue
            found.append(h)
        return sorted(found, key=lambda h: h.from_ or h.reported or "", reverse=True)[:limit]

    def claims(self, of: Any = None, pair: Any = None, since: Any = None, until: Any = None, **_: Any) -> list[Passage]:
        return [p for h in self.happenings(of=of, pair=pair, since=since, until=until) for p in h.passages]

    def tie(self, a: Any, b: Any, since: Any = None, until: Any = None, **_: Any) -> Tie:
        a, b = (x if isinstance(x, ActorRef) else self.actor(x) for x in (a, b))
        hs = tuple(self.happenings(pair=(a, b), since=since, until=until))
        flows: dict[str, tuple[int, float]] = {}
        for h in hs:
            n, mean = flows.get(h.quad, (0, 0.0))
            flows[h.quad] = (n + 1, (mean * n + h.intensity) / (n + 1))
        series = self._series(hs)
        level = series[-1].level if hs else None
        state = (
            None
            if level is None
            else "hostile"
            if level < -5
            else "strained"
            if level < -1
            else "normal"
            if level < 2
            else "cordial"
        )
        stated = self._stated(a, b)
        disputes = tuple(d for d in self.points if {x.id for x in d.between} == {a.id, b.id})
        changes = (
            (ChangePoint("2014-12-01", -0.6, 1.4, tuple(h.id for h in hs if (h.from_ or "") >= "2014-12")),)
            if {a.id, b.id} == {"iran", "hamas"}
            else ()
        )
        trend = (
            None
            if level is None
            else "improving"
            if series[-1].level > series[-12].level + 0.3
            else "worsening"
            if series[-1].level < series[-12].level - 0.3
            else "steady"
        )
        return Tie(a, b, since, until, state, "2014-12-08" if state else None, trend, level, series[-1].low if hs else None, series[-1].high if hs else None,
                   series if hs else (), changes, stated, hs, disputes, 0.2 if disputes else 0.0, 0.4, flows, "2014-12-18" if hs else None)  # fmt: skip

    def _series(self, hs: tuple[Happening, ...]) -> tuple[TiePoint, ...]:
        level, found = 0.0, []
        for i in range(48):
            month = f"{2011 + i // 12}-{i % 12 + 1:02}"
            mine = [h for h in hs if (h.from_ or h.reported or "")[:7] == month]
            level = 0.93 * level + sum(h.intensity for h in mine) * 0.45
            level = max(-9.5, min(9.5, level))
            wide = 1.0 + (1.2 if not mine else 0.0) + (1.0 if i < 8 else 0)
            found.append(
                TiePoint(
                    f"{month}-01", level, max(-10, level - wide), min(10, level + wide), len(mine), not 17 <= i <= 19
                )
            )
        return tuple(found)

    def _stated(self, a: ActorRef, b: ActorRef) -> tuple[Stated, ...]:
        if {a.id, b.id} == {"hamas", "iran"}:
            rows = [(1, "2012-08-11", "Ties between the movement and Tehran are strained over Syria.", "strained", "strained", None, "actual", ()),
                    (5, "2013-09-05", "The movement wants to repair what it had with Iran, Halabi writes.", "repair", None, "improving", "planned", (voice("R. Halabi", "author", work="policy paper"),)),
                    (0, "2014-12-18", "The relationship is close again, a member of the politburo said.", "close", "close", None, "actual", (voice("a member of the politburo", "unnamed", of="Hamas"),))]  # fmt: skip
        elif {a.id, b.id} == {"hamas", "syria"}:
            rows = [
                (
                    5,
                    "2013-09-05",
                    "Nobody has broken with Syria, Sarraf insisted.",
                    "broken",
                    "broken",
                    None,
                    "denied",
                    SARRAF,
                )
            ]
        else:
            rows = []
        return tuple(self._said(n, row) for n, row in enumerate(rows))

    def _said(self, n: int, row: Any) -> Stated:
        outlet, day, text, trigger, state, change, stance, chain = row
        at, start = text.index(trigger), 5000 + sum(map(ord, text))
        record = {"trigger": {"start": start + at, "end": start + at + len(trigger)}, "evidence": {"start": start}}
        p = Passage(
            f"t{outlet}{n}",
            "tie",
            self._report(outlet, day),
            text,
            start,
            start + len(text),
            trigger,
            stance,
            chain,
            False,
            True,
            False,
            0.7,
            record,
        )
        return Stated(p, state, change, "general", None, day)

    def ties_of(self, actor: Any, since: Any = None, until: Any = None, limit: int = 20) -> list[Tie]:
        ties = [self.tie(actor, other, since, until) for other in ACTORS.values() if other.id != actor.id]
        return sorted([t for t in ties if t.happenings], key=lambda t: (-len(t.happenings), t.b.id))[:limit]

    def disputes(self, of: Any = None, pair: Any = None, since: Any = None, until: Any = None) -> list[Dispute]:
        ids = {of.id} if of else {p.id for p in pair or ()}
        return [d for d in self.points if ids <= {a.id for a in d.between} or (of and ids & {a.id for a in d.between})]

    def disputes_with(self, claim_ids: Any, since: Any = None, until: Any = None) -> list[Dispute]:
        wanted = set(claim_ids)
        return [d for d in self.points if wanted & {p.claim for side in d.sides for p in side}]

    def happenings_with(self, claim_ids: Any) -> list[Happening]:
        wanted = set(claim_ids)
        return [h for h in self.all if wanted & {p.claim for p in h.passages}]

    def search(self, text: str = "", *, limit: int = 20) -> list[Passage]:
        words = text.casefold().split()
        return [p for h in self.all for p in h.passages if any(w in p.text.casefold() for w in words)][:limit]

    def expected(self, of: Any = None, on_after: Any = None) -> list[Passage]:
        return [
            p
            for h in self.all
            if of is None or of.id in {a.id for a in (*h.actors, *h.recipients)}
            for p in h.passages
            if p.stance in ("planned", "hoped")
        ]

    def coverage(self, since: Any = None, until: Any = None) -> Coverage:
        days = sorted(r.published or "" for r in self.reports.values())
        months: dict[str, int] = {f"{2011 + i // 12}-{i % 12 + 1:02}": 0 for i in range(48)} if days else {}
        for d in days:
            months[d[:7]] = months.get(d[:7], 0) + 1
        return Coverage(
            len(days),
            len({r.outlet for r in self.reports.values()}),
            days[0] if days else None,
            days[-1] if days else None,
            tuple(months.items()),
            0,
        )

    def report(self, id: str) -> tuple[ReportRef, str]:
        ref = next(r for r in self.reports.values() if r.id == id)
        return ref, f"{ref.title}\n\nText of the report. {NOTICE if self.notice else ''}"


def hostile(ledger: SampleLedger, text: str) -> SampleLedger:
    """The same ledger with `text` in every title, outlet, name of a voice and address."""
    for key, ref in list(ledger.reports.items()):
        ledger.reports[key] = replace(ref, title=text, outlet=text, authors=(text,), url=f"javascript:alert('{text}')")
    by_id = {r.id: r for r in ledger.reports.values()}

    def changed(p: Passage) -> Passage:
        return replace(
            p,
            report=by_id[p.report.id],
            text=f"{p.text} {text}",
            chain=tuple(replace(v, name=text, work=text) for v in p.chain),
        )

    ledger.all = [replace(h, passages=tuple(map(changed, h.passages)), where=text) for h in ledger.all]
    ledger.points = [replace(d, why=text, sides=tuple(tuple(map(changed, s)) for s in d.sides)) for d in ledger.points]
    return ledger
