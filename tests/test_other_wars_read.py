"""Invented reports on other wars than the example dossier's, as the packaged extractor reads them: what a casualty recorder and
a news desk look for first is there, and nothing is asserted that is not so told.
"""

from itertools import chain

import pytest

from warledger import Ledger

pytestmark = pytest.mark.slow
REPORTS = {
    "sudan": (
        """source: Example Wire
date: 2024-09-02

At least 21 people were killed when shells fell on a market in the Sudanese city of El Fasher on Sunday, a medical source said.
Eighteen others were wounded. The Sudanese army said the Rapid Support Forces had fired the shells.
""",
        """source: Example Gulf News
date: 2024-09-03

The Rapid Support Forces on Tuesday denied shelling a market in El Fasher and accused the Sudanese army of bombing its people.
There was no fighting in Nyala on Monday, residents said.
""",
    ),
    "somalia": (
        """source: Example Wire
date: 2024-08-03

A suicide bomber blew himself up and gunmen stormed a restaurant in Mogadishu on Friday, killing 32 people, police said.
Al-Shabaab claimed responsibility. Police spokesman Example Adan Hassan said security forces had killed five attackers.
""",
    ),
    "congo": (
        """source: Example Wire
date: 2025-01-27

M23 rebels attacked a church in Goma on Sunday, killing 30 people, the Congolese army said. The attackers used machetes.
Kinshasa said its troops were on the way.
""",
        """source: Example Daily
date: 2025-01-28

Gunmen killed 30 people in an attack on a church in Goma on Sunday, residents said.
""",
    ),
}


@pytest.fixture(scope="module")
def ledgers(tmp_path_factory):
    folder = tmp_path_factory.mktemp("wars")
    for war, reports in REPORTS.items():
        (folder / war).mkdir()
        for number, report in enumerate(reports):
            (folder / war / f"{number}.txt").write_text(report, encoding="utf-8")
    opened = {war: Ledger.open(folder / f"{war}.db") for war in REPORTS}
    for war, ledger in opened.items():
        ledger.add(folder / war, jobs=1)
    yield opened
    for ledger in opened.values():
        ledger.close()


def counts(ledger):
    figures = chain.from_iterable(e.figures for e in ledger.events())
    return {(f.measure, f.low) for f in figures}


def test_every_count_of_casualties_is_there(ledgers):
    assert {("killed", 21), ("injured", 18)} <= counts(ledgers["sudan"])
    assert {("killed", 32), ("killed", 5)} <= counts(ledgers["somalia"])


def test_what_is_said_not_to_be_is_not_told_as_if_it_were(ledgers):
    assert {e.status for e in ledgers["sudan"].events(place="Nyala")} <= {"denied"}


def test_who_shoots_the_attackers_is_not_who_attacked(ledgers):
    events = [e for e in ledgers["somalia"].events() if {f.low for f in e.figures} & {5, 32}]
    assert len(events) == 2
    (attack,) = (e for e in events if 32 in {f.low for f in e.figures})
    assert "security forces (Somalia)" not in attack.initiator


def test_gunmen_contradict_nobody_who_names_the_group(ledgers):
    attacks = [e for e in ledgers["congo"].events(place="Goma") if e.type == "attack"]
    assert all(e.grade.name != "contested" for e in attacks)
    assert ("M23",) in [e.initiator for e in attacks]
