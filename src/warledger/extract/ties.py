"""Standing ties between actors that the words between or in their mentions say outright: titles, "-backed", "spokesman for".

Each pattern is one way of saying one relation; what is said in other ways is left to the network.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from warledger.core import Actor, Mention, Span
from warledger.core.vocabulary import PERSON_KINDS
from warledger.extract.tagged import Tag

OF_A_BODY: Final = frozenset({"monitor", "media", "ngo", "igo"})
"""Kinds of bodies whose people are of their kind as well."""
HEADS: Final = (
    "leader|head|chief|president|director|chairman|chairwoman|commander|founder|prime minister|king|emir|secretary[- ]general"
)
SPEAKS: Final = "spokes(?:man|woman|person)|spokespeople|spokesperson|press secretary"
SENT: Final = "envoy|ambassador|representative"
"""What those are called who head a body, speak for it, are sent by it."""


@dataclass(frozen=True, slots=True)
class Tie:
    """A relation of type `type` from one actor mention to another (by number)."""

    source: int
    target: int
    type: str


_IS = r"(?:which is |who are |that is |is |are )?"
_ANY = r"(?:\w+[ -]){0,2}"
_MEMBER = (
    "member|minister|official|envoy|ambassador|adviser|commander|researcher|analyst|editor|doctor|coordinator|fellow|expert|officer"
    "|cameraman|reporter|correspondent"
)
_LEADING = "led|headed|commanded|chaired|run|spearheaded"
_FOR = r"(?:join(?:ed|s)?|fights? for|fought for|fighting for|works? for|worked for|serv(?:es|ed|ing) with)"
_OUST = r"(?:oust|overthrow|topple|unseat|depose|defeat|eradicate)"
_BACKING = "backed|supported|sponsored|armed|funded|financed|trained|raised|formed|equipped"
_WHICH = r"(?:(?:which|who|that) )?(?:(?:is|are|was|were|has been|have been|had been) )?"
_FIGHTS = r"(?:fight(?:s|ing)?|fought|operat(?:es?|ing)) (?:alongside|together with)"
_AFTER: Final[tuple[tuple[re.Pattern[str], str, bool], ...]] = tuple(
    (re.compile(pattern, re.IGNORECASE), kind, flipped)
    for pattern, kind, flipped in (
        # "X, the leader of Y", "X, who heads Y"
        (rf"^\s*,?\s*(?:the |a |its )?{_ANY}(?:{HEADS}) (?:of|in|at) (?:the )?$", "leads", False),
        (r"^\s*,?\s*who (?:leads|heads|runs|commands|chairs) (?:the )?$", "leads", False),
        (rf"^\s*,?\s*(?:a |the |its )?{_ANY}(?:{SPEAKS}) (?:for|of) (?:the )?$", "speaks_for", False),
        (rf"^\s*,?\s*(?:an? |the )?{_ANY}(?:{_MEMBER}) (?:of|in|for|from|to|at|with) (?:the )?$", "member_of", False),
        # "X, who joined Y"
        (rf"^\s*,?\s*(?:who )?(?:had |has )?{_FOR} (?:the )?$", "member_of", False),
        # "X fighting to topple Y"
        (
            rf"^\s*,?\s*{_WHICH}(?:fighting|seek(?:ing|s)?|trying|battling|aims?) to {_OUST} (?:\w+ ){{0,2}}$",
            "opposed_to",
            False,
        ),
        # "Y leader X", "Y's foreign minister, X"
        (rf"^(?:['’]s)?\s+{_ANY}(?:{HEADS}),?\s+$", "leads", True),
        (rf"^(?:['’]s)?\s+{_ANY}(?:{SPEAKS}),?\s+$", "speaks_for", True),
        (rf"^(?:['’]s)?\s+{_ANY}(?:foreign|defen[cs]e|interior|information) minister,?\s+$", "member_of", True),
        # "Y led by X", "Y, a group headed by X"
        (
            rf"^\)?\s*,?\s*(?:(?:an?|the) (?:\w+ )?\w+ )?{_IS}(?:now )?(?:{_LEADING}) by (?:the )?$",
            "leads",
            True,
        ),
        # "X backed by Y", "Y-backed X", "X's backer Y", "X's ally Y"
        (r"^[- ](?:backed|supported|sponsored) (?!by\b)(?:\w+ ){0,2}$", "backed_by", True),
        (r"^(?:['’]s?|s)?,?\s+(?:\w+ ){0,2}(?:backers?|supporters?|sponsors?),?\s+$", "backed_by", False),
        (rf"^\s*,?\s*{_WHICH}(?:also |largely |openly )?(?:{_BACKING}) by (?:the )?$", "backed_by", False),
        (r"^\s*,?\s*(?:which|who|that) (?:supports?|backs?|funds?|arms) (?:the )?$", "backed_by", True),
        (rf"^\s*,?\s*{_IS}(?:allied|aligned) (?:with|to) (?:the )?$", "allied_with", False),
        # "Y dominated by X", "X fights alongside Y"
        (rf"^\)?\s*,?\s*(?:(?:an?|the) (?:\w+ )?\w+ )?{_WHICH}(?:now )?dominated by (?:the )?$", "part_of", True),
        (rf"^\s*,?\s*{_WHICH}{_FIGHTS} (?:the )?$", "allied_with", False),
        (r"^\s*,?\s*in (?:alliance|cooperation|coordination|partnership) with (?:the )?$", "allied_with", False),
        (r"^(?:['’]s?)?,?\s+(?:\w+ ){0,2}(?:ally|allies),?\s+$", "allied_with", True),
        # "X linked to Y", "Y's Syrian affiliate X"
        (rf"^\s*,?\s*{_IS}(?:linked|affiliated|loyal) (?:to|with) (?:the )?$", "affiliated_with", False),
        (
            r"^(?:['’]s)?\s+(?:\w+ ){0,2}(?:affiliate|offshoot|branch|franchise)(?: in \w+)?,?\s+(?:the )?$",
            "affiliated_with",
            True,
        ),
        (rf"^\s*,?\s*{_IS}(?:part|a member|the armed wing|the military wing) of (?:the )?$", "part_of", False),
        (r"^\s*,?\s*(?:formerly known as|also known as|formerly) (?:the )?$", "same_as", False),
    )
)
"""(words between two mentions, relation, whether the second mention is the relation's source)."""
_LETTERS = re.compile("[A-Za-z]{3}")
"""Of the words of every tie one has so many."""
_LED_BY = re.compile(r"\bby (?:the )?$", re.IGNORECASE)
"""What may be led by a body as well as by a person."""
_ALLIES = re.compile(r"^(?:its|their|his|her) (?:\w+ )*(?:allies|ally)\b", re.IGNORECASE)
"""What is named only by whose ally it is: "the army and its allies"."""
_BACKED = re.compile(
    rf"(?<![\w-])(?:(?P<other>[\w.]+)-? and )?(?P<body>[\w.]+)[- ](?:{_BACKING})\b", re.IGNORECASE
)  # "US-backed", "Iran- and Russia-backed", "the northern US-trained fighters"
_ALIGNED = re.compile(r"(?<![\w-])(?P<body>[A-Z][\w.]*)[- ](?:aligned|allied)\b(?! (?:to|with)\b)")
_GROUP = r"(?P<body>(?:[A-Z]|al[- ]|el[- ])[\w’'. -]*?)"
_LINKED: Final = (
    # "Front-linked fighters", "the Front's northern affiliate", "a former Front affiliate"
    re.compile(
        rf"^(?:[Tt]he |[Aa]n? )?(?:(?:[Ff]ormer|local|[A-Z]\w+['’]?s) )*{_GROUP}(?:"
        r"[- ](?:linked|affiliated|inspired)\b(?! (?:to|with)\b)|"
        r"(?:['’]s(?: [\w-]+){0,2}?|(?<=[a-z])s(?: former)? [A-Z]\w+)? (?:affiliate|offshoot|branch|franchise)\b)"
    ),
    # "groups affiliated to the Front"
    re.compile(r"\b(?:linked|affiliated) (?:to|with) (?:the )?(?P<body>(?:[A-Z]|al[- ]|el[- ])[\w’'. -]*)$"),
)
_NAME = r"(?:[A-Z][\w.’'-]*|al-\w+|el-\w+|bin|ibn|de|van|der|von)"
_FULL = rf"(?:[A-Z]\w*\. )*{_NAME}(?: {_NAME})*"
_OFFICES: Final[tuple[tuple[str, str], ...]] = (
    (r"foreign minister|defen[cs]e minister|interior minister|foreign secretary|secretary of state|commander", "member_of"),
    (rf"{HEADS}|chancellor", "leads"),
    (rf"{SPEAKS}|{SENT}", "speaks_for"),
    (r"minister|member|fighter|lawmaker", "member_of"),
)
_ITS = r"(?:['’]s|['’])?"
_WORDS = r"(?:(?!rebel|opposition|militant|tribal)[a-z][\w-]* |(?:Executive|Deputy|Special|Senior) ){0,2}?"
_HOLDER: Final[tuple[tuple[re.Pattern[str], str], ...]] = tuple(
    (re.compile(pattern), kind)
    for offices, kind in _OFFICES
    for pattern in (
        # "Exampleland's president, Jane Example", "Hill Brigade leader Jane Example", "the UN envoy for Otherland, …"
        rf"^(?:[Tt]he )?(?P<body>[^,]+?){_ITS} {_WORDS}(?i:{offices})(?: (?:for|to|in|on) [^,]+,|,)? {_FULL}$",
        # "Jane Example, the leader of the Hill Brigade"
        rf"^{_NAME}(?: {_NAME})*, (?:the |an? )?{_WORDS}(?i:{offices}) (?:of|for|to) (?:the )?(?P<body>[^,]+)$",
        # "Jane Example, Exampleland's president"
        rf"^{_NAME}(?: {_NAME})*, (?:the )?(?P<body>[^,]+?){_ITS} {_WORDS}(?i:{offices})$",
    )
)
_PORTFOLIO = "foreign|defen[cs]e|interior|information|security"
_HELD: Final = re.compile(
    rf"\b(?:(?P<member_of>(?:{_PORTFOLIO}) (?:minister|secretary)|minister|secretary of (?:state|defen[cs]e))"
    rf"|(?P<speaks_for>{SPEAKS}|{SENT})"
    r"|(?P<leads>prime minister|leader|chief|head|director|king|emir|chancellor|secretary[- ]general|dictator|ruler|premier)"
    r")\b",
    re.IGNORECASE,
)
_ENDED: Final = re.compile(r"\b(?:former|ex|late|ousted|deposed|then|vice|deputy)\b", re.IGNORECASE)
_NAMED: Final = re.compile(rf",? (?P<name>{_NAME}(?: {_NAME})+)")
OFFICE_WITHIN: Final = 25
"""Characters before a name in which its bearer's office is looked for."""


def offices(text: str, tags: tuple[Tag, ...]) -> Iterator[tuple[int, str]]:
    """Mentions (by number) of a person in full with an office right before the name, and what it makes of its holder."""
    for number, tag in enumerate(tags):
        if " " not in tag.span.of(text):
            continue  # a name in full is two words at least
        start = max(0, tag.span.start - OFFICE_WITHIN)
        for office in _HELD.finditer(text, start, tag.span.end):
            named = _NAMED.fullmatch(text, office.end(), tag.span.end)
            if named is not None and named.start("name") >= tag.span.start and not _ENDED.search(text, start, office.start()):
                yield number, str(office.lastgroup)
                break


_SPEAKER: Final[tuple[re.Pattern[str], ...]] = (
    re.compile(rf"^(?:an?|the) (?:[\w-]+ ){{0,2}}?(?:{SPEAKS}) (?:for|of) (?:the )?(?P<body>.+)$", re.IGNORECASE),
    re.compile(rf"^(?:an?|the) (?P<body>.+?)(?:['’]s)? (?:{SPEAKS})$", re.IGNORECASE),
    re.compile(
        rf"^(?:an? |the )?(?P<body>.+?)(?:['’]s|s)? (?:special |permanent )?(?:{SENT})(?: (?:to|for|in|on) .+)?$",
        re.IGNORECASE,
    ),
)
"""Somebody unnamed who speaks for a body."""
_AN_OFFICE: Final = re.compile(f"{SENT}|{'|'.join(words for words, _ in _OFFICES)}", re.IGNORECASE)
_OF_OFFICE: Final = (*_HOLDER, *((pattern, "speaks_for") for pattern in _SPEAKER))


def holders(text: str, tags: tuple[Tag, ...], actors: Mapping[int, Actor]) -> Iterator[tuple[int, str, Mention]]:
    """Mentions (by number) of a person with an office, the tie, and the words that name what it is the office of."""
    for number, tag in enumerate(tags):
        if actors[number].kind not in PERSON_KINDS | OF_A_BODY:
            continue
        said = tag.span.of(text)
        if _AN_OFFICE.search(said) is None:
            continue
        found = next(((m, kind) for pattern, kind in _OF_OFFICE if (m := pattern.match(said))), None)
        if found is not None:
            start, end = (tag.span.start + at for at in found[0].span("body"))
            span = Span(start, end)
            yield number, found[1], Mention(span, span.of(text))


_FORCES = r"(?:forces|troops|soldiers|fighters|army|military|regime|government|administration)"
_TITLED = r"(?!The )(?:[A-Z][\w.-]+|al-[A-Z]?[\w-]+)(?: (?:[A-Z][\w.-]+?|al-[A-Z]?[\w-]+?))+"
_LED: Final = (
    # "forces loyal to the president, Jane Example", "the government of Jane Example"
    re.compile(
        rf"^(?:[Tt]he )?(?i:{_FORCES}) (?:loyal to|of|under) (?:the )?(?:[A-Z]\w+ (?=[a-z]))?(?:[a-z]+,? )?(?P<body>{_TITLED})$"
    ),
    # "President Example's forces", "the Jane Example regime"
    re.compile(rf"^(?:[Tt]he )?(?:[A-Z]\w+ (?=[a-z]))?(?:[a-z]+,? )?(?P<body>{_TITLED})(?:['’]s|['’]|s)? {_FORCES}$"),
)
"""Forces and governments that are called after a person, by title or full name."""


def followers(text: str, tags: tuple[Tag, ...]) -> Iterator[tuple[int, Mention]]:
    """Mentions (by number) of forces or a government that are called after who leads them, and the words that name him."""
    for number, tag in enumerate(tags):
        said = tag.span.of(text)
        found = next((m for pattern in _LED if (m := pattern.match(said))), None) if " " in said else None
        if found is not None:
            span = Span(*(tag.span.start + at for at in found.span("body")))
            yield number, Mention(span, span.of(text))


_PATRON = re.compile(
    r"\b(?P<body>(?!its?\b|their\b|his\b|her\b)[\w-]+?)(?:['’]s|['’]|s)? "
    r"(?:(?:main|chief|key|close|closest|long\w*|military|most|powerful|foreign|top|staunch\w*|strong\w*|only|few) ){0,2}"
    r"(?P<tie>backer|supporter|sponsor|ally|allie)s?,? (?:the )?(?=\w)",
    re.IGNORECASE,
)
_PATRON_WORD = re.compile(r"\b(?:backer|supporter|sponsor|ally|allie)s?\b", re.IGNORECASE)
_LISTED = re.compile(r"\s*(?:,|,?\s+and)\s+(?:the )?", re.IGNORECASE)


def patrons(text: str, tags: tuple[Tag, ...]) -> Iterator[tuple[Mention, str, tuple[int, ...]]]:
    """The words that name whose backers or allies follow ("rebel backer Exampleland"), the tie, and the mentions (by number)
    that are these: one, and those that a list joins to it.
    """
    if _PATRON_WORD.search(text) is None:
        return
    for found in _PATRON.finditer(text):
        first = next((n for n, tag in enumerate(tags) if tag.span.start <= found.end() < tag.span.end), None)
        if first is None or not text[found.end()].isupper():
            continue
        last = first
        while last + 1 < len(tags) and _LISTED.fullmatch(text, tags[last].span.end, tags[last + 1].span.start):
            if _PATRON_WORD.search(tags[last + 1].span.of(text)):
                break  # "Exampleland's ally Otherland and rebel backer Thirdland"
            last += 1
        span = Span(*found.span("body"))
        kind = "allied_with" if found["tie"].casefold().startswith("all") else "backed_by"
        yield Mention(span, span.of(text)), kind, tuple(range(first, last + 1))


def between(text: str, tags: tuple[Tag, ...], actors: Mapping[int, Actor]) -> Iterator[Tie]:
    """Ties said by the words between two neighbouring mentions of one sentence; `actors` are by mention number."""
    for left, (one, two) in enumerate(pairwise(tags)):
        if one.sentence != two.sentence or two.span.start - one.span.end > 60:
            continue
        words = text[one.span.end : two.span.start] or " "
        if words.strip(" ,") == "and" and _ALLIES.match(two.span.of(text)):
            yield Tie(left + 1, left, "allied_with")
            continue
        for pattern, kind, flipped in _AFTER if _LETTERS.search(words) else ():
            if pattern.search(words):
                source, target = (left + 1, left) if flipped else (left, left + 1)
                person = actors[source].kind in PERSON_KINDS
                is_led = kind == "leads" and _LED_BY.search(words) is not None
                if (kind in ("leads", "speaks_for", "member_of")) == person or kind == "same_as" or is_led:
                    yield Tie(source, target, kind)
                break


def affiliates(text: str, tags: tuple[Tag, ...]) -> Iterator[tuple[int, Mention]]:
    """Mentions (by number) that begin "Front-linked" or "Front affiliate", and the words that name whose affiliate it is."""
    for number, tag in enumerate(tags):
        said = tag.span.of(text)
        found = next((m for pattern in _LINKED if (m := pattern.search(said))), None)
        if found:
            span = Span(*(tag.span.start + at for at in found.span("body")))
            yield number, Mention(span, span.of(text))


def backers(text: str, tags: tuple[Tag, ...]) -> Iterator[tuple[int, Mention]]:
    """Mentions (by number) that say "US-backed", and the words that name the backer."""
    for number, tag in enumerate(tags):
        for found in _BACKED.finditer(text, tag.span.start, tag.span.end):
            for span in (Span(*found.span(name)) for name in ("other", "body") if found[name]):
                yield number, Mention(span, span.of(text))


def aligned(text: str, tags: tuple[Tag, ...]) -> Iterator[tuple[int, Mention]]:
    """Mentions (by number) that say "Front-aligned" or "Exampleland-allied", and the words that name the ally."""
    for number, tag in enumerate(tags):
        found = _ALIGNED.search(text, tag.span.start, tag.span.end)
        if found is not None:
            span = Span(*found.span("body"))
            yield number, Mention(span, span.of(text))
