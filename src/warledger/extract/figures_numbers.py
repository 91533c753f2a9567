"""Numbers as reports write them: "1,300", "twenty-five", "1.5 million", "two dozen", "tens of thousands".

`QUANTITY` finds one, `read` says its bounds. The bounds of the vague ones are those of the annotation guide (*Figures*).
"""

from __future__ import annotations

import re
from typing import Final

from warledger.lexicon.numbers import read_number

Range = tuple[int | None, int | None]

OTHER: Final[dict[str, Range]] = {
    "tens": (24, 99),
    "dozens of thousands": (24_000, 99_999),
    "dozens of millions": (24_000_000, 99_999_999),
    "hundreds of millions": (200_000_000, 999_999_999),
    "half a dozen": (6, 6),
    "several dozen": (24, 99),
    "several dozens": (24, 99),
}
"""What reports write beside the words of the guide; "tens" is as "dozens"."""

_ONES = (
    "seventeen|thirteen|fourteen|eighteen|nineteen|fifteen|sixteen|eleven|twelve|seven|three|eight|zero|four|five|nine|"
    "one|two|six|ten"
)
_TENS = "twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety"
_TENS_ONES = rf"(?:(?:{_TENS})(?:[\s-](?:{_ONES}))?|{_ONES})"
_SCALE = r"(?:hundred|thousand|million|billion|dozen)"
_WORDS = (
    rf"(?:(?:an?|{_TENS_ONES})(?:[\s-](?:and\sa\shalf\s)?{_SCALE})+(?:[\s-](?:and\s)?{_TENS_ONES}(?:[\s-]{_SCALE})*)*"
    rf"|{_TENS_ONES})"
)
_DIGITS = r"\d{1,3}(?:\s000)+(?!\d)|\d{1,3}(?:[,\u00a0\u2009’']\d{3})+(?:\.\d+)?|\d{1,3}(?:\.\d{3}){2,}|\d+(?:\.\d+)?"

QUANTITY: Final = re.compile(
    rf"""(?=[\dadefhmnoqstz])(?<![\w.,$€£])(?<![A-Za-z]-)(?:
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
    """The bounds of a quantity; None for what is no number after all, or is beyond any count of people or things."""
    words = _plain(found)
    if words in OTHER:
        return OTHER[words]
    try:
        number = read_number(words)
    except ValueError:
        return None
    return number.low, number.high


def _plain(found: re.Match[str]) -> str:
    """A quantity in the words of `lexicon.numbers`: digits without their grouping, "a few hundred" as "several hundred"."""
    if found["digits"]:
        return f"{_ungrouped(found['digits'], scaled=found['scale'] is not None)} {found['scale'] or ''}"
    if found["dozen"]:
        return "one " + found["dozen"]
    words = _SPACE.sub(" ", found.group().lower())
    if found["several"]:
        return words.replace("a few", "several").replace("some few", "several")
    return words.removeprefix("many ").removeprefix("several ") if found["vague"] else words


def _ungrouped(digits: str, *, scaled: bool) -> str:
    """Digits without what groups them by three; a point groups too in "1.300.000" and, where no "million" follows, "1.300"."""
    plain = re.sub(r"[,\s\u00a0\u2009’']", "", digits)
    whole, _, rest = plain.partition(".")
    if "." in rest or (not scaled and len(rest) == 3 and len(whole) <= 3):
        return plain.replace(".", "")
    return plain
