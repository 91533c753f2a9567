"""Feeds from files, and Telegram's exports."""

from __future__ import annotations

import json
import time
from datetime import UTC, date, datetime
from email.utils import format_datetime
from xml.etree import ElementTree as ET

import pytest
from ingest_samples import PARAGRAPHS, Items

from warledger.core import document_id
from warledger.ingest import CopyEntry, links_of, signature

DAY = date(2024, 12, 5)
AT = datetime(2024, 12, 5, 22, 30, tzinfo=UTC)


def rss(count: int = 2) -> bytes:
    root = ET.Element("rss", version="2.0")
    channel = ET.SubElement(root, "channel")
    ET.SubElement(channel, "title").text = "Example Wire"
    for number in range(count):
        item = ET.SubElement(channel, "item")
        ET.SubElement(item, "title").text = f"Shells on Azaz & around, {number}"
        ET.SubElement(item, "link").text = f"https://wire.example/{number}"
        ET.SubElement(item, "guid").text = f"guid-{number}"
        ET.SubElement(item, "pubDate").text = format_datetime(AT)
        ET.SubElement(item, "description").text = f"<p>{PARAGRAPHS[number % 4]}</p><script>Nine hundred died.</script>"
    return ET.tostring(root, "utf-8", xml_declaration=True)


ATOM = f"""<?xml version="1.0" encoding="utf-8"?><feed xmlns="http://www.w3.org/2005/Atom"><title>Planet</title>
<entry><title>Shells</title><id>tag:wire.example,1</id><link href="https://wire.example/1"/><updated>2024-12-05T23:30:00+03:00</updated>
<summary>Short.</summary><content type="html">&lt;p&gt;{PARAGRAPHS[0]}&lt;/p&gt;</content>
<source><title>Example Wire</title></source></entry></feed>"""


def test_an_rss_feed_gives_a_document_an_item(items: Items) -> None:
    documents, issues = items(rss())
    assert issues == []
    assert [d.text for d in documents] == [PARAGRAPHS[0], PARAGRAPHS[1]]
    assert [d.name for d in documents] == ["guid-0", "guid-1"]
    first = documents[0]
    assert (first.title, first.source, first.published) == ("Shells on Azaz & around, 0", "Example Wire", DAY)
    assert (first.url, first.author) == ("https://wire.example/0", "")
    assert len({d.raw_sha256 for d in documents}) == 2


def test_an_atom_feed_keeps_an_items_origin(items: Items) -> None:
    (document,), issues = items(ATOM)
    assert issues == []
    assert (document.text, document.source, document.published) == (PARAGRAPHS[0], "Example Wire", DAY)
    assert document.assumed[:2] == (
        "date of the last change, for want of one of publication",
        "source as the item names it, in the feed of Planet",
    )


@pytest.mark.parametrize(
    ("kind", "written", "read"),
    [
        ("text", "who wrote &lt;title&gt; on the wall &lt;/title&gt;", "who wrote <title> on the wall </title>"),
        ("html", "who wrote &lt;b&gt;NO&lt;/b&gt; on the wall", "who wrote NO on the wall"),
        ("html", "who wrote &amp;lt;b&amp;gt; on the wall", "who wrote <b> on the wall"),
        ("text", "&lt;p&gt;who wrote it&lt;/p&gt;", "who wrote it"),
    ],
    ids=["plain words", "markup", "words in markup", "markup said to be plain"],
)
def test_tags_that_are_words_stay_and_those_that_are_markup_go(items: Items, kind: str, written: str, read: str) -> None:
    before = "" if written.startswith("&lt;p") else f"{PARAGRAPHS[0]} Nobody knows "
    content = f'<content type="{kind}">{before}{written}</content>'
    feed = ATOM.replace(ATOM[ATOM.index("<content") : ATOM.index("<source")], content).replace("Short.", "")
    (document,), _ = items(feed)
    assert document.text == f"{before}{read}"


