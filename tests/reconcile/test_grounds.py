"""What was read needs more in common than type, time and area to be one event; what a person made does not."""

from __future__ import annotations

from dataclasses import replace

import pytest

from warledger.reconcile import reconcile

CLASH = {"type": "clash", "trigger": "clashes", "initiator": ["rebels"], "target": ["army"]}
SHELLING = {"type": "shelling", "place": "Marwa"}


def events(reports, *given, read=True):
    """How many events two reports tell of, by what an extractor read or a person made."""
    documents, records = reports(*given)
    if read:
        records = {
            d: replace(r, claims=tuple(replace(c, confidence=0.9) for c in r.claims), extractor="warledger 0")
            for d, r in records.items()
        }
    return len(reconcile(documents, records).events)


def clashes(write, where, *, second="2031-05-06", source="Example Monitor", **more):
    """Two reports of one outlet about fighting at a place, in other words."""
    claim = {**CLASH, "place": where, "when": "2031-05-06", **more}
    one = write("a", "2031-05-06", f"Fierce clashes went on in {where} beside the olive groves.", claim, source=source)
    words = f"Again there were clashes in {where}, people of a hamlet told us by telephone."
    return one, write("b", second, words, {**claim, "when": second}, source=source)


def test_an_area_and_a_day_in_common_are_not_enough(write, reports):
    assert events(reports, *clashes(write, "Syria")) == 2
    assert events(reports, *clashes(write, "Syria", voice="monitor")) == 1, "one voice told it on one day"
    assert events(reports, *clashes(write, "Syria"), read=False) == 1, "a person's claims are not second-guessed"
    assert events(reports, *clashes(write, "Marwa")) == 1, "a town is enough"


def test_one_outlet_tells_of_another_event_on_another_day(write, reports):
    def shelled(source, *, dead=""):
        figures = [{"measure": "killed", "group": "people", "low": 14, "high": 14, "text": dead}] if dead else []
        told = f", and {dead} were counted" if dead else ""
        one = f"The army shelled Marwa at dawn{told}."
        two = f"Rockets of the Fourth Division struck the mill quarter of Marwa and the road to the coast{told}."
        told_so = [(6, "shelled"), (7, "struck")]
        claims = [
            {**SHELLING, "trigger": trigger, "when": f"2031-05-0{day}", "figures": [dict(f) for f in figures]}
            for day, trigger in told_so
        ]
        first = write("a", "2031-05-06", one, claims[0], source="Example Monitor")
        return first, write("b", "2031-05-07", two, claims[1], source=source)

    assert events(reports, *shelled("Example Monitor")) == 2
    assert events(reports, *shelled("Example Monitor", dead="14 dead")) == 1, "one count tells that it is one event"
    assert events(reports, *shelled("Example Wire")) == 1, "two outlets date one event a day apart"


@pytest.mark.parametrize("day", ["2031-05-06", "2031-05-07"])
def test_the_same_sentence_told_again_is_one_event(write, reports, day):
    text = "Fierce clashes went on in Syria beside the olive groves of the valley."
    claim = {**CLASH, "place": "Syria", "when": "2031-05-06"}
    given = (
        write(n, d, f"{text} {n}", {**claim, "when": d}, source="Example Monitor") for n, d in (("a", "2031-05-06"), ("b", day))
    )
    assert events(reports, *given) == 1
