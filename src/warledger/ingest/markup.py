"""HTML to the text a reader sees, in time proportional to its length whatever the input.

The standard library's html.parser needs quadratic time on unclosed comments and raises on some declarations, so a small
scanner of our own does it. It drops tags, scripts and comments; telling the report from the rest of a page is not its task.
"""

from __future__ import annotations

import html
import re
from dataclasses import dataclass
from typing import Final

_BLOCKS: Final = frozenset(
    """
    address article aside blockquote body br caption dd div dl dt fieldset figcaption figure footer form h1 h2 h3 h4 h5 h6
    header hr html li main nav ol option p pre section table tbody td tfoot th thead title tr ul
    """.split()
)
_UNSEEN: Final = frozenset("script style noscript template svg iframe object textarea select".split())
_TAG_NAME: Final = re.compile(r"</?([a-zA-Z][a-zA-Z0-9:-]{0,30})")
_LONG_TAG_CHARS: Final = 4_000
"""A longer tag is one only if no other opens inside it (an image written out in its address)."""
_BLOCK_HINT: Final = re.compile(r"<(?:p|br|div|li|td|h[1-6]|html|body|blockquote)[\s/>]", re.IGNORECASE)
_ATTRIBUTE: Final = re.compile(r"""([a-zA-Z:-]{1,40})\s{0,9}=\s{0,9}(?:"([^"]{0,2000})"|'([^']{0,2000})'|([^\s"'>]{1,2000}))""")
_HINT: Final = re.compile(
    r"</?(?:p|br|div|span|a|b|i|u|em|strong|ul|ol|li|h[1-6]|blockquote|script|style|html|body|head|table|tr|td|img|figure|"
    r"section|article|sup|sub|font|center)(?:\s[^<>]{0,2000})?/?>",
    re.IGNORECASE,
)
_ENTITY: Final = re.compile(
    r"&(?:amp|quot|nbsp|lt|gt|apos|rsquo|lsquo|ldquo|rdquo|laquo|raquo|ndash|mdash|hellip|[a-zA-Z]{1,2}(?:acute|grave|circ|uml|cedil|tilde)"
    r"|#\d{2,6}|#[xX][0-9a-fA-F]{2,6});"
)
_SPACES: Final = re.compile(r"[ \t\r\f\v\u00a0]+")
_META: Final = {
    "article:published_time": "date",
    "datepublished": "date",
    "date": "date",
    "dc.date": "date",
    "dc.date.issued": "date",
    "pubdate": "date",
    "og:site_name": "source",
    "og:url": "url",
}


@dataclass(frozen=True, slots=True)
class Page:
    """The visible text of a page, its title, and what its head says of `date`, `source` and `url` (as written)."""

    text: str
    title: str
    meta: dict[str, str]


def has_tags(text: str) -> bool:
    """Whether `text` contains an HTML tag of a usual kind."""
    return "<" in text and _HINT.search(text) is not None


def has_entities(text: str) -> bool:
    """Whether `text` contains a usual character reference, as `&amp;`."""
    return "&" in text and _ENTITY.search(text) is not None


def unescape(text: str) -> str:
    """`text` with the usual character references replaced by what they stand for, each once."""
    return _ENTITY.sub(lambda match: html.unescape(match[0]), text)


def strip(markup: str) -> Page:
    """The text of `markup` with a line for each block. Never raises; what is no markup stays as text."""
    scanner = _Scanner(markup)
    scanner.run()
    return Page(_tidy("".join(scanner.out)), _tidy("".join(scanner.title)).replace("\n", " "), scanner.meta)


def _tidy(text: str) -> str:
    lines = (_SPACES.sub(" ", line).strip() for line in html.unescape(text).split("\n"))
    return "\n".join(line for line in lines if line)


class _Scanner:
    def __init__(self, markup: str) -> None:
        self.markup = markup
        self.out: list[str] = []
        self.title: list[str] = []
        self.meta: dict[str, str] = {}
        self.missing: set[str] = set()  # closing words that do not occur any more: not to be looked for again
        self.next_end = -1  # where the next ">" is, once looked for
        self.has_blocks = _BLOCK_HINT.search(markup) is not None

    def run(self) -> None:
        markup, at = self.markup, 0
        target = self.out
        while (opening := markup.find("<", at)) >= 0:
            target.append(self._flat(markup[at:opening]))
            if markup.startswith("<!--", opening):
                at = self._past("-->", opening, 4)
            elif markup.startswith(("<!", "<?"), opening):
                at = self._past(">", opening, 2)
            elif name := _TAG_NAME.match(markup, opening):
                at = self._tag(opening, name)
                word = name[1].lower()
                if at == opening + 1:  # no tag after all
                    target.append("<")
                elif word == "title":
                    target = self.out if markup[opening + 1] == "/" or self.title else self.title
                elif word == "br":
                    target.append("\n")
            else:
                target.append("<")
                at = opening + 1
        target.append(self._flat(markup[at:]))

    def _flat(self, text: str) -> str:
        """Line ends mean nothing where blocks make the lines; they are kept where only words are marked up."""
        return text.replace("\n", " ") if self.has_blocks else text

    def _past(self, closing: str, opening: int, width: int) -> int:
        """The offset after `closing`; where there is none, only the opening is passed over."""
        if closing in self.missing:
            return opening + width
        found = self.markup.find(closing, opening + width)
        if found < 0:
            self.missing.add(closing)
            return opening + width
        return found + len(closing)

    def _tag(self, opening: int, name: re.Match[str]) -> int:
        """Takes the tag at `opening`; the offset after it and, for what is not seen, after its content."""
        end = self._tag_end(name.end())
        if end < 0:
            return opening + 1
        word = name[1].lower()
        closing = self.markup[opening + 1] == "/"
        if word in _BLOCKS:
            self.out.append("\n")
        if word == "meta":
            self._take_meta(self.markup[name.end() : end])
        if word in _UNSEEN and not closing and self.markup[end - 1] != "/":
            return self._past_element(word, end + 1)
        return end + 1

    def _tag_end(self, at: int) -> int:
        """The offset of the `>` that ends a tag, not one inside a quoted attribute; -1 if it is never ended."""
        if self.next_end < at:
            found = self.markup.find(">", at)
            self.next_end = found if found >= 0 else len(self.markup)
        first = end = self.next_end
        if first == len(self.markup):
            return -1
        if first - at > _LONG_TAG_CHARS:
            return first if self.markup.find("<", at, first) < 0 else -1
        for _ in range(4):
            if self.markup.count('"', at, end) % 2 == 0:
                return end
            end = self.markup.find(">", end + 1, at + _LONG_TAG_CHARS)
            if end < 0:
                break
        return first

    def _past_element(self, word: str, at: int) -> int:
        """The offset of the end tag of an element whose content is not seen; `at` if it is never closed."""
        closing = f"</{word}"
        if closing in self.missing:
            return at
        found = re.compile(re.escape(closing), re.IGNORECASE).search(self.markup, at)
        if found is None:
            self.missing.add(closing)
            return at
        return found.start()

    def _take_meta(self, attributes: str) -> None:
        values = {m[1].lower(): m[2] or m[3] or m[4] or "" for m in _ATTRIBUTE.finditer(attributes[:4_000])}
        key = (values.get("property") or values.get("name") or values.get("itemprop") or "").lower()
        if key in _META and values.get("content"):
            self.meta.setdefault(_META[key], html.unescape(values["content"]).strip())
