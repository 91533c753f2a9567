"""Cue words (`data/cues.tsv`): who says so, how sure it is, whether it happened, through which medium.

The file's head says why each class is kept apart. Verbs are listed in their dictionary form and found in every form.
"""

from __future__ import annotations

import re
from collections import defaultdict
from functools import cache
from typing import Final, Literal, get_args

from warledger.core.ids import fold
from warledger.lexicon.tables import rows

CueClass = Literal[
    "report",
    "assert",
    "claim",
    "accuse",
    "demand",
    "threaten",
    "attribution",
    "hedge",
    "denial",
    "refusal",
    "plan",
    "failure",
    "channel",
]
CLASSES: Final[tuple[str, ...]] = get_args(CueClass)
REPORTING: Final = ("report", "assert", "claim")
"""The classes whose words introduce what somebody says."""
_VERBS: Final = frozenset({"report", "assert", "claim", "accuse", "demand", "threaten", "denial", "refusal", "plan", "failure"})
_IRREGULAR: Final = {
    "say": "says said saying",
    "tell": "tells told telling",
    "write": "writes wrote written writing",
    "show": "shows showed shown showing",
    "find": "finds found finding",
    "think": "thinks thought thinking",
    "speak": "speaks spoke spoken speaking",
    "put": "puts put putting",
    "go": "goes went gone going",
    "make": "makes made making",
    "swear": "swears swore sworn swearing",
    "seek": "seeks sought seeking",
    "broadcast": "broadcasts broadcast broadcasting",
    "beat": "beats beat beaten beating",
    "drive": "drives drove driven driving",
    "hold": "holds held holding",
    "have": "has had having",
    "deny": "denies denied denying",
    "reply": "replies replied replying",
    "imply": "implies implied implying",
    "decry": "decries decried decrying",
    "testify": "testifies testified testifying",
    "verify": "verifies verified verifying",
    "carry": "carries carried carrying",
    "try": "tries tried trying",
    "refer": "refers referred referring",
    "admit": "admits admitted admitting",
    "repel": "repels repelled repelling",
    "rebut": "rebuts rebutted rebutting",
    "rebuff": "rebuffs rebuffed rebuffing",
    "plan": "plans planned planning",
    "abort": "aborts aborted aborting",
    "stop": "stops stopped stopping",
    "prevent": "prevents prevented preventing",
    "brief": "briefs briefed briefing",
    "tweet": "tweets tweeted tweeting",
    "quote": "quotes quoted quoting",
}


def forms(words: str) -> tuple[str, ...]:
    """Every form of a verb (or of the verb that begins a phrase): "push back" → "pushes back", "pushed back" …"""
    verb, _, rest = words.partition(" ")
    if verb in _IRREGULAR:
        found = [verb, *_IRREGULAR[verb].split()]
    elif verb.endswith("e"):
        found = [verb, verb + "s", verb + "d", verb[:-1] + "ing"]
    elif verb.endswith(("s", "sh", "ch", "x")):
        found = [verb, verb + "es", verb + "ed", verb + "ing"]
    else:
        found = [verb, verb + "s", verb + "ed", verb + "ing"]
    return tuple(dict.fromkeys(f"{form} {rest}" if rest else form for form in found))


@cache
def cues(cue_class: CueClass) -> tuple[str, ...]:
    """The listed words of a class, in the file's order. Raises KeyError for a class that does not exist."""
    return _listed()[cue_class]


@cache
def _listed() -> dict[str, tuple[str, ...]]:
    table: dict[str, list[str]] = defaultdict(list)
    for row in rows("cues"):
        table[row["class"]].append(row["words"])
    return {name: tuple(found) for name, found in table.items()}


@cache
def _classes() -> dict[str, tuple[str, ...]]:
    """Folded form → classes, in the order of CLASSES."""
    index: dict[str, list[str]] = defaultdict(list)
    for cue_class in CLASSES:
        for words in _listed()[cue_class]:
            for form in forms(words) if cue_class in _VERBS else (words,):
                folded = fold(form)
                if cue_class not in index[folded]:
                    index[folded].append(cue_class)
    return {form: tuple(found) for form, found in index.items()}


def classes_of(words: str) -> tuple[str, ...]:
    """The classes that `words` belong to, in any form ("denied" → ("denial",)); empty if none."""
    return _classes().get(re.sub(r"^(?:the|a|an) (?=.)", "", fold(words)), ()) or _classes().get(fold(words), ())


def is_reporting(words: str) -> bool:
    """Whether `words` introduce what somebody says: a reporting verb or an attribution."""
    return any(c in REPORTING or c == "attribution" for c in classes_of(words))


def is_channel(words: str) -> bool:
    """Whether `words` name a medium ("a statement", "state television", "Telegram")."""
    folded = fold(words)
    return "channel" in classes_of(words) or any(folded.endswith(f" {fold(c)}") for c in cues("channel"))


@cache
def pattern(cue_class: CueClass) -> re.Pattern[str]:
    """Finds any form of the words of a class in plain text, whole words, whatever the case; the longest first."""
    found = {form for words in cues(cue_class) for form in (forms(words) if cue_class in _VERBS else (words,))}
    alternatives = "|".join(re.escape(form).replace(r"\ ", r"\s+") for form in sorted(found, key=lambda f: (-len(f), f)))
    return re.compile(rf"(?<!\w)(?:{alternatives})(?!\w)", re.IGNORECASE)
