"""What changed between two views written by hand: every kind of change, with its cause."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from warledger.brief import KINDS, compose, difference, render_difference
from warledger.core import DocumentLink, View, When

REBELS, ARMY = "rebels (Syria)", "Syrian Armed Forces"


@pytest.fixture
def told(desk):
    """Three papers, a claim of Hama's fall in each, and one of Homs in the last."""
    one = desk.paper("one", "Example Wire", "2024-12-05", "The rebels took Hama from the army.")
    two = desk.paper("two", "Example Post", "2024-12-06", "The army confirmed that the rebels took Hama.")
    three = desk.paper("three", "Example Daily", "2024-12-07", "The rebels took Hama.", "The rebels took Homs.")
    claims = [p.claim("seize", "took", by=[REBELS], at="Hama", when="2024-12-05") for p in (one, two, three)]
    claims.append(three.claim("seize", "took", s=1, by=[REBELS], at="Homs", when="2024-12-07"))
    return claims


def view(desk, papers, events=(), spells=(), **more):
    """A view of the first papers only."""
    held = desk.papers[:papers]
    return View(
        {p.document.id: p.document for p in held},
        {p.document.id: p.record for p in held},
        events=tuple(events),
        spells=tuple(spells),
        **more,
    )


def kinds(found):
    return [change.kind for change in found.changes]


@pytest.mark.parametrize(
    ("before", "after", "kind"),
    [
        ("claimed", "confirmed", "confirmed"),
        ("contested", "confirmed", "confirmed"),
        ("reported", "corroborated", "corroborated"),
        ("claimed", "contested", "contradicted"),
        ("confirmed", "denied", "contradicted"),
        ("denied", "contested", "regraded"),
        ("contested", "corroborated", "regraded"),
        ("confirmed", "retracted", "retracted"),
        ("reported", "reported", None),
    ],
)
def test_a_grade_that_changed_has_its_kind_and_its_cause(desk, told, before, after, kind):
    earlier, later = desk.event(told[0], grade=before), desk.event(*told[:2], grade=after)
    found = difference(view(desk, 1, [earlier]), view(desk, 2, [later]))
    assert kinds(found) == ([kind] if kind else [])
    for change in found.changes:
        assert (change.before, change.after, change.event) == (before, after, later.id)
        assert (change.claims, change.documents) == ((told[1].id,), (told[1].document,))
        assert change.cause == "Example Post, 2024-12-06"
        assert "Hama" in change.what


def test_a_revision_is_the_cause_of_a_retraction(desk, told):
    earlier, later = desk.event(told[0]), desk.event(told[0], grade="retracted")
    link = DocumentLink(told[1].document, told[0].document, "revision", 0.9)
    (change,) = difference(view(desk, 1, [earlier]), view(desk, 2, [later], links=(link,))).changes
    assert (change.kind, change.claims, change.documents) == ("retracted", (), (told[1].document,))


def test_events_are_new_joined_parted_and_gone(desk, told):
    alone, both = [desk.event(claim) for claim in told[:2]], desk.event(*told[:2])
    fresh = desk.event(told[3])
    joined = difference(view(desk, 2, alone), view(desk, 2, [both]))
    assert kinds(joined) == ["joined"]
    assert joined.changes[0].cause.startswith("no new document: a judgement")
    parted = difference(view(desk, 2, [both]), view(desk, 2, alone))
    assert [(c.kind, c.after) for c in parted.changes] == [("parted", "2 events")]
    new = difference(view(desk, 2, [both]), view(desk, 3, [both, fresh]))
    assert [(c.kind, c.cause) for c in new.changes] == [("new", "Example Daily, 2024-12-07")]
    gone = difference(view(desk, 3, [both, fresh]), view(desk, 2, [both]))
    assert kinds(gone) == ["gone"]
    assert gone.gone == (told[3].document,)
    assert "Homs" in gone.changes[0].what


def test_a_place_that_is_given_up_and_one_that_is_fought_in(desk, told):
    event = desk.event(told[0])
    held = desk.spell(event, REBELS, since="2024-12-05")
    left = desk.spell(event, REBELS, since="2024-12-05", until="2024-12-07")
    fought = desk.spell(event, "contested", since="2024-12-07")
    army = desk.spell(event, ARMY, until="2024-12-05")
    given_up = difference(view(desk, 1, [event], [held]), view(desk, 1, [event], [left]))
    assert [(c.before, c.after, c.what) for c in given_up.changes] == [
        (REBELS, "", "Syrian rebels gave up Hama on 7 December 2024."),
    ]  # fmt: skip
    (both,) = difference(view(desk, 1, [event], [held]), view(desk, 1, [event], [left, fought])).changes
    assert both.what == "Hama became contested on 7 December 2024."
    assert difference(view(desk, 1, [event], [held]), view(desk, 1, [event], [army, held])).changes == ()
    (first,) = difference(view(desk, 1, [event], []), view(desk, 1, [event], [army, held])).changes
    assert (first.before, first.after) == (ARMY, REBELS)
    came_back = desk.spell(event, REBELS, since="2024-12-09")
    (again,) = difference(view(desk, 1, [event], [held]), view(desk, 1, [event], [left, came_back])).of("hands")
    assert (again.before, again.after) == ("", REBELS)


