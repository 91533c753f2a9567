"""The pieces of reconciliation, each by itself: clustering, places, names, words, comparison, weights."""

from __future__ import annotations

import math
import random
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from warledger.core import Actor, Document, Evidence, Figure, Place, Record, Relation, Span, When
from warledger.lexicon.actors import ActorLexicon
from warledger.ontology import crowd_of
from warledger.reconcile import reconcile
from warledger.reconcile.blocking import candidate_pairs, filing
from warledger.reconcile.clustering import cluster
from warledger.reconcile.compare import _figure_level, _time_level, _times
from warledger.reconcile.knowledge import ActorBook, same_name
from warledger.reconcile.pairing import crowding
from warledger.reconcile.places import PlaceBook, bare_name, distance_km, skeleton, stand
from warledger.reconcile.scoring import Model, Weights, load_model, rival_levels
from warledger.reconcile.tallies import is_part
from warledger.reconcile.telling import tellings_of
from warledger.reconcile.words import Rarity, cosine, tokens

items = st.integers(2, 9).flatmap(
    lambda n: st.tuples(
        st.just([f"t{i}" for i in range(n)]),
        st.dictionaries(
            st.tuples(st.integers(0, n - 1), st.integers(0, n - 1)), st.floats(-6, 6, allow_nan=False), max_size=20
        ),
        st.lists(st.integers(0, 3), min_size=n, max_size=n),
    )
)


def scored(names, scores):
    return {(names[a], names[b]): s for (a, b), s in scores.items() if a < b}


@given(items, st.integers(0, 10))
def test_clusters_are_a_partition_and_do_not_depend_on_order(drawn, seed):
    names, scores, groups = drawn
    group_of = {n: f"{n}" if g else "one document" for n, g in zip(names, groups, strict=True)}
    pairs = scored(names, scores)
    parts = cluster(group_of, pairs, threshold=0.0)
    assert sorted(i for p in parts for i in p) == names
    assert all(len({group_of[i] for i in p}) == len(p) for p in parts), "one document's tellings never meet"
    shuffled = list(group_of)
    random.Random(seed).shuffle(shuffled)  # noqa: S311
    flipped = dict(sorted(pairs.items(), reverse=bool(seed % 2)))
    assert cluster({n: group_of[n] for n in shuffled}, flipped, threshold=0.0) == parts


@given(items)
def test_what_must_stay_apart_does_and_what_must_join_does(drawn):
    names, scores, _ = drawn
    group_of = {n: n for n in names}
    pairs = scored(names, scores)
    first, second = names[0], names[1]
    parts = cluster(group_of, pairs, threshold=-2.0, apart=[(first, second)])
    assert not any({first, second} <= set(p) for p in parts)
    parts = cluster(group_of, pairs, threshold=9.0, together=[(first, second)])
    assert any({first, second} <= set(p) for p in parts)
    parts = cluster(group_of, pairs, threshold=9.0, together=[(first, second)], apart=[(second, first)])
    assert not any({first, second} <= set(p) for p in parts)


def test_a_chain_does_not_pull_strangers_together():
    scores = {("a", "b"): 3.0, ("b", "c"): 0.5}
    assert cluster({n: n for n in "abc"}, scores, threshold=0.0) == [("a", "b"), ("c",)], "a and c were never compared"


def place(name, kind="town", lat=None, lon=None, **more):
    return Place(more.pop("id", "p"), name, kind, more.pop("country", "SY"), lat, lon, **more)


