"""Watching feeds, against servers on loopback: what is new, what is refused, restarts, and servers that never end."""

from __future__ import annotations

import gzip
import json
import shutil
import ssl
import subprocess
import sys
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler
from pathlib import Path

import pytest
from feed_server import FeedServer, rss, send, serving
from silent import Silent, wait_for_documents

from warledger.errors import InputError, UsageError
from warledger.ingest.fetching import FetchFault, FetchLimits, _may_ask, fetch, host_of
from warledger.ledger import Ledger
from warledger.ledger.watching import Poll, Watch, addresses, watch

TEXT = "Shells fell on the market of Azaz on Thursday morning, when the stalls had just been opened, and two people died."
OTHER = "A bridge over the river near Manbij was blown up in the night, and nobody says who did it or with what in mind."


@pytest.fixture
def server() -> Iterator[FeedServer]:
    with serving() as state:
        yield state


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    with Ledger.open(tmp_path / "w.db") as opened:
        yield opened


def once(ledger: Ledger, *feeds: str, **how: object) -> list[Poll]:
    given = {"every_s": 0.0, "once": True, "allow_loopback": True, "sleep": lambda _: None, "extractor": Silent()} | how
    return list(watch(ledger, feeds, Watch(**given)))  # type: ignore[arg-type]


def texts(ledger: Ledger) -> list[str]:
    return sorted(document.text for document in ledger.store.documents)


def limits(**given: object) -> FetchLimits:
    return FetchLimits(**({"user_agent": "test", "allow_loopback": True} | given))  # type: ignore[arg-type]


def test_what_is_new_or_changed_is_added_once(server: FeedServer, ledger: Ledger) -> None:
    server.answer = lambda h: send(h, rss(("a", TEXT)), ETag='"1"', Last_Modified="Thu, 05 Dec 2024 10:00:00 GMT")
    (poll,) = once(ledger, server.url())
    assert (poll.outcome, poll.summary.new if poll.summary else 0) == ("read", 1)
    server.answer = lambda h: send(h, b"", 304)
    assert [p.outcome for p in once(ledger, server.url())] == ["unchanged"]
    asked = server.asked[-1][1]
    assert (asked["If-None-Match"], asked["If-Modified-Since"]) == ('"1"', "Thu, 05 Dec 2024 10:00:00 GMT")
    assert asked["User-Agent"].startswith("warledger/")
    server.answer = lambda h: send(h, rss(("b", OTHER), ("a", TEXT)))
    assert [p.summary.read for p in once(ledger, server.url()) if p.summary] == [1]
    changed = TEXT.replace("two people", "three people")
    server.answer = lambda h: send(h, gzip.compress(rss(("b", OTHER), ("a", changed))), Content_Encoding="gzip")
    (poll,) = once(ledger, server.url())
    assert poll.summary is not None
    assert (poll.summary.new, poll.summary.revisions) == (1, 1)
    assert texts(ledger) == sorted([TEXT, OTHER, changed])
    (document, *_) = ledger.store.documents
    assert document.origin == f"{server.url()}, item 1"


