"""Mentions that mean the same actor or place are one, under the name that the field uses."""

import re
from datetime import date
from functools import lru_cache

import numpy as np
import pytest

from warledger.core import Span
from warledger.core import vocabulary as v
from warledger.extract import context
from warledger.extract.actors import ActorReader, clean
from warledger.extract.places import read_places
from warledger.extract.tagged import Tag, Tagged
from warledger.geo import Gazetteer
from warledger.lexicon.actors import ActorLexicon
from warledger.model import Words, layout

MARK = re.compile(r"\[(\w+):([^\]]+)\]")


def marked(source: str, layer: str = "actor") -> tuple[str, Tagged]:
    """A text whose mentions are written [kind:words], as the network would have tagged it."""
    text, spans, at = "", [], 0
    for found in MARK.finditer(source):
        text += source[at : found.start()]
        spans.append((len(text), len(text) + len(found[2]), found[1]))
        text += found[2]
        at = found.end()
    text += source[at:]
    chars = np.array([m.span() for m in re.finditer(r"\w+|[^\w\s]", text)], np.int32)
    count = len(chars)
    words = Words(chars, np.zeros(count, np.int32), np.zeros((count, 2), np.int32), np.zeros(0, np.int32))
    tags = np.zeros((count, layout.TAG_COLUMNS), np.float32)
    kinds = v.ACTOR_KINDS if layer == "actor" else v.PLACE_KINDS
    mentions = []
    for start, end, kind in spans:
        inside = np.flatnonzero((chars[:, 0] >= start) & (chars[:, 1] <= end))
        first, last = int(inside[0]), int(inside[-1])
        tags[first, layout.COLUMNS[f"{layer}_kind"].start + kinds.index(kind)] = 5
        mentions.append(Tag(first, last, 0, Span(start, end), 1.0))
    empty = dict.fromkeys(("actor", "place", "time", "figure", "cue"), ())
    return text, Tagged(words, (), (), tags, (), {**empty, layer: tuple(mentions)})


@lru_cache
def lexicon():
    return ActorLexicon.load()


@lru_cache
def gazetteer():
    return Gazetteer.open()


def actors(source, country="SY", acting=()):
    text, tagged = marked(source)
    read = ActorReader(text, tagged, lexicon(), country=country, published=date(2024, 12, 5), acting=frozenset(acting)).read()
    return [(a.name, [m.text for m in a.mentions]) for a in read.actors]


def test_an_abbreviation_in_brackets_is_the_name_before_it():
    found = actors("The [other:Example Relief Board] ([other:ERB]) left; the [other:ERB] will return.")
    assert found == [("Example Relief Board", ["Example Relief Board", "ERB", "ERB"])]


def test_a_last_name_is_the_person_named_before():
    found = actors("[political:Foreign Minister Jane Example] arrived. [political:Example] met [political:John Other].")
    assert found == [("Jane Example", ["Foreign Minister Jane Example", "Example"]), ("John Other", ["John Other"])]


def test_the_observatory_is_not_who_heads_it():
    found = actors("The [monitor:SOHR] said so. [monitor:Rami Abdel Rahman] spoke. [monitor:the Observatory] said more.")
    assert found == [
        ("Syrian Observatory for Human Rights", ["SOHR", "the Observatory"]),
        ("Rami Abdel Rahman", ["Rami Abdel Rahman"]),
    ]


def test_the_group_is_the_nearest_group():
    found = actors("[rebel_group:Example Brigade] and [state_forces:the army] fought; [rebel_group:the group] fled.")
    assert ("Example Brigade", ["Example Brigade", "the group"]) in found


def test_the_council_is_the_council_named_before_it():
    source = "[political:Example Military Council] met. [other:Example Relief Board] came. [political:The council] left."
    assert ("Example Military Council", ["Example Military Council", "The council"]) in actors(source)
    assert len(actors("[political:Example Board] met. [political:The council] left.")) == 2
    assert len(actors("[political:Example Military Council] met. [political:A council] left.")) == 2


def test_a_crowd_is_written_small_wherever_it_stands():
    assert [name for name, _ in actors("[rebel_group:Fighters] left. More [rebel_group:fighters] came.")] == ["fighters"]


def test_the_militants_are_the_named_group_before_them():
    source = "[jihadist_group:Islamic State] fought, and [jihadist_group:the militants] lost. [jihadist_group:Militants] fled."
    assert actors(source) == [("Islamic State", ["Islamic State", "the militants"]), ("militants (Syria)", ["Militants"])]
    assert len(actors("[rebel_group:Rebels] fought, and [jihadist_group:the militants] lost.")) == 2


@pytest.mark.parametrize(
    ("source", "name"),
    [
        ("They blamed the Rapid Support [militia:Forces] for it.", "Rapid Support Forces"),
        ("The [rebel_group:Lord's Resistance] Army fled.", "Lord's Resistance Army"),
        ("[rebel_group:Fighters of the Lord's Resistance] Army fled.", "Lord's Resistance Army"),
        ("[rebel_group:A leader of the Lord's Resistance] Army fled.", "leader (Syria)"),
        ("The Example Support [militia:Forces] fled.", "Forces"),
    ],
)
def test_a_part_of_a_name_is_the_whole_if_the_lexicon_has_it(source, name):
    assert [found for found, _ in actors(source)] == [name]


