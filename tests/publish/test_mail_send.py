"""Sending: a message per recipient, over TLS that is checked, addresses checked, a refusal that says so."""

from __future__ import annotations

import email
import shutil
import socket
import ssl
import subprocess
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, replace
from email import policy
from pathlib import Path
from typing import Any

import pytest

from dragoman.brief import Brief
from dragoman.cli.app import _status
from dragoman.errors import UsageError
from dragoman.publish.kindle import refusals
from dragoman.publish.mail_send import MailError, Server, deliver, letters, parcels, recipients, write
from dragoman.settings import Smtp, settings

controller = pytest.importorskip("aiosmtpd.controller", reason="aiosmtpd is not installed")
smtp = pytest.importorskip("aiosmtpd.smtp", reason="aiosmtpd is not installed")
FROM = "desk@example.org"
USER, PASSWORD = "desk", "a-password"


class Inbox:
    """Keeps what it gets; refuses `full@example.org`."""

    def __init__(self) -> None:
        self.got: list[tuple[list[str], bytes]] = []
        self.tls: list[bool] = []

    async def handle_RCPT(self, server: Any, session: Any, envelope: Any, address: str, options: Any) -> str:
        if address == "full@example.org":
            return "552 mailbox full"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:
        self.got.append((envelope.rcpt_tos, envelope.content))
        self.tls.append(server.transport.get_extra_info("sslcontext") is not None)
        return "250 OK"


def _login(server: Any, session: Any, envelope: Any, mechanism: str, data: Any) -> Any:
    good = (data.login, data.password) == (USER.encode(), PASSWORD.encode())
    return smtp.AuthResult(success=good, handled=False)


@dataclass(frozen=True)
class Place:
    inbox: Inbox
    server: Server


def _free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


@pytest.fixture
def plain() -> Iterator[Place]:
    held = Inbox()
    running = controller.Controller(held, hostname="127.0.0.1", port=_free_port())
    running.start()
    yield Place(held, Server("127.0.0.1", running.port, "none", sender=FROM))
    running.stop()


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """A certificate for `localhost`, signed by itself, made for this run, and its key."""
    if not shutil.which("openssl"):
        pytest.skip("openssl is not installed")
    folder = tmp_path_factory.mktemp("tls")
    made = "req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=localhost -addext subjectAltName=DNS:localhost".split()
    names = ["-keyout", str(folder / "key.pem"), "-out", str(folder / "cert.pem")]
    subprocess.run(["openssl", *made, *names], check=True, capture_output=True)
    return folder / "cert.pem", folder / "key.pem"


@pytest.fixture(params=["starttls", "tls"])
def secure(request: pytest.FixtureRequest, certificate: tuple[Path, Path]) -> Iterator[Place]:
    """A server that takes mail over TLS only, from those who know the password."""
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(*certificate)
    held, login = Inbox(), {"authenticator": _login, "auth_required": True}
    if request.param == "tls":
        options: dict[str, Any] = {"ssl_context": context, "auth_require_tls": False}
    else:
        options = {"tls_context": context, "require_starttls": True}
    running = controller.Controller(held, hostname="localhost", port=_free_port(), **options, **login)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SSL_CERT_FILE", str(certificate[0]))
        running.start()
        patch.undo()
    yield Place(held, Server("localhost", running.port, request.param, USER, PASSWORD, FROM))
    running.stop()


def test_each_reader_gets_a_message_of_their_own(brief: Brief, plain: Place) -> None:
    made = letters(brief, ["a@example.org", "b@example.org"], FROM, unsubscribe="mailto:stop@example.org")
    assert [s.error for s in deliver(made, plain.server)] == [None, None]
    assert [to for to, _ in plain.inbox.got] == [["a@example.org"], ["b@example.org"]]
    first = email.message_from_bytes(plain.inbox.got[0][1], policy=policy.default)
    assert first["To"] == "a@example.org" and "b@example.org" not in str(first)
    assert first["List-Unsubscribe"] == "<mailto:stop@example.org>"
    assert brief.title in first["Subject"]
    text = first.get_body(("plain",))
    assert text is not None and "To get no more of these mails: stop@example.org" in text.get_content()


