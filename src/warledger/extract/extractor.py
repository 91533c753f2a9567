"""The extractor: a document in, its record out. The network finds words and ties; rules say what they mean."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from datetime import timedelta
from functools import cache
from itertools import islice
from typing import TYPE_CHECKING

import numpy as np

from warledger.core import Document, Record
from warledger.core.vocabulary import ARMED_GROUPS, SPEECH_ACTS
from warledger.extract import claim_events, claim_times, claims, context, named, standing
from warledger.extract.actors import ActorReader, Actors, clean
from warledger.extract.event_levels import Told
from warledger.extract.links import Links, link
from warledger.extract.places import read_places
from warledger.extract.reading import Reading
from warledger.extract.tagged import Tagged, dateline_span, groups_as_actors, read_tags
from warledger.extract.times import TextTimes
from warledger.extract.weighing import load_weights
from warledger.version import __version__

if TYPE_CHECKING:
    from warledger.geo import Gazetteer
    from warledger.lexicon.actors import ActorLexicon
    from warledger.model import Network

SPEAKING = SPEECH_ACTS | {"agree", "negotiate", "support", "aid", "sanction"}
"""Types in which a state acts as a government; in the others it acts through its forces (guide, *Actors*)."""
AHEAD = 4
"""Documents a worker may read ahead of the one whose record is taken next."""
RETOLD_DAYS = 30
"""Who were enemies so many days before a report are told of as enemies in it, even if one of them has won since."""
THREADED = 32
"""So many documents are read by threads of this process. Worker processes are begun at half of them: they take a second and a
half to be ready."""
SPARE = 2
"""Threads beyond those of the network: while some wait for Python's lock, it has work on every core. One takes 7 % longer."""


