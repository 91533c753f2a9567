"""Mail: messages and mailboxes as the standard library writes them, and as nobody should."""

from __future__ import annotations

import hashlib
import mailbox
from datetime import date
from email.message import EmailMessage
from pathlib import Path

import pytest
from ingest_samples import PARAGRAPHS, Items

from warledger.ingest.mail import kind_of

DAY = date(2024, 12, 5)
TEXT = PARAGRAPHS[0]


def message(text: str = TEXT, **headers: str) -> EmailMessage:
    made = EmailMessage()
    given = {
        "From": "Example Wire <desk@wire.example>",
        "Subject": "Shells on Azaz – two dead",
        "Message-ID": "<1@wire.example>",
    }
    for name, value in (given | {"Date": "Thu, 05 Dec 2024 23:30:00 +0300"} | headers).items():
        made[name] = value
    made.set_content(text)
    return made


def test_a_message_gives_its_words_and_headers(items: Items) -> None:
    raw = message(f"{TEXT}\n\n> Nine hundred died, somebody wrote.\n-- \nThe desk, Example Wire").as_bytes()
    (document,), issues = items(raw)
    assert issues == []
    assert (document.text, document.published) == (TEXT, DAY)
    assert (document.title, document.source, document.name) == ("Shells on Azaz – two dead", "Example Wire", "1@wire.example")
    assert document.raw_sha256 == hashlib.sha256(raw).hexdigest()
    assert document.assumed == ("lines quoted from other mail were left out",)


def test_plain_text_goes_before_html_and_an_attachment_is_told(items: Items) -> None:
    both = message()
    both.add_alternative("<p>Another form.</p>", subtype="html")
    both.add_attachment(b"%PDF-1.4", maintype="application", subtype="pdf", filename="report.pdf")
    (document,), (issue,) = items(both.as_bytes())
    assert document.text == TEXT
    assert (issue.code, issue.severity, "report.pdf" in issue.found) == ("passed-over", "note", True)
    only = EmailMessage()
    only["From"], only["Date"], only["MIME-Version"] = "desk@wire.example", "Thu, 05 Dec 2024 01:00:00 +0300", "1.0"
    only.set_content(f"<html><script>Nine died.</script><p>{TEXT}</p>", subtype="html")
    (document,), _ = items(only.as_bytes())
    assert (document.text, document.source, document.published) == (TEXT, "wire.example", DAY)


def test_flowed_lines_are_joined(items: Items) -> None:
    flowed = message()
    flowed.set_payload("Shells fell \non Azaz.\nTwo died.\n")
    flowed.set_param("format", "flowed")
    (document,), _ = items(flowed.as_bytes())
    assert document.text == "Shells fell on Azaz.\nTwo died."


def test_a_mailbox_is_read_message_by_message(items: Items, tmp_path: Path) -> None:
    box = mailbox.mbox(tmp_path / "box")
    for number in range(3):
        box.add(
            message(f"{PARAGRAPHS[number]}\n\nFrom the hills it was answered.", **{"Message-ID": f"<{number}@wire.example>"})
        )
    box.close()
    documents, issues = items((tmp_path / "box").read_bytes())
    assert issues == []
    assert [d.text for d in documents] == [f"{p}\n\nFrom the hills it was answered." for p in PARAGRAPHS[:3]]
    assert [d.name for d in documents] == [f"{n}@wire.example" for n in range(3)]
    documents, issues = items((tmp_path / "box").read_bytes(), max_bytes=200)
    assert (documents, {i.code for i in issues}) == ([], {"too-large"})


HEAD = b"From: desk@wire.example\nDate: Thu, 05 Dec 2024 10:00:00 +0000\nMIME-Version: 1.0\n"


