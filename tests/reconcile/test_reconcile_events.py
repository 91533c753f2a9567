"""What reconcile makes of a handful of reports: one event or two, its fields, its grade, its relations."""

from __future__ import annotations

import random
from dataclasses import replace
from typing import NamedTuple

import pytest

from warledger.core import DocumentLink, Judgement, Source
from warledger.reconcile import event_id, reconcile

TAKEN = {"type": "seize", "initiator": ["rebels"], "target": ["army"], "place": "Marwa", "when": "2031-05-06"}


def the(found, kind, **fields):
    """The one event of a type with these fields."""
    events = [e for e in found.events if e.type == kind and all(getattr(e, k) == v for k, v in fields.items())]
    assert len(events) == 1, [(e.type, e.status, e.place, e.when) for e in found.events]
    return events[0]


@pytest.fixture
def three(write):
    """Two outlets tell of one seizure and the army of its loss; a fourth report tells of another town."""
    return (
        write(
            "a",
            "2031-05-06",
            "Insurgents captured the city of Marwa on Tuesday after days of advance.",
            {**TAKEN, "trigger": "captured"},
        ),
        write(
            "b",
            "2031-05-07",
            "The army said its men lost Marwa when rebels entered it on Tuesday. It withdrew from Marwa to spare lives.",
            {**TAKEN, "trigger": "entered", "voice": "army"},
            {
                "type": "withdraw",
                "trigger": "withdrew",
                "initiator": ["army"],
                "place": "Marwa",
                "when": "2031-05-06",
                "voice": "army",
            },
        ),
        write(
            "c",
            "2031-05-07",
            "Marwa fell: the Northern Front took the city.",
            {**TAKEN, "trigger": "took", "initiator": ["front"]},
        ),
        write("d", "2031-05-06", "Rebels stormed Tell Aswad.", {**TAKEN, "trigger": "stormed", "place": "Tell Aswad"}),
    )


def test_one_seizure_told_by_three_reports_is_one_event(reports, three):
    found = reconcile(*reports(*three))
    marwa = [e for e in found.events if e.type == "seize" and e.place.name == "Marwa"]
    assert len(marwa) == 1
    assert len(marwa[0].documents) == 3
    assert marwa[0].when.edtf == "2031-05-06"
    assert marwa[0].initiator == ("Northern Front",), "a named group stands before the crowd it is part of"
    assert len(marwa[0].matches) == 2
    assert any(line.startswith("place: same (Marwa) +") for line in marwa[0].matches[0].reasons)


def test_the_losing_side_confirms(reports, three):
    event = the(reconcile(*reports(*three)), "seize", place=the(reconcile(*reports(*three)), "withdraw").place)
    assert event.grade.name == "confirmed"
    assert "Syrian Armed Forces" in event.grade.rule
    assert event.grade.claims == tuple(c for c in event.claims if c in event.grade.claims)


def test_a_withdrawal_answers_the_seizure_both_ways(reports, three):
    found = reconcile(*reports(*three))
    left = the(found, "withdraw")
    seized = the(found, "seize", place=left.place)
    assert ("answered_by", left.id) in seized.related
    assert ("answers", seized.id) in left.related


def test_the_order_of_arrival_changes_nothing(reports, three):
    expected = reconcile(*reports(*three)).events
    for seed in range(5):
        shuffled = list(three)
        random.Random(seed).shuffle(shuffled)  # noqa: S311
        assert reconcile(*reports(*shuffled)).events == expected


def test_the_same_documents_twice_change_nothing(reports, three):
    assert reconcile(*reports(*three, *three)) == reconcile(*reports(*three))


def test_every_claim_is_in_exactly_one_event(reports, three):
    found = reconcile(*reports(*three))
    claims = [c for e in found.events for c in e.claims]
    assert sorted(claims) == sorted(c.id for _, r in three for c in r.claims)


def test_an_extractor_is_not_believed_that_it_tells_of_two_where_a_person_is(reports, write):
    text = "Insurgents captured Marwa on Tuesday. The rebels captured the city of Marwa after a siege, its mayor said."
    again = {**TAKEN, "trigger": "captured the city", "event": "e2"}
    document, record = write("a", "2031-05-06", text, {**TAKEN, "trigger": "captured", "event": "e1"}, again)
    assert len(reconcile(*reports((document, record))).events) == 2
    by_machine = replace(record, extractor="warledger 0 model x")
    assert len(reconcile(*reports((document, by_machine))).events) == 1
    unsure = replace(record, claims=tuple(replace(c, confidence=0.5) for c in record.claims))
    assert len(reconcile(*reports((document, unsure))).events) == 1
    first, second = (c.id for c in by_machine.claims)
    apart = judged(1, "different", first, second)
    assert len(reconcile(*reports((document, by_machine)), judgements=[apart]).events) == 2