def test_killed_before_it_remembers_it_loses_and_doubles_nothing(
    server: FeedServer, ledger: Ledger, monkeypatch: pytest.MonkeyPatch
) -> None:
    server.answer = lambda h: send(h, rss(("a", TEXT), ("b", OTHER)), ETag='"1"')

    def killed(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr("warledger.ledger.watching._remember", killed)
        with pytest.raises(KeyboardInterrupt):
            once(ledger, server.url())
    once(ledger, server.url())
    assert "If-None-Match" not in server.asked[-1][1]
    assert texts(ledger) == sorted([TEXT, OTHER])
    assert list(ledger.verify()) == []


@pytest.mark.slow
def test_killed_at_any_moment_it_goes_on_without_loss_or_doubling(server: FeedServer, tmp_path: Path) -> None:
    """A process that watches is killed (SIGKILL) after so many items, while others come; each item is there once in the end."""
    items = [
        (f"i{n}", f"Report {n}: {n + 2} shells fell on the road to Azaz, where nobody was hurt at bridge {n}.")
        for n in range(24)
    ]
    shown = [4]

    def answer(handler: BaseHTTPRequestHandler) -> None:
        shown[0] = min(shown[0] + 1, len(items))
        send(handler, rss(*items[max(0, shown[0] - 12) : shown[0]]), ETag=f'"{shown[0]}"')

    server.answer = answer
    database = tmp_path / "k.db"
    kept = []
    for wanted in (1, 6, 7, 13, 20):
        worker = subprocess.Popen([sys.executable, Path(__file__).with_name("silent.py"), str(database), server.url()])
        wait_for_documents(database, wanted, timeout_s=60.0)
        worker.kill()
        worker.wait()
        with Ledger.open(database) as ledger:
            assert list(ledger.verify()) == []
            kept.append(len(ledger.store.documents))
    assert kept == sorted(kept)
    shown[0] = len(items)
    server.answer = lambda h: send(h, rss(*items))
    with Ledger.open(database) as ledger:
        once(ledger, server.url())
        assert texts(ledger) == sorted(text for _, text in items)
        assert [document.name for document in ledger.store.documents].count("i0") == 1
        assert [p.outcome for p in once(ledger, server.url())] == ["unchanged"]


@pytest.mark.parametrize(
    "damage", ["", "[]", "{", '{"URL": 5}', '{"URL": {"etag": 5, "seen": [1], "failures": "x"}}', "[" * 100_000]
)
def test_a_damaged_memory_costs_a_request(server: FeedServer, ledger: Ledger, tmp_path: Path, damage: str) -> None:
    server.answer = lambda h: send(h, rss(("a", TEXT)))
    once(ledger, server.url())
    (tmp_path / "w.db.feeds.json").write_text(damage.replace("URL", server.url()), "utf-8")
    once(ledger, server.url())
    assert texts(ledger) == [TEXT]


def test_a_failing_feed_is_asked_less_and_less(server: FeedServer, ledger: Ledger) -> None:
    server.answer = lambda h: send(h, b"", 500)
    now = [1_733_400_000.0]
    naps: list[float] = []

    def sleep(seconds: float) -> None:
        naps.append(seconds)
        now[0] += seconds
        if len(naps) > 40:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        once(ledger, server.url(), once=False, every_s=900.0, sleep=sleep, clock=lambda: now[0])
    assert len(server.asked) == 6  # at 0, 1, 3, 7, 15 and 31 quarters of an hour of forty
    assert [(issue.code, issue.found) for issue in ledger.issues()] == [("fetch", "status 500")]
    server.answer = lambda h: send(h, rss(("a", TEXT)))
    assert once(ledger, server.url(), clock=lambda: now[0]) == []
    assert [p.outcome for p in once(ledger, server.url(), clock=lambda: now[0] + 90_000)] == ["read"]


def test_retry_after_is_kept_and_what_is_gone_is_left(server: FeedServer, ledger: Ledger) -> None:
    server.answer = lambda h: send(h, b"", 503, Retry_After="7200")
    once(ledger, server.url(), clock=lambda: 1e9)
    assert once(ledger, server.url(), clock=lambda: 1e9 + 7_100) == []
    server.answer = lambda h: send(h, b"", 410)
    assert [p.outcome for p in once(ledger, server.url(), clock=lambda: 1e9 + 7_300)] == ["gone"]
    assert once(ledger, server.url(), clock=lambda: 2e9, once=False) == []


def test_one_host_is_given_a_pause(server: FeedServer, ledger: Ledger) -> None:
    server.answer = lambda h: send(h, rss(("a", TEXT)))
    naps: list[float] = []
    once(ledger, server.url("/1"), server.url("/2"), server.url("/3"), sleep=naps.append, clock=lambda: 1e9)
    assert naps == [1.0, 1.0]


def test_redirects_on_the_host_are_followed_and_others_refused(server: FeedServer) -> None:
    places = {
        "/here": "/feed", "/loop": "/loop", "/other": server.url(host="localhost"), "/lan": "http://192.168.0.1/",
        "/file": "file:///etc/hostname", "/port": f"http://127.0.0.1:{server.port + 1}/", "/user": "http://a:b@127.0.0.1/",
        "/none": "",
    }  # fmt: skip

    def answer(handler: BaseHTTPRequestHandler) -> None:
        if handler.path in places:
            send(handler, b"", 302, Location=places[handler.path])
        else:
            send(handler, b"there")

    server.answer = answer
    assert fetch(server.url("/here"), limits()).body == b"there"
    for path in sorted(places.keys() - {"/here"}):
        before = len(server.asked)
        with pytest.raises(FetchFault, match=r"redirect|address"):
            fetch(server.url(path), limits())
        assert len(server.asked) - before <= 6
        assert {asked for asked, _ in server.asked[before:]} == {path}


@pytest.mark.parametrize(
    ("address", "allowed"),
    [
        ("8.8.8.8", True), ("2001:4860:4860::8888", True), ("127.0.0.1", False), ("10.1.2.3", False), ("192.168.1.1", False),
        ("172.16.0.1", False), ("169.254.169.254", False), ("100.64.0.1", False), ("0.0.0.0", False), ("224.0.0.1", False),  # noqa: S104
        ("255.255.255.255", False), ("::1", False), ("::", False), ("fe80::1%eth0", False), ("fc00::1", False),
        ("::ffff:127.0.0.1", False), ("::ffff:10.0.0.1", False), ("64:ff9b::7f00:1", False), ("2002:7f00:1::", False),
        ("ff02::1", False),
    ],
)  # fmt: skip
def test_private_addresses_are_never_asked(address: str, allowed: bool) -> None:
    assert _may_ask(address, allow_loopback=False) is allowed


def test_this_machine_is_refused_under_every_name(server: FeedServer, monkeypatch: pytest.MonkeyPatch) -> None:
    for host in ("127.0.0.1", "localhost", "2130706433", "127.1", "[::1]", "[::ffff:127.0.0.1]"):
        with pytest.raises(FetchFault):
            fetch(server.url(host=host), limits(allow_loopback=False, stall_s=2.0))
    found = [(2, 1, 6, "", ("8.8.8.8", 80)), (2, 1, 6, "", ("10.0.0.1", 80))]
    monkeypatch.setattr("socket.getaddrinfo", lambda *_, **__: found)
    with pytest.raises(FetchFault, match=r"10\.0\.0\.1"):
        fetch("http://two.example/", limits())
    assert server.asked == []
    for bad in ("ftp://x/", "file:///etc/hostname", "http://", "x", "http://[", "http://a:b@x/", "http://x:99999/"):
        with pytest.raises(FetchFault):
            host_of(bad)


MOST_DRIPS = 80
"""A server that drips twenty times a second for four seconds was not left in time. What slows the reader slows it as well."""


MOST_SENT_BYTES = 32_000_000
"""What an endless server gets rid of when a megabyte is read of it: that, and what the system holds for both ends."""


def dripping(handler: BaseHTTPRequestHandler, server: FeedServer, sent: list[int]) -> None:
    """Send one letter after another until the reader leaves or it was too many; `sent` has how many they were."""
    sent.append(0)
    while sent[-1] <= MOST_DRIPS and not server.stop.wait(0.05):
        handler.wfile.write(b"a")
        sent[-1] += 1


def test_servers_that_stall_drip_or_never_end_are_left(server: FeedServer) -> None:
    drips: list[int] = []
    sent_bytes = 0

    def silent(_: BaseHTTPRequestHandler) -> None:
        server.stop.wait(10)

    def drip_head(handler: BaseHTTPRequestHandler) -> None:
        handler.wfile.write(b"HTTP/1.1 200 OK\r\nX: ")
        dripping(handler, server, drips)

    def drip_body(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(200)
        handler.end_headers()
        dripping(handler, server, drips)

    def endless(handler: BaseHTTPRequestHandler) -> None:
        nonlocal sent_bytes
        handler.send_response(200)
        handler.end_headers()
        while sent_bytes <= MOST_SENT_BYTES:
            sent_bytes += handler.wfile.write(b"<item>x</item>" * 4_000)

    def bomb(handler: BaseHTTPRequestHandler) -> None:
        send(handler, gzip.compress(b"\0" * 20_000_000), Content_Encoding="gzip")

    def short(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(200)
        handler.send_header("Content-Length", "500")
        handler.end_headers()
        handler.wfile.write(b"<rss>")

    def not_http(handler: BaseHTTPRequestHandler) -> None:
        handler.wfile.write(b"\xff\xfe hello\r\n\r\n")

    # Only what a case is about is limited narrowly: a loaded machine may keep any of these servers silent for a while.
    patient, silence_s, end_s = 60.0, 0.4, 1.0
    cases = (
        (silent, "silence", silence_s, patient), (drip_head, "no end", patient, end_s), (drip_body, "no end", patient, end_s),
        (endless, "more than", patient, patient), (bomb, "more than", patient, patient),
        (short, "breaks off", patient, patient), (not_http, ".", patient, patient),
    )  # fmt: skip
    for answer, words, stall_s, total_s in cases:
        server.answer = answer
        with pytest.raises(FetchFault, match=words):
            fetch(server.url(), limits(max_bytes=1_000_000, stall_s=stall_s, total_s=total_s))
    assert sent_bytes <= MOST_SENT_BYTES
    assert len(drips) == 2
    assert max(drips) < MOST_DRIPS


@pytest.fixture
def secure(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[FeedServer]:
    """A server with TLS, whose certificate is trusted."""
    openssl = shutil.which("openssl")
    if openssl is None:
        pytest.skip("no openssl to make a certificate with")
    key, certificate = tmp_path / "key.pem", tmp_path / "certificate.pem"
    subprocess.run(
        [openssl, "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=localhost",
         "-addext", "subjectAltName=IP:127.0.0.1,DNS:localhost", "-keyout", str(key), "-out", str(certificate)],
        check=True, capture_output=True,
    )  # fmt: skip
    own = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    own.load_cert_chain(certificate, key)
    trusting = ssl.create_default_context(cafile=str(certificate))
    with serving(own) as state:
        monkeypatch.setattr("warledger.ingest.fetching.ssl.create_default_context", lambda: trusting)
        yield state


def test_over_tls_the_certificate_counts_and_a_dripping_server_is_cut(
    secure: FeedServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    secure.answer = lambda h: send(h, b"there")
    assert fetch(secure.url(), limits()).body == b"there"
    secure.answer = lambda h: send(h, b"", 302, Location=secure.url().replace("https", "http"))
    with pytest.raises(FetchFault, match="from https to http"):
        fetch(secure.url(), limits())

    drips: list[int] = []

    def drip(handler: BaseHTTPRequestHandler) -> None:
        handler.wfile.write(b"HTTP/1.1 200 OK\r\nX: ")
        dripping(handler, secure, drips)

    secure.answer = drip
    with pytest.raises(FetchFault, match="no end"):
        fetch(secure.url(), limits(stall_s=60.0, total_s=0.6))
    assert max(drips) < MOST_DRIPS
    monkeypatch.undo()
    with pytest.raises(FetchFault, match=r"(?i)certificate"):
        fetch(secure.url(), limits())


def test_a_feed_that_is_none_is_an_issue_once(server: FeedServer, ledger: Ledger) -> None:
    server.answer = lambda h: send(h, b"\x89PNG\r\n\x1a\n" + bytes(50))
    (poll,) = once(ledger, server.url())
    assert poll.summary is not None
    assert poll.summary.issues == 1
    assert [p.outcome for p in once(ledger, server.url())] == ["unchanged"]


def test_lists_of_feeds(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    opml = tmp_path / "f.opml"
    opml.write_text(
        '<?xml version="1.0"?><opml version="2.0"><body><outline text="War"><outline type="rss" text="A &gt; B" '
        "xmlUrl=\"https://wire.example/feed?a=1&amp;b=2\"/><outline xmlUrl='http://other.example/' /></outline></body></opml>",
        "utf-8",
    )
    assert addresses([str(opml), "https://wire.example/feed?a=1&b=2", "https://third.example/"]) == (
        "https://wire.example/feed?a=1&b=2", "http://other.example/", "https://third.example/",
    )  # fmt: skip
    opml.write_text("<opml>" + "<outline " * 50_000, "utf-8")
    with pytest.raises(InputError):
        addresses([str(opml)])
    with pytest.raises(InputError):
        addresses([str(tmp_path / "nowhere.opml")])
    monkeypatch.setattr("warledger.ledger.watching.LONGEST_LIST_BYTES", 1_000)
    with pytest.raises(InputError, match="over 1,000 bytes"):
        addresses([str(opml)])
    with pytest.raises(UsageError):
        addresses(["file:///etc/hostname"])
    with pytest.raises(UsageError):
        addresses([])


def test_the_command_says_what_came(server: FeedServer, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    from warledger.cli.main import main

    server.answer = lambda h: send(h, b"", 404)
    asked = ["watch", server.url(), "--once", "--ledger", str(tmp_path / "c.db"), "--allow-loopback"]
    assert main(asked) == 3
    assert "failed: status 404" in capsys.readouterr().err
    server.answer = lambda h: send(h, rss())
    assert main([*asked[:1], server.url("/2"), *asked[2:], "--format", "jsonl"]) == 0
    assert json.loads(capsys.readouterr().out)["url"] == server.url("/2")
    for wrong in ("0m", "15", "x", "1s"):
        assert main(["watch", "https://wire.example/", "--every", wrong, "--ledger", str(tmp_path / "c.db")]) == 2
