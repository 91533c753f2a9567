"""What the words around a figure say of it: what happened to those counted, and over which time."""

from __future__ import annotations

import re
from typing import Final

from warledger.core import Span
from warledger.extract.figures_numbers import QUANTITY, read

_MEASURES: Final = {
    "killed": r"kill(?:ed|ing|s)?|dead|deaths?|died|dies?|slain|slaughtered|massacred|executed|executing|execut\w+|beheaded|"
    r"murdered|martyred|"
    r"assassinated|lives|lost\s+their\s+li\w+|lost\s+his\s+life|toll|shot\s+dead|bodies|corpses|perished|fatalit\w+|"
    r"eliminat(?:ed|es|ing)|neutrali[sz]ed|lost(?=\s+(?:another\s+)?\Z)|"
    r"lynched|(?:beaten|assaulted|hacked|stabbed|tortured|thrashed|burnt|stoned)\s+to\s+death|"
    r"claimed\s+the\s+li\w+|drowned|burned|martyrs",
    "injured": r"injur(?:ed?|es|ing|ies|y)|wound(?:ed|ing|s)?|hurt|maimed|hospitali[sz]ed",
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
    "other": r"(?:beaten(?:\s+up)?|assaulted|thrashed|tortured)(?!\s+to\s+death)",
    "in_need": r"in\s+need|need(?:s|ed)?|trapped|besieged|starving|dependent|lack\w*",
}
_CUE: Final = re.compile("|".join(f"(?P<{name}>\\b(?:{words})\\b)" for name, words in _MEASURES.items()), re.IGNORECASE)
_AUXILIARY: Final = re.compile(
    r"\s*(?:(?:who|which|that)\s+)?(?:(?:were|was|are|is|be|been|being|have|has|had|got|also|then|so\s+far|reported|feared|found|left|"
    r"\w+ly|believed\s+to|to|others?|more|people|civilians)\s+){0,5}",
    re.IGNORECASE,
)
_PLAIN: Final = frozenset(
    ("killed", "injured", "casualties", "missing", "displaced", "returned", "released", "evacuated", "other")
)
"""Measures that a verb beside a figure tells; of the others the nearest verb is often another thing's."""
_BOTH_BEFORE: Final = re.compile(
    r"\b(?:kill|murder)(?:ed|ing|s)(?:,|\s+and|\s+or)?\s+(?:wound|injur)(?:ed|ing|e?s)\s+(?:of\s+)?$", re.IGNORECASE
)
_BOTH_AFTER: Final = re.compile(
    r"(?:dead|killed|martyred|slain)(?:,|\s+and|\s+or|/)?\s*(?:were\s+)?(?:wounded|injured|hurt)\b", re.IGNORECASE
)
_OWN: Final = re.compile(
    r"\b(?:(?P<injured>injured|wounded)|(?P<casualties>casualt(?:y|ies))|(?P<missing>missing)|(?P<killed>killed|dead))$",
    re.IGNORECASE,
)
_OWN_BOTH: Final = re.compile(r"\b(?:dead|killed|deaths?)\s+(?:and|or)\s+(?:wounded|injured)\b", re.IGNORECASE)
_HOSTAGE: Final = re.compile(r"\s+(?:hostages?|captive|prisoners?)\b", re.IGNORECASE)
_BESIDE: Final = re.compile(r"\s+(?:of\s+|another\s+|a\s+further\s+)?")
_BEFORE_CHARS: Final = 24
_AFTER_CHARS: Final = 80


def plain_measure(text: str, figure: Span) -> str | None:
    """The measure that a figure's own last word ("22 injured") or a verb right before or behind it tells ("killing 12 men", "12
    men were wounded"); None where none stands there, or not plainly.
    """
    start, end = figure.start, figure.end
    if _MEMBERS.search(text, start, end):
        return "forces"
    if _DOWNING.search(text, max(0, start - _BEFORE_CHARS), start):
        return "destroyed"
    done = _ACTIVE.match(text, end, end + _AFTER_CHARS * 2)
    if done is not None and not _tells_more(done["between"]):
        return "injured" if done["injured"] else "other"
    own = _OWN.search(text, start, end)
    if own is not None:
        both = _BOTH_AFTER.match(text, own.start())
        is_both = _OWN_BOTH.search(text, start, end) or (both and not _NEXT_FIGURE.match(text, both.end()))
        return "casualties" if is_both else own.lastgroup
    if _OWN_BOTH.search(text, start, end):
        return "casualties"
    auxiliary = _AUXILIARY.match(text, end)
    after_at = auxiliary.end() if auxiliary else end
    low = max(start - _BEFORE_CHARS, 0)
    if _BOTH_BEFORE.search(text, low, start):
        return "casualties"
    if _HOSTAGE.match(text, end):
        return "detained"
    after = _CUE.match(text, after_at, end + _AFTER_CHARS)
    both = _BOTH_AFTER.match(text, after_at)
    if both and not _NEXT_FIGURE.match(text, both.end()):
        return "casualties"
    before = next((cue for cue in _CUE.finditer(text, low, start) if _BESIDE.fullmatch(text, cue.end(), start)), None)
    if before is not None and after is not None:
        active = before.group().lower().endswith(("ing", "kills")) or after.group().lower().endswith("ing")
        chosen: re.Match[str] | None = before if active or _NEXT_FIGURE.match(text, after.end()) else after
    else:
        chosen = before or after
        if chosen is not None and chosen is after and chosen.lastgroup != "missing" and chosen.group().lower().endswith("ing"):
            return None
    if chosen is None and not _INCLUDING.search(text, low, start):
        return _object(text, start, end) or _predicate(text, end)
    measure = None if chosen is None else chosen.lastgroup
    if measure in _PLAIN:
        return measure
    taken = _TAKEN.match(text, end)
    return _object(text, start, end) if taken is None else "destroyed" if taken["downed"] else "detained"


