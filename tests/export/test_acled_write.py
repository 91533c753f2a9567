"""Events in ACLED's form: what they are coded as, between whom, when, with how many deaths, and what is refused."""

from __future__ import annotations

import csv
import io
from dataclasses import replace

import pytest
from made_events import ARMY, CIVILIANS, HAMA, HTS, IS, PROTESTERS, REBELS, RUSSIA, SYRIA, Happening, view_of

from warledger.core import EventFilter
from warledger.export import event_of_row
from warledger.export.acled import COLUMNS, check_acled, write_acled


def exported(*happenings, **filters):
    """Rows, what was skipped by event number, and a check that our own validator finds no error."""
    view = view_of(*happenings)
    out = io.StringIO(newline="")
    skipped = write_acled(view, out, EventFilter(**filters))
    faults = [f for f in check_acled(io.StringIO(out.getvalue(), newline="")) if f.severity == "error"]
    assert faults == []
    rows = list(csv.DictReader(io.StringIO(out.getvalue(), newline="")))
    numbers = {event.id: n for n, event in enumerate(view.events)}
    told = {n for row in rows if (n := event_number(row, view)) is not None} | {numbers[s.id] for s in skipped}
    admitted = {n for n, event in enumerate(view.events) if EventFilter(**filters).admits(event, view)}
    assert told == admitted, "every event is in a row or among the skipped"
    return rows, [(numbers[s.id], s.rule) for s in skipped]


def event_number(row, view):
    start = event_of_row(row["event_id_cnty"])
    assert start
    return next((n for n, event in enumerate(view.events) if event.id.startswith(start)), None)


def one(happening):
    rows, skipped = exported(happening)
    assert skipped == []
    assert len(rows) == 1
    return rows[0]


def codes(row):
    return row["sub_event_type"], row["actor1"], row["actor2"], row["interaction"]


MILITARY = "Military Forces of Syria (2000-2024)"
OPPOSITION = "Opposition Rebels (Syria)"
UNIDENTIFIED = "Unidentified Armed Group (Syria)"


