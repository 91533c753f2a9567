"""Which events and claims are asked for: one filter shared by lists, briefings, timelines and exports."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from warledger.core import vocabulary as v
from warledger.core.claim import Claim, Place
from warledger.core.event import Event, EventPlace, Spell
from warledger.core.ids import fold
from warledger.core.view import View
from warledger.core.when import When
from warledger.errors import UsageError


@dataclass(frozen=True, slots=True)
class EventFilter:
    """What to show. Every field that is given must hold; an empty field asks for nothing.

    `place`, `actor` and `voice` are whole words of a name, case, accents and punctuation aside; a place is also met by its
    key and by the country (its name or two letters) or province that it lies in; an actor also by a form in which a claim's
    document names it. `types`, `grades`, `statuses` and `frames` are words of the annotation guide, any of which may hold.
    `since` and `until` are days, both included; what has no time is met only where neither is given. `text` is looked for in
    the sentences of the claims. `min_confidence` (0 to 1) lets records made by hand pass, for they carry none.
    Raises UsageError for a word that is not in the guide, a confidence outside 0 to 1, or an end before its start.
    """

    place: str = ""
    actor: str = ""
    types: tuple[str, ...] = ()
    since: date | None = None
    until: date | None = None
    grades: tuple[str, ...] = ()
    statuses: tuple[str, ...] = ()
    frames: tuple[str, ...] = ()
    voice: str = ""
    text: str = ""
    min_confidence: float = 0.0

    def __post_init__(self) -> None:
        for what, given, allowed in (
            ("type", self.types, v.CLAIM_TYPES),
            ("grade", self.grades, v.GRADES),
            ("status", self.statuses, v.STATUSES),
            ("frame", self.frames, v.FRAMES),
        ):
            for one in given:
                if one not in allowed:
                    raise UsageError(f"{what} {one!r} is not one of: {', '.join(allowed)}")
        if not 0 <= self.min_confidence <= 1:
            raise UsageError(f"the least confidence must lie between 0 and 1, not {self.min_confidence}")
        if self.since is not None and self.until is not None and self.until < self.since:
            raise UsageError(f"the period ends on {self.until}, before it begins on {self.since}")

    def admits(self, event: Event, view: View) -> bool:
        """Whether the event is asked for. Voice, text and confidence are met if one of its claims meets all three."""
        return (
            (not self.grades or event.grade.name in self.grades)
            and (not self.types or not set(self.types).isdisjoint(event.types))
            and (not self.statuses or event.status in self.statuses)
            and (not self.frames or event.frame in self.frames)
            and self._admits_when(event.when)
            and self._admits_somewhere(event.place, event.claims, view)
            and self._admits_event_actor(event, view)
            and self._admits_some_words(event, view)
        )

    def admits_claim(self, claim: Claim, view: View) -> bool:
        """Whether the claim is asked for. A grade is that of the claim's event; a claim of no event has none."""
        record = view.record_of(claim)
        event = view.event_of.get(claim.id)
        places = [place for i in (claim.place, *claim.also_places) if i and (place := record.place(i)) is not None]
        return (
            (not self.grades or (event is not None and event.grade.name in self.grades))
            and (not self.types or claim.type in self.types)
            and (not self.statuses or claim.status in self.statuses)
            and (not self.frames or claim.frame in self.frames)
            and self._admits_when(claim.when)
            and (not self.place or any(self._admits_place(place, view) for place in places))
            and (not self.actor or self._admits_roles(claim, view))
            and self._admits_words(claim, view)
        )

    def admits_spell(self, spell: Spell, view: View) -> bool:
        """Whether the spell is asked for. An actor is its holder or whose side that is on; types, statuses, frames, voice, text
        and confidence are met if one of the claims that it rests on meets them all.
        """
        since, until = spell.since, spell.until
        first, last = since.first if since is not None else None, until.last if until is not None else None
        return (
            (not self.grades or spell.grade in self.grades)
            and (not self.actor or any(names_match(self.actor, name) for name in (spell.holder, spell.side)))
            and (last is None or self.since is None or last >= self.since)
            and (first is None or self.until is None or first <= self.until)
            and self._admits_somewhere(spell.place, spell.claims, view)
            and self._admits_some_claim(spell, view)
        )

    def _admits_some_claim(self, spell: Spell, view: View) -> bool:
        if not (self.types or self.statuses or self.frames or self.voice or self.text or self.min_confidence):
            return True
        return any(
            (not self.types or claim.type in self.types)
            and (not self.statuses or claim.status in self.statuses)
            and (not self.frames or claim.frame in self.frames)
            and self._admits_words(claim, view)
            for i in spell.claims
            if (claim := view.claims.get(i)) is not None
        )

    def _admits_when(self, when: When | None) -> bool:
        if self.since is None and self.until is None:
            return True
        if when is None:
            return False
        return when.overlaps(When.of(self.since, self.until))

    def _admits_event_actor(self, event: Event, view: View) -> bool:
        return (
            not self.actor
            or any(names_match(self.actor, name) for name in (*event.initiator, *event.target))
            or any(self._admits_roles(view.claims[i], view) for i in event.claims if i in view.claims)
        )

    def _admits_roles(self, claim: Claim, view: View) -> bool:
        return any(_is_called(self.actor, i, claim, view) for i in (*claim.initiator, *claim.target))

    def _admits_somewhere(self, here: EventPlace | None, claims: tuple[str, ...], view: View) -> bool:
        """Whether it is `here`, or at a place of one of the claims (by their ids)."""
        if not self.place:
            return True
        if here is not None and (here.key == self.place or place_matches(self.place, here.name, here.country)):
            return True
        for claim_id in claims:
            claim = view.claims.get(claim_id)
            if claim is None:
                continue
            record = view.record_of(claim)
            for local in (claim.place, *claim.also_places):
                place = record.place(local)
                if place is not None and self._admits_place(place, view):
                    return True
        return False

    def _admits_place(self, place: Place, view: View) -> bool:
        """Whether the place is called so, or lies in the province or country that is called so."""
        areas = view.areas.get(fold(self.place), frozenset())
        lies_in = place.country and ((place.country, "") in areas or (place.country, place.admin1) in areas)
        return bool(lies_in) or place_matches(self.place, place.name, place.country)

    def _admits_some_words(self, event: Event, view: View) -> bool:
        if not self.voice and not self.text and not self.min_confidence:
            return True
        return any(self._admits_words(view.claims[i], view) for i in event.claims if i in view.claims)

    def _admits_words(self, claim: Claim, view: View) -> bool:
        if claim.confidence is not None and claim.confidence < self.min_confidence:
            return False
        if self.voice and not any(_is_called(self.voice, s.who, claim, view) for s in claim.voice if s.who):
            return False
        return not self.text or fold(self.text) in fold(sentence_of(claim, view))


def _is_called(asked: str, local_id: str, claim: Claim, view: View) -> bool:
    actor = view.record_of(claim).actor(local_id)
    return any(names_match(asked, name) for name in (actor.name, *(m.text for m in actor.mentions)))


def names_match(asked: str, name: str) -> bool:
    """Whether `asked` stands in `name` as whole words ("tahrir" in "Hayat Tahrir al-Sham"), case and accents aside."""
    words = fold(asked)
    return bool(words) and f" {words} " in f" {fold(name)} "


def place_matches(asked: str, name: str, country: str) -> bool:
    """Whether `asked` names the place, or is the two letters of its country."""
    return names_match(asked, name) or (bool(country) and asked.strip().upper() == country)


def sentence_of(claim: Claim, view: View) -> str:
    """The sentence that holds the claim's trigger; its quoted trigger where the document has no sentences or is not held."""
    document = view.documents.get(claim.document)
    if document is None:
        return claim.trigger.quote
    for start, end in document.sentences:
        if start <= claim.span.start < end:
            return document.text[start:end]
    return claim.trigger.quote