def _object(text: str, start: int, end: int) -> str | None:
    """The measure that a verb right before a figure tells whose object it is ("arrested six men", "set free eight", "beat up
    two", "leaving one policeman, a sergeant, badly injured"); None for other words.
    """
    found = _DONE_TO.search(text, max(start - _BEFORE_CHARS, 0), start)
    if found is None:
        return None
    if found["leaving"]:
        left = _LEFT.match(text, end)
        return None if left is None else "injured" if left["injured"] else "killed"
    if found["beaten"]:
        return None if _TO_DEATH.match(text, end) else "other"
    return "detained" if found["taken"] else "released"


def _predicate(text: str, end: int) -> str | None:
    """The measure of the first passive verb behind a figure that ends at `end`, where only what says more of those counted
    stands between ("17 policemen from the district headquarters were injured"); None where that is not so plain.
    """
    found = _WERE.match(text, end, end + _AFTER_CHARS * 2)
    if found is None or _tells_more(found["between"]):
        return None
    both = _BOTH_AFTER.match(text, found.start("cue"))
    measure = _CUE.match(text, found.start("cue")).lastgroup if both is None else "casualties"  # type: ignore[union-attr]
    return measure if measure in _PLAIN or (measure == "detained" and _ARRESTED.match(found["cue"])) else None


def _tells_more(between: str) -> bool:
    """Whether the words from those counted to a verb further on, without what only says who they are, may have a verb of their
    own, so that the one further on may be another's.
    """
    return _ANOTHER_VERB.search(_APPOSED.sub(" ", _CALLED.sub("", between))) is not None


def counts_doers(text: str, figure: Span) -> bool:
    """Whether fighters are counted as those who did it or were there: "ambushed by 40 gunmen", "four gunmen killed a teacher",
    "a clash with 100 rebels", "a truck carrying 12 soldiers".
    """
    low = max(figure.start - _AFTER_CHARS, 0)
    return any(words.search(text, low, figure.start) for words in (_DONE_BY, _THERE)) or _DO.match(text, figure.end) is not None


def counts_speakers(text: str, figure: Span) -> bool:
    """Whether those counted are the ones who say it: "two rebel commanders said". No training figure is such a count, though
    two stand before the speaker ("nine women, said the Observatory").
    """
    return _SAY.match(text, figure.end) is not None


