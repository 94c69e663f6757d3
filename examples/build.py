"""Make examples/iran/ of iran.reports: pages, texts, PDFs and one feed, each report with a sidecar of its facts.

python examples/build.py          write the files
python examples/build.py --check  fail if the files are not what this would write
"""

from __future__ import annotations

import html
import json
import re
import sys
from dataclasses import dataclass
from datetime import UTC, date, datetime
from email.utils import format_datetime
from pathlib import Path

HERE = Path(__file__).parent
SOURCE, TARGET = HERE / "iran.reports", HERE / "iran"
NOTICE = "Written for Dragoman; not a news report."
HEAD = re.compile(r"^=== ", re.MULTILINE)
FEED = "meridian-wire.xml"


@dataclass(frozen=True)
class Piece:
    """One report of the corpus as it was written."""

    date: date
    slug: str
    form: str
    outlet: str
    author: str
    section: str
    title: str
    facts: tuple[str, ...]
    paragraphs: tuple[str, ...]

    @property
    def stem(self) -> str:
        return f"{self.date}-{self.slug}"

    @property
    def url(self) -> str:
        host = re.sub(r"[^a-z]", "", self.outlet.lower())
        return f"https://{host}.example/{self.date:%Y/%m/%d}/{self.slug}"


def pieces() -> list[Piece]:
    """All reports, in the order of the file."""
    blocks = HEAD.split(SOURCE.read_text(encoding="utf-8"))[1:]
    return [_piece(block) for block in blocks]


def _piece(block: str) -> Piece:
    lines = block.strip().split("\n")
    day, slug, form, outlet, author, section = (part.strip() for part in lines[0].split("|"))
    facts = tuple(line[2:] for line in lines[2:] if line.startswith("- "))
    body = "\n".join(line for line in lines[2:] if not line.startswith("- ")).strip()
    paragraphs = tuple(" ".join(p.split()) for p in body.split("\n\n"))
    return Piece(date.fromisoformat(day), slug, form, outlet, author, section, lines[1].strip(), facts, paragraphs)


def page(piece: Piece) -> str:
    """A saved page with the furniture that news pages have."""
    e = html.escape
    by = f'<p class="byline">By {e(piece.author)}</p>' if piece.author else ""
    body = "\n".join(f"<p>{e(p)}</p>" for p in (*piece.paragraphs, NOTICE))
    return f"""<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<title>{e(piece.title)} | {e(piece.outlet)}</title>
<meta property="og:title" content="{e(piece.title)}">
<meta property="og:site_name" content="{e(piece.outlet)}">
<meta property="article:section" content="{e(piece.section)}">
<meta property="article:published_time" content="{piece.date}T08:00:00+00:00">
{f'<meta name="author" content="{e(piece.author)}">' if piece.author else ""}
<link rel="canonical" href="{piece.url}">
</head>
<body>
<header><a href="/">{e(piece.outlet)}</a>
<nav><ul><li><a href="/world">World</a></li><li><a href="/region">Region</a></li><li><a href="/opinion">Opinion</a></li></ul></nav></header>
<main>
<article>
<h1>{e(piece.title)}</h1>
{by}
<p class="date"><time datetime="{piece.date}">{piece.date:%-d %B %Y}</time></p>
<ul class="tools"><li><a href="#">Print Friendly, PDF &amp; Email</a></li><li><a href="#">Send to Kindle</a></li>
<li><a href="#">Share on Facebook</a></li></ul>
{body}
</article>
<aside class="newsletter"><p>Sign up for our newsletter and get the day's reports in your inbox.</p></aside>
<aside class="related"><h2>Related</h2><ul><li><a href="/archive">More on {e(piece.section)}</a></li></ul></aside>
</main>
<footer><p>© {e(piece.outlet)}. An invented outlet. {NOTICE}</p></footer>
</body>
</html>
"""


def text(piece: Piece) -> str:
    """A text as a reader would have saved it."""
    by = f"By {piece.author}\n" if piece.author else ""
    head = f"{piece.title}\n\nSource: {piece.outlet}\nSection: {piece.section}\n{by}Date: {piece.date:%-d %B %Y}\n"
    return "\n\n".join([head.rstrip(), *piece.paragraphs, NOTICE]) + "\n"


