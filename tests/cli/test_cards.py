"""The cards of `show`."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from warledger.cli import cards
from warledger.cli.reasons import reasons
from warledger.core import Issue, Judgement
from warledger.ledger import ActorEntry, PlaceEntry
from warledger.ledger.explanation import explain


def named(name, view):
    return next(d for d in view.documents.values() if d.name == name)


def drawn(card, capsys):
    for sheet in card.sheets():
        sheet.show()
    return " ".join(capsys.readouterr().out.split())


def test_a_document_is_shown_with_its_claims_marked_in_the_text(view, capsys):
    shown = drawn(cards.card_of(named("first", view), view), capsys)
    assert "Rebels [captured](seize) Exampletown on Thursday" in shown
    assert "killed in [shelling](shelling) of" in shown
    assert "Rebels take Exampletown" in shown
    assert "12+ civilians killed" in shown
    (row,) = cards.card_of(named("first", view), view).rows()
    assert row["object"] == "document"
    assert [claim["trigger"] for claim in row["claims"]] == ["captured", "shelling"]
    assert row["claims"][0]["initiator"] == ["rebels (Exampleland)"]
    assert "read_at" not in row
    read = cards.card_of(named("first", view), view, datetime(2024, 12, 6, 9, 30, tzinfo=UTC))
    assert "2024-12-06 09:30:00 UTC" in drawn(read, capsys)
    assert next(iter(read.rows()))["read_at"] == "2024-12-06T09:30:00+00:00"


def test_a_copy_names_what_it_copies_and_what_was_assumed(view, capsys):
    shown = drawn(cards.card_of(named("second", view), view), capsys)
    assert "(91% alike)" in shown
    assert "encoding latin-1" in shown


def test_a_claim_opens_its_sentence_and_its_voice(view, capsys):
    entered = next(c for c in view.claims.values() if c.trigger.quote == "entered")
    shown = drawn(cards.card_of(entered, view), capsys)
    assert "Rebel fighters [entered](seize) Exampletown" in shown
    assert "residents of Exampletown (said, telephone)" in shown
    assert "e1111111111111111 (confirmed)" in shown
    shelling = next(c for c in view.claims.values() if c.type == "shelling")
    shown = drawn(cards.card_of(shelling, view), capsys)
    assert "[12 civilians](12+) were killed in [shelling](shelling)" in shown
    assert "the document itself" in shown
    (row,) = cards.card_of(shelling, view).rows()
    (figure,) = row["figures"]
    assert (figure["measure"], figure["group"], figure["low"], figure["text"]) == ("killed", "civilians", 12, "12 civilians")
    assert "high" not in figure


def test_an_event_is_shown_with_grade_and_rule(view, capsys):
    shown = drawn(cards.card_of(view.events[0], view), capsys)
    assert "seize · Exampletown · 2024-12-05" in shown
    assert "the side it harms admits it" in shown
    assert "warledger why e111111" in shown
    (row,) = cards.card_of(view.events[1], view).rows()
    assert (row["object"], row["grade"]["name"], row["place"]["lat"]) == ("event", "reported", 35.0)


def test_an_actor_is_shown_with_its_forms_and_events(view, capsys):
    entry = ActorEntry(
        id="example-army", name="Example Army", kinds=("state_forces",), countries=("SY",), mentions=("the army",),
        documents=("d1",), claims=("c1",), events=("e1111111111111111",),
    )  # fmt: skip
    shown = drawn(cards.card_of(entry, view), capsys)
    assert "kind state forces country SY called the army" in shown
    assert "seize Exampletown, SY rebels (Exampleland) → Example Army confirmed e111111" in shown
    (row,) = cards.card_of(entry, view).rows()
    assert (row["object"], row["events"]) == ("actor", ["e1111111111111111"])


@pytest.fixture
def town(view):
    places = [place for record in view.records.values() for place in record.places]
    events = tuple(event.id for event in view.events)
    return PlaceEntry("exampletown", "Exampletown", tuple(places), tuple(view.documents), tuple(view.claims), events, ("s1",))


def test_a_place_shows_who_held_it_and_what_happened_there(view, town, capsys):
    shown = drawn(cards.card_of(town, view), capsys)
    assert "35.00, 36.50 (exact)" in shown
    assert "rebels (Exampleland) control 2024-12-05 no later holder reported" in shown
    assert "e222222" in shown
    (row,) = cards.card_of(town, view).rows()
    assert (row["object"], row["spells"]) == ("place", ["s1"])


def test_a_long_list_under_a_card_says_how_many_are_left_and_how_to_see_them(view, town, capsys, monkeypatch):
    monkeypatch.setattr(cards, "MOST_LISTED", 1)
    assert '1 more: warledger events --place "Exampletown"' in drawn(cards.card_of(town, view), capsys)


def test_a_spell_an_issue_and_a_judgement_show_their_fields(view, capsys):
    shown = drawn(cards.card_of(view.spells[0], view), capsys)
    assert "spell s1 place Exampletown holder rebels (Exampleland)" in shown
    issue = Issue("no-date", "a.txt", "no date", "a date", "give --date")
    assert "code no-date where a.txt found no date" in drawn(cards.card_of(issue, view), capsys)
    judgement = Judgement("j1", "claim", ("c1",), (("status", "denied"),), "ann", "2024-12-07T00:00:00Z", "misread")
    assert "change status = denied user ann" in drawn(cards.card_of(judgement, view), capsys)
    assert [row["object"] for row in cards.card_of(judgement, view).rows()] == ["judgement"]


def test_why_numbers_the_claims_and_says_what_each_field_rests_on(view, capsys):
    reasons(explain(view.events[0], view), view).show()
    shown = " ".join(capsys.readouterr().out.split())
    assert "Grade: confirmed the side it harms admits it by [1]" in shown
    assert "Example Army state forces a party to it [1]" in shown
    assert "[1] seize, happened, news; said by Example Army (confirmed); Example Wire, 2024-12-05" in shown
    assert "Rebels [captured](seize) Exampletown [on Thursday](2024-12-05), the army confirmed." in shown
    assert "[1] + [2] 0.93 place: same town, Exampletown; when: same day" in shown
    assert "target Example Army [1]" in shown


def test_why_names_related_events(view, capsys):
    reasons(explain(view.events[1], view), view).show()
    shown = " ".join(capsys.readouterr().out.split())
    assert "answered by seize · Exampletown · 2024-12-05 e111111" in shown
    assert "said by the document itself" in shown
