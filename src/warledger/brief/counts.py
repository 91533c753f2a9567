"""Figures in words: the report's own words where they read on their own, else words made from the bounds."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from warledger.brief.grammar import NounPhrase, join_and, number
from warledger.core import EventFigure, Figure, View, When

GROUP_WORDS: Final = {"aid_workers": "aid workers", "combatants": "fighters", "other": "people"}
"""Groups whose name is not the word for them."""

_QUALIFIER: Final = (
    r"(?:at least|at most|more than|over|about|around|some|nearly|almost|up to|as many as|fewer than|less than|no fewer than|"
    r"no less than|approximately|roughly|an estimated|estimated|close to|just over|well over)"
)
_NUMBER: Final = (
    r"(?:\d[\d,.]*(?: (?:hundred|thousand|million))?|(?:zero|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|"
    r"thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|hundred|thousand|"
    r"million|half|dozen|and|a|-|\s)+|(?:tens of |hundreds of )?(?:dozens|scores|hundreds|thousands|tens of thousands|"
    r"hundreds of thousands|millions|several))"
)
_PLAIN: Final = re.compile(
    rf"(?P<count>(?:{_QUALIFIER} )?{_NUMBER})(?: (?P<of>of )?(?P<noun>[a-z-]+(?: [a-z-]+){{0,5}}))?", re.IGNORECASE
)
_UNSAFE: Final = re.compile(
    r"\b(?:others?|another|more|additional|further|dead|wounded|hurt|injured|killed|the|them|their|its|his|was|were|is|are|been|bodies|"
    r"deaths?|displaced|evacuated|detained|released|missing|casualties|fatalities|lives|victims|in|on|at|from|by|to|with|who|that)\b",
    re.IGNORECASE,
)
_VAGUE: Final = re.compile(
    r"\b(?:tens of thousands|hundreds of thousands|dozens|scores|hundreds|thousands|millions|several)\b", re.IGNORECASE
)
_DIGIT: Final = re.compile(r"(?<![\w,.-])[1-9](?![\w,.-])(?! (?:hundred|thousand|million))")
_SHARE: Final = re.compile(
    r"(?<!dozens )(?<!scores )(?<!hundreds )(?<!thousands )\b(?:of|among) (?:the|those|them|whom)\b", re.IGNORECASE
)
_WHOSE: Final = re.compile(r"(?:(?<=s of )|(?<!s )\bof )(?:its|their|his|her|our) ", re.IGNORECASE)
"""What is left out of "40 of its troops", and of "dozens of its troops" but for the "of"."""
_OPEN: Final = re.compile(r" (?:of|from|in|at|on|by)$")
"""An end that leaves open whose."""
_MEN: Final = re.compile(r"(?:fighters?|soldiers?|troops|combatants?|people|men|members)")
_LOADED: Final = re.compile(r"\b(?:terrorists?|martyrs?|mercenar(?:y|ies))\b", re.IGNORECASE)
"""Words that take a side; they are a reporter's own and stand in quotation marks."""
_LONG: Final = re.compile(r"(?<![\d,.])\d{5,}(?![\d,.])")


@dataclass(frozen=True, slots=True)
class Count:
    """A figure ready for a sentence: how many of whom ("at least 16 people"), and the parts it is said to contain.

    `side` is the name of the actor whose people they are, where that is told of a figure of an event.
    """

    measure: str
    group: str
    low: int | None
    high: int | None
    words: str
    claim: str
    parts: tuple[str, ...] = ()
    basis: str = "incident"
    since: When | None = None
    side: str = ""

    @property
    def phrase(self) -> NounPhrase:
        """The words as a subject, parts included: "more than 720 people, 111 of them civilians,"."""
        plural = not (self.low == self.high == 1)
        text = self.words if not self.parts else f"{self.words}, {join_and(self.parts)},"
        return NounPhrase(text, plural=plural, agent=False)

    @property
    def of_nobody(self) -> bool:
        """Whether its words do not say whose people they are: a count and a noun for anybody's."""
        found = _PLAIN.fullmatch(self.words)
        return found is not None and found["noun"] is not None and _MEN.fullmatch(found["noun"]) is not None

    @property
    def object(self) -> str:
        """The words as an object, parts included, without a closing comma."""
        return self.words if not self.parts else f"{self.words}, {join_and(self.parts)}"

    @property
    def size(self) -> int:
        """A number to order by."""
        return self.low if self.low is not None else (self.high or 0)


