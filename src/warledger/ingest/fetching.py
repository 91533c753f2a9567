"""Fetches one address over HTTP: politely, within limits of time and size, and never from a private network."""

from __future__ import annotations

import email.utils
import http.client
import io
import ipaddress
import socket
import ssl
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Final
from urllib.parse import quote, urljoin, urlsplit

from warledger.ingest.limits import Unzipped

MAX_REDIRECTS: Final = 5
LONGEST_WAIT_S: Final = 86_400.0
"""A server that asks for more than a day is asked again after a day."""
_SAFE: Final = "/%:;=@,+~!$&'()*"
_NAT64: Final = ipaddress.ip_network("64:ff9b::/96")
_REDIRECTS: Final = frozenset((301, 302, 303, 307, 308))


class FetchFault(Exception):  # noqa: N818  # a signal to the watcher, which turns it into an Issue
    """An address could not be or may not be fetched; the words say why. `wait_s` is how long the server asks to wait."""

    def __init__(self, reason: str, *, wait_s: float = 0.0, gone: bool = False) -> None:
        super().__init__(reason)
        self.wait_s = wait_s
        self.gone = gone


@dataclass(frozen=True, slots=True)
class FetchLimits:
    """`max_bytes` of body, unpacked; `stall_s` without a byte; `total_s` for all of it, redirects too.

    `allow_loopback` lets this machine itself be asked, which is for tests.
    """

    user_agent: str
    max_bytes: int = 10_000_000
    stall_s: float = 20.0
    total_s: float = 120.0
    allow_loopback: bool = False


@dataclass(frozen=True, slots=True)
class Fetched:
    """A body with what makes the next request conditional; `body` is None where the server says that nothing changed."""

    body: bytes | None
    etag: str = ""
    modified: str = ""


def fetch(url: str, limits: FetchLimits, *, etag: str = "", modified: str = "") -> Fetched:
    """What is at `url`, asked for only if it changed since `etag` or `modified`. Follows redirects on the same host alone.

    Raises FetchFault for all that goes wrong: an address that is not public HTTP, a status other than success, a body that
    is too long, a server that stalls or takes too long.
    """
    deadline = time.monotonic() + limits.total_s
    first = url
    for _ in range(MAX_REDIRECTS + 1):
        answer = _request(url, limits, deadline, etag, modified)
        if isinstance(answer, Fetched):
            return answer
        url = _followed(first, url, answer)
    raise FetchFault(f"more than {MAX_REDIRECTS} redirects")


def host_of(url: str) -> str:
    """The host of an address, in lower case. Raises FetchFault where it is not one of HTTP."""
    try:
        parts = urlsplit(url)
        host, _ = (parts.hostname or "").rstrip("."), parts.port
    except ValueError as error:
        raise FetchFault("no address") from error
    if parts.scheme not in ("http", "https") or not host:
        raise FetchFault("no address that begins with http:// or https://")
    if parts.username is not None or parts.password is not None:
        raise FetchFault("an address with a user's name or password in it")
    return host.lower()


def _followed(first: str, url: str, location: str) -> str:
    """The address that a redirect leads to. Raises FetchFault for another host, and for a way from https to http."""
    target = urljoin(url, location)
    if host_of(target) != host_of(first):
        raise FetchFault(f"a redirect to another host ({host_of(target)[:100]}); if it moved, watch its new address")
    if urlsplit(url).scheme == "https" and urlsplit(target).scheme == "http":
        raise FetchFault("a redirect from https to http")
    here, there = urlsplit(first), urlsplit(target)
    if there.port != here.port and (here.scheme == there.scheme or there.port is not None):
        raise FetchFault("a redirect to another port")
    return target


def _request(url: str, limits: FetchLimits, deadline: float, etag: str, modified: str) -> Fetched | str:
    """One request: what came, or where a redirect leads."""
    host = host_of(url)
    parts = urlsplit(url)
    path = quote(parts.path or "/", safe=_SAFE) + (f"?{quote(parts.query, safe=_SAFE + '?')}" if parts.query else "")
    headers = {
        "User-Agent": limits.user_agent,
        "Accept": "application/rss+xml, application/atom+xml, application/xml;q=0.9, */*;q=0.5",
        "Accept-Encoding": "gzip",
        "Connection": "close",
    }
    headers |= {"If-None-Match": etag} if etag else {}
    headers |= {"If-Modified-Since": modified} if modified else {}
    try:
        with _connected(host, parts.port, parts.scheme == "https", limits, deadline) as connection:
            connection.request("GET", path, headers=headers)
            response = connection.getresponse()
            if response.status in _REDIRECTS:
                return response.getheader("Location") or ""
            if response.status == http.client.NOT_MODIFIED:
                return Fetched(None, etag, modified)
            if response.status != http.client.OK:
                gone = response.status == http.client.GONE
                raise FetchFault(f"status {response.status}", wait_s=_wait(response.getheader("Retry-After")), gone=gone)
            body = _body(response, limits, deadline)
            return Fetched(body, response.getheader("ETag") or "", response.getheader("Last-Modified") or "")
    except (TimeoutError, socket.gaierror, ssl.SSLError, OSError, http.client.HTTPException, ValueError) as error:
        if time.monotonic() >= deadline:
            raise FetchFault(f"no end after {limits.total_s:g} seconds") from error
        if isinstance(error, TimeoutError):
            raise FetchFault(f"silence for {limits.stall_s:g} seconds") from error
        reason = (error.strerror if isinstance(error, OSError) else "") or str(error) or type(error).__name__
        raise FetchFault(" ".join(reason.split())[:200]) from error


