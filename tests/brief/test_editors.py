"""Editors' own text: the small Markdown, each block filled, faults told with their line and the list."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from sample_ledger import SampleLedger

from dragoman.brief import Brief, Notebook, gather, read_own_text, written
from dragoman.brief.blocks import BLOCKS
from dragoman.brief.editors import parsed
from dragoman.brief.model import Chains, Disagreement, Figure, Paragraph, Points, Subheading, TieChart, Timeline
from dragoman.errors import UsageError


def made(text: str, topic: str = "Iran", until: str | None = None) -> Brief:
    ledger = SampleLedger()
    return written(gather(ledger, topic, None, until), ledger, date(2026, 1, 2), Notebook(), parsed(text, "own.md"))


def test_own_words_stand_before_what_the_ledger_says_and_give_the_title() -> None:
    brief = made(
        "# Friends of Tehran\n\n## Our view\n\nWritten on Monday. It is *short*.\nStill short.\n\n- one\n- two\n"
    )
    assert brief.title == "Friends of Tehran"
    first = brief.sections[0]
    assert first.title == "Our view" and first.id.startswith("own-")
    paragraph, points = first.blocks
    assert isinstance(paragraph, Paragraph) and isinstance(points, Points)
    assert [s.text for s in paragraph.sentences] == ["Written on Monday.", "It is short.", "Still short."]
    assert [s.text for s in points.items] == ["one", "two"]
    assert [s.id for s in brief.sections[1:]][:2] == ["standing", "changes"]


def test_rest_says_where_the_own_sections_go() -> None:
    titles = [s.title for s in made("Before.\n\n{{ rest }}\n\n## After\n\nWords.\n").sections]
    assert titles[0] == "From the editors" and titles[-1] == "After" and "Timeline" in titles[1:-1]


def test_blocks_are_filled_and_refreshed_from_the_ledger() -> None:
    text = "{{ tie Hamas Iran }}\n{{ chart Hamas Iran }}\n{{ timeline Hamas Iran 2 }}\n{{ disputes }}\n{{ quote Israel }}\n"
    brief = made(text)
    blocks = brief.sections[0].blocks
    told = blocks[0]
    assert isinstance(told, Paragraph) and "Hamas and Iran" in told.sentences[0].text and told.sentences[0].notes
    figure = blocks[1]
    assert isinstance(figure, Figure) and isinstance(figure.chart, TieChart) and figure.id.startswith("own-")
    line = next(b for b in blocks if isinstance(b, Timeline))
    assert len(line.entries) == 2
    assert any(isinstance(b, Disagreement) for b in blocks)
    chains = [b for b in blocks if isinstance(b, Chains)][-1]
    assert "Israel" in chains.items[0].claim and chains.items[0].quote
    earlier = made(text, until="2014-01-01").sections[0].blocks
    assert next(b for b in earlier if isinstance(b, Timeline)).entries != line.entries


@pytest.mark.parametrize("name", sorted(set(BLOCKS) - {"rest", "tie", "chart", "quote"}))
def test_every_block_without_names_is_about_the_topic(name: str) -> None:
    assert made(f"{{{{ {name} }}}}").sections[0].blocks


def test_the_same_block_twice_keeps_anchors_unique() -> None:
    brief = made("{{ chart Hamas Iran }}\n\n{{ chart Hamas Iran }}\n\n### One\n\n### One\n")
    ids = [b.id for s in brief.sections for b in s.blocks if isinstance(b, Figure | Subheading)]
    assert len(ids) == len(set(ids))


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("x\n\n{{ tei Hamas Iran }}", "line 3: there is no block 'tei'; expected one of tie, chart, timeline"),
        ("{{ }}", "line 1: there is no block without a name"),
        ("It says {{ tie Hamas Iran }} here.", "line 1: a block stands on a line of its own"),
        ("{{ tie Hamas Iran", "a block stands on a line of its own"),
        ('{{ tie "Hamas Iran }}', "quotation marks"),
        ("{{ tie Hamas }}", "expected two actors"),
        ("{{ tie Hamas Irann }}", "no actor 'Irann'"),
        ("{{ timeline a b c }}", "at most two names"),
        ("{{ quote }}", "expected one name"),
        ("{{ {% 7*7 %} }}", "no block '{%'"),
    ],
)
def test_faults_are_told_with_their_line(text: str, said: str) -> None:
    with pytest.raises(UsageError) as told:
        made(text)
    assert said in str(told.value) and "own.md, line" in str(told.value)


def test_a_missing_file_and_other_bytes_are_told(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="no such file"):
        read_own_text(tmp_path / "none.md")
    (tmp_path / "odd.md").write_bytes(b"\xff\xfe")
    with pytest.raises(UsageError, match="UTF-8"):
        read_own_text(tmp_path / "odd.md")
