"""Web pages: the report without what surrounds it, and what the page says of itself."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import urlsplit

from warledger.ingest import markup
from warledger.ingest.foreign import quiet

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

LONGEST_PAGE_CHARS: Final = 3_000_000
MOST_ELEMENTS: Final = 20_000
"""Finding the report takes trafilatura up to some seconds for so many elements; a larger page is read whole, by the scanner."""
DEEPEST_PAGE: Final = 200
"""Elements nested deeper (a page that forgot to close its tags) would overrun the recursion of the extraction."""
LEAST_WORDS: Final = 4
"""Fewer words are no report: the page is then read whole."""

_HEAD_CHARS: Final = 200_000
_CANONICAL: Final = re.compile(r"<link\b[^<>]{0,500}?\brel\s{0,9}=\s{0,9}[\"']?canonical\b[^<>]{0,1000}>", re.IGNORECASE)
_HREF: Final = re.compile(r"\bhref\s{0,9}=\s{0,9}[\"']?(https?://[^\s\"'<>]{1,1000})", re.IGNORECASE)

_PUBLISHED: Final = re.compile(r'"datePublished"\s{0,9}:\s{0,9}"([^"\\]{8,40})"')
_ADDRESS_DAY: Final = re.compile(r"/((?:19|20)\d{2})[/-](\d{1,2})[/-](\d{1,2})(?=[/.-]|$)")
_TIME: Final = re.compile(r"<time\b[^<>]{0,200}?\bdatetime\s{0,3}=\s{0,3}[\"']?(\d{4}-\d{2}-\d{2})", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Report:
    """The report on a page and what the page says of it; empty where it says nothing. `author` are its authors' names."""

    text: str
    title: str = ""
    date: str = ""
    source: str = ""
    url: str = ""
    author: str = ""
    assumed: tuple[str, ...] = ()


def report(page: str, *, url: str = "") -> Report:
    """The report on an HTML page that was fetched from `url`. Scripts, menus, captions and lists of links are left out.

    The date is the one that the page's head gives, else one that it plainly shows; never that of fetching.
    Never raises: a page that the extraction cannot read, or where it finds no report, is read whole.
    """
    plain = markup.strip(page)
    found = _extracted(page, url) if len(page) <= LONGEST_PAGE_CHARS else None
    address = _canonical(page) or plain.meta.get("url", "") or url
    if found is None or len((found.text or "").split()) < min(LEAST_WORDS, len(plain.text.split())):
        text, assumed = plain.text, ["HTML: tags and scripts were taken out"]
    else:
        text, assumed = found.text, ["HTML: the report was taken out of the page"]
    text = _without_title(text, plain.title, found)
    date = plain.meta.get("date", "")
    if not date and (date := _shown_date(page, address)):
        assumed.append(f"date {date}, as the page gives it")
    site = plain.meta.get("source", "") or _site(found)
    source = site or known_source(address)
    if source and not site:
        assumed.append(f"source {source}, from the address")
    author = (found.author or "") if found is not None else ""
    title = (found.title or "") if found is not None else ""
    return Report(text, title or plain.title, date, source, address, author, tuple(assumed))


def known_source(url: str) -> str:
    """The name of the outlet whose address this is, else the address's host; empty for no web address."""
    if not url.startswith(("http://", "https://")):
        return ""
    from warledger.lexicon.sources import SourceLexicon

    known = SourceLexicon.load().match(url)
    if known is not None:
        return known.name
    try:
        return (urlsplit(url).hostname or "").removeprefix("www.")
    except ValueError:
        return ""


def _site(found: Any) -> str:  # noqa: ANN401  # trafilatura's own type, only there once it is imported
    """The site's name in the page's structured data; a bare host is left to `known_source`."""
    name: str = (found.sitename or "") if found is not None else ""
    return "" if "." in name and " " not in name else name


def _without_title(text: str, title: str, found: Any) -> str:  # noqa: ANN401
    """The text without its headline, which is the title and no sentence of the report."""
    first, _, rest = text.partition("\n")
    titles = {title, (found.title or "") if found is not None else ""} - {""}
    return rest if rest and first.strip(" #") in titles else text


def _shown_date(page: str, address: str) -> str:
    """The day in structured data, else in the address, else the one day that the page's <time> elements agree on.

    As YYYY-MM-DD or as the page writes it; empty for none. A footer's year or a month in an address is no day.
    """
    if found := _PUBLISHED.search(page):
        return found[1]
    if found := _ADDRESS_DAY.search(address):
        return "-".join(part.zfill(2) for part in found.groups())
    times = {value[1] for value in _TIME.finditer(page)}
    return times.pop() if len(times) == 1 else ""


def _canonical(page: str) -> str:
    link = _CANONICAL.search(page, 0, _HEAD_CHARS)
    href = _HREF.search(link[0]) if link else None
    return markup.unescape(href[1]) if href else ""


def _extracted(page: str, url: str) -> Any:  # noqa: ANN401
    """Trafilatura's document; None if it finds none or fails."""
    with quiet():
        from trafilatura import bare_extraction, load_html

        try:
            tree = load_html(page)
            if tree is None or _too_large(tree):
                return None
            return bare_extraction(
                tree,
                url=url or None,
                include_comments=False,
                include_tables=True,
                deduplicate=False,
                with_metadata=True,
                date_extraction_params={"extensive_search": False, "original_date": True},
            )
        except Exception:  # noqa: BLE001  # a page is hostile input: whatever it breaks in there, it is still read whole
            return None


def _too_large(tree: Element) -> bool:
    """Whether there are more than `MOST_ELEMENTS`, or some lie in one another deeper than `DEEPEST_PAGE`; without recursion."""
    level, depth, count = [tree], 0, 0
    while level:
        level = [child for element in level for child in element]
        depth, count = depth + 1, count + len(level)
        if depth > DEEPEST_PAGE or count > MOST_ELEMENTS:
            return True
    return False