_SAY: Final = re.compile(
    r"(?:\s+(?:also|have|has|had|later))?\s+(?:(?:told|tells)\b|(?:said|says|say|added|confirmed|acknowledged|denied)\b"
    r"(?=\s*(?:[.,;:”\"]|that\b|it\b|they\b|he\b|she\b|there\b|(?:on\s+|late\s+)?[A-Z]\w+day\b|\Z)))"
)
_MEMBERS: Final = re.compile(r"-(?:member|strong)\b", re.IGNORECASE)
_ARRESTED: Final = re.compile(r"(?:arrest|detain|kidnap|abduct)\w*", re.IGNORECASE)
_DONE_TO: Final = re.compile(
    r"\b(?:(?P<taken>(?:arrest|detain|kidnapp?|abduct)(?:s|ed|ing)?)|(?P<freed>set\s+free|freed|freeing|released|releasing)|"
    r"(?P<beaten>beat(?:ing)?(?:\s+up)?|assault(?:ed|ing)|thrash(?:ed|ing)|tortur(?:ed|ing))|(?P<leaving>leaving|left))"
    r"(?:\s+(?:at\s+least|about|around|some|another|a\s+further|up\s+to|as\s+many\s+as))?\s+$",
    re.IGNORECASE,
)
_LEFT: Final = re.compile(
    r"(?:,[^,.;]{1,50},)?(?:\s+(?:others?|more|people|civilians|\w+ly)){0,3}\s+(?:(?P<injured>injured|wounded|hurt)|dead|killed)\b",
    re.IGNORECASE,
)
_TO_DEATH: Final = re.compile(r"[^.;,]{0,40}\bto\s+death\b", re.IGNORECASE)
_ACTIVE: Final = re.compile(
    r"(?P<between>[^.;:\n]{0,110}?)\s(?:(?:has|have|had|also|reportedly|allegedly|\w+ly)\s+)*"
    r"(?:(?P<injured>(?:sustain|suffer|receiv)(?:ed|s)?\s+(?:[\w-]+\s+){0,3}?(?:injur(?:y|ies)|wounds?)\b)|surrender(?:ed|s)?\b)",
    re.IGNORECASE,
)
"""What those counted do or bear themselves: "six cadres of the group surrendered", "25 policemen sustained injuries"."""
_TAKEN: Final = re.compile(
    r"(?:\s+\w+){0,2}?\s+(?:was|were|been|are|is)\s+(?:\w+ly\s+)?"
    r"(?:arrested|detained|kidnapped|abducted|(?P<downed>shot\s+down|downed))\b",
    re.IGNORECASE,
)
_INCLUDING: Final = re.compile(r"\bincluding\s+$", re.IGNORECASE)
_WERE: Final = re.compile(
    r"(?P<between>(?:\s|,|-|–|\()[^.;:\n]{0,110}?)\s(?:(?:was|were|are|is|have\s+been|had\s+been|has\s+been)\s+"
    rf"(?:also\s+|reportedly\s+|\w+ly\s+|then\s+)?)(?P<cue>{_CUE.pattern})",
    re.IGNORECASE,
)
_APPOSED: Final = re.compile(r",(?!\s+(?:and|but)\b)[^,]*,")
_CALLED: Final = re.compile(r"\b(?:identified|known)\s+as\b", re.IGNORECASE)
_ANOTHER_VERB: Final = re.compile(
    r"\b(?:who|whom|which|that|when|while|as|after|before|because|but|said|says|was|were|is|are|has|have|had|will|would|"
    r"killed|injured|wounded|died|took|fled|by|(?!including\b|during\b|belonging\b|hailing\b)\w+ing)\b",
    re.IGNORECASE,
)
"""What shows that a passive verb further on may be another's."""
_VIOLENCE: Final = (
    r"(?:killed|shot\s+dead|murdered|beheaded|executed|hacked\s+to\s+death|abducted|kidnapped|attacked|ambushed|stormed|raided)"
)
_DONE_BY: Final = re.compile(rf"\b{_VIOLENCE}\s+(?:\w+\s+){{0,4}}?by\s+(?:a\s+group\s+of\s+)?$")
_THERE: Final = re.compile(
    r"\b(?:(?:clash(?:es|ed)?|encounters?|battled?|fighting|fought|gunfight|gun-?battle|exchange\s+of\s+fire)\s+with|"
    r"carrying|transporting|ferrying)\s+(?:about\s+|around\s+|some\s+|over\s+|more\s+than\s+|a\s+group\s+of\s+)?$",
    re.IGNORECASE,
)
_DO: Final = re.compile(
    r"(?:\s+(?:of|from|belonging\s+to)\s+(?!.{0,60}\b(?:was|were|who|and)\b)[^.;,\n]{1,60}?)?"
    r"\s+(?:have\s+|had\s+|reportedly\s+|allegedly\s+|also\s+)*"
    rf"(?:{_VIOLENCE}\s+(?:(?:an?|his|her|their|another)\s|(?!Reports?\b|[A-Z]\w+day\b)[A-Z](?:[a-z]+\b|\.\s))|"
    rf"{_VIOLENCE}\s+(?:\d[\d,]*|two|three|four|five|six|seven|eight|nine|ten|several)\s+"
    r"(?!(?:\w+\s+){0,2}?(?:[Ii]njur|[Ww]ound|hurt))|"
    r"(?:attacked|ambushed|stormed|raided|surrounded|reached|entered|looted|torched|hurled|triggered|detonated)\s+"
    r"(?:the|an?|his|her|their|two|three|four|five|several|some)\s|"
    r"(?:kills?|attack|ambush|storm|raid|abduct|storm(?:ed)?\s+into|blew\s+up|blow\s+up|"
    r"set\s+(?:ablaze|fire|on\s+fire)|open(?:ed)?\s+fire|fir(?:ed|e)\s+(?:at|on|upon|in))\b)"
)
"""A verb with its object behind those who do it. Headlines ("57 civilians killed 150 injured") have no article there."""


_DOWNING: Final = re.compile(
    r"\b(?:(?:shot|shoot|shooting|brought)\s+down|downed|downing|intercepted)\s+(?:of\s+|another\s+)?$", re.IGNORECASE
)
"""What is shot down is no person, whatever it is called ("shot down 105 of them")."""
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
