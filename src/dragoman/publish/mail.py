"""The mail edition: one message with text, styled HTML and its pictures inside; written to a file or handed to `mail_send`."""

from __future__ import annotations

import hashlib
import textwrap
from email import policy
from email.message import EmailMessage
from email.utils import format_datetime
from importlib import resources
from pathlib import Path

import css_inline
from markupsafe import Markup

from dragoman.brief import model as m
from dragoman.brief.model import Brief, Figure, Sentence
from dragoman.brief.slug import slug
from dragoman.publish.clock import stamp
from dragoman.publish.draw import Gallery, figures
from dragoman.publish.render import Edition, render

PICTURES = 3
RULES = policy.SMTP.clone(max_line_length=78)


def write(brief: Brief, target: Path, gallery: Gallery, site: str) -> Path:
    """Writes the message as an `.eml` file, without addressee."""
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(message(brief, gallery, site).as_bytes())
    return target


def message(
    brief: Brief,
    gallery: Gallery,
    site: str,
    *,
    sender: str = "dragoman@localhost.invalid",
    to: str | None = None,
    unsubscribe: str | None = None,
) -> EmailMessage:
    """The brief as one message. `unsubscribe` is a mailto: or https: address for the List-Unsubscribe header."""
    mail = EmailMessage(RULES)
    mail["Subject"] = header(f"{brief.section}: {brief.title}")
    mail["From"] = header(sender)
    if to:
        mail["To"] = header(to)
    mail["Date"] = format_datetime(stamp())
    mail["Message-ID"] = f"<{brief.id}.{hashlib.sha256((to or '').encode()).hexdigest()[:8]}@dragoman.invalid>"
    mail["Content-Language"] = brief.language
    if unsubscribe:
        mail["List-Unsubscribe"] = f"<{header(unsubscribe)}>"
    mail["List-ID"] = f"{header(site)} <{slug(brief.topic.name)}.dragoman.invalid>"
    shown = figures(brief)[:PICTURES]
    leave = header(unsubscribe or "")
    mail.set_content(text(brief, site, leave), cte="quoted-printable")
    mail.add_alternative(page(brief, site, {f.id for f in shown}, leave), subtype="html", cte="quoted-printable")
    html = mail.get_body(("html",))
    assert isinstance(html, EmailMessage)
    for f in shown:
        picture = gallery.png(f)
        html.add_related(picture, "image", "png", cid=f"<{f.id}@dragoman.invalid>", filename=f"{f.id}.png")
    _bound(mail, brief.id)
    return mail


def header(value: str) -> str:
    """A value fit for a header: one line."""
    return " ".join(value.split())


def page(brief: Brief, site: str, shown: set[str], leave: str = "") -> str:
    """The HTML part: styles set on each element, pictures by content id; `leave` is where a reader unsubscribes."""

    def picture(figure: Figure) -> Markup:
        if figure.id not in shown:
            return Markup("<p>{}</p>").format(figure.alt)
        return Markup(
            '<img src="cid:{}@dragoman.invalid" alt="{}" width="600" style="width:100%;max-width:600px;height:auto"/>'
        ).format(figure.id, figure.alt)

    raw = render("mail.html.j2", brief, Edition(picture, interactive=False, sparks=False), site=site, leave=leave)
    css = resources.files("dragoman.publish").joinpath("static/mail.css").read_text(encoding="utf-8")
    return css_inline.CSSInliner(extra_css=css, load_remote_stylesheets=False, keep_style_tags=False).inline(raw)


def text(brief: Brief, site: str, leave: str = "") -> str:
    """The plain part: what a person reads who reads mail as text."""
    lines = [site.upper(), brief.section, "", brief.title, "=" * min(len(brief.title), 72), *brief.notices, ""]
    lines += [_wrap(" ".join(map(_numbered, brief.standfirst))), ""]
    lines += [_wrap(f"* {_numbered(p)}", "  ") for p in brief.points]
    for section in brief.sections:
        lines += ["", section.title, "-" * len(section.title), ""]
        lines += [_wrap(line, "  ") for block in section.blocks for line in _lines(block)]
    lines += ["", "Sources", "-------", ""]
    lines += [
        _wrap(
            f"[{n.number}] {brief.source(n.source).outlet}, “{brief.source(n.source).title}”, {brief.source(n.source).day}.",
            "    ",
        )
        for n in brief.notes
    ]
    lines += ["", f"To get no more of these mails: {leave.removeprefix('mailto:')}"] if leave else []
    return "\n".join(lines) + "\n"


def _numbered(s: Sentence) -> str:
    return s.text + (f" [{', '.join(map(str, s.notes))}]" if s.notes else "")


def _lines(block: m.Block) -> list[str]:
    match block:
        case m.Paragraph():
            return [" ".join(map(_numbered, block.sentences)), ""]
        case m.Points():
            return [f"* {_numbered(s)}" for s in block.items]
        case m.Subheading():
            return ["", f"{block.text}:"]
        case m.Standings():
            return [f"{s.name}: {' '.join(map(_numbered, s.sentences))}\n" for s in block.items if s.sentences]
        case m.Timeline():
            return [f"{e.day}: {_numbered(e.what)} ({e.how})" for e in block.entries]
        case m.Calendar():
            return [f"{e.day}: {_numbered(e.what)}" for e in block.entries]
        case m.Chains():
            return [f"{c.claim} {' -> '.join(', '.join(x.names) for x in c.links)}" for c in block.items]
        case m.Disagreement():
            return [
                block.title,
                _numbered(block.why),
                *(f"* {s.holder}: “{s.quote}”" for s in block.sides if s.quote),
                "",
            ]
        case _:
            return []


def _wrap(line: str, indent: str = "") -> str:
    return textwrap.fill(line, 72, subsequent_indent=indent, break_long_words=False) if line.strip() else line


def _bound(mail: EmailMessage, digest: str) -> None:
    """Boundaries from the brief's digest, so that the same brief gives the same bytes."""
    for i, part in enumerate(p for p in mail.walk() if p.is_multipart()):
        part.set_boundary(f"=_dragoman_{digest}_{i}")
