"""The sample brief, made once; times fixed so that editions can be compared."""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent.parent / "brief"))

from sample_ledger import SampleLedger, hostile

from dragoman.brief import Brief, compose
from dragoman.publish import FORMATS, publish

EVIL = (
    '<script>alert(1)</script>"\'&{{7*7}}#import "x" $x$ ]]> \r\nBcc: a@example.org \u202e<img src=x onerror=alert(2)>'
)


@pytest.fixture(scope="session")
def brief() -> Brief:
    return compose(SampleLedger(), "Iran", today=date(2026, 1, 2))


@pytest.fixture(scope="session")
def evil_brief() -> Brief:
    return compose(hostile(SampleLedger(), EVIL), "Iran", today=date(2026, 1, 2))


@pytest.fixture(scope="session")
def editions(brief: Brief, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    return publish(brief, tmp_path_factory.mktemp("editions"), FORMATS)


@pytest.fixture(scope="session")
def evil_editions(evil_brief: Brief, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    return publish(evil_brief, tmp_path_factory.mktemp("evil"), FORMATS)
