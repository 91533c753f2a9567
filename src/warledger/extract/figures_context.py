"""What the words around a figure say of it: what happened to those counted, over which time, and whether it is part of
another.
"""

from __future__ import annotations

import re
from typing import Final

from warledger.core import Span
from warledger.extract.figures_groups import group_of
from warledger.extract.figures_numbers import QUANTITY, read

_MEASURES: Final = {
    "killed": r"kill(?:ed|ing|s)?|dead|deaths?|died|dies?|slain|slaughtered|massacred|executed|executing|execut\w+|beheaded|"
    r"murdered|martyred|"
    r"assassinated|lives|lost\s+their\s+li\w+|lost\s+his\s+life|toll|shot\s+dead|bodies|corpses|perished|fatalit\w+|"
    r"eliminated|neutrali[sz]ed|"
    r"claimed\s+the\s+li\w+|drowned|burned|martyrs",
    "injured": r"injur(?:ed|ing|ies|y)|wound(?:ed|ing|s)?|hurt|maimed|hospitali[sz]ed",
    "casualties": r"casualt\w+|dead\s+(?:and|or)\s+(?:wounded|injured)|killed\s+(?:and|or)\s+(?:wounded|injured)",
    "missing": r"missing|disappeared|unaccounted|vanished",
    "detained": r"detain\w*|arrest\w*|captur(?:ed|ing)|held|imprison\w*|jailed|kidnapp\w+|abduct\w+|seized|hostages?|"
    r"prisoners?|captive|custody",
    "released": r"releas\w+|freed|freeing|liberated",
    "displaced": r"displac\w+|fled|flee(?:ing|s)?|refugees?|homeless|uprooted|escaped|driven\s+from|forced\s+from|"
    r"left\s+their\s+homes",
    "returned": r"return(?:ed|ing|s)?|went\s+home|go\s+home",
    "evacuated": r"evacuat\w+|bussed|rescued",
    "forces": r"troops?|strong|deploy\w*|fighters|stationed|mobili[sz]ed|garrison|army\s+of|reinforcements|soldiers|sent",
    "destroyed": r"destroy\w*|shot\s+down|downed|demolish\w*|damag\w+|burnt|torched|wrecked|flattened|hit|blew\s+up|seiz\w+",
    "population": r"population|inhabitants|residents|home\s+to|liv(?:e|es|ed|ing)\s+in",
    "in_need": r"in\s+need|need(?:s|ed)?|trapped|besieged|starving|dependent|lack\w*",
}
_CUE: Final = re.compile("|".join(f"(?P<{name}>\\b(?:{words})\\b)" for name, words in _MEASURES.items()), re.IGNORECASE)
_REACH: Final = 120
"""Characters on either side of a figure in which its verb is looked for."""
_OTHER_FIGURE: Final = re.compile(
    r"\b\d[\d,]*\b|\b(?:two|three|four|five|six|seven|eight|nine|ten|dozens|scores|hundreds|thousands)\b", re.IGNORECASE
)
_PROPERTY: Final = frozenset(("vehicles", "aircraft", "buildings", "weapons"))
_NOT_OF_THINGS: Final = frozenset(("killed", "injured", "casualties", "detained", "missing", "in_need"))
_BOTH: Final = re.compile(r"\b(?:dead|killed)\s+(?:and|or)\s+(?:wounded|injured)\b", re.IGNORECASE)
_AUXILIARY: Final = re.compile(
    r"\s*(?:(?:who|which|that)\s+)?(?:(?:were|was|are|is|be|been|being|have|has|had|got|also|then|reportedly|believed\s+to|"
    r"to|others?|more|people|"
    r"civilians)\s+){0,5}",
    re.IGNORECASE,
)
_ADJACENT: Final = 3
"""Characters between a verb and the figure that it governs ("killed 12")."""
_FAR: Final = 60
"""What a weak sign (troops, living in, besieged) or a break costs, in characters."""


def measure_hint(words: str, context: str, group: str = "") -> str | None:
    """What happened to those whom `words` count, read from the words, else from the nearest verb of `context` (their sentence).

    None where nothing near says. Things are not killed: of `group` "buildings" nothing but "destroyed" is read, and fighters of
    whom nothing is said are a strength ("forces").
    """
    group = group or group_of(words)
    if _BOTH.search(words):
        return "casualties"
    inside = _CUE.search(words)
    if (
        inside is not None
        and inside.lastgroup not in ("forces", "detained", "displaced", "population")
        and group not in _PROPERTY
    ):
        return inside.lastgroup
    at = context.find(words)
    fallback = inside.lastgroup if inside else {"combatants": "forces"}.get(group, "destroyed" if group in _PROPERTY else None)
    if at < 0 or not words:
        return fallback
    return _governing(context, at, at + len(words), group) or fallback


