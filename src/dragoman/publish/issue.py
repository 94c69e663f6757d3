"""Writes an issue: a page for each brief, a contents page, and all briefs bound as one PDF, EPUB, Markdown and so on.

What the last issue said is kept beside the output (`issue-state.json`), so that an issue knows what is new.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from dragoman.brief.english import day_text
from dragoman.brief.issue import IssueConfig, News
from dragoman.brief.model import Brief, Timeline
from dragoman.errors import DataError
from dragoman.publish import html
from dragoman.publish.data import as_json
from dragoman.publish.draw import Gallery
from dragoman.publish.editions import publish
from dragoman.publish.feed import issue_atom
from dragoman.publish.render import Edition, render

STATE = "issue-state.json"


@dataclass(frozen=True, slots=True)
class State:
    """What the last issue held: its number, its day (ISO), and of each brief a digest and its timeline's sentences."""

    number: int = 0
    date: str = ""
    briefs: dict[str, tuple[str, tuple[str, ...]]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Issue:
    """An issue ready to be written: each brief with its folder and its news.

    `bound` is all of them as one document, `fresh` those that changed (None where none did).
    """

    number: int
    folders: tuple[str, ...]
    briefs: tuple[Brief, ...]
    news: tuple[News, ...]
    bound: Brief
    fresh: Brief | None = None


def read_state(folder: Path) -> State:
    """What the last issue in this folder held; nothing where there was none.

    Raises:
        DataError: the file is there but no state of an issue.
    """
    path = folder / STATE
    if not path.is_file():
        return State()
    try:
        raw: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
        briefs = {k: (str(v["digest"]), tuple(map(str, v["entries"]))) for k, v in raw["briefs"].items()}
        return State(int(raw["number"]), str(raw["date"]), briefs)
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise DataError(
            f"{path}: expected the state of an issue as this program writes it, got a fault: {error!r}; "
            "delete the file to begin anew (everything then counts as changed)"
        ) from error


def state_of(issue: Issue) -> State:
    """What this issue holds."""
    held = {f: (digest(b), entries(b)) for f, b in zip(issue.folders, issue.briefs, strict=True)}
    return State(issue.number, issue.bound.composed, held)


def write_state(folder: Path, state: State) -> None:
    """Keeps the state beside the output; the file is whole or not there."""
    raw = {k: {"digest": d, "entries": list(e)} for k, (d, e) in state.briefs.items()}
    text = json.dumps({"number": state.number, "date": state.date, "briefs": raw}, ensure_ascii=False, indent=1)
    part = folder / f"{STATE}.part"
    part.write_text(text + "\n", encoding="utf-8", newline="\n")
    part.replace(folder / STATE)


def digest(brief: Brief) -> str:
    """A digest of all that a brief says; the day of composing does not count."""
    return hashlib.sha256(as_json(replace(brief, composed="")).encode()).hexdigest()


def entries(brief: Brief) -> tuple[str, ...]:
    """The sentences of a brief's timeline."""
    return tuple(
        f"{e.day}: {e.what.text}"
        for s in brief.sections
        for b in s.blocks
        if isinstance(b, Timeline)
        for e in b.entries
    )


def news_of(folder: str, brief: Brief, state: State) -> News:
    """What is new in a brief since the last issue."""
    if folder not in state.briefs:
        return News(True)
    before, told = state.briefs[folder]
    return News(before != digest(brief), tuple(e for e in entries(brief) if e not in told))


def write(issue: Issue, config: IssueConfig, gallery: Gallery) -> dict[str, Path]:
    """Writes the editions into the issue's folder and returns where they lie; the page is its contents page."""
    folder, name = config.out, config.name
    folder.mkdir(parents=True, exist_ok=True)
    bound = [f for f in config.formats if f != "html"]
    made = publish(issue.bound, folder, bound, site=name, gallery=gallery) if bound else {}
    if "html" not in config.formats:
        return made
    for sub, brief in zip(issue.folders, issue.briefs, strict=True):
        html.write(brief, folder / sub, Gallery(), {}, name, home="../")
    return {"html": _contents(issue, config, {f: p.name for f, p in made.items()}), **made}


def _contents(issue: Issue, config: IssueConfig, siblings: dict[str, str]) -> Path:
    folder = config.out
    html.assets(folder / "assets")
    rows = list(zip(issue.folders, issue.briefs, issue.news, strict=True))
    tools = [t for t in html.tools(issue.bound, siblings) if t["label"] != "Data"]
    page = render(
        "issue.html.j2", issue.bound, Edition(html.no_picture), rows=rows, tools=tools, site=config.name, day=day_text(issue.bound.composed)
    )  # fmt: skip
    (folder / "index.html").write_text(page, encoding="utf-8", newline="\n")
    (folder / "feed.xml").write_text(issue_atom(issue.bound, rows, config.name), encoding="utf-8", newline="\n")
    return folder / "index.html"