def test_the_rebels_are_the_group_that_was_called_so_by_name():
    named = "[rebel_group:M23 rebels] came. [civilians:Residents] fled. [rebel_group:The rebels] went on."
    assert ("M23", ["M23 rebels", "The rebels"]) in actors(named)
    unlike = "[rebel_group:M23] came. [civilians:Residents] fled. [rebel_group:The rebels] went on."
    assert ("M23", ["M23"]) in actors(unlike)
    another = "[rebel_group:M23 rebels] met [rebel_group:Mai-Mai]. [rebel_group:The rebels] went on."
    assert ("M23", ["M23 rebels"]) in actors(another)


def test_who_has_a_post_and_a_full_name_is_a_person():
    source = "[state_forces:Police spokesman Example Abdi Hassan] spoke. [state_forces:Police headquarters] burned."
    assert actors(source)[0] == ("Example Abdi Hassan", ["Police spokesman Example Abdi Hassan"])


def test_its_forces_are_those_of_the_armed_actor_before_them():
    source = "[leader:Jane Example] of [rebel_group:the Hill Brigade] said [rebel_group:its forces] lost."
    assert actors(source)[1] == ("Hill Brigade", ["the Hill Brigade", "its forces"])
    assert len(actors("[leader:Jane Example] said [rebel_group:its forces] lost.")) == 2


def test_its_forces_are_those_of_one_and_not_of_several():
    source = "[state_forces:The Syrian army] fled as [rebel_group:rebel forces] closed in on [state_forces:its troops]."
    assert ("Syrian Armed Forces", ["The Syrian army", "its troops"]) in actors(source)


@pytest.mark.parametrize(
    ("source", "name"),
    [
        ("[leader:Bashar al-Assad] lost ground as [state_forces:his forces] fled.", "Syrian Armed Forces"),
        ("[leader:Mohamed Hamdan Dagalo] spoke of abuses by [militia:his soldiers].", "Rapid Support Forces"),
        ("[government:Turkey] mourned two of [external_forces:its soldiers].", "Turkish Armed Forces"),
        ("[government:The Syrian government] pulled back. [state_forces:Its troops] left.", "Syrian Armed Forces"),
        ("[government:The Syrian government] said one of [state_forces:its fighters] fled.", "Syrian Armed Forces"),
        ("[rebel_group:The rebels] mourned [state_forces:their military] chief.", "Syrian Armed Forces"),
    ],
)
def test_his_forces_are_those_that_he_leads_or_a_states(source, name):
    found = dict(actors(source))
    said = re.findall(r":([^\]]*)\]", source)[-1]
    assert said in found[name]


@pytest.mark.parametrize(
    ("source", "name"),
    [
        ("[leader:The governor of the region, Jane Example], spoke.", "Jane Example"),
        ("[other:rebel fighter Jane Example] spoke.", "Jane Example"),
        ("[leader:Kenya's president Jane Example] spoke.", "Jane Example"),
        ("[rebel_group:Yemen's Houthi rebels] spoke.", "Houthis"),
        ("[leader:longtime strongman Moammar Gadhafi] spoke.", "Muammar Gaddafi"),
        ("[civilians:residents of Example Town] fled.", "residents of Example Town"),
        ("[state_forces:a team of the Example District Police] came.", "team of the Example District Police"),
    ],
)
def test_a_name_stands_behind_what_its_bearer_is(source, name):
    assert [found for found, _ in actors(source)] == [name]


@pytest.mark.parametrize(
    ("source", "is_one"),
    [
        ("[leader:The leader] of the rebel [rebel_group:Hill Front], [leader:Jane Example], spoke.", True),
        ("[leader:The leader] of the [rebel_group:Hill Front], [rebel_group:Valley Front], spoke.", False),
        ("[leader:The leader] of the [rebel_group:Hill Front] met [leader:Jane Example].", False),
        ("[rebel_group:The flank] of the [rebel_group:Hill Front], [leader:Jane Example], spoke.", False),
    ],
)
def test_who_has_a_post_is_one_with_it(source, is_one):
    post = source[source.index(":") + 1 : source.index("]")]
    (mentions,) = [said for _, said in actors(source) if post in said]
    assert ("Jane Example" in mentions) is is_one


def test_a_branch_behind_a_hyphen_belongs_to_the_name():
    source = (
        "[rebel_group:The Sudan People's Liberation Movement]-North spoke; [rebel_group:the Hill Front]-led forces did not."
    )
    assert [name for name, _ in actors(source)] == ["Sudan People's Liberation Movement–North", "Hill Front"]


def test_a_name_may_have_the_country_for_its_adjective():
    assert actors("[rebel_group:Syria Democratic Forces] lost.")[0][0] == "Syrian Democratic Forces"


