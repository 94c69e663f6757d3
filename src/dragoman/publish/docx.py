"""The word processor's edition: Office Open XML with headings, real footnotes, tables and pictures with words.

Written part by part into a ZIP; every text is escaped, nothing in it can act or load. The same brief and SOURCE_DATE_EPOCH give the
same bytes.
"""

from __future__ import annotations

import struct
from dataclasses import dataclass, field
from importlib import resources
from pathlib import Path

from dragoman.brief import model as m
from dragoman.brief.english import counted, day_text
from dragoman.brief.model import Brief, Sentence
from dragoman.publish.clock import stamp
from dragoman.publish.draw import Gallery
from dragoman.publish.packed import pack
from dragoman.publish.xml import escaped

EMU = 9525
WIDEST = 5_760_000
"""The width of the text in English metric units: 16 cm."""
SPACES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" '
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture"'
)
HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"


@dataclass
class _Document:
    """The parts as they are written: the body, the footnotes in order, the pictures, addresses linked to."""

    brief: Brief
    gallery: Gallery
    body: list[str] = field(default_factory=list)
    footnotes: list[str] = field(default_factory=list)
    first: dict[int, int] = field(default_factory=dict)
    pictures: list[bytes] = field(default_factory=list)
    links: list[str] = field(default_factory=list)

    # --- words ---------------------------------------------------------------------------------------------------------

    def add(self, style: str, *runs: str) -> None:
        """One paragraph."""
        self.body.append(_paragraph(style, *runs))

    def sentence(self, s: Sentence) -> str:
        return run(s.text) + "".join(map(self.note, s.notes))

    def sentences(self, many: tuple[Sentence, ...]) -> str:
        return run(" ").join(map(self.sentence, many))

    def note(self, number: int) -> str:
        """The mark of a note: its footnote where it is first named, a reference to that footnote afterwards."""
        if number in self.first:
            field_ = f" NOTEREF fn{number} \\h "
            return f'<w:r><w:rPr><w:rStyle w:val="FootnoteReference"/></w:rPr><w:t xml:space="preserve"> </w:t></w:r><w:fldSimple w:instr="{field_}"><w:r><w:rPr><w:rStyle w:val="FootnoteReference"/></w:rPr><w:t>{self.first[number]}</w:t></w:r></w:fldSimple>'  # noqa: E501
        self.first[number] = at = len(self.footnotes) + 1
        self.footnotes.append(self._footnote(self.brief.note(number)))
        mark = f'<w:r><w:rPr><w:rStyle w:val="FootnoteReference"/></w:rPr><w:footnoteReference w:id="{at}"/></w:r>'
        return f'<w:bookmarkStart w:id="{at}" w:name="fn{number}"/>{mark}<w:bookmarkEnd w:id="{at}"/>'

    def _footnote(self, note: m.Note) -> str:
        source = self.brief.source(note.source)
        words = f"“{note.quote}” " if note.quote else ""
        said = f"{note.said}; " if note.said else ""
        remark = f" ({source.remark})" if source.remark else ""
        return run(f" {words}{said}{source.outlet}, “{source.title}”, {source.day}{remark}.")

    # --- blocks --------------------------------------------------------------------------------------------------------

    def block(self, block: m.Block) -> None:  # one line for each kind
        match block:
            case m.Paragraph():
                self.add({"lead": "Lead", "aside": "Aside"}.get(block.role, "Normal"), self.sentences(block.sentences))
            case m.Points():
                for s in block.items:
                    self.add("ListBullet", self.sentence(s))
            case m.Subheading():
                self.add("Heading2", run(block.text))
            case m.Table():
                self.table(block)
            case m.Figure():
                self.figure(block)
            case m.Standings():
                self.standings(block)
            case m.Timeline():
                for e in block.entries:
                    where = f", {e.where}" if e.where else ""
                    self.add("Day", run(f"{e.day}{where}"))
                    self.add("Normal", self.sentence(e.what), run(f" {e.how}.", "Muted"))
                    self.quoted(e.quote, e.quoted)
            case m.Chains():
                for c in block.items:
                    self.add("Normal", run(c.claim, "Strong"), "".join(map(self.note, c.notes)))
                    self.add("Aside", run(" → ".join(f"{', '.join(x.names)} ({x.role})" for x in c.links)))
                    self.quoted(c.quote, "")
            case m.Disagreement():
                self.add("Heading2", run(block.title))
                self.add("Normal", self.sentence(block.why))
                for side in block.sides:
                    self.add("Normal", run(f"{side.holder}: ", "Strong"), self.sentences(side.sentences))
                    self.quoted(side.quote, "")
            case m.Calendar():
                for d in block.entries:
                    self.add("Day", run(d.day))
                    self.add("Normal", self.sentence(d.what))
                    self.quoted(d.quote, "")

    def quoted(self, words: str, said: str) -> None:
        if words:
            self.add("Quote", run(f"“{words}”"), run(f" {said}", "Muted") if said else "")

    def standings(self, block: m.Standings) -> None:
        columns = ("With", "State", "Trend", "Since", "Confidence", "Disputed")
        rows = tuple(
            tuple(m.Cell(x) for x in (s.name, s.state, s.trend, s.since, s.confidence, s.disputed)) for s in block.items
        )
        self.table(m.Table(block.caption, columns, rows))
        for s in (s for s in block.items if s.sentences):
            self.add("Heading2", run(s.name))
            self.add("Normal", self.sentences(s.sentences))

    def table(self, table: m.Table) -> None:
        self.add("Caption", run(table.caption))
        head = "".join(_cell(run(c, "Strong"), False) for c in table.columns)
        rows = [f"<w:tr><w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>{head}</w:tr>"]
        rows += [
            "<w:tr><w:trPr><w:cantSplit/></w:trPr>"
            + "".join(_cell(run(c.text) + "".join(map(self.note, c.notes)), c.number) for c in row) + "</w:tr>"
            for row in table.rows
        ]  # fmt: skip
        grid = "".join("<w:gridCol/>" for _ in table.columns)
        look = (
            '<w:tblPr><w:tblStyle w:val="Plain"/><w:tblW w:w="5000" w:type="pct"/><w:tblLook w:firstRow="1"/></w:tblPr>'
        )
        self.body.append(f"<w:tbl>{look}<w:tblGrid>{grid}</w:tblGrid>{''.join(rows)}</w:tbl>{_paragraph('Aside')}")

    def figure(self, figure: m.Figure) -> None:
        self.add("Heading2", run(figure.title))
        picture = self.gallery.png(figure)
        self.pictures.append(picture)
        self.add("Picture", _drawing(len(self.pictures), picture, figure.title, figure.alt))
        if figure.reading:
            self.add("Aside", run(figure.reading))
        for s in figure.caption:
            self.add("Aside", self.sentence(s))

    def link(self, address: str) -> str:
        self.links.append(address)
        words = f'<w:r><w:rPr><w:rStyle w:val="Hyperlink"/></w:rPr><w:t>{escaped(address)}</w:t></w:r>'
        return f'<w:hyperlink r:id="link{len(self.links)}">{words}</w:hyperlink>'