def strike(write, name, voice, *, day="2031-05-06", source="", status="happened", **more):
    text = f"According to {name}, warplanes bombed the market of Marwa."
    claim = {"type": "airstrike", "trigger": "bombed", "place": "Marwa", "when": day, "event": "e1", "status": status, **more}
    return write(name, day, text, claim | ({"voice": voice} if voice else {}), source=source)


def test_one_monitor_quoted_by_three_outlets_is_one_origin(reports, write):
    found = reconcile(*reports(*(strike(write, n, "monitor") for n in ("a", "b", "c"))))
    event = the(found, "airstrike")
    assert len(event.documents) == 3
    assert [o.name for o in event.origins] == ["Orontes Monitor"]
    assert event.grade.name == "reported"


def test_two_outlets_corroborate_but_a_copy_does_not(reports, write):
    given = [strike(write, n, "") for n in ("a", "b")]
    documents, records = reports(*given)
    assert the(reconcile(documents, records), "airstrike").grade.name == "corroborated"
    copied = DocumentLink(given[1][0].id, given[0][0].id, "copy", 0.97)
    event = the(reconcile(documents, records, links=[copied]), "airstrike")
    assert event.grade.name == "reported"
    assert [o.name for o in event.origins] == ["a wire"]


def test_outlets_of_one_owner_are_one_origin(reports, write):
    sources = {n: Source(n, owner="River Press", kind="media") for n in ("a wire", "b wire")}
    found = reconcile(*reports(*(strike(write, n, "") for n in ("a", "b"))), sources=sources)
    assert [o.name for o in the(found, "airstrike").origins] == ["River Press"]


def test_only_an_interested_origin_makes_a_claim(reports, write):
    found = reconcile(*reports(strike(write, "a", "rebels", initiator=["army"], target=["civilians"])))
    event = the(found, "airstrike")
    assert event.grade.name == "claimed"
    assert event.origins[0].interested


def test_the_attacker_who_owns_up_confirms(reports, write):
    found = reconcile(*reports(strike(write, "a", "army", initiator=["army"], target=["civilians"])))
    assert the(found, "airstrike").grade.name == "confirmed"


def test_a_denial_against_a_report_is_contested_and_alone_denied(reports, write):
    told = strike(write, "a", "monitor", initiator=["army"], target=["civilians"])
    denied = strike(write, "b", "army", initiator=["army"], target=["civilians"], status="denied")
    assert the(reconcile(*reports(told, denied)), "airstrike").grade.name == "contested"
    assert the(reconcile(*reports(denied)), "airstrike").grade.name == "denied"


def test_a_denial_made_before_the_day_contests_nothing(reports, write):
    told = strike(write, "a", "monitor", initiator=["army"], target=["civilians"])
    before = write(
        "b",
        "2031-05-05",
        "Before b, warplanes bombed the market of Marwa, or did not.",
        {"type": "airstrike", "trigger": "bombed", "place": "Marwa", "when": "2031-05-06", "event": "e1", "status": "denied"}
        | {"initiator": ["army"], "target": ["civilians"], "voice": "army"},
    )
    event = the(reconcile(*reports(told, before)), "airstrike")
    assert len(event.documents) == 2
    assert event.grade.name != "contested"


@pytest.mark.parametrize("nameless", ["gunmen", "jets"])
def test_who_names_nobody_contradicts_nobody(reports, write, nameless):
    one = strike(write, "a", "monitor", initiator=["army"])
    two = strike(write, "b", "", initiator=[nameless])
    event = the(reconcile(*reports(one, two)), "airstrike")
    assert event.grade.name == "corroborated"
    assert event.initiator == ("Syrian Armed Forces",)


def test_an_enemy_of_the_likeliest_did_it_only_by_as_much_as_is_told_of_him(reports, write):
    army = [strike(write, name, "", initiator=["army"]) for name in "abc"]
    event = the(reconcile(*reports(*army, strike(write, "d", "monitor", initiator=["front"]))), "airstrike")
    assert event.initiator == ("Syrian Armed Forces",)
    even = reports(army[0], strike(write, "d", "monitor", initiator=["front"]))
    assert len(the(reconcile(*even), "airstrike").initiator) == 2


