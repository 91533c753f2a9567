from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from warledger.brief import grammar as g
from warledger.core import When

ONE = g.NounPhrase("Turkey")
MANY = g.NounPhrase("rebels", plural=True)
THING = g.NounPhrase("a bombing", agent=False)


@pytest.mark.parametrize(
    ("verb", "mood", "subject", "said"),
    [
        ("capture", g.Mood.PAST, MANY, "captured"),
        ("carry out", g.Mood.PAST, ONE, "carried out"),
        ("be captured", g.Mood.PAST, ONE, "was captured"),
        ("be captured", g.Mood.PAST, MANY, "were captured"),
        ("hold", g.Mood.PERFECT, ONE, "has held"),
        ("hold", g.Mood.PERFECT, MANY, "have held"),
        ("be killed", g.Mood.PERFECT, MANY, "have been killed"),
        ("send", g.Mood.PLAN, ONE, "plans to send"),
        ("send", g.Mood.PLAN, MANY, "plan to send"),
        ("hit", g.Mood.PLAN, THING, "is to hit"),
        ("be held", g.Mood.PLAN, MANY, "are to be held"),
        ("attack", g.Mood.MAY, ONE, "may attack"),
        ("attack", g.Mood.MAY_HAVE, ONE, "may have attacked"),
        ("flee", g.Mood.MAY_HAVE, MANY, "may have fled"),
        ("be hit", g.Mood.MAY, ONE, "may be hit"),
        ("be hit", g.Mood.MAY_HAVE, ONE, "may have been hit"),
        ("take", g.Mood.NOT, MANY, "did not take"),
        ("be taken", g.Mood.NOT, MANY, "were not taken"),
        ("take", g.Mood.TRY, MANY, "tried to take"),
    ],
)
def test_verbs_agree_and_take_their_mood(verb, mood, subject, said):
    assert g.predicate(verb, mood, subject) == said


def test_words_of_every_day():
    assert g.past("commit") == "committed"
    assert g.past("deny") == "denied"
    assert g.participle("overrun") == "overrun"
    assert [g.third_person(v) for v in ("deny", "launch", "say", "be", "carry out")] == [
        "denies",
        "launches",
        "says",
        "is",
        "carries out",
    ]
    assert [g.with_article(n) for n in ("US-led coalition", "attack", "EU official", "ceasefire")] == [
        "a US-led coalition",
        "an attack",
        "an EU official",
        "a ceasefire",
    ]
    assert [g.with_article(n) for n in ("RSF drone", "M23 officer", "NATO raid", "SOHR count", "UN envoy")] == [
        "an RSF drone", "an M23 officer", "a NATO raid", "a SOHR count", "a UN envoy",
    ]  # fmt: skip
    assert [g.with_article(n) for n in ("Ukrainian drone", "unit", "unidentified man", "European envoy")] == [
        "a Ukrainian drone",
        "a unit",
        "an unidentified man",
        "a European envoy",
    ]
    assert g.capital("“terrorists” fled") == "“Terrorists” fled"
    assert [g.join_and(x) for x in ([], ["a"], ["a", "b"], ["a", "b", "c"])] == ["", "a", "a and b", "a, b and c"]
    assert g.count_of(1, "document") == "one document"
    assert g.count_of(12, "event") == "12 events"


def test_numbers():
    assert [g.number(n) for n in (3, 10, 1500, 280000, 2_000_000, 2_500_000, 1_234_567)] == [
        "three", "10", "1,500", "280,000", "2 million", "2.5 million", "1,234,567",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("edtf", "adverb", "since"),
    [
        ("2024-12-05", "on 5 December 2024", "since 5 December 2024"),
        ("2024-11", "in November 2024", "since November 2024"),
        ("2016", "in 2016", "since 2016"),
        ("2024-11-25/2024-12-01", "in the week of 25 November 2024", "since the week of 25 November 2024"),
        ("2024-11-27/2024-12-05", "between 27 November and 5 December 2024", None),
        ("2024-12-02/2024-12-05", "between 2 and 5 December 2024", None),
        ("2023-12-30/2024-01-02", "between 30 December 2023 and 2 January 2024", None),
        ("2024-11-27/..", "since 27 November 2024", "since 27 November 2024"),
        ("2011/..", "since 2011", "since 2011"),
        ("2011-03/..", "since March 2011", "since March 2011"),
        ("../2024-12-05", "by 5 December 2024", "since 5 December 2024 or before"),
    ],
)
def test_times(edtf, adverb, since):
    when = When.parse(edtf)
    assert g.when_words(when) == adverb
    assert g.since_words(when) == (since or f"since some time {adverb}")
    assert not g.edge_words(when).startswith(("on ", "in ", "since "))


def test_periods_and_headings():
    first, last = date(2024, 11, 27), date(2024, 12, 5)
    assert g.period_words(first, last) == "27 November 2024 to 5 December 2024"
    assert g.period_words(last, last) == "5 December 2024"
    assert g.period_words(first, None) == "since 27 November 2024"
    assert g.period_words(None, last) == "until 5 December 2024"
    assert g.period_words(None, None) == g.when_words(None) == ""
    assert g.heading_words(When.parse("2024-12-05")) == "Thursday 5 December 2024"
    assert g.heading_words(When.parse("2024-11-25/2024-12-01")) == "In the week of 25 November 2024"


@given(st.dates(date(1900, 1, 1), date(2100, 1, 1)), st.integers(0, 4000))
def test_every_interval_reads_as_one_adverb(first, days):
    when = When.of(first, first + timedelta(days=days))
    assert g.when_words(when).split()[0] in ("on", "in", "between")
    assert str(first.year) in g.when_words(when)