def test_an_item_names_its_authors(items: Items) -> None:
    raw = rss(1).replace(b"<item>", b"<item><author>desk@wire.example (Jana Doe)</author>")
    assert items(raw)[0][0].author == "Jana Doe"
    raw = rss(1).replace(b"<item>", b'<item><dc:creator xmlns:dc="http://purl.org/dc/elements/1.1/">J. Doe</dc:creator>')
    assert items(raw)[0][0].author == "J. Doe"
    people = "".join(f"<author><name>{name}</name></author>" for name in ("Jana Doe", "Rami Roe", "Jana Doe"))
    assert items(ATOM.replace("<entry>", f"<entry>{people}"))[0][0].author == "Jana Doe; Rami Roe"


def test_a_feed_cut_off_gives_what_stands_before(items: Items) -> None:
    raw = rss(3)
    documents, issues = items(raw[: raw.rindex(b"<description>")])
    assert len(documents) >= 2
    assert "broken-feed" in [i.code for i in issues]


LAUGHS = (
    '<?xml version="1.0"?><!DOCTYPE r [<!ENTITY a "aaaaaaaaaa">'
    + "".join(f'<!ENTITY {chr(98 + i)} "{("&" + chr(97 + i) + ";") * 10}">' for i in range(9))
    + "]><rss><channel><title>&j;</title><item><description>&j;</description></item></channel></rss>"
)
EXTERNAL = (
    '<?xml version="1.0"?><!DOCTYPE r [<!ENTITY x SYSTEM "file:///etc/hostname">]>'
    "<rss><channel><item><description>&x;</description></item></channel></rss>"
)


@pytest.mark.parametrize(
    "raw",
    [
        LAUGHS,
        EXTERNAL,
        "<rss>" + "<item>" * 20_000,
        "<rss><channel><item><description>" + "<![CDATA[" * 5_000,
        "<rss version='2.0'><channel>" + "<a>" * 20_000,
    ],
    ids=["entities", "external", "open items", "open cdata", "deep"],
)
def test_a_hostile_feed_ends_in_issues(items: Items, raw: str) -> None:
    began = time.process_time()
    documents, issues = items(raw, published=DAY)
    assert time.process_time() - began < 20
    assert issues or not documents
    assert sum(len(d.text) for d in documents) < 10_000


def test_a_feed_of_endless_tags_is_not_parsed(items: Items) -> None:
    began = time.process_time()
    documents, issues = items("<rss>" + "<item>" * 600_000)
    assert (documents, [i.code for i in issues]) == ([], ["too-large"])
    assert time.process_time() - began < 5


def test_a_feed_is_never_taken_for_a_file_name_or_address(items: Items) -> None:
    documents, issues = items("http://127.0.0.1:9/feed", format="feed")
    assert (documents, [i.code for i in issues]) == ([], ["broken"])


# Telegram


def export(*messages: dict[str, object], **chat: object) -> str:
    head = {"name": "Azaz Today", "type": "public_channel", "id": 1234567890}
    return json.dumps(head | chat | {"messages": list(messages)}, indent=1, ensure_ascii=False)


def post(number: int, text: object, **more: object) -> dict[str, object]:
    at = {"date": "2024-12-05T09:30:00", "date_unixtime": "1733380200"}
    return {"id": number, "type": "message", **at, "from": "Azaz Today", "from_id": "channel1234567890", "text": text, **more}


def test_a_channel_gives_a_document_a_message(items: Items) -> None:
    pieces = [
        "Shells fell on ",
        {"type": "bold", "text": "Azaz"},
        ". Two died, ",
        {"type": "mention", "text": "@mayor"},
        " said.",
    ]
    documents, issues = items(export(post(1, pieces), post(2, ""), {"id": 3, "type": "service", "action": "pin_message"}))
    (document,) = documents
    assert (document.text, document.source, document.published) == (
        "Shells fell on Azaz. Two died, @mayor said.",
        "Azaz Today",
        DAY,
    )
    assert (document.url, document.name) == ("https://t.me/c/1234567890/1", "in.dat:1234567890:1")
    assert [(i.code, i.severity) for i in issues] == [("passed-over", "note")]
    assert "2 messages" in issues[0].found


