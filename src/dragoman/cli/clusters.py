"""`dragoman read --ray` and `dragoman ledger load`: coding on many machines, and taking in what they wrote."""

from __future__ import annotations

from collections import Counter
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ..errors import UsageError
from .options import SOME_FAILED, AsJson, LedgerFile, ledger_path
from .output import emit, errors, say
from .watch import Watch, kinds

if TYPE_CHECKING:
    from ..cluster import Manifest
    from ..run import Job

LOADED = 500
"""Inputs written in one transaction."""

Ray = Annotated[
    str | None,
    typer.Option(
        "--ray",
        metavar="ADDRESS",
        help="Code on a Ray cluster ('auto', 'local', ray://host:port) and write Parquet parts; needs --parts.",
    ),
]
Parts = Annotated[
    str | None,
    typer.Option(
        "--parts",
        metavar="FOLDER",
        help="Where --ray writes: a folder, or an fsspec address that every machine can write to.",
    ),
]


def register(ledgers: typer.Typer) -> None:
    """Add `load` to the commands of the ledger."""
    ledgers.command("load", epilog="Example:  dragoman ledger load parts/ --ledger my.db")(load)


def read_on_cluster(reports: list[str], address: str, folder: str | None, job: Job, progress: bool | None) -> Manifest:
    """Code on a cluster; the manifest of what was written.

    Raises:
        UsageError: no folder was given.
    """
    if folder is None:
        raise UsageError(
            "--ray: expected --parts FOLDER as well, where the parts are written; `dragoman ledger load FOLDER` takes them in"
        )
    from ..cluster.coding import code_on_cluster, finish

    shown = errors.is_terminal if progress is None else progress
    with Watch(0, shown=shown) as watch:
        for part in code_on_cluster(reports, address, folder, job):
            watch.coded(int(part["reports"]), Counter(str(part["failures"]).split()), 0)  # type: ignore[call-overload]
    return finish(folder)


def tell(manifest: Manifest, folder: str, *, json_: bool) -> int:
    """Say what parts hold; the exit status."""
    if json_:
        counts = {"parts": len(manifest.parts), "inputs": manifest.inputs, "reports": manifest.reports}
        emit({**counts, "claims": manifest.claims, "kinds": manifest.failures})
    else:
        failed = f"; failed: {kinds(Counter(manifest.failures))}" if manifest.failures else ""
        say(f"{manifest.reports:,} reports, {manifest.claims:,} claims in {len(manifest.parts):,} parts{failed}")
        say(f"take them in with: dragoman ledger load {folder}")
    return SOME_FAILED if manifest.failures else 0


def load(
    folder: Annotated[
        str,
        typer.Argument(metavar="FOLDER", help="Parts that `dragoman read --ray` wrote, local or by fsspec address."),
    ],
    ledger: LedgerFile = None,
    json_: AsJson = False,
) -> int:
    """Take coded reports from Parquet parts into the ledger. Loading again adds nothing twice; what broke off goes on."""
    from ..cluster import read_manifest, read_parts
    from ..ledger import Inputs, Ledger
    from .reading import Tally

    path: Path = ledger_path(ledger)
    manifest = read_manifest(folder)
    tally = Tally(failed=Counter(manifest.failures))
    with Ledger.open(path) as opened:
        inputs = Inputs(opened)
        stream = read_parts(folder)
        while held := list(islice(stream, LOADED)):
            known = inputs.known(intake.key for intake in held if intake.key is not None)
            tally.same += sum(known.values())
            tally.add(inputs.take([intake for intake in held if intake.key not in known]))
    if json_:
        emit(tally.json())
    else:
        say(tally.line())
    return SOME_FAILED if tally.failures else 0