def test_who_counts_the_dead_does_not_say_who_did_it_where_others_do(reports, write):
    text = "The army bombed Marwa. The front is behind nine deaths there."
    strike_ = {
        "type": "airstrike",
        "trigger": "bombed",
        "place": "Marwa",
        "when": "2031-05-06",
        "initiator": ["army"],
        "event": "e1",
    }
    deaths = {
        "type": "toll",
        "trigger": "deaths",
        "place": "Marwa",
        "when": "2031-05-06",
        "initiator": ["front"],
        "event": "e1",
    }
    event = the(reconcile(*reports(write("a", "2031-05-06", text, strike_, deaths))), "airstrike")
    assert event.initiator == ("Syrian Armed Forces",)


def test_witnesses_who_blame_enemies_of_each_other_contest(reports, write):
    one = strike(write, "a", "monitor", initiator=["army"])
    two = strike(write, "b", "", initiator=["front"])
    event = the(reconcile(*reports(one, two)), "airstrike")
    assert event.grade.name == "contested"
    assert "disagree on who did it" in event.grade.rule


def test_hedged_reports_do_not_corroborate(reports, write):
    found = reconcile(*reports(*(strike(write, n, "", status="possible") for n in ("a", "b"))))
    event = the(found, "airstrike")
    assert (event.status, event.grade.name) == ("possible", "reported")


def test_what_a_revision_drops_is_retracted(reports, write):
    first = write(
        "a",
        "2031-05-06",
        "Warplanes bombed Marwa. Gunmen ambushed a convoy near Tell Aswad.",
        {"type": "airstrike", "trigger": "bombed", "place": "Marwa", "when": "2031-05-06"},
        {"type": "attack", "trigger": "ambushed", "place": "Tell Aswad", "when": "2031-05-06"},
    )
    second = write(
        "a2",
        "2031-05-06",
        "Warplanes bombed Marwa. Corrected.",
        {"type": "airstrike", "trigger": "bombed", "place": "Marwa", "when": "2031-05-06"},
    )
    documents, records = reports(first, second)
    link = DocumentLink(second[0].id, first[0].id, "revision", 0.8)
    found = reconcile(documents, records, links=[link])
    assert the(found, "attack").grade.name == "retracted"
    assert the(found, "airstrike").grade.name == "reported"
    assert reconcile({first[0].id: first[0]}, {first[0].id: first[1]}, links=[link]).events != found.events


def test_responsibility_claimed_elsewhere_in_the_report_confirms(reports, write):
    given = write(
        "a",
        "2031-05-06",
        "A car bomb exploded in Marwa. Black Banner claimed responsibility for it.",
        {"type": "bombing", "trigger": "exploded", "place": "Marwa", "when": "2031-05-06", "target": ["civilians"]},
        {"type": "declare", "trigger": "claimed responsibility", "initiator": ["caliphate"], "when": "2031-05-06"},
    )
    found = reconcile(*reports(given))
    bombing, declared = the(found, "bombing"), the(found, "declare")
    assert bombing.grade.name == "confirmed"
    assert "Black Banner" in bombing.grade.rule
    assert ("claims_responsibility", bombing.id) in declared.related


def test_a_spokesman_and_his_group_are_one_origin(reports, write):
    tie = ({"s": 0, "type": "speaks_for", "from": "spokesman", "to": "rebels"},)
    text = "Warplanes bombed Marwa, Sami Haddad said."
    claim = {"type": "airstrike", "trigger": "bombed", "place": "Marwa", "when": "2031-05-06"}
    one = write("a", "2031-05-06", text, {**claim, "voice": "spokesman"}, relations=tie)
    two = write("b", "2031-05-06", text + " It was noon.", {**claim, "voice": "rebels"})
    event = the(reconcile(*reports(one, two)), "airstrike")
    assert [o.name for o in event.origins] == ["rebels (Syria)"]


