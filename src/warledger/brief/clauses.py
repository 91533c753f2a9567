"""From the parts of an event or claim to a clause: subject, verb in its mood, the rest."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from warledger.brief.counts import Count
from warledger.brief.extent import GROUND
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
from warledger.brief.parts import TAKEN, Parts, apart, killed_of, marks_of, noun_of, object_of, returned, verb_of
from warledger.brief.quoting import condition_of, sentence_span, speech_of
from warledger.brief.table import FORMS, KILLING, PARTICIPLES, PLURAL_NOUNS, TOLL_VERBS, TOLLED, Form
from warledger.core import EventPlace, Place, View, fold
from warledger.core import vocabulary as v
from warledger.ontology import crowd_of, names_nobody
from warledger.reconcile.tolls import beginning
from warledger.text.extent import NEAR

STATE_TYPES: Final = frozenset(v.FAMILIES["speech"]) | {"support", "negotiate", "agree", "aid", "deploy"}
"""Types in which a foreign government is called by its country ("Turkey urged …")."""
_TOWNS: Final = frozenset("city town village neighbourhood district facility base border_crossing".split())
_VIOLENT: Final = frozenset(v.FAMILIES["violence"]) - {"toll", "destroy"}


@dataclass(frozen=True, slots=True)
class Clause:
    """Subject, verb and what follows, to be said in a mood.

    `tail` follows a comma ("killing five people"); `doer` is the name of the one actor that is its subject, if there is one;
    `quotes` says that the report's own words are in it.
    """

    subject: NounPhrase
    verb: str
    rest: str
    mood: Mood
    tail: str = ""
    doer: str = ""
    quotes: bool = False

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


class Clauses:
    """Composes clauses for one view."""

    def __init__(self, view: View, namer: Namer, quote_words: int) -> None:
        self._view = view
        self._namer = namer
        self._quote_words = quote_words
        days = [d.published for d in view.documents.values() if d.published is not None]
        self._today = view.as_of or max(days, default=date.max)

    def compose(self, parts: Parts, *, dated: bool = True) -> Clause | None:
        """The clause for these parts; None where no form fits and the report had better be quoted.

        Without `dated` the time is left to a heading.
        """
        parts = self._of_one(apart(parts))
        if verb_of(parts) in KILLING and killed_of(parts) is None and any(self._is_body(name) for name in parts.target):
            parts = replace(parts, trigger="")  # an army is attacked, not killed
        if parts.type == "toll":
            return self._toll(parts, dated=dated)
        spoken = self._speech(parts, dated=dated)
        if spoken is not None:
            return spoken
        known = marks_of(parts)
        if parts.type == "deploy" and self._namer.actors(parts.initiator).text.endswith((" forces", " army", " militias")):
            known.add("A")
        form = next((f for f in FORMS[parts.type] if _fits(f, known)), None)
        return None if form is None else self._fill(form, parts, dated=dated)

    def _is_body(self, name: str) -> bool:
        """Whether a name is an army's, a group's or an organisation's, and nobody's that can be killed."""
        return not crowd_of(name) and not names_nobody(name) and not self._namer.is_person(name)

    def _of_one(self, parts: Parts) -> Parts:
        """Parts without a count of one who is named: the name says as much. Other counts say whose people they are."""
        alone = len(parts.target) == 1 and self._namer.is_person(parts.target[0])
        told = (c for c in parts.counts if not alone or not c.low == c.high == 1)
        return replace(parts, counts=tuple(c if c.side in parts.target else self.with_side(c) for c in told))

    def with_side(self, count: Count) -> Count:
        """The count in words that say whose people they are, where that is known and its own words do not."""
        if not count.side or not count.of_nobody:
            return count
        return replace(count, words=f"{count.words} of {self._namer.actor(count.side).text}", side="")

    def _fill(self, form: Form, parts: Parts, *, dated: bool) -> Clause:
        state = parts.type in STATE_TYPES
        slots = {
            "I": self._namer.actors(parts.initiator, state=state, here=parts.place is not None),
            "T": self._namer.actors(parts.target, state=state, here=parts.place is not None),
        }
        object_ = object_of(parts)
        noun = noun_of(parts)
        verb = verb_of(parts)
        place = parts.place
        killed = killed_of(parts) if "K" in form.needs else None
        words = {
            "K": killed.object if killed is not None else "",
            "I": slots["I"].text,
            "T": slots["T"].text,
            "P": self.object_place(parts),
            "onP": self._on(parts, place) if place else "",
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
            rest = f"{rest} of {self._places(parts)}"
        elif place is not None and not used_place and fold(place.name) not in fold(f"{subject.text} {rest}"):
            rest = f"{rest} {self._at(parts, place)}".strip()
        mood = self._mood(parts)
        if running := object_ is not None and object_.basis == "cumulative" and mood is Mood.PAST and "F" in form.needs:
            mood = Mood.PERFECT
        if running:
            rest = f"{rest} {since_words(beginning(object_.since or parts.when)) if object_ is not None else ''}".strip()
        elif dated and parts.when is not None:
            rest = f"{rest} {when_words(parts.when)}".strip()
        if mood is Mood.NOT and subject.text.startswith(("a ", "an ")):
            subject, mood = replace(subject, text=f"no {subject.text.split(' ', 1)[1]}"), Mood.PAST
        tail = self._tail(parts, mood, subject, form)
        actors = {"I": parts.initiator, "T": parts.target}.get(form.subject, ())
        doer = self._namer.canonical(actors[0]) if len(actors) == 1 else ""
        return Clause(subject, form.verb.format(**words), rest, mood, tail, doer)

    def object_place(self, parts: Parts) -> str:
        """The place as the object of a verb, all of it or what of it is meant; empty where none is known."""
        if parts.place is None:
            return ""
        name = self._places(parts)
        wide = parts.extent == "" and parts.place.kind in ("country", "region") and parts.type in TAKEN
        if wide or parts.extent == GROUND:
            if parts.type == "besiege" or verb_of(parts) == "enter" or verb_of(parts).endswith("control of"):
                return f"parts of {name}"
            return f"{'positions' if parts.type == 'withdraw' else 'ground'} {self._namer.at(parts.place)}"
        if parts.extent == NEAR:
            return f"{'positions' if parts.type == 'withdraw' else 'ground'} near {name}"
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
        if form.subject == "K" and (killed := killed_of(parts)) is not None:
            return killed.phrase
        if form.subject == "R":
            back = returned(parts)
            return back.phrase if back is not None else slots["T"]
        text = form.subject.format(**words)
        return NounPhrase(text, form.plural or text in PLURAL_NOUNS, agent=False)

    def _places(self, parts: Parts) -> str:
        """The place, and those that are told in one breath with it."""
        return join_and([self._namer.place(p) for p in (parts.place, *parts.also) if p is not None])

    def _on(self, parts: Parts, place: EventPlace | Place) -> str:
        town = place.kind in _TOWNS and place.precision != "near" and not parts.near
        return f"on {self._places(parts)}" if town else self._at(parts, place)

    def _at(self, parts: Parts, place: EventPlace | Place) -> str:
        if parts.near:
            return f"near {self._places(parts)}"
        return self._namer.at(place).removesuffix(self._namer.place(place)) + self._places(parts)

    def _from(self, place: EventPlace | Place) -> str:
        return self._namer.at(place) if place.kind in ("country", "region", "province") else f"from {self._namer.place(place)}"

    def _tail(self, parts: Parts, mood: Mood, subject: NounPhrase, form: Form) -> str:
        if parts.type not in _VIOLENT and parts.type != "destroy":
            return ""
        told = [c for c in parts.counts if c.measure in PARTICIPLES and c.basis == "incident"]
        if parts.type == "destroy":  # whose object is what was destroyed
            told = [c for c in told if c.measure in TOLLED]
        if "K" in form.needs:
            told = [c for c in told if c.measure != "killed"]
        if not told or mood is Mood.TRY:
            return ""
        if parts.type == "clash" or (form.verb.startswith("be ") and subject.text != ""):
            words = [f"{c.object} {predicate(TOLL_VERBS[c.measure], Mood.PAST, c.phrase)}" for c in told]
            return f"and {join_and(words)}"
        by_measure: dict[str, list[str]] = {}
        for count in told:
            by_measure.setdefault(self._participle(count), []).append(count.object)
        return join_and([f"{verb} {join_and(objects)}" for verb, objects in by_measure.items()])

    def _participle(self, count: Count) -> str:
        """What was done to those counted, as a participle; what a report calls damaged was not destroyed."""
        claim = self._view.claims.get(count.claim)
        damaged = count.measure == "destroyed" and claim is not None and "damag" in claim.trigger.quote.lower()
        return "damaging" if damaged else PARTICIPLES[count.measure]

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
            rest = f"{rest} {since_words(beginning(first.since or parts.when))}".strip()
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
        who = self._namer.actors(parts.initiator, state=True)
        return Clause(who, verb, f"{quote}{time}", Mood.PAST, doer=doer, quotes=True)

    def condition(self, parts: Parts) -> str:
        """The report's words for what a plan depends on (“if asked”), in quotation marks; empty where there are none."""
        return condition_of(parts.claim, self._view) if parts.status in ("planned", "possible") else ""

    def _mood(self, parts: Parts) -> Mood:
        document = self._view.documents.get(parts.claim.document)
        mood = _mood(parts)
        if mood is Mood.PLAN and (parts.over or (parts.when is not None and (parts.when.last or date.max) < self._today)):
            return Mood.PLANNED
        if mood is Mood.NOT and document is not None:
            start = sentence_span(parts.claim, self._view).start
            return Mood.NO_PLAN if _NO_PLAN.search(document.text[start : parts.claim.span.start]) else mood
        if mood is Mood.MAY_HAVE and document is not None and document.published is not None:
            ahead = parts.when is None or (parts.when.last or date.max) >= document.published
            start = sentence_span(parts.claim, self._view).start
            if ahead and _FUTURE.search(document.text[start : parts.claim.span.end]):
                return Mood.MAY
        return mood


def _fits(form: Form, known: set[str]) -> bool:
    return set(form.needs) <= known


_FUTURE: Final = re.compile(
    r"\b(?:may|might|could|would|can|will|risks?|danger|fears? (?:of|that))\b(?!\s+(?:\w+\s+)?have\b)", re.IGNORECASE
)
"""Words before a trigger that put a possibility in the future ("may attack", but not "may have attacked")."""


_NO_PLAN: Final = re.compile(
    r"\b(?:no (?:plans?|intention)|not (?:plan|intend|going|about)|will not|won['’]t|would not)\b[^.;]*$", re.IGNORECASE
)
"""Words before a trigger by which a denial is of what is to come."""


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
