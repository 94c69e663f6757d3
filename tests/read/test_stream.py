"""Files of every kind, sound and broken: reports and failures in input order."""

from __future__ import annotations

import io
import os
import zipfile
from datetime import date
from email.message import EmailMessage
from pathlib import Path

import pytest

from dragoman.errors import UsageError
from dragoman.model import Failure, Report
from dragoman.read import Limits, read

BODY = "Delegates from Sarvan arrived in Oltash on Tuesday for talks on the border trade, the ministry said in a statement."
HTML = f"""<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Talks in Oltash | The Sarvan Courier</title>
<meta property="og:title" content="Talks in Oltash"><meta property="og:site_name" content="The Sarvan Courier">
<meta name="author" content="Mira Tolland"><meta property="article:section" content="Levant">
<meta property="article:published_time" content="2014-03-12T10:00:00Z">
<link rel="canonical" href="https://courier.example/talks?utm_source=mail"></head>
<body><nav><a href="/">Home</a></nav><div class="share"><a>Print</a> <a>Send to Kindle</a></div>
<article><h1>Talks in Oltash</h1><p>{BODY}</p><p>{BODY.replace("Tuesday", "Friday")}</p></article>
<aside><h2>Related</h2><ul><li><a href="/x">What closed the border</a></li></ul></aside>
<script>alert(1)</script></body></html>"""


def one(path: Path, **options: object) -> Report | Failure:
    found = list(read([str(path)], **options))  # type: ignore[arg-type]
    assert len(found) == 1
    return found[0]


def report(path: Path) -> Report:
    found = one(path)
    assert isinstance(found, Report), found
    return found


def failure(path: Path, **options: object) -> Failure:
    found = one(path, **options)
    assert isinstance(found, Failure), found
    return found


def test_a_saved_page_gives_text_and_metadata(tmp_path: Path) -> None:
    path = tmp_path / "page.html"
    path.write_text(HTML, encoding="utf-8")
    found = report(path)
    assert found.title == "Talks in Oltash"
    assert (found.outlet, found.section, found.authors) == ("The Sarvan Courier", "Levant", ("Mira Tolland",))
    assert found.published == date(2014, 3, 12)
    assert found.url == "https://courier.example/talks"
    assert found.text.startswith(f"Talks in Oltash\n\n{BODY}")
    assert "Kindle" not in found.text
    assert "What closed" not in found.text
    assert "alert" not in found.text


def test_identity_is_of_the_url_and_not_of_the_path(tmp_path: Path) -> None:
    for name in ("a.html", "b.htm"):
        (tmp_path / name).write_text(HTML, encoding="utf-8")
    first, second = read([str(tmp_path)])
    assert isinstance(first, Report)
    assert isinstance(second, Report)
    assert first.id == second.id


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "cp1252"])
def test_encodings(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "report.txt"
    words = BODY + " The café on the border was closed – nobody knew why it was closed for so long."
    path.write_bytes(words.encode(encoding))
    assert report(path).text == words


def test_a_mail_is_read_by_its_plain_part(tmp_path: Path) -> None:
    message = EmailMessage()
    message["From"], message["To"] = "The Sarvan Courier <news@courier.example>", "reader@example.org"
    message["Subject"], message["Date"] = "Fwd: Talks in Oltash", "Wed, 12 Mar 2014 10:00:00 +0000"
    message.set_content(f"{BODY}\n\n> quoted words of before\n-- \nThe desk\n")
    message.add_alternative(f"<p>{BODY}</p>", subtype="html")
    path = tmp_path / "mail.eml"
    path.write_bytes(message.as_bytes())
    found = report(path)
    assert found.title == "Talks in Oltash"
    assert found.outlet == "The Sarvan Courier"
    assert found.published == date(2014, 3, 12)
    assert "quoted" not in found.text
    assert "The desk" not in found.text


def test_each_entry_of_a_feed_is_a_report(tmp_path: Path) -> None:
    item = (
        "<item><title>{0}</title><link>https://c.example/{0}</link>"
        "<pubDate>Wed, 12 Mar 2014 10:00:00 GMT</pubDate><description>{1}</description></item>"
    )
    path = tmp_path / "feed.xml"
    path.write_text(
        f'<?xml version="1.0"?><rss version="2.0"><channel><title>Courier</title>{item.format("One", BODY)}{item.format("Two", BODY)}</channel></rss>'
    )
    found = list(read([str(path)]))
    assert [r.title for r in found if isinstance(r, Report)] == ["One", "Two"]
    assert all(isinstance(r, Report) and r.published == date(2014, 3, 12) and r.outlet == "Courier" for r in found)


def test_a_feed_with_entities_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "bomb.xml"
    path.write_text(
        '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><rss version="2.0"><channel>&b;</channel></rss>'
    )
    assert "entities" in failure(path).message


def epub(chapter: str) -> bytes:
    book = io.BytesIO()
    with zipfile.ZipFile(book, "w") as archive:
        archive.writestr("mimetype", "application/epub+zip")
        archive.writestr(
            "META-INF/container.xml",
            '<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container" version="1.0"><rootfiles>'
            '<rootfile full-path="o/p.opf" media-type="application/oebps-package+xml"/></rootfiles></container>',
        )
        archive.writestr(
            "o/p.opf",
            '<package xmlns="http://www.idpf.org/2007/opf" version="3.0"><metadata xmlns:dc="http://purl.org/dc/elements/1.1/">'
            "<dc:title>Talks in Oltash</dc:title><dc:creator>Mira Tolland</dc:creator><dc:date>2014-03-12</dc:date></metadata>"
            '<manifest><item id="c" href="c.xhtml" media-type="application/xhtml+xml"/></manifest><spine><itemref idref="c"/></spine></package>',
        )
        archive.writestr("o/c.xhtml", chapter, compress_type=zipfile.ZIP_DEFLATED)
    return book.getvalue()


def test_an_epub_is_read_in_its_order(tmp_path: Path) -> None:
    path = tmp_path / "book.epub"
    path.write_bytes(epub(f"<html><body><p>{BODY}</p></body></html>"))
    found = report(path)
    assert (found.title, found.authors, found.published) == ("Talks in Oltash", ("Mira Tolland",), date(2014, 3, 12))
    assert BODY in found.text


def test_an_epub_that_unpacks_too_large_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "bomb.epub"
    path.write_bytes(epub("<html><body>" + "<p>a</p>" * 2_000_000 + "</body></html>"))
    assert failure(path).error == "TooLargeError"


def pdf(lines: list[str]) -> bytes:
    """A one-page PDF made by hand (PDF 1.4, section 3.4)."""
    text = "BT /F1 11 Tf 50 700 Td 14 TL " + " ".join(f"({line}) Tj T*" for line in lines) + " ET"
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>",
        f"<< /Length {len(text)} >>\nstream\n{text}\nendstream",
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    ]
    out, places = b"%PDF-1.4\n", []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += f"{number} 0 obj\n{body}\nendobj\n".encode()
    start = len(out)
    out += f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n".encode() + b"".join(
        f"{p:010} 00000 n \n".encode() for p in places
    )
    return out + f"trailer << /Size {len(objects) + 1} /Root 1 0 R >>\nstartxref\n{start}\n%%EOF".encode()