def test_a_plan_is_fulfilled_and_a_toll_covers(reports, write):
    plan = write(
        "a", "2031-05-01", "Rebels said that they will march.", {"type": "offensive", "trigger": "march", "place": "Marwa",
        "initiator": ["rebels"], "status": "planned", "event": "e1"},
    )  # fmt: skip
    done = write(
        "b", "2031-06-20", "At dawn an assault on the northern gate began.",
        {"type": "offensive", "trigger": "assault", "place": "Marwa",
        "initiator": ["rebels"], "when": "2031-06-20"},
    )  # fmt: skip
    hit = strike(write, "c", "", day="2031-06-21")
    toll = write(
        "d", "2031-06-30", "In Marwa 300 people have died since the assault.",
        {"type": "toll", "trigger": "died", "place": "Marwa", "figures": [
            {"measure": "killed", "group": "people", "low": 300, "high": 300, "text": "300 people", "basis": "cumulative",
             "since": "2031-06-20"}]},
    )  # fmt: skip
    found = reconcile(*reports(plan, done, hit, toll))
    planned, began = the(found, "offensive", status="planned"), the(found, "offensive", status="happened")
    assert ("fulfils", planned.id) in began.related
    assert ("fulfilled_by", began.id) in planned.related
    assert ("part_of_toll", the(found, "toll").id) in the(found, "airstrike").related


@pytest.mark.parametrize(
    ("plan", "deed", "fulfilled"),
    [
        ({"initiator": ["army"], "target": ["rebels"]}, {"initiator": ["army"], "target": ["rebels"]}, True),
        ({"target": ["rebels"]}, {"initiator": ["army"]}, True),
        ({"target": ["rebels"]}, {"initiator": ["rebels"]}, False),
        ({"initiator": ["army"]}, {"initiator": ["rebels"]}, False),
        ({"target": ["rebels"]}, {"initiator": ["army"], "target": ["front"]}, False),
    ],
)
def test_nobody_fulfils_a_plan_of_which_another_is_part(reports, write, plan, deed, fulfilled):
    told = {"type": "seize", "place": "Marwa"}
    will = write("a", "2031-05-01", "Marwa will be taken.", {**told, "trigger": "taken", "status": "planned", **plan})
    did = write("b", "2031-05-09", "Marwa fell.", {**told, "trigger": "fell", "when": "2031-05-09", **deed})
    found = reconcile(*reports(will, did))
    assert bool(the(found, "seize", status="planned").related) is fulfilled


def test_nested_figures_are_marked_and_never_exceed_the_whole(reports, write):
    text = "In Marwa more than 720 people, including 111 civilians, died."
    figures = [
        {"measure": "killed", "group": "people", "low": 720, "text": "more than 720 people"},
        {"measure": "killed", "group": "civilians", "low": 111, "high": 111, "text": "111 civilians"},
    ]
    given = write(
        "a", "2031-05-06", text, {"type": "toll", "trigger": "died", "place": "Marwa", "figures": figures, "voice": "monitor"}
    )
    event = the(reconcile(*reports(given)), "toll")
    assert [(f.low, f.nested_in, f.said_by) for f in event.figures] == [
        (720, None, "Orontes Monitor"),
        (111, 0, "Orontes Monitor"),
    ]
    figures[1] |= {"low": 900, "high": 900}
    odd = write("a", "2031-05-06", text, {"type": "toll", "trigger": "died", "place": "Marwa", "figures": figures})
    assert [f.nested_in for f in the(reconcile(*reports(odd)), "toll").figures] == [None, None]


def counted(write, text, *figures):
    """A toll told in one document by one monitor: each figure as (group, number, words, side), with its sentence's trigger."""
    rows = []
    for n, (trigger, told) in enumerate(figures):
        made = [
            {"measure": "killed", "group": g, "low": low, "high": low, "text": w, "basis": "cumulative", "since": "2031-05-01"}
            | ({"side": side} if side else {})
            for g, low, w, side in told
        ]
        rows.append({"type": "toll", "trigger": trigger, "figures": made, "voice": "monitor", "event": "e1", "s": n})
    return write("a", "2031-05-06", text, *rows)


def test_a_side_s_losses_in_the_next_sentence_are_part_of_the_toll(reports, write):
    text = "In all 826 people have died. The dead are 418 rebel fighters and 222 soldiers."
    given = counted(
        write,
        text,
        ("died", [("people", 826, "826 people", "")]),
        ("The dead", [("combatants", 418, "418 rebel fighters", "rebels"), ("combatants", 222, "222 soldiers", "army")]),
    )
    event = the(reconcile(*reports(given)), "toll")
    assert [(f.low, f.nested_in) for f in event.figures] == [(826, None), (418, 0), (222, 0)]


