"""Fetch one page, carefully: the only module of the program that opens a network connection for reading.

Rules: http and https on their own ports; every address that the name resolves to must be public, and the connection goes to
the address that was checked (so that a second look-up cannot change it); the same for each redirect, at most five;
never from https down to http; no cookies, no credentials, no environment proxies; size and time are capped while reading.
"""

from __future__ import annotations

import ipaddress
import socket
import time
from urllib.parse import urljoin, urlsplit

import httpx

from ..errors import ReadError
from .limits import LIMITS, Limits, TooLargeError

AGENT = "Dragoman/0.1 (reads news reports; asked for by its user)"
PORTS = {"http": 80, "https": 443}
REDIRECTS = frozenset({301, 302, 303, 307, 308})
NAT64 = ipaddress.ip_network("64:ff9b::/96")


class FetchError(ReadError):
    """A page cannot be fetched, or may not be."""


def fetch(url: str, limits: Limits = LIMITS) -> bytes:
    """The body of a page.

    Raises:
        FetchError: the address is refused, does not answer, or answers with an error status.
        TooLargeError: the (decompressed) body is larger than the cap.
    """
    deadline = time.monotonic() + limits.fetch_seconds
    for _ in range(limits.fetch_hops + 1):
        status, headers, body = _hop(url, limits, deadline)
        if status not in REDIRECTS:
            if status >= 400:
                raise FetchError(f"{url} answered with status {status}")
            return body
        target = urljoin(url, headers.get("location", ""))
        if urlsplit(url).scheme == "https" and urlsplit(target).scheme != "https":
            raise FetchError(f"{url} redirects to {target!r}, from https to something weaker; refused")
        url = target
    raise FetchError(f"more than {limits.fetch_hops} redirects, the last to {url}")


def _hop(url: str, limits: Limits, deadline: float) -> tuple[int, httpx.Headers, bytes]:
    scheme, host, port, target = _split(url)
    address = public_address(host, port)
    literal = f"[{address}]" if ":" in address else address
    request_url = f"{scheme}://{literal}{target}"
    timeout = httpx.Timeout(max(0.1, min(10.0, deadline - time.monotonic())))
    try:
        with (
            httpx.Client(timeout=timeout, trust_env=False, follow_redirects=False) as client,
            client.stream(
                "GET",
                request_url,
                headers={
                    "Host": host,
                    "User-Agent": AGENT,
                    "Accept": "text/html,application/xml,application/pdf,text/plain;q=0.9,*/*;q=0.5",
                },
                extensions={"sni_hostname": host},
            ) as response,
        ):
            body = b"" if response.status_code in REDIRECTS else _body(response, limits, deadline)
            return response.status_code, response.headers, body
    except httpx.HTTPError as error:
        raise FetchError(f"{url} could not be fetched: {error or type(error).__name__}") from error


def _body(response: httpx.Response, limits: Limits, deadline: float) -> bytes:
    parts, size = [], 0
    for part in response.iter_bytes():
        size += len(part)
        if size > limits.file_bytes:
            raise TooLargeError(f"the page is larger than {limits.file_bytes // 1_000_000} MB; fetching stopped")
        if time.monotonic() > deadline:
            raise FetchError(f"the page took longer than {limits.fetch_seconds:g} seconds; fetching stopped")
        parts.append(part)
    return b"".join(parts)


def _split(url: str) -> tuple[str, str, int, str]:
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError as error:
        raise FetchError(f"{url!r} is not a web address: {error}") from error
    if parts.scheme not in PORTS:
        raise FetchError(f"{url!r}: expected an http or https address, got {parts.scheme or 'none'!r}")
    if not parts.hostname:
        raise FetchError(f"{url!r} names no host")
    if parts.username or parts.password:
        raise FetchError(f"{parts.hostname}: addresses with a user name are not fetched")
    if port not in (None, PORTS[parts.scheme]):
        raise FetchError(f"{url!r}: only the ports 80 and 443 are used, got {port}")
    target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    return parts.scheme, parts.hostname, PORTS[parts.scheme], target


def public_address(host: str, port: int) -> str:
    """The address to connect to, after every address of the host was found to be public.

    Raises:
        FetchError: the name does not resolve, or any of its addresses is not public.
    """
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise FetchError(f"the host {host!r} was not found") from error
    addresses = [str(entry[4][0]).partition("%")[0] for entry in found]
    for address in addresses:
        if not is_public(address):
            raise FetchError(f"the host {host!r} has the address {address}, which is not public; refused")
    return addresses[0]


def is_public(address: str) -> bool:
    """Whether an address may be connected to; addresses wrapped in IPv6 (mapped, 6to4, NAT64, Teredo) count as what they wrap."""
    ip = ipaddress.ip_address(address)
    if isinstance(ip, ipaddress.IPv6Address):
        inner = ip.ipv4_mapped or ip.sixtofour or (ip.teredo[1] if ip.teredo else None)
        if inner is None and ip in NAT64:
            inner = ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF)
        if inner is not None:
            return is_public(str(inner))
    return ip.is_global and not ip.is_multicast and not ip.is_reserved