def test_a_pdf_is_read_in_a_child_process(tmp_path: Path) -> None:
    path = tmp_path / "report.pdf"
    path.write_bytes(
        pdf(["Delegates from Sarvan arrived in Oltash on Tuesday for talks on the", "border trade, the ministry said."])
    )
    assert "talks on the border trade" in report(path).text


def test_a_broken_pdf_is_a_failure(tmp_path: Path) -> None:
    path = tmp_path / "broken.pdf"
    path.write_bytes(b"%PDF-1.4\nnothing else")
    assert failure(path).error == "FormatError"


def test_bad_files_are_failures_and_the_rest_is_read(tmp_path: Path) -> None:
    (tmp_path / "a-empty.txt").write_bytes(b"")
    (tmp_path / "b-binary.txt").write_bytes(bytes(range(256)) * 40)
    (tmp_path / "c-picture.txt").write_bytes(b"\x89PNG\r\n\x1a\n" + b"\x00" * 50)
    (tmp_path / "d-blank.txt").write_text(" \n\n ")
    os.mkfifo(tmp_path / "e-pipe.txt")
    (tmp_path / "f-dangling.txt").symlink_to(tmp_path / "nowhere")
    (tmp_path / "g-good.txt").write_text(BODY)
    found = list(read([str(tmp_path)]))
    errors = [f.error for f in found if isinstance(f, Failure)]
    assert errors == ["EmptyError", "EncodingError", "FormatError", "EmptyError", "FormatError", "FileNotFoundError"]
    assert isinstance(found[-1], Report)
    assert all(f.source and f.source in f.message for f in found if isinstance(f, Failure))


def test_a_file_over_the_cap_is_a_failure(tmp_path: Path) -> None:
    path = tmp_path / "large.txt"
    path.write_text(BODY * 100)
    assert failure(path, limits=Limits(file_bytes=1_000)).error == "TooLargeError"


def test_another_language_is_read_and_named(tmp_path: Path) -> None:
    path = tmp_path / "autre.txt"
    path.write_text(
        "Le ministre des affaires étrangères a déclaré mardi que les relations entre les deux pays étaient rompues depuis longtemps."
    )
    assert report(path).language == "fr"


def test_the_given_date_is_used_only_where_a_report_tells_none(tmp_path: Path) -> None:
    (tmp_path / "a.html").write_text(HTML)
    (tmp_path / "b.txt").write_text(BODY)
    dates = [r.published for r in read([str(tmp_path)], date(2020, 1, 1)) if isinstance(r, Report)]
    assert dates == [date(2014, 3, 12), date(2020, 1, 1)]


def test_a_name_of_nothing_is_wrong_usage(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="no file, folder or pattern"):
        list(read([str(tmp_path / "missing.txt")]))
    with pytest.raises(UsageError, match="only those are fetched"):
        list(read(["ftp://host.example/report"]))