def words_of(figure: EventFigure, view: View) -> str:
    """The words in which a figure of an event was read; empty where its claim is not in the view."""
    found = source_figure(figure, view)
    return found.words.quote if found is not None else ""


def source_figure(figure: EventFigure, view: View) -> Figure | None:
    """The claim's figure behind a figure of an event; None where its claim is not in the view."""
    claim = view.claims.get(figure.claim)
    for one in claim.figures if claim is not None else ():
        if (one.measure, one.group, one.low, one.high) == (figure.measure, figure.group, figure.low, figure.high):
            return one
    return None


def group_noun(group: str, *, one: bool) -> str:
    """What the counted are called: "people" or "person", "civilians" or "civilian"."""
    noun = GROUP_WORDS.get(group, group)
    if not one:
        return noun
    return _single(noun)


def _single(noun: str) -> str:
    """One of what `noun` names: "fighter" for "fighters", "police officer" for "police officers"."""
    before, _, last = noun.rpartition(" ")
    known = {"people": "person", "children": "child", "elderly": "elderly person", "families": "family"}
    one = known.get(last, last)
    if one == last:
        one = f"{last[:-3]}man" if last.endswith("men") else last.removesuffix("s") if not last.endswith("ss") else last
    return f"{before} {one}".strip()


def bounds_words(low: int | None, high: int | None, *, about: bool) -> str:
    """How many, from the bounds: "about 50", "at least 16", "up to 40", "between 10 and 15"."""
    if low is None:
        return f"up to {number(high or 0)}"
    if high is None:
        return f"at least {number(low)}"
    if low != high:
        return f"between {number(low)} and {number(high)}"
    return f"about {number(low)}" if about else number(low)


def count_words(group: str, low: int | None, high: int | None, *, about: bool, quote: str = "", measure: str = "killed") -> str:
    """How many of whom. The report's words are kept where they are a plain count ("more than 720 people"). Things destroyed
    that no word names are a bare number.
    """
    bare = _PLAIN.fullmatch(quote)
    if measure == "destroyed" and group == "other" and bare is not None and not bare["noun"]:
        return bounds_words(low, high, about=about)
    words = _OPEN.sub("", _WHOSE.sub("", " ".join(quote.split())))
    found = _PLAIN.fullmatch(words)
    one = low == high == 1
    noun = group_noun(group, one=one)
    if found is not None and not _UNSAFE.search(found["noun"] or ""):
        count = _LONG.sub(lambda n: f"{int(n[0]):,}", found["count"].strip())
        count = _DIGIT.sub(lambda n: number(int(n[0])), count[0].lower() + count[1:])
        if _count_fits(count, low, high):
            count = _with_bound(count, low, high)
            if found["noun"]:
                counted = _single(found["noun"]) if one and count == "one" else found["noun"]
                return _LOADED.sub(r"“\g<0>”", f"{count} {found['of'] or ''}{counted}")
            return (
                f"{count} of {noun}"
                if count.endswith(("dozens", "scores", "hundreds", "thousands", "millions"))
                else f"{count} {noun}"
            )
    if vague := _VAGUE.search(words):
        lead = vague[0].lower()
        return f"{lead} {noun}" if lead == "several" else f"{lead} of {noun}"
    return f"{bounds_words(low, high, about=about)} {noun}"


