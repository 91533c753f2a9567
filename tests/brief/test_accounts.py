"""Several accounts of one event: who did it, who denies what, what grew, what only one tells."""

from __future__ import annotations

from dataclasses import replace

import pytest

from warledger.brief import BriefSettings, compose
from warledger.brief.control import spell_sentence
from warledger.brief.statements import Statements
from warledger.core import EventPlace, When
from warledger.core import vocabulary as v
from warledger.reconcile.grading import ACCEPTED

REBELS, ARMY = ("rebels (Syria)",), ("Syrian Armed Forces",)
MONITOR, REBEL_WORD, ARMY_WORD = ([(name, "said", "")] for name in ("War Monitor", "rebels (Syria)", "Syrian Armed Forces"))
SINCE = {"basis": "cumulative", "since": When.parse("2024-11-27")}


def item(desk, event, **more):
    return Statements(desk.view(), BriefSettings()).item(event, **more)


def also(event, *names):
    return replace(event, also_places=tuple(EventPlace(n.lower(), n, "town", "SY") for n in names))


def test_it_is_disputed_who_did_it_not_whether_it_was(desk):
    paper = desk.paper(
        "w", "Example Wire", "2024-12-05", "The army shelled Hama and killed 12 people, rebels said.",
        "Rebels shelled Hama and killed 12 people, the army said.", "Rebels denied that they shelled Hama.",
    )  # fmt: skip
    dead = [("killed", "people", 12, 12, "12 people", {})]
    event = desk.event(
        paper.claim("shelling", "shelled", by=ARMY, at="Hama", figures=dead, voice=REBEL_WORD),
        paper.claim("shelling", "shelled", s=1, by=REBELS, at="Hama", figures=dead, voice=ARMY_WORD),
        paper.claim("shelling", "shelled", s=2, by=REBELS, at="Hama", status="denied", voice=REBEL_WORD),
        grade="contested",
    )
    told = item(desk, event)
    assert told.sentences[0].text == "Shelling hit Hama, killing 12 people; it is disputed who did it."
    assert [p.text for p in told.positions] == [
        "Syrian rebels say that the Syrian army hit Hama with shelling, killing 12 people.",
        "The Syrian army says that Syrian rebels hit Hama with shelling, killing 12 people.",
        "Syrian rebels deny it.",
    ]


def test_what_is_denied_of_an_acknowledged_strike_is_told_with_it(desk):
    paper = desk.paper(
        "w", "Example Wire", "2024-12-05", "The army bombed Hama, the War Monitor said.", "The army said it bombed Hama.",
        "The army denied that it bombed civilians in Hama.",
    )  # fmt: skip
    own = paper.claim("airstrike", "bombed", s=1, by=ARMY, at="Hama", voice=ARMY_WORD)
    event = desk.event(
        paper.claim("airstrike", "bombed", by=ARMY, at="Hama", voice=MONITOR),
        own,
        paper.claim("airstrike", "bombed", s=2, by=ARMY, on=["civilians (Syria)"], at="Hama", status="denied", voice=ARMY_WORD),
        grade="confirmed",
        fired=(own,),
    )
    event = replace(event, target=(), grade=replace(event.grade, rule=f"{ACCEPTED} Syrian Armed Forces."))
    assert item(desk, event).text == (
        "The Syrian army carried out air strikes on Hama. The Syrian army says so itself. "
        "The Syrian army denies that it carried out air strikes on civilians in Hama."
    )


def test_a_denial_that_came_before_it_has_its_day(desk):
    before = desk.paper("a", "Example Post", "2024-12-04", "The army denied that it left Hama.")
    after = desk.paper("b", "Example Wire", "2024-12-05", "The army said it left Hama.")
    left = after.claim("withdraw", "left", by=ARMY, at="Hama", voice=ARMY_WORD)
    denied = before.claim("withdraw", "left", by=ARMY, at="Hama", status="denied", voice=ARMY_WORD)
    event = desk.event(left, denied, grade="confirmed", fired=(left,))
    assert item(desk, event).text.endswith("The Syrian army denies that it withdrew from Hama.")
    denied = before.claim("withdraw", "left", by=ARMY, at="Hama", status="denied", voice=REBEL_WORD)
    desk.papers[0].claims = [denied]
    event = desk.event(left, denied, grade="confirmed", fired=(left,))
    assert item(desk, event).text.endswith("Syrian rebels denied it on 4 December 2024.")


