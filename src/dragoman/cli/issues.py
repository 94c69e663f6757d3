"""`dragoman issue`: several briefs as one publication, of which only what changed is sent."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ..errors import UsageError
from ..settings import settings
from .coding import persons_in
from .ledgers import opened_ledger
from .options import AsJson, LedgerFile, ledger_path
from .output import emit, say, table
from .sending import Eml, Mailing, mailing, post, sender_of

if TYPE_CHECKING:
    from ..brief import Brief, IssueConfig
    from ..ledger import Ledger
    from ..publish import Gallery
    from ..publish.issue import Issue, State
    from ..publish.mail_send import Letter


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("issue", epilog="Examples:  dragoman issue weekly.toml   ·   dragoman issue weekly.toml --dry-run")(
        issue
    )


def issue(
    config: Annotated[Path, typer.Argument(metavar="CONFIG", help="The issue's configuration, a TOML file.")],
    ledger: LedgerFile = None,
    out: Annotated[
        Path | None, typer.Option("--out", metavar="DIR", help="Folder for the issue (default: the one of CONFIG).")
    ] = None,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Say what changed and what would be sent; write and send nothing.")
    ] = False,
    eml: Eml = None,
    json_: AsJson = False,
) -> int:
    """Publish several briefs as one issue with a contents page; mail what changed since the last one."""
    from ..brief import read_config
    from ..publish import FORMATS, Gallery
    from ..publish import issue as issues

    held = read_config(config, settings().now.date())
    held = replace(held, out=out or held.out, ledger=ledger or held.ledger)
    unknown = [f for f in held.formats if f not in FORMATS]
    if unknown:
        raise UsageError(f"{config}: there is no edition {unknown[0]!r}; formats takes some of {', '.join(FORMATS)}")
    wants = held.mail or held.kindle
    asked = mailing(held.mail, held.kindle, eml, held.unsubscribe, dry=dry_run) if wants else Mailing(eml=eml)
    path = ledger_path(held.ledger)
    if not path.exists():
        raise UsageError(f"there is no ledger at {path} yet; `dragoman read` makes one, or give --ledger FILE")
    state = issues.read_state(held.out)
    with opened_ledger(path) as opened:
        made = _made(opened, held, state)
    editions = {} if dry_run else issues.write(made, held, Gallery())
    _tell(made, state, editions, json_)
    status = _sent(made, held, asked, dry_run)
    if not dry_run and asked.eml is None and made.fresh is not None:
        issues.write_state(held.out, issues.state_of(made))
    return status


def _made(opened: Ledger, config: IssueConfig, state: State) -> Issue:
    from ..brief import News, Notebook, bind, gather, read_own_text, redacted, unknown, written
    from ..brief.english import day_text
    from ..publish import issue as issues

    today = settings().now.date()
    gathered = [gather(opened, p.topic, p.since, p.until) for p in config.briefs]
    for planned, m in zip(config.briefs, gathered, strict=True):
        if m.topic.kind == "unknown":
            raise UsageError(f"topic {planned.topic!r}: {unknown(opened, planned.topic)}")
    texts = [read_own_text(p.text) if p.text else None for p in config.briefs]
    hide = (lambda b: redacted(b, opened, persons_in)[0]) if config.redact else (lambda b: b)
    briefs = tuple(hide(written(m, opened, today, Notebook(), t)) for m, t in zip(gathered, texts, strict=True))
    folders = tuple(p.slug for p in config.briefs)
    news: tuple[News, ...] = tuple(issues.news_of(f, b, state) for f, b in zip(folders, briefs, strict=True))
    number = state.number + any(n.changed for n in news) or 1

    def bound(chosen: list[int]) -> Brief:
        shared = Notebook()
        parts = [written(gathered[i], opened, today, shared, texts[i]) for i in chosen]
        return hide(bind(config.name, parts, [news[i] for i in chosen], number, day_text(state.date)))

    every, fresh = list(range(len(briefs))), [i for i, n in enumerate(news) if n.changed]
    return issues.Issue(number, folders, briefs, news, bound(every), bound(fresh) if fresh else None)


def _tell(made: Issue, state: State, editions: dict[str, Path], json_: bool) -> None:
    if json_:
        briefs = [
            {"folder": f, "title": b.title, "changed": n.changed, "new": list(n.fresh)}
            for f, b, n in zip(made.folders, made.briefs, made.news, strict=True)
        ]
        emit({"number": made.number, "briefs": briefs, "editions": {k: str(v) for k, v in editions.items()}})
        return
    typer.echo(f"{made.bound.title}" + (f" (last issue: {state.date})" if state.date else ""))
    rows = zip(made.briefs, made.news, strict=True)
    table(("brief", "title", "news"), [(b.topic.name, b.title, n.words if state.date else "new") for b, n in rows])
    for name, place in editions.items():
        typer.echo(f"{name:>5}  {place}")


def _sent(made: Issue, config: IssueConfig, asked: Mailing, dry_run: bool) -> int:
    """Sends what changed to those whom the configuration names; the exit status."""
    if not asked:
        return 0
    if made.fresh is None:
        say("nothing changed since the last issue; nothing is sent")
        return 0
    if dry_run:
        what = ", ".join(b.topic.name for b, n in zip(made.briefs, made.news, strict=True) if n.changed)
        for who in (*asked.mail, *asked.kindle):
            say(f"would go to {who}: {what}")
        return 0
    from ..publish import Gallery

    with tempfile.TemporaryDirectory() as folder:
        return post(_letters(made.fresh, config, asked, Gallery(), Path(folder)), asked)


def _letters(fresh: Brief, config: IssueConfig, asked: Mailing, gallery: Gallery, folder: Path) -> Sequence[Letter]:
    from ..publish import publish
    from ..publish.mail_send import letters, parcels

    sender, found = sender_of(asked), []
    if asked.mail:
        found += letters(fresh, asked.mail, sender, site=config.name, gallery=gallery, unsubscribe=asked.unsubscribe)
    if asked.kindle:
        book = publish(fresh, folder, ["epub"], site=config.name, gallery=gallery)["epub"]
        found += parcels(fresh.title, fresh.notices, book, asked.kindle, sender)
    return found