def test_a_forward_is_the_same_document_as_its_original(items: Items) -> None:
    (forward,), _ = items(export(post(5, PARAGRAPHS[0], forwarded_from="Hill Brigade")))
    assert forward.source == "Hill Brigade"
    assert forward.id == document_id(PARAGRAPHS[0], "Hill Brigade")
    assert forward.assumed == ("forwarded by “Azaz Today” on 2024-12-05, taken as a copy of what “Hill Brigade” wrote",)


def test_who_signs_a_message_is_its_author(items: Items) -> None:
    signed, own, member, forward = items(
        export(
            post(1, PARAGRAPHS[0], author="R. Roe"), post(2, PARAGRAPHS[1]), post(3, PARAGRAPHS[2], **{"from": "Rami"}),
            post(4, PARAGRAPHS[3], author="R. Roe", forwarded_from="Hill Brigade"),
        )
    )[0]  # fmt: skip
    assert [d.author for d in (signed, own, member, forward)] == ["R. Roe", "", "Rami", ""]


def test_an_edited_message_is_a_revision_of_what_was_exported_before(items: Items) -> None:
    (before,), _ = items(export(post(1, PARAGRAPHS[0])))
    later = PARAGRAPHS[0].replace("Two died", "Three died")
    (after,), _ = items(export(post(1, later, edited="2024-12-06T08:00:00")))
    assert after.published == DAY
    assert after.assumed == ("edited on 2024-12-06; the text is as it was exported",)

    def entry(d: object) -> CopyEntry:
        return CopyEntry(d.id, d.source, d.published, d.url, d.title, signature(d.text))  # type: ignore[attr-defined]

    (link,) = links_of(entry(after), [entry(before)])
    assert link.kind == "revision"


def test_a_full_export_is_read_chat_by_chat(items: Items) -> None:
    chats = [json.loads(export(post(n, PARAGRAPHS[n]), name=f"Channel {n}", id=n)) for n in (1, 2)]
    documents, _ = items(json.dumps({"about": "x", "chats": {"about": "y", "list": chats}, "left_chats": {"list": None}}))
    assert [(d.source, d.text) for d in documents] == [(f"Channel {n}", PARAGRAPHS[n]) for n in (1, 2)]


@pytest.mark.parametrize(
    "text",
    [
        export(post(1, "Shells fell."))[:-20],
        export(post(1, "Shells fell.")).replace('"id": 1,', '"id": ' + "[" * 100_000),
        export({"type": "message", "text": [[1], {"text": 5}], "id": {}}, name=5, id=None),
        export({"type": "message", "text": "Shells fell.", "date": [1], "id": 1}, type="private_channel"),
        '{"type": "public_channel", "messages": [1, null, [], {"id": 1e999}]}',
    ],
)
def test_a_broken_export_is_an_issue(items: Items, text: str) -> None:
    documents, issues = items(text)
    assert documents == []
    assert issues


def test_a_large_export_is_read_piece_by_piece(items: Items) -> None:
    posts = [post(n, f"{PARAGRAPHS[n % 4]} It was report {n}. " + "x" * (n % 700)) for n in range(3_000)]
    for indent in (1, None):
        head = {"name": 'A {strange} "name', "type": "public_channel", "id": 5}
        text = json.dumps(head | {"messages": posts}, indent=indent)
        assert len(text) > 1_000_000
        documents, issues = items(text, max_bytes=100_000)
        assert issues == []
        assert len(documents) == 3_000
        assert {d.source for d in documents} == {'A {strange} "name'}
    documents, issues = items(text[: len(text) // 2])
    assert (len(documents) > 1_000, [i.code for i in issues]) == (True, ["bad-json"])
    endless = export(post(1, "Shells fell.")).replace('"Shells fell."', '"' + "x" * 500_000)
    documents, issues = items(endless, max_text_chars=10_000)
    assert (documents, [i.code for i in issues]) == ([], ["bad-json"])
