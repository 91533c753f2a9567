"""Whose word a claim is: the voice that the report names, else the report's publisher."""

from __future__ import annotations

import re
from dataclasses import dataclass

from warledger.brief.clauses import Clause
from warledger.brief.grammar import NounPhrase, capital, day_words
from warledger.brief.names import Namer
from warledger.core import Claim, Document, View

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

    @property
    def accepts(self) -> str:
        """The verb for who says what it did or lost itself."""
        if self.phrase.person:
            return f"{self.phrase.verb('confirm')} it"
        return f"{self.phrase.verb('say')} so {'themselves' if self.phrase.plural else 'itself'}"

    @property
    def reports(self) -> str:
        """The verb for a plain statement of this witness: a source reports; a report and a person say."""
        return self.phrase.verb("report" if self.published and not self.phrase.text.startswith("a report") else "say")

    def says(self, clause: Clause) -> str:
        """The clause put into this witness's mouth, with a capital, without full stop."""
        own = not self.published and clause.doer == self.name
        if self.published:
            return f"{clause.sentence()}, {self.phrase.text} {self.reports}"
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
        own = clause.doer == self.name
        if self.published:
            return f"{clause.sentence()}, {self.phrase.text} {self.reports}"
        return f"{capital(self.phrase.text)} {self.phrase.verb('deny')} that {positive.words(pronoun=own)}"


class Witnesses:
    """Finds the witness of each claim of a view."""

    def __init__(self, view: View, namer: Namer) -> None:
        self._view = view
        self._namer = namer
        self._nameless = {
            key: document
            for document in view.documents.values()
            if not document.source.strip()
            for key in (document.label, document.id)
        }

    def publisher(self, claim: Claim) -> Witness:
        """The source of the claim's document; without a name it is told by its date."""
        document = self._view.documents.get(claim.document)
        if document is not None and document.source.strip():
            return Witness(document.source, NounPhrase(" ".join(document.source.split())), published=True)
        return Witness(document.label if document is not None else claim.document, self.nameless(document), published=True)

    def nameless(self, document: Document | None) -> NounPhrase:
        """What a document is called whose publisher is not known."""
        if document is None or document.published is None:
            return NounPhrase("a report")
        return NounPhrase(f"a report of {day_words(document.published)}")

    def origin(self, name: str) -> str:
        """An origin as a sentence calls it: an actor in words, a source by its name, a report without one by its date."""
        if self._namer.kind(name):
            return self._namer.speaker(name).text
        if name in self._nameless:
            return self.nameless(self._nameless[name]).text
        return name.strip() or "a report"

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
        name = self._namer.canonical(actor.name)
        return Witness(name, phrase, published=False, channel=_channel(voice.channel), verb=verb, through=conduit)


def _channel(channel: str) -> str:
    for pattern, words in _CHANNELS:
        if found := pattern.search(channel):
            return words.format(found[0])
    return ""
