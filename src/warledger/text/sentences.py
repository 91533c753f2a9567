"""A sentence splitter for news text: one pass, rules only, time in proportion to the length.

A line end always ends a sentence, so headlines and list items stand alone. Within a line a stop ends one unless the word
before it is an abbreviation, an initial or a number, or what follows goes on in lower case.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

MAX_CHARS: Final = 2_000
"""A longer run without a stop is a table or a list; it is cut at a space so that no reader downstream gets a whole file."""

_OPENING: Final = "\"'“‘«‹„(["
_CLOSING: Final = "\"'”’»›)]"

_STOP: Final = re.compile(
    rf"""
    (?P<mark>[.!?…。؟۔]{{1,8}})
    (?P<close>[{re.escape(_CLOSING)}]{{0,4}})
    (?P<gap>[^\S\n]+|$)
    """,
    re.VERBOSE,
)
_NEXT: Final = re.compile(rf"[{re.escape(_OPENING)}\-–—`]{{0,4}}\s?(?P<word>[^\W_]*)")
_BEFORE: Final = re.compile(r"[^\s\"“”«»()\[\]/—–]+$")
_LINE: Final = re.compile(r"[^\n]+")
_HELD: Final = re.compile(
    r"""
    “[^“”\n]{1,500}”
    | (?<![^\s(\[—–-])"(?=[^\s"])[^"\n]{1,500}"(?![^\W_])
    """,
    re.VERBOSE,
)
"""A quotation that closes again in the same paragraph is held together, as the corpora and most annotation do."""

_TITLES: Final = frozenset(
    """
    mr mrs ms mx dr prof gen lt col maj capt cpt sgt cpl pvt cmdr cmd brig adm rear vice sen rep gov pres rev hon fr st ste
    amb supt insp det sheik eng ing messrs mme mlle msgr atty lieut comdr ens dep spc pfc ssgt msgt
    """.split()
)
"""Before a name: the stop never ends a sentence."""
_BEFORE_NUMBER: Final = frozenset(
    "no nos art arts para paras p pp vol fig sec ch cf ca approx res jan feb mar apr jun jul aug sep sept oct nov dec".split()
)
"""The stop does not end a sentence where a number follows."""
_ANYWHERE: Final = frozenset(
    """
    jr sr inc ltd co corp bros etc al vs v viz dept est govt univ natl intl assn ave blvd mt ft km sq mi lb oz tel approx
    jan feb mar apr jun jul aug sep sept oct nov dec mon tue tues wed thu thur thurs fri sat sun
    ala ariz calif colo conn fla ill ind kan ky mass mich minn miss mo mont neb nev okla ore pa tenn tex va vt wash wis
    """.split()
)
"""The stop ends a sentence only where a word follows that hardly stands within one."""
_STARTERS: Final = frozenset(
    """
    a about according across activists after all also although an and another any as asked at because before both but by
    despite during each earlier even every few first five following for four from he her here his hours how however if in
    is it its last later many meanwhile more most my nearly no nobody nor not now of officials on once one only or other our
    over people residents several she since six so some such ten that the their then there these they this those though
    three thus to today tomorrow two under until we what when where whether which while who why with witnesses yesterday yet you
    your
    """.split()
)
_DOTTED: Final = re.compile(r"(?:[^\W\d_]\.)+[^\W\d_]\.?|[ap]\.?m\.?", re.IGNORECASE)
_INITIAL: Final = re.compile(r"(?:[^\W\d_]{1,15}-)?[^\W\d_]\.?")


def split(text: str) -> tuple[tuple[int, int], ...]:
    """Where the sentences of `text` begin and end: half-open character offsets in order, without the space around them."""
    return tuple(bounds for line in _LINE.finditer(text) for bounds in _of_line(text, line.start(), line.end()))


def _of_line(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    begin = start
    quotations = _HELD.finditer(text, start, end)
    held = next(quotations, None)
    for stop in _STOP.finditer(text, start, end):
        while held is not None and held.end() <= stop.start():
            held = next(quotations, None)
        if held is not None and held.start() < stop.start() and stop.end("close") < held.end():
            continue
        if _ends(text, stop, begin, end):
            yield from _trimmed(text, begin, stop.end("close"))
            begin = stop.end()
    yield from _trimmed(text, begin, end)


def _trimmed(text: str, begin: int, end: int) -> Iterator[tuple[int, int]]:
    while begin < end and text[begin].isspace():
        begin += 1
    while end > begin and text[end - 1].isspace():
        end -= 1
    while end - begin > MAX_CHARS:
        cut = text.rfind(" ", begin + 1, begin + MAX_CHARS)
        cut = cut if cut > begin else begin + MAX_CHARS
        yield begin, cut
        begin = cut
        while text[begin].isspace():
            begin += 1
    if begin < end:
        yield begin, end


def _ends(text: str, stop: re.Match[str], begin: int, end: int) -> bool:
    """Whether the stop found ends the sentence that began at `begin`, in a line up to `end`."""
    if stop.end() >= end:
        return True
    following = _NEXT.match(text, stop.end(), min(end, stop.end() + 40))
    word = following["word"] if following else ""
    if word and word[0].islower():
        return False
    mark = stop["mark"]
    if mark != ".":
        return not (mark[0] in ".…" and word.islower())
    if stop["close"] and stop["close"][0] not in ")]":
        return True
    before = _BEFORE.search(text, max(begin, stop.start() - 24), stop.start())
    last = before[0].lstrip(_OPENING).rstrip(_CLOSING) if before else ""
    return _after_word(last, word)


def _after_word(last: str, word: str) -> bool:
    """Whether a stop between `last` and `word` ends a sentence."""
    lower = last.casefold().rstrip(".")
    if lower in _TITLES:
        return False
    if word[:1].isdigit() and lower in _BEFORE_NUMBER:
        return False
    if lower in _ANYWHERE or _DOTTED.fullmatch(last):
        return word.casefold() in _STARTERS
    if _INITIAL.fullmatch(last) and last[:1].isupper():
        return word.casefold() in _STARTERS and last != "I"
    return True