def test_mail_goes_over_tls_with_the_password(
    brief: Brief, secure: Place, certificate: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate[0]))
    assert deliver(letters(brief, ["a@example.org"], FROM), secure.server)[0].error is None
    assert secure.inbox.tls == [True]


def test_a_certificate_that_nobody_vouches_for_stops_the_mail(brief: Brief, secure: Place) -> None:
    with pytest.raises(MailError, match="certificate"):
        deliver(letters(brief, ["a@example.org"], FROM), secure.server)
    assert secure.inbox.got == []


def test_a_wrong_password_is_told_without_showing_it(
    brief: Brief, secure: Place, certificate: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate[0]))
    with pytest.raises(MailError, match="535") as told:
        deliver(letters(brief, ["a@example.org"], FROM), replace(secure.server, password="wrong-word"))
    assert "wrong-word" not in str(told.value) and secure.inbox.got == []


def test_one_refusal_does_not_stop_the_rest(brief: Brief, plain: Place) -> None:
    sent = deliver(letters(brief, ["full@example.org", "b@example.org"], FROM), plain.server)
    assert sent[0].error and "552" in sent[0].error and sent[1].error is None and len(plain.inbox.got) == 1


def test_book_goes_to_e_readers_only(brief: Brief, editions: dict[str, Path], plain: Place) -> None:
    with pytest.raises(UsageError, match="kindle"):
        parcels(brief.title, brief.notices, editions["epub"], ["me@example.org"], FROM)
    made = parcels(brief.title, brief.notices, editions["epub"], ["me@kindle.com"], FROM)
    assert deliver(made, plain.server)[0].error is None
    mail = email.message_from_bytes(plain.inbox.got[0][1], policy=policy.default)
    attached = next(mail.iter_attachments())
    assert attached.get_content_type() == "application/epub+zip"
    assert attached.get_content() == editions["epub"].read_bytes()


def test_a_book_that_e_readers_refuse_is_not_sent(brief: Brief, editions: dict[str, Path], tmp_path: Path) -> None:
    assert refusals(editions["epub"].read_bytes()) == []
    worse = tmp_path / "worse.epub"
    with zipfile.ZipFile(editions["epub"]) as old, zipfile.ZipFile(worse, "w") as new:
        for name in old.namelist():
            content = old.read(name)
            if name.endswith("front.xhtml"):
                content = content.replace(b"</body>", b'<script>1</script><img src="x.svg" alt=""/></body>')
            new.writestr(
                name, content.replace(b"body {", b":root { --ink: red; } body {") if ".css" in name else content
            )
    said = " ".join(refusals(worse.read_bytes()))
    assert all(w in said for w in ("script", "without words", "no PNG", "CSS variables"))
    with pytest.raises(UsageError, match="refused by e-readers"):
        parcels(brief.title, brief.notices, worse, ["me@kindle.com"], FROM)


@pytest.mark.parametrize(
    "bad", ["me", "a@b", "a@example.org\r\nBcc: x@example.org", "a b@example.org", "<a@example.org>"]
)
def test_odd_addresses_are_refused(bad: str, brief: Brief) -> None:
    with pytest.raises(UsageError):
        letters(brief, [bad], FROM)
    with pytest.raises(UsageError):
        recipients([bad])


def test_list_files_give_addresses(tmp_path: Path) -> None:
    (tmp_path / "readers.txt").write_text("# desk\na@example.org\n\nb@example.org  # twice\na@example.org\n")
    found = recipients([str(tmp_path / "readers.txt"), "c@example.org"])
    assert found == ("a@example.org", "b@example.org", "c@example.org")
    with pytest.raises(UsageError, match="list file"):
        recipients([str(tmp_path / "none.txt")])


def test_no_mail_without_tls(brief: Brief) -> None:
    for server in (
        Server("mail.example.org", 25, "none", sender=FROM),
        Server("localhost", 25, "none", "me", "pw", FROM),
    ):
        with pytest.raises(UsageError, match="TLS"):
            deliver(letters(brief, ["a@example.org"], FROM), server)


