"""Which time a claim gets. The reports are of Friday 6 December 2024 unless a test says otherwise."""

from dataclasses import replace
from datetime import date

import pytest
from fake_network import FakeNetwork

from warledger.core import Claim, Document, Evidence, Span, When
from warledger.extract import claim_times
from warledger.extract.actors import Actors
from warledger.extract.claim_times import retold, times_of
from warledger.extract.links import Links
from warledger.extract.places import Places
from warledger.extract.reading import Reading
from warledger.extract.times import TextTimes
from warledger.extract.weighing import Weights

FRIDAY = date(2024, 12, 6)


def told(text, *triggers, published=FRIDAY):
    """Time and words of each trigger of `text`: (word, type, words of time that the network links or "", labels)."""
    net = FakeNetwork(text)
    said = sorted({time for _, _, time, _ in triggers if time}, key=text.index)
    for time in said:
        net.mention("time", time)
    links = []
    for word, kind, time, labels in sorted(triggers, key=lambda t: text.index(t[0])):
        net.trigger(word, kind, **labels)
        roles = dict.fromkeys(("initiator", "target", "voice", "place", "also", "figure"), ())
        linked = ((said.index(time), 0.9),) if time else ()
        links.append(Links({**roles, "time": linked}, {"place": 1.0, "time": 0.1 if time else 0.9, "voice": 1.0}, ()))
    return read_times(net, links, published)


def read_times(net, links, published):
    document = Document("d1", net.text, "Example Wire", published, sentences=net.sentences)
    reading = Reading(
        document=document,
        times=TextTimes.of(net.text, published),
        tagged=net.read(),
        links=links,
        actors=Actors((), ()),
        places=Places((), ()),
        thresholds={},
        written_from=frozenset(),
        enemies=lambda *_: False,
    )
    return [(str(when) if when else "", words.quote if words else "") for when, words in times_of(reading)]


def day(word, kind, **labels):
    return word, kind, "", {"when": "day", **labels}


def linked(word, kind, time, **labels):
    return word, kind, time, labels


def test_undated_news_is_of_the_day_of_the_news_that_the_report_leads_with():
    text = "Jets bombed Exampleville on Thursday.\nShells fell too.\nThe army accused the rebels."
    lead = linked("bombed", "airstrike", "on Thursday")
    assert told(text, lead, day("Shells", "shelling"), day("accused", "accuse")) == [
        ("2024-12-05", "on Thursday"),
        ("2024-12-05", ""),
        ("2024-12-06", ""),
    ]


@pytest.mark.parametrize(
    ("lead", "labels"),
    [
        ("Jets bombed Exampleville last week.", {}),
        ("Jets bombed Exampleville on Thursday.", {"frame": "background"}),
        ("Jets bombed Exampleville on Thursday.", {"status": "planned"}),
        ("One.\nTwo.\nThree.\nJets bombed Exampleville on Thursday.", {}),
    ],
)
def test_no_other_time_is_the_main_news(lead, labels):
    time = "last week" if "week" in lead else "on Thursday"
    found = told(f"{lead}\nShells fell too.", linked("bombed", "airstrike", time, **labels), day("Shells", "shelling"))
    assert found[-1] == ("2024-12-06", "")


def test_a_history_has_no_day_of_the_report():
    text = "Troops entered on 3 March 2022.\nThey shelled it.\nOn 9 April they left.\nOn 11 May they came back, on 20 May too."
    found = told(text, linked("entered", "seize", "on 3 March 2022"), day("shelled", "shelling"), published=date(2024, 1, 20))
    assert found == [("2022-03-03", "on 3 March 2022"), ("2022-03-03", "")]


