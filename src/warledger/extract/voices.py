"""The chain of speakers behind a claim: who says it, with which word, through which medium, quoting whom."""

from __future__ import annotations

import re
from collections.abc import Sequence

from warledger.core import Document, Voice
from warledger.core.vocabulary import SPEECH_ACTS
from warledger.extract.actors import Actors
from warledger.extract.definitions import A_PART, DENIES
from warledger.extract.tagged import Tag, Tagged, Trigger

_CHANNEL = re.compile(
    r"\b(?:told|on|in|by|via|through|to|according to|carried by|published by|posted on|broadcast (?:on|by)|reported by)\s+"
    r"((?:(?:its|his|her|their|the|an?|official|state|local|social)\s+)*"
    r"(?:telegram|twitter|facebook|x|whatsapp|youtube|state (?:media|television|tv|news agency|radio)|television"
    r"|reporters|journalists|(?:\w+ )?(?:statement|press release|news conference|press conference|interview|report"
    r"|communiqu[eé]|video|tweet|post|letter|speech|briefing|broadcast))(?: (?:channel|account|page))?)\b",
    re.IGNORECASE,
)
_ITSELF = re.compile(
    r"\s*,?\s*(?:(?:(?:on|late|early|earlier|this|last|in)\s+){0,3}(?:\w+day|week|month|year|morning|evening|night|[A-Z][a-z]+\s\d+)"
    r",?\s+)?(?:that\s+)?(?:they|it|he|she|we|(?:its|their|his|her)\s+(?:forces|fighters|troops|units|men|planes|jets))\s+"
    r"(?:(?:had|have|has|would|will|were|was|are|is|also|now|already|been|not|fully)\s+)*$",
    re.IGNORECASE,
)
_BESIDE = re.compile(
    r"[,;]\s+(?:and|but|while|whereas|although|though)\s+(?:(?:the|an?|its|their)\s+)?(?:[\w’'.-]+\s+){0,3}$", re.IGNORECASE
)
"""Before the name of a speaker: a clause of its own begins, and what stands before it is told beside the speech."""
_WHILE = re.compile(r",\s+(?:while|whereas)\s", re.IGNORECASE)
_DISOWNING = re.compile(
    rf"{DENIES}{A_PART}(?:\s+(?:in|for|of|with))?\s+(?:(?:the|an?|this|that|any)\s+)?(?:[\w'’-]+\s+){{0,3}}\Z", re.IGNORECASE
)
_SPEECH = re.compile(r"[^.!?]*\w[^.!?]*\w\s+\w")
"""After a reporting word: what is said follows, in three words or more ("on Sunday that it had")."""
_CUE_WITHIN = 40
"""Characters from a speaker to its reporting word: "the army's command in the north said"."""
_SAYS = re.compile(r"\s+(?:(?:has|have|had|also|later|then|earlier)\s+)?")
_PRONOUN = re.compile(r"(?:^|[.\s\"“,])(?:it|he|she|they)\s+(?:also\s+|further\s+)?$", re.IGNORECASE)
_MARK = re.compile(r"(?P<opens>“|(?<![^\s(\[])\"(?=\S))|[”\"]")
_MARKS = '“”"'
QUOTED_WITHIN = 1000
"""Characters in which the mark that opens a quotation is looked for."""
_CITING = re.compile(r"\b(?:citing|quoting|quoted|cited|according to)\b", re.IGNORECASE)


def chain(
    document: Document, tagged: Tagged, trigger: Trigger, speaker: int, mentions: list[int], actors: Actors
) -> tuple[Voice, ...]:
    """The voice of a claim whose nearest speaker is the actor with index `speaker`, named by `mentions` (numbers)."""
    tags = tagged.mentions["actor"]
    mention = min((tags[m] for m in mentions), key=lambda t: (t.sentence != trigger.sentence, abs(t.first - trigger.first)))
    cue = _cue(tagged, trigger, mention)
    text = document.text
    start, end = document.sentences[mention.sentence]
    nearest = Voice(
        who=actors.actors[speaker].id,
        cue=cue.span.of(text) if cue else said_behind(text, mention),
        channel=_channel(text, start, end, mention, cue),
    )
    source = _quoted_source(text, tagged, mention, actors, speaker)
    return (nearest,) if source is None else (source, nearest)


def speaks_of_itself(text: str, tagged: Tagged, trigger: Trigger) -> bool:
    """Whether the reported clause begins with a pronoun that is its subject: "the rebels said they had captured"."""
    cues = [c for c in tagged.mentions["cue"] if c.sentence == trigger.sentence and c.last < trigger.first]
    if not cues:
        return False
    start = cues[-1].span.end
    if any(start <= a.span.start < trigger.span.start for a in tagged.mentions["actor"]):
        return False
    return _ITSELF.match(text, start, trigger.span.start) is not None


def has_ended(text: str, tagged: Tagged, trigger: Trigger, named: Sequence[int]) -> bool:
    """Whether a speech, by somebody who is named in the sentences `named`, is over where the trigger stands: the sentence after
    it, which has no reporting word and is no part of a quotation (guide, *Voice*: into plain text only where it says so).
    """
    if trigger.sentence in named or max(named, default=-1) != trigger.sentence - 1 or is_quoted(text, trigger.span.start):
        return False
    return not any(c.sentence == trigger.sentence for c in tagged.mentions["cue"])


def set_apart(text: str, tagged: Tagged, trigger: Trigger) -> int:
    """Where the clause of its own begins that a trigger stands in after another's speech act: "accused the West of meddling,
    while rebels advanced"; 0 where there is none. After "said" and the like such a clause may still be reported.
    """
    acts = [t for t in tagged.triggers if t.sentence == trigger.sentence and t.last < trigger.first]
    if not acts or acts[-1].type not in SPEECH_ACTS:
        return 0
    begins = _WHILE.search(text, acts[-1].span.end, trigger.span.start)
    return begins.end() if begins is not None else 0


