"""Whose word a claim is: the voice that the report names, else the report's publisher."""

from __future__ import annotations

import re
from dataclasses import dataclass

from warledger.brief.clauses import Clause
from warledger.brief.grammar import NounPhrase, capital, day_words
from warledger.brief.names import Namer
from warledger.core import Claim, View

_CHANNELS = (
    (re.compile(r"\b(?:telegram|twitter|facebook|whatsapp|youtube)\b", re.IGNORECASE), "on {}"),
    (re.compile(r"\bstatement\b", re.IGNORECASE), "in a statement"),
    (re.compile(r"\bstate (?:media|television|tv|radio|news agency)\b", re.IGNORECASE), "through {}"),
)
_STRONG = {"confirm": "confirm", "admit": "admit", "acknowledg": "acknowledge", "conced": "concede"}


@dataclass(frozen=True, slots=True)
class Witness:
    """Who says so. `name` is an actor's or source's name, `published` marks the publisher's own word; `through` is who
    passed it on.
    """

    name: str
    phrase: NounPhrase
    published: bool
    channel: str = ""
    verb: str = "say"
    through: str = ""

    def says(self, clause: Clause) -> str:
        """The clause put into this witness's mouth, with a capital, without full stop."""
        own = not self.published and clause.subject.text == self.phrase.text
        if self.published:
            return f"{clause.sentence()}, {self.phrase.text} {self.phrase.verb('report')}"
        medium = f" {self.channel}" if self.channel else ""
        said = f"{capital(self.phrase.text)} {self.phrase.verb(self.verb)}{medium}"
        if self.through:
            said = f"{said}, according to {self.through},"
        if own:
            return f"{said}{' that' if medium or self.through else ''} {clause.words(pronoun=True)}"
        return f"{said} that {clause.words()}"

    def denies(self, clause: Clause) -> str:
        """The same for a denial, without full stop."""
        positive = clause.positive()
        own = clause.subject.text == self.phrase.text
        if self.published:
            return f"{clause.sentence()}, {self.phrase.text} {self.phrase.verb('report')}"
        return f"{capital(self.phrase.text)} {self.phrase.verb('deny')} that {positive.words(pronoun=own)}"


class Witnesses:
    """Finds the witness of each claim of a view."""

    def __init__(self, view: View, namer: Namer) -> None:
        self._view = view
        self._namer = namer

    def publisher(self, claim: Claim) -> Witness:
        """The source of the claim's document; without a name it is told by its date."""
        document = self._view.documents.get(claim.document)
        if document is not None and document.source.strip():
            return Witness(document.source, NounPhrase(" ".join(document.source.split())), published=True)
        if document is not None and document.published is not None:
            return Witness(document.label, NounPhrase(f"a report of {day_words(document.published)}"), published=True)
        return Witness(claim.document, NounPhrase("a report"), published=True)

    def of(self, claim: Claim) -> Witness:
        """The innermost named voice of the claim, with whoever passed it on; else the publisher."""
        record = self._view.record_of(claim)
        named = [(voice, record.actor(voice.who)) for voice in claim.voice if voice.who]
        if not named:
            return self.publisher(claim)
        voice, actor = named[0]
        phrase = self._namer.speaker(actor.name)
        conduit = ""
        if len(named) > 1 and named[-1][1].name != actor.name:
            conduit = self._namer.actor(named[-1][1].name, state=True).text
        verb = next((plain for stem, plain in _STRONG.items() if stem in voice.cue.lower()), "say")
        return Witness(actor.name, phrase, published=False, channel=_channel(voice.channel), verb=verb, through=conduit)


def _channel(channel: str) -> str:
    for pattern, words in _CHANNELS:
        if found := pattern.search(channel):
            return words.format(found[0])
    return ""
