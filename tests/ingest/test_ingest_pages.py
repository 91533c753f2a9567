"""Web pages as HTML and MHTML: the report and what the page says of it, and nothing else."""

from __future__ import annotations

import hashlib
import subprocess
import sys
import time
from datetime import date
from email.message import EmailMessage

import pytest
from ingest_samples import PAGE, PARAGRAPHS, Items

from warledger.ingest.pages import known_source, report

DAY = date(2024, 12, 5)


def test_a_page_gives_its_report_and_what_its_head_says(items: Items) -> None:
    (document,), issues = items(PAGE)
    assert issues == []
    assert document.text.splitlines()[-4:] == list(PARAGRAPHS)
    for left_out in ("Sport", "script", "picture of 2013", "flood", "Copyright"):
        assert left_out not in document.text
    assert (document.title, document.source) == ("Two die as shells hit Azaz market", "Example Wire")
    assert (document.published, document.url) == (DAY, "https://wire.example/2024/12/azaz?a=1&b=2")
    assert document.raw_sha256 == hashlib.sha256(PAGE.encode()).hexdigest()
    assert document.assumed == ("HTML: the report was taken out of the page",)
    assert report(PAGE).author == "Jana Doe"


@pytest.mark.parametrize("format", ["html", "mhtml"])
def test_a_tag_that_a_page_writes_about_is_one_of_its_words(items: Items, format: str) -> None:  # noqa: A002
    words = "The letter said &lt;b&gt;, then &lt;object&gt; the prisoners of Azaz &lt;/object&gt; and &lt;name withheld&gt;."
    page = f"<html><body><article><p>{words}</p><p>It was read out in the market of the town.</p></article></body></html>"
    raw = page.encode() if format == "html" else SAVED + b"Content-Type: text/html\n\n" + page.encode()
    (document,), _ = items(raw, format=format, published=DAY)
    assert document.text.startswith("The letter said <b>, then <object> the prisoners of Azaz </object> and <name withheld>.")


def test_the_author_is_whom_the_page_names(items: Items) -> None:
    assert items(PAGE)[0][0].author == "Jana Doe"
    assert items(PAGE.replace('<meta name="author" content="Jana Doe">', ""))[0][0].author == ""
    (document,), _ = items(PAGE.replace("Jana Doe", "<b>Jana</b> &amp; &#9;Doe&#10;" + "x" * 5_000))
    assert len(document.author) <= 2_000
    assert "\n" not in document.author


def test_structured_data_give_date_and_site(items: Items) -> None:
    ld = '{"@context":"https://schema.org","@type":"NewsArticle","datePublished":"2024-12-05","publisher":{"name":"Wire"}}'
    page = PAGE.replace("article:published_time", "x").replace("og:site_name", "y")
    page = page.replace("<style>", f'<script type="application/ld+json">{ld}</script><style>')
    (document,), _ = items(page)
    assert (document.published, document.source) == (DAY, "Wire")
    assert "date 2024-12-05, as the page gives it" in document.assumed


def test_a_page_without_a_date_does_not_take_the_year_of_its_footer(items: Items) -> None:
    documents, issues = items(PAGE.replace("article:published_time", "x"))
    assert (documents, [i.code for i in issues]) == ([], ["no-date"])


def test_a_page_is_read_in_the_encoding_that_it_names(items: Items) -> None:
    page = PAGE.replace("<style>", "<meta charset=windows-1251><style>").replace("Rami", "Рами")
    (document,), _ = items(page.encode("cp1251"))
    assert "his name as Рами," in document.text
    assert document.assumed[0] == "encoding cp1251, as the page says"
    (document,), _ = items(PAGE.replace("<style>", "<meta charset=martian><style>").replace("Rami", "Rémi").encode("cp1252"))
    assert "his name as R" in document.text


def test_a_source_is_told_by_the_address(items: Items) -> None:
    page = PAGE.replace("og:site_name", "y").replace("| Example Wire", "")
    (document,), _ = items(page.replace("wire.example", "www.reuters.com"))
    assert (document.source, document.assumed[-1]) == ("Reuters", "source Reuters, from the address")
    assert known_source("https://www.wire.example/x") == "wire.example"
    assert known_source("ftp://wire.example/x") == known_source("https://[bad/") == ""


