"""Archives: each record, member, row, message and article its own report; what is damaged is a failure and the rest is read."""

from __future__ import annotations

import gzip
import io
import json
import struct
import subprocess
import sys
import time
import zipfile
import zlib
from datetime import date
from pathlib import Path

import pytest

from dragoman.errors import UsageError
from dragoman.model import Failure, Report
from dragoman.read import Limits, columns_of, read

BODY = "Delegates from Sarvan arrived in Oltash on Tuesday for talks on the border trade, the ministry said in statement {}."


def page(n: int) -> bytes:
    return (
        f"<!doctype html><html><head><title>Talks {n}</title><meta property='og:title' content='Talks number {n}'></head>"
        f"<body><article><h1>Talks number {n}</h1><p>{BODY.format(n)}</p><p>{BODY.format(n + 1000)}</p></article></body></html>"
    ).encode()


def record(n: int, kind: str = "response", *, packed: str = "", chunked: bool = False, **told: object) -> bytes:
    """A WARC record made by hand (ISO 28500:2017)."""
    body, media = told.get("body", page(n)), told.get("media", "text/html")
    assert isinstance(body, bytes)
    head = f"HTTP/1.1 {told.get('status', 200)} Said\r\nContent-Type: {media}; charset=utf-8\r\n"
    if packed == "gzip":
        body, head = gzip.compress(body), head + "Content-Encoding: gzip\r\n"
    if packed == "deflate":
        body, head = zlib.compress(body), head + "Content-Encoding: deflate\r\n"
    if packed == "br":
        brotli = pytest.importorskip("brotli", reason="brotli is not installed")
        body, head = brotli.compress(body), head + "Content-Encoding: br\r\n"
    if chunked:
        half = len(body) // 2
        body = b"".join(b"%x\r\n%s\r\n" % (len(part), part) for part in (body[:half], body[half:], b""))
        head += "Transfer-Encoding: chunked\r\n"
    block = head.encode() + b"\r\n" + body if kind in ("response", "request") else body
    return (
        f"WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Record-ID: <urn:uuid:{n}>\r\nWARC-Date: 2014-03-12T00:00:00Z\r\n"
        f"WARC-Target-URI: https://c.example/{n}\r\nContent-Type: {media if kind == 'resource' else 'application/http; msgtype=response'}\r\n"
        f"Content-Length: {len(block)}\r\n\r\n"
    ).encode() + block + b"\r\n\r\n"  # fmt: skip


def ids(found: list[Report | Failure]) -> list[str]:
    """The last part of each report's address, or the kind of error."""
    return [f.error if isinstance(f, Failure) else (f.url or f.title or "?").rpartition("/")[2] for f in found]


RECORDS = (
    record(0),
    record(1, packed="gzip", chunked=True),
    record(2, "request"),
    record(3, packed="br"),
    record(4, status=404),
    record(5, media="image/png", body=b"\x89PNG"),
    record(6, "conversion", body=BODY.format(6).encode()),
    record(7, packed="deflate"),
    record(8, chunked=True),
    record(9, "resource"),
)


@pytest.mark.parametrize("pack", [bytes, gzip.compress], ids=["plain", "gz"])
def test_each_answer_of_a_warc_is_a_report(tmp_path: Path, pack: type[bytes]) -> None:
    path = tmp_path / "crawl.warc"
    path.write_bytes(b"".join(map(pack, RECORDS)))
    found = list(read([str(path)]))
    assert ids(found) == ["0", "1", "3", "6", "7", "8", "9"]
    first = found[1]
    assert isinstance(first, Report)
    assert first.title == "Talks number 1"
    assert BODY.format(1) in first.text