@pytest.mark.parametrize(
    ("text", "trigger", "kind", "edtf"),
    [
        ("300 have been killed since protests began in May.", "killed", "toll", "2024-05/2024-12-06"),
        ("300 have been killed since protests began in May.", "protests", "protest", "2024-05"),
        ("The war has gone on since May, when rebels seized the port.", "seized", "seize", "2024-05"),
        ("Rebels have held the port since May.", "held", "control", "2024-05/.."),
        ("Jets have struck the port since May.", "struck", "airstrike", "2024-05/.."),
        ("Rebels have held the port since Tuesday.", "held", "control", "2024-12-03/.."),
        ("Jets have struck the port since Tuesday.", "struck", "airstrike", "2024-12-03/2024-12-06"),
    ],
)
def test_since_reaches_as_far_as_what_is_told(text, trigger, kind, edtf):
    time = "Tuesday" if "Tuesday" in text else "May"
    assert told(text, linked(trigger, kind, time))[0][0] == edtf


def test_a_time_told_before_a_speech_is_not_that_of_what_is_said_in_it():
    text = "Rebels took the town on Monday, and the army said on Tuesday that it had driven them out."
    net = FakeNetwork(text).mention("actor", "the army").mention("cue", "said").mention("time", "on Monday")
    net.trigger("took", "seize").trigger("driven", "seize")
    none = dict.fromkeys(("initiator", "target", "voice", "place", "also", "figure"), ())
    found = [Links({**none, "time": ((0, 0.9),)}, {"place": 1.0, "time": 0.1, "voice": 1.0}, ())] * 2
    assert read_times(net, found, FRIDAY) == [("2024-12-02", "on Monday"), ("2024-12-03", "Tuesday")]


def test_how_long_a_record_has_stood_is_no_time():
    text = "It was the worst attack since 2016."
    assert told(text, linked("attack", "attack", "since 2016")) == [("", "")]
    assert told(text, linked("attack", "attack", "since 2016", when="day")) == [("2024-12-06", "")]


def test_a_part_of_a_time_is_read_as_the_whole():
    assert told("An October 2 bomb attack killed 17.", linked("bomb attack", "bombing", "October"))[0] == (
        "2024-10-02",
        "October",
    )
    assert told("Jets struck at 10:30 on Tuesday.", linked("struck", "airstrike", "at 10:30"))[0][0] == "2024-12-03"
    two = "Jets struck on Monday and on Tuesday."
    assert told(two, linked("struck", "airstrike", "on Tuesday"))[0][0] == "2024-12-03"


@pytest.mark.parametrize(
    ("text", "trigger", "found"),
    [
        ("Zones agreed at the May talks hold.", "talks", ("2024-05", "at the May")),
        ("Fighting on Tuesday went on.", "Fighting", ("2024-12-03", "on Tuesday")),
        ("On Tuesday the army shelled the port.", "shelled", ("2024-12-03", "On Tuesday")),
        ("On Tuesday the army said rebels had shelled the port.", "shelled", ("", "")),
        ("On Tuesday, a day after Monday's truce, the army shelled it.", "shelled", ("", "")),
        ("The army, on Tuesday at war, shelled the port.", "shelled", ("", "")),
        ("The front split and formally broke ties in 2016.", "broke", ("2016", "in 2016")),
        ("The front broke ties with the movement on Tuesday.", "broke", ("2024-12-03", "on Tuesday")),
        ("The front broke ties and talks in May 2016 failed.", "broke", ("", "")),
        ("Rebel-controlled suburbs in 2016 fell.", "controlled", ("", "")),
        ("The rift in the front in 2016 grew.", "rift", ("", "")),
        ("The offensive during the 2022 invasion failed.", "offensive", ("", "")),
        ("It has gone on since May 2011 with mass protests.", "protests", ("2011-05", "since May 2011")),
        ("Friday 6 December 2024 The army shelled the port.", "shelled", ("", "")),
    ],
)
def test_a_time_that_is_plainly_a_claims_own_needs_no_link(text, trigger, found):
    assert told(text, linked(trigger, "shelling", "", when="none")) == [found]


