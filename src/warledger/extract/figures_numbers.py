"""Numbers as reports write them: "1,300", "twenty-five", "1.5 million", "two dozen", "tens of thousands".

`QUANTITY` finds one, `read` says its bounds. The bounds of the vague ones are those of the annotation guide (*Figures*).
"""

from __future__ import annotations

import re
from typing import Final

from warledger.core.codec import MAX_COUNT

Range = tuple[int | None, int | None]

UNITS: Final = {
    word: value
    for value, word in enumerate(
        "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
        "eighteen nineteen".split()
    )
}
TENS: Final = {
    word: 10 * value for value, word in enumerate("twenty thirty forty fifty sixty seventy eighty ninety".split(), start=2)
} | {"fourty": 40}
SCALES: Final = {
    "hundred": 100, "thousand": 1000, "k": 1000, "million": 1_000_000, "m": 1_000_000, "mn": 1_000_000,
    "billion": 1_000_000_000, "bn": 1_000_000_000, "dozen": 12,
}  # fmt: skip
VAGUE: Final[dict[str, Range]] = {
    "tens": (24, 99),
    "dozens": (24, 99),
    "scores": (24, 99),
    "hundreds": (200, 999),
    "thousands": (2000, 9999),
    "tens of thousands": (20_000, 99_999),
    "dozens of thousands": (24_000, 99_999),
    "hundreds of thousands": (200_000, 999_999),
    "millions": (2_000_000, None),
    "tens of millions": (20_000_000, 99_999_999),
    "hundreds of millions": (200_000_000, 999_999_999),
}
"""What a plural without a number stands for. "Tens" is as "dozens"."""
SEVERAL: Final[dict[str, Range]] = {
    "several": (3, 9),
    "several dozen": (24, 99),
    "several hundred": (200, 999),
    "several thousand": (2000, 9999),
    "several million": (2_000_000, None),
}
"""A few dozen is several dozen; "a few" alone, like "some" and "many", is no figure."""

_ONES = "|".join(sorted(UNITS, key=len, reverse=True))
_TENS = "|".join(TENS)
_TENS_ONES = rf"(?:(?:{_TENS})(?:[\s-](?:{_ONES}))?|{_ONES})"
_SCALE = r"(?:hundred|thousand|million|billion|dozen)"
_WORDS = (
    rf"(?:(?:an?|{_TENS_ONES})(?:[\s-](?:and\sa\shalf\s)?{_SCALE})+(?:[\s-](?:and\s)?{_TENS_ONES}(?:[\s-]{_SCALE})*)*"
    rf"|{_TENS_ONES})"
)
_DIGITS = r"\d{1,3}(?:\s000)+(?!\d)|\d{1,3}(?:[,\u00a0\u2009’']\d{3})+(?:\.\d+)?|\d{1,3}(?:\.\d{3}){2,}|\d+(?:\.\d+)?"

QUANTITY: Final = re.compile(
    rf"""(?<![\w.,$€£])(?<![A-Za-z]-)(?:
      (?P<half>(?:(?:half|a\squarter\sof)[\s-]an?[\s-]|(?:one\s|a\s)?quarter\sof\sa\s){_SCALE})
    | (?P<vague>(?:many\s|several\s)?(?:(?:tens|dozens|hundreds)\sof\s(?:thousands|millions)|tens(?=\sof)|
        dozens|scores|hundreds|thousands|millions))
    | (?P<several>(?:several|a\sfew|some\sfew)[\s-]{_SCALE}s?|several)
    | (?P<digits>{_DIGITS})(?:[\s-]?(?P<scale>hundred|thousand|million|billion|dozen|bn|mn|k|m)(?![\w.-]))?
    | (?P<words>{_WORDS})
    | (?P<dozen>dozen|hundred|thousand|million)(?=\s)
    )(?![\w]|[.,]\d)""",
    re.IGNORECASE | re.VERBOSE,
)
_SPACE: Final = re.compile(r"[\s-]+")


def read(found: re.Match[str]) -> Range | None:
    """The bounds of a quantity; None for one beyond any count of people or things."""
    if found["half"]:
        scale = SCALES[_SPACE.split(found["half"].lower())[-1]]
        return (scale // 4,) * 2 if "quarter" in found["half"].lower() else (scale // 2,) * 2
    if found["vague"]:
        plain = " ".join(found["vague"].lower().split())
        return VAGUE[plain.removeprefix("many ").removeprefix("several ")]
    if found["several"]:
        plain = " ".join(_SPACE.split(found["several"].lower())).removesuffix("s") if " " in found["several"] else "several"
        return SEVERAL.get(plain.replace("a few", "several").replace("some few", "several"))
    number = _number(found)
    return None if number is None or not 0 <= number <= MAX_COUNT else (number, number)


def _number(found: re.Match[str]) -> int | None:
    if found["dozen"]:
        return SCALES[found["dozen"].lower()]
    if found["words"]:
        return _words_to_int(found["words"])
    digits = "".join(found["digits"].split())
    if len(digits) > 24:
        return None
    scale = SCALES.get((found["scale"] or "").lower(), 1)
    plain = re.sub(r"[,\u00a0\u2009’']", "", digits)
    whole, dot, rest = plain.partition(".")
    if dot and ("." in rest or (scale == 1 and len(rest) == 3 and len(whole) <= 3)):  # 1.300 and 1.300.000, grouped by dots
        whole, rest = plain.replace(".", ""), ""
    if rest and scale == 1:
        return None
    return int(whole) * scale + (int(rest) * scale // 10 ** len(rest) if rest else 0)


def _words_to_int(words: str) -> int | None:
    total = part = 0
    for word in _SPACE.split(words.lower().strip()):
        if word in UNITS:
            part += UNITS[word]
        elif word in TENS:
            part += TENS[word]
        elif word in ("a", "an"):
            part += 1 if not part else 0
        elif word == "half":
            total += 0
            part = part * 2 + 1  # halves, until the scale that follows
        elif word in SCALES:
            scale = SCALES[word]
            halved = "half" in words.lower()
            if scale in (100, 12):
                part = (part or 1) * scale // (2 if halved else 1)
            else:
                total += (part or 1) * scale // (2 if halved else 1)
                part = 0
    return total + part