class TestHama:
    """The example of the divide."""

    SEIZED = Happening("seize", (REBELS,), (ARMY,), "Rebels entered Hama after days of fighting.", grade="confirmed")
    LEFT = Happening("withdraw", (ARMY,), (), "The army said that it had redeployed out of Hama.")

    def test_rebels_who_enter_after_fighting_overtake_territory(self):
        row = one(self.SEIZED)
        assert row["event_type"] == "Battles"
        assert codes(row) == ("Non-state actor overtakes territory", OPPOSITION, MILITARY, "State forces-Rebel group")
        assert (row["inter1"], row["inter2"]) == ("Rebel group", "State forces")
        assert (row["iso"], row["region"], row["country"]) == ("760", "Middle East", "Syria")
        assert (row["location"], row["latitude"], row["longitude"], row["geo_precision"]) == ("Hama", "35.1318", "36.7578", "1")
        assert row["admin1"] == "Suwayda Governorate"
        assert (row["event_date"], row["year"], row["time_precision"]) == ("2024-12-05", "2024", "1")
        assert "Example Wire 2024-12-06" in row["notes"]
        assert "Rebels entered Hama" in row["notes"]
        assert row["timestamp"] == "1733443200"

    def test_the_withdrawal_is_told_by_the_takeover(self):
        rows, skipped = exported(self.SEIZED, self.LEFT)
        assert len(rows) == 1
        assert skipped == [(1, "told-by-takeover")]

    def test_the_loser_is_known_from_the_withdrawal_that_answers(self):
        left = view_of(self.LEFT).events[0].id
        shelled = Happening("shelling", (ARMY,), (REBELS,), when="2024-12-03")
        taken = Happening("seize", (REBELS,), (), more={"related": (("answered_by", left),)})
        rows, _ = exported(self.LEFT, taken, shelled)
        assert codes(rows[-1]) == ("Non-state actor overtakes territory", OPPOSITION, MILITARY, "State forces-Rebel group")

    def test_a_withdrawal_alone_is_a_movement_of_forces(self):
        assert codes(one(self.LEFT)) == ("Change to group/activity", MILITARY, "", "State forces only")

    def test_a_town_entered_without_resistance_is_a_transfer(self):
        row = one(Happening("seize", (REBELS,), (), "Rebels entered the town without resistance."))
        assert codes(row) == ("Non-violent transfer of territory", OPPOSITION, "", "Rebel group only")

    def test_a_town_that_the_others_had_left_is_a_transfer_unless_it_was_fought_over(self):
        told = Happening(
            "seize", (REBELS,), (ARMY,), "Rebels took control of the town after government troops withdrew from it."
        )
        transfer = ("Non-violent transfer of territory", OPPOSITION, MILITARY, "State forces-Rebel group")
        assert codes(one(told)) == transfer
        rows, _ = exported(told, Happening("shelling", (ARMY,), (CIVILIANS,), when="2024-12-03"))
        assert rows[-1]["sub_event_type"] == "Non-state actor overtakes territory"
        for words in ("after days of fighting; the army left it", "after clashes in which the army fled", "and the army left"):
            fought = replace(told, words=f"Rebels took the town {words}.")
            assert one(fought)["sub_event_type"] == "Non-state actor overtakes territory"

    def test_a_withdrawal_in_the_days_in_which_the_place_may_have_been_taken_is_told_by_that(self):
        rows, skipped = exported(replace(self.SEIZED, when="2024-12-02/2024-12-08"), self.LEFT)
        assert (len(rows), skipped) == (1, [(1, "told-by-takeover")])
        rows, skipped = exported(replace(self.SEIZED, when="2024-11-20/2024-11-26"), self.LEFT)
        assert (len(rows), skipped) == (2, [])

    def test_prisoners_freed_by_force_have_no_code_of_their_own(self):
        row = one(Happening("release", (REBELS,), (CIVILIANS,), "Rebels opened the gates of the prison."))
        assert row["sub_event_type"] == "Other"
        assert "no code of their own" in row["notes"]

    def test_prisoners_freed_by_a_deal_are_an_agreement(self):
        row = one(Happening("release", (REBELS,), (ARMY,), "Prisoners were freed in an exchange."))
        assert codes(row) == ("Agreement", OPPOSITION, MILITARY, "State forces-Rebel group")

    def test_a_total_over_many_places_is_refused(self):
        toll = Happening("toll", (), (), figures=(("killed", "people", 720, None, "more than 720 people"),), basis="cumulative")
        rows, skipped = exported(toll)
        assert rows == []
        assert skipped == [(0, "no-equivalent")]

    def test_what_has_no_code_is_told_so_before_what_it_lacks(self):
        bare = {"place": None, "when": ""}
        toll = Happening("toll", figures=(("killed", "people", 720, None, "more than 720"),), basis="cumulative", **bare)
        assert exported(toll, Happening("threaten", (ARMY,), **bare), Happening("clash", (ARMY,), **bare)) == (
            [], [(0, "no-equivalent"), (1, "no-equivalent"), (2, "no-place")],
        )  # fmt: skip

    def test_cumulative_deaths_are_never_a_rows_fatalities(self):
        row = one(replace(self.SEIZED, figures=(("killed", "people", 720, None, "720 people"),), basis="cumulative"))
        assert row["fatalities"] == "0"


