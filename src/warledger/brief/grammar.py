"""English: noun phrases, verbs in their moods, lists, numbers and dates, as a careful analyst writes them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import Enum
from typing import Final

from warledger.core import When

SMALL: Final = "zero one two three four five six seven eight nine".split()
"""Numbers below ten are written as words."""

MILLION: Final = 1_000_000

_IRREGULAR: Final = {
    "be": ("was", "been"), "hold": ("held", "held"), "take": ("took", "taken"), "retake": ("retook", "retaken"),
    "overrun": ("overran", "overrun"), "fight": ("fought", "fought"), "hit": ("hit", "hit"), "send": ("sent", "sent"),
    "leave": ("left", "left"), "flee": ("fled", "fled"), "go": ("went", "gone"), "meet": ("met", "met"),
    "withdraw": ("withdrew", "withdrawn"), "have": ("had", "had"), "make": ("made", "made"), "break": ("broke", "broken"),
    "blow": ("blew", "blown"), "set": ("set", "set"), "give": ("gave", "given"), "shoot": ("shot", "shot"),
    "say": ("said", "said"), "become": ("became", "become"), "lose": ("lost", "lost"), "split": ("split", "split"),
    "strike": ("struck", "struck"), "cut": ("cut", "cut"), "swear": ("swore", "sworn"), "tell": ("told", "told"),
}  # fmt: skip
_DOUBLED: Final = frozenset({"commit", "ban"})


class Mood(Enum):
    """How a clause is put."""

    PAST = "it happened"
    PERFECT = "it goes on since a time"
    PLAN = "somebody means to do it"
    MAY = "it is possible in future"
    MAY_HAVE = "it is possible that it happened"
    NOT = "it did not happen"
    TRY = "somebody tried without success"
    PLANNED = "somebody meant to do it, at a time that has passed"
    NO_PLAN = "somebody does not mean to do it"


@dataclass(frozen=True, slots=True)
class NounPhrase:
    """Words for somebody or something. `agent` is false for things that cannot mean to do what they do."""

    text: str
    plural: bool = False
    person: bool = False
    agent: bool = True

    @property
    def pronoun(self) -> str:
        """The word that stands for it as a subject."""
        return "they" if self.plural or self.person else "it"

    @property
    def object_pronoun(self) -> str:
        """The word that stands for it as an object."""
        return "them" if self.plural or self.person else "it"

    def verb(self, plain: str) -> str:
        """The present tense of `plain` that goes with it ("say" or "says")."""
        if self.plural:
            return {"be": "are"}.get(plain, plain)
        return third_person(plain)


def third_person(plain: str) -> str:
    """The third person singular of a verb, particles kept ("carry out" gives "carries out")."""
    word, _, rest = plain.partition(" ")
    irregular = {"be": "is", "have": "has"}
    if word in irregular:
        form = irregular[word]
    elif word.endswith(("s", "x", "z", "ch", "sh", "o")):
        form = word + "es"
    elif word.endswith("y") and word[-2:-1] not in "aeiou":
        form = word[:-1] + "ies"
    else:
        form = word + "s"
    return f"{form} {rest}".rstrip()


def past(plain: str) -> str:
    """The simple past of a verb, particles kept; "be" gives "was"."""
    return _inflect(plain, 0)


def participle(plain: str) -> str:
    """The past participle of a verb, particles kept."""
    return _inflect(plain, 1)


def _inflect(plain: str, which: int) -> str:
    word, _, rest = plain.partition(" ")
    if word in _IRREGULAR:
        form = _IRREGULAR[word][which]
    elif word in _DOUBLED:
        form = word + word[-1] + "ed"
    elif word.endswith("e"):
        form = word + "d"
    elif word.endswith("y") and word[-2:-1] not in "aeiou":
        form = word[:-1] + "ied"
    else:
        form = word + "ed"
    return f"{form} {rest}".rstrip()


def predicate(verb: str, mood: Mood, subject: NounPhrase) -> str:
    """`verb` ("capture", "be captured") in a mood, agreeing with its subject."""
    word, _, rest = verb.partition(" ")
    have = "have" if subject.plural else "has"
    if word == "be":
        forms = {
            Mood.PAST: "were" if subject.plural else "was",
            Mood.PERFECT: f"{have} been",
            Mood.PLAN: "are to be" if subject.plural else "is to be",
            Mood.MAY: "may be",
            Mood.MAY_HAVE: "may have been",
            Mood.NOT: "were not" if subject.plural else "was not",
            Mood.TRY: "were nearly" if subject.plural else "was nearly",
            Mood.PLANNED: "were to be" if subject.plural else "was to be",
            Mood.NO_PLAN: "are not to be" if subject.plural else "is not to be",
        }
        return f"{forms[mood]} {rest}".rstrip()
    if mood in (Mood.PLAN, Mood.PLANNED, Mood.NO_PLAN):
        return _meant(verb, mood, subject)
    return {
        Mood.PAST: past(verb),
        Mood.PERFECT: f"{have} {participle(verb)}",
        Mood.MAY: f"may {verb}",
        Mood.MAY_HAVE: f"may have {participle(verb)}",
        Mood.NOT: f"did not {verb}",
        Mood.TRY: f"tried to {verb}",
    }[mood]


def _meant(verb: str, mood: Mood, subject: NounPhrase) -> str:
    """What somebody means to do; what means nothing is to do it."""
    if mood is Mood.PLANNED:
        return f"planned to {verb}" if subject.agent else f"{'were' if subject.plural else 'was'} to {verb}"
    denied = "not " if mood is Mood.NO_PLAN else ""
    if not subject.agent:
        return f"{'are' if subject.plural else 'is'} {denied}to {verb}"
    return f"{'do' if subject.plural else 'does'} not plan to {verb}" if denied else f"{subject.verb('plan')} to {verb}"


def join_and(words: Sequence[str]) -> str:
    """A list in words: "a", "a and b", "a, b and c"."""
    if len(words) < 2:
        return "".join(words)
    return f"{', '.join(words[:-1])} and {words[-1]}"


def join_phrases(phrases: Sequence[NounPhrase]) -> NounPhrase:
    """Several subjects as one."""
    if len(phrases) == 1:
        return phrases[0]
    return NounPhrase(join_and([p.text for p in phrases]), plural=True)


def capital(text: str) -> str:
    """`text` with its first letter in upper case, a quotation mark before it aside."""
    lead = text[: len(text) - len(text.lstrip("“‘"))]
    rest = text[len(lead) :]
    return lead + rest[:1].upper() + rest[1:]


_LIKE_A_CONSONANT = re.compile(r"U[KNS]|Uk|Ugand|[Ee]u[a-z]|[Uu]ni(?![dmn])|us[eu]|one\b")
"""How words begin that have a vowel in writing only: "a US strike", "a Ukrainian drone", "a European envoy"."""


_SPELLED = re.compile(r"[FHLMNRSX](?=[B-DF-HJ-NP-TV-Z\d])[B-DF-HJ-NP-TV-Z\d]*\b")
"""Letters that are said one by one, and the first with a vowel before it: "an RSF drone", "an M23 officer"."""


def with_article(noun: str) -> str:
    """`noun` with "a" or "an"."""
    vowel = (noun[:1].lower() in "aeiou" and not _LIKE_A_CONSONANT.match(noun)) or _SPELLED.match(noun)
    return f"{'an' if vowel else 'a'} {noun}"


def number(count: int) -> str:
    """A count: words below ten and for millions ("2.5 million"), else digits with thousands separated."""
    if count >= MILLION and count % (MILLION // 10) == 0:
        return f"{f'{count / MILLION:.1f}'.removesuffix('.0')} million"
    return SMALL[count] if 0 <= count < len(SMALL) else f"{count:,}"


def count_of(count: int, noun: str) -> str:
    """A count and its noun: "one document", "12 documents"."""
    return f"{number(count)} {noun}{'' if count == 1 else 's'}"


def day_words(day: date) -> str:
    """A day: "5 December 2024"."""
    return f"{day.day} {day:%B} {day.year}"


def weekday_words(day: date) -> str:
    """A day with its weekday: "Thursday 5 December 2024"."""
    return f"{day:%A} {day_words(day)}"


def is_week(when: When) -> bool:
    """Whether it is a whole calendar week, Monday to Sunday."""
    return when.first is not None and when.length_days == 7 and when.first.weekday() == 0


def when_words(when: When | None) -> str:
    """A time as an adverb: "on 5 December 2024", "in the week of 25 November 2024", "since 2011", "by 2011"; empty for none."""
    if when is None:
        return ""
    if when.first is None or when.last is None:
        edge = when.first or when.last or date.min
        written = when.edtf.replace("..", "").strip("/")
        words = {4: str(edge.year), 7: f"{edge:%B} {edge.year}"}.get(len(written), day_words(edge))
        return f"since {words}" if when.first is not None else f"by {words}"
    if when.precision == "day":
        return f"on {day_words(when.first)}"
    if when.precision == "month":
        return f"in {when.first:%B} {when.first.year}"
    if when.precision == "year":
        return f"in {when.first.year}"
    if is_week(when):
        return f"in the week of {day_words(when.first)}"
    return f"between {span_words(when.first, when.last)}"


def since_words(when: When | None) -> str:
    """A beginning as an adverb: "since 27 November 2024", "since the week of 25 November 2024"; empty for none."""
    words = when_words(when)
    if words.startswith("by "):
        return f"since {words.removeprefix('by ')} or before"
    for lead in ("on ", "in "):
        if words.startswith(lead):
            return f"since {words.removeprefix(lead)}"
    return f"since some time {words}" if words.startswith("between ") else words


def edge_words(when: When) -> str:
    """A time as "from" and "until" want it: "5 December 2024", "the week of 25 November 2024"."""
    words = when_words(when)
    if words.startswith("by "):
        return f"{words.removeprefix('by ')} or before"
    for lead in ("on ", "in ", "since "):
        if words.startswith(lead):
            return words.removeprefix(lead)
    return f"some time {words}"


def span_words(first: date, last: date) -> str:
    """Two days joined by "and", what they share said once: "27 and 29 November 2024", "27 November and 5 December 2024"."""
    if first.year != last.year:
        return f"{day_words(first)} and {day_words(last)}"
    if first.month != last.month:
        return f"{first.day} {first:%B} and {day_words(last)}"
    return f"{first.day} and {day_words(last)}"


def heading_words(when: When) -> str:
    """A time as a heading: "Thursday 5 December 2024", "In the week of 25 November 2024"."""
    if when.precision == "day" and when.first is not None:
        return weekday_words(when.first)
    return capital(when_words(when))


def period_words(since: date | None, until: date | None) -> str:
    """The period of a briefing: "27 November 2024 to 6 December 2024", "since …", "until …"; empty for neither."""
    if since is not None and until is not None:
        return day_words(since) if since == until else f"{day_words(since)} to {day_words(until)}"
    if since is not None:
        return f"since {day_words(since)}"
    return f"until {day_words(until)}" if until is not None else ""
