"""Sends the mail and the book edition: one message per recipient, over TLS, secrets from the environment only.

Besides `read/fetch.py` the only module that opens a network connection.
"""

from __future__ import annotations

import os
import re
import smtplib
import ssl
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from email.message import EmailMessage
from pathlib import Path

from dragoman.brief.model import Brief
from dragoman.errors import DragomanError, UsageError
from dragoman.publish.draw import Gallery
from dragoman.publish.mail import header, message

ADDRESS = re.compile(
    r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?(?:\.[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?)+"
)
KINDLE = ("kindle.com", "free.kindle.com", "kindle.cn", "pbsync.com")
LARGEST = 50 * 1024 * 1024
SECONDS = 30.0


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
    def from_environment(cls) -> Server:
        """The server that `DRAGOMAN_SMTP_HOST`, `_PORT`, `_SECURITY`, `_USER`, `_PASSWORD` and `_SENDER` name."""
        read = {
            k: os.environ.get(f"DRAGOMAN_SMTP_{k.upper()}", "").strip()
            for k in ("host", "port", "security", "user", "password", "sender")
        }
        if not read["host"] or not read["sender"]:
            raise UsageError(
                "No mail server is set: give DRAGOMAN_SMTP_HOST and DRAGOMAN_SMTP_SENDER in the environment (and _USER, _PASSWORD)."
            )
        if read["port"] and not read["port"].isdecimal():
            raise UsageError(f"DRAGOMAN_SMTP_PORT must be a number, not {read['port']!r}.")
        security = read["security"] or "starttls"
        port = int(read["port"] or (465 if security == "tls" else 587))
        return cls(read["host"], port, security, read["user"] or None, read["password"] or None, read["sender"])


@dataclass(frozen=True, slots=True)
class Sent:
    """What became of one recipient: `error` is None where the server took the message."""

    to: str
    error: str | None = None


def recipients(given: Iterable[str]) -> tuple[str, ...]:
    """Addresses from addresses and list files (one address a line, `#` begins a comment); each once. Raises `UsageError`."""
    found: list[str] = []
    for item in given:
        path = Path(item)
        lines = path.read_text(encoding="utf-8").splitlines() if "@" not in item and path.is_file() else [item]
        for line in lines:
            address = line.split("#")[0].strip()
            if address and not ADDRESS.fullmatch(address):
                raise UsageError(
                    f"{address!r} is no mail address; expected name@example.org or a file with one address a line."
                )
            found += [address] if address else []
    return tuple(dict.fromkeys(found))


def send_brief(
    brief: Brief,
    to: Sequence[str],
    server: Server,
    *,
    site: str = "Dragoman",
    gallery: Gallery | None = None,
    unsubscribe: str | None = None,
) -> list[Sent]:
    """The mail edition to each of `to`, a message each, so that no reader sees another's address."""
    shared = gallery or Gallery()
    _check(to)
    return _each(
        server, to, lambda who: message(brief, shared, site, sender=server.sender, to=who, unsubscribe=unsubscribe)
    )


def send_book(
    brief: Brief, book: Path, to: Sequence[str], server: Server, *, allow: Sequence[str] = KINDLE
) -> list[Sent]:
    """The EPUB to e-readers. Only addresses of the domains in `allow` are taken, as a guard against a slip of the pen."""
    _check(to)
    odd = [who for who in to if who.rpartition("@")[2].lower() not in allow]
    if odd:
        raise UsageError(f"{', '.join(odd)} is no e-reader's address; expected one at {', '.join(allow)}.")
    content = book.read_bytes()
    if len(content) > LARGEST:
        raise UsageError(f"{book.name} has {len(content):,} bytes; e-readers take at most {LARGEST:,} by mail.")

    def made(who: str) -> EmailMessage:
        mail = EmailMessage()
        mail["Subject"], mail["From"], mail["To"] = header(brief.title), header(server.sender), who
        mail.set_content(f"{brief.title}\n{' '.join(brief.notices)}\n")
        mail.add_attachment(content, maintype="application", subtype="epub+zip", filename=book.name)
        return mail

    return _each(server, to, made)


def _check(to: Sequence[str]) -> None:
    odd = [who for who in to if not ADDRESS.fullmatch(who)]
    if odd or not to:
        raise UsageError(f"No message can go to {odd or 'nobody'}; expected addresses such as name@example.org.")


def _each(server: Server, to: Sequence[str], made: Callable[[str], EmailMessage]) -> list[Sent]:
    try:
        with _connected(server) as line:
            return [_one(line, server, who, made(who)) for who in to]
    except (OSError, smtplib.SMTPException) as error:
        raise MailError(
            f"The mail server {server.host}:{server.port} did not take the connection: {error}. Check host, port, security and password."
        ) from error


def _one(line: smtplib.SMTP, server: Server, who: str, mail: EmailMessage) -> Sent:
    try:
        line.send_message(mail, from_addr=server.sender, to_addrs=[who])
    except smtplib.SMTPResponseException as error:
        return Sent(who, f"{error.smtp_code} {error.smtp_error!r}")
    except smtplib.SMTPRecipientsRefused as error:
        return Sent(who, f"refused: {error.recipients.get(who)}")
    return Sent(who)


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
            f"Mail goes over TLS: security must be starttls or tls, not {server.security!r} (none only for localhost, without password)."
        )
    if server.user and server.password:
        line.login(server.user, server.password)
    return line