@pytest.mark.parametrize(
    ("told", "wanted"),
    [
        (
            Happening("seize", (ARMY,), (REBELS,)),
            ("Government regains territory", MILITARY, OPPOSITION, "State forces-Rebel group"),
        ),
        (
            Happening("seize", (("Turkish Armed Forces", "state_forces", "TR"),), (IS,)),
            (
                "Non-state actor overtakes territory",
                "Military Forces of Turkey (2016-)",
                "Islamic State",
                "Rebel group-External/Other forces",
            ),
        ),
        (
            Happening("seize", (REBELS,), (ARMY,), status="failed"),
            ("Armed clash", OPPOSITION, MILITARY, "State forces-Rebel group"),
        ),
        (Happening("clash", (REBELS,), ()), ("Armed clash", OPPOSITION, UNIDENTIFIED, "Rebel group-Political militia")),
        (Happening("clash", (REBELS, ARMY), ()), ("Armed clash", OPPOSITION, MILITARY, "State forces-Rebel group")),
        (Happening("clash airstrike", (ARMY,), (REBELS,)), ("Armed clash", MILITARY, OPPOSITION, "State forces-Rebel group")),
        (
            Happening("airstrike", (RUSSIA,), (CIVILIANS,)),
            ("Air/drone strike", "Military Forces of Russia (2000-)", "Civilians (Syria)", "External/Other forces-Civilians"),
        ),
        (Happening("shelling airstrike", (ARMY,), ()), ("Air/drone strike", MILITARY, "", "State forces only")),
        (
            Happening("attack airstrike", (ARMY,), (REBELS,)),
            ("Air/drone strike", MILITARY, OPPOSITION, "State forces-Rebel group"),
        ),
        (
            Happening("airstrike", (), (CIVILIANS,)),
            ("Air/drone strike", UNIDENTIFIED, "Civilians (Syria)", "Political militia-Civilians"),
        ),
        (
            Happening("abduct attack", (REBELS,), (CIVILIANS,)),
            ("Abduction/forced disappearance", OPPOSITION, "Civilians (Syria)", "Rebel group-Civilians"),
        ),
        (Happening("attack", (IS,), (CIVILIANS,)), ("Attack", "Islamic State", "Civilians (Syria)", "Rebel group-Civilians")),
        (Happening("attack", (IS,), (ARMY,)), ("Armed clash", "Islamic State", MILITARY, "State forces-Rebel group")),
        (
            Happening("arrest", (REBELS,), (ARMY,)),
            ("Abduction/forced disappearance", OPPOSITION, "Civilians (Syria)", "Rebel group-Civilians"),
        ),
        (Happening("arrest", (ARMY,), ()), ("Arrests", MILITARY, "", "State forces only")),
        (Happening("airstrike", (ARMY,), (), status="failed"), ("Disrupted weapons use", MILITARY, "", "State forces only")),
        (
            Happening("bombing", (), (), "A man threw a grenade into a yard."),
            ("Grenade", UNIDENTIFIED, "", "Political militia only"),
        ),
        (Happening("protest", (PROTESTERS,), ()), ("Peaceful protest", "Protesters (Syria)", "", "Protesters only")),
        (
            Happening("protest", (PROTESTERS,), (), "The crowd set fire to an office."),
            ("Violent demonstration", "Rioters (Syria)", "", "Rioters only"),
        ),
        (
            Happening("protest", (PROTESTERS,), (ARMY,), figures=(("killed", "people", 2, 2, "two people"),)),
            ("Excessive force against protesters", MILITARY, "Protesters (Syria)", "State forces-Protesters"),
        ),
        (
            Happening("protest", (PROTESTERS,), (), figures=(("detained", "people", 2, 2, "two people"),)),
            (
                "Protest with intervention",
                "Protesters (Syria)",
                "Police Forces of Syria (2000-2024)",
                "State forces-Protesters",
            ),
        ),
        (Happening("agree", (REBELS,), (ARMY,)), ("Agreement", OPPOSITION, MILITARY, "State forces-Rebel group")),
        (Happening("found", (HTS,), ()), ("Change to group/activity", "HTS: Hayat Tahrir al Sham", "", "Rebel group only")),
        (
            Happening("sexual_violence attack", (IS,), (CIVILIANS,)),
            ("Sexual violence", "Islamic State", "Civilians (Syria)", "Rebel group-Civilians"),
        ),
    ],
    ids=lambda x: x.types if isinstance(x, Happening) else None,
)
def test_the_code_of_an_event(told, wanted):
    assert codes(one(told)) == wanted


def test_civilians_hit_beside_an_armed_target_are_associated():
    row = one(Happening("shelling", (ARMY,), (REBELS, CIVILIANS)))
    assert (row["actor2"], row["assoc_actor_2"], row["civilian_targeting"]) == (OPPOSITION, "Civilians (Syria)", "")
    assert one(Happening("shelling", (ARMY,), (CIVILIANS,)))["civilian_targeting"] == "Civilians targeted"
    assert one(Happening("clash", (ARMY,), (REBELS, CIVILIANS)))["assoc_actor_2"] == ""


