from dataclasses import replace
from datetime import date

import pytest

from warledger.brief import BriefSettings, compose, render_timeline, timeline
from warledger.brief.compose import importance
from warledger.core import EventFilter, View


def section(briefing, key):
    return next((s for s in briefing.sections if s.key == key), None)


def lines(found):
    return [item.text for item in found.items] if found else []


def test_each_event_has_its_section(dossier):
    briefing = compose(dossier.view())
    assert [s.key for s in briefing.sections] == [
        "changed", "control", "toll", "displacement", "prisoners", "diplomacy", "planned", "disputed", "background",
    ]  # fmt: skip
    assert lines(section(briefing, "toll")) == [
        (
            "The War Monitor says that more than 720 people, 111 of them civilians, have been killed in Syria "
            "since 27 November 2024."
        )
    ]
    assert lines(section(briefing, "prisoners"))[0].startswith(
        "Syrian rebels freed hundreds of inmates from Hama Central Prison"
    )
    assert lines(section(briefing, "background")) == ["Russian forces captured Aleppo in 2016, Example Post reports."]
    assert lines(section(briefing, "disputed"))[-1] == (
        "On the word of the Syrian army alone: a withdrawal from Hama (5 December 2024)."
    )


def test_control_is_told_with_its_beginning_and_what_was_before(dossier):
    (item,) = section(compose(dossier.view()), "control").items
    assert (
        item.text
        == "Syrian rebels have held Hama since 5 December 2024. The Syrian government held Hama until 5 December 2024."
    )


@pytest.mark.parametrize(
    ("holder", "more", "said"),
    [
        ("rebels (Syria)", {"grade": "reported", "last": "2024-12-06"},
         "Syrian rebels hold Hama, as last reported on 6 December 2024, Example Wire reports."),
        ("contested", {"since": "2024-12-01"}, "Hama has been contested since 1 December 2024."),
        ("contested", {}, "Hama is contested."),
        ("rebels (Syria)", {"layer": "besieged", "since": "2024-12-01"},
         "Syrian rebels have besieged Hama since 1 December 2024."),
        ("rebels (Syria)", {"since": "2024-12-01", "until": "2024-12-05"},
         "Syrian rebels held Hama from 1 December 2024 until 5 December 2024."),
        ("rebels (Syria)", {"since": "2024-12-05", "until": "2024-12-05"}, "Syrian rebels held Hama on 5 December 2024."),
    ],
)  # fmt: skip
def test_spells_in_words(dossier, holder, more, said):
    dossier.spells.clear()
    dossier.spell(dossier.events[0], holder, **more)
    assert lines(section(compose(dossier.view()), "control")) == [said]


def test_a_spell_on_one_side_s_word_names_it(dossier):
    dossier.spells.clear()
    dossier.spell(dossier.events[1], "rebels (Syria)", since="2024-12-05", grade="claimed")
    assert lines(section(compose(dossier.view()), "control"))[0].endswith(", by the word of the Syrian army.")


def test_every_sentence_that_says_something_has_a_reference(dossier):
    briefing = compose(dossier.view())
    for part in briefing.sections:
        for item in part.items:
            assert item.references
            for sentence in item.sentences:
                assert sentence.references or item.positions
    assert [r.number for r in briefing.references] == list(range(1, len(briefing.references) + 1))
    used = [n for s in briefing.sections for i in s.items for n in i.references]
    assert list(dict.fromkeys(used)) == sorted(set(used))


def test_references_give_the_words_in_their_sentence(dossier):
    briefing = compose(dossier.view())
    for reference in briefing.references:
        assert reference.words in reference.sentence
        marked = [reference.sentence[start:end] for start, end in reference.marks]
        assert reference.words in marked
        assert reference.source in ("Example Wire", "Example Post")
        assert briefing.reference(reference.number) == reference


def test_the_same_view_in_another_order_gives_the_same_briefing(dossier):
    view = dossier.view()
    turned = View(
        dict(reversed(view.documents.items())), dict(reversed(view.records.items())), events=tuple(reversed(view.events)),
        spells=tuple(reversed(view.spells)),
    )  # fmt: skip
    assert compose(turned) == compose(view)


def test_days_are_headings_the_latest_first(dossier):
    headings = [g.heading for g in section(compose(dossier.view()), "changed").groups]
    assert headings == ["Friday 6 December 2024", "Thursday 5 December 2024", "Wednesday 4 December 2024"]


def test_an_undated_event_stands_under_the_day_of_its_report(desk):
    paper = desk.paper("w", "Example Wire", "2024-12-05", "Rebels seized Hama.")
    desk.event(paper.claim("seize", "seized", by=["rebels (Syria)"], at="Hama"))
    (group,) = section(compose(desk.view()), "changed").groups
    assert group.heading == "No day given; reported on 5 December 2024"


