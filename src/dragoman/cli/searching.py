"""`dragoman search`: passages by words, names and filters."""

from __future__ import annotations

from dataclasses import asdict
from typing import Annotated

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
    WithoutState,
    kind_of,
    narrowed,
    pair_of,
    stance_of,
    types_of,
)
from .ledgers import opened_ledger
from .options import AsJson, LedgerFile, OwnLexicon, Since, Until, bounds
from .output import emit, say, table

MOST = 500


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command(
        "search",
        epilog="Examples:  dragoman search 'arms shipment' --json   ·   dragoman search --of Hamas --type AID --voice Iran --page 2",
    )(search)


def search(
    words: Annotated[
        str,
        typer.Argument(
            help="Words to find, phrases in quotation marks; names find all their variants.", show_default=False
        ),
    ] = "",
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
    without_state: WithoutState = None,
    limit: Annotated[int, typer.Option("--limit", min=1, max=MOST, help="Passages on a page.")] = 20,
    page: Annotated[int, typer.Option("--page", min=1, max=1_000_000_000, help="Which page, from 1.")] = 1,
    lexicon: OwnLexicon = None,
    ledger: LedgerFile = None,
    json_: AsJson = False,
) -> None:
    """Search passages in full text, by name and by filters; the best first."""
    from ..ledger import Filters

    first, last = bounds(since, until)
    filters = Filters(
        of=of, pair=pair_of(pair), kind=kind_of(kind), types=types_of(type), stance=stance_of(stance), voice=voice,
        since=first, until=last, place=place,
    )  # fmt: skip
    if not words.strip() and filters == Filters() and not (source or reliability or without_state):
        raise UsageError(
            "search: expected WORDS or a filter (--of, --pair, --type, --voice, --place, --source …), got nothing"
        )
    start = (page - 1) * limit
    with opened_ledger(ledger) as opened:
        found = narrowed(opened, source, reliability, without_state).find(words, filters, limit=limit, offset=start)
    if not found.total:
        say("no passage in the ledger fits what you asked for")
        return
    many = f"{found.total}{' or more' if found.capped else ''}"
    shown = (
        f"{start + 1}-{start + len(found.passages)} of {many}"
        if found.passages
        else f"page {page} is past the last of {many}"
    )
    say(f"{shown}{'; names: ' + ', '.join(found.actors) if found.actors else ''}")
    if json_:
        for passage in found.passages:
            emit(asdict(passage))
        return
    rows = [(p.claim, p.report.published, p.report.outlet, p.stance, _who(p.record), p.text) for p in found.passages]
    table(("claim", "published", "outlet", "stance", "coded", "passage"), rows)


def _who(record: dict[str, object]) -> str:
    """The record in a few words."""
    from .record_lines import gist

    return gist(record)