def test_a_saved_page_is_read_and_the_day_of_saving_is_not_its_date(items: Items) -> None:
    message = EmailMessage()
    message["From"] = "<Saved by Blink>"
    message["Snapshot-Content-Location"] = "https://wire.example/saved"
    message["Subject"] = "Two die"
    message["Date"] = "Mon, 6 Jan 2025 10:00:00 -0000"
    message.set_content(PAGE.replace("<link", "<x"), subtype="html", cte="quoted-printable")
    message.add_related(b"\x89PNG", "image", "png")
    (document,), issues = items(message.as_bytes())
    assert issues == []
    assert (document.published, document.url) == (DAY, "https://wire.example/saved")
    assert document.text.splitlines()[-1] == PARAGRAPHS[-1]
    documents, issues = items(
        b"MIME-Version: 1.0\nContent-Type: multipart/related; boundary=x\n\n--x\nContent-Type: image/png\n\nx"
    )
    assert (documents, [i.code for i in issues]) == ([], ["no-text"])


SAVED = b"From: <Saved by Blink>\nSnapshot-Content-Location: https://wire.example/a\nMIME-Version: 1.0\n"


@pytest.mark.parametrize(
    "raw",
    [
        SAVED + b"Content-Type: multipart/related; boundary=x\n\n--x\nContent-Type: text/html\n\n<p>Shells fell on the town.",
        SAVED
        + b"Content-Type: text/html; charset=martian\nContent-Transfer-Encoding: base64\n\n!!!<p>Shells fell on the town.",
        SAVED + b"Content-Type: multipart/related\n\n--x\nContent-Type: text/html\n\n<p>Shells fell on the town.",
        SAVED + b"".join(b"Content-Type: multipart/related; boundary=b%d\n\n--b%d\n" % (n, n) for n in range(3_000)),
        SAVED + b"Content-Type: multipart/related; boundary=x\n\n" + b"--x\nContent-Type: image/png\n\nx\n" * 5_000,
        SAVED + b"Content-Type: text/html\nContent-Transfer-Encoding: quoted-printable\n\n" + b"=" * 300_000,
        SAVED + b"Content-Type: text/html\n\n<script>" + b"Shells " * 50_000,
        SAVED + b"Content-Type: text/html; charset=utf-16\n\n\xff\xfe<\x00p\x00>\x00S",
    ],
    ids=["cut", "base64", "no boundary", "deep", "parts", "equals", "script", "odd"],
)
def test_a_hostile_saved_page_is_read_in_time_or_an_issue(items: Items, raw: bytes) -> None:
    began = time.process_time()
    documents, issues = items(raw, format="mhtml", published=DAY)
    assert time.process_time() - began < 20
    assert len(documents) + len([i for i in issues if i.severity == "error"]) == 1


@pytest.mark.parametrize(
    "page",
    [
        "<html>" + "<div>" * 100_000 + "Shells fell on the town." + "</div>" * 100_000,
        "<html><p>Shells fell on the town." + "<b><i>" * 50_000,
        "<html><p>Shells fell on the town.<!--" + "<" * 300_000,
        "<html><p>Shells fell on the town." + "&#x110000;&bogus;&#0;" * 20_000,
        "<html><p>Shells fell on the town.<a href=" + "'" * 200_000,
        "<html><head><link rel=" + " " * 200_000 + "<p>Shells fell on the town.",
        '<!DOCTYPE html [<!ENTITY a "x"><!ENTITY b "&a;&a;&a;">]><html><p>Shells fell on the town.&b;</html>',
        "<html><table>" + "<tr><td>" * 20_000 + "Shells fell on the town.",
        "<html><p>Shells fell on the town.\x00\x01<script>" + "x" * 500_000,
    ],
    ids=["deep", "unclosed", "comment", "references", "quotes", "canonical", "entities", "cells", "controls"],
)
def test_a_hostile_page_is_read_in_time(items: Items, page: str) -> None:
    began = time.process_time()
    documents, _ = items(page, published=DAY)
    assert time.process_time() - began < 20
    assert all("Shells fell on the town." in document.text for document in documents)


def test_nothing_of_the_web_is_imported_for_plain_text() -> None:
    code = (
        "import sys; from warledger.ingest import read; list(read(['pyproject.toml'])); "
        "print(sorted({*sys.modules} & set('trafilatura lxml feedparser pypdf openpyxl warcio pyarrow'.split())))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
