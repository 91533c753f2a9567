import pytest
from hypothesis import given
from hypothesis import strategies as st

from warledger.brief.counts import bounds_words, count_words, counts_of_claim, counts_of_event, group_noun, part_words


@pytest.mark.parametrize(
    ("quote", "low", "high", "about", "group", "said"),
    [
        ("more than 720 people", 720, None, False, "people", "more than 720 people"),
        ("At least 48 people", 48, None, False, "people", "at least 48 people"),
        ("22", 22, 22, False, "people", "22 people"),
        ("8 civilians", 8, 8, False, "civilians", "eight civilians"),
        ("More than 280000 people", 280000, None, False, "people", "more than 280,000 people"),
        ("dozens more", 24, 99, False, "people", "dozens of people"),
        ("hundreds of inmates", 200, 999, False, "detainees", "hundreds of inmates"),
        ("another 40", 40, 40, False, "people", "40 people"),
        ("killed a child", 1, 1, False, "children", "one child"),
        ("Tens of thousands", 20000, 99999, False, "people", "tens of thousands of people"),
        ("half a million people", 500000, 500000, False, "people", "half a million people"),
        ("two million displaced civilians", 2000000, 2000000, False, "civilians", "2 million civilians"),
        ("70 of 90", 50, 50, True, "combatants", "about 50 fighters"),
        ("several", 3, 9, False, "people", "several people"),
        ("some three to five", 3, 5, False, "people", "between three and five people"),
        ("as many as 40 fighters", None, 40, False, "combatants", "as many as 40 fighters"),
        ("99 people", 12, 12, False, "people", "12 people"),
        ("12 people", 12, None, False, "people", "at least 12 people"),
        ("Twelve villagers", 12, None, False, "civilians", "at least twelve villagers"),
        ("over 12 people", 12, None, False, "people", "over 12 people"),
        ("40 fighters", None, 40, False, "combatants", "up to 40 fighters"),
        ("Millions of people", 2000000, None, False, "people", "millions of people"),
    ],
)
def test_counts_keep_plain_words_and_make_others(quote, low, high, about, group, said):
    assert count_words(group, low, high, about=about, quote=quote) == said


def test_parts():
    assert part_words("civilians", 111, 111, about=False) == "111 of them civilians"
    assert part_words("children", 1, 1, about=False) == "one of them a child"
    assert part_words("children", 2000, 9999, about=False, quote="thousands of children") == "thousands of them children"
    assert part_words("people", 5, 5, about=False, quote="five policemen") == "five of them policemen"
    assert part_words("people", 5, 5, about=False, quote="5 people") == ""
    assert group_noun("families", one=True) == "family"


def test_a_part_is_told_inside_its_whole_and_never_added(dossier):
    view = dossier.view()
    event = next(e for e in view.events if e.type == "toll")
    (count,) = counts_of_event(event.figures, view)
    assert count.object == "more than 720 people, 111 of them civilians"
    assert count.phrase.text.endswith(",")
    claim = view.claims[event.claims[0]]
    (same,) = counts_of_claim(claim.figures, claim.id)
    assert same.object == count.object


def test_a_share_of_something_untold_is_no_count(desk):
    paper = desk.paper("w", "Wire", "2024-12-05", "Fifteen of the wounded are in a bad way after the bombing.")
    claim = paper.claim("bombing", "bombing", figures=[("injured", "people", 15, 15, "Fifteen of the wounded", {})])
    event = desk.event(claim)
    view = desk.view()
    assert counts_of_event(event.figures, view) == []
    assert counts_of_claim(claim.figures, claim.id) == []


@given(st.integers(0, 10**7), st.integers(0, 10**7), st.booleans())
def test_bounds_always_say_something_true(one, other, about):
    low, high = sorted((one, other))
    words = bounds_words(low, high, about=about)
    assert words.startswith("between") == (low != high)
    assert bounds_words(low, None, about=about).startswith("at least")
    assert bounds_words(None, high, about=about).startswith("up to")


def test_whose_they_are_is_left_out_of_a_count():
    assert count_words("combatants", 40, 40, about=True, quote="about 40 of its troops") == "about 40 troops"
    assert count_words("combatants", 24, 99, about=False, quote="dozens of its troops") == "dozens of troops"
    assert count_words("combatants", 1, 1, about=False, quote="one of its soldiers") == "one soldier"
    assert count_words("combatants", 3, 3, about=False, quote="Three crew members of") == "three crew members"


def test_things_that_no_word_names_are_a_number():
    assert count_words("other", 78, 78, about=False, quote="78", measure="destroyed") == "78"
    assert count_words("other", 78, 78, about=False, quote="78 bridges", measure="destroyed") == "78 bridges"