def test_a_plan_whose_day_has_passed_was_planned_and_who_says_it_came_to_nothing(desk):
    paper = desk.paper("a", "Example Wire", "2024-12-01", "The army said it will begin an offensive in Hama.")
    later = desk.paper("b", "Example Post", "2024-12-09", "The offensive of the army in Hama never came.")
    plan = desk.event(
        paper.claim("offensive", "offensive", by=ARMY, at="Hama", when="2024-12-02", status="planned", voice=ARMY_WORD)
    )
    assert item(desk, plan).text == "The Syrian army says it planned to mount an offensive in Hama on 2 December 2024."
    never = desk.event(later.claim("offensive", "offensive", by=ARMY, at="Hama", status="denied"), grade="denied")
    assert item(desk, replace(plan, when=None, related=(("denied_by", never.id),))).text == (
        "The Syrian army says it planned to mount an offensive in Hama. Example Post reports that it did not."
    )


@pytest.mark.parametrize(
    ("sentence", "said"),
    [
        ("Iran has no plans to send men to Hama.", "Iran says it does not plan to send forces to Hama."),
        ("Iran will not send men to Hama.", "Iran says it does not plan to send forces to Hama."),
        ("Iran did not send men to Hama.", "Iran denies that it sent forces to Hama."),
    ],
)
def test_a_denial_of_what_is_to_come_is_of_a_plan(desk, sentence, said):
    paper = desk.paper("a", "Example Wire", "2024-12-01", sentence)
    iran = ("Government of Iran",)
    claim = paper.claim("deploy", "send", by=iran, at="Hama", status="denied", voice=[(*iran, "said", "")])
    assert item(desk, desk.event(claim, grade="denied")).text == said


def test_a_running_total_that_grows_is_no_quarrel(desk):
    first = desk.paper("a", "Example Wire", "2024-12-03", "More than 50,000 people were displaced in Hama.")
    later = desk.paper(
        "b", "Example Wire", "2024-12-06", "At least 280,000 people were displaced in Hama, the War Monitor said."
    )

    def told(paper, words, low, voice=()):
        return paper.claim(
            "displace", "displaced", at="Hama", figures=[("displaced", "people", low, None, words, SINCE)], voice=voice
        )

    small, great = told(first, "More than 50,000 people", 50_000), told(later, "At least 280,000 people", 280_000, MONITOR)
    assert item(desk, desk.event(small, great)).text == (
        "The War Monitor says that at least 280,000 people have been displaced from Hama since 27 November 2024. "
        "An earlier count was more than 50,000 people (Example Wire on 3 December 2024)."
    )


def test_several_places_are_told_together_or_by_who_names_them(desk):
    wire = desk.paper("a", "Example Wire", "2024-12-05", "Rebels took the towns of Hama and Homs, the War Monitor said.")
    claim = wire.claim("seize", "took", by=REBELS, at="Hama", voice=MONITOR)
    wire.place("Homs")
    claim = replace(claim, also_places=(wire.places["Homs"].id,))
    wire.claims = [claim]
    event = also(desk.event(claim), "Homs")
    assert item(desk, event).text == "The War Monitor says that Syrian rebels took Hama and Homs."
    post = desk.paper("b", "Example Post", "2024-12-05", "Rebels took Hama.")
    both = also(desk.event(claim, post.claim("seize", "took", by=REBELS, at="Hama"), grade="corroborated"), "Homs")
    assert item(desk, both).text == (
        "Syrian rebels took Hama. The War Monitor and Example Post report it independently. The War Monitor says that Syrian "
        "rebels took Homs, too."
    )


def test_a_person_is_called_by_name(desk):
    paper = desk.paper("a", "Example Wire", "2024-12-05", "Omar Haddad, a general, was killed in Hama.", "Assad left Hama.")
    dead = [("killed", "combatants", 1, 1, "a general", {})]
    killed = desk.event(paper.claim("attack", "killed", on=["Omar Haddad"], at="Hama", figures=dead))
    desk.papers[0].actors["Omar Haddad"] = replace(desk.papers[0].actors["Omar Haddad"], kind="leader")
    assert item(desk, killed).text == "Omar Haddad was killed in Hama, Example Wire reports."
    left = desk.event(paper.claim("displace", "left", s=1, on=["Bashar al-Assad"], at="Hama"))
    assert item(desk, left).text == "Bashar al-Assad left Hama, Example Wire reports."


@pytest.mark.parametrize(
    ("more", "told"),
    [
        ({"extent": "most of"}, "Syrian rebels have held most of Hama since 1 December 2024."),
        ({"holder": "contested", "between": (*REBELS, *ARMY), "extent": "parts of"},
         ("Hama has been contested between Syrian rebels and Syrian government forces since 1 December 2024; Syrian rebels "
         "hold parts of it.")),
        ({"holder": "contested", "between": (*REBELS, *ARMY)},
         "Hama has been contested between Syrian rebels and Syrian government forces since 1 December 2024."),
        ({"since": When.parse("../2024-12-01")}, "Syrian rebels have held Hama since 1 December 2024 or before."),
    ],
)  # fmt: skip
def test_how_much_of_a_town_is_held_and_who_is_inside(desk, more, told):
    paper = desk.paper("a", "Example Wire", "2024-12-05", "Rebels took Hama.")
    event = desk.event(paper.claim("seize", "took", by=REBELS, at="Hama"), grade="confirmed")
    spell = replace(desk.spell(event, "rebels (Syria)", since="2024-12-01"), **more)
    assert spell_sentence(spell, Statements(desk.view(), BriefSettings())).text == told