def pdf(piece: Piece) -> bytes:
    """A think tank's or an office's paper."""
    import typst

    source = """
#let data = json(bytes(sys.inputs.data))
#set document(title: data.title, author: data.authors, date: none)
#set page(paper: "a4", margin: 2.6cm, header: text(size: 8pt, data.outlet), numbering: "1")
#set text(lang: "en", size: 11pt)
#set par(justify: false, leading: 0.7em, spacing: 1.3em)
#heading(data.title)

#for line in data.lines [#line \\ ]

#for p in data.paragraphs [#p #parbreak()]
"""
    lines = [
        f"Source: {piece.outlet}",
        f"Section: {piece.section}",
        *([f"By {piece.author}"] if piece.author else []),
        f"Date: {piece.date:%-d %B %Y}",
    ]
    data = {
        "title": piece.title,
        "outlet": piece.outlet,
        "authors": [piece.author] if piece.author else [],
        "lines": lines,
        "paragraphs": [*piece.paragraphs, NOTICE],
    }
    made: bytes = typst.compile(source.encode(), sys_inputs={"data": json.dumps(data)}, timestamp=0)
    return made


def feed(entries: list[Piece]) -> str:
    """One RSS 2.0 file with the full texts."""
    e = html.escape
    items = []
    for piece in entries:
        body = "".join(f"<p>{e(p)}</p>" for p in (*piece.paragraphs, NOTICE))
        stamp = format_datetime(datetime(piece.date.year, piece.date.month, piece.date.day, 8, tzinfo=UTC))
        items.append(
            f"<item><title>{e(piece.title)}</title><link>{piece.url}</link><guid>{piece.url}</guid><category>{e(piece.section)}</category>"
            f"<pubDate>{stamp}</pubDate><description>{e(body)}</description></item>"
        )
    head = f"<title>Meridian Wire</title><link>https://meridianwire.example/</link><description>An invented outlet. {NOTICE}</description>"
    return (
        f'<?xml version="1.0" encoding="utf-8"?>\n<rss version="2.0"><channel>{head}\n'
        + "\n".join(items)
        + "\n</channel></rss>\n"
    )


def sidecar(piece: Piece) -> str:
    """What the report rests on."""
    facts = "\n".join(f"  {json.dumps(fact, ensure_ascii=False)}," for fact in piece.facts)
    return f'# The facts of public record that {piece.stem} rests on.\nnotice = "{NOTICE}"\nfacts = [\n{facts}\n]\n'


def files() -> dict[str, bytes]:
    """Every file of the corpus by name."""
    everything = pieces()
    made: dict[str, bytes] = {}
    for piece in everything:
        made[f"{piece.stem}.facts.toml"] = sidecar(piece).encode()
        if piece.form == "html":
            made[f"{piece.stem}.html"] = page(piece).encode()
        elif piece.form == "text":
            made[f"{piece.stem}.txt"] = text(piece).encode()
        elif piece.form == "pdf":
            made[f"{piece.stem}.pdf"] = pdf(piece)
    made[FEED] = feed([piece for piece in everything if piece.form == "feed"]).encode()
    return made


def main() -> int:
    """Write or check the files."""
    made = files()
    if "--check" in sys.argv[1:]:
        stale = [
            name
            for name, data in made.items()
            if not name.endswith(".pdf") and (not (TARGET / name).is_file() or (TARGET / name).read_bytes() != data)
        ]
        stray = [p.name for p in TARGET.iterdir() if p.name not in made]
        if stale or stray:
            sys.stderr.write(
                f"examples/iran is not what iran.reports says: {', '.join((stale + stray)[:5])}; run examples/build.py\n"
            )
        return int(bool(stale or stray))
    TARGET.mkdir(exist_ok=True)
    for old in TARGET.iterdir():
        if old.name not in made:
            old.unlink()
    for name, data in made.items():
        (TARGET / name).write_bytes(data)
    sys.stderr.write(f"{len(pieces())} reports in {len(made)} files\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
