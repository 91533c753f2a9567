"""WARC, WACZ, ZIP and gzip, as their own writers make them; and bombs."""

from __future__ import annotations

import gzip
import hashlib
import io
import json
import time
import zipfile
from datetime import date
from io import BytesIO

import pytest
from ingest_samples import PAGE, PARAGRAPHS, Items
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

# warcio's writer leaves the closing of its temporary files to the garbage collector.
pytestmark = pytest.mark.filterwarnings("ignore:Exception ignored in. <function SpooledTemporaryFile")
DAY = date(2024, 12, 5)
REPORT = f"date: 2024-12-05\nsource: Example Wire\n\n{PARAGRAPHS[0]}"


def warc(*responses: tuple[str, str, str, bytes], packed: bool = True, headers: tuple[tuple[str, str], ...] = ()) -> bytes:
    out = BytesIO()
    writer = WARCWriter(out, gzip=packed)
    writer.write_record(writer.create_warcinfo_record("x.warc.gz", {"software": "test"}))
    for url, status, kind, body in responses:
        http = StatusAndHeaders(status, [("Content-Type", kind), *headers], protocol="HTTP/1.1")
        writer.write_record(writer.create_warc_record(url, "response", payload=BytesIO(body), http_headers=http))
        writer.write_record(writer.create_warc_record(url, "request", payload=BytesIO(b"GET / HTTP/1.1\r\n\r\n")))
    return out.getvalue()


PAGES = (
    ("https://www.reuters.com/a", "200 OK", "text/html; charset=utf-8", PAGE.replace("og:site_name", "x").encode()),
    ("https://wire.example/b.css", "200 OK", "text/css", b"p { color: red }"),
    ("https://wire.example/c", "404 Not Found", "text/html", b"<p>Nothing is here.</p>"),
    ("https://wire.example/d.txt", "200 OK", "text/plain", REPORT.encode()),
)


@pytest.mark.parametrize("packed", [True, False])
def test_a_web_archive_gives_its_pages(items: Items, packed: bool) -> None:
    documents, issues = items(warc(*PAGES, packed=packed))
    page, text = documents
    assert page.text.splitlines()[-1] == PARAGRAPHS[-1]
    assert (page.url, page.published) == ("https://wire.example/2024/12/azaz?a=1&b=2", DAY)
    assert page.raw_sha256 == hashlib.sha256(PAGES[0][3]).hexdigest()
    assert "https://www.reuters.com/a" in page.origin
    assert (text.text, text.url, text.source) == (PARAGRAPHS[0], "https://wire.example/d.txt", "Example Wire")
    (note,) = issues
    assert (note.code, note.severity) == ("passed-over", "note")
    told = "1 of other content, 1 of redirects and errors, 4 of the type request, 1 of the type warcinfo"
    assert note.found == f"records that hold no report: {told}"


def test_a_body_that_was_packed_for_the_way_is_unpacked(items: Items) -> None:
    body = gzip.compress(PAGE.encode())
    raw = warc(("https://wire.example/a", "200 OK", "text/html", body), headers=(("Content-Encoding", "gzip"),))
    (document,), _ = items(raw)
    assert document.text.splitlines()[-1] == PARAGRAPHS[-1]


def test_a_web_archive_that_breaks_off_gives_what_stands_before(items: Items) -> None:
    raw = warc(*PAGES)
    documents, issues = items(raw[:-400])
    assert len(documents) >= 1
    assert "broken" in [i.code for i in issues]
    documents, issues = items(warc(*PAGES, packed=False).replace(b"Content-Length: ", b"Content-Length: 9", 3))
    assert issues


def zipped(files: dict[str, bytes], *, packing: int = zipfile.ZIP_DEFLATED) -> bytes:
    out = BytesIO()
    with zipfile.ZipFile(out, "w", packing) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return out.getvalue()


def test_wacz_is_read_as_its_web_archives(items: Items) -> None:
    raw = zipped(
        {
            "datapackage.json": json.dumps({"profile": "data-package", "wacz_version": "1.1.1"}).encode(),
            "pages/pages.jsonl": b'{"format": "json-pages-1.0", "id": "pages"}\n{"url": "https://wire.example/d.txt"}\n',
            "archive/data.warc.gz": warc(PAGES[3]),
            "indexes/index.cdx": b"x",
        },
        packing=zipfile.ZIP_STORED,
    )
    documents, issues = items(raw)
    assert [d.text for d in documents] == [PARAGRAPHS[0]]
    assert {i.severity for i in issues} == {"note"}


def test_a_zip_archive_is_read_file_by_file(items: Items) -> None:
    inner = zipped({"b.html": PAGE.encode()})
    files = {
        "z/a.txt": REPORT.encode(),
        "b.zip": inner,
        ".hidden": b"x",
        "__MACOSX/a.txt": b"x",
        "../../c.txt": REPORT.encode(),
    }
    documents, issues = items(zipped(files))
    assert issues == []
    assert sorted(d.name for d in documents) == ["a.txt", "b.html", "c.txt"]
    (page,) = (d for d in documents if d.name == "b.html")
    assert page.origin.endswith("in.dat/b.zip/b.html")
    assert page.raw_sha256 == hashlib.sha256(PAGE.encode()).hexdigest()


