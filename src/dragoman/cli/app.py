"""The program's entry: registers the commands, turns errors into messages and exit statuses."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence

import typer

from .. import __version__
from ..errors import DragomanError
from . import actors, briefs, codebook, coding, doctor, ledgers, parsing
from .output import say

ClickException: type[Exception] = typer.BadParameter.__mro__[2]
"""The base of usage errors, in click itself or in the copy of it that newer releases of typer carry."""

WRONG_USAGE, SOME_FAILED, INTERRUPTED = 2, 3, 130

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


for group in (briefs, coding, ledgers, parsing, doctor, codebook):
    group.register(app)
app.add_typer(actors.app, name="actors")
app.add_typer(codebook.lexicon, name="lexicon")


def main(arguments: Sequence[str] | None = None) -> None:
    """Run a command line and exit with its status."""
    sys.exit(_status(arguments))


def _status(arguments: Sequence[str] | None) -> int:
    try:
        done = app(args=list(arguments) if arguments is not None else None, standalone_mode=False)
        sys.stdout.flush()
    except DragomanError as error:
        say(f"error: {error}")
        return WRONG_USAGE
    except typer.Exit as exit_:
        return exit_.exit_code
    except ClickException as error:
        error.show(sys.stderr)  # type: ignore[attr-defined]
        return WRONG_USAGE
    except (typer.Abort, KeyboardInterrupt):
        return _interrupted()
    except BrokenPipeError:
        # The reader of our output has gone (`… | head`); that is no error of ours.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    return done if isinstance(done, int) else 0


def _interrupted() -> int:
    say("stopped; what was finished before is kept")
    return INTERRUPTED
