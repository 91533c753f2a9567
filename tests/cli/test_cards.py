"""The cards of `show`."""

from __future__ import annotations

import pytest

from warledger.cli import cards
from warledger.errors import NotFoundError, UsageError


def drawn(card, capsys):
    for sheet in card.sheets():
        sheet.show()
    return " ".join(capsys.readouterr().out.split())


def test_a_document_is_shown_with_its_claims_marked_in_the_text(view, capsys):
    shown = drawn(cards.find("first", view), capsys)
    assert "Rebels [captured](seize) Exampletown on Thursday" in shown
    assert "killed in [shelling](shelling) of" in shown
    assert "Rebels take Exampletown" in shown
    assert "12+ civilians killed" in shown
    (row,) = cards.find("first", view).rows()
    assert row["kind"] == "document"
    assert [claim["trigger"] for claim in row["claims"]] == ["captured", "shelling"]
    assert row["claims"][0]["initiator"] == ["rebels (Exampleland)"]


def test_a_copy_names_what_it_copies_and_what_was_assumed(view, capsys):
    shown = drawn(cards.find("second", view), capsys)
    assert "(91% alike)" in shown
    assert "encoding latin-1" in shown


def test_a_claim_opens_its_sentence_and_its_voice(view, capsys):
    entered = next(c for c in view.claims.values() if c.trigger.quote == "entered")
    shown = drawn(cards.find(entered.id[:8], view), capsys)
    assert "Rebel fighters [entered](seize) Exampletown" in shown
    assert "residents of Exampletown (said, telephone)" in shown
    assert "e1111111111111111 (confirmed)" in shown
    shelling = next(c for c in view.claims.values() if c.type == "shelling")
    shown = drawn(cards.find(shelling.id, view), capsys)
    assert "[12 civilians](12+) were killed in [shelling](shelling)" in shown
    assert "the document itself" in shown
    (row,) = cards.find(shelling.id, view).rows()
    (figure,) = row["figures"]
    assert (figure["measure"], figure["group"], figure["low"], figure["text"]) == ("killed", "civilians", 12, "12 civilians")
    assert "high" not in figure


def test_an_event_is_shown_with_grade_and_rule(view, capsys):
    shown = drawn(cards.find("e11", view), capsys)
    assert "seize · Exampletown · 2024-12-05" in shown
    assert "the side it harms admits it" in shown
    assert "warledger why e111111" in shown
    (row,) = cards.find("e22", view).rows()
    assert (row["kind"], row["grade"]["name"], row["place"]["lat"]) == ("event", "reported", 35.0)


def test_an_actor_is_found_by_any_form_of_its_name(view, capsys):
    for name in ("rebels exampleland", "Rebel fighters"):
        shown = drawn(cards.find(name, view), capsys)
        assert "Rebel fighters, Rebels" in shown
        assert "e111111" in shown
    (row,) = cards.find("Example Army", view).rows()
    assert row["events"] == ["e1111111111111111"]


def test_a_place_shows_who_held_it_and_what_happened_there(view, capsys):
    shown = drawn(cards.find("exampletown", view), capsys)
    assert "35.0000, 36.5000 (exact)" in shown
    assert "no later holder reported" in shown
    assert "e222222" in shown
    (row,) = cards.find("Exampletown", view).rows()
    assert row["kind"] == "place"
    assert row["spells"][0]["holder"] == "rebels (Exampleland)"


def test_a_long_list_under_a_card_says_how_many_are_left_and_how_to_see_them(view, capsys, monkeypatch):
    monkeypatch.setattr(cards, "MOST_LISTED", 1)
    assert "1 more: warledger events --place 'Exampletown'" in drawn(cards.find("Exampletown", view), capsys)


def test_an_unknown_name_is_not_found(view):
    with pytest.raises(NotFoundError, match="no document, claim, event, actor or place 'Nowhere'"):
        cards.find("Nowhere", view)


def test_an_ambiguous_id_is_refused(view, monkeypatch):
    same = {f"eabc{n}": next(iter(view.events)) for n in range(2)}
    monkeypatch.setitem(view.__dict__, "events_by_id", same)
    with pytest.raises(UsageError, match="beginning of 2 ids"):
        cards.find("eabc", view)
