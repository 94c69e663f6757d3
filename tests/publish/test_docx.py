"""The word processor's edition and the sources as BibTeX, read back by other programs."""

from __future__ import annotations

import re
import shutil
import subprocess
import zipfile
from pathlib import Path
from xml.etree import ElementTree

import pypdf
import pytest

from dragoman.brief import Brief
from dragoman.publish.bibtex import as_bibtex

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def test_word_reads_headings_tables_pictures_and_footnotes(brief: Brief, editions: dict[str, Path]) -> None:
    docx = pytest.importorskip("docx", reason="the PyPI package python-docx is not installed")
    document = docx.Document(str(editions["docx"]))
    headings = [p.text for p in document.paragraphs if p.style.name.lower() == "heading 1"]
    assert (
        headings[0] == "At a glance"
        and [s.title for s in brief.sections] == headings[1:-1]
        and headings[-1] == "Sources"
    )
    assert document.core_properties.title == brief.title and document.core_properties.language == "en"
    assert len(document.tables) >= 2 and len(document.inline_shapes) > 3
    text = "\n".join(p.text for p in document.paragraphs)
    assert brief.standfirst[0].text in text and "Written for Dragoman" in text
    with zipfile.ZipFile(editions["docx"]) as package:
        notes = ElementTree.fromstring(package.read("word/footnotes.xml"))
        body = package.read("word/document.xml").decode()
        assert not [n for n in package.namelist() if n.endswith((".bin", ".js", ".vba"))]
    ids = {n.get(f"{W}id") for n in notes.iter(f"{W}footnote")}
    used = re.findall(r'<w:footnoteReference w:id="(\d+)"', body)
    assert used and set(used) <= ids and len(used) == len(set(used))
    assert all(d.strip() for d in re.findall(r'<wp:docPr [^>]*descr="([^"]*)"', body))


def test_hostile_words_stay_words_in_the_document(evil_editions: dict[str, Path]) -> None:
    with zipfile.ZipFile(evil_editions["docx"]) as package:
        for name in (n for n in package.namelist() if n.endswith((".xml", ".rels"))):
            ElementTree.fromstring(package.read(name))
        targets = re.findall(
            r'Target="([^"]*)" TargetMode="External"', package.read("word/_rels/document.xml.rels").decode()
        )
    assert not [t for t in targets if not re.match(r"https?://", t)]


@pytest.mark.slow
def test_libreoffice_opens_the_document(brief: Brief, editions: dict[str, Path], tmp_path: Path) -> None:
    office = shutil.which("soffice") or shutil.which("libreoffice")
    if office is None:
        pytest.skip("LibreOffice is not installed (apt-get install libreoffice-writer-nogui)")
    command = [
        office,
        f"-env:UserInstallation=file://{tmp_path}/profile",
        "--headless",
        "--convert-to",
        "pdf",
        "--outdir",
    ]
    subprocess.run([*command, str(tmp_path), str(editions["docx"])], check=True, capture_output=True, timeout=180)
    text = " ".join(" ".join(p.extract_text().split()) for p in pypdf.PdfReader(tmp_path / "iran.pdf").pages)
    assert brief.title in text and "Where things stand" in text and brief.sources[0].title in text


def test_every_source_is_an_entry_with_a_key_of_its_own(brief: Brief, evil_brief: Brief) -> None:
    for made in (brief, evil_brief):
        text = as_bibtex(made, "Dragoman")
        keys = re.findall(r"^@article\{([a-z0-9]+),$", text, re.MULTILINE)
        assert len(keys) == len(set(keys)) == len(made.sources)
        for entry in text.split("\n@article")[1:]:
            bare = re.sub(r"\\[{}]", "", entry)
            assert bare.count("{") == bare.count("}") and bare.rstrip().endswith("}")
    assert f"title = {{{{{brief.sources[0].title}}}}}" in as_bibtex(brief, "Dragoman")
