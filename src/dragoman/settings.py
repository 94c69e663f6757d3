"""All settings, read from the environment in this module alone.

| variable | meaning | default |
| --- | --- | --- |
| `DRAGOMAN_LEDGER` | the ledger file used where `--ledger` is not given | `ledger.db` in the user's data folder |
| `DRAGOMAN_WORKERS` | processes that code reports | one per core the process may use |
| `DRAGOMAN_ENGINE` | another language engine: `spacy:MODEL`, `stanza:en`, `udpipe:…`, or a folder of weights | ours |
| `DRAGOMAN_REGISTRY` | a folder of the user's own actors, read beside the shipped ones | `registry` in the user's data folder |
| `DRAGOMAN_LEXICON` | a TOML file (or a folder of them) with the user's own frames and event types, read beside the shipped ones | none |
| `DRAGOMAN_DEBUG` | anything: faults of the program are shown with their traceback | none |
| `SOURCE_DATE_EPOCH` | seconds since 1970: the time that editions bear, for byte-equal output | now |
| `DRAGOMAN_SMTP_HOST`, `_PORT`, `_USER`, `_PASSWORD`, `_FROM` | the server that mail editions go out by, and the sender | none, 587, … |
| `DRAGOMAN_SMTP_TLS` | `starttls`, `tls` (then port 465), or `none` for a server on this machine | `starttls` |
| `DRAGOMAN_REWRITE_KEY` | the key of the language model's server (`dragoman brief --rewrite`) | none |
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import lru_cache
from pathlib import Path

from platformdirs import user_cache_path, user_data_path

from .errors import UsageError


@dataclass(frozen=True)
class Smtp:
    """How mail editions are sent. `tls` is `starttls`, `tls` or `none`."""

    host: str | None = None
    port: int = 587
    user: str | None = None
    password: str | None = field(default=None, repr=False)
    sender: str | None = None
    tls: str = "starttls"


@dataclass(frozen=True)
class Settings:
    """Every setting, typed; see the table above."""

    ledger: Path
    workers: int
    engine: str | None
    registry: Path | None
    lexicon: Path | None
    cache: Path
    now: datetime
    smtp: Smtp
    rewrite_key: str | None = field(default=None, repr=False)


def settings_of(environment: Mapping[str, str]) -> Settings:
    """The settings that an environment asks for.

    Raises:
        UsageError: a value is not what its variable expects.
    """
    epoch = environment.get("SOURCE_DATE_EPOCH")
    return Settings(
        ledger=Path(environment.get("DRAGOMAN_LEDGER") or user_data_path("dragoman", appauthor=False) / "ledger.db"),
        workers=_number(environment, "DRAGOMAN_WORKERS", cores()),
        engine=environment.get("DRAGOMAN_ENGINE") or None,
        registry=_folder(environment, "DRAGOMAN_REGISTRY"),
        lexicon=_lexicon("DRAGOMAN_LEXICON", Path(own)) if (own := environment.get("DRAGOMAN_LEXICON")) else None,
        cache=user_cache_path("dragoman", appauthor=False),
        now=datetime.fromtimestamp(_number(environment, "SOURCE_DATE_EPOCH", 0), tz=UTC)
        if epoch
        else datetime.now(UTC),
        smtp=_smtp(environment),
        rewrite_key=environment.get("DRAGOMAN_REWRITE_KEY") or None,
    )


@lru_cache(maxsize=1)
def settings() -> Settings:
    """The settings of this process."""
    return settings_of(os.environ)


def debugging() -> bool:
    """Whether faults of the program are shown in full; never raises, so that it can be asked while another error is told."""
    return bool(os.environ.get("DRAGOMAN_DEBUG"))


def cores() -> int:
    """How many cores this process may use."""
    try:
        return len(os.sched_getaffinity(0))
    except AttributeError:
        return os.cpu_count() or 1


def _smtp(environment: Mapping[str, str]) -> Smtp:
    tls = environment.get("DRAGOMAN_SMTP_TLS", "starttls").lower()
    if tls not in ("starttls", "tls", "none"):
        raise UsageError(f"DRAGOMAN_SMTP_TLS: expected starttls, tls or none, got {tls!r}")
    return Smtp(
        host=environment.get("DRAGOMAN_SMTP_HOST"),
        port=_number(environment, "DRAGOMAN_SMTP_PORT", 465 if tls == "tls" else 587),
        user=environment.get("DRAGOMAN_SMTP_USER"),
        password=environment.get("DRAGOMAN_SMTP_PASSWORD"),
        sender=environment.get("DRAGOMAN_SMTP_FROM"),
        tls=tls,
    )


def _number(environment: Mapping[str, str], name: str, default: int) -> int:
    value = environment.get(name)
    if not value:
        return default
    try:
        number = int(value)
    except ValueError as error:
        raise UsageError(f"{name}: expected a whole number, got {value!r}") from error
    if number < 0:
        raise UsageError(f"{name}: expected a number of 0 or more, got {number}")
    return number


def use_lexicon(path: Path) -> None:
    """Takes the user's own frames and types from here, in this process and in those that it starts.

    Raises:
        UsageError: there is no such file or folder.
    """
    os.environ["DRAGOMAN_LEXICON"] = str(_lexicon("--lexicon", path).absolute())
    settings.cache_clear()


def _lexicon(name: str, path: Path) -> Path:
    if not path.is_dir() and not (path.is_file() and path.suffix == ".toml"):
        raise UsageError(f"{name}: expected a .toml file or a folder of them, but there is none at {str(path)!r}")
    return path


def _folder(environment: Mapping[str, str], name: str) -> Path | None:
    value = environment.get(name)
    if not value:
        return None
    path = Path(value)
    if not path.is_dir():
        raise UsageError(f"{name}: expected a folder, but there is none at {value!r}")
    return path
