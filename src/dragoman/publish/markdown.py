"""Markdown with footnotes: CommonMark plus the `[^1]` of most readers; every word of a report escaped."""

from __future__ import annotations

import re
from pathlib import Path

from dragoman.brief.english import counted, day_text
from dragoman.brief.model import (
    Block,
    Brief,
    Calendar,
    Chain,
    Chains,
    Disagreement,
    Figure,
    Note,
    Paragraph,
    Points,
    Sentence,
    Source,
    Standings,
    Subheading,
    Table,
    Timeline,
)

SPECIAL = re.compile(r"([\\`*_{}\[\]<>#|~$&])")
LINE_START = re.compile(r"^(\s*)([-+=]|\d+[.)])(?=\s|$)")


def write(brief: Brief, target: Path, site: str) -> Path:
    """Writes the Markdown file."""
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(as_markdown(brief, site), encoding="utf-8", newline="\n")
    return target


def as_markdown(brief: Brief, site: str) -> str:
    """The brief as Markdown."""
    parts = [f"# {_esc(brief.title)}", *(f"> {_esc(n)}" for n in brief.notices), _sentences(brief.standfirst)]
    basis = f"Composed {day_text(brief.composed)} by {_esc(site)} from {counted(brief.counts.reports, 'report')}"
    parts.append(f"*{_esc(brief.section)}. Reports of {brief.period}. {basis}.*")
    if brief.points:
        parts += ["## At a glance", _list(brief.points)]
    for section in brief.sections:
        parts += [f"## {_esc(section.title)}", *(_block(b) for b in section.blocks)]
    if brief.sources:
        parts += ["## Sources", "\n".join(_source(s) for s in brief.sources)]
    parts += [_note(n, brief) for n in brief.notes]
    return "\n\n".join(p for p in parts if p) + "\n"


def _esc(text: str) -> str:
    """Text that Markdown shows as it stands."""
    flat = " ".join(text.split())
    return LINE_START.sub(r"\1\\\2", SPECIAL.sub(r"\\\1", flat)).replace("://", ":\u200b//")


def _sentence(s: Sentence) -> str:
    return _esc(s.text) + "".join(f"[^{n}]" for n in s.notes)


def _sentences(sentences: tuple[Sentence, ...]) -> str:
    return " ".join(map(_sentence, sentences))


def _list(items: tuple[Sentence, ...]) -> str:
    return "\n".join(f"- {_sentence(s)}" for s in items)


def _block(block: Block) -> str:
    match block:
        case Paragraph():
            return _sentences(block.sentences)
        case Points():
            return _list(block.items)
        case Subheading():
            return f"### {_esc(block.text)}"
        case Table():
            return _table(block)
        case Figure():
            captions = _list(block.caption)
            return "\n\n".join(
                x for x in (f"### {_esc(block.title)}", _esc(block.alt), captions, _table(block.table)) if x
            )
        case Standings():
            return _standings(block)
        case Timeline():
            return "\n".join(
                f"- **{_esc(e.day)}.** {_sentence(e.what)} ({_esc(e.how)}){_quote(e.quote, e.quoted)}"
                for e in block.entries
            )
        case Chains():
            return "\n\n".join(_chain(c) for c in block.items)
        case Disagreement():
            sides = "\n".join(
                f"- **{_esc(s.holder)}:** {_sentences(s.sentences)}{_quote(s.quote, '')}" for s in block.sides
            )
            return f"### {_esc(block.title)}\n\n{_sentence(block.why)}\n\n{sides}"
        case Calendar():
            return "\n".join(f"- **{_esc(e.day)}.** {_sentence(e.what)}{_quote(e.quote, '')}" for e in block.entries)


def _chain(chain: Chain) -> str:
    arrows = " → ".join(f"{_esc(', '.join(x.names))} ({_esc(x.role)})" for x in chain.links)
    claim = f"**{_esc(chain.claim)}**{''.join(f'[^{n}]' for n in chain.notes)}"
    return "\n\n".join(x for x in (claim, arrows, _quote(chain.quote, "").strip()) if x)


def _quote(words: str, said: str) -> str:
    if not words:
        return ""
    return f" “{_esc(words)}”" + (f" ({_esc(said)})" if said else "")


def _standings(block: Standings) -> str:
    head = "| With | State | Trend | Since | Confidence | Disputed |\n| --- | --- | --- | --- | --- | --- |"
    rows = [
        f"| {_esc(s.name)} | {s.state} | {s.trend} | {s.since} | {s.confidence} | {s.disputed} |" for s in block.items
    ]
    told = [f"**{_esc(s.name)}.** {_sentences(s.sentences)}" for s in block.items if s.sentences]
    return "\n\n".join(["\n".join([head, *rows]), *told])


def _table(table: Table) -> str:
    head = "| " + " | ".join(map(_esc, table.columns)) + " |"
    rule = (
        "| "
        + " | ".join("---:" if table.rows and c.number else "---" for c in (table.rows[0] if table.rows else ()))
        + " |"
    )
    rows = [
        "| " + " | ".join(_esc(c.text) + "".join(f"[^{n}]" for n in c.notes) for c in row) + " |" for row in table.rows
    ]
    return "\n".join([head, rule, *rows]) if rows else ""


def _note(note: Note, brief: Brief) -> str:
    source = brief.source(note.source)
    words = f"“{_esc(note.quote)}” " if note.quote else ""
    said = f"{_esc(note.said)}; " if note.said else ""
    return f"[^{note.number}]: {words}{said}{_esc(source.outlet)}, “{_esc(source.title)}”, {source.day}."


def _source(source: Source) -> str:
    title = f"“{_esc(source.title)}”"
    linked = f"[{title}](<{source.url}>)" if source.url else title
    by = f", by {_esc(', '.join(source.authors))}" if source.authors else ""
    remark = f" {_esc(source.remark)}." if source.remark else ""
    return f"{source.number}. {_esc(source.outlet)}. {linked}{by}. {source.day}.{remark}"
