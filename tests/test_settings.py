"""Settings are read from the environment, typed, with clear errors."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from dragoman.errors import UsageError
from dragoman.settings import settings_of


def test_defaults_need_no_environment() -> None:
    found = settings_of({})
    assert found.workers >= 1
    assert found.ledger.name == "ledger.db"
    assert found.smtp.host is None


def test_values_are_taken_from_the_environment(tmp_path: Path) -> None:
    found = settings_of(
        {"DRAGOMAN_LEDGER": str(tmp_path / "x.db"), "DRAGOMAN_WORKERS": "3", "SOURCE_DATE_EPOCH": "86400"}
    )
    assert found.ledger == tmp_path / "x.db"
    assert found.workers == 3
    assert found.now == datetime(1970, 1, 2, tzinfo=UTC)


@pytest.mark.parametrize(
    ("environment", "why"),
    [
        ({"DRAGOMAN_WORKERS": "many"}, "whole number"),
        ({"DRAGOMAN_WORKERS": "-1"}, "0 or more"),
        ({"DRAGOMAN_SMTP_TLS": "perhaps"}, "starttls, tls or none"),
        ({"DRAGOMAN_REGISTRY": "/no/such/folder"}, "expected a folder"),
    ],
)
def test_wrong_values_are_named(environment: dict[str, str], why: str) -> None:
    with pytest.raises(UsageError, match=why):
        settings_of(environment)