def test_a_place_and_a_period(dossier):
    view = dossier.view()
    assert {e for s in compose(view, place="Homs").sections for i in s.items for e in [i.event] if e} == {
        e.id for e in view.events if e.place and e.place.name == "Homs"
    }
    late = compose(view, since=date(2024, 12, 6))
    assert "Thursday 5 December 2024" not in [g.heading for s in late.sections for g in s.groups]
    assert section(late, "displacement") is not None
    early = compose(view, until=date(2024, 12, 4))
    assert [g.heading for g in section(early, "changed").groups] == ["Wednesday 4 December 2024"]
    assert compose(view, place="Homs", since=date(2024, 12, 6)).title == "Situation briefing: Homs, since 6 December 2024"
    assert compose(view, place="Nowhere").sections == ()


def test_length_is_limited_and_says_how_to_see_the_rest(desk):
    paper = desk.paper("w", "Example Wire", "2024-12-05", *(f"Rebels seized village {n}." for n in range(9)))
    for n in range(9):
        desk.event(paper.claim("seize", "seized", s=n, by=["rebels (Syria)"], at=f"village {n}", when="2024-12-05"))
    found = section(compose(desk.view(), place="SY", settings=BriefSettings(items=4)), "changed")
    assert (len(found.items), found.more) == (4, 5)
    assert found.command == 'warledger events --place "SY"'


def test_what_is_said_twice_in_the_same_words_is_said_once(desk):
    paper = desk.paper("w", "Example Wire", "2024-12-05", "There were raids on Hama.", "More raids on Hama came.")
    for s in (0, 1):
        desk.event(paper.claim("airstrike", "raids", s=s, at="Hama", when="2024-12-05"))
    assert lines(section(compose(desk.view()), "changed")) == ["Air strikes hit Hama, Example Wire reports."]


def test_running_totals_that_differ_are_shown_side_by_side(dossier):
    from warledger.core import When

    wire = dossier.paper("w9", "Example Wire", "2024-12-07", "At least 800 people have died in Syria since November 27.")
    since = {"basis": "cumulative", "since": When.parse("2024-11-27")}
    dossier.event(
        wire.claim("toll", "died", at="Syria", figures=[("killed", "people", 800, None, "At least 800 people", since)])
    )
    (item,) = section(compose(dossier.view()), "toll").items
    assert item.sentences[0].text == "Accounts differ of how many have been killed in Syria since 27 November 2024."
    assert [p.text.split(" people")[0] for p in item.positions] == ["At least 800", "The War Monitor says that more than 720"]
    assert "1,5" not in item.text


def test_a_plain_negative_is_no_dispute(desk):
    paper = desk.paper("w", "Example Wire", "2024-12-05", "No group claimed responsibility.")
    desk.event(paper.claim("declare", "claimed responsibility", status="denied", when="2024-12-05"), grade="denied")
    briefing = compose(desk.view())
    assert section(briefing, "disputed") is None
    assert lines(section(briefing, "diplomacy")) == ["No claim of responsibility was made, Example Wire reports."]


def test_importance_puts_territory_and_mass_death_first(dossier):
    by_type = {e.type: e for e in dossier.events if e.frame == "news" and e.grade.name != "contested"}
    assert importance(by_type["seize"]) > importance(by_type["airstrike"]) > importance(by_type["demand"])
    worse = replace(by_type["airstrike"], figures=tuple(replace(f, low=5000, high=5000) for f in by_type["airstrike"].figures))
    assert importance(worse) > importance(by_type["airstrike"])


def test_an_empty_view_gives_an_empty_briefing():
    briefing = compose(View({}, {}))
    assert briefing.sections == briefing.references == ()
    assert timeline(View({}, {})) == []
    assert render_timeline([]) == ""


def test_documents_without_records_are_owned_up_to(dossier):
    view = dossier.view()
    first = next(iter(view.documents))
    bare = View(view.documents, {i: r for i, r in view.records.items() if i != first}, events=view.events)
    assert "One document in the ledger could not be read for claims." in compose(bare).limits


def test_timeline_is_dated_and_oldest_first(dossier):
    entries = timeline(dossier.view())
    assert [e.first for e in entries] == sorted(e.first for e in entries)
    assert entries[0].when == "2016"
    fell = next(e for e in entries if "captured Hama" in e.text)
    assert (fell.grade, fell.references, fell.edtf) == ("confirmed", 2, "2024-12-05")
    text = render_timeline(entries)
    assert len(text.splitlines()) == len(entries)
    assert "[confirmed; two documents; " in text
    assert [e.edtf for e in timeline(dossier.view(), EventFilter(types=("seize",), frames=("news",)))] == [
        "2024-12-05",
        "2024-12-06",
    ]


def test_what_was_read_unsurely_is_left_out_and_said_so(desk):
    paper = desk.paper("a", "Agency", "2024-12-05", "Rebels overran Hama.", "Rebels overran Homs.")
    desk.event(paper.claim("seize", "overran", by=["rebels (Syria)"], at="Hama", confidence=0.3))
    desk.event(paper.claim("seize", "overran", s=1, by=["rebels (Syria)"], at="Homs", confidence=0.9))
    briefing = compose(desk.view())
    told = " ".join(item.text for section in briefing.sections for item in section.items)
    assert "Homs" in told
    assert "Hama" not in told
    assert any("One event was left out" in limit for limit in briefing.limits)
    everything = compose(desk.view(), settings=BriefSettings(min_confidence=0.0))
    assert not any("left out" in limit for limit in everything.limits)