@pytest.mark.parametrize(("word", "nested"), [("among them", 0), ("and", None)])
def test_a_side_s_share_needs_a_word_that_says_so(reports, write, word, nested):
    told = [("combatants", 132, "132 fighters", ""), ("combatants", 49, "49 soldiers", "army")]
    event = the(reconcile(*reports(counted(write, f"It killed 132 fighters, {word} 49 soldiers.", ("killed", told)))), "toll")
    assert [f.nested_in for f in event.figures] == [None, nested]


def test_a_denial_is_of_what_happened_and_no_part_of_a_toll(reports, write):
    """It may name the province that is called like the town."""
    documents, records = reports(
        strike(write, "a", "", day="2031-05-06"),
        write("b", "2031-05-07", "The army said that it had bombed nothing.", {
            "type": "airstrike", "trigger": "bombed", "place": "Marwa", "when": "2031-05-06", "status": "denied",
            "voice": "army"}),
        write("c", "2031-05-30", "In Marwa 300 people have died since May began.", {
            "type": "toll", "trigger": "died", "place": "Marwa", "figures": [
            {"measure": "killed", "group": "people", "low": 300, "high": 300, "text": "300 people", "basis": "cumulative",
             "since": "2031-05-01"}]}),
    )  # fmt: skip
    for name, record in records.items():
        if documents[name].name == "b":
            places = tuple(replace(p, kind="province") if p.name == "Marwa" else p for p in record.places)
            records[name] = replace(record, places=places)
    found = reconcile(documents, records)
    told, denied = the(found, "airstrike", status="happened"), the(found, "airstrike", status="denied")
    assert ("denies", told.id) in denied.related
    assert {kind for kind, _ in denied.related} == {"denies"}
    assert ("part_of_toll", the(found, "toll").id) in told.related


def test_a_plan_that_came_to_nothing_is_denied(reports, write):
    text = "The army said that it will march on Marwa."
    march = {"type": "offensive", "place": "Marwa", "initiator": ["army"], "event": "e1"}
    plan = write("a", "2031-05-01", text, {**march, "trigger": "march", "status": "planned"})
    never = write("b", "2031-05-20", "The offensive never came.", {**march, "trigger": "offensive", "status": "denied"})
    before = write("c", "2031-04-20", "No assault is near.", {**march, "trigger": "assault", "status": "denied"})
    others = write(
        "d", "2031-05-21", "No push came.", {**march, "trigger": "push", "status": "denied", "initiator": ["rebels"]}
    )
    events = reconcile(*reports(plan, never, before, others)).events
    planned = next(e for e in events if e.status == "planned")
    (denial,) = [other for kind, other in planned.related if kind == "denied_by"]
    assert next(e for e in events if e.id == denial).claims == (never[1].claims[0].id,)


def test_who_says_that_it_did_what_others_say_accepts_it(reports, write):
    """The word of the attacker alone is a boast; with somebody else's it settles who did it."""
    own = strike(write, "a", "army", initiator=["army"], target=["rebels"])
    assert the(reconcile(*reports(own)), "airstrike").grade.name == "claimed"
    event = the(reconcile(*reports(own, strike(write, "b", "monitor", initiator=["army"]))), "airstrike")
    assert (event.grade.name, event.grade.rule) == ("confirmed", "Responsibility is accepted by Syrian Armed Forces.")


def judged(number, kind, *subjects, change=()):
    return Judgement(f"j{number}", kind, subjects, tuple(change), "ann", f"2031-06-{number:02d}T00:00:00Z", "she knows")


def test_different_keeps_apart_and_undo_restores(reports, three):
    documents, records = reports(*three)
    before = reconcile(documents, records)
    seized = the(before, "seize", place=the(before, "withdraw").place)
    one, two = seized.matches[0].left, seized.matches[0].right
    apart = judged(1, "different", one, two)
    split = reconcile(documents, records, judgements=[apart])
    assert not any({one, two} <= set(e.claims) for e in split.events)
    assert reconcile(documents, records, judgements=[apart, judged(2, "undo", "j1")]).events == before.events
    again = [apart, judged(2, "undo", "j1"), judged(3, "undo", "j2")]
    assert reconcile(documents, records, judgements=again).events == split.events


