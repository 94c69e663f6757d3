"""The program's entry: registers the commands, turns errors into messages and exit statuses."""

from __future__ import annotations

import errno
import logging
import os
import sys
import traceback
from collections.abc import Sequence
from io import TextIOWrapper
from pathlib import Path
from typing import TextIO

import typer

from .. import __version__
from ..errors import DragomanError, fault
from ..settings import debugging
from . import (
    actors,
    briefs,
    clusters,
    codebook,
    coding,
    doctor,
    issues,
    judging,
    ledger_files,
    ledgers,
    parsing,
    reading,
    searching,
)
from .output import say

ClickException: type[Exception] = typer.BadParameter.__mro__[2]
"""The base of usage errors, in click itself or in the copy of it that newer releases of typer carry."""

FAULT, WRONG_USAGE, INTERRUPTED = 1, 2, 130

HINTS = {
    errno.ENOSPC: "; make room and run the same command again, nothing is lost",
    errno.EACCES: "; choose a place that you may read and write",
    errno.EPERM: "; choose a place that you may read and write",
    errno.EROFS: "; choose a place that you may read and write",
}
"""What to do about errors of the system, by their number."""

log = logging.getLogger(__name__)

app = typer.Typer(
    name="dragoman",
    help="Read reports; tell who did what to whom, according to whom, and how any two parties stand.",
    epilog="Examples:  dragoman brief Iran examples/iran   ·   dragoman code report.html   ·   dragoman tie Hamas Iran",
    no_args_is_help=True,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"]},
    pretty_exceptions_enable=False,
)


def _version(asked: bool) -> None:
    if asked:
        typer.echo(f"dragoman {__version__}")
        raise typer.Exit


@app.callback()
def _root(
    version: bool = typer.Option(False, "--version", callback=_version, is_eager=True, help="Print the version."),
) -> None:
    """Options of the program itself."""


for group in (briefs, reading, issues, coding, ledgers, searching, judging, parsing, doctor, codebook):
    group.register(app)
app.add_typer(actors.app, name="actors")
app.add_typer(codebook.lexicon, name="lexicon")
clusters.register(ledger_files.app)
app.add_typer(ledger_files.app, name="ledger")


def main(arguments: Sequence[str] | None = None) -> None:
    """Run a command line and exit with its status."""
    _ready_streams()
    status = _status(arguments)
    _let_go(sys.stdout)
    sys.exit(status)


def _ready_streams() -> None:
    """Standard streams in UTF-8 whatever the locale says, and there even where the caller closed them."""
    sys.stdin = sys.stdin or Path(os.devnull).open(encoding="utf-8")  # noqa: SIM115
    sys.stdout = sys.stdout or Path(os.devnull).open("w", encoding="utf-8")  # noqa: SIM115
    sys.stderr = sys.stderr or Path(os.devnull).open("w", encoding="utf-8")  # noqa: SIM115
    for stream, strict in (
        (sys.stdin, "surrogateescape"),
        (sys.stdout, "backslashreplace"),
        (sys.stderr, "backslashreplace"),
    ):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors=strict)
    logging.basicConfig(level=logging.WARNING if debugging() else logging.CRITICAL + 1)


def _status(arguments: Sequence[str] | None) -> int:
    try:
        done = app(args=list(arguments) if arguments is not None else None, standalone_mode=False)
        sys.stdout.flush()
    except typer.Exit as exit_:
        return exit_.exit_code
    except ClickException as error:
        return _wrong_usage(error)
    except (typer.Abort, KeyboardInterrupt):
        done = INTERRUPTED
    except BrokenPipeError:  # The reader of our output has gone (`… | head`); that is no error of ours.
        return 0
    except SystemExit as exit_:  # what typer makes of a reader that has gone
        return 0 if isinstance(exit_.__context__, BrokenPipeError) else WRONG_USAGE
    except DragomanError as error:
        return _told(str(error), error)
    except OSError as error:
        return _told(_of_system(error), error)
    except Exception as error:
        _told(fault(error), error)
        log.debug("fault", exc_info=True)
        return FAULT
    if done == INTERRUPTED:
        say("stopped; what was finished before is kept")
    return done if isinstance(done, int) else 0


def _told(message: str, error: Exception) -> int:
    say(f"error: {message}")
    if debugging():
        traceback.print_exception(error)
    return WRONG_USAGE


def _of_system(error: OSError) -> str:
    """An error of the system in words: what it was about, and what it said."""
    about = f"{error.filename}: " if error.filename else ""
    return f"{about}{error.strerror or error}{HINTS.get(error.errno or 0, '')}"


def _wrong_usage(error: Exception) -> int:
    """The message of the command line's parser in one line; the help itself where nothing was asked for."""
    context = getattr(error, "ctx", None)
    if context is None or type(error).__name__ == "NoArgsIsHelpError":
        error.show(sys.stderr)  # type: ignore[attr-defined]
    else:
        said = error.format_message().rstrip(".")  # type: ignore[attr-defined]
        say(f"error: {' '.join(said.split())}; see `{context.command_path} --help`")
    return WRONG_USAGE


def _let_go(stream: TextIO) -> None:
    """Nothing of a stream that cannot be written is tried again when Python ends."""
    try:
        stream.flush()
    except (OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