def test_those_who_act_together_are_one_side_and_enemies_are_pairs_of_their_own():
    row = one(Happening("clash", (ARMY, RUSSIA), (REBELS,)))
    assert (row["actor1"], row["assoc_actor_1"]) == (MILITARY, "Military Forces of Russia (2000-)")
    rows, _ = exported(Happening("clash", (IS,), (ARMY, HTS), figures=(("killed", "people", 5, 5, "five people"),)))
    assert [(r["actor2"], r["fatalities"]) for r in rows] == [(MILITARY, "5"), ("HTS: Hayat Tahrir al Sham", "0")]


GENERAL = ("A general", "leader", "")


@pytest.mark.parametrize(
    ("told", "wanted"),
    [
        (Happening("clash", (REBELS,), (GENERAL,)), ("Armed clash", OPPOSITION, UNIDENTIFIED, "Rebel group-Political militia")),
        (Happening("clash", (GENERAL,), (ARMY,)), ("Armed clash", UNIDENTIFIED, MILITARY, "State forces-Political militia")),
        (
            Happening("shelling", (GENERAL,), ()),
            ("Shelling/artillery/missile attack", UNIDENTIFIED, "", "Political militia only"),
        ),
        (
            Happening("attack", (GENERAL,), (CIVILIANS,)),
            ("Attack", UNIDENTIFIED, "Civilians (Syria)", "Political militia-Civilians"),
        ),
        (Happening("agree", (GENERAL,), (ARMY,)), ("Agreement", "Civilians (Syria)", MILITARY, "State forces-Civilians")),
    ],
    ids=lambda x: x.types if isinstance(x, Happening) else None,
)
def test_a_person_without_a_side_fights_no_battle(told, wanted):
    assert codes(one(told)) == wanted


def test_no_side_is_its_own_enemy():
    row = one(Happening("airstrike", (RUSSIA, ARMY), (ARMY,)))
    assert row["actor2"] == ""


class TestDays:
    def test_a_fight_that_goes_on_has_a_row_a_day_and_the_rest_of_the_deaths_on_the_first(self):
        rows, _ = exported(
            Happening("clash", (ARMY,), (REBELS,), when="2024-12-01/2024-12-03", figures=(("killed", "people", 8, 8, "eight"),))
        )
        assert [(r["event_date"], r["time_precision"], r["fatalities"]) for r in rows] == [
            ("2024-12-01", "1", "4"),
            ("2024-12-02", "1", "2"),
            ("2024-12-03", "1", "2"),
        ]
        assert len({r["event_id_cnty"] for r in rows}) == 3

    def test_seven_days_are_a_week_that_holds_the_day(self):
        row = one(Happening("clash", (ARMY,), (REBELS,), when="2024-12-02/2024-12-08"))
        assert (row["event_date"], row["time_precision"]) == ("2024-12-05", "2")

    @pytest.mark.parametrize(
        ("when", "day", "precision"),
        [
            ("2024-12-02/2024-12-08", "2024-12-05", "2"),
            ("2024-11", "2024-11-15", "3"),
            ("2024-12-01/2024-12-02", "2024-12-01", "2"),
        ],
    )
    def test_an_event_within_a_stretch_stands_in_its_middle(self, when, day, precision):
        row = one(Happening("airstrike", (ARMY,), (REBELS,), when=when))
        assert (row["event_date"], row["time_precision"]) == (day, precision)


