"""The options by which a brief or an issue goes out by mail, and what they do."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ..errors import UsageError
from ..settings import settings
from .options import SOME_FAILED
from .output import say

if TYPE_CHECKING:
    from ..publish.mail_send import Letter

Mail = Annotated[
    list[str] | None,
    typer.Option(
        "--mail", metavar="ADDR|FILE", help="Mail it to an address, or to each address of a list file; may be repeated."
    ),
]
Kindle = Annotated[
    list[str] | None,
    typer.Option("--kindle", metavar="NAME@kindle.com", help="Mail the EPUB to an e-reader; may be repeated."),
]
Eml = Annotated[
    Path | None,
    typer.Option("--eml", metavar="DIR", help="Dry run: write the messages into a folder, send nothing."),
]
Unsubscribe = Annotated[
    str | None,
    typer.Option(
        "--unsubscribe",
        metavar="ADDR",
        help="Where readers unsubscribe: an address or https://… (default: the sender).",
    ),
]


@dataclass(frozen=True, slots=True)
class Mailing:
    """Who gets a mail and who the book; `eml` is the folder of a dry run."""

    mail: tuple[str, ...] = ()
    kindle: tuple[str, ...] = ()
    eml: Path | None = None
    unsubscribe: str | None = None

    def __bool__(self) -> bool:
        return bool(self.mail or self.kindle)


def mailing(
    mail: Sequence[str] | None,
    kindle: Sequence[str] | None,
    eml: Path | None,
    unsubscribe: str | None,
    *,
    dry: bool = False,
) -> Mailing:
    """The mailing asked for, checked before anything is read for it.

    Raises:
        UsageError: no address, an odd one, or no server is set and this is no dry run.
    """
    from ..publish.mail_send import Server, recipients, unsubscribe_of

    found = Mailing(recipients(mail or ()), recipients(kindle or ()), eml, unsubscribe)
    if (eml or unsubscribe) and not found:
        raise UsageError("--eml and --unsubscribe say how mail goes out: give --mail or --kindle with them")
    if unsubscribe:
        unsubscribe_of(unsubscribe, "nobody")
    if found and eml is None and not dry:
        Server.of(settings().smtp)
    return found


def sender_of(asked: Mailing) -> str:
    """The address that the messages come from; a placeholder in a dry run where none is set."""
    from ..publish.mail_send import NOBODY, Server, checked_sender

    if asked.eml is None:
        return Server.of(settings().smtp).sender
    return checked_sender(sender) if (sender := settings().smtp.sender) else NOBODY


def post(posted: Sequence[Letter], asked: Mailing) -> int:
    """Sends the messages, or writes them in a dry run; the exit status. Each refusal is told."""
    from ..publish import mail_send

    if asked.eml is not None:
        for path in mail_send.write(posted, asked.eml):
            say(f"not sent (--eml): {path}")
        return 0
    sent = mail_send.deliver(posted, mail_send.Server.of(settings().smtp))
    for one in sent:
        say(f"sent to {one.to}" if one.error is None else f"not sent to {one.to}: {one.error}")
    return SOME_FAILED if any(one.error for one in sent) else 0
