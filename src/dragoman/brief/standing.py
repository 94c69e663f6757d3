"""Where things stand: each tie as a row and a paragraph in words."""

from __future__ import annotations

from dragoman.brief.english import counted, day_text, listed, month_text, named, number, short_month, stop
from dragoman.brief.footing import footing, independent
from dragoman.brief.material import Material, when_of
from dragoman.brief.model import Sentence, Standing, Standings
from dragoman.brief.notebook import Notebook
from dragoman.brief.pictures import tie_chart
from dragoman.brief.slug import slug
from dragoman.brief.states import TONES, confidence, state_words, tie_name
from dragoman.brief.telling import tell, weight
from dragoman.brief.voices import chain_words, outlet_name
from dragoman.ledger.views import Happening, Stated, Tie

TOLD = 6


def disputed_words(tie: Tie) -> str:
    """`no`, or how much of the passages is disputed."""
    if not tie.disputes and tie.disputed < 0.005:
        return "no"
    if tie.disputes:
        return f"yes, {counted(len(tie.disputes), 'point')}"
    return f"{max(1, round(100 * tie.disputed))} % of passages"


def standings(material: Material, notebook: Notebook) -> Standings | None:
    """A row for each counterpart, weightiest first."""
    rows = tuple(_standing(material, tie, notebook, i) for i, tie in enumerate(material.ties))
    return Standings(_caption(material), rows) if rows else None


def _caption(material: Material) -> str:
    day = material.recent[2] if material.recent else None
    who = "counterpart" if material.topic.kind == "actor" else "tie"
    return f"State of each {who} by {day_text(day)}" if day else f"State of each {who}"


def _standing(material: Material, tie: Tie, notebook: Notebook, turn: int) -> Standing:
    name = tie_name(material, tie)
    chart = tie_chart(tie, name, material.coverage.first)
    return Standing(
        slug(f"tie {tie.a.name} {tie.b.name}"), name, state_words(tie.state), TONES.get(tie.state, "none"), tie.trend or "no trend",
        short_month(tie.state_since) or "–", confidence(tie), disputed_words(tie), tie.level, chart if len(chart.points) > 2 else None,
        tuple(tie_sentences(tie, notebook, turn, 0 if material.topic.kind == "pair" else 2)) if turn < TOLD else (),
    )  # fmt: skip


def tie_sentences(tie: Tie, notebook: Notebook, turn: int, stated: int) -> list[Sentence]:
    """A tie in words: its state, the last happening, at most `stated` reports of how the two stand, what it rests on."""
    said = [_state_sentence(tie, notebook, turn)]
    latest = _latest(tie)
    if latest is not None:
        told = tell(latest)
        said.append(
            Sentence(
                f"Most recently, {told.text[0].lower() + told.text[1:] if _lowerable(told.text) else told.text}",
                notebook.cite(told.passages),
            )
        )
    said.extend(stated_sentences(tie, notebook, most=stated))
    rest = _support(tie)
    return [*said, Sentence(rest)] if rest else said


def _lowerable(text: str) -> bool:
    return text.startswith(("According", "There ", "It ", "The ", "A ", "An ", "One "))


def _state_sentence(tie: Tie, notebook: Notebook, turn: int) -> Sentence:
    a, b = named(tie.a.name), named(tie.b.name)
    if tie.state is None:
        return Sentence(f"The reports do not suffice to say how {a} and {b} stand.", ())
    state, since = state_words(tie.state), month_text(tie.state_since)
    terms = f"on {state} terms" if tie.state != "broken" else "in broken-off relations"
    only, form = _only_voice(tie), turn % 3
    if only or (form == 1 and tie.state == "broken"):
        form = 0
    stand = (
        f"ties between {a} and {b} have been {state} since {since}"
        if since
        else f"ties between {a} and {b} are {state}"
    )
    forms = (
        f"According to {only or 'the reports read'}, {stand}",
        f"Reports {'have had' if since else 'put'} {a} and {b} {terms}{' since ' + since if since else ''}",
        f"The reports read say that {stand}",
    )
    trend = {
        "improving": "; the trend is towards better ties",
        "worsening": "; the trend is downward",
        "steady": ("", ", with little movement", "; little has moved")[form],
    }
    moved = {h for c in tie.changes for h in c.happenings}
    grounds = [h for h in tie.happenings if h.id in moved] or sorted(tie.happenings, key=weight, reverse=True)
    passages = [tell(h).passages[0] for h in grounds[:3]]
    passages += [s.passage for s in tie.stated if s.state == tie.state][:1]
    return Sentence(f"{forms[form]}{trend.get(tie.trend or '', '')}.", notebook.cite(passages))