class TestDeaths:
    def told(self, *figures):
        return one(Happening("airstrike", (ARMY,), (REBELS,), figures=figures))["fatalities"]

    @pytest.mark.parametrize(
        ("figure", "count"),
        [
            (("killed", "people", 16, None, "at least 16"), "16"),
            (("killed", "people", 10, 15, "10 to 15"), "10"),
            (("killed", "people", None, 40, "up to 40"), "0"),
            (("killed", "people", 24, 99, "dozens of people"), "12"),
            (("killed", "people", 200, 999, "hundreds"), "100"),
            (("killed", "people", 3, 9, "several people"), "3"),
            (("killed", "people", 20, 99, "tens of people"), "10"),
            (("casualties", "people", 30, 30, "30 casualties"), "0"),
            (("injured", "people", 30, 30, "30 wounded"), "0"),
        ],
    )
    def test_a_count(self, figure, count):
        assert self.told(figure) == count

    @pytest.mark.parametrize(("figures", "count"), [((), "1"), ((("killed", "people", 9, 9, "nine people"),), "9")])
    def test_a_suicide_bomber_counts_where_no_report_counts_more(self, figures, count):
        row = one(Happening("suicide_bombing", (IS,), (ARMY,), figures=figures))
        assert (row["sub_event_type"], row["fatalities"]) == ("Suicide bomb", count)

    def test_nested_counts_are_not_added(self):
        assert self.told(("killed", "people", 16, 16, "16 people"), ("killed", "children", 3, 3, "3 children", "", 0)) == "16"

    def test_soldiers_and_civilians_of_one_telling_are_added(self):
        figures = (("killed", "combatants", 4, 4, "four fighters"), ("killed", "civilians", 3, 3, "three civilians"))
        assert self.told(*figures) == "7"


class TestHeld:
    def test_only_the_last_of_several_acquisitions_changes_hands(self):
        first = Happening("seize", (REBELS,), (ARMY,), when="2024-12-02")
        last = Happening("seize", (REBELS,), (ARMY,), when="2024-12-05")
        rows, _ = exported(first, last)
        assert [r["sub_event_type"] for r in rows] == ["Armed clash", "Non-state actor overtakes territory"]

    def test_a_place_lost_again_within_a_day_did_not_change_hands(self):
        rows, _ = exported(
            Happening("seize", (REBELS,), (ARMY,), when="2024-12-04"), Happening("seize", (ARMY,), (REBELS,), when="2024-12-05")
        )
        assert [r["sub_event_type"] for r in rows] == ["Armed clash", "Government regains territory"]

    def test_fighting_in_the_week_before_shows_resistance(self):
        alone = Happening("seize", (REBELS,), ())
        assert one(alone)["sub_event_type"] == "Non-violent transfer of territory"
        rows, _ = exported(alone, Happening("shelling", (ARMY,), (REBELS,), when="2024-12-01"))
        assert rows[-1]["sub_event_type"] == "Non-state actor overtakes territory"
        rows, _ = exported(alone, Happening("shelling", (ARMY,), (REBELS,), when="2024-11-20"))
        assert rows[-1]["sub_event_type"] == "Non-violent transfer of territory"


def test_one_row_an_actor_pair_place_day_and_type():
    rows, skipped = exported(
        Happening("clash", (ARMY,), (REBELS,), figures=(("killed", "people", 2, 2, "two people"),)),
        Happening("seize", (REBELS,), (ARMY,), figures=(("killed", "people", 3, 3, "three people"),)),
        Happening("airstrike", (ARMY,), (REBELS,)),
        Happening("clash", (ARMY,), (REBELS,), when="2024-12-06"),
    )
    assert [(r["sub_event_type"], r["event_date"], r["fatalities"]) for r in rows] == [
        ("Non-state actor overtakes territory", "2024-12-05", "5"),
        ("Air/drone strike", "2024-12-05", "0"),
        ("Armed clash", "2024-12-06", "0"),
    ]
    assert skipped == [(0, "merged")]
    assert "One row with e" in rows[0]["notes"]