def test_same_joins_what_scores_would_not_and_the_later_word_holds(reports, three):
    documents, records = reports(*three)
    before = reconcile(documents, records)
    marwa = the(before, "seize", place=the(before, "withdraw").place)
    other = next(e for e in before.events if e.type == "seize" and e != marwa)
    joined = reconcile(documents, records, judgements=[judged(1, "same", marwa.id, other.id)])
    assert any(set(other.claims) < set(e.claims) for e in joined.events)
    both = [judged(1, "same", marwa.id, other.id), judged(2, "different", marwa.id, other.id)]
    assert reconcile(documents, records, judgements=both).events == before.events
    turned = [judged(2, "same", marwa.id, other.id), judged(1, "different", marwa.id, other.id)]
    assert reconcile(documents, records, judgements=turned).events == joined.events


def test_a_claim_can_be_taken_out_of_its_own_local_event(reports, write):
    given = write(
        "a",
        "2031-05-06",
        "Warplanes bombed Marwa. Jets struck again at dusk.",
        {"type": "airstrike", "trigger": "bombed", "place": "Marwa", "when": "2031-05-06", "event": "e1"},
        {"type": "airstrike", "trigger": "struck", "place": "Marwa", "when": "2031-05-06", "event": "e1"},
    )
    one, two = (c.id for c in given[1].claims)
    assert len(reconcile(*reports(given)).events) == 1
    assert len(reconcile(*reports(given), judgements=[judged(1, "different", one, two)]).events) == 2


def test_judgements_on_claims_set_reject_and_say_what_they_cannot(reports, three):
    documents, records = reports(*three)
    claim = next(c for r in records.values() for c in r.claims if c.type == "withdraw")
    change = [
        ("status", "denied"),
        ("when", "2031-05-05"),
        ("place", "Tell Aswad"),
        ("initiator", "Northern Front"),
        ("frame", "background"),
    ]
    found = reconcile(documents, records, judgements=[judged(1, "claim", claim.id, change=change)])
    event = the(found, "withdraw")
    assert (event.status, event.when.edtf, event.place.name, event.frame) == (
        "denied",
        "2031-05-05",
        "Tell Aswad",
        "background",
    )
    assert event.initiator == ("Northern Front",)
    rejected = reconcile(documents, records, judgements=[judged(1, "claim", claim.id, change=[("reject", "true")])])
    assert not any(claim.id in e.claims for e in rejected.events)
    for field, value in (("colour", "red"), ("type", "dance"), ("when", "soon"), ("place", "Atlantis"), ("target", "Nobody")):
        bad = reconcile(documents, records, judgements=[judged(1, "claim", claim.id, change=[(field, value)])])
        assert bad.events == reconcile(documents, records).events
        assert [i.code for i in bad.issues] == ["judgement"], field
        assert "undo j1" in bad.issues[0].todo


def test_an_event_is_called_after_its_first_claim(reports, three):
    found = reconcile(*reports(*three))
    for event in found.events:
        assert event.id == event_id(event.claims[0])


def test_a_record_without_its_document_is_left_out(reports, three):
    documents, records = reports(*three)
    gone = three[0][0].id
    found = reconcile({d: x for d, x in documents.items() if d != gone}, records)
    assert all(gone not in e.documents for e in found.events)


def test_nothing_comes_of_nothing():
    assert reconcile({}, {}).events == ()


def test_undated_documents_and_claims_are_still_events(reports, write):
    given = write("a", None, "Warplanes bombed Marwa.", {"type": "airstrike", "trigger": "bombed", "place": "Marwa"})
    event = the(reconcile(*reports(given)), "airstrike")
    assert event.when is None


class Known(NamedTuple):
    name: str
    kind: str
    parent: str


class Lexicon:
    """A lexicon of three lines."""

    def match(self, name, *, country="", on=None):
        return Known("Northern Front", "rebel_group", "") if name in {"NF", "Northern Front"} else None

    def side_of(self, name, *, country="", on=None):
        return {"Northern Front": "North", "rebels (Syria)": "North", "Syrian Armed Forces": "South"}.get(name, "")


def test_a_lexicon_gives_sides_by_the_day_of_the_event(reports, three):
    found = reconcile(*reports(*three), lexicon=Lexicon())
    assert the(found, "seize", place=the(found, "withdraw").place).grade.name == "confirmed"

    class OneSide(Lexicon):
        def side_of(self, name, *, country="", on=None):
            return "All" if on is not None and on.year == 2031 else super().side_of(name)

    found = reconcile(*reports(*three), lexicon=OneSide())
    assert the(found, "seize", place=the(found, "withdraw").place).grade.name == "corroborated", "no side harms itself"
