"""The direction of imports, and the sizes we hold: files, functions, parameters."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

SOURCE = Path(__file__).parent.parent / "src" / "dragoman"
FILES = sorted(p for p in SOURCE.rglob("*.py"))

MAY_IMPORT: dict[str, set[str]] = {
    "model": set(),
    "errors": set(),
    "settings": {"errors"},
    "record": {"model"},
    "read": {"model", "errors"},
    "parse": {"model", "errors", "settings"},
    "registry": {"model", "errors", "settings"},
    "find": {"model", "errors", "registry", "settings"},
    "codebook": {"errors", "settings"},
    "coding": {"model", "errors", "codebook", "settings"},
    "ledger": {"model", "errors", "record", "registry", "settings", "codebook"},
    "brief": {"model", "errors", "ledger", "codebook", "registry"},
    "publish": {"model", "errors", "ledger", "brief", "settings"},
    "exchange": {"model", "errors", "ledger", "record", "codebook"},
    "cluster": {"model", "errors", "read", "run", "record"},
    "run": {"model", "errors", "read", "parse", "find", "coding", "registry", "settings"},
}
"""Which parts of the package each part may import; `cli` may import all, nothing imports `cli`."""

LONGEST_FILE = 400
LONGEST_FUNCTION = 60
MOST_PARAMETERS = 7
EXEMPT_PARAMETERS = {"cli"}
"""Commands take an option per parameter: that is how typer declares them."""


def _part(path: Path) -> str:
    relative = path.relative_to(SOURCE)
    return relative.parts[0] if len(relative.parts) > 1 else relative.stem


def _imports(path: Path) -> set[str]:
    """The parts of the package that a file imports."""
    found: set[str] = set()
    package = ["dragoman", *path.relative_to(SOURCE).parts[:-1]]
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            base = package[: len(package) - node.level + 1] if node.level else []
            stem = ".".join([*base, *([node.module] if node.module else [])])
            names = [f"{stem}.{alias.name}" for alias in node.names]
        else:
            continue
        found |= {name.split(".")[1] for name in names if name.startswith("dragoman.") and name.count(".")}
    return found & {_part(p) for p in FILES}


@pytest.mark.parametrize("path", FILES, ids=lambda p: str(p.relative_to(SOURCE)))
def test_parts_import_only_what_stands_below_them(path: Path) -> None:
    part = _part(path)
    if part in ("cli", "__init__", "__main__"):
        return
    strays = _imports(path) - MAY_IMPORT[part] - {part, "__init__"}
    assert not strays, f"{part} may not import {sorted(strays)}"


@pytest.mark.parametrize("path", FILES, ids=lambda p: str(p.relative_to(SOURCE)))
def test_files_and_functions_fit_a_reader(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert text.count("\n") <= LONGEST_FILE, "split it by noun"
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            length = (node.end_lineno or node.lineno) - node.lineno + 1
            assert length <= LONGEST_FUNCTION, f"{node.name} has {length} lines"
            count = (
                len(node.args.args)
                + len(node.args.posonlyargs)
                - (bool(node.args.args) and node.args.args[0].arg in ("self", "cls"))
            )
            if _part(path) not in EXEMPT_PARAMETERS:
                assert count + len(node.args.kwonlyargs) <= MOST_PARAMETERS + 3, f"{node.name} takes {count} parameters"
                assert count <= MOST_PARAMETERS, f"{node.name} takes {count} positional parameters"


def test_only_fetch_and_mail_open_connections() -> None:
    allowed = {"read/fetch.py", "publish/mail_send.py", "publish/rewriter.py"}
    for path in FILES:
        words = path.read_text(encoding="utf-8")
        uses = any(
            f"import {name}" in words or f"from {name}" in words
            for name in ("httpx", "requests", "urllib.request", "smtplib", "socket")
        )
        if uses:
            assert str(path.relative_to(SOURCE)) in allowed


def test_sql_stands_in_the_ledger_alone() -> None:
    for path in FILES:
        if "import sqlite3" in path.read_text(encoding="utf-8"):
            assert _part(path) in ("ledger", "registry", "find"), path
