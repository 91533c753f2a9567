"""Numbers as reports write them: "2,000", "1.5 million", "several dozen", "half a million", "a hundred and twenty".

Vague words follow the annotation guide: several is 3 to 9, dozens and scores 24 to 99, hundreds 200 to 999, and so on.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

MAX_NUMBER = 10_000_000_000
"""More than the world's people; a larger number in a report is a misreading."""
_MAX_DIGITS = 15

_UNITS = {
    word: value
    for value, word in enumerate(
        """zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen
        eighteen nineteen""".split()
    )
}
_TENS = {word: 10 * value for value, word in enumerate("twenty thirty forty fifty sixty seventy eighty ninety".split(), 2)}
_SCALES = {"hundred": 100, "thousand": 1_000, "million": 1_000_000, "billion": 1_000_000_000}
_SUFFIXES = {"k": 1_000, "m": 1_000_000, "mn": 1_000_000, "mln": 1_000_000, "bn": 1_000_000_000}
_FRACTIONS = {"half": (1, 2), "quarter": (1, 4)}
_VAGUE: dict[str, tuple[int | None, int | None]] = {
    "several": (3, 9),
    "a handful": (3, 9),
    "several dozen": (36, 99),
    "several dozens": (36, 99),
    "dozens": (24, 99),
    "scores": (24, 99),
    "several hundred": (300, 999),
    "several hundreds": (300, 999),
    "hundreds": (200, 999),
    "several thousand": (3_000, 9_999),
    "several thousands": (3_000, 9_999),
    "thousands": (2_000, 9_999),
    "tens of thousands": (20_000, 99_999),
    "hundreds of thousands": (200_000, 999_999),
    "several million": (3_000_000, 9_999_999),
    "millions": (2_000_000, None),
    "tens of millions": (20_000_000, None),
}
_DIGITS = re.compile(r"(?P<number>\d{1,3}(?:[,\u00a0\u202f ]\d{3})+|\d+)(?:\.(?P<part>\d+))?\s*(?P<scale>[a-z]+)?")
_WORDS = re.compile(r"[a-z]+")


@dataclass(frozen=True, slots=True)
class Number:
    """What a number word says: `low` and `high` are equal for an exact number; None is open."""

    low: int | None
    high: int | None

    @property
    def exact(self) -> bool:
        """Whether it says one value."""
        return self.low is not None and self.low == self.high


def read_number(text: str) -> Number:
    """Read one number, in digits or words. Raises ValueError where `text` is no number or passes MAX_NUMBER."""
    plain = " ".join(re.sub(r"(?<=[a-z])-(?=[a-z])", " ", text.casefold()).split())
    if plain in _VAGUE:
        return Number(*_VAGUE[plain])
    value = _in_digits(plain) if plain[:1].isdigit() else _in_words(plain)
    if value is None:
        raise ValueError(f"{text[:40]!r} is no number")
    if value > MAX_NUMBER:
        raise ValueError(f"{text[:40]!r} is larger than any count of people or things in a report")
    return Number(value, value)


def is_count(word: str) -> bool:
    """Whether one word is a number by itself."""
    try:
        read_number(word)
    except ValueError:
        return False
    return True


def _in_digits(plain: str) -> int | None:
    found = _DIGITS.fullmatch(plain)
    if found is None:
        return None
    digits = re.sub(r"\D", "", found["number"])
    part = found["part"] or ""
    if len(digits) + len(part) > _MAX_DIGITS:
        raise ValueError(f"a number of {len(digits) + len(part)} digits is no count of people or things")
    scale = 1
    if found["scale"]:
        scale = _SCALES.get(found["scale"]) or _SUFFIXES.get(found["scale"]) or 0
        if not scale:
            return None
    elif part:
        return None
    value = int(digits + part) * scale
    whole, rest = divmod(value, 10 ** len(part))
    return None if rest else whole


def _in_words(plain: str) -> int | None:
    words = _WORDS.findall(plain)
    if not words or " ".join(words) != plain:
        return None
    if (found := _fraction(words)) is not None:
        return found
    if words[0] in ("a", "an") and len(words) > 1 and (words[1] in _SCALES or words[1] == "dozen"):
        words = ["one", *words[1:]]
    if words[-1] == "dozen":
        before = 1 if len(words) == 1 else _sum(words[:-1])
        return None if before is None else 12 * before
    if words in (["a"], ["an"]):
        return 1
    if words == ["a", "couple"] or words == ["couple"]:
        return 2
    return _sum(words)


def _fraction(words: list[str]) -> int | None:
    """ "Half a million", "a quarter of a million", "one and a half million"."""
    if words[0] in ("a", "one") and len(words) > 1 and words[1] in _FRACTIONS:
        words = words[1:]
    if words[0] in _FRACTIONS:
        rest = [word for word in words[1:] if word not in ("of", "a", "an")]
        over, under = _FRACTIONS[words[0]]
        if len(rest) == 1 and rest[0] in _SCALES:
            return _SCALES[rest[0]] * over // under
        return None
    if len(words) >= 5 and words[-4:-1] == ["and", "a", "half"] and words[-1] in _SCALES:
        before = _sum(words[:-4])
        return None if before is None else before * _SCALES[words[-1]] + _SCALES[words[-1]] // 2
    return None


def _sum(words: list[str]) -> int | None:
    """The value of plain number words; None where they are not a number, or not in its order ("twenty thirty")."""
    total, current, last = 0, 0, 0
    smallest = MAX_NUMBER * 10
    for position, word in enumerate(words):
        if word == "and":
            if not 0 < position < len(words) - 1 or last < 100:
                return None
            continue
        if word in _UNITS:
            value = _UNITS[word]
            if last in range(1, 10) or last in range(10, 20) or (last in range(20, 100) and not 0 < value < 10):
                return None
            current, last = current + value, value or 1
        elif word in _TENS:
            if 0 < last < 100:
                return None
            current, last = current + _TENS[word], _TENS[word]
        elif word == "hundred":
            if not 0 < current < 100 or not last:
                return None
            current, last = current * 100, 100
        elif word in _SCALES:
            if not current or _SCALES[word] >= smallest:
                return None
            smallest = _SCALES[word]
            total, current, last = total + current * smallest, 0, smallest
        else:
            return None
    return total + current
