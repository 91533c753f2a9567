"""The divisions below the first: those of the event's own place, where a gazetteer has them and claims agree."""

from __future__ import annotations

import csv
import io
from dataclasses import replace

import pytest
from made_events import ARMY, HAMA, REBELS, Happening, view_of

from warledger.core import EventFilter, View
from warledger.export.acled import write_acled
from warledger.export.whereabouts import lower_divisions


def known(admin2: str = "Hama District", admin3: str = "Hama", **more: object) -> View:
    view = view_of(Happening("clash", (ARMY,), (REBELS,), place=replace(HAMA, **more)))  # type: ignore[arg-type]
    records = {
        name: replace(record, places=tuple(replace(p, admin2=admin2, admin3=admin3) for p in record.places))
        for name, record in view.records.items()
    }
    return replace(view, records=records)


def test_the_columns_have_the_names_that_the_gazetteer_has() -> None:
    out = io.StringIO(newline="")
    write_acled(known(), out, EventFilter())
    (row,) = csv.DictReader(io.StringIO(out.getvalue()))
    assert (row["admin2"], row["admin3"]) == ("Hama District", "Hama")


@pytest.mark.parametrize(
    ("view", "names"),
    [
        (known(), ("Hama District", "Hama")),
        (known(admin3=""), ("Hama District", "")),
        (known(admin2=""), ("", "")),
        (known(kind="province", precision="province"), ("", "")),
        (known(kind="country", precision="country"), ("", "")),
    ],
)
def test_nothing_is_told_of_a_wider_place(view: View, names: tuple[str, str]) -> None:
    assert lower_divisions(view.events[0], view) == names


def test_claims_that_do_not_agree_and_other_places_tell_nothing() -> None:
    view = known()
    (event,) = view.events
    elsewhere = replace(event, place=replace(HAMA, name="Homs", lat=34.73, lon=36.71))
    assert lower_divisions(elsewhere, view) == ("", "")
    assert lower_divisions(replace(event, place=None), view) == ("", "")
    other = known("Other District")
    both = replace(event, claims=(*event.claims, "c2"))
    (claim,) = view.claims.values()
    records = dict(view.records) | {
        "d2": replace(next(iter(other.records.values())), claims=(replace(claim, id="c2", document="d2"),))
    }
    assert lower_divisions(both, replace(view, records=records)) == ("", "")
