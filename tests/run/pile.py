"""An archive of short reports made for tests of long readings: each day tells of visits, bombings, sanctions and talks."""

from __future__ import annotations

import gzip
import json
import random
import zipfile
from datetime import date, timedelta
from pathlib import Path

ACTORS = ("Iran", "Israel", "Turkey", "Egypt", "Syria", "Qatar", "Jordan", "Saudi Arabia", "Hamas", "Hezbollah")
DEEDS = (
    "{a} expelled two diplomats of {b} on {day}, officials in the capital said.",
    "The foreign minister of {a} met his counterpart from {b} on {day} in Geneva.",
    "{a} bombed a camp near the border with {b} on {day}, killing {n} people, witnesses said.",
    "{a} denied on {day} that it had sent weapons to {b}.",
    "{a} promised {n} million dollars of aid to {b} on {day}.",
    "{b} said that {a} had cut off the supply of gas on {day}.",
)
DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday")


def line(n: int, chance: random.Random, sentences: int = 3) -> dict[str, str]:
    """A report as a line of JSON."""
    a, b = chance.sample(ACTORS, 2)
    told = [
        chance.choice(DEEDS).format(a=a, b=b, day=chance.choice(DAYS), n=chance.randint(2, 90))
        for _ in range(sentences)
    ]
    day = date(2014, 1, 6) + timedelta(days=n // 4)
    title = f"News of {a} and {b}, number {n}"
    return {
        "title": title,
        "text": " ".join(told),
        "date": day.isoformat(),
        "source": f"Outlet {n % 7}",
        "url": f"https://outlet.example/{n}",
    }


def write_pile(folder: Path, count: int, seed: int = 1) -> list[Path]:
    """Three archives with `count` reports in all: JSON Lines with broken lines, a ZIP with broken members, a packed WARC.

    A few reports come again unchanged, a few changed, one in a language that is not read, one with a retraction.
    """
    chance = random.Random(seed)
    lines = [line(n, chance) for n in range(count)]
    third = count // 3
    rows = [json.dumps(one) for one in lines[:third]]
    rows[5:5] = [
        "{broken",
        json.dumps(lines[2]),
        json.dumps({**lines[3], "text": lines[3]["text"] + " Nobody was hurt."}),
    ]
    french = "Le ministre des affaires étrangères a déclaré mardi que les relations entre les deux pays étaient rompues depuis longtemps."
    rows.insert(20, json.dumps({"title": "Relations rompues", "text": french}))
    retraction = {
        "title": "Retraction: a report is withdrawn",
        "text": "This replaces https://outlet.example/1 in full.",
        "date": "2014-03-01",
    }
    rows.insert(40, json.dumps(retraction))
    one, two, three = folder / "a.jsonl", folder / "b.zip", folder / "c.warc.gz"
    one.write_text("\n".join(rows) + "\n", encoding="utf-8")
    with zipfile.ZipFile(two, "w", zipfile.ZIP_DEFLATED) as archive:
        for n, told in enumerate(lines[third : 2 * third]):
            archive.writestr(f"{n:05}.html", _page(told))
        archive.writestr("broken.pdf", b"%PDF-1.4\nnothing else")
        archive.writestr("empty.txt", b"")
    with three.open("wb") as file:
        for told in lines[2 * third :]:
            file.write(gzip.compress(_record(told)))
    return [one, two, three]


def _page(told: dict[str, str]) -> str:
    meta = (
        f'<meta property="og:title" content="{told["title"]}"><meta property="og:site_name" content="{told["source"]}">'
    )
    meta += (
        f'<meta property="article:published_time" content="{told["date"]}"><link rel="canonical" href="{told["url"]}">'
    )
    head = f"<head><title>{told['title']}</title>{meta}</head>"
    return f"<!doctype html><html>{head}<body><article><h1>{told['title']}</h1><p>{told['text']}</p></article></body></html>"


def _record(told: dict[str, str]) -> bytes:
    block = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n" + _page(told).encode()
    head = f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: {told['url']}\r\nContent-Type: application/http; msgtype=response\r\n"
    return f"{head}Content-Length: {len(block)}\r\n\r\n".encode() + block + b"\r\n\r\n"
