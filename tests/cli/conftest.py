"""A small ledger's view by hand: two reports in our own words, their records, and the event that both tell of."""

from __future__ import annotations

import io
import sys
from datetime import date

import pytest
from small_ledger import FIRST, SECOND, document, first_record_json, second_record_json

from warledger.core import DocumentLink, Event, EventFigure, EventPlace, Grade, Match, Origin, Spell, View, When
from warledger.core.codec import from_json


@pytest.fixture(autouse=True)
def width(monkeypatch):
    """Tables as wide as where nobody says how wide they may be."""
    monkeypatch.setenv("COLUMNS", "120")


@pytest.fixture(scope="session")
def view() -> View:
    """Two documents, three claims, two events, one spell."""
    first = document(FIRST, "Example Wire", date(2024, 12, 5), title="Rebels take Exampletown", name="first")
    second = document(SECOND, "Example Post", date(2024, 12, 6), name="second", assumed=("encoding latin-1",))
    one, two = from_json(first_record_json(), first), from_json(second_record_json(), second)
    seize, shelling = one.claims
    entered = two.claims[0]
    town = EventPlace("town:exampletown", "Exampletown", "town", "SY", 35.0, 36.5, "exact")
    day = When.parse("2024-12-05")
    killed = EventFigure(
        "killed", "civilians", 12, None, False, "incident", None, "", "Example Wire", shelling.id, "2024-12-05"
    )
    seized = Event(
        id="e1111111111111111", type="seize", types=("seize",), place=town, when=day,
        initiator=("rebels (Exampleland)",), target=("Example Army",), status="happened", frame="news",
        claims=(seize.id, entered.id), documents=(first.id, second.id),
        origins=(
            Origin("Example Army", "state_forces", True, (seize.id,)),
            Origin("residents of Exampletown", "civilians", False, (entered.id,)),
        ),
        grade=Grade("confirmed", "the side it harms admits it", (seize.id,)),
        matches=(Match(seize.id, entered.id, 0.93, ("place: same town, Exampletown", "when: same day")),),
    )  # fmt: skip
    shelled = Event(
        id="e2222222222222222", type="shelling", types=("shelling",), place=town, when=day, initiator=(), target=(),
        status="happened", frame="news", claims=(shelling.id,), documents=(first.id,),
        origins=(Origin("Example Wire", "media", False, (shelling.id,)),), grade=Grade("reported", "one other origin"),
        figures=(killed,), related=(("answered_by", seized.id),),
    )  # fmt: skip
    spell = Spell(
        "s1", town, "rebels (Exampleland)", "opposition", "control", day, None, day, "confirmed", (seized.id,), (seize.id,)
    )  # fmt: skip
    return View(
        documents={first.id: first, second.id: second},
        records={first.id: one, second.id: two},
        links=(DocumentLink(second.id, first.id, "copy", 0.91),),
        events=(seized, shelled),
        spells=(spell,),
    )


@pytest.fixture
def run(capsys, monkeypatch):
    """Runs a command line as a person would and gives its status, standard output and standard error."""
    from warledger.cli.main import main

    def call(*arguments: object, stdin: bytes = b"") -> tuple[int, str, str]:
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(stdin), encoding="utf-8"))
        capsys.readouterr()
        status = main([str(one) for one in arguments])
        out, err = capsys.readouterr()
        return status, out, err

    return call