def test_a_gzip_file_is_read_as_what_it_holds(items: Items) -> None:
    (document,), issues = items(gzip.compress(REPORT.encode()), "a.txt.gz")
    assert (document.text, document.name, issues) == (PARAGRAPHS[0], "a.txt", [])
    rows = "".join(json.dumps({"text": p, "date": "2024-12-05"}) + "\n" for p in PARAGRAPHS)
    two_members = gzip.compress(rows.encode()[:100]) + gzip.compress(rows.encode()[100:]) + b"\0\0"
    documents, issues = items(two_members)
    assert ([d.text for d in documents], issues) == (list(PARAGRAPHS), [])


def test_a_broken_or_locked_archive_is_an_issue(items: Items) -> None:
    raw = zipped({"a.txt": REPORT.encode(), "b.txt": REPORT.encode()[::-1] * 50})
    assert [i.code for i in items(raw[:-30])[1]] == ["broken"]
    damaged = bytearray(zipped({"a.txt": REPORT.encode() * 3}, packing=zipfile.ZIP_STORED))
    damaged[60] ^= 0xFF
    assert "broken" in [i.code for i in items(bytes(damaged))[1]]
    locked = bytearray(zipped({"a.txt": REPORT.encode()}))
    locked[6] |= 1
    locked[locked.index(b"PK\x01\x02") + 8] |= 1
    assert [i.code for i in items(bytes(locked))[1]] == ["locked"]
    assert [i.code for i in items(gzip.compress(REPORT.encode())[:-20])[1]][-1] == "broken"
    assert [i.code for i in items(zipped({}))[1]] == ["empty"]
    assert [i.code for i in items(zipped({"word/document.xml": b"<x/>"}))[1]] == ["unknown-format"]


def test_bombs_end_at_the_limits(items: Items) -> None:
    began = time.process_time()
    bomb = zipped({f"{n}.txt": b"x" * 3_000_000 for n in range(8)})
    limits = {"max_bytes": 1_000_000, "max_archive_bytes": 5_000_000}
    documents, issues = items(bomb, **limits)
    assert documents == []
    assert [i.code for i in issues] == ["too-large"] * 4 + ["archive-limit"]
    nested = zipped({"n.zip": zipped({"o.zip": bomb})})
    assert [i.code for i in items(nested, **limits)[1]][-1] == "archive-limit"
    many = zipped({f"{n}.txt": b"" for n in range(50)})
    assert [i.code for i in items(many, max_archive_members=20)[1]][-1] == "archive-limit"
    packed = gzip.compress(b"\0" * 30_000_000)
    assert [i.code for i in items(packed, **limits)[1]] in (["binary"], ["archive-limit"])
    lines = gzip.compress(b'{"text": "x"}\n' * 1_000_000)
    assert [i.code for i in items(lines, max_archive_bytes=100_000)[1]][-1] == "archive-limit"
    body = gzip.compress(b"<p>" + b"x" * 30_000_000)
    web = warc(("https://wire.example/a", "200 OK", "text/html", body), headers=(("Content-Encoding", "gzip"),))
    assert items(web, **limits)[1][-1].code in ("archive-limit", "passed-over")
    assert time.process_time() - began < 20


def test_archives_in_one_another_without_end_are_an_issue(items: Items) -> None:
    raw = zipped({"a.txt": REPORT.encode()})
    for _ in range(5):
        raw = zipped({"in.zip": raw})
    documents, issues = items(raw)
    assert (documents, [i.code for i in issues]) == ([], ["too-deep"])
    (document,), _ = items(raw, max_archive_depth=6)
    assert document.text == PARAGRAPHS[0]
    own = zipped({"c.wacz": zipped({"datapackage.json": b"{}", "archive/a.warc.gz": warc(PAGES[3])})})
    assert [d.text for d in items(own)[0]] == [PARAGRAPHS[0]]


def test_a_pipe_gives_archives_too(monkeypatch: pytest.MonkeyPatch) -> None:
    from warledger.ingest import read

    class Pipe(io.BytesIO):
        def seekable(self) -> bool:
            return False

    stdin = io.TextIOWrapper(Pipe(zipped({"a.txt": REPORT.encode()})))
    monkeypatch.setattr("sys.stdin", stdin)
    (document,) = read(["-"])
    assert document.text == PARAGRAPHS[0]  # type: ignore[union-attr]


def test_records_of_a_wrong_length_are_told(items: Items, capfd: pytest.CaptureFixture[str]) -> None:
    raw = warc(*PAGES, packed=False)
    at = raw.index(b"All rights reserved.")
    _, issues = items(raw[:at] + b"Some" + raw[at:])
    assert ("broken", "warning") in [(i.code, i.severity) for i in issues]
    assert capfd.readouterr().err == ""
