"""Counts in reports: bounds, groups, measures, basis, and where they stand."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from warledger.core import Span
from warledger.core.vocabulary import BASES, GROUPS, MEASURES
from warledger.extract.figures import (
    Bounds,
    basis,
    counts_doers,
    counts_speakers,
    find_figures,
    group_of,
    parse,
    plain_measure,
    whole,
)
from warledger.extract.figures_groups import group_beside


@pytest.mark.parametrize(
    ("words", "low", "high", "about"),
    [
        ("16 people", 16, 16, False),
        ("1,300 people", 1300, 1300, False),
        ("300 000 civilians", 300_000, 300_000, False),
        ("1.300.000 people", 1_300_000, 1_300_000, False),
        ("twenty-five soldiers", 25, 25, False),
        ("one hundred and twenty fighters", 120, 120, False),
        ("two thousand three hundred men", 2300, 2300, False),
        ("1.5 million people", 1_500_000, 1_500_000, False),
        ("6m refugees", 6_000_000, 6_000_000, False),
        ("half a million lives", 500_000, 500_000, False),
        ("half the 14,000 soldiers", 7000, 7000, False),
        ("roughly half of Exampleland’s 23 million people", 11_500_000, 11_500_000, True),
        ("Half of the 300 fighters", 150, 150, False),
        ("more than half of the 300 fighters", 150, None, False),
        ("up to a third of the town's 20,000 people", None, 6667, False),
        ("two thirds of the 30 prisoners", 20, 20, False),
        ("three-quarters of their 400 tanks", 300, 300, False),
        ("half of the dozens of fighters", 12, 50, False),
        ("half of them, 300 people", 300, 300, False),
        ("the third of the 20 soldiers", 20, 20, False),
        ("a quarter of a million people", 250_000, 250_000, False),
        ("two and a half million people", 2_500_000, 2_500_000, False),
        ("a dozen officers", 12, 12, False),
        ("two dozen hostages", 24, 24, False),
        ("a hundred others", 100, 100, False),
        ("at least 16", 16, None, False),
        ("55 at least", 55, None, False),
        ("more than a dozen schoolchildren", 12, None, False),
        ("upwards of 250 recruits", 250, None, False),
        ("no fewer than 30 men", 30, None, False),
        ("200-plus aircraft", 200, None, False),
        ("200 or more vehicles", 200, None, False),
        ("up to 40 rebels", None, 40, False),
        ("as many as 60 fighters", None, 60, False),
        ("no more than 20", None, 20, False),
        ("fewer than 400 men", None, 400, False),
        ("about 50", 50, 50, True),
        ("nearly 200 civilians", 200, 200, True),
        ("close to 150,000 soldiers", 150_000, 150_000, True),
        ("an estimated 500 or so militants", 500, 500, True),
        ("between 10 and 15 policemen", 10, 15, False),
        ("300 to 500 fighters", 300, 500, False),
        ("60-70 deserters", 60, 70, False),
        ("2 to 3 million people", 2_000_000, 3_000_000, False),
        ("seven or eight million", 7_000_000, 8_000_000, False),
        ("10000 to more than 30000", 10_000, None, False),
        ("one or two men", 1, 2, False),
        ("several others", 3, 9, False),
        ("several hundred men", 300, 999, False),
        ("a few dozen guards", 24, 99, False),
        ("dozens more", 24, 99, False),
        ("scores", 24, 99, False),
        ("many hundreds of people", 200, 999, False),
        ("thousands of families", 2000, 9999, False),
        ("tens of thousands of people", 20_000, 99_999, False),
        ("hundreds of thousands", 200_000, 999_999, False),
        ("millions", 2_000_000, None, False),
        ("a soldier", 1, 1, False),
        ("another woman", 1, 1, False),
        ("journalist", 1, 1, False),
        ("one of his sons", 1, 1, False),
        ("a two-year-old girl", 1, 1, False),
        ("a child of 14", 1, 1, False),
        ("a total of 37 fighters", 37, 37, False),
        ("a group of 12 men", 12, 12, False),
        ("a man and his wife", 2, 2, False),
        ("another man and a woman", 2, 2, False),
        ("a boy a girl", 2, 2, False),
        ("another", 1, 1, False),
        ("a couple", 2, 2, False),
        ("no casualties", 0, 0, False),
        ("the 87th", 87, 87, False),
        ("fifteen of the dead", 15, 15, False),
        ("16 fighters and 12 civilians", 16, 16, False),
    ],
)
def test_bounds(words: str, low: int | None, high: int | None, about: bool) -> None:
    assert parse(words) == Bounds(low, high, about)


@pytest.mark.parametrize(
    "words",
    [
        "",
        "many",
        "some people",
        "a number of soldiers",
        "civilians",
        "9" * 400,
        "99999999999",
        "12.5 people",
        "most of them",
        "of",
        "the",
        "group",
    ],
)
def test_what_counts_nothing_has_no_bounds(words: str) -> None:
    assert parse(words) is None


@pytest.mark.parametrize(
    ("words", "group"),
    [
        ("16 people", "people"), ("111 civilians", "civilians"), ("dozens of terrorists", "combatants"),
        ("a former army officer", "combatants"), ("35 members of the militia", "combatants"),
        ("five members of one family", "people"), ("12,000 women and children", "civilians"), ("at least three women", "women"),
        ("four schoolchildren", "children"), ("a reporter", "journalists"), ("two nurses", "medics"),
        ("three Red Crescent volunteers", "aid_workers"), ("350 hostages", "detainees"), ("five tanks", "vehicles"),
        ("two fighter jets", "aircraft"), ("a mosque", "buildings"), ("six rocket launchers", "weapons"),
        ("70 families", "families"), ("2 million refugees", "refugees"), ("three elderly men", "elderly"),
        ("two bridges", "other"), ("a personnel carrier", "vehicles"), ("10 machinegun-equipped vehicles", "vehicles"),
        ("more than 250 civilian lives", "civilians"), ("a 45-years-old woman", "women"), ("12 others", ""), ("dozens", ""),
    ],
)  # fmt: skip
def test_group(words: str, group: str) -> None:
    assert group_of(words) == group


@pytest.mark.parametrize(
    ("text", "words", "measure"),
    [
        ("Shells killed 12 people.", "12 people", "killed"),
        ("Shells fell, killing another 12.", "12", "killed"),
        ("Some 12 people have also been wounded.", "12 people", "injured"),
        ("Five killed, 12 injured in a blast.", "12", "injured"),
        ("12 injured in a blast that killed 5.", "12 injured", "injured"),
        ("A blast killed 5 people injuring 12.", "5 people", "killed"),
        ("A blast killed 5 people injuring 12.", "12", "injured"),
        ("Dozens killed, injured in a blast.", "Dozens", "casualties"),
        ("Dozens killed injured in a blast.", "Dozens killed", "casualties"),
        ("Five people were killed, injured 7.", "Five people", "killed"),
        ("Killing and wounding 12 men.", "12 men", "casualties"),
        ("Some 12 people were killed or wounded.", "12 people", "casualties"),
        ("They took 12 villagers hostage.", "12 villagers", "detained"),
        ("12 people who had fled.", "12 people", "displaced"),
        ("The bodies of 12 men were found.", "12 men", "killed"),
        ("It counted 12 killings near 40 tanks.", "40 tanks", None),
        ("They fled, 12 men with two cars.", "two cars", None),
        ("12 men killing time.", "12 men", None),
        ("12 men were seen.", "12 men", None),
        ("12 troops, 300 strong.", "12 troops", None),
        ("17 policemen from the Example district were injured in a blast.", "17 policemen", "injured"),
        ("Six officers, including a captain known as Example, were killed at the post.", "Six officers", "killed"),
        ("Six officers of the brigade were killed and wounded at the post.", "Six officers", "casualties"),
        ("Six officers who led the men that were killed fled.", "Six officers", None),
        ("Ten died, including a guard, and three more were injured.", "a guard", None),
        ("Two men from the town were arrested on Monday.", "Two men", "detained"),
        ("Two men from the town were seized on Monday.", "Two men", None),
        ("Two men belonging to the brigade were injured.", "Two men", "injured"),
        ("Two men, earlier of the brigade, were injured.", "Two men", "injured"),
        ("Two men, the army said, and five women were injured.", "Two men", "injured"),
        ("Two men were feared dead.", "Two men", "killed"),
        ("Two men were reported missing.", "Two men", "missing"),
        ("Six cadres of the group surrendered to the police.", "Six cadres", "other"),
        ("Six cadres who shelled the town surrendered.", "Six cadres", None),
        ("25 policemen sustained multiple injuries.", "25 policemen", "injured"),
        ("Rebels ambushed a 14-member patrol.", "14-member patrol", "forces"),
        ("Police arrested six men.", "six men", "detained"),
        ("Rebels kidnapped at least six men.", "six men", "detained"),
        ("Rebels set free six men.", "six men", "released"),
        ("Rebels beat up six men.", "six men", "other"),
        ("Rebels beat six men to death.", "six men", "killed"),
        ("Six men were beaten.", "Six men", "other"),
        ("Six men were beaten to death.", "Six men", "killed"),
        ("A shell fell, leaving six men badly injured.", "six men", "injured"),
        ("A shell fell, leaving one guard, Example Exampleson, seriously wounded.", "one guard", "injured"),
        ("A shell fell and left six people dead.", "six people", "killed"),
        ("They left six people.", "six people", None),
        ("Two men were arrested on Monday.", "Two men", "detained"),
        ("It sent 105 drones, of which 78 were shot down.", "78", "destroyed"),
        ("Raids caused several casualties there.", "several casualties", "casualties"),
        ("It spoke of hundreds of dead and injured people.", "hundreds of dead and injured people", "casualties"),
        ("At least 60 are missing.", "60 are missing", "missing"),
        ("More than 40 were left wounded.", "More than 40", "injured"),
        ("Attacks kill a woman, injure 9 in the north.", "9", "injured"),
        ("The army lost more than 40 troops there.", "more than 40 troops", "killed"),
        ("The army lost control of 40 villages.", "40 villages", None),
        ("The army eliminates 22 gunmen.", "22 gunmen", "killed"),
        ("About 12,000 people have so far been evacuated.", "12,000 people", "evacuated"),
        ("It shot down 105 of them.", "105 of them", "destroyed"),
    ],
)
def test_the_measure_that_a_verb_beside_a_figure_tells(text: str, words: str, measure: str | None) -> None:
    start = text.index(words)
    assert plain_measure(text, Span(start, start + len(words))) == measure


@pytest.mark.parametrize(
    ("text", "words", "is_so"),
    [
        ("A patrol was ambushed by around 150 fighters.", "around 150 fighters", True),
        ("The base was attacked on Monday by a group of 40 gunmen.", "40 gunmen", True),
        ("Four gunmen from the hills killed a teacher.", "Four gunmen", True),
        ("Four gunmen killed Exampleman at his door.", "Four gunmen", True),
        ("Four gunmen killed in a raid.", "Four gunmen", False),
        ("Four gunmen killed two villagers at the well.", "Four gunmen", True),
        ("15 gunmen kill five guards.", "15 gunmen", True),
        ("15 gunmen of the front stormed the post.", "15 gunmen", True),
        ("15 gunmen stormed in a dawn raid.", "15 gunmen", False),
        ("15 gunmen blew up a bridge.", "15 gunmen", True),
        ("Soldiers clashed with around 15 gunmen.", "15 gunmen", True),
        ("A truck carrying 15 soldiers hit a mine.", "15 soldiers", True),
        ("57 gunmen killed 150 injured in attacks.", "57 gunmen", False),
        ("Ten gunmen killed Reports said.", "Ten gunmen", False),
        ("Four gunmen of the unit that were killed attacked the post.", "Four gunmen", False),
    ],
)
def test_fighters_are_counted_as_those_who_did_it(text: str, words: str, is_so: bool) -> None:
    start = text.index(words)
    assert counts_doers(text, Span(start, start + len(words))) is is_so


@pytest.mark.parametrize(
    ("text", "words", "is_so"),
    [
        ("Rebels left, the monitor and two rebel commanders said.", "two rebel commanders", True),
        ("Two activists told Example Wire that rebels had left.", "Two activists", True),
        ("Two officers said on Monday that rebels had left.", "Two officers", True),
        ("Among them were nine women, said the monitor.", "nine women", False),
        ("Among them were nine women said Example director.", "nine women", False),
        ("Two officers said to be rebels were killed.", "Two officers", False),
    ],
)
def test_who_says_it_is_counted_among_the_dead_no_more(text: str, words: str, is_so: bool) -> None:
    start = text.index(words)
    assert counts_speakers(text, Span(start, start + len(words))) is is_so


@pytest.mark.parametrize(
    ("text", "words", "found"),
    [
        ("It counted nine Example soldiers there.", "nine Example", "nine Example soldiers"),
        ("Tolls vary from 10000 to more than 30000.", "30000", "10000 to more than 30000"),
        ("It counted 12 men and 30000.", "30000", "30000"),
        ("It spoke of them.", "them", "them"),
        ("They took 900 civilians hostage.", "900", "900 civilians"),
        ("They took 900 civilians hostage.", "900 civilians hostage", "900 civilians"),
    ],
)
def test_a_part_of_a_figure_is_made_whole(text: str, words: str, found: str) -> None:
    start = text.index(words)
    assert whole(text, Span(start, start + len(words)), find_figures(text, singles=True)).of(text) == found


@pytest.mark.parametrize(
    ("words", "before", "group"),
    [
        ("30 others", "civilians", "civilians"),
        ("four more", "combatants", "combatants"),
        ("30 others", "children", "people"),
        ("30 others", "", ""),
        ("more than 30", "civilians", ""),
        ("30", "civilians", ""),
        ("30", "combatants", "combatants"),
        ("at least 30 wounded", "people", "people"),
        ("30 tanks", "people", ""),
    ],
)
def test_others_are_of_the_group_before_them(words: str, before: str, group: str) -> None:
    assert group_beside(words, before) == group


@pytest.mark.parametrize(
    ("sentence", "words", "expected"),
    [
        ("Shells killed 12 people in the market.", "12 people", ("incident", "")),
        ("More than 720 people have been killed since the start of the offensive.", "More than 720 people",
         ("cumulative", "since the start of the offensive")),
        ("The war has killed 300,000 people.", "300,000 people", ("cumulative", "")),
        ("Some 4,000 have died in the past three months.", "4,000", ("cumulative", "in the past three months")),
        ("The war has claimed 12 people today.", "12 people", ("incident", "")),
        ("Shells killed 12 people since dawn.", "12 people", ("incident", "")),
    ],
)  # fmt: skip
def test_basis(sentence: str, words: str, expected: tuple[str, str]) -> None:
    text = "Lead. " + sentence
    start = text.index(words)
    assert basis(text, Span(6, len(text)), Span(start, start + len(words))) == expected


TEXT = (
    "The monitor said more than 720 people, including 111 civilians, had been killed since 27 November 2024. On 5 December, 12 "
    "soldiers died 30 km from the town, 25 years after the first war; a 13-year-old boy was hurt. Two T-72 tanks and a F-16 "
    "were hit in 40 air strikes on five villages, at a cost of $300 and 20 per cent of the harvest, at 6 pm. Hundreds of "
    "Syrians fled, thousands of miles from the 3rd army. The shelling killed 14 and wounded dozens more. Between 10 and 15 "
    "rebels were captured with two dozen rifles by 2000 men of the guard, and 17 IS fighters by the 2,000 Americans. "
    "One civilian was killed. At the gate of the great hall by the river, long after, one official spoke."
)


def test_the_figures_of_a_text() -> None:
    found = {mention.span.of(TEXT): mention for mention in find_figures(TEXT)}
    assert list(found) == [
        "more than 720 people", "111 civilians", "12 soldiers", "Two T-72 tanks", "Hundreds of Syrians", "14", "dozens more",
        "Between 10 and 15 rebels", "two dozen rifles", "17 IS fighters", "2,000 Americans", "One civilian",
    ]  # fmt: skip
    assert found["Between 10 and 15 rebels"].bounds == Bounds(10, 15)
    assert found["Two T-72 tanks"].group == "vehicles"
    assert found["14"].group == "people"


def test_a_part_of_a_number_belongs_to_its_figure() -> None:
    text = "They killed half of the 300 fighters in the town, and nearly two thirds of the 14,000 soldiers left."
    assert [(m.span.of(text), m.bounds) for m in find_figures(text)] == [
        ("half of the 300 fighters", Bounds(150, 150)),
        ("nearly two thirds of the 14,000 soldiers", Bounds(9333, 9333, about=True)),
    ]


def test_single_persons_and_things_only_when_asked() -> None:
    text = "A gunman shot a woman and another man in a quiet street of a town. An hour passed."
    assert find_figures(text) == []
    assert [m.span.of(text) for m in find_figures(text, singles=True)] == ["A gunman", "a woman", "another man"]


COUNTING = st.lists(
    st.sampled_from(
        "at least more than up to about no 12 1,300 1.5 million hundred two dozen dozens of thousands tens several a an half "
        "and a quarter to or between - people civilians killed wounded since 2011 the war including among them years km $5 "
        "T-72 87th others , . one fighters of the dead 000 9999999999999 0 .5 5. % and counting plus".split()
    ),
    max_size=10,
).map(" ".join)


@given(COUNTING | st.text(max_size=60))
def test_no_words_raise_and_bounds_are_in_order(words: str) -> None:
    bounds = parse(words)
    if bounds is not None:
        assert bounds.low is not None or bounds.high is not None
        assert bounds.low is None or bounds.high is None or 0 <= bounds.low <= bounds.high
    assert group_of(words) in (*GROUPS, "")
    text = "There were 1" + words + " killed"
    span = Span(11, 12 + len(words))
    assert plain_measure(text, span) in (*MEASURES, None)
    assert span.within(whole(text, span, find_figures(text)))


@given(COUNTING | st.text(max_size=80), st.booleans())
def test_figures_lie_in_the_text_in_order_and_apart(text: str, singles: bool) -> None:
    end = 0
    for mention in find_figures(text, singles=singles):
        assert end <= mention.span.start < mention.span.end <= len(text)
        assert mention.group in GROUPS
        assert parse(mention.span.of(text)) == mention.bounds
        assert basis(text, Span(0, len(text)), mention.span)[0] in BASES
        end = mention.span.end


@pytest.mark.parametrize(
    "text",
    ["1," * 10_000, "9" * 20_000,
     "two hundred " * 3000, "at least " * 4000, "tens of thousands of " * 2000, "12 people " * 3000,
     "two hundred thousand " * 99 + "twoy",
     "one hundred and " * 3000, "1 or 2 or " * 1000, "killed " * 4000, "since the war " * 2000],
)  # fmt: skip
def test_hostile_text_takes_no_time(text: str) -> None:
    from time import process_time

    begun = process_time()
    find_figures(text, singles=True)
    parse(text)
    group_of(text)
    plain_measure(text, Span(0, 2))
    whole(text, Span(90, 92), ())
    basis(text, Span(0, len(text)), Span(0, 2))
    assert process_time() - begun < 2


@pytest.mark.shared
def test_the_figures_of_the_training_reports_are_read() -> None:
    """Bounds 0.99 and group (people where none is named) 0.90 when written."""
    path = Path(__file__).parents[2].parent / "shared" / "corpus" / "train.gold.jsonl"
    if not path.exists():
        pytest.skip("the corpora are not beside the project")
    records = map(json.loads, path.read_text("utf-8").splitlines())
    figures = [figure for record in records for claim in record["claims"] for figure in claim.get("figures", [])]
    bounds = sum(parse(f["text"]) in _within(f) for f in figures)
    groups = sum((group_of(f["text"]) or "people") == f["group"] for f in figures)
    assert bounds / len(figures) >= 0.98
    assert groups / len(figures) >= 0.89


def _within(figure: dict[str, int]) -> tuple[Bounds, Bounds]:
    low, high = figure.get("low"), figure.get("high")
    return Bounds(low, high), Bounds(low, high, about=True)