def run(text: str, style: str = "") -> str:
    """Words in one character style."""
    look = f'<w:rPr><w:rStyle w:val="{style}"/></w:rPr>' if style else ""
    return f'<w:r>{look}<w:t xml:space="preserve">{escaped(text)}</w:t></w:r>' if text else ""


def _paragraph(style: str, *runs: str) -> str:
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/></w:pPr>{"".join(runs)}</w:p>'


def _cell(content: str, number: bool) -> str:
    side = '<w:jc w:val="right"/>' if number else ""
    return f'<w:tc><w:tcPr/><w:p><w:pPr><w:pStyle w:val="Cell"/>{side}</w:pPr>{content}</w:p></w:tc>'


def _drawing(number: int, png: bytes, title: str, alt: str) -> str:
    wide, high = struct.unpack(">II", png[16:24])
    scale = min(1.0, WIDEST / (wide * EMU))
    cx, cy = round(wide * EMU * scale), round(high * EMU * scale)
    words = f'name="{escaped(title)}" descr="{escaped(alt)}"'
    return (
        f'<w:r><w:drawing><wp:inline><wp:extent cx="{cx}" cy="{cy}"/><wp:docPr id="{number}" {words}/><a:graphic>'
        '<a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/picture"><pic:pic>'
        f'<pic:nvPicPr><pic:cNvPr id="{number}" {words}/><pic:cNvPicPr/></pic:nvPicPr>'
        f'<pic:blipFill><a:blip r:embed="picture{number}"/><a:stretch><a:fillRect/></a:stretch></pic:blipFill>'
        f'<pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="{cx}" cy="{cy}"/></a:xfrm>'
        '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr></pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r>'
    )


def write(brief: Brief, target: Path, gallery: Gallery, site: str) -> Path:
    """Writes the DOCX."""
    document = _Document(brief, gallery)
    _compose(document, site)
    pack(
        target,
        {name: text if isinstance(text, bytes) else text.encode() for name, text in _parts(document, site).items()},
    )
    return target


