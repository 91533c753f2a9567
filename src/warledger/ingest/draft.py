"""From what a file gave to a Document: the checks that every format shares."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Final

from warledger.core import Document, Issue, document_id
from warledger.errors import WhenError
from warledger.ingest import markup
from warledger.ingest.dates import FIRST_YEAR, LAST_YEAR, find_date, parse_date
from warledger.ingest.options import ReadOptions
from warledger.text import identify, normalise, split
from warledger.text.language import OTHER_SCRIPTS

MAX_AUTHOR_CHARS: Final = 2_000
"""A page may name as its author whatever it likes."""
SURE_LANGUAGE: Final = 0.5
"""Under this confidence a text in Latin script is taken as English: it is too short, or full of names."""


@dataclass(frozen=True, slots=True)
class Draft:
    """The fields of one document as a file gave them; `date` and `sentences` still unread. `where` is the path and row.

    `sent` is the day of the mail that it came with, which stands in where nothing else gives one. A `plain` text is as a reader
    sees it: what looks like a tag is one of its words.
    """

    text: str
    where: str
    origin: str
    name: str
    raw_sha256: str
    title: str = ""
    source: str = ""
    date: object = None
    url: str = ""
    language: str = ""
    sentences: object = None
    author: str = ""
    sent: str = ""
    plain: bool = False
    assumed: tuple[str, ...] = ()


def finish(draft: Draft, options: ReadOptions) -> Iterator[Document | Issue]:
    """The document, then an Issue if its language is not English; or one Issue that says why there is none."""
    if len(draft.text) > options.max_text_chars:
        yield Issue(
            "too-long",
            draft.where,
            found=f"a text of {len(draft.text):,} characters",
            expected=f"one document of at most {options.max_text_chars:,}",
            todo="split the file into its documents",
        )
        return
    text, assumed = _clean(draft)
    if not any(c.isalpha() for c in text[:100_000]):
        yield Issue(
            "no-text",
            draft.where,
            found="no words" if text.strip() else "an empty text",
            expected="the text of a report",
            todo="leave this one out, or name the right column with --map text=COLUMN",
        )
        return
    published = _published(draft, text, options)
    if isinstance(published, Issue):
        yield published
        return
    day, day_assumed = published
    language, language_assumed = _language(draft, text)
    source = normalise(draft.source).strip() or options.source
    document = Document(
        id=document_id(text, source),
        text=text,
        source=source,
        published=day,
        title=_one_line(draft.title),
        url=_one_line(draft.url),
        name=_one_line(draft.name),
        language=language,
        origin=draft.origin,
        raw_sha256=draft.raw_sha256,
        assumed=(*draft.assumed, *assumed, *day_assumed, *language_assumed),
        sentences=_sentences(draft.sentences, text, unchanged=text == draft.text) or split(text),
        author=_one_line(draft.author[:MAX_AUTHOR_CHARS]),
    )
    yield document
    if language != "en":
        yield Issue(
            "language",
            draft.where,
            found=f"a text in the language “{language}”",
            expected="English, the one language that claims are read in so far",
            todo="nothing: the document is kept, no claims are extracted; records made elsewhere can be added with --records",
            severity="note",
            document=document.id,
        )


def _one_line(text: str) -> str:
    text = normalise(text)
    if markup.has_tags(text):
        text = markup.strip(text).text
    elif markup.has_entities(text):
        text = markup.unescape(text)
    return " ".join(text.split())


def _clean(draft: Draft) -> tuple[str, tuple[str, ...]]:
    """The text with markup taken out, and what that assumed; as it is where offsets into it were given."""
    text = normalise(draft.text)
    if draft.sentences is not None:
        return text, ()
    if not draft.plain and markup.has_tags(text):
        return normalise(markup.strip(text).text), ("HTML: tags and scripts were taken out",)
    if markup.has_entities(text):
        return normalise(markup.unescape(text)), ("HTML: character references were replaced",)
    return text, ()


def _published(draft: Draft, text: str, options: ReadOptions) -> tuple[date | None, tuple[str, ...]] | Issue:
    value = draft.date
    if isinstance(value, str) and not value.strip():
        value = None
    if value is not None:
        try:
            return parse_date(value, day_first=options.day_first), ()
        except WhenError as error:
            return Issue(
                "bad-date",
                draft.where,
                found=f"as its date {error}",
                expected=f"one day between {FIRST_YEAR} and {LAST_YEAR}, best as 2024-12-05",
                todo="correct the date, or name the column that has it with --map date=COLUMN",
            )
    if options.published is not None:
        return options.published, (f"date {options.published}, as given for documents without one",)
    if options.date_from_text and (found := find_date(text, day_first=options.day_first)):
        return found[0], (f"date {found[0]}, from the words “{found[1]}” in the text",)
    if sent := _day(draft.sent):
        return sent, (f"date {sent}, that of the mail it was attached to",)
    if options.undated:
        return None, ()
    return Issue(
        "no-date",
        draft.where,
        found="no date of publication" + (", and none in its first lines" if options.date_from_text else ""),
        expected="a date: every “on Thursday” in a report counts from it",
        todo="add one to the file, or give --date DAY; --date-from-text takes the first date in the text",
    )


def _day(written: str) -> date | None:
    """The day as it is written; None for none."""
    try:
        return parse_date(written) if written else None
    except WhenError:
        return None


def _language(draft: Draft, text: str) -> tuple[str, tuple[str, ...]]:
    code, confidence = identify(text)
    if confidence >= SURE_LANGUAGE or code in OTHER_SCRIPTS:
        return code, ()
    said = draft.language.strip().casefold()[:2]
    if said.isascii() and len(said) == 2 and said.isalpha():
        return said, (f"language {said}, as the file says",)
    return "en", () if code == "en" else ("language en: the text is too short to tell",)


def _sentences(value: object, text: str, *, unchanged: bool) -> tuple[tuple[int, int], ...]:
    """The sentence bounds that the file gave, if they are sound; else none."""
    if not unchanged or not isinstance(value, (list, tuple)):
        return ()
    bounds: list[tuple[int, int]] = []
    last = 0
    for item in value:
        if not isinstance(item, (list, tuple)) or len(item) != 2 or not all(type(n) is int for n in item):
            return ()
        start, end = item
        if not last <= start < end <= len(text):
            return ()
        bounds.append((start, end))
        last = end
    return tuple(bounds)