def _with_bound(count: str, low: int | None, high: int | None) -> str:
    """`count` with the bound that it has but does not say: 12 or more is "at least 12"."""
    if _VAGUE.search(count) or re.match(_QUALIFIER, count, re.IGNORECASE):
        return count
    if high is None:
        return f"at least {count}"
    return f"up to {count}" if low is None else count


def _count_fits(count: str, low: int | None, high: int | None) -> bool:
    digits = [int(d.replace(",", "")) for d in re.findall(r"\d[\d,]*", count) if d.replace(",", "")]
    if re.search(r"[a-z]", count) and not digits:
        return True
    if re.search(r"thousand|million|hundred|\.", count):
        return True
    return bool(digits) and digits[0] in (low, high)


def part_words(group: str, low: int | None, high: int | None, *, about: bool, quote: str = "") -> str:
    """A part of a figure: "111 of them civilians", "three of them children"; empty where it says only "people"."""
    noun = group_noun(group, one=low == high == 1)
    bounds = bounds_words(low, high, about=about)
    if vague := _VAGUE.search(quote):
        bounds = vague[0].lower()
    found = _PLAIN.fullmatch(" ".join(quote.split()))
    named = found["noun"] if found is not None and found["noun"] and not _UNSAFE.search(found["noun"]) else ""
    if group in ("people", "other"):
        return f"{bounds} of them {named}" if named and named != "people" else ""
    if group == "combatants" and named and not low == high == 1:
        return f"{bounds} of them {named}"
    if low == high == 1 and noun != "aircraft":
        noun = f"{'an' if noun[0] in 'aeiou' else 'a'} {noun}"
    return f"{bounds} of them {noun}"


def counts_of_event(figures: Sequence[EventFigure], view: View) -> list[Count]:
    """The figures that stand on their own, each with the figures nested in it; nothing is added up.

    "15 of the wounded" counts a part of something that it does not give, and is left out.
    """
    counts = []
    for index, figure in enumerate(figures):
        quote = words_of(figure, view)
        if figure.nested_in is not None or _SHARE.search(quote):
            continue
        inner = [f for f in figures if f.nested_in == index]
        parts = [part_words(f.group, f.low, f.high, about=f.about, quote=words_of(f, view)) for f in inner]
        words = count_words(figure.group, figure.low, figure.high, about=figure.about, quote=quote, measure=figure.measure)
        counts.append(_count(figure, figure.claim, words, parts))
    return counts


def _count(figure: Figure | EventFigure, claim: str, words: str, parts: Iterable[str]) -> Count:
    told = tuple(dict.fromkeys(part for part in parts if part))
    side = figure.side if isinstance(figure, EventFigure) else ""
    return Count(figure.measure, figure.group, figure.low, figure.high, words, claim, told, figure.basis, figure.since, side)


def counts_of_claim(figures: Sequence[Figure], claim: str) -> list[Count]:
    """The figures of one claim; a smaller count of a narrower group under the same measure is a part of the wider one."""
    wide = [f for f in figures if f.group == "people"]
    counts = []
    for figure in figures:
        inside = [w for w in wide if w is not figure and _nested(figure, w)]
        if inside:
            continue
        if _SHARE.search(figure.words.quote):
            continue
        parts = [f for f in figures if f is not figure and figure.group == "people" and _nested(f, figure)]
        told = [part_words(f.group, f.low, f.high, about=f.about, quote=f.words.quote) for f in parts]
        words = count_words(
            figure.group, figure.low, figure.high, about=figure.about, quote=figure.words.quote, measure=figure.measure
        )
        counts.append(_count(figure, claim, words, told))
    return counts


def _nested(part: Figure, whole: Figure) -> bool:
    size, total = part.low or part.high or 0, whole.low or whole.high or 0
    return (
        part.group != whole.group
        and (part.measure, part.basis, part.since) == (whole.measure, whole.basis, whole.since)
        and size <= total
    )
