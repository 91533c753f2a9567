"""From the parts of an event or claim to a clause: subject, verb in its mood, the rest."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from warledger.brief.counts import Count, counts_of_claim, counts_of_event
from warledger.brief.extent import GROUND, extent_of
from warledger.brief.grammar import (
    Mood,
    NounPhrase,
    capital,
    join_and,
    participle,
    predicate,
    since_words,
    when_words,
    with_article,
)
from warledger.brief.names import Namer
from warledger.brief.quoting import condition_of, sentence_span, speech_of
from warledger.brief.table import (
    FORMS,
    KILLING,
    NOUNS,
    OBJECT_MEASURES,
    PARTICIPLES,
    PLURAL_NOUNS,
    TOLL_VERBS,
    VERBS,
    Form,
)
from warledger.core import Claim, Event, EventPlace, Place, View, When, fold
from warledger.core import vocabulary as v

STATE_TYPES: Final = frozenset(v.FAMILIES["speech"]) | {"support", "negotiate", "agree", "aid"}
"""Types in which a foreign government is called by its country ("Turkey urged …")."""
_TOWNS: Final = frozenset("city town village neighbourhood district facility base border_crossing".split())
_VIOLENT: Final = frozenset(v.FAMILIES["violence"]) - {"toll", "destroy"}
_TAKEN: Final = frozenset({"seize", "withdraw", "control", "besiege"})
"""Types that have a place for object, all of it or a part."""


@dataclass(frozen=True, slots=True)
class Parts:
    """What is known of an event or claim, ready to be put into a clause.

    `claim` is the one whose words may be quoted; `extent` says how much of the place is meant, empty for the whole of it.
    """

    type: str
    trigger: str
    initiator: tuple[str, ...]
    target: tuple[str, ...]
    place: EventPlace | Place | None
    when: When | None
    counts: tuple[Count, ...]
    status: str
    claim: Claim
    extent: str = ""


@dataclass(frozen=True, slots=True)
class Clause:
    """Subject, verb and what follows, to be said in a mood.

    `tail` follows a comma ("killing five people"); `doer` is the name of the one actor that is its subject, if there is one.
    """

    subject: NounPhrase
    verb: str
    rest: str
    mood: Mood
    tail: str = ""
    doer: str = ""

    def words(self, *, pronoun: bool = False) -> str:
        """The clause, without capital or full stop; with `pronoun` its subject is "it" or "they"."""
        subject = self.subject
        if pronoun:
            subject = replace(subject, text=subject.pronoun, plural=subject.plural or subject.person)
        body = " ".join(word for word in (subject.text, predicate(self.verb, self.mood, subject), self.rest) if word)
        if self.mood is Mood.TRY:
            body += " but failed" if not self.verb.startswith("be ") else ""
        return f"{body}, {self.tail}" if self.tail else body

    def sentence(self) -> str:
        """The clause with a capital, without full stop."""
        return capital(self.words())

    def positive(self) -> Clause:
        """The same clause as if it had happened, to stand after "denies that"."""
        return replace(self, mood=Mood.PAST)


def parts_of_claim(claim: Claim, view: View) -> Parts:
    """The parts that one claim gives."""
    record = view.record_of(claim)
    return Parts(
        claim.type,
        claim.trigger.quote,
        view.actor_names(claim, claim.initiator),
        view.actor_names(claim, claim.target),
        record.place(claim.place),
        claim.when,
        tuple(counts_of_claim(claim.figures, claim.id)),
        claim.status,
        claim,
        extent_of([claim], claim.type, view) if claim.type in _TAKEN else "",
    )


def parts_of_event(event: Event, view: View, lead: Claim) -> Parts:
    """The parts that an event gives; `lead` is the claim whose trigger words it best."""
    return Parts(
        event.type,
        lead.trigger.quote if lead.type == event.type else "",
        event.initiator,
        event.target,
        event.place,
        event.when,
        tuple(counts_of_event(event.figures, view)),
        event.status,
        lead,
        extent_of([view.claims[i] for i in event.claims if i in view.claims], event.type, view) if event.type in _TAKEN else "",
    )


class Clauses:
    """Composes clauses for one view."""

    def __init__(self, view: View, namer: Namer, quote_words: int) -> None:
        self._view = view
        self._namer = namer
        self._quote_words = quote_words

    def compose(self, parts: Parts, *, dated: bool = True) -> Clause | None:
        """The clause for these parts; None where no form fits and the report had better be quoted.

        Without `dated` the time is left to a heading.
        """
        parts = _apart(parts)
        if parts.type == "toll":
            return self._toll(parts, dated=dated)
        spoken = self._speech(parts, dated=dated)
        if spoken is not None:
            return spoken
        known = self._known(parts)
        form = next((f for f in FORMS[parts.type] if _fits(f, known)), None)
        return None if form is None else self._fill(form, parts, dated=dated)

    def _known(self, parts: Parts) -> set[str]:
        known = {"I"} if parts.initiator else set()
        if len(parts.initiator) > 1:
            known.add("2")
        if parts.target:
            known.add("T")
        if parts.place is not None:
            known.add("P")
        if self._object(parts) is not None:
            known.add("F")
        if _returned(parts) is not None or (parts.type == "displace" and "return" in parts.trigger.lower() and parts.target):
            known.add("R")
        trigger = parts.trigger.lower()
        if parts.type == "declare" and "responsib" in trigger:
            known.add("C")
        if re.search(r"suicide|bomber|attacker", " ".join(parts.initiator)):
            known.add("B")
        if _verb(parts) == "enter":
            known.discard("T")
        if parts.type == "deploy" and self._namer.actors(parts.initiator).text.endswith((" forces", " army", " militias")):
            known.add("A")
        if _killed(parts) is not None:
            known.add("K")
        if "designat" in trigger:
            known.add("D")
        if parts.type == "found" and re.search(r"\b(?:form|found|creat|establish)", trigger):
            known.add("S")
        return known

    def _object(self, parts: Parts) -> Count | None:
        measures = OBJECT_MEASURES.get(parts.type, ())
        return next((c for measure in measures for c in parts.counts if c.measure == measure), None)

    def _fill(self, form: Form, parts: Parts, *, dated: bool) -> Clause:
        state = parts.type in STATE_TYPES
        slots = {
            "I": self._namer.actors(parts.initiator, state=state, here=parts.place is not None),
            "T": self._namer.actors(parts.target, state=state, here=parts.place is not None),
        }
        object_ = self._object(parts)
        noun = _noun(parts)
        verb = _verb(parts)
        place = parts.place
        killed = _killed(parts) if "K" in form.needs else None
        words = {
            "K": killed.object if killed is not None else "",
            "I": slots["I"].text,
            "T": slots["T"].text,
            "P": self._object_place(parts),
            "onP": self._on(place) if place else "",
            "F": object_.object if object_ else "",
            "N": noun,
            "aN": noun if noun in PLURAL_NOUNS or noun == "a strike" else with_article(noun),
            "V": verb,
            "Vp": participle(verb),
        }
        subject = self._subject(form, slots, words, parts, object_)
        rest = form.rest.format(**words)
        used_place = "{P}" in form.rest or "{onP}" in form.rest or form.subject == "P"
        leaves = parts.type == "displace" or (
            parts.type == "release" and place is not None and place.kind in ("facility", "base")
        )
        if leaves and place is not None and not used_place:
            rest = f"{rest} {self._from(place)}".strip()
        elif place is not None and noun == "invasion" and not used_place:
            rest = f"{rest} of {self._namer.place(place)}"
        elif place is not None and not used_place and fold(place.name) not in fold(f"{subject.text} {rest}"):
            rest = f"{rest} {self._namer.at(place)}".strip()
        mood = self._mood(parts)
        if dated and parts.when is not None:
            rest = f"{rest} {when_words(parts.when)}".strip()
        if mood is Mood.NOT and subject.text.startswith(("a ", "an ")):
            subject, mood = replace(subject, text=f"no {subject.text.split(' ', 1)[1]}"), Mood.PAST
        tail = self._tail(parts, mood, subject, form)
        actors = {"I": parts.initiator, "T": parts.target}.get(form.subject, ())
        doer = self._namer.canonical(actors[0]) if len(actors) == 1 else ""
        return Clause(subject, form.verb.format(**words), rest, mood, tail, doer)

    def _object_place(self, parts: Parts) -> str:
        if parts.place is None:
            return ""
        name = self._namer.place(parts.place)
        wide = parts.extent == "" and parts.place.kind in ("country", "region") and parts.type in _TAKEN
        if wide or parts.extent == GROUND:
            if parts.type == "besiege" or _verb(parts) == "enter" or _verb(parts).endswith("control of"):
                return f"parts of {name}"
            return f"{'positions' if parts.type == 'withdraw' else 'ground'} {self._namer.at(parts.place)}"
        return f"{parts.extent} {name}".strip()

    def _subject(
        self, form: Form, slots: dict[str, NounPhrase], words: dict[str, str], parts: Parts, object_: Count | None
    ) -> NounPhrase:
        if form.subject == "I":
            return slots["I"]
        if form.subject == "T":
            return replace(slots["T"], agent=False)
        if form.subject == "P":
            return NounPhrase(words["P"], agent=False)
        if form.subject == "F" and object_ is not None:
            return object_.phrase
        if form.subject == "K" and (killed := _killed(parts)) is not None:
            return killed.phrase
        if form.subject == "R":
            back = _returned(parts)
            return back.phrase if back is not None else slots["T"]
        text = form.subject.format(**words)
        return NounPhrase(text, form.plural or text in PLURAL_NOUNS, agent=False)

    def _on(self, place: EventPlace | Place) -> str:
        return f"on {self._namer.place(place)}" if place.kind in _TOWNS and place.precision != "near" else self._namer.at(place)

    def _from(self, place: EventPlace | Place) -> str:
        return self._namer.at(place) if place.kind in ("country", "region", "province") else f"from {self._namer.place(place)}"

    def _tail(self, parts: Parts, mood: Mood, subject: NounPhrase, form: Form) -> str:
        if parts.type not in _VIOLENT:
            return ""
        told = [c for c in parts.counts if c.measure in PARTICIPLES and c.basis == "incident"]
        if "K" in form.needs:
            told = [c for c in told if c.measure != "killed"]
        if not told or mood is Mood.TRY:
            return ""
        if form.verb.startswith("be ") and subject.text != "":
            words = [f"{c.object} {predicate(TOLL_VERBS[c.measure], Mood.PAST, c.phrase)}" for c in told]
            return f"and {join_and(words)}"
        by_measure: dict[str, list[str]] = {}
        for count in told:
            by_measure.setdefault(PARTICIPLES[count.measure], []).append(count.object)
        return join_and([f"{verb} {join_and(objects)}" for verb, objects in by_measure.items()])

    def _toll(self, parts: Parts, *, dated: bool) -> Clause | None:
        told = [c for c in parts.counts if c.measure in TOLL_VERBS]
        if not told:
            return None
        first = told[0]
        counting = first.basis == "cumulative" and parts.status == "happened"
        mood = Mood.PERFECT if counting else self._mood(parts)
        tail = join_and([f"{c.object} {predicate(TOLL_VERBS[c.measure], mood, c.phrase)}" for c in told[1:]])
        rest = f"by {self._namer.actors(parts.initiator).text}" if parts.initiator and first.measure in PARTICIPLES else ""
        if parts.place is not None:
            rest = f"{rest} {self._namer.at(parts.place)}".strip()
        if counting:
            rest = f"{rest} {since_words(first.since or parts.when)}".strip()
        elif dated and parts.when is not None:
            rest = f"{rest} {when_words(parts.when)}".strip()
        return Clause(first.phrase, TOLL_VERBS[first.measure], rest, mood, f"and {tail}" if tail else "")

    def _speech(self, parts: Parts, *, dated: bool) -> Clause | None:
        """A speech act in the report's own words, where they follow its verb."""
        if parts.type not in v.SPEECH_ACTS | {"support", "sanction"} or not parts.initiator or parts.status != "happened":
            return None
        if parts.type in ("support", "sanction") and parts.target:
            return None
        spoken = speech_of(parts.claim, self._view, self._quote_words)
        if spoken is None:
            return None
        verb, quote = spoken
        if "responsib" in verb and not quote.startswith("“for "):
            return None
        time = f" ({when_words(parts.when).removeprefix('on ')})" if dated and parts.when is not None else ""
        doer = self._namer.canonical(parts.initiator[0]) if len(parts.initiator) == 1 else ""
        return Clause(self._namer.actors(parts.initiator, state=True), verb, f"{quote}{time}", Mood.PAST, doer=doer)

    def condition(self, parts: Parts) -> str:
        """The report's words for what a plan depends on (“if asked”), in quotation marks; empty where there are none."""
        return condition_of(parts.claim, self._view) if parts.status in ("planned", "possible") else ""

    def _mood(self, parts: Parts) -> Mood:
        document = self._view.documents.get(parts.claim.document)
        mood = _mood(parts)
        if mood is Mood.MAY_HAVE and document is not None and document.published is not None:
            ahead = parts.when is None or (parts.when.last or date.max) >= document.published
            start = sentence_span(parts.claim, self._view).start
            if ahead and _FUTURE.search(document.text[start : parts.claim.span.end]):
                return Mood.MAY
        return mood


