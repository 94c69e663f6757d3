"""What may not be fetched. No test here opens a connection to anything but this machine."""

from __future__ import annotations

import socket

import pytest

from dragoman.read.fetch import FetchError, fetch, is_public, public_address
from dragoman.read.limits import LIMITS


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1", "10.0.0.1", "192.168.1.1", "172.16.0.1", "169.254.169.254", "0.0.0.0", "224.0.0.1", "100.64.0.1",
        "::1", "fe80::1", "fc00::1", "::ffff:127.0.0.1", "::ffff:10.0.0.1", "64:ff9b::7f00:1", "2002:7f00:1::", "::",
    ],
)  # fmt: skip
def test_addresses_that_are_not_public(address: str) -> None:
    assert not is_public(address)


@pytest.mark.parametrize("address", ["8.8.8.8", "2606:4700::1111", "::ffff:8.8.8.8"])
def test_public_addresses(address: str) -> None:
    assert is_public(address)


def test_one_private_address_among_public_ones_refuses_the_host(monkeypatch: pytest.MonkeyPatch) -> None:
    found = [(2, 1, 6, "", (a, 80)) for a in ("8.8.8.8", "127.0.0.1")]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *a, **k: found)
    with pytest.raises(FetchError, match="not public"):
        public_address("mixed.example", 80)


@pytest.mark.parametrize(
    ("url", "why"),
    [
        ("http://127.0.0.1/", "not public"),
        ("http://localhost/", "not public"),
        ("http://[::1]/", "not public"),
        ("http://2130706433/", "not public|not found"),
        ("https://user:secret@host.example/", "user name"),
        ("http://host.example:8080/", "ports 80 and 443"),
        ("file:///etc/passwd", "http or https"),
        ("http:///nothing", "no host"),
    ],
)
def test_addresses_that_are_refused(url: str, why: str) -> None:
    with pytest.raises(FetchError, match=why):
        fetch(url)


def test_a_redirect_is_checked_like_the_first_address(monkeypatch: pytest.MonkeyPatch) -> None:
    import httpx

    from dragoman.read import fetch as module

    seen: list[str] = []

    def hop(url: str, limits: object, deadline: float) -> tuple[int, httpx.Headers, bytes]:
        seen.append(url)
        if len(seen) == 1:
            return 302, httpx.Headers({"location": "http://127.0.0.1/secret"}), b""
        return original(url, LIMITS, deadline)

    original = module._hop
    monkeypatch.setattr(module, "_hop", hop)
    with pytest.raises(FetchError, match="not public"):
        fetch("http://host.example/")
    assert seen[1] == "http://127.0.0.1/secret"


def test_https_never_becomes_http(monkeypatch: pytest.MonkeyPatch) -> None:
    import httpx

    from dragoman.read import fetch as module

    monkeypatch.setattr(module, "_hop", lambda *a: (301, httpx.Headers({"location": "http://host.example/"}), b""))
    with pytest.raises(FetchError, match="weaker"):
        fetch("https://host.example/")


def test_redirects_end(monkeypatch: pytest.MonkeyPatch) -> None:
    import httpx

    from dragoman.read import fetch as module

    monkeypatch.setattr(module, "_hop", lambda *a: (301, httpx.Headers({"location": "/again"}), b""))
    with pytest.raises(FetchError, match="redirects"):
        fetch("http://host.example/")