@pytest.mark.parametrize(
    ("raw", "words"),
    [
        (HEAD + b"Content-Type: text/plain; charset=martian\n\nCaf\xc3\xa9s burnt in Azaz.", "Cafés burnt in Azaz."),
        (HEAD + b"Content-Type: text/plain; charset=utf-8\n\nThe caf\xe9s and the h\xf4tel of Azaz burnt.", "burnt"),
        (HEAD + b"Content-Type: text/plain\nContent-Transfer-Encoding: base64\n\n!!!not base64!!!", ""),
        (HEAD + b"Content-Transfer-Encoding: x-uuencode\n\nbegin 666 a\n!!!\nend\nShells fell.", ""),
        (HEAD + b"Subject: =?martian?B?!!!?= =?utf-8?Q?=ZZ?=\n\nShells fell on Azaz.", "Shells fell on Azaz."),
        (HEAD + b"Content-Type: multipart/mixed; boundary=x\n\n" + b"--x\n\nShells fell.\n" * 5_000, "Shells fell."),
        (HEAD + b'Subject: =?utf-8?b?A?=\nContent-Type: text/plain; charset="u\xfff-8"\n\nShells fell.', "Shells fell."),
        (HEAD + b'Content-Type: text/plain; charset="a\x00b"\n\nThe caf\xe9 of Azaz burnt.', ""),
        (HEAD + b"Subject: =?u\xfff-8?q?A?=\n\nShells fell.", "Shells fell."),
        (HEAD + b"Content-Type: multipart/mixed\n\nShells fell on Azaz.", ""),
        (HEAD + b"Content-Type: text/plain; charset*0*=utf''%E2%82; charset=\xff\n\nShells fell.", "Shells fell."),
        (HEAD + b"X: " + b"a" * 500_000 + b"\n\nShells fell.", "Shells fell."),
        (HEAD + b"From: \xff\xfe <\n\nShells fell.", "Shells fell."),
        (HEAD + b"\n\xfe\xfa\x00\x00\x01\x02Shells", ""),
    ],
)
def test_broken_mail_is_read_as_far_as_it_goes(items: Items, raw: bytes, words: str) -> None:
    documents, issues = items(raw, format="mail")
    assert len(documents) + len([i for i in issues if i.severity == "error"]) == 1
    if words:
        assert words in documents[0].text


def test_messages_in_messages_without_end_are_an_issue(items: Items) -> None:
    raw = HEAD
    for number in range(3_000):
        raw += b"Content-Type: multipart/mixed; boundary=b%d\n\n--b%d\n" % (number, number)
    documents, issues = items(raw + b"\n\nShells fell.", format="mail")
    assert documents == []
    assert [i.code for i in issues] == ["no-text"]


def test_a_bad_date_is_no_guess(items: Items) -> None:
    documents, issues = items(message().as_bytes().replace(b"Thu, 05 Dec 2024 23:30:00 +0300", b"some day"))
    assert (documents, [i.code for i in issues]) == ([], ["bad-date"])


@pytest.mark.parametrize(
    ("head", "kind"),
    [
        ("From a@b.example Thu Dec  5 10:00:00 2024\nFrom: a@b.example\n", "mbox"),
        ("Received: by x\nFrom: a\n", "mail"),
        ("From: a@b.example\nSubject: x\n\n", "mail"),
        ("From the hills shells fell on Azaz in 2024\nThe mayor said so.", ""),
        ("Date: 2024-12-05\nSubject: Azaz\n\nShells fell.", ""),
        ("Source: Example Wire\nDate: 2024-12-05\n\nShells fell.", ""),
        ("Shells fell on Azaz.", ""),
        (" From: a@b.example\nSubject: x", ""),
    ],
)
def test_mail_is_told_from_reports_with_header_lines(head: str, kind: str) -> None:
    assert kind_of(head) == kind


def test_bytes_that_are_no_text_do_not_hide_a_mail(items: Items) -> None:
    (document,), _ = items(message().as_bytes() + b"\n-- \n\x00\x01\x02")
    assert document.title == "Shells on Azaz – two dead"


def test_a_broken_message_does_not_end_a_mailbox(items: Items, monkeypatch: pytest.MonkeyPatch) -> None:
    from warledger.ingest import mail

    real = mail._parsed

    def breaks(raw: bytes) -> object:
        if b"second" in raw:
            raise IndexError("no such part")
        return real(raw)

    monkeypatch.setattr(mail, "_parsed", breaks)
    box = b"".join(
        b"From a@b Thu Dec  5 10:00:00 2024\n" + message(f"{t} {TEXT}").as_bytes() + b"\n" for t in ("first", "second", "x")
    )
    documents, issues = items(box)
    assert (len(documents), [i.code for i in issues]) == (2, ["broken"])
    assert issues[0].where.endswith("message 2")