def _only_voice(tie: Tie) -> str:
    """The one origin that all of a tie rests on, as a voice; empty where there are two or more."""
    passages = [p for h in tie.happenings for p in h.passages if p.stance == "actual"] + [s.passage for s in tie.stated]
    if not passages or independent(passages) > 1:
        return ""
    return chain_words(passages[0]).partition(", ")[0] or outlet_name(passages[0])


def _latest(tie: Tie) -> Happening | None:
    """The last happening, of those in the upper half by weight: a faint mention is no news, and what was not done none either."""
    done = [h for h in tie.happenings if footing(h).grade != "denied"]
    weighty = sorted(done, key=lambda h: (weight(h), h.id), reverse=True)[: (len(done) + 1) // 2]
    return max(weighty, key=lambda h: (when_of(h), weight(h), h.id), default=None)


def stated_sentences(tie: Tie, notebook: Notebook, most: int) -> list[Sentence]:
    """What reports say outright about the tie, each with its voice; newest first, one of each kind."""
    seen: set[tuple[str | None, str | None, str]] = set()
    found: list[Sentence] = []
    for s in sorted(
        tie.stated, key=lambda s: (s.date or s.passage.report.published or "", s.passage.claim), reverse=True
    ):
        kind = (s.state, s.change, s.passage.stance)
        if kind in seen or len(found) >= most:
            continue
        seen.add(kind)
        found.append(Sentence(stop(stated_words(tie, s)), notebook.cite([s.passage])))
    return found


def stated_words(tie: Tie, s: Stated) -> str:
    """`In May 2013, Osama Hamdan of Hamas said that ties between Hamas and Syria were not broken off, as cited by …`."""
    who, _, through = chain_words(s.passage).partition(", ")
    ties = f"ties between {named(tie.a.name)} and {named(tie.b.name)}"
    speaker, verb = (who, "said") if who else (outlet_name(s.passage), "wrote")
    stance = s.passage.stance
    if stance in ("planned", "hoped"):
        told = (
            f"{'spoke' if who else 'wrote'} of {'an intention' if stance == 'planned' else 'the hope'} {_aim(s, ties)}"
        )
    elif stance == "possible":
        told = f"{verb} that {ties} might be {_result(s)}"
    else:
        told = f"{verb} that {ties} {_stated_what(s, denied=stance == 'denied')}"
    when = month_text(s.date or s.passage.report.published)
    return f"{f'in {when}, ' if when else ''}{speaker} {told}{f', {through}' if through else ''}"


def _stated_what(s: Stated, *, denied: bool) -> str:
    forms = {
        "improving": ("were improving", "were not improving"), "worsening": ("were getting worse", "were not getting worse"),
        "restored": ("had been restored", "had not been restored"), "severed": ("had been severed", "had not been severed"),
        "unchanged": ("had not changed", "had changed"),
    }  # fmt: skip
    aspect = "" if s.aspect in ("general", "") else f" in {s.aspect} matters"
    if s.state:
        return f"were {'not ' if denied else ''}{state_words(s.state)}{aspect}"
    return f"{forms.get(s.change or '', ('were of note', 'were of no note'))[denied]}{aspect}"


def _aim(s: Stated, ties: str) -> str:
    verbs = {
        "improving": "to mend",
        "worsening": "to loosen",
        "restored": "to restore",
        "severed": "to sever",
        "unchanged": "to leave unchanged",
    }
    if s.change in verbs:
        return f"{verbs[s.change]} {ties}"
    return f"to keep {ties} {state_words(s.state)}" if s.state == "normal" else f"to see {ties} {state_words(s.state)}"


def _result(s: Stated) -> str:
    done = {
        "improving": "mended",
        "worsening": "loosened",
        "restored": "restored",
        "severed": "severed",
        "unchanged": "left unchanged",
    }
    return done.get(s.change or "", state_words(s.state))


def _support(tie: Tie) -> str:
    n = len(tie.happenings)
    if not n:
        return "No dated happening between the two is on record in the period."
    grades = [(footing(h).grade, h.quad.endswith("cooperation")) for h in tie.happenings]
    single = sum(g in ("single", "party") for g, _ in grades)
    if n == 1:
        return (
            f"The one happening on record between them rests on {'one origin' if single else 'more than one origin'}."
        )
    took = [accord for g, accord in grades if g in ("established", "single", "party", "contested")]
    parts = [
        f"{number(k)} of {what}" for k, what in ((sum(took), "cooperation"), (len(took) - sum(took), "conflict")) if k
    ]
    if n > len(took):
        parts.append(f"{number(n - len(took))} planned, hoped for, denied or left open")
    rest = f"; {number(single)} {'rests' if single == 1 else 'rest'} on one origin or one side’s word" if single else ""
    return f"The reports give {counted(n, 'happening')} between them, {listed(parts)}{rest}."