class TestPlaces:
    SURAN = replace(HAMA, key="suran", name="Suran", lat=35.29, lon=36.74)
    NOWHERE = replace(HAMA, key="nowhere", name="Nowhere", lat=None, lon=None)
    DEAD = (("killed", "people", 7, 7, "seven people"),)

    def places(self, rows):
        return [(row["location"], row["fatalities"]) for row in rows]

    def test_what_is_told_of_several_places_is_a_row_in_each(self):
        told = Happening("seize", (REBELS,), (ARMY,), more={"also_places": (self.SURAN, self.NOWHERE)})
        rows, skipped = exported(told)
        assert self.places(rows) == [("Hama", "0"), ("Suran", "0")]
        assert len({row["event_id_cnty"] for row in rows}) == 2
        assert skipped == [(0, "no-coordinates")]

    def test_a_town_s_own_airport_has_no_row_beside_the_town_s(self):
        airport = replace(HAMA, key="airport", name="Hama airport", kind="base", lat=35.12, lon=36.71)
        rows, skipped = exported(Happening("seize", (REBELS,), (ARMY,), more={"also_places": (airport, self.SURAN)}))
        assert (self.places(rows), skipped) == ([("Hama", "0"), ("Suran", "0")], [])
        far = replace(airport, lat=36.0)
        rows, _ = exported(Happening("seize", (REBELS,), (ARMY,), more={"also_places": (far,)}))
        assert self.places(rows) == [("Hama", "0"), ("Hama airport", "0")]

    def test_a_place_without_a_point_does_not_keep_the_others_out(self):
        told = Happening("clash", (REBELS,), (ARMY,), place=self.NOWHERE, more={"also_places": (self.SURAN,)})
        rows, skipped = exported(told)
        assert (self.places(rows), skipped) == ([("Suran", "0")], [(0, "no-coordinates")])

    def test_an_agreement_on_several_places_is_one(self):
        rows, _ = exported(Happening("agree", (REBELS,), (ARMY,), more={"also_places": (self.SURAN,)}))
        assert self.places(rows) == [("Hama", "0")]

    def test_deaths_are_those_of_claims_of_one_place(self):
        told = Happening("airstrike", (ARMY,), (REBELS,), figures=self.DEAD, more={"also_places": (self.SURAN,)})
        rows, skipped = exported(told)
        assert (self.places(rows), skipped) == ([("Hama", "7"), ("Suran", "0")], [])

    def test_deaths_of_several_places_together_are_in_no_row(self):
        view = view_of(Happening("airstrike", (ARMY,), (REBELS,), figures=self.DEAD, more={"also_places": (self.SURAN,)}))
        (record,) = view.records.values()
        claim = replace(record.claims[0], also_places=("p1",))
        out = io.StringIO(newline="")
        skipped = write_acled(replace(view, records={record.document: replace(record, claims=(claim,))}), out, EventFilter())
        rows = list(csv.DictReader(io.StringIO(out.getvalue(), newline="")))
        assert self.places(rows) == [("Hama", "0"), ("Suran", "0")]
        assert [one.rule for one in skipped] == ["several-places"]

    def test_a_fight_at_one_of_several_places_shows_resistance_there(self):
        fought = Happening("shelling", (ARMY,), (REBELS,), place=self.SURAN, when="2024-12-03", more={"also_places": (HAMA,)})
        rows, _ = exported(fought, Happening("seize", (REBELS,), ()))
        assert rows[-1]["sub_event_type"] == "Non-state actor overtakes territory"


def test_rows_come_day_by_day_whatever_the_order_of_events():
    told = [
        Happening(
            "clash", (ARMY,), (REBELS,), when="2024-12-03/2024-12-05", figures=(("killed", "people", 3, 3, "three people"),)
        ),
        Happening("airstrike", (ARMY,), (REBELS,), when="2024-12-04"),
        Happening("clash", (REBELS,), (ARMY,), when="2024-12-04", figures=(("killed", "people", 9, 9, "nine people"),)),
    ]
    for order in ((0, 1, 2), (2, 0, 1), (1, 2, 0)):
        rows, skipped = exported(*(told[n] for n in order))
        by_type = sorted(rows, key=lambda row: row["event_type"])
        assert [(row["event_date"], row["event_type"][:3], row["fatalities"]) for row in by_type] == [
            ("2024-12-03", "Bat", "1"), ("2024-12-04", "Bat", "10"), ("2024-12-05", "Bat", "1"), ("2024-12-04", "Exp", "0"),
        ]  # fmt: skip
        assert [r["event_date"] for r in rows] == sorted(r["event_date"] for r in rows)
        assert [rule for _, rule in skipped] == ["merged"]