def test_unreachable_server_is_a_clear_error(brief: Brief) -> None:
    with pytest.raises(MailError, match=r"127\.0\.0\.1:9"):
        deliver(letters(brief, ["a@example.org"], FROM), Server("127.0.0.1", 9, "none", sender=FROM))


def test_server_comes_from_the_settings_and_hides_its_password() -> None:
    with pytest.raises(UsageError, match="DRAGOMAN_SMTP_HOST"):
        Server.of(Smtp())
    with pytest.raises(UsageError, match="DRAGOMAN_SMTP_FROM"):
        Server.of(Smtp("mail.example.org", sender="the desk"))
    held = Smtp("mail.example.org", 465, "desk", "secret-word", FROM, "tls")
    server = Server.of(held)
    assert server.port == 465 and server.password == "secret-word"
    assert "secret-word" not in repr(server) and "secret-word" not in repr(held)


def test_password_may_stand_in_the_keyring() -> None:
    keyring = pytest.importorskip("keyring", reason="the PyPI package keyring is not installed")
    from keyring.backend import KeyringBackend

    class InMemory(KeyringBackend):
        priority = 1

        def get_password(self, service: str, username: str) -> str | None:
            return {("dragoman mail.example.org", USER): "from-the-ring"}.get((service, username))

        def set_password(self, service: str, username: str, password: str) -> None:
            raise NotImplementedError

    before = keyring.get_keyring()
    keyring.set_keyring(InMemory())
    try:
        assert Server.of(Smtp("mail.example.org", user=USER, sender=FROM)).password == "from-the-ring"
        assert Server.of(Smtp("other.example.org", user=USER, sender=FROM)).password is None
    finally:
        keyring.set_keyring(before)


def test_dry_run_writes_a_file_for_each_reader(brief: Brief, tmp_path: Path) -> None:
    made = write(letters(brief, ["a@example.org", "b@example.org"], FROM), tmp_path / "eml")
    assert len(set(made)) == 2
    first = email.message_from_bytes(made[0].read_bytes(), policy=policy.default)
    assert first["To"] == "a@example.org" and "unsubscribe" in first["List-Unsubscribe"]


@pytest.fixture
def small_ledger(tmp_path: Path) -> Path:
    """Two short reports of our own, coded by the program into a ledger."""
    (tmp_path / "one.txt").write_text(
        "Iran and Hamas meet\n\nTEHRAN, 3 March 2014 (Gulf Ledger) - Iran gave military aid to Hamas on Sunday, Israel said.\n"
    )
    path = tmp_path / "small.db"
    assert _status(["read", str(tmp_path / "one.txt"), "--published", "2014-03-04", "--ledger", str(path)]) == 0
    return path


@pytest.mark.model
def test_brief_command_mails_the_brief_and_the_book(
    small_ledger: Path,
    plain: Place,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    environment = {"HOST": "127.0.0.1", "PORT": str(plain.server.port), "FROM": FROM, "TLS": "none"}
    for key, value in environment.items():
        monkeypatch.setenv(f"DRAGOMAN_SMTP_{key}", value)
    settings.cache_clear()
    (tmp_path / "readers.txt").write_text("a@example.org\nfull@example.org\n")
    command = ["brief", "Iran", "--ledger", str(small_ledger), "--out", str(tmp_path / "out"), "--format", "md"]
    posted = ["--mail", str(tmp_path / "readers.txt"), "--kindle", "me@kindle.com"]
    try:
        assert _status([*command, *posted]) == 3
        assert [to for to, _ in plain.inbox.got] == [["a@example.org"], ["me@kindle.com"]]
        assert "not sent to full@example.org: refused: 552" in capsys.readouterr().err
        assert _status([*command, *posted, "--eml", str(tmp_path / "eml")]) == 0
        assert len(plain.inbox.got) == 2 and len(list((tmp_path / "eml").glob("*.eml"))) == 3
        monkeypatch.delenv("DRAGOMAN_SMTP_HOST")
        settings.cache_clear()
        assert _status([*command, "--mail", "a@example.org"]) == 2
        assert "DRAGOMAN_SMTP_HOST" in capsys.readouterr().err
    finally:
        settings.cache_clear()