def test_a_spell_is_by_the_word_of_who_tells_of_its_beginning(desk):
    paper = desk.paper("a", "Example Wire", "2024-12-05", "The War Monitor said rebels took Hama.", "The army took Hama.")
    began = paper.claim("seize", "took", by=REBELS, at="Hama", voice=MONITOR)
    ended = paper.claim("seize", "took", s=1, by=ARMY, at="Hama")
    event = desk.event(began, ended)
    spell = replace(
        desk.spell(event, "rebels (Syria)", since="2024-12-01", until="2024-12-05"), begun_by=(began.id,), ended_by=(ended.id,)
    )
    words = spell_sentence(spell, Statements(desk.view(), BriefSettings())).text
    assert words.endswith("until 5 December 2024, by the word of the War Monitor.")
    road = replace(spell, layer="besieged", until=None, place=replace(spell.place, kind="road", name="M5 highway"))
    assert spell_sentence(road, Statements(desk.view(), BriefSettings())).text.startswith(
        "Syrian rebels have cut the M5 highway"
    )


def test_a_count_that_one_of_several_witnesses_gives_is_its_word(desk):
    one = desk.paper("a", "Example Wire", "2024-12-05", "Rebels shelled Hama, killing nine people.")
    two = desk.paper("b", "War Monitor", "2024-12-05", "Rebels shelled Hama.")
    claim = one.claim("shelling", "shelled", at="Hama", figures=[("killed", "people", 9, 9, "nine people", {})])
    desk.event(claim, two.claim("shelling", "shelled", at="Hama"), grade="corroborated")
    item = Statements(desk.view(), BriefSettings()).item(desk.events[-1])
    told = [s.text for s in item.sentences]
    assert told[0] == "Shelling hit Hama."
    assert told[-1] == "Example Wire reports that nine people were killed."


def test_totals_say_whose_dead_they_are_how_they_died_and_as_of_when(desk):
    paper = desk.paper(
        "a",
        "Example Wire",
        "2024-12-03",
        "Air strikes have killed 19 civilians.",
        "Dozens of its soldiers died, the army said.",
    )
    later = desk.paper("b", "Example Wire", "2024-12-06", "In all 826 people have died.")
    paper_strikes = paper.claim(
        "airstrike",
        "Air strikes",
        by=["Russian Armed Forces"],
        figures=[("killed", "civilians", 19, 19, "19 civilians", SINCE)],
    )
    own = paper.claim("toll", "died", s=1, figures=[("killed", "combatants", 24, 99, "Dozens of its soldiers", SINCE)])
    desk.event(paper_strikes)
    losses = desk.event(own)
    desk.events[-1] = replace(losses, figures=tuple(replace(f, side="Syrian Armed Forces") for f in losses.figures))
    desk.event(later.claim("toll", "died", figures=[("killed", "people", 826, 826, "826 people", SINCE)]))
    totals = next(s for s in compose(desk.view()).sections if s.key == "toll")
    words = "have been killed{} since 27 November 2024{}, Example Wire reports."
    stale = ", as of 3 December 2024"
    assert sorted(one.text for one in totals.items) == [
        f"19 civilians {words.format(' in air strikes by Russian forces', stale)}",
        f"826 people {words.format('', '')}",
        f"Dozens of soldiers of Syrian forces {words.format('', stale)}",
    ]


@pytest.mark.parametrize("measure", v.MEASURES)
@pytest.mark.parametrize("one_only", [True, False])
def test_every_measure_can_be_told_of_every_type(desk, measure, one_only):
    """What one of two witnesses alone counts, and what both count differently, is put into words, or left out."""
    paper = desk.paper("w", "Example Wire", "2024-12-05", "Of 12 people the War Monitor told.", "Of 9 people the army told.")
    for kind in v.CLAIM_TYPES:
        counts = [[(measure, "people", n, n, words, {})] for n, words in ((12, "12 people"), (9, "9 people"))]
        event = desk.event(
            paper.claim(kind, "told", by=REBELS, at="Hama", figures=counts[0], voice=MONITOR),
            paper.claim(kind, "told", s=1, by=REBELS, at="Hama", figures=[] if one_only else counts[1], voice=ARMY_WORD),
            grade="confirmed",
        )
        assert all(s.text for s in item(desk, event).sentences)
