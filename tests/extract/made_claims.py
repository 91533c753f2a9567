"""Documents of which every tag and link is made by hand, and the claims that are built of them."""

from dataclasses import replace
from datetime import date

from fake_network import FakeNetwork

from warledger.core import Actor, Document, Place
from warledger.extract.actors import Actors
from warledger.extract.claims import told
from warledger.extract.links import Links
from warledger.extract.places import Places
from warledger.extract.reading import Reading
from warledger.extract.times import TextTimes

PUBLISHED = date(2024, 12, 6)
TEXT = (
    "Rebels seized Exampleville on Thursday, killing 12 soldiers and several others.\n"
    "The army said the capture cost 3 lives in Otherville.\n"
    "Rebels vowed to go on."
)
NONE = {"place": 1.0, "time": 1.0, "voice": 1.0}


def build(read, confidence):
    """The claims with the events that the network's links alone make."""
    return told(read, confidence).claims


def links(*, earlier=(), none=(), **roles):
    """Links of one trigger: by role, (mention, chance)."""
    empty = dict.fromkeys(("initiator", "target", "voice", "place", "also", "time", "figure"), ())
    return Links({**empty, **roles}, {**NONE, **dict(none)}, earlier)


def scene():
    """Three triggers; actors Rebels, soldiers, the army (one with soldiers), Rebels again."""
    net = FakeNetwork(TEXT)
    for said, nth in (("Rebels", 0), ("soldiers", 0), ("The army", 0), ("Rebels", 1)):
        net.mention("actor", said, nth)
    net.mention("place", "Exampleville").mention("place", "Otherville").mention("time", "on Thursday").mention("cue", "said")
    net.mention("figure", "12 soldiers", measure="killed", group="combatants")
    net.mention("figure", "several others", measure="injured", group="people")
    net.mention("figure", "3 lives", measure="killed", group="people")
    net.trigger("seized", "seize").trigger("capture", "seize").trigger("vowed", "declare")
    return net


def reading(net, found, *, owner=(0, 1, 1, 0), places=(0, 1), enemies=(), text=TEXT, published=PUBLISHED, **more):
    document = Document("d1", text, "Example Wire", published, name="one", sentences=net.sentences)
    actors = tuple(Actor(f"a{n + 1}", f"Actor {n + 1}", "political") for n in range(max(owner, default=-1) + 1))
    spots = tuple(Place(f"p{n + 1}", f"Place {n + 1}", "town") for n in range(max(places, default=-1) + 1))
    base = Reading(
        document=document,
        times=TextTimes.of(text, published),
        tagged=net.read(),
        links=list(found),
        actors=Actors(actors, owner),
        places=Places(spots, places),
        thresholds={},
        written_from=frozenset(),
        enemies=lambda one, other: {one, other} in [set(e) for e in enemies],
    )
    return replace(base, **more)


def built(net, *found, **more):
    return build(reading(net, found, **more), [0.5] * len(found))