@pytest.mark.parametrize("pack", [bytes, gzip.compress], ids=["plain", "gz"])
@pytest.mark.parametrize("damaged", [0, 1, 6])
def test_a_damaged_record_is_a_failure_and_the_rest_is_read(tmp_path: Path, pack: type[bytes], damaged: int) -> None:
    packed = [bytearray(pack(one)) for one in RECORDS]
    packed[damaged][4 : len(packed[damaged]) // 2] = b"\x00" * (len(packed[damaged]) // 2 - 4)
    path = tmp_path / "crawl.warc.gz"
    path.write_bytes(b"".join(packed))
    found = list(read([str(path)]))
    if damaged or pack is not bytes:
        assert [f.error for f in found if isinstance(f, Failure)] == ["FormatError"]
    whole = [n for n in ("0", "1", "3", "6", "7", "8", "9") if n != str(damaged)]
    assert [n for n in ids(found) if n != "FormatError"] == whole


@pytest.mark.parametrize("pack", [bytes, gzip.compress], ids=["plain", "gz"])
def test_a_warc_that_is_cut_off_gives_what_is_whole(tmp_path: Path, pack: type[bytes]) -> None:
    path = tmp_path / "crawl.warc"
    path.write_bytes(b"".join(map(pack, RECORDS))[:-90])
    assert ids(list(read([str(path)])))[-2:] == ["8", "FormatError"]


def test_a_record_with_a_false_length_does_not_swallow_the_next(tmp_path: Path) -> None:
    path = tmp_path / "crawl.warc"
    path.write_bytes(
        RECORDS[0] + RECORDS[7].replace(b"Content-Length: ", b"Content-Length: 1") + RECORDS[8] + RECORDS[9]
    )
    assert ids(list(read([str(path)]))) == ["0", "FormatError", "8", "9"]


def zipped(members: dict[str, bytes]) -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return held.getvalue()


def test_members_of_a_zip_are_reports_and_archives_in_it_are_opened(tmp_path: Path) -> None:
    lines = b"\n".join(json.dumps({"title": f"Row {n}", "text": BODY.format(n)}).encode() for n in range(3))
    members = {
        "a/page.html": page(1),
        "../../escape.html": page(2),
        "__MACOSX/a/._page.html": b"\x00\x05",
        "style.css": b"p {}",
        "rows.jsonl": lines,
        "rows.jsonl.gz": gzip.compress(lines),
        "crawl.warc.gz": gzip.compress(RECORDS[0]),
        "picture.txt": b"\x89PNG\r\n",
        "inner.zip": zipped({"page.html": page(3)}),
        "b.txt": BODY.format(9).encode(),
    }
    path = tmp_path / "pile.zip"
    path.write_bytes(zipped(members))
    found = list(read([str(path)]))
    rows = ["Row 0", "Row 1", "Row 2"]
    assert ids(found) == ["Talks number 1", "Talks number 2", *rows, *rows, "0", "FormatError", "FormatError", "?"]
    assert not (tmp_path.parent.parent / "escape.html").exists()
    assert [f.source for f in found if isinstance(f, Failure)] == [f"{path}!picture.txt", f"{path}!inner.zip"]


def test_a_zip_bomb_is_refused_by_member_by_count_and_by_overlap(tmp_path: Path) -> None:
    path = tmp_path / "pile.zip"
    path.write_bytes(zipped({"bomb.txt": b"a" * 30_000_000, "page.html": page(1)}))
    assert ids(list(read([str(path)]))) == ["TooLargeError", "Talks number 1"]
    many = zipped({f"{n}.txt": BODY.format(n).encode() for n in range(12)})
    path.write_bytes(many)
    assert ids(list(read([str(path)], limits=Limits(archive_members=11)))) == ["TooLargeError"]
    path.write_bytes(overlapping())
    assert ids(list(read([str(path)]))) == ["TooLargeError"]
    path.write_bytes(gzip.compress(b"a" * 60_000_000))
    assert ids(list(read([str(path)]))) == ["TooLargeError"]


def overlapping() -> bytes:
    """Fifty entries of the list that all point at one member."""
    whole = zipped({"a.txt": bytes(n % 251 for n in range(40_000))})
    start, length = (
        struct.unpack_from("<I", whole, len(whole) - 6)[0],
        struct.unpack_from("<I", whole, len(whole) - 10)[0],
    )
    entry = whole[start : start + length]
    end = struct.pack("<4sHHHHIIH", b"PK\x05\x06", 0, 0, 50, 50, length * 50, start, 0)
    return whole[:start] + entry * 50 + end


def test_a_damaged_or_locked_member_is_a_failure_and_the_rest_is_read(tmp_path: Path) -> None:
    data = bytearray(zipped({"a.html": page(1), "b.html": page(2), "c.html": page(3)}))
    at = data.find(b"b.html") + 6
    data[at : at + 60] = b"\xff" * 60
    path = tmp_path / "pile.zip"
    path.write_bytes(bytes(data))
    assert ids(list(read([str(path)]))) == ["Talks number 1", "FormatError", "Talks number 3"]
    locked = bytearray(zipped({"a.html": page(1)}))
    locked[6] |= 1
    locked[locked.find(b"PK\x01\x02") + 8] |= 1
    path.write_bytes(bytes(locked))
    failure = next(iter(read([str(path)])))
    assert isinstance(failure, Failure)
    assert "encrypted" in failure.message
    path.write_bytes(bytes(data)[:400])
    assert ids(list(read([str(path)]))) == ["FormatError"]


def test_json_lines_by_the_names_that_archives_use(tmp_path: Path) -> None:
    lines = [
        {"headline": "Talks", "articleBody": BODY.format(1) + "\n\n" + BODY.format(2), "datePublished": "2014-03-12T10:00:00Z",
         "publisher": {"name": "Courier"}, "author": [{"name": "Mira Tolland"}, "Jon Vale"], "url": "https://c.example/1"},
        {"text": f"<p>{BODY.format(3)}</p><script>alert(1)</script>", "date": 1394582400, "title": "Marked up"},
        {"title": "No text", "text": ""},
        {"text": 5},
        {"nothing": 1},
        {"text": BODY.format(4), "date": "3/4/2014", "title": "Two days"},
    ]  # fmt: skip
    path = tmp_path / "pile.jsonl"
    path.write_bytes(
        b"\n".join(
            [
                *(json.dumps(line).encode() for line in lines),
                b"{broken",
                b"",
                b'{"text": "\xff"}',
                b'{"text": "\\ud800"}',
            ]
        )
    )
    found = list(read([str(path)]))
    assert ids(found) == [
        "1",
        "Marked up",
        "EmptyError",
        "FormatError",
        "FormatError",
        "Two days",
        "FormatError",
        "EncodingError",
        "EncodingError",
    ]
    first, second = found[:2]
    assert isinstance(first, Report)
    assert isinstance(second, Report)
    assert (first.outlet, first.authors, first.published) == (
        "Courier",
        ("Mira Tolland", "Jon Vale"),
        date(2014, 3, 12),
    )
    assert first.text == f"Talks\n\n{BODY.format(1)}\n\n{BODY.format(2)}"
    assert second.published == date(2014, 3, 12)
    assert "alert" not in second.text
    assert isinstance(found[5], Report)
    assert found[5].published is None
    assert [f.source for f in found if isinstance(f, Failure)][:2] == [f"{path}:3", f"{path}:4"]


@pytest.mark.parametrize(
    ("delimiter", "encoding"), [(",", "utf-8"), (";", "cp1252"), ("\t", "utf-16"), (",", "utf-8-sig")]
)
def test_rows_of_a_table(tmp_path: Path, delimiter: str, encoding: str) -> None:
    rows = [
        ["Title", "Publication Date", "Source", "Full Text"],
        ["Café talks", "12 March 2014", "Courier", f'"{BODY.format(1)}\n\nSecond ""paragraph"" of it."'],
        ["Broken", "2014-03-13"],
        ["Again", "13/03/2014", "Courier", BODY.format(2).replace(",", " and")],
    ]
    path = tmp_path / "pile.csv"
    path.write_bytes("\n".join(delimiter.join(row) for row in rows).encode(encoding))
    found = list(read([str(path)]))
    assert ids(found) == ["Café talks", "FormatError", "Again"]
    first, last = found[0], found[2]
    assert isinstance(first, Report)
    assert isinstance(last, Report)
    assert (first.published, last.published) == (date(2014, 3, 12), date(2014, 3, 13))
    assert first.text.endswith('Second "paragraph" of it.')


def test_columns_are_named_by_the_user(tmp_path: Path) -> None:
    path = tmp_path / "pile.csv"
    path.write_text(f"nr,Was,Wann\n1,{BODY.format(1).replace(',', ' and')},2014-03-12\n")
    assert "--columns text=NAME" in next(f.message for f in read([str(path)]) if isinstance(f, Failure))
    report = next(iter(read([str(path)], columns=columns_of("text=was, published=Wann"))))
    assert isinstance(report, Report)
    assert report.published == date(2014, 3, 12)
    with pytest.raises(UsageError, match="expected SLOT=NAME"):
        columns_of("words=Was")


def test_messages_of_an_mbox(tmp_path: Path) -> None:
    message = (
        "From MAILER-DAEMON Wed Mar 12 10:00:00 2014\nFrom: Courier <news@c.example>\nSubject: Talks {0}\n"
        "Date: Wed, 12 Mar 2014 10:00:00 +0000\nContent-Type: text/plain; charset=utf-8\n\n{1}\n\n>From here on the border is closed.\n\n"
    )
    path = tmp_path / "pile.mbox"
    path.write_text("".join(message.format(n, BODY.format(n)) for n in range(3)))
    found = list(read([str(path)]))
    assert ids(found) == ["Talks 0", "Talks 1", "Talks 2"]
    assert isinstance(found[1], Report)
    assert found[1].outlet == "Courier"
    assert "From here on the border" in found[1].text
    assert BODY.format(2) not in found[1].text


def test_a_saved_page_is_the_page_and_not_the_mail(tmp_path: Path) -> None:
    path = tmp_path / "page.mhtml"
    path.write_bytes(
        b"From: <Saved by Blink>\r\nSnapshot-Content-Location: https://c.example/7\r\n"
        b"Subject: Talks number 7\r\nDate: Sat, 22 Nov 2025 10:00:00 -0000\r\n"
        b'MIME-Version: 1.0\r\nContent-Type: multipart/related;\r\n\ttype="text/html";\r\n\tboundary="----Bound"\r\n\r\n'
        b"------Bound\r\nContent-Type: text/html\r\nContent-ID: <f@mhtml.blink>\r\nContent-Transfer-Encoding: quoted-printable\r\n"
        b"Content-Location: https://c.example/7\r\n\r\n" + page(7).replace(b"=", b"=3D") + b"\r\n"
        b"------Bound\r\nContent-Type: image/png\r\nContent-Transfer-Encoding: base64\r\nContent-Location: https://c.example/p.png\r\n\r\niVBORw0KGgo=\r\n------Bound--\r\n"
    )
    found = list(read([str(path)]))
    assert ids(found) == ["7"]
    assert isinstance(found[0], Report)
    assert found[0].title == "Talks number 7"
    assert found[0].outlet != "Saved by Blink"
    assert BODY.format(7) in found[0].text


W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def docx(paragraphs: list[str], style: str = "", prolog: str = "") -> bytes:
    title = f'<w:p><w:pPr><w:pStyle w:val="Title"/></w:pPr><w:r><w:t>{style}</w:t></w:r></w:p>' if style else ""
    inner = title + "".join(f'<w:p><w:r><w:t xml:space="preserve">{p}</w:t></w:r></w:p>' for p in paragraphs)
    return zipped(
        {
            "[Content_Types].xml": b"<Types/>",
            "word/document.xml": f'<?xml version="1.0"?>{prolog}<w:document {W}><w:body>{inner}</w:body></w:document>'.encode(),
            "docProps/core.xml": b'<cp:coreProperties xmlns:cp="x" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/">'
            b"<dc:creator>Mira Tolland</dc:creator><dcterms:created>2014-03-12T08:00:00Z</dcterms:created></cp:coreProperties>",
        }
    )


def test_a_word_document(tmp_path: Path) -> None:
    path = tmp_path / "report.docx"
    hidden = "</w:t></w:r><w:del><w:r><w:delText>never said</w:delText></w:r></w:del>"
    hidden += '<w:r><w:rPr><w:vanish/></w:rPr><w:t>unseen</w:t></w:r><w:r><w:t xml:space="preserve"> It ended.'
    path.write_bytes(docx([BODY.format(1) + hidden, BODY.format(2)], style="Talks in Oltash"))
    (found,) = read([str(path)])
    assert isinstance(found, Report)
    assert (found.title, found.authors, found.published) == ("Talks in Oltash", ("Mira Tolland",), date(2014, 3, 12))
    assert found.text == f"Talks in Oltash\n\n{BODY.format(1)} It ended.\n\n{BODY.format(2)}"
    path.write_bytes(docx(["&a;"], prolog='<!DOCTYPE x [<!ENTITY a "aaaa">]>'))
    (failure,) = read([str(path)])
    assert isinstance(failure, Failure)
    assert "entities" in failure.message
    path.write_bytes(docx([]))
    assert ids(list(read([str(path)]))) == ["EmptyError"]


@pytest.mark.slow
def test_a_large_archive_is_not_held_in_memory(tmp_path: Path) -> None:
    """300 MB of JSON Lines, packed, in a process whose peak, libraries and all, stays under 250 MB."""
    path = tmp_path / "pile.jsonl.gz"
    line = json.dumps({"title": "Talks", "text": " ".join(BODY.format(n) for n in range(300))}).encode() + b"\n"
    with gzip.open(path, "wb", compresslevel=1) as file:
        for n in range(300_000_000 // len(line)):
            file.write(line.replace(b"Talks", b"Talks %d" % n))
    code = (
        "import re, sys\nfrom pathlib import Path\nfrom dragoman.read import Options, pieces\nimport dragoman.read.stream\n"
        "n = sum(1 for _ in pieces([sys.argv[1]], Options()))\n"
        # VmHWM and not ru_maxrss: the latter is inherited over exec, so that it would be the peak of the test run itself.
        "print(n, int(re.search(r'VmHWM:\\s+(\\d+)', Path('/proc/self/status').read_text())[1]) // 1024)"
    )
    done = subprocess.run([sys.executable, "-c", code, str(path)], capture_output=True, text=True, check=True)
    count, peak = map(int, done.stdout.split())
    assert count == 300_000_000 // len(line)
    assert peak < 250


def test_an_archive_on_standard_input(tmp_path: Path) -> None:
    for data, count in (
        (b"".join(map(gzip.compress, RECORDS)), 7),
        (zipped({f"{n}.html": page(n) for n in range(4)}), 4),
    ):
        code = "from dragoman.read import read\nfor r in read(['-']): print(type(r).__name__)"
        done = subprocess.run([sys.executable, "-c", code], input=data, capture_output=True, check=True)
        assert done.stdout.split() == [b"Report"] * count


@pytest.mark.parametrize(
    "data",
    [
        b"From " + b"1:11 2014 " * 6_000 + b"x",
        b"WARC/1.0\r\nWARC-Type: response\r\nContent-Type: application/http\r\nContent-Length: 60040\r\n\r\n"
        + b"HTTP/1.1 200 OK\r\nX:" + b" " * 60_000 + b"y\r\n\r\n",
        b"1 of 2 DOCUMENTS\n\n" + b" " * 60_000 + b"Monday 2014\n\nx\n",
        b"{" * 60_000,
        b'{"text": ' + b"[" * 60_000,
    ],
    ids=["mbox", "http", "nexis", "braces", "nested"],
)  # fmt: skip
def test_hostile_lines_take_no_time(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "hostile"
    path.write_bytes(data)
    began = time.process_time()
    list(read([str(path)]))
    assert time.process_time() - began < 3