@pytest.mark.parametrize(
    ("left", "right", "expected"),
    [
        (place("Hama", "city", 35.13, 36.75), place("Hama city", "city"), "same"),
        (place("Hasaka", "city", 36.5, 40.75), place("al-Hasakah", "city", 36.51, 40.74), "same"),
        (place("Qusayr"), place("al-Qusair"), "same"),
        (place("Alpha", lat=35.0, lon=36.0), place("Beta", lat=35.08, lon=36.0), "near"),
        (place("Alpha", lat=35.0, lon=36.0), place("Beta", lat=36.0, lon=36.0), "apart"),
        (place("Alpha"), place("Beta"), "other_name"),
        (place("Alpha"), place("Alpha", country="IQ"), "other_country"),
        (place("Syria", "country"), place("Syria", "country"), "same_area"),
        (place("Syria", "country"), place("Alpha"), "inside"),
        (place("Iraq", "country", country="IQ"), place("Alpha"), "other_country"),
        (place("Iraq", "country", country=""), place("Alpha"), "other_name"),
        (place("Idlib province", "province", 35.8, 36.7), place("Idlib", "city"), "inside"),
        (place("Idlib", "province", 35.8, 36.7), place("Saraqib", "town", 35.86, 36.8), "inside"),
        (place("Idlib", "province", 35.8, 36.7), place("Bosra", "town", 32.5, 36.5), "apart"),
        (place("Idlib", "province"), place("Saraqib", "town"), "other_name"),
        (place("Idlib", "province"), place("Saraqib", "town", admin1="Idlib Governorate"), "inside"),
    ],
)
def test_how_places_stand(left, right, expected):
    assert stand(left, right) == stand(right, left) == expected


def test_distance_is_symmetric_and_in_kilometres():
    one, two = place("a", lat=0.0, lon=0.0), place("b", lat=0.0, lon=1.0)
    assert distance_km(one, two) == pytest.approx(111.19, abs=0.05)
    assert distance_km(one, place("c")) is None


def test_names_of_places_without_their_trimmings():
    assert bare_name("the city of Hama") == bare_name("Hama (Syria)") == "hama"
    assert bare_name("the city") == "the city", "a name of nothing but trimmings keeps them"
    assert skeleton("Khan Shaykhun") == skeleton("Khan Sheikhoun")


def records_with(*places):
    return {f"d{i}": Record(f"d{i}", places=(p,)) for i, p in enumerate(places)}


def test_one_town_has_one_key_in_all_records_and_namesakes_have_two():
    book = PlaceBook.of_records(
        records_with(place("Hama", "city", 35.13, 36.75), place("Hama", "city"), place("Hama", "city", 35.14, 36.76))
    )
    assert len({book.of(f"d{i}", "p").key for i in range(3)}) == 1
    assert book.of("d1", "p").lat is not None, "what one record locates is located for all"
    book = PlaceBook.of_records(records_with(place("Kafr", lat=35.0, lon=36.0), place("Kafr", lat=33.0, lon=36.0)))
    assert book.of("d0", "p").key != book.of("d1", "p").key
    book = PlaceBook.of_records(
        records_with(place("Hama", gazetteer_id="g1"), place("Hamah", gazetteer_id="g1"), place("Hama", gazetteer_id="g2"))
    )
    assert book.of("d0", "p").key == book.of("d1", "p").key == "g1"
    assert book.of("d2", "p").key == "g2"
    book = PlaceBook.of_records(records_with(place("Idlib", "city"), place("Idlib", "province")))
    assert book.of("d0", "p").key != book.of("d1", "p").key


def actor(name, kind="rebel_group", local="a"):
    return Actor(local, name, kind)


def test_ties_between_actors():
    leads = Relation(0, "leads", "a1", "a2")
    left = Relation(0, "member_of", "a3", "a2", ended=True)
    record = Record(
        "d",
        actors=(actor("Ali Omar", "leader", "a1"), actor("Shield Brigade", local="a2"), actor("Zed", "leader", "a3")),
        relations=(leads, left),
    )
    book = ActorBook({"d": record}, None)

    def tie(a, b):
        assert book.tie(a, b) == book.tie(b, a)
        return book.tie(a, b)

    assert tie(actor("Shield Brigade"), actor("the Shield Brigades")) == "same"
    assert tie(actor("Ali Omar", "leader"), actor("Shield Brigade")) == "part"
    assert tie(actor("Zed", "leader"), actor("Shield Brigade")) == "", "an ended tie does not hold"
    assert tie(actor("rebels (Syria)"), actor("opposition fighters (Syria)")) == "generic"
    assert tie(actor("rebels (Syria)"), actor("rebels (Libya)")) == ""
    assert tie(actor("rebels (Syria)"), actor("Shield Brigade")) == "generic"
    assert tie(actor("security forces (Syria)", "state_forces"), actor("Syrian Armed Forces", "state_forces")) == "state"
    assert tie(actor("Government of Syria", "government"), actor("Syrian Armed Forces", "state_forces")) == "state"
    assert tie(actor("Russian Armed Forces", "external_forces"), actor("Syrian Armed Forces", "state_forces")) == ""
    assert book.set_tie((), (actor("x"),)) == ""
    assert book.set_tie((actor("Shield Brigade"),), (actor("Other Men"),)) == "none"
    assert book.speaks_as(actor("Ali Omar", "leader")) == "Shield Brigade"
    assert book.side("Ali Omar", "leader") == "opposition"
    assert book.side("Zed", "leader") == ""


