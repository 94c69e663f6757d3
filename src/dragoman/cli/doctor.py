"""`dragoman doctor`: what is installed, what is missing, and what to do about it."""

from __future__ import annotations

import importlib.metadata
import platform
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass

import typer

from .. import __version__
from ..errors import DragomanError
from ..settings import settings
from .options import AsJson
from .output import emit

EXTRAS = {
    "typst": ("PDF editions", "brief"),
    "vl-convert-python": ("charts", "brief"),
    "spacy": ("spaCy pipelines as engine", "spacy"),
    "ray": ("coding over a cluster", "ray"),
}
"""Distributions that are not in the default install: what they are for, and the extra that brings them."""


@dataclass(frozen=True)
class Check:
    """One thing looked at. `ok` is None where it is optional and absent."""

    what: str
    ok: bool | None
    detail: str


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("doctor")(doctor)


def doctor(json_: AsJson = False) -> int:
    """Check the installation: engine, who's who, codebook, ledger, optional parts."""
    found = list(checks())
    for check in found:
        if json_:
            emit(asdict(check))
        else:
            mark = {True: "ok  ", False: "FAIL", None: "-   "}[check.ok]
            typer.echo(f"{mark}  {check.what}: {check.detail}")
    return 1 if any(check.ok is False for check in found) else 0


def checks() -> Iterator[Check]:
    """Each check, in the order a user would want to mend them."""
    yield Check("dragoman", True, f"{__version__} on Python {platform.python_version()}, {sys.platform}")
    yield _tried("engine", _engine)
    yield _tried("who's who", _registry)
    yield _tried("codebook and lexicon", _lexicon)
    yield _tried("ledger", _ledger)
    for name, (purpose, extra) in EXTRAS.items():
        version = _version(name)
        detail = (
            f"{name} {version}" if version else f"{name} is not installed; `pip install 'dragoman[{extra}]'` brings it"
        )
        yield Check(purpose, True if version else None, detail)


def _tried(what: str, look: Callable[[], str]) -> Check:
    try:
        return Check(what, True, look())
    except (DragomanError, OSError, ImportError) as error:
        return Check(what, False, f"{type(error).__name__}: {error}")


def _engine() -> str:
    from ..parse import load

    began = time.perf_counter()
    parsed = load().parse("The minister left Geneva on Monday.")
    return f"{parsed.engine}, first sentence after {time.perf_counter() - began:.1f} s"


def _registry() -> str:
    from ..registry import Registry

    registry = Registry.load()
    return f"{len(registry.actors):,} actors"


def _lexicon() -> str:
    from ..coding.frames import lexicon

    return f"{lexicon(settings().lexicon).size:,} frames"


def _ledger() -> str:
    from ..ledger import Ledger

    path = settings().ledger
    if not path.exists():
        return f"none yet; it will be made at {path}"
    with Ledger.open(path, readonly=True) as ledger:
        coverage = ledger.coverage()
    return f"{path}: {coverage.reports:,} reports"


def _version(distribution: str) -> str | None:
    try:
        return importlib.metadata.version(distribution)
    except importlib.metadata.PackageNotFoundError:
        return None
