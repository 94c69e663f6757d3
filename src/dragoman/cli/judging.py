"""`dragoman judge` and `dragoman review`: a person's word on claims."""

from __future__ import annotations

import getpass
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from ..errors import UsageError
from .filters import (
    KindOf,
    Of,
    PairOf,
    Place,
    Reliability,
    Source,
    StanceOf,
    TypeOf,
    VoiceOf,
    kind_of,
    narrowed,
    pair_of,
    stance_of,
    types_of,
)
from .options import AsJson, LedgerFile, Since, Until, bounds, ledger_path
from .output import emit, say

if TYPE_CHECKING:
    from ..ledger import Ledger

VERDICTS = ("accept", "reject", "correct", "same", "different", "undo")
ORDERS = ("doubtful", "newest")
By = Annotated[str | None, typer.Option("--by", metavar="NAME", help="Who judges (default: your user name).")]
Why = Annotated[
    str | None, typer.Option("--why", metavar="WORDS", help="The reason, which is kept with the judgement.")
]


def register(app: typer.Typer) -> None:
    """Add the commands."""
    app.command(
        "judge",
        epilog="Examples:  dragoman judge reject 3f2a… --why sarcasm   ·   dragoman judge correct 3f2a… --slot type --value AID   ·   "
        "dragoman judge same 3f2a… 91c0…   ·   dragoman judge undo 4",
    )(judge)
    app.command("review", epilog="Example:  dragoman review --of Iran --type AID   (keys are shown at the foot)")(
        review
    )


@contextmanager
def writable(path: Path | None) -> Iterator[Ledger]:
    """The ledger, open for writing.

    Raises:
        UsageError: there is none yet.
    """
    from ..ledger import Ledger

    place = ledger_path(path)
    if not place.exists() or not place.stat().st_size:
        raise UsageError(f"there is no ledger at {place} yet; `dragoman read REPORTS` makes one")
    with Ledger.open(place, create=False) as ledger:
        yield ledger


def judge(
    verdict: Annotated[str, typer.Argument(help="accept, reject, correct, same, different or undo.")],
    claim: Annotated[str, typer.Argument(help="The claim's id; for undo the number of the judgement.")],
    other: Annotated[
        str | None, typer.Argument(help="The other claim, for same and different.", show_default=False)
    ] = None,
    slot: Annotated[
        str | None, typer.Option("--slot", help="The slot to correct: type, actors, stance, when …")
    ] = None,
    value: Annotated[
        str | None,
        typer.Option("--value", help="What it should be: words (names parted by ';', '-' for nothing) or JSON."),
    ] = None,
    why: Why = None,
    by: By = None,
    ledger: LedgerFile = None,
    json_: AsJson = False,
) -> None:
    """Judge a claim: accept, reject or correct it, say that two are (or are not) one event, undo a judgement."""
    if verdict not in VERDICTS:
        raise UsageError(f"expected one of {', '.join(VERDICTS)}, got {verdict!r}")
    if (verdict == "correct") != (slot is not None and value is not None):
        raise UsageError("`correct` takes --slot and --value, the other verdicts take neither")
    if (verdict in ("same", "different")) != (other is not None):
        raise UsageError("`same` and `different` take two claims, the other verdicts one")
    with writable(ledger) as opened:
        n = _judge(opened, verdict, (claim, other), (slot, value), (by or author(), why))
        made = next(j for j in opened.judgements() if j.n == n)
    if json_:
        emit(record_of(made))
    else:
        typer.echo(f"judgement {n}: {told(made)}")


def _judge(
    opened: Ledger,
    verdict: str,
    claims: tuple[str, str | None],
    change: tuple[str | None, str | None],
    signed: tuple[str, str | None],
) -> int:
    (claim, other), (slot, words), (by, why) = claims, change, signed
    if verdict == "undo":
        if not claim.isdecimal():
            raise UsageError(
                f"undo: expected the number of a judgement (`dragoman ledger judgements` lists them), got {claim!r}"
            )
        return opened.undo(int(claim), author=by, reason=why)
    value: Any = None
    if slot is not None and words is not None:
        value = opened.value_of(claim, slot, words)
    return opened.judge(verdict, claim, author=by, other=other, slot=slot, value=value, reason=why)  # type: ignore[arg-type]


def review(
    of: Of = None,
    pair: PairOf = None,
    type: TypeOf = None,
    kind: KindOf = None,
    stance: StanceOf = None,
    voice: VoiceOf = None,
    since: Since = None,
    until: Until = None,
    place: Place = None,
    source: Source = None,
    reliability: Reliability = None,
    order: Annotated[str, typer.Option("--order", help="doubtful (the least sure first) or newest.")] = "doubtful",
    limit: Annotated[int, typer.Option("--limit", min=1, max=1_000_000, help="Claims at most.")] = 50,
    by: By = None,
    ledger: LedgerFile = None,
) -> None:
    """Go through claims that nobody has judged, the passage beside the record, and judge them by single keys."""
    from ..ledger import Filters
    from .review import Session

    if order not in ORDERS:
        raise UsageError(f"--order: expected {' or '.join(ORDERS)}, got {order!r}")
    first, last = bounds(since, until)
    filters = Filters(
        of=of, pair=pair_of(pair), kind=kind_of(kind), types=types_of(type), stance=stance_of(stance), voice=voice,
        since=first, until=last, place=place,
    )  # fmt: skip
    with writable(ledger) as opened:
        queue = narrowed(opened, source, reliability).to_review(filters, order=order, limit=limit)  # type: ignore[arg-type]
        if not queue:
            say("no unjudged claim fits what you asked for")
            return
        Session(opened, by or author()).run(queue)


def author() -> str:
    """The user's name, as judgements bear it."""
    try:
        return getpass.getuser()
    except (OSError, KeyError):
        return "unknown"


def record_of(j: Any) -> dict[str, Any]:
    """A judgement as JSON."""
    names = ("n", "at", "author", "verdict", "claim", "other", "slot", "value", "reason", "undoes", "holds", "lost")
    return {name: getattr(j, name) for name in names}


def told(j: Any) -> str:
    """A judgement in a few words."""
    what = f"{j.verdict} {j.claim or ''}" if j.verdict != "undo" else f"undo {j.undoes}"
    rest = f" and {j.other}" if j.other else f" {j.slot} = {j.value!r}" if j.slot else ""
    return f"{what}{rest}{f' ({j.reason})' if j.reason else ''}, by {j.author}"