@pytest.mark.parametrize(
    ("text", "edtf"),
    [
        ("Shelling of the old port on Tuesday by rebels went on.", "2024-12-03"),
        ("Shelling of the old port on 4 December by rebels went on.", "2024-12-04"),
        ("Shelling of the old port in 2016 by rebels was worse.", ""),
        ("Shelling of the port that fell on Tuesday went on.", ""),
        ("Shelling of the port, a day after the truce of Tuesday, went on.", ""),
    ],
)
def test_a_time_of_the_clause_that_the_network_overlooks_is_read(text, edtf):
    assert told(text, linked("Shelling", "shelling", ""))[0][0] == edtf
    ahead = "On Monday the army left. " + text
    assert told(ahead, linked("left", "withdraw", "On Monday"), linked("Shelling", "shelling", ""))[1][0] == edtf


def test_only_the_first_claim_of_a_sentence_has_the_time_at_its_beginning_for_itself():
    text = "On Tuesday rebels seized the port and the army shelled it."
    found = told(text, linked("seized", "seize", ""), linked("shelled", "shelling", "", when="none"))
    assert found == [("2024-12-03", "On Tuesday"), ("", "")]


def test_within_the_next_days_is_told_from_the_report():
    text = "They expect to seize it within the next two days."
    assert told(text, linked("seize", "seize", "the next two days", status="planned"))[0][0] == "2024-12-06/2024-12-08"
    text = "They expect to seize it within the next two months."
    assert told(text, linked("seize", "seize", "the next two months", status="planned"))[0][0] == "2024-12-06/2025-02-06"
    text = "It was more than they expected before the assault on Tuesday."
    assert told(text, linked("assault", "offensive", "on Tuesday"))[0][0] == "2024-12-03"


@pytest.mark.parametrize(
    ("lead", "logit", "days"),
    [
        ("Jets bombed Exampleville on Friday.", -0.9, "2024-12-06"),
        ("Jets bombed Exampleville on Friday.", -1.1, ""),
        ("Jets bombed Exampleville.", 0.6, "2024-12-06"),
        ("Jets bombed Exampleville.", 0.4, ""),
        ("Jets bombed Exampleville on Thursday.", 0.1, "2024-12-05"),
        ("Jets bombed Exampleville on Thursday.", -0.1, ""),
    ],
)
def test_how_sure_the_day_must_be_depends_on_the_lead(lead, logit, days, monkeypatch):
    leads = {"report leads with: the report's day, deed": 1.0, "report leads with: no day, deed": -0.5}
    monkeypatch.setattr(claim_times, "load_weights", lambda _: Weights(0.0, {"network: day": 1.0, **leads}, 0.5))
    time = " ".join(lead[:-1].split()[3:])
    net = FakeNetwork(f"{lead}\nShells fell too.").trigger("bombed", "airstrike").trigger("Shells", "shelling")
    net.label("when", "day", net.at("Shells")[0], logit)
    net.label("when", "none", net.at("Shells")[0], 0.0)
    net.label("when", "words", net.at("Shells")[0], -9.0)
    if time:
        net.mention("time", time)
    roles = dict.fromkeys(("initiator", "target", "voice", "place", "also", "figure"), ())
    none = {"place": 1.0, "time": 0.9, "voice": 1.0}
    first = Links({**roles, "time": ((0, 0.9),) if time else ()}, {**none, "time": 0.1 if time else 0.9}, ())
    assert read_times(net, [first, Links({**roles, "time": ()}, none, ())], FRIDAY)[1] == (days, "")


def seized(text, word, when, *, said=False, **more):
    start = text.index(word)
    words = Evidence("d1", Span(start, start + len(word)), word)
    base = Claim(
        id=word,
        document="d1",
        sentence=0,
        event=word,
        type="seize",
        trigger=Evidence("d1", Span(start, start + len(word)), word),
        place="p1",
        when=When.parse(when),
        when_text=words if said else None,
    )
    return replace(base, **more)


