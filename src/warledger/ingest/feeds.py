"""RSS and Atom: a document for each item."""

from __future__ import annotations

import hashlib
import html
import io
import json
import re
from collections.abc import Iterator
from typing import Any, Final

from warledger.core import Issue
from warledger.ingest.draft import Draft
from warledger.ingest.foreign import quiet

MAX_ITEMS: Final = 100_000
"""A feed lists some dozens of items; an archive of one may have thousands."""

_OUTLINE: Final = re.compile(r"""<outline\b[^<>]{0,4000}?\bxmlUrl\s{0,9}=\s{0,9}(["'])([^"'<>]{1,2000})\1""", re.IGNORECASE)

_ADDRESS_AND_NAME: Final = re.compile(r"[^\s@()]+@[^\s@()]+\s+\(([^()]+)\)")

MAX_TAGS: Final = 500_000
"""The parser takes about a second for ten thousand tags of a hostile feed, a tenth of that for a sound one."""


def from_feed(raw: bytes, where: str, name: str) -> Iterator[Draft | Issue]:
    """A draft for each item of a feed, in the feed's order, then a warning if the feed is not well formed.

    An item's text is its full content, else its summary; its source is the feed that it names as its origin, else this one.
    What an item says to be plain text is taken for that, unless it begins with a tag as what is wrongly said to be plain does.
    """
    if raw.count(b"<") > MAX_TAGS:
        yield Issue(
            "too-large",
            where,
            found=f"a feed of more than {MAX_TAGS:,} tags",
            expected="some dozens of items",
            todo="split it, or watch the feed itself, which lists the latest items",
        )
        return
    with quiet():
        import feedparser

        # As a stream: given bytes, feedparser would first try them as an address and as a file's name.
        feed = feedparser.parse(io.BytesIO(raw), sanitize_html=False, resolve_relative_uris=False)
    title = _words(feed.feed.get("title"))
    for number, item in enumerate(feed.entries[:MAX_ITEMS], start=1):
        yield _draft(item, title, f"{where}, item {number}", name)
    if feed.bozo and not feed.entries:
        yield Issue(
            "broken",
            where,
            found=f"a feed that cannot be read ({_reason(feed.get('bozo_exception'))})",
            expected="RSS or Atom",
            todo="fetch it anew, or read it as a page with --as html",
        )
    elif feed.bozo and "declared as" not in str(feed.get("bozo_exception")):
        yield Issue(
            "broken-feed",
            where,
            found=f"a feed that is not well formed ({_reason(feed.bozo_exception)}); {len(feed.entries):,} items were read",
            expected="well-formed XML",
            todo="look whether items are missing",
            severity="warning",
        )


def outlines(raw: bytes) -> tuple[str, ...]:
    """The addresses of the feeds that an OPML file lists, each once, in their order."""
    text = raw.decode("utf-8-sig", "replace")
    found = (html.unescape(match[2]).strip() for match in _OUTLINE.finditer(text))
    return tuple(dict.fromkeys(url for url in found if url))


def _reason(error: object) -> str:
    return " ".join(str(error or "not XML").split())[:200]


def _draft(item: Any, feed_title: str, where: str, name: str) -> Draft:  # noqa: ANN401  # feedparser's own mapping
    contents = [one for one in (*(item.get("content") or ()), item.get("summary_detail")) if isinstance(one, dict)]
    content = max(contents, key=lambda one: len(_words(one.get("value"))), default={})
    text = _words(content.get("value")) or _words(item.get("summary"))
    origin = item.get("source")
    said = _words(origin.get("title")) if isinstance(origin, dict) else ""
    date = _words(item.get("published")) or _words(item.get("updated"))
    assumed: list[str] = []
    if date and not item.get("published"):
        assumed.append("date of the last change, for want of one of publication")
    if said and said != feed_title:
        assumed.append(f"source as the item names it, in the feed of {feed_title or 'another'}")
    fields = {key: _words(item.get(key)) for key in ("id", "link", "title")}
    fields |= {"date": date, "text": text, "author": _author(item)}
    return Draft(
        text=text,
        where=where,
        origin=where,
        name=fields["id"][:2_000] or fields["link"][:2_000] or name,
        raw_sha256=hashlib.sha256(json.dumps(fields, sort_keys=True).encode()).hexdigest(),
        title=fields["title"][:2_000],
        source=(said or feed_title)[:2_000],
        date=_day(item, date),
        url=fields["link"][:2_000],
        language=_words(item.get("language"))[:20],
        author=fields["author"],
        plain=content.get("type") == "text/plain" and not text.startswith("<"),
        assumed=tuple(assumed),
    )


def _author(item: Any) -> str:  # noqa: ANN401
    """The names of an item's authors. RSS writes "address (name)", which feedparser cuts short for some addresses."""
    told = _words(item.get("author"))
    if found := _ADDRESS_AND_NAME.fullmatch(told[:2_000]):
        return found[1]
    names = [_words(one.get("name")) for one in item.get("authors") or () if isinstance(one, dict)]
    return "; ".join(dict.fromkeys(filter(None, names))) or told


def _words(value: object) -> str:
    return value.strip() if isinstance(value, str) else ""


def _day(item: Any, written: str) -> str:  # noqa: ANN401
    """The day as written where our own reader of dates knows the form, else as feedparser reads it."""
    from warledger.errors import WhenError
    from warledger.ingest.dates import parse_date

    try:
        return parse_date(written).isoformat() if written else ""
    except WhenError:
        parsed = item.get("published_parsed") or item.get("updated_parsed")
        return f"{parsed.tm_year:04}-{parsed.tm_mon:02}-{parsed.tm_mday:02}" if parsed else written
