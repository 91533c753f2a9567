"""What the words around a figure say of it: what happened to those counted, over which time, and whether it is part of another."""

from __future__ import annotations

import re
from typing import Final

from warledger.core import Span

_MEASURES: Final = {
    "killed": r"kill(?:ed|ing|s)?|dead|deaths?|died|dies?|slain|slaughtered|massacred|executed|executing|execut\w+|beheaded|murdered|martyred|"
    r"assassinated|lives|lost\s+their\s+li\w+|lost\s+his\s+life|toll|shot\s+dead|bodies|corpses|perished|fatalit\w+|eliminated|neutrali[sz]ed|"
    r"claimed\s+the\s+li\w+|drowned|burned|martyrs",
    "injured": r"injur(?:ed|ing|ies|y)|wound(?:ed|ing|s)?|hurt|maimed|hospitali[sz]ed",
    "casualties": r"casualt\w+|dead\s+(?:and|or)\s+(?:wounded|injured)|killed\s+(?:and|or)\s+(?:wounded|injured)",
    "missing": r"missing|disappeared|unaccounted|vanished",
    "detained": r"detain\w*|arrest\w*|captur(?:ed|ing)|held|imprison\w*|jailed|kidnapp\w+|abduct\w+|seized|hostages?|prisoners?|captive|custody",
    "released": r"releas\w+|freed|freeing|liberated",
    "displaced": r"displac\w+|fled|flee(?:ing|s)?|refugees?|homeless|uprooted|escaped|driven\s+from|forced\s+from|left\s+their\s+homes",
    "returned": r"return(?:ed|ing|s)?|went\s+home|go\s+home",
    "evacuated": r"evacuat\w+|bussed|rescued",
    "forces": r"troops?|strong|deploy\w*|fighters|stationed|mobili[sz]ed|garrison|army\s+of|reinforcements|soldiers|sent",
    "destroyed": r"destroy\w*|shot\s+down|downed|demolish\w*|damag\w+|burnt|torched|wrecked|flattened|hit|blew\s+up|seiz\w+",
    "population": r"population|inhabitants|residents|home\s+to|liv(?:e|es|ed|ing)\s+in",
    "in_need": r"in\s+need|need(?:s|ed)?|trapped|besieged|starving|dependent|lack\w*",
}
_CUE: Final = re.compile("|".join(f"(?P<{name}>\\b(?:{words})\\b)" for name, words in _MEASURES.items()), re.I)
_REACH: Final = 120
"""Characters on either side of a figure in which its verb is looked for."""
_OTHER_FIGURE: Final = re.compile(r"\b\d[\d,]*\b|\b(?:two|three|four|five|six|seven|eight|nine|ten|dozens|scores|hundreds|thousands)\b", re.I)
_PROPERTY: Final = frozenset(("vehicles", "aircraft", "buildings", "weapons"))


def measure_hint(words: str, context: str, group: str = "") -> str | None:
    """What happened to those whom `words` count, read from the words, else from the nearest verb of `context` (their sentence).

    None where nothing near says. Of things that are counted, "killed" is no measure; of `group` "buildings" "hit" is.
    """
    inside = _CUE.search(words)
    if inside is not None and inside.lastgroup not in ("forces", "detained", "displaced", "population"):
        return inside.lastgroup
    at = context.find(words)
    if at < 0:
        return inside.lastgroup if inside else None
    end = at + len(words)
    best: tuple[int, str] | None = None
    for cue in _CUE.finditer(context, max(at - _REACH, 0), min(end + _REACH, len(context))):
        measure = cue.lastgroup or ""
        if cue.start() < end and cue.end() > at:
            continue
        if group in _PROPERTY and measure in ("killed", "injured", "casualties"):
            continue
        between = (end, cue.start()) if cue.start() >= end else (cue.end(), at)
        distance = between[1] - between[0] + 40 * len(_OTHER_FIGURE.findall(context, *between))
        if measure in ("forces", "population", "in_need", "destroyed") and group not in _PROPERTY:
            distance += 60
        if cue.start() >= end and re.search(r"\band\b|[,;]", context[between[0] : between[1]]):
            distance += 25
        if best is None or distance < best[0]:
            best = distance, measure
    if best is not None:
        return best[1]
    return inside.lastgroup if inside else None


_SINCE: Final = re.compile(r"\bsince\s+(?:[\w’'-]+[\s]*){1,14}", re.I)
_PERIOD: Final = re.compile(
    r"\b(?:in|over|during|within|for|throughout)\s+(?:the\s+)?(?:past|last|previous)\s+(?:[\w-]+\s+){0,3}?(?:hours?|days?|weeks?|months?|years?)\b|"
    r"\bin\s+(?:just\s+|less\s+than\s+|more\s+than\s+)?(?:[\w-]+\s+){1,2}(?:days|weeks|months|years)\b|"
    r"\bin\s+recent\s+(?:days|weeks|months|years)\b|\bthis\s+(?:week|month|year)\b|\blast\s+(?:week|month|year)\b",
    re.I,
)
_TOTAL: Final = re.compile(
    r"\b(?:so\s+far|to\s+date|death\s+tolls?|tolls?|in\s+total|altogether|overall|all\s+told|up\s+to\s+now|until\s+now|bring(?:s|ing)\s+the|"
    r"brought\s+the|total\s+(?:number|of\s+\w+\s+\w+\s+since)|(?:during|throughout|in)\s+the\s+(?:\S+\s+)?(?:war|conflict|uprising|revolt|unrest|crackdown)|"
    r"(?:\w+-year(?:-old)?|civil)\s+(?:war|conflict|uprising)|the\s+(?:war|conflict)\s+has|every\s+(?:day|week|month))\b",
    re.I,
)


def basis(text: str, sentence: Span, figure: Span) -> tuple[str, str]:
    """Whether a figure counts one occurrence ("incident") or runs up over a time ("cumulative"), and the words that say since when.

    The words are for `times.resolve`; "" where none say. They are looked for in the sentence of the figure, the nearest first.
    """
    words = sentence.of(text)
    here = figure.start - sentence.start
    found = [m for pattern in (_SINCE, _PERIOD) for m in pattern.finditer(words)]
    if found:
        nearest = min(found, key=lambda m: (max(m.start() - here, here - m.end()), m.start()))
        return "cumulative", nearest.group().strip()
    return ("cumulative" if _TOTAL.search(words) else "incident"), ""


_INCLUDING: Final = re.compile(
    r"[^.;:!?]{0,60}?(?:,?\s*(?:\(|–\s?|—\s?|-\s)?(?:including|among\s+(?:them|those|whom)|amongst\s+them|most\s+of\s+them|mostly|of\s+(?:whom|them|which)|"
    r"at\s+least\s+\w+\s+of\s+(?:them|whom)|comprising|made\s+up\s+of|notably))\b[^.;:!?]*",
    re.I,
)
_OF_THEM: Final = re.compile(r"\s+(?:of\s+(?:them|whom|which|those)|were|are)\b", re.I)


def nested(text: str, a: Span, b: Span) -> bool:
    """Whether figure `b` is part of figure `a`: "720 people, including 111 civilians", "16 people, three of them children"."""
    if b.start < a.end or b.start - a.end > 200:
        return False
    between = text[a.end : b.start]
    if re.search(r"[.!?;]\s|\n", between):
        return False
    if _INCLUDING.fullmatch(between):
        return True
    return "," in between and "of them" in text[b.start : b.end + 12] or "of whom" in text[b.start : b.end + 12]
