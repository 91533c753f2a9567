"""What was read needs more in common than type, time and area to be one event; what a person made does not."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from warledger.core import Mention, Span
from warledger.reconcile import reconcile

CLASH = {"type": "clash", "trigger": "clashes", "initiator": ["rebels"], "target": ["army"]}
SHELLING = {"type": "shelling", "place": "Marwa"}


def events(reports, *given, read=True):
    """How many events two reports tell of, by what an extractor read or a person made."""
    documents, records = reports(*given)
    records = {d: with_mentions(r, documents[d].text) for d, r in records.items()}
    if read:
        records = {
            d: replace(r, claims=tuple(replace(c, confidence=0.9) for c in r.claims), extractor="warledger 0")
            for d, r in records.items()
        }
    return len(reconcile(documents, records).events)


def with_mentions(record, text):
    """A record whose places are mentioned where the text names them."""
    places = []
    for place in record.places:
        spans = [Span(m.start(), m.end()) for m in re.finditer(re.escape(place.name), text)]
        places.append(replace(place, mentions=tuple(Mention(span, place.name) for span in spans)))
    return replace(record, places=tuple(places))


def clashes(write, where, *, second="2031-05-06", source="Example Monitor", **more):
    """Two reports of one outlet about fighting at a place, in other words."""
    claim = {**CLASH, "place": where, "when": "2031-05-06", **more}
    one = write("a", "2031-05-06", f"Fierce clashes went on in {where} beside the olive groves.", claim, source=source)
    words = f"Again there were clashes in {where}, people of a hamlet told us by telephone."
    return one, write("b", second, words, {**claim, "when": second}, source=source)


def test_an_area_and_a_day_in_common_are_not_enough(write, reports):
    assert events(reports, *clashes(write, "Syria")) == 2
    assert events(reports, *clashes(write, "Syria", voice="monitor")) == 1, "one voice told it on one day"
    assert events(reports, *clashes(write, "Syria"), read=False) == 1, "a person's claims are not second-guessed"
    assert events(reports, *clashes(write, "Marwa")) == 1, "a town is enough"


def test_one_outlet_tells_of_another_event_on_another_day(write, reports):
    def shelled(source, *, dead=""):
        figures = [{"measure": "killed", "group": "people", "low": 14, "high": 14, "text": dead}] if dead else []
        told = f", and {dead} were counted" if dead else ""
        one = f"The army shelled Marwa at dawn{told}."
        two = f"Rockets of the Fourth Division struck the mill quarter of Marwa and the road to the coast{told}."
        told_so = [(6, "shelled"), (7, "struck")]
        claims = [
            {**SHELLING, "trigger": trigger, "when": f"2031-05-0{day}", "figures": [dict(f) for f in figures]}
            for day, trigger in told_so
        ]
        first = write("a", "2031-05-06", one, claims[0], source="Example Monitor")
        return first, write("b", "2031-05-07", two, claims[1], source=source)

    assert events(reports, *shelled("Example Monitor")) == 2
    assert events(reports, *shelled("Example Monitor", dead="14 dead")) == 1, "one count tells that it is one event"
    assert events(reports, *shelled("Example Wire")) == 1, "two outlets date one event a day apart"


LONG = " ".join(f"Villager{n} of hamlet{n} told us about cellar{n}." for n in range(20))


@pytest.mark.parametrize("day", ["2031-05-06", "2031-05-07"])
@pytest.mark.parametrize(("source", "more", "count"), [("Post", "", 1), ("Wire", "", 2), ("Wire", LONG, 1)])
def test_the_same_sentence_of_an_area_is_one_event_if_another_outlet_has_it_or_the_whole_text_comes_again(
    write, reports, day, source, more, count
):
    """ "Clashes in the countryside of" is what one outlet heads the news of any day with."""
    text = "Fierce clashes went on in Syria beside the olive groves of the valley."
    claim = {**CLASH, "place": "Syria", "when": "2031-05-06"}
    given = [("a", "2031-05-06", "Wire"), ("b", day, source)]
    told = [write(n, d, f"{text} {more} {n}", {**claim, "when": d}, source=of) for n, d, of in given]
    assert events(reports, *told) == count


def test_what_lies_near_a_town_is_many_spots(write, reports):
    def fought(one, two, **more):
        claim = {**CLASH, "place": "Marwa", "when": "2031-05-06", **more}
        first = f"Fierce clashes went on {one} beside the olive groves."
        second = f"Again there were clashes {two}, people of a hamlet told us by telephone."
        return write("a", "2031-05-06", first, claim, source="Wire"), write("b", "2031-05-06", second, claim, source="Post")

    assert events(reports, *fought("in the countryside of Marwa", "near Marwa")) == 2
    assert events(reports, *fought("in the countryside of Marwa", "near Marwa", voice="monitor")) == 1
    assert events(reports, *fought("in the countryside of Marwa", "near Marwa"), read=False) == 1
    assert events(reports, *fought("in Marwa", "in the streets of Marwa")) == 1


def test_towns_that_the_other_lacks_make_two_events(write, reports):
    def struck(*also):
        told = zip("ab", ("Wire", "Post"), also, strict=True)
        for name, source, more in told:
            claim = {**SHELLING, "trigger": "shelled", "when": "2031-05-06", "also_places": more}
            asides = {"Wire": "people say", "Post": "as we learned by telephone this morning"}
            text = f"The army shelled {' and '.join(['Marwa', *more])}, {asides[source]}."
            yield write(name, "2031-05-06", text, claim, source=source)

    assert events(reports, *struck([], [])) == 1
    assert events(reports, *struck(["Tell Aswad"], ["Nahr"])) == 2


def test_towns_that_the_other_lacks_keep_nobody_apart_whom_a_third_joins(write, reports):
    def struck(*also):
        for name, source, more in zip("abcd", ("Wire", "Post", "Herald", "Courier"), also, strict=False):
            claims = [{**SHELLING, "trigger": "shelled", "when": "2031-05-06", "event": "e"}]
            claims += [{**SHELLING, "trigger": "hit", "place": town, "when": "2031-05-06", "event": "e"} for town in more]
            text = f"The army shelled Marwa, the {source} has learned. {''.join(f'It hit {town} too. ' for town in more)}"
            yield write(name, "2031-05-06", text, *claims, source=source)

    assert events(reports, *struck(["Tell Aswad"], ["Tell Aswad"], ["Nahr"])) == 2
    assert events(reports, *struck(["Tell Aswad"], ["Tell Aswad"], ["Nahr"], [])) == 1


def test_a_sentence_of_several_towns_does_not_say_which_deed_was_where(write, reports):
    def struck(*texts):
        for name, source, text in zip("ab", ("Wire", "Post"), texts, strict=True):
            figures = [{"measure": "killed", "group": "people", "low": 14, "high": 14, "text": "14 dead"}]
            shelled = {**SHELLING, "trigger": "shelled", "when": "2031-05-06", "figures": figures}
            fought = {"type": "clash", "trigger": "fought", "place": "Nahr", "when": "2031-05-06"}
            yield write(name, "2031-05-06", text, shelled, fought, source=source)

    alone = "The army shelled Marwa at noon, 14 dead were counted. Rebels fought in Nahr."
    both = "While rebels fought in the streets of Nahr, Marwa was shelled: in all 14 dead, hospitals of the coast say."
    assert events(reports, *struck(alone, alone.replace("at noon", "at midday"))) == 2, "a shelling and a fight"
    assert events(reports, *struck(alone, both)) == 4, "in the second either was in either town"
    assert events(reports, *struck(both, f"{both} A")) == 2, "a sentence that two outlets have is of one report"


def test_a_headline_of_few_words_is_not_told_again(write, reports):
    def clashed(words):
        claim = {**CLASH, "place": "Syria", "when": "2031-05-06"}
        for name, source in (("a", "Wire"), ("b", "Post")):
            yield write(name, "2031-05-06", words, claim, source=source)

    assert events(reports, *clashed("Renewed clashes in Syria.")) == 2
    assert events(reports, *clashed("Renewed clashes in Syria between herders and guards of the eastern canal.")) == 1


def test_what_one_outlet_tells_twice_of_violence_in_a_town_needs_more_in_common(write, reports):
    def shelled(source, **more):
        claim = {**SHELLING, "trigger": "shelled", "when": "2031-05-06", **more}
        one = write(
            "a",
            "2031-05-06",
            "They shelled Marwa at dawn and shattered windows of a pharmacy and two bakeries along the canal.",
            dict(claim),
            source="Wire",
        )
        return one, write(
            "b",
            "2031-05-06",
            "At night gunners of an armoured brigade shelled the mills, sawmills and warehouses of Marwa.",
            dict(claim),
            source=source,
        )

    assert events(reports, *shelled("Wire")) == 2
    assert events(reports, *shelled("Wire", initiator=["army"])) == 2, "one side may do so every day"
    assert events(reports, *shelled("Wire", target=["rebels"])) == 1, "the same were hit"
    assert events(reports, *shelled("Wire"), read=False) == 1, "a person's claims are not second-guessed"
    assert events(reports, *shelled("Post")) == 1, "two outlets that tell of one town and day tell of one event"


def test_the_same_words_without_a_place_do_not_make_one_event_of_what_happens_in_a_town(write, reports):
    """ "Eighty were killed yesterday" is said of a whole country by who also tells of an air strike in a town."""

    def told(*places):
        figure = {"measure": "killed", "group": "people", "low": 80, "high": 80, "text": "80 people"}
        for name, source, place in zip("ab", ("Wire", "Post"), places, strict=True):
            claim = {"type": "airstrike", "trigger": "air raids", "when": "2031-05-05", "figures": [dict(figure)]}
            text = f"Yesterday 80 people were killed by air raids, shells and mines in a war without end. {place}."
            yield write(name, "2031-05-06", text, claim | ({"place": place} if place else {}), source=source)

    assert events(reports, *told("", "Marwa")) == 2
    assert events(reports, *told("Tell Aswad", "Marwa")) == 2
    assert events(reports, *told("Marwa", "Marwa")) == 1


def test_a_count_of_an_area_told_again_by_its_outlet_tells_of_one_event_only_on_one_day_and_of_less_than_a_country(
    write, reports
):
    def dead(where, second):
        for name, day, text in (
            ("a", "2031-05-06", "Shells killed 14 people in"),
            ("b", second, "14 people died of shells in"),
        ):
            figure = {"measure": "killed", "group": "people", "low": 14, "high": 14, "text": "14 people"}
            claim = {
                "type": "shelling",
                "trigger": "hells",
                "when": "2031-05-06",
                "figures": [figure],
                "place": where.split()[-1],
            }
            yield write(name, day, f"{text} {where}.", claim, source="Wire")

    assert events(reports, *dead("the countryside of Nahr", "2031-05-06")) == 1
    assert events(reports, *dead("the countryside of Nahr", "2031-05-07")) == 2, "a sum of another day"
    assert events(reports, *dead("Syria", "2031-05-06")) == 2, "a country is no place in common"


def test_talk_without_place_and_time_is_one_event_only_in_the_same_words(write, reports):
    def agreed(words):
        for name, source, text in zip("ab", ("Wire", "Post"), words, strict=True):
            claim = {"type": "agree", "trigger": "truce", "initiator": ["army"], "target": ["rebels"]}
            yield write(name, "2031-05-06", text, claim, source=source)

    one = "Army and rebels signed a truce that lets convoys of flour pass the canal."
    assert events(reports, *agreed((one, one.replace("flour", "bread")))) == 1
    assert events(reports, *agreed((one, "The tenth day of the truce brought new breaches in several valleys."))) == 2


def test_a_number_in_common_does_not_make_one_event_of_two_towns(write, reports):
    def dead(*towns):
        figure = {"measure": "killed", "group": "people", "low": 14, "high": 14, "text": "14 dead"}
        for name, source, town in zip("ab", ("Wire", "Post"), towns, strict=True):
            claim = {**SHELLING, "trigger": "shelled", "place": town, "when": "2031-05-06", "figures": [figure]}
            yield write(name, "2031-05-06", f"The army shelled {town}, 14 dead were counted.", claim, source=source)

    assert events(reports, *dead("Marwa", "Marwa")) == 1
    assert events(reports, *dead("Marwa", "Tell Aswad")) == 2


def test_a_report_that_says_that_a_town_was_taken_on_two_days_tells_of_two_events(write, reports):
    def taken(*days):
        text = (
            "Rebels seized Marwa on Tuesday, a monitor said. They had taken the town of Marwa on Saturday for the first time."
        )
        claims = [
            {"type": "seize", "trigger": trigger, "place": "Marwa", "initiator": ["rebels"], "when": day, "when_span": [0, 6]}
            for trigger, day in zip(("seized", "taken"), days, strict=True)
        ]
        yield write("a", "2031-05-07", text, *({**c, "event": "e1"} for c in claims))

    assert events(reports, *taken("2031-05-06", "2031-05-03")) == 2
    assert events(reports, *taken("2031-05-06", "2031-05-05")) == 1, "one night lies between"
    assert events(reports, *taken("2031-05-06", "2031-05-03"), read=False) == 1, "a person's event is not second-guessed"


def test_a_town_that_two_reports_say_was_taken_on_days_far_apart_was_taken_twice(write, reports):
    def taken(*days):
        for name, source, day in zip("ab", ("Wire", "Post"), days, strict=True):
            claim = {"type": "seize", "trigger": "seized", "place": "Marwa", "initiator": ["rebels"], "when_span": [0, 6]}
            text = "Rebels seized the town of Marwa after a night of heavy fighting along the canal, a monitor said."
            yield write(name, "2031-05-09", text, claim | {"when": day}, source=source)

    assert events(reports, *taken("2031-05-06", "2031-05-02")) == 2
    assert events(reports, *taken("2031-05-06", "2031-05-04")) == 1, "outlets date one event up to three days apart"