@pytest.mark.parametrize(
    ("change", "rule"),
    [
        ({"status": "planned"}, "not-happened"),
        ({"status": "denied"}, "not-happened"),
        ({"grade": "denied"}, "denied"),
        ({"frame": "background"}, "background"),
        ({"place": None}, "no-place"),
        ({"place": replace(HAMA, lat=None, lon=None)}, "no-coordinates"),
        ({"place": replace(HAMA, country="")}, "no-country"),
        ({"place": SYRIA}, "country-level"),
        ({"when": ""}, "no-date"),
        ({"when": "2024-12-05/.."}, "wide-time"),
        ({"when": "2024"}, "wide-time"),
        ({"types": "control"}, "no-equivalent"),
        ({"by": (), "to": ()}, "no-actor"),
    ],
)
def test_what_is_refused_and_why(change, rule):
    rows, skipped = exported(replace(Happening("clash", (ARMY,), (REBELS,)), **change))
    assert (rows, skipped) == ([], [(0, rule)])


def test_history_is_exported_when_it_is_asked_for():
    rows, skipped = exported(Happening("clash", (ARMY,), (REBELS,), frame="background"), frames=("background",))
    assert (len(rows), skipped) == (1, [])


def test_the_division_of_a_province_is_called_as_that_of_its_towns():
    province = replace(HAMA, name="Suwayda", kind="province", precision="province")
    assert one(Happening("clash", (ARMY,), (REBELS,), place=province))["admin1"] == "Suwayda Governorate"
    elsewhere = replace(province, name="A province", country="XK")
    assert one(Happening("clash", (ARMY,), (REBELS,), place=elsewhere))["admin1"] == "A province"


def test_sources_and_their_scale():
    row = one(Happening("clash", (ARMY,), (REBELS,), source="Reuters"))
    assert (row["source"], row["source_scale"]) == ("Reuters", "International")
    row = one(Happening("clash", (ARMY,), (REBELS,), source=""))
    assert (row["source"], row["source_scale"]) == ("Undisclosed Source", "Other")


def test_a_sentence_that_is_a_formula_stays_text():
    row = one(Happening("clash", (("=cmd()", "militia", ""),), (ARMY,)))
    assert row["actor1"] == "'=cmd()"


def test_the_header_is_there_without_rows():
    out = io.StringIO(newline="")
    write_acled(view_of(), out, EventFilter())
    assert out.getvalue() == ",".join(COLUMNS) + "\r\n"


def test_police_governments_and_strangers():
    police = ("Syrian police", "state_forces", "SY")
    assert one(Happening("arrest", (police,), ()))["actor1"] == "Police Forces of Syria (2000-2024)"
    assert (
        one(Happening("agree", (("Government of Syria", "government", "SY"),), ()))["actor1"]
        == "Government of Syria (2000-2024)"
    )
    assert one(Happening("found", (("A new band", "other", ""),), ()))["actor1"] == UNIDENTIFIED
    assert one(Happening("found", (("Sons of Somewhere", "militia", "SY"),), ()))["inter1"] == "Political militia"
    tribal = one(Happening("found", (("Tribal Army of Somewhere", "militia", "SY"),), ()))
    assert (tribal["actor1"], tribal["inter1"]) == ("Tribal Army of Somewhere", "Identity militia")


def test_an_event_has_no_more_rows_than_its_ids_can_number(monkeypatch):
    from warledger.export.acled import write

    long = Happening("clash", (ARMY,), (REBELS,), when="2024-11-01/2024-11-20")
    assert len(exported(long)[0]) == 20
    monkeypatch.setattr(write, "ROWS_OF_AN_EVENT", 20)
    assert exported(long) == ([], [(0, "too-many-rows")])


def test_a_strategic_development_may_be_placed_in_a_country():
    row = one(Happening("agree", (REBELS,), (ARMY,), place=SYRIA))
    assert (row["location"], row["geo_precision"]) == ("Syria", "3")


def test_two_scales_are_joined_in_order():
    view = view_of(
        Happening("clash", (ARMY,), (REBELS,), source="Reuters"), Happening("clash", (ARMY,), (REBELS,), source="Nobody")
    )
    both = replace(view.events[0], documents=tuple(view.documents))
    out = io.StringIO(newline="")
    write_acled(replace(view, events=(both,)), out, EventFilter())
    (row,) = csv.DictReader(io.StringIO(out.getvalue(), newline=""))
    assert (row["source"], row["source_scale"]) == ("Reuters; Nobody", "Other-International")