def test_a_spell_that_is_known_more_exactly_is_the_same(desk, told):
    event = desk.event(told[0])
    vague = desk.spell(event, REBELS, since="2024-12-01/2024-12-05")
    exact = desk.spell(event, REBELS, since="2024-12-05")
    unknown = desk.spell(event, REBELS)
    for one in (vague, unknown):
        assert difference(view(desk, 1, [event], [one]), view(desk, 1, [event], [exact])).changes == ()


def test_a_toll_of_a_known_event_follows_it_into_its_new_id(desk):
    one = desk.paper("one", "Example Wire", "2024-12-05", "Jets killed 9 people in Hama.")
    two = desk.paper("two", "Example Post", "2024-12-06", "Jets killed 14 people in Hama.")
    first = one.claim("airstrike", "killed", at="Hama", figures=[("killed", "people", 9, 9, "9 people", {})])
    second = two.claim("airstrike", "killed", at="Hama", figures=[("killed", "people", 14, 14, "14 people", {})])
    bare = one.claim("airstrike", "Jets", at="Hama")
    earlier, later, uncounted = desk.event(first), desk.event(first, second), desk.event(bare)
    (change,) = difference(view(desk, 1, [earlier]), view(desk, 2, [later])).changes
    assert (change.kind, change.before, change.after, change.event) == ("toll", "9", "9 to 14", later.id)
    assert change.what == "14 people were killed in Hama, by the word of Example Post."
    assert difference(view(desk, 1, [earlier]), view(desk, 1, [earlier])).changes == ()
    (told,) = difference(view(desk, 1, [uncounted]), view(desk, 2, [desk.event(bare, second)])).changes
    assert (told.kind, told.before, told.after) == ("toll", "", "14")


def test_bounds_are_written_as_they_are_known(desk):
    paper = desk.paper("one", "Example Wire", "2024-12-05", "Up to 40 died in Hama, at least 12 in Homs, 30 so far in Syria.")
    event = desk.event(
        paper.claim("toll", "died", at="Hama", figures=[("killed", "people", None, 40, "40", {})]),
    )
    homs = desk.event(paper.claim("toll", "least", at="Homs", figures=[("killed", "people", 12, None, "12", {})]))
    more = {"basis": "cumulative", "since": When.parse("2024-11-27")}
    total = desk.event(paper.claim("toll", "so far", at="Syria", figures=[("killed", "people", 30, None, "30", more)]))
    bare = [replace(e, figures=()) for e in (event, homs, total)]
    found = difference(view(desk, 1, bare), view(desk, 1, [event, homs, total]))
    assert sorted(c.after for c in found.of("toll")) == ["12 or more", "30 or more", "up to 40"]


def test_a_briefing_opens_with_the_difference_if_it_is_given_one(desk, told):
    earlier, later = desk.event(told[0], grade="claimed"), desk.event(*told[:2], grade="confirmed")
    before, after = view(desk, 1, [earlier], as_of=date(2024, 12, 5)), view(desk, 2, [later], as_of=date(2024, 12, 7))
    opened = compose(after, since=date(2024, 12, 5), before=before)
    section = opened.sections[0]
    assert (section.key, section.title) == ("difference", "New since 5 December 2024")
    assert section.command == "warledger diff --from 2024-12-05 --to 2024-12-07"
    assert [item.text for item in section.items] == ["Syrian rebels took Hama on 5 December 2024 (was: claimed)."]
    assert all(item.references for item in section.items)
    assert compose(after, before=before).sections[0].key != "difference"
    assert compose(after, since=date(2024, 12, 5), before=after).sections[0].key != "difference"
    assert compose(after, since=date(2024, 12, 5), place="Homs", before=before).sections == ()


def test_a_difference_reads_as_text(desk, told):
    earlier, later = desk.event(told[0], grade="claimed"), desk.event(*told[:2], grade="confirmed")
    text = render_difference(difference(view(desk, 1, [earlier]), view(desk, 2, [later])))
    assert text.startswith("One document more, one change.\n\nNEWLY CONFIRMED\n\n  - ")
    assert "claimed → confirmed; Example Post, 2024-12-06" in text
    assert max(map(len, text.splitlines())) <= 88
    assert render_difference(difference(view(desk, 1), view(desk, 1))) == "No documents more, no changes.\n"
    assert "One document less." in render_difference(difference(view(desk, 2), view(desk, 1)))


@given(st.data())
@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_the_same_state_never_differs_and_the_order_of_events_does_not_matter(desk, data):
    desk = type(desk)()
    claims = []
    for number in range(4):
        paper = desk.paper(f"p{number}", f"Paper {number}", f"2024-12-0{number + 1}", "The rebels took Hama from the army.")
        claims.append(paper.claim("seize", "took", by=[REBELS], at="Hama", when="2024-12-05"))
    grades = st.sampled_from(["claimed", "confirmed", "contested", "corroborated"])
    cut = data.draw(st.integers(1, 3))
    first = [
        desk.event(*claims[:cut], grade=data.draw(grades)),
        *([desk.event(claims[3], grade="reported")] if cut < 3 else []),
    ]
    second = [desk.event(*claims[: data.draw(st.integers(1, 4))], grade=data.draw(grades))]
    before, after = view(desk, 4, first), view(desk, 4, second)
    assert difference(before, before).changes == ()
    found = difference(before, after)
    assert found == difference(replace(before, events=tuple(reversed(first))), after)
    assert [c.kind for c in found.changes] == sorted((c.kind for c in found.changes), key=list(KINDS).index)