@pytest.mark.parametrize(
    ("named", "more", "when"),
    [
        ("Their sudden capture of it", {}, "2024-11-30"),
        ("The capture", {}, "2024-11-30"),
        ("Exampleville's capture", {}, "2024-11-30"),
        ("A capture", {}, "2024-12-06"),
        ("The capture", {"place": "p2"}, "2024-12-06"),
    ],
)
def test_a_deed_that_is_named_again_is_of_the_day_that_is_told_of_it(named, more, when):
    text = f"Rebels took Exampleville on Saturday. {named} was a surprise. It had fallen once, in 2016."
    first = seized(text, "took", "2024-11-30", said=True)
    again = seized(text, "capture", "2024-12-06", **more)
    long_ago = seized(text, "fallen", "2016", said=True)
    told_before, found, _ = retold(text, [first, again, long_ago])
    assert (told_before, found.when.edtf) == (first, when)


def test_a_deed_of_an_enemys_is_another():
    text = "Rebels took Exampleville on Saturday. The capture by the army was a surprise."
    first = seized(text, "took", "2024-11-30", said=True, initiator=("a1",))
    again = seized(text, "capture", "2024-12-06", initiator=("a2",))
    assert [c.when.edtf for c in retold(text, [first, again])] == ["2024-11-30"] * 2
    assert retold(text, [first, again], frozenset({("a1", "a2"), ("a2", "a1")})) == [first, again]


def test_a_deed_with_a_day_of_its_own_keeps_it():
    text = "Rebels took Exampleville on Saturday. The capture on Sunday of the other half followed."
    claims = [seized(text, "took", "2024-11-30", said=True), seized(text, "capture", "2024-12-01", said=True)]
    assert retold(text, claims) == claims


def findings(text, *triggers, of=0, **labels):
    """What is found for one of the undated `triggers` of `text`, pairs of word and type."""
    net = FakeNetwork(text)
    for word, kind in triggers:
        net.trigger(word, kind, **labels)
    for head, values in labels.items():
        net.label(head, values, net.at(triggers[of][0])[0])
    nobody = Links(
        dict.fromkeys(("initiator", "target", "voice", "place", "also", "figure", "time"), ()),
        {"place": 1.0, "time": 0.9, "voice": 0.2},
        ((0, 0.7),),
    )
    document = Document("d1", text, "Example Wire", FRIDAY, sentences=net.sentences)
    times, links = TextTimes.of(text, FRIDAY), [nobody] * len(triggers)
    reading = Reading(document, times, net.read(), links, Actors((), ()), Places((), ()), {}, frozenset(), lambda *_: False)
    _, scene = claim_times.read_times(reading)
    return scene.findings(of)


def test_an_undated_claim_has_findings():
    text = 'On Thursday jets bombed it.\n"The army shelled the port" after.'
    found = findings(text, ("bombed", "airstrike"), ("shelled", "shelling"), of=1)
    assert {
        "type: shelling",
        "status: happened",
        "form: -ed",
        "kind: deed",
        "sentence: 1, deed",
        "word before: army",
        "sentence before: of another time",
        "first of its sentence",
        "report leads with: another day, deed",
        "quoted",
        "voiced, deed",
    } <= set(found)
    assert (found["told before: dated"], found["told before: undated"]) == (0.7, 0.0)


def test_an_undated_claim_may_stand_in_a_sentence_of_times():
    found = findings(
        "On Monday, as it said last week, it urged and accused them.", ("urged", "demand"), ("accused", "accuse"), of=1
    )
    assert {"sentence: names a time", "not the first of its sentence", "kind: speech"} <= set(found)


def test_what_is_planned_has_no_day_that_words_do_not_say():
    text = "Rebels seized the port on Tuesday and will enter the town."
    lead = linked("seized", "seize", "on Tuesday")
    assert told(text, lead, day("enter", "seize", status="planned"))[1] == ("", "")
    assert told(text, lead, day("enter", "seize"))[1][0] == "2024-12-03"


def test_what_has_happened_lies_not_ahead():
    text = "It will observe a truce, and shelled the town on Tuesday."
    assert told(text, linked("shelled", "shelling", "on Tuesday")) == [("2024-12-03", "on Tuesday")]
    planned = told(text, linked("shelled", "shelling", "on Tuesday", status="planned"))
    assert planned == [("2024-12-10", "on Tuesday")]
