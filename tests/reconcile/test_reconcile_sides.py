"""Whose mouth a claim comes from, who wins by it, and who is named: with the actors that come with the package."""

from __future__ import annotations

from dataclasses import replace

import pytest

from warledger.lexicon.actors import ActorLexicon
from warledger.reconcile import reconcile

LEXICON = ActorLexicon.load()
TAKEN = {"type": "seize", "place": "Marwa", "when": "2024-12-05"}


def sure(given, *confidence):
    """The record as an extractor would give it, with a confidence for each claim."""
    document, record = given
    claims = tuple(replace(c, confidence=x) for c, x in zip(record.claims, confidence, strict=True))
    return document, replace(record, claims=claims, extractor="warledger 0 model x")


def only(found, kind):
    (event,) = (e for e in found.events if e.type == kind)
    return event


def announced(write, name, voice, *, day="2024-12-05", initiator=("rebels",), **more):
    text = f"Fighters took Marwa at noon, according to {name}."
    claim = {**TAKEN, "trigger": "took", "when": day, "initiator": list(initiator), "voice": voice, "event": "e1", **more}
    return write(name, day, text, claim)


@pytest.mark.parametrize("day", ["2024-12-05", "2024-12-08"])
def test_the_winner_under_another_name_admits_nothing(reports, write, day):
    """An alias stands on its owner's side, and on the day of the fall the victors are not yet the government."""
    found = reconcile(*reports(announced(write, "a", "command", day=day, initiator=["command"])), lexicon=LEXICON)
    assert only(found, "seize").grade.name == "claimed"


def test_no_winner_is_harmed_by_a_role_read_wrongly(reports, write):
    """One reading of three makes the army the taker; the rebels, who won, do not admit that."""
    wrong = sure(announced(write, "a", "rebels", initiator=["army"]), 0.6)
    right = [sure(announced(write, n, "monitor"), 0.9) for n in ("b", "c")]
    event = only(reconcile(*reports(wrong, *right), lexicon=LEXICON), "seize")
    assert event.initiator == ("rebels (Syria)",)
    assert event.grade.name == "corroborated"


def test_one_reading_of_four_in_one_report_turns_no_event_round(reports, write):
    """A document has one vote, which its claims share: that one of them seems to have the army take the place is outvoted."""
    text = "Rebels captured Marwa. They seized it at noon. Terrorists entered it, the army said. It was taken by rebels."
    right = [{**TAKEN, "trigger": t, "initiator": ["rebels"], "event": "e1"} for t in ("captured", "seized", "taken")]
    wrong = {**TAKEN, "trigger": "entered", "initiator": ["army", "units"], "target": ["terrorists"], "event": "e1"}
    given = sure(write("a", "2024-12-05", text, *right[:2], wrong | {"voice": "army"}, right[2]), 0.9, 0.8, 0.9, 0.7)
    assert only(reconcile(*reports(given), lexicon=LEXICON), "seize").initiator == ("rebels (Syria)",)


@pytest.mark.parametrize(("crowd", "grade"), [("congolese", "corroborated"), ("army", "contested")])
def test_rebels_may_be_the_group_that_another_names(reports, write, crowd, grade):
    def told(name, who, **more):
        claim = {
            "type": "attack",
            "trigger": "killed",
            "place": "Goma",
            "when": "2024-12-05",
            "initiator": [who],
            "event": "e1",
        }
        return write(name, "2024-12-05", f"Villagers were killed in Goma, says {name}.", claim | more)

    event = only(reconcile(*reports(told("a", crowd, voice="monitor"), told("b", "m23")), lexicon=LEXICON), "attack")
    assert event.grade.name == grade
    if grade == "corroborated":
        assert event.initiator == ("M23",)


def test_an_unsure_reading_is_no_admission(reports, write):
    told = announced(write, "a", "army")
    assert only(reconcile(*reports(sure(told, 0.9)), lexicon=LEXICON), "seize").grade.name == "confirmed"
    assert only(reconcile(*reports(sure(told, 0.3)), lexicon=LEXICON), "seize").grade.name == "claimed"


def test_mouths_of_one_side_are_one_origin(reports, write):
    """A crowd of a side beside its named group, and a group beside the body that it belongs to, do not corroborate it."""
    for voices in (("rebels", "command"), ("command", "hts"), ("rebels", "militants")):
        given = [announced(write, f"{n}{v}", v) for n, v in zip("ab", voices, strict=True)]
        event = only(reconcile(*reports(*given), lexicon=LEXICON), "seize")
        assert len(event.origins) == 1, voices
        assert event.grade.name == "claimed", voices
    assert event.origins[0].name in {"rebels (Syria)", "militants (Syria)"}