def test_an_army_and_its_insurgents_share_only_their_country():
    book = ActorBook({}, ActorLexicon.load())
    army = Actor("a", "Syrian Armed Forces", "state_forces", country="SY")
    for name in ("rebels (Syria)", "Free Syrian Army"):
        assert book.tie(army, Actor("b", name, "rebel_group", country="SY")) == ""
    assert book.tie(army, Actor("b", "Government of Syria", "government", country="SY")) == "part"


def test_names_and_crowds():
    assert same_name("UN Security Council", "United Nations Security Council")
    assert same_name("Democratic Union Party (PYD)", "Democratic Union Party")
    assert not same_name("Northern Front", "Southern Front")
    assert crowd_of("residents of Homs (Syria)") == "unarmed"
    assert crowd_of("Northern Front") == ""
    assert crowd_of("government forces") == "state"


def test_words():
    assert tokens("The raids, said SANA, hit 12 houses") == ["raid", "sana", "hit", "12", "house"]
    rarity = Rarity()
    assert rarity.weight("khirbat") > rarity.weight("militia") > rarity.weight("army")
    vector = rarity.vector("rarest word")
    assert cosine(vector, vector) == pytest.approx(1.0)
    assert cosine(vector, rarity.vector("nothing alike")) == 0.0
    assert cosine({}, vector) == 0.0
    assert rarity.vector("of it") == {}


@pytest.mark.parametrize(
    ("left", "right", "level"),
    [
        ("2031-05-06", "2031-05-06", "same day"),
        ("2031-05-06/2031-05-09", "2031-05-06", "same beginning"),
        ("2031-05-05/2031-05-09", "2031-05-06", "days in common"),
        ("2031-05", "2031-05-06", "wide times in common"),
        ("2031-05-05", "2031-05-06", "a day apart"),
        ("2031-05-03", "2031-05-06", "two or three days apart"),
        ("2031-05-01", "2031-05-06", "apart"),
    ],
)
def test_how_times_compare(left, right, level):
    assert _time_level(When.parse(left), When.parse(right))[1] == level


def test_a_missing_time_is_held_against_the_publication():
    day = date(2031, 5, 6)
    known = (When.parse("2031-05-05"),)
    assert "near" in _times(known, (), None, day).name
    assert "weeks before" in _times((), (When.parse("2031-04-28"),), day, None).name
    assert "long before" in _times((), (When.parse("2031-01-28"),), day, None).name
    assert _times(known, (), None, None).name == "time: one not given"
    assert _times((), (), None, None).name == "time: neither given"
    before = (When.parse("2031-05-03"),)
    assert _times(before, known, None, None).name == "time: two or three days apart"
    assert _times(before, known, None, None, (False, True)).name == "time: days in common", "the report's day may come late"
    assert _times(before, known, None, None, (True, False)).name == "time: two or three days apart", "and never early"


def figure(low, high, group="people", measure="killed", basis="incident"):
    return Figure(measure, group, low, high, Evidence("d", Span(0, 1), "x"), basis=basis)


