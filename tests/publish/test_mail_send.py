"""Sending: a message per recipient, addresses checked, no sending without TLS, a refusal that says so."""

from __future__ import annotations

import email
import socket
from collections.abc import Iterator
from email import policy
from pathlib import Path
from typing import Any

import pytest

from dragoman.brief import Brief
from dragoman.errors import UsageError
from dragoman.publish.mail_send import MailError, Server, recipients, send_book, send_brief

controller = pytest.importorskip("aiosmtpd.controller", reason="aiosmtpd is not installed")


class Inbox:
    """Keeps what it gets; refuses `full@example.org`."""

    def __init__(self) -> None:
        self.got: list[tuple[list[str], bytes]] = []

    async def handle_RCPT(self, server: Any, session: Any, envelope: Any, address: str, options: Any) -> str:
        if address == "full@example.org":
            return "552 mailbox full"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:
        self.got.append((envelope.rcpt_tos, envelope.content))
        return "250 OK"


@pytest.fixture
def inbox() -> Iterator[tuple[Inbox, Server]]:
    held = Inbox()
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    running = controller.Controller(held, hostname="127.0.0.1", port=port)
    running.start()
    yield held, Server("127.0.0.1", port, "none", sender="desk@example.org")
    running.stop()


def test_each_reader_gets_a_message_of_their_own(brief: Brief, inbox: tuple[Inbox, Server]) -> None:
    held, server = inbox
    sent = send_brief(brief, ["a@example.org", "b@example.org"], server, unsubscribe="mailto:stop@example.org")
    assert [s.error for s in sent] == [None, None]
    assert [to for to, _ in held.got] == [["a@example.org"], ["b@example.org"]]
    first = email.message_from_bytes(held.got[0][1], policy=policy.default)
    assert (
        first["To"] == "a@example.org"
        and "b@example.org" not in str(first)
        and first["List-Unsubscribe"] == "<mailto:stop@example.org>"
    )
    assert brief.title in first["Subject"]


def test_one_refusal_does_not_stop_the_rest(brief: Brief, inbox: tuple[Inbox, Server]) -> None:
    held, server = inbox
    sent = send_brief(brief, ["full@example.org", "b@example.org"], server)
    assert sent[0].error and "552" in sent[0].error and sent[1].error is None and len(held.got) == 1


def test_book_goes_to_e_readers_only(brief: Brief, editions: dict[str, Path], inbox: tuple[Inbox, Server]) -> None:
    held, server = inbox
    with pytest.raises(UsageError, match="kindle"):
        send_book(brief, editions["epub"], ["me@example.org"], server)
    assert send_book(brief, editions["epub"], ["me@kindle.com"], server)[0].error is None
    mail = email.message_from_bytes(held.got[0][1], policy=policy.default)
    attached = next(mail.iter_attachments())
    assert (
        attached.get_content_type() == "application/epub+zip"
        and attached.get_content() == editions["epub"].read_bytes()
    )


@pytest.mark.parametrize(
    "bad", ["me", "a@b", "a@example.org\r\nBcc: x@example.org", "a b@example.org", "<a@example.org>"]
)
def test_odd_addresses_are_refused(bad: str, brief: Brief) -> None:
    with pytest.raises(UsageError):
        send_brief(brief, [bad], Server("127.0.0.1", 1, "none", sender="desk@example.org"))


def test_list_files_give_addresses(tmp_path: Path) -> None:
    (tmp_path / "readers.txt").write_text("# desk\na@example.org\n\nb@example.org  # twice\na@example.org\n")
    assert recipients([str(tmp_path / "readers.txt"), "c@example.org"]) == (
        "a@example.org",
        "b@example.org",
        "c@example.org",
    )


def test_no_mail_without_tls(brief: Brief) -> None:
    for server in (
        Server("mail.example.org", 25, "none", sender="d@example.org"),
        Server("localhost", 25, "none", "me", "pw", "d@example.org"),
    ):
        with pytest.raises(UsageError, match="TLS"):
            send_brief(brief, ["a@example.org"], server)


def test_unreachable_server_is_a_clear_error(brief: Brief) -> None:
    with pytest.raises(MailError, match=r"127\.0\.0\.1:9"):
        send_brief(brief, ["a@example.org"], Server("127.0.0.1", 9, "none", sender="d@example.org"))


def test_password_comes_from_the_environment_and_is_not_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(UsageError, match="DRAGOMAN_SMTP_HOST"):
        Server.from_environment()
    for key, value in {
        "HOST": "mail.example.org",
        "SENDER": "d@example.org",
        "PASSWORD": "secret-word",
        "SECURITY": "tls",
    }.items():
        monkeypatch.setenv(f"DRAGOMAN_SMTP_{key}", value)
    server = Server.from_environment()
    assert server.port == 465 and server.password == "secret-word" and "secret-word" not in repr(server)
