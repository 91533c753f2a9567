"""A record that contradicts its text, its date or its copies is listed; a sound one is not."""

import pytest


@pytest.fixture
def doubts(training):
    noise = training("noise")
    return lambda *pairs: [(n, why) for _, n, why in noise.doubts(pairs)]


def made(text, *claims, doc="d", day="2024-12-05", actors=()):
    """A document of one sentence and its record."""
    document = {"doc": doc, "date": day, "text": text, "sentences": [[0, len(text)]]}
    spans = [{"spans": [[text.index(a), text.index(a) + len(a)]]} for a in actors]
    return document, {"doc": doc, "actors": spans, "places": [], "claims": list(claims)}


def claim(text, trigger, claim_type="attack", **more):
    start = text.index(trigger)
    return {"s": 0, "type": claim_type, "trigger": trigger, "span": [start, start + len(trigger)], **more}


TEXT = "The monitor said that rebels killed about 20 soldiers near Exampleville on Thursday."
KILLED = claim(
    TEXT, "killed", when="2024-12-05", when_text="on Thursday", voice=[{"cue": "said"}],
    figures=[{"text": "about 20 soldiers", "low": 20, "high": 20}],
)  # fmt: skip


def test_a_sound_record_is_not_listed(doubts):
    assert doubts(made(TEXT, KILLED, actors=["monitor", "rebels"])) == []


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({"when": "2024-12-04"}, "another weekday than its words"),
        ({"when": "2024-12-32"}, "no date"),
        ({"when": "2024-11-30", "when_text": "Yesterday"}, "another day than its words"),
        ({"figures": [{"text": "about 20 soldiers", "low": 2, "high": 2}]}, "another value than its words"),
        ({"voice": []}, "no voice beside a plain attribution"),
    ],
)
def test_a_contradiction_is_listed_with_its_claim(doubts, change, why):
    assert doubts(made(TEXT, KILLED | change, actors=["monitor", "rebels"])) == [(0, why)]


def test_a_report_that_tells_of_later_days_is_listed_once(doubts):
    sound, later = made(TEXT, KILLED), made(TEXT, KILLED, KILLED, day="2024-12-01")
    assert doubts(sound) == []
    assert doubts(later) == [(-1, "tells of days after its own")]
    assert doubts(made(TEXT, KILLED | {"status": "planned"}, day="2024-12-01")) == []


def test_a_speaker_behind_the_clause_is_its_voice_but_for_what_hangs_loosely_on_it(doubts):
    text = "Rebels killed twenty soldiers near Exampleville, the monitor said."
    assert doubts(made(text, claim(text, "killed"), actors=["monitor"])) == [(0, "no voice beside a plain attribution")]
    text = "The monitor said that the town was quiet after rebels killed twenty soldiers."
    assert doubts(made(text, claim(text, "killed"), actors=["monitor"])) == []


def test_copies_of_a_sentence_that_are_not_annotated_alike(doubts):
    full, bare = made(TEXT, KILLED, doc="a"), made(TEXT, doc="b")
    assert doubts(full, made(TEXT, KILLED, doc="c")) == []
    assert doubts(full, bare) == [(0, "not in the copies of its sentence"), (-1, "in the copies of a sentence")]
    assert doubts(full, bare, made(TEXT, KILLED, doc="c")) == [(-1, "in the copies of a sentence")]
    short = "Rebels killed twenty soldiers."
    assert doubts(made(short, claim(short, "killed"), doc="a"), made(short, doc="b")) == []


def test_what_a_word_is_everywhere_else_it_should_be_here(doubts):
    text = "Shelling hit the town."
    others = [made(text, claim(text, "Shelling", "shelling"), doc=f"o{n:02}") for n in range(20)]
    assert doubts(*others) == []
    odd, none = made(text, claim(text, "Shelling", "attack"), doc="x"), made(text, doc="y")
    assert doubts(*others, odd) == [(0, "another type than its trigger has elsewhere")]
    assert doubts(*others, none) == [(-1, "a word that is a trigger elsewhere")]
    assert doubts(*others[:9], odd, none) == []