def test_a_text_without_apostrophes_has_possessives_without_them():
    assert actors("[state_forces:The Syrian armys] victory.", acting=(0,))[0][0] == "Syrian Armed Forces"
    assert actors("It's so. [state_forces:The Syrian armys] victory.", acting=(0,))[0][0] != "Syrian Armed Forces"


def test_the_group_is_nobody_where_none_was_named():
    assert (
        actors("[rebel_group:The group] fled.") == [("group", ["The group"])]
        or len(actors("[rebel_group:The group] fled.")) == 1
    )


def test_an_alias_and_the_full_name_are_one_actor():
    found = actors("[jihadist_group:Hayat Tahrir al-Sham] advanced. [jihadist_group:HTS] said so.")
    assert found == [("Hayat Tahrir al-Sham", ["Hayat Tahrir al-Sham", "HTS"])]


def test_a_leaders_government_is_the_government():
    assert actors("[leader:President Bashar al-Assad’s government] fell.")[0][0] == "Government of Syria"


def test_a_state_that_uses_force_is_its_forces():
    source = "[government:Russia] bombed the town. [government:Russia] said nothing."
    assert actors(source, acting=[0])[0][0] == "Russian Armed Forces"
    assert actors(source)[0][0] == "Government of Russia"


def test_rebels_belong_to_the_country_of_the_report():
    assert actors("[rebel_group:The rebels] advanced.", country="LY")[0][0] == "rebels (Libya)"


@pytest.mark.parametrize(
    ("words", "bare"), [("The army's", "army"), ("the  rebels", "rebels"), ("Assad’s", "Assad"), ("a", "a")]
)
def test_clean(words, bare):
    assert clean(words) == bare


def places(source, countries=("SY",)):
    text, tagged = marked(source, "place")
    read = read_places(text, tagged, gazetteer(), countries)
    return [(p.name, p.precision, [m.text for m in p.mentions]) for p in read.places], read


def test_the_city_is_the_city_named_before():
    found, _ = places("They took [city:the central city of Hama]. [city:The city] was quiet. [city:Hama] lies north.")
    assert found == [("Hama", "exact", ["the central city of Hama", "The city", "Hama"])]


def test_the_city_is_nothing_where_none_was_named():
    found, read = places("[city:The city] was quiet.")
    assert found == []
    assert read.owner == (-1,)


def test_an_unknown_place_keeps_its_words_and_no_coordinates():
    found, read = places("They took [village:Xqzvillage].")
    assert found == [("Xqzvillage", "", ["Xqzvillage"])]
    assert read.places[0].lat is None


def test_a_province_in_the_plural_is_a_province():
    found, read = places("in [province:Idlib provinces]")
    assert found[0][1] == "province"
    assert read.places[0].country == "SY"


def test_near_a_place_is_less_than_exact():
    found, _ = places("Fighting went on near [city:Homs].")
    assert found[0][1] == "near"


def test_a_country_is_named_where_something_is_its_own():
    named = context.countries_named("Libya's army met Burkina Faso’s soldiers and the Syrian army.")
    assert dict(named) == {"LY": 1, "BF": 1, "SY": 1}


def test_theatre_is_the_country_of_the_towns():
    _, read = places("[city:Hama] and [city:Homs], says [country:Russia], [country:Russia]", ("RU", "SY"))
    named = context.countries_named("Russia said that Russian jets left for Russia; Syrian towns")
    assert context.ordered(named) == ("RU", "SY")
    assert context.theatre(named, read.places) == "SY"
    assert context.theatre(named, ()) == "RU"
    assert context.theatre(type(named)(), ()) == ""

    def fought():
        return type(named)({"LY": 2})

    assert context.theatre(type(named)({"RU": 1, "LY": 1}), (), fought=fought) == "LY"
    assert context.theatre(named, read.places, fought=fought) == "SY"
    assert context.theatre(type(named)({"RU": 1}), read.places, fought=fought) == "LY"
    assert context.theatre(type(named)({"RU": 1}), read.places) == "SY"


def test_a_citys_name_inside_another_is_a_mention_where_it_often_stands_alone():
    once, _ = places("From [city:Aleppo] they entered [province:Aleppo province].")
    assert [mentions for *_, mentions in once] == [["Aleppo"], ["Aleppo province"]]
    twice, _ = places("From [city:Aleppo] they entered [province:Aleppo province], not [city:Aleppo].")
    assert [mentions for *_, mentions in twice] == [["Aleppo", "Aleppo", "Aleppo"], ["Aleppo province"]]
    smaller, _ = places("From [city:Aleppo] they entered [facility:Aleppo airport].")
    assert [mentions for *_, mentions in smaller] == [["Aleppo", "Aleppo"], ["Aleppo airport"]]


def test_a_name_before_its_kind_is_a_name():
    found, _ = places("They left [city:Aleppo] and entered [city:Hama city]; [city:the town] was quiet.")
    assert [(name, mentions) for name, _, mentions in found] == [("Aleppo", ["Aleppo"]), ("Hama", ["Hama city", "the town"])]