def _governing(context: str, start: int, end: int, group: str) -> str | None:
    """The measure of the verb that governs the figure from `start` to `end`, by nearness."""
    after = _AUXILIARY.match(context, end)
    passive_at = after.end() if after else end
    best: tuple[int, str] | None = None
    adjacent_before = False
    for cue in _CUE.finditer(context, max(start - _REACH, 0), min(end + _REACH, len(context))):
        measure = cue.lastgroup or ""
        if (cue.start() < end and cue.end() > start) or (group in _PROPERTY and measure in _NOT_OF_THINGS):
            continue
        if cue.end() <= start:
            distance = start - cue.end() + 40 * len(_OTHER_FIGURE.findall(context, cue.end(), start))
            adjacent_before = distance <= _ADJACENT
        else:
            distance = cue.start() - end + 40 * len(_OTHER_FIGURE.findall(context, end, cue.start()))
            if cue.start() <= passive_at and not (adjacent_before and _NEXT_FIGURE.match(context, cue.end())):
                distance = -1
            elif re.search(r"\band\b|[,;]", context[end : cue.start()]):
                distance += 25
        if measure in ("forces", "population", "in_need") or (measure == "destroyed" and group not in _PROPERTY):
            distance += _FAR
        if _BOTH.match(context, cue.start()):
            measure = "casualties"
        if best is None or distance < best[0]:
            best = distance, measure
    return best[1] if best is not None else None


_NEXT_FIGURE: Final = re.compile(
    r"\s*(?:more\s+than\s+|over\s+|at\s+least\s+|about\s+)?(?:\d|(?:one|two|three|four|five|six|seven|eight|nine|ten|dozens|"
    r"scores)\b)",
    re.IGNORECASE,
)

_NEAR: Final = 70
"""Characters between a figure and the words that make it a running count."""
_LARGE: Final = 1000
"""A count of this size is hardly one occurrence's when its sentence speaks of the war or says that it has grown."""

_SINCE: Final = re.compile(r"\bsince\s+(?!(?:dawn|being|then|they|he|she|it|when)\b)(?:[\w’'-]+\s*){1,14}", re.IGNORECASE)
_MONTHS: Final = re.compile(
    r"\b(?:in|over|during|within|for|throughout)\s+(?:the\s+)?(?:past|last|previous|just|less\s+than|"
    r"more\s+than)?\s*(?:[\w-]+\s+){0,2}?"
    r"(?:months?|years)\b",
    re.IGNORECASE,
)
_GROWN: Final = re.compile(
    r"\b(?:war|conflict|uprising|revolt|unrest|crackdown|invasion|insurgency|so\s+far|to\s+date|all\s+told|until\s+now|"
    r"(?:has|have)\s+(?:been\s+)?(?:killed|displaced|died|fled|left|claimed|lost|driven|forced|injured|wounded|detained|"
    r"arrested)|"
    r"(?:months|years)\s+of)\b",
    re.IGNORECASE,
)


def basis(text: str, sentence: Span, figure: Span) -> tuple[str, str]:
    """Whether a figure counts one occurrence ("incident") or runs up over a time ("cumulative"), and the words that say since
    when.

    The words are for `times.resolve`; "" where none say. A figure is cumulative beside "since …" and beside a span of months or
    years, and from a thousand on where its sentence speaks of the war or in the perfect ("have been killed").
    """
    words = sentence.of(text)
    start, end = figure.start - sentence.start, figure.end - sentence.start
    for pattern in (_SINCE, _MONTHS):
        beside = [m for m in pattern.finditer(words) if max(m.start() - end, start - m.end()) < _NEAR]
        if beside:
            nearest = min(beside, key=lambda m: (max(m.start() - end, start - m.end()), m.start()))
            return "cumulative", nearest.group().strip()
    found = QUANTITY.search(figure.of(text))
    low, high = (read(found) if found else None) or (None, None)
    if (low or high or 0) >= _LARGE and _GROWN.search(words):
        return "cumulative", ""
    return "incident", ""


_INCLUDING: Final = re.compile(
    r"[^.;:!?]{0,60}?(?:,?\s*(?:\(|–\s?|—\s?|-\s)?(?:including|among\s+(?:them|those|whom)|amongst\s+them|most\s+of\s+them|"
    r"mostly|of\s+(?:whom|them|which)|"
    r"at\s+least\s+\w+\s+of\s+(?:them|whom)|comprising|made\s+up\s+of|notably))\b[^.;:!?]*",
    re.IGNORECASE,
)
_OF_THEM: Final = re.compile(r"\s+(?:of\s+(?:them|whom|which|those)|were|are)\b", re.IGNORECASE)


def nested(text: str, a: Span, b: Span) -> bool:
    """Whether figure `b` is part of figure `a`: "720 people, including 111 civilians", "16 people, three of them children"."""
    if b.start < a.end or b.start - a.end > 200:
        return False
    between = text[a.end : b.start]
    if re.search(r"[.!?;]\s|\n", between):
        return False
    if _INCLUDING.fullmatch(between):
        return True
    return ("," in between and "of them" in text[b.start : b.end + 12]) or "of whom" in text[b.start : b.end + 12]