@pytest.mark.parametrize(
    ("left", "right", "level"),
    [
        ((16, 16), (16, 16), "same number"),
        ((3, 3), (3, 3), "same small number"),
        ((16, None), (16, 20), "same lower bound"),
        ((16, None), (20, 20), "compatible"),
        ((16, 16), (20, 20), "close"),
        ((20, 20), (16, 16), "close"),
        ((16, 16), (90, 90), "conflict"),
        ((None, 4), (9, 9), "conflict"),
    ],
)
def test_how_figures_compare(left, right, level):
    found = _figure_level(figure(*left), figure(*right))[1]
    assert found == level or (left == (None, 4) and found in {"close", "conflict"})


@given(
    st.integers(0, 10**6),
    st.integers(0, 10**6),
    st.sampled_from(["people", "civilians", "children"]),
    st.sampled_from(["killed", "injured"]),
)
def test_a_part_never_exceeds_the_whole(part, whole, group, measure):
    inner, outer = figure(part, part, group, measure), figure(whole, None, "people", "killed")
    if is_part(inner, outer):
        assert part <= whole
        assert group != "people"
    assert not is_part(inner, figure(whole, None, "people", "killed", "cumulative"))
    assert not is_part(outer, inner)


def test_parts_of_a_casualty_count():
    both = figure(30, 30, "people", "casualties")
    assert is_part(figure(10, 10), both)
    assert not is_part(both, figure(40, 40))


def test_weights_read_as_a_waterfall_and_rivals_lose():
    model = load_model()
    assert model.final.levels["place: same"] > 0 > model.final.levels["place: apart"]
    assert model.final.levels["time: same day"] > model.final.levels["time: apart"]
    pairs = [("a", "A", "b", "B"), ("a", "A", "c", "B"), ("d", "A", "e", "C")]
    best, other, alone = rival_levels(pairs, [3.0, 1.0, 0.0])
    assert best.name == alone.name != other.name
    assert (best.value, other.value, alone.value) == (0.5, 0.5, 1.0)
    weights = Weights(-1.0, {best.name: 2.0})
    assert weights.score([best]) == pytest.approx(0.0)
    assert weights.reasons([best, other]) == (f"{best.name} (+2.0) +1.00",)


def tellings(write, count, *, where="Syria", words="Warplanes bombed positions.", **more):
    documents, records = {}, {}
    for i in range(count):
        document, record = write(
            f"r{i}",
            "2031-05-06",
            f"{words} Report {i}.",
            {"type": "airstrike", "trigger": "bombed", "place": where, "when": "2031-05-06", **more},
        )
        documents[document.id], records[document.id] = document, record
    return tellings_of(documents, records, ActorBook(records, None), Rarity())


def test_what_names_no_town_is_compared_by_rare_words_or_by_a_named_actor(write):
    def pairs(**more):
        return candidate_pairs([filing(t) for t in tellings(write, 6, **more)])

    assert pairs(words="Positions were bombed.") == [], "they share one rare word"
    assert len(pairs(words="Orchards were bombed.")) == 15
    assert len(pairs(words="Positions were bombed.", initiator=["hts"])) == 15
    assert pairs(words="Positions were bombed.", initiator=["rebels"]) == [], "a crowd is nobody in particular"
    assert len(pairs(words="Positions were bombed.", where="Marwa")) == 15


def test_an_offensive_is_compared_by_the_day_that_it_began(write):
    """What later reports call by its beginning names no place, and its crowd and the common words say little."""
    begun = {"type": "offensive", "trigger": "began", "when": "2031-05-06"}
    located = write(
        "a", "2031-05-07", "Fighters from the hills began an advance.", {**begun, "place": "Marwa", "initiator": ["rebels"]}
    )

    def pairs(kind, when):
        other = write("b", "2031-05-20", "Since it began many fled.", {**begun, "type": kind, "when": when})
        documents, records = {d.id: d for d, _ in (located, other)}, {d.id: r for d, r in (located, other)}
        return candidate_pairs([filing(t) for t in tellings_of(documents, records, ActorBook(records, None), Rarity())])

    assert pairs("offensive", "2031-05-06")
    assert not pairs("offensive", "2031-05-07")
    assert not pairs("attack", "2031-05-06")