def _compose(d: _Document, site: str) -> None:
    brief = d.brief
    d.add("Kicker", run(brief.section))
    d.add("Title", run(brief.title))
    d.add("Lead", d.sentences(brief.standfirst))
    reports = counted(brief.counts.reports, "report")
    d.add("Aside", run(f"Reports of {brief.period}. Composed {day_text(brief.composed)} by {site} from {reports}."))
    for notice in brief.notices:
        d.add("Notice", run(notice))
    if brief.points:
        d.add("Heading1", run("At a glance"))
        for s in brief.points:
            d.add("ListBullet", d.sentence(s))
    for section in brief.sections:
        if section.part:
            d.add("Kicker", '<w:r><w:br w:type="page"/></w:r>', run(section.part))
        d.add("Heading1", run(section.title))
        for block in section.blocks:
            d.block(block)
    if brief.sources:
        d.add("Heading1", run("Sources"))
    for source in brief.sources:
        by = f", by {', '.join(source.authors)}" if source.authors else ""
        remark = f" {source.remark}." if source.remark else ""
        words = run(f"{source.number}. {source.outlet}. “{source.title}”{by}. {source.day}.{remark} ")
        d.add("Source", words, d.link(source.url) if source.url else "")


def _parts(d: _Document, site: str) -> dict[str, str | bytes]:
    static = resources.files("dragoman.publish").joinpath("static/docx")
    margins = "".join(f'w:{side}="1417" ' for side in ("top", "right", "bottom", "left"))
    size = f'<w:pgSz w:w="11906" w:h="16838"/><w:pgMar {margins}w:header="709" w:footer="709" w:gutter="0"/>'
    ends = f'<w:sectPr><w:footerReference w:type="default" r:id="footer"/>{size}</w:sectPr>'
    page = '<w:fldSimple w:instr=" PAGE "><w:r><w:t>1</w:t></w:r></w:fldSimple>'
    foot = _paragraph("Footer", run(f"{site}{''.join(' · ' + n for n in d.brief.notices)}    "), page)
    notes = "".join(
        f'<w:footnote w:id="{i}"><w:p><w:pPr><w:pStyle w:val="FootnoteText"/></w:pPr><w:r><w:rPr><w:rStyle w:val="FootnoteReference"/></w:rPr>'
        f"<w:footnoteRef/></w:r>{text}</w:p></w:footnote>" for i, text in enumerate(d.footnotes, 1)
    )  # fmt: skip
    lines = "".join(
        f'<w:footnote w:type="{kind}" w:id="{i}"><w:p><w:r><w:{kind}/></w:r></w:p></w:footnote>'
        for i, kind in ((-1, "separator"), (0, "continuationSeparator"))
    )
    when = stamp().strftime("%Y-%m-%dT%H:%M:%SZ")
    core = (
        f'{HEAD}<cp:coreProperties xmlns:cp="{PACKAGE}/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/" '
        'xmlns:dcterms="http://purl.org/dc/terms/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
        f"<dc:title>{escaped(d.brief.title)}</dc:title><dc:subject>{escaped(d.brief.section)}</dc:subject><dc:creator>{escaped(site)}</dc:creator>"
        f'<dc:language>{d.brief.language}</dc:language><dcterms:created xsi:type="dcterms:W3CDTF">{when}</dcterms:created></cp:coreProperties>'
    )
    relations = [
        ("styles", "styles.xml"),
        ("footnotes", "footnotes.xml"),
        ("footer", "footer.xml"),
        ("numbering", "numbering.xml"),
        ("settings", "settings.xml"),
    ]
    own = "".join(f'<Relationship Id="{k}" Type="{OFFICE}/{k}" Target="{v}"/>' for k, v in relations)
    own += "".join(
        f'<Relationship Id="picture{i}" Type="{OFFICE}/image" Target="media/{i}.png"/>'
        for i in range(1, len(d.pictures) + 1)
    )
    own += "".join(
        f'<Relationship Id="link{i}" Type="{OFFICE}/hyperlink" Target="{escaped(a)}" TargetMode="External"/>'
        for i, a in enumerate(d.links, 1)
    )
    return {
        "[Content_Types].xml": static.joinpath("types.xml").read_bytes(),
        "_rels/.rels": static.joinpath("package.rels").read_bytes(),
        "docProps/core.xml": core,
        "word/document.xml": f"{HEAD}<w:document {SPACES}><w:body>{''.join(d.body)}{ends}</w:body></w:document>",
        "word/_rels/document.xml.rels": f'{HEAD}<Relationships xmlns="{PACKAGE}/relationships">{own}</Relationships>',
        "word/footnotes.xml": f"{HEAD}<w:footnotes {SPACES}>{lines}{notes}</w:footnotes>",
        "word/footer.xml": f"{HEAD}<w:ftr {SPACES}>{foot}</w:ftr>",
        "word/styles.xml": static.joinpath("styles.xml").read_bytes(),
        "word/numbering.xml": static.joinpath("numbering.xml").read_bytes(),
        "word/settings.xml": static.joinpath("settings.xml").read_bytes(),
        **{f"word/media/{i}.png": png for i, png in enumerate(d.pictures, 1)},
    }
