"""Sends the mail and the book edition: one message per recipient, over TLS, secrets from the environment or keyring only.

Besides `read/fetch.py` and `publish/rewriter.py` the only module that opens a network connection.
"""

from __future__ import annotations

import hashlib
import re
import smtplib
import ssl
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from email.message import EmailMessage
from email.utils import format_datetime
from pathlib import Path
from typing import Any

from dragoman.brief.model import Brief
from dragoman.brief.slug import slug
from dragoman.errors import DragomanError, UsageError
from dragoman.publish.clock import stamp
from dragoman.publish.draw import Gallery
from dragoman.publish.kindle import refusals
from dragoman.publish.mail import RULES, header, message
from dragoman.settings import Smtp

ADDRESS = re.compile(
    r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?(?:\.[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?)+"
)
UNSUBSCRIBE = re.compile(r"(?:mailto:|https://)[^\s<>\"\\]+")
KINDLE = ("kindle.com", "free.kindle.com", "kindle.cn", "pbsync.com")
NOBODY = "dragoman@localhost.invalid"
"""The sender of a dry run where none is set."""
SECONDS = 30.0
LIST_BYTES = 4 * 1024 * 1024


class MailError(DragomanError):
    """A message could not be sent."""


@dataclass(frozen=True, slots=True)
class Server:
    """An SMTP server. `security` is `starttls` or `tls`; `none` only for a server on this machine (tests)."""

    host: str
    port: int = 587
    security: str = "starttls"
    user: str | None = None
    password: str | None = field(default=None, repr=False)
    sender: str = ""

    @classmethod
    def of(cls, smtp: Smtp) -> Server:
        """The server that the settings name; a password that they lack is looked for in the user's keyring.

        Raises:
            UsageError: host or sender are not set, or the sender is no address.
        """
        if not smtp.host or not smtp.sender:
            raise UsageError(
                "no mail server is set: give DRAGOMAN_SMTP_HOST and DRAGOMAN_SMTP_FROM in the environment (and _USER, _PASSWORD), "
                "or use --eml DIR to write the messages into a folder"
            )
        password = smtp.password or (_from_keyring(smtp.host, smtp.user) if smtp.user else None)
        return cls(smtp.host, smtp.port, smtp.tls, smtp.user, password, checked_sender(smtp.sender))


def checked_sender(sender: str) -> str:
    """A bare sender's address. Raises `UsageError` where it is none."""
    if not ADDRESS.fullmatch(sender.strip()):
        raise UsageError(f"DRAGOMAN_SMTP_FROM: expected an address such as desk@example.org, got {sender!r}")
    return sender.strip()


def _from_keyring(host: str, user: str) -> str | None:
    """The password that the keyring holds for service `dragoman HOST` and this user; None without keyring or entry."""
    try:
        import keyring
        import keyring.errors
    except ImportError:
        return None
    try:
        held: str | None = keyring.get_password(f"dragoman {host}", user)
    except keyring.errors.KeyringError:
        return None
    return held


@dataclass(frozen=True, slots=True)
class Letter:
    """A message and the one address it goes to."""

    to: str
    mail: EmailMessage


@dataclass(frozen=True, slots=True)
class Sent:
    """What became of one recipient: `error` is None where the server took the message."""

    to: str
    error: str | None = None


def recipients(given: Iterable[str]) -> tuple[str, ...]:
    """Addresses from addresses and list files (one address a line, `#` begins a comment); each once. Raises `UsageError`."""
    found: list[str] = []
    for item in given:
        for line in [item] if "@" in item else _lines_of(Path(item)):
            address = line.split("#")[0].strip() if "@" not in item else line.strip()
            if address and not ADDRESS.fullmatch(address):
                raise UsageError(
                    f"{address!r} is no mail address; expected name@example.org or a file with one address a line"
                )
            found += [address] if address else []
    return tuple(dict.fromkeys(found))


def _lines_of(path: Path) -> list[str]:
    if not path.is_file():
        raise UsageError(
            f"{str(path)!r} is neither a mail address nor a list file; expected name@example.org or a file"
        )
    if path.stat().st_size > LIST_BYTES:
        raise UsageError(f"{path}: a list file may have {LIST_BYTES:,} bytes at most")
    try:
        return path.read_text(encoding="utf-8-sig").splitlines()
    except UnicodeDecodeError as error:
        raise UsageError(f"{path}: expected a list of addresses in UTF-8, got other bytes at {error.start}") from error


def letters(
    brief: Brief,
    to: Sequence[str],
    sender: str,
    *,
    site: str = "Dragoman",
    gallery: Gallery | None = None,
    unsubscribe: str | None = None,
) -> list[Letter]:
    """The mail edition for each of `to`, a message each, so that no reader sees another's address.

    `unsubscribe` is an address (mailto: or https:) for List-Unsubscribe; a mail to the sender where none is given.
    """
    shared = gallery or Gallery()
    _check(to)
    leave = unsubscribe_of(unsubscribe, sender)
    return [Letter(who, message(brief, shared, site, sender=sender, to=who, unsubscribe=leave)) for who in to]


def unsubscribe_of(given: str | None, sender: str) -> str:
    """The address for List-Unsubscribe. Raises `UsageError` for one that is neither mailto: nor https:."""
    leave = f"mailto:{given}" if given and ADDRESS.fullmatch(given) else given
    leave = leave or f"mailto:{sender}?subject=unsubscribe"
    if not UNSUBSCRIBE.fullmatch(leave):
        raise UsageError(f"--unsubscribe: expected a mail address, mailto:… or https://…, got {given!r}")
    return leave


def parcels(
    title: str, notices: Sequence[str], book: Path, to: Sequence[str], sender: str, *, allow: Sequence[str] = KINDLE
) -> list[Letter]:
    """The EPUB for e-readers. Only addresses of the domains in `allow` are taken, as a guard against a slip of the pen.

    Raises:
        UsageError: an address of another domain, or a book that e-readers would refuse.
    """
    _check(to)
    odd = [who for who in to if who.rpartition("@")[2].lower() not in allow]
    if odd:
        raise UsageError(f"{', '.join(odd)} is no e-reader's address; expected one at {', '.join(allow)}")
    content = book.read_bytes()
    faults = refusals(content)
    if faults:
        raise UsageError(f"{book.name} would be refused by e-readers: {'; '.join(faults[:3])}")
    return [Letter(who, _parcel(title, notices, (book.name, content), who, sender)) for who in to]


def _parcel(title: str, notices: Sequence[str], book: tuple[str, bytes], who: str, sender: str) -> EmailMessage:
    mail = EmailMessage(RULES)
    digest = hashlib.sha256(book[1]).hexdigest()
    mail["Subject"], mail["From"], mail["To"] = header(title), header(sender), who
    mail["Date"] = format_datetime(stamp())
    mail["Message-ID"] = f"<{digest[:16]}.{hashlib.sha256(who.encode()).hexdigest()[:8]}@dragoman.invalid>"
    mail.set_content(f"{header(title)}\n{' '.join(notices)}\n")
    mail.add_attachment(book[1], maintype="application", subtype="epub+zip", filename=book[0])
    mail.set_boundary(f"=_dragoman_{digest[:16]}")
    return mail


def _check(to: Sequence[str]) -> None:
    odd = [who for who in to if not ADDRESS.fullmatch(who)]
    if odd or not to:
        raise UsageError(f"no message can go to {odd or 'nobody'}; expected addresses such as name@example.org")


def write(posted: Sequence[Letter], folder: Path) -> list[Path]:
    """A dry run: each message as `.eml` in `folder`, named by what it is and whom it is for."""
    folder.mkdir(parents=True, exist_ok=True)
    found = []
    for letter in posted:
        name = slug(f"{letter.to} {letter.mail['Subject']}", 80)
        number = next(i for i in range(1, len(posted) + 2) if folder / _file(name, i) not in found)
        found.append(folder / _file(name, number))
        found[-1].write_bytes(letter.mail.as_bytes())
    return found


def _file(name: str, number: int) -> str:
    return f"{name}.eml" if number == 1 else f"{name}-{number}.eml"


def deliver(posted: Sequence[Letter], server: Server) -> list[Sent]:
    """Hands the messages to the server, one after the other; a refusal of one does not stop the rest.

    Raises:
        MailError: the server cannot be reached, offers no TLS that can be trusted, or refuses the password.
    """
    try:
        with _connected(server) as line:
            return [_one(line, server, letter) for letter in posted]
    except (OSError, smtplib.SMTPException) as error:
        raise MailError(
            f"the mail server {server.host}:{server.port} did not take the connection: {error}; check host, port, security and password"
        ) from error


def _one(line: smtplib.SMTP, server: Server, letter: Letter) -> Sent:
    try:
        line.send_message(letter.mail, from_addr=server.sender, to_addrs=[letter.to])
    except smtplib.SMTPRecipientsRefused as error:
        return Sent(letter.to, f"refused: {_answer(*error.recipients.get(letter.to, (0, b'')))}")
    except smtplib.SMTPResponseException as error:
        return Sent(letter.to, _answer(error.smtp_code, error.smtp_error))
    return Sent(letter.to)


def _answer(code: int, said: Any) -> str:
    words = said.decode("utf-8", "replace") if isinstance(said, bytes) else str(said)
    return f"{code} {header(words)}"[:300]


def _connected(server: Server) -> smtplib.SMTP:
    context = ssl.create_default_context()
    if server.security == "tls":
        line: smtplib.SMTP = smtplib.SMTP_SSL(server.host, server.port, timeout=SECONDS, context=context)
    elif server.security == "starttls":
        line = smtplib.SMTP(server.host, server.port, timeout=SECONDS)
        line.starttls(context=context)
    elif server.security == "none" and server.host in ("localhost", "127.0.0.1", "::1") and not server.password:
        line = smtplib.SMTP(server.host, server.port, timeout=SECONDS)
    else:
        raise UsageError(
            f"mail goes over TLS: security must be starttls or tls, not {server.security!r} (none only for localhost, without password)"
        )
    if server.user and server.password:
        try:
            line.login(server.user, server.password)
        except (OSError, smtplib.SMTPException):
            line.close()
            raise
    return line