def test_a_crowd_weakens_what_it_shares(write):
    assert set(crowding([filing(t) for t in tellings(write, 39)])) == {0.0}
    assert max(crowding([filing(t) for t in tellings(write, 40)])) == pytest.approx(math.log(2))


def test_types_that_cannot_be_one_event_are_not_compared(write):
    one = write("a", "2031-05-06", "Warplanes bombed Marwa.", {"type": "airstrike", "trigger": "bombed", "place": "Marwa"})
    two = write("b", "2031-05-06", "Crowds protested in Marwa.", {"type": "protest", "trigger": "protested", "place": "Marwa"})
    documents, records = {d.id: d for d, _ in (one, two)}, {d.id: r for d, r in (one, two)}
    assert candidate_pairs([filing(t) for t in tellings_of(documents, records, ActorBook(records, None), Rarity())]) == []


def test_the_window_of_a_telling(write):
    claim = {"type": "offensive", "trigger": "advance", "place": "Marwa"}
    rows = (
        write("a", "2031-05-06", "The advance goes on.", {**claim, "when": "2031-04-01/.."}),
        write("b", "2031-05-06", "An advance goes on.", claim),
        write("c", None, "The advance is on.", claim),
    )
    documents, records = {d.id: d for d, _ in rows}, {d.id: r for d, r in rows}
    found = {documents[t.document].name: t.window for t in tellings_of(documents, records, ActorBook(records, None), Rarity())}
    assert found == {"a": (date(2031, 4, 1), date(2031, 5, 6)), "b": (date(2031, 5, 6), date(2031, 5, 6)), "c": None}


def test_sentences_come_from_the_document_where_it_has_them(write):
    document, record = write("a", "2031-05-06", "One. Jets bombed it! Three.", {"type": "airstrike", "trigger": "bombed"})
    book, rarity = ActorBook({}, None), Rarity()
    (telling,) = tellings_of({document.id: document}, {document.id: record}, book, rarity)
    assert set(telling.words) == {"jet", "bombed"}
    whole = Document(document.id, document.text, document.source, document.published, sentences=((0, len(document.text)),))
    (telling,) = tellings_of({document.id: whole}, {document.id: record}, book, rarity)
    assert "three" in telling.words


def two_reports(write, confidence):
    """One report that tells of two strikes by its own word, and another that tells of one."""
    claim = {"type": "airstrike", "place": "Marwa", "when": "2031-05-06"}
    first = write(
        "a",
        "2031-05-06",
        "Jets bombed Marwa at dawn. Planes struck the market.",
        {**claim, "trigger": "bombed", "event": "e1"},
        {**claim, "trigger": "struck", "event": "e2"},
    )
    second = write("b", "2031-05-06", "Warplanes raided Marwa.", {**claim, "trigger": "raided"})
    found = []
    for document, record in (first, second):
        claims = tuple(replace(c, confidence=confidence) for c in record.claims)
        found.append((document, replace(record, claims=claims)))
    return {d.id: d for d, _ in found}, {d.id: r for d, r in found}


def test_what_was_read_apart_may_meet_by_another_report(write):
    model = Model(Weights(5.0, {}), Weights(5.0, {}), 0.0, Weights(-0.5, {}), 0.0)
    assert len(reconcile(*two_reports(write, 0.9), model=model).events) == 1
    assert len(reconcile(*two_reports(write, None), model=model).events) == 2, "a person's two events stay two"
    apart = replace(model, within=Weights(-6.0, {}))
    assert len(reconcile(*two_reports(write, 0.9), model=apart).events) == 2


def test_pairs_that_were_read_have_a_threshold_of_their_own(write):
    model = Model(Weights(-0.5, {}), Weights(-0.5, {}), 0.0, Weights(-6.0, {}), 0.0, join_read_at=-1.0)
    assert len(reconcile(*two_reports(write, 0.9), model=model).events) == 2
    assert len(reconcile(*two_reports(write, None), model=model).events) == 3