class Extractor:
    """Reads documents with the packaged network, a gazetteer and the lexicon."""

    def __init__(self, network: Network, gazetteer: Gazetteer, lexicon: ActorLexicon) -> None:
        self.network, self.gazetteer, self.lexicon = network, gazetteer, lexicon
        self.name = f"warledger {__version__} model {network.digest}"
        """What a record says it was read by; another model gives another name."""

    @classmethod
    def load(cls, gazetteer: Gazetteer | None = None, lexicon: ActorLexicon | None = None) -> Extractor:
        """The packaged extractor. Raises ModelError where the network's files are at fault."""
        from warledger.lexicon.naming import name_actor
        from warledger.model import prepare

        network = prepare()
        if gazetteer is None:
            from warledger.geo import Gazetteer as Default

            gazetteer = Default.open()
        if lexicon is None:
            from warledger.lexicon.actors import ActorLexicon as Lexicon

            lexicon = Lexicon.load()
        name_actor("nobody known", lexicon=lexicon)  # makes the tables of names, while the network is made ready
        return cls(network.result(), gazetteer, lexicon)

    def extract(self, document: Document) -> Record:
        """The record of one document. One that is not in English, or has no words, has an empty record."""
        record, told = self.told(document)
        return replace(record, claims=claim_times.restated(claim_events.gathered(told)))

    def told(self, document: Document) -> tuple[Record, Told]:
        """The record of one document without its claims, and these before it is said which of them are one event."""
        if document.language != "en" or not document.text.strip():
            return Record(document.id, extractor=self.name), Told("", (), {}, {})
        if not document.sentences:
            from warledger.text.sentences import split

            document = replace(document, sentences=split(document.text))
        tagged = self.read(document)
        record, reading = self.known(document, tagged)
        told = claims.told(reading, _confidence(tagged, self.network.tables.calibration))
        return replace(record, places=named.kept(reading, told.claims, load_weights("named"))), told

    def read(self, document: Document) -> Tagged:
        """What the network says of a document whose sentences are known."""
        from warledger.model import cut, read_words

        words = read_words(document.text, document.sentences, self.network.tokenizer)
        windows = cut(words)
        tagged = read_tags(document.text, words, windows, self.network.run(windows), self.network.tables.thresholds)
        return groups_as_actors(document.text, tagged, lambda said: bool(self._group_from(said, document)))

    def known(self, document: Document, tagged: Tagged) -> tuple[Record, Reading]:
        """The record of a document without its claims, and everything that is known when these are built."""
        tables = self.network.tables
        told = TextTimes.of(document.text, document.published)
        links = link(tagged, tables)
        named = context.countries_named(document.text)
        places = read_places(document.text, tagged, self.gazetteer, context.ordered(named))
        began, ended = dateline_span(document.text)
        country = context.theatre(named, places.places, (began, ended), lambda: self._fought(tagged, document))
        reader = ActorReader(
            document.text, tagged, self.lexicon, country=country, published=document.published, acting=_acting(tagged, links)
        )
        actors = reader.read()
        enemies = self._enemies(actors, country, document)
        written_from = frozenset(
            number
            for number, tag in enumerate(tagged.mentions["place"])
            if began <= tag.span.start < ended and places.country_of(number) != country
        )
        reading = Reading(document, told, tagged, links, actors, places, tables.thresholds, written_from, enemies)
        everyone, ties = standing.relations_of(document, tagged, actors, tables, self.lexicon, country=country)
        return Record(document.id, actors=everyone, places=places.places, relations=ties, extractor=self.name), reading

    def _fought(self, tagged: Tagged, document: Document) -> Counter[str]:
        """How often armed groups of each country (ISO 3166 two letters) are named."""
        found = Counter(self._group_from(tag.span.of(document.text), document) for tag in tagged.mentions["actor"])
        del found[""]
        return found

    def _group_from(self, said: str, document: Document) -> str:
        """The country of the armed group that is called exactly so; empty where there is none."""
        words = clean(said)
        known = self.lexicon.find(words, on=document.published) if words[:1].isupper() else None
        is_group = known is not None and known.rule == "name" and known.actor.kind in ARMED_GROUPS
        return known.actor.country if known is not None and is_group else ""

    def _enemies(self, actors: Actors, country: str, document: Document) -> Callable[[int, int], bool]:
        day = document.published
        days = (day,) if day is None or day.toordinal() <= RETOLD_DAYS else (day, day - timedelta(RETOLD_DAYS))

        @cache
        def known(one: int, other: int) -> bool:
            names = [actors.actors[i].name for i in (one, other)]
            return any(self.lexicon.enemies(*names, country=country, on=on) is True for on in days)

        return known

    def extract_many(self, documents: Iterable[Document], jobs: int = 1) -> Iterator[Record]:
        """The records of many documents, in order, `jobs` at a time: by threads, then by processes where there are more than
        THREADED. The first is read before any other, so that it is there soon. Memory does not grow with their number.
        """
        source = iter(documents)
        if jobs <= 1:
            yield from map(self.extract, source)
            return
        yield from map(self.extract, islice(source, 1))
        from collections import deque
        from concurrent.futures import Future, ThreadPoolExecutor
        from contextlib import ExitStack

        from warledger.extract.workers import Workers

        with ExitStack() as ended:
            threads = ended.enter_context(ThreadPoolExecutor(jobs + SPARE))
            workers: Workers | None = None
            waiting: deque[Future[Record]] = deque()
            for number, document in enumerate(source):
                if number == THREADED // 2:
                    workers = ended.enter_context(Workers(self, jobs))
                if workers is None or number < THREADED:
                    waiting.append(threads.submit(self.extract, document))
                else:
                    waiting.append(workers.submit(document))
                while waiting and (len(waiting) > jobs * AHEAD or waiting[0].done()):
                    yield waiting.popleft().result()
            while waiting:
                yield waiting.popleft().result()


def _acting(tagged: Tagged, links: list[Links]) -> frozenset[int]:
    """Actor mentions (by number) that are the likely doer or victim of something other than speech."""
    force: dict[int, float] = {}
    for trigger, found in zip(tagged.triggers, links, strict=True):
        sign = -1.0 if trigger.type in SPEAKING else 1.0
        for role in ("initiator", "target"):
            for mention, chance in found.roles[role]:
                force[mention] = force.get(mention, 0.0) + sign * chance
        for mention, chance in found.roles["voice"]:
            force[mention] = force.get(mention, 0.0) - chance
    return frozenset(m for m, weight in force.items() if weight > 0.25)


def _confidence(tagged: Tagged, calibration: tuple[tuple[float, float], ...]) -> list[float]:
    """The chance that each trigger is a claim of its type: the network's score on the fitted scale."""
    scores = [t.score for t in tagged.triggers]
    if not calibration:
        return scores
    x, y = zip(*calibration, strict=True)
    return [float(p) for p in np.interp(scores, x, y)]