@pytest.mark.parametrize("voices", [("army", "ministry"), ("source", "ministry"), ("office", "food"), ("helmets", "rescuers")])
def test_mouths_of_one_body_are_one_origin(reports, write, voices):
    """An army and its ministry, two offices of the United Nations, a rescue service and rescue workers without a name."""
    given = [announced(write, f"{n}{v}", v) for n, v in zip("ab", voices, strict=True)]
    event = only(reconcile(*reports(*given), lexicon=LEXICON), "seize")
    assert len(event.origins) == 1
    both = [announced(write, n, v) for n, v in (("a", voices[0]), ("b", "monitor"))]
    assert len(only(reconcile(*reports(*both), lexicon=LEXICON), "seize").origins) == 2


def test_the_ministry_of_one_state_is_not_that_of_another(reports, write):
    given = announced(write, "a", "monitor", initiator=["ministry"])
    assert only(reconcile(*reports(given), lexicon=LEXICON), "seize").initiator == ("Syrian Ministry of Defence",)


def test_the_fold_keeps_every_claim_under_the_named_group(reports, write):
    given = [announced(write, n, v) for n, v in (("a", "rebels"), ("b", "command"), ("c", "monitor"))]
    event = only(reconcile(*reports(*given), lexicon=LEXICON), "seize")
    assert [o.name for o in event.origins] == ["Military Operations Administration", "Orontes Monitor"]
    assert sorted(c for o in event.origins for c in o.claims) == sorted(event.claims)
    assert event.grade.name == "corroborated"


def test_an_office_of_the_united_nations_takes_no_side(reports, write):
    event = only(reconcile(*reports(announced(write, "a", "un")), lexicon=LEXICON), "seize")
    assert not event.origins[0].interested
    assert event.grade.name == "reported"


def test_the_name_is_never_the_enemys(reports, write):
    given = [announced(write, n, v, initiator=[i]) for n, v, i in (("a", "source", "terrorists"), ("b", "monitor", "rebels"))]
    assert only(reconcile(*reports(*given), lexicon=LEXICON), "seize").initiator == ("rebels (Syria)",)
    named = announced(write, "c", "command", initiator=["command"])
    event = only(reconcile(*reports(*given, named), lexicon=LEXICON), "seize")
    assert event.initiator == ("Military Operations Administration",)


def test_who_leaves_is_who_lost_it(reports, write):
    text = "Rebels took Marwa on Thursday. The army withdrew from it."
    both = write(
        "a",
        "2024-12-05",
        text,
        {**TAKEN, "trigger": "took", "initiator": ["rebels"], "event": "e1"},
        {**TAKEN, "type": "withdraw", "trigger": "withdrew", "initiator": ["army"], "target": ["rebels"], "event": "e1"},
    )
    event = only(reconcile(*reports(both), lexicon=LEXICON), "seize")
    assert (event.initiator, event.target) == (("rebels (Syria)",), ("Syrian Armed Forces",))


def test_no_enemy_is_among_the_takers(reports, write):
    """Most of what is read, weighed by how sure it is, says who took a place; words without a name stand for nobody."""
    wrong = sure(announced(write, "a", "", initiator=["army", "units", "rebels"]), 0.9)
    right = sure(announced(write, "b", ""), 0.9)
    event = only(reconcile(*reports(wrong, right), lexicon=LEXICON), "seize")
    assert event.initiator == ("rebels (Syria)",)


def test_who_only_takes_goes_before_who_also_leaves(reports, write):
    text = "Rebels captured Marwa. The SDF has withdrawn."
    given = write(
        "a",
        "2024-12-05",
        text,
        {**TAKEN, "trigger": "captured", "initiator": ["hts", "sdf"], "event": "e1"},
        {**TAKEN, "type": "withdraw", "trigger": "withdrawn", "initiator": ["sdf"], "event": "e1"},
    )
    event = only(reconcile(*reports(given), lexicon=LEXICON), "seize")
    assert (event.initiator, event.target) == (("Hayat Tahrir al-Sham",), ("Syrian Democratic Forces",))


def test_who_leaves_by_another_event_of_the_report_did_not_take(reports, write):
    """The report's own word on a departure weighs against a reading by which the leaver took the place."""
    text = "Rebels say they took Marwa on Friday. The army withdrew at dusk."
    took = {**TAKEN, "trigger": "took", "initiator": ["army"], "voice": "rebels", "event": "e1"}
    left = {**TAKEN, "type": "withdraw", "trigger": "withdrew", "initiator": ["army"], "event": "e2"}
    wrong = write("a", "2024-12-05", text, took, left)
    right = sure(announced(write, "b", "", initiator=["rebels"]), 0.6)
    marwa = [e for e in reconcile(*reports(wrong, right), lexicon=LEXICON).events if e.type == "seize"]
    assert [e.initiator for e in marwa] == [("rebels (Syria)",)]


