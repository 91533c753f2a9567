"""Which countries a document is about: the context in which "the army" or "the rebels" means somebody."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from functools import lru_cache

from warledger.core import Place

_WORD = re.compile(r"\b[A-Z][\w.’'-]*(?:\s(?:of\s)?[A-Z][\w.’'-]*)?")

_OWNER = re.compile(r"['’]s$")


@lru_cache(maxsize=8192)
def _country(words: str) -> str:
    from warledger.lexicon import nations

    return nations.country_of_name(words) or nations.country_of_adjective(words) or nations.country_of_people(words)


def countries_named(text: str) -> Counter[str]:
    """How often each country (ISO 3166 two letters) is named, by its name, its people or its adjective."""
    counts: Counter[str] = Counter()
    for found in _WORD.finditer(text):
        words = _OWNER.sub("", found[0].rstrip(".'’"))
        country = _country(words)
        if country:
            counts[country] += 1
            continue
        for word in words.split():
            country = _country(_OWNER.sub("", word))
            if country:
                counts[country] += 1
    return counts


def ordered(counts: Counter[str]) -> tuple[str, ...]:
    """The countries of `counts`, most named first; ties by code."""
    return tuple(c for c, _ in sorted(counts.items(), key=lambda t: (-t[1], t[0])))


def theatre(
    named: Counter[str],
    places: tuple[Place, ...],
    dateline: tuple[int, int] = (0, 0),
    fought: Callable[[], Counter[str]] = Counter,
) -> str:
    """The country that most of the document plays in: that of the towns it names, else the one that it names most and that most
    armed groups come from that it names (`fought`). The same where the towns lie in a country that it does not name, but its
    groups do not come from there. Where it was written, within its `dateline` (start, end), does not count.
    """
    towns: Counter[str] = Counter()
    for place in places:
        if place.country and place.kind not in ("country", "region"):
            towns[place.country] += sum(not dateline[0] <= mention.span.start < dateline[1] for mention in place.mentions)
    towns = +towns
    for country in named:
        if country in towns:
            towns[country] += named[country]
    best = ordered(towns)
    if best and best[0] in named:
        return best[0]
    groups = fought()
    if best and (not groups or best[0] in groups):
        return best[0]
    best = ordered(named + groups) or best
    return best[0] if best else ""