def disowned(text: str, start: int, trigger: Trigger) -> int:
    """Where the words end that disown a deed which is the trigger, in the sentence that begins at `start` ("denied any part in
    the raid"); 0 where there are none. Who disowns a deed does not tell of it: none of four in training reports.
    """
    found = _DISOWNING.search(text, start, trigger.span.start)
    return trigger.span.start if found is not None else 0


def is_quoted(text: str, at: int) -> bool:
    """Whether the last quotation mark before `at` opens."""
    low = max(0, at - QUOTED_WITHIN)
    mark = max(text.rfind(one, low, at) for one in _MARKS)
    last = _MARK.match(text, mark, at) if mark >= 0 else None
    return last is not None and last["opens"] is not None


def speaks_beside(document: Document, tagged: Tagged, trigger: Trigger, number: int) -> bool:
    """Whether an actor mention begins a speech in a clause after the trigger's: "rebels took the town, and the army said that".

    What stands before such a clause is not said by its speaker (guide, *Voice*: it covers the reported clause).
    """
    if tagged.mentions["actor"][number].sentence != trigger.sentence:
        return False
    begins = _beside(document, tagged, number)
    return begins is not None and trigger.span.end <= begins


def speech_beside(document: Document, tagged: Tagged, trigger: Trigger) -> int | None:
    """Where the last clause before a trigger begins that is a speech beside what the sentence tells first; None without one."""
    here = (number for number, tag in enumerate(tagged.mentions["actor"]) if tag.sentence == trigger.sentence)
    begins = (_beside(document, tagged, number) for number in here)
    return max((at for at in begins if at is not None and at < trigger.span.start), default=None)


def _beside(document: Document, tagged: Tagged, number: int) -> int | None:
    """Where the clause begins that an actor mention begins a speech in; None if there is none, or no clause before it."""
    mention, text = tagged.mentions["actor"][number], document.text
    start, end = document.sentences[mention.sentence]
    clause = _BESIDE.search(text, start, mention.span.start)
    cues = (c.span for c in tagged.mentions["cue"] if c.sentence == mention.sentence and c.first > mention.last)
    cue = min(cues, key=lambda span: span.start, default=None)
    if clause is None or cue is None or cue.start - mention.span.end > _CUE_WITHIN or not _SPEECH.match(text, cue.end, end):
        return None
    return clause.start()


def plain_speaker(text: str, tagged: Tagged, trigger: Trigger) -> int | None:
    """The actor mention (number) that stands right before the last reporting word before the trigger: "the group said"."""
    cues = [c for c in tagged.mentions["cue"] if c.sentence == trigger.sentence and c.last < trigger.first]
    if not cues:
        return None
    for number, tag in enumerate(tagged.mentions["actor"]):
        if tag.sentence == trigger.sentence and _SAYS.fullmatch(text, tag.span.end, cues[-1].span.start):
            return number
    return None


def resumed_speaker(text: str, tagged: Tagged, trigger: Trigger) -> int | None:
    """The actor mention (number) behind "it added": the speaker of the sentence before, where this one has only a pronoun.

    The speaker is the subject of the last reporting word of the nearest earlier sentence that has one.
    """
    sentence = trigger.sentence
    cues = [c for c in tagged.mentions["cue"] if c.sentence == sentence and c.last < trigger.first]
    if not cues or not _PRONOUN.search(text, max(0, cues[0].span.start - 24), cues[0].span.start):
        return None
    for earlier in reversed([c for c in tagged.mentions["cue"] if sentence - 3 <= c.sentence < sentence]):
        speakers = [
            n
            for n, a in enumerate(tagged.mentions["actor"])
            if a.sentence == earlier.sentence and a.last < earlier.first and earlier.span.start - a.span.end < 60
        ]
        if speakers:
            return speakers[-1]
    return None


def said_behind(text: str, mention: Tag) -> str:
    """The reporting word right behind a speaker that the network does not see as one ("Exampleland has said"); "" for none."""
    from warledger.lexicon import cues

    before = _SAYS.match(text, mention.span.end)
    found = None if before is None else cues.pattern("report").match(text, before.end())
    return "" if found is None else found[0]


def _cue(tagged: Tagged, trigger: Trigger, mention: Tag) -> Tag | None:
    """The reporting word nearest to the speaker, in the speaker's sentence or the claim's."""
    near = [c for c in tagged.mentions["cue"] if c.sentence in (mention.sentence, trigger.sentence)]
    return min(near, key=lambda c: (c.sentence != mention.sentence, abs(c.first - mention.first), c.first), default=None)


def _channel(text: str, start: int, end: int, mention: Tag, cue: Tag | None) -> str:
    anchor = cue.span.start if cue else mention.span.start
    found = [(abs(m.start() - anchor), m.start(1), m[1]) for m in _CHANNEL.finditer(text, start, end)]
    return min(found)[2] if found else ""


def _quoted_source(text: str, tagged: Tagged, mention: Tag, actors: Actors, speaker: int) -> Voice | None:
    """Somebody whom the speaker only passes on: "the agency reported, citing a military source"."""
    for number, tag in enumerate(tagged.mentions["actor"]):
        if tag.sentence != mention.sentence or actors.owner[number] == speaker or tag.span.start < mention.span.end:
            continue
        between = text[mention.span.end : tag.span.start]
        word = _CITING.search(between)
        if word and word[0].casefold() in ("citing", "quoting") and len(between) - word.end() < 12:
            return Voice(who=actors.actors[actors.owner[number]].id, cue=word[0])
    return None
