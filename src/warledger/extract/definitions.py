"""Types that the annotation guide defines by words: they hold whatever the network says of a trigger, or where it sees none."""

from __future__ import annotations

import re
from collections.abc import Iterator

_MOVED_OUT = re.compile(
    r"re-?(?:deploy|position|locat|group)\w*(?:[^\w.;]+(?!(?:in)?to\b)\w+){0,5}?[^\w.;]+(?:outside|out of|away from)\b",
    re.IGNORECASE,
)
"""To redeploy out of a place is to withdraw (guide, *Types*)."""
A_PART = r"(?:[^\w.;]+\w+){0,6}?[^\w.;]+(?:involve\w*|responsib\w*|complicit\w*|role|behind|part (?:in|of))\b"
"""What stands behind "denies" where somebody disowns a deed."""
DENIES = r"\bden(?:y|ies|ied|ying)\b"
_DISOWNED = re.compile(rf"{DENIES}(?={A_PART})", re.IGNORECASE)
"""To deny responsibility or involvement is to reject (guide, *Types*), also where it is reports of it that are denied."""
_PARTED = re.compile(
    r"(?:broke|severed|cut)\b(?: off)?(?= (?:(?:all|its|his|their|formal|remaining|organi[sz]ational) ){0,3}(?:ties|links)\b)",
    re.IGNORECASE,
)
"""A group that breaks ties with another splits from it (guide, *Types*)."""
_BY_WORDS = (("reject", _DISOWNED), ("found", _PARTED))
"""Types that words tell by definition, also where the network does not see a claim."""
_RESTRAINED = re.compile(
    r"(?:vow|pledg|promis|swear|swore|sworn|guarant|assur)\w*(?:[^\w.;]+\w+){0,6}?[^\w.;]+(?:no|not|never|nor|without)\b"
    r"(?:[^\w.;]+\w+){0,3}?[^\w.;]+(?:revenge|vengeance|retaliat\w*|repris\w*|harm\w*|hurt|punish\w*|attack\w*|kill\w*|target\w*|"
    r"violence|massacre\w*)\b",
    re.IGNORECASE,
)
"""A vow of restraint is declared and no threat (guide, *Types*)."""
_OF_WORKERS = re.compile(
    r"\b(?:general|hunger|labou?r|sit-in|(?:go|goes|going|gone|went|be|are|is|were|was) on) strikes?\b", re.IGNORECASE
)
_BEFORE_STRIKE = 16
"""A strike of those who work or fast is a protest (guide, *Types*)."""
_SAID_PLAINLY = tuple(
    (kind, re.compile(rf"(?:{words})", re.IGNORECASE))
    for kind, words in {
        "arrest": r"arrest|detain|imprison|jail(?:ed|ing|s)\b",
        "abduct": r"abduct|kidnap",
        "accuse": r"accus|condemn|blam(?:e|es|ed|ing)\b",
        "besiege": r"besieg|encircl",
        "demand": r"urg(?:e|es|ed|ing)\b|demand|call(?:s|ed|ing)? (?:on|for)\b",
    }.items()
)
"""Words that are each of one type: all 465 training triggers that begin so."""
_FREED = re.compile(r"(?:free[ds]?|freeing|released?|releas(?:es|ing)|set free|liberat\w+)\b", re.IGNORECASE)
"""What is done to prisoners is no arrest: none of 47 such training triggers is one."""
_NO_DEED = frozenset("in into of off on out over to up forces troops fighters soldiers rebels militants gunmen units".split())
"""Words that carry no type by themselves ("driven out" is found in two pieces at times, and so is "sent more forces"): two of
11,196 triggers that people marked.
"""
DEFINED = 0.9
"""The score of a claim that only its words tell: in training reports all eleven denials are rejections, and the one group that
"severed ties" has its split there."""


def by_definition(kind: str, text: str, start: int) -> str:
    """The type of a trigger at `start`: that of the network, `kind`, but where the guide defines it as another or its first
    word says it.
    """
    if kind == "deploy" and _MOVED_OUT.match(text, start):
        return "withdraw"
    if kind in ("airstrike", "attack") and _OF_WORKERS.search(text, max(0, start - _BEFORE_STRIKE), start + len("strikes")):
        return "protest"
    if kind == "threaten" and _RESTRAINED.match(text, start):
        return "declare"
    if kind in ("arrest", "abduct") and _FREED.match(text, start):
        return "release"
    return next((plain for plain, words in _SAID_PLAINLY if words.match(text, start)), kind)


def told_by_words(text: str) -> Iterator[tuple[int, str]]:
    """Where a claim stands that its words alone tell, and its type."""
    for kind, words in _BY_WORDS:
        for said in words.finditer(text):
            yield said.start(), kind


def is_no_deed(word: str) -> bool:
    """Whether a word, by itself, carries no type."""
    return word.lower() in _NO_DEED