def _apart(parts: Parts) -> Parts:
    """Parts whose sides do not repeat each other: in a fight or a deal, either side may be told as the initiator."""
    target = tuple(name for name in parts.target if name not in parts.initiator)
    initiator = parts.initiator
    if parts.type in ("clash", "agree", "negotiate") and target != parts.target:
        initiator = tuple(name for name in parts.initiator if name not in parts.target) or parts.initiator
        target = parts.target if initiator != parts.initiator else target
    return replace(parts, initiator=initiator, target=target)


def _fits(form: Form, known: set[str]) -> bool:
    return set(form.needs) <= known


def _killed(parts: Parts) -> Count | None:
    """The count that a verb of killing has for its object."""
    if parts.type != "attack" or _verb(parts) not in KILLING:
        return None
    return next((c for c in parts.counts if c.measure == "killed" and c.basis == "incident"), None)


def _returned(parts: Parts) -> Count | None:
    return next((c for c in parts.counts if c.measure == "returned"), None)


def _noun(parts: Parts) -> str:
    plain, by_word = NOUNS.get(parts.type, ("", {}))
    trigger = parts.trigger.lower()
    return next((noun for word, noun in by_word.items() if word in trigger), plain)


def _verb(parts: Parts) -> str:
    plain, by_trigger = VERBS.get(parts.type, ("", {}))
    return by_trigger.get(parts.trigger.lower(), plain)


_FUTURE: Final = re.compile(
    r"\b(?:may|might|could|would|can|will|risks?|danger|fears? (?:of|that))\b(?!\s+(?:\w+\s+)?have\b)", re.IGNORECASE
)
"""Words before a trigger that put a possibility in the future ("may attack", but not "may have attacked")."""


def _mood(parts: Parts) -> Mood:
    match parts.status:
        case "planned":
            return Mood.PLAN
        case "possible":
            return Mood.MAY_HAVE
        case "denied":
            return Mood.NOT
        case "failed":
            return Mood.TRY
        case _:
            open_end = parts.when is not None and parts.when.last is None
            return Mood.PERFECT if open_end else Mood.PAST