@contextmanager
def _connected(
    host: str, port: int | None, secure: bool, limits: FetchLimits, deadline: float
) -> Iterator[http.client.HTTPConnection]:
    """A connection to an address of `host` that may be asked: the one that was looked up, so that it cannot change between.

    A timer ends it at the deadline, since a server that sends a byte now and then never stalls.
    """
    left = deadline - time.monotonic()
    if left <= 0:
        raise TimeoutError
    number = port or (443 if secure else 80)
    address = _public_address(host, number, limits)
    sock = socket.create_connection((address, number), timeout=min(limits.stall_s, left))
    sock.settimeout(limits.stall_s)
    held = [sock]  # what the timer cuts: once TLS has taken over, the first socket is an empty shell
    connection = http.client.HTTPConnection(host, number, timeout=limits.stall_s)
    timer = threading.Timer(left, _cut, (held,))
    timer.daemon = True
    timer.start()
    try:
        if secure:
            tls = ssl.create_default_context().wrap_socket(sock, server_hostname=host, do_handshake_on_connect=False)
            held[0] = tls
            tls.do_handshake()
        connection.sock = held[0]
        yield connection
    finally:
        timer.cancel()
        connection.close()
        held[0].close()


def _cut(held: list[socket.socket]) -> None:
    try:
        socket.socket.shutdown(held[0], socket.SHUT_RDWR)  # of TLS too, without its own ceremony
    except OSError:
        return


def _public_address(host: str, port: int, limits: FetchLimits) -> str:
    """An address of `host`. Raises FetchFault if any of them is private: then none is to be trusted."""
    found = {str(info[4][0]) for info in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)}
    for address in sorted(found):
        if not _may_ask(address, allow_loopback=limits.allow_loopback):
            raise FetchFault(f"a private address ({address})")
    if not found:
        raise FetchFault("a host without an address")
    return min(found, key=lambda address: (":" in address, address))


def _may_ask(address: str, *, allow_loopback: bool) -> bool:
    ip = ipaddress.ip_address(address.partition("%")[0])
    if isinstance(ip, ipaddress.IPv6Address):
        inner = ip.ipv4_mapped or ip.sixtofour or (ipaddress.ip_address(int(ip) & 0xFFFFFFFF) if ip in _NAT64 else None)
        if inner is not None:
            return _may_ask(str(inner), allow_loopback=allow_loopback)
        if ip.teredo is not None:
            return False
    if ip.is_loopback:
        return allow_loopback
    return ip.is_global and not ip.is_multicast


def _body(response: http.client.HTTPResponse, limits: FetchLimits, deadline: float) -> bytes:
    packed = (response.getheader("Content-Encoding") or "").strip().lower() in ("gzip", "x-gzip")
    unzipped = Unzipped(io.BufferedReader(response)) if packed else None
    source = io.BufferedReader(unzipped) if unzipped is not None else response
    parts: list[bytes] = []
    size = 0
    while part := source.read1(1 << 16):
        size += len(part)
        if size > limits.max_bytes:
            raise FetchFault(f"more than {limits.max_bytes:,} bytes, the setting max_feed_bytes")
        if time.monotonic() >= deadline:
            raise TimeoutError
        parts.append(part)
    if time.monotonic() >= deadline:
        raise TimeoutError
    short = response.length not in (None, 0) if unzipped is None else bool(unzipped.fault)
    if short:
        raise FetchFault("an answer that breaks off")
    return b"".join(parts)


def _wait(value: str | None) -> float:
    """Retry-After, in seconds or as a date, as seconds up to `LONGEST_WAIT_S`; 0 for none."""
    if not value:
        return 0.0
    try:
        seconds = (
            float(value) if value.strip().isdecimal() else email.utils.parsedate_to_datetime(value).timestamp() - time.time()
        )
    except (ValueError, TypeError, OverflowError):
        return 0.0
    return min(max(seconds, 0.0), LONGEST_WAIT_S)
