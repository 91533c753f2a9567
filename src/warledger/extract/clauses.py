"""Who does what where a clause says it plainly: a subject right before its verb, a relative clause, "by" after a passive.

The network's links decide in general; these few patterns of English are surer than it is.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from warledger.core.vocabulary import PERSON_KINDS
from warledger.extract.tagged import Tag, Tagged, Trigger

_WHILE = re.compile(r"[,;]\s+(?:while|whereas)\b", re.IGNORECASE)
_ADVERB = r"(?:also|again|then|later|now|already|earlier|quickly|reportedly|repeatedly|meanwhile|since|still|fully|\w+ly)"
_ACTIVE: Final = re.compile(rf"\s+(?:(?:has|have|had|will|would|{_ADVERB})\s+){{0,3}}", re.IGNORECASE)
_RELATIVE: Final = re.compile(
    rf"\s*,?\s*(?:which|who|that)\s+(?:(?:has|have|had|will|would|{_ADVERB})\s+){{0,3}}", re.IGNORECASE
)
_OBJECT_RELATIVE: Final = re.compile(r"\s*,?\s*(?:which|that)\s+(?:the\s+|its\s+)?", re.IGNORECASE)
_OBJECT: Final = re.compile(
    r"\s+(?:(?:in|into|on|at|of|from|near|outside|across)\s+)?(?:the\s+)?(?:[a-z-]+\s+){0,3}?"
    r"(?:(?:cities|towns|city|town|village|province|district) of\s+)?"
)
_BY: Final = re.compile(r"\s+by\s+(?:the\s+|an?\s+)?", re.IGNORECASE)
_RESUMED: Final = re.compile(r",\s+(?:which|who)\b[^.;]*,\s+(?:(?:has|have|had|also)\s+){0,2}", re.IGNORECASE)
_BY_DOING: Final = re.compile(r"\b(?:by|after|before)\s+\w+ing\s+(?:an?\s+|the\s+)?(?:[a-z-]+\s+){0,2}$")
_WHEN: Final = re.compile(r"\s*,?\s+when\b[^.;]*", re.IGNORECASE)
_PARTICIPLE: Final = re.compile(
    r"(?:\w+ed|\w+en|\w+wn|fallen|fled|lost|held|hit|shot|struck|left|gone|begun|won)\b.*", re.IGNORECASE
)
_PASSIVE: Final = re.compile(
    rf"\s+(?:(?:has|have|had|will|would|to|{_ADVERB})\s+){{0,3}}(?:was|were|is|are|be|been|being|got)\s+(?:{_ADVERB}\s+){{0,2}}",
    re.IGNORECASE,
)
_DONE_TO: Final = re.compile(
    r"(?:killed|wounded|injured|hurt|arrested|detained|captured|imprisoned|jailed|abducted|kidnapped|held|shot|executed|beheaded|"
    r"murdered|assassinated|tortured|besieged|encircled|trapped|freed|released|displaced|evacuated|accused|sanctioned)\b.*",
    re.IGNORECASE,
)
_NO_OBJECT: Final = re.compile(
    r"\s+(?:in|by|at(?!\s+(?:least|most))|on|near|during|when|while|and|after|as|from|since|last|this)\b|\s*[.,;)]|\s*$"
)
_MOVED: Final = re.compile(
    r"(?:fled|flee|fleeing|escap\w+|left|leav\w+|return\w*|stream\w+|pour\w+|cross\w*|sought|seek\w*|run|ran|died|dead)\b.*",
    re.IGNORECASE,
)
_BUILDING: Final = re.compile(
    r"(?:the |an? )?(?:\w+ )?police(?:['’]s?)? (?:\w+ )?"
    r"(?:stations?|headquarters|buildings?|posts?|checkpoints?|academy|compound)\b",
    re.IGNORECASE,
)
_HELP: Final = re.compile(r"help|support|backing|assistance|aid|cover", re.IGNORECASE)
_WITH_HELP: Final = re.compile(r"[^.;:]*?\bwith\s+(?:the\s+)?(?:(?!in\b)[\w-]+\s+){0,2}", re.IGNORECASE)
_ACCUSED: Final = re.compile(
    r"\s+(?:it|them|him|her)\s+(?:of|for)\b(?:(?!\b(?:said|says|who|which|that|while|but|after|as|when)\b)[^.;:])*",
    re.IGNORECASE,
)
_ALLIES: Final = re.compile(
    r"(?P<whose>(?<!and )\b(?:his|her|its|their)|['’]s?)\s+(?:[\w-]+\s+){0,4}?"
    r"(?:ally|allies|backers?|patrons?|sponsors?|supporters)\s*,?\s+(?:the\s+)?",
    re.IGNORECASE,
)
ALLIES_WITHIN: Final = 60
"""Characters from whose ally somebody is to its name."""
SEVERAL: Final = re.compile(
    r"\b(?:(?:force|troop|fighter|soldier|rebel|militant|unit|jihadist|insurgent|terrorist|militia|group)s|[a-z]+men)$"
)
"""Names of several, whom "it" and "its" cannot mean."""
_IT: Final = re.compile(r"\bit\s+(?:(?:had|has|would|will|also|then|first|later|\w+ly)\s+){0,3}\Z", re.IGNORECASE)
_OWNS: Final = re.compile(r"['’]s?\b|(?<=s)['’]")
_BY_WHOM: Final = re.compile(r"\bby (?:the |an? )?(?:[\w-]+ ){0,2}\Z", re.IGNORECASE)
_WHICH: Final = re.compile(r"\)?,?\s+(?:which|who)\b", re.IGNORECASE)
_NOT_IT: Final = frozenset({"leader", "spokesperson", "civilians", "other"})
_DOING: Final = re.compile(r"[a-z-]+ing\b")
_ADVERBS: Final = re.compile(r"\s+(?:(?:ever|having|directly|deliberately|intentionally|\w+ly)\s+){0,3}")
_BETWEEN: Final = re.compile(r"(?:\s+[\w-]+){0,4}\s+between\s+(?:the\s+|an?\s+)?", re.IGNORECASE)
_THAT: Final = re.compile(r"\b(?:that|had|has|have|was|were|been)\b", re.IGNORECASE)
_ACCUSING: Final = re.compile(r"accus|blam", re.IGNORECASE)
_OF_DEED: Final = re.compile(r"[^.;]{0,120}?\b(?:of\s+[^.;,]{0,60}|for\s+(?:(?:the|an?|its|their|having|\w+ly)\s+){0,3})")
_DENIED_WITHIN: Final = 300
_CONJUNCTION: Final = re.compile(r"\s*(?:,|(,?\s+(?:and|or)))\s+(?:the |its |their |an? )?", re.IGNORECASE)
_AND: Final = re.compile(r"\b(?:and|but)\s+(?:(?:has|have|had|also|then|later)\s+){0,2}$", re.IGNORECASE)
_VERB: Final = re.compile(
    r"(?:\w+ed|(?:re)?took|taken|seized|fell|struck|hit|shot|fought|fled|won|withdrew|began|broke|sent|held|met|said)\b",
    re.IGNORECASE,
)


def subjects(text: str, tagged: Tagged, trigger: Trigger) -> tuple[int, ...]:
    """The actor mentions (numbers) that the clause makes the doers of the trigger; none where it does not say so plainly."""
    near = [(n, t) for n, t in enumerate(tagged.mentions["actor"]) if t.sentence == trigger.sentence]
    number = _subject(text, tagged, near, trigger)
    return () if number is None else tuple(_joined(text, near, number))


def objects(text: str, tagged: Tagged, trigger: Trigger) -> tuple[int, ...]:
    """The actor mentions (numbers) that the clause makes those to whom the trigger is done: the subject of a passive ("were
    later arrested"), whom a participle describes ("soldiers killed in"), who flees or dies; none where it does not say so.
    """
    words = trigger.span.of(text)
    near = [(n, t) for n, t in enumerate(tagged.mentions["actor"]) if t.sentence == trigger.sentence]
    before = [(n, t) for n, t in near if t.last < trigger.first]
    if not before:
        return ()
    number, tag = before[-1]
    between = (text, tag.span.end, trigger.span.start)
    active = _ACTIVE.fullmatch(*between) is not None or _RELATIVE.fullmatch(*between) is not None
    done_to = _DONE_TO.fullmatch(words) is not None and (
        _PASSIVE.fullmatch(*between) is not None
        or (text[slice(*between[1:])].isspace() and _NO_OBJECT.match(text, trigger.span.end) is not None)
    )
    return tuple(_joined(text, near, number)) if done_to or (active and _MOVED.fullmatch(words)) else ()


def _subject(text: str, tagged: Tagged, near: list[tuple[int, Tag]], trigger: Trigger) -> int | None:
    words = trigger.span.of(text)
    for number, tag in near:
        if tag.first > trigger.last and _BY.fullmatch(text, trigger.span.end, tag.span.start) and _VERB.match(words):
            return number
    if _BY.match(text, trigger.span.end):
        return None
    before = [(n, t) for n, t in near if t.last < trigger.first]
    if before:
        number, tag = before[-1]
        between = (text, tag.span.end, trigger.span.start)
        if _RELATIVE.fullmatch(*between) or (_VERB.match(words) and _ACTIVE.fullmatch(*between)):
            return number
    for number, tag in before:  # "X, which …, has urged": a main verb that comes after a relative clause in commas
        if _RESUMED.fullmatch(text, tag.span.end, trigger.span.start):
            return number
    earlier = [t for t in tagged.triggers if t.sentence == trigger.sentence and t.last < trigger.first]
    verbs = [t for t in earlier if _VERB.match(t.span.of(text))]
    lead = (text, max(0, trigger.span.start - 60), trigger.span.start)
    if verbs and ((_AND.search(*lead) and verbs[-1] is earlier[-1]) or _BY_DOING.search(*lead)):
        return _subject(text, tagged, near, verbs[-1])  # "X vowed … and accused", "X gained by launching an offensive"
    return None


def is_verb(words: str) -> bool:
    """Whether a trigger's words begin with a verb in the past."""
    return _VERB.match(words) is not None


def follows(text: str, subject: Trigger, verb: Trigger) -> bool:
    """Whether a verb stands right behind another trigger, which is its subject: "an air campaign drove them out"."""
    if subject.sentence != verb.sentence or _BY.match(text, verb.span.end):
        return False
    plain = not _VERB.match(subject.span.of(text)) and _VERB.match(verb.span.of(text))
    return bool(plain) and _ACTIVE.fullmatch(text, subject.span.end, verb.span.start) is not None


def while_behind(text: str, trigger: Trigger, end: int) -> int:
    """Where a clause with "while" begins behind a trigger in the sentence that goes to `end`; `end` where there is none."""
    found = _WHILE.search(text, trigger.span.end, end)
    return found.start() if found is not None else end


def accused_of(text: str, accusing: Trigger, deed: Trigger) -> bool:
    """Whether somebody is accused of a deed: "accused the army of deliberately shelling". The accuser is its voice in 49 of 54
    such deeds of training reports.
    """
    is_accusing = _ACCUSING.match(accusing.span.of(text)) is not None
    return is_accusing and _OF_DEED.fullmatch(text, accusing.span.end, deed.span.start) is not None


def helped(text: str, doing: Trigger, help_: Trigger) -> bool:
    """Whether somebody does what another trigger says with help: "retook the town with the support of Exampleland"."""
    if doing.sentence != help_.sentence or not _HELP.fullmatch(help_.span.of(text)):
        return False
    return _WITH_HELP.fullmatch(text, doing.span.end, help_.span.start) is not None


def accused(text: str, tagged: Tagged, trigger: Trigger) -> int | None:
    """The trigger (number) of an accusation whose object is a pronoun and whose content the trigger tells ("Exampleland accused
    it of shelling the town"); None where there is none.
    """
    for number, one in reversed(list(enumerate(tagged.triggers))):
        if one.sentence == trigger.sentence and one.type == "accuse" and one.last < trigger.first:
            return number if _ACCUSED.fullmatch(text, one.span.end, trigger.span.start) else None
    return None


def whose_ally(text: str, tagged: Tagged, number: int, kinds: Sequence[str]) -> int | None:
    """The actor mention (number) whose ally the words right before mention `number` make it: "his main allies, Exampleland".

    "His" means the nearest person before it in the sentence, "its" and "their" the nearest actor that is none; `kinds` has the
    kind of each mention's actor.
    """
    tags = tagged.mentions["actor"]
    sentence, at = tags[number].sentence, tags[number].span.start
    for found in _ALLIES.finditer(text, max(0, at - ALLIES_WITHIN), at):
        if found.end() != at:
            continue
        before = [n for n in range(number) if tags[n].sentence == sentence and tags[n].span.start < found.start()]
        whose = found["whose"].casefold()
        if whose.isalpha():
            fit = [n for n in before if (kinds[n] in PERSON_KINDS) == (whose in ("his", "her"))]
        else:
            fit = [n for n in before if found.start() <= tags[n].span.end <= found.end("whose")]
        return fit[-1] if fit else None
    return None


def meant_by_it(text: str, tagged: Tagged, trigger: Trigger, start: int, kinds: Sequence[str]) -> int | None:
    """The actor mention (number) that "it" means where it is a trigger's subject: the nearest body or side before it in the
    sentence, which begins at `start`, else the first of the sentence before; None for another subject. `kinds` has the kind of
    each mention's actor.
    """
    found = _IT.search(text, start, trigger.span.start)
    if found is None:
        return None
    tags = tagged.mentions["actor"]
    fit = [
        n
        for n, t in enumerate(tags)
        if t.sentence in (trigger.sentence - 1, trigger.sentence)
        and kinds[n] not in _NOT_IT
        and not SEVERAL.search(t.span.of(text))
        and not _is_no_subject(text, tagged, n)
    ]
    here = [n for n in fit if tags[n].sentence == trigger.sentence and tags[n].span.end <= found.start()]
    before = [n for n in fit if tags[n].sentence == trigger.sentence - 1]
    return here[-1] if here else before[0] if before else None


def _is_no_subject(text: str, tagged: Tagged, number: int) -> bool:
    """Whether an actor mention only says whose something is ("Exampleland's affiliate"), or by whom ("by Exampleland and X"),
    and no relative clause has it for its subject.
    """
    tags = tagged.mentions["actor"]
    if _OWNS.match(text, tags[number].span.end) or tags[number].span.of(text).endswith(("'s", "’s")):
        return True
    if _WHICH.match(text, tags[number].span.end):
        return False
    earlier = [n for n in range(number + 1) if tags[n].sentence == tags[number].sentence]
    return any(_BY_WHOM.search(text, 0, tags[n].span.start) and listed(text, tagged, n, number) for n in earlier)


def only_a_building(text: str, tag: Tag) -> bool:
    """Whether a mention only says whose building is meant: "a police station"."""
    return _BUILDING.match(text, tag.span.start) is not None


def between(text: str, tagged: Tagged, trigger: Trigger) -> tuple[int, ...]:
    """The two actor mentions (numbers) of "fighting between X and Y"; none where the clause does not say so."""
    after = [
        (n, t) for n, t in enumerate(tagged.mentions["actor"]) if t.sentence == trigger.sentence and t.first > trigger.last
    ]
    if len(after) < 2 or not _BETWEEN.fullmatch(text, trigger.span.end, after[0][1].span.start):
        return ()
    (one, first), (other, second) = after[:2]
    joint = _CONJUNCTION.fullmatch(text, first.span.end, second.span.start)
    return (one, other) if joint is not None and joint[1] is not None else ()


def listed(text: str, tagged: Tagged, one: int, other: int) -> bool:
    """Whether two actor mentions (numbers) stand in one list: "urged Exampleland, Otherland and the Front"."""
    tags = tagged.mentions["actor"]
    first, last = sorted((one, other))
    return tags[first].sentence == tags[last].sentence and all(
        _CONJUNCTION.fullmatch(text, tags[n].span.end, tags[n + 1].span.start) for n in range(first, last)
    )


def _joined(text: str, near: list[tuple[int, Tag]], number: int) -> list[int]:
    """`number` and the mentions that "and" and commas join to it from the left: "the brigade and its allies"."""
    found = [number]
    spans = dict(near)
    listed = False
    while number - 1 in spans:
        joint = _CONJUNCTION.fullmatch(text, spans[number - 1].span.end, spans[number].span.start)
        listed = listed or (joint is not None and joint[1] is not None)
        if joint is None or not listed:  # a comma joins only in a list that ends in "and": "after the talks with X, Y left"
            break
        number -= 1
        found.append(number)
    return found


def denied(text: str, start: int, tagged: Tagged, trigger: Trigger) -> bool:
    """Whether the sentence that begins at `start` says that the trigger's clause is not so: "denied that rebels had entered".

    The denial reaches to the next reporting word; a noun is not denied by it ("denied a part in the offensive"), but what is
    denied right before it is ("denies supporting them").
    """
    from warledger.lexicon import cues

    if _DOING.match(trigger.span.of(text)):
        before = list(cues.pattern("denial").finditer(text, start, trigger.span.start))
        return bool(before) and _ADVERBS.fullmatch(text, before[-1].end(), trigger.span.start) is not None
    if not _PARTICIPLE.fullmatch(trigger.span.of(text)):
        return False
    words = list(cues.pattern("denial").finditer(text, start, trigger.span.start))
    if not words:
        return False
    between = (text, words[-1].end(), trigger.span.start)
    again = any(
        c.sentence == trigger.sentence and words[-1].end() <= c.span.start < trigger.span.start for c in tagged.mentions["cue"]
    )
    return not again and _THAT.search(*between) is not None and cues.pattern("report").search(*between) is None


def denial(text: str, trigger: Trigger) -> str:
    """The last word of denial before a trigger; empty where there is none."""
    from warledger.lexicon import cues

    words = list(cues.pattern("denial").finditer(text, max(0, trigger.span.start - _DENIED_WITHIN), trigger.span.start))
    return words[-1][0] if words else ""


def time_of(text: str, tagged: Tagged, trigger: Trigger) -> int | None:
    """The time mention (number) that a "when" clause hangs on: "since 2016, when the army retook it"."""
    before = [
        (n, t) for n, t in enumerate(tagged.mentions["time"]) if t.sentence == trigger.sentence and t.last < trigger.first
    ]
    if before and _WHEN.fullmatch(text, before[-1][1].span.end, trigger.span.start):
        return before[-1][0]
    return None


def place_of(text: str, tagged: Tagged, trigger: Trigger) -> int | None:
    """The place mention (number) right behind the trigger ("captured the main northern city of Exampleville"), or that a
    relative clause is about ("Exampleville, which the rebels captured"); None where neither is there.
    """
    for number, tag in enumerate(tagged.mentions["place"]):
        follows = tag.sentence == trigger.sentence and tag.first > trigger.last
        if follows and _OBJECT.fullmatch(text, trigger.span.end, tag.span.start):
            return number
    before = [
        (n, t) for n, t in enumerate(tagged.mentions["place"]) if t.sentence == trigger.sentence and t.last < trigger.first
    ]
    actors = [t for t in tagged.mentions["actor"] if t.sentence == trigger.sentence and t.last < trigger.first]
    if not before or not actors:
        return None
    number, place = before[-1]
    doer = actors[-1]
    if doer.first > place.last and _OBJECT_RELATIVE.fullmatch(text, place.span.end, doer.span.start):
        return number if _ACTIVE.fullmatch(text, doer.span.end, trigger.span.start) else None
    return None
