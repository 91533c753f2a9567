"""Mail: messages and mailboxes as the standard library writes them, and as nobody should."""

from __future__ import annotations

import hashlib
import io
import mailbox
import zipfile
from datetime import date
from email.message import EmailMessage
from pathlib import Path

import pytest
from ingest_samples import PAGE, PARAGRAPHS, Items

from warledger.ingest.sniff import mail_kind

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
    assert document.author == "Example Wire <desk@wire.example>"
    assert document.raw_sha256 == hashlib.sha256(raw).hexdigest()
    assert document.assumed == ("lines quoted from other mail were left out",)


def test_plain_text_goes_before_html(items: Items) -> None:
    both = message()
    both.add_alternative("<p>Another form.</p>", subtype="html")
    (document,), issues = items(both.as_bytes())
    assert (document.text, issues) == (TEXT, [])
    only = EmailMessage()
    only["From"], only["Date"], only["MIME-Version"] = "desk@wire.example", "Thu, 05 Dec 2024 01:00:00 +0300", "1.0"
    only.set_content(f"<html><script>Nine died.</script><p>{TEXT}</p>", subtype="html")
    (document,), _ = items(only.as_bytes())
    assert (document.text, document.source, document.published) == (TEXT, "wire.example", DAY)


def zipped(files: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return out.getvalue()


def test_what_is_attached_is_read_as_documents_of_their_own(items: Items) -> None:
    whole = message()
    report = f"date: 2024-12-04\nsource: Hill Monitor\n\n{PARAGRAPHS[1]}".encode()
    whole.add_attachment(report, maintype="text", subtype="plain", filename="report.txt")
    whole.add_attachment(PAGE.encode(), maintype="text", subtype="html", filename="page.html")
    whole.add_attachment(f"Cafés: {PARAGRAPHS[2]}", subtype="plain", charset="windows-1252", filename="Übersicht, Dez.txt")
    whole.add_attachment(zipped({"in.txt": PARAGRAPHS[3].encode()}), maintype="application", subtype="zip", filename="a.zip")
    whole.add_attachment(b"\x89PNG", maintype="image", subtype="png", filename="map.png")
    documents, (note,) = items(whole.as_bytes())
    own, text, page, late, inner = documents
    assert (own.text, own.origin[-6:]) == (TEXT, "in.dat")
    assert (text.text, text.source, text.published, text.name) == (
        PARAGRAPHS[1],
        "Hill Monitor",
        date(2024, 12, 4),
        "report.txt",
    )
    assert text.raw_sha256 == hashlib.sha256(report).hexdigest()
    assert text.origin.endswith("in.dat, attached report.txt")
    assert page.text.splitlines()[-1] == PARAGRAPHS[-1]
    assert page.title == "Two die as shells hit Azaz market"
    assert (late.text, late.name) == (f"Cafés: {PARAGRAPHS[2]}", "Übersicht, Dez.txt")
    assert (late.source, late.published) == ("Example Wire", DAY)
    assert set(late.assumed) >= {
        "source Example Wire, who sent the mail", "date 2024-12-05, that of the mail it was attached to",
    }  # fmt: skip
    assert inner.origin.endswith("in.dat, attached a.zip/in.txt")
    assert (note.code, note.severity, "map.png" in note.found) == ("passed-over", "note", True)


def test_a_day_that_is_given_goes_before_that_of_the_mail(items: Items) -> None:
    whole = message("")
    whole.add_attachment(PARAGRAPHS[1].encode(), maintype="text", subtype="plain", filename="a.txt")
    (document,), issues = items(whole.as_bytes(), published=date(2024, 11, 30))
    assert (document.published, issues) == (date(2024, 11, 30), [])


def test_a_message_without_words_is_no_fault_where_a_report_is_attached(items: Items) -> None:
    empty = message("\n")
    assert [i.code for i in items(empty.as_bytes())[1]] == ["no-text"]
    empty.add_attachment(PARAGRAPHS[0].encode(), maintype="application", subtype="octet-stream", filename="a.txt")
    (document,), issues = items(empty.as_bytes())
    assert (document.text, issues) == (PARAGRAPHS[0], [])


def test_the_same_words_in_another_form_are_not_read_twice_but_what_hangs_on_them_is(items: Items) -> None:
    """As one mail program writes it: the attached file lies inside the HTML form."""
    whole = message()
    html = EmailMessage()
    html.set_content(f"<p>{TEXT}</p>", subtype="html")
    html.add_attachment(PARAGRAPHS[1].encode(), maintype="text", subtype="plain", filename="a.txt")
    whole.make_alternative()
    whole.attach(html)
    documents, issues = items(whole.as_bytes())
    assert ([d.text for d in documents], issues) == ([TEXT, PARAGRAPHS[1]], [])


def test_words_in_several_parts_are_one_text(items: Items) -> None:
    whole = message()
    whole.add_attachment(b"\x89PNG", maintype="image", subtype="png", filename="map.png", disposition="inline")
    more = EmailMessage()
    more.set_content(PARAGRAPHS[1])
    whole.attach(more)
    (document,), _ = items(whole.as_bytes())
    assert document.text == f"{TEXT}\n\n{PARAGRAPHS[1]}"


@pytest.mark.parametrize("line_end", [b"\n", b"\r\n"])
def test_an_attached_message_has_its_own_day_and_sender(items: Items, line_end: bytes) -> None:
    inner = message(PARAGRAPHS[1], From="Hill Monitor <m@hill.example>", Date="Mon, 02 Dec 2024 10:00:00 +0000")
    outer = message()
    outer.add_attachment(inner, filename="old.eml")
    documents, issues = items(outer.as_bytes().replace(b"\n", line_end))
    assert issues == []
    assert [(d.source, d.published) for d in documents] == [("Example Wire", DAY), ("Hill Monitor", date(2024, 12, 2))]
    assert documents[1].raw_sha256 == hashlib.sha256(inner.as_bytes().replace(b"\n", line_end)).hexdigest()


def test_hostile_attachments_end_in_issues(items: Items, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = message()
    whole.add_attachment(b"%PDF-1.4 broken", maintype="application", subtype="pdf", filename="r.pdf")
    whole.add_attachment(b"\x00\x01\x02" * 50, maintype="application", subtype="octet-stream", filename="../../x.bin")
    whole.add_attachment(b"", maintype="text", subtype="plain", filename="empty.txt")
    whole.add_attachment(zipped({"b.txt": b"x" * 3_000_000}), maintype="application", subtype="zip", filename="bomb.zip")
    documents, issues = items(whole.as_bytes(), max_archive_bytes=1_000_000)
    assert [d.text for d in documents] == [TEXT]
    assert [i.code for i in issues] == ["broken", "binary", "empty", "archive-limit"]
    assert [i.code for i in items(whole.as_bytes(), max_archive_members=1)[1]] == ["broken", "archive-limit"]
    deep = message(PARAGRAPHS[3])
    for _ in range(9):
        outer = message()
        outer.add_attachment(deep)
        deep = outer
    documents, issues = items(deep.as_bytes())
    assert (len(documents), [i.code for i in issues]) == (6, ["too-deep"])
    monkeypatch.setattr("warledger.ingest.mailparts.MAX_PARTS", 3)
    monkeypatch.setattr("warledger.ingest.mail.MAX_PARTS", 3)
    assert [i.code for i in items(whole.as_bytes())[1]] == ["broken", "archive-limit"]


def test_what_is_encrypted_is_an_issue_and_what_is_signed_is_read(items: Items) -> None:
    told = (
        b"Content-Type: multipart/%s; boundary=x\n\n--x\nContent-Type: %s\n\n%s\n"
        b"--x\nContent-Type: application/%s; name=a.asc\n\n-----BEGIN PGP-----\nhQEMA\n--x--\n"
    )
    documents, issues = items(HEAD + told % (b"encrypted", b"application/pgp-encrypted", b"Version: 1", b"octet-stream"))
    assert (documents, [i.code for i in issues]) == ([], ["locked"])
    (document,), (note,) = items(HEAD + told % (b"signed", b"text/plain", TEXT.encode(), b"pgp-signature"))
    assert (document.text, note.code) == (TEXT, "passed-over")


BROKEN_PARTS = (
    b"Content-Type: message/rfc822\nContent-Transfer-Encoding: base64\n\nRnJvbTogYQ==\n",
    b"Content-Type: message/rfc822\n\n",
    b"Content-Type: text/plain; charset=martian; name=a.txt\n\nShells fell on Azaz again, and nobody was hurt.\n",
    b"Content-Disposition: attachment; filename*=utf-8''%ff%fe\n\nShells fell on Azaz again.\n",
    b"Content-Disposition: attachment; filename==?martian?b?!!?=\nContent-Transfer-Encoding: base64\n\n!!!\n",
    b"Content-Type: application/ms-tnef; name=winmail.dat\nContent-Transfer-Encoding: base64\n\neJ8+IgAAAA==\n",
    b"Content-Type: multipart/alternative; boundary=y\n\n--y--\n",
    b"Content-Type: message/delivery-status\n\nStatus: 5.0.0\n",
)


@pytest.mark.parametrize("part", BROKEN_PARTS)
def test_a_broken_part_does_not_hide_the_others(items: Items, part: bytes) -> None:
    raw = HEAD + b"Content-Type: multipart/mixed; boundary=x\n\n--x\n\n" + TEXT.encode() + b"\n--x\n" + part
    raw += b"--x\nContent-Disposition: attachment; filename=last.txt\n\n" + PARAGRAPHS[1].encode() + b"\n--x--\n"
    documents, issues = items(raw)
    texts = [document.text for document in documents]
    assert (texts[0], texts[-1]) == (TEXT, PARAGRAPHS[1])
    assert len(documents) + len(issues) >= (2 if b"alternative" in part else 3)


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
        (HEAD + b"Content-Type: multipart/mixed; boundary=x\n\n" + b"--x\n\nShells fell.\n" * 500, "Shells fell."),
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


@pytest.mark.parametrize(
    ("subject", "charset", "title"),
    [
        ("Новости".encode(), "us-ascii", "Новости"),
        ("Новости".encode("cp1251"), "windows-1251", "Новости"),
        (b"caf\xe9", "us-ascii", "caf\ufffd"),
        ("=?utf-8?b?4oCT?= Новости".encode(), "utf-8", "– Новости"),
        (b"=?utf-8?q?Caf=C3?= =?utf-8?q?=A9s?=\n of Azaz", "utf-8", "Cafés of Azaz"),
        (b"=?utf-8?b?4oCT?= \\u0041", "utf-8", "– \\u0041"),
        (b"=?martian?q?A?= =?utf-8?q?=C3?=", "utf-8", "=?martian?q?A?= =?utf-8?q?=C3?="),
    ],
)
def test_a_subject_is_read_whatever_wrote_it(items: Items, subject: bytes, charset: str, title: str) -> None:
    raw = HEAD + b"Subject: " + subject + b"\nContent-Type: text/plain; charset=" + charset.encode() + b"\n\nShells fell."
    (document,), _ = items(raw, format="mail")
    assert document.title == title


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
    assert mail_kind(head) == kind


def test_bytes_that_are_no_text_do_not_hide_a_mail(items: Items) -> None:
    (document,), _ = items(message().as_bytes() + b"\n-- \n\x00\x01\x02")
    assert document.title == "Shells on Azaz – two dead"


def test_a_broken_message_does_not_end_a_mailbox(items: Items, monkeypatch: pytest.MonkeyPatch) -> None:
    from warledger.ingest import mail

    real = mail.parsed

    def breaks(raw: bytes) -> object:
        if b"second" in raw:
            raise IndexError("no such part")
        return real(raw)

    monkeypatch.setattr(mail, "parsed", breaks)
    box = b"".join(
        b"From a@b Thu Dec  5 10:00:00 2024\n" + message(f"{t} {TEXT}").as_bytes() + b"\n" for t in ("first", "second", "x")
    )
    documents, issues = items(box)
    assert (len(documents), [i.code for i in issues]) == (2, ["broken"])
    assert issues[0].where.endswith("message 2")
