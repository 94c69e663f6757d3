"""`resolve`: a name, title or description, on a day and in a context, to one answer with its reason.

The order, the first that answers wins: 1. a listed name; 2. parts set off by commas; 3. the description (`phrases`); 4. a slip of the
hand in a word of nationality or place (two neighbouring letters changed over). Strings that are merely alike never resolve.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from dragoman.registry.index import Registry
from dragoman.registry.normal import LONGEST
from dragoman.registry.phrases import Describer
from dragoman.registry.resolution import NOTHING, PEOPLE, Context, Resolution, resolve_entries
from dragoman.registry.segments import Cutter, Segment, Unit, units

SLIP = 5
"""Letters: shorter words are not searched for slips of the hand."""


def resolve(registry: Registry, name: str, on: date | None = None, context: Context | None = None) -> Resolution | None:
    """Who `name` is; None where the words say nothing. Names over 400 code points have no answer."""
    text = " ".join(name.split())
    if not text or len(text) > LONGEST:
        return None
    given = context or NOTHING
    cutter = Cutter(registry, lenient=text.islower())
    row = units(text.split(" "))
    found = _resolve_row(cutter, row, text, on, given)
    if found is None or (found.id is None and found.country is None):
        mended = _mend(registry, row)
        if mended is not None:
            second = _resolve_row(cutter, mended, text, on, given)
            if second is not None and (second.country or second.id):
                return replace(second, text=text, score=second.score * 0.6, reason=f"slip of the hand; {second.reason}")
    return found


def _resolve_row(cutter: Cutter, row: list[Unit], text: str, on: date | None, context: Context) -> Resolution | None:
    segments = cutter.cut(row)
    whole = _whole_name(cutter.registry, segments, text, on, context)
    if whole is not None:
        return whole
    parts = _parts(segments)
    describer = Describer(cutter.registry, on, context)
    answers = [a for part in parts if (a := _part(cutter.registry, describer, row, part, on, context)) is not None]
    if not answers:
        return None
    return answers[0] if len(answers) == 1 else _join(answers, text)


def _part(
    registry: Registry, describer: Describer, row: list[Unit], part: list[Segment], on: date | None, context: Context
) -> Resolution | None:
    words = row[part[0].first : part[-1].last]
    text = "".join(("-" if u.glued and i else " " if i else "") + u.raw for i, u in enumerate(words))
    return _whole_name(registry, part, text, on, context) or describer.read(row, part, text)


def _whole_name(
    registry: Registry, segments: Sequence[Segment], text: str, on: date | None, context: Context
) -> Resolution | None:
    """A name that is all there is, articles and numbers apart."""
    said = [s for s in segments if s.kind not in ("comma", "empty")]
    if len(said) != 1 or said[0].kind != "name":
        return None
    found = resolve_entries(registry, said[0].entries, text, on, context)
    if found is None or found.type != "NORP":
        return found
    state = registry.get(found.id or "")
    exact = len(segments) == 1 or [s.key for s in segments[:-1]] == ["the"]
    if exact and found.uses & PEOPLE and state is not None:
        return replace(found, via="alias", form="name")
    return replace(found, id=None, name=text, kind="people", via="nominal", form="nominal")


def _parts(segments: Sequence[Segment]) -> list[list[Segment]]:
    """The segments between commas; other marks do not part."""
    parts: list[list[Segment]] = [[]]
    for segment in segments:
        if segment.kind == "comma" and segment.key in ",;:()":
            parts.append([])
        else:
            parts[-1].append(segment)
    return [part for part in parts if part]


def _join(answers: Sequence[Resolution], text: str) -> Resolution:
    """Name and apposition as one: a listed actor first, then a named one; each fills what the other leaves open."""
    first = max(answers, key=lambda a: (a.id is not None and a.form == "name", a.form == "name", a.score))
    rest = [a for a in answers if a is not first]
    return replace(
        first,
        text=text,
        country=first.country or next((a.country for a in rest if a.country), None),
        sector=first.sector or next((a.sector for a in rest if a.sector), None),
        title=first.title or next((a.title for a in rest if a.title), None),
        member_of=first.member_of or next((a.member_of or (a.name if a.id else None) for a in rest), None),
        type="PERSON" if any(a.type == "PERSON" for a in answers) else first.type,
    )


def _mend(registry: Registry, row: Sequence[Unit]) -> list[Unit] | None:
    """The units with two neighbouring letters changed over where that, and nothing less, makes a word of nationality or place."""
    mended = list(row)
    for i, unit in enumerate(row):
        word = unit.piece
        if len(word) < SLIP or word in registry.words.agents or registry.entries(word):
            continue
        swaps = {word[:k] + word[k + 1] + word[k] + word[k + 2 :] for k in range(1, len(word) - 1)} - {word}
        hits = [s for s in sorted(swaps) if any(e.use not in ("surname", "weak") for e in registry.entries(s))]
        if len(hits) == 1:
            mended[i] = Unit(hits[0], hits[0].capitalize(), unit.token, unit.glued, unit.owner)
    return mended if mended != list(row) else None
