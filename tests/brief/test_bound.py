"""The configuration of an issue, its faults told with what was expected, and briefs bound into one document."""

from __future__ import annotations

from dataclasses import fields, is_dataclass
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from sample_ledger import SampleLedger

from dragoman.brief import Brief, News, Notebook, bind, gather, read_config, written
from dragoman.brief.model import Figure, Section, Sentence, Standing, Subheading
from dragoman.errors import UsageError

TODAY = date(2026, 1, 2)


def config(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "weekly.toml"
    path.write_text(text, encoding="utf-8")
    return path


def bound() -> Brief:
    ledger, notebook = SampleLedger(), Notebook()
    briefs = [written(gather(ledger, t, None, None), ledger, TODAY, notebook) for t in ("Iran", "Hamas–Iran", "Syria")]
    return bind("The Gulf Weekly", briefs, [News(True), News(False), News(True, ("a", "b"))], 4, "1 January 2026")


def test_a_configuration_gives_briefs_and_paths_of_its_folder(tmp_path: Path) -> None:
    (tmp_path / "iran.md").write_text("Own words.")
    text = 'name = "The Gulf Weekly"\nledger = "my.db"\nmail = ["a@example.org", "readers.txt"]\nsince = "2012"\n'
    text += '[[brief]]\ntopic = "Iran"\ntext = "iran.md"\n[[brief]]\ntopic = "Syria"\ndays = 30\n'
    held = read_config(config(tmp_path, text), TODAY)
    assert (held.name, held.ledger, held.out) == ("The Gulf Weekly", tmp_path / "my.db", tmp_path / "weekly")
    assert held.mail == ("a@example.org", str(tmp_path / "readers.txt"))
    assert [(b.slug, b.since, b.until) for b in held.briefs] == [
        ("iran", "2012-01-01", None),
        ("syria", "2025-12-04", "2026-01-03"),
    ]
    assert held.briefs[0].text == tmp_path / "iran.md"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("name = \n", "line 1"),
        ('nam = "x"', "there is no key 'nam'; expected some of name, ledger"),
        ('name = "x"', "expected one [[brief]] table"),
        ('[[brief]]\nsince = "2012"', "[[brief]] 1: topic is missing"),
        ('[[brief]]\ntopic = "Iran"\n[[brief]]\ntopic = 3', "[[brief]] 2: topic must be a string, not 3"),
        ('[[brief]]\ntopic = "Iran"\nsince = "May"', "since: expected \"YYYY\""),
        ('[[brief]]\ntopic = "Iran"\nsince = "2012"\ndays = 3', "since or days"),
        ('[[brief]]\ntopic = "Iran"\nsince = "2012"\nuntil = "2011"', "no day lies between"),
        ('[[brief]]\ntopic = "Iran"\n[[brief]]\ntopic = "iran"', "more than one [[brief]]"),
        ('[[brief]]\ntopic = "Iran"\ntext = "none.md"', "there is no text file"),
        ('mail = "a@example.org"\n[[brief]]\ntopic = "Iran"', "mail must be a list"),
    ],
)  # fmt: skip
def test_faults_of_a_configuration_are_told_with_what_was_expected(tmp_path: Path, text: str, said: str) -> None:
    with pytest.raises(UsageError) as told:
        read_config(config(tmp_path, text), TODAY)
    assert said in str(told.value) and "weekly.toml" in str(told.value)


def test_notes_run_through_the_issue_and_anchors_are_unique() -> None:
    issue = bound()
    assert [s.part for s in issue.sections if s.part] == ["Iran", "Hamas–Iran", "Syria"]
    anchors = [x.id for x in walk(issue.sections, (Section, Subheading, Figure, Standing))]
    assert anchors and len(anchors) == len(set(anchors))
    numbers = [n.number for n in issue.notes]
    assert numbers == list(range(1, len(numbers) + 1))
    cited = {n for s in walk(issue.sections, (Sentence,)) for n in s.notes}
    assert cited and cited <= set(numbers)
    assert "two changed since the issue of 1 January 2026" in issue.standfirst[0].text
    assert issue.points[1].text.endswith("(unchanged).") and issue.points[2].text.endswith("(two new entries).")


def test_quotations_keep_their_allowance_over_the_whole_issue() -> None:
    issue = bound()
    words: dict[int, int] = {}
    for note in issue.notes:
        words[note.source] = words.get(note.source, 0) + len(note.quote.replace("…", "").split())
    assert words and max(words.values()) <= 200


def walk(value: Any, kinds: tuple[type, ...]) -> list[Any]:
    if isinstance(value, tuple):
        return [x for v in value for x in walk(v, kinds)]
    if not is_dataclass(value) or isinstance(value, type):
        return []
    own = [value] if isinstance(value, kinds) else []
    return own + [x for f in fields(value) for x in walk(getattr(value, f.name), kinds)]
