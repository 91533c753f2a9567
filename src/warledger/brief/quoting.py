"""The report's own words inside our sentences: what a speaker demanded or announced; whole sentences as a last resort."""

from __future__ import annotations

import re
from typing import Final

from warledger.brief.table import LIGHT_VERBS, SPEECH_VERBS
from warledger.core import Claim, Span, View
from warledger.text import extent

_TAIL: Final = re.compile(
    r",?\s+(?:[\w’'-]+\s+){0,6}(?:said|says|added|adding|told|reported|according to)\b(?:(?!\bthat\b).){0,60}$", re.IGNORECASE
)
_BREAK: Final = re.compile(r"[;–—]|,?\s+(?:while|whereas|but|although|though)\s|,\s+(?:as|after|which|who|has|have|had)\s")
_CONDITION: Final = re.compile(r"\b(?:if|unless|until|provided|once|should)\b[^,;.“”\"]{1,80}")
_IRREGULAR: Final = {"swore": "swear", "told": "tell", "sworn": "swear", "ruled out": "rule out"}


def sentence_span(claim: Claim, view: View) -> Span:
    """Where the sentence of a claim's trigger stands in its document; the trigger alone where no sentence is known."""
    return extent.sentence_span(claim, view.documents.get(claim.document))


def quoted(words: str) -> str:
    """`words` in double quotation marks; those inside become single ones."""
    inner = re.sub(r"[“”]|\"", "’", re.sub(r"(?:(?<=\s)|^)[“\"]", "‘", " ".join(words.split())))
    return f"“{inner}”"


def shortened(words: str, limit: int) -> str:
    """At most `limit` words, with an ellipsis where some are left out."""
    found = words.split()
    return " ".join(found) if len(found) <= limit else " ".join(found[:limit]).rstrip(",;:") + " …"


def sentence_quote(claim: Claim, view: View, limit: int) -> str:
    """The sentence of a claim, shortened, in quotation marks."""
    document = view.documents.get(claim.document)
    if document is None:
        return quoted(claim.trigger.quote)
    return quoted(shortened(sentence_span(claim, view).of(document.text), limit))


def speech_of(claim: Claim, view: View, limit: int) -> tuple[str, str] | None:
    """A verb (plain form) and the report's words after it, quoted ("accuse", "“Western powers of …”"), if there are any."""
    document = view.documents.get(claim.document)
    if document is None:
        return None
    sentence = sentence_span(claim, view)
    verb = _plain_verb(claim.trigger.quote)
    start = claim.span.end
    if verb is None:
        before = document.text[sentence.start : claim.span.start]
        light = re.search(r"(\w+)\s+((?:\w+\s+){0,2})$", before)
        if light is None:
            return None
        words = before.split()
        at = next((i for i in range(len(words) - 1, max(len(words) - 4, -1), -1) if words[i].lower() in LIGHT_VERBS), None)
        if at is None:
            return None
        verb = _plain_verb(words[at]) or words[at]
        start = claim.span.start - len(before) + before.rindex(words[at]) + len(words[at])
    if not _speaks(claim, view, start):
        return None
    rest = _until_break(document.text[start : sentence.end], claim, start, view)
    if re.match(r"\s*of\b", rest) and not verb.startswith("warn"):
        return None
    if len(rest.split()) < 2 or not re.match(r"\s*(?!by\b)[\w“\"‘']", rest):
        return None
    return verb, quoted(shortened(rest.strip(), limit))


def _speaks(claim: Claim, view: View, start: int) -> bool:
    """Whether the initiator is named before the verb in its sentence, or not in it at all (a pronoun, an open quotation)."""
    record, sentence = view.record_of(claim), sentence_span(claim, view)
    spans = [m.span for i in claim.initiator for m in record.actor(i).mentions if m.span.within(sentence)]
    return not spans or any(span.end <= start for span in spans)


def _until_break(rest: str, claim: Claim, start: int, view: View) -> str:
    rest = rest.rstrip().rstrip(".!?…")
    rest = _TAIL.sub("", rest)
    others = sorted(
        c.span.start - start for c in view.record_of(claim).claims if c.span.start > claim.span.end and c.id != claim.id
    )
    for other in others:
        if 0 < other < len(rest) and (found := re.search(r",?\s+and\s+(?:[\w’'-]+\s+){0,2}$", rest[:other])):
            rest = rest[: found.start()]
            break
    opening = re.match(r"\s*\S+\s+[\w’'-]+", rest)
    if opening is not None and (found := _BREAK.search(rest, opening.end())):
        rest = rest[: found.start()]
    rest = rest.rstrip(" ,;:")
    if len(re.findall(r"[“”\"]", rest)) % 2:
        rest = re.sub(r"[“”\"]", "", rest)
    return re.sub(r"[,;:]+(?=[”\"’]*$)", "", rest)


def _plain_verb(words: str) -> str | None:
    first, _, particle = words.strip().lower().partition(" ")
    if words.lower() in _IRREGULAR:
        return _IRREGULAR[words.lower()]
    first = _IRREGULAR.get(first, first)
    candidates = [first]
    for ending, put in (
        ("ied", "y"),
        ("ies", "y"),
        ("es", ""),
        ("s", ""),
        ("ed", ""),
        ("d", ""),
        ("ed", "e"),
        ("ing", ""),
        ("ing", "e"),
    ):
        if first.endswith(ending):
            candidates.append(first[: -len(ending)] + put)
    plain = next((c for c in candidates if c in SPEECH_VERBS), None)
    if plain is None:
        return None
    return f"{plain} {particle}".strip()


def condition_of(claim: Claim, view: View) -> str:
    """What a plan depends on in its sentence ("if asked"), quoted; empty where nothing is said or it is long."""
    document = view.documents.get(claim.document)
    if document is None:
        return ""
    sentence = sentence_span(claim, view)
    if claim.span.end >= sentence.end:
        return ""
    found = _CONDITION.search(document.text[claim.span.end : sentence.end])
    if found is None or len(found[0].split()) > 12:
        return ""
    return quoted(found[0].strip())