def test_the_commonest_of_like_words_names_a_crowd_and_nobody_unarmed_holds_a_place(reports, write):
    text = "Rebels took Marwa. Rebels stormed the town. Militants entered it."
    given = write(
        "a",
        "2024-12-05",
        text,
        {**TAKEN, "trigger": "took", "initiator": ["rebels"], "target": ["civilians"], "event": "e1"},
        {**TAKEN, "trigger": "stormed", "initiator": ["rebels"], "event": "e1"},
        {**TAKEN, "trigger": "entered", "initiator": ["militants"], "event": "e1"},
    )
    event = only(reconcile(*reports(given), lexicon=LEXICON), "seize")
    assert (event.initiator, event.target) == (("rebels (Syria)",), ())


def test_the_time_of_what_was_read_is_that_of_its_own_type(reports, write):
    text = "Rebels took Marwa on Thursday. The assault began a week ago. Its capture was a blow."
    given = sure(
        write(
            "a",
            "2024-12-06",
            text,
            {**TAKEN, "trigger": "took", "initiator": ["rebels"], "when": "2024-12-02/2024-12-05", "event": "e1"},
            {**TAKEN, "type": "offensive", "trigger": "assault", "when": "2024-12-03", "event": "e1"},
            {"type": "seize", "place": "Marwa", "trigger": "capture", "event": "e1"},
        ),
        0.9,
        0.9,
        0.9,
    )
    (event,) = reconcile(*reports(given), lexicon=LEXICON).events
    assert event.when.edtf == "2024-12-02/2024-12-05"


def test_readings_of_two_towns_are_two_events(reports, write):
    """Whatever the words have in common, who takes one town does not take another by the same act."""
    text = "Rebels took Marwa on Thursday. Rebels took hold of Tell Aswad on Thursday."
    first = {**TAKEN, "trigger": "took", "initiator": ["rebels"], "event": "e1"}
    given = write("a", "2024-12-05", text, first, {**first, "trigger": "took hold", "place": "Tell Aswad"})
    document, record = sure(given, 0.9, 0.9)
    places = tuple(replace(p, precision="exact") if p.kind != "country" else p for p in record.places)
    read = {document.id: replace(record, places=places)}
    assert len(reconcile({document.id: document}, read, lexicon=LEXICON).events) == 2
    by_hand = replace(record, extractor="by hand", claims=tuple(replace(c, confidence=None) for c in record.claims))
    assert len(reconcile({document.id: document}, {document.id: by_hand}, lexicon=LEXICON).events) == 1


def test_two_towns_that_people_told_of_are_two_events(reports, write):
    """Neighbours have two fates too; only what one person says of one document is believed as it stands."""
    text = "Rebels took {} on Thursday, the monitor said, and hold it."
    seized = {**TAKEN, "trigger": "took", "initiator": ["rebels"], "voice": "monitor"}
    given = [write(n, "2024-12-05", text.format(at), {**seized, "place": at}) for n, at in (("a", "Marwa"), ("b", "Nahr"))]
    assert len(reconcile(*reports(*given), lexicon=LEXICON).events) == 2
    again = [write(n, "2024-12-05", text.format("Marwa"), seized) for n in ("a", "b")]
    assert len(reconcile(*reports(*again), lexicon=LEXICON).events) == 1


@pytest.mark.parametrize(("ids", "events"), [(("g1", "g2"), 2), (("", ""), 1)])
def test_neighbours_that_the_gazetteer_knows_are_two_where_they_were_read(reports, write, ids, events):
    """A spot that only one name gives may be the other town, taken roughly."""
    text = "Rebels took {} on Thursday, the monitor said, and hold it."
    seized = {**TAKEN, "trigger": "took", "initiator": ["rebels"], "voice": "monitor"}
    given = []
    for name, at, ident in zip("ab", ("Marwa", "Nahr"), ids, strict=True):
        document, record = sure(write(name, "2024-12-05", text.format(at), {**seized, "place": at}), 0.9)
        places = tuple(replace(p, precision="exact", gazetteer_id=ident if p.id == at else "") for p in record.places)
        given.append((document, replace(record, places=places)))
    assert len(reconcile(*reports(*given), lexicon=LEXICON).events) == events


@pytest.mark.parametrize(
    ("day", "to", "events"), [("2024-12-06", "civilians", 2), ("2024-12-06", "army", 1), ("2024-12-07", "civilians", 1)]
)
def test_words_of_different_days_to_different_hearers_are_two(reports, write, day, to, events):
    text = "The relief office urged the {} to leave Marwa, where the fighting goes on."
    urged = {"type": "demand", "trigger": "urged", "initiator": ["un"], "place": "Marwa"}
    given = [
        write("a", "2024-12-07", text.format(to), {**urged, "target": [to], "when": day}),
        write("b", "2024-12-07", text.format("army"), {**urged, "target": ["army"], "when": "2024-12-07"}),
    ]
    assert len(reconcile(*reports(*given), lexicon=LEXICON).events) == events
