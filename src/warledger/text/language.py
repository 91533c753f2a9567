"""What language a text is in: by its script where that decides, else by a model of byte sequences."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Mapping
from functools import cache
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from py3langid.langid import LanguageIdentifier

SAMPLE_CHARS: Final = 1_500
"""So much of a text, from its start, decides its language."""
SHORT_LETTERS: Final = 20
"""With fewer letters the model is guessing; its confidence is then scaled down."""
PLAIN_WORDS: Final = 40
PLAIN_SHARE: Final = 0.05
"""A text of so many words, this share of them such as only English has, is English; in reports it is about an eighth. The
model, which takes half a second to load, is then not asked.
"""
WITHOUT_MODEL: Final = 0.5
"""How sure a language is that was told by its script and commonest words alone, where the model could not be loaded."""

_COMMON_ENGLISH: Final = re.compile(
    r"\b(?:the|of|and|in|to|said|says|was|were|by|at|on|from|with|has|have|after|near|killed|for|that|is|are|as)\b",
    re.IGNORECASE,
)
_ONLY_ENGLISH: Final = re.compile(r"\b(?:the|and|said|says|were|from|with|after|killed|that|which|are)\b", re.IGNORECASE)
_WORD: Final = re.compile(r"[^\W\d_]+")
_SCRIPTS: Final[dict[str, frozenset[str]]] = {
    "ARABIC": frozenset("ar fa ur ps ku ug sd".split()),
    "CYRILLIC": frozenset("ru uk be bg sr mk kk ky mn tg".split()),
    "HEBREW": frozenset({"he"}),
    "GREEK": frozenset({"el"}),
    "ARMENIAN": frozenset({"hy"}),
    "GEORGIAN": frozenset({"ka"}),
    "ETHIOPIC": frozenset({"am"}),
    "CJK": frozenset("zh ja".split()),
    "HIRAGANA": frozenset({"ja"}),
    "KATAKANA": frozenset({"ja"}),
    "HANGUL": frozenset({"ko"}),
}
"""The languages that are weighed where a script is not Latin."""
OTHER_SCRIPTS: Final = frozenset().union(*_SCRIPTS.values()) | frozenset(
    "th hi bn ta te ml kn si my km lo bo ne mr gu pa".split()
)
"""Languages that are not written in Latin letters: such a text is never short English."""
_TELLING: Final = (
    ("ARABIC", "ur", "ٹڈڑےں"),
    ("ARABIC", "ps", "ټډړښځڅږ"),
    ("ARABIC", "ku", "ڕڵۆێە"),
    ("ARABIC", "fa", "پچژگ"),
    ("CYRILLIC", "be", "ў"),
    ("CYRILLIC", "uk", "їєґ"),
    ("CYRILLIC", "ru", "ыэё"),
)
"""Letters that only this language of the script uses, in the order in which they are tried."""


def identify(text: str) -> tuple[str, float]:
    """The language of `text` as its ISO 639-1 code, and how sure that is, 0 to 1.

    The script with most letters counts. A text without letters is ("und", 0.0). Names alone ("Hama") are not enough to
    tell; the answer is then the model's with a low confidence.
    """
    sample = unicodedata.normalize("NFC", text[:SAMPLE_CHARS])
    words = _WORD.findall(sample)
    letters = "".join(words)
    if not letters:
        return "und", 0.0
    script, share = _script(letters)
    only_english = len(_ONLY_ENGLISH.findall(sample))
    if script == "LATIN" and len(words) >= PLAIN_WORDS and only_english >= PLAIN_SHARE * len(words):
        return "en", round(share, 4)
    english = len(_COMMON_ENGLISH.findall(sample))
    try:
        ranked = _identifier().rank(sample)
    except OSError:  # the model unpacks itself into a temporary file; without room for it the script decides
        ranked = [("en" if english >= 2 else "und", WITHOUT_MODEL)]
    if script in _SCRIPTS:
        return _of_script(script, share, letters, ranked)
    code, confidence = ranked[0]
    if code != "en" and only_english and english >= 2 and english >= len(words) / 8 and letters.isascii():
        code, confidence = "en", 0.75  # a short English text full of foreign names
    confidence *= min(1.0, len(letters) / SHORT_LETTERS)
    return code, round(min(1.0, confidence * share), 4)


def _of_script(script: str, share: float, letters: str, ranked: list[tuple[str, float]]) -> tuple[str, float]:
    """The likeliest of the languages that write in `script`: by a letter that only one of them has, else by the model."""
    among = [(code, p) for code, p in ranked if code in _SCRIPTS[script]]
    total = sum(p for _, p in among)
    code, p = among[0] if total else (min(_SCRIPTS[script]), 0.0)
    confidence = p / total if total else 1 / len(_SCRIPTS[script])
    telling = _by_letter(letters, script)
    if telling and telling != code:
        code, confidence = telling, 0.9
    return code, round(min(1.0, confidence * share), 4)


def _script(letters: str) -> tuple[str, float]:
    """The script that most of `letters` belong to, and its share of them."""
    counts: Counter[str] = Counter()
    for letter, count in Counter(letters).items():
        counts[_script_of(letter)] += count
    script, count = max(counts.items(), key=lambda item: (item[1], item[0]))
    return script, count / len(letters)


@cache
def _script_of(letter: str) -> str:
    return unicodedata.name(letter, "UNKNOWN").split(" ", 1)[0]


def _by_letter(letters: str, script: str) -> str:
    """The language that a telling letter gives away, if such letters are more than a stray foreign name."""
    lower = letters.casefold()
    for of_script, code, marks in _TELLING:
        if of_script == script and sum(lower.count(c) for c in marks) > len(lower) / 100:
            return code
    return ""


@cache
def _identifier() -> LanguageIdentifier:
    """The model, loaded once a process (about half a second)."""
    import numpy as np
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    class Identifier(LanguageIdentifier):  # type: ignore[misc]  # the library has no types
        """Sums in a fixed order in this thread; BLAS, which the library uses, does neither and stalls on a busy machine."""

        __slots__ = ()

        def _sparse_score(self, visits: Mapping[int, int], table: NDArray[np.float32]) -> NDArray[np.float32]:
            idx = np.fromiter(visits.keys(), dtype=np.intp, count=len(visits))
            counts = np.fromiter(visits.values(), dtype=np.float32, count=len(visits))
            scores: NDArray[np.float32] = np.einsum("i,ij->j", np.log1p(counts), table[idx]) + self.nb_pc
            return scores

    identifier = Identifier.from_model_file(MODEL_FILE, norm_probs=True)
    identifier.set_languages([label for label in identifier.labels if len(label) == 2])
    return identifier
